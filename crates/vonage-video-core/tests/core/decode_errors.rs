//! What an error about a body shows: where, why, and what surrounds it, and never a secret.

use vonage_video_core::{Operation, operations::GetArchive};

/// A decoding error names the place and quotes what is around it, and that is never a
/// secret.
#[test]
fn a_body_that_cannot_be_read_shows_a_piece_of_itself() {
    const SECRET: &str = "geheim";
    let long = format!(r#"{{"{SECRET}!":1,{}"id":5}}"#, r#""size":1,"#.repeat(1000));
    for (body, expected) in [
        (
            r#"{"id":"a1","status":{"geheim":1},"name":"geheim","size":7,"sessionId":"1_x"}"#,
            r#"at status: invalid type: map, expected text at line 1 column 21, in {id: "a1", name: "…" (6 bytes), sessionId: "1_x", size: 7, status: {1 members}}"#,
        ),
        (
            r#"{"id":"a1","streams":[{"streamId":"s"},{"streamId":[],"geheim key":"geheim"}]}"#,
            r#"at streams[1].streamId: invalid type: sequence, expected StreamId at line 1 column 53, in {…: "…" (6 bytes), streamId: [0 items]}"#,
        ),
        (
            r#"{"id":"a1","status":"geheim","size":"#,
            r#"at size: EOF while parsing a value at line 1 column 36, in {"xx":"xx","xxxxxx":"xxxxxx","xxxx":"#,
        ),
        (
            "<html>geheim</html>",
            "expected a response of the API, found an HTML page: a proxy, a sign-in page or another server responded; is the base URL right?",
        ),
        (
            r#""geheim""#,
            r#"invalid type: string "…", expected struct Archive at line 1 column 8, in "…" (6 bytes)"#,
        ),
        (
            r#"{"id":"a1"} geheim"#,
            r#"something follows the JSON, in {"xx":"xx"} xxxxxx"#,
        ),
    ] {
        let error = GetArchive::decode_output(body.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert!(!format!("{error:?}").contains(SECRET), "{error:?}");
    }
    for body in [long, "é".repeat(1000), format!("[{}", "\n".repeat(1000))] {
        let error = GetArchive::decode_output(body.as_bytes()).unwrap_err();
        assert!(error.excerpt.chars().count() <= 220, "{error}");
        assert!(
            !error.excerpt.contains(SECRET) && !error.excerpt.contains('\n'),
            "{error}"
        );
    }
}
