//! `cargo xtask bench emulator`: how fast the emulator starts, whether it slows as it fills, and
//! what the files of long recordings take.

mod effort;
#[path = "../../shared/facts.rs"]
mod facts;
#[path = "../../shared/figures.rs"]
mod figures;
mod full;
mod recordings;
mod start;
mod table;
mod world;

use std::process::ExitCode;

use effort::Effort;
use tokio::runtime::Builder;

const USAGE: &str = "usage: emulator-bench [--quick] [--rounds N] [--sessions N]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some(effort) = options(&text) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    println!("{}", facts::facts(world::now()));
    // Memory first: what came before would blur it.
    let figures = runtime.block_on(full::measure(effort));
    table::starts(&runtime.block_on(start::measure(effort)));
    table::full(&figures, effort);
    table::recordings(&runtime.block_on(recordings::measure(effort)));
    ExitCode::SUCCESS
}

fn options(mut rest: &[&str]) -> Option<Effort> {
    let mut effort = Effort {
        rounds: 9,
        sessions: 10_000,
    };
    loop {
        rest = match rest {
            [] => return (effort.rounds > 0 && effort.sessions >= world::FEW).then_some(effort),
            ["--quick", after @ ..] => {
                effort.rounds = 3;
                after
            }
            ["--rounds", value, after @ ..] => {
                effort.rounds = value.parse().ok()?;
                after
            }
            ["--sessions", value, after @ ..] => {
                effort.sessions = value.parse().ok()?;
                after
            }
            _ => return None,
        };
    }
}
