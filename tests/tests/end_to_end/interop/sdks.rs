//! Every operation of every official Node and Python SDK, in both environments, and what became of
//! it in the emulator.

use std::{collections::BTreeSet, process::Command};

use bytes::Bytes;
use http::Request;
use serde_json::Value;
use vonage_video_core::models::ArchiveStatus;
use vonage_video_emulator::Emulator;
use vonage_video_tests::{
    interop::{Kit, Report, Step, report},
    place::temporary,
};

use super::{coverage, tunnel::Tunnel};

#[tokio::test(flavor = "multi_thread")]
async fn opentok_for_node() {
    let sdk = Sdk::new(Kit::Node, "opentok");
    sdk.covers("opentok.js", "opentok", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn opentok_for_node_on_vonage() {
    // It has them, and Vonage does not: the driver checks that of the first.
    let callbacks = ["list_callbacks", "unregister_callback"];
    let sdk = Sdk::new(Kit::Node, "opentok");
    sdk.covers("opentok.js", "vonage", &callbacks).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn vonage_video_for_node() {
    let sdk = Sdk::new(Kit::Node, "vonage");
    sdk.covers("vonage.js", "vonage", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn opentok_for_python() {
    let sdk = Sdk::new(Kit::Python, "opentok");
    sdk.covers("opentok_driver.py", "opentok", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn opentok_for_python_on_vonage() {
    let mut sdk = Sdk::new(Kit::Python, "opentok");
    sdk.tls = true;
    sdk.tunnel = true;
    sdk.covers("opentok_driver.py", "vonage", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn vonage_video_for_python() {
    let mut sdk = Sdk::new(Kit::Python, "vonage");
    sdk.tls = true;
    sdk.covers("vonage_driver.py", "vonage", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn opentok_for_go() {
    let Some(kit) = Kit::Go.get() else { return };
    let emulator = Emulator::start().await.expect("an emulator");
    let report = drive(&emulator, kit.driver(""), "opentok").await;
    look(&emulator, &report.room).await;
    // It was last released before the others came; accounts are not of a project.
    let called: BTreeSet<&str> = report.steps.iter().map(Step::operation).collect();
    assert_eq!(
        called.len(),
        1 + 25,
        "`join` and the operations that it has: {called:?}"
    );
}

/// An official SDK, and how it reaches the emulator.
struct Sdk {
    kit: Kit,
    name: &'static str,
    /// It speaks HTTPS only.
    tls: bool,
    /// Its host is fixed, so it is led here by a proxy.
    tunnel: bool,
}

impl Sdk {
    fn new(kit: Kit, name: &'static str) -> Self {
        Self {
            kit,
            name,
            tls: false,
            tunnel: false,
        }
    }

    /// Runs a driver, if what it needs is on this machine: it calls every operation of the SDK but
    /// those in `except`.
    async fn covers(self, driver: &str, mode: &str, except: &[&str]) {
        let Some(kit) = self.kit.get() else { return };
        let builder = Emulator::builder();
        let builder = if self.tls { builder.tls() } else { builder };
        let emulator = builder.start().await.expect("an emulator");
        let mut command = kit.driver(driver);
        let tunnel = match self.tunnel {
            true => Some(Tunnel::to(emulator.address().expect("a port")).await),
            false => None,
        };
        if let Some(tunnel) = &tunnel {
            command.env("HTTPS_PROXY", tunnel.url());
        }
        let report = drive(&emulator, command, mode).await;
        coverage::check(&report, &self.kit.name(), self.name, except);
        look(&emulator, &report.room).await;
    }
}

/// Runs a driver against the emulator, with what it needs in environment variables.
async fn drive(emulator: &Emulator, mut command: Command, mode: &str) -> Report {
    let (vonage, opentok) = (
        emulator.vonage().expect("a demo"),
        emulator.opentok().expect("a demo"),
    );
    let folder = temporary(&format!(
        "{mode}-{}",
        emulator.address().expect("a port").port()
    ));
    let key = folder.join("private.key");
    std::fs::write(&key, vonage.private_key().expect("the demo's")).expect("a file");
    if let Some(authority) = emulator.ca_pem() {
        let file = folder.join("ca.pem");
        std::fs::write(&file, authority).expect("a file");
        command.env("REQUESTS_CA_BUNDLE", file);
    }
    command
        .env("EMULATOR_URL", emulator.url())
        .env("MODE", mode)
        .env("OPENTOK_API_KEY", opentok.id())
        .env("OPENTOK_API_SECRET", opentok.secret().expect("a secret"))
        .env("VONAGE_APPLICATION_ID", vonage.id())
        .env("VONAGE_PRIVATE_KEY_PATH", key);
    tokio::task::spawn_blocking(move || report(&mut command))
        .await
        .expect("a report")
}

/// What all drivers did, as it stands in the emulator.
async fn look(emulator: &Emulator, room: &Value) {
    let session = room["id"].as_str().expect("a session");
    let (ann, bob) = (
        room["ann"].as_str().expect("Ann"),
        room["bob"].as_str().expect("Bob"),
    );

    let signals = |inbox: Value| -> Vec<String> {
        let items = inbox["items"].as_array().expect("notices").clone();
        let signals = items
            .into_iter()
            .filter(|notice| notice["notice"] == "signal");
        signals
            .map(|signal| signal["data"].as_str().expect("data").to_owned())
            .collect()
    };
    let inbox = |client: &str| format!("/_emulator/sessions/{session}/clients/{client}/inbox");
    assert_eq!(
        signals(get(emulator, &inbox(ann)).await),
        ["to all of you, ✓"]
    );
    assert_eq!(
        signals(get(emulator, &inbox(bob)).await),
        ["to all of you, ✓", "to Bob"]
    );

    let show = |client: &str| format!("/_emulator/sessions/{session}/clients/{client}");
    assert_eq!(get(emulator, &show(ann)).await["connected"], false);
    assert_eq!(get(emulator, &show(bob)).await["connected"], true);
    assert_eq!(get(emulator, &show(ann)).await["data"], "name=Ann & Bö");

    let archives: Vec<_> = emulator
        .archives()
        .into_iter()
        .filter(|archive| archive.session_id.as_str() == session)
        .collect();
    let [first, second] = &archives[..] else {
        panic!("{} archives", archives.len())
    };
    assert_eq!(first.name.as_deref(), Some("Weekly"));
    assert_eq!(first.status, ArchiveStatus::Deleted);
    assert!(
        second.status != ArchiveStatus::Started && second.status != ArchiveStatus::Deleted,
        "{:?}",
        second.status
    );
}

async fn get(emulator: &Emulator, path: &str) -> Value {
    let request = Request::get(path).body(Bytes::new()).expect("a request");
    let response = emulator.handle(request).await.expect("a response");
    assert!(response.status().is_success(), "{path}: {response:?}");
    serde_json::from_slice(response.body()).expect("JSON")
}
