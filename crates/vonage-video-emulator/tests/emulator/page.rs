//! The page at the root: what is served. What it does is tested in a browser, with the official
//! SDKs.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::Api;

/// Most bytes of the page with its styles and its script, as they are sent; without what joins with
/// a camera, which is loaded when it is asked for.
const BUDGET: usize = 45 * 1024;

/// The page and everything that it loads, by path.
async fn parts(api: &Api) -> BTreeMap<String, String> {
    let mut open = BTreeSet::from(["/".to_owned()]);
    let mut parts = BTreeMap::new();
    while let Some(path) = open.pop_first() {
        let part = api.get("GET", &path, String::new()).await;
        assert_eq!(part.status(), 200, "{path}");
        let policy = part.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(part.headers()["x-content-type-options"], "nosniff");
        let text = String::from_utf8(part.body().to_vec()).unwrap();
        let loaded = text.split('"').filter_map(|word| {
            if word.starts_with("/_emulator/page/") {
                return Some(word.to_owned());
            }
            let name = word.strip_prefix("./")?;
            Some(format!("/_emulator/page/{name}"))
        });
        let loaded: Vec<String> = loaded.collect();
        parts.insert(path, text);
        open.extend(loaded.into_iter().filter(|path| !parts.contains_key(path)));
    }
    parts
}

#[tokio::test]
async fn the_page_is_small() {
    let parts = parts(&Api::vonage()).await;
    let at_once = parts.iter().filter(|(path, _)| !path.ends_with("/join.js"));
    let bytes: usize = at_once.map(|(_, text)| text.len()).sum();
    assert!(bytes <= BUDGET, "{bytes} bytes, of {BUDGET}");
    assert!(parts.len() > 10, "a file for each view: {:?}", parts.keys());
}

#[tokio::test]
async fn nothing_but_its_own_parts_may_be_loaded() {
    for (path, text) in parts(&Api::vonage()).await {
        let foreign = text
            .split(['"', '\'', '`', ' '])
            .filter(|word| word.contains("://"))
            // A name that is only a name, and a hint in an empty field.
            .filter(|word| {
                !["http://www.w3.org/2000/svg", "http://127.0.0.1:3000/hooks"].contains(word)
            });
        assert_eq!(foreign.count(), 0, "{path} asks nobody else");
        for sink in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "createContextualFragment",
            "eval(",
            "new Function",
        ] {
            assert!(!text.contains(sink), "{path}: {sink}");
        }
    }
}

#[tokio::test]
async fn what_is_no_part_of_the_page_is_not_found() {
    let api = Api::vonage();
    for path in ["mod.rs", "../mod.rs", "page.html", ""] {
        let part = api
            .get("GET", &format!("/_emulator/page/{path}"), String::new())
            .await;
        assert_eq!(part.status(), 404, "{path}");
    }
}
