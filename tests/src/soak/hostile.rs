//! What the emulator does to the calls of a soak.

use std::time::{Duration, SystemTime};

use vonage_video_emulator::{Emulator, Fault};

/// Operations that return something, to which a foreign 2xx is no success. To those that return
/// nothing any 2xx is one.
const RETURN_SOMETHING: [&str; 12] = [
    "create_session",
    "start_archive",
    "get_archive",
    "list_archives",
    "start_broadcast",
    "list_broadcasts",
    "start_render",
    "list_renders",
    "list_connections",
    "list_streams",
    "create_project",
    "dial",
];

const HOUR: Duration = Duration::from_secs(3600);

/// Adds every kind of fault that the emulator has and a plain socket can meet.
pub(super) fn misbehave(emulator: &Emulator) {
    let connections = [
        Fault::reset_before().chance(0.03),
        Fault::reset_after().chance(0.03),
        Fault::truncate().chance(0.02),
        Fault::refuse().chance(0.02),
        Fault::delay(Duration::from_millis(2)).chance(0.05),
        Fault::delay_body(Duration::from_millis(2)).chance(0.02),
    ];
    let responses = [
        Fault::garble().chance(0.02),
        Fault::too_many(0).chance(0.03),
        Fault::status(401).chance(0.01),
        Fault::status(500).chance(0.02),
        Fault::status(503).chance(0.03),
        Fault::foreign(404).chance(0.01),
        Fault::foreign(403).chance(0.01),
        Fault::echo(400).chance(0.01),
        Fault::echo(401).chance(0.01),
        Fault::echo(500).chance(0.01),
    ];
    let foreign = RETURN_SOMETHING.map(|operation| Fault::foreign(200).on(operation).chance(0.02));
    let lists = [
        Fault::ignore_offset().chance(0.15),
        Fault::repeat_last_page().chance(0.5),
    ];
    let now = SystemTime::now();
    // Some of them a client may believe for a while, until the next honest one.
    let dates = [
        "Thu, 01 Jan 2099 00:00:00 GMT".to_owned(),
        "Thu, 01 Jan 1970 00:00:00 GMT".to_owned(),
        "Fri, 31 Dec 9999 23:59:59 GMT".to_owned(),
        "yesterday".to_owned(),
        String::new(),
        httpdate::fmt_http_date(now + 5 * HOUR),
        httpdate::fmt_http_date(now - 20 * HOUR),
        httpdate::fmt_http_date(now + 30 * HOUR),
    ];
    let dates = dates.map(|date| Fault::date(date).chance(0.02));
    for fault in connections
        .into_iter()
        .chain(responses)
        .chain(foreign)
        .chain(lists)
        .chain(dates)
    {
        emulator.fault(fault).expect("a good fault");
    }
}
