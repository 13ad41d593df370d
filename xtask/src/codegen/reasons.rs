//! `reasons.rs`: the conditions behind error responses, and what tells them.

use super::{
    contract::{Contract, Reason},
    rust, text,
};

pub fn file(contract: &Contract) -> String {
    let reasons: Vec<&Reason> = contract.reasons().collect();
    let mut variants = String::new();
    for reason in &reasons {
        text::doc(&mut variants, 4, &reason.doc);
        variants.push_str(&format!("    {},\n", reason.name));
    }
    let all: Vec<String> = reasons
        .iter()
        .map(|reason| format!("Self::{}", reason.name))
        .collect();
    format!(
        "{}/// The condition behind an error response, as far as its status, code and message tell. The
/// server's own words are in [`ApiError`](crate::ApiError).
///
/// The API distinguishes many conditions by its message only; the known messages are from recorded
/// responses. An unknown message is [`Other`](Self::Other), unless its status has one documented
/// cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {{
{variants}    /// Any other condition.
    Other,
}}

impl Reason {{
    /// The variant's name, for logs and JSON: `NotFound`, `Other`.
    pub const fn as_str(self) -> &'static str {{
        match self {{
{}            Self::Other => \"Other\",
        }}
    }}

    /// Every reason but `Other`, in the order in which they are looked for.
    pub(crate) const KNOWN: &[Self] = &[{}];

    /// Codes of the platform that stand for it, in every operation.
    pub(crate) const fn codes(self) -> &'static [i64] {{
        match self {{
{}            _ => &[],
        }}
    }}

    /// Statuses that mean it in every operation; with [`words`](Self::words), only beside these.
    pub(crate) const fn statuses(self) -> &'static [u16] {{
        match self {{
{}            _ => &[],
        }}
    }}

    /// Parts of messages that tell it, in lower case.
    pub(crate) const fn words(self) -> &'static [&'static str] {{
        match self {{
{}            _ => &[],
        }}
    }}
}}
",
        rust::header("api/common.toml"),
        arms(&reasons, |reason| Some(format!("{:?}", reason.name))),
        all.join(", "),
        arms(&reasons, |reason| list(&reason.codes)),
        arms(&reasons, |reason| list(&reason.statuses)),
        arms(&reasons, |reason| list(&reason.words)),
    )
}

fn list<T: std::fmt::Debug>(values: &[T]) -> Option<String> {
    (!values.is_empty()).then(|| format!("&{values:?}"))
}

fn arms(reasons: &[&Reason], value: impl Fn(&Reason) -> Option<String>) -> String {
    reasons
        .iter()
        .filter_map(|reason| {
            let value = value(reason)?;
            Some(format!("            Self::{} => {value},\n", reason.name))
        })
        .collect()
}
