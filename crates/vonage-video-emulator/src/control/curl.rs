//! Requests and variables as commands of a POSIX shell, with every value quoted.

use serde_json::Value;

/// The headers that a repeated request needs.
const KEPT: [&str; 2] = ["accept", "content-type"];

/// A request, as the control API shows it, as a call of curl. In the place of its credentials it
/// has a command that makes new ones.
pub(super) fn curl(base: &str, request: &Value) -> String {
    let text = |name: &str| {
        request
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let url = format!("{base}{}", text("target"));
    let mut words = vec!["curl -X".to_owned(), quoted(text("method")), quoted(&url)];
    let headers = request.get("headers").and_then(Value::as_object);
    let header = |name: &str| headers.and_then(|headers| headers.get(name)?.as_str());
    for name in KEPT {
        if let Some(value) = header(name) {
            words.push(format!("-H {}", quoted(&format!("{name}: {value}"))));
        }
    }
    for (name, scheme) in [("x-opentok-auth", ""), ("authorization", "Bearer ")] {
        if header(name).is_some() {
            let token = "$(vonage-video -e token rest)";
            words.push(format!("-H \"{name}: {scheme}{token}\""));
        }
    }
    if !text("body").is_empty() {
        words.push(format!("--data-raw {}", quoted(text("body"))));
    }
    words.join(" ")
}

/// An assignment that other programs of the shell see.
pub(super) fn export(name: &str, value: &str) -> String {
    format!("export {name}={}", quoted(value))
}

/// One word of a shell, whatever it holds.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_request_becomes_one_command_whatever_it_holds() {
        let request = json!({
            "method": "POST",
            "target": "/v2/project/1/archive?name=a'b",
            "headers": {
                "content-type": "application/json",
                "user-agent": "x",
                "x-opentok-auth": "(hidden)",
            },
            "body": "{\"name\":\"it's $(reboot) `reboot`\"}",
        });
        assert_eq!(
            curl("http://127.0.0.1:1", &request),
            "curl -X 'POST' 'http://127.0.0.1:1/v2/project/1/archive?name=a'\\''b' \
             -H 'content-type: application/json' \
             -H \"x-opentok-auth: $(vonage-video -e token rest)\" \
             --data-raw '{\"name\":\"it'\\''s $(reboot) `reboot`\"}'"
        );
        let bare = json!({ "method": "GET", "target": "/", "headers": {}, "body": "" });
        assert_eq!(curl("http://h", &bare), "curl -X 'GET' 'http://h/'");
    }
}
