//! The token in an `Authorization` header.

use super::error::WebhookError;

/// The token of a `Bearer` header. A header that a proxy or a library doubled is read when both
/// copies are equal.
pub(super) fn bearer(authorization: Option<&str>) -> Result<&str, WebhookError> {
    let header = authorization
        .map(str::trim)
        .filter(|header| !header.is_empty())
        .ok_or(WebhookError::MissingHeader)?;
    let mut copies = header.split(',').map(|copy| credentials(copy.trim()));
    let token = copies.next().flatten().ok_or(WebhookError::NotBearer)?;
    for copy in copies {
        if copy != Some(token) {
            return Err(WebhookError::Malformed {
                reason: "the Authorization header holds several values that differ: it was sent \
                         twice, or a proxy added one"
                    .to_owned(),
            });
        }
    }
    Ok(token)
}

/// What follows the scheme `Bearer`, in any case, and blanks or tabs.
fn credentials(copy: &str) -> Option<&str> {
    let (scheme, token) = copy.split_once([' ', '\t'])?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_is_read_in_every_form_and_a_doubled_header_once() {
        for header in [
            "Bearer a.b.c",
            "bearer a.b.c",
            "BEARER\ta.b.c",
            "Bearer \t a.b.c ",
            "\tBearer a.b.c",
            "Bearer a.b.c, Bearer a.b.c",
            "Bearer a.b.c,bearer\ta.b.c",
        ] {
            assert_eq!(bearer(Some(header)), Ok("a.b.c"), "{header:?}");
        }
        for header in ["a.b.c", "Basic a.b.c", "Bearer", "Bearera.b.c"] {
            assert_eq!(
                bearer(Some(header)),
                Err(WebhookError::NotBearer),
                "{header:?}"
            );
        }
        for header in [None, Some(""), Some(" \t")] {
            assert_eq!(bearer(header), Err(WebhookError::MissingHeader));
        }
        for header in ["Bearer a, Bearer b", "Bearer a, Basic b", "Bearer a,"] {
            let error = bearer(Some(header)).unwrap_err();
            assert!(error.to_string().contains("differ"), "{header:?}: {error}");
        }
    }
}
