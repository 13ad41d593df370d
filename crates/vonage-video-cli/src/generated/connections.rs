// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

use crate::spec::{Argument, Command, Kind, Output};

pub(super) const COMMANDS: &[Command] = &[
    Command {
        noun: "connections",
        verb: "list",
        about: "Lists the clients that are in a session.",
        operations: &["list_connections"],
        needs_token: false,
        example: "$SESSION",
        output: Output::One("ConnectionList"),
        arguments: &[Argument {
            flag: "session-id",
            value: "SESSION",
            path: &["sessionId"],
            kind: Kind::Text,
            positional: true,
            default: None,
            doc: "The session whose clients to list.",
        }],
    },
    Command {
        noun: "connections",
        verb: "disconnect",
        about: "Disconnects a client from a session. It also ends a SIP call and stops an Audio Connector, by their connections. The client can connect again while its token is valid.",
        operations: &["force_disconnect"],
        needs_token: false,
        example: "$SESSION $CONNECTION",
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
                flag: "connection-id",
                value: "CONNECTION",
                path: &["connectionId"],
                kind: Kind::Text,
                positional: true,
                default: None,
                doc: "The connection to end, from `list_connections` or a webhook.",
            },
        ],
    },
];
