//! What an error says: what the server sent, and none of the secrets that it repeated.

use vonage_video::{Error, ErrorKind};

/// Secrets that the soak sends in bodies. Its tokens are secret too.
pub(super) const SECRETS: [&str; 3] = [
    "storage-key-7Yw2kQ9dJc",
    "storage-secret-M4n8xV1sLp",
    "sip-password-R6t3bZ5gHf",
];

/// How each token begins: it is the Base64 of `{"`.
const TOKEN: &str = "eyJ";

/// The words of a response that is not the API's in the error: a page, JSON of another
/// server, JSON that breaks off, a list that makes no progress.
const SEEN: [&str; 5] = ["page", "Welcome", "documentation", "EOF", "no progress"];

/// What is wrong with the words of an error; nothing, as it should be.
pub(super) fn complaint(error: &Error) -> Option<String> {
    let (shown, debug) = (error.to_string(), format!("{error:?}"));
    let shows = |secret: &&str| shown.contains(*secret) || debug.contains(*secret);
    if let Some(secret) = SECRETS.iter().chain(&[TOKEN]).find(|it| shows(it)) {
        return Some(format!("shows {secret}: {shown}\n{debug}"));
    }
    let names = match error.kind() {
        ErrorKind::Api(api) => shown.contains(api.status.as_str()),
        ErrorKind::Decode(_) => SEEN.iter().any(|seen| shown.contains(seen)),
        _ => true,
    };
    (!names).then(|| format!("does not say what came: {shown}"))
}
