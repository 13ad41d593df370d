//! `emulator requests`: what was asked of the emulator, and how it answered.

use serde_json::Value;

use crate::{
    control::Control,
    emulator::{arguments::Requests, log},
    failure::Failure,
    output::{Printer, escape, json, print},
};

pub(super) async fn show(
    control: &Control,
    requests: &Requests,
    printer: &Printer,
) -> Result<(), Failure> {
    if let Some(number) = requests.as_curl {
        let item = control.get(&format!("requests/{number}"), &[]).await?;
        return print(item.get("curl").and_then(Value::as_str).unwrap_or_default());
    }
    // Before the list is read, so that nothing is missed in between.
    let events = if requests.follow {
        Some(control.events(None).await?)
    } else {
        None
    };
    let mut query = vec![
        ("bodies", "redacted".to_owned()),
        ("latest", requests.latest.to_string()),
    ];
    if let Some(operation) = &requests.operation {
        query.push(("operation", operation.clone()));
    }
    if requests.refused {
        query.push(("refused", "true".to_owned()));
    }
    let page = control.get("requests", &query).await?;
    let mut last = 0;
    for item in page
        .get("items")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        last = last.max(number(item));
        line(item, requests, printer)?;
    }
    let Some(mut events) = events else {
        return Ok(());
    };
    while let Some(event) = events.next().await {
        if event.name == "request" && number(&event.data) > last {
            line(&event.data, requests, printer)?;
        }
    }
    Err(Failure::Emulator("the emulator has ended".to_owned()))
}

/// Prints a request, if it is wanted.
fn line(item: &Value, requests: &Requests, printer: &Printer) -> Result<(), Failure> {
    let operation = item.get("operation").and_then(Value::as_str);
    let other = requests.operation.is_some() && requests.operation.as_deref() != operation;
    let status = item.get("status").and_then(Value::as_u64);
    let fine = status.is_some_and(|status| status < 400);
    if other || (requests.refused && fine) {
        return Ok(());
    }
    if printer.is_json() {
        return print(json(item, false));
    }
    print(escape(&format!(
        "{:>6}  {}",
        number(item),
        log::request(item)
    )))
}

fn number(item: &Value) -> u64 {
    item.get("number")
        .and_then(Value::as_u64)
        .unwrap_or_default()
}
