//! The claims of client tokens, as recorded from the official SDKs.

use super::{
    draft::{Draft, Times},
    seed::Seed,
};
use crate::{
    base64::{STANDARD, append, ascii},
    credentials::SharedSecret,
    environment::Environment,
    hex,
    write::{decimal, form_text, json_name, json_text},
};

/// The names and fixed parts come to under 250 bytes.
const ROOM: usize = 320;

pub(super) fn claims(draft: &Draft<'_>, times: Times, seed: &Seed) -> String {
    let data = draft.data.as_deref();
    let variable = draft.session_id.len()
        + draft.layout.len()
        + data.map_or(0, str::len)
        + draft.credentials.project().len();
    let mut out = String::with_capacity(ROOM + variable);
    out.push('{');
    match draft.credentials.environment() {
        Environment::OpenTok => opentok(&mut out, draft, times, seed),
        Environment::Vonage => vonage(&mut out, draft, times, seed),
    }
    for (name, value) in &draft.claims {
        json_name(&mut out, name);
        value.write_json(&mut out);
    }
    out.push('}');
    out
}

/// The claims of the Python SDK's JWT, which the Java one mints too.
fn opentok(out: &mut String, draft: &Draft<'_>, times: Times, seed: &Seed) {
    out.push_str("\"iss\":");
    json_text(out, draft.credentials.project());
    out.push_str(",\"ist\":\"project\",\"iat\":");
    decimal(out, times.issued);
    out.push_str(",\"exp\":");
    decimal(out, times.expires);
    out.push_str(",\"nonce\":");
    decimal(out, seed.nonce.into());
    common(out, draft);
    if !draft.layout.is_empty() {
        out.push_str(",\"initial_layout_class_list\":");
        json_text(out, &draft.layout);
    }
}

/// The claims of the Node SDK, whose `sub` and string of layout classes four of the five Vonage
/// SDKs agree with.
fn vonage(out: &mut String, draft: &Draft<'_>, times: Times, seed: &Seed) {
    out.push_str("\"application_id\":");
    json_text(out, draft.credentials.project());
    out.push_str(",\"iat\":");
    decimal(out, times.issued);
    out.push_str(",\"exp\":");
    decimal(out, times.expires);
    out.push_str(",\"jti\":\"");
    let mut id = uuid::Uuid::encode_buffer();
    out.push_str(
        uuid::Uuid::from_bytes(seed.id)
            .hyphenated()
            .encode_lower(&mut id),
    );
    out.push_str("\",\"sub\":\"video\",\"acl\":{\"paths\":{\"/session/**\":{}}}");
    common(out, draft);
    out.push_str(",\"initial_layout_class_list\":");
    json_text(out, &draft.layout);
}

fn common(out: &mut String, draft: &Draft<'_>) {
    out.push_str(",\"session_id\":");
    json_text(out, draft.session_id);
    out.push_str(",\"role\":");
    json_text(out, draft.role.as_str());
    out.push_str(",\"scope\":\"session.connect\"");
    if let Some(data) = draft.data.as_deref() {
        out.push_str(",\"connection_data\":");
        json_text(out, data);
    }
}

/// `T1==` and base64 of `partner_id=KEY&sig=HEX:` and the signed fields, in the order of the Python
/// SDK.
pub(super) fn t1(draft: &Draft<'_>, times: Times, seed: &Seed, secret: &SharedSecret) -> String {
    const NO_SIGNATURE: &str = "0000000000000000000000000000000000000000";
    let data = draft.data.as_deref();
    let variable = draft.session_id.len()
        + draft.layout.len()
        + data.map_or(0, |data| data.len() * 3)
        + draft.credentials.project().len();
    let mut text = String::with_capacity(ROOM + variable);
    text.push_str("partner_id=");
    text.push_str(draft.credentials.project());
    text.push_str("&sig=");
    let signature_at = text.len();
    text.push_str(NO_SIGNATURE);
    text.push(':');
    let signed_from = text.len();

    text.push_str("session_id=");
    form_text(&mut text, draft.session_id);
    text.push_str("&create_time=");
    decimal(&mut text, times.issued);
    text.push_str("&expire_time=");
    decimal(&mut text, times.expires);
    text.push_str("&role=");
    form_text(&mut text, draft.role.as_str());
    text.push_str("&nonce=");
    decimal(&mut text, seed.nonce.into());
    text.push_str("&initial_layout_class_list=");
    form_text(&mut text, &draft.layout);
    if let Some(data) = data {
        text.push_str("&connection_data=");
        form_text(&mut text, data);
    }
    for (name, value) in &draft.claims {
        text.push('&');
        form_text(&mut text, name);
        text.push('=');
        value.write_form(&mut text);
    }

    let mut text = text.into_bytes();
    let signature = secret.sign_t1(text.get(signed_from..).unwrap_or_default());
    let places = text.get_mut(signature_at..).unwrap_or_default();
    for (place, byte) in places.chunks_exact_mut(2).zip(signature.as_ref()) {
        place.copy_from_slice(&hex::lower(*byte));
    }
    let mut out = Vec::with_capacity(4 + text.len().div_ceil(3) * 4);
    out.extend_from_slice(b"T1==");
    append(&mut out, &STANDARD, &text);
    ascii(out)
}
