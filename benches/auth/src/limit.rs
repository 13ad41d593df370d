//! The same tokens written by hand for these inputs: the key kept, the text built in a buffer on
//! the stack, one allocation for the result. The clock is read for each token; the nonce comes from
//! an xorshift, which no product could use.

use std::cell::Cell;
use std::io::Write as _;
use std::sync::RwLock;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::hmac;

use crate::inputs::*;
use crate::mint::Mint;

/// Each thread's own, so that no thread waits for another.
fn xorshift() -> u64 {
    thread_local! {
        static STATE: Cell<u64> = const { Cell::new(0x9e37_79b9_7f4a_7c15) };
    }
    STATE.with(|state| {
        let mut x = state.get();
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        state.set(x);
        x
    })
}

struct Buffer {
    bytes: [u8; 1024],
    length: usize,
}

impl Buffer {
    fn new() -> Self {
        Self {
            bytes: [0; 1024],
            length: 0,
        }
    }

    fn text(&mut self, text: &str) {
        self.bytes[self.length..self.length + text.len()].copy_from_slice(text.as_bytes());
        self.length += text.len();
    }

    fn number(&mut self, number: u64) {
        let mut rest = &mut self.bytes[self.length..];
        let before = rest.len();
        write!(rest, "{number}").expect("there is room");
        self.length += before - rest.len();
    }

    /// What URL encoding leaves of `text`, and what it escapes.
    fn form(&mut self, text: &str) {
        const HEX: &[u8; 16] = b"0123456789ABCDEF";
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"_.-~".contains(&byte) {
                self.bytes[self.length] = byte;
                self.length += 1;
            } else if byte == b' ' {
                self.text("+");
            } else {
                self.bytes[self.length] = b'%';
                self.bytes[self.length + 1] = HEX[usize::from(byte >> 4)];
                self.bytes[self.length + 2] = HEX[usize::from(byte & 15)];
                self.length += 3;
            }
        }
    }

    fn written(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

pub fn t1() -> Mint {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, API_SECRET.as_bytes());
    Box::new(move || {
        let mut buffer = Buffer::new();
        buffer.text("partner_id=");
        buffer.text(API_KEY);
        buffer.text("&sig=");
        let signature_at = buffer.length;
        buffer.text("0000000000000000000000000000000000000000:");
        let signed_from = buffer.length;
        let now = unix_now();
        buffer.text("session_id=");
        buffer.form(OPENTOK_SESSION);
        buffer.text("&create_time=");
        buffer.number(now);
        buffer.text("&expire_time=");
        buffer.number(now + DAY);
        buffer.text("&role=publisher&nonce=");
        buffer.number(xorshift() >> 33);
        buffer.text("&initial_layout_class_list=");
        buffer.form(CLASS_LIST);
        buffer.text("&connection_data=");
        buffer.form(DATA);
        let tag = hmac::sign(&key, &buffer.written()[signed_from..]);
        for (index, byte) in tag.as_ref().iter().enumerate() {
            const HEX: &[u8; 16] = b"0123456789abcdef";
            buffer.bytes[signature_at + 2 * index] = HEX[usize::from(byte >> 4)];
            buffer.bytes[signature_at + 2 * index + 1] = HEX[usize::from(byte & 15)];
        }
        let mut out = String::with_capacity(1024);
        out.push_str("T1==");
        BASE64_STANDARD.encode_string(buffer.written(), &mut out);
        out.len()
    })
}

pub fn hs256() -> Mint {
    let key = hmac::Key::new(hmac::HMAC_SHA256, API_SECRET.as_bytes());
    Box::new(move || {
        let mut buffer = Buffer::new();
        let now = unix_now();
        buffer.text("{\"iss\":\"");
        buffer.text(API_KEY);
        buffer.text("\",\"ist\":\"project\",\"iat\":");
        buffer.number(now);
        buffer.text(",\"exp\":");
        buffer.number(now + DAY);
        buffer.text(",\"nonce\":");
        buffer.number(xorshift() >> 33);
        common(&mut buffer, OPENTOK_SESSION);
        let mut out = String::with_capacity(1024);
        out.push_str("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.");
        BASE64_URL_SAFE_NO_PAD.encode_string(buffer.written(), &mut out);
        let tag = hmac::sign(&key, out.as_bytes());
        out.push('.');
        BASE64_URL_SAFE_NO_PAD.encode_string(tag.as_ref(), &mut out);
        out.len()
    })
}

pub fn rs256() -> Mint {
    let key = ring::rsa::KeyPair::from_pkcs8(&private_key_der()).expect("the fixture is a key");
    let random = ring::rand::SystemRandom::new();
    Box::new(move || {
        let mut buffer = Buffer::new();
        let now = unix_now();
        buffer.text("{\"application_id\":\"");
        buffer.text(APPLICATION);
        buffer.text("\",\"iat\":");
        buffer.number(now);
        buffer.text(",\"exp\":");
        buffer.number(now + DAY);
        buffer.text(",\"jti\":\"");
        let mut rest = &mut buffer.bytes[buffer.length..];
        let (a, b) = (xorshift(), xorshift());
        let _ = write!(
            rest,
            "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            a >> 32,
            a & 0xffff,
            (a >> 16) & 0xfff,
            b & 0xfff,
            b >> 16
        );
        buffer.length += 36;
        buffer.text("\",\"sub\":\"video\",\"acl\":{\"paths\":{\"/session/**\":{}}}");
        common(&mut buffer, VONAGE_SESSION);
        let mut out = String::with_capacity(2048);
        out.push_str("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.");
        BASE64_URL_SAFE_NO_PAD.encode_string(buffer.written(), &mut out);
        let mut signature = [0; 256];
        key.sign(
            &ring::signature::RSA_PKCS1_SHA256,
            &random,
            out.as_bytes(),
            &mut signature,
        )
        .expect("the key signs");
        out.push('.');
        BASE64_URL_SAFE_NO_PAD.encode_string(signature, &mut out);
        out.len()
    })
}

fn common(buffer: &mut Buffer, session: &str) {
    buffer.text(",\"session_id\":\"");
    buffer.text(session);
    buffer.text("\",\"role\":\"publisher\",\"scope\":\"session.connect\",\"connection_data\":\"");
    buffer.text(DATA);
    buffer.text("\",\"initial_layout_class_list\":\"");
    buffer.text(CLASS_LIST);
    buffer.text("\"}");
}

pub fn cached() -> Mint {
    let current = RwLock::new((std::sync::Arc::new("token".to_owned()), u64::MAX));
    Box::new(move || {
        let now = unix_now();
        let current = current.read().expect("nobody panics");
        let token = if now < current.1 {
            std::sync::Arc::clone(&current.0)
        } else {
            unreachable!("it never expires")
        };
        token.len()
    })
}
