//! The requests of the official SDKs, recorded, against ours: both halves of every operation.

mod demands;
mod difference;
mod intent;

use difference::{Difference, Differences, cases, compare, ours};
use http::Method;
use serde_json::Value;
use vonage_video_core::{
    Incoming, Matched, Operation, encode,
    operations::{Visitor, visit},
    route,
};

/// How many cases there are at least; a file that was not read in full must not go unnoticed.
const CASES: usize = 256 + 237 + 12 + 388;
/// How many of them have a response in JSON, and are an operation.
const RESPONSES: usize = 205;

/// The same intent gives the same request, or a difference that is listed with its reason.
#[test]
fn we_send_what_the_official_sdks_send() {
    let differences = Differences::read();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for case in cases() {
        let project = project(&case.request.path, &case.id);
        let operation = intent::operation(&case.operation, &case.args);
        match visit(&case.operation, Encode { operation, project }) {
            Some(request) => wrong.extend(compare(
                &differences.client,
                &case.id,
                &case.request.value(),
                &ours(&request),
            )),
            None if Difference::allows(&differences.no_operation, &case.id, "", None, None) => {}
            None => wrong.push(format!("{}: no such operation", case.id)),
        }
        compared += 1;
    }
    wrong.extend(Difference::useless(&differences.client));
    assert!(
        wrong.is_empty(),
        "{} of {compared} cases differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(compared >= CASES);
}

/// What was recorded is found and read by the server's half as what it was meant to be, and nothing
/// of it is lost that is not listed.
#[test]
fn we_read_what_the_official_sdks_send() {
    let differences = Differences::read();
    let mut wrong = Vec::new();
    let mut read = 0;
    for case in cases() {
        let bytes = case.request.bytes();
        let method: Method = case.request.method.parse().expect("a method");
        let incoming = Incoming {
            method: &method,
            path: &case.request.path,
            query: &case.request.query,
            body: &bytes,
        };
        let refused = || Difference::allows(&differences.no_operation, &case.id, "", None, None);
        match route(&incoming) {
            Ok(matched) if matched.meta.id == case.operation => {
                let project = project(&case.request.path, &case.id);
                let intent = Encode {
                    operation: intent::operation(&case.operation, &case.args),
                    project: project.clone(),
                };
                let intent = visit(&case.operation, intent).expect("an operation that was found");
                let request = visit(&case.operation, Read { matched, project })
                    .expect("an operation that was found");
                match request {
                    Ok(request) => {
                        let read = ours(&request);
                        let sent = case.request.value();
                        wrong.extend(compare(&differences.server, &case.id, &sent, &read));
                        // The intents of the others have options that an SDK never sent.
                        if case.id.contains("/recorded-") {
                            let meant = compare(&differences.lost, &case.id, &ours(&intent), &read);
                            wrong.extend(meant.into_iter().map(|line| format!("meant: {line}")));
                        }
                    }
                    Err(_) if refused() => {}
                    Err(error) => wrong.push(format!("{}: {error}", case.id)),
                }
            }
            Ok(matched) => wrong.push(format!("{}: was taken for {}", case.id, matched.meta.id)),
            Err(_) if refused() => {}
            Err(error) => wrong.push(format!("{}: {error}", case.id)),
        }
        read += 1;
    }
    wrong.extend(Difference::useless(&differences.server));
    wrong.extend(Difference::useless(&differences.lost));
    wrong.extend(Difference::useless(&differences.no_operation));
    assert!(
        wrong.is_empty(),
        "{} of {read} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(read >= CASES);
}

/// The responses that all official SDKs accept are read by ours.
#[test]
fn we_read_what_the_official_sdks_are_answered() {
    let mut read = 0;
    for case in cases() {
        // Asked for without `Accept: application/json`, as one SDK does, the service answers XML;
        // we ask for JSON.
        let Some(body) = case
            .response
            .and_then(|response| response.body)
            .filter(|body| !body.is_string())
        else {
            continue;
        };
        if visit(
            &case.operation,
            Decode {
                case: &case.id,
                body: &body,
            },
        )
        .is_some()
        {
            read += 1;
        }
    }
    assert!(read >= RESPONSES);
}

/// The project in a recorded path; where there is none, one of its environment's shape.
fn project(path: &str, case: &str) -> String {
    let in_path = path
        .strip_prefix("/v2/project/")
        .and_then(|rest| rest.split('/').next());
    assert!(
        in_path.is_some() || path == "/session/create",
        "{case}: {path}"
    );
    in_path.unwrap_or("123456").to_owned()
}

struct Encode {
    operation: Value,
    project: String,
}

impl Visitor for Encode {
    type Output = http::Request<bytes::Bytes>;

    fn visit<O: Operation>(self) -> Self::Output {
        let id = O::META.id;
        let operation: O = serde_json::from_value(self.operation.clone())
            .unwrap_or_else(|error| panic!("{id}: {error}: {}", self.operation));
        encode(&operation, &self.project)
            .unwrap_or_else(|error| panic!("{id}: {error}: {}", self.operation))
    }
}

struct Read {
    matched: Matched,
    project: String,
}

impl Visitor for Read {
    type Output = Result<http::Request<bytes::Bytes>, String>;

    fn visit<O: Operation>(self) -> Self::Output {
        let operation: O = self.matched.decode().map_err(|error| error.to_string())?;
        encode(&operation, &self.project).map_err(|error| error.to_string())
    }
}

struct Decode<'a> {
    case: &'a str,
    body: &'a Value,
}

impl Visitor for Decode<'_> {
    type Output = ();

    fn visit<O: Operation>(self) {
        let bytes = serde_json::to_vec(self.body).expect("JSON");
        if let Err(error) = O::decode_output(&bytes) {
            panic!("{}: {error}: {}", self.case, self.body);
        }
    }
}
