//! The page at the root: what is served. What it does is tested in a browser, with the official
//! SDKs.

use crate::common::Api;

#[tokio::test]
async fn nothing_but_its_own_parts_may_be_loaded() {
    let api = Api::vonage();
    let page = api.get("GET", "/", String::new()).await;
    assert_eq!(page.status(), 200);
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let html = String::from_utf8(page.body().to_vec()).unwrap();
    assert!(!html.contains("://"), "it asks nobody else");
    for part in html
        .split('"')
        .filter(|part| part.starts_with("/_emulator/page/"))
    {
        let part = api.get("GET", part, String::new()).await;
        assert_eq!(part.status(), 200);
        let text = String::from_utf8(part.body().to_vec()).unwrap();
        for sink in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
        ] {
            let uses = text
                .lines()
                .filter(|line| line.contains(sink) && !line.starts_with("//"));
            assert_eq!(uses.count(), 0, "{sink}");
        }
    }
}
