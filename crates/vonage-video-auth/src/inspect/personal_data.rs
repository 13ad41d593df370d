//! Personal data in connection data.

use std::fmt;

/// What kind of personal data a text seems to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PersonalData {
    /// An address such as `ann@example.com`.
    Email,
    /// Something like `+1 555 010 9999` or `(555) 010-9999`.
    Phone,
}

impl fmt::Display for PersonalData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Email => "an e-mail address",
            Self::Phone => "a telephone number",
        })
    }
}

/// Finds an e-mail address or a telephone number in connection data, which every client of the
/// session can read. A guess, for a warning.
///
/// ```
/// use vonage_video_auth::{PersonalData, personal_data};
/// assert_eq!(personal_data("name=ann@example.com"), Some(PersonalData::Email));
/// assert_eq!(personal_data("tel=+44 20 7946 0000"), Some(PersonalData::Phone));
/// assert_eq!(personal_data("user=1700000000&at=10:30"), None);
/// ```
pub fn personal_data(text: &str) -> Option<PersonalData> {
    if has_email(text) {
        Some(PersonalData::Email)
    } else if has_phone(text) {
        Some(PersonalData::Phone)
    } else {
        None
    }
}

fn has_email(text: &str) -> bool {
    // URL-encoded data is common here.
    let text = text.replace("%40", "@");
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('@') {
        let local = before
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        let domain: String = after
            .chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
            .collect();
        let top = domain
            .trim_end_matches('.')
            .rsplit_once('.')
            .map(|(_, top)| top.to_owned());
        if local && top.is_some_and(|top| top.len() >= 2 && top.chars().all(char::is_alphabetic)) {
            return true;
        }
        rest = after;
    }
    false
}

/// Digits in groups, after a `+` or an opening parenthesis or in the American 3-3-4: plain numbers
/// are ids and times.
fn has_phone(text: &str) -> bool {
    let text = text
        .replace("%2B", "+")
        .replace("%2b", "+")
        .replace("%20", " ");
    let is_part =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | ' ' | '.' | '/');
    text.split(|c| !is_part(c)).any(|run| {
        let run = run.trim_matches([' ', '-', '.', '/']);
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        let groups: Vec<usize> = run
            .split(|c: char| !c.is_ascii_digit())
            .map(str::len)
            .filter(|length| *length > 0)
            .collect();
        let marked = run.starts_with('+') || run.starts_with('(');
        (marked && (8..=15).contains(&digits)) || groups == [3, 3, 4]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_are_found_in_the_forms_people_write() {
        for text in [
            "ann@example.com",
            "mail=ann.b+x@mail.example.co.uk;x",
            "u=ann%40example.org&r=1",
            "<ann@exämple.de>",
        ] {
            assert_eq!(personal_data(text), Some(PersonalData::Email), "{text}");
        }
        for text in [
            "+15550109999",
            "tel=%2B1 555-010-9999",
            "call (555) 010-9999 now",
            "555-010-9999",
            "555.010.9999",
            "+49 (0)30 1234567",
        ] {
            assert_eq!(personal_data(text), Some(PersonalData::Phone), "{text}");
        }
    }

    #[test]
    fn ids_and_times_are_not() {
        for text in [
            "",
            "name=Johnny",
            "id=12345678901234",
            "1700000000000",
            "2024-09-16 04:56:28",
            "a@b",
            "@handle",
            "x@1.5",
            "score=+5",
            "1.2.3.4",
            "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f",
            "room@",
            "@@@@",
            "level=+1 lives=3",
        ] {
            assert_eq!(personal_data(text), None, "{text}");
        }
    }
}
