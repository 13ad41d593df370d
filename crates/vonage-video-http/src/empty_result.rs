//! Recognizes error responses that mean an empty result.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use vonage_video_auth::SessionInfo;
use vonage_video_core::{ApiError, Meta};

/// Whether an error response means that a list is empty: the contract says that this operation has
/// such a response, the service's own words are recognized, and the session belongs to `project`.
/// The service also returns 404 for sessions of other projects, and gateways for any path.
pub(crate) fn means_empty(
    meta: Option<&Meta>,
    error: &ApiError,
    path: &str,
    project: &str,
) -> bool {
    let Some(meta) = meta.filter(|meta| meta.means_empty(error)) else {
        return false;
    };
    match path_parameter(meta.path, path, "sessionId") {
        Some(session) => {
            SessionInfo::decode(&session).is_ok_and(|session| session.owner() == project)
        }
        None => true,
    }
}

/// The value of a parameter of the template in a path that ends with the filled template.
fn path_parameter<'a>(template: &str, path: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let is_wanted =
        |segment: &str| segment.strip_prefix('{').and_then(|s| s.strip_suffix('}')) == Some(name);
    template
        .rsplit('/')
        .zip(path.rsplit('/'))
        .find(|(segment, _)| is_wanted(segment))
        .and_then(|(_, value)| percent_decode_str(value).decode_utf8().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_found_below_any_prefix() {
        let template = "/v2/project/{project}/session/{sessionId}/stream";
        for path in [
            "/v2/project/1/session/1_MX4%2D/stream",
            "/a/b/v2/project/1/session/1_MX4-/stream",
        ] {
            let found = path_parameter(template, path, "sessionId");
            assert_eq!(found.as_deref(), Some("1_MX4-"), "{path}");
        }
        assert_eq!(path_parameter("/v2/x", "/v2/x", "sessionId"), None);
    }
}
