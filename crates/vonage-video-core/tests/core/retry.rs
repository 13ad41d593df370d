//! The retry table, row by row.

use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use http::StatusCode;
use vonage_video_core::{
    ApiError, ClockSkew, Decision, DecodeError, Error, ErrorKind, Invalid, Phase, Replay,
    RetryPolicy, Sent, decide,
};

const PLENTY: Duration = Duration::from_secs(30);

fn error_response(status: u16) -> ApiError {
    ApiError::read(StatusCode::from_u16(status).unwrap(), Bytes::new())
}

fn retry_after(status: u16, seconds: u64) -> Error {
    let mut error = error_response(status);
    error.retry_after = Some(Duration::from_secs(seconds));
    Error::api(error)
}

fn skewed(status: u16, seconds: i64) -> Error {
    let mut error = error_response(status);
    error.clock_skew = Some(ClockSkew::ahead(seconds));
    Error::api(error)
}

fn decide_first(replay: Replay, error: &Error) -> Decision {
    decide(
        &RetryPolicy::default(),
        replay,
        error,
        1,
        false,
        PLENTY,
        1.0,
    )
}

fn retries(replay: Replay, error: &Error) -> bool {
    matches!(decide_first(replay, error), Decision::Retry { .. })
}

#[test]
fn each_row_of_the_table() {
    let io = || std::io::Error::other("gone");
    let second = Duration::from_secs(1);
    // The failure, whether it is tried again when that is safe, and when it is not.
    let table = [
        (Error::connect("host:443", io()), true, true),
        (Error::timeout(Phase::Connect, second, Sent::No), true, true),
        (
            Error::timeout(Phase::Attempt, second, Sent::Maybe),
            true,
            false,
        ),
        (
            Error::timeout(Phase::Total, second, Sent::Maybe),
            false,
            false,
        ),
        (
            Error::transport("waiting for the response", io()),
            true,
            false,
        ),
        (Error::api(error_response(429)), true, true),
        (retry_after(429, 2), true, true),
        // A gateway may add the header after the effect.
        (retry_after(503, 2), true, false),
        (retry_after(503, 0), true, false),
        (Error::api(error_response(500)), true, false),
        (Error::api(error_response(502)), true, false),
        (Error::api(error_response(503)), true, false),
        (Error::api(error_response(504)), true, false),
        (Error::api(error_response(501)), false, false),
        (Error::api(error_response(400)), false, false),
        (Error::api(error_response(403)), false, false),
        (Error::api(error_response(404)), false, false),
        (Error::api(error_response(408)), false, false),
        (Error::api(error_response(409)), false, false),
        (Error::api(error_response(302)), false, false),
        (
            Error::decode(DecodeError::whole("no"), StatusCode::OK, Bytes::new()),
            false,
            false,
        ),
        (
            Error::invalid(Invalid::new("name", "must not be empty", "")),
            false,
            false,
        ),
        (Error::credentials(io()), false, false),
    ];
    for (error, when_safe, otherwise) in table {
        assert_eq!(retries(Replay::Safe, &error), when_safe, "safe: {error}");
        assert_eq!(
            retries(Replay::IfUnsent, &error),
            otherwise,
            "if unsent: {error}"
        );
        if !matches!(error.kind(), ErrorKind::Timeout(Phase::Total)) {
            let error = error.replayable(Replay::Safe);
            assert_eq!(error.is_retryable(), when_safe, "safe: {error}");
            let error = error.replayable(Replay::IfUnsent);
            assert_eq!(error.is_retryable(), otherwise, "if unsent: {error}");
        }
    }
}

#[test]
fn a_caller_with_more_time_may_retry_where_nothing_is_done_twice() {
    let total = |sent| Error::timeout(Phase::Total, PLENTY, sent);
    assert!(total(Sent::No).is_retryable());
    assert!(!total(Sent::Maybe).is_retryable());
    assert!(total(Sent::Maybe).replayable(Replay::Safe).is_retryable());
    // The last attempt did not arrive, but one before it may have.
    let unreached = Error::connect("host:443", std::io::Error::other("gone"));
    assert!(!unreached.sent_before(Sent::Maybe).is_retryable());
}

#[test]
fn a_skewed_clock_is_corrected_once_and_does_not_cost_an_attempt() {
    for status in [401, 403] {
        let error = skewed(status, -180);
        let last = RetryPolicy::default().max_attempts;
        let decision = decide(
            &RetryPolicy::default(),
            Replay::IfUnsent,
            &error,
            last,
            false,
            PLENTY,
            0.5,
        );
        assert_eq!(decision, Decision::Resign { skew: -180 });
        let decision = decide(
            &RetryPolicy::default(),
            Replay::Safe,
            &error,
            1,
            true,
            PLENTY,
            0.5,
        );
        assert_eq!(decision, Decision::Stop);
    }
    assert_eq!(
        decide_first(Replay::Safe, &skewed(404, -180)),
        Decision::Stop
    );
}

/// What counts is the clock that signed, whichever way it was off, and never more than a day.
#[test]
fn a_skew_is_measured_against_the_clock_that_signed() {
    const DAY: i64 = 86_400;
    let now = UNIX_EPOCH + Duration::from_secs(5_700_000_000);
    let at = |seconds: i64| match u64::try_from(seconds) {
        Ok(later) => now + Duration::from_secs(later),
        Err(_) => now - Duration::from_secs(seconds.unsigned_abs()),
    };
    // The server's clock and the correction that signed, relative to this machine's clock; the
    // correction that follows.
    for (server, corrected_by, correction) in [
        (180, 0, Some(180)),
        (-180, 0, Some(-180)),
        (31, 0, Some(31)),
        (30, 0, None),
        (-30, 0, None),
        // This machine's clock was set right in the meantime.
        (0, 3600, Some(0)),
        (0, -3600, Some(0)),
        (10, 3600, Some(10)),
        // The correction was right, and time is not why the signature was refused.
        (240, 240, None),
        (240, 250, None),
        (-7200, 3600, Some(-7200)),
        (DAY, 0, Some(DAY)),
        (DAY + 1, 0, None),
        (-DAY - 1, 0, None),
        (4_000_000_000, 0, None),
        (-4_000_000_000, 0, None),
        (0, 4_000_000_000, Some(0)),
    ] {
        let mut error = error_response(401);
        error.clock_skew = ClockSkew::measure(at(server), now, corrected_by);
        let decision = decide_first(Replay::IfUnsent, &Error::api(error));
        let expected = match correction {
            Some(skew) => Decision::Resign { skew },
            None => Decision::Stop,
        };
        assert_eq!(decision, expected, "{server} {corrected_by}");
    }
    assert_eq!(ClockSkew::measure(at(5), now, 10), None);
    let told = |server, corrected_by| {
        ClockSkew::measure(at(server), now, corrected_by)
            .unwrap()
            .to_string()
    };
    assert_eq!(
        told(240, 240),
        "this machine's clock is 240 s behind the server's: set it"
    );
    assert!(told(DAY + 1, 0).contains("too much to correct"));
    assert!(told(0, 3600).contains("corrected by 3600 s"));
}

#[test]
fn waits_double_up_to_the_cap_and_jitter_shortens_them() {
    let error = Error::api(error_response(500));
    let policy = RetryPolicy::default().attempts(100);
    let wait = |attempt, jitter| match decide(
        &policy,
        Replay::Safe,
        &error,
        attempt,
        false,
        PLENTY,
        jitter,
    ) {
        Decision::Retry { after } => after.as_millis(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        [1, 2, 3, 4, 5, 6, 99].map(|attempt| wait(attempt, 1.0)),
        [100, 200, 400, 800, 1600, 2000, 2000]
    );
    assert_eq!(
        [0.0, 0.25, 2.0, -1.0].map(|jitter| wait(2, jitter)),
        [0, 50, 200, 0]
    );
}

#[test]
fn what_the_server_asks_for_is_waited_for_exactly_or_not_begun() {
    let decision = decide_first(Replay::IfUnsent, &retry_after(429, 7));
    assert_eq!(
        decision,
        Decision::Retry {
            after: Duration::from_secs(7)
        }
    );
    assert_eq!(
        decide_first(Replay::Safe, &retry_after(429, 31)),
        Decision::Stop
    );
}

#[test]
fn a_server_that_asks_for_too_long_a_wait_is_not_waited_for() {
    let hour = Duration::from_secs(3600);
    let decide = |policy: &RetryPolicy, seconds| {
        decide(
            policy,
            Replay::Safe,
            &retry_after(429, seconds),
            1,
            false,
            hour,
            1.0,
        )
    };
    let retry = |seconds| Decision::Retry {
        after: Duration::from_secs(seconds),
    };
    let policy = RetryPolicy::default();
    assert_eq!(decide(&policy, 60), retry(60));
    assert_eq!(decide(&policy, 61), Decision::Stop);
    let policy = policy.max_retry_after(Duration::from_secs(5));
    assert_eq!(decide(&policy, 5), retry(5));
    assert_eq!(decide(&policy, 6), Decision::Stop);
    assert_eq!(
        retry_after(429, 6).retry_after(),
        Some(Duration::from_secs(6))
    );
}

#[test]
fn a_policy_is_read_from_a_configuration() {
    let policy: RetryPolicy = serde_json::from_str(r#"{"max_attempts": 5}"#).unwrap();
    assert_eq!(policy, RetryPolicy::default().attempts(5));
    let text = serde_json::to_string(&policy).unwrap();
    assert_eq!(
        text,
        r#"{"max_attempts":5,"first_backoff_ms":100,"max_backoff_ms":2000,"max_retry_after_ms":60000}"#
    );
    assert_eq!(serde_json::from_str::<RetryPolicy>(&text).unwrap(), policy);
    assert!(serde_json::from_str::<RetryPolicy>(r#"{"max_attempt": 5}"#).is_err());
}

#[test]
fn attempts_end() {
    let error = Error::api(error_response(500));
    let at = |attempt| {
        decide(
            &RetryPolicy::default(),
            Replay::Safe,
            &error,
            attempt,
            false,
            PLENTY,
            1.0,
        )
    };
    assert!(matches!(at(2), Decision::Retry { .. }));
    assert_eq!(at(3), Decision::Stop);
    let none = decide(
        &RetryPolicy::none(),
        Replay::Safe,
        &error,
        1,
        false,
        PLENTY,
        1.0,
    );
    assert_eq!(none, Decision::Stop);
}
