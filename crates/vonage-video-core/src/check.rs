//! The checks that `validate()` is made of.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fmt,
    net::Ipv4Addr,
    ops::{Bound, RangeBounds},
};

/// A value that must not be sent: the field, the rule that it breaks, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invalid {
    /// The field under the API's name, such as `layout.stylesheet`; empty for the whole.
    pub field: Cow<'static, str>,
    /// The rule, as in "must be at most 1000".
    pub rule: Cow<'static, str>,
    /// What was found: a number, a length, an identifier. Never text that may be secret.
    pub got: String,
}

impl Invalid {
    /// A broken rule. `got` may be empty where there is nothing to show.
    pub fn new(
        field: impl Into<Cow<'static, str>>,
        rule: impl Into<Cow<'static, str>>,
        got: impl Into<String>,
    ) -> Self {
        Self {
            field: field.into(),
            rule: rule.into(),
            got: got.into(),
        }
    }

    /// The same, seen from the object that holds the field.
    fn within(mut self, outer: &str) -> Self {
        self.field = if self.field.is_empty() {
            outer.to_owned().into()
        } else {
            // A rule about several fields names them all.
            let fields = self.field.split(", ");
            let fields: Vec<String> = fields.map(|field| format!("{outer}.{field}")).collect();
            fields.join(", ").into()
        };
        self
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.rule)?;
        if !self.got.is_empty() {
            write!(f, ", got {}", self.got)?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

type Checked = Result<(), Invalid>;

/// An identifier: it becomes a path segment, or names something in a body.
pub(crate) fn id(field: &'static str, id: impl AsRef<str>) -> Checked {
    segment(field, id.as_ref())
}

/// A list of identifiers.
pub(crate) fn ids(field: &'static str, ids: &[impl AsRef<str>]) -> Checked {
    ids.iter().try_for_each(|id| segment(field, id.as_ref()))
}

const LONGEST_ID: usize = 255;

/// Text that must stay within its path segment, through every proxy that decodes and normalises paths.
pub(crate) fn segment(field: &str, text: &str) -> Checked {
    let invalid = |rule: String| {
        Err(Invalid::new(
            field.to_owned(),
            rule,
            format!("{:?}", shortened(text)),
        ))
    };
    if text.is_empty() {
        return invalid("must not be empty".to_owned());
    }
    if text.len() > LONGEST_ID {
        return invalid(format!("must be at most {LONGEST_ID} bytes long"));
    }
    let stays = |c: u8| {
        c.is_ascii_graphic() & (c != b'/') & (c != b'\\') & (c != b'?') & (c != b'#') & (c != b'%')
    };
    // Without an early end, so that the compiler looks at many bytes at a time: every call comes through here.
    if text.bytes().fold(false, |found, c| found | !stays(c)) {
        let found = text.chars().find(|c| !u8::try_from(*c).is_ok_and(stays));
        return invalid(format!("must not contain {:?}", found.unwrap_or_default()));
    }
    if text.contains('.') && (text.contains("..") || text == ".") {
        return invalid("must not be or contain a step up a path".to_owned());
    }
    Ok(())
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 80;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The length of text, in characters.
pub(crate) fn chars(field: &'static str, text: &str, bounds: impl RangeBounds<usize>) -> Checked {
    length(field, text.chars().count(), "characters", bounds)
}

/// The length of text, in bytes.
pub(crate) fn bytes(field: &'static str, text: &str, bounds: impl RangeBounds<usize>) -> Checked {
    length(field, text.len(), "bytes", bounds)
}

/// The length of a list.
pub(crate) fn items<T>(
    field: &'static str,
    items: &[T],
    bounds: impl RangeBounds<usize>,
) -> Checked {
    length(field, items.len(), "items", bounds)
}

/// The size of a map: keys and values together, in bytes.
pub(crate) fn map_bytes(
    field: &'static str,
    map: &BTreeMap<String, String>,
    bounds: impl RangeBounds<usize>,
) -> Checked {
    let bytes = map.iter().map(|(key, value)| key.len() + value.len()).sum();
    length(field, bytes, "bytes", bounds)
}

fn length(field: &'static str, got: usize, unit: &str, bounds: impl RangeBounds<usize>) -> Checked {
    within_bounds(&got, &bounds).map_err(|bound| {
        Invalid::new(
            field,
            format!("must have {bound} {unit}"),
            format!("{got} {unit}"),
        )
    })
}

/// A number within its bounds.
pub(crate) fn number(
    field: &'static str,
    got: impl Into<u64>,
    bounds: impl RangeBounds<u64>,
) -> Checked {
    let got = got.into();
    within_bounds(&got, &bounds)
        .map_err(|bound| Invalid::new(field, format!("must be {bound}"), got.to_string()))
}

/// The bound that is broken, such as `at most 1000`.
fn within_bounds<T: PartialOrd + fmt::Display>(
    got: &T,
    bounds: &impl RangeBounds<T>,
) -> Result<(), String> {
    if bounds.contains(got) {
        return Ok(());
    }
    Err(match (bounds.start_bound(), bounds.end_bound()) {
        (Bound::Included(min), _) if got < min => format!("at least {min}"),
        (Bound::Excluded(min), _) if got <= min => format!("more than {min}"),
        (_, Bound::Included(max)) => format!("at most {max}"),
        (_, Bound::Excluded(max)) => format!("less than {max}"),
        (_, Bound::Unbounded) => String::new(),
    })
}

/// Text made of given characters only: `set` is of ranges and single characters, such as `A-Za-z0-9_~-`.
pub(crate) fn charset(field: &'static str, text: &str, set: &str) -> Checked {
    match text.chars().find(|c| !in_set(*c, set)) {
        None => Ok(()),
        Some(found) => Err(Invalid::new(
            field,
            format!("must be made of {set} only"),
            format!("{found:?}"),
        )),
    }
}

fn in_set(c: char, set: &str) -> bool {
    let mut rest = set.chars();
    while let Some(low) = rest.next() {
        let mut ahead = rest.clone();
        match (ahead.next(), ahead.next()) {
            (Some('-'), Some(high)) => {
                if (low..=high).contains(&c) {
                    return true;
                }
                rest = ahead;
            }
            _ if low == c => return true,
            _ => {}
        }
    }
    false
}

/// Text that starts in one of a few ways.
pub(crate) fn starts(field: &'static str, text: &str, prefixes: &[&str]) -> Checked {
    let starts = |prefix: &&str| {
        text.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    if prefixes.iter().any(starts) {
        return Ok(());
    }
    Err(Invalid::new(
        field,
        format!("must begin with {}", prefixes.join(" or ")),
        "",
    ))
}

/// A map whose keys all start in one of a few ways.
pub(crate) fn keys_start(
    field: &'static str,
    map: &BTreeMap<String, String>,
    prefixes: &[&str],
) -> Checked {
    map.keys().try_for_each(|key| {
        starts(field, key, prefixes).map_err(|_| {
            let rule = format!("every name must begin with {}", prefixes.join(" or "));
            Invalid::new(field, rule, format!("{:?}", shortened(key)))
        })
    })
}

/// An IPv4 address.
pub(crate) fn ipv4(field: &'static str, text: &str) -> Checked {
    match text.parse::<Ipv4Addr>() {
        Ok(_) => Ok(()),
        Err(_) => Err(Invalid::new(
            field,
            "must be an IPv4 address",
            format!("{:?}", shortened(text)),
        )),
    }
}

/// An absolute URL.
pub(crate) fn url(field: &'static str, text: &str) -> Checked {
    let absolute = text
        .parse::<http::Uri>()
        .is_ok_and(|uri| uri.scheme().is_some() && uri.host().is_some());
    if absolute {
        Ok(())
    } else {
        Err(Invalid::new(field, "must be an absolute URL", ""))
    }
}

/// What was found in an object that a field holds.
pub(crate) fn within(field: &'static str, inner: Checked) -> Checked {
    inner.map_err(|invalid| invalid.within(field))
}

/// A condition on a field, and whether it holds.
#[derive(Clone, Copy)]
pub(crate) struct When {
    condition: &'static str,
    holds: bool,
}

pub(crate) fn when(condition: &'static str, holds: bool) -> When {
    When { condition, holds }
}

/// A field that may not be set while something holds.
pub(crate) fn not_with<T>(field: &'static str, value: &Option<T>, when: When) -> Checked {
    refuse(value.is_some() && when.holds, field, || {
        format!("may not be set when {}", when.condition)
    })
}

/// A field that may be set only while something holds.
pub(crate) fn only_with<T>(field: &'static str, value: &Option<T>, when: When) -> Checked {
    refuse(value.is_some() && !when.holds, field, || {
        format!("may be set only when {}", when.condition)
    })
}

/// A field that must be set while something holds.
pub(crate) fn needed<T>(field: &'static str, value: &Option<T>, when: When) -> Checked {
    refuse(value.is_none() && when.holds, field, || {
        format!("must be set when {}", when.condition)
    })
}

/// Conditions that may not hold together.
pub(crate) fn never(field: &'static str, conditions: &[When]) -> Checked {
    refuse(conditions.iter().all(|when| when.holds), field, || {
        let conditions: Vec<&str> = conditions.iter().map(|when| when.condition).collect();
        let (first, others) = conditions.split_first().unwrap_or((&"", &[]));
        format!("{first} may not be combined with {}", others.join(" and "))
    })
}

/// A field that may not be set together with another.
pub(crate) fn excludes(field: &'static str, set: bool, other: &str, other_set: bool) -> Checked {
    refuse(set && other_set, field, || {
        format!("may not be set together with {other}")
    })
}

/// Fields of which one at least must be on.
pub(crate) fn any(fields: &[&str], on: bool) -> Checked {
    if on {
        Ok(())
    } else {
        Err(Invalid::new(
            fields.join(", "),
            "at least one of them must be set and not `false`",
            "",
        ))
    }
}

fn refuse(broken: bool, field: &'static str, rule: impl FnOnce() -> String) -> Checked {
    if broken {
        Err(Invalid::new(field, rule(), ""))
    } else {
        Ok(())
    }
}
