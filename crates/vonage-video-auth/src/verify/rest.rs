//! Verifying the tokens of REST calls.

use std::time::SystemTime;

use serde_json::{Map, Value};

use super::{
    claims::{RestTokenClaims, ist, rest_claims},
    error::VerifyError,
    kind::TokenKind,
    verifier::Verifier,
};
use crate::environment::Environment;

/// The longest ttl, in seconds. OpenTok documents its limit; Vonage does not, and a day is more
/// than any SDK signs.
const LONGEST_OPENTOK: i64 = 300;
const LONGEST_VONAGE: i64 = 24 * 60 * 60;

impl Verifier {
    /// Verifies the token of a REST call: its signature, its project, and that it is valid at
    /// `now`. Client tokens are refused: they are signed with the same key and in the hands of
    /// clients.
    ///
    /// OpenTok tokens must say `"ist": "project"` or `"account"`, must have an `iat` and an `exp`,
    /// and may be valid for 5 minutes. Vonage tokens may do without an `exp`, as those of the .NET
    /// SDK do, but not without both times. The user tokens of Vonage's Client SDK, which bear the
    /// same application's signature, are refused: a `sub` other than `video`, an `acl` that does
    /// not cover the Video API, or an `aud` that does not name it.
    ///
    /// # Errors
    ///
    /// [`VerifyError`], one variant for each reason.
    pub fn verify_rest_token(
        &self,
        token: &str,
        now: SystemTime,
    ) -> Result<RestTokenClaims, VerifyError> {
        let jwt = self.verified(token, TokenKind::Rest)?;
        let (claims, times) = rest_claims(self.environment, self.project.clone(), &jwt)?;
        let longest = match self.environment {
            Environment::Vonage => {
                check_purpose(&jwt.claims, &self.project)?;
                if times.issued.is_none() && times.expires.is_none() {
                    return Err(VerifyError::MissingClaim { name: "iat" });
                }
                LONGEST_VONAGE
            }
            Environment::OpenTok => {
                match ist(&jwt) {
                    Some("project" | "account") => {}
                    Some(_) => return Err(VerifyError::BadClaim { name: "ist" }),
                    None => return Err(VerifyError::MissingClaim { name: "ist" }),
                }
                times
                    .issued
                    .ok_or(VerifyError::MissingClaim { name: "iat" })?;
                times
                    .expires
                    .ok_or(VerifyError::MissingClaim { name: "exp" })?;
                LONGEST_OPENTOK
            }
        };
        self.check_times(&times, longest, now)?;
        Ok(claims)
    }
}

/// Refuses what the same key signs for another purpose.
pub(crate) fn check_purpose(
    claims: &Map<String, Value>,
    application_id: &str,
) -> Result<(), VerifyError> {
    let other = |name| Err(VerifyError::OtherPurpose { name });
    for name in ["sub", "subject"] {
        match claims.get(name) {
            None | Some(Value::Null) => {}
            Some(Value::String(subject)) if subject == "video" => {}
            Some(_) => return other(name),
        }
    }
    match claims.get("aud") {
        None | Some(Value::Null) => {}
        Some(Value::String(audience)) if is_video(audience) => {}
        Some(Value::Array(all)) if all.iter().filter_map(Value::as_str).any(is_video) => {}
        Some(_) => return other("aud"),
    }
    match claims.get("acl") {
        None | Some(Value::Null) => Ok(()),
        Some(acl) if covers_video(acl, application_id) => Ok(()),
        Some(_) => other("acl"),
    }
}

fn is_video(audience: &str) -> bool {
    let host = audience.strip_prefix("https://").unwrap_or(audience);
    host.trim_end_matches('/') == "video.api.vonage.com"
}

/// Whether some path of an access list covers all paths of the project, or, as in the tokens of
/// Video SDKs, all sessions. `*` is one segment of a path, `**` any number.
fn covers_video(acl: &Value, application_id: &str) -> bool {
    let project = ["v2", "project", application_id];
    let covers = |pattern: &str| {
        let mut segments = pattern.split('/').filter(|segment| !segment.is_empty());
        let Some("**") = segments.next_back() else {
            return false;
        };
        let mut wanted = project.iter();
        segments.all(|segment| {
            wanted
                .next()
                .is_some_and(|wanted| segment == "*" || segment.eq_ignore_ascii_case(wanted))
        })
    };
    match acl.get("paths") {
        Some(Value::Object(paths)) => paths
            .keys()
            .any(|pattern| pattern == "/session/**" || covers(pattern)),
        Some(Value::Array(paths)) => paths
            .iter()
            .filter_map(Value::as_str)
            .any(|pattern| pattern == "/session/**" || covers(pattern)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_access_list_covers_the_video_api_or_it_does_not() {
        let covers = |paths: &str| {
            let acl = serde_json::from_str(&format!("{{\"paths\":{paths}}}")).unwrap();
            covers_video(&acl, "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f")
        };
        for paths in [
            r#"{"/**":{}}"#,
            r#"{"/*/**":{}}"#,
            r#"{"/v2/**":{}}"#,
            r#"{"/v2/project/29f760f8-7ce1-46c9-ade3-f2dedee4ed5f/**":{}}"#,
            r#"{"/*/users/**":{},"/*/*/**":{}}"#,
            r#"{"/session/**":{}}"#,
        ] {
            assert!(covers(paths), "{paths}");
        }
        for paths in [
            "{}",
            "[]",
            "null",
            r#"{"/*/users/**":{},"/*/sessions/**":{}}"#,
            r#"{"/v2/project/another/**":{}}"#,
            r#"{"/v2":{}}"#,
            r#"{"/session/1":{}}"#,
            r#"{"/v2/project/29f760f8-7ce1-46c9-ade3-f2dedee4ed5f/archive/**":{}}"#,
        ] {
            assert!(!covers(paths), "{paths}");
        }
    }
}
