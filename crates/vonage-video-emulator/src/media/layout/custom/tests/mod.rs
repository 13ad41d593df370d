//! What stylesheets make of streams, in pixels.

mod hostile;

use std::collections::HashSet;

use super::{Stylesheet, places};

/// The number of a stream, from 1, and its `x`, `y`, `width` and `height`.
type Shown = (usize, [u32; 4]);

/// What is shown of streams with these classes, the one in front last.
fn shown(sheet: &str, (width, height): (u32, u32), streams: &[&str]) -> Vec<Shown> {
    let classes: Vec<HashSet<&str>> = streams
        .iter()
        .map(|it| it.split_whitespace().collect())
        .collect();
    places(&Stylesheet::parse(sheet), &classes, width, height)
        .into_iter()
        .map(|(index, it)| (index + 1, [it.x, it.y, it.width, it.height]))
        .collect()
}

/// A stylesheet, the size of the picture, the classes of streams, and what is shown.
type Case<'c> = (&'c str, (u32, u32), &'c [&'c str], &'c [Shown]);

const SD: (u32, u32) = (640, 480);
const HD: (u32, u32) = (1280, 720);

/// The sample of the guide that is based on the best fit.
const BEST_FIT: &str = "stream { float: left; }
stream:first-child:nth-last-child(1) { width: 100%; height: 100%; }
stream:first-child:nth-last-child(2), stream:first-child:nth-last-child(2) ~ stream
{ width: 50%; height: 100%; }
stream:first-child:nth-last-child(3), stream:first-child:nth-last-child(3) ~ stream,
stream:first-child:nth-last-child(4), stream:first-child:nth-last-child(4) ~ stream
{ width: 50%; height: 50%; }
stream:first-child:nth-last-child(5), stream:first-child:nth-last-child(5) ~ stream
{ width: 33.33%; height: 33.33%; }";

#[test]
fn samples_of_the_guide_and_of_other_sdks_look_as_they_describe() {
    let two = "stream.main { position: absolute; left: 0; top: 0; width: 100%; height: 100%;
            z-index: 100; }
        stream.lower-left { position: absolute; left: 10%; bottom: 10%; width: 20%; height: 20%;
            z-index: 200; }";
    let horizontal = "stream { float:left; margin-top: 60%; width: 20%; height: 20%; }
        stream.focus { position: absolute; top: 0; left: 0; margin-top: 0px; height: 80%;
            width: 100%; }";
    let vertical = "stream { float: left; left: 0px; clear: left; width: 20%; height: 20%; }
        stream.focus { position: absolute; top: 0; left: 0; margin: 0px; left: 20%;
            height: 100%; width: 80%; }";
    let pip = "stream.full { position: absolute; top: 0; right: 0; width: 100%; height: 100%;
            z-index: 100; }
        stream { position: absolute; right: 10%; top: 10%; width: 20%; height: 20%;
            z-index: 200; }";
    let small_last = "stream:last-child{display: block;margin: 0;top: 0;left: 0;width: 1px;\
        height: 1px;}stream:first-child{display: block;margin: 0;top: 0;left: 0;width: 100%;\
        height: 100%;}";
    let instructor = "stream.instructor {position: absolute; width: 100%;  height:50%;}";
    let actors = "stream.actor {float: left; width: 50%; height: 50%}
        stream.director {position: absolute; width: 1px; height: 1px; bottom: 0px; right: 0px}";
    let table: &[Case<'_>] = &[
        (BEST_FIT, SD, &[""], &[(1, [0, 0, 640, 480])]),
        (
            BEST_FIT,
            SD,
            &["", "a"],
            &[(1, [0, 0, 320, 480]), (2, [320, 0, 320, 480])],
        ),
        (
            BEST_FIT,
            HD,
            &["", "", ""],
            &[
                (1, [0, 0, 640, 360]),
                (2, [640, 0, 640, 360]),
                (3, [0, 360, 640, 360]),
            ],
        ),
        (
            BEST_FIT,
            SD,
            &[""; 5],
            &[
                (1, [0, 0, 213, 160]),
                (2, [213, 0, 214, 160]),
                (3, [427, 0, 213, 160]),
                (4, [0, 160, 213, 160]),
                (5, [213, 160, 214, 160]),
            ],
        ),
        (
            two,
            SD,
            &["lower-left", "main"],
            &[(2, [0, 0, 640, 480]), (1, [64, 336, 128, 96])],
        ),
        (two, HD, &["main x"], &[(1, [0, 0, 1280, 720])]),
        (
            horizontal,
            SD,
            &["focus", "", ""],
            &[
                (2, [0, 384, 128, 96]),
                (3, [128, 384, 128, 96]),
                (1, [0, 0, 640, 384]),
            ],
        ),
        // Margins are parts of the width, as in browsers: this sample is for 4:3.
        (horizontal, HD, &["focus", ""], &[(1, [0, 0, 1280, 576])]),
        (
            vertical,
            SD,
            &["focus", "", ""],
            &[
                (2, [0, 0, 128, 96]),
                (3, [0, 96, 128, 96]),
                (1, [128, 0, 512, 480]),
            ],
        ),
        (
            pip,
            SD,
            &["full", ""],
            &[(1, [0, 0, 640, 480]), (2, [448, 48, 128, 96])],
        ),
        (small_last, SD, &["", ""], &[(1, [0, 0, 640, 480])]),
        (small_last, SD, &[""], &[(1, [0, 0, 640, 480])]),
        (
            instructor,
            SD,
            &["instructor", ""],
            &[(1, [0, 0, 640, 240])],
        ),
        (
            actors,
            SD,
            &["actor", "actor", "director"],
            &[
                (1, [0, 0, 320, 240]),
                (2, [320, 0, 320, 240]),
                (3, [639, 479, 1, 1]),
            ],
        ),
        ("stream { }", SD, &["", ""], &[]),
        ("stream { position: absolute; }", SD, &[""], &[]),
    ];
    for (sheet, size, streams, expected) in table {
        assert_eq!(
            shown(sheet, *size, streams),
            *expected,
            "{sheet} {streams:?}"
        );
    }
}

/// What is shown of streams with the classes `a`, `b` and `c` in 100 by 100 pixels.
fn abc(sheet: &str) -> Vec<Shown> {
    shown(sheet, (100, 100), &["a", "b", "c"])
}

#[test]
fn boxes_are_placed_as_in_browsers() {
    let all = "stream { width: 20px; height: 10px }";
    let absolute = "stream { position: absolute; width: 20px; height: 10px }";
    let table: &[(&str, &str, [[u32; 4]; 3])] = &[
        // Blocks.
        (all, "", [[0, 0, 20, 10], [0, 10, 20, 10], [0, 20, 20, 10]]),
        (
            all,
            ".b { width: auto }",
            [[0, 0, 20, 10], [0, 10, 100, 10], [0, 20, 20, 10]],
        ),
        (
            all,
            ".b { margin: 5px 0 7px 3px }",
            [[0, 0, 20, 10], [3, 15, 20, 10], [0, 32, 20, 10]],
        ),
        (
            all,
            ".a { margin: 5px } .b { margin: 9px }",
            [[5, 5, 20, 10], [9, 24, 20, 10], [0, 43, 20, 10]],
        ),
        (
            all,
            ".a { margin-bottom: 9px } .b { margin-top: -4px }",
            [[0, 0, 20, 10], [0, 15, 20, 10], [0, 25, 20, 10]],
        ),
        (
            all,
            ".b { margin: 0 auto } .c { margin-left: auto }",
            [[0, 0, 20, 10], [40, 10, 20, 10], [80, 20, 20, 10]],
        ),
        (
            all,
            ".b { position: relative; left: 5px; top: -3% }",
            [[0, 0, 20, 10], [0, 20, 20, 10], [5, 7, 20, 10]],
        ),
        (
            all,
            ".b { position: relative; right: 5px; bottom: -3px }",
            [[0, 0, 20, 10], [0, 20, 20, 10], [0, 13, 15, 10]],
        ),
        (
            all,
            ".a { left: 5px; top: 5px; z-index: 9 }",
            [[0, 0, 20, 10], [0, 10, 20, 10], [0, 20, 20, 10]],
        ),
        // Least and greatest sizes.
        (
            all,
            ".a { min-width: 30% } .b { max-width: 15px; min-height: 12px }",
            [[0, 0, 30, 10], [0, 10, 15, 12], [0, 22, 20, 10]],
        ),
        (
            all,
            ".a { max-width: 5px; min-width: 8px } .b { height: 50px; max-height: 20% }",
            [[0, 0, 8, 10], [0, 10, 20, 20], [0, 30, 20, 10]],
        ),
        // Boxes that float.
        (
            all,
            "stream { float: left }",
            [[0, 0, 20, 10], [20, 0, 20, 10], [40, 0, 20, 10]],
        ),
        (
            all,
            "stream { float: right }",
            [[80, 0, 20, 10], [60, 0, 20, 10], [40, 0, 20, 10]],
        ),
        (
            all,
            "stream { float: left; width: 40% }",
            [[0, 0, 40, 10], [40, 0, 40, 10], [0, 10, 40, 10]],
        ),
        (
            all,
            "stream { float: left; width: 40% } .a { height: 30px }",
            [[0, 0, 40, 30], [40, 0, 40, 10], [40, 10, 40, 10]],
        ),
        (
            all,
            "stream { float: left } .b { clear: left; float: right } .c { clear: right }",
            [[0, 0, 20, 10], [80, 10, 20, 10], [0, 20, 20, 10]],
        ),
        (
            all,
            "stream { float: left; margin: 1px 2px } .b { margin: -4px }",
            [[2, 1, 20, 10], [20, 0, 20, 6], [38, 1, 20, 10]],
        ),
        (
            all,
            ".a { float: left; width: 40px; height: 40px } .b { clear: both }",
            [[0, 40, 20, 10], [0, 50, 20, 10], [0, 0, 40, 40]],
        ),
        (
            all,
            ".c { float: left }",
            [[0, 0, 20, 10], [0, 10, 20, 10], [0, 20, 20, 10]],
        ),
        // Boxes in lines.
        (
            all,
            "stream { display: inline-block } .b { height: 30px }",
            [[0, 20, 20, 10], [20, 0, 20, 30], [40, 20, 20, 10]],
        ),
        (
            all,
            "stream { display: inline-block; width: 50% }",
            [[0, 0, 50, 10], [50, 0, 50, 10], [0, 10, 50, 10]],
        ),
        (
            all,
            ".b, .c { display: inline; margin: 2px }",
            [[0, 0, 20, 10], [2, 12, 20, 10], [26, 12, 20, 10]],
        ),
        (
            all,
            ".b, .c { display: inline-block } .a { float: left; height: 15px }",
            [[0, 0, 20, 15], [20, 0, 20, 10], [40, 0, 20, 10]],
        ),
        (
            all,
            ".a { display: inline-block }",
            [[0, 10, 20, 10], [0, 20, 20, 10], [0, 0, 20, 10]],
        ),
        (
            all,
            "stream { display: inline-block; width: 40% } .b { float: left }",
            [[0, 0, 40, 10], [40, 0, 40, 10], [0, 10, 40, 10]],
        ),
        (
            all,
            "stream { display: inline-block; width: 40% } .b { float: left; width: 70% }",
            [[0, 10, 70, 10], [0, 0, 40, 10], [40, 0, 40, 10]],
        ),
        // Boxes that are placed by their edges.
        (absolute, "", [[0, 0, 20, 10]; 3]),
        (
            absolute,
            ".b { left: 10%; bottom: 5px } .c { right: -5px; top: 50% }",
            [[0, 0, 20, 10], [10, 85, 20, 10], [85, 50, 15, 10]],
        ),
        (
            absolute,
            ".b { left: 10px; right: 20px; width: auto } .c { left: 30px; right: 0 }",
            [[0, 0, 20, 10], [10, 0, 70, 10], [30, 0, 20, 10]],
        ),
        (
            absolute,
            ".b { left: 0; right: 0; top: 0; bottom: 0; margin: auto }",
            [[0, 0, 20, 10], [40, 45, 20, 10], [0, 0, 20, 10]],
        ),
        (
            absolute,
            ".b { float: left; margin: 3px } .c { display: inline; top: 9px }",
            [[0, 0, 20, 10], [3, 3, 20, 10], [0, 9, 20, 10]],
        ),
        (
            absolute,
            ".a { position: static } .b { left: 30px }",
            [[0, 0, 20, 10], [30, 10, 20, 10], [0, 10, 20, 10]],
        ),
        (
            all,
            ".a { float: left } .b { display: inline-block; position: absolute }",
            [[0, 0, 20, 10], [0, 0, 20, 10], [20, 0, 20, 10]],
        ),
    ];
    for (base, sheet, expected) in table {
        let found: Vec<_> = abc(&format!("{base} {sheet}"))
            .into_iter()
            .map(|(_, it)| it)
            .collect();
        assert_eq!(found, expected, "{base} {sheet}");
    }
}

#[test]
fn what_is_in_front_is_as_in_browsers() {
    let placed = "stream { position: absolute; width: 9px; height: 9px }";
    for (base, sheet, expected) in [
        (placed, "", [1, 2, 3]),
        (placed, ".a { z-index: 1 }", [2, 3, 1]),
        (
            placed,
            ".a { z-index: 10 } .b { z-index: 9 } .c { z-index: 10 }",
            [2, 1, 3],
        ),
        (placed, ".b { z-index: 0 } .c { z-index: auto }", [1, 2, 3]),
        (placed, ".c { z-index: -1 }", [3, 1, 2]),
        (
            "stream { width: 9px; height: 9px }",
            ".a { z-index: 9 }",
            [1, 2, 3],
        ),
        (
            "stream { width: 9px; height: 9px }",
            ".a { position: relative } .b { float: left }",
            [3, 2, 1],
        ),
    ] {
        let found = abc(&format!("{base} {sheet}"))
            .into_iter()
            .map(|(number, _)| number);
        assert_eq!(found.collect::<Vec<_>>(), expected, "{base} {sheet}");
    }
}

#[test]
fn streams_without_an_area_in_the_picture_are_not_shown() {
    for (sheet, expected) in [
        ("stream { display: none; width: 9px; height: 9px }", vec![]),
        ("stream { width: 0; height: 9px }", vec![]),
        (
            "stream { width: 0.4px; height: 9px; position: absolute }",
            vec![],
        ),
        (
            "stream { width: 9px; height: 9px; position: absolute; left: 100% }",
            vec![],
        ),
        (
            "stream { width: 9px; height: 9px; position: absolute; top: -9px }",
            vec![],
        ),
        (
            "stream { width: 9px; height: 9px } .a { display: none } .c { margin: -5px }",
            vec![(2, [0, 0, 9, 9]), (3, [0, 4, 4, 9])],
        ),
        (
            ".b { width: 300%; height: 300%; position: absolute; left: -1px; top: 99px }",
            vec![(2, [0, 99, 100, 1])],
        ),
    ] {
        assert_eq!(abc(sheet), expected, "{sheet}");
    }
}
