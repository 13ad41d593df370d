//! The file of a transcription. That it is JSON is documented; its members are inferred.

use serde_json::{Value, json};

use super::input::Recording;

/// The bytes of the file.
pub(crate) fn transcript(recording: &Recording<'_>) -> Vec<u8> {
    let archive = recording.archive;
    let options = archive.transcription.as_ref();
    let language = options.and_then(|options| options.primary_language_code.as_deref());
    let lines: Vec<String> = recording
        .sentences
        .iter()
        .map(|sentence| match sentence.name.as_str() {
            "" => sentence.text.clone(),
            name => format!("{name}: {}", sentence.text),
        })
        .collect();
    let mut file = json!({
        "archiveId": archive.id,
        "sessionId": archive.session_id,
        "primaryLanguageCode": language.unwrap_or("en-US"),
        "text": lines.join("\n"),
        "sentences": recording.sentences,
    });
    if options.is_some_and(|options| options.has_summary == Some(true))
        && let Value::Object(members) = &mut file
    {
        let summary = match lines.len() {
            1 => "The emulator heard 1 sentence.".to_owned(),
            count => format!("The emulator heard {count} sentences."),
        };
        members.insert("summary".to_owned(), summary.into());
    }
    file.to_string().into_bytes()
}
