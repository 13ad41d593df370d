//! What fields may be together.

use serde_json::{Value, json};

use super::{both, fails, passes};

#[test]
fn fields_that_need_or_exclude_each_other() {
    let always = "may be set only when archive_mode (archiveMode) = always";
    for (field, value) in [("archiveName", "n"), ("archiveResolution", "1280x720")] {
        passes(
            "create_session",
            &json!({ "archiveMode": "always", field: value }),
        );
        for mode in [json!(null), json!("manual"), json!("sometimes")] {
            let members = json!({ "archiveMode": mode, field: value });
            fails(
                "create_session",
                &members,
                &format!("{}: {always}", both(field)),
            );
        }
    }
    let expected = "archive_mode (archiveMode): archive_mode (archiveMode) = always may not be combined with media_mode (p2p.preference) = enabled";
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
        let expected = format!(
            "{}: may not be set when output_mode (outputMode) = individual",
            both(field)
        );
        fails("start_archive", &individual, &expected);
    }

    let layouts = [
        (json!({ "type": "custom", "stylesheet": "" }), "", "", ""),
        (
            json!({ "type": "bestFit", "screenshareType": "pip" }),
            "",
            "",
            "",
        ),
        (
            json!({ "type": "custom" }),
            "stylesheet",
            "stylesheet",
            "must be set when kind (type) = custom",
        ),
        (
            json!({ "type": "pip", "stylesheet": "" }),
            "stylesheet",
            "stylesheet",
            "may be set only when kind (type) = custom",
        ),
        (
            json!({ "type": "pip", "screenshareType": "pip" }),
            "screenshare_type",
            "screenshareType",
            "may be set only when kind (type) = bestFit",
        ),
    ];
    for (layout, rust, wire, rule) in layouts {
        if rule.is_empty() {
            passes("set_archive_layout", &layout);
            passes("start_archive", &json!({ "layout": layout }));
        } else {
            fails(
                "set_archive_layout",
                &layout,
                &format!("{}: {rule}", both(wire)),
            );
            let members = json!({ "layout": layout });
            let field = if rust == wire {
                format!("layout.{rust}")
            } else {
                format!("layout.{rust} (layout.{wire})")
            };
            for operation in ["start_archive", "start_broadcast"] {
                fails(operation, &members, &format!("{field}: {rule}"));
            }
        }
    }

    let hls =
        |dvr: Value, low: Value| json!({ "outputs": { "hls": { "dvr": dvr, "lowLatency": low } } });
    passes("start_broadcast", &hls(json!(true), json!(false)));
    passes("start_broadcast", &hls(json!(null), json!(true)));
    let expected =
        "outputs.hls.low_latency (outputs.hls.lowLatency): may not be set together with dvr";
    fails("start_broadcast", &hls(json!(true), json!(true)), expected);

    let transport =
        |members: Value| json!({ "websocket": { "uri": "ws://h", "audioTransport": members } });
    passes("connect_websocket", &transport(json!({})));
    passes(
        "connect_websocket",
        &transport(json!({ "transport": "json", "encoding": "base64" })),
    );
    let expected = "websocket.audio_transport.encoding (websocket.audioTransport.encoding): must be set when transport = json";
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
        let expected = "has_audio, has_video (hasAudio, hasVideo): at least one of them must be set, and neither empty nor `false`";
        fails(operation, &media(json!(false), json!(false)), expected);
    }
    let expected = "outputs.hls, outputs.rtmp: at least one of them must be set, and neither empty nor `false`";
    for outputs in [json!({}), json!({ "rtmp": [] })] {
        fails("start_broadcast", &json!({ "outputs": outputs }), expected);
    }
    let expected = "config.bucket, config.container: at least one of them must be set, and neither empty nor `false`";
    for config in [
        json!({}),
        json!({ "bucket": "" }),
        json!({ "container": "" }),
    ] {
        fails(
            "set_archive_storage",
            &json!({ "config": config }),
            expected,
        );
    }
}
