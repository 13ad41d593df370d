//! On whose behalf a client makes requests: credentials, their tokens, and where those are
//! accepted.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, SystemTime},
};

use http::{HeaderName, header::AUTHORIZATION};
use vonage_video_auth::{Credentials, Environment, RestTokens};
use vonage_video_core::{Error, Invalid, Meta};

use crate::{authorization::Authorization, base_url::BaseUrl};

const OPENTOK_AUTH: HeaderName = HeaderName::from_static(Environment::OpenTok.auth_header());

/// One set of credentials with its token cache.
pub(crate) struct Principal {
    tokens: RestTokens,
    base: BaseUrl,
}

impl Principal {
    pub(crate) fn new(credentials: Credentials, base: BaseUrl) -> Self {
        Self {
            tokens: RestTokens::new(credentials),
            base,
        }
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        self.tokens.credentials()
    }

    pub(crate) fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// Signs a token, or reuses one that is still valid.
    pub(crate) async fn authorization(&self, now: SystemTime) -> Result<Authorization, Error> {
        let token = self
            .tokens
            .authorization_async(now)
            .await
            .map_err(Error::credentials)?;
        let name = match self.credentials().environment() {
            Environment::Vonage => AUTHORIZATION,
            Environment::OpenTok => OPENTOK_AUTH,
        };
        Authorization::new(name, &token)
    }

    /// Adopts the server's clock, as measured from a response.
    pub(crate) fn correct_skew(&self, local: SystemTime, skew: i64) {
        let distance = Duration::from_secs(skew.unsigned_abs());
        let server = if skew < 0 {
            local.checked_sub(distance)
        } else {
            local.checked_add(distance)
        };
        if let Some(server) = server {
            self.tokens.correct_skew(local, server);
        }
    }

    /// The seconds that the server's clock is ahead, as last measured.
    pub(crate) fn skew_seconds(&self) -> i64 {
        self.tokens.skew_seconds()
    }

    /// Checks that these credentials may use an operation.
    pub(crate) fn check(&self, meta: &Meta) -> Result<(), Invalid> {
        let environment = self.credentials().environment();
        let (exists, only) = match environment {
            Environment::Vonage => (meta.vonage, Environment::OpenTok),
            Environment::OpenTok => (meta.opentok, Environment::Vonage),
        };
        if !exists {
            let instead = if meta.instead.is_empty() {
                String::new()
            } else {
                // A sentence in the contract; what was got follows it here.
                format!(". {}", meta.instead.trim_end_matches('.'))
            };
            return Err(Invalid::new(
                "credentials",
                format!("only the {only} environment has this operation{instead}"),
                format!("{environment} credentials"),
            ));
        }
        match (meta.account, self.credentials().is_account()) {
            (true, false) => Err(Invalid::new(
                "credentials",
                "this operation manages an account: use `Credentials::opentok_account` with the account's key and secret",
                "a project's credentials",
            )),
            (false, true) => Err(Invalid::new(
                "credentials",
                "this operation acts on a project: use the project's own credentials",
                "an account's credentials",
            )),
            _ => Ok(()),
        }
    }
}

/// The identity of a client, which can be replaced while calls are under way.
pub(crate) struct SharedPrincipal(RwLock<Arc<Principal>>);

impl SharedPrincipal {
    pub(crate) fn new(principal: Principal) -> Self {
        Self(RwLock::new(Arc::new(principal)))
    }

    pub(crate) fn get(&self) -> Arc<Principal> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn set(&self, principal: Principal) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(principal);
    }
}
