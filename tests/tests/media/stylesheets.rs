//! Custom layouts beside what Chromium makes of the same stylesheets.

use std::{iter::repeat_with, process::Command};

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};
use vonage_video_tests::{
    dice::Dice,
    interop::{Browser, run},
    place::temporary,
};

use crate::stage::Stage;

/// How many layouts are compared.
const LAYOUTS: usize = 500;

/// Lays streams out and writes the edges of each between two marks, or `null` for a stream that is
/// not displayed. There is no text, so lines have no height of their own.
const PAGE: &str = r#"<!doctype html>
<style id="base"></style><style id="sheet"></style><body style="margin: 0"><script>
const found = layouts.map(({ stylesheet, streams, width, height }) => {
    base.textContent = `archive { display: block; position: relative; margin: 0;
        overflow: hidden; width: ${width}px; height: ${height}px; font-size: 0; line-height: 0 }
        stream { display: block; margin: 0 }`;
    sheet.textContent = stylesheet;
    const archive = document.createElement("archive");
    document.body.replaceChildren(archive);
    for (const { layoutClassList } of streams) {
        const stream = document.createElement("stream");
        stream.className = layoutClassList.join(" ");
        archive.append(stream);
    }
    const own = archive.getBoundingClientRect();
    return [...archive.children].map((stream) => {
        const { left, top, right, bottom } = stream.getBoundingClientRect();
        const edges = [left - own.left, top - own.top, right - own.left, bottom - own.top];
        return getComputedStyle(stream).display === "none" ? null : edges;
    });
});
document.body.replaceChildren(`MARK${JSON.stringify(found)}MARK`);
</script>"#;

/// One of the words of a text.
fn word<'w>(dice: &mut Dice, words: &'w str) -> &'w str {
    let count = u32::try_from(words.split('|').count()).expect("few");
    let chosen = usize::try_from(dice.roll(count)).expect("few");
    words.split('|').nth(chosen).expect("a word")
}

fn declaration(dice: &mut Dice) -> String {
    let length = word(
        dice,
        "0|5px|33px|0.5px|5%|10%|20%|33.33%|40%|50%|60%|100%|100px",
    );
    match dice.roll(16) {
        0..=4 => format!("{}: {length}", word(dice, "width|height")),
        5 => format!(
            "{}: {length}",
            word(dice, "min-width|max-width|min-height|max-height")
        ),
        6..=7 => format!(
            "{}: {}{length}",
            word(dice, "left|right|top|bottom"),
            word(dice, "|-")
        ),
        8 => format!(
            "margin{}: {length}",
            word(dice, "|-left|-top|-right|-bottom")
        ),
        9 => format!("margin: {length} {}", word(dice, "auto|7px|0 3% 9px")),
        10 => format!("position: {}", word(dice, "static|relative|absolute")),
        11 => format!("float: {}", word(dice, "left|right|none")),
        12 => format!("clear: {}", word(dice, "left|right|both|none")),
        13 => format!("display: {}", word(dice, "block|inline-block|none")),
        14 => format!("{}: {length}", word(dice, "WIDTH|colour|Height|left top")),
        _ => word(dice, "width: 5|top|!x|height: -5px|left: 5 px|float: up").to_owned(),
    }
}

fn selector(dice: &mut Dice) -> String {
    let mut compound = || {
        let class = word(dice, "||.a|.b|.a.b");
        let child = word(
            dice,
            "||||:first-child|:last-child|:nth-child(odd)|:nth-child(3n+1)|:nth-child(-n+2)|\
             :nth-last-child(2)|:nth-last-child(n + 2)",
        );
        format!("stream{class}{child}")
    };
    let (one, other) = (compound(), compound());
    match dice.roll(6) {
        0 => format!("{one} ~ {other}"),
        1 => format!("{one}+{other}"),
        2 => format!("{one}, {other}"),
        _ => one,
    }
}

fn stylesheet(dice: &mut Dice) -> String {
    let base = word(
        dice,
        "|width: 40%; height: 30%|float: left; width: 33.33%; height: 33.33%|\
         position: absolute; width: 20%; height: 20%|display: inline-block; width: 30%; height: 20%",
    );
    let mut sheet = format!("stream {{ {base} }}");
    for _ in 0..1 + dice.roll(4) {
        let selector = selector(dice);
        let count = 1 + dice.roll(5);
        let declarations: Vec<String> = (0..count)
            .map(|_| declaration(dice) + word(dice, "||| !important"))
            .collect();
        sheet += &format!("\n{selector} {{ {} }}", declarations.join("; "));
    }
    sheet
}

fn layout(dice: &mut Dice) -> Value {
    let (width, height) = match dice.roll(3) {
        0 => (640, 480),
        1 => (1280, 720),
        _ => (480, 640),
    };
    let streams: Vec<Value> = (0..1 + dice.roll(6))
        .map(|number| {
            let classes: Vec<&str> = word(dice, "|a|b|a b").split_whitespace().collect();
            let id = number.to_string();
            json!({ "id": id, "videoType": "camera", "layoutClassList": classes })
        })
        .collect();
    json!({
        "type": "custom", "stylesheet": stylesheet(dice), "streams": streams,
        "resolution": format!("{width}x{height}"), "width": width, "height": height,
    })
}

/// The places of streams, in their order: edges, of which each is at the nearest pixel; `None` for
/// those without an area in the picture.
type Places = Vec<Option<[i64; 4]>>;

fn in_browser(layout: &Value, edges: &[Option<[f64; 4]>]) -> Places {
    let limits = ["width", "height"].map(|name| layout[name].as_i64().expect(name));
    let place = |edges: &Option<[f64; 4]>| {
        let limits = [limits, limits].concat();
        let mut limits = limits.into_iter();
        let [left, top, right, bottom] = (*edges)?.map(|edge| {
            let pixel = (edge + 0.5).floor() as i64;
            pixel.clamp(0, limits.next().expect("four"))
        });
        (left < right && top < bottom).then_some([left, top, right, bottom])
    };
    edges.iter().map(place).collect()
}

fn in_emulator(layout: &Value, picture: &Value) -> Places {
    let boxes = picture["boxes"].as_array().expect("boxes");
    let place = |id: &Value| {
        let found = boxes.iter().find(|it| it["streamId"] == *id)?;
        let part = |name: &str| found[name].as_i64().expect(name);
        let (x, y) = (part("x"), part("y"));
        Some([x, y, x + part("width"), y + part("height")])
    };
    // Streams with classes come first.
    let streams = layout["streams"].as_array().expect("streams");
    streams.iter().map(|stream| place(&stream["id"])).collect()
}

/// The streams in their order of priority, which a browser does not know.
fn sort(layout: &mut Value) {
    let streams = layout["streams"].as_array_mut().expect("streams");
    streams.sort_by_key(|it| it["layoutClassList"] == json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn custom_layouts_look_as_in_a_browser() {
    let Some(browser) = Browser::get() else {
        return;
    };
    let mut dice = Dice(11);
    let mut layouts: Vec<Value> = repeat_with(|| layout(&mut dice)).take(LAYOUTS).collect();
    layouts.iter_mut().for_each(sort);
    let folder = temporary("stylesheets");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("page.html");
    let script = format!("<script>const layouts = {};", json!(layouts));
    std::fs::write(&file, PAGE.replacen("<script>", &script, 1)).expect("a page");
    let mut command = Command::new(browser.program());
    command
        .args(["--headless", "--no-sandbox", "--disable-gpu"])
        .args(["--no-first-run", "--disable-dev-shm-usage", "--dump-dom"])
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .arg(format!("file://{}", file.display()));
    let page = tokio::task::spawn_blocking(move || run(&mut command, b""));
    let (page, _) = page.await.expect("an end");
    // The marks of the script come before.
    let found = page.rsplit("MARK").nth(1).expect("what it found");
    let found: Vec<Vec<Option<[f64; 4]>>> = serde_json::from_str(found).expect(&page);

    let stage = Stage::new().await;
    let mut shown = 0;
    for (layout, edges) in layouts.iter().zip(&found) {
        let uri = format!("{}/_emulator/layout", stage.emulator.url());
        let request = Request::post(uri).body(Bytes::from(layout.to_string()));
        let response = stage.emulator.handle(request.expect("a request")).await;
        let picture: Value =
            serde_json::from_slice(response.expect("a response").body()).expect("JSON");
        let (ours, theirs) = (in_emulator(layout, &picture), in_browser(layout, edges));
        let near = |(one, other): (&Option<[i64; 4]>, &Option<[i64; 4]>)| match (one, other) {
            (Some(one), Some(other)) => one.iter().zip(other).all(|(a, b)| a.abs_diff(*b) <= 1),
            (one, other) => one == other,
        };
        assert!(
            ours.iter().zip(&theirs).all(near),
            "{ours:?}, in the browser {theirs:?}: {layout:#}"
        );
        shown += theirs.iter().flatten().count();
    }
    assert!(found.len() == LAYOUTS && shown > LAYOUTS, "{shown}");
}
