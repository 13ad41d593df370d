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
                // The body as it came, so that members which are newer than this program are seen too; without one, what its absence means.
                Ok(json(&answer.body)
                    .or_else(|| json(&O::encode_output(&answer.value).ok()?))
                    .unwrap_or(Value::Null))
            })
        }))
    }
}

fn list() -> Result<(), Failure> {
    let mut all = ROUTES.to_vec();
    all.sort_by_key(|meta| (meta.resource, meta.id));
    all.iter()
        .try_for_each(|meta| print(format_args!("{:<24} {}", meta.id, meta.doc)))
}

fn json(body: &[u8]) -> Option<Value> {
    serde_json::from_slice(body).ok()
}

fn unknown(name: &str) -> Failure {
    let nearest = ROUTES
        .iter()
        .map(|meta| (likeness(name, meta.id), meta.id))
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    let hint = match nearest {
        Some((likeness, id)) if likeness > 0.6 => format!("did you mean `{id}`?"),
        _ => "`vonage-video call` alone lists all".to_owned(),
    };
    Failure::Usage(format!("there is no operation `{name}`; {hint}"))
}

/// How alike two names are, from 0 to 1, whatever their case and underscores: `startArchive` is how SDKs spell `start_archive`.
fn likeness(a: &str, b: &str) -> f64 {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    strsim::normalized_damerau_levenshtein(&plain(a), &plain(b))
}
