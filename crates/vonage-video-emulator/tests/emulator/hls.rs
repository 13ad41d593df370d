//! The HLS streams of broadcasts: playlists by the rules of RFC 8216, and their pieces.

use crate::common::{Api, HOUR, SECOND};
use http::StatusCode;
use vonage_video_core::{
    models::{BroadcastOutputs, Hls},
    operations::{StartBroadcast, StopBroadcast},
};

/// A playlist, read by the rules.
#[derive(Clone, Debug, PartialEq)]
struct Playlist {
    first: u64,
    /// Names and seconds.
    segments: Vec<(String, f64)>,
    parts: Vec<String>,
    hint: Option<String>,
    is_event: bool,
    has_ended: bool,
}

impl Playlist {
    /// Reads a playlist. Fails for one that breaks a rule (section 4.3).
    fn read(text: &str) -> Self {
        let mut lines = text.lines();
        assert_eq!(
            lines.next(),
            Some("#EXTM3U"),
            "4.3.1.1: it is the first line"
        );
        assert!(text.is_ascii() && text.ends_with('\n'));
        let tag = |name: &str| {
            let start = format!("#EXT-X-{name}:");
            let mut found = text.lines().filter_map(|line| line.strip_prefix(&*start));
            let value = found.next();
            assert_eq!(found.next(), None, "{name} must not appear more than once");
            value
        };
        let number = |name: &str| tag(name).map(|it| it.parse::<u64>().expect(name));
        let version = number("VERSION").expect("a version");
        assert!(
            version >= 6,
            "4.3.2.5: a map needs 6 in a playlist of whole frames"
        );
        let target = number("TARGETDURATION").expect("4.3.3.1: required");
        let first = number("MEDIA-SEQUENCE").unwrap_or(0);
        assert_eq!(tag("MAP"), Some("URI=\"start.mp4\""));

        let (mut segments, mut duration, mut began) = (Vec::new(), None, false);
        let mut parts = Vec::new();
        for line in lines {
            match line.strip_prefix('#') {
                Some(tag) => {
                    if tag.starts_with("EXT-X-MEDIA-SEQUENCE") || tag.starts_with("EXT-X-MAP") {
                        assert!(!began, "{line} must be before the first segment");
                    }
                    if let Some(seconds) = tag.strip_prefix("EXTINF:") {
                        let seconds: f64 = seconds.trim_end_matches(',').parse().expect(tag);
                        assert!(seconds > 0.0 && seconds.round() as u64 <= target, "4.3.3.1");
                        assert_eq!(duration.replace(seconds), None, "a segment for each");
                        began = true;
                    }
                    if let Some(part) = tag.strip_prefix("EXT-X-PART:") {
                        let uri = part.split("URI=\"").nth(1).expect("a URI");
                        parts.push(uri.split('"').next().expect("a URI").to_owned());
                        assert!(part.starts_with("DURATION=0.500,"));
                    }
                }
                None => segments.push((
                    line.to_owned(),
                    duration
                        .take()
                        .expect("4.3.2.1: a duration for each segment"),
                )),
            }
        }
        assert_eq!(duration, None, "a segment for each duration");
        if !parts.is_empty() {
            assert_eq!(tag("PART-INF"), Some("PART-TARGET=0.500"));
            let control = "CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.500";
            assert_eq!(
                tag("SERVER-CONTROL"),
                Some(control),
                "at least twice the target"
            );
        }
        let hint = tag("PRELOAD-HINT").map(|hint| {
            let uri = hint.strip_prefix("TYPE=PART,URI=\"").expect(hint);
            uri.trim_end_matches('"').to_owned()
        });
        Self {
            first,
            segments,
            parts,
            hint,
            is_event: tag("PLAYLIST-TYPE") == Some("EVENT"),
            has_ended: text.ends_with("#EXT-X-ENDLIST\n"),
        }
    }

    /// Fails unless this may come after another one (section 6.2).
    fn follows(&self, before: &Self) {
        let gone = self
            .first
            .checked_sub(before.first)
            .expect("6.2.2: it never goes back");
        assert!(
            !before.has_ended || self == before,
            "6.2.1: nothing changes after the end"
        );
        assert!(gone == 0 || !self.is_event, "4.3.3.5: an event keeps all");
        let kept = before.segments.iter().skip(usize::try_from(gone).unwrap());
        for (one, other) in kept.zip(&self.segments) {
            assert_eq!(
                one, other,
                "6.2.1: only added at the end and removed from the start"
            );
        }
        let seconds: f64 = self.segments.iter().map(|(_, seconds)| seconds).sum();
        assert!(
            self.first == 0 || seconds >= 12.0,
            "6.2.2: three target durations stay"
        );
    }
}

/// A broadcast, its playlist's address, and its client.
async fn live(api: &Api, hls: Hls) -> (vonage_video_core::BroadcastId, String) {
    let (session, _client) = api.busy().await;
    let outputs = BroadcastOutputs::new().hls(hls);
    let request = StartBroadcast::new(&session, outputs);
    let broadcast = api.send(request).await.unwrap();
    let url = broadcast.urls.unwrap().hls.unwrap();
    (broadcast.id, url)
}

async fn get(api: &Api, url: &str) -> http::Response<bytes::Bytes> {
    api.get("GET", url, String::new()).await
}

async fn read(api: &Api, url: &str) -> Playlist {
    let response = get(api, url).await;
    assert_eq!(response.status(), 200, "{url}");
    let headers = response.headers();
    assert_eq!(headers["content-type"], "application/vnd.apple.mpegurl");
    assert_eq!(headers["access-control-allow-origin"], "*");
    Playlist::read(std::str::from_utf8(response.body()).unwrap())
}

/// The address of what a playlist names.
fn beside(playlist: &str, name: &str) -> String {
    let (folder, _) = playlist.rsplit_once('/').unwrap();
    format!("{folder}/{name}")
}

#[tokio::test]
async fn segments_grow_with_virtual_time_and_the_end_is_told() {
    let api = Api::vonage();
    for dvr in [false, true] {
        let (id, url) = live(&api, Hls::new().dvr(dvr)).await;
        assert_eq!(get(&api, &url).await.status(), 404, "it is being set up");
        api.pass(SECOND / 10).await;
        let mut before = read(&api, &url).await;
        assert_eq!(before.segments.len(), 1, "live is what can be watched");
        assert_eq!(before.is_event, dvr);
        for step in [1, 3, 4, 60, 3600] {
            api.pass(step * SECOND).await;
            let now = read(&api, &url).await;
            now.follows(&before);
            before = now;
        }
        // 3668 seconds, after the four of the start.
        let count = before.first + before.segments.len() as u64;
        assert_eq!(count, 918);
        assert_eq!(before.segments.len(), if dvr { 918 } else { 6 });
        api.pass(SECOND * 3 / 2).await;
        api.send(StopBroadcast::new(&id)).await.unwrap();
        let ended = read(&api, &url).await;
        ended.follows(&before);
        assert!(ended.has_ended);
        assert_eq!(ended.segments.last().unwrap(), &("918.m4s".to_owned(), 1.5));
        api.pass(HOUR).await;
        read(&api, &url).await.follows(&ended);
    }
}

#[tokio::test]
async fn what_a_playlist_names_is_there_and_nothing_else() {
    let api = Api::vonage();
    let (_, url) = live(&api, Hls::new()).await;
    api.pass(SECOND / 10 + 9 * SECOND).await;
    let playlist = read(&api, &url).await;
    let names = playlist.segments.iter().map(|(name, _)| name.as_str());
    for name in names.chain(["start.mp4"]) {
        let response = get(&api, &beside(&url, name)).await;
        assert_eq!(response.status(), 200, "{name}");
        assert_eq!(response.headers()["content-type"], "video/mp4");
        let again = get(&api, &beside(&url, name)).await;
        assert_eq!(response.body(), again.body(), "the same each time");
    }
    for name in [
        "3.m4s",
        "0.0.m4s?x=../../..",
        "99999999999999999999.m4s",
        "18446744073709551615.m4s",
        "-1.m4s",
        "start.m4s",
        "playlist.m3u",
        "",
        "../state",
    ] {
        let status = get(&api, &beside(&url, name)).await.status();
        let expected = if name.starts_with("0.0") { 200 } else { 404 };
        assert_eq!(status, expected, "{name}");
    }
    let posted = api.get("POST", &url, String::new()).await;
    assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
    let head = api.get("HEAD", &url, String::new()).await;
    let whole = get(&api, &url).await.into_body().len();
    assert_eq!(head.headers()["content-length"], whole.to_string());
    assert!(head.body().is_empty());
}

#[tokio::test]
async fn low_latency_tells_parts_and_lets_players_wait_for_the_next() {
    let api = Api::vonage();
    let (id, url) = live(&api, Hls::new().low_latency(true)).await;
    api.pass(SECOND / 10 + 5 * SECOND).await;
    let before = read(&api, &url).await;
    assert_eq!(before.segments.len(), 2);
    assert_eq!(before.parts.len(), 2 * 8 + 2);
    assert_eq!(before.hint.as_deref(), Some("2.2.m4s"));
    for part in &before.parts {
        assert_eq!(get(&api, &beside(&url, part)).await.status(), 200, "{part}");
    }

    let waiting = format!("{url}?_HLS_msn=2&_HLS_part=3");
    let hinted = beside(&url, "2.2.m4s");
    let pass = async {
        api.pass(SECOND * 3 / 5).await;
        api.pass(SECOND * 3 / 5).await;
    };
    let (playlist, part, ()) = tokio::join!(read(&api, &waiting), get(&api, &hinted), pass);
    playlist.follows(&before);
    assert!(
        playlist.parts.len() >= before.parts.len() + 2,
        "{playlist:?}"
    );
    assert_eq!(part.status(), 200);

    let far = format!("{url}?_HLS_msn=99");
    assert_eq!(
        get(&api, &far).await.status(),
        400,
        "nobody waits for that long"
    );
    let wrong = format!("{url}?_HLS_part=1");
    assert_eq!(get(&api, &wrong).await.status(), 400);
    let waiting = format!("{url}?_HLS_msn=3");
    let stop = async { api.send(StopBroadcast::new(&id)).await.unwrap() };
    let (playlist, _) = tokio::join!(read(&api, &waiting), stop);
    assert!(playlist.has_ended && playlist.hint.is_none());
}
