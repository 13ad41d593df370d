//! How far long work is: a line that is redrawn at a terminal, plain lines elsewhere.

use std::{
    io::{self, IsTerminal as _},
    sync::Mutex,
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::output::{Printer, escape, note, size};

const BYTES: &str =
    "{bar:30} {binary_bytes}/{binary_total_bytes} {binary_bytes_per_sec} {eta} left";
const STATE: &str = "{spinner} {msg} ({elapsed})";
/// Without a terminal, one line is printed for each of this many parts.
const PARTS: u64 = 10;

/// The progress of one piece of work, on standard error.
pub(crate) struct Progress {
    bar: ProgressBar,
    terminal: bool,
    quiet: bool,
    /// What was said last, so that it is not said again.
    last: Mutex<String>,
}

impl Progress {
    /// Starts the progress of something that has this many bytes.
    pub(crate) fn bytes(total: u64, printer: &Printer) -> Self {
        Self::new(ProgressBar::new(total), BYTES, printer)
    }

    /// Of something whose end is not known.
    pub(crate) fn state(printer: &Printer) -> Self {
        let progress = Self::new(ProgressBar::new_spinner(), STATE, printer);
        if progress.terminal && !progress.quiet {
            progress.bar.enable_steady_tick(Duration::from_millis(120));
        }
        progress
    }

    fn new(bar: ProgressBar, style: &str, printer: &Printer) -> Self {
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        let quiet = printer.is_quiet();
        if quiet {
            bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
        }
        Self {
            bar,
            terminal: io::stderr().is_terminal(),
            quiet,
            last: Mutex::new(String::new()),
        }
    }

    /// Shows that this many bytes have arrived.
    pub(crate) fn reach(&self, bytes: u64) {
        self.bar.set_position(bytes);
        if self.terminal {
            return;
        }
        let total = self.bar.length().unwrap_or(0);
        let part = bytes.saturating_mul(PARTS).checked_div(total).unwrap_or(0);
        if part > 0 {
            let reached = (total / PARTS).saturating_mul(part).min(total);
            self.line(format!("{} of {}", size(reached), size(total)));
        }
    }

    /// Shows a state.
    pub(crate) fn say(&self, text: &str) {
        let text = escape(text);
        if self.terminal {
            self.bar.set_message(text);
        } else {
            self.line(text);
        }
    }

    fn line(&self, text: String) {
        let Ok(mut last) = self.last.lock() else {
            return;
        };
        if !self.quiet && *last != text {
            note(format_args!("{text}"));
            *last = text;
        }
    }

    /// Takes the line away.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
