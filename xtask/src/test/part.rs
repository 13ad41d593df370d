//! One part of the tests: a program that is run, and what its output says about it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use super::clock::now;

/// A part that takes longer hangs; it is killed and counts as failed.
const LIMIT: Duration = Duration::from_secs(20 * 60);

/// A part and what became of it.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) outcome: Outcome,
    pub(super) seconds: f64,
}

/// How many tests passed, failed and were skipped.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Outcome {
    pub(super) passed: usize,
    pub(super) failed: usize,
    /// Why each skipped test was skipped.
    pub(super) skipped: Vec<String>,
    /// The names of the failed tests, or why there are none.
    pub(super) failures: Vec<String>,
}

impl Part {
    pub(super) fn new(name: &str, outcome: Outcome, began: Instant) -> Self {
        Self {
            name: name.to_owned(),
            outcome,
            seconds: began.elapsed().as_secs_f64(),
        }
    }
}

impl Outcome {
    pub(super) fn passed() -> Self {
        Self {
            passed: 1,
            ..Self::default()
        }
    }

    pub(super) fn failed(why: String) -> Self {
        Self {
            failed: 1,
            failures: vec![why],
            ..Self::default()
        }
    }

    pub(super) fn skipped(why: String) -> Self {
        Self {
            skipped: vec![why],
            ..Self::default()
        }
    }

    /// Reads the output of Rust's test harness, and the lines `skipped: TEST: WHY` that a test
    /// prints which cannot run on this machine. Any other program is one test.
    fn read(output: &str, end: &Result<(), String>) -> Self {
        let mut outcome = Self::default();
        let mut harness = false;
        for line in output.lines() {
            if let Some(counts) = line.strip_prefix("test result: ") {
                harness = true;
                outcome.passed += count(counts, "passed");
                outcome.failed += count(counts, "failed");
            } else if let Some(why) = line.strip_prefix("skipped: ") {
                outcome.skipped.push(why.to_owned());
            } else if let Some(name) = line
                .strip_prefix("test ")
                .and_then(|rest| rest.strip_suffix(" ... FAILED"))
            {
                outcome.failures.push(name.to_owned());
            }
        }
        match end {
            Ok(()) if !harness && outcome.skipped.is_empty() => outcome.passed = 1,
            // The harness counts a test that skips itself as passed.
            Ok(()) => outcome.passed = outcome.passed.saturating_sub(outcome.skipped.len()),
            Err(why) => {
                outcome.passed = outcome.passed.saturating_sub(outcome.skipped.len());
                if outcome.failed == 0 {
                    outcome.failed = 1;
                    outcome.failures.push(why.clone());
                }
            }
        }
        outcome
    }
}

/// The number before a word.
fn count(counts: &str, word: &str) -> usize {
    counts
        .split([' ', ';'])
        .zip(counts.split([' ', ';']).skip(1))
        .find_map(|(number, next)| (next == word).then(|| number.parse().ok()).flatten())
        .unwrap_or(0)
}

/// Runs a part and passes its output on.
pub(super) fn run(name: &str, command: &mut Command) -> Part {
    eprintln!("+ {name}");
    finish(name, command, true)
}

/// Runs a part and shows its output only if it fails.
pub(super) fn run_quietly(name: &str, command: &mut Command) -> Part {
    finish(name, command, false)
}

fn finish(name: &str, command: &mut Command, loud: bool) -> Part {
    let began = now();
    let (output, end) = output(command, loud);
    if !loud && end.is_err() {
        println!("--- {name}\n{output}");
    }
    let part = Part::new(name, Outcome::read(&output, &end), began);
    if !loud {
        let end = if end.is_ok() { "ok" } else { "FAILED" };
        println!("{name}: {end}, {:.1} s", part.seconds);
    }
    part
}

/// All that a command writes, and whether it succeeded in time.
fn output(command: &mut Command, loud: bool) -> (String, Result<(), String>) {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            let program = command.get_program().to_string_lossy();
            return (String::new(), Err(format!("cannot run {program}: {error}")));
        }
    };
    let (sender, lines) = mpsc::channel();
    let (out, err) = (child.stdout.take(), child.stderr.take());
    if let (Some(out), Some(err)) = (out, err) {
        let other = sender.clone();
        thread::spawn(move || {
            pass_on(out, &sender, |line| drop(std::io::stdout().write_all(line)))
        });
        thread::spawn(move || pass_on(err, &other, |line| drop(std::io::stderr().write_all(line))));
    }
    let (began, mut text) = (now(), String::new());
    let end = loop {
        match lines.recv_timeout(LIMIT.saturating_sub(began.elapsed())) {
            Ok((line, show)) => {
                text += &String::from_utf8_lossy(&line);
                if loud {
                    show(&line);
                }
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break child.wait(),
            Err(mpsc::RecvTimeoutError::Timeout) => {
                let _ = child.kill();
                let _ = child.wait();
                return (text, Err(format!("killed after {} s", LIMIT.as_secs())));
            }
        }
    };
    let end = match end {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("it ended with {status}")),
        Err(error) => Err(error.to_string()),
    };
    (text, end)
}

type Line = (Vec<u8>, fn(&[u8]));

/// Sends lines on until there are no more.
fn pass_on(source: impl Read, lines: &mpsc::Sender<Line>, show: fn(&[u8])) {
    let mut source = BufReader::new(source);
    let mut line = Vec::new();
    while source
        .read_until(b'\n', &mut line)
        .is_ok_and(|read| read > 0)
    {
        if lines.send((std::mem::take(&mut line), show)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "running 3 tests\n\
        skipped: b: `npm` is not here\n\
        test a ... ok\n\
        test b ... ok\n\
        test c ... FAILED\n\n\
        test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";

    #[test]
    fn a_harness_is_read_test_by_test() {
        let outcome = Outcome::read(OUTPUT, &Err("it ended with exit status: 101".to_owned()));
        assert_eq!((outcome.passed, outcome.failed), (1, 1));
        assert_eq!(outcome.skipped, ["b: `npm` is not here"]);
        assert_eq!(outcome.failures, ["c"]);
    }

    #[test]
    fn several_harnesses_in_one_output_are_added_up() {
        let line = "test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured\n";
        let outcome = Outcome::read(&line.repeat(3), &Ok(()));
        assert_eq!((outcome.passed, outcome.failed), (12, 0));
    }

    #[test]
    fn a_program_that_dies_has_failed_whatever_it_counted() {
        let line = "test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured\n";
        let outcome = Outcome::read(line, &Err("it ended with signal: 9".to_owned()));
        assert_eq!((outcome.passed, outcome.failed), (4, 1));
        assert_eq!(outcome.failures, ["it ended with signal: 9"]);
    }

    #[test]
    fn any_other_program_is_one_test() {
        assert_eq!(Outcome::read("fine\n", &Ok(())), Outcome::passed());
        let failed = Outcome::read("", &Err("it ended with exit status: 1".to_owned()));
        assert_eq!((failed.passed, failed.failed), (0, 1));
    }

    #[test]
    fn a_program_that_cannot_be_run_has_failed() {
        let part = run_quietly("nothing", &mut Command::new("no-such-program"));
        assert_eq!(part.outcome.failed, 1);
        assert!(part.outcome.failures[0].contains("no-such-program"));
    }
}
