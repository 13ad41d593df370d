//! The whole world as a value, to be written to a file and continued from.

use serde::{Deserialize, Serialize};
use vonage_video_core::{
    ArchiveId, BroadcastId, CallbackId, CaptionsId, ProjectId, RenderId, SessionId, SipCallId,
    models::Callback,
};

use crate::world::{
    archive::ArchiveRecord,
    broadcast::BroadcastRecord,
    call::CallRecord,
    captions::CaptionsRecord,
    clock::{LATEST, Millis},
    feed::Feed,
    project::{Project, ProjectState},
    random::Random,
    records::Records,
    render::RenderRecord,
    session::Session,
    state::{Reminder, World},
    table::Table,
};

/// A world as it is written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Export<'w> {
    now: Millis,
    running: bool,
    /// Continues the sequence of ids, so that none is drawn twice.
    random: u64,
    projects: Vec<Saved<'w>>,
    sessions: &'w Table<SessionId, Session>,
    archives: &'w Records<ArchiveId, ArchiveRecord>,
    broadcasts: &'w Records<BroadcastId, BroadcastRecord>,
    renders: &'w Records<RenderId, RenderRecord>,
    captions: &'w Table<CaptionsId, CaptionsRecord>,
    calls: &'w Table<SipCallId, CallRecord>,
}

/// A project as it is written: without keys that somebody brought, and without the storage of its
/// archives, which has keys too.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Saved<'w> {
    id: &'w str,
    name: &'w str,
    secret: Option<&'w str>,
    created: Millis,
    suspended: bool,
    callbacks: &'w Table<CallbackId, Callback>,
}

/// A world as it is read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Import {
    now: Millis,
    running: bool,
    random: u64,
    projects: Vec<SavedProject>,
    sessions: Table<SessionId, Session>,
    archives: Records<ArchiveId, ArchiveRecord>,
    broadcasts: Records<BroadcastId, BroadcastRecord>,
    renders: Records<RenderId, RenderRecord>,
    captions: Table<CaptionsId, CaptionsRecord>,
    calls: Table<SipCallId, CallRecord>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SavedProject {
    id: ProjectId,
    name: String,
    secret: Option<String>,
    created: Millis,
    suspended: bool,
    callbacks: Table<CallbackId, Callback>,
}

impl<'w> From<&'w ProjectState> for Saved<'w> {
    fn from(state: &'w ProjectState) -> Self {
        Self {
            id: state.project.id(),
            name: state.project.name(),
            secret: state.project.secret().filter(|_| state.is_made_here),
            created: state.created,
            suspended: state.suspended,
            callbacks: &state.callbacks,
        }
    }
}

impl SavedProject {
    /// The project again. What is not in the file is that of the same project in `present`.
    fn restored(self, present: &Table<ProjectId, ProjectState>) -> Result<ProjectState, String> {
        let known = present.get(&self.id);
        let project = match (&self.secret, known) {
            (Some(secret), _) => {
                Project::opentok(self.id.as_str(), secret).map_err(|error| error.to_string())?
            }
            (None, Some(known)) => known.project.clone(),
            (None, None) => {
                return Err(format!(
                    "the key of project {} is not in the file: start the emulator with that project",
                    self.id
                ));
            }
        };
        Ok(ProjectState {
            project: project.named(self.name),
            created: self.created,
            suspended: self.suspended,
            is_made_here: self.secret.is_some(),
            storage: known.and_then(|known| known.storage.clone()),
            callbacks: self.callbacks,
        })
    }
}

impl World {
    pub(crate) fn export(&self) -> Export<'_> {
        Export {
            now: self.now,
            running: self.clock.runs(),
            random: self.random.position(),
            projects: self.projects.iter().map(Saved::from).collect(),
            sessions: &self.sessions,
            archives: &self.archives,
            broadcasts: &self.broadcasts,
            renders: &self.renders,
            captions: &self.captions,
            calls: &self.calls,
        }
    }

    /// Continues from another world. `playlist` is the URL at which a broadcast is watched here,
    /// with or without rewinding. The error says why it cannot be; then nothing changes.
    pub(crate) fn import(
        &mut self,
        mut import: Import,
        playlist: impl Fn(&BroadcastId, bool) -> String,
    ) -> Result<(), String> {
        if import.now > LATEST {
            return Err("virtual time ends with the year 9999".to_owned());
        }
        let projects = import.projects.into_iter();
        let projects = projects.map(|saved| {
            let id = saved.id.clone();
            Ok((id, saved.restored(&self.projects)?))
        });
        self.projects = projects.collect::<Result<_, String>>()?;
        for broadcast in import.broadcasts.iter_mut() {
            let model = &mut broadcast.model;
            let hls = model.settings.as_ref().and_then(|it| it.hls.as_ref());
            let rewinds = hls.is_some_and(|hls| hls.dvr == Some(true));
            let urls = model.urls.as_mut().and_then(|urls| urls.hls.as_mut());
            if let Some(url) = urls {
                *url = playlist(&model.id, rewinds);
            }
        }
        self.clock.set(import.now, import.running);
        self.now = import.now;
        self.random = Random::new(import.random);
        self.sessions = import.sessions;
        self.archives = import.archives;
        self.broadcasts = import.broadcasts;
        self.renders = import.renders;
        self.captions = import.captions;
        self.calls = import.calls;
        // What was due decides by its own deadlines when to be looked at again.
        self.agenda.clear();
        let reminders = (self.archives.ids().cloned().map(Reminder::Archive))
            .chain(self.broadcasts.ids().cloned().map(Reminder::Broadcast))
            .chain(self.renders.ids().cloned().map(Reminder::Render))
            .chain(self.captions.ids().cloned().map(Reminder::Captions))
            .chain(self.calls.ids().cloned().map(Reminder::Call));
        for reminder in reminders {
            self.agenda.add(self.now, reminder);
        }
        // Readers of the old world's feed come to its end, and read everything again.
        self.happenings.clear();
        self.feed = Feed::default();
        Ok(())
    }
}
