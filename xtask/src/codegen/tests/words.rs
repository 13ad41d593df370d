//! The words of the contract itself.

use super::Contract;
use crate::run::root;

/// Every doc that a user reads, with its place; those of enum values may be as short as a language.
fn docs(contract: &Contract) -> Vec<(String, &str)> {
    let mut docs = Vec::new();
    for it in contract.operations() {
        docs.push((it.id.clone(), it.doc.as_str()));
        let fields = it.fields.iter();
        docs.extend(fields.map(|field| (format!("{}.{}", it.id, field.name), field.doc.as_str())));
        let errors = it.errors.iter();
        docs.extend(
            errors.map(|error| (format!("{}.{}", it.id, error.status), error.doc.as_str())),
        );
    }
    for it in contract.models() {
        docs.push((it.name.clone(), it.doc.as_str()));
        let fields = it.fields.iter();
        docs.extend(
            fields.map(|field| (format!("{}.{}", it.name, field.name), field.doc.as_str())),
        );
    }
    docs.extend(
        contract
            .events()
            .map(|(_, it)| (it.name.clone(), it.doc.as_str())),
    );
    docs.extend(contract.ids().map(|it| (it.name.clone(), it.doc.as_str())));
    docs.extend(
        contract
            .reasons()
            .map(|it| (it.name.clone(), it.doc.as_str())),
    );
    docs.extend(
        contract
            .enums()
            .map(|it| (it.name.clone(), it.doc.as_str())),
    );
    docs
}

#[test]
fn each_doc_says_more_than_its_name_and_no_provenance() {
    let contract = Contract::read(&root().join("crates/vonage-video-core/api"))
        .unwrap_or_else(|problems| panic!("{problems:#?}"));
    let docs = docs(&contract);
    assert!(docs.len() > 500, "{}", docs.len());
    for (place, doc) in docs {
        let standard = [
            "The credentials are wrong.",
            "The server failed.",
            "An option is invalid.",
            "A field is invalid.",
        ];
        let short = doc.split_whitespace().count() <= 3 && !standard.contains(&doc);
        assert!(!short, "{place} only repeats its name: {doc}");
        for source in [
            "SDK",
            "ources ",
            "captured",
            "fixture",
            "OpenAPI",
            "ne source",
        ] {
            // What the SDKs of OpenTok default to is for users who come from them.
            let told = doc.contains(source) && place != "MediaMode";
            assert!(!told, "{place}: who says so belongs in `source`: {doc}");
        }
    }
}
