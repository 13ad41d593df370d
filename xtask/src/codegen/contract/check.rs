//! What must hold between the parts of a contract.

use std::collections::BTreeMap;

use super::{
    Condition, Contract, Event, Field, Model, Operation, Place, Presence, Rules, Shape, Type,
    problem::{Problem, Report, no_such},
    route,
};

pub fn check(contract: &Contract, problems: &mut Vec<Problem>) {
    unique(contract, problems);
    route::distinct(contract, problems);
    for resource in &contract.resources {
        let mut report = Report {
            file: &resource.file,
            problems,
        };
        for operation in &resource.operations {
            self::operation(contract, operation, &mut report);
        }
        for model in &resource.models {
            self::model(contract, model, &mut report);
        }
        for event in &resource.events {
            self::event(contract, event, &mut report);
        }
    }
}

/// Every type that is generated has a name of its own, in all files together.
fn unique(contract: &Contract, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    let mut events: BTreeMap<&str, &str> = BTreeMap::new();
    for resource in &contract.resources {
        let operations = resource
            .operations
            .iter()
            .map(|it| (it.rust.as_str(), format!("op.{}", it.id)));
        let models = resource
            .models
            .iter()
            .map(|it| (it.name.as_str(), format!("model.{}", it.name)));
        let enums = resource
            .enums
            .iter()
            .map(|it| (it.name.as_str(), format!("enum.{}", it.name)));
        for (name, key) in operations.chain(models).chain(enums) {
            let place = format!("{key} in {}", resource.file);
            if let Some(other) = seen.insert(name, place) {
                problems.push(Problem::new(
                    &resource.file,
                    &key,
                    format!("`{name}` is taken by {other}"),
                ));
            }
        }
        for event in &resource.events {
            if let Some(other) = events.insert(&event.name, &resource.file) {
                let reason = format!("is described in {other} already");
                problems.push(Problem::new(
                    &resource.file,
                    &format!("event.{}", event.name),
                    reason,
                ));
            }
        }
    }
}

fn operation(contract: &Contract, operation: &Operation, report: &mut Report<'_>) {
    let key = format!("op.{}", operation.id);
    route::path(operation, &format!("{key}.http"), report);
    if operation.only.is_none() && !operation.instead.is_empty() {
        report.add(
            &format!("{key}.instead"),
            "is for an operation of one environment; say which with `env`",
        );
    }
    if operation.only.is_some() && operation.instead.trim().is_empty() {
        report.add(
            &format!("{key}.env"),
            "say with `instead` what to use in the other environment",
        );
    }
    if operation.status == 204 && operation.output.model().is_some() && !operation.output.optional {
        report.add(
            &format!("{key}.status"),
            "204 has no body, but `output` is read from one",
        );
    }
    let may_be_empty = operation.output.optional
        || matches!(operation.output.shape, Shape::Page(_) | Shape::List(_));
    if operation.empty_on.is_some() && !may_be_empty {
        report.add(
            &format!("{key}.empty_on"),
            "is for an operation that returns a list, or an optional body",
        );
    }
    if !operation.constants.is_empty() && operation.place_of_rest() != Place::Json {
        report.add(&key, "constants are for JSON bodies");
    }
    fields(
        contract,
        &operation.fields,
        &format!("{key}.input"),
        true,
        report,
    );
    rules(contract, &operation.rules, &operation.fields, &key, report);
}

fn model(contract: &Contract, model: &Model, report: &mut Report<'_>) {
    let key = format!("model.{}", model.name);
    fields(
        contract,
        &model.fields,
        &format!("{key}.fields"),
        model.input,
        report,
    );
    rules(contract, &model.rules, &model.fields, &key, report);
    let given = [
        ("any", !model.rules.any.is_empty()),
        ("never", !model.rules.never.is_empty()),
    ];
    for (rule, _) in given.iter().filter(|(_, given)| *given && !model.input) {
        report.add(
            &format!("{key}.{rule}"),
            "is checked when something is sent; this model occurs only in responses",
        );
    }
}

fn event(contract: &Contract, event: &Event, report: &mut Report<'_>) {
    let Some(model) = contract.model(&event.model) else {
        return;
    };
    if event.nameless && event.has.is_empty() {
        report.add(
            &format!("event.{}.nameless", event.name),
            "say with `has` by which members it is recognized",
        );
    }
    for name in &event.has {
        if model.field(name).is_none() {
            let fields = model.fields.iter().map(|field| field.name.as_str());
            report.add(
                &format!("event.{}.has", event.name),
                no_such("field of the model", name, fields),
            );
        }
    }
}

fn fields(contract: &Contract, siblings: &[Field], key: &str, sent: bool, report: &mut Report<'_>) {
    for (index, field) in siblings.iter().enumerate() {
        let key = format!("{key}.{}", field.name);
        if let Some(twin) = siblings
            .iter()
            .take(index)
            .find(|twin| twin.rust == field.rust)
        {
            report.add(
                &key,
                format!("has the Rust name `{}`, as `{}` has", field.rust, twin.name),
            );
        }
        if let Some(reason) = field
            .default
            .as_ref()
            .and_then(|default| default.problem(contract, field))
        {
            report.add(&format!("{key}.default"), reason);
        }
        model_use(contract, field, sent, &key, report);
        unique_items(contract, field, sent, &key, report);
        sample(contract, field, sent, &key, report);
        conditions(contract, field, siblings, sent, &key, report);
    }
}

/// Whether an example can be written: what is required has a sample, which is a value that it can
/// have. Identifiers, and tokens, stand in variables.
fn sample(contract: &Contract, field: &Field, sent: bool, key: &str, report: &mut Report<'_>) {
    let key = format!("{key}.sample");
    let variable = matches!(field.kind.item(), Type::Id(_)) || field.name == "token";
    let model = matches!(field.kind.item(), Type::Model(_));
    match &field.sample {
        None if sent && field.presence == Presence::Required && !variable && !model => {
            report.add(&key, "is needed for the example of the operation");
        }
        Some(_) if !sent => report.add(&key, "is for what is sent"),
        Some(sample) if !(model || variable || matches!(field.kind, Type::List(_))) => {
            if let Some(reason) = sample.problem(contract, field) {
                report.add(&key, reason);
            }
        }
        _ => {}
    }
}

/// Whether the items of a list have the field that distinguishes them.
fn unique_items(
    contract: &Contract,
    field: &Field,
    sent: bool,
    key: &str,
    report: &mut Report<'_>,
) {
    let Some(name) = &field.unique else { return };
    let key = format!("{key}.unique");
    let item = match (&field.kind, field.kind.item()) {
        (Type::List(_), Type::Model(item)) => contract.model(item),
        _ => None,
    };
    let Some(item) = item.filter(|_| sent) else {
        report.add(&key, "is for a list of models that is sent");
        return;
    };
    let named = item.field(name);
    if !named.is_some_and(|named| named.kind == Type::String && named.is_optional()) {
        let reason = format!("`{}` has no optional string `{name}`", item.name);
        report.add(&key, reason);
    }
}

/// Whether a model that a field holds can be held there.
fn model_use(contract: &Contract, field: &Field, sent: bool, key: &str, report: &mut Report<'_>) {
    let Type::Model(name) = field.kind.item() else {
        return;
    };
    let Some(model) = contract.model(name) else {
        return;
    };
    if sent && !model.input {
        report.add(
            &format!("{key}.type"),
            format!("`{name}` is sent here; give the model `input = true`"),
        );
    }
    if field.presence == Presence::Always
        && field.kind == *field.kind.item()
        && !model.has_default()
    {
        report.add(
            &format!("{key}.always"),
            format!("`{name}` has required fields, so it has no empty value"),
        );
    }
}

fn conditions(
    contract: &Contract,
    field: &Field,
    siblings: &[Field],
    sent: bool,
    key: &str,
    report: &mut Report<'_>,
) {
    let limits = &field.limits;
    let limited = limits.min.is_some()
        || limits.max.is_some()
        || limits.chars.is_some()
        || !limits.starts.is_empty();
    let conditional: [(&str, &Option<Condition>); 3] = [
        ("only_if", &field.only_if),
        ("required_if", &field.required_if),
        ("forbidden_if", &field.forbidden_if),
    ];
    if !sent
        && (limited
            || limits.format.is_some()
            || field.excludes.is_some()
            || conditional.iter().any(|it| it.1.is_some()))
    {
        report.add(
            key,
            "limits and conditions are checked when something is sent; this model occurs only in responses",
        );
    }
    for (which, condition) in conditional {
        let Some(condition) = condition else { continue };
        let key = format!("{key}.{which}");
        if !field.is_optional() {
            report.add(&key, "is for optional fields");
        }
        let reason = if condition.sibling == field.name {
            Some("a condition on the field itself".to_owned())
        } else {
            condition.problem(contract, siblings)
        };
        if let Some(reason) = reason {
            report.add(&key, reason);
        }
    }
    if let Some(other) = &field.excludes {
        let key = format!("{key}.excludes");
        match siblings.iter().find(|sibling| sibling.name == *other) {
            None => report.add(
                &key,
                no_such(
                    "sibling",
                    other,
                    siblings.iter().map(|field| field.name.as_str()),
                ),
            ),
            Some(sibling) if sibling.name == field.name => {
                report.add(&key, "a field cannot exclude itself")
            }
            Some(sibling) if !(sibling.is_optional() && field.is_optional()) => {
                report.add(&key, "both fields must be optional");
            }
            Some(_) => {}
        }
    }
}

fn rules(contract: &Contract, rules: &Rules, fields: &[Field], key: &str, report: &mut Report<'_>) {
    any(&rules.any, fields, key, report);
    let key = format!("{key}.never");
    for conditions in &rules.never {
        for (index, condition) in conditions.iter().enumerate() {
            let sibling = &condition.sibling;
            let mut others = conditions.iter().take(index);
            if others.any(|other| other.sibling == *sibling) {
                report.add(&key, format!("`{sibling}` has one value at a time"));
            } else if let Some(reason) = condition.problem(contract, fields) {
                report.add(&key, reason);
            }
        }
    }
}

fn any(names: &[String], fields: &[Field], key: &str, report: &mut Report<'_>) {
    let key = format!("{key}.any");
    if names.len() == 1 {
        report.add(&key, "is a choice between several fields");
    }
    for name in names {
        match fields.iter().find(|field| field.name == *name) {
            None => report.add(
                &key,
                no_such(
                    "field",
                    name,
                    fields.iter().map(|field| field.name.as_str()),
                ),
            ),
            Some(field) if !field.is_optional() => {
                report.add(&key, format!("`{name}` is always there"))
            }
            Some(_) => {}
        }
    }
}
