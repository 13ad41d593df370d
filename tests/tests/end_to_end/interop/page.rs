//! The emulator's page in headless Chromium: what it does, by keyboard, before the rules of WCAG,
//! over a restart, and with a crowd.

use std::{net::SocketAddr, process::Command};

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::Mutex,
};
use vonage_video_emulator::Emulator;
use vonage_video_tests::interop::{Browser, Kit, run};

/// One browser at a time: several would take each other's processors.
static ONE: Mutex<()> = Mutex::const_new(());

/// Runs a driver with the emulator's address.
async fn holds(mut command: Command, emulator: &Emulator) {
    let project = emulator.opentok().expect("a demo");
    command
        .env("OPENTOK_API_KEY", project.id())
        .arg(emulator.url());
    succeeds(command).await;
}

async fn succeeds(mut command: Command) {
    let (output, success) = tokio::task::spawn_blocking(move || run(&mut command, b""))
        .await
        .expect("an end");
    assert!(success, "{output}");
}

async fn works(driver: &str) {
    let Some(browser) = Browser::get() else {
        return;
    };
    let _one = ONE.lock().await;
    let emulator = Emulator::start().await.expect("an emulator");
    holds(browser.driver(driver), &emulator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_works_in_a_browser() {
    works("page.mjs").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_works_by_keyboard_and_moves_nothing_under_the_reader() {
    works("page_keys.mjs").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_view_of_the_page_is_accessible_in_every_theme() {
    let (Some(browser), Some(rules)) = (Browser::get(), Kit::Browser.get()) else {
        return;
    };
    let _one = ONE.lock().await;
    let emulator = Emulator::start().await.expect("an emulator");
    let mut command = browser.driver("page_access.mjs");
    command.env("NODE_PATH", rules.modules());
    holds(command, &emulator).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_survives_a_restart_and_asks_for_nothing_while_idle() {
    let Some(browser) = Browser::get() else {
        return;
    };
    let _one = ONE.lock().await;
    let emulator = Emulator::start().await.expect("an emulator");
    let restart = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let mut command = browser.driver("page_restart.mjs");
    command
        .env("OPENTOK_API_KEY", emulator.opentok().expect("a demo").id())
        .arg(emulator.url())
        .arg(format!("http://{}/", restart.local_addr().expect("bound")));
    let restarted = tokio::spawn(restart_when_asked(restart, emulator));
    succeeds(command).await;
    restarted.await.expect("another emulator");
}

/// Ends the emulator at the first request and starts another one at its address.
async fn restart_when_asked(listener: TcpListener, emulator: Emulator) -> Emulator {
    let (mut stream, _) = listener.accept().await.expect("a request");
    let mut request = [0; 4096];
    let _ = stream.read(&mut request).await.expect("a request");
    let address = emulator.address().expect("a socket");
    emulator.stop().await;
    let another = start_at(address).await;
    stream
        .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        .await
        .expect("a reader");
    another
}

async fn start_at(address: SocketAddr) -> Emulator {
    let builder = Emulator::builder().listen(address);
    builder.start().await.expect("the same address")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_stays_fluid_with_a_crowd() {
    let Some(browser) = Browser::get() else {
        return;
    };
    let _one = ONE.lock().await;
    let emulator = Emulator::start().await.expect("an emulator");
    let project = emulator.opentok().expect("a demo").id().to_owned();
    for each in 0..1_000 {
        let (clients, name) = match each {
            0 => (500, "crowd"),
            _ => (12, "client"),
        };
        let session = call(&emulator, "sessions", json!({ "project": project })).await;
        let session = session["sessionId"].as_str().expect("an id").to_owned();
        for client in 0..clients {
            let data = match each {
                0 => format!("{name} {client}"),
                _ => format!("{name} {each} of 12"),
            };
            let joins = json!({ "role": "publisher", "data": data });
            call(&emulator, &format!("sessions/{session}/clients"), joins).await;
        }
    }
    for _ in 0..10_000 {
        let request = Request::get("/v2/project/1/archive").body(Bytes::new());
        let _ = emulator.handle(request.expect("valid")).await;
    }
    holds(browser.driver("page_crowd.mjs"), &emulator).await;
}

/// A call of the control API, without a socket.
async fn call(emulator: &Emulator, path: &str, body: Value) -> Value {
    let request = Request::post(format!("/_emulator/{path}")).body(body.to_string().into());
    let response = emulator.handle(request.expect("valid")).await;
    serde_json::from_slice(response.expect("a response").body()).expect("JSON")
}
