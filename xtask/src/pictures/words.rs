//! The words of a picture that are the same each time it is made.

/// Characters of the short names of sessions, which are random each time.
const SHORT_NAME: usize = 6;

/// The words of an age, which depends on how long the picture took.
const AGES: [&str; 5] = ["just", "now", "second", "seconds", "ago"];

/// The words of a text, without those that hold a digit or may be a short name, and without ages.
pub(super) fn that_stay(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()))
        .filter(|word| {
            word.len() != SHORT_NAME || !word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
        .filter(|word| !AGES.contains(word))
        .map(str::to_owned)
        .collect()
}

/// The first words that differ.
pub(super) fn first_difference(before: &[String], now: &[String]) -> (String, String) {
    let at = before
        .iter()
        .zip(now)
        .take_while(|(one, other)| one == other)
        .count();
    let from = |words: &[String]| {
        let words: Vec<&str> = words.iter().skip(at).take(5).map(String::as_str).collect();
        words.join(" ")
    };
    (from(before), from(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_numbers_and_times_do_not_count() {
        let one = that_stay("Session P7P45S  12 clients, just now: 6cac9ae5 QwErTy recording");
        let other = that_stay("Session abcdef 7 clients, 2 seconds ago: 11111111 xxxxxx recording");
        assert_eq!(one, other);
        assert_eq!(one, ["Session", "clients", "recording"]);
    }

    #[test]
    fn a_difference_is_shown_with_what_follows() {
        let words = |text: &str| that_stay(text);
        let found = first_difference(&words("one two three"), &words("one four three"));
        assert_eq!(found, ("two three".to_owned(), "four three".to_owned()));
    }
}
