//! The client's half: method, path, query and body of requests, to the byte.

use http::header::{ACCEPT, CONTENT_TYPE};
use vonage_video_core::{
    Operation, encode,
    models::{ArchiveStorage, Layout, LayoutType, StorageConfig, StorageType},
    operations::{
        AddArchiveStream, CreateSession, DeleteArchive, DisableForceMute, GetProject, ListArchives,
        ListProjects, MuteAll, SetArchiveLayout, SetArchiveStorage, SignalConnection, StartRender,
        StopArchive,
    },
};

/// A request as `METHOD target [content-type] body`.
fn line<O: Operation>(operation: &O) -> String {
    let request = encode(operation, "p-1").unwrap();
    assert_eq!(request.headers()[ACCEPT], "application/json");
    assert_eq!((request.uri().scheme(), request.uri().host()), (None, None));
    let body = std::str::from_utf8(request.body()).unwrap();
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .map(|kind| format!(" [{}] {body}", kind.to_str().unwrap()));
    assert!(kind.is_some() || body.is_empty(), "a body without a type");
    let kind = kind.unwrap_or_default();
    format!("{} {}{kind}", request.method(), request.uri())
}

#[test]
fn the_path_is_filled_and_the_body_left_out_where_there_is_none() {
    assert_eq!(line(&ListProjects::new()), "GET /v2/project");
    assert_eq!(line(&GetProject::new("123")), "GET /v2/project/123");
    assert_eq!(
        line(&DeleteArchive::new("a~b_c.d-e")),
        "DELETE /v2/project/p-1/archive/a~b_c.d-e"
    );
    assert_eq!(
        line(&StopArchive::new("2_MX4+=:@!$&'()*,;")),
        "POST /v2/project/p-1/archive/2_MX4%2B%3D%3A%40%21%24%26%27%28%29%2A%2C%3B/stop"
    );
}

#[test]
fn members_come_in_the_order_of_the_contract_and_constants_last() {
    assert_eq!(
        line(&SignalConnection::new("s", "c", "d\"\n\u{1}é").kind("k")),
        "POST /v2/project/p-1/session/s/connection/c/signal [application/json] {\"data\":\"d\\\"\\n\\u0001é\",\"type\":\"k\"}"
    );
    assert_eq!(
        line(&MuteAll::new("s").excluded_stream_ids(["b", "a"])),
        "POST /v2/project/p-1/session/s/mute [application/json] {\"excludedStreamIds\":[\"b\",\"a\"],\"active\":true}"
    );
    assert_eq!(
        line(&DisableForceMute::new("s")),
        "POST /v2/project/p-1/session/s/mute [application/json] {\"active\":false}"
    );
    let stream = AddArchiveStream::new("a", "t")
        .has_video(false)
        .has_audio(true);
    assert_eq!(
        line(&stream),
        "PATCH /v2/project/p-1/archive/a/streams [application/json] {\"addStream\":\"t\",\"hasAudio\":true,\"hasVideo\":false}"
    );
    let render = StartRender::new("s", "t", "https://h.example/").max_duration(60_u32);
    assert_eq!(
        line(&render),
        "POST /v2/project/p-1/render [application/json] {\"sessionId\":\"s\",\"token\":\"t\",\"url\":\"https://h.example/\",\"maxDuration\":60}"
    );
}

#[test]
fn a_flattened_model_stands_in_the_body_itself() {
    let layout = Layout::new(LayoutType::Custom).stylesheet("a{}");
    assert_eq!(
        line(&SetArchiveLayout::new("a", layout)),
        "PUT /v2/project/p-1/archive/a/layout [application/json] {\"type\":\"custom\",\"stylesheet\":\"a{}\"}"
    );
    let storage = ArchiveStorage::new(StorageType::S3, StorageConfig::new().bucket("b"));
    assert_eq!(
        line(&SetArchiveStorage::new(storage)),
        "PUT /v2/project/p-1/archive/storage [application/json] {\"type\":\"s3\",\"config\":{\"bucket\":\"b\"}}"
    );
}

#[test]
fn queries_and_forms_are_escaped() {
    assert_eq!(line(&ListArchives::new()), "GET /v2/project/p-1/archive");
    // An identifier in a query is checked like any other: what would need much escaping is refused
    // before.
    assert_eq!(
        line(&ListArchives::new().session_id("1_a=&+").count(0).offset(7)),
        "GET /v2/project/p-1/archive?offset=7&count=0&sessionId=1_a%3D%26%2B"
    );
    assert_eq!(
        line(&CreateSession::new()),
        "POST /session/create [application/x-www-form-urlencoded] p2p.preference=disabled"
    );
    let session = CreateSession::new()
        .archive_mode("always")
        .archive_name("a b&c=d+é%")
        .e2ee(false);
    assert_eq!(
        line(&session),
        "POST /session/create [application/x-www-form-urlencoded] p2p.preference=disabled&archiveMode=always&e2ee=false&archiveName=a%20b%26c%3Dd%2B%C3%A9%25"
    );
}

#[test]
fn a_project_must_stay_in_its_segment() {
    for project in [
        "",
        "..",
        "1/archive",
        "1?a",
        "1#a",
        "%2e",
        "a b",
        "1\r\nHost: x",
    ] {
        let invalid = encode(&ListArchives::new(), project).unwrap_err();
        assert_eq!(invalid.field, "project", "{project:?}");
    }
    // An operation of the account has no project in its path.
    assert_eq!(
        encode(&ListProjects::new(), "").unwrap().uri(),
        "/v2/project"
    );
}
