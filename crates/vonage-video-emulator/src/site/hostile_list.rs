//! Lists that do not page as they should.

use bytes::Bytes;
use http::{Request, Uri};
use serde_json::Value;

use crate::site::fault_action::FaultAction;

/// The items of a page, unless the request says otherwise.
const PAGE: u64 = 50;

/// The request that is answered instead of another, from the beginning.
pub(super) fn instead(faults: &[FaultAction], request: &Request<Bytes>) -> Option<Request<Bytes>> {
    faults
        .contains(&FaultAction::IgnoreOffset)
        .then(|| at_offset(request, 0))?
}

/// The request that is answered instead of one whose page is past the end.
pub(super) fn past_the_end(
    faults: &[FaultAction],
    request: &Request<Bytes>,
    body: &[u8],
) -> Option<Request<Bytes>> {
    if !faults.contains(&FaultAction::RepeatLastPage) {
        return None;
    }
    let page: Value = serde_json::from_slice(body).ok()?;
    let total = page.get("count")?.as_u64().filter(|total| *total > 0)?;
    if !page.get("items")?.as_array()?.is_empty() {
        return None;
    }
    let count = parameters(request)
        .find_map(|pair| pair.strip_prefix("count=")?.parse().ok())
        .unwrap_or(PAGE)
        .max(1);
    let last = total.saturating_sub(1) / count * count;
    at_offset(request, last)
}

/// The same request for another page.
fn at_offset(request: &Request<Bytes>, offset: u64) -> Option<Request<Bytes>> {
    let mut pairs: Vec<String> = parameters(request)
        .filter(|pair| !pair.starts_with("offset="))
        .map(str::to_owned)
        .collect();
    pairs.push(format!("offset={offset}"));
    let target = format!("{}?{}", request.uri().path(), pairs.join("&"));
    let mut changed = request.clone();
    *changed.uri_mut() = target.parse::<Uri>().ok()?;
    Some(changed)
}

fn parameters(request: &Request<Bytes>) -> impl Iterator<Item = &str> {
    request.uri().query().unwrap_or_default().split('&')
}
