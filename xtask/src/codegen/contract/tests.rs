//! Wrong contracts, each refused with the file, the key and the reason.

use super::{Contract, Problem};

/// A small contract that is right; each test puts one thing wrong in it.
const RIGHT: &str = r#"
[resource]
name = "things"
doc  = "Things."

[id.ThingId]
doc = "Names a thing."

[reason.Busy]
doc = "It is busy."

[op.make_thing]
http   = "POST /v2/project/{project}/thing/{thingId}"
doc    = "Makes it."
output = "Thing"
[op.make_thing.input]
thingId = { type = "ThingId", required = true, doc = "Which." }
mode    = { type = "Mode", default = "fast", doc = "How." }
size    = { type = "u32", min = 1, max = 9, doc = "How large." }
colour  = { type = "string", doc = "Its colour." }
loud    = { type = "bool", doc = "Whether it is loud." }

[op.list_things]
http   = "GET /v2/project/{project}/thing"
doc    = "Lists them."
output = "Page<Thing>"

[model.Thing]
doc = "A thing."
[model.Thing.fields]
id   = { type = "ThingId", required = true, doc = "Its name." }
mode = { type = "Mode", always = true, doc = "How it was made." }

[enum.Mode]
doc = "How a thing is made."
[enum.Mode.values]
fast = "Soon."
slow = "Later."

[event.thing]
doc   = "A thing was made."
model = "Thing"
"#;

const MISTAKES: &str = include_str!("mistakes.txt");

fn parse(text: &str) -> Result<Contract, Vec<Problem>> {
    Contract::parse(&[("api/things.toml".to_owned(), text.to_owned())])
}

fn problems(text: &str) -> Vec<String> {
    parse(text)
        .err()
        .unwrap_or_default()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn the_contract_that_the_others_start_from_is_right() {
    assert_eq!(problems(RIGHT), Vec::<String>::new());
}

#[test]
fn each_mistake_is_told_with_file_key_and_reason() {
    let lines = |sign: &'static str| {
        MISTAKES
            .lines()
            .filter_map(move |line| line.strip_prefix(sign))
    };
    let mistakes = lines("- ").zip(lines("+ ")).zip(lines("! "));
    assert!(mistakes.clone().count() > 60);
    for ((right, wrong), complaint) in mistakes {
        assert!(RIGHT.contains(right), "{right} is not in the contract");
        let found = problems(&RIGHT.replacen(right, &wrong.replace('⏎', "\n"), 1));
        let expected = format!("api/things.toml: {complaint}");
        assert!(
            found.contains(&expected),
            "{wrong}\nbrings {found:#?}\nnot {complaint}"
        );
    }
}

#[test]
fn text_that_is_no_toml_is_refused_with_its_line() {
    let found = problems(&RIGHT.replacen("[op.make_thing]", "[op.make_thing", 1));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("api/things.toml: TOML parse error at line 12"),
        "{found:?}"
    );
}

#[test]
fn all_mistakes_are_told_at_once() {
    let found = problems(
        &RIGHT
            .replace("default = \"fast\"", "default = \"fats\"")
            .replace("model = \"Thing\"", "model = \"X\""),
    );
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn a_type_may_stand_in_one_file_only() {
    let second = "[resource]\nname = \"more\"\ndoc = \"x\"\n[model.Thing]\ndoc = \"x\"\n[event.thing]\ndoc = \"x\"\nmodel = \"Thing\"\n";
    let files = [
        ("api/more.toml".to_owned(), second.to_owned()),
        ("api/things.toml".to_owned(), RIGHT.to_owned()),
    ];
    let found = Contract::parse(&files).err().unwrap_or_default();
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "api/things.toml: model.Thing: `Thing` is taken by model.Thing in api/more.toml",
            "api/things.toml: event.thing: is described in api/more.toml already",
        ]
    );
}
