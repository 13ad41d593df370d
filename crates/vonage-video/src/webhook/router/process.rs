//! The way of one delivery: verified, claimed, handled, answered.

use std::sync::Arc;

use tokio::sync::oneshot;
use tracing::{Instrument, debug, error, warn};
use vonage_video_core::{SessionId, Timestamp, WebhookEvent};

use super::{Config, Outcome, RespondWhen, Shared, Webhooks, drain::NoTicket, wake};
use crate::webhook::{
    Claim, Claimed, EventKey,
    receive::{read, receive_parts_at},
};

/// As the client's own events.
const TARGET: &str = "vonage_video";

impl Webhooks {
    /// Receives one delivery, in any framework: `authorization` is the text of that header, `body`
    /// the bytes as they arrived. Respond with [`Outcome::status`] and an empty body.
    ///
    /// Dropping the future does not stop handlers that have begun. Needs a tokio runtime.
    ///
    /// ```
    /// # use vonage_video::webhook::Webhooks;
    /// # async fn respond(webhooks: Webhooks, authorization: Option<&str>, body: &[u8]) -> u16 {
    /// webhooks.handle(authorization, body).await.status()
    /// # }
    /// ```
    pub async fn handle(&self, authorization: Option<&str>, body: &[u8]) -> Outcome {
        let outcome = self.outcome(authorization, body).await;
        match &outcome {
            Outcome::Failed(_) | Outcome::Panicked => {
                error!(target: TARGET, %outcome, status = outcome.status(), "webhook not handled");
            }
            Outcome::Refused(_)
            | Outcome::StoreUnavailable(_)
            | Outcome::TooLarge
            | Outcome::Busy => {
                warn!(target: TARGET, %outcome, status = outcome.status(), "webhook not taken");
            }
            _ => debug!(target: TARGET, %outcome, status = outcome.status(), "webhook"),
        }
        outcome
    }

    pub(super) fn body_limit_is(&self) -> usize {
        self.config.body_limit
    }

    async fn outcome(&self, authorization: Option<&str>, body: &[u8]) -> Outcome {
        if body.len() > self.config.body_limit {
            return Outcome::TooLarge;
        }
        let now = (self.config.clock)();
        let event = match &self.config.verifier {
            Some(verifier) => {
                receive_parts_at(verifier, authorization, body, now).map(|verified| verified.event)
            }
            None => read(body),
        };
        let event = match event {
            Ok(event) => event,
            Err(error) => return Outcome::Refused(error),
        };
        let ticket = match self.shared.tickets.take() {
            Ok(ticket) => ticket,
            Err(NoTicket::Full) => return Outcome::Busy,
            Err(NoTicket::Closed) => return Outcome::ShuttingDown,
        };
        let session = event.session_id().map(SessionId::as_str);
        self.shared.wakers.wake(event.subject_id());
        self.shared.wakers.wake(session);
        self.shared.wakers.wake(Some(wake::EVERYTHING));

        let delivery = Delivery {
            config: Arc::clone(&self.config),
            shared: Arc::clone(&self.shared),
            key: event.key(),
            event,
            now: now.into(),
        };
        let (respond, responded) = oneshot::channel();
        // A task of its own, so that handlers end although the sender hangs up, and panics end
        // here. In the caller's span, so that what handlers do belongs to its trace.
        let process = async move {
            delivery.process(respond).await;
            drop(ticket);
        };
        let task = tokio::spawn(process.in_current_span());
        match responded.await {
            Ok(outcome) => outcome,
            Err(_) if task.await.is_err_and(|ended| ended.is_panic()) => Outcome::Panicked,
            Err(_) => Outcome::ShuttingDown,
        }
    }
}

struct Delivery {
    config: Arc<Config>,
    shared: Arc<Shared>,
    event: WebhookEvent,
    key: EventKey,
    now: Timestamp,
}

impl Delivery {
    async fn process(self, respond: oneshot::Sender<Outcome>) {
        let claim = match self.config.inbox.claim(&self.key).await {
            Ok(Claimed::New(claim)) => claim,
            Ok(Claimed::Done) => return send(respond, Outcome::AlreadyHandled),
            Ok(Claimed::InProgress) => return send(respond, Outcome::InProgress),
            Err(error) => return send(respond, Outcome::StoreUnavailable(error)),
        };
        match self.config.respond {
            RespondWhen::Handled => {
                let outcome = self.act(claim).await;
                send(respond, outcome);
            }
            RespondWhen::Claimed => {
                send(respond, Outcome::Claimed);
                let outcome = self.act(claim).await;
                if outcome.status() != 200 {
                    error!(target: TARGET, %outcome, key = %self.key, "webhook lost: it was answered before");
                }
            }
        }
    }

    /// Waits for the session's turn and for a place among those that run, and runs the handlers;
    /// the claim is renewed meanwhile.
    async fn act(&self, claim: Claim) -> Outcome {
        let handled = claim.hold(async {
            let session = self.key.session_id();
            let _turn = match session {
                Some(session) => Some(self.shared.sessions.turn(session).await),
                None => None,
            };
            let _running = self.shared.running.acquire().await;
            if let Some(presence) = &self.config.presence {
                let applied = presence.apply(&self.event, self.now).await;
                applied.map_err(Outcome::StoreUnavailable)?;
            }
            let handled = self.config.handlers.run(&self.event).await;
            handled.map_err(Outcome::Failed)
        });
        if let Err(outcome) = handled.await {
            // Dropped, the claim is given back: the next delivery is acted on.
            return outcome;
        }
        if let Err(error) = claim.done_for_sure().await {
            // To ask for another delivery now would act twice for sure.
            error!(target: TARGET, %error, key = %self.key, "webhook handled, but the inbox was not told");
        }
        Outcome::Handled
    }
}

/// Nobody may be waiting any more.
fn send(respond: oneshot::Sender<Outcome>, outcome: Outcome) {
    drop(respond.send(outcome));
}
