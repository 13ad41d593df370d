//! Identifiers, points in time and pages: what is read, and that it is written back.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Serialize, de::DeserializeOwned};
use vonage_video_core::{
    Page, ProjectId, SessionId, StreamId, Timestamp, WebhookEvent,
    models::{Captions, Stream},
    operations::StopCaptions,
};

fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

/// What is read, written again.
fn again<T: DeserializeOwned + Serialize>(json: &str) -> String {
    serde_json::to_string(&read::<T>(json)).unwrap()
}

fn decode_error<T: DeserializeOwned>(json: &str) -> String {
    serde_json::from_str::<T>(json).err().unwrap().to_string()
}

#[test]
fn a_project_goes_back_as_it_came() {
    let application = "\"29f760f8-7ce1-46c9-ade3-f2dedee4ed5f\"";
    for json in [
        "123456",
        "\"123456\"",
        "0",
        "18446744073709551615",
        "\"007\"",
        application,
    ] {
        assert_eq!(again::<ProjectId>(json), json);
    }
    let (number, text) = (read::<ProjectId>("123456"), read::<ProjectId>("\"123456\""));
    assert_eq!(number, text);
    assert_eq!(
        (number.as_str(), format!("{text:?}")),
        ("123456", "\"123456\"".into())
    );
    // A number that JSON cannot hold as a whole one still goes back.
    assert_eq!(again::<ProjectId>("-1"), "\"-1\"");
}

#[test]
fn a_project_becomes_a_number_only_where_nothing_is_lost() {
    let written = |text: &str| serde_json::to_string(&ProjectId::new(text).as_number()).unwrap();
    assert_eq!(written("123456"), "123456");
    for text in ["007", "+7", "", " 7", "1e3", "18446744073709551616", "a1"] {
        assert_eq!(written(text), format!("{text:?}"));
    }
}

#[test]
fn identifiers_are_text_even_when_they_come_as_numbers() {
    assert_eq!(again::<SessionId>("17"), "\"17\"");
    assert_eq!(again::<SessionId>("\"1_MX4~\""), "\"1_MX4~\"");
    for json in ["true", "[]", "{}", "null"] {
        assert!(
            decode_error::<StreamId>(json).contains("invalid type"),
            "{json}"
        );
    }
}

#[test]
fn seconds_become_milliseconds() {
    for (json, millis) in [
        ("0", 0),
        ("1676124372", 1_676_124_372_000),
        ("99999999999", 99_999_999_999_000),
        ("100000000000", 100_000_000_000),
        ("1676124372000", 1_676_124_372_000),
        ("\"1676124372000\"", 1_676_124_372_000),
        ("1676124372.0", 1_676_124_372_000),
        ("1676124372000.9", 1_676_124_372_000),
        ("18446744073709551615", u64::MAX),
    ] {
        let time: Timestamp = read(json);
        assert_eq!(time.as_millis(), millis, "{json}");
    }
    assert_eq!(again::<Timestamp>("1676124372"), "1676124372000");
    assert_eq!(
        again::<Timestamp>("\"2023-02-11T14:06:12Z\""),
        "1676124372000"
    );
    for json in ["-1", "-0.5", "\"\"", "\"yesterday\"", "true", "1e30"] {
        assert!(
            decode_error::<Timestamp>(json).contains("Timestamp"),
            "{json}"
        );
    }
}

#[test]
fn times_of_the_standard_library_go_there_and_back() {
    let time = UNIX_EPOCH + Duration::from_millis(1_676_124_372_001);
    let stamp = Timestamp::from(time);
    assert_eq!(stamp.as_millis(), 1_676_124_372_001);
    assert_eq!(stamp.to_system_time(), Some(time));
    let before = UNIX_EPOCH - Duration::from_secs(1);
    assert_eq!(Timestamp::from(before), Timestamp::from_millis(0));
    assert_eq!(SystemTime::from(stamp), time);
    // However far away, it does not panic.
    let last = Timestamp::from_millis(u64::MAX);
    let system = last.to_system_time();
    assert!(system.is_none_or(|last: SystemTime| last > time));
    assert!(SystemTime::from(last) > time);
    assert!(!last.to_string().is_empty());
}

#[test]
fn a_time_is_displayed_as_rfc_3339() {
    for (millis, shown) in [
        (0, "1970-01-01T00:00:00Z"),
        (951_782_400_001, "2000-02-29T00:00:00.001Z"),
        (1_676_124_372_120, "2023-02-11T14:06:12.120Z"),
        (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ] {
        let time = Timestamp::from_millis(millis);
        assert_eq!(time.to_string(), shown);
        if millis > 0 {
            assert_eq!(read::<Timestamp>(&format!("{shown:?}")), time);
        }
    }
}

#[cfg(feature = "jiff")]
#[test]
fn times_of_jiff_go_there_and_back() {
    for text in [
        "1970-01-01T00:00:00Z",
        "2024-02-29T23:59:59.999Z",
        "9999-12-30T22:00:00Z",
    ] {
        let time: jiff::Timestamp = text.parse().unwrap();
        let stamp = Timestamp::from(time);
        assert_eq!(stamp.to_string(), text);
        assert_eq!(jiff::Timestamp::try_from(stamp).unwrap(), time);
    }
    let before: jiff::Timestamp = "1969-12-31T23:00:00Z".parse().unwrap();
    assert_eq!(Timestamp::from(before), Timestamp::from_millis(0));
    assert!(jiff::Timestamp::try_from(Timestamp::from_millis(u64::MAX)).is_err());
}

#[test]
fn a_page_lacks_what_the_server_leaves_out() {
    for json in [
        "{}",
        "{\"items\":null}",
        "{\"count\":null}",
        "{\"count\":\"0\",\"items\":[]}",
    ] {
        assert_eq!(read::<Page<Stream>>(json), Page::default(), "{json}");
    }
    // The count is the server's, not the length of the window.
    let page: Page<Stream> = read("{\"count\":\"51\",\"items\":[{\"id\":\"s\"}],\"new\":1}");
    assert_eq!((page.count, page.items.len()), (51, 1));
    let object: Page<Stream> = read("{\"count\":1,\"items\":{\"s\":{\"id\":\"s\"}}}");
    assert_eq!(object.items, [Stream::new("s")]);
    assert!(decode_error::<Page<Stream>>("{\"items\":[{}]}").contains("id"));
    assert!(decode_error::<Page<Stream>>("{\"items\":3}").contains("expected a list"));
}

#[test]
fn an_identifier_is_text_where_text_is_wanted() {
    let id = SessionId::new("1_x");
    let by_id = std::collections::HashMap::from([(id.clone(), 1)]);
    assert_eq!(by_id.get("1_x"), Some(&1));
    assert_eq!(String::from(id), "1_x");
    // A project too, whether it came as text or as a number.
    let number: ProjectId = read("123456");
    let by_project = std::collections::HashMap::from([(number.clone(), 1)]);
    assert_eq!(by_project.get("123456"), Some(&1));
    let sorted = std::collections::BTreeMap::from([(number.clone(), 1), ("123455".into(), 0)]);
    assert_eq!(sorted.get("123456"), Some(&1));
    assert_eq!(sorted.keys().next(), Some(&ProjectId::new("123455")));
    assert_eq!(ProjectId::from(&String::from(number)), "123456");
}

#[test]
fn captions_lead_to_their_end() {
    let captions: Captions = read(r#"{"captionsId":"c"}"#);
    assert_eq!(captions.stop(), StopCaptions::new("c"));
}

#[test]
fn an_event_names_its_variant() {
    let event: WebhookEvent =
        read(r#"{"event":"archive","id":"a","status":"available","name":"geheim"}"#);
    let shown = format!("{event:?}");
    assert!(shown.starts_with("Archive(Archive {"), "{shown}");
    assert!(!shown.contains("geheim"), "{shown}");
    let event: WebhookEvent = read(r#"{"event":"new","text":"geheim"}"#);
    assert_eq!(
        format!("{event:?}"),
        r#"Unknown({"event":"new","text":"…"})"#
    );
}
