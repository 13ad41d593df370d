//! What a playlist names: the start of the stream, segments and their parts.

use vonage_video_core::models::Resolution;

use super::times::{PART, SEGMENT};
use crate::media::{
    film::Film,
    mp4::{self, Fragment, Tracks},
};

/// What a playlist names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// What every player reads first.
    Start,
    Segment(u64),
    /// A part of a segment, and its number within it.
    Part(u64, u64),
}

/// What the pieces of a stream are made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PieceInput<'p> {
    pub(crate) film: &'p Film,
    pub(crate) resolution: Option<&'p Resolution>,
    pub(crate) has_audio: bool,
    pub(crate) has_video: bool,
}

impl Piece {
    /// The piece of a name in a playlist.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        if name == "start.mp4" {
            return Some(Self::Start);
        }
        let numbers = name.strip_suffix(".m4s")?;
        let piece = match numbers.split_once('.') {
            None => Self::Segment(numbers.parse().ok()?),
            Some((segment, part)) => Self::Part(segment.parse().ok()?, part.parse().ok()?),
        };
        // Each has one name.
        (piece.name() == name).then_some(piece)
    }

    /// Its name in playlists.
    pub(super) fn name(self) -> String {
        match self {
            Self::Start => "start.mp4".to_owned(),
            Self::Segment(segment) => format!("{segment}.m4s"),
            Self::Part(segment, part) => format!("{segment}.{part}.m4s"),
        }
    }

    /// When it begins and ends, in milliseconds of the stream. The last segment of a stream that
    /// has ended may be shorter.
    pub(crate) fn times(self, ended: Option<u64>) -> (u64, u64) {
        let (from, length) = match self {
            Self::Start => (0, 0),
            Self::Segment(segment) => (segment.saturating_mul(SEGMENT), SEGMENT),
            Self::Part(segment, part) => {
                let from = segment.saturating_mul(SEGMENT);
                (from.saturating_add(part.saturating_mul(PART)), PART)
            }
        };
        let to = from.saturating_add(length);
        (from, ended.map_or(to, |ended| to.min(ended)))
    }
}

/// The bytes of a piece; `None` for one that has nothing in it.
pub(crate) fn bytes(piece: Piece, input: &PieceInput<'_>, ended: Option<u64>) -> Option<Vec<u8>> {
    let tracks = Tracks {
        video: input.has_video.then(|| Film::size(input.resolution)),
        audio: input.has_audio,
    };
    let (from, to) = piece.times(ended);
    let number = match piece {
        Piece::Start => return Some(mp4::start(tracks)),
        Piece::Segment(segment) => segment,
        Piece::Part(segment, part) => {
            if part >= SEGMENT / PART {
                return None;
            }
            segment.saturating_mul(SEGMENT / PART).saturating_add(part)
        }
    };
    if from >= to {
        return None;
    }
    let scenes = input.film.scenes(input.resolution, from, to);
    Some(mp4::fragment(&Fragment {
        tracks,
        scenes: &scenes,
        from,
        to,
        number,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_one_name_each() {
        for piece in [Piece::Start, Piece::Segment(0), Piece::Part(12, 3)] {
            assert_eq!(Piece::from_name(&piece.name()), Some(piece));
        }
        for name in [
            "",
            "01.m4s",
            "+1.m4s",
            "1.m4s.m4s",
            "1.2.3.m4s",
            "a.m4s",
            "1.mp4",
        ] {
            assert_eq!(Piece::from_name(name), None, "{name}");
        }
    }

    #[test]
    fn nothing_is_in_pieces_beyond_the_end() {
        let input = PieceInput {
            film: &Film::default(),
            resolution: None,
            has_audio: true,
            has_video: true,
        };
        assert!(bytes(Piece::Segment(1), &input, Some(4_000)).is_none());
        assert!(bytes(Piece::Segment(0), &input, Some(4_000)).is_some());
        assert!(bytes(Piece::Part(0, 8), &input, None).is_none());
        assert!(bytes(Piece::Segment(u64::MAX), &input, None).is_none());
    }
}
