//! Who is speaking: one value that decides environment, project, algorithm and header.

#[cfg(feature = "std")]
mod environment_variables;
mod error;
mod keys;
mod shape;
mod variables;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

pub use error::CredentialsError;
pub use variables::{VariableReport, VariableState, names};

pub(crate) use keys::{SharedSecret, SigningKey};
pub(crate) use shape::{application_id as application_id_shape, opentok_pair as opentok_shape};

use crate::random::RandomBuffer;
use crate::{AsyncSigner, ClientTokenBuilder, Environment, PrivateKey, Signer};

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
    random: RandomBuffer,
}

impl Credentials {
    /// A Vonage application: its id (a UUID) and the text of its private key, in any form that
    /// [`PrivateKey::from_pem`] takes. White space around the id is ignored, and the id is kept in
    /// lower case.
    ///
    /// # Errors
    /// [`CredentialsError`] when either is something else, such as an OpenTok pair, a Vonage
    /// account key, or the two swapped. Nothing is sent anywhere.
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

    /// A Vonage application whose private key is elsewhere. `signer` makes each RS256 signature.
    ///
    /// # Errors
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
    /// with [`ClientTokenBuilder::sign_async`] and
    /// [`RestTokens::authorization_async`](crate::RestTokens::authorization_async) only.
    ///
    /// # Errors
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

    /// An OpenTok project: its API key (digits) and API secret. White space around either is
    /// ignored.
    ///
    /// # Errors
    /// [`CredentialsError`] when either is something else, such as a Vonage application, a Vonage
    /// account key, or the two swapped. Nothing is sent anywhere.
    pub fn opentok(api_key: &str, api_secret: &str) -> Result<Self, CredentialsError> {
        Self::opentok_pair(api_key, api_secret, false)
    }

    /// An OpenTok account, for the calls that manage projects. Its REST tokens say `"ist":
    /// "account"`; it mints no client tokens.
    ///
    /// # Errors
    /// As [`opentok`](Self::opentok).
    pub fn opentok_account(api_key: &str, api_secret: &str) -> Result<Self, CredentialsError> {
        Self::opentok_pair(api_key, api_secret, true)
    }

    /// Reads [the variables](names) with `lookup`, which `from_env` calls with
    /// the process's own.
    ///
    /// - When any of `VONAGE_APPLICATION_ID`, `VONAGE_PRIVATE_KEY` and `VONAGE_PRIVATE_KEY_PATH` is
    ///   set, it is a Vonage application. Then the id and one of the other two are needed;
    ///   `VONAGE_PRIVATE_KEY` (the text of the key) wins over `VONAGE_PRIVATE_KEY_PATH` (a file).
    /// - Otherwise it is an OpenTok project, of `OPENTOK_API_KEY` and `OPENTOK_API_SECRET`.
    ///
    /// Empty counts as not set. A half set pair is an error and never a reason to take the other
    /// pair.
    ///
    /// # Errors
    /// [`CredentialsError::Variables`] lists every variable that was looked up, and whether it is
    /// missing, empty or wrong.
    pub fn from_vars(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, CredentialsError> {
        variables::read(&lookup)
    }

    /// [`from_vars`](Self::from_vars) with the environment of this process.
    ///
    /// # Errors
    /// As [`from_vars`](Self::from_vars).
    #[cfg(feature = "std")]
    #[cfg_attr(docsrs, doc(cfg(feature = "std")))]
    pub fn from_env() -> Result<Self, CredentialsError> {
        Self::from_vars(environment_variables::get)
    }

    /// Which service these are for.
    #[must_use]
    pub fn environment(&self) -> Environment {
        self.0.environment
    }

    /// The application id or the API key: the `{project}` of REST paths, and the owner of session
    /// ids.
    #[must_use]
    pub fn project(&self) -> &str {
        &self.0.project
    }

    /// Whether this is an OpenTok account rather than a project.
    #[must_use]
    pub fn is_account(&self) -> bool {
        self.0.account
    }

    /// Whether signing has to wait for an [`AsyncSigner`].
    #[must_use]
    pub fn is_async(&self) -> bool {
        matches!(self.0.key, SigningKey::AsyncSigner(_))
    }

    /// Begins a token with which a client joins `session_id`.
    ///
    /// ```
    /// # use std::time::{Duration, SystemTime};
    /// use vonage_video_auth::{Credentials, Role};
    /// # let session_id = "1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERUIDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg";
    ///
    /// let credentials = Credentials::opentok("123456", "1234567890abcdef1234567890abcdef1234567890")?;
    /// let token = credentials
    ///     .token(session_id)
    ///     .role(Role::Moderator)
    ///     .ttl(Duration::from_secs(3_600))
    ///     .data("name=Johnny")
    ///     .sign_at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000))?;
    /// # assert!(token.starts_with("eyJ"));
    /// # Ok::<(), vonage_video_auth::Error>(())
    /// ```
    pub fn token<'a>(
        &'a self,
        session_id: &'a (impl AsRef<str> + ?Sized),
    ) -> ClientTokenBuilder<'a> {
        ClientTokenBuilder::new(Cow::Borrowed(self), session_id.as_ref())
    }

    /// As [`token`](Self::token), for a token that outlives the place where the credentials were.
    pub fn into_token<'a>(
        self,
        session_id: &'a (impl AsRef<str> + ?Sized),
    ) -> ClientTokenBuilder<'a> {
        ClientTokenBuilder::new(Cow::Owned(self), session_id.as_ref())
    }

    pub(crate) fn key(&self) -> &SigningKey {
        &self.0.key
    }

    pub(crate) fn random(&self) -> &RandomBuffer {
        &self.0.random
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
            random: RandomBuffer::new(),
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
