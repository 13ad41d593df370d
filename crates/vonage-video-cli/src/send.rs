//! Sends an operation that is known by its name, and prints the request instead where that is
//! asked.

use std::{future::Future, pin::Pin};

use http::Request;
use serde_json::Value;
use vonage_video::{
    Client, Environment, Meta, Operation, ROUTES,
    operations::{Visitor, visit},
};

use crate::{
    failure::Failure,
    input,
    options::{Common, Whose},
    output::{json, print},
};

/// A request that has been checked.
pub(crate) struct Prepared {
    meta: &'static Meta,
    /// The request without a host, for a project.
    encode: Encode,
    call: Call,
}

type Encode = Box<dyn Fn(&str) -> Result<Request<Vec<u8>>, Failure>>;
type Call = Box<dyn FnOnce(Client, &Common) -> Sending>;
type Sending = Pin<Box<dyn Future<Output = Result<Value, Failure>>>>;

/// Reads the input of an operation. What is wrong with it is said before anything about
/// credentials.
pub(crate) fn prepare(operation: &str, text: &str) -> Result<Prepared, Failure> {
    visit(operation, Prepare(text)).ok_or_else(|| unknown(operation))?
}

struct Prepare<'a>(&'a str);

impl Visitor for Prepare<'_> {
    type Output = Result<Prepared, Failure>;

    fn visit<O: Operation>(self) -> Self::Output {
        let operation: O = input::parse(self.0)?;
        let copy = operation.clone();
        Ok(Prepared {
            meta: O::META,
            encode: Box::new(move |project| {
                let request = vonage_video_core::encode(&copy, project)
                    .map_err(|invalid| Failure::from(vonage_video::Error::invalid(invalid)))?;
                Ok(request.map(|body| body.to_vec()))
            }),
            call: Box::new(move |client, common| {
                let mut call = client.send(operation);
                if let Some(timeout) = common.timeout {
                    call = call.timeout(timeout);
                }
                Box::pin(async move {
                    let response = call.with_response().await?;
                    // The body as it came, so that members which are newer than this program are
                    // seen too; without one, what its absence means.
                    Ok(parsed(&response.body)
                        .or_else(|| parsed(&O::encode_output(&response.value).ok()?))
                        .unwrap_or(Value::Null))
                })
            }),
        })
    }
}

fn parsed(body: &[u8]) -> Option<Value> {
    serde_json::from_slice(body).ok()
}

impl Prepared {
    /// Whether only OpenTok has the operation.
    pub(crate) fn is_opentok(&self) -> bool {
        !self.meta.vonage
    }

    /// Sends it and returns the body of the response; `None` when the request was printed instead.
    pub(crate) fn send(self, whose: &Whose, common: &Common) -> Result<Option<Value>, Failure> {
        if common.dry_run {
            return self.dry_run(whose).map(|()| None);
        }
        let target = whose.target(self.is_opentok())?;
        if common.verbose {
            target.tell();
        }
        if common.curl {
            let request = (self.encode)(target.credentials.project())?;
            let url = target
                .base_url
                .clone()
                .unwrap_or_else(|| service(target.credentials.environment()).to_owned());
            let opentok = target.credentials.environment() == Environment::OpenTok;
            print(curl(&request, &url, opentok))?;
            return Ok(None);
        }
        let client = target.client()?;
        let common = common.clone();
        block_on(async move { (self.call)(client, &common).await }).map(Some)
    }

    /// Method, path and body; the project's id where there are credentials.
    fn dry_run(&self, whose: &Whose) -> Result<(), Failure> {
        let project = whose
            .target(self.is_opentok())
            .map(|it| it.credentials.project().to_owned());
        let request = (self.encode)(project.as_deref().unwrap_or("PROJECT"))?;
        print(format_args!("{} {}", request.method(), request.uri()))?;
        if request.body().is_empty() {
            return Ok(());
        }
        match serde_json::from_slice::<Value>(request.body()) {
            Ok(body) => print(json(&body, true)),
            Err(_) => print(String::from_utf8_lossy(request.body())),
        }
    }
}

fn service(environment: Environment) -> &'static str {
    match environment {
        Environment::OpenTok => "https://api.opentok.com",
        _ => "https://video.api.vonage.com",
    }
}

/// A curl command, whose token another command makes, so that no token is kept in a terminal's
/// history.
fn curl(request: &Request<Vec<u8>>, url: &str, opentok: bool) -> String {
    let header = if opentok {
        "X-OPENTOK-AUTH: "
    } else {
        "Authorization: Bearer "
    };
    let url = format!("{}{}", url.trim_end_matches('/'), request.uri());
    let mut command = format!(
        "curl --request {} {} \\\n  --header \"{header}$(vonage-video token rest)\"",
        request.method(),
        quoted(&url)
    );
    for (name, value) in request.headers() {
        let value = value.to_str().unwrap_or_default();
        command += &format!(" \\\n  --header {}", quoted(&format!("{name}: {value}")));
    }
    if !request.body().is_empty() {
        command += &format!(
            " \\\n  --data {}",
            quoted(&String::from_utf8_lossy(request.body()))
        );
    }
    command
}

/// A word for a shell.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Runs a future to its end on this thread. Look-ups of names that hang do not delay the end.
pub(crate) fn block_on<T>(future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Io(format!("cannot start: {error}")))?;
    let outcome = runtime.block_on(future);
    runtime.shutdown_background();
    outcome
}

fn unknown(name: &str) -> Failure {
    let hint = match nearest(name, ROUTES.iter().map(|meta| meta.id)) {
        Some(id) => format!("did you mean `{id}`?"),
        None => "`vonage-video call` alone lists all".to_owned(),
    };
    Failure::usage(format!("there is no operation `{name}`; {hint}"))
}

/// The name that was most likely meant.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let (likeness, nearest) = known
        .map(|known| (likeness(name, known), known))
        .max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (likeness > 0.6).then_some(nearest)
}

/// How alike two names are, from 0 to 1, whatever their case and underscores: `startArchive` is how
/// SDKs spell `start_archive`.
fn likeness(a: &str, b: &str) -> f64 {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    strsim::normalized_damerau_levenshtein(&plain(a), &plain(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curl_command_holds_no_token_and_no_shell_runs_its_data() {
        let prepared = prepare(
            "signal_session",
            r#"{"sessionId": "s", "data": "it's; $(id)"}"#,
        );
        let request = (prepared.unwrap().encode)("123").unwrap();
        let command = curl(&request, "http://127.0.0.1:1/", true);
        assert!(command.starts_with("curl --request POST 'http://127.0.0.1:1/v2/project/123/"));
        assert!(
            command.contains("X-OPENTOK-AUTH: $(vonage-video token rest)"),
            "{command}"
        );
        assert!(
            command.ends_with(r#"--data '{"data":"it'\''s; $(id)"}'"#),
            "{command}"
        );
    }
}
