//! Tells a running emulator what to do, by its control API.

use std::{fs, process::Command};

use http::Method;
use serde_json::{Value, json};

use crate::{
    control::Control,
    emulator::{
        arguments::{Join, Steer},
        faults, requests,
    },
    failure::Failure,
    output::{Printer, json as written, print, rfc3339},
    private_file,
    running::Running,
    send::block_on,
    signals,
};

/// Opens the page with what the platform opens addresses with.
pub(super) fn open(running: &Running, printer: &Printer) -> Result<(), Failure> {
    let url = format!("{}/", running.url);
    let (program, arguments): (_, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let opened = Command::new(program).args(arguments).arg(&url).status();
    match opened {
        Ok(status) if status.success() => printer.done(&format!("Opened {url}")),
        _ => print(url),
    }
}

pub(super) fn run(running: &Running, verb: Steer, printer: &Printer) -> Result<(), Failure> {
    let control = Control::new(running)?;
    block_on(steer(&control, verb, printer))
}

async fn steer(control: &Control, verb: Steer, printer: &Printer) -> Result<(), Failure> {
    match verb {
        Steer::Sessions => sessions(control, printer).await,
        Steer::Join(join) => self::join(control, &join, printer).await,
        Steer::Leave {
            session,
            connection,
            drop_off,
        } => {
            let reason = if drop_off {
                "networkDisconnected"
            } else {
                "clientDisconnected"
            };
            let client = control.client(&session, &connection).await?;
            let path = format!("{client}?reason={reason}");
            control.call(Method::DELETE, &path, Value::Null).await?;
            printer.done("The client has left.")
        }
        Steer::Publish {
            session,
            connection,
            video,
            name,
        } => {
            let path = format!("{}/streams", control.client(&session, &connection).await?);
            let stream = control
                .call(Method::POST, &path, publish(&video, name.as_ref())?)
                .await?;
            made(printer, &stream, "id")
        }
        Steer::Unpublish {
            session,
            connection,
            stream,
        } => {
            let client = control.client(&session, &connection).await?;
            let path = format!("{client}/streams/{stream}");
            control.call(Method::DELETE, &path, Value::Null).await?;
            printer.done("The stream has ended.")
        }
        Steer::Signal {
            session,
            connection,
            data,
            kind,
            to,
        } => {
            let path = format!("{}/signal", control.client(&session, &connection).await?);
            let signal = json!({ "data": data, "type": kind, "to": to });
            control.call(Method::POST, &path, signal).await?;
            printer.done("The signal is sent.")
        }
        Steer::Inbox {
            session,
            connection,
        } => {
            let path = format!("{}/inbox", control.client(&session, &connection).await?);
            let inbox = control.get(&path, &[]).await?;
            let notices = inbox.get("items").and_then(Value::as_array);
            let mut notices = notices.into_iter().flatten();
            notices.try_for_each(|notice| print(written(notice, false)))
        }
        Steer::Caption {
            session,
            stream,
            text,
        } => {
            let path = format!("{}/captions", control.session(&session).await?);
            let caption = json!({ "streamId": stream, "caption": text, "isFinal": true });
            control.call(Method::POST, &path, caption).await?;
            printer.done("It is said.")
        }
        Steer::Rotate { session, announce } => {
            let path = format!("{}/rotation", control.session(&session).await?);
            let rotation = if announce { "announce" } else { "happen" };
            let rotation = json!({ "rotation": rotation });
            control.call(Method::POST, &path, rotation).await?;
            printer.done(if announce {
                "It is announced."
            } else {
                "The session has moved."
            })
        }
        Steer::Advance { duration } => {
            let seconds = json!({ "seconds": duration.as_secs_f64() });
            let advanced = control.call(Method::POST, "clock/advance", seconds);
            clock(&advanced.await?, printer)
        }
        Steer::Pause => set_clock(control, json!({ "running": false }), printer).await,
        Steer::Resume => set_clock(control, json!({ "running": true }), printer).await,
        Steer::Skew { seconds } => {
            set_clock(control, json!({ "skewSeconds": seconds }), printer).await
        }
        Steer::Fault(fault) => faults::add(control, &fault, printer).await,
        Steer::Requests(requests) => requests::show(control, &requests, printer).await,
        Steer::Export { file } => {
            let state = control.get("state/export", &[]).await?.to_string();
            if file.as_os_str() == "-" {
                return print(state);
            }
            let failed = |error| Failure::Io(format!("cannot write {}: {error}", file.display()));
            private_file::write(&file, state.as_bytes()).map_err(failed)?;
            printer.done(&format!("The state is in {}.", file.display()))
        }
        Steer::Import { file } => {
            let failed = |why: String| Failure::usage(format!("{}: {why}", file.display()));
            let text = fs::read_to_string(&file).map_err(|error| failed(error.to_string()))?;
            let state = serde_json::from_str(&text).map_err(|error| failed(error.to_string()))?;
            control.call(Method::POST, "state/import", state).await?;
            printer.done("The emulator continues from it.")
        }
        Steer::Reset => {
            for path in ["requests", "faults", "webhooks"] {
                control.call(Method::DELETE, path, Value::Null).await?;
            }
            printer.done("Requests, faults and webhook targets are forgotten.")
        }
    }
}

async fn sessions(control: &Control, printer: &Printer) -> Result<(), Failure> {
    let mut items = control.sessions().await?;
    for item in &mut items {
        let id = item.get("sessionId").cloned().unwrap_or_default();
        if let Some(members) = item.as_object_mut() {
            members.insert("id".to_owned(), id);
        }
    }
    printer.list("EmulatedSession", &items)
}

async fn set_clock(control: &Control, settings: Value, printer: &Printer) -> Result<(), Failure> {
    clock(
        &control.call(Method::PUT, "clock", settings).await?,
        printer,
    )
}

fn clock(clock: &Value, printer: &Printer) -> Result<(), Failure> {
    let now = clock.get("now").and_then(Value::as_u64).unwrap_or_default();
    let running = clock.get("running").and_then(Value::as_bool) == Some(true);
    let state = if running { "running" } else { "paused" };
    if printer.is_json() {
        return printer.json_value(clock);
    }
    print(format_args!("{} {state}", rfc3339(now)))
}

/// What a client publishes, from a word for it.
fn publish(video: &str, name: Option<&String>) -> Result<Value, Failure> {
    let name = name.map_or(video, String::as_str);
    match video {
        "camera" | "screen" | "custom" => Ok(json!({ "videoType": video, "name": name })),
        "audio" => Ok(json!({ "hasVideo": false, "name": name })),
        _ => Err(Failure::usage(format!(
            "a client publishes camera, screen, custom or audio, not `{video}`"
        ))),
    }
}

async fn join(control: &Control, join: &Join, printer: &Printer) -> Result<(), Failure> {
    let publish = match join.publish.as_str() {
        "none" => json!([]),
        video => json!([publish(video, join.name.as_ref())?]),
    };
    let session = control.session(&join.session).await?;
    let path = format!("{session}/clients");
    let stop = signals::interrupted()?;
    let mut clients = Vec::new();
    for _ in 0..join.count {
        let body = match &join.token {
            Some(token) => json!({ "token": token, "publish": publish }),
            None => json!({ "role": join.role, "publish": publish }),
        };
        let client = control.call(Method::POST, &path, body).await?;
        made(printer, &client, "connectionId")?;
        clients.push(text(&client, "connectionId").to_owned());
    }
    if !join.follow {
        return Ok(());
    }
    let id = session.trim_start_matches("sessions/").to_owned();
    let ended = tokio::select! {
        stopped = stop => stopped,
        told = tell(control, &id, &clients, printer) => told,
    };
    for client in &clients {
        // One that was disconnected is gone already.
        let path = format!("{path}/{client}");
        let _ = control.call(Method::DELETE, &path, Value::Null).await;
    }
    ended
}

/// Prints what reaches clients, until the emulator ends.
async fn tell(
    control: &Control,
    session: &str,
    clients: &[String],
    printer: &Printer,
) -> Result<(), Failure> {
    let mut events = control.events(Some(session)).await?;
    while let Some(event) = events.next().await {
        let data = &event.data;
        let is = |name: &str| clients.iter().any(|client| client == text(data, name));
        let reaches = match (data.get("only"), data.get("except")) {
            (Some(_), _) => is("only"),
            (_, Some(_)) => clients.len() > 1 || !is("except"),
            _ => true,
        };
        if event.name == "notice" && reaches {
            print(if printer.is_json() {
                written(data, false)
            } else {
                crate::output::escape(&format!("{}  {}", text(data, "notice"), brief(data)))
            })?;
        }
    }
    Ok(())
}

/// The members of a notice that are not for every one the same.
fn brief(data: &Value) -> String {
    let members = data.as_object().into_iter().flatten();
    let shown = members.filter(|(name, value)| {
        !matches!(
            name.as_str(),
            "notice" | "at" | "sessionId" | "only" | "except"
        ) && !value.is_null()
    });
    let shown: Vec<String> = shown
        .map(|(name, value)| {
            format!(
                "{name}={}",
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned)
            )
        })
        .collect();
    shown.join("  ")
}

/// Prints the id of what was made.
fn made(printer: &Printer, value: &Value, name: &str) -> Result<(), Failure> {
    if printer.is_json() {
        return printer.json_value(value);
    }
    print(text(value, name))
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
