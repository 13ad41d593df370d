//! `webhooks send`: an event as the service would send it.

use std::path::PathBuf;

use clap::Args;
use http::Uri;
use serde_json::Value;

use crate::{
    failure::Failure,
    options::{Common, Whose},
    output::{Printer, json, print},
    send::block_on,
    webhooks::{
        replay::{post, signer},
        sample,
    },
    wire,
};

#[derive(Args)]
#[command(after_help = "Examples:\n  \
    vonage-video webhooks send archive.available --to localhost:3000/hooks --secret-file secret.txt\n  \
    vonage-video webhooks send streamCreated --to 3000 --set stream.name=Ada\n  \
    vonage-video webhooks send --list")]
pub(crate) struct Send {
    /// The event, such as `streamCreated`, or with its status, `archive.available`
    #[arg(required_unless_present = "list")]
    event: Option<String>,
    /// Where to send it, a URL or a port of this machine
    #[arg(long, value_name = "URL", value_parser = wire::url, required_unless_present_any = ["list", "dry_run"])]
    to: Option<Uri>,
    /// Sign it with the secret in this file; it is unsigned otherwise
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// Set a member, such as duration=3600 or stream.name=Ada
    #[arg(long, value_name = "MEMBER=VALUE")]
    set: Vec<String>,
    /// List the events
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    whose: Whose,
}

pub(super) fn run(send: &Send, common: &Common, printer: &Printer) -> Result<(), Failure> {
    // Events are those of the project, where there is one.
    let credentials = send
        .whose
        .target(false)
        .ok()
        .map(|target| target.credentials);
    let samples = block_on(sample::all(credentials.as_ref()))?;
    if send.list {
        return samples.names().iter().try_for_each(print);
    }
    let name = send.event.as_deref().unwrap_or_default();
    let mut event = samples.event(name)?;
    for member in &send.set {
        set(&mut event, member)?;
    }
    let (Some(to), false) = (&send.to, common.dry_run) else {
        return print(json(&event, true));
    };
    let signer = send.secret_file.as_deref().map(signer).transpose()?;
    let signer = signer.map(|signer| match &credentials {
        Some(own) if own.environment() == vonage_video::Environment::Vonage => {
            signer.application_id(own.project())
        }
        Some(own) => signer.api_key(own.project()),
        None => signer,
    });
    if signer.is_none() {
        printer.note(format_args!(
            "It is unsigned: give the secret with --secret-file."
        ));
    }
    let outcome = block_on(async { Ok(post(to, event.to_string(), signer).await) })?;
    outcome.print(None, name, printer)?;
    if outcome.is_accepted() {
        Ok(())
    } else {
        Err(Failure::Check("it was not accepted".to_owned()))
    }
}

/// Sets a member where its path leads: JSON, or else text.
fn set(event: &mut Value, member: &str) -> Result<(), Failure> {
    let wrong = |why: &str| Failure::usage(format!("--set {member}: {why}"));
    let (path, value) = member
        .split_once('=')
        .ok_or_else(|| wrong("needs MEMBER=VALUE"))?;
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
    let mut place = event;
    for name in path.split('.') {
        place = place
            .as_object_mut()
            .ok_or_else(|| wrong("leads into something that is not an object"))?
            .entry(name)
            .or_insert_with(|| Value::Object(serde_json::Map::new()));
    }
    *place = value;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_set_where_their_paths_lead() {
        let mut event = json!({"id": "a", "stream": {"name": "x"}});
        for member in [
            "stream.name=Ada",
            "duration=3600",
            "id=\"7\"",
            "new.member=true",
        ] {
            set(&mut event, member).unwrap();
        }
        assert_eq!(
            event,
            json!({"id": "7", "stream": {"name": "Ada"}, "duration": 3600, "new": {"member": true}})
        );
        assert!(set(&mut event, "duration").is_err());
        assert!(set(&mut event, "id.x=1").is_err());
    }
}
