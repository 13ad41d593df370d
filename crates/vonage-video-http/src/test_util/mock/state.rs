//! What a mock expects, and what came.

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use vonage_video_core::Matched;

use super::files::Files;

#[derive(Default)]
pub(super) struct State {
    pub(super) expected: Vec<Expectation>,
    pub(super) files: Files,
    /// Requests that met no expectation.
    pub(super) unexpected: Vec<String>,
}

pub(super) struct Expectation {
    pub(super) operation: &'static str,
    pub(super) times: u32,
    pub(super) met: u32,
    pub(super) matches: Box<dyn Fn(&Matched) -> bool + Send>,
    pub(super) delay: Duration,
    pub(super) headers: HeaderMap,
    pub(super) outcome: Box<dyn FnMut(&Matched) -> Outcome + Send>,
}

pub(super) enum Outcome {
    Response(StatusCode, Vec<u8>),
    Unreachable,
    Broken,
    Silence,
    Impossible(String),
}

/// What is done about one request.
pub(super) struct Reaction {
    pub(super) delay: Duration,
    pub(super) headers: HeaderMap,
    pub(super) outcome: Outcome,
}
