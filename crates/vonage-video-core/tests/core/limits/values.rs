//! What a field's own value may be.

use serde_json::json;

use super::{both, complaint, fails, passes, url};

#[test]
fn numbers_have_both_bounds() {
    let bounds = [
        ("start_archive", "maxBitrate", 100_000, 6_000_000),
        ("start_archive", "quantizationParameter", 15, 40),
        ("start_broadcast", "maxBitrate", 100_000, 6_000_000),
        ("start_broadcast", "maxDuration", 60, 36_000),
        ("start_captions", "maxDuration", 300, 14_400),
        ("start_render", "maxDuration", 60, 36_000),
        ("list_archives", "count", 0, 1000),
        ("list_broadcasts", "count", 0, 1000),
        ("list_renders", "count", 0, 1000),
    ];
    for (operation, field, min, max) in bounds {
        for value in [min, min + 1, max - 1, max] {
            passes(operation, &json!({ field: value }));
        }
        for value in [max + 1, u32::MAX] {
            let expected = format!("{}: must be at most {max}, got {value}", both(field));
            fails(operation, &json!({ field: value }), &expected);
        }
        let below = [0, min.saturating_sub(1)];
        for value in below.into_iter().filter(|value| *value < min) {
            let expected = format!("{}: must be at least {min}, got {value}", both(field));
            fails(operation, &json!({ field: value }), &expected);
        }
    }
    passes("list_archives", &json!({ "offset": u32::MAX }));
}

#[test]
fn text_is_counted_in_characters_or_in_bytes() {
    let (a, e) = (
        |count: usize| "a".repeat(count),
        |count: usize| "é".repeat(count),
    );
    let named = |name: String| json!({ "archiveMode": "always", "archiveName": name });
    let too_short = "must not be empty";
    for name in [a(1), e(1), a(80), e(80)] {
        passes("create_session", &named(name));
    }
    let expected = "archive_name (archiveName): must have at most 80 characters, got 81 characters";
    fails("create_session", &named(a(81)), expected);
    fails("create_session", &named(e(81)), expected);
    fails(
        "create_session",
        &named(a(0)),
        &format!("archive_name (archiveName): {too_short}"),
    );

    let page = |name: String| json!({ "properties": { "name": name } });
    for name in [a(1), e(200)] {
        passes("start_render", &page(name));
    }
    let expected = "properties.name: must have at most 200 characters, got 201 characters";
    fails("start_render", &page(e(201)), expected);
    fails(
        "start_render",
        &page(a(0)),
        &format!("properties.name: {too_short}"),
    );

    for operation in ["signal_session", "signal_connection"] {
        for data in [a(0), a(8192), e(4096)] {
            passes(operation, &json!({ "data": data }));
        }
        for data in [a(8193), e(4096) + "a"] {
            let expected = "data: must have at most 8192 bytes, got 8193 bytes";
            fails(operation, &json!({ "data": data }), expected);
        }
        for kind in [a(0), a(128), "A.z_0~9-".to_owned()] {
            passes(operation, &json!({ "type": kind }));
        }
        let expected = "kind (type): must have at most 128 bytes, got 129 bytes";
        fails(operation, &json!({ "type": a(129) }), expected);
        let expected = "kind (type): must have at most 128 bytes, got 130 bytes";
        fails(operation, &json!({ "type": e(65) }), expected);
        for (kind, found) in [(e(64), 'é'), ("a b".into(), ' '), ("a\0".into(), '\0')] {
            let expected =
                format!("kind (type): must be made of A-Za-z0-9._~- only, got {found:?}");
            fails(operation, &json!({ "type": kind }), &expected);
        }
    }
    for operation in ["play_dtmf_session", "play_dtmf_connection"] {
        passes(operation, &json!({ "digits": "0123456789*#p" }));
        fails(
            operation,
            &json!({ "digits": "" }),
            &format!("digits: {too_short}"),
        );
        for (digits, found) in [("12x", 'x'), ("1 2", ' '), ("P", 'P'), ("１", '１')] {
            let expected = format!("digits: must be made of 0-9*#p only, got {found:?}");
            fails(operation, &json!({ "digits": digits }), &expected);
        }
    }
}

#[test]
fn urls_and_addresses_are_what_they_should_be() {
    for (operation, field) in [
        ("start_render", "url"),
        ("start_captions", "statusCallbackUrl"),
    ] {
        for length in [15, 2048] {
            passes(operation, &json!({ field: url(length) }));
        }
        let expected = format!(
            "{}: must have at least 15 characters, got 14 characters",
            both(field)
        );
        fails(operation, &json!({ field: url(14) }), &expected);
        let expected = format!(
            "{}: must have at most 2048 characters, got 2049 characters",
            both(field)
        );
        fails(operation, &json!({ field: url(2049) }), &expected);
    }
    // URLs can hold secrets, so the error quotes no more than one character of the value.
    let not_urls = [
        "www.example.com/page",
        "/a/path/of/mine",
        "mailto:someone@x.org",
        "https://",
    ];
    for (operation, field) in [
        ("start_render", "statusCallbackUrl"),
        ("register_callback", "url"),
    ] {
        passes(operation, &json!({ field: "http://a" }));
        for text in not_urls {
            let expected = format!("{}: must be an absolute URL", both(field));
            fails(operation, &json!({ field: text }), &expected);
        }
        for (text, rule) in [
            (
                "https://example.com/a b",
                "must not contain white space: percent-encode it, got ' '",
            ),
            (
                "https://exa mple.com/",
                "must not contain white space: percent-encode it, got ' '",
            ),
            (
                "https://example.com/\n",
                "must not contain white space: percent-encode it, got '\\n'",
            ),
            (
                "https://bücher.example/",
                "must have its host in ASCII, as `xn--…`, got 'ü'",
            ),
        ] {
            let expected = format!("{}: {rule}", both(field));
            fails(operation, &json!({ field: text }), &expected);
        }
    }
    passes(
        "set_archive_storage",
        &json!({ "config": { "bucket": "b", "endpoint": "https://s3" } }),
    );
    let bare = json!({ "config": { "bucket": "b", "endpoint": "s3.example.com" } });
    let expected = "config.endpoint: must be an absolute URL";
    fails("set_archive_storage", &bare, expected);

    passes("create_session", &json!({ "location": "203.0.113.255" }));
    for location in ["203.0.113.256", "1.2.3", "::1", "localhost", "1.2.3.4 ", ""] {
        let expected = format!("location: must be an IPv4 address, got {location:?}");
        fails(
            "create_session",
            &json!({ "location": location }),
            &expected,
        );
    }

    let rtmp =
        |url: &str| json!({ "outputs": { "rtmp": [{ "serverUrl": url, "streamName": "n" }] } });
    for url in ["rtmp://h/app", "rtmps://h/app", "RTMPS://h/app"] {
        passes("start_broadcast", &rtmp(url));
    }
    for url in ["https://h/app", "rtmp:/h", "", "é"] {
        let expected =
            "outputs.rtmp.server_url (outputs.rtmp.serverUrl): must begin with rtmp:// or rtmps://";
        fails("start_broadcast", &rtmp(url), expected);
    }
    let websocket = |uri: &str| json!({ "websocket": { "uri": uri } });
    passes("connect_websocket", &websocket("ws://h"));
    let expected = "websocket.uri: must begin with ws:// or wss://";
    fails("connect_websocket", &websocket("https://h"), expected);
}

#[test]
fn lists_and_maps_have_a_size() {
    let targets = |count: usize| {
        let target = json!({ "serverUrl": "rtmp://h/app", "streamName": "n" });
        json!({ "outputs": { "rtmp": vec![target; count] } })
    };
    passes("start_broadcast", &targets(5));
    let expected = "outputs.rtmp: must have at most 5 items, got 6 items";
    fails("start_broadcast", &targets(6), expected);

    let headers =
        |value: String| json!({ "websocket": { "uri": "ws://h", "headers": { "k": value } } });
    passes("connect_websocket", &headers("v".repeat(511)));
    for value in ["v".repeat(512), "é".repeat(256)] {
        let expected = "websocket.headers: must have at most 512 bytes, got 513 bytes";
        fails("connect_websocket", &headers(value), expected);
    }
    let headers = |name: &str| json!({ "sip": { "uri": "sip:a@b", "headers": { name: "v" } } });
    passes("dial", &headers("X-One"));
    passes("dial", &headers("x-one"));
    // Since 2020 a header needs no prefix.
    for name in ["Via", "P-Asserted-Identity", "User-to-User"] {
        passes("dial", &headers(name));
    }
}

#[test]
fn identifiers_stay_in_their_segment() {
    passes("get_archive", &json!({ "archiveId": "a".repeat(255) }));
    let found = [
        (String::new(), "must not be empty, got \"\""),
        ("a/b".to_owned(), "must not contain '/', got \"a/b\""),
        ("a%2Fb".to_owned(), "must not contain '%', got \"a%2Fb\""),
        ("a b".to_owned(), "must not contain ' ', got \"a b\""),
        ("é".to_owned(), "must not contain 'é', got \"é\""),
        (
            "..".to_owned(),
            "must not be or contain a step up a path, got \"..\"",
        ),
        (
            ".".to_owned(),
            "must not be or contain a step up a path, got \".\"",
        ),
    ];
    for (id, expected) in found {
        fails(
            "get_archive",
            &json!({ "archiveId": id }),
            &format!("archive_id (archiveId): {expected}"),
        );
        let expected = format!("excluded_stream_ids (excludedStreamIds): {expected}");
        fails(
            "mute_all",
            &json!({ "excludedStreamIds": ["s", id] }),
            &expected,
        );
    }
    let long = complaint("get_archive", &json!({ "archiveId": "a".repeat(256) })).unwrap();
    assert!(
        long.starts_with("archive_id (archiveId): must be at most 255 bytes long, got \"aaa"),
        "{long}"
    );
    assert!(long.len() < 210, "what was got is cut: {long}");
}

/// An empty text is not there; what a target needs must be.
#[test]
fn what_must_be_there_is_not_empty() {
    let target = |name: &str| json!({ "serverUrl": "rtmp://h/app", "streamName": name });
    let expected = "outputs.rtmp.stream_name (outputs.rtmp.streamName): must not be empty";
    let outputs = json!({ "outputs": { "rtmp": [target("")] } });
    fails("start_broadcast", &outputs, expected);

    let sip = json!({ "sip": { "uri": "" } });
    fails("dial", &sip, "sip.uri: must not be empty");
    let auth = json!({ "sip": { "uri": "sip:a@b", "auth": { "username": "", "password": "" } } });
    fails("dial", &auth, "sip.auth.username: must not be empty");
    for operation in [
        "dial",
        "connect_websocket",
        "start_captions",
        "start_render",
    ] {
        fails(
            operation,
            &json!({ "token": "" }),
            "token: must not be empty",
        );
    }
    for field in ["group", "event"] {
        let expected = format!("{field}: must not be empty");
        fails("register_callback", &json!({ field: "" }), &expected);
    }
}

#[test]
fn targets_have_names_of_their_own() {
    let target =
        |id: Option<&str>| json!({ "serverUrl": "rtmp://h/app", "streamName": "n", "id": id });
    let outputs = |ids: [Option<&str>; 3]| json!({ "outputs": { "rtmp": ids.map(target) } });
    passes("start_broadcast", &outputs([Some("a"), Some("b"), None]));
    passes("start_broadcast", &outputs([None, Some("a"), None]));
    let expected = "outputs.rtmp: must not repeat a name, got \"a\" twice";
    fails(
        "start_broadcast",
        &outputs([Some("a"), None, Some("a")]),
        expected,
    );
}
