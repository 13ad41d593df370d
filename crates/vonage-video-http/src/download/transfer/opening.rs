//! Requesting what a transfer still lacks, and judging the response.

use http::Uri;
use ring::digest::{Context, SHA256};
use vonage_video_core::{ArchiveLocation, models::Archive, operations::GetArchive};

use super::{Again, Opening, Settings, Transfer};
use crate::download::{
    error::DownloadError,
    fetch::{self, Opened, Refused},
};

impl Transfer {
    /// The archive as last read.
    pub(in crate::download) async fn archive(&mut self) -> Result<&Archive, DownloadError> {
        let Self {
            settings: Settings { client, source, .. },
            ..
        } = self;
        let read = match source.known.take() {
            Some(known) => known,
            None => Box::new(client.send(GetArchive::new(&source.id)).await?),
        };
        Ok(source.known.insert(read))
    }

    /// Requests what is missing.
    pub(super) async fn open(&mut self) -> Result<Opening, DownloadError> {
        loop {
            if self.span.received() > 0 && self.span.is_complete(self.total()) {
                return Ok(Opening::Nothing);
            }
            let link = self.link().await?;
            // Without a validator, and without a checksum in the end, only the beginning itself can
            // prove that the rest belongs to it.
            let mut span = self.span.clone();
            if !self.can_join() {
                span.restart();
            }
            self.requests += 1;
            let shared = &self.settings.client.inner().shared;
            match fetch::open(shared, &link, &span, self.version.as_ref()).await {
                Ok(opened) => return self.accept(opened),
                Err(Refused::Complete) if self.span.received() > 0 => return Ok(Opening::Nothing),
                Err(Refused::Complete) => {
                    self.pause("the file's host says that there is nothing at that offset".into())
                        .await?;
                }
                Err(Refused::Changed) if self.inherited => return Ok(Opening::Restart),
                Err(Refused::Changed) => return Err(DownloadError::Changed),
                Err(Refused::Encoded(encoding)) => return Err(DownloadError::Encoded { encoding }),
                Err(Refused::Passing(error)) => self.pause(error).await?,
                Err(Refused::Dead) => {
                    self.link = None;
                    self.settings.source.known = None;
                    self.pause("the link has expired".into()).await?;
                }
            }
        }
    }

    fn accept(&mut self, opened: Opened) -> Result<Opening, DownloadError> {
        let sizes = self.said_size().zip(opened.total);
        if let Some((expected, got)) = sizes.filter(|(said, sent)| said != sent) {
            return Err(DownloadError::Size { expected, got });
        }
        let begun = self.span.received() > 0;
        let other_size =
            self.total.is_some() && opened.total.is_some() && self.total != opened.total;
        let other_version =
            self.version.is_some() && opened.version.is_some() && self.version != opened.version;
        if (begun || self.version.is_some()) && (other_size || other_version) {
            return if self.inherited {
                Ok(Opening::Restart)
            } else {
                Err(DownloadError::Changed)
            };
        }
        let position = self.span.next();
        if begun && opened.offset == position && opened.version.is_none() && !self.proves_all() {
            // It did not say of which version this is: the beginning has to be sent again.
            self.version = None;
            return Ok(Opening::Again);
        }
        if opened.offset < position {
            let start = self.span.start();
            self.again = Some(Again {
                discarded: start.saturating_sub(opened.offset),
                compared: position - start.max(opened.offset),
                hash: Context::new(&SHA256),
            });
        }
        self.total = opened.total.or(self.total);
        self.version = match opened.version {
            None if opened.offset == position => self.version.take(),
            version => version,
        };
        self.body = Some(opened.body);
        Ok(Opening::Begun)
    }

    /// A link that is not known to have expired.
    async fn link(&mut self) -> Result<Uri, DownloadError> {
        if let Some(link) = &self.link {
            return Ok(link.clone());
        }
        let rules = self.rules;
        let archive = self.archive().await?;
        let url = match archive.location() {
            ArchiveLocation::Available { url, .. } => url,
            _ => return Err(DownloadError::no_link(archive)),
        };
        let link = fetch::link(url, rules).map_err(|why| DownloadError::Link {
            why: why.to_owned(),
        })?;
        Ok(self.link.insert(link).clone())
    }
}
