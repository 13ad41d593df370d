//! The body of `validate()`: each limit in the contract becomes a check.

use super::{
    contract::{Condition, Contract, Field, Format, Literal, Presence, Rules, Type},
    fields::variant,
    names, rust,
};

/// The method that checks a request or a model that is sent.
pub fn method(contract: &Contract, fields: &[Field], rules: &Rules) -> String {
    let mut checks = String::new();
    checks.push_str(&hoisted(contract, fields, rules));
    for field in fields {
        checks.push_str(&limits(contract, field));
        checks.push_str(&conditions(contract, fields, rules, field));
    }
    if !rules.any.is_empty() {
        let on: Vec<String> = rules
            .any
            .iter()
            .filter_map(|name| fields.iter().find(|field| field.name == *name))
            .map(is_on)
            .collect();
        checks.push_str(&format!(
            "        check::any(&{:?}, {})?;\n",
            rules.any,
            on.join(" || ")
        ));
    }
    for combination in &rules.never {
        checks.push_str(&never(contract, fields, rules, combination));
    }
    format!(
        "
    /// Checks every limit. The error names the first field found wrong, the rule, and what it
    /// holds.
    pub fn validate(&self) -> Result<(), Invalid> {{
{checks}        Ok(())
    }}
"
    )
}

/// Whether a model has anything to check.
pub fn is_needed(contract: &Contract, fields: &[Field], rules: &Rules) -> bool {
    !rules.any.is_empty()
        || !rules.never.is_empty()
        || fields.iter().any(|field| {
            !limits(contract, field).is_empty()
                || !conditions(contract, fields, rules, field).is_empty()
        })
}

/// Conditions that several fields share, each under a name.
fn hoisted(contract: &Contract, fields: &[Field], rules: &Rules) -> String {
    let mut out = String::new();
    let mut seen = Vec::new();
    for condition in all_conditions(fields, rules) {
        let text = condition.to_string();
        if !seen.contains(&text) && is_shared(fields, rules, condition) {
            out.push_str(&format!(
                "        let {} = {};\n",
                name(condition),
                holds(contract, fields, condition)
            ));
            seen.push(text);
        }
    }
    out
}

fn conditions_of(field: &Field) -> impl Iterator<Item = &Condition> {
    [&field.only_if, &field.required_if, &field.forbidden_if]
        .into_iter()
        .flatten()
}

fn all_conditions<'a>(
    fields: &'a [Field],
    rules: &'a Rules,
) -> impl Iterator<Item = &'a Condition> {
    fields
        .iter()
        .flat_map(conditions_of)
        .chain(rules.never.iter().flatten())
}

fn is_shared(fields: &[Field], rules: &Rules, condition: &Condition) -> bool {
    let text = condition.to_string();
    all_conditions(fields, rules)
        .filter(|other| other.to_string() == text)
        .count()
        > 1
}

/// `individual` for `outputMode = individual`; with the field where the value alone cannot be a name.
fn name(condition: &Condition) -> String {
    let value = names::snake(&condition.value);
    if names::is_field(&value) {
        value
    } else {
        format!("{}_{value}", names::snake(&condition.sibling))
    }
}

fn conditions(contract: &Contract, fields: &[Field], rules: &Rules, field: &Field) -> String {
    let mut out = String::new();
    let set = format!("self.{}.is_some()", field.rust);
    let checks = [
        ("only_with", &field.only_if),
        ("needed", &field.required_if),
        ("not_with", &field.forbidden_if),
    ];
    for (function, condition) in checks {
        let Some(condition) = condition else { continue };
        let holds = holds_or_name(contract, fields, rules, condition);
        out.push_str(&format!(
            "        check::{function}({:?}, {set}, {:?}, {holds})?;\n",
            field.name,
            condition.to_string()
        ));
    }
    if let Some(other) = field
        .excludes
        .as_ref()
        .and_then(|name| fields.iter().find(|field| field.name == *name))
    {
        let set = |field: &Field| match field.kind {
            Type::Bool => format!("self.{} == Some(true)", field.rust),
            _ => format!("self.{}.is_some()", field.rust),
        };
        out.push_str(&format!(
            "        check::excludes({:?}, {}, {:?}, {})?;\n",
            field.name,
            set(field),
            other.name,
            set(other)
        ));
    }
    out
}

/// The check of conditions that may not hold together; the error names the first field.
fn never(
    contract: &Contract,
    fields: &[Field],
    rules: &Rules,
    combination: &[Condition],
) -> String {
    let Some((first, others)) = combination.split_first() else {
        return String::new();
    };
    let others: Vec<String> = others.iter().map(ToString::to_string).collect();
    let hold: Vec<String> = combination
        .iter()
        .map(|condition| holds_or_name(contract, fields, rules, condition))
        .collect();
    format!(
        "        check::never({:?}, {:?}, {:?}, {})?;\n",
        first.sibling,
        first.to_string(),
        others.join(" and "),
        hold.join(" && ")
    )
}

fn holds_or_name(
    contract: &Contract,
    fields: &[Field],
    rules: &Rules,
    condition: &Condition,
) -> String {
    if is_shared(fields, rules, condition) {
        name(condition)
    } else {
        holds(contract, fields, condition)
    }
}

/// Whether a condition on a sibling holds; unset, it has its default.
fn holds(contract: &Contract, fields: &[Field], condition: &Condition) -> String {
    let Some(sibling) = fields.iter().find(|field| field.name == condition.sibling) else {
        return String::new();
    };
    let place = format!("self.{}", sibling.rust);
    let is_default = sibling
        .default
        .as_ref()
        .is_some_and(|default| default.to_string() == condition.value);
    let value = match &sibling.kind {
        Type::Enum(name) => variant(contract, name, &condition.value),
        Type::Bool => condition.value.clone(),
        _ => format!("{:?}", condition.value),
    };
    match (&sibling.kind, sibling.is_optional(), is_default) {
        (Type::String, true, false) => format!("{place}.as_deref() == Some({value})"),
        (Type::String, true, true) => format!("{place}.as_deref().unwrap_or({value}) == {value}"),
        (Type::Bool, false, _) => {
            if value == "true" {
                place
            } else {
                format!("!{place}")
            }
        }
        (_, true, false) => format!("{place} == Some({value})"),
        (_, true, true) => format!("matches!({place}, None | Some({value}))"),
        (_, false, _) => format!("{place} == {value}"),
    }
}

/// Whether a field of `any` counts as there.
fn is_on(field: &Field) -> String {
    match (&field.kind, &field.default) {
        (Type::Bool, Some(Literal::Bool(true))) => format!("self.{} != Some(false)", field.rust),
        (Type::Bool, _) => format!("self.{} == Some(true)", field.rust),
        _ => format!("self.{}.is_some()", field.rust),
    }
}

/// The checks of a field's own value, if it has one.
fn limits(contract: &Contract, field: &Field) -> String {
    let owned = field.presence != Presence::Optional;
    let place = if owned {
        format!("self.{}", field.rust)
    } else {
        field.rust.clone()
    };
    let checks = value_checks(contract, field, &place, owned);
    if owned || checks.is_empty() {
        return checks
            .iter()
            .map(|check| format!("        {check}\n"))
            .collect();
    }
    let body: String = checks
        .iter()
        .map(|check| format!("            {check}\n"))
        .collect();
    let by_value = matches!(field.kind, Type::U32 | Type::U64);
    let reference = if by_value { "" } else { "&" };
    format!("        if let Some({place}) = {reference}self.{place} {{\n{body}        }}\n")
}

fn value_checks(contract: &Contract, field: &Field, place: &str, owned: bool) -> Vec<String> {
    let name = &field.name;
    let limits = &field.limits;
    let borrowed = if owned {
        format!("&{place}")
    } else {
        place.to_owned()
    };
    let bound = |bound: Option<u64>| {
        bound.map_or_else(
            || "None".to_owned(),
            |it| format!("Some({})", rust::number(it)),
        )
    };
    let bounds = format!("{}, {}", bound(limits.min), bound(limits.max));
    let mut checks = Vec::new();

    if limits.min.is_some() || limits.max.is_some() {
        // A minimum of nought holds anyway.
        let bounds = if limits.min == Some(0) {
            format!("None, {}", bound(limits.max))
        } else {
            bounds
        };
        checks.push(match &field.kind {
            Type::U32 | Type::U64 => format!("check::number({name:?}, {place}, {bounds})?;"),
            Type::List(_) => format!("check::items({name:?}, {borrowed}, {bounds})?;"),
            Type::Map => format!("check::map_bytes({name:?}, {borrowed}, {bounds})?;"),
            _ if limits.bytes => format!("check::bytes({name:?}, {borrowed}, {bounds})?;"),
            _ => format!("check::chars({name:?}, {borrowed}, {bounds})?;"),
        });
    }
    if let Some(chars) = &limits.chars {
        checks.push(format!("check::charset({name:?}, {borrowed}, {chars:?})?;"));
    }
    if !limits.starts.is_empty() {
        let function = if field.kind == Type::Map {
            "keys_start"
        } else {
            "starts"
        };
        checks.push(format!(
            "check::{function}({name:?}, {borrowed}, &{:?})?;",
            limits.starts
        ));
    }
    match limits.format {
        Some(Format::Ipv4) => checks.push(format!("check::ipv4({name:?}, {borrowed})?;")),
        Some(Format::Url) => checks.push(format!("check::url({name:?}, {borrowed})?;")),
        None => {}
    }
    checks.extend(inner_checks(contract, field, place));
    checks
}

/// Identifiers, and models that have limits of their own.
fn inner_checks(contract: &Contract, field: &Field, place: &str) -> Option<String> {
    let name = &field.name;
    let has_limits = |model: &str| {
        contract
            .model(model)
            .is_some_and(|model| is_needed(contract, &model.fields, &model.rules))
    };
    match &field.kind {
        Type::Id(_) => Some(format!("check::id({name:?}, {place}.as_str())?;")),
        Type::Model(model) if has_limits(model) && field.flatten => {
            Some(format!("{place}.validate()?;"))
        }
        Type::Model(model) if has_limits(model) => Some(format!(
            "{place}.validate().map_err(|invalid| invalid.within({name:?}))?;"
        )),
        Type::List(item) => match &**item {
            Type::Id(_) => Some(format!(
                "{place}.iter().try_for_each(|id| check::id({name:?}, id.as_str()))?;"
            )),
            Type::Model(model) if has_limits(model) => Some(format!(
                "{place}.iter().try_for_each({model}::validate).map_err(|invalid| invalid.within({name:?}))?;"
            )),
            _ => None,
        },
        _ => None,
    }
}
