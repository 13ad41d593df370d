//! What a watch waits for.

use std::str::FromStr;

use crate::watch::room::Room;

/// A status that an archive or a broadcast comes to.
#[derive(Clone, Debug)]
pub(super) struct Until {
    of_archives: bool,
    status: String,
}

impl FromStr for Until {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (thing, status) = text.split_once(':').unwrap_or((text, ""));
        match thing {
            "archive" | "broadcast" if !status.is_empty() => Ok(Self {
                of_archives: thing == "archive",
                status: status.to_owned(),
            }),
            _ => {
                Err("write archive:STATUS or broadcast:STATUS, as in archive:available".to_owned())
            }
        }
    }
}

impl Until {
    pub(super) fn is_reached(&self, room: &Room) -> bool {
        let things = if self.of_archives {
            &room.archives
        } else {
            &room.broadcasts
        };
        things.iter().any(|thing| thing.status == self.status)
    }
}
