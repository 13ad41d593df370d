//! The server's half: which operation a request is, and what is read of it.

use vonage_video_core::{
    Incoming, Matched, NoRoute,
    models::{ArchiveMode, MediaMode},
    operations::{CreateSession, GetProject, ListArchives, SignalSession},
    route,
};

fn request(method: &str, target: &str, body: impl AsRef<[u8]>) -> Result<Matched, NoRoute> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    route(&Incoming {
        method: &method.parse().unwrap(),
        path,
        query,
        body: body.as_ref(),
    })
}

/// The operation that a request matches, or why it matches none.
fn operation(method: &str, target: &str, body: &str) -> Result<&'static str, String> {
    request(method, target, body)
        .map(|matched| matched.meta.id)
        .map_err(|error| error.to_string())
}

#[test]
fn a_path_is_compared_segment_by_segment() {
    for target in ["/v2/project/1/archive/a", "/v2/project/1/archive/a/"] {
        assert_eq!(operation("GET", target, ""), Ok("get_archive"), "{target}");
    }
    let storage = operation("DELETE", "/v2/project/1/archive/storage", "");
    assert_eq!(storage, Ok("delete_archive_storage"));
    let archive = operation("DELETE", "/v2/project/1/archive/storages", "");
    assert_eq!(archive, Ok("delete_archive"));

    for target in [
        "",
        "/",
        "//",
        "/v2/project/1/archive/a//",
        "/v2//project/1/archive/a",
        "/V2/project/1/archive/a",
        "/v2/project/1/archive/a/b",
        "/v2/project/1/archive/%ff",
        "v2/project/1/archive/a",
    ] {
        let found = operation("GET", target, "");
        assert_eq!(found, Err("no operation has this path".into()), "{target}");
    }
}

#[test]
fn an_encoded_slash_opens_no_other_route() {
    let archive = request("GET", "/v2/project/1/archive/a%2Fstop", "").unwrap();
    assert_eq!(archive.meta.id, "get_archive");
    assert_eq!(archive.text("archiveId"), Some("a/stop"));
    assert_eq!(archive.project.as_deref(), Some("1"));

    let project = request("GET", "/v2/project/1%2Farchive", "").unwrap();
    assert_eq!(project.meta.id, "get_project");
    let project: GetProject = project.decode().unwrap();
    assert_eq!(project.project_id.as_str(), "1/archive");

    let literal = operation("GET", "/v2%2Fproject", "");
    assert_eq!(literal, Err("no operation has this path".into()));
}

#[test]
fn another_method_is_told_what_there_is() {
    for (method, target, expected) in [
        ("PUT", "/v2/project/1/archive", "POST, GET"),
        ("get", "/v2/project/1/archive", "POST, GET"),
        ("GET", "/session/create/", "POST"),
        // Two operations have this method.
        ("POST", "/v2/project/1/archive/a/streams", "PATCH"),
    ] {
        let Err(NoRoute::Method { allow }) = request(method, target, "") else {
            panic!("{method} {target} has a route");
        };
        let allow: Vec<String> = allow.iter().map(ToString::to_string).collect();
        assert_eq!(allow.join(", "), expected, "{method} {target}");
    }
}

#[test]
fn operations_on_one_route_are_told_apart_by_their_bodies() {
    let mute = "/v2/project/1/session/s/mute";
    let streams = "/v2/project/1/archive/a/streams";
    let neither = "the body is not what this path takes: no operation of this path has such a body";
    for (method, target, body, expected) in [
        ("POST", mute, r#"{"active":true}"#, Ok("mute_all")),
        (
            "POST",
            mute,
            r#" {"active":false,"excludedStreamIds":[]} "#,
            Ok("disable_force_mute"),
        ),
        ("POST", mute, r#"{"active":"true"}"#, Ok("mute_all")),
        (
            "POST",
            mute,
            r#"{"active":"False"}"#,
            Ok("disable_force_mute"),
        ),
        ("POST", mute, r#"{"active":"yes"}"#, Err(neither)),
        ("POST", mute, r#"{"active":null}"#, Err(neither)),
        ("POST", mute, "{}", Err(neither)),
        ("POST", mute, "", Err(neither)),
        (
            "PATCH",
            streams,
            r#"{"addStream":"t"}"#,
            Ok("add_archive_stream"),
        ),
        (
            "PATCH",
            streams,
            r#"{"removeStream":"t"}"#,
            Ok("remove_archive_stream"),
        ),
        (
            "PATCH",
            streams,
            r#"{"addStream":null,"removeStream":"t"}"#,
            Ok("remove_archive_stream"),
        ),
        ("PATCH", streams, r#"{"hasAudio":true}"#, Err(neither)),
    ] {
        let found = operation(method, target, body);
        assert_eq!(found, expected.map_err(str::to_owned), "{target} {body}");
    }
}

#[test]
fn an_operation_without_a_body_takes_an_empty_one() {
    let stop = "/v2/project/1/archive/a/stop";
    for body in ["", "{}", "[]", " [ ]", "null"] {
        let found = operation("POST", stop, body);
        assert_eq!(found, Ok("stop_archive"), "{body:?}");
    }
    for body in ["[1]", "\"\"", "0"] {
        assert!(operation("POST", stop, body).is_err(), "{body:?}");
    }
}

#[test]
fn a_body_that_is_no_object_is_refused() {
    let signal = "/v2/project/1/session/s/signal";
    for (body, expected) in [
        (&b"[]"[..], "the body is JSON, but not an object"),
        (b"\"text\"", "the body is JSON, but not an object"),
        (b"null", "the body is JSON, but not an object"),
        (b"{\"data\":", "the body is not JSON: EOF"),
        (b"data=x", "the body is not JSON: expected value"),
        (
            b"{\"data\":\"\xff\"}",
            "the body is not JSON: invalid unicode",
        ),
    ] {
        let refused = request("POST", signal, body).unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
    let refused = request("POST", "/session/create", b"location=\xff").unwrap_err();
    assert!(refused.to_string().ends_with("the form is not UTF-8"));

    let wrong = request("POST", signal, r#"{"data":["x"]}"#).unwrap();
    let error = wrong.decode::<SignalSession>().unwrap_err();
    assert_eq!(error.path, "data");
}

#[test]
fn the_path_says_more_than_the_body() {
    let body = r#"{"sessionId":"other","data":"d"}"#;
    let matched = request("POST", "/v2/project/1/session/mine/signal", body).unwrap();
    let signal: SignalSession = matched.decode().unwrap();
    assert_eq!(signal.session_id, "mine");
}

#[test]
fn pairs_are_read_as_browsers_write_them() {
    let list = |query: &str| -> ListArchives {
        let matched = request("GET", &format!("/v2/project/1/archive?{query}"), "").unwrap();
        matched.decode().unwrap()
    };
    let archives = ListArchives::new();
    for (query, expected) in [
        ("", archives.clone()),
        ("&&", archives.clone()),
        (
            "&offset=5&&count=%310&",
            archives.clone().offset(5).count(10),
        ),
        (
            "sessionId=a+b%2Bc%20d",
            archives.clone().session_id("a b+c d"),
        ),
        ("sessionId=50%&count", archives.clone().session_id("50%")),
        ("sessionId=a=b", archives.clone().session_id("a=b")),
        ("sessionId=%C3%A9", archives.clone().session_id("é")),
        ("%63ount=1&unheard=of", archives.clone().count(1)),
        ("count=1&count=2", archives.clone().count(2)),
        ("count=&sessionId=", archives),
    ] {
        assert_eq!(list(query), expected, "{query}");
    }

    let session = |form: &str| -> CreateSession {
        let matched = request("POST", "/session/create", form).unwrap();
        matched.decode().unwrap()
    };
    let form = "archiveMode=always&&p2p%2Epreference=enabled&archiveName=a+b%26c&e2ee=True";
    let expected = CreateSession::new()
        .archive_mode(ArchiveMode::Always)
        .media_mode(MediaMode::Relayed)
        .archive_name("a b&c")
        .e2ee(true);
    assert_eq!(session(form), expected);
    // One SDK sends this for a location that is not set.
    assert_eq!(session("location=null&e2ee="), CreateSession::new());
}
