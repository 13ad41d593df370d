//! Odd values in responses: one of them does not make the rest unreadable.

use serde_json::{Value, json};
use vonage_video_core::{
    Operation, Page, Timestamp,
    models::Archive,
    operations::{GetArchive, ListArchives, ListStreams},
};

fn archive(members: &str) -> Archive {
    let body = format!(r#"{{"id":"a","status":"available",{members}}}"#);
    GetArchive::decode_output(body.as_bytes()).unwrap_or_else(|error| panic!("{body}: {error}"))
}

#[test]
fn odd_numbers_are_absent() {
    for odd in [
        "-1",
        "\"-1\"",
        "\"NaN\"",
        "NaN",
        "-Infinity",
        "1e400",
        "true",
        "\"n/a\"",
        "null",
        "\"\"",
        "-0.5",
    ] {
        let archive = archive(&format!(
            r#""size":{odd},"duration":{odd},"createdAt":{odd}"#
        ));
        assert_eq!(
            (archive.size, archive.duration, archive.created_at),
            (0, 0, None),
            "{odd}"
        );
    }
    for (spelled, number) in [
        ("7560106901", 7_560_106_901),
        ("\" 7560106901 \"", 7_560_106_901),
        ("\"7560106901.0\"", 7_560_106_901),
        ("12.9", 12),
        ("\"2e6\"", 2_000_000),
    ] {
        assert_eq!(
            archive(&format!(r#""size":{spelled}"#)).size,
            number,
            "{spelled}"
        );
    }
}

#[test]
fn odd_flags_texts_and_identifiers_are_absent() {
    for odd in ["\"perhaps\"", "2", "-1", "null", "\"\""] {
        assert_eq!(
            archive(&format!(r#""hasAudio":{odd}"#)).has_audio,
            None,
            "{odd}"
        );
    }
    for (spelled, flag) in [
        ("\"TRUE\"", true),
        ("\"0\"", false),
        ("1", true),
        ("0.0", false),
    ] {
        assert_eq!(
            archive(&format!(r#""hasAudio":{spelled}"#)).has_audio,
            Some(flag),
            "{spelled}"
        );
    }
    let odd = archive(
        r#""sessionId":false,"projectId":true,"name":12,"partnerId":"","resolution":false"#,
    );
    assert_eq!((odd.session_id.as_str(), odd.project_id), ("", None));
    assert_eq!((odd.name.as_deref(), odd.partner_id), (Some("12"), None));
}

#[test]
fn points_in_time_are_numbers_or_dates() {
    for (spelled, millis) in [
        ("1704067200000", Some(1_704_067_200_000)),
        ("1704067200000.9", Some(1_704_067_200_000)),
        ("1704067200", Some(1_704_067_200_000)),
        (r#""1704067200""#, Some(1_704_067_200_000)),
        (r#""2024-01-01T00:00:00Z""#, Some(1_704_067_200_000)),
        (
            r#""2024-01-01T00:00:00.123456+01:30""#,
            Some(1_704_061_800_123),
        ),
        (r#""2024-01-01 00:00:00-0100""#, Some(1_704_070_800_000)),
        (r#""2024-02-29""#, Some(1_709_164_800_000)),
        (r#""2024-01-01T00:00""#, Some(1_704_067_200_000)),
        (r#""2023-02-29""#, None),
        (r#""2024-13-01T00:00:00Z""#, None),
        (r#""2024-01-01T25:00:00Z""#, None),
        (r#""1969-12-31T00:00:00Z""#, None),
        (r#""2024-01-01TZ""#, None),
        (r#""2024-01-01T00:00:00.xZ""#, None),
        (r#""yesterday""#, None),
        (r#""éééééééééé""#, None),
        ("-1", None),
    ] {
        let created = archive(&format!(r#""createdAt":{spelled}"#)).created_at;
        assert_eq!(created.map(Timestamp::as_millis), millis, "{spelled}");
    }
}

#[test]
fn a_list_is_read_around_what_is_odd_in_it() {
    let page = |body: &[u8]| -> Page<Archive> {
        ListArchives::decode_output(body).unwrap_or_else(|error| panic!("{error}"))
    };
    for (odd, name) in [
        (&br#""name":"\ud83d""#[..], "\u{fffd}"),
        (b"\"name\":\"na\xefve\"", "na\u{fffd}ve"),
        (b"\"name\":\"a\nb\"", "a\nb"),
        (b"\"size\":NaN,\"name\":\"x\"", "x"),
    ] {
        let body = [
            &b"\xef\xbb\xbf{\"count\":2,\"items\":[{\"id\":\"a\","[..],
            odd,
            b"},{\"id\":\"b\"}]}",
        ]
        .concat();
        let page = page(&body);
        assert_eq!(page.items.len(), 2);
        assert_eq!(page.items[0].name.as_deref(), Some(name));
    }
}

#[test]
fn lists_of_texts_are_read_from_what_comes() {
    for (spelled, expected) in [
        (json!(["full", 5, null, true]), vec!["full", "5", "true"]),
        (json!("full"), vec!["full"]),
        (json!(""), vec![]),
        (Value::Null, vec![]),
        (json!({"0": "a", "1": "b"}), vec!["a", "b"]),
    ] {
        let body = json!({"items": [{"id": "s", "layoutClassList": spelled}]}).to_string();
        let page = ListStreams::decode_output(body.as_bytes()).unwrap();
        assert_eq!(page.items[0].layout_class_list, expected, "{body}");
    }
}

#[test]
fn what_is_sent_is_not_read_so_leniently() {
    for request in [
        json!({"count": "many"}),
        json!({"count": -1}),
        json!({"count": 1.5}),
    ] {
        assert!(
            serde_json::from_value::<ListArchives>(request.clone()).is_err(),
            "{request}"
        );
    }
}
