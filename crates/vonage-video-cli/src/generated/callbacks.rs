// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

use crate::spec::{Argument, Command, Kind, Output};

pub(super) const COMMANDS: &[Command] = &[
    Command {
        noun: "callbacks",
        verb: "register",
        about: "Registers a URL for one kind of event.",
        operations: &["register_callback"],
        needs_token: false,
        example: "archive status https://example.com/hooks",
        output: Output::One("Callback"),
        arguments: &[
            Argument {
                flag: "group",
                value: "GROUP",
                path: &["group"],
                kind: Kind::Text,
                positional: true,
                default: None,
                doc: "What the event is about, such as `connection`.",
            },
            Argument {
                flag: "event",
                value: "EVENT",
                path: &["event"],
                kind: Kind::Text,
                positional: true,
                default: None,
                doc: "What happens to it, such as `created`.",
            },
            Argument {
                flag: "url",
                value: "URL",
                path: &["url"],
                kind: Kind::Text,
                positional: true,
                default: None,
                doc: "Where to send the event.",
            },
        ],
    },
    Command {
        noun: "callbacks",
        verb: "list",
        about: "Lists the registered URLs.",
        operations: &["list_callbacks"],
        needs_token: false,
        example: "",
        output: Output::List("Callback"),
        arguments: &[],
    },
    Command {
        noun: "callbacks",
        verb: "unregister",
        about: "Removes a registered URL.",
        operations: &["unregister_callback"],
        needs_token: false,
        example: "$CALLBACK",
        output: Output::Nothing,
        arguments: &[Argument {
            flag: "callback-id",
            value: "CALLBACK",
            path: &["callbackId"],
            kind: Kind::Text,
            positional: true,
            default: None,
            doc: "The registration to remove, by the id that `register_callback` returned.",
        }],
    },
];
