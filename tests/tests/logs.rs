//! No operation logs a secret at any level: none of its request, of its response, or of the
//! credentials that sign it. Alone in its process: `tracing` asks only one thread whether anybody
//! subscribes, and that must not be another test's.

#[path = "../../crates/vonage-video-http/tests/traces/everything.rs"]
mod everything;

use std::pin::Pin;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use vonage_video::{Client, Credentials, Operation};
use vonage_video_core::operations::{Visitor, visit};
use vonage_video_tests::{contract::Contract, dice::Dice};

use crate::everything::Everything;

const SECRET: &str = "hunter2-hunter2";
const API_SECRET: &str = "1234567890abcdef1234567890abcdef1234567890";

/// Sends this response to every request.
async fn server(status: u16, body: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut some = [0; 1 << 16];
            let _ = stream.read(&mut some).await;
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\nx-secret: {SECRET}\r\n\r\n"
            );
            let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
        }
    });
    url
}

/// Sends a request that is full of secrets, and gives what a program might log of it.
struct Tell<'a>(&'a str, &'a Contract);

impl Visitor for Tell<'_> {
    type Output = Pin<Box<dyn Future<Output = String> + Send>>;

    fn visit<O: Operation>(self) -> Self::Output {
        let request: O = full(self.1);
        let credentials = if O::META.account {
            Credentials::opentok_account("123456", API_SECRET)
        } else {
            Credentials::opentok("123456", API_SECRET)
        };
        let video = Client::builder(credentials.unwrap())
            .base_url(self.0)
            .variables(|_| None)
            .build()
            .unwrap();
        let shown = format!("{video:?} {request:?}");
        Box::pin(async move {
            let call = video.send(request).attempts(1).header("x-a", SECRET);
            let call = call.with_response();
            let shown = format!("{shown} {call:?}");
            format!("{shown} {:?}", call.await)
        })
    }
}

/// A valid request with as many secrets as there can be. What must be a URL is one with a secret in
/// it, what must be digits is digits; of what excludes each other, one is left out.
fn full<O: Operation>(contract: &Contract) -> O {
    let forms = [
        "wss://example.com/",
        "https://example.com/",
        "rtmp://example.com/",
    ];
    let mut forms: Vec<String> = forms.map(|form| format!("{form}{SECRET}")).into();
    forms.insert(0, SECRET.to_owned());
    forms.push("1".to_owned());
    let mut json = contract.with_secrets(O::META.id, SECRET, &mut Dice(1));
    loop {
        let request: O = serde_json::from_value(json.clone()).unwrap();
        let Err(invalid) = request.validate() else {
            return request;
        };
        let field = invalid.field.split(", ").next().unwrap();
        let (outer, name) = field.rsplit_once('.').unwrap_or(("", field));
        let object = outer.split('.').filter(|name| !name.is_empty());
        // An array has one element, and an error does not count it.
        let object = object.fold(&mut json, |json, name| match &mut json[name] {
            Value::Array(items) => &mut items[0],
            value => value,
        });
        let value = &mut object[name];
        let form = forms.iter().position(|form| *value == *form);
        match form.and_then(|form| forms.get(form + 1)) {
            Some(form) => *value = form.as_str().into(),
            None => drop(object.as_object_mut().unwrap().remove(name)),
        }
    }
}

#[tokio::test]
async fn no_operation_tells_a_secret() {
    let everything = Everything::default();
    let _guard = tracing::subscriber::set_default(everything.clone());
    let contract = Contract::read();
    for id in contract.operations() {
        let response = contract.response_with_secrets(id, SECRET, &mut Dice(1));
        let wrong = format!(
            r#"{{"id":["{SECRET}"],"items":[{{"id":["{SECRET}"]}}],"status":{{"{SECRET}":1}}}}"#
        );
        for (status, body) in [
            (200, response.to_string()),
            (200, wrong),
            (200, format!("{SECRET}<html>")),
            (500, format!(r#"{{"code":1,"password":"{SECRET}"}}"#)),
        ] {
            let url = server(status, body).await;
            let said = visit(id, Tell(&url, &contract)).unwrap().await;
            assert!(!said.contains(SECRET), "{id}, {status}: {said}");
        }
    }
    let told = everything.text();
    assert!(told.contains("start_archive"), "spans are heard");
    for secret in [SECRET, API_SECRET, "eyJ"] {
        let at = told.find(secret);
        assert!(at.is_none(), "{}", &told[at.unwrap().saturating_sub(300)..]);
    }
}
