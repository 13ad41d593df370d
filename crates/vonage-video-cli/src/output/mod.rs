//! What a command prints: for people at a terminal, for programs in a pipe, or as asked for.

mod columns;
mod escape;
mod table;
mod units;

use std::{
    io::{self, IsTerminal as _, Write as _},
    sync::atomic::{AtomicBool, Ordering},
    time::SystemTime,
};

use serde_json::Value;

pub(crate) use self::escape::{escape, json};
pub(crate) use self::units::{rfc3339, size};
use crate::{failure::Failure, options::Common};

/// From this width on, a terminal has room for session ids.
const WIDE: u16 = 120;

/// How results are printed, and to whom.
pub(crate) struct Printer {
    json: bool,
    ids: bool,
    fields: Vec<String>,
    quiet: bool,
    terminal: bool,
    width: Option<u16>,
    now: SystemTime,
}

impl Printer {
    pub(crate) fn new(common: &Common, now: SystemTime) -> Self {
        let terminal = io::stdout().is_terminal();
        Self {
            json: common.json,
            ids: common.ids,
            fields: common.fields.clone(),
            quiet: common.quiet,
            terminal,
            width: terminal.then(table::width),
            now,
        }
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet || self.json
    }

    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Prints a list of models.
    pub(crate) fn list(&self, model: &str, items: &[Value]) -> Result<(), Failure> {
        if self.json {
            return self.json_value(&Value::from(items.to_vec()));
        }
        if self.ids {
            return items
                .iter()
                .try_for_each(|item| print(columns::id(model, item)));
        }
        let mut columns = columns::of(model, &self.fields, items);
        // Whole ids leave no room for anything else.
        let short = self.fields.is_empty() && self.width.is_some_and(|width| width < WIDE);
        if short {
            columns.iter_mut().for_each(columns::Column::shorten);
        }
        let cell = |item: &Value, column: &columns::Column| {
            escape(&column.text(item, self.terminal.then_some(self.now)))
        };
        let rows: Vec<Vec<String>> = items
            .iter()
            .map(|item| columns.iter().map(|column| cell(item, column)).collect())
            .collect();
        let Some(width) = self.width else {
            return rows.iter().try_for_each(|row| print(tabs(row)));
        };
        if rows.is_empty() {
            self.note(format_args!("None."));
            return Ok(());
        }
        let head: Vec<&str> = columns.iter().map(columns::Column::title).collect();
        print(table::draw(&head, &rows, width, colours()))?;
        if short && columns.iter().any(columns::Column::is_shortened) {
            self.note(format_args!("Whole ids with --ids or --json."));
        }
        Ok(())
    }

    /// Prints one model: its names and values.
    pub(crate) fn one(&self, model: &str, item: &Value) -> Result<(), Failure> {
        if self.json {
            return self.json_value(item);
        }
        if self.ids {
            return print(columns::id(model, item));
        }
        let rows = columns::all(model, &self.fields, item, self.terminal.then_some(self.now));
        let longest = rows
            .iter()
            .map(|(name, _)| name.chars().count())
            .max()
            .unwrap_or(0);
        for (name, value) in rows {
            let value = escape(&value);
            if self.terminal {
                print(format_args!("{name:longest$}  {value}"))?;
            } else {
                print(format_args!("{name}\t{value}"))?;
            }
        }
        Ok(())
    }

    /// The id of a model.
    pub(crate) fn id(&self, model: &str, item: &Value) -> String {
        columns::id(model, item)
    }

    /// Prints the id of what was made, and tells people what happened.
    pub(crate) fn made(&self, model: &str, item: &Value, note: &str) -> Result<(), Failure> {
        if self.json {
            return self.json_value(item);
        }
        if !self.fields.is_empty() {
            return self.one(model, item);
        }
        print(columns::id(model, item))?;
        self.note(format_args!("{note}"));
        Ok(())
    }

    /// Says that something without a result is done.
    pub(crate) fn done(&self, note: &str) -> Result<(), Failure> {
        if self.json {
            return print("{}");
        }
        self.note(format_args!("{note}"));
        Ok(())
    }

    /// A JSON value: for people over several lines, in a pipe on one.
    pub(crate) fn json_value(&self, value: &Value) -> Result<(), Failure> {
        print(json(value, self.terminal))
    }

    /// Something to know that is not a result: on standard error, unless that is unwanted.
    pub(crate) fn note(&self, text: std::fmt::Arguments<'_>) {
        if !self.quiet && !self.json {
            note(text);
        }
    }
}

/// Whether standard output shows colours.
fn colours() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// Tab-separated, without a header and without cuts.
fn tabs(row: &[String]) -> String {
    row.join("\t")
}

/// Whether standard error is for one JSON object alone, if anything.
static FOR_PROGRAMS: AtomicBool = AtomicBool::new(false);

/// Keeps notes off standard error.
pub(crate) fn for_programs() {
    FOR_PROGRAMS.store(true, Ordering::Relaxed);
}

/// Writes to standard error. When that is closed, nothing reads it.
pub(crate) fn note(text: std::fmt::Arguments<'_>) {
    if !FOR_PROGRAMS.load(Ordering::Relaxed) {
        let _ = writeln!(io::stderr(), "{text}");
    }
}

/// A failure as a terminal shows it: what acts on it is escaped, and the first words have a colour
/// that streams without colours take away.
pub(crate) fn for_terminal(text: &str) -> String {
    let line = |line: &str| {
        let line = escape(line);
        for (word, colour) in [("error:", "31"), ("hint:", "36")] {
            if let Some(rest) = line.strip_prefix(word) {
                return format!("\u{1b}[1;{colour}m{word}\u{1b}[0m{rest}");
            }
        }
        line
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Prints a line on standard output.
pub(crate) fn print(line: impl std::fmt::Display) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let written = writeln!(out, "{line}").and_then(|()| out.flush());
    written.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Failure::Io(format!("cannot write to standard output: {error}")),
    })
}
