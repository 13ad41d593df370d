//! `cargo xtask pictures`: the pictures of the README, made from the program's own output and from
//! the emulator's page.

mod emulator;
mod escapes;
mod svg;
mod words;

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    failure::Failure,
    run::{cargo, command, read, root, run},
    tools,
};

/// Where they are kept.
const FOLDER: &str = "docs/pictures";
/// The recording of the terminal, whose text is in it.
const TERMINAL: &str = "terminal.svg";
/// The views of the page, each a PNG and beside it its text.
const VIEWS: [&str; 2] = ["overview", "room"];
/// What is typed in the recording.
const TYPED: [&str; 5] = [
    "SESSION=$(vonage-video sessions create)",
    "vonage-video emulator join $SESSION --count 2 --publish camera",
    "vonage-video archives start $SESSION --name Weekly",
    "vonage-video archives list",
    "vonage-video archives start nonsense",
];
/// The size of the terminal.
const COLUMNS: usize = 80;

/// Makes the pictures; with `--check`, fails where the text of one differs from what would be made
/// today. Numbers, ids and times differ from one time to the next and do not count.
pub(crate) fn pictures(arguments: &[String]) -> Result<(), Failure> {
    match arguments {
        [] => {
            let folder = root().join(FOLDER);
            make(&folder)?;
            eprintln!("made {}", folder.display());
            Ok(())
        }
        [flag] if flag == "--check" => check(),
        _ => Err("usage: cargo xtask pictures [--check]".into()),
    }
}

/// Why pictures cannot be made on this machine, if they cannot.
pub(crate) fn missing() -> Option<String> {
    let here = |program: &str| read(&mut command(program, &["--version"])).is_ok();
    ["script", "node", &browser()]
        .into_iter()
        .find(|program| !here(program))
        .map(|program| format!("pictures need `{program}`, which is not here"))
}

fn browser() -> String {
    let set = std::env::var("CHROME").ok().filter(|set| !set.is_empty());
    set.unwrap_or_else(|| "chromium".to_owned())
}

fn check() -> Result<(), Failure> {
    if let Some(why) = missing() {
        return tools::skip(&why);
    }
    let (kept, made) = (root().join(FOLDER), root().join("target/pictures"));
    make(&made)?;
    let texts = VIEWS.map(|view| format!("{view}.txt"));
    for name in texts.iter().map(String::as_str).chain([TERMINAL]) {
        let words = |folder: &Path| -> Result<Vec<String>, Failure> {
            let file = folder.join(name);
            let text = fs::read_to_string(&file)
                .map_err(|error| format!("{}: {error}", file.display()))?;
            Ok(words::that_stay(&svg::text(&text)))
        };
        let (before, now) = (words(&kept)?, words(&made)?);
        if before != now {
            let (was, is) = words::first_difference(&before, &now);
            return Err(format!(
                "{FOLDER}/{name} shows {was:?} where {is:?} would be: run `cargo xtask pictures`"
            )
            .into());
        }
    }
    Ok(())
}

fn make(folder: &Path) -> Result<(), Failure> {
    if let Some(why) = missing() {
        return Err(why.into());
    }
    fs::create_dir_all(folder)?;
    run(&mut cargo(&[
        "build",
        "--quiet",
        "--package",
        "vonage-video-cli",
    ]))?;
    let program = program();
    let recorded = record(&program)?;
    let lines = escapes::lines(&recorded);
    fs::write(folder.join(TERMINAL), svg::picture(&lines, COLUMNS))?;
    let emulator = emulator::Emulator::start(&program)?;
    let driver = root().join("tests/interop/browser/pictures.mjs");
    let mut node = command("node", &[&driver.to_string_lossy(), emulator.url()]);
    run(node.arg(folder).env("BROWSER", browser_path()?))
}

fn program() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target
        .unwrap_or_else(|| root().join("target"))
        .join("debug/vonage-video")
}

fn browser_path() -> Result<String, Failure> {
    let found = read(&mut command(
        "sh",
        &["-c", &format!("command -v {}", browser())],
    ))?;
    Ok(found.trim().to_owned())
}

/// What a terminal is sent while somebody types, each command with its output.
fn record(program: &Path) -> Result<String, Failure> {
    let folder = program.parent().unwrap_or(program);
    let mut session = format!("stty cols {COLUMNS} rows 40; ");
    for typed in TYPED {
        // The prompt is dim; what is typed is not.
        session += &format!("printf '\\033[2m$\\033[0m %s\\n' '{typed}'; {typed}; ");
    }
    let path = std::env::var("PATH").unwrap_or_default();
    let home = root().join("target/pictures-home");
    fs::create_dir_all(&home)?;
    let quoted = session.replace('\'', r"'\''");
    let inside = format!("vonage-video emulator --quiet -- sh -c '{quoted}'");
    let mut script = command("script", &["-qec", &inside, "/dev/null"]);
    script
        .env("PATH", format!("{}:{path}", folder.display()))
        .env("HOME", &home)
        .env("XDG_CONFIG_HOME", &home)
        .env("XDG_RUNTIME_DIR", &home)
        .env("TERM", "xterm-256color")
        .env("LANG", "C.UTF-8")
        .env_remove("NO_COLOR");
    let output = script.output()?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
