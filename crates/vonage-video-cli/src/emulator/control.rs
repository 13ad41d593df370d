//! Tells a running emulator what to do, by its control API.

use std::{process::Command, time::Duration};

use http::Method;
use serde_json::{Value, json};
use vonage_video::ROUTES;

use crate::{
    control::Control,
    emulator::arguments::{Fault, Join, Requests, Steer},
    failure::Failure,
    output::{Printer, escape, print},
    running,
    send::{block_on, nearest},
};

/// How often new requests are asked for.
const LOOK: Duration = Duration::from_millis(500);

/// Opens the page with what the platform opens addresses with.
pub(super) fn open(printer: &Printer) -> Result<(), Failure> {
    let running = running::find(None)?;
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

pub(super) fn run(verb: Steer, printer: &Printer) -> Result<(), Failure> {
    let control = Control::new(&running::find(None)?)?;
    block_on(steer(&control, verb, printer))
}

async fn steer(control: &Control, verb: Steer, printer: &Printer) -> Result<(), Failure> {
    match verb {
        Steer::Join(join) => self::join(control, &join).await,
        Steer::Leave {
            session,
            connection,
        } => {
            let path = format!("sessions/{session}/clients/{connection}");
            control.call(Method::DELETE, &path, Value::Null).await?;
            printer.done("The client has left.")
        }
        Steer::Publish {
            session,
            connection,
            video,
            name,
        } => {
            let path = format!("sessions/{session}/clients/{connection}/streams");
            let stream = control
                .call(Method::POST, &path, publish(&video, name.as_ref()))
                .await?;
            print(text(&stream, "id"))
        }
        Steer::Signal {
            session,
            connection,
            data,
            kind,
            to,
        } => {
            let path = format!("sessions/{session}/clients/{connection}/signal");
            let signal = json!({ "data": data, "type": kind, "to": to });
            control.call(Method::POST, &path, signal).await?;
            printer.done("The signal is sent.")
        }
        Steer::Advance { duration } => {
            let seconds = json!({ "seconds": duration.as_secs_f64() });
            clock(
                control.call(Method::POST, "clock/advance", seconds).await?,
                printer,
            )
        }
        Steer::Pause => clock(
            control
                .call(Method::PUT, "clock", json!({ "running": false }))
                .await?,
            printer,
        ),
        Steer::Resume => clock(
            control
                .call(Method::PUT, "clock", json!({ "running": true }))
                .await?,
            printer,
        ),
        Steer::Fault(fault) => self::fault(control, &fault, printer).await,
        Steer::Requests(requests) => self::requests(control, &requests, printer).await,
        Steer::Reset => {
            for path in ["requests", "faults", "webhooks"] {
                control.call(Method::DELETE, path, Value::Null).await?;
            }
            printer.done("Requests, faults and webhook targets are forgotten.")
        }
    }
}

fn clock(clock: Value, printer: &Printer) -> Result<(), Failure> {
    let now = number(&clock, "now");
    let running = clock.get("running").and_then(Value::as_bool) == Some(true);
    let state = if running { "running" } else { "paused" };
    if printer.is_json() {
        return printer.json_value(&clock);
    }
    print(format_args!("{} {state}", crate::output::rfc3339(now)))
}

fn publish(video: &str, name: Option<&String>) -> Value {
    json!({ "videoType": video, "name": name.map_or(video, String::as_str) })
}

async fn join(control: &Control, join: &Join) -> Result<(), Failure> {
    let publish = match join.publish.as_str() {
        "none" => json!([]),
        video => json!([publish(video, join.name.as_ref())]),
    };
    for _ in 0..join.count {
        let body = match &join.token {
            Some(token) => json!({ "token": token, "publish": publish }),
            None => json!({ "role": join.role, "publish": publish }),
        };
        let path = format!("sessions/{}/clients", join.session);
        let client = control.call(Method::POST, &path, body).await?;
        print(text(&client, "connectionId"))?;
    }
    Ok(())
}

async fn fault(control: &Control, fault: &Fault, printer: &Printer) -> Result<(), Failure> {
    if fault.clear {
        control.call(Method::DELETE, "faults", Value::Null).await?;
        return printer.done("No faults are left.");
    }
    let what = fault.what.as_deref().unwrap_or_default();
    let mut body = action(what)?;
    let on = fault.operation.as_deref().unwrap_or_default();
    if on != "any" {
        if !ROUTES.iter().any(|meta| meta.id == on) {
            let hint = nearest(on, ROUTES.iter().map(|meta| meta.id));
            let hint = hint
                .map(|id| format!("; did you mean `{id}`?"))
                .unwrap_or_default();
            return Err(Failure::usage(format!(
                "there is no operation `{on}`{hint}"
            )));
        }
        put(&mut body, "on", on);
    }
    if let Some(times) = fault.times {
        put(&mut body, "times", times);
    }
    if let Some(seconds) = fault.retry_after {
        put(&mut body, "retryAfter", seconds);
    }
    control.call(Method::POST, "faults", body).await?;
    printer.done(&format!("Added: {on} {what}."))
}

/// The action that a word means.
fn action(what: &str) -> Result<Value, Failure> {
    if let Ok(status) = what.parse::<u16>() {
        return Ok(json!({ "do": "status", "status": status }));
    }
    if let Some(delay) = what.strip_prefix("delay=") {
        let delay = crate::duration::parse(delay).map_err(Failure::usage)?;
        return Ok(json!({ "do": "delay", "seconds": delay.as_secs_f64() }));
    }
    Ok(match what {
        "reset" => json!({ "do": "reset" }),
        "lose-response" => json!({ "do": "reset", "afterEffect": true }),
        "truncate" => json!({ "do": "truncate" }),
        "html" => json!({ "do": "garble" }),
        "refuse" => json!({ "do": "refuse" }),
        _ => {
            return Err(Failure::usage(format!(
                "`{what}` is not a fault: use a status such as 503, delay=2s, reset, lose-response, \
                 truncate, html or refuse"
            )));
        }
    })
}

async fn requests(
    control: &Control,
    requests: &Requests,
    printer: &Printer,
) -> Result<(), Failure> {
    let mut after = 0;
    let mut latest = requests.latest;
    loop {
        let mut query = vec![
            ("bodies", "redacted".to_owned()),
            ("latest", latest.to_string()),
        ];
        if after > 0 {
            query.push(("after", after.to_string()));
        }
        if let Some(operation) = &requests.operation {
            query.push(("operation", operation.clone()));
        }
        let page = control.get("requests", &query).await?;
        for item in page
            .get("items")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            after = after.max(number(item, "number"));
            let refused = number(item, "status") >= 400;
            if refused || !requests.refused {
                request(item, printer)?;
            }
        }
        if !requests.follow {
            return Ok(());
        }
        // From here on, all that is new.
        latest = 0;
        tokio::time::sleep(LOOK).await;
    }
}

fn request(item: &Value, printer: &Printer) -> Result<(), Failure> {
    if printer.is_json() {
        return print(crate::output::json(item, false));
    }
    let status = match number(item, "status") {
        0 => "–".to_owned(),
        status => status.to_string(),
    };
    let operation = match text(item, "operation") {
        "" => text(item, "path"),
        operation => operation,
    };
    print(escape(&format!(
        "{:>6}  {status:>3}  {:<6}  {operation}",
        number(item, "number"),
        text(item, "method"),
    )))
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn number(value: &Value, name: &str) -> u64 {
    value.get(name).and_then(Value::as_u64).unwrap_or_default()
}

fn put(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_said_in_a_word() {
        assert_eq!(
            action("503").unwrap(),
            json!({"do": "status", "status": 503})
        );
        assert_eq!(
            action("delay=90s").unwrap(),
            json!({"do": "delay", "seconds": 90.0})
        );
        assert_eq!(
            action("lose-response").unwrap(),
            json!({"do": "reset", "afterEffect": true})
        );
        assert!(action("strat").is_err());
        assert!(action("delay=90").is_err());
    }
}
