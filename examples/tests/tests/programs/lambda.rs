//! `webhooks-lambda`, behind stand-ins for an API Gateway and for Lambda's runtime API.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::sync::{Mutex, mpsc, oneshot};
use vonage_video_emulator::WebhookTarget;

use crate::{
    program::Program,
    stage::{Stage, serve},
};

const SECRET: &str = "the signature secret of the function";

type Response = oneshot::Sender<u16>;

struct Lambda {
    requests: mpsc::Sender<(Value, Response)>,
    waiting: Mutex<mpsc::Receiver<(Value, Response)>>,
    running: Mutex<HashMap<String, Response>>,
}

/// The gateway: a request becomes an event, and the function's response the response.
async fn gateway(lambda: State<Arc<Lambda>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let headers: HashMap<_, _> = headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
        .collect();
    let event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": "/webhooks",
        "rawQueryString": "",
        "headers": headers,
        "requestContext": {
            "accountId": "anonymous",
            "apiId": "function",
            "domainName": "function.lambda-url.example.com",
            "domainPrefix": "function",
            "http": {
                "method": "POST",
                "path": "/webhooks",
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": "emulator",
            },
            "requestId": "1",
            "routeKey": "$default",
            "stage": "$default",
            "time": "26/Nov/2026:00:00:00 +0000",
            "timeEpoch": 1_795_651_200_000_u64,
        },
        "body": String::from_utf8(body.to_vec()).unwrap(),
        "isBase64Encoded": false,
    });
    let (send, response) = oneshot::channel();
    lambda.requests.send((event, send)).await.unwrap();
    StatusCode::from_u16(response.await.unwrap()).unwrap()
}

/// The runtime API: the function fetches its next event here.
async fn next(lambda: State<Arc<Lambda>>) -> impl IntoResponse {
    let (event, response) = lambda.waiting.lock().await.recv().await.unwrap();
    let mut running = lambda.running.lock().await;
    let id = format!("request-{}", running.len());
    running.insert(id.clone(), response);
    let headers = [
        ("lambda-runtime-aws-request-id", id),
        ("lambda-runtime-deadline-ms", "9999999999999".to_owned()),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:us-east-1:1:function:f".to_owned(),
        ),
    ];
    (headers, Json(event))
}

async fn done(lambda: State<Arc<Lambda>>, id: Path<String>, body: Bytes) -> StatusCode {
    let response: Value = serde_json::from_slice(&body).unwrap();
    let status = response["statusCode"].as_u64().unwrap();
    let waiting = lambda.running.lock().await.remove(&*id).unwrap();
    waiting.send(u16::try_from(status).unwrap()).unwrap();
    StatusCode::ACCEPTED
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_receives_webhooks() {
    let (requests, waiting) = mpsc::channel(16);
    let lambda = Arc::new(Lambda {
        requests,
        waiting: Mutex::new(waiting),
        running: Mutex::default(),
    });
    let runtime = "/2018-06-01/runtime/invocation";
    let router = Router::new()
        .route("/webhooks", post(gateway))
        .route(&format!("{runtime}/next"), get(next))
        .route(&format!("{runtime}/{{id}}/response"), post(done))
        .with_state(lambda);
    let address = serve(router).await;

    let stage = Stage::new().await;
    let variables = [
        ("VONAGE_SIGNATURE_SECRET", SECRET),
        ("AWS_LAMBDA_RUNTIME_API", &address),
        ("AWS_LAMBDA_FUNCTION_NAME", "function"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "stream"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "group"),
    ];
    let program = Program::start_with("webhooks-lambda", &[], &stage.emulator, &variables);
    let url = format!("http://{address}/webhooks");
    let signed = WebhookTarget::new(&url).secret(SECRET);
    stage.emulator.add_webhook(signed).unwrap();
    let client = stage.join();
    stage.emulator.settle().await;
    let line = program.line_with("joined");
    assert_eq!(line, format!("{} joined {}", client.id(), stage.session));
    assert!(stage.emulator.deliveries().iter().all(|it| it.arrived()));

    stage.emulator.clear_webhooks();
    let forged = WebhookTarget::new(&url).secret(SECRET).wrongly_signed();
    stage.emulator.add_webhook(forged).unwrap();
    client.leave().unwrap();
    stage.emulator.settle().await;
    let deliveries = stage.emulator.deliveries();
    let refused = deliveries.iter().filter(|it| !it.arrived()).count();
    assert!(refused > 0, "{deliveries:#?}");
}
