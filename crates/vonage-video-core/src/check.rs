//! The checks that `validate()` consists of.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    net::Ipv4Addr,
    ops::{Bound, RangeBounds},
};

use crate::invalid::{Invalid, Name};

type Checked = Result<(), Invalid>;

/// An identifier: it becomes a path segment, or names something in a body.
pub(crate) fn id(field: impl Into<Name>, id: impl AsRef<str>) -> Checked {
    segment(field, id.as_ref())
}

/// A list of identifiers.
pub(crate) fn ids(field: impl Into<Name>, ids: &[impl AsRef<str>]) -> Checked {
    let field = field.into();
    ids.iter().try_for_each(|id| segment(field, id.as_ref()))
}

const LONGEST_ID: usize = 255;

/// Text that must stay within its path segment, through every proxy that decodes and normalizes
/// paths.
pub(crate) fn segment(field: impl Into<Name>, text: &str) -> Checked {
    let invalid = |rule: String| Err(Invalid::of(field, rule, format!("{:?}", shortened(text))));
    if text.is_empty() {
        return invalid("must not be empty".to_owned());
    }
    if text.len() > LONGEST_ID {
        return invalid(format!("must be at most {LONGEST_ID} bytes long"));
    }
    let stays = |c: u8| {
        c.is_ascii_graphic() & (c != b'/') & (c != b'\\') & (c != b'?') & (c != b'#') & (c != b'%')
    };
    // Every call comes through here: without an early exit, the compiler can check many bytes at
    // once.
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
pub(crate) fn chars(
    field: impl Into<Name>,
    text: &str,
    bounds: impl RangeBounds<usize>,
) -> Checked {
    length(field, text.chars().count(), "characters", bounds)
}

/// The length of text, in bytes.
pub(crate) fn bytes(
    field: impl Into<Name>,
    text: &str,
    bounds: impl RangeBounds<usize>,
) -> Checked {
    length(field, text.len(), "bytes", bounds)
}

/// The length of a list.
pub(crate) fn items<T>(
    field: impl Into<Name>,
    items: &[T],
    bounds: impl RangeBounds<usize>,
) -> Checked {
    length(field, items.len(), "items", bounds)
}

/// The size of a map: keys and values together, in bytes.
pub(crate) fn map_bytes(
    field: impl Into<Name>,
    map: &BTreeMap<String, String>,
    bounds: impl RangeBounds<usize>,
) -> Checked {
    let bytes = map.iter().map(|(key, value)| key.len() + value.len()).sum();
    length(field, bytes, "bytes", bounds)
}

fn length(
    field: impl Into<Name>,
    got: usize,
    unit: &str,
    bounds: impl RangeBounds<usize>,
) -> Checked {
    if got == 0 && bounds.start_bound() == Bound::Included(&1) {
        return Err(Invalid::of(field, "must not be empty", String::new()));
    }
    within_bounds(&got, &bounds).map_err(|bound| {
        Invalid::of(
            field,
            format!("must have {bound} {unit}"),
            format!("{got} {unit}"),
        )
    })
}

/// A number within its bounds.
pub(crate) fn number(
    field: impl Into<Name>,
    got: impl Into<u64>,
    bounds: impl RangeBounds<u64>,
) -> Checked {
    let got = got.into();
    within_bounds(&got, &bounds)
        .map_err(|bound| Invalid::of(field, format!("must be {bound}"), got.to_string()))
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

/// Text of given characters only. `set` has ranges and single characters, such as `A-Za-z0-9_~-`.
pub(crate) fn charset(field: impl Into<Name>, text: &str, set: &str) -> Checked {
    match text.chars().find(|c| !in_set(*c, set)) {
        None => Ok(()),
        Some(found) => Err(Invalid::of(
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
pub(crate) fn starts(field: impl Into<Name>, text: &str, prefixes: &[&str]) -> Checked {
    let starts = |prefix: &&str| {
        text.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    if prefixes.iter().any(starts) {
        return Ok(());
    }
    Err(Invalid::of(
        field,
        format!("must begin with {}", prefixes.join(" or ")),
        String::new(),
    ))
}

/// An IPv4 address.
pub(crate) fn ipv4(field: impl Into<Name>, text: &str) -> Checked {
    match text.parse::<Ipv4Addr>() {
        Ok(_) => Ok(()),
        Err(_) => Err(Invalid::of(
            field,
            "must be an IPv4 address",
            format!("{:?}", shortened(text)),
        )),
    }
}

/// An absolute URL. It may hold a secret, so that of the text no more is shown than one character.
pub(crate) fn url(field: impl Into<Name>, text: &str) -> Checked {
    let absolute = text
        .parse::<http::Uri>()
        .is_ok_and(|uri| uri.scheme().is_some() && uri.host().is_some());
    if absolute {
        return Ok(());
    }
    let (rule, found) = fault(text);
    let got = found.map_or_else(String::new, |found| format!("{found:?}"));
    Err(Invalid::of(field, rule, got))
}

/// What is wrong with a URL, and the character to blame.
fn fault(text: &str) -> (&'static str, Option<char>) {
    let Some((scheme, rest)) = text.split_once("://") else {
        return ("must be an absolute URL", None);
    };
    let space = |c: &char| c.is_whitespace() || c.is_control();
    let foreign = |c: &char| !c.is_ascii();
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if scheme.is_empty() || host.is_empty() {
        ("must be an absolute URL", None)
    } else if let Some(found) = text.chars().find(space) {
        (
            "must not contain white space: percent-encode it",
            Some(found),
        )
    } else if let Some(found) = host.chars().find(foreign) {
        ("must have its host in ASCII, as `xn--…`", Some(found))
    } else if let Some(found) = path.chars().find(foreign) {
        (
            "must be ASCII: percent-encode other characters",
            Some(found),
        )
    } else {
        ("must be an absolute URL", None)
    }
}

/// A list in which no two items have the same name.
pub(crate) fn unique<'a>(field: impl Into<Name>, names: impl Iterator<Item = &'a str>) -> Checked {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            let got = format!("{:?} twice", shortened(name));
            return Err(Invalid::of(field, "must not repeat a name", got));
        }
    }
    Ok(())
}

/// What was found in an object that a field holds.
pub(crate) fn within(field: impl Into<Name>, inner: Checked) -> Checked {
    inner.map_err(|invalid| invalid.within(field.into()))
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
pub(crate) fn not_with<T>(field: impl Into<Name>, value: &Option<T>, when: When) -> Checked {
    refuse(value.is_some() && when.holds, field, || {
        format!("may not be set when {}", when.condition)
    })
}

/// A field that may be set only while something holds.
pub(crate) fn only_with<T>(field: impl Into<Name>, value: &Option<T>, when: When) -> Checked {
    refuse(value.is_some() && !when.holds, field, || {
        format!("may be set only when {}", when.condition)
    })
}

/// A field that must be set while something holds.
pub(crate) fn needed<T>(field: impl Into<Name>, value: &Option<T>, when: When) -> Checked {
    refuse(value.is_none() && when.holds, field, || {
        format!("must be set when {}", when.condition)
    })
}

/// Conditions that may not hold together.
pub(crate) fn never(field: impl Into<Name>, conditions: &[When]) -> Checked {
    refuse(conditions.iter().all(|when| when.holds), field, || {
        let conditions: Vec<&str> = conditions.iter().map(|when| when.condition).collect();
        let (first, others) = conditions.split_first().unwrap_or((&"", &[]));
        format!("{first} may not be combined with {}", others.join(" and "))
    })
}

/// A field that may not be set together with another.
pub(crate) fn excludes(
    field: impl Into<Name>,
    set: bool,
    other: impl Into<Name>,
    other_set: bool,
) -> Checked {
    refuse(set && other_set, field, || {
        format!("may not be set together with {}", other.into())
    })
}

/// Fields of which one at least must be on.
pub(crate) fn any<const N: usize>(fields: [impl Into<Name>; N], on: bool) -> Checked {
    if on {
        return Ok(());
    }
    Err(Invalid::of_all(
        &fields.map(Into::into),
        "at least one of them must be set, and neither empty nor `false`",
    ))
}

fn refuse(broken: bool, field: impl Into<Name>, rule: impl FnOnce() -> String) -> Checked {
    if broken {
        Err(Invalid::of(field, rule(), String::new()))
    } else {
        Ok(())
    }
}
