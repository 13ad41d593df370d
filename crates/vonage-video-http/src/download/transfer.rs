//! A file in pieces, through breaks and dead links.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Uri};
use ring::digest::{Context, SHA256};
use vonage_video_core::{BoxError, models::Archive, operations::GetArchive};

use super::{
    DownloadError, DownloadProgress, DownloadSource, Downloaded, OnProgress,
    source::{self, Opened, Refused},
};
use crate::{body::Body, client::Client};

/// How often in a row a transfer may break, or a link be dead, without a byte between.
const PATIENCE: u32 = 5;

const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

pub(super) struct Transfer {
    client: Client,
    source: DownloadSource,
    observer: Option<OnProgress>,
    link: Option<Uri>,
    body: Option<Body>,
    /// Bytes to skip, from a host that sent more of the beginning than was asked for.
    skip: u64,
    received: u64,
    total: Option<u64>,
    version: Option<HeaderValue>,
    hash: Context,
    sha256: String,
    requests: u32,
    /// Failures since the last byte.
    failures: u32,
}

impl Transfer {
    pub(super) fn new(
        client: Client,
        source: DownloadSource,
        observer: Option<OnProgress>,
    ) -> Self {
        Self {
            client,
            source,
            observer,
            link: None,
            body: None,
            skip: 0,
            received: 0,
            total: None,
            version: None,
            hash: Context::new(&SHA256),
            sha256: String::new(),
            requests: 0,
            failures: 0,
        }
    }

    /// The next piece, or nothing when the whole has been received and is what it should be.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, DownloadError> {
        loop {
            let Some(body) = &mut self.body else {
                if self.open().await? {
                    continue;
                }
                return self.finish();
            };
            let time = &self.client.inner().shared.time;
            let patience = self.client.inner().shared.deadlines.attempt;
            let outcome = {
                let mut timer = time.sleep(patience);
                let mut chunk = std::pin::pin!(body.chunk());
                std::future::poll_fn(|cx| {
                    if let std::task::Poll::Ready(outcome) = chunk.as_mut().poll(cx) {
                        return std::task::Poll::Ready(outcome);
                    }
                    std::pin::Pin::new(&mut timer).poll(cx).map(|()| {
                        Some(Err(BoxError::from(format!(
                            "nothing came for {patience:?}"
                        ))))
                    })
                })
                .await
            };
            match outcome {
                Some(Ok(piece)) => {
                    if let Some(piece) = self.take(piece) {
                        return Ok(Some(piece));
                    }
                }
                Some(Err(error)) => self.broke(error).await?,
                None if self.total.is_some_and(|total| self.received < total) => {
                    self.broke("the connection ended too early".into()).await?;
                }
                None => {
                    self.body = None;
                    return self.finish();
                }
            }
        }
    }

    pub(super) fn done(self) -> Downloaded {
        Downloaded {
            bytes: self.received,
            verified: self.expected_sha256().is_some(),
            sha256: self.sha256,
            requests: self.requests,
        }
    }

    /// A number that others do not have, for a name.
    pub(super) fn nonce(&self) -> u64 {
        let jitter = self.client.inner().shared.time.jitter();
        jitter.to_bits() ^ u64::from(std::process::id()).rotate_left(32)
    }

    /// Asks for what is missing. False when nothing is.
    async fn open(&mut self) -> Result<bool, DownloadError> {
        let link = self.link().await?;
        let shared = &self.client.inner().shared;
        self.requests += 1;
        match source::open(shared, &link, self.received, self.version.as_ref()).await {
            Ok(opened) => {
                self.begin(opened)?;
                Ok(true)
            }
            Err(Refused::Complete) if self.received > 0 => Ok(false),
            Err(Refused::Complete) => {
                self.pause("the file's host says that it has no bytes".into())
                    .await?;
                Ok(true)
            }
            Err(Refused::Changed) => Err(DownloadError::Changed),
            Err(Refused::Passing(error)) => {
                self.pause(error).await?;
                Ok(true)
            }
            Err(Refused::Dead) => {
                self.link = None;
                self.source.known = None;
                self.pause("the link is dead".into()).await?;
                Ok(true)
            }
        }
    }

    fn begin(&mut self, opened: Opened) -> Result<(), DownloadError> {
        let begun = self.received > 0;
        let another =
            |old: Option<u64>| old.is_some() && opened.total.is_some() && old != opened.total;
        if begun
            && (another(self.total) || (self.version.is_some() && self.version != opened.version))
        {
            return Err(DownloadError::Changed);
        }
        self.skip = self.received.saturating_sub(opened.offset);
        self.total = opened.total.or(self.total);
        self.version = opened.version;
        self.body = Some(opened.body);
        Ok(())
    }

    /// A link that has not been found dead.
    async fn link(&mut self) -> Result<Uri, DownloadError> {
        if let Some(link) = &self.link {
            return Ok(link.clone());
        }
        let archive: &Archive = match &mut self.source.known {
            Some(archive) => archive,
            known => {
                let archive = self
                    .client
                    .send(GetArchive::new(&self.source.id))
                    .await
                    .map_err(DownloadError::Call)?;
                known.insert(Box::new(archive))
            }
        };
        let url = match archive.location() {
            vonage_video_core::ArchiveLocation::Available { url, .. } => url,
            _ => return Err(DownloadError::no_link(archive)),
        };
        let link = source::link(url).map_err(|why| DownloadError::Link {
            why: why.to_owned(),
        })?;
        Ok(self.link.insert(link).clone())
    }

    /// Counts a piece, without what is known already.
    fn take(&mut self, mut piece: Bytes) -> Option<Bytes> {
        let known = usize::try_from(self.skip)
            .unwrap_or(usize::MAX)
            .min(piece.len());
        self.skip -= known as u64;
        let _ = piece.split_to(known);
        if piece.is_empty() {
            return None;
        }
        self.failures = 0;
        self.received += piece.len() as u64;
        self.hash.update(&piece);
        if let Some(observer) = &self.observer {
            observer(DownloadProgress {
                bytes: self.received,
                total: self.total,
            });
        }
        Some(piece)
    }

    async fn broke(&mut self, error: BoxError) -> Result<(), DownloadError> {
        self.body = None;
        self.pause(error).await
    }

    async fn pause(&mut self, error: BoxError) -> Result<(), DownloadError> {
        self.failures += 1;
        if self.failures >= PATIENCE {
            return Err(DownloadError::Transfer {
                bytes: self.received,
                source: error,
            });
        }
        let time = &self.client.inner().shared.time;
        let pause = FIRST_PAUSE
            .saturating_mul(1 << (self.failures - 1))
            .min(LONGEST_PAUSE);
        time.sleep(pause.mul_f64(time.jitter().clamp(0.0, 1.0)))
            .await;
        Ok(())
    }

    /// Compares what was received with what should have been.
    fn finish(&mut self) -> Result<Option<Bytes>, DownloadError> {
        let said = self.source.known.as_ref().map_or(0, |archive| archive.size);
        let expected = [Some(said).filter(|size| *size > 0), self.total];
        if let Some(expected) = expected
            .into_iter()
            .flatten()
            .find(|expected| *expected != self.received)
        {
            return Err(DownloadError::Size {
                expected,
                got: self.received,
            });
        }
        self.sha256 = hex(self.hash.clone().finish().as_ref());
        match self.expected_sha256() {
            Some(expected) if !expected.eq_ignore_ascii_case(&self.sha256) => {
                Err(DownloadError::Checksum {
                    expected: expected.to_owned(),
                    got: self.sha256.clone(),
                })
            }
            _ => Ok(None),
        }
    }

    fn expected_sha256(&self) -> Option<&str> {
        let sum = self.source.known.as_ref()?.sha256sum.as_deref()?.trim();
        let is_sum = sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_sum.then_some(sum)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
