//! Session ids, taken apart and put together.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD_PAD_INDIFFERENT, URL_SAFE_NO_PAD},
};

use super::{
    date,
    error::{LONGEST, SessionIdError},
};
use crate::{base64::URL_SAFE_INDIFFERENT, time::unix_seconds};

/// A session id, taken apart: `1_` or `2_`, then base64 of fields with `~` between them.
///
/// | form | fields |
/// |---|---|
/// | new | `1~owner~location~milliseconds~nonce~flags~~` |
/// | old | `1~owner~location~Mon Mar 17 00:41:31 PDT 2014~0.6837895344942808~` |
///
/// The service does not document any of this and may change it; it is read off real ids. Nothing in
/// an id is secret, and nothing is signed.
///
/// ```
/// use vonage_video_auth::SessionInfo;
///
/// let info = SessionInfo::decode(concat!(
///     "1_MX4yOWY3NjBmOC03Y2UxLTQ2YzktYWRlMy1mMmRlZGVlNGVkNWZ-fjE3MjY0NjI1ODg2NDd-",
///     "MTF4TGExYmJoelBlR1FHbVhzbWd4STBrfn5-",
/// ))?;
/// assert_eq!(info.owner(), "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f");
/// assert!(!info.is_relayed());
/// # Ok::<(), vonage_video_auth::SessionIdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionInfo {
    prefix: char,
    fields: Vec<String>,
}

/// Where the fields stand, after the leading `1`.
const OWNER: usize = 1;
const LOCATION: usize = 2;
const CREATED: usize = 3;
const NONCE: usize = 4;
const FLAGS: usize = 5;

impl SessionInfo {
    /// Takes an id apart. Never panics, whatever the text.
    ///
    /// # Errors
    ///
    /// [`SessionIdError`] names what keeps the text from being a session id.
    pub fn decode(session_id: &str) -> Result<Self, SessionIdError> {
        let mut buffer = [0; LONGEST];
        let (prefix, plain) = decoded(session_id, &mut buffer)?;
        Ok(Self {
            prefix,
            fields: plain.split('~').map(str::to_owned).collect(),
        })
    }

    /// The parts of an id in the new form, for a server that makes its own ids. `nonce` keeps ids
    /// of one millisecond apart; the service's has 24 letters and digits. A `~` in `owner` or
    /// `nonce` is left out, as it would end the field.
    pub fn new(owner: &str, created: SystemTime, nonce: &str) -> Self {
        let milliseconds = created
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_millis();
        let created = milliseconds.to_string();
        let fields = ["1", owner, "", created.as_str(), nonce, "", "", ""];
        Self {
            prefix: '1',
            fields: fields.iter().map(|field| field.replace('~', "")).collect(),
        }
    }

    /// As [`new`](Self::new), in the old form, with a date in words.
    pub fn new_old_form(owner: &str, created: SystemTime, nonce: &str) -> Self {
        let created = date::format(unix_seconds(created).max(0));
        let fields = ["1", owner, "", created.as_str(), nonce, ""];
        Self {
            prefix: '1',
            fields: fields.iter().map(|field| field.replace('~', "")).collect(),
        }
    }

    /// Sets the location hint, an IP address.
    #[must_use]
    pub fn with_location(mut self, location: &str) -> Self {
        self.set(LOCATION, location.replace('~', ""));
        self
    }

    /// Sets whether media go between the clients directly.
    #[must_use]
    pub fn with_relayed(mut self, relayed: bool) -> Self {
        self.set(
            FLAGS,
            if relayed {
                "P".to_owned()
            } else {
                String::new()
            },
        );
        self
    }

    /// Sets the digit before the underscore, `1` or `2`; no id with another one can be decoded.
    #[must_use]
    pub fn with_prefix(mut self, prefix: char) -> Self {
        self.prefix = prefix;
        self
    }

    /// Puts the id together again. The result equals what [`decode`](Self::decode) read,
    /// except for base64 padding and alphabet.
    pub fn encode(&self) -> String {
        format!(
            "{}_{}",
            self.prefix,
            URL_SAFE_NO_PAD.encode(self.fields.join("~"))
        )
    }

    /// The character in front of the underscore: `1` or `2`, the deployment that the session
    /// belongs to.
    pub fn prefix(&self) -> char {
        self.prefix
    }

    /// The API key or the application id that the session belongs to.
    pub fn owner(&self) -> &str {
        self.field(OWNER)
    }

    /// The location hint that the session was created with, an IP address.
    pub fn location(&self) -> Option<&str> {
        Some(self.field(LOCATION)).filter(|location| !location.is_empty())
    }

    /// When the session was created, if the id holds it in a known form.
    pub fn created(&self) -> Option<SystemTime> {
        let text = self.field(CREATED);
        match text.parse() {
            Ok(milliseconds) => UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds)),
            Err(_) => date::parse(text),
        }
    }

    /// The creation time as it is written: milliseconds, or a date in words.
    pub fn created_text(&self) -> &str {
        self.field(CREATED)
    }

    /// The part that keeps ids of one millisecond apart.
    pub fn nonce(&self) -> &str {
        self.field(NONCE)
    }

    /// Whether the id is marked `P`: media go between the clients directly, so nothing can be
    /// archived or broadcast. The meaning of the mark is inferred from ids of relayed sessions; old
    /// ids do not carry it, so `false` does not prove a routed session.
    pub fn is_relayed(&self) -> bool {
        self.field(FLAGS).contains('P')
    }

    fn field(&self, index: usize) -> &str {
        self.fields.get(index).map_or("", String::as_str)
    }

    fn set(&mut self, index: usize, value: String) {
        if self.fields.len() <= index {
            self.fields.resize(index + 1, String::new());
        }
        if let Some(field) = self.fields.get_mut(index) {
            *field = value;
        }
    }
}

/// Whether the id belongs to `project`, or whom it belongs to. Does not allocate when it does.
pub(crate) fn owner_is(
    session_id: &str,
    project: &str,
) -> Result<Result<(), String>, SessionIdError> {
    let mut buffer = [0; LONGEST];
    let (_, plain) = decoded(session_id, &mut buffer)?;
    let owner = fields(plain).nth(OWNER).unwrap_or_default();
    Ok(if owner.eq_ignore_ascii_case(project.as_bytes()) {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(owner).into_owned())
    })
}

/// The prefix, and the fields in plain text.
fn decoded<'b>(
    session_id: &str,
    buffer: &'b mut [u8; LONGEST],
) -> Result<(char, &'b str), SessionIdError> {
    if session_id.is_empty() {
        return Err(SessionIdError::Empty);
    }
    if session_id.len() > LONGEST {
        return Err(SessionIdError::TooLong {
            length: session_id.len(),
        });
    }
    if session_id.trim().len() != session_id.len() {
        return Err(SessionIdError::WhiteSpace);
    }
    let mut characters = session_id.chars();
    let (Some(prefix @ ('1' | '2')), Some('_')) = (characters.next(), characters.next()) else {
        return Err(SessionIdError::NoPrefix);
    };
    let encoded = characters.as_str();
    let length = URL_SAFE_INDIFFERENT
        .decode_slice(encoded, buffer.as_mut_slice())
        .or_else(|_| STANDARD_PAD_INDIFFERENT.decode_slice(encoded, buffer.as_mut_slice()))
        .map_err(|_| SessionIdError::NotBase64)?;
    let plain = buffer
        .get(..length)
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .ok_or(SessionIdError::NotText)?;
    let mut fields = fields(plain);
    match (fields.next(), fields.next(), fields.nth(1)) {
        (Some(b"1" | b"2"), Some(owner), Some(_)) if !owner.is_empty() => Ok((prefix, plain)),
        _ => Err(SessionIdError::NoFields),
    }
}

/// Each of them is a few bytes, for which a search for a character costs more than a look at each.
fn fields(plain: &str) -> impl Iterator<Item = &[u8]> {
    plain.as_bytes().split(|byte| *byte == b'~')
}
