//! FFmpeg, which reads what the emulator records.

use std::{path::PathBuf, process::Command};

use serde::Deserialize;
use serde_json::Value;

use super::{driver::run, install::clean};
use crate::{debian::installed, place::temporary};

/// FFmpeg's programs, which are here.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Ffmpeg;

/// A track of a file, as `ffprobe` describes it after decoding all of it.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct Track {
    /// The name of the codec.
    pub codec_name: String,
    /// The width of video.
    pub width: Option<u32>,
    /// The height of video.
    pub height: Option<u32>,
    /// Seconds, where the file tells them of the track.
    pub duration: Option<String>,
    /// How many frames were decoded.
    pub nb_read_frames: Option<String>,
    /// Samples of audio in a second.
    pub sample_rate: Option<String>,
}

/// A file that FFmpeg read.
#[derive(Debug)]
pub struct Film {
    path: PathBuf,
    /// Its tracks.
    pub tracks: Vec<Track>,
    /// Seconds.
    pub duration: f64,
}

/// A picture of a film.
#[derive(Debug)]
pub struct Picture {
    width: u32,
    pixels: Vec<u8>,
}

impl Picture {
    /// The red, green and blue of a pixel.
    ///
    /// # Panics
    ///
    /// There is no such pixel.
    pub fn colour(&self, x: u32, y: u32) -> [u8; 3] {
        let at = ((y * self.width + x) * 3) as usize;
        self.pixels[at..at + 3].try_into().expect("three values")
    }
}

impl Ffmpeg {
    /// The programs `ffmpeg` and `ffprobe`. With `CI=true`, as root, Debian's are installed where
    /// there are none. `None` where they are missing, which is said on standard error.
    ///
    /// # Panics
    ///
    /// They are missing, and `CI` is `true`.
    pub fn get() -> Option<Self> {
        installed("ffmpeg", "-version", "ffmpeg").then_some(Self)
    }

    /// Reads all of a file, of which `name` tells the format.
    ///
    /// # Panics
    ///
    /// FFmpeg finds anything to complain about.
    pub fn read(self, name: &str, bytes: &[u8]) -> Film {
        let path = temporary("media").join(format!("{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).expect("a place for the file");
        self.open(path)
    }

    /// Reads all of what is at a path or a URL.
    ///
    /// # Panics
    ///
    /// As [`read`](Self::read).
    pub fn open(self, path: impl Into<PathBuf>) -> Film {
        let path = path.into();
        let (said, success) = run(
            clean(&mut Command::new("ffmpeg"))
                .args(["-v", "warning", "-i"])
                .arg(&path)
                .args(["-f", "null", "-"]),
            b"",
        );
        assert!(
            success && said.is_empty(),
            "FFmpeg read {}:\n{said}",
            path.display()
        );
        let (said, _) = run(
            clean(&mut Command::new("ffprobe"))
                .args(["-v", "error", "-count_frames", "-print_format", "json"])
                .args(["-show_format", "-show_streams"])
                .arg(&path),
            b"",
        );
        let found: Value = serde_json::from_str(&said).expect(&said);
        let duration = found["format"]["duration"].as_str();
        Film {
            tracks: serde_json::from_value(found["streams"].clone()).expect(&said),
            duration: duration.expect(&said).parse().expect(&said),
            path,
        }
    }
}

impl Film {
    /// The only track with a codec.
    ///
    /// # Panics
    ///
    /// There is none, or more than one.
    pub fn track(&self, codec: &str) -> &Track {
        let mut found = self.tracks.iter().filter(|it| it.codec_name == codec);
        let track = found.next();
        assert!(found.next().is_none(), "{:?}", self.tracks);
        track.unwrap_or_else(|| panic!("no {codec}: {:?}", self.tracks))
    }

    /// The picture at a time in seconds.
    ///
    /// # Panics
    ///
    /// There is none at this time.
    pub fn at(&self, seconds: f64) -> Picture {
        let name = self.path.display().to_string();
        let name = name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
        let raw = temporary("media").join(name).with_extension("rgb");
        let (said, success) = run(
            clean(&mut Command::new("ffmpeg"))
                .args(["-v", "error", "-y", "-ss", &seconds.to_string(), "-i"])
                .arg(&self.path)
                .args(["-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24"])
                .arg(&raw),
            b"",
        );
        assert!(
            success && said.is_empty(),
            "no picture at {seconds} s: {said}"
        );
        let width = self.tracks.iter().find_map(|track| track.width);
        Picture {
            width: width.expect("video"),
            pixels: std::fs::read(&raw).expect("a picture"),
        }
    }
}
