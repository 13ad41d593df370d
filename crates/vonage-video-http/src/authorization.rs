//! The header that authenticates a request.
//!
//! A header is made once for each token and then shared by counting references. Threads that count
//! in one place slow each other down, so each thread keeps headers of its own.

use std::cell::RefCell;

use http::{HeaderName, HeaderValue};
use vonage_video_auth::RestToken;
use vonage_video_core::Error;

/// How many headers a thread keeps: one for each client or tenant that it works for.
const KEPT: usize = 8;

thread_local! {
    static HEADERS: RefCell<Vec<(RestToken, HeaderValue)>> = const { RefCell::new(Vec::new()) };
}

/// The header that authenticates a request.
pub(crate) struct Authorization {
    pub(crate) name: HeaderName,
    pub(crate) value: HeaderValue,
}

impl Authorization {
    /// The header with `token`.
    pub(crate) fn new(name: HeaderName, token: &RestToken) -> Result<Self, Error> {
        // A thread that ends keeps no headers any more.
        let kept = HEADERS.try_with(|headers| {
            let mut headers = headers.borrow_mut();
            if let Some((_, value)) = headers.iter().find(|(of, _)| of.is_same(token)) {
                return Ok(value.clone());
            }
            let value = made(token)?;
            if headers.len() >= KEPT {
                headers.remove(0);
            }
            headers.push((token.clone(), value.clone()));
            Ok(value)
        });
        let value = kept.unwrap_or_else(|_| made(token))?;
        Ok(Self { name, value })
    }
}

fn made(token: &RestToken) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(token.header_value()).map_err(Error::credentials)?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use http::header::AUTHORIZATION;
    use vonage_video_auth::{Credentials, RestTokens};

    use super::*;

    fn token(tenant: usize) -> RestToken {
        let secret = format!("{tenant:040}");
        let credentials = Credentials::opentok("123", &secret).expect("credentials");
        RestTokens::new(credentials)
            .authorization(SystemTime::UNIX_EPOCH)
            .expect("a token")
    }

    #[test]
    fn more_tokens_than_are_kept_each_have_their_own_header() {
        let tokens: Vec<RestToken> = (0..3 * KEPT).map(token).collect();
        for token in tokens.iter().chain(tokens.iter().rev()) {
            let header = Authorization::new(AUTHORIZATION, token).expect("a header");
            assert_eq!(header.value, token.header_value());
            assert!(header.value.is_sensitive());
        }
    }

    #[test]
    fn a_thread_never_keeps_more_headers_than_its_share() {
        for tenant in 0..3 * KEPT {
            Authorization::new(AUTHORIZATION, &token(tenant)).expect("a header");
        }
        assert_eq!(HEADERS.with(|headers| headers.borrow().len()), KEPT);
    }
}
