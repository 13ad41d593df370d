//! The Rust that is made.

use std::{collections::BTreeMap, sync::OnceLock};

use super::{CONTRACT, contract};
use crate::{codegen::dispatch, codegen::layout, run::root};

fn generated(text: &str) -> BTreeMap<String, String> {
    layout::files(&root(), &contract(text)).unwrap()
}

/// What is made from the contract that most tests look at.
fn files() -> &'static BTreeMap<String, String> {
    static FILES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    FILES.get_or_init(|| generated(CONTRACT))
}

/// The code without indentation, so that expectations can be written where they are read.
fn flat(code: &str) -> String {
    code.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn assert_holds(code: &str, parts: &[&str]) {
    let code = flat(code);
    for part in parts {
        assert!(
            code.contains(&flat(part)),
            "there is no\n{part}\nin\n{code}"
        );
    }
}

#[test]
fn an_operation_reads_as_if_typed() {
    let files = files();
    let code = &files["operations/things.rs"];
    assert!(code.starts_with(
        "// @generated from api/things.toml by `cargo xtask codegen`; edit that file instead.\n\nuse std::{collections::BTreeMap, fmt};\n"
    ));
    assert_holds(
        code,
        &[
            "/// Paints a thing; see [`Paint`].
            ///
            /// `POST /v2/project/{project}/thing/{thingId}/paint`
            ///
            /// Idempotent: retried even if the first attempt may have reached the server.
            ///
            /// Only on OpenTok, with account-level credentials. On Vonage, buy another.
            ///
            /// # Errors
            ///
            /// - 404: There is none. Possible reasons: [`Gone`](crate::Reason::Gone),
            ///   [`Wet`](crate::Reason::Wet).
            /// - 409: It is wet. Reason: [`Wet`](crate::Reason::Wet).
            ///
            /// # Example
            ///
            /// ```
            /// # use vonage_video_core as vonage_video;
            /// # let thing_id = \"b40ef09b-3811-4726-b508-e41a0f96c68f\";
            /// use vonage_video::{models::Paint, operations::PaintThing};
            ///
            /// let request = PaintThing::new(thing_id, Paint::new(\"oil\"));
            /// // `video.send(request).await?` returns `Option<Thing>`.
            /// # request.validate()?;
            /// # Ok::<(), vonage_video::Invalid>(())
            /// ```
            #[doc(alias = \"paint\")]
            #[doc(alias = \"varnish\")]
            #[derive(Clone, PartialEq, Serialize, Deserialize)]
            #[serde(rename_all = \"camelCase\")]
            #[must_use = \"a request does nothing until it is sent\"]
            #[non_exhaustive]
            pub struct PaintThing {
            /// The thing.
            pub thing_id: ThingId,
            /// The paint.
            #[serde(flatten)]
            pub paint: Paint,
            /// Whether its front. Default: `true`.
            #[serde(default, deserialize_with = \"lenient::option\")]
            #[serde(skip_serializing_if = \"Option::is_none\")]
            pub front: Option<bool>,",
            "/// A note. At most 9 bytes. Made of `a-z` only. Not with `mode = fast`. Not together with
            /// `layers`.",
            // A field that the documentation names has its name of Rust.
            "/// Makes one, by `kind`.
            ///
            /// `POST /thing`
            ///
            /// Not idempotent: retried only if the server certainly did not act on it.",
            "pub fn new(thing_id: impl Into<ThingId>, paint: impl Into<Paint>) -> Self {",
            "/// More things. At most 3 items.
            pub fn others(mut self, others: impl IntoIterator<Item = impl Into<ThingId>>) -> Self {
            self.others = Some(others.into_iter().map(Into::into).collect());
            self
            }",
            "type Output = Option<Thing>;",
            ".status(202)
            .replay(Replay::Safe)
            .environments(false, true, \"On Vonage, buy another.\")
            .account()
            .constants(&[(\"dry\", true)])
            .fields(&[
            Field::required(\"thingId\", Place::Path),
            Field::required(\"type\", Place::Json),
            Field::optional(\"gloss\", Place::Json),
            Field::optional(\"matt\", Place::Json),
            Field::optional(\"front\", Place::Json),",
            ".errors(&[
            DocumentedError::new(404, \"There is none.\").possible(&[Reason::Gone, Reason::Wet]),
            DocumentedError::new(409, \"It is wet.\").reason(Reason::Wet),
            ])",
        ],
    );
}

#[test]
fn each_limit_becomes_a_check() {
    let code = &files()["operations/things.rs"];
    assert_holds(
        code,
        &[
            "check::id((\"thing_id\", \"thingId\"), self.thing_id.as_str())?;",
            "self.paint.validate()?;",
            "if let Some(layers) = self.layers {
            check::number(\"layers\", layers, 1..=20_000)?;
            }",
            "let slow = check::when(\"mode = slow\", self.mode == Some(Mode::Later));",
            "check::only_with(\"layers\", &self.layers, slow)?;",
            "check::bytes(\"note\", note, ..=9)?;
            check::charset(\"note\", note, \"a-z\")?;",
            // Unset is the default, which is what the condition asks for.
            "let fast = check::when(\"mode = fast\", matches!(self.mode, None | Some(Mode::Fast)));",
            "check::not_with(\"note\", &self.note, fast)?;",
            "check::excludes(\"note\", self.note.is_some(), \"layers\", self.layers.is_some())?;",
            "check::items(\"others\", others, ..=3)?;
            check::ids(\"others\", others)?;",
            "check::starts(\"address\", address, &[\"ws://\"])?;",
            "check::unique(
            \"coats\",
            coats.iter().filter_map(|item| item.name.as_deref()),
            )?;",
            "check::any(
            [(\"front\", \"front\"), (\"back\", \"back\")],
            self.front != Some(false) || self.back == Some(true),
            )
            }",
        ],
    );
    let models = &files()["models/things.rs"];
    assert_holds(
        models,
        &[
            "let oil = check::when(\"kind (type) = oil\", self.kind == \"oil\");
            let water = check::when(\"kind (type) = water\", self.kind == \"water\");
            let matt_true = check::when(\"matt = true\", matches!(self.matt, None | Some(true)));
            check::needed(\"gloss\", &self.gloss, oil)?;
            check::never((\"kind\", \"type\"), &[water, matt_true])
            }",
            "/// Paint.
            ///
            /// Refused: `kind = water` together with `matt = true`.",
        ],
    );
}

#[test]
fn a_default_that_is_always_sent_stands_in_the_field() {
    assert_holds(
        &files()["operations/things.rs"],
        &[
            "/// Its kind. Default: `slow`, always sent.
            #[serde(
            rename = \"a.kind\",
            default = \"MakeThing::default_kind\",
            deserialize_with = \"MakeThing::read_kind\"
            )]
            pub kind: Mode,",
            "fn default_kind() -> Mode {
            Mode::Later
            }",
            "let read = Option::deserialize(deserializer)?;
            Ok(read.unwrap_or_else(Self::default_kind))",
            "impl Default for MakeThing {",
            "fn decode_output(body: &[u8]) -> Result<Thing, DecodeError> {
            one_of_array::decode(body)
            }",
            "Field::optional(\"a.kind\", Place::Form)",
        ],
    );
}

#[test]
fn lists_with_a_window_are_paged() {
    let code = &files()["operations/things.rs"];
    assert_holds(
        code,
        &[
            "impl Paged for ListThings {\ntype Item = Thing;",
            "item.id.as_str()",
        ],
    );
    let without_window = CONTRACT.replace("offset = {", "from = {");
    assert!(!generated(&without_window)["operations/things.rs"].contains("Paged"));
}

#[test]
fn a_response_survives_what_is_absent() {
    assert_holds(
        &files()["models/things.rs"],
        &[
            "/// Its name.
            #[serde(deserialize_with = \"lenient::filled\")]
            pub id: ThingId,
            /// How it was made.
            #[serde(default)]
            pub mode: Mode,
            /// Its rate.
            #[serde(skip_serializing_if = \"Option::is_none\")]
            pub rate: Option<Rate>,
            /// When.
            #[serde(default, deserialize_with = \"lenient::odd_as_none\")]
            #[serde(skip_serializing_if = \"Option::is_none\")]
            pub made_at: Option<Timestamp>,
            /// Tags.
            #[serde(default, deserialize_with = \"lenient::texts\")]
            #[serde(skip_serializing_if = \"Vec::is_empty\")]
            pub tags: Vec<String>,",
            "pub fn new(id: impl Into<ThingId>) -> Self {
            Self {
            id: id.into(),
            ..Self::default()
            }",
            "impl Output for Thing {",
            "redact::debug(\"Thing\", self, f)",
        ],
    );
}

#[test]
fn enums_keep_what_they_do_not_know() {
    assert_holds(
        &files()["enums/things.rs"],
        &[
            "use crate::open_enum::open_enum;",
            "open_enum! {\n/// How.\npub enum Mode: str {\n/// `fast`: Soon.\nFast = \"fast\",",
            "/// `slow`: Later.\nLater = \"slow\",\n}\n}",
            "impl Default for Mode {",
            "pub enum Rate: u32 {\n/// `8000`: Low.\nLow = 8000,\n}\n}",
        ],
    );
    assert!(!files()["enums/things.rs"].contains("impl Default for Rate"));
}

#[test]
fn events_are_told_apart_by_name_then_by_members() {
    assert_holds(
        &files()["webhooks.rs"],
        &[
            "/// `thing`: A thing was made.\nThing(Thing),",
            "Some(\"thing\") => read(value, Self::Thing),
            Some(\"paint\") => read(value, Self::Paint),
            _ => Self::Unknown(value),",
            "None => shape::event(&value, SHAPES),",
            "Shape {
            event: \"paint\",
            has: &[\"type\"],
            foreign: &[",
            "Self::Thing(event) => f.debug_tuple(\"Thing\").field(event).finish(),",
            "Self::Thing(event) => serde_json::to_value(event),",
            "Self::Paint(event) => return event.serialize(serializer),",
        ],
    );
}

#[test]
fn routes_have_literal_segments_first_and_secrets_stay_hidden() {
    let more = format!(
        "{CONTRACT}\n[op.get_any]\nhttp = \"GET /v2/project/{{project}}/{{thingId}}\"\ndoc = \"x\"\n[op.get_any.input]\nthingId = {{ type = \"ThingId\", required = true, doc = \"x\" }}\n"
    );
    let top = &generated(&more)["mod.rs"];
    let place = |name: &str| top.find(&format!("operations::{name}::META")).unwrap();
    assert!(place("ListThings") < place("GetAny"));
    let harmless = flat(&generated(&more)["harmless.rs"]).replace('\n', " ");
    let texts =
        r#"TEXTS: &[&str] = &["a.kind", "id", "mode", "others", "rate", "tags", "thingId"];"#;
    assert!(harmless.contains(texts), "{harmless}");
    let expected = r#"OBJECTS: &[&str] = &["coats", "paint"];"#;
    assert!(harmless.contains(expected), "{harmless}");
}

#[test]
fn reasons_identifiers_and_empty_results_come_from_the_contract() {
    let files = files();
    assert_holds(
        &files["reasons.rs"],
        &[
            "/// It is wet.\nWet,\n/// It is gone.\nGone,",
            "Self::Wet => &[7],\n_ => &[],",
            "Self::Wet => &[409],\n_ => &[],",
            "Self::Wet => &[\"wet\", \"paint\"],\nSelf::Gone => &[\"gone\"],",
        ],
    );
    assert_holds(
        &files["ids.rs"],
        &["ids! {\n/// Names a thing.\nThingId\n}"],
    );
    assert_holds(
        &files["operations/things.rs"],
        &[".empty_on(EmptyOn::new(404, 404, &[\"Thing not found\"]))"],
    );
}

#[test]
fn a_member_that_the_service_writes_as_null_is_written_as_null() {
    let model = flat(&files()["models/things.rs"]);
    let url =
        "#[serde(default, deserialize_with = \"lenient::odd_as_none\")]\npub url: Option<String>,";
    assert!(model.contains(url), "{model}");
}

#[test]
fn a_resource_that_is_too_long_gets_a_folder() {
    let operation = |index: u32| {
        format!(
            "[op.read_{index}]\nhttp = \"GET /v2/{index}\"\ndoc = \"x\"\n[op.read_{index}.input]\ncount = {{ type = \"u32\", doc = \"x\" }}\n"
        )
    };
    let many = format!("{CONTRACT}\n{}", (0..12).map(operation).collect::<String>());
    let files = generated(&many);
    assert!(
        files.contains_key("operations/things/read_11.rs"),
        "{:?}",
        files.keys()
    );
    assert!(!files.contains_key("operations/things.rs"));
    assert_holds(
        &files["operations/things/mod.rs"],
        &["mod read_11;", "pub use read_11::Read11;"],
    );
    assert!(files.values().all(|code| code.lines().count() <= 600));
}

#[test]
fn every_operation_has_a_handler() {
    let files = dispatch::files(&contract(CONTRACT));
    assert_holds(
        &files[0].1,
        &[
            "\"paint_thing\" => as_json::<PaintThing>(matched, |it| operations.paint_thing(it)),",
            "\"list_things\" => as_json::<ListThings>(matched, |it| operations.list_things(it)),",
        ],
    );
}

#[test]
fn every_run_gives_the_same_bytes() {
    assert_eq!(generated(CONTRACT), *files());
}
