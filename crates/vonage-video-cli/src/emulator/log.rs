//! What a running emulator tells on standard error: a line for each request and each webhook.

use std::{
    collections::BTreeSet,
    convert::Infallible,
    future::pending,
    io::{self, IsTerminal as _, Write as _},
    sync::mpsc::{SyncSender, sync_channel},
    thread,
};

use bytes::Bytes;
use http::Request;
use http_body_util::Empty;
use serde_json::{Value, json};
use tower_service::Service as _;
use vonage_video_emulator::{Emulator, EmulatorService};

use crate::{
    options::Common,
    output::{escape, json, rfc3339},
    sse::{Event, Events},
};

/// Most lines that wait for a slow reader of standard error; then lines are dropped, so that the
/// emulator never waits.
const WAITING: usize = 10_000;

/// The log of an emulator. It prints nothing when that is unwanted.
pub(super) struct Log {
    service: EmulatorService,
    /// Where lines are written by a thread of their own; `None` with `--quiet`.
    lines: Option<SyncSender<String>>,
    json: bool,
    requests: u64,
    deliveries: u64,
    undelivered: BTreeSet<u64>,
}

impl Log {
    pub(super) fn new(emulator: &Emulator, common: &Common) -> Self {
        Self {
            service: emulator.service(),
            lines: (!common.quiet).then(writer),
            json: common.json,
            requests: 0,
            deliveries: 0,
            undelivered: BTreeSet::new(),
        }
    }

    /// Prints what happens, for ever.
    pub(super) async fn follow(&mut self) -> Infallible {
        if self.lines.is_some()
            && let Ok(request) = Request::get("/_emulator/events").body(Empty::<Bytes>::new())
            && let Ok(response) = self.service.call(request).await
        {
            let mut events = Events::new(response.into_body());
            while let Some(event) = events.next().await {
                self.tell(&event);
            }
        }
        pending().await
    }

    fn tell(&mut self, event: &Event) {
        let number = number(&event.data, "number");
        let line = match event.name.as_str() {
            "request" => {
                self.requests = self.requests.max(number);
                request(&event.data)
            }
            "delivery" => {
                self.deliveries = self.deliveries.max(number);
                if event.data.get("arrived") == Some(&true.into()) {
                    self.undelivered.remove(&number);
                } else {
                    self.undelivered.insert(number);
                }
                match delivery(&event.data) {
                    Some(line) => line,
                    None => return,
                }
            }
            _ => return,
        };
        self.write(if self.json {
            json(&json!({ "event": event.name, "data": event.data }), false)
        } else {
            escape(&line)
        });
    }

    fn write(&self, line: String) {
        if let Some(lines) = &self.lines {
            let _ = lines.try_send(line);
        }
    }

    /// Says what there was, to people.
    pub(super) fn end(&self) {
        if self.lines.is_none() || self.json || !io::stderr().is_terminal() {
            return;
        }
        let hooks = match (self.deliveries, self.undelivered.len()) {
            (0, _) => String::new(),
            (all, 0) => format!(", {}", counted(all, "webhook")),
            (all, lost) => format!(", {} ({lost} not delivered)", counted(all, "webhook")),
        };
        // Directly: the thread that writes lines may end before it.
        let _ = writeln!(
            io::stderr(),
            "{}{hooks}. Bye.",
            counted(self.requests, "request")
        );
    }
}

fn counted(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A thread that writes lines to standard error.
fn writer() -> SyncSender<String> {
    let (send, lines) = sync_channel::<String>(WAITING);
    thread::spawn(move || {
        for line in lines {
            if writeln!(io::stderr(), "{line}").is_err() {
                return;
            }
        }
    });
    send
}

/// `01:27:17  200  create_session         P7P45S`
pub(super) fn request(item: &Value) -> String {
    let status = match number(item, "status") {
        0 => "–".to_owned(),
        status => status.to_string(),
    };
    let operation = match text(item, "operation") {
        "" => format!("{} {}", text(item, "method"), text(item, "target")),
        operation => operation.to_owned(),
    };
    let mut line = format!(
        "{}  {status:>3}  {operation:<24}  {}",
        time(item),
        text(item, "sessionName")
    );
    let list = |name: &str| {
        item.get(name)
            .and_then(Value::as_array)
            .filter(|it| !it.is_empty())
    };
    if let Some(ignored) = list("ignored") {
        let names: Vec<&str> = ignored.iter().filter_map(Value::as_str).collect();
        line += &format!("  ignored: {}", names.join(", "));
    }
    if list("faults").is_some() {
        line += "  by a fault";
    }
    line.trim_end().to_owned()
}

/// `01:27:19  hook streamCreated → localhost:3000  200`; `None` before it was attempted.
fn delivery(item: &Value) -> Option<String> {
    let outcome = item.pointer("/latest/outcome")?;
    let outcome = match outcome.get("status").and_then(Value::as_u64) {
        Some(status) => status.to_string(),
        None => text(outcome, "failed").to_owned(),
    };
    let event = match text(item, "status") {
        "" => text(item, "event").to_owned(),
        status => format!("{} {status}", text(item, "event")),
    };
    let url = text(item, "url");
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or(host);
    Some(format!("{}  hook {event} → {host}  {outcome}", time(item)))
}

/// The time of day, in virtual time.
fn time(item: &Value) -> String {
    let time = rfc3339(number(item, "at") / 1000 * 1000);
    time.get(11..19).unwrap_or_default().to_owned()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn number(value: &Value, name: &str) -> u64 {
    value.get(name).and_then(Value::as_u64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_one_line_with_what_its_caller_should_know() {
        let record = json!({
            "at": 1_795_656_437_123_u64, "status": 200, "operation": "start_archive",
            "sessionName": "P7P45S", "ignored": ["layout.colour"], "faults": [],
        });
        assert_eq!(
            request(&record),
            "01:27:17  200  start_archive             P7P45S  ignored: layout.colour"
        );
        let broken =
            json!({"at": 0, "method": "GET", "target": "/v1", "status": null, "faults": [1]});
        assert_eq!(
            request(&broken),
            "00:00:00    –  GET /v1                     by a fault"
        );
    }

    #[test]
    fn a_delivery_is_told_with_its_outcome_once_there_is_one() {
        let mut record = json!({
            "at": 0, "event": "archive", "status": "started", "url": "http://localhost:3000/hooks",
            "latest": null,
        });
        assert_eq!(delivery(&record), None);
        record["latest"] = json!({"outcome": {"status": 200}});
        let line = "00:00:00  hook archive started → localhost:3000  200";
        assert_eq!(delivery(&record).as_deref(), Some(line));
        record["latest"] = json!({"outcome": {"failed": "no one listens"}});
        assert!(delivery(&record).unwrap().ends_with("  no one listens"));
    }
}
