//! Text in XML and HTML: as much as error responses and foreign pages need.

/// Whether a body is an HTML page: the response of a proxy, a portal, or a server at a wrong
/// address.
pub(crate) fn is_page(body: &[u8]) -> bool {
    let mut body = body.trim_ascii_start();
    while let Some(comment) = body.strip_prefix(b"<!--") {
        let end = comment.windows(3).position(|end| end == b"-->");
        let Some(after) = end.and_then(|end| comment.get(end + 3..)) else {
            return true;
        };
        body = after.trim_ascii_start();
    }
    ["<!doctype html", "<html", "<head", "<body", "<title"]
        .iter()
        .any(|start| {
            body.get(..start.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(start.as_bytes()))
        })
}

/// The text of the first element with this name, in any case and with any attributes.
pub(crate) fn element(markup: &str, name: &str) -> Option<String> {
    let mut rest = markup;
    loop {
        let (_, after) = rest.split_once('<')?;
        rest = after;
        let is_it = rest
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name));
        let after_name = rest.get(name.len()..).unwrap_or_default();
        if is_it && after_name.starts_with(|c: char| c == '>' || c.is_whitespace()) {
            let (_, inner) = after_name.split_once('>')?;
            let (inner, _) = inner.split_once("</")?;
            let inner = inner.trim();
            let data = inner
                .strip_prefix("<![CDATA[")
                .and_then(|data| data.strip_suffix("]]>"));
            return Some(data.map_or_else(|| unescape(inner), str::to_owned));
        }
    }
}

/// Decodes the character references of XML.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match after
            .split_once(';')
            .and_then(|(name, after)| Some((reference(name)?, after)))
        {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "amp" => Some('&'),
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?)
        }
    }
}
