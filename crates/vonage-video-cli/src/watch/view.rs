//! What a watcher sees: a full screen, or a line for each event.

use serde_json::json;
use vonage_video::Timestamp;

#[cfg(feature = "watch")]
use crate::watch::screen::Screen;
use crate::{
    clock,
    failure::Failure,
    output::{Printer, escape, json, print, rfc3339},
    watch::{act::Action, room::Room},
};

pub(super) struct View<'p> {
    room: Room,
    printer: &'p Printer,
    #[cfg(feature = "watch")]
    screen: Option<Screen>,
}

impl<'p> View<'p> {
    /// Shows a room: on the full screen, or by a line.
    pub(super) fn new(
        full: bool,
        room: Room,
        origin: String,
        printer: &'p Printer,
    ) -> Result<Self, Failure> {
        let mut view = Self {
            #[cfg(feature = "watch")]
            screen: if full {
                Some(Screen::new(&origin)?)
            } else {
                None
            },
            room: Room::default(),
            printer,
        };
        let full = full && cfg!(feature = "watch");
        if !full {
            printer.note(format_args!("{} · {origin}", escape(&room.summary())));
        }
        view.update(room, &[])?;
        Ok(view)
    }

    pub(super) fn room(&self) -> &Room {
        &self.room
    }

    /// Shows a room, and what has changed.
    pub(super) fn update(&mut self, room: Room, news: &[String]) -> Result<(), Failure> {
        let mut lines = room.since(&self.room);
        lines.extend_from_slice(news);
        self.room = room;
        let now = Timestamp::from(clock::now()).as_millis();
        #[cfg(feature = "watch")]
        if let Some(screen) = &mut self.screen {
            screen.add(lines.iter().map(|line| stamped(now, line)));
            return screen.draw(&self.room);
        }
        for line in &lines {
            print(if self.printer.is_json() {
                json(&json!({ "at": now, "event": line.trim() }), false)
            } else {
                stamped(now, line)
            })?;
        }
        Ok(())
    }

    /// Waits until the user presses a key that does something. `None` ends the watch. Without a
    /// screen no key is read.
    pub(super) async fn wish(&mut self, yes: bool) -> Result<Option<Action>, Failure> {
        #[cfg(feature = "watch")]
        if let Some(screen) = &mut self.screen {
            return screen.wish(&self.room, yes).await;
        }
        let _ = yes;
        std::future::pending().await
    }

    /// Says how an action ended.
    pub(super) fn say(&mut self, outcome: Result<String, Failure>) -> Result<(), Failure> {
        #[cfg(feature = "watch")]
        if let Some(screen) = &mut self.screen {
            let text = outcome.unwrap_or_else(|failure| failure.to_text());
            screen.say(text.lines().next().unwrap_or_default());
            return Ok(());
        }
        outcome.map(drop)
    }

    /// Gives the terminal back.
    pub(super) fn leave(&mut self) {
        #[cfg(feature = "watch")]
        {
            self.screen = None;
        }
    }
}

fn stamped(now: u64, line: &str) -> String {
    let time = rfc3339(now / 1000 * 1000);
    let time = time.get(11..19).unwrap_or_default();
    format!("{time}  {}", escape(line))
}
