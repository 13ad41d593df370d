//! What fields may be together.

use serde_json::{Value, json};

use super::{fails, passes};

#[test]
fn fields_that_need_or_exclude_each_other() {
    let always = "may be set only when archiveMode = always";
    for (field, value) in [("archiveName", "n"), ("archiveResolution", "1280x720")] {
        passes(
            "create_session",
            &json!({ "archiveMode": "always", field: value }),
        );
        for mode in [json!(null), json!("manual"), json!("sometimes")] {
            let members = json!({ "archiveMode": mode, field: value });
            fails("create_session", &members, &format!("{field}: {always}"));
        }
    }
    let expected =
        "archiveMode: archiveMode = always may not be combined with p2p.preference = enabled";
    let relayed = |mode: &str| json!({ "archiveMode": mode, "p2p.preference": "enabled" });
    fails("create_session", &relayed("always"), expected);
    passes("create_session", &relayed("manual"));
    passes("create_session", &json!({ "archiveMode": "always" }));
    passes(
        "create_session",
        &json!({ "archiveMode": "always", "e2ee": true }),
    );

    for (field, value) in [
        ("resolution", json!("640x480")),
        ("layout", json!({ "type": "pip" })),
        ("maxBitrate", json!(100_000)),
        ("quantizationParameter", json!(15)),
    ] {
        passes("start_archive", &json!({ field: value }));
        let individual = json!({ "outputMode": "individual", field: value });
        let expected = format!("{field}: may not be set when outputMode = individual");
        fails("start_archive", &individual, &expected);
    }

    let layouts = [
        (json!({ "type": "custom", "stylesheet": "" }), ""),
        (json!({ "type": "bestFit", "screenshareType": "pip" }), ""),
        (
            json!({ "type": "custom" }),
            "stylesheet: must be set when type = custom",
        ),
        (
            json!({ "type": "pip", "stylesheet": "" }),
            "stylesheet: may be set only when type = custom",
        ),
        (
            json!({ "type": "pip", "screenshareType": "pip" }),
            "screenshareType: may be set only when type = bestFit",
        ),
    ];
    for (layout, expected) in layouts {
        if expected.is_empty() {
            passes("set_archive_layout", &layout);
            passes("start_archive", &json!({ "layout": layout }));
        } else {
            fails("set_archive_layout", &layout, expected);
            let members = json!({ "layout": layout });
            fails("start_archive", &members, &format!("layout.{expected}"));
            fails("start_broadcast", &members, &format!("layout.{expected}"));
        }
    }

    let hls =
        |dvr: Value, low: Value| json!({ "outputs": { "hls": { "dvr": dvr, "lowLatency": low } } });
    passes("start_broadcast", &hls(json!(true), json!(false)));
    passes("start_broadcast", &hls(json!(null), json!(true)));
    let expected = "outputs.hls.lowLatency: may not be set together with dvr";
    fails("start_broadcast", &hls(json!(true), json!(true)), expected);

    let transport =
        |members: Value| json!({ "websocket": { "uri": "ws://h", "audioTransport": members } });
    passes("connect_websocket", &transport(json!({})));
    passes(
        "connect_websocket",
        &transport(json!({ "transport": "json", "encoding": "base64" })),
    );
    let expected = "websocket.audioTransport.encoding: must be set when transport = json";
    fails(
        "connect_websocket",
        &transport(json!({ "transport": "json" })),
        expected,
    );

    let both = json!({ "config": { "bucket": "b", "container": "c" } });
    let expected = "config.bucket: may not be set together with container";
    fails("set_archive_storage", &both, expected);
}

#[test]
fn something_must_be_on() {
    for operation in [
        "start_archive",
        "start_broadcast",
        "add_archive_stream",
        "add_broadcast_stream",
    ] {
        let media = |audio: Value, video: Value| json!({ "hasAudio": audio, "hasVideo": video });
        passes(operation, &media(json!(null), json!(false)));
        passes(operation, &media(json!(false), json!(null)));
        passes(operation, &media(json!(true), json!(false)));
        let expected = "hasAudio, hasVideo: at least one of them must be set and not `false`";
        fails(operation, &media(json!(false), json!(false)), expected);
    }
    let expected = "outputs.hls, outputs.rtmp: at least one of them must be set and not `false`";
    fails("start_broadcast", &json!({ "outputs": {} }), expected);
    let expected =
        "config.bucket, config.container: at least one of them must be set and not `false`";
    fails("set_archive_storage", &json!({ "config": {} }), expected);
}
