//! Stylesheets that are meant to do harm, and any others.

use std::collections::HashSet;

use proptest::{
    prelude::{Strategy, any, prop_oneof, proptest},
    sample::select,
};

use super::{SD, shown};

/// Fails unless places are in the picture, and each stream has one at most.
fn check(sheet: &str, streams: &[&str]) {
    let mut seen = HashSet::new();
    for (number, [x, y, width, height]) in shown(sheet, SD, streams) {
        assert!(width > 0 && height > 0 && x + width <= 640 && y + height <= 480);
        assert!(seen.insert(number) && number <= streams.len());
    }
}

#[test]
fn hostile_stylesheets_do_no_harm() {
    let long = |part: &str| part.repeat(100_000);
    for sheet in [
        long("{"),
        long("}"),
        long("("),
        long("a{"),
        long("\\"),
        long("'"),
        long("/*"),
        long("/**/"),
        long("@"),
        long("@media{"),
        long(";"),
        long("stream,"),
        long("stream~"),
        long("stream+stream~") + "stream { width: 1px }",
        long("stream{}"),
        long(".a:nth-child(-9223372036854775808n - 9223372036854775808)") + "{width:1px}",
        format!("stream {{ {} }}", long("width:1px;")),
        format!("stream {{ width: {}px; height: 9px }}", long("9")),
        format!("stream {{ width: 1e{}%; height: 9px }}", long("9")),
        format!("stream {{ margin: {} }}", long("1px ")),
        format!(".{} {{ width: 1px }}", long("\\0 \\110000 \\d800 ")),
        "\0\u{feff}stream\0{width:\0}".to_owned(),
        "stream { width: 1e308%; height: 1e308px; margin: -1e308%; left: 1e308% }".to_owned(),
        "stream { float: left; margin: -1e308px; width: 1e9px; height: 1e9px }".to_owned(),
        "stream { position: absolute; left: 1e9%; right: 1e9%; top: -1e9%; bottom: 1e9px }"
            .to_owned(),
        "stream { position: relative; left: -1e9%; width: 1e9%; height: 1e9px }".to_owned(),
        "stream { display: inline-block; margin: -50%; width: 10px; height: 10px }".to_owned(),
        "stream { float: right; clear: both; margin: -1px; width: 200%; height: 1px }".to_owned(),
    ] {
        for count in [0, 1, 16] {
            check(&sheet, &vec!["a"; count]);
        }
    }
}

/// Stylesheets of parts that mean something, and of any letters.
fn any_stylesheet() -> impl Strategy<Value = String> {
    let known = "stream|.a|.b|:first-child|:nth-child(|:nth-last-child(2n+1)|+|~|,| |{|}|;|:|!important|\
        @media|/*|*/|\\|'|(|)|width|height|margin|left|bottom|position|absolute|relative|float|right|\
        clear|both|display|inline-block|none|z-index|min-width|max-height|50%|33.33%|-7px|100px|0|\
        1e9px|-1e12%|auto";
    let known = select(known.split('|').map(str::to_owned).collect::<Vec<_>>());
    let letters = any::<char>().prop_map(String::from);
    let parts = prop_oneof![9 => known, 1 => letters];
    proptest::collection::vec(parts, 0..200).prop_map(|parts| parts.concat())
}

/// Declarations that can be read.
fn any_declarations() -> impl Strategy<Value = String> {
    let names = "width|height|min-width|max-width|min-height|max-height|left|right|top|bottom|\
        margin|margin-left|margin-top|margin-bottom";
    let names = select(names.split('|').collect::<Vec<_>>());
    let length = (names, -200..200i32, any::<bool>())
        .prop_map(|(name, size, part)| format!("{name}:{size}{};", if part { "%" } else { "px" }));
    let words = "position:absolute;|position:relative;|float:left;|float:right;|clear:both;|\
        clear:left;|display:inline-block;|display:none;|z-index:3;|z-index:-1;|margin:auto;";
    let words = select(words.split('|').map(str::to_owned).collect::<Vec<_>>());
    proptest::collection::vec(prop_oneof![2 => length, 1 => words], 0..12)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_text_is_a_stylesheet(sheet in any_stylesheet(), count in 0..17usize) {
        check(&sheet, &vec!["a b"; count]);
    }

    #[test]
    fn any_boxes_have_places(a in any_declarations(), b in any_declarations(), count in 0..17usize) {
        let sheet = format!("stream {{ {a} }} stream:nth-child(3n) {{ {b} }}");
        check(&sheet, &vec!["a"; count]);
    }
}
