//! Publishes the crates, one after the other, each once: what is there is skipped, a rate limit is
//! waited out.

use std::{
    collections::BTreeMap,
    process::Command,
    thread,
    time::{Duration, SystemTime},
};

use serde_json::Value;

use super::{context::Release, registry};
use crate::{
    failure::Failure,
    run::{cargo, read, root},
};

/// How often one crate is tried.
const ATTEMPTS: usize = 5;
/// The longest wait that a registry may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(30 * 60);

/// Publishes to the registry on loopback, which verifies that each package builds from what is in
/// it. Its first publications fail, one by a rate limit and one by a broken connection.
pub(super) fn rehearse(release: &Release) -> Result<(), Failure> {
    let commands = |arguments: &[&str]| release.rehearsed(arguments, &release.clone());
    publish(release, &commands, registry::NAME)
}

/// Publishes to crates.io, with the token that cargo has.
pub(super) fn release(release: &Release) -> Result<(), Failure> {
    publish(
        release,
        &|arguments| Ok(release.cargo(arguments)),
        "crates-io",
    )
}

fn publish(
    release: &Release,
    commands: &dyn Fn(&[&str]) -> Result<Command, Failure>,
    registry: &str,
) -> Result<(), Failure> {
    for name in order(&packages(release)?) {
        let spec = format!("{name}@{}", release.version);
        for attempt in 1.. {
            if is_there(commands(&[
                "info",
                "--quiet",
                &spec,
                "--registry",
                registry,
            ])?) {
                eprintln!("         {spec} is there");
                break;
            }
            let arguments = [
                "publish",
                "--quiet",
                "--package",
                name.as_str(),
                "--registry",
                registry,
            ];
            let Err(failure) = read(&mut commands(&arguments)?) else {
                continue;
            };
            let text = failure.to_string();
            let Some(wait) = wait(&text).filter(|_| attempt < ATTEMPTS) else {
                return Err(failure);
            };
            eprintln!("         {spec}: trying again in {} s", wait.as_secs());
            thread::sleep(wait);
        }
    }
    Ok(())
}

/// Whether a registry has this version.
fn is_there(mut info: Command) -> bool {
    // Outside of the workspace: inside, cargo would tell of the member.
    info.current_dir(root().join("target"));
    read(&mut info).is_ok()
}

/// How long to wait before a publication that failed is tried again. `None` when it is in vain.
fn wait(failure: &str) -> Option<Duration> {
    if failure.contains("429") {
        let after = failure.split("try again after ").nth(1)?;
        let (date, _) = after.split_once("GMT")?;
        let date = httpdate::parse_http_date(&format!("{date}GMT")).ok()?;
        #[expect(
            clippy::disallowed_methods,
            reason = "how long the registry wants us to wait"
        )]
        let now = SystemTime::now();
        let wait = date.duration_since(now).unwrap_or_default() + Duration::from_secs(1);
        return (wait <= LONGEST_WAIT).then_some(wait);
    }
    let broke = [
        "curl failed",
        "network",
        "reset",
        "closed",
        "empty reply",
        "timed out",
    ];
    let text = failure.to_lowercase();
    broke
        .iter()
        .any(|word| text.contains(word))
        .then_some(Duration::from_secs(1))
}

/// A package that is published.
pub(super) struct Package {
    /// What cargo says about its manifest.
    pub(super) manifest: Value,
    /// What it depends on, members or not.
    needs: Vec<String>,
}

/// The packages that are published, by name.
pub(super) fn packages(release: &Release) -> Result<BTreeMap<String, Package>, Failure> {
    let mut metadata = cargo(&["metadata", "--format-version=1", "--no-deps"]);
    let mut metadata: Value = serde_json::from_str(&read(metadata.current_dir(release.clone()))?)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages = metadata["packages"].as_array_mut().map(std::mem::take);
    let published = packages
        .into_iter()
        .flatten()
        .filter(|manifest| manifest["publish"].is_null())
        .map(|manifest| {
            let dependencies = manifest["dependencies"].as_array().into_iter().flatten();
            let needs = dependencies.map(|one| text(&one["name"])).collect();
            (text(&manifest["name"]), Package { manifest, needs })
        });
    Ok(published.collect())
}

/// Each package behind all that it needs.
fn order(packages: &BTreeMap<String, Package>) -> Vec<String> {
    let mut order: Vec<String> = Vec::new();
    while order.len() < packages.len() {
        let next = packages.iter().find(|(name, package)| {
            let ready = |need: &String| !packages.contains_key(need) || order.contains(need);
            !order.contains(name) && package.needs.iter().all(ready)
        });
        let Some((name, _)) = next else {
            break;
        };
        order.push(name.clone());
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_published_behind_what_it_needs() {
        let packages = [("a", vec!["c", "foreign"]), ("b", vec!["a"]), ("c", vec![])];
        let packages = packages.map(|(name, needs)| {
            let needs = needs.into_iter().map(str::to_owned).collect();
            let manifest = Value::Null;
            (name.to_owned(), Package { manifest, needs })
        });
        assert_eq!(order(&packages.into()), ["c", "a", "b"]);
    }

    #[test]
    fn a_rate_limit_is_waited_out_and_a_mistake_is_not() {
        let soon = httpdate::fmt_http_date(
            #[expect(clippy::disallowed_methods, reason = "a date near the real one")]
            SystemTime::now(),
        );
        assert!(
            wait(&format!(
                "status 429: please try again after {soon} and see"
            ))
            .is_some()
        );
        assert!(wait("status 429: try again after Thu, 01 Jan 2099 00:00:00 GMT").is_none());
        assert!(wait("[56] curl failed: Recv failure: Connection reset by peer").is_some());
        assert!(wait("error: api errors (status 200 OK): already exists").is_none());
    }
}
