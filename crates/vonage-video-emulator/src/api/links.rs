//! Links to the emulator's files: signed and valid for ten minutes, as the service's are.

use http::{Request, header::HOST};
use ring::hmac;
use vonage_video_core::{
    ArchiveId, BroadcastId,
    models::{Archive, ArchiveStatus},
    shared::hex,
};

use crate::{
    media::recording,
    world::{LINK_VALID, Millis, Random, is_service},
};

/// Makes and checks links.
#[derive(Clone, Debug)]
pub(crate) struct Links {
    /// Where the emulator is reached, without a slash at the end.
    base: String,
    /// Whether it was said to be reached there, by every client.
    fixed: bool,
    key: hmac::Key,
}

impl Links {
    /// `base` is where the emulator listens, `public` where clients were said to reach it.
    pub(crate) fn new(base: String, public: Option<String>, random: &mut Random) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, random.hex(64).as_bytes());
        let fixed = public.is_some();
        let base = public.unwrap_or(base);
        Self { base, fixed, key }
    }

    /// The links for the client that sent a request: it reaches the emulator by the host that it
    /// asked. One that asked for the service itself goes through a proxy, which other programs do
    /// not, so its links have the emulator's own address.
    pub(crate) fn at<B>(&self, request: &Request<B>) -> Self {
        let host = request
            .headers()
            .get(HOST)
            .and_then(|host| host.to_str().ok());
        let name = |host: &str| host.split(':').next().unwrap_or(host).to_ascii_lowercase();
        let host = host.filter(|host| !is_service(&name(host)));
        let mut links = self.clone();
        if let (false, Some(host), Some((scheme, _))) =
            (self.fixed, host, self.base.split_once("://"))
        {
            links.base = format!("{scheme}://{host}");
        }
        links
    }

    /// Where the emulator is reached, without a slash at the end.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Adds the links that an archive has while it is available.
    pub(crate) fn add_to(&self, archive: &mut Archive, now: Millis) {
        if archive.status != ArchiveStatus::Available {
            return;
        }
        archive.url = Some(self.file(&archive.id, recording::file_name(archive), now));
        if let Some(transcription) = &mut archive.transcription {
            transcription.url = Some(self.file(&archive.id, recording::TRANSCRIPT, now));
        }
    }

    fn file(&self, archive: &ArchiveId, file: &str, now: Millis) -> String {
        let expires = now.saturating_add(LINK_VALID);
        let path = format!("{archive}/{file}");
        let signature = self.signature(&path, expires);
        format!(
            "{}/_emulator/files/{path}?expires={expires}&signature={signature}",
            self.base
        )
    }

    /// A broadcast's HLS playlist.
    pub(crate) fn playlist(&self, broadcast: &BroadcastId, dvr: bool) -> String {
        let query = if dvr { "?DVR" } else { "" };
        format!(
            "{}/_emulator/hls/{broadcast}/playlist.m3u8{query}",
            self.base
        )
    }

    /// Checks the path and query of a link to a file.
    pub(crate) fn check(&self, path: &str, query: &str, now: Millis) -> Result<(), &'static str> {
        let parameter = |name: &str| {
            query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find_map(|(key, value)| (key == name).then_some(value))
        };
        let expires: Millis = parameter("expires")
            .and_then(|value| value.parse().ok())
            .ok_or("The link is not signed")?;
        let signature = parameter("signature").ok_or("The link is not signed")?;
        if signature != self.signature(path, expires) {
            return Err("The signature does not match");
        }
        if now >= expires {
            return Err("Request has expired");
        }
        Ok(())
    }

    fn signature(&self, path: &str, expires: Millis) -> String {
        let tag = hmac::sign(&self.key, format!("{path} {expires}").as_bytes());
        hex(tag.as_ref())
    }
}
