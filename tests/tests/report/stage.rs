//! An emulator, both our clients on it, and probes of the official SDKs.

use std::{path::PathBuf, time::SystemTime};

use serde_json::{Value, json};
use vonage_video::{Client, ClientBuilder, Credentials, Role, Session, operations::CreateSession};
use vonage_video_emulator::{Emulator, Fault, Publish, SimulatedClient};
use vonage_video_tests::{
    interop::{Kit, run},
    place::temporary,
};

/// One emulator for one row.
pub(crate) struct Stage {
    pub(crate) emulator: Emulator,
    folder: PathBuf,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::on(Emulator::start().await.expect("an emulator"))
    }

    /// With HTTPS, for the SDK that speaks nothing else.
    pub(crate) async fn secure() -> Self {
        let emulator = Emulator::builder().tls().start().await;
        Self::on(emulator.expect("an emulator"))
    }

    fn on(emulator: Emulator) -> Self {
        let port = emulator.address().expect("a port").port();
        let folder = temporary(&format!("report-{port}"));
        let stage = Self { emulator, folder };
        std::fs::write(stage.key_file(), stage.private_key()).expect("a file");
        if let Some(authority) = stage.emulator.ca_pem() {
            std::fs::write(stage.authority_file(), authority).expect("a file");
        }
        stage
    }

    fn key_file(&self) -> PathBuf {
        self.folder.join("private.key")
    }

    fn authority_file(&self) -> PathBuf {
        self.folder.join("ca.pem")
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn private_key(&self) -> &str {
        let project = self.emulator.vonage().expect("a demo");
        project.private_key().expect("the demo's")
    }

    pub(crate) fn opentok(&self) -> Credentials {
        let project = self.emulator.opentok().expect("a demo");
        Credentials::opentok(project.id(), project.secret().expect("a secret"))
            .expect("credentials")
    }

    pub(crate) fn vonage(&self) -> Credentials {
        let project = self.emulator.vonage().expect("a demo");
        Credentials::vonage(project.id(), self.private_key()).expect("credentials")
    }

    /// Our client's builder, which depends on nothing around it.
    pub(crate) fn builder(&self, credentials: Credentials) -> ClientBuilder {
        let builder = Client::builder(credentials)
            .base_url(self.emulator.url())
            .variables(|_| None);
        match self.emulator.ca_pem() {
            Some(authority) => builder.only_roots(authority),
            None => builder,
        }
    }

    /// Our client for OpenTok.
    pub(crate) fn client(&self) -> Client {
        self.builder(self.opentok()).build().expect("a client")
    }

    /// Our client for Vonage.
    pub(crate) fn vonage_client(&self) -> Client {
        self.builder(self.vonage()).build().expect("a client")
    }

    pub(crate) async fn session(&self, client: &Client) -> Session {
        client.send(CreateSession::new()).await.expect("a session")
    }

    /// A session with one client in it, which publishes a stream.
    pub(crate) async fn room(&self, client: &Client) -> (Session, SimulatedClient) {
        let session = self.session(client).await;
        let token = client
            .token(&session.id)
            .role(Role::Moderator)
            .sign()
            .expect("a token");
        let guest = self
            .emulator
            .join(session.id.clone(), &token)
            .expect("a client");
        guest.publish(Publish::camera("camera")).expect("a stream");
        (session, guest)
    }

    pub(crate) fn fault(&self, fault: Fault) {
        self.emulator.fault(fault).expect("a fault");
    }

    /// Probes a Node SDK.
    pub(crate) async fn node(&self, probe: &str, given: Value) -> Value {
        self.last_line(self.output(Kit::Node, "probe.js", probe, given, &[]).await)
    }

    /// Probes a Python SDK.
    pub(crate) async fn python(&self, probe: &str, given: Value) -> Value {
        self.last_line(
            self.output(Kit::Python, "probe.py", probe, given, &[])
                .await,
        )
    }

    /// Probes the Go SDK.
    pub(crate) async fn go(&self, probe: &str, given: Value) -> Value {
        self.last_line(self.output(Kit::Go, "", probe, given, &[]).await)
    }

    fn last_line(&self, output: String) -> Value {
        let line = output.lines().last().unwrap_or_default();
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {output}"))
    }

    /// All that a probe writes. `given` is added to what every probe is given.
    pub(crate) async fn output(
        &self,
        kit: Kit,
        file: &str,
        probe: &str,
        given: Value,
        variables: &[(&str, &str)],
    ) -> String {
        let opentok = self.emulator.opentok().expect("a demo");
        let mut input = json!({
            "url": self.emulator.url(),
            "apiKey": opentok.id(),
            "apiSecret": opentok.secret(),
            "applicationId": self.emulator.vonage().expect("a demo").id(),
            "privateKey": self.private_key(),
            "privateKeyPath": self.key_file(),
        });
        input
            .as_object_mut()
            .expect("an object")
            .extend(given.as_object().expect("an object").clone());
        let mut command = kit.get().expect("a kit").driver(file);
        command.env("PROBE", probe).envs(variables.iter().copied());
        if self.emulator.ca_pem().is_some() {
            command.env("REQUESTS_CA_BUNDLE", self.authority_file());
        }
        let ran =
            tokio::task::spawn_blocking(move || run(&mut command, input.to_string().as_bytes()));
        let (output, success) = ran.await.expect("an end");
        assert!(success, "{probe}: {output}");
        output
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the SDKs and the emulator live by the time of this machine"
)]
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}
