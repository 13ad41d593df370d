//! What smithy-rs, curl and reqwest (with hyper-util) test of their connections, and where the same
//! is tested here. Each row names a test, or says why there is none.

enum Here {
    /// Module and name of a test of this crate.
    Test(&'static str, &'static str),
    /// Why there is none.
    None(&'static str),
}

use Here::{None, Test};

const TABLE: &[(&str, &str, Here)] = &[
    (
        "smithy",
        "a connection is poisoned by a timeout",
        Test(
            "pool.rs",
            "after_a_timeout_the_connections_that_were_idle_too_are_not_used_again",
        ),
    ),
    (
        "smithy",
        "a connection is poisoned by a transient error",
        Test(
            "pool.rs",
            "after_a_break_the_connections_that_were_idle_too_are_not_used_again",
        ),
    ),
    (
        "smithy",
        "a stalled download is ended",
        Test("spliced.rs", "a_host_that_trickles_is_given_up"),
    ),
    (
        "smithy",
        "a stalled upload is ended",
        None("bodies of requests are a few kilobytes in memory; the attempt's timeout ends them"),
    ),
    (
        "smithy",
        "a response that is never read counts as stalled only while somebody waits",
        Test(
            "../../src/download/pace.rs",
            "it_is_the_average_over_a_window_that_counts",
        ),
    ),
    (
        "smithy",
        "resolving an identity has a timeout",
        Test(
            "deadlines.rs",
            "a_signer_that_never_answers_holds_no_call_longer_than_its_timeout",
        ),
    ),
    (
        "smithy",
        "connecting has a timeout of its own",
        Test(
            "deadlines.rs",
            "connecting_ends_in_time_and_nothing_was_sent",
        ),
    ),
    (
        "smithy",
        "a TLS handshake that is not answered ends",
        Test("tls.rs", "a_handshake_that_is_not_answered_ends_in_time"),
    ),
    (
        "smithy",
        "a retry takes another connection",
        Test(
            "pool.rs",
            "after_a_timeout_the_connections_that_were_idle_too_are_not_used_again",
        ),
    ),
    (
        "smithy",
        "a proxy that requires credentials is distinguished",
        Test(
            "proxies.rs",
            "errors_on_the_way_name_the_proxy_and_repeat_its_words",
        ),
    ),
    (
        "curl",
        "a connection with unread bytes is not reused",
        Test(
            "pool.rs",
            "a_response_too_many_is_not_taken_for_the_next_one",
        ),
    ),
    (
        "curl",
        "a dead connection is noticed before it is reused",
        Test(
            "pool.rs",
            "what_the_runtime_has_not_heard_of_is_seen_before_a_connection_is_used_again",
        ),
    ),
    (
        "curl",
        "a half-closed connection is replaced",
        Test(
            "connections.rs",
            "a_dead_idle_connection_is_replaced_even_for_what_must_not_go_twice",
        ),
    ),
    (
        "curl",
        "addresses of both families race (happy eyeballs)",
        Test(
            "addresses.rs",
            "addresses_that_do_not_respond_hold_up_the_right_one_by_their_turns_only",
        ),
    ),
    (
        "curl",
        "each address gets its share of the connect timeout",
        Test(
            "../../src/connect/race.rs",
            "every_address_begins_within_the_limit",
        ),
    ),
    (
        "curl",
        "a resolver that hangs does not hold up the transfer",
        Test(
            "../../src/connect/system_resolver.rs",
            "a_resolver_that_hangs_costs_one_thread_a_host_and_eight_in_all",
        ),
    ),
    (
        "curl",
        "names are kept for a while",
        Test(
            "../../src/connect/resolve.rs",
            "a_host_is_looked_up_once_at_a_time_and_kept_for_ten_seconds",
        ),
    ),
    (
        "curl",
        "localhost is this machine",
        Test(
            "addresses.rs",
            "localhost_is_this_machine_whatever_a_resolver_says",
        ),
    ),
    (
        "curl",
        "1xx responses are skipped",
        Test("hostile.rs", "many_informational_answers_do_not_last"),
    ),
    (
        "curl",
        "a response before the request was sent",
        Test(
            "pool.rs",
            "a_server_that_responds_before_it_read_the_request_holds_up_nobody",
        ),
    ),
    (
        "curl",
        "Connection: close is honoured",
        Test("connections.rs", "connection_close_is_honoured"),
    ),
    (
        "curl",
        "CONNECT that is refused, with a body",
        Test(
            "proxies.rs",
            "errors_on_the_way_name_the_proxy_and_repeat_its_words",
        ),
    ),
    (
        "curl",
        "a limit of connections to a host, with waiting",
        Test(
            "pool.rs",
            "no_more_connections_are_made_than_allowed_and_calls_wait_in_order",
        ),
    ),
    (
        "curl",
        "TLS sessions are resumed",
        Test(
            "tls.rs",
            "a_second_connection_resumes_the_session_of_the_first",
        ),
    ),
    (
        "curl",
        "--max-filesize holds while bytes come",
        Test("spliced.rs", "nothing_beyond_the_size_is_written"),
    ),
    (
        "curl",
        "a download is resumed only if the file is the same",
        Test("spliced.rs", "two_versions_are_never_joined"),
    ),
    (
        "curl",
        "descriptors run out",
        Test(
            "descriptors.rs",
            "a_process_without_descriptors_says_so_and_recovers",
        ),
    ),
    (
        "curl",
        "HTTP/1.1 pipelining",
        None("one request at a time is sent over a connection"),
    ),
    (
        "curl",
        "authentication by NTLM and Negotiate stays on its connection",
        None("tokens are in each request; connections have no identity"),
    ),
    (
        "reqwest",
        "an idle connection is closed after its time",
        Test(
            "connections.rs",
            "an_idle_connection_is_closed_without_anybody_asking",
        ),
    ),
    (
        "reqwest",
        "dropping the client closes its connections",
        Test("connections.rs", "the_last_clone_closes_the_connections"),
    ),
    (
        "reqwest",
        "dropping a call closes its connection or gives it back",
        Test("deadlines.rs", "a_dropped_call_closes_its_connection"),
    ),
    (
        "reqwest",
        "a client is used by several runtimes",
        Test("runtimes.rs", "a_client_serves_one_runtime_after_the_other"),
    ),
    (
        "reqwest",
        "a resolver of one's own",
        Test("addresses.rs", "a_name_is_asked_for_once_for_many_calls"),
    ),
    (
        "reqwest",
        "a body that ends too early is an error",
        Test(
            "certainty.rs",
            "whatever_breaks_nothing_is_doubled_lost_or_wrongly_called_unsent",
        ),
    ),
    (
        "reqwest",
        "GOAWAY: streams above the last are sent again",
        Test(
            "http2.rs",
            "a_stream_above_the_last_of_a_goaway_was_not_acted_upon",
        ),
    ),
    (
        "reqwest",
        "GOAWAY: streams below the last are not",
        Test(
            "http2.rs",
            "a_stream_that_a_goaway_includes_may_have_been_acted_upon",
        ),
    ),
    (
        "reqwest",
        "REFUSED_STREAM is sent again",
        Test("http2.rs", "a_refused_stream_was_not_acted_upon"),
    ),
    (
        "reqwest",
        "HTTP/2 that falls silent: keep-alive pings",
        Test(
            "http2.rs",
            "a_connection_without_a_sign_of_life_ends_before_the_call_s_time",
        ),
    ),
    (
        "reqwest",
        "HTTP/2 that falls silent: another connection after a timeout",
        Test(
            "http2.rs",
            "a_connection_that_fell_silent_is_left_after_one_timeout",
        ),
    ),
    (
        "reqwest",
        "HTTP/2 windows for large bodies",
        Test(
            "http2.rs",
            "a_long_list_comes_without_waiting_for_the_window",
        ),
    ),
    (
        "reqwest",
        "many first calls share an HTTP/2 connection",
        Test("http2.rs", "many_first_calls_make_one_connection"),
    ),
    ("reqwest", "HTTP/3", None("the service does not offer it")),
    (
        "hyper-util",
        "a request that a dying connection gives back is sent again",
        Test(
            "connections.rs",
            "a_server_that_closes_idle_connections_at_random_is_never_noticed",
        ),
    ),
    (
        "hyper-util",
        "a session ticket does not close an idle connection",
        Test("tls.rs", "a_session_ticket_does_not_cost_the_connection"),
    ),
    (
        "hyper-util",
        "the header limit",
        Test(
            "pool.rs",
            "a_head_over_the_limit_is_refused_and_one_below_is_read",
        ),
    ),
    (
        "all",
        "a process that forked",
        Test(
            "../../src/connect/transport.rs",
            "a_client_that_another_process_used_is_an_error_and_not_a_hang",
        ),
    ),
];

#[test]
fn every_row_is_a_test_or_says_why_not() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http");
    for (whose, what, here_is) in TABLE {
        match here_is {
            None(why) => assert!(!why.is_empty()),
            Test(file, name) => {
                let text = std::fs::read_to_string(here.join(file)).unwrap();
                assert!(
                    text.contains(&format!("fn {name}(")),
                    "{whose}: {what}: {name}"
                );
            }
        }
    }
}
