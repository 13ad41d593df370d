//! The body of `validate()`: each limit in the contract becomes a check.

use super::{
    contract::{Condition, Contract, Field, Format, Literal, Presence, Rules, Type},
    names, rust,
    struct_fields::variant,
};

/// The method that checks a request or a model that is sent.
pub fn method(contract: &Contract, fields: &[Field], rules: &Rules) -> String {
    let conditions: String = distinct(fields, rules)
        .iter()
        .map(|condition| named(contract, fields, rules, condition))
        .collect();
    let checks: String = fields
        .iter()
        .map(|field| limits(contract, field) + &between(fields, rules, field))
        .chain(rules_of_the_whole(fields, rules))
        .collect();
    // The last check is what is returned, where it stands by itself.
    let checks = match checks.strip_suffix("?;\n") {
        Some(checks) => format!("{checks}\n"),
        None => format!("{checks}        Ok(())\n"),
    };
    format!(
        "
    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {{
{conditions}{checks}    }}
"
    )
}

/// Whether a model has anything to check.
pub fn is_needed(contract: &Contract, fields: &[Field], rules: &Rules) -> bool {
    rules_of_the_whole(fields, rules).next().is_some()
        || fields.iter().any(|field| {
            !limits(contract, field).is_empty() || !between(fields, rules, field).is_empty()
        })
}

/// The conditions that checks depend on, each once.
fn distinct<'a>(fields: &'a [Field], rules: &'a Rules) -> Vec<&'a Condition> {
    let of_field = |field: &'a Field| {
        [&field.only_if, &field.required_if, &field.forbidden_if]
            .into_iter()
            .flatten()
    };
    let all = fields.iter().flat_map(of_field);
    let mut distinct: Vec<&Condition> = Vec::new();
    for condition in all.chain(rules.never.iter().flatten()) {
        if !distinct.contains(&condition) {
            distinct.push(condition);
        }
    }
    distinct
}

/// `let individual = check::when("outputMode = individual", …);`
fn named(contract: &Contract, fields: &[Field], rules: &Rules, condition: &Condition) -> String {
    format!(
        "        let {} = check::when({:?}, {});\n",
        name(fields, rules, condition),
        worded(fields, condition),
        holds(contract, fields, condition)
    )
}

/// `individual` for `outputMode = individual`; with the field where the value alone is no name, or
/// is another condition's too.
fn name(fields: &[Field], rules: &Rules, condition: &Condition) -> String {
    let value = names::snake(&condition.value);
    let same = distinct(fields, rules)
        .iter()
        .filter(|other| other.value == condition.value)
        .count();
    if names::is_field(&value) && same == 1 {
        value
    } else {
        format!("{}_{value}", names::snake(&condition.sibling))
    }
}

/// A field's names in Rust and on the wire, as the checks take them.
fn label(field: &Field) -> String {
    if field.rust == field.name {
        format!("{:?}", field.name)
    } else {
        format!("({:?}, {:?})", field.rust, field.name)
    }
}

/// `output_mode (outputMode) = individual`.
fn worded(fields: &[Field], condition: &Condition) -> String {
    let Condition { sibling, value } = condition;
    match fields.iter().find(|field| field.name == *sibling) {
        Some(field) if field.rust != field.name => {
            format!("{} ({sibling}) = {value}", field.rust)
        }
        _ => condition.to_string(),
    }
}

/// The checks of a field against its siblings.
fn between(fields: &[Field], rules: &Rules, field: &Field) -> String {
    let mut out = String::new();
    let checks = [
        ("only_with", &field.only_if),
        ("needed", &field.required_if),
        ("not_with", &field.forbidden_if),
    ];
    for (function, condition) in checks {
        let Some(condition) = condition else { continue };
        out.push_str(&format!(
            "        check::{function}({}, &self.{}, {})?;\n",
            label(field),
            field.rust,
            name(fields, rules, condition)
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
            "        check::excludes({}, {}, {}, {})?;\n",
            label(field),
            set(field),
            label(other),
            set(other)
        ));
    }
    out
}

/// What is checked of all fields together.
fn rules_of_the_whole(fields: &[Field], rules: &Rules) -> impl Iterator<Item = String> {
    let choice: Vec<&Field> = rules
        .any
        .iter()
        .filter_map(|name| fields.iter().find(|field| field.name == *name))
        .collect();
    let any = (!choice.is_empty()).then(|| {
        let on: Vec<String> = choice.iter().copied().map(is_on).collect();
        let names: Vec<String> = choice
            .iter()
            .map(|field| format!("({:?}, {:?})", field.rust, field.name))
            .collect();
        format!(
            "        check::any([{}], {})?;\n",
            names.join(", "),
            on.join(" || ")
        )
    });
    let never = rules.never.iter().map(|combination| {
        let first = combination.first().map_or("", |first| &first.sibling);
        let field = fields.iter().find(|field| field.name == first);
        let field = field.map_or_else(|| "\"\"".to_owned(), label);
        let conditions: Vec<String> = combination
            .iter()
            .map(|condition| name(fields, rules, condition))
            .collect();
        format!(
            "        check::never({field}, &[{}])?;\n",
            conditions.join(", ")
        )
    });
    any.into_iter().chain(never)
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
        (Type::String | Type::List(_), _) => {
            format!(
                "self.{}.as_ref().is_some_and(|it| !it.is_empty())",
                field.rust
            )
        }
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
    let name = label(field);
    let limits = &field.limits;
    let borrowed = if owned {
        format!("&{place}")
    } else {
        place.to_owned()
    };
    let mut checks = Vec::new();

    if limits.min.is_some() || limits.max.is_some() {
        // A minimum of nought holds anyway.
        let min = limits.min.filter(|min| *min > 0).map(rust::number);
        let max = limits.max.map(|max| format!("={}", rust::number(max)));
        let bounds = format!("{}..{}", min.unwrap_or_default(), max.unwrap_or_default());
        checks.push(match &field.kind {
            Type::U32 | Type::U64 => format!("check::number({name}, {place}, {bounds})?;"),
            Type::List(_) => format!("check::items({name}, {borrowed}, {bounds})?;"),
            Type::Map => format!("check::map_bytes({name}, {borrowed}, {bounds})?;"),
            _ if limits.bytes => format!("check::bytes({name}, {borrowed}, {bounds})?;"),
            _ => format!("check::chars({name}, {borrowed}, {bounds})?;"),
        });
    }
    if let Some(chars) = &limits.chars {
        checks.push(format!("check::charset({name}, {borrowed}, {chars:?})?;"));
    }
    if !limits.starts.is_empty() {
        checks.push(format!(
            "check::starts({name}, {borrowed}, &{:?})?;",
            limits.starts
        ));
    }
    match limits.format {
        Some(Format::Ipv4) => checks.push(format!("check::ipv4({name}, {borrowed})?;")),
        Some(Format::Url) => checks.push(format!("check::url({name}, {borrowed})?;")),
        None => {}
    }
    if let Some(unique) = &field.unique {
        let named = match field.kind.item() {
            Type::Model(item) => contract.model(item).and_then(|item| item.field(unique)),
            _ => None,
        };
        if let Some(named) = named {
            checks.push(format!(
                "check::unique({name}, {place}.iter().filter_map(|item| item.{}.as_deref()))?;",
                named.rust
            ));
        }
    }
    checks.extend(inner_checks(contract, field, place, &borrowed));
    checks
}

/// Identifiers, and models that have limits of their own.
fn inner_checks(contract: &Contract, field: &Field, place: &str, borrowed: &str) -> Option<String> {
    let name = label(field);
    let has_limits = |model: &str| {
        contract
            .model(model)
            .is_some_and(|model| is_needed(contract, &model.fields, &model.rules))
    };
    match &field.kind {
        Type::Id(_) => Some(format!("check::id({name}, {place}.as_str())?;")),
        Type::Model(model) if has_limits(model) && field.flatten => {
            Some(format!("{place}.validate()?;"))
        }
        Type::Model(model) if has_limits(model) => {
            Some(format!("check::within({name}, {place}.validate())?;"))
        }
        Type::List(item) => match &**item {
            Type::Id(_) => Some(format!("check::ids({name}, {borrowed})?;")),
            Type::Model(model) if has_limits(model) => Some(format!(
                "check::within({name}, {place}.iter().try_for_each({model}::validate))?;"
            )),
            _ => None,
        },
        _ => None,
    }
}
