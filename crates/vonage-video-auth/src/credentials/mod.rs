//! Credentials: one value that decides environment, project, algorithm and header.

pub mod env;
mod error;
mod report;
mod shape;
mod signing_key;
mod variables;

use std::{fmt, sync::Arc};

pub use error::CredentialsError;
pub use report::{VariableReport, VariableState};

pub(crate) use shape::{
    application_id as application_id_shape, opentok_pair as opentok_shape, without_wrapping,
};
pub(crate) use signing_key::{SharedSecret, SignError, SigningKey};

use crate::{
    environment::Environment,
    key::PrivateKey,
    signer::{AsyncSigner, Signer},
};

/// An application id with its private key, or an API key with its secret.
///
/// Cloning is cheap and shares the keys. The OpenTok secret is turned into HMAC keys and is not
/// kept; the private key is parsed once. `Debug` shows the environment and the project, never a
/// secret.
///
/// ```
/// use vonage_video_auth::{Credentials, Environment};
///
/// let credentials = Credentials::opentok("123456", "1234567890abcdef1234567890abcdef1234567890")?;
/// assert_eq!(credentials.environment(), Environment::OpenTok);
/// assert_eq!(credentials.project(), "123456");
/// # Ok::<(), vonage_video_auth::CredentialsError>(())
/// ```
#[derive(Clone)]
pub struct Credentials(Arc<Inner>);

struct Inner {
    environment: Environment,
    project: String,
    account: bool,
    key: SigningKey,
}

impl Credentials {
    /// A Vonage application: its id (a UUID) and the text of its private key, in any form that
    /// [`PrivateKey::from_pem`] reads. White space, line ends and one pair of quotes around the id
    /// are removed, and the id is kept in lower case.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] when either is something else, such as an OpenTok pair, a Vonage
    /// account key, or the two swapped. Nothing is sent anywhere.
    #[doc(alias("fromAppIdAndPrivateKey"))]
    pub fn vonage(application_id: &str, private_key: &str) -> Result<Self, CredentialsError> {
        let application_id = shape::application_id(application_id, private_key)?;
        let key = PrivateKey::from_pem(private_key)
            .map_err(|error| shape::private_key(error, private_key))?;
        Ok(Self::new(
            Environment::Vonage,
            application_id,
            false,
            SigningKey::Rsa(key),
        ))
    }

    /// As [`vonage`](Self::vonage), with a key that is already parsed.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] when the application id is something else.
    pub fn vonage_with_key(
        application_id: &str,
        private_key: PrivateKey,
    ) -> Result<Self, CredentialsError> {
        let application_id = shape::application_id(application_id, "")?;
        Ok(Self::new(
            Environment::Vonage,
            application_id,
            false,
            SigningKey::Rsa(private_key),
        ))
    }

    /// A Vonage application whose private key is held elsewhere. `signer` makes each RS256
    /// signature.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] when the application id is something else.
    pub fn with_signer(
        application_id: &str,
        signer: impl Signer + 'static,
    ) -> Result<Self, CredentialsError> {
        let application_id = shape::application_id(application_id, "")?;
        Ok(Self::new(
            Environment::Vonage,
            application_id,
            false,
            SigningKey::Signer(Box::new(signer)),
        ))
    }

    /// As [`with_signer`](Self::with_signer), with a signer that has to wait. Such credentials sign
    /// with [`ClientTokenBuilder::sign_async`](crate::ClientTokenBuilder::sign_async) and
    /// [`RestTokens::authorization_async`](crate::RestTokens::authorization_async) only.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] when the application id is something else.
    pub fn with_async_signer(
        application_id: &str,
        signer: impl AsyncSigner + 'static,
    ) -> Result<Self, CredentialsError> {
        let application_id = shape::application_id(application_id, "")?;
        Ok(Self::new(
            Environment::Vonage,
            application_id,
            false,
            SigningKey::AsyncSigner(Box::new(signer)),
        ))
    }

    /// An OpenTok project: its API key (digits) and API secret. White space, line ends and one pair
    /// of quotes around either are removed.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] when either is something else, such as a Vonage application, a Vonage
    /// account key, or the two swapped. Nothing is sent anywhere.
    #[doc(alias("apiKey", "apiSecret", "partnerId"))]
    pub fn opentok(api_key: &str, api_secret: &str) -> Result<Self, CredentialsError> {
        Self::opentok_pair(api_key, api_secret, false)
    }

    /// An OpenTok account, for the calls that manage projects. Its REST tokens say `"ist":
    /// "account"`; it mints no client tokens.
    ///
    /// # Errors
    ///
    /// As [`opentok`](Self::opentok).
    pub fn opentok_account(api_key: &str, api_secret: &str) -> Result<Self, CredentialsError> {
        Self::opentok_pair(api_key, api_secret, true)
    }

    /// The environment these are for.
    pub fn environment(&self) -> Environment {
        self.0.environment
    }

    /// The application id or the API key: the `{project}` of REST paths, and the owner of session
    /// ids.
    pub fn project(&self) -> &str {
        &self.0.project
    }

    /// Whether this is an OpenTok account rather than a project.
    pub fn is_account(&self) -> bool {
        self.0.account
    }

    /// Whether signing is asynchronous, by an [`AsyncSigner`].
    pub fn is_async(&self) -> bool {
        matches!(self.0.key, SigningKey::AsyncSigner(_))
    }

    pub(crate) fn key(&self) -> &SigningKey {
        &self.0.key
    }

    fn opentok_pair(
        api_key: &str,
        api_secret: &str,
        account: bool,
    ) -> Result<Self, CredentialsError> {
        let (api_key, api_secret) = shape::opentok_pair(api_key, api_secret)?;
        let key = SigningKey::Shared(SharedSecret::new(api_secret.as_bytes()));
        Ok(Self::new(
            Environment::OpenTok,
            api_key.to_owned(),
            account,
            key,
        ))
    }

    fn new(environment: Environment, project: String, account: bool, key: SigningKey) -> Self {
        Self(Arc::new(Inner {
            environment,
            project,
            account,
            key,
        }))
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("environment", &self.0.environment)
            .field("project", &self.0.project)
            .field("account", &self.0.account)
            .finish_non_exhaustive()
    }
}
