//! Media playlists.

use std::fmt::{self, Write as _};

use vonage_video_core::Timestamp;

use super::{
    piece::Piece,
    times::{PART, SEGMENT},
};

/// A live stream at some moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Live {
    /// Milliseconds of the stream that there are.
    pub(crate) length: u64,
    /// Whether it has ended.
    pub(crate) ended: bool,
    /// Whether players can go back to the start.
    pub(crate) dvr: bool,
    pub(crate) low_latency: bool,
    /// When it began, in milliseconds since 1970.
    pub(crate) began: u64,
}

/// A segment, or a part of one, that a player waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) segment: u64,
    pub(crate) part: Option<u64>,
}

/// The segments of a playlist without DVR.
const WINDOW: u64 = 6;

/// How many segments before the end are listed in parts too: three target durations.
const IN_PARTS: u64 = 3;

impl Position {
    /// The position in a query, `_HLS_msn` and `_HLS_part`; an error if it is invalid.
    pub(crate) fn from_query(query: &str) -> Result<Option<Self>, ()> {
        let number = |name: &str| {
            let value = query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find_map(|(key, value)| (key == name).then_some(value));
            value.map(|value| value.parse::<u64>().map_err(|_| ()))
        };
        let part = number("_HLS_part").transpose()?;
        match number("_HLS_msn").transpose()? {
            Some(segment) => Ok(Some(Self { segment, part })),
            None if part.is_some() => Err(()),
            None => Ok(None),
        }
    }

    /// How long a stream is when it has this.
    pub(crate) fn complete_at(self) -> u64 {
        match self.part {
            // A part after the last is the first of the next segment.
            Some(part) => Piece::Part(self.segment, part).times(None).1,
            None => Piece::Segment(self.segment).times(None).1,
        }
    }
}

/// The playlist of a stream.
pub(crate) fn playlist(live: &Live) -> String {
    let whole = live.length / SEGMENT;
    let rest = live.length % SEGMENT;
    let count = whole + u64::from(live.ended && rest > 0);
    let first = match live.dvr {
        true => 0,
        false => count.saturating_sub(WINDOW),
    };
    let parts = live.low_latency && !live.ended;
    let mut out = String::from("#EXTM3U\n");
    let mut line = |text: fmt::Arguments<'_>| {
        let _ = writeln!(out, "{text}");
    };
    line(format_args!(
        "#EXT-X-VERSION:{}",
        if live.low_latency { 9 } else { 7 }
    ));
    line(format_args!("#EXT-X-TARGETDURATION:{}", SEGMENT / 1000));
    line(format_args!("#EXT-X-MEDIA-SEQUENCE:{first}"));
    if live.dvr {
        line(format_args!("#EXT-X-PLAYLIST-TYPE:EVENT"));
    }
    line(format_args!("#EXT-X-INDEPENDENT-SEGMENTS"));
    if parts {
        let hold_back = Seconds(3 * PART);
        let control = "CAN-BLOCK-RELOAD=YES";
        line(format_args!(
            "#EXT-X-SERVER-CONTROL:{control},PART-HOLD-BACK={hold_back}"
        ));
        line(format_args!(
            "#EXT-X-PART-INF:PART-TARGET={}",
            Seconds(PART)
        ));
    }
    line(format_args!("#EXT-X-MAP:URI=\"{}\"", Piece::Start.name()));
    for segment in first..count {
        let (from, to) = Piece::Segment(segment).times(live.ended.then_some(live.length));
        if segment == first {
            let time = Timestamp::from_millis(live.began.saturating_add(from));
            line(format_args!("#EXT-X-PROGRAM-DATE-TIME:{time}"));
        }
        if parts && segment + IN_PARTS >= count {
            for part in 0..SEGMENT / PART {
                line(format_args!("{}", PartTag(segment, part)));
            }
        }
        line(format_args!("#EXTINF:{},", Seconds(to - from)));
        line(format_args!("{}", Piece::Segment(segment).name()));
    }
    if parts {
        let next = rest / PART;
        for part in 0..next {
            line(format_args!("{}", PartTag(count, part)));
        }
        let name = Piece::Part(count, next).name();
        line(format_args!("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"{name}\""));
    }
    if live.ended {
        line(format_args!("#EXT-X-ENDLIST"));
    }
    out
}

/// Milliseconds, written as seconds.
struct Seconds(u64);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1000, self.0 % 1000)
    }
}

/// The line of a part: of this segment, with this number.
struct PartTag(u64, u64);

impl fmt::Display for PartTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (duration, name) = (Seconds(PART), Piece::Part(self.0, self.1).name());
        write!(
            f,
            "#EXT-X-PART:DURATION={duration},URI=\"{name}\",INDEPENDENT=YES"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(length: u64) -> Live {
        Live {
            length,
            ended: false,
            dvr: false,
            low_latency: false,
            began: 1_700_000_000_000,
        }
    }

    #[test]
    fn a_stream_starts_without_segments() {
        let text = playlist(&live(3_999));
        assert!(text.starts_with("#EXTM3U\n#EXT-X-VERSION:7\n"));
        assert!(!text.contains("#EXTINF") && !text.contains("ENDLIST"));
    }

    #[test]
    fn the_window_moves_on_and_with_dvr_everything_stays() {
        let text = playlist(&live(41_000));
        assert!(text.contains("#EXT-X-MEDIA-SEQUENCE:4\n"));
        assert!(
            text.contains("#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:36Z\n#EXTINF:4.000,\n4.m4s\n")
        );
        assert!(text.ends_with("#EXTINF:4.000,\n9.m4s\n"));
        let dvr = Live {
            dvr: true,
            ..live(41_000)
        };
        let text = playlist(&dvr);
        assert!(text.contains("#EXT-X-PLAYLIST-TYPE:EVENT\n"));
        assert_eq!(text.matches("#EXTINF").count(), 10);
    }

    #[test]
    fn the_end_is_told_with_what_is_left() {
        let ended = Live {
            ended: true,
            ..live(41_250)
        };
        let text = playlist(&ended);
        assert!(text.ends_with("#EXTINF:1.250,\n10.m4s\n#EXT-X-ENDLIST\n"));
    }

    #[test]
    fn parts_are_told_of_the_last_segments_and_of_the_next() {
        let low_latency = Live {
            low_latency: true,
            ..live(41_250)
        };
        let text = playlist(&low_latency);
        assert!(text.contains("CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.500\n"));
        assert!(!text.contains("6.0.m4s") && text.contains("URI=\"7.0.m4s\""));
        assert_eq!(text.matches("#EXT-X-PART:").count(), 3 * 8 + 2);
        assert!(text.ends_with("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"10.2.m4s\"\n"));
    }

    #[test]
    fn positions_are_read_from_queries() {
        let position = |segment, part| Ok(Some(Position { segment, part }));
        assert_eq!(Position::from_query("DVR"), Ok(None));
        assert_eq!(Position::from_query("_HLS_msn=7"), position(7, None));
        let both = "a=1&_HLS_msn=7&_HLS_part=2";
        assert_eq!(Position::from_query(both), position(7, Some(2)));
        for wrong in ["_HLS_msn=x", "_HLS_part=1", "_HLS_msn=-1"] {
            assert_eq!(Position::from_query(wrong), Err(()), "{wrong}");
        }
        let at = |segment, part| Position { segment, part }.complete_at();
        assert_eq!(
            (at(2, None), at(2, Some(0)), at(1, Some(8))),
            (12_000, 8_500, 8_500)
        );
    }
}
