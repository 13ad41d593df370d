//! Requests as a server reads them: one that is an operation within its limits is written again as
//! the same operation.
//!
//! A line of method and target, and a body.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vonage_video_core::operations::{Visitor, visit};
use vonage_video_core::{Incoming, Matched, Operation, encode, route};
use vonage_video_fuzz::first_line;

fuzz_target!(|text: &str| {
    let (line, body) = first_line(text);
    let (method, target) = line.split_once(' ').unwrap_or(("GET", line));
    let Ok(method) = method.parse() else { return };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let incoming = Incoming {
        method: &method,
        path,
        query,
        body: body.as_bytes(),
    };
    match route(&incoming) {
        Ok(matched) => {
            visit(matched.meta.id, Again(&matched)).expect("every route is an operation")
        }
        Err(error) => drop(error.to_string()),
    }
});

struct Again<'a>(&'a Matched);

impl Visitor for Again<'_> {
    type Output = ();

    fn visit<O: Operation>(self) {
        let Ok(operation) = self.0.decode::<O>() else {
            return;
        };
        let project = self.0.project.as_deref().unwrap_or("1");
        // What breaks a limit, or has no place in a path, is not sent.
        let Ok(request) = encode(&operation, project) else {
            return;
        };
        let matched = route(&Incoming {
            method: request.method(),
            path: request.uri().path(),
            query: request.uri().query().unwrap_or_default(),
            body: request.body(),
        })
        .expect("what is sent is an operation");
        assert_eq!(matched.meta.id, O::META.id);
        assert_eq!(matched.project, self.0.project);
        let again: O = matched.decode().expect("what is sent can be read");
        assert_eq!(again, operation);
    }
}
