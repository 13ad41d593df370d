//! Whose project, and where: from the command line, else from the environment.

use std::fs;

use vonage_video::{Client, Credentials, auth::env};

use crate::{arguments::Settings, failure::Failure};

impl Settings {
    /// The credentials: each part from the command line, else from the environment. Where the command line says a part of one pair, the variables of the
    /// other do not count.
    pub(crate) fn credentials(&self) -> Result<Credentials, Failure> {
        let credentials = if let (Some(id), Some(file)) =
            (&self.application_id, &self.private_key_file)
        {
            let key = fs::read_to_string(file)
                .map_err(|error| Failure::Io(format!("cannot read {}: {error}", file.display())))?;
            Credentials::vonage(id, &key)
        } else if self.account {
            let part = |name| self.variable(name).unwrap_or_default();
            Credentials::opentok_account(
                &part(env::OPENTOK_API_KEY),
                &part(env::OPENTOK_API_SECRET),
            )
        } else {
            Credentials::from_vars(|name| self.variable(name))
        };
        credentials.map_err(|error| Failure::Auth(error.to_string()))
    }

    /// What a variable holds, or the argument that stands for it.
    fn variable(&self, name: &str) -> Option<String> {
        let vonage = self.application_id.is_some() || self.private_key_file.is_some();
        let opentok = self.api_key.is_some() || self.api_secret.is_some();
        let file = self.private_key_file.as_ref();
        let (argument, hidden) = match name {
            env::VONAGE_APPLICATION_ID => (self.application_id.clone(), opentok),
            env::VONAGE_PRIVATE_KEY => (None, opentok || file.is_some()),
            env::VONAGE_PRIVATE_KEY_PATH => (file.map(|file| file.display().to_string()), opentok),
            env::OPENTOK_API_KEY => (self.api_key.clone(), vonage),
            env::OPENTOK_API_SECRET => (self.api_secret.clone(), vonage),
            _ => (None, false),
        };
        argument.or_else(|| std::env::var(name).ok().filter(|_| !hidden))
    }

    /// Credentials to check a signature with, where there are any; without, a token is explained as far as it goes.
    pub(crate) fn credentials_if_any(&self) -> Result<Option<Credentials>, Failure> {
        let any = [env::VONAGE_APPLICATION_ID, env::OPENTOK_API_KEY]
            .iter()
            .any(|name| self.variable(name).is_some());
        any.then(|| self.credentials()).transpose()
    }

    /// A client of these credentials, at the place that is named.
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        let mut builder = Client::builder(self.credentials()?);
        if let Some(url) = &self.base_url {
            builder = builder.base_url(url);
        }
        Ok(builder.build()?)
    }
}
