// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

use crate::spec::Command;

mod archives;
mod audio;
mod broadcasts;
mod callbacks;
mod captions;
mod connections;
mod projects;
mod renders;
mod sessions;
mod signals;
mod sip;
mod streams;

/// Each noun, what it is, and its commands.
pub(crate) const NOUNS: &[(&str, &str, &[Command])] = &[
    (
        "archives",
        "Recordings of sessions: composed into one file, or one file a stream.",
        archives::COMMANDS,
    ),
    (
        "audio",
        "The audio of a session over a WebSocket of yours, to it and from it.",
        audio::COMMANDS,
    ),
    (
        "broadcasts",
        "Sessions live to a wide audience, over HLS or to RTMP services.",
        broadcasts::COMMANDS,
    ),
    (
        "callbacks",
        "URLs to which OpenTok posts the events of a project.",
        callbacks::COMMANDS,
    ),
    (
        "captions",
        "Live captions of what is said in a session.",
        captions::COMMANDS,
    ),
    (
        "connections",
        "The clients in a session.",
        connections::COMMANDS,
    ),
    (
        "projects",
        "The projects of an OpenTok account, with account-level credentials.",
        projects::COMMANDS,
    ),
    (
        "renders",
        "The Experience Composer: a web page as a stream in a session.",
        renders::COMMANDS,
    ),
    (
        "sessions",
        "The rooms that clients meet in. A session never expires and cannot be deleted.",
        sessions::COMMANDS,
    ),
    (
        "signals",
        "Messages from a server to the clients in a session.",
        signals::COMMANDS,
    ),
    ("sip", "Telephone calls in a session.", sip::COMMANDS),
    (
        "streams",
        "What clients publish in a session.",
        streams::COMMANDS,
    ),
];
