//! Cuts the text of stylesheets, with regard to comments, strings, escapes and brackets.

/// The text before the first of some letters that is neither quoted nor in brackets, that letter,
/// and the text after it. Without one, all of the text comes before it.
pub(super) fn cut<'t>(text: &'t str, ends: &[u8]) -> (&'t str, Option<u8>, &'t str) {
    let mut open: Vec<u8> = Vec::new();
    let mut quote = None;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match (quote, byte) {
            (_, b'\\') => escaped = true,
            // An open string ends with its line.
            (Some(end), _) if byte == end || byte == b'\n' => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, _) if open.is_empty() && ends.contains(&byte) => {
                let before = text.get(..at).unwrap_or_default();
                let after = text.get(at + 1..).unwrap_or_default();
                return (before, Some(byte), after);
            }
            (None, b'(') => open.push(b')'),
            (None, b'[') => open.push(b']'),
            (None, b'{') => open.push(b'}'),
            (None, _) if open.last() == Some(&byte) => {
                open.pop();
            }
            (None, _) => {}
        }
    }
    (text, None, "")
}

/// The parts of a text between separators that are neither quoted nor in brackets.
pub(super) fn parts(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let (part, end, after) = cut(rest?, &[separator]);
        rest = end.map(|_| after);
        Some(part)
    })
}

/// A text without its comments. An open comment goes on to the end.
pub(super) fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quote = None;
    let mut escaped = false;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if quote.is_none()
            && !escaped
            && let Some(comment) = rest.strip_prefix("/*")
        {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        match (quote, letter) {
            _ if std::mem::take(&mut escaped) => {}
            (_, '\\') => escaped = true,
            (Some(end), _) if letter == end || letter == '\n' => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            _ => {}
        }
        out.push(letter);
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_in_strings_brackets_and_escapes_do_not_separate() {
        for (text, expected) in [
            ("a,b", &["a", "b"][..]),
            ("a,", &["a", ""]),
            ("", &[""]),
            ("f(a,b),[c,d],{e,f}", &["f(a,b)", "[c,d]", "{e,f}"]),
            ("\"a,b\",'c,\"'", &["\"a,b\"", "'c,\"'"]),
            ("a\\,b,c", &["a\\,b", "c"]),
            ("(a],b),c", &["(a],b)", "c"]),
            ("(a,b", &["(a,b"]),
            ("'open,\nb,c", &["'open,\nb", "c"]),
        ] {
            assert_eq!(parts(text, b',').collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn comments_are_left_out_but_not_in_strings() {
        for (text, expected) in [
            ("a/* , */b", "ab"),
            ("/**/a/***/", "a"),
            ("'/*'a/*'*/", "'/*'a"),
            ("a\\/* b */", "a\\/* b */"),
            ("a/* open", "a"),
            ("a /", "a /"),
        ] {
            assert_eq!(without_comments(text), expected, "{text}");
        }
    }
}
