//! Selectors: `stream`, classes, `+`, `~` and the pseudo-classes that count children. Others that
//! CSS knows, such as `*`, `#id` and `parent > child`, match nothing, as the guide has it.

use std::collections::HashSet;

use super::scan::{cut, parts};

/// A selector of streams.
#[derive(Clone, Debug)]
pub(super) struct Selector {
    /// Each with whether it may follow the one before at a distance (`~`) or not (`+`).
    compounds: Vec<(bool, Compound)>,
    pub(super) specificity: Specificity,
}

/// How many classes and pseudo-classes a selector has, and how many names of elements.
pub(super) type Specificity = (usize, usize);

/// What one stream must have.
#[derive(Clone, Debug, Default)]
struct Compound {
    classes: Vec<String>,
    /// Positions counted from the first stream, and from the last one.
    from_first: Vec<Nth>,
    from_last: Vec<Nth>,
    /// Whether it names the element.
    named: bool,
    /// Whether it has something that matches nothing.
    foreign: bool,
}

/// Positions, from 1: `first`, and all that are a multiple of `step` away from it, where that is
/// not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Nth {
    step: i64,
    first: i64,
}

/// A selector that is not CSS. Its whole rule is ignored.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// The largest number in `:nth-child()`; greater ones are read as this one.
const LARGEST: i64 = 1 << 32;

/// The selectors of a list that may match something.
pub(super) fn list(text: &str) -> Result<Vec<Selector>, Malformed> {
    parts(text, b',')
        .filter_map(|text| selector(text).transpose())
        .collect()
}

/// A selector; `None` for one that matches nothing.
fn selector(text: &str) -> Result<Option<Selector>, Malformed> {
    let mut rest = text.trim_ascii();
    let mut compounds: Vec<(bool, Compound)> = Vec::new();
    let mut foreign = false;
    let mut distant = false;
    loop {
        let (compound, after) = compound(rest)?;
        foreign |= compound.foreign;
        compounds.push((distant, compound));
        let next = after.trim_ascii_start();
        let combinator = next.bytes().next();
        distant = combinator == Some(b'~');
        rest = match combinator {
            None => break,
            Some(b'+' | b'~') => next.get(1..).unwrap_or_default().trim_ascii_start(),
            Some(b'>') => {
                foreign = true;
                next.get(1..).unwrap_or_default().trim_ascii_start()
            }
            // White space: a descendant.
            Some(_) if next.len() < after.len() => {
                foreign = true;
                next
            }
            Some(_) => return Err(Malformed),
        };
    }
    let count = |of: fn(&Compound) -> usize| compounds.iter().map(|(_, it)| of(it)).sum();
    let specificity = (
        count(|it| it.classes.len() + it.from_first.len() + it.from_last.len()),
        count(|it| usize::from(it.named)),
    );
    Ok((!foreign).then_some(Selector {
        compounds,
        specificity,
    }))
}

/// What one element must have, and the text after it.
fn compound(text: &str) -> Result<(Compound, &str), Malformed> {
    let mut compound = Compound::default();
    let mut rest = text;
    if let Some(after) = rest.strip_prefix('*') {
        compound.foreign = true;
        rest = after;
    } else if let Some((name, after)) = identifier(rest) {
        compound.named = true;
        compound.foreign = !name.eq_ignore_ascii_case("stream");
        rest = after;
    }
    loop {
        rest = if let Some(after) = rest.strip_prefix('.') {
            let (class, after) = identifier(after).ok_or(Malformed)?;
            compound.classes.push(class);
            after
        } else if let Some(after) = rest.strip_prefix('#') {
            compound.foreign = true;
            identifier(after).ok_or(Malformed)?.1
        } else if let Some(after) = rest.strip_prefix('[') {
            compound.foreign = true;
            cut(after, b"]").2
        } else if let Some(after) = rest.strip_prefix("::") {
            compound.foreign = true;
            identifier(after).ok_or(Malformed)?.1
        } else if let Some(after) = rest.strip_prefix(':') {
            pseudo_class(&mut compound, after)?
        } else {
            break;
        };
    }
    if rest.len() == text.len() {
        return Err(Malformed);
    }
    Ok((compound, rest))
}

/// Reads a pseudo-class, and returns the text after it.
fn pseudo_class<'t>(compound: &mut Compound, text: &'t str) -> Result<&'t str, Malformed> {
    let (name, rest) = identifier(text).ok_or(Malformed)?;
    let one = Nth { step: 0, first: 1 };
    let (argument, rest) = match rest.strip_prefix('(') {
        Some(rest) => {
            let (argument, _, rest) = cut(rest, b")");
            (Some(argument), rest)
        }
        None => (None, rest),
    };
    match (name.to_ascii_lowercase().as_str(), argument) {
        ("first-child", None) => compound.from_first.push(one),
        ("last-child", None) => compound.from_last.push(one),
        ("nth-child", Some(nth)) => compound.from_first.push(Nth::parse(nth).ok_or(Malformed)?),
        ("nth-last-child", Some(nth)) => {
            compound.from_last.push(Nth::parse(nth).ok_or(Malformed)?);
        }
        _ => compound.foreign = true,
    }
    Ok(rest)
}

impl Selector {
    /// What it is made of, which limits how long matching takes.
    pub(super) fn size(&self) -> usize {
        self.compounds.len() + self.specificity.0
    }

    /// The streams that it selects, one bit for each, the lowest for the first. `classes` are those
    /// of each stream, of which there are 31 at most.
    pub(super) fn matches(&self, classes: &[HashSet<&str>]) -> u32 {
        let mut found: Option<u32> = None;
        for (distant, compound) in &self.compounds {
            let preceded = match found {
                None => u32::MAX,
                // All bits above the lowest.
                Some(before) if *distant => (before | before.wrapping_neg()) << 1,
                Some(before) => before << 1,
            };
            found = Some(preceded & compound.matches(classes));
        }
        found.unwrap_or(0)
    }
}

impl Compound {
    fn matches(&self, classes: &[HashSet<&str>]) -> u32 {
        let mut bits = 0;
        for (index, of_stream) in classes.iter().enumerate() {
            let fits = self.classes.iter().all(|it| of_stream.contains(&**it))
                && self.from_first.iter().all(|it| it.has(index + 1))
                && self
                    .from_last
                    .iter()
                    .all(|it| it.has(classes.len() - index));
            bits |= u32::from(fits) << index;
        }
        bits
    }
}

impl Nth {
    /// `odd`, `even`, a number, or `an+b`.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim_ascii().to_ascii_lowercase();
        let (step, first) = match text.as_str() {
            "odd" => return Some(Self { step: 2, first: 1 }),
            "even" => return Some(Self { step: 2, first: 0 }),
            text => match text.split_once('n') {
                None => ("0", text),
                Some((step, first)) => (step, first.trim_ascii()),
            },
        };
        let counted = text.contains('n');
        Some(Self {
            step: match step {
                "" | "+" => 1,
                "-" => -1,
                step => integer(step)?,
            },
            first: match first.bytes().next() {
                None if counted => 0,
                Some(sign @ (b'+' | b'-')) if counted => {
                    let size = first.get(1..)?.trim_ascii_start();
                    let size = size
                        .starts_with(|it: char| it.is_ascii_digit())
                        .then_some(size)?;
                    integer(size)? * if sign == b'-' { -1 } else { 1 }
                }
                _ if counted => return None,
                _ => integer(first)?,
            },
        })
    }

    fn has(self, position: usize) -> bool {
        let away = i64::try_from(position).unwrap_or(i64::MAX) - self.first;
        match self.step {
            0 => away == 0,
            step => away % step == 0 && away / step >= 0,
        }
    }
}

/// A whole number.
fn integer(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    let size = digits.parse().unwrap_or(LARGEST).min(LARGEST);
    is_number.then_some(sign * size)
}

/// The name at the beginning of a text, without its escapes, and the text after it.
fn identifier(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let after = rest.get(letter.len_utf8()..).unwrap_or_default();
        rest = if letter == '\\' {
            let (letter, after) = escape(after)?;
            name.push(letter);
            after
        } else if letter.is_ascii_alphanumeric() || "-_".contains(letter) || !letter.is_ascii() {
            name.push(letter);
            after
        } else {
            break;
        };
    }
    let bare = text.strip_prefix('-').unwrap_or(text);
    let begins = !bare.is_empty() && !bare.starts_with(|it: char| it.is_ascii_digit());
    (begins && !name.is_empty() && name != "-").then_some((name, rest))
}

/// What stands after a backslash: up to six hexadecimal digits and one space, or a letter.
fn escape(text: &str) -> Option<(char, &str)> {
    let digits = text.bytes().take(6).take_while(u8::is_ascii_hexdigit);
    let (digits, rest) = text.split_at_checked(digits.count())?;
    if digits.is_empty() {
        let letter = rest.chars().next().filter(|it| *it != '\n')?;
        return Some((letter, rest.get(letter.len_utf8()..)?));
    }
    let letter = u32::from_str_radix(digits, 16).ok().filter(|it| *it != 0);
    let letter = letter.and_then(char::from_u32);
    let rest = rest.strip_prefix([' ', '\t', '\n']).unwrap_or(rest);
    Some((letter.unwrap_or(char::REPLACEMENT_CHARACTER), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of streams with these classes a list selects: their numbers, from 1.
    fn selected(text: &str, streams: &[&str]) -> Result<Vec<usize>, Malformed> {
        let classes: Vec<HashSet<&str>> = streams
            .iter()
            .map(|it| it.split_whitespace().collect())
            .collect();
        let bits = list(text)?
            .iter()
            .fold(0, |bits, selector| bits | selector.matches(&classes));
        Ok((1..=streams.len())
            .filter(|it| bits >> (it - 1) & 1 == 1)
            .collect())
    }

    #[test]
    fn selectors_of_the_guide_select_what_they_select_in_browsers() {
        let streams = ["", "a", "a b", "b", "A", "1x", ""];
        let every = vec![1, 2, 3, 4, 5, 6, 7];
        for (text, expected) in [
            ("stream", &every[..]),
            ("STREAM", &every),
            ("stream.a", &[2, 3]),
            (".a", &[2, 3]),
            (".A", &[5]),
            (".a.b", &[3]),
            ("stream.b.a", &[3]),
            (".\\31 x", &[6]),
            (".\\62", &[3, 4]),
            (" .a , .b ", &[2, 3, 4]),
            ("stream:first-child", &[1]),
            ("stream:last-child", &[7]),
            (":Last-Child", &[7]),
            ("stream.a:first-child", &[]),
            ("stream:nth-child(2)", &[2]),
            ("stream:nth-child(odd)", &[1, 3, 5, 7]),
            ("stream:nth-child( EVEN )", &[2, 4, 6]),
            ("stream:nth-child(n)", &every),
            ("stream:nth-child(3n)", &[3, 6]),
            ("stream:nth-child(3n+1)", &[1, 4, 7]),
            ("stream:nth-child(3n - 1)", &[2, 5]),
            ("stream:nth-child(-n+3)", &[1, 2, 3]),
            ("stream:nth-child(+n+6)", &[6, 7]),
            ("stream:nth-child(0)", &[]),
            ("stream:nth-child(-2)", &[]),
            ("stream:nth-child(99999999999999999999)", &[]),
            ("stream:nth-last-child(2)", &[6]),
            ("stream:nth-last-child(-n+2)", &[6, 7]),
            ("stream:first-child:nth-last-child(7)", &[1]),
            ("stream:first-child:nth-last-child(7) ~ stream", &every[1..]),
            ("stream:first-child:nth-last-child(6) ~ stream", &[]),
            (".a + .b", &[3, 4]),
            (".a+.a+.b", &[4]),
            (".a ~ .b", &[3, 4]),
            (".b ~ stream", &[4, 5, 6, 7]),
            (".b + stream ~ stream", &[5, 6, 7]),
            // The nearest `.b` does not follow the second child; another one does.
            ("stream:nth-child(2) + .b ~ :last-child", &[7]),
        ] {
            assert_eq!(selected(text, &streams).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_the_service_does_not_know_matches_nothing_and_the_rest_of_a_list_does() {
        let foreign = "* | #a | [class] | stream[class='a,b'] | stream::before | stream:hover | \
            stream:not(.a) | archive | archive stream | archive > stream | .container .a | \
            stream.a stream | div | archive ~ stream | stream:nth-child | *.a";
        for text in foreign.split(" | ") {
            assert_eq!(selected(text, &["a"]), Ok(vec![]), "{text}");
            assert_eq!(
                selected(&format!("{text}, .b"), &["a", "b"]),
                Ok(vec![2]),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_not_css_makes_the_whole_list_malformed() {
        let malformed = " | , | stream, | ..a | stream. | .1x | stream + | + stream | ~ | stream++.a | \
            stream: | stream:nth-child() | stream:nth-child(x) | stream:nth-child(2 n) | \
            stream:nth-child(n+-1) | stream:nth-child(n 1) | stream:nth-child(- 1) | } | a}b | # | \
            stream.a\\ | - | 5";
        for text in malformed.split(" | ") {
            assert_eq!(selected(text, &["a"]), Err(Malformed), "{text}");
            assert_eq!(
                selected(&format!("stream, {text}"), &["a"]),
                Err(Malformed),
                "{text}"
            );
        }
    }

    #[test]
    fn classes_weigh_more_than_names() {
        let weight = |text: &str| list(text).unwrap().remove(0).specificity;
        assert!(weight(".a") > weight("stream ~ stream"));
        assert!(weight("stream.a") > weight(".a"));
        assert_eq!(weight("stream:nth-child(2)"), weight("stream.a"));
    }
}
