//! `emulator fault`: from a word to a fault.

use http::Method;
use serde_json::{Map, Value, json};
use vonage_video::ROUTES;

use crate::{
    control::Control, emulator::arguments::Fault, failure::Failure, output::Printer, send::nearest,
};

pub(super) async fn add(
    control: &Control,
    fault: &Fault,
    printer: &Printer,
) -> Result<(), Failure> {
    if fault.clear {
        control.call(Method::DELETE, "faults", Value::Null).await?;
        return printer.done("No faults are left.");
    }
    let (on, what) = (fault.operation.as_deref(), fault.what.as_deref());
    let (on, what) = (on.unwrap_or_default(), what.unwrap_or_default());
    let mut body = action(what)?;
    if on != "any" {
        body.insert("on".to_owned(), operation(on)?.into());
    }
    // One that refuses connections for ever would keep out the call that ends it, too.
    let locks_out = matches!(what, "refuse" | "expired-certificate");
    let times = fault.times.or(locks_out.then_some(1));
    let given = [
        ("times", times.map(Value::from)),
        ("skip", fault.skip.map(Value::from)),
        ("chance", fault.chance.map(Value::from)),
        ("retryAfter", fault.retry_after.map(Value::from)),
        ("body", fault.body.clone().map(Value::from)),
        (
            "afterEffect",
            fault.after_effect.then_some(Value::Bool(true)),
        ),
    ];
    for (name, value) in given {
        if let Some(value) = value {
            body.insert(name.to_owned(), value);
        }
    }
    control.call(Method::POST, "faults", body.into()).await?;
    printer.done(&format!("Added: {on} {what}."))
}

/// An operation, or `download`.
fn operation(name: &str) -> Result<&str, Failure> {
    let known = || ROUTES.iter().map(|meta| meta.id).chain(["any", "download"]);
    if known().any(|known| known == name) {
        return Ok(name);
    }
    let hint = nearest(name, known()).map(|id| format!("; did you mean `{id}`?"));
    Err(Failure::usage(format!(
        "there is no operation `{name}`{}",
        hint.unwrap_or_default()
    )))
}

/// The action that a word means.
fn action(what: &str) -> Result<Map<String, Value>, Failure> {
    let (word, value) = what.split_once('=').unwrap_or((what, ""));
    let seconds = || {
        crate::duration::parse(value)
            .map(|duration| duration.as_secs_f64())
            .map_err(Failure::usage)
    };
    let status = || {
        value
            .parse::<u16>()
            .map_err(|_| Failure::usage(format!("`{what}` needs a status, as in {word}=404")))
    };
    let action = match word {
        _ if what.parse::<u16>().is_ok() => {
            json!({ "do": "status", "status": what.parse::<u16>().ok() })
        }
        "delay" => json!({ "do": "delay", "seconds": seconds()? }),
        "delay-body" => json!({ "do": "delayBody", "seconds": seconds()? }),
        "reset" => json!({ "do": "reset" }),
        "lose-response" => json!({ "do": "reset", "afterEffect": true }),
        "truncate" => json!({ "do": "truncate" }),
        "html" => json!({ "do": "garble" }),
        "date" => json!({ "do": "date", "date": value }),
        "ignore-offset" => json!({ "do": "ignoreOffset" }),
        "repeat-last-page" => json!({ "do": "repeatLastPage" }),
        "foreign" => json!({ "do": "foreign", "status": status()? }),
        "echo" => json!({ "do": "echo", "status": status()? }),
        "refuse" => json!({ "do": "refuse" }),
        "expired-certificate" => json!({ "do": "expiredCertificate" }),
        _ => Value::Null,
    };
    match action {
        Value::Object(action) => Ok(action),
        _ => Err(Failure::usage(format!(
            "`{what}` is not a fault: use a status such as 503, or one of delay=2s, \
             delay-body=2s, reset, lose-response, truncate, html, date=TEXT, ignore-offset, \
             repeat-last-page, foreign=404, echo=400, refuse, expired-certificate"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use vonage_video_emulator::Fault as Added;

    use super::*;

    #[test]
    fn every_fault_is_said_in_a_word_that_the_emulator_knows() {
        for (word, expected) in [
            ("503", Added::status(503)),
            (
                "delay=90s",
                Added::delay(std::time::Duration::from_secs(90)),
            ),
            (
                "delay-body=2s",
                Added::delay_body(std::time::Duration::from_secs(2)),
            ),
            ("reset", Added::reset_before()),
            ("lose-response", Added::reset_after()),
            ("truncate", Added::truncate()),
            ("html", Added::garble()),
            ("date=never", Added::date("never")),
            ("ignore-offset", Added::ignore_offset()),
            ("repeat-last-page", Added::repeat_last_page()),
            ("foreign=404", Added::foreign(404)),
            ("echo=400", Added::echo(400)),
            ("refuse", Added::refuse()),
            ("expired-certificate", Added::expired_certificate()),
        ] {
            let action = Value::from(action(word).unwrap());
            let read: Added = serde_json::from_value(action).unwrap();
            assert_eq!(read, expected, "{word}");
        }
        for wrong in ["strat", "delay=90", "delay", "foreign", "echo=x", ""] {
            assert!(action(wrong).is_err(), "{wrong}");
        }
        let misspelled = operation("strat_archive").unwrap_err().to_text();
        assert!(misspelled.contains("did you mean `start_archive`?"));
    }
}
