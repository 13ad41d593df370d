//! Each command for people, run as its help shows it, against the emulator.

use std::collections::BTreeMap;

use serde_json::json;

use crate::kit::{Emulator, program, text};

/// The nouns and verbs that help lists.
fn commands() -> Vec<Vec<String>> {
    let listed = |arguments: &[&str]| {
        let help = text(
            &program(&[arguments, &["--help"]].concat())
                .output()
                .unwrap()
                .stdout,
        );
        let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        let names = lines
            .take_while(|line| line.starts_with("  "))
            // A summary may go on in the next line, further in.
            .filter(|line| !line.starts_with("   "));
        let names = names.filter_map(|line| line.split_whitespace().next().map(str::to_owned));
        names.filter(|name| name != "help").collect::<Vec<_>>()
    };
    let nouns = [
        "archives",
        "audio",
        "broadcasts",
        "callbacks",
        "captions",
        "connections",
        "projects",
        "renders",
        "sessions",
        "signals",
        "sip",
        "streams",
    ];
    let mut all = Vec::new();
    for noun in nouns {
        for verb in listed(&[noun]) {
            if verb == "storage" {
                for deeper in listed(&[noun, &verb]) {
                    all.push(vec![noun.to_owned(), verb.clone(), deeper]);
                }
            } else {
                all.push(vec![noun.to_owned(), verb]);
            }
        }
    }
    all
}

/// The arguments of a command's example, as a shell reads them.
fn example(command: &[String]) -> Option<Vec<String>> {
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    let help = program(&[&words[..], &["--help"]].concat())
        .output()
        .unwrap();
    let help = text(&help.stdout);
    let line = help.lines().skip_while(|line| *line != "Example:").nth(1)?;
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.trim().chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    Some(words.split_off(1))
}

#[test]
fn a_misspelled_flag_is_never_taken_for_an_id() {
    for command in commands() {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let output = program(&[&words[..], &["--no-such-flag"]].concat())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{command:?}");
    }
}

#[test]
fn the_example_of_every_command_runs_against_the_emulator() {
    let emulator = Emulator::start();
    let commands = commands();
    assert_eq!(
        commands.len(),
        45 + 5,
        "45 of the contract, and five of the program: {commands:?}"
    );
    let folder = std::env::temp_dir().join(format!("vonage-video-examples-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("secret.txt"), "secret\n").unwrap();
    let mut ran = 0;
    for command in &commands {
        let Some(example) = example(command) else {
            // Downloads, waits and `sessions info` have tests of their own.
            continue;
        };
        let ids = room(&emulator, &example);
        let file = folder.join("secret.txt").display().to_string();
        let filled: Vec<String> = example
            .iter()
            .map(|word| {
                ids.iter()
                    .fold(word.clone(), |word, (name, id)| word.replace(name, id))
            })
            .map(|word| word.replace("secret.txt", &file))
            .collect();
        let arguments: Vec<&str> = filled.iter().map(String::as_str).collect();
        let account = ["--account"];
        let more: &[&str] = if example[0] == "projects" {
            &account
        } else {
            &[]
        };
        let output = run(&emulator, &[&arguments[..], more].concat());
        assert!(
            output.status.success(),
            "{filled:?}: {}",
            text(&output.stderr)
        );
        ran += 1;
    }
    assert_eq!(ran, 45);
    std::fs::remove_dir_all(folder).unwrap();
}

/// Runs a command on the OpenTok project, which has every operation.
fn run(emulator: &Emulator, arguments: &[&str]) -> std::process::Output {
    let hidden = ["VONAGE_APPLICATION_ID", "VONAGE_PRIVATE_KEY"];
    let mut command = program(arguments);
    let variables = emulator.variables.iter();
    command.envs(
        variables
            .filter(|(name, _)| !hidden.contains(&name.as_str()))
            .cloned(),
    );
    if arguments.contains(&"--account") {
        command.env("OPENTOK_API_KEY", "10000000");
        command.env(
            "OPENTOK_API_SECRET",
            "fedcba9876543210fedcba9876543210fedcba98",
        );
    }
    command.output().unwrap()
}

fn id(emulator: &Emulator, arguments: &[&str]) -> String {
    let output = run(emulator, arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        text(&output.stderr)
    );
    text(&output.stdout)
}

/// A session with somebody in it, and whatever else an example names.
fn room(emulator: &Emulator, example: &[String]) -> BTreeMap<&'static str, String> {
    let names = |name: &str| example.iter().any(|word| word.contains(name));
    let mut ids = BTreeMap::new();
    let session = id(emulator, &["sessions", "create"]);
    let token = id(
        emulator,
        &[
            "token",
            "mint",
            "--session",
            &session,
            "--role",
            "moderator",
        ],
    );
    let joined = emulator.join(&session, &token);
    ids.insert(
        "$CONNECTION",
        joined["connectionId"].as_str().unwrap().to_owned(),
    );
    ids.insert(
        "$STREAM",
        joined["streams"][0]["id"].as_str().unwrap().to_owned(),
    );
    if names("$ARCHIVE") {
        let manual = names("stream").then_some(["--stream-mode", "manual"]);
        let start = ["archives", "start", session.as_str()];
        let archive = id(
            emulator,
            &[&start[..], manual.as_ref().map_or(&[][..], |it| &it[..])].concat(),
        );
        if names("delete") {
            id(emulator, &["archives", "stop", &archive]);
            emulator.control("POST", "clock/advance", &json!({"seconds": 600}));
        }
        if names("remove-stream") {
            id(
                emulator,
                &["archives", "add-stream", &archive, &ids["$STREAM"]],
            );
        }
        ids.insert("$ARCHIVE", archive);
    }
    if names("$BROADCAST") {
        let manual = names("stream").then_some(["--stream-mode", "manual"]);
        let start = ["broadcasts", "start", session.as_str(), "--hls"];
        let started = [&start[..], manual.as_ref().map_or(&[][..], |it| &it[..])].concat();
        let broadcast = id(emulator, &started);
        if names("remove-stream") {
            id(
                emulator,
                &["broadcasts", "add-stream", &broadcast, &ids["$STREAM"]],
            );
        }
        ids.insert("$BROADCAST", broadcast);
    }
    if names("$CAPTIONS") {
        ids.insert("$CAPTIONS", id(emulator, &["captions", "start", &session]));
    }
    if names("$RENDER") {
        let start = ["renders", "start", &session, "https://example.com/room"];
        ids.insert("$RENDER", id(emulator, &start));
    }
    if names("$CALLBACK") {
        let register = [
            "callbacks",
            "register",
            "archive",
            "status",
            "https://example.com/hooks",
        ];
        ids.insert("$CALLBACK", id(emulator, &register));
    }
    if names("$PROJECT") {
        ids.insert(
            "$PROJECT",
            id(
                emulator,
                &["projects", "create", "--name", "p", "--account"],
            ),
        );
    }
    ids.insert("$SESSION", session);
    ids
}

#[test]
fn a_recording_in_a_handful_of_commands() {
    let emulator = Emulator::start();
    let session = id(&emulator, &["sessions", "create"]);
    let token = id(&emulator, &["token", "mint", "--session", &session]);
    emulator.join(&session, &token);
    let archive = id(
        &emulator,
        &["archives", "start", &session, "--name", "Weekly"],
    );
    id(&emulator, &["archives", "stop", &archive]);
    emulator.control("POST", "clock/advance", &json!({"seconds": 600}));
    let waited = id(
        &emulator,
        &["archives", "wait", &archive, "--fields", "status"],
    );
    assert_eq!(waited, "status\tavailable");

    let file = std::env::temp_dir().join(format!("vonage-video-{archive}.mp4"));
    let to = file.to_str().unwrap();
    let downloaded = id(
        &emulator,
        &["archives", "download", &archive, "-o", to, "--json"],
    );
    assert!(downloaded.contains("\"verified\":true"), "{downloaded}");
    assert!(std::fs::metadata(&file).unwrap().len() > 0);
    std::fs::remove_file(file).unwrap();

    let info = id(&emulator, &["sessions", "info", &session]);
    assert!(
        info.contains(emulator.variable("OPENTOK_API_KEY")),
        "{info}"
    );
}

#[test]
fn every_page_is_read_with_all() {
    let emulator = Emulator::start();
    let session = id(&emulator, &["sessions", "create"]);
    let token = id(&emulator, &["token", "mint", "--session", &session]);
    emulator.join(&session, &token);
    for _ in 0..3 {
        let archive = id(&emulator, &["archives", "start", &session]);
        id(&emulator, &["archives", "stop", &archive]);
    }
    let two = run(&emulator, &["archives", "list", "--count", "2", "--ids"]);
    assert_eq!(text(&two.stdout).lines().count(), 2);
    assert!(
        text(&two.stderr).contains("2 of 3"),
        "{}",
        text(&two.stderr)
    );
    let all = id(&emulator, &["archives", "list", "--all", "--ids"]);
    assert_eq!(all.lines().count(), 3);
}
