//! What faults do to a request of a page.

use std::time::Duration;

use http::StatusCode;

use super::response::Refusal;
use crate::site::FaultAction;

/// What becomes of a request, by the faults that it meets.
#[derive(Default)]
pub(super) struct Fate {
    /// How long it is delayed, in real time.
    pub(super) delay: Duration,
    /// What happens in place of its effect.
    pub(super) before: Option<Blow>,
    /// What happens in place of its response.
    pub(super) after: Option<Blow>,
}

pub(super) enum Blow {
    Refuse(Refusal),
    Cut,
}

impl Fate {
    pub(super) fn of(faults: &[FaultAction]) -> Self {
        let mut fate = Self::default();
        for fault in faults {
            match fault {
                FaultAction::Delay { seconds } => {
                    fate.delay += Duration::try_from_secs_f64(*seconds).unwrap_or_default();
                }
                FaultAction::Reset { after_effect } => fate.add(Blow::Cut, *after_effect),
                FaultAction::Status {
                    status,
                    body,
                    after_effect,
                    ..
                } => {
                    let reason = StatusCode::from_u16(*status)
                        .ok()
                        .and_then(|status| status.canonical_reason());
                    let message = body.as_deref().or(reason).unwrap_or("Injected fault");
                    let refusal = Refusal::new("fault", format!("{status} {message}"));
                    fate.add(Blow::Refuse(refusal), *after_effect);
                }
                _ => {}
            }
        }
        fate
    }

    fn add(&mut self, blow: Blow, after_effect: bool) {
        let place = if after_effect {
            &mut self.after
        } else {
            &mut self.before
        };
        place.get_or_insert(blow);
    }
}
