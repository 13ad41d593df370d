//! `T1==` tokens, taken apart.

use std::collections::BTreeMap;

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD_PAD_INDIFFERENT, URL_SAFE_NO_PAD_INDIFFERENT},
};

use crate::{hex, jwt::LONGEST};

pub(crate) const SENTINEL: &str = "T1==";

/// `partner_id=KEY&sig=HEX:FIELDS`, where other pairs may stand beside the first two, as old SDKs
/// wrote a `sdk_version`. The signature is over the fields as they are written, in any order.
pub(crate) struct T1 {
    pub(crate) partner_id: String,
    pub(crate) signature: [u8; 20],
    pub(crate) signed: String,
    /// The fields without their URL encoding.
    pub(crate) fields: BTreeMap<String, String>,
}

impl T1 {
    /// Splits a token into its parts. The error describes what is wrong.
    pub(crate) fn parse(token: &str) -> Result<Self, String> {
        let encoded = token
            .strip_prefix(SENTINEL)
            .ok_or("it does not begin with T1==")?;
        if encoded.len() > LONGEST {
            return Err(format!(
                "it is {} bytes long, and no token is longer than {LONGEST}",
                encoded.len()
            ));
        }
        // The Java SDK writes the URL-safe alphabet, all others the standard one.
        let bytes = if encoded.contains(['-', '_']) {
            URL_SAFE_NO_PAD_INDIFFERENT.decode(encoded)
        } else {
            STANDARD_PAD_INDIFFERENT.decode(encoded)
        };
        let bytes = bytes.map_err(|error| format!("what follows T1== is not base64 ({error})"))?;
        let text = String::from_utf8(bytes).map_err(|_| "its base64 does not hold text")?;
        let (head, signed) = text
            .split_once(':')
            .ok_or("it has no colon between signature and fields")?;
        let mut head = pairs(head)?;
        let partner_id = head
            .remove("partner_id")
            .ok_or("its partner_id is missing")?;
        let signature = head.remove("sig").ok_or("its signature is missing")?;
        let signature =
            hex::bytes(&signature).ok_or("its signature is not 40 hexadecimal digits")?;
        let fields = pairs(signed)?;
        Ok(Self {
            partner_id,
            signature,
            signed: signed.to_owned(),
            fields,
        })
    }

    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }
}

/// The decoded `name=value` pairs of a URL-encoded text.
fn pairs(text: &str) -> Result<BTreeMap<String, String>, String> {
    let mut pairs = BTreeMap::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').ok_or("a field has no value")?;
        let (name, value) = (url_decoded(name)?, url_decoded(value)?);
        // SDKs that do not escape every value let it smuggle in a second `role`.
        if pairs.contains_key(&name) {
            return Err(format!("it has the field {name:?} twice"));
        }
        pairs.insert(name, value);
    }
    Ok(pairs)
}

/// Percent escapes, and `+` for a space. A `%` that escapes nothing stays.
fn url_decoded(text: &str) -> Result<String, String> {
    if !text.contains(['%', '+']) {
        return Ok(text.to_owned());
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = after
            .first_chunk::<2>()
            .filter(|_| byte == b'%')
            .and_then(|[high, low]| hex::byte(*high, *low));
        match escaped {
            Some(decoded) => {
                out.push(decoded);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                out.push(if byte == b'+' { b' ' } else { byte });
                rest = after;
            }
        }
    }
    String::from_utf8(out).map_err(|_| "a field is not UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::BASE64_STANDARD;

    const SIG: &str = "0123456789abcdef0123456789ABCDEF01234567";

    fn token(text: &str) -> String {
        format!("T1=={}", BASE64_STANDARD.encode(text))
    }

    #[test]
    fn fields_come_apart() {
        let t1 = T1::parse(&token(&format!(
            "partner_id=1&sig={SIG}:a=1&b=x+y%20%C3%A9%&c="
        )))
        .unwrap();
        assert_eq!(t1.partner_id, "1");
        assert_eq!(t1.signature[..2], [0x01, 0x23]);
        assert_eq!(t1.field("b"), Some("x y é%"));
        assert_eq!(t1.field("c"), Some(""));
        assert_eq!(t1.field("d"), None);
    }

    #[test]
    fn the_head_is_read_in_any_order_with_more_in_it() {
        for head in [
            format!("partner_id=1&sdk_version=tbruby-tbrb-v0.91&sig={SIG}"),
            format!("sig={SIG}&partner_id=1"),
            format!("partner_id=1&sig={SIG}&sdk_version=x"),
        ] {
            let t1 = T1::parse(&token(&format!("{head}:a=1"))).unwrap();
            assert_eq!(t1.partner_id, "1", "{head}");
            assert_eq!(t1.signature[..2], [0x01, 0x23]);
            assert_eq!(t1.field("a"), Some("1"));
        }
    }

    #[test]
    fn a_second_role_is_not_smuggled_in() {
        let error = T1::parse(&token(&format!(
            "partner_id=1&sig={SIG}:role=publisher&x=1&role=moderator"
        )))
        .err()
        .unwrap();
        assert!(error.contains("twice"), "{error}");
    }

    #[test]
    fn anything_else_is_refused_in_words() {
        for (text, word) in [
            (token("partner_id=1"), "colon"),
            (token("partner_id=1:"), "signature"),
            (
                token(&format!("partner_id=1&sig={SIG}&sig={SIG}:")),
                "twice",
            ),
            (
                token(&format!("partner_id=1&partner_id=2&sig={SIG}:")),
                "twice",
            ),
            (token(&format!("id=1&sig={SIG}:")), "partner_id"),
            (token("partner_id=1&sig=12:"), "40"),
            (token(&format!("partner_id=1&sig={SIG}0:")), "40"),
            (token(&format!("partner_id=1&sig={SIG}:role")), "no value"),
            (token(&format!("partner_id=1&sig={SIG}:role=%FF")), "UTF-8"),
            ("T1==!".to_owned(), "base64"),
            ("T1=".to_owned(), "begin"),
        ] {
            let error = T1::parse(&text).err().unwrap();
            assert!(error.contains(word), "{text}: {error}");
        }
    }
}
