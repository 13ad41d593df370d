//! REST tokens, signed once and reused.

use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard, TryLockError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use super::{
    nearby::Nearby,
    token::{DEFAULT_LEEWAY, LONGEST_LEEWAY, RestDraft, RestToken},
    turn::Turns,
};
use crate::{
    client_token::TokenError,
    credentials::Credentials,
    time::{seconds_up, unix_seconds},
};

/// REST tokens, signed once and returned until most of their ttl is over.
///
/// The first caller after four fifths of a token's ttl renews it. Until the new token is signed,
/// others get the old one, which is still valid; without one they wait for the signature. No task
/// or thread is started and no clock is read: `now` is an argument. Clones share the tokens,
/// and callers on several processors do not slow each other down.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use vonage_video_auth::{Credentials, RestTokens};
///
/// let credentials = Credentials::opentok("123456", "1234567890abcdef1234567890abcdef1234567890")?;
/// let tokens = RestTokens::new(credentials);
/// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
/// let token = tokens.authorization(now)?;
/// assert_eq!(token.header_name(), "x-opentok-auth");
/// assert_eq!(tokens.authorization(now + Duration::from_secs(60))?.token(), token.token());
/// # Ok::<(), vonage_video_auth::Error>(())
/// ```
#[derive(Clone)]
pub struct RestTokens(Arc<Shared>);

struct Shared {
    credentials: Credentials,
    leeway: i64,
    /// Seconds that the server's clock is ahead of ours.
    skew: AtomicI64,
    current: RwLock<Slot>,
    /// Counts the changes of `current`, so that the copies of other threads show their age.
    version: AtomicU64,
    nearby: Nearby,
    /// Held by the thread that signs.
    signing: Mutex<()>,
    /// The same among tasks, which must not block.
    turns: Turns,
}

#[derive(Default)]
struct Slot {
    token: Option<RestToken>,
    /// Counts the changes that make tokens worthless, so that a token signed before one and
    /// finished after it is not kept.
    era: u64,
}

impl RestTokens {
    /// Creates a cache with the [default leeway](DEFAULT_LEEWAY). Signs nothing yet.
    pub fn new(credentials: Credentials) -> Self {
        Self::with_leeway(credentials, DEFAULT_LEEWAY)
    }

    /// Creates a cache whose tokens have an `iat` dated back by `leeway`, at most 2 minutes: the
    /// ttl of a token counts from its `iat`, and a larger leeway would use it up.
    pub fn with_leeway(credentials: Credentials, leeway: Duration) -> Self {
        Self(Arc::new(Shared {
            credentials,
            leeway: seconds_up(leeway.min(LONGEST_LEEWAY)),
            skew: AtomicI64::new(0),
            current: RwLock::new(Slot::default()),
            version: AtomicU64::new(0),
            nearby: Nearby::new(),
            signing: Mutex::new(()),
            turns: Turns::new(),
        }))
    }

    /// The credentials that sign.
    pub fn credentials(&self) -> &Credentials {
        &self.0.credentials
    }

    /// Returns a token that is valid at `now`, the caller's clock.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when the key cannot sign, and [`TokenError::NeedsAsync`] for credentials with
    /// an [`AsyncSigner`](crate::AsyncSigner).
    pub fn authorization(&self, now: SystemTime) -> Result<RestToken, TokenError> {
        let local = unix_seconds(now);
        let old = match self.usable(local) {
            Usable::Fresh(token) => return Ok(token),
            Usable::Old(token) => Some(token),
            Usable::None => None,
        };
        let turn = match (self.0.signing.try_lock(), old) {
            (Ok(turn), _) => turn,
            (Err(TryLockError::Poisoned(poisoned)), _) => poisoned.into_inner(),
            (Err(TryLockError::WouldBlock), Some(old)) => return Ok(old),
            (Err(TryLockError::WouldBlock), None) => self
                .0
                .signing
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        };
        self.renewed(local, &turn)
    }

    /// As [`authorization`](Self::authorization), waiting for an
    /// [`AsyncSigner`](crate::AsyncSigner) without blocking the thread. Other keys sign at once.
    /// When the caller that signs is dropped, the next in line signs instead.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when the key cannot sign. Each waiting caller then tries for itself.
    pub async fn authorization_async(&self, now: SystemTime) -> Result<RestToken, TokenError> {
        if !self.0.credentials.is_async() {
            return self.authorization(now);
        }
        let local = unix_seconds(now);
        let turn = match self.usable(local) {
            Usable::Fresh(token) => return Ok(token),
            Usable::Old(token) => match self.0.turns.try_take() {
                Some(turn) => turn,
                None => return Ok(token),
            },
            Usable::None => self.0.turns.take().await,
        };
        if let Usable::Fresh(token) = self.usable(local) {
            return Ok(token);
        }
        let (draft, era) = self.draft(local)?;
        let signed = self
            .0
            .credentials
            .key()
            .sign_jwt_async(draft.claims.as_bytes())
            .await?;
        let token = self.keep(draft.signed(&self.0.credentials, signed), era);
        drop(turn);
        Ok(token)
    }

    /// Corrects for the difference between the server's clock and ours: `local` and `server` are
    /// the same moment on the two clocks, such as our time when a response arrived and its `Date`
    /// header. When the difference changed by more than a second, the next call signs a new token.
    pub fn correct_skew(&self, local: SystemTime, server: SystemTime) {
        let skew = unix_seconds(server).saturating_sub(unix_seconds(local));
        // Both clocks are read in whole seconds, so a second more or less is the same skew; many
        // responses at once must not sign many tokens.
        if skew.abs_diff(self.skew_seconds()) > 1 {
            self.0.skew.store(skew, Ordering::Release);
            let mut slot = self.change();
            slot.token = None;
            slot.era += 1;
        }
    }

    /// The seconds by which the server's clock is ahead of ours, negative when it is behind, as
    /// last corrected. Zero before that.
    pub fn skew_seconds(&self) -> i64 {
        self.0.skew.load(Ordering::Acquire)
    }

    /// Forgets `refused`, a token that the server refused, so that the next call signs a new one. A
    /// newer token stays.
    pub fn invalidate(&self, refused: &RestToken) {
        let mut slot = self.change();
        if slot
            .token
            .as_ref()
            .is_some_and(|current| current.is_same(refused))
        {
            slot.token = None;
        }
    }

    fn usable(&self, local: i64) -> Usable {
        let server = local.saturating_add(self.skew_seconds());
        // Read before the token: a token that is newer than its version is replaced once more, an
        // older one would stay.
        let version = self.0.version.load(Ordering::Acquire);
        if let Some(token) = self.0.nearby.get(version, server) {
            return Usable::Fresh(token);
        }
        let current = self
            .0
            .current
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        match &current.token {
            Some(token) if token.is_fresh(server) => {
                Usable::Fresh(self.0.nearby.keep(version, server, token))
            }
            Some(token) if token.is_usable(server) => Usable::Old(token.clone()),
            _ => Usable::None,
        }
    }

    /// Locks the current token to change it.
    fn change(&self) -> RwLockWriteGuard<'_, Slot> {
        let slot = self
            .0
            .current
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        // Readers of the old version cannot get past the lock before the change is complete.
        self.0.version.fetch_add(1, Ordering::AcqRel);
        slot
    }

    fn renewed(&self, local: i64, _turn: &MutexGuard<'_, ()>) -> Result<RestToken, TokenError> {
        // The one who had the turn before may have signed.
        if let Usable::Fresh(token) = self.usable(local) {
            return Ok(token);
        }
        let (draft, era) = self.draft(local)?;
        let signed = self.0.credentials.key().sign_jwt(draft.claims.as_bytes())?;
        Ok(self.keep(draft.signed(&self.0.credentials, signed), era))
    }

    fn draft(&self, local: i64) -> Result<(RestDraft, u64), TokenError> {
        let era = self
            .0
            .current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .era;
        let server = local.saturating_add(self.skew_seconds());
        Ok((
            RestDraft::new(&self.0.credentials, server, self.0.leeway)?,
            era,
        ))
    }

    fn keep(&self, token: RestToken, era: u64) -> RestToken {
        let mut slot = self.change();
        if slot.era == era {
            slot.token = Some(token.clone());
        }
        token
    }
}

enum Usable {
    Fresh(RestToken),
    /// Valid, but due for renewal.
    Old(RestToken),
    None,
}

impl fmt::Debug for RestTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RestTokens")
            .field("credentials", &self.0.credentials)
            .field("skew_seconds", &self.skew_seconds())
            .finish_non_exhaustive()
    }
}
