//! What a request held that its operation does not read: options that were lost on the way, through
//! a misspelled name or an SDK's mistake.

use bytes::Bytes;
use http::Request;
use serde_json::{Map, Value};
use vonage_video_core::{
    Matched, Meta, Operation,
    operations::{Visitor, visit},
};

use crate::{api, site::RequestRecord};

impl RequestRecord {
    /// The fields of the body and the parameters of the query that no operation reads, such as
    /// `layout.colour`. Empty when the request matches no operation.
    pub fn ignored(&self) -> Vec<String> {
        self.matched(|matched, query| {
            let mut ignored = visit(matched.meta.id, Unread(matched)).unwrap_or_default();
            // A body's operation reads no query.
            let parameters = query.split('&').filter_map(|pair| pair.split('=').next());
            let unread = parameters.filter(|name| !name.is_empty() && !reads(matched.meta, name));
            ignored.extend(unread.map(str::to_owned));
            ignored.sort();
            ignored.dedup();
            ignored
        })
        .unwrap_or_default()
    }

    fn matched<T>(&self, see: impl FnOnce(&Matched, &str) -> T) -> Option<T> {
        let mut request = Request::new(Bytes::clone(&self.body));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.target.parse().ok()?;
        let routed = api::read(&request);
        let matched = routed.matched()?;
        Some(see(matched, request.uri().query().unwrap_or_default()))
    }
}

fn reads(meta: &Meta, name: &str) -> bool {
    meta.fields.iter().any(|field| field.name == name)
}

struct Unread<'m>(&'m Matched);

impl Visitor for Unread<'_> {
    type Output = Vec<String>;

    fn visit<O: Operation>(self) -> Vec<String> {
        let mut unread = Vec::new();
        let understood = self
            .0
            .decode::<O>()
            .ok()
            .and_then(|it| serde_json::to_value(it).ok());
        if let Some(Value::Object(understood)) = understood {
            let given = self.0.input().iter().filter(|(name, _)| {
                let constant = O::META.constants.iter().any(|(known, _)| known == name);
                !constant
            });
            compare(given, &understood, "", &mut unread);
        }
        unread
    }
}

/// Collects the paths of members that were given and not understood.
fn compare<'v>(
    given: impl Iterator<Item = (&'v String, &'v Value)>,
    understood: &Map<String, Value>,
    path: &str,
    unread: &mut Vec<String>,
) {
    for (name, value) in given {
        let here = if path.is_empty() {
            name.clone()
        } else {
            format!("{path}.{name}")
        };
        match (value, understood.get(name)) {
            (Value::Null, _) => {}
            (Value::Object(given), Some(Value::Object(understood))) => {
                compare(given.iter(), understood, &here, unread);
            }
            (Value::Array(given), Some(Value::Array(understood))) => {
                for (index, (given, understood)) in given.iter().zip(understood).enumerate() {
                    if let (Value::Object(given), Value::Object(understood)) = (given, understood) {
                        compare(
                            given.iter(),
                            understood,
                            &format!("{here}[{index}]"),
                            unread,
                        );
                    }
                }
            }
            (_, Some(_)) => {}
            // An empty value is left out when it is written again.
            (Value::Object(given), None) if given.is_empty() => {}
            (Value::Array(given), None) if given.is_empty() => {}
            (_, None) => unread.push(here),
        }
    }
}
