//! A file in pieces, through breaks and expired links.

mod opening;
mod reading;

use bytes::Bytes;
use http::{HeaderValue, Uri};
use ring::digest::{Context, SHA256};
use vonage_video_core::shared::hex;

use super::{
    checksum::Checksum,
    downloaded::Downloaded,
    error::DownloadError,
    fetch::LinkRules,
    pace::Pace,
    progress::{DownloadProgress, OnProgress},
    source::DownloadSource,
    span::Span,
};
use crate::{body::Body, client::Client};

/// What a download is made with.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) client: Client,
    pub(super) source: DownloadSource,
    pub(super) observer: Option<OnProgress>,
    pub(super) least_bytes_per_second: u64,
}

/// The pieces of one span of a file, in order.
pub(super) struct Transfer {
    settings: Settings,
    rules: LinkRules,
    span: Span,
    link: Option<Uri>,
    body: Option<Body>,
    /// The beginning, while it is being sent again.
    again: Option<Again>,
    total: Option<u64>,
    /// The strong validator of the version whose bytes are received.
    version: Option<HeaderValue>,
    /// Over what was received; nothing while somebody else computes it.
    hash: Option<Context>,
    hashes_itself: bool,
    /// Whether somebody else puts this span together with others and proves the whole by its
    /// checksum.
    proved_elsewhere: bool,
    is_part: bool,
    /// Bytes of an earlier process are among those received; if they prove to be of another
    /// version, it starts over.
    inherited: bool,
    /// The last byte came.
    ended: bool,
    requests: u32,
    pace: Pace,
}

/// Bytes that are there already. They prove that the version is the same, where nothing else does.
struct Again {
    /// Before the span.
    discarded: u64,
    compared: u64,
    hash: Context,
}

/// What a transfer comes to next.
pub(super) enum Step {
    Piece(Bytes),
    /// The caller must bring the hash up to date and return it.
    Settle,
    /// What was received is worthless.
    Restart,
    /// The span is complete, and proved as far as it can be.
    Done,
}

enum Opening {
    Begun,
    /// The response is no use; the next one will be.
    Again,
    /// Nothing is missing.
    Nothing,
    Restart,
}

impl Transfer {
    pub(super) fn new(settings: Settings, span: Span) -> Self {
        let inner = settings.client.inner();
        let pace = Pace::new(
            settings.least_bytes_per_second,
            inner.shared.deadlines.attempt,
        );
        let rules = LinkRules {
            api_is_local: crate::base_url::is_loopback(inner.current.get().base().host()),
            allow_plain_http: inner.shared.allow_plain_http,
        };
        Self {
            settings,
            rules,
            span,
            link: None,
            body: None,
            again: None,
            total: None,
            version: None,
            hash: Some(Context::new(&SHA256)),
            hashes_itself: true,
            proved_elsewhere: false,
            is_part: false,
            inherited: false,
            ended: false,
            requests: 0,
            pace,
        }
    }

    /// The rest of the same file, for a transfer beside this one.
    pub(super) fn beside(&self, span: Span, observer: Option<OnProgress>) -> Self {
        let mut other = Self::new(self.settings.clone(), span);
        other.settings.observer = observer;
        other.link.clone_from(&self.link);
        other.total = self.total;
        other.version.clone_from(&self.version);
        other.is_part();
        other
    }

    /// The next step. After `Settle`, it goes on once the hash is back.
    pub(super) async fn next(&mut self) -> Result<Step, DownloadError> {
        loop {
            if self.ended {
                return self.finish();
            }
            if self.body.is_none() {
                match self.open().await? {
                    Opening::Begun => {}
                    Opening::Again => continue,
                    Opening::Nothing => {
                        self.ended = true;
                        continue;
                    }
                    Opening::Restart => return Ok(self.restart()),
                }
            }
            if self.again.is_some() && self.hash.is_none() && !self.can_join() {
                return Ok(Step::Settle);
            }
            match self.chunk().await {
                Some(Ok(piece)) => {
                    let Some(piece) = self.without_beginning(piece) else {
                        if self.inherited {
                            return Ok(self.restart());
                        }
                        return Err(DownloadError::Changed);
                    };
                    if !piece.is_empty() {
                        return self.take(piece).map(Step::Piece);
                    }
                }
                Some(Err(error)) => self.broke(error).await?,
                None if self.is_short() => {
                    self.broke("the connection ended too early".into()).await?;
                }
                None => {
                    self.body = None;
                    self.ended = true;
                }
            }
        }
    }

    /// Waits for the first response, if none is there. What is known after that: size and version.
    pub(super) async fn begin(&mut self) -> Result<(), DownloadError> {
        while self.body.is_none() {
            match self.open().await? {
                Opening::Begun | Opening::Again => {}
                Opening::Nothing | Opening::Restart => break,
            }
        }
        Ok(())
    }

    pub(super) fn done(self) -> Downloaded {
        Downloaded::new(
            self.span.received(),
            self.sum(),
            self.covers_all(),
            self.checksum(),
            self.requests,
        )
    }

    /// The size of the whole file, as far as it is known.
    pub(super) fn total(&self) -> Option<u64> {
        self.said_size().or(self.total)
    }

    /// Bytes that are still to come, as far as that is known.
    pub(super) fn missing(&self) -> Option<u64> {
        let end = self.span.end(self.total())?;
        Some(end.saturating_sub(self.span.next()))
    }

    pub(super) fn version(&self) -> Option<&HeaderValue> {
        self.version.as_ref()
    }

    /// Whether parts that were requested apart can be put together.
    pub(super) fn can_join(&self) -> bool {
        self.version.is_some() || self.proves_all()
    }

    pub(super) fn requests(&self) -> u32 {
        self.requests
    }

    pub(super) fn client(&self) -> &Client {
        &self.settings.client
    }

    pub(super) fn observer(&self) -> Option<OnProgress> {
        self.settings.observer.clone()
    }

    /// Ends the span before `end`: the rest is for others.
    pub(super) fn end_at(&mut self, end: u64, observer: Option<OnProgress>) {
        let mut span = Span::between(self.span.start(), end);
        span.receive(self.span.received());
        self.span = span;
        self.settings.observer = observer;
        self.is_part();
    }

    fn is_part(&mut self) {
        self.hash = None;
        self.hashes_itself = false;
        self.proved_elsewhere = self.checksum().sha256().is_some();
        self.is_part = true;
    }

    /// Takes the hash away, to be computed by the code that writes the bytes.
    pub(super) fn lend_hash(&mut self) -> Context {
        self.hashes_itself = false;
        self.hash.take().unwrap_or_else(|| Context::new(&SHA256))
    }

    pub(super) fn return_hash(&mut self, hash: Context) {
        self.hash = Some(hash);
    }

    /// Goes on with what an earlier process received.
    pub(super) fn inherit(&mut self, bytes: u64, hash: Context, version: Option<HeaderValue>) {
        self.span.receive(bytes);
        self.hash = Some(hash);
        self.version = version;
        self.inherited = true;
    }

    pub(super) fn checksum(&self) -> Checksum {
        let known = self.settings.source.known.as_ref();
        Checksum::read(known.and_then(|archive| archive.sha256sum.as_deref()))
    }

    fn restart(&mut self) -> Step {
        self.body = None;
        self.again = None;
        self.version = None;
        self.total = None;
        self.inherited = false;
        self.ended = false;
        self.span.restart();
        self.hash = Some(Context::new(&SHA256));
        Step::Restart
    }

    /// A piece without what was there already; nothing if that is not the same.
    fn without_beginning(&mut self, mut piece: Bytes) -> Option<Bytes> {
        let Some(again) = &mut self.again else {
            return Some(piece);
        };
        let discarded = piece.split_to(fitting(again.discarded, piece.len()));
        again.discarded -= discarded.len() as u64;
        let compared = piece.split_to(fitting(again.compared, piece.len()));
        again.compared -= compared.len() as u64;
        again.hash.update(&compared);
        if (again.discarded, again.compared) != (0, 0) {
            return Some(Bytes::new());
        }
        let again = self.again.take()?;
        let is_same = match &self.hash {
            Some(hash) => again.hash.finish().as_ref() == hash.clone().finish().as_ref(),
            // The validator or the checksum proves it.
            None => true,
        };
        is_same.then_some(piece)
    }

    /// Counts a piece.
    fn take(&mut self, mut piece: Bytes) -> Result<Bytes, DownloadError> {
        let next = self.span.next();
        let length = piece.len() as u64;
        let got = next + length;
        if let Some(expected) = self.total().filter(|total| got > *total) {
            return Err(DownloadError::Size { expected, got });
        }
        if let Some(end) = self.span.end(self.total()).filter(|end| got > *end) {
            piece.truncate(fitting(end - next, piece.len()));
            self.body = None;
        }
        self.span.receive(piece.len() as u64);
        self.pace.progress(piece.len() as u64);
        if let Some(hash) = self.hash.as_mut().filter(|_| self.hashes_itself) {
            hash.update(&piece);
        }
        if let Some(observer) = &self.settings.observer {
            observer(DownloadProgress {
                bytes: self.span.next(),
                total: self.total(),
            });
        }
        Ok(piece)
    }

    /// Whether the connection ended before the end.
    fn is_short(&self) -> bool {
        self.again.is_some()
            || self
                .span
                .end(self.total())
                .is_some_and(|end| self.span.next() < end)
    }

    /// Compares what was received with what should have been.
    fn finish(&mut self) -> Result<Step, DownloadError> {
        let got = self.span.next();
        let reaches_end = |total: &u64| self.span.end(Some(*total)) == Some(*total);
        if let Some(expected) = self.total().filter(reaches_end).filter(|end| got != *end) {
            return Err(DownloadError::Size { expected, got });
        }
        if self.is_part {
            return Ok(Step::Done);
        }
        if self.hash.is_none() {
            return Ok(Step::Settle);
        }
        let got = self.sum();
        match self.checksum().sha256() {
            Some(expected) if self.covers_all() && expected != got => {
                if self.inherited {
                    Ok(self.restart())
                } else {
                    Err(DownloadError::Checksum {
                        expected: expected.to_owned(),
                        got,
                    })
                }
            }
            _ => Ok(Step::Done),
        }
    }

    fn sum(&self) -> String {
        let hash = self.hash.clone();
        hash.map_or_else(String::new, |hash| hex(hash.finish().as_ref()))
    }

    fn covers_all(&self) -> bool {
        self.span.start() == 0 && self.span.end(self.total()) == self.total()
    }

    /// Whether the checksum will prove the whole in the end.
    fn proves_all(&self) -> bool {
        self.proved_elsewhere || (self.span.start() == 0 && self.checksum().sha256().is_some())
    }

    /// The size that the service says.
    fn said_size(&self) -> Option<u64> {
        let known = self.settings.source.known.as_ref()?;
        Some(known.size).filter(|size| *size > 0)
    }
}

fn fitting(limit: u64, length: usize) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX).min(length)
}
