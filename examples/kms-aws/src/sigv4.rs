//! AWS's Signature Version 4: a chain of keys over the day, the region and the service.

use ring::{digest, hmac};

pub type Headers<'a> = [(&'a str, &'a str)];

/// The request as it is signed. The headers are in lower case and in order.
pub fn canonical_request(
    method: &str,
    path: &str,
    query: &str,
    headers: &Headers<'_>,
    body: &[u8],
) -> String {
    let lines = headers
        .iter()
        .map(|(name, value)| format!("{name}:{value}\n"));
    let lines: String = lines.collect();
    let names = names(headers);
    format!(
        "{method}\n{path}\n{query}\n{lines}\n{names}\n{}",
        sha256(body)
    )
}

/// The header `Authorization`. The scope is like `20150830/us-east-1/kms/aws4_request`.
pub fn authorization(
    id: &str,
    secret: &str,
    time: &str,
    scope: &str,
    headers: &Headers<'_>,
    request: &str,
) -> String {
    let request = sha256(request.as_bytes());
    let text = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{request}");
    let first = format!("AWS4{secret}").into_bytes();
    let key = scope.split('/').fold(first, |key, part| mac(&key, part));
    let (names, signature) = (names(headers), hex(&mac(&key, &text)));
    format!(
        "AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
}

fn names(headers: &Headers<'_>) -> String {
    let names: Vec<_> = headers.iter().map(|(name, _)| *name).collect();
    names.join(";")
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
}

fn sha256(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_aws_documentation_is_signed_as_it_says() {
        let headers = [
            (
                "content-type",
                "application/x-www-form-urlencoded; charset=utf-8",
            ),
            ("host", "iam.amazonaws.com"),
            ("x-amz-date", "20150830T123600Z"),
        ];
        let query = "Action=ListUsers&Version=2010-05-08";
        let request = canonical_request("GET", "/", query, &headers, b"");
        let signed = authorization(
            "AKIDEXAMPLE",
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            "20150830T123600Z",
            "20150830/us-east-1/iam/aws4_request",
            &headers,
            &request,
        );
        let signature = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
        assert!(signed.ends_with(signature), "{signed}");
    }
}
