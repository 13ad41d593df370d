//! What people read of faults and of a session's timeline.

use serde_json::{Value, json};
use vonage_video_core::models::{Archive, Broadcast, VideoType};

use crate::{
    site::FaultAction,
    webhook::WebhookTarget,
    world::{Connection, ConnectionKind, Session, Stream},
};

/// What a fault may do: its name in a form, its words, and the numbers that it has.
pub(super) const ACTIONS: &[(&str, &str, &[&str])] = &[
    ("status", "respond with a status", &["status", "retryAfter"]),
    ("delay", "wait", &["seconds"]),
    ("delayBody", "wait within the response", &["seconds"]),
    ("reset", "reset the connection", &[]),
    ("lose", "lose the response (it had an effect)", &[]),
    ("truncate", "cut the response off", &[]),
    ("garble", "respond with HTML", &[]),
    ("foreign", "respond as another server", &["status"]),
    ("echo", "repeat the token in an error", &["status"]),
    ("ignoreOffset", "ignore the offset of lists", &[]),
    ("repeatLastPage", "repeat the last page of lists", &[]),
    ("refuse", "refuse connections", &[]),
    ("expiredCertificate", "show an expired certificate", &[]),
];

/// Faults that are added with one press, as the control API reads them.
pub(super) fn presets() -> Value {
    json!([
        ["503 twice", { "do": "status", "status": 503, "times": 2 }],
        ["429, again in 2 s", { "do": "status", "status": 429, "retryAfter": 2, "times": 1 }],
        ["Slow", { "do": "delay", "seconds": 2 }],
        ["Response lost", { "do": "reset", "afterEffect": true, "times": 1 }],
        ["Refuse connections", { "do": "refuse", "times": 1 }],
    ])
}

/// What a fault does.
pub(super) fn of_action(action: &FaultAction) -> String {
    let form = json!(action);
    let name = match action {
        FaultAction::Reset { after_effect: true } => "lose",
        _ => form.get("do").and_then(Value::as_str).unwrap_or_default(),
    };
    let known = ACTIONS.iter().find(|(known, _, _)| *known == name);
    let mut words = known.map_or(name, |(_, words, _)| words).to_owned();
    let number = |member: &str| form.get(member).filter(|value| value.is_number());
    if let Some(status) = number("status") {
        words += &format!(", {status}");
    }
    if let Some(seconds) = number("seconds") {
        words += &format!(", {seconds} s");
    }
    if let Some(seconds) = number("retryAfter") {
        words += &format!(", again in {seconds} s");
    }
    if let FaultAction::Status {
        after_effect: true, ..
    } = action
    {
        words += ", after the effect";
    }
    if let FaultAction::Date { date } = action {
        words = format!("send the date {date}");
    }
    words
}

/// A word for people, and whether it is `good` or `bad` news.
pub(super) type State = (String, Option<&'static str>);

/// The states of a session.
pub(super) fn of_session(session: &Session) -> Vec<State> {
    let mode = if session.relayed { "relayed" } else { "routed" };
    let states = [
        (true, (mode, None)),
        (session.auto_archive.is_some(), ("records by itself", None)),
        (session.e2ee, ("encrypted", None)),
        (session.muted_except.is_some(), ("force mute", None)),
        (!session.archives.is_empty(), ("recording", Some("bad"))),
        (!session.broadcasts.is_empty(), ("live", Some("good"))),
        (session.captions.is_some(), ("captions", None)),
    ];
    let present = states.into_iter().filter(|(is, _)| *is);
    let state = |(_, (word, news)): (_, (&str, _))| (word.to_owned(), news);
    present.map(state).collect()
}

/// The states of a client in a session: what it is, and whether it only watches.
pub(super) fn of_client(client: &Connection) -> Vec<State> {
    let what = match client.kind {
        ConnectionKind::Client => client.role.as_str(),
        ConnectionKind::SipCall(_) => "SIP call",
        ConnectionKind::Render(_) => "Experience Composer",
        ConnectionKind::AudioConnector(_) => "audio connector",
    };
    let watches = client.streams.is_empty();
    let watches = watches.then(|| plain("watching"));
    std::iter::once(plain(what)).chain(watches).collect()
}

/// The states of a stream: what it shows, whether it is heard, and its layout classes.
pub(super) fn of_stream(stream: &Stream) -> Vec<State> {
    let video = stream
        .video_type
        .as_ref()
        .map_or("audio", VideoType::as_str);
    let mut states = vec![plain(video)];
    states.extend(stream.muted.then(|| bad("muted")));
    states.extend((!stream.has_audio).then(|| plain("no sound")));
    states.extend(
        stream
            .classes
            .iter()
            .map(|class| plain(&format!(".{class}"))),
    );
    states
}

/// The states of a target of webhooks: what is sent to it, and how deliveries fail.
pub(super) fn of_target(target: &WebhookTarget) -> Vec<State> {
    let signed = target.secret.is_some();
    let mut states = vec![plain(if signed { "signed" } else { "unsigned" })];
    states.extend(
        target
            .events
            .as_ref()
            .map(|events| plain(&events.join(", "))),
    );
    states.extend(target.project.as_deref().map(plain));
    let faults = &target.faults;
    let late = faults.late_seconds;
    states.extend((late > 0).then(|| bad(&format!("{late} s late"))));
    let ways = [
        (faults.twice, "twice"),
        (faults.out_of_order, "out of order"),
        (faults.unsigned, "without the signature"),
        (faults.wrongly_signed, "wrongly signed"),
        (faults.new_ids, "new ids"),
    ];
    states.extend(
        ways.into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, way)| bad(way)),
    );
    states
}

/// The state of an archive or broadcast, as good or bad news.
pub(super) fn of_status(status: &str) -> Vec<State> {
    vec![match status {
        "started" | "available" | "uploaded" => (status.to_owned(), Some("good")),
        "failed" | "expired" | "deleted" => bad(status),
        _ => plain(status),
    }]
}

fn plain(word: &str) -> State {
    (word.to_owned(), None)
}

fn bad(word: &str) -> State {
    (word.to_owned(), Some("bad"))
}

/// What an item of a timeline says: a title, what it is about, how it went, and the path in the
/// page of what shows more.
pub(super) fn of_item(kind: &str, data: &Value) -> Value {
    let text = |pointer: &str| data.pointer(pointer).and_then(Value::as_str);
    let number = |pointer: &str| data.pointer(pointer).and_then(Value::as_u64);
    let first = |pointers: &[&str]| pointers.iter().find_map(|it| text(it));
    match kind {
        "request" => json!({
            "title": first(&["/operation", "/target"]),
            "outcome": number("/status").map_or("no response".to_owned(), |it| it.to_string()),
            "good": number("/status").is_some_and(|status| status < 400),
            "link": format!("requests/{}", number("/number").unwrap_or_default()),
        }),
        "delivery" => json!({
            "title": text("/event"),
            "about": text("/status"),
            "outcome": delivered(data),
            "good": number("/attempt/outcome/status").is_some_and(|it| it < 300),
            "link": format!("webhooks/{}", number("/number").unwrap_or_default()),
        }),
        "clock" => json!({
            "title": "clock",
            "about": format!("leapt {} s", number("/leaptMs").unwrap_or_default() / 1000),
        }),
        "event" => json!({
            "title": text("/event"),
            "about": first(&["/body/connection/data", "/body/stream/name", "/body/name"]),
            "outcome": first(&["/body/status", "/body/reason"]),
        }),
        _ => json!({
            "title": text("/notice"),
            "about": first(&["/data", "/caption", "/digits"]),
            "outcome": text("/type"),
        }),
    }
}

/// The picture, size, length and end of an archive, as far as there are any.
pub(super) fn of_archive(archive: &Archive) -> String {
    let picture = archive.resolution.as_ref().map(ToString::to_string);
    let size = (archive.size > 0).then(|| match archive.size {
        bytes @ ..1_048_576 => format!("{} KiB", bytes.div_ceil(1024)),
        bytes => format!("{} MiB", bytes.div_ceil(1_048_576)),
    });
    let seconds = archive.duration;
    let length = (seconds > 0).then(|| format!("{}:{:02}", seconds / 60, seconds % 60));
    let reason = archive.reason.as_ref().map(ToString::to_string);
    joined([picture, size, length, reason.filter(|it| !it.is_empty())])
}

/// The picture and the outputs of a broadcast.
pub(super) fn of_broadcast(broadcast: &Broadcast) -> String {
    let picture = broadcast.resolution.as_ref().map(ToString::to_string);
    let urls = broadcast.urls.as_ref();
    let hls = urls.and_then(|urls| urls.hls_status.as_ref());
    let hls = hls.map(|status| format!("HLS {status}"));
    let rtmp = urls.into_iter().flat_map(|urls| &urls.rtmp).map(|target| {
        let id = target.id.as_deref().unwrap_or_default();
        Some(format!("RTMP {id} {}", target.status))
    });
    joined([picture, hls].into_iter().chain(rtmp))
}

fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What became of an attempt of a delivery.
fn delivered(delivery: &Value) -> String {
    let outcome = delivery.pointer("/attempt/outcome");
    let status = outcome.and_then(|it| it.get("status")?.as_u64());
    let failed = outcome.and_then(|it| it.get("failed")?.as_str());
    match (status, failed) {
        (Some(status), _) => status.to_string(),
        (None, Some(failed)) => failed.to_owned(),
        (None, None) => "waiting".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::site::Fault;

    #[test]
    fn faults_are_told_in_words() {
        for (fault, words) in [
            (Fault::status(503), "respond with a status, 503"),
            (
                Fault::too_many(2),
                "respond with a status, 429, again in 2 s",
            ),
            (Fault::reset_before(), "reset the connection"),
            (Fault::reset_after(), "lose the response (it had an effect)"),
            (Fault::delay(Duration::from_millis(1500)), "wait, 1.5 s"),
            (Fault::date("tomorrow"), "send the date tomorrow"),
        ] {
            assert_eq!(of_action(&fault.action), words);
        }
    }

    #[test]
    fn every_preset_is_a_fault() {
        for preset in presets().as_array().into_iter().flatten() {
            let fault: Result<Fault, _> = serde_json::from_value(preset[1].clone());
            assert!(fault.is_ok(), "{preset}: {fault:?}");
        }
    }
}
