//! What a generated command is described by.

/// A command: a noun, a verb, and the operations that it sends.
pub(crate) struct Command {
    /// Such as `archives`.
    pub(crate) noun: &'static str,
    /// Such as `start`; two words where the noun has kinds, as in `storage set`.
    pub(crate) verb: &'static str,
    /// The operation's documentation.
    pub(crate) about: &'static str,
    /// One operation, or several that differ in a field: the last all of whose fields are given is
    /// sent, so the largest comes first.
    pub(crate) operations: &'static [&'static str],
    /// Whether it needs a client token for its session, which the program mints unless one is
    /// given.
    pub(crate) needs_token: bool,
    /// The arguments of an example; `$SESSION` and the like stand for identifiers.
    pub(crate) example: &'static str,
    pub(crate) output: Output,
    pub(crate) arguments: &'static [Argument],
}

/// A field of an operation's input, as an argument.
pub(crate) struct Argument {
    /// Without the dashes; also the argument's name inside the program.
    pub(crate) flag: &'static str,
    /// The placeholder of its value in help.
    pub(crate) value: &'static str,
    /// The members that lead to it in the input, from the outside in.
    pub(crate) path: &'static [&'static str],
    pub(crate) kind: Kind,
    /// Required, and given by its place.
    pub(crate) positional: bool,
    /// What the service takes when it is not given.
    pub(crate) default: Option<&'static str>,
    pub(crate) doc: &'static str,
}

/// How an argument's text becomes JSON.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Text,
    /// A text that others on the machine should not see: also `@FILE`.
    Secret,
    /// A flag without a value. One that is true by default becomes `--no-…`.
    Bool(bool),
    /// A number within bounds.
    Number(u64, u64),
    /// A number of seconds, as people write it: `2h`.
    Seconds,
    /// One of these, or one that the service may know in the future.
    OneOf(&'static [&'static str]),
    /// The same, as a number.
    NumberOf(&'static [&'static str]),
    /// Texts, separated by commas.
    List,
    /// `KEY=VALUE`, repeatable.
    Map,
    /// Any JSON.
    Json,
    /// A flag that sends an empty object, to be filled by other flags.
    Object,
    /// `THING=VALUE,VALUE`, repeatable: an object with these two members each.
    Pairs(&'static str, &'static str),
    /// `KEY=VALUE,KEY=VALUE`, repeatable: an object each, from these keys to these members.
    Items(&'static [(&'static str, &'static str)]),
}

/// What a command's operation responds with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Output {
    Nothing,
    /// A model.
    One(&'static str),
    /// Models.
    List(&'static str),
}
