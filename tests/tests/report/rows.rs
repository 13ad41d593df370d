//! The rows of the report: what is said in each, and the script that proves it.

use std::{future::Future, pin::Pin};

use crate::{errors, responses, tokens, travel};

/// One fault.
pub(crate) struct Row {
    pub(crate) number: u8,
    pub(crate) pain: &'static str,
    pub(crate) sdk: &'static str,
    pub(crate) theirs: &'static str,
    pub(crate) ours: &'static str,
    pub(crate) proof: fn() -> Proof,
}

pub(crate) type Proof = Pin<Box<dyn Future<Output = ()>>>;

macro_rules! rows {
    ($($number:literal $proof:path, $pain:literal, $sdk:ident: $theirs:literal, $ours:literal;)*) => {
        pub(crate) const ROWS: &[Row] = &[$(Row {
            number: $number,
            pain: $pain,
            sdk: $sdk,
            theirs: $theirs,
            ours: $ours,
            proof: || Box::pin($proof()),
        }),*];
    };
}

const OPENTOK_NODE: &str = "`opentok` (Node)";
const VONAGE_NODE: &str = "`@vonage/video`";
const OPENTOK_PYTHON: &str = "`opentok` (Python)";
const VONAGE_PYTHON: &str = "`vonage-video`";
const OPENTOK_GO: &str = "`opentok-go-sdk`";

rows! {
    1 tokens::expiry_in_milliseconds, "A token's expiry in milliseconds",
        VONAGE_NODE: "mints a token that lives for 50,000 years",
        "refuses: `TokenError::LooksLikeMilliseconds`; and `TooLong` for 30 days and a second";
    2 errors::skewed_clock, "A clock that is three hours off",
        OPENTOK_NODE: "says \"Invalid API key or secret\"",
        "signs again by the server's time and succeeds; when it is refused even so, the error names the clock";
    3 errors::words_of_the_server, "The server says why it refuses",
        OPENTOK_NODE: "says \"Invalid API key or secret\" instead",
        "`api_error()` has message and code as they came; `operation()` says which call it was";
    4 errors::typed_error, "Errors have types",
        OPENTOK_PYTHON: "raises `AuthError` and turns it into `RequestError` on the way out",
        "`is_refused_credentials()`, and none of the others";
    5 travel::timeout, "A server that does not answer",
        OPENTOK_NODE: "takes a `timeout` of 100 ms and waits 1.5 s",
        "`is_timeout()` after 100 ms; 30 s unless set";
    6 responses::unknown_value, "A status that is new",
        VONAGE_PYTHON: "fails the whole list: `ValidationError`",
        "reads the list, and keeps the status as it came";
    7 responses::large_number, "A large archive",
        OPENTOK_NODE: "rounds its size beyond 2^53 (the SDKs for Java and .NET, not run here, overflowed at 2^31)",
        "64 bits: 2^31 + 1, 7,560,106,901 and 2^53 + 1 are read as they are";
    8 responses::tampered_webhook, "A webhook with another body than was signed",
        VONAGE_PYTHON: "`verify_signature` says true: it is not given the body",
        "`WebhookError::BodyMismatch`";
    9 responses::excluded_streams, "An option that is lost on the wire",
        OPENTOK_PYTHON: "mutes the stream that `mute_all` is to leave alone",
        "leaves it alone; every request is compared with recorded ones";
    10 tokens::wrong_kind_of_credentials, "The key of a Vonage account for a project's",
        OPENTOK_NODE: "asks the server, and says \"Invalid API key or secret\"",
        "says what it looks like, before anything is sent";
    11 tokens::expiry_of_another_format, "A token in another format means something else",
        OPENTOK_NODE: "forgets `expireTime` in its Vonage mode: a day instead of a minute",
        "a minute in all three formats";
    12 travel::sent_again, "A response is lost after the request has had its effect",
        VONAGE_PYTHON: "sends a signal again and again: it arrives more than once",
        "it arrives once; `sent()` says `Maybe`";
    13 travel::stale_connection, "The server closes a connection that was idle",
        OPENTOK_NODE: "\"socket hang up\"",
        "ten lists, no error";
    14 travel::shared_headers, "State that calls share",
        VONAGE_PYTHON: "labels a form as JSON when the call before it was JSON",
        "each request has its own label";
    15 travel::own_host, "Working without an account",
        OPENTOK_PYTHON: "ignores `api_url` with a Vonage key, and asks `video.api.vonage.com`",
        "`base_url`, and an emulator of its own";
    16 travel::logged_credentials, "Credentials in a debug log",
        OPENTOK_NODE: "`DEBUG=@opentok` prints the signed token of every request",
        "neither in `tracing` at any level nor in `Debug`";
    17 travel::proxy, "A proxy",
        OPENTOK_NODE: "takes the option `proxy` and goes past it",
        "goes through it";
    18 responses::webhook_types, "Types for webhooks",
        VONAGE_NODE: "exports none, and neither does `opentok`",
        "`WebhookEvent`, with `Unknown` for what is new";
    19 responses::old_webhook, "A webhook that comes again, late, or unsigned",
        VONAGE_PYTHON: "takes a token of two days ago, as often as it comes",
        "`Stale`; a key to act on each event once; 503 for what is to come again signed, 401 for what is forged";
    20 errors::other_success, "A 204 where a 200 is documented",
        OPENTOK_PYTHON: "raises `RequestError` after the render was stopped",
        "any 2xx is a success";
    21 tokens::key_in_one_line, "A private key from an environment variable, with `\\n` for its line ends",
        OPENTOK_NODE: "\"secretOrPrivateKey must be an asymmetric key\"",
        "takes it; a file name where the key belongs is called one";
    22 responses::dead_link, "The link to an archive lives for ten minutes",
        OPENTOK_NODE: "gives the link, which is dead by then",
        "`download` asks for a fresh link and verifies the size";
    23 travel::https_only, "Another host",
        VONAGE_PYTHON: "speaks `https` only: `SSLError`",
        "`http://` to this machine, or any `https` URL, with a path if need be";
    24 errors::preconditions, "Why an archive cannot start",
        OPENTOK_NODE: "\"Session not found\" or \"Unexpected response\" whatever the reason",
        "`NoClientsConnected`, `SessionIsRelayed`, `AlreadyStarted`";
    25 tokens::role_from_the_request, "A browser that asks for a role",
        VONAGE_NODE: "mints a token for the role \"superuser\"",
        "refuses a role that does not exist; a `TokenPolicy` refuses what is over its limits";
    26 responses::muted_session, "Muting everybody",
        OPENTOK_GO: "sends `Active` and `ExcludedStreams`, which the API does not have: nobody is muted",
        "everybody is muted; every request is compared with recorded ones";
    27 tokens::layout_classes, "Two layout classes in a token",
        OPENTOK_GO: "joins them with a comma into one class, `focus,wide`",
        "two classes, in a JWT and in T1";
}
