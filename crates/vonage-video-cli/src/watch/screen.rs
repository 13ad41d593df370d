//! The full-screen view: participants above, what happened below, keys at the foot.

use std::{collections::VecDeque, thread};

use ratatui::{
    DefaultTerminal, Frame,
    crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers},
    layout::{Constraint, Layout},
    style::Stylize as _,
    text::Line,
    widgets::{Block, List, ListItem, ListState, Paragraph},
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use unicode_width::UnicodeWidthStr as _;

use crate::{
    failure::Failure,
    output::escape,
    watch::{
        act::Action,
        room::{LONGEST, Room},
    },
};

/// Most lines of what happened that are kept.
const MOST: usize = 1000;
/// The same where there is not much room.
const FEW: &str = "m/M mute  d out  a record  b live  q";
const KEYS: &str = "↑↓ choose  m mute  M mute all  d disconnect  a record  b broadcast  q quit";

/// The screen, until it is dropped.
pub(super) struct Screen {
    terminal: DefaultTerminal,
    keys: UnboundedReceiver<Event>,
    origin: String,
    happened: VecDeque<String>,
    selected: usize,
    /// What is about to be destroyed, if the answer is yes.
    asked: Option<(String, Action)>,
    message: String,
}

impl Screen {
    pub(super) fn new(origin: &str) -> Result<Self, Failure> {
        let terminal = ratatui::try_init()
            .map_err(|error| Failure::Io(format!("cannot use the terminal: {error}")))?;
        let (send, keys) = unbounded_channel();
        // A thread of its own, for which nothing waits at the end.
        thread::spawn(move || {
            while let Ok(event) = event::read() {
                if send.send(event).is_err() {
                    return;
                }
            }
        });
        Ok(Self {
            terminal,
            keys,
            origin: origin.to_owned(),
            happened: VecDeque::new(),
            selected: 0,
            asked: None,
            message: String::new(),
        })
    }

    pub(super) fn add(&mut self, lines: impl Iterator<Item = String>) {
        self.happened.extend(lines);
        while self.happened.len() > MOST {
            self.happened.pop_front();
        }
    }

    pub(super) fn say(&mut self, message: &str) {
        message.clone_into(&mut self.message);
    }

    /// Waits for a key that does something; `None` ends the watch.
    pub(super) async fn wish(&mut self, room: &Room, yes: bool) -> Result<Option<Action>, Failure> {
        loop {
            let Some(event) = self.keys.recv().await else {
                // Nothing can be typed any more; what happens is shown all the same.
                return std::future::pending().await;
            };
            match event {
                Event::Key(key) if key.kind != KeyEventKind::Release => {
                    match self.pressed(key, room, yes) {
                        Pressed::Quit => return Ok(None),
                        Pressed::Do(action) => return Ok(Some(action)),
                        Pressed::Nothing => {}
                    }
                }
                Event::Resize(..) => {}
                _ => continue,
            }
            self.draw(room)?;
        }
    }

    fn pressed(&mut self, key: KeyEvent, room: &Room, yes: bool) -> Pressed {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        if control && key.code == KeyCode::Char('c') {
            return Pressed::Quit;
        }
        self.message.clear();
        if let Some((_, action)) = self.asked.take() {
            return match key.code {
                KeyCode::Char('y' | 'Y') => Pressed::Do(action),
                _ => {
                    "not done".clone_into(&mut self.message);
                    Pressed::Nothing
                }
            };
        }
        match key.code {
            KeyCode::Char('q') | KeyCode::Esc => Pressed::Quit,
            KeyCode::Up | KeyCode::Char('k') => {
                self.selected = self.selected.saturating_sub(1);
                Pressed::Nothing
            }
            KeyCode::Down | KeyCode::Char('j') => {
                self.selected = (self.selected + 1).min(rows(room).len().saturating_sub(1));
                Pressed::Nothing
            }
            KeyCode::Char(key) => self.meant(key, room, yes),
            _ => Pressed::Nothing,
        }
    }

    fn meant(&mut self, key: char, room: &Room, yes: bool) -> Pressed {
        match Action::of_key(key, room, self.selected) {
            Ok(action) => match action.question(room) {
                Some(question) if !yes => {
                    self.asked = Some((format!("{question} y or n"), action));
                    Pressed::Nothing
                }
                _ => Pressed::Do(action),
            },
            Err(why) => {
                self.message = why;
                Pressed::Nothing
            }
        }
    }

    pub(super) fn draw(&mut self, room: &Room) -> Result<(), Failure> {
        self.selected = self.selected.min(rows(room).len().saturating_sub(1));
        let Self {
            terminal,
            origin,
            happened,
            selected,
            asked,
            message,
            ..
        } = self;
        let foot = match (&asked, message.as_str()) {
            (Some((question, _)), _) => Line::from(escape(question)).bold(),
            (None, "") => {
                let width = terminal.size().map_or(0, |size| size.width);
                let fits = KEYS.width() <= usize::from(width);
                Line::from(if fits { KEYS } else { FEW }).dim()
            }
            (None, message) => Line::from(escape(message)).bold(),
        };
        let drawn = terminal.draw(|frame| render(frame, room, origin, happened, *selected, foot));
        drawn
            .map(drop)
            .map_err(|error| Failure::Io(format!("cannot draw: {error}")))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        ratatui::restore();
    }
}

enum Pressed {
    Quit,
    Do(Action),
    Nothing,
}

/// A line for each participant, and for each stream of which nobody knows whose it is.
fn rows(room: &Room) -> Vec<String> {
    let client = |client: &crate::watch::room::Participant| {
        let own = room.streams.iter().filter(|it| it.client == client.id);
        let streams: Vec<String> = own
            .map(|it| {
                if it.muted {
                    format!("{} muted", it.video)
                } else {
                    it.video.clone()
                }
            })
            .collect();
        format!(
            "{}  {:<10}  {}",
            padded(&room.called(&client.id)),
            escape(&client.role),
            streams.join(", ")
        )
    };
    let unknown = room.streams.iter().filter(|it| it.client.is_empty());
    let stream = |it: &crate::watch::room::Stream| {
        format!(
            "{}  {:<10}  {}",
            padded(&room.stream_called(it)),
            "stream",
            it.video
        )
    };
    let clients = room.clients.iter().map(client);
    clients.chain(unknown.map(stream)).collect()
}

/// A name with blanks behind it, as wide on the screen as any that is not cut.
fn padded(name: &str) -> String {
    let blanks = LONGEST.saturating_sub(name.width());
    format!("{name}{}", " ".repeat(blanks))
}

fn render(
    frame: &mut Frame<'_>,
    room: &Room,
    origin: &str,
    happened: &VecDeque<String>,
    selected: usize,
    foot: Line<'_>,
) {
    let [head, above, below, bottom] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Percentage(50),
        Constraint::Fill(1),
        Constraint::Length(1),
    ])
    .areas(frame.area());
    let summary = format!("{} · {origin}", escape(&room.summary()));
    frame.render_widget(Line::from(summary).bold(), head);
    let rows = rows(room);
    if rows.is_empty() {
        let nobody = Paragraph::new("Nobody is here.").block(Block::bordered());
        frame.render_widget(nobody, above);
    } else {
        let list = List::new(rows.into_iter().map(ListItem::new))
            .block(Block::bordered().title("In the room"))
            .highlight_symbol("> ");
        let mut state = ListState::default().with_selected(Some(selected));
        frame.render_stateful_widget(list, above, &mut state);
    }
    let height = usize::from(below.height);
    let skipped = happened.len().saturating_sub(height);
    let lines: Vec<Line<'_>> = happened
        .iter()
        .skip(skipped)
        .map(|line| Line::from(line.as_str()))
        .collect();
    frame.render_widget(Paragraph::new(lines), below);
    frame.render_widget(foot, bottom);
}
