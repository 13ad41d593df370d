//! The world: everything that the API is about, at a virtual time.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::sync::Notify;
use vonage_video_core::{
    ArchiveId, BroadcastId, CaptionsId, ConnectionId, ProjectId, RenderId, SessionId, SipCallId,
    WebhookEvent,
};

use crate::world::{
    agenda::Agenda,
    archive::ArchiveRecord,
    broadcast::BroadcastRecord,
    call::CallRecord,
    captions::CaptionsRecord,
    clock::{Clock, Millis, whole_millis},
    feed::{Changed, Entry, Feed, News, Report, Subscription},
    happening::Happening,
    project::ProjectState,
    random::Random,
    records::Records,
    render::RenderRecord,
    session::Session,
    table::Table,
    timings::Timings,
};

/// Everything that the API is about.
#[derive(Debug)]
pub(crate) struct World {
    pub(super) clock: Clock,
    /// The virtual time of the present change.
    pub(super) now: Millis,
    pub(super) random: Random,
    pub(super) agenda: Agenda<Reminder>,
    pub(super) timings: Timings,
    pub(super) projects: Table<ProjectId, ProjectState>,
    pub(super) sessions: Table<SessionId, Session>,
    pub(super) archives: Records<ArchiveId, ArchiveRecord>,
    pub(super) broadcasts: Records<BroadcastId, BroadcastRecord>,
    pub(super) renders: Records<RenderId, RenderRecord>,
    pub(super) captions: Table<CaptionsId, CaptionsRecord>,
    /// Calls that are not over.
    pub(super) calls: Table<SipCallId, CallRecord>,
    pub(super) happenings: Vec<Arc<Happening>>,
    pub(super) feed: Feed,
}

/// Something to look at when its time comes. What it names decides by its own deadlines whether
/// there is anything to do, and when to look again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Reminder {
    Archive(ArchiveId),
    Broadcast(BroadcastId),
    Render(RenderId),
    Captions(CaptionsId),
    Call(SipCallId),
    Attachment(SessionId, ConnectionId),
}

impl World {
    pub(crate) fn new(clock: Clock, seed: u64, timings: Timings) -> Self {
        Self {
            now: clock.now(),
            clock,
            random: Random::new(seed),
            agenda: Agenda::default(),
            timings,
            projects: Table::default(),
            sessions: Table::default(),
            archives: Records::default(),
            broadcasts: Records::default(),
            renders: Records::default(),
            captions: Table::default(),
            calls: Table::default(),
            happenings: Vec::new(),
            feed: Feed::default(),
        }
    }

    /// The virtual time of the present change.
    pub(crate) fn now(&self) -> Millis {
        self.now
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The wall clock, which credentials are checked by.
    pub(crate) fn wall(&self) -> SystemTime {
        self.clock.wall()
    }

    /// Makes the clock run or stand still from now on.
    pub(crate) fn set_running(&mut self, runs: bool) {
        self.clock.set_running(runs);
        self.report(Changed::Clock(0), None);
        // The time until the next due thing has changed.
        self.agenda.wake().notify_one();
    }

    /// Moves the clock forward to a virtual time.
    pub(crate) fn leap_to(&mut self, time: Millis) {
        self.clock.leap_to(time);
    }

    /// Does everything that is due by a time, in order.
    pub(crate) fn pass(&mut self, until: Millis) {
        while let Some((due, reminder)) = self.agenda.take(until) {
            self.now = self.now.max(due);
            match reminder {
                Reminder::Archive(id) => self.settle_archive(&id),
                Reminder::Broadcast(id) => self.settle_broadcast(&id),
                Reminder::Render(id) => self.settle_render(&id),
                Reminder::Captions(id) => self.settle_captions(&id),
                Reminder::Call(id) => self.settle_call(&id),
                Reminder::Attachment(session, id) => self.settle_attachment(&session, &id),
            }
        }
        self.now = self.now.max(until);
    }

    /// When the next thing is due.
    pub(crate) fn next_due(&mut self) -> Option<Millis> {
        self.agenda.next_due()
    }

    /// Is notified when something is due earlier than everything else was.
    pub(crate) fn wake(&self) -> Arc<Notify> {
        self.agenda.wake()
    }

    /// Takes what has happened since the last time, in order.
    pub(crate) fn take_happenings(&mut self) -> Vec<Arc<Happening>> {
        std::mem::take(&mut self.happenings)
    }

    pub(crate) fn timings(&self) -> &Timings {
        &self.timings
    }

    /// Randomness for new ids and secrets.
    pub(crate) fn random(&mut self) -> &mut Random {
        &mut self.random
    }

    pub(crate) fn sessions(&self) -> &Table<SessionId, Session> {
        &self.sessions
    }

    pub(crate) fn archives(&self) -> &Records<ArchiveId, ArchiveRecord> {
        &self.archives
    }

    pub(crate) fn broadcasts(&self) -> &Records<BroadcastId, BroadcastRecord> {
        &self.broadcasts
    }

    pub(crate) fn renders(&self) -> &Records<RenderId, RenderRecord> {
        &self.renders
    }

    pub(crate) fn captions(&self) -> &Table<CaptionsId, CaptionsRecord> {
        &self.captions
    }

    pub(crate) fn calls(&self) -> &Table<SipCallId, CallRecord> {
        &self.calls
    }

    pub(super) fn after(&self, duration: Duration) -> Millis {
        self.now.saturating_add(whole_millis(duration))
    }

    /// The number of the latest entry of the feed.
    pub(crate) fn latest(&self) -> u64 {
        self.feed.latest()
    }

    /// Reads the feed from after an entry on.
    pub(crate) fn subscribe(&self, after: u64) -> Subscription {
        self.feed.subscribe(after)
    }

    /// The latest entries of the feed that are wanted, oldest first.
    pub(crate) fn recent(&self, most: usize, wanted: impl Fn(&Entry) -> bool) -> Vec<Arc<Entry>> {
        self.feed.recent(most, wanted)
    }

    /// Tells the readers of the feed that something around the world changed.
    pub(crate) fn report(&mut self, what: Changed, session: Option<SessionId>) {
        self.feed
            .push(self.now, News::Report(Report { what, session }));
    }

    /// How many subscriptions there are.
    pub(crate) fn readers(&self) -> usize {
        self.feed.readers()
    }

    /// Cuts the socket of a web page. Returns whether it has one.
    pub(crate) fn cut_socket(&mut self, session: &SessionId, id: &ConnectionId) -> bool {
        let open = self.is_attached(session, id);
        if open {
            self.feed.push(self.now, News::Cut(id.clone()));
        }
        open
    }

    /// Ends every subscription.
    pub(crate) fn close_feed(&mut self) {
        self.feed.close();
    }

    pub(super) fn happen(&mut self, project: &ProjectId, url: Option<&str>, event: WebhookEvent) {
        let happening = Arc::new(Happening {
            project: project.clone(),
            url: url.map(str::to_owned),
            event,
        });
        self.feed.push(self.now, News::Happening(happening.clone()));
        self.happenings.push(happening);
    }
}
