//! The control API of a running emulator.

use http::Method;
use serde_json::Value;
use vonage_video::{Client, Credentials};

use crate::{
    failure::Failure,
    options::Common,
    running::{self, Running},
};

/// The control API of a running emulator.
pub(crate) struct Control {
    client: Client,
}

impl Control {
    pub(crate) fn new(running: &Running) -> Result<Self, Failure> {
        let credentials = Credentials::from_vars(|name| running.variable(name).map(str::to_owned));
        let credentials = credentials.map_err(|error| Failure::Auth(error.to_string()))?;
        let client = Client::builder(credentials)
            .base_url(&running.url)
            .allow_plain_http()
            .no_proxy()
            .build()?;
        Ok(Self { client })
    }

    /// That of the emulator which `--emulator` names, if it is given.
    pub(crate) fn named(common: &Common) -> Result<Option<Self>, Failure> {
        let Some(url) = &common.picked.emulator else {
            return Ok(None);
        };
        let url = Some(url.as_str()).filter(|url| !url.is_empty());
        Self::new(&running::find(url)?).map(Some)
    }

    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        body: Value,
    ) -> Result<Value, Failure> {
        let mut call = self.client.request(method, format!("/_emulator/{path}"));
        if !body.is_null() {
            call = call.json(&body);
        }
        Ok(call.await?.value)
    }

    pub(crate) async fn get(&self, path: &str, query: &[(&str, String)]) -> Result<Value, Failure> {
        let mut call = self
            .client
            .request(Method::GET, format!("/_emulator/{path}"));
        for (name, value) in query {
            call = call.query(name, value);
        }
        Ok(call.await?.value)
    }
}
