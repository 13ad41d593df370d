//! Whose project, and where: from the command line, else from the environment.

use std::{env, fs};

use vonage_video::{Client, Credentials};

use crate::{arguments::Settings, failure::Failure};

impl Settings {
    /// The credentials: what the command line says wins over the environment.
    pub(crate) fn credentials(&self) -> Result<Credentials, Failure> {
        let credentials = if let (Some(id), Some(file)) =
            (&self.application_id, &self.private_key_file)
        {
            let key = fs::read_to_string(file)
                .map_err(|error| Failure::Io(format!("cannot read {}: {error}", file.display())))?;
            Credentials::vonage(id, &key)
        } else if let (Some(key), Some(secret)) = (&self.api_key, &self.api_secret) {
            if self.account {
                Credentials::opentok_account(key, secret)
            } else {
                Credentials::opentok(key, secret)
            }
        } else {
            Credentials::from_env()
        };
        credentials.map_err(|error| Failure::Auth(error.to_string()))
    }

    /// Credentials to check a signature with, where there are any; without, a token is explained as far as it goes.
    pub(crate) fn credentials_if_any(&self) -> Result<Option<Credentials>, Failure> {
        let said = self.application_id.is_some() || self.api_key.is_some();
        let in_environment = ["VONAGE_APPLICATION_ID", "OPENTOK_API_KEY"]
            .iter()
            .any(|name| env::var_os(name).is_some());
        if said || in_environment {
            self.credentials().map(Some)
        } else {
            Ok(None)
        }
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
