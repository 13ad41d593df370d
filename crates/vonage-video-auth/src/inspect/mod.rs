//! What is wrong with a token, in words, with or without the key.

mod display;
mod inspection;
mod inspector;
mod judge;
mod personal_data;
mod read;

use std::time::SystemTime;

pub use inspection::{Inspection, Remark, Severity, SignatureState};
pub use inspector::Inspector;
pub use personal_data::{PersonalData, personal_data};

/// Explains a token of any form without a key: what it says, and what is wrong with it as of `now`.
/// Never fails: for a text that is not a token, the inspection has a remark.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use vonage_video_auth::inspect;
///
/// let token = concat!(
///     "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.",
///     "eyJpc3MiOiIxMjM0NTYiLCJpc3QiOiJwcm9qZWN0IiwiaWF0IjoxNzAwMDAwMDAw",
///     "LCJleHAiOjE3MDAwMDAzMDB9.",
///     "NQ-QKS1mi_SRiz9UkEOgEMA-B0HKdwkIkLGxWz7g9vI",
/// );
/// let inspection = inspect(token, SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_480));
/// assert!(!inspection.is_fine());
/// assert!(inspection.to_string().contains("it expired 3 minutes ago"));
/// ```
pub fn inspect(token: &str, now: SystemTime) -> Inspection {
    Inspector::new(now).inspect(token)
}

impl Inspector<'_> {
    /// Explains `token`. White space, quotes and `Bearer ` around it do not matter.
    pub fn inspect(&self, token: &str) -> Inspection {
        let mut inspection = read::read(token, self);
        judge::judge(&mut inspection, self);
        inspection
    }
}
