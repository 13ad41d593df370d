//! Plays what is in a file, or records it.

use std::{fmt, fs, io, path::PathBuf, sync::Arc};

use super::{Cassette, Player, Recorder};
use crate::transport::Transport;

/// A recording in a file: played if the file exists, recorded otherwise. To record again, delete
/// the file.
///
/// A recording is played to credentials of the same project, since the project is part of the
/// paths.
///
/// ```no_run
/// # use vonage_video_auth::Credentials;
/// use vonage_video_http::{Client, test_util::Tape};
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let tape = Tape::open("tests/lesson.json")?;
/// let video = Client::builder(Credentials::from_env()?)
///     .layer({ let tape = tape.clone(); move |real| tape.around(real) })
///     .build()?;
/// // … calls …
/// tape.save()?; // writes the file if it was recorded
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[doc(alias("vcr", "cassette"))]
pub struct Tape {
    path: PathBuf,
    mode: Mode,
}

#[derive(Clone)]
enum Mode {
    Plays(Player),
    Records(Recorder),
}

impl Tape {
    /// Opens a recording, or prepares to make one.
    ///
    /// # Errors
    ///
    /// The file exists and cannot be read, or is not a cassette.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let mode = match fs::read_to_string(&path) {
            Ok(text) => {
                let cassette = Cassette::from_json(&text)
                    .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
                Mode::Plays(Player::new(cassette))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Mode::Records(Recorder::new()),
            Err(error) => return Err(error),
        };
        Ok(Self { path, mode })
    }

    /// Whether it plays, so that no request leaves the process.
    pub fn is_playing(&self) -> bool {
        matches!(self.mode, Mode::Plays(_))
    }

    /// A transport that plays, or records what goes through `inner`.
    pub fn around<T: Transport>(&self, inner: T) -> impl Transport + use<T> {
        match &self.mode {
            Mode::Plays(player) => Arc::new(player.clone()) as Arc<dyn Transport>,
            Mode::Records(recorder) => Arc::new(recorder.around(inner)),
        }
    }

    /// Writes what was recorded; does nothing if it plays.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn save(&self) -> io::Result<()> {
        let Mode::Records(recorder) = &self.mode else {
            return Ok(());
        };
        let text = recorder.cassette().to_json().map_err(io::Error::other)?;
        fs::write(&self.path, text)
    }
}

impl fmt::Debug for Tape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tape")
            .field("path", &self.path)
            .field("is_playing", &self.is_playing())
            .finish()
    }
}
