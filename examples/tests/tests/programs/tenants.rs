//! `tenants`: two projects of both environments, and a new secret without a restart.

use std::fs;

use serde_json::json;
use vonage_video::{Client, Credentials, operations::RefreshProjectSecret};
use vonage_video_emulator::Emulator;

use crate::program::{Program, request};

const ACCOUNT: [&str; 2] = ["99000000", "abcdef0123456789abcdef0123456789abcdef01"];

#[tokio::test(flavor = "multi_thread")]
async fn tenants_have_projects_of_their_own_and_a_new_secret_needs_no_restart() {
    let [key, secret] = ACCOUNT;
    let emulator = Emulator::builder().account(key, secret);
    let emulator = emulator.start().await.unwrap();
    let (vonage, opentok) = (emulator.vonage().unwrap(), emulator.opentok().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tenants.json");
    let write = |secret: &str| {
        let tenants = json!({
            "acme": {"api_key": opentok.id(), "api_secret": secret},
            "initech": {
                "application_id": vonage.id(),
                "private_key": vonage.private_key().unwrap(),
            },
        });
        fs::write(&file, tenants.to_string()).unwrap();
    };
    write(opentok.secret().unwrap());
    let variables = [("TENANTS", file.to_str().unwrap())];
    let program = Program::start_with("tenants", &[], &emulator, &variables);
    let address = program.address();
    let post = |path: &str| request(&address, "POST", path, "");
    let create = |tenant: &str| post(&format!("/tenants/{tenant}/sessions")).0;
    assert_eq!(["acme", "initech", "nobody"].map(create), [200, 200, 404]);

    let account = Credentials::opentok_account(key, secret).unwrap();
    let account = Client::builder(account)
        .base_url(emulator.url())
        .build()
        .unwrap();
    let refresh = RefreshProjectSecret::new(opentok.id());
    let project = account.send(refresh).await.unwrap();
    assert_eq!(["acme", "initech"].map(create), [500, 200]);

    fs::write(&file, "not JSON").unwrap();
    assert_eq!(post("/reload").0, 422);
    assert_eq!(create("initech"), 200);
    write(&project.secret.unwrap());
    assert_eq!(post("/reload"), (200, "2 tenants".to_owned()));
    assert_eq!(["acme", "initech"].map(create), [200, 200]);
}
