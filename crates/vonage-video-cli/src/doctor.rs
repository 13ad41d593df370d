//! `doctor`: looks at each step between this machine and the service, and says what to do.

use std::{
    env,
    net::ToSocketAddrs as _,
    time::{Duration, SystemTime},
};

use clap::Args;
use http::{HeaderMap, header::DATE};
use serde_json::{Value, json};
use vonage_video::{
    Error, ErrorKind, Timestamp, auth,
    contract::shared::unbracketed,
    operations::ListArchives,
    transport::{ConnectError, ConnectErrorKind},
};

use crate::{
    clock,
    failure::Failure,
    options::Whose,
    output::{Printer, escape, print},
    profile::Target,
    send::block_on,
};

/// A call that takes longer is slow.
const SLOW: Duration = Duration::from_secs(1);
/// The most seconds by which two clocks differ that agree.
const AGREES: u64 = 30;
/// How long the one call may take.
const LIMIT: Duration = Duration::from_secs(15);

#[derive(Args)]
pub(crate) struct Doctor {
    /// The secret that webhooks are signed with, a file
    #[arg(long, value_name = "FILE")]
    webhook_secret_file: Option<String>,
    #[command(flatten)]
    whose: Whose,
}

/// What a check found, what it means, and what to do.
struct Finding {
    what: &'static str,
    state: State,
    text: String,
    advice: Option<&'static str>,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum State {
    Fine,
    Warning,
    Fault,
}

impl Finding {
    fn new(what: &'static str, state: State, text: impl Into<String>) -> Self {
        Self {
            what,
            state,
            text: text.into(),
            advice: None,
        }
    }

    fn advise(mut self, advice: &'static str) -> Self {
        self.advice = Some(advice);
        self
    }
}

pub(crate) fn run(doctor: &Doctor, printer: &Printer, now: SystemTime) -> Result<(), Failure> {
    let mut findings = Vec::new();
    match doctor.whose.target(false) {
        Ok(target) => {
            findings.push(credentials(&target));
            findings.push(token(&target, now));
            findings.push(proxy());
            findings.extend(address(&target));
            findings.extend(call(&target));
        }
        Err(failure) => findings.push(
            Finding::new("credentials", State::Fault, message(&failure))
                .advise("vonage-video profiles add, or set the variables of help environment"),
        ),
    }
    if let Some(file) = &doctor.webhook_secret_file {
        findings.push(webhook_secret(file));
    }
    tell(&findings, printer)?;
    let faults = findings
        .iter()
        .filter(|finding| finding.state != State::Fine)
        .count();
    if faults > 0 {
        return Err(Failure::Check(format!(
            "{faults} of {} checks found something",
            findings.len()
        )));
    }
    Ok(())
}

fn message(failure: &Failure) -> String {
    let json = failure.to_json();
    let message = json.pointer("/error/message").and_then(Value::as_str);
    message.unwrap_or_default().to_owned()
}

fn credentials(target: &Target) -> Finding {
    let environment = target.credentials.environment();
    Finding::new(
        "credentials",
        State::Fine,
        format!("{environment}, from {}", target.origin),
    )
}

/// A client token that is made here passes its own inspection.
fn token(target: &Target, now: SystemTime) -> Finding {
    let session =
        vonage_video::SessionInfo::new(target.credentials.project(), now, "doctor").encode();
    match target.credentials.token(&session).sign() {
        Ok(token) if auth::Inspector::new(now).inspect(&token).is_fine() => Finding::new(
            "token",
            State::Fine,
            "a client token made here passes inspection",
        ),
        Ok(_) => Finding::new(
            "token",
            State::Fault,
            "a client token made here does not pass inspection",
        ),
        Err(error) => Finding::new("token", State::Fault, error.to_string())
            .advise("the key or secret cannot sign: compare it with the dashboard's"),
    }
}

fn proxy() -> Finding {
    let names = [
        "HTTPS_PROXY",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
    ];
    // Its value may hold a password.
    match names
        .iter()
        .find(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
    {
        Some(name) => Finding::new("proxy", State::Fine, format!("{name} is set")),
        None => Finding::new("proxy", State::Fine, "none"),
    }
}

/// Whether the host's name has an address.
fn address(target: &Target) -> Option<Finding> {
    let url = target
        .base_url
        .clone()
        .unwrap_or_else(|| match target.credentials.environment() {
            vonage_video::Environment::OpenTok => "https://api.opentok.com".to_owned(),
            _ => "https://video.api.vonage.com".to_owned(),
        });
    let uri: http::Uri = url.parse().ok()?;
    let host = unbracketed(uri.host()?).to_owned();
    let port = uri
        .port_u16()
        .unwrap_or(if uri.scheme_str() == Some("http") {
            80
        } else {
            443
        });
    let started = (host.as_str(), port).to_socket_addrs();
    Some(match started.map(Iterator::count) {
        Ok(count) if count > 0 => {
            let addresses = if count == 1 { "address" } else { "addresses" };
            Finding::new(
                "name",
                State::Fine,
                format!("{host} has {count} {addresses}"),
            )
        }
        Ok(_) => Finding::new("name", State::Fault, format!("{host} has no address"))
            .advise("check the base URL and this machine's DNS"),
        Err(error) => Finding::new("name", State::Warning, format!("{host}: {error}"))
            .advise("check the base URL and this machine's DNS; behind a proxy this may be right"),
    })
}

/// One cheap call, and what it says of the way, the clock and the credentials.
fn call(target: &Target) -> Vec<Finding> {
    let outcome = target.client().and_then(|client| {
        block_on(async {
            let call = client
                .send(ListArchives::new().count(1))
                .timeout(LIMIT)
                .with_response();
            Ok(call.await)
        })
    });
    match outcome {
        Ok(Ok(response)) => vec![
            answered(response.attempts, response.elapsed),
            agreement(&response.headers),
        ],
        Ok(Err(error)) => vec![of_error(&error)],
        Err(failure) => vec![Finding::new("call", State::Fault, message(&failure))],
    }
}

/// How a call was answered that succeeded in the end.
fn answered(attempts: u32, elapsed: Duration) -> Finding {
    let text = format!("list_archives was answered in {} ms", elapsed.as_millis());
    if attempts > 1 {
        let text = format!("{text}, at attempt {attempts}: those before it failed");
        return Finding::new("call", State::Warning, text)
            .advise("calls fail now and then: look at the network and at the service's status");
    }
    if elapsed > SLOW {
        return Finding::new("call", State::Warning, text)
            .advise("something on the way is slow: the network, a proxy, or the service");
    }
    Finding::new("call", State::Fine, text)
}

/// How far this machine's clock is from the server's.
fn agreement(headers: &HeaderMap) -> Finding {
    let date = headers.get(DATE).and_then(|date| date.to_str().ok());
    let server = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
    let Some(server) = server.map(|date| date.timestamp().as_second()) else {
        return Finding::new("clock", State::Warning, "the server's time cannot be read")
            .advise("something on the way removes or changes the header Date");
    };
    let here = Timestamp::from(clock::now()).as_millis() / 1000;
    let here = i64::try_from(here).unwrap_or(i64::MAX);
    let ahead = here.saturating_sub(server);
    if ahead.unsigned_abs() <= AGREES {
        return Finding::new("clock", State::Fine, "agrees with the server's");
    }
    let side = if ahead > 0 { "ahead of" } else { "behind" };
    let text = format!("{} s {side} the server's", ahead.unsigned_abs());
    Finding::new("clock", State::Warning, text)
        .advise("calls are corrected, tokens for clients may be refused: timedatectl set-ntp true")
}

/// What is wrong with the connection, where that is known.
fn of_connection(
    error: &(dyn std::error::Error + 'static),
) -> Option<(&'static str, &'static str)> {
    let mut error = Some(error);
    let kind = loop {
        let this = error?;
        if let Some(connect) = this.downcast_ref::<ConnectError>() {
            break connect.kind();
        }
        error = this.source();
    };
    Some(match kind {
        ConnectErrorKind::Dns => ("name", "check the base URL and this machine's DNS"),
        ConnectErrorKind::Proxy => (
            "proxy",
            "the proxy is not reached, or refuses: check its URL",
        ),
        ConnectErrorKind::ProxyAuthentication => {
            ("proxy", "the proxy wants a user and a password in its URL")
        }
        ConnectErrorKind::CertificateExpired | ConnectErrorKind::CertificateNotYetValid => (
            "tls",
            "the server's certificate is not valid now: check this machine's clock first",
        ),
        ConnectErrorKind::CertificateWrongHost => (
            "tls",
            "the certificate is another host's: check the base URL",
        ),
        ConnectErrorKind::CertificateUnknownAuthority => (
            "tls",
            "a proxy that reads TLS, or an emulator: name its authority in SSL_CERT_FILE",
        ),
        ConnectErrorKind::Tls
        | ConnectErrorKind::TlsVersion
        | ConnectErrorKind::NotTls
        | ConnectErrorKind::NoRoots
        | ConnectErrorKind::ClientCertificate => (
            "tls",
            "check the base URL, and what stands between this machine and the service",
        ),
        _ => return None,
    })
}

fn of_error(error: &Error) -> Finding {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    let fault = |what| Finding::new(what, State::Fault, text.clone());
    match error.kind() {
        ErrorKind::Api(api) if api.clock_skew.is_some() => {
            fault("clock").advise("set this machine's clock right: timedatectl set-ntp true")
        }
        ErrorKind::Api(_) if error.is_refused_credentials() => {
            fault("call").advise("the project's key or secret is wrong, or of another project")
        }
        ErrorKind::Api(_) if error.is_rate_limited() => {
            Finding::new("call", State::Warning, text).advise("wait, and send less at a time")
        }
        ErrorKind::Api(_) if error.is_not_found() => {
            fault("call").advise("the base URL leads somewhere else: check its path")
        }
        ErrorKind::Api(_) => fault("call").advise("the service failed: try again later"),
        ErrorKind::Connect if of_connection(error).is_some() => {
            let (what, advice) = of_connection(error).unwrap_or_default();
            fault(what).advise(advice)
        }
        ErrorKind::Connect => {
            fault("connect").advise("check the base URL, the network and the proxy")
        }
        ErrorKind::Timeout(_) => {
            fault("connect").advise("something on the way is slow or drops packets")
        }
        ErrorKind::Transport => fault("connect").advise("something on the way breaks connections"),
        ErrorKind::Decode(_) => fault("call")
            .advise("something else answers in the service's place: a proxy, a sign-in page"),
        _ => fault("call"),
    }
}

fn webhook_secret(file: &str) -> Finding {
    let read = std::fs::read_to_string(file).map_err(|error| error.to_string());
    let verifier = read.and_then(|secret| {
        auth::WebhookVerifier::new(secret.trim()).map_err(|error| error.to_string())
    });
    match verifier {
        Ok(_) => Finding::new("webhooks", State::Fine, "the secret can verify signatures"),
        Err(error) => Finding::new("webhooks", State::Fault, format!("{file}: {error}"))
            .advise("copy the signature secret of the application from the dashboard"),
    }
}

fn tell(findings: &[Finding], printer: &Printer) -> Result<(), Failure> {
    let word = |state| match state {
        State::Fine => "ok",
        State::Warning => "warn",
        State::Fault => "FAIL",
    };
    if printer.is_json() {
        let findings: Vec<Value> = findings
            .iter()
            .map(|it| json!({"check": it.what, "state": word(it.state), "text": it.text, "advice": it.advice}))
            .collect();
        return printer.json_value(&json!(findings));
    }
    for finding in findings {
        let text = escape(&finding.text);
        print(format_args!(
            "{:<12} {:<5} {text}",
            finding.what,
            word(finding.state)
        ))?;
        if let Some(advice) = finding.advice {
            print(format_args!("{:<12}       → {advice}", ""))?;
        }
    }
    Ok(())
}
