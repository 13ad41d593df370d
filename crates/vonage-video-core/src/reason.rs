//! Finds the condition behind an error response.

use std::collections::BTreeSet;

use http::StatusCode;

use crate::{
    api_error::ApiError,
    generated::{ROUTES, reasons::Reason},
};

impl Reason {
    /// The condition behind an error response to an operation; the name may be empty.
    ///
    /// A code decides first, then the message: among the reasons that the operation documents for
    /// the status, then among all. Without either it is what the status alone means, or the
    /// operation's one documented cause.
    pub(crate) fn of(operation: &str, error: &ApiError) -> Self {
        let by_code = error.code.and_then(|code| {
            let mut known = Self::KNOWN.iter();
            known.find(|reason| reason.codes().contains(&code))
        });
        if let Some(reason) = by_code {
            return *reason;
        }
        let documented = ROUTES
            .iter()
            .find(|meta| meta.id == operation)
            .and_then(|meta| {
                let mut errors = meta.errors.iter();
                errors.find(|documented| documented.status == error.status.as_u16())
            });
        let (certain, possible) = documented.map_or((None, [].as_slice()), |documented| {
            (documented.reason, documented.possible)
        });
        let message = message(error);
        let said = |reason: &&Self| reason.words().iter().any(|word| message.contains(word));
        let by_status = |reason: &&Self| reason.means(error.status);

        certain
            .iter()
            .chain(possible)
            .find(said)
            .or_else(|| Self::KNOWN.iter().filter(by_status).find(said))
            .or_else(|| {
                let mut known = Self::KNOWN.iter().filter(by_status);
                known.find(|reason| reason.words().is_empty())
            })
            .copied()
            .or(certain)
            .unwrap_or(Self::Other)
    }

    fn means(self, status: StatusCode) -> bool {
        self.statuses().contains(&status.as_u16())
    }
}

/// The parts of an error response by which its reason is found. They are words of the contract, so
/// nothing secret is in them. Empty if its status and code alone decide.
pub fn telling_words(error: &ApiError) -> String {
    let message = message(error);
    let words = Reason::KNOWN.iter().flat_map(|reason| reason.words());
    let said: BTreeSet<&str> = words
        .copied()
        .filter(|word| message.contains(word))
        .collect();
    said.into_iter().collect::<Vec<_>>().join(", ")
}

/// All that the server says, in lower case.
fn message(error: &ApiError) -> String {
    let description = error.description.as_deref().unwrap_or_default();
    format!("{} {description}", error.message).to_lowercase()
}
