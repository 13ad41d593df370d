//! `cargo xtask ci`: what must pass before a change lands, in parts.

use std::{collections::BTreeMap, env, fs, path::PathBuf, process::Command, time::Instant};

use crate::{
    failure::Failure,
    release,
    run::{root, run},
};

/// A part: its name, what it does, and the task that does it, with its arguments.
type Part = (&'static str, &'static str, &'static [&'static str]);

const PARTS: &[Part] = &[
    (
        "lint",
        "everything that is checked without running the product",
        &["lint"],
    ),
    ("test", "everything that is proved by running it", &["test"]),
    (
        "elsewhere",
        "the built tests as on less kind machines",
        &["test", "--elsewhere"],
    ),
    (
        "rehearsal",
        "a release up to what needs other registries: crates, consumers, npm packages",
        &["release", NEXT, "--dry-run"],
    ),
];

/// Stands for a version that is not released.
const NEXT: &str = "NEXT";

/// Lists the parts and how long each took when it last ran here; runs those named, or `all`.
pub(crate) fn ci(names: &[String]) -> Result<(), Failure> {
    if names.is_empty() {
        list();
        return Ok(());
    }
    let all = names == ["all"];
    let is_part = |name: &String| PARTS.iter().any(|(known, ..)| known == name);
    if let Some(unknown) = names.iter().find(|name| !all && !is_part(name)) {
        return Err(format!("there is no part `{unknown}`; `cargo xtask ci` lists them").into());
    }
    let mut failed = Vec::new();
    for (name, _, task) in PARTS {
        if !all && !names.iter().any(|chosen| chosen == name) {
            continue;
        }
        #[expect(clippy::disallowed_methods, reason = "how long a part takes is shown")]
        let began = Instant::now();
        // A process of its own: a part that dies does not take the others with it.
        let mut command = Command::new(env::current_exe()?);
        for word in *task {
            if *word == NEXT {
                command.arg(release::next()?.to_string());
            } else {
                command.arg(word);
            }
        }
        match run(command.current_dir(root())) {
            Ok(()) => remember(name, began.elapsed().as_secs())?,
            Err(failure) => failed.push(format!("{name}: {failure}")),
        }
    }
    list();
    if failed.is_empty() {
        Ok(())
    } else {
        Err(failed.join("\n").into())
    }
}

fn list() {
    let seconds = remembered();
    let width = PARTS.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    println!("\n{:width$}  last run here", "part");
    for (name, what, _) in PARTS {
        let took = seconds.get(*name).map_or_else(
            || "-".to_owned(),
            |seconds| format!("{} min {:02} s", seconds / 60, seconds % 60),
        );
        println!("{name:width$}  {took:>13}  {what}");
    }
    println!("\n`cargo xtask ci PART…` runs parts, `cargo xtask ci all` runs them all");
}

fn remember(name: &str, took: u64) -> Result<(), Failure> {
    let mut seconds = remembered();
    seconds.insert(name.to_owned(), took);
    Ok(fs::write(file(), serde_json::to_string(&seconds)?)?)
}

/// The seconds that each part took when it last passed.
fn remembered() -> BTreeMap<String, u64> {
    let text = fs::read_to_string(file()).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn file() -> PathBuf {
    root().join("target/ci-seconds.json")
}
