//! The control API of a running emulator.

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use hyper::body::Incoming;
use serde_json::Value;
use vonage_video::{Client, Credentials};

use crate::{
    failure::Failure,
    options::Common,
    running::{self, Running},
    short,
    sse::Events,
    wire,
};

/// The control API of a running emulator.
pub(crate) struct Control {
    client: Client,
    url: String,
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
        Ok(Self {
            client,
            url: running.url.clone(),
        })
    }

    /// That of the emulator which `--emulator` names, if it is given.
    pub(crate) fn named(common: &Common) -> Result<Option<Self>, Failure> {
        if common.picked.emulator.is_none() {
            return Ok(None);
        }
        Self::new(&running::find(common.picked.url())?).map(Some)
    }

    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        body: Value,
    ) -> Result<Value, Failure> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut call = self.client.request(method, format!("/_emulator/{path}"));
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            call = call.query(name, value);
        }
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

    /// Reads what happens from now on, in one session or in all.
    pub(crate) async fn events(&self, session: Option<&str>) -> Result<Events<Incoming>, Failure> {
        let query = session.map_or_else(String::new, |id| format!("?session={id}"));
        let url = format!("{}/_emulator/events{query}", self.url);
        let uri: Uri = url
            .parse()
            .map_err(|_| Failure::usage(format!("{url} is not a URL")))?;
        let opened = wire::open(&uri, Method::GET, HeaderMap::new(), Bytes::new()).await;
        let response = opened.map_err(Failure::Emulator)?;
        if response.status().is_success() {
            Ok(Events::new(response.into_body()))
        } else {
            let status = response.status().as_u16();
            Err(Failure::Emulator(format!(
                "the events were answered with {status}"
            )))
        }
    }

    /// The latest thousand sessions, newest first.
    pub(crate) async fn sessions(&self) -> Result<Vec<Value>, Failure> {
        let mut body = self
            .get("sessions", &[("count", "1000".to_owned())])
            .await?;
        Ok(match body.get_mut("items").map(Value::take) {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        })
    }

    /// The path of a session, by its id or its short name.
    pub(crate) async fn session(&self, name: &str) -> Result<String, Failure> {
        Ok(format!("sessions/{}", self.session_id(name).await?))
    }

    /// The id of a session, by itself or by its short name.
    pub(crate) async fn session_id(&self, name: &str) -> Result<String, Failure> {
        if !short::is_session_name(name) {
            return Ok(name.to_owned());
        }
        let sessions = self.sessions().await?;
        let ids = sessions
            .iter()
            .filter_map(|it| it.get("sessionId")?.as_str());
        short::one_session(name, ids)
    }

    /// The path of a client of a session, by its connection id or the beginning of that.
    pub(crate) async fn client(&self, session: &str, connection: &str) -> Result<String, Failure> {
        let path = format!("{}/clients", self.session(session).await?);
        if !short::is_beginning(connection) {
            return Ok(format!("{path}/{connection}"));
        }
        let clients = self.get(&path, &[]).await?;
        let clients = clients.get("items").and_then(Value::as_array);
        let ids = clients
            .into_iter()
            .flatten()
            .filter_map(|it| it.get("connectionId")?.as_str());
        Ok(format!(
            "{path}/{}",
            short::one(connection, "connection", ids)?
        ))
    }
}
