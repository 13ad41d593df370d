//! Every operation goes both ways: what the client encodes, the server decodes to the same value.

use std::sync::LazyLock;

use proptest::prelude::*;
use vonage_video_core::{
    Incoming, Operation, Place, encode,
    operations::{Visitor, visit},
    route,
};
use vonage_video_tests::{contract::Contract, dice::Dice};

/// Encodes a request and decodes it again; says whether it was valid.
struct RoundTrip(serde_json::Value);

impl Visitor for RoundTrip {
    type Output = bool;

    fn visit<O: Operation>(self) -> bool {
        let id = O::META.id;
        let operation: O = serde_json::from_value(self.0.clone())
            .unwrap_or_else(|error| panic!("{id}: {error}: {}", self.0));
        let request = match encode(&operation, "123456") {
            Ok(request) => request,
            Err(invalid) => {
                assert_eq!(
                    operation.validate(),
                    Err(invalid),
                    "{id}: what encode refuses, validate refuses"
                );
                return false;
            }
        };
        let incoming = Incoming {
            method: request.method(),
            path: request.uri().path(),
            query: request.uri().query().unwrap_or_default(),
            body: request.body(),
        };
        let matched = route(&incoming).unwrap_or_else(|error| panic!("{id}: {error}: {request:?}"));
        assert_eq!(matched.meta.id, id, "{request:?}");
        if O::META.path.contains("{project}") {
            assert_eq!(matched.project.as_deref(), Some("123456"));
        }
        let read: O = matched
            .decode()
            .unwrap_or_else(|error| panic!("{id}: {error}: {request:?}"));
        assert!(
            read == operation,
            "{id}: sent {:?}\nread {:?}",
            serde_json::to_value(&operation),
            serde_json::to_value(&read)
        );

        // And as its own JSON.
        let json = serde_json::to_string(&operation).unwrap();
        assert!(
            serde_json::from_str::<O>(&json).unwrap() == operation,
            "{json}"
        );
        true
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn any_request_arrives_as_it_was_sent(seed in any::<u64>()) {
        static CONTRACT: LazyLock<Contract> = LazyLock::new(Contract::read);
        let contract = &*CONTRACT;
        for operation in contract.operations() {
            let mut dice = Dice(seed);
            visit(operation, RoundTrip(contract.request(operation, &mut dice))).expect("every operation of the contract is there");
        }
    }
}

#[test]
fn every_operation_has_valid_requests_among_the_random_ones() {
    let contract = Contract::read();
    for operation in contract.operations() {
        let valid = (0..400).any(|seed| {
            visit(
                operation,
                RoundTrip(contract.request(operation, &mut Dice(seed))),
            ) == Some(true)
        });
        assert!(valid, "{operation}: none of 400 random requests is valid");
    }
}

/// Tries to leave the path segment of each identifier.
struct Escape<'a>(&'a str, &'a Contract);

impl Visitor for Escape<'_> {
    type Output = ();

    fn visit<O: Operation>(self) {
        for field in O::META
            .fields
            .iter()
            .filter(|field| field.place == Place::Path)
        {
            let mut request = self.1.request(O::META.id, &mut Dice(7));
            request[field.name] = self.0.into();
            let operation: O = serde_json::from_value(request).unwrap();
            let invalid = encode(&operation, "123456").expect_err(O::META.id);
            assert_eq!(invalid.field, field.name, "{}: {invalid}", O::META.id);
        }
    }
}

#[test]
fn an_identifier_cannot_leave_its_path_segment() {
    let contract = Contract::read();
    for hostile in [
        "",
        ".",
        "..",
        "../../session",
        "a/b",
        "a\\b",
        "a%2Fb",
        "a?x=1",
        "a#b",
        "a b",
        "a\nb",
        "é",
        "a..b",
    ] {
        for operation in contract.operations() {
            visit(operation, Escape(hostile, &contract)).unwrap();
        }
    }
}
