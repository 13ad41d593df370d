// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

use crate::spec::{Argument, Command, Kind, Output};

pub(super) const COMMANDS: &[Command] = &[Command {
    noun: "signals",
    verb: "send",
    about: "Sends a message to one client in a session, routed or relayed. The client sees no sender.",
    operations: &["signal_connection", "signal_session"],
    needs_token: false,
    example: "$SESSION hello --type chat --to $CONNECTION",
    output: Output::Nothing,
    arguments: &[
        Argument {
            flag: "session-id",
            value: "SESSION",
            path: &["sessionId"],
            kind: Kind::Text,
            positional: true,
            default: None,
            doc: "The session that the client is connected to.",
        },
        Argument {
            flag: "data",
            value: "DATA",
            path: &["data"],
            kind: Kind::Text,
            positional: true,
            default: None,
            doc: "The text of the message.",
        },
        Argument {
            flag: "to",
            value: "CONNECTION",
            path: &["connectionId"],
            kind: Kind::Text,
            positional: false,
            default: None,
            doc: "The connection of the client to signal.",
        },
        Argument {
            flag: "type",
            value: "TYPE",
            path: &["type"],
            kind: Kind::Text,
            positional: false,
            default: None,
            doc: "The kind of message, which the client can listen for.",
        },
    ],
}];
