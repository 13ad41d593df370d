//! A process that may open few files: in a process of its own, which this test starts.

use std::process::Command;

use vonage_video_core::{ErrorKind, Sent, operations::StartArchive};
use vonage_video_http::{ConnectError, ConnectErrorKind};

use crate::server::{SESSION, Server, archive, respond};

const CHILD: &str = "VONAGE_VIDEO_TEST_DESCRIPTORS";

#[test]
fn a_process_without_descriptors_says_so_and_recovers() {
    if std::env::var_os(CHILD).is_some() {
        return few_descriptors();
    }
    let name = "descriptors::a_process_without_descriptors_says_so_and_recovers";
    let output = Command::new("sh")
        .args(["-c", "ulimit -n 48 && exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture", "--test-threads", "1"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn few_descriptors() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let server = Server::start(|_, _| respond(200, &archive("a1", "started"))).await;
        let client = server.client();
        let mut taken = Vec::new();
        while let Ok(file) = std::fs::File::open("/dev/null") {
            taken.push(file);
        }
        let error = client.send(StartArchive::new(SESSION)).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Connect), "{error:?}");
        assert_eq!(error.sent(), Sent::No);
        let cause = std::error::Error::source(&error).unwrap();
        let connect = cause.downcast_ref::<ConnectError>().unwrap();
        assert_eq!(connect.kind(), ConnectErrorKind::TooManyOpenFiles);
        assert!(connect.to_string().contains("ulimit -n"), "{connect}");
        drop(taken);
        client.send(StartArchive::new(SESSION)).await.unwrap();
    });
}
