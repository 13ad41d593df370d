//! Short names of things: six characters of a session's random part, and the beginning of an id.

use vonage_video::SessionInfo;

use crate::failure::Failure;

/// The characters of a session's short name, and the fewest of a beginning.
const SHORT: usize = 6;
/// The characters of an id that lists show.
const SHOWN: usize = 8;
/// The characters of a whole id.
const WHOLE: usize = 36;

/// The short name of a session: the first characters of its random part. Ids themselves begin and
/// end alike. One that does not decode has its last characters.
pub(crate) fn session(id: &str) -> String {
    match SessionInfo::decode(id) {
        Ok(info) => info.nonce().chars().take(SHORT).collect(),
        Err(_) => {
            let skipped = id.chars().count().saturating_sub(SHORT);
            id.chars().skip(skipped).collect()
        }
    }
}

/// What lists show of an id.
pub(crate) fn id(id: &str) -> &str {
    if is_id(id) {
        id.get(..SHOWN).unwrap_or(id)
    } else {
        id
    }
}

fn is_id(text: &str) -> bool {
    text.len() == WHOLE && text.bytes().all(|c| c.is_ascii_hexdigit() || c == b'-')
}

/// Whether a text can be a session's short name, and not its id.
pub(crate) fn is_session_name(text: &str) -> bool {
    text.chars().count() == SHORT
}

/// Whether a text can be the beginning of an id, and not the whole.
pub(crate) fn is_beginning(text: &str) -> bool {
    (SHORT..WHOLE).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_hexdigit() || c == b'-')
}

/// The one session of a short name.
pub(crate) fn one_session<'a>(
    name: &str,
    ids: impl Iterator<Item = &'a str>,
) -> Result<String, Failure> {
    only(name, "session", ids.filter(|id| session(id) == name))
}

/// The one id of a beginning.
pub(crate) fn one<'a>(
    beginning: &str,
    what: &str,
    ids: impl Iterator<Item = &'a str>,
) -> Result<String, Failure> {
    only(beginning, what, ids.filter(|id| id.starts_with(beginning)))
}

fn only<'a>(
    name: &str,
    what: &str,
    found: impl Iterator<Item = &'a str>,
) -> Result<String, Failure> {
    let mut found: Vec<&str> = found.collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [id] => Ok((*id).to_owned()),
        [] => Err(Failure::NotFound(format!(
            "no {what} of the latest is called {name}: give its whole id"
        ))),
        several => Err(Failure::usage(format!(
            "{name} can be {} of the latest {what}s: give more of it",
            several.len()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_called_by_its_random_part() {
        let at = std::time::UNIX_EPOCH;
        let ids: Vec<String> = ["AAAAAAAA", "AAAAAABB", "BBBBBBBB"]
            .map(|nonce| SessionInfo::new("123", at, nonce).encode())
            .into();
        let ids = || ids.iter().map(String::as_str);
        assert_eq!(session(ids().next().unwrap()), "AAAAAA");
        assert_eq!(session("of another form"), "r form");
        assert_eq!(one_session("BBBBBB", ids()).unwrap(), ids().nth(2).unwrap());
        assert!(
            one_session("AAAAAA", ids())
                .unwrap_err()
                .to_text()
                .contains("can be 2")
        );
        assert!(
            one_session("CCCCCC", ids())
                .unwrap_err()
                .to_text()
                .contains("no session")
        );
    }

    #[test]
    fn an_id_is_called_by_its_beginning() {
        let ids = [
            "6cac9ae5-fca7-4610-a6e6-57ea99ba122e",
            "6cac9ae5-fca7-4610-a6e6-57ea99ba122f",
        ];
        assert_eq!(id(ids[0]), "6cac9ae5");
        assert_eq!(id("P7P45S"), "P7P45S");
        assert!(is_beginning("6cac9a") && is_beginning("6cac9ae5-"));
        assert!(!is_beginning("6cac9") && !is_beginning(ids[0]) && !is_beginning("weekly"));
        let one = |text, count| one(text, "archive", ids.into_iter().take(count));
        assert_eq!(one("6cac9ae5", 1).unwrap(), ids[0]);
        assert!(one("6cac9ae5", 2).is_err());
        assert!(one("7cac9ae5", 2).is_err());
    }
}
