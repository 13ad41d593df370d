//! What a field's own value may be.

use serde_json::json;

use super::{complaint, fails, passes, url};

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
            let expected = format!("{field}: must be at most {max}, got {value}");
            fails(operation, &json!({ field: value }), &expected);
        }
        let below = [0, min.saturating_sub(1)];
        for value in below.into_iter().filter(|value| *value < min) {
            let expected = format!("{field}: must be at least {min}, got {value}");
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
    let too_short = "must have at least 1 characters, got 0 characters";
    for name in [a(1), e(1), a(80), e(80)] {
        passes("create_session", &named(name));
    }
    let expected = "archiveName: must have at most 80 characters, got 81 characters";
    fails("create_session", &named(a(81)), expected);
    fails("create_session", &named(e(81)), expected);
    fails(
        "create_session",
        &named(a(0)),
        &format!("archiveName: {too_short}"),
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
        let expected = "type: must have at most 128 bytes, got 129 bytes";
        fails(operation, &json!({ "type": a(129) }), expected);
        let expected = "type: must have at most 128 bytes, got 130 bytes";
        fails(operation, &json!({ "type": e(65) }), expected);
        for (kind, found) in [(e(64), 'é'), ("a b".into(), ' '), ("a\0".into(), '\0')] {
            let expected = format!("type: must be made of A-Za-z0-9._~- only, got {found:?}");
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
        let expected = format!("{field}: must have at least 15 characters, got 14 characters");
        fails(operation, &json!({ field: url(14) }), &expected);
        let expected = format!("{field}: must have at most 2048 characters, got 2049 characters");
        fails(operation, &json!({ field: url(2049) }), &expected);
    }
    // URLs can hold secrets, so what was got is not told.
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
            let expected = format!("{field}: must be an absolute URL");
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
        let expected = "outputs.rtmp.serverUrl: must begin with rtmp:// or rtmps://";
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
    for name in ["Via", "XOne", ""] {
        let expected = format!("sip.headers: every name must begin with X-, got {name:?}");
        fails("dial", &headers(name), &expected);
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
            &format!("archiveId: {expected}"),
        );
        let expected = format!("excludedStreamIds: {expected}");
        fails(
            "mute_all",
            &json!({ "excludedStreamIds": ["s", id] }),
            &expected,
        );
    }
    let long = complaint("get_archive", &json!({ "archiveId": "a".repeat(256) })).unwrap();
    assert!(
        long.starts_with("archiveId: must be at most 255 bytes long, got \"aaa"),
        "{long}"
    );
    assert!(long.len() < 200, "what was got is cut: {long}");
}
