//! Conversions into the error of a call, for `?` in functions that also send.

use crate::{client_token::TokenError, credentials::CredentialsError, key::KeyError};

/// Nothing was sent. The token's error is the [`source`](std::error::Error::source), and whether it
/// is the [caller's fault](TokenError::is_caller_fault) decides the suggested status.
impl From<TokenError> for vonage_video_core::Error {
    fn from(error: TokenError) -> Self {
        let is_caller_fault = error.is_caller_fault();
        let this = Self::credentials(error);
        if is_caller_fault {
            this.callers_fault()
        } else {
            this
        }
    }
}

/// Nothing was sent. The credentials' error is the [`source`](std::error::Error::source).
impl From<CredentialsError> for vonage_video_core::Error {
    fn from(error: CredentialsError) -> Self {
        Self::credentials(error)
    }
}

/// Nothing was sent. The key's error is the [`source`](std::error::Error::source).
impl From<KeyError> for vonage_video_core::Error {
    fn from(error: KeyError) -> Self {
        Self::credentials(error)
    }
}
