//! `call`: any operation by its name.

use std::{future::Future, pin::Pin};

use serde_json::Value;
use vonage_video::{
    Client, Operation, ROUTES,
    operations::{Visitor, visit},
};

use crate::{arguments::Call, failure::Failure, input, print};

pub(crate) fn run(call: Call) -> Result<(), Failure> {
    let Some(name) = &call.operation else {
        return list();
    };
    let text = input::read(&call.input)?;
    // What is wrong with the input is said before anything about credentials.
    let prepared = visit(
        name,
        Prepare {
            text: &text,
            call: &call,
        },
    )
    .ok_or_else(|| unknown(name))??;
    let client = call.settings.client()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Io(format!("cannot start: {error}")))?;
    print(runtime.block_on(prepared(client))?)
}

/// A call that waits for its client, then answers JSON.
type Prepared = Box<dyn FnOnce(Client) -> Pin<Box<dyn Future<Output = Result<Value, Failure>>>>>;

struct Prepare<'a> {
    text: &'a str,
    call: &'a Call,
}

impl Visitor for Prepare<'_> {
    type Output = Result<Prepared, Failure>;

    fn visit<O: Operation>(self) -> Self::Output {
        let operation: O = input::parse(self.text)?;
        let timeout = self.call.timeout;
        Ok(Box::new(move |client| {
            Box::pin(async move {
                let mut sent = client.send(operation);
                if let Some(timeout) = timeout {
                    sent = sent.timeout(timeout);
                }
                let answer = sent.with_response().await?;
                // The body as it came, so that members which are newer than this program are seen too.
                Ok(serde_json::from_slice(&answer.body).unwrap_or(Value::Null))
            })
        }))
    }
}

fn list() -> Result<(), Failure> {
    ROUTES
        .iter()
        .try_for_each(|meta| print(format_args!("{:<24} {}", meta.id, meta.doc)))
}

fn unknown(name: &str) -> Failure {
    let known: Vec<&str> = ROUTES.iter().map(|meta| meta.id).collect();
    Failure::Usage(format!(
        "there is no operation `{name}`; there are: {}",
        known.join(", ")
    ))
}
