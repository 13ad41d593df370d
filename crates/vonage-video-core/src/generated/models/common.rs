// @generated from api/common.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{check, generated::enums::LayoutType, invalid::Invalid, lenient, redact};

/// How the streams of a composed archive or broadcast are arranged.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Layout {
    /// How the streams are arranged.
    #[serde(rename = "type")]
    pub kind: LayoutType,
    /// The CSS that places the streams. Required with `kind = custom`, and only then.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stylesheet: Option<String>,
    /// The arrangement while a client shares a screen. Only with `kind = bestFit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screenshare_type: Option<LayoutType>,
}

impl Layout {
    /// Creates a value; optional fields are unset.
    pub fn new(kind: impl Into<LayoutType>) -> Self {
        Self {
            kind: kind.into(),
            stylesheet: None,
            screenshare_type: None,
        }
    }

    /// The CSS that places the streams. Required with `kind = custom`, and only then.
    #[must_use]
    pub fn stylesheet(mut self, stylesheet: impl Into<String>) -> Self {
        self.stylesheet = Some(stylesheet.into());
        self
    }

    /// The arrangement while a client shares a screen. Only with `kind = bestFit`.
    #[must_use]
    pub fn screenshare_type(mut self, screenshare_type: impl Into<LayoutType>) -> Self {
        self.screenshare_type = Some(screenshare_type.into());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        let custom = check::when("kind (type) = custom", self.kind == LayoutType::Custom);
        let best_fit = check::when("kind (type) = bestFit", self.kind == LayoutType::BestFit);
        check::only_with("stylesheet", &self.stylesheet, custom)?;
        check::needed("stylesheet", &self.stylesheet, custom)?;
        check::only_with(
            ("screenshare_type", "screenshareType"),
            &self.screenshare_type,
            best_fit,
        )
    }
}

impl fmt::Debug for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Layout", self, f)
    }
}
