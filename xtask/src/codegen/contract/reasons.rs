//! Documented errors and the conditions behind them, from written to understood.

use super::{
    Contract, DocumentedError, EmptyOn, Reason,
    problem::{Problem, Report, no_such},
    raw,
    shapes::Ordered,
};
use crate::codegen::names;

/// Reads `[reason.SessionIsRelayed]`.
pub fn reason(name: String, raw: raw::Reason, report: &mut Report<'_>) -> Reason {
    let key = format!("reason.{name}");
    if !names::is_type(&name) || name == "Other" {
        report.add(
            &key,
            "a reason's name is made of words like `AlreadyStarted`; `Other` is there already",
        );
    }
    for status in &raw.statuses {
        if !(400..600).contains(status) {
            report.add(
                &format!("{key}.statuses"),
                format!("{status} is no status of failure, 400 to 599"),
            );
        }
    }
    for word in &raw.words {
        if word.chars().any(char::is_uppercase) {
            report.add(
                &format!("{key}.words"),
                format!("`{word}` is compared with text in small letters"),
            );
        }
    }
    Reason {
        name,
        doc: raw.doc,
        codes: raw.codes,
        statuses: raw.statuses,
        words: raw.words,
    }
}

/// Reads the documented errors of an operation, by status.
pub fn errors(
    raw: Ordered<raw::Cause>,
    key: &str,
    report: &mut Report<'_>,
) -> Vec<DocumentedError> {
    let mut errors = Vec::new();
    for (status, cause) in raw.0 {
        match status.parse() {
            Ok(status @ 400..600) => errors.push(DocumentedError {
                status,
                doc: cause.doc,
                reason: cause.reason,
                possible: cause.possible,
            }),
            _ => report.add(
                &format!("{key}.errors.{status}"),
                "is no status of failure, 400 to 599",
            ),
        }
    }
    errors.sort_by_key(|error| error.status);
    errors
}

/// Reads which error response means an empty result.
pub fn empty_on(raw: Option<raw::EmptyOn>, key: &str, report: &mut Report<'_>) -> Option<EmptyOn> {
    let raw = raw?;
    let key = format!("{key}.empty_on");
    if !(400..500).contains(&raw.status) {
        report.add(
            &format!("{key}.status"),
            format!(
                "{} is not the status of an error response, 400 to 499",
                raw.status
            ),
        );
    }
    Some(EmptyOn {
        status: raw.status,
        code: raw.code,
        messages: raw.messages,
    })
}

/// Every reason that an operation names exists, and can be told by words where it has to be.
pub fn check(contract: &Contract, problems: &mut Vec<Problem>) {
    for resource in &contract.resources {
        for operation in &resource.operations {
            for error in &operation.errors {
                let key = format!("op.{}.errors.{}.reason", operation.id, error.status);
                for name in error.reason.iter().chain(&error.possible) {
                    match contract.reasons().find(|reason| reason.name == *name) {
                        None => {
                            let known = contract.reasons().map(|reason| reason.name.as_str());
                            let problem = no_such("reason", name, known);
                            problems.push(Problem::new(&resource.file, &key, problem));
                        }
                        Some(reason)
                            if reason.words.is_empty() && error.possible.contains(name) =>
                        {
                            let problem =
                                format!("`{name}` has no `words`: it cannot be one of several");
                            problems.push(Problem::new(&resource.file, &key, problem));
                        }
                        Some(_) => {}
                    }
                }
            }
        }
    }
}
