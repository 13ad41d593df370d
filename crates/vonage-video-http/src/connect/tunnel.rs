//! A tunnel through an HTTP proxy, by `CONNECT`.

use std::{fmt, io, time::Duration};

use http::{HeaderValue, StatusCode};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::timeout,
};

use super::{
    error::{ConnectError, ConnectErrorKind},
    stream::Io,
};

/// The longest head of a response that is read.
const MOST_HEAD: usize = 16 << 10;

/// The most headers in it.
const MOST_HEADERS: usize = 64;

/// How much of a refusal's body is read, and how long it is waited for.
const MOST_BODY: usize = 4 << 10;
const BODY_TIMEOUT: Duration = Duration::from_millis(500);

/// How much of it is shown.
const MOST_SHOWN: usize = 200;

/// Asks a proxy for a connection to `target`, which is a host and a port.
pub(super) async fn dig(
    io: &mut dyn Io,
    target: &str,
    authorization: Option<&HeaderValue>,
) -> Result<(), ConnectError> {
    let broken = |error: io::Error| ConnectError::new(ConnectErrorKind::Proxy, error);
    io.write_all(&request(target, authorization))
        .await
        .map_err(broken)?;
    io.flush().await.map_err(broken)?;
    let mut read = Vec::with_capacity(512);
    let refusal = loop {
        if let Some(head) = Head::parse(&read).map_err(broken)? {
            if head.status.is_success() {
                let early = read.len() - head.length;
                return if early == 0 {
                    Ok(())
                } else {
                    Err(broken(io::Error::other(format!(
                        "the proxy sent {early} bytes before the tunnel was used"
                    ))))
                };
            }
            break head;
        }
        if read.len() > MOST_HEAD {
            return Err(broken(io::Error::other(
                "the proxy's response has too long a head",
            )));
        }
        if io.read_buf(&mut read).await.map_err(broken)? == 0 {
            return Err(broken(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the proxy closed the connection",
            )));
        }
    };
    let wanted = refusal.length + refusal.body.unwrap_or(MOST_BODY).min(MOST_BODY);
    let rest = async {
        while read.len() < wanted && io.read_buf(&mut read).await? > 0 {}
        io::Result::Ok(())
    };
    // The part that has arrived is reported, whether or not the rest arrives.
    let _ = timeout(BODY_TIMEOUT, rest).await;
    let kind = if refusal.status == StatusCode::PROXY_AUTHENTICATION_REQUIRED {
        ConnectErrorKind::ProxyAuthentication
    } else {
        ConnectErrorKind::Proxy
    };
    let body = read.get(refusal.length..wanted.min(read.len()));
    Err(ConnectError::new(
        kind,
        Refusal {
            status: refusal.status,
            reason: refusal.reason,
            text: shown(body.unwrap_or_default()),
        },
    ))
}

fn request(target: &str, authorization: Option<&HeaderValue>) -> Vec<u8> {
    let mut request = format!("CONNECT {target} HTTP/1.1\r\nhost: {target}\r\n").into_bytes();
    if let Some(authorization) = authorization {
        request.extend_from_slice(b"proxy-authorization: ");
        request.extend_from_slice(authorization.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    request
}

/// The head of a proxy's response.
struct Head {
    status: StatusCode,
    reason: String,
    /// Bytes of the head itself.
    length: usize,
    /// Bytes of the body, if the proxy says.
    body: Option<usize>,
}

impl Head {
    /// Nothing while it is incomplete.
    fn parse(bytes: &[u8]) -> io::Result<Option<Self>> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let no_http = |why: &dyn fmt::Display| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!("the proxy does not speak HTTP: {why}"),
            )
        };
        let length = match response.parse(bytes) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(error) => return Err(no_http(&error)),
        };
        let status = StatusCode::from_u16(response.code.unwrap_or_default())
            .map_err(|error| no_http(&error))?;
        let body = response
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case("content-length"))
            .and_then(|header| std::str::from_utf8(header.value).ok()?.trim().parse().ok());
        Ok(Some(Self {
            status,
            reason: shown(response.reason.unwrap_or_default().as_bytes()),
            length,
            body,
        }))
    }
}

/// A proxy that answered and does not connect us.
#[derive(Debug)]
struct Refusal {
    status: StatusCode,
    reason: String,
    text: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it answered {}", self.status.as_u16())?;
        let reason = match self.reason.as_str() {
            "" => self.status.canonical_reason().unwrap_or_default(),
            reason => reason,
        };
        if !reason.is_empty() {
            write!(f, " {reason}")?;
        }
        if !self.text.is_empty() {
            write!(f, ": {}", self.text)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

/// What a person would read of a text or a page: without markup, control characters and length.
fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut plain = String::new();
    let mut in_tag = false;
    for character in text.chars() {
        match character {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                plain.push(' ');
            }
            _ if in_tag => {}
            character if character.is_control() => plain.push(' '),
            character => plain.push(character),
        }
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut shown: String = words.join(" ");
    if let Some((index, _)) = shown.char_indices().nth(MOST_SHOWN) {
        shown.truncate(index);
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_shown_as_the_words_in_it() {
        let page = "<html><head><title>Blocked</title></head>\r\n<body>by \u{7}policy</body>";
        assert_eq!(shown(page.as_bytes()), "Blocked by policy");
        assert_eq!(shown(&[b'a'; 1000]).chars().count(), MOST_SHOWN + 1);
        assert_eq!(shown(b""), "");
    }
}
