//! Everything that there is, and how it changes with time.

pub(crate) mod address;
pub(crate) mod admission;
pub(crate) mod agenda;
pub(crate) mod archive;
mod archives;
mod broadcast;
mod broadcasts;
mod calls;
mod captions;
mod clients;
pub(crate) mod clock;
mod events;
pub(crate) mod identity;
pub(crate) mod notice;
pub(crate) mod participation;
pub(crate) mod project;
pub(crate) mod random;
pub(crate) mod records;
mod renders;
mod service;
pub(crate) mod session;
mod streams;
pub(crate) mod table;
pub(crate) mod timings;

use std::time::SystemTime;

use ring::hmac;
use vonage_video_auth::{SessionInfo, Verifier};

pub use self::{
    admission::JoinError,
    identity::Project,
    notice::Notice,
    participation::{ClientError, Moderation, Publish},
    timings::Timings,
};
pub(crate) use self::{
    archive::ArchiveRecord,
    archives::requested_transcription,
    broadcast::BroadcastRecord,
    clients::Publication,
    project::ProjectState,
    service::{CallRecord, CaptionsRecord, RenderRecord},
    session::Session,
};
use crate::{
    api::reply::{Caller, Refusal, Reply},
    site::{fault::Faults, journal::Journal},
    webhook::Webhooks,
    world::{
        agenda::{Agenda, Reminder},
        clock::{Clock, Millis, to_millis, to_time},
        random::Random,
        records::Records,
        table::Table,
    },
};

pub(crate) struct World {
    pub(crate) clock: Clock,
    /// The virtual time of what is being done.
    pub(crate) now: Millis,
    pub(crate) random: Random,
    pub(crate) agenda: Agenda,
    pub(crate) timings: Timings,
    /// Where the emulator is reached, without a slash at the end.
    pub(crate) url: String,
    /// Signs download links.
    pub(crate) link_key: hmac::Key,
    pub(crate) projects: Table<ProjectState>,
    /// Verifies the account-level tokens of OpenTok.
    pub(crate) account: Option<Verifier>,
    pub(crate) sessions: Table<Session>,
    pub(crate) archives: Records<ArchiveRecord>,
    pub(crate) broadcasts: Records<BroadcastRecord>,
    pub(crate) renders: Records<RenderRecord>,
    pub(crate) captions: Table<CaptionsRecord>,
    /// Calls that are not over.
    pub(crate) calls: Table<CallRecord>,
    pub(crate) journal: Journal,
    pub(crate) faults: Faults,
    pub(crate) webhooks: Webhooks,
    /// Whether webhooks may go to other machines.
    pub(crate) allow_remote: bool,
    /// How far the wall clock is made to go wrong, in milliseconds.
    pub(crate) skew: i64,
}

impl World {
    pub(crate) fn new(clock: Clock, seed: u64, timings: Timings, url: String) -> Self {
        let mut random = Random::new(seed);
        let link_key = hmac::Key::new(hmac::HMAC_SHA256, random.hex(64).as_bytes());
        Self {
            now: clock.now(),
            clock,
            random,
            agenda: Agenda::default(),
            timings,
            url,
            link_key,
            projects: Table::default(),
            account: None,
            sessions: Table::default(),
            archives: Records::default(),
            broadcasts: Records::default(),
            renders: Records::default(),
            captions: Table::default(),
            calls: Table::default(),
            journal: Journal::default(),
            faults: Faults::new(seed),
            webhooks: Webhooks::default(),
            allow_remote: false,
            skew: 0,
        }
    }

    /// Lets everything happen that is due by now.
    pub(crate) fn catch_up(&mut self) {
        let until = self.clock.now();
        while let Some((due, reminder)) = self.agenda.take(until) {
            self.now = self.now.max(due);
            self.remind(reminder);
        }
        self.now = self.now.max(until);
    }

    fn remind(&mut self, reminder: Reminder) {
        match reminder {
            Reminder::Archive(id) => self.settle_archive(&id),
            Reminder::Broadcast(id) => self.settle_broadcast(&id),
            Reminder::Render(id) => self.settle_render(&id),
            Reminder::Captions(id) => self.settle_captions(&id),
            Reminder::Call(id) => self.settle_call(&id),
            Reminder::Delivery(number) => self.webhooks.ready(number),
        }
    }

    /// The wall clock: what credentials are checked by, and what `Date` says.
    pub(crate) fn wall(&self) -> SystemTime {
        match self.skew {
            0 => self.clock.wall(),
            skew => to_time(to_millis(self.clock.wall()).saturating_add_signed(skew)),
        }
    }

    /// A session of the caller's.
    pub(crate) fn session(&mut self, caller: &Caller, id: impl AsRef<str>) -> Reply<&mut Session> {
        let id = id.as_ref();
        if SessionInfo::decode(id).is_err() {
            return Err(Refusal::bad_request("Invalid session ID"));
        }
        self.sessions
            .get_mut(id)
            .filter(|session| session.project == caller.project)
            .ok_or_else(|| Refusal::not_found("Session not found"))
    }

    /// Makes a session and answers its id.
    pub(crate) fn make_session(
        &mut self,
        project: &str,
        location: Option<&str>,
        relayed: bool,
    ) -> String {
        let nonce = self.random.letters(24);
        let mut info = SessionInfo::new(project, to_time(self.now), &nonce).with_relayed(relayed);
        if let Some(location) = location {
            info = info.with_location(location);
        }
        let id = info.encode();
        let mut session = Session::new(id.clone(), project.to_owned(), self.now);
        session.relayed = relayed;
        self.sessions.insert(id.clone(), session);
        id
    }
}

/// No client is in the session: the live service's words.
pub(crate) fn nobody() -> Refusal {
    Refusal::not_found("Not found. No clients are actively connected to the OpenTok session.")
}
