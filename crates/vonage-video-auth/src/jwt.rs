//! The compact form of a JSON Web Token: three base64url parts, and nothing more lenient than that.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use serde_json::{Map, Value};

use crate::{
    base64::{URL_SAFE, append, ascii},
    strict_json,
};

/// `{"alg":"HS256","typ":"JWT"}`, encoded.
pub(crate) const HS256_HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
/// `{"alg":"RS256","typ":"JWT"}`, encoded.
pub(crate) const RS256_HEADER: &str = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9";

/// The most bytes that are decoded. A webhook or REST token has under 2 KB, a client token under 8.
pub(crate) const LONGEST: usize = 64 * 1024;

/// `header.payload`, with room for the signature.
pub(crate) fn signing_input(header: &str, payload: &[u8], signature_length: usize) -> Vec<u8> {
    let encoded = |length: usize| length.div_ceil(3) * 4;
    let room = header.len() + encoded(payload.len()) + encoded(signature_length) + 2;
    let mut text = Vec::with_capacity(room);
    text.extend_from_slice(header.as_bytes());
    text.push(b'.');
    append(&mut text, &URL_SAFE, payload);
    text
}

/// `header.payload.signature`.
pub(crate) fn seal(mut signing_input: Vec<u8>, signature: &[u8]) -> String {
    signing_input.push(b'.');
    append(&mut signing_input, &URL_SAFE, signature);
    ascii(signing_input)
}

/// A token taken apart. Trust nothing in it before the signature over `signed` is checked.
pub(crate) struct Compact<'a> {
    pub(crate) header: Map<String, Value>,
    pub(crate) claims: Map<String, Value>,
    /// The claims as they were written.
    pub(crate) payload: String,
    pub(crate) signed: &'a str,
    pub(crate) signature: Vec<u8>,
}

impl<'a> Compact<'a> {
    /// The error names the part that is malformed.
    pub(crate) fn parse(token: &'a str) -> Result<Self, String> {
        if token.len() > LONGEST {
            return Err(format!(
                "it is {} bytes long, and no token is longer than {LONGEST}",
                token.len()
            ));
        }
        let parts = token.split('.').count();
        if parts != 3 {
            return Err(format!(
                "a JWT has three parts with a dot between them, this has {parts}"
            ));
        }
        let (signed, signature) = token.rsplit_once('.').unwrap_or_default();
        let (header, payload) = signed.split_once('.').unwrap_or_default();
        let payload = String::from_utf8(decode("payload", payload)?)
            .map_err(|_| "its payload is not UTF-8".to_owned())?;
        Ok(Self {
            header: object("header", &decode("header", header)?)?,
            claims: object("payload", payload.as_bytes())?,
            payload,
            signed,
            signature: decode("signature", signature)?,
        })
    }

    pub(crate) fn algorithm(&self) -> &str {
        self.header
            .get("alg")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}

fn decode(part: &str, text: &str) -> Result<Vec<u8>, String> {
    BASE64
        .decode(text)
        .map_err(|error| format!("its {part} is not base64url without padding ({error})"))
}

fn object(part: &str, bytes: &[u8]) -> Result<Map<String, Value>, String> {
    match strict_json::read(bytes) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(format!("its {part} is JSON but not an object")),
        Err(error) if error.is_data() => Err(format!("its {part} is ambiguous ({error})")),
        Err(error) => Err(format!("its {part} is not JSON ({error})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_say_what_they_should() {
        let decode = |text: &str| String::from_utf8(BASE64.decode(text).unwrap()).unwrap();
        assert_eq!(decode(HS256_HEADER), r#"{"alg":"HS256","typ":"JWT"}"#);
        assert_eq!(decode(RS256_HEADER), r#"{"alg":"RS256","typ":"JWT"}"#);
    }

    #[test]
    fn a_signed_token_comes_apart_again_and_needs_one_allocation() {
        let input = signing_input(HS256_HEADER, br#"{"a":1}"#, 32);
        let capacity = input.capacity();
        let token = seal(input, &[7; 32]);
        assert_eq!(token.capacity(), capacity);
        let parsed = Compact::parse(&token).unwrap();
        assert_eq!(parsed.algorithm(), "HS256");
        assert_eq!(parsed.payload, r#"{"a":1}"#);
        assert_eq!(parsed.signature, [7; 32]);
    }

    #[test]
    fn anything_else_is_refused_in_words() {
        for (token, word) in [
            ("", "this has 1"),
            ("a.b.c.d", "this has 4"),
            ("e30.e30.!", "signature"),
            ("e30=.e30.", "header"),
            ("e30.W10.", "not an object"),
            ("e30.e3.", "payload"),
            ("e30.e30.AA ", "signature"),
        ] {
            let error = Compact::parse(token).err().unwrap();
            assert!(error.contains(word), "{token}: {error}");
        }
    }
}
