//! `opentelemetry`, with a stand-in for a collector.

use std::sync::{Arc, Mutex};

use axum::{Router, body::Bytes, extract::Path, routing::post};

use crate::{
    program::Program,
    stage::{Stage, serve},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_trace_and_a_metric_reach_the_collector() {
    let received = Arc::new(Mutex::new(Vec::new()));
    let keep = received.clone();
    let receive = move |Path(what): Path<String>, body: Bytes| {
        keep.lock().unwrap().push((what, body));
        async {}
    };
    let collector = serve(Router::new().route("/v1/{what}", post(receive))).await;
    let stage = Stage::new().await;
    let endpoint = format!("http://{collector}");
    let variables = [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str())];
    let program = Program::start_with("opentelemetry-example", &[], &stage.emulator, &variables);
    assert_eq!(program.end(), "0 archives");

    // Names are text in the binary form, too.
    let has = |what: &str, text: &str| {
        let received = received.lock().unwrap();
        let mut bodies = received.iter().filter(|(path, _)| path == what);
        bodies.any(|(_, body)| body.windows(text.len()).any(|part| part == text.as_bytes()))
    };
    assert!(has("traces", "list_archives"));
    assert!(has("traces", "report"));
    assert!(has("metrics", "vonage.video.call.duration"));
    let requests = stage.emulator.requests();
    let last = requests.last().unwrap();
    assert!(
        last.headers["traceparent"]
            .to_str()
            .unwrap()
            .starts_with("00-")
    );
}
