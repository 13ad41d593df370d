// @generated from api/captions.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// A language that captions can be made of, as a BCP-47 tag. One that is not listed can be sent
/// too.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CaptionsLanguage {
    /// `en-US`: English, United States.
    EnUs,
    /// `en-AU`: English, Australia.
    EnAu,
    /// `en-GB`: English, Britain.
    EnGb,
    /// `es-US`: Spanish, United States.
    EsUs,
    /// `zh-CN`: Chinese, simplified.
    ZhCn,
    /// `fr-FR`: French.
    FrFr,
    /// `fr-CA`: French, Canada.
    FrCa,
    /// `de-DE`: German.
    DeDe,
    /// `hi-IN`: Hindi.
    HiIn,
    /// `it-IT`: Italian.
    ItIt,
    /// `ja-JP`: Japanese.
    JaJp,
    /// `ko-KR`: Korean.
    KoKr,
    /// `pt-BR`: Portuguese, Brazil.
    PtBr,
    /// `th-TH`: Thai.
    ThTh,
    /// `af-ZA`: Afrikaans.
    AfZa,
    /// `ar-AE`: Arabic, Gulf.
    ArAe,
    /// `ar-SA`: Arabic, Modern Standard.
    ArSa,
    /// `eu-ES`: Basque.
    EuEs,
    /// `ca-ES`: Catalan.
    CaEs,
    /// `zh-HK`: Chinese, Hong Kong.
    ZhHk,
    /// `zh-TW`: Chinese, traditional.
    ZhTw,
    /// `hr-HR`: Croatian.
    HrHr,
    /// `cs-CZ`: Czech.
    CsCz,
    /// `da-DK`: Danish.
    DaDk,
    /// `nl-NL`: Dutch.
    NlNl,
    /// `en-IN`: English, India.
    EnIn,
    /// `en-IE`: English, Ireland.
    EnIe,
    /// `en-NZ`: English, New Zealand.
    EnNz,
    /// `en-AB`: English, Scotland.
    EnAb,
    /// `en-ZA`: English, South Africa.
    EnZa,
    /// `en-WL`: English, Wales.
    EnWl,
    /// `fa-IR`: Farsi.
    FaIr,
    /// `fi-FI`: Finnish.
    FiFi,
    /// `gl-ES`: Galician.
    GlEs,
    /// `de-CH`: German, Switzerland.
    DeCh,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl CaptionsLanguage {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::EnUs => "en-US",
            Self::EnAu => "en-AU",
            Self::EnGb => "en-GB",
            Self::EsUs => "es-US",
            Self::ZhCn => "zh-CN",
            Self::FrFr => "fr-FR",
            Self::FrCa => "fr-CA",
            Self::DeDe => "de-DE",
            Self::HiIn => "hi-IN",
            Self::ItIt => "it-IT",
            Self::JaJp => "ja-JP",
            Self::KoKr => "ko-KR",
            Self::PtBr => "pt-BR",
            Self::ThTh => "th-TH",
            Self::AfZa => "af-ZA",
            Self::ArAe => "ar-AE",
            Self::ArSa => "ar-SA",
            Self::EuEs => "eu-ES",
            Self::CaEs => "ca-ES",
            Self::ZhHk => "zh-HK",
            Self::ZhTw => "zh-TW",
            Self::HrHr => "hr-HR",
            Self::CsCz => "cs-CZ",
            Self::DaDk => "da-DK",
            Self::NlNl => "nl-NL",
            Self::EnIn => "en-IN",
            Self::EnIe => "en-IE",
            Self::EnNz => "en-NZ",
            Self::EnAb => "en-AB",
            Self::EnZa => "en-ZA",
            Self::EnWl => "en-WL",
            Self::FaIr => "fa-IR",
            Self::FiFi => "fi-FI",
            Self::GlEs => "gl-ES",
            Self::DeCh => "de-CH",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for CaptionsLanguage {
    fn from(value: &str) -> Self {
        match value {
            "en-US" => Self::EnUs,
            "en-AU" => Self::EnAu,
            "en-GB" => Self::EnGb,
            "es-US" => Self::EsUs,
            "zh-CN" => Self::ZhCn,
            "fr-FR" => Self::FrFr,
            "fr-CA" => Self::FrCa,
            "de-DE" => Self::DeDe,
            "hi-IN" => Self::HiIn,
            "it-IT" => Self::ItIt,
            "ja-JP" => Self::JaJp,
            "ko-KR" => Self::KoKr,
            "pt-BR" => Self::PtBr,
            "th-TH" => Self::ThTh,
            "af-ZA" => Self::AfZa,
            "ar-AE" => Self::ArAe,
            "ar-SA" => Self::ArSa,
            "eu-ES" => Self::EuEs,
            "ca-ES" => Self::CaEs,
            "zh-HK" => Self::ZhHk,
            "zh-TW" => Self::ZhTw,
            "hr-HR" => Self::HrHr,
            "cs-CZ" => Self::CsCz,
            "da-DK" => Self::DaDk,
            "nl-NL" => Self::NlNl,
            "en-IN" => Self::EnIn,
            "en-IE" => Self::EnIe,
            "en-NZ" => Self::EnNz,
            "en-AB" => Self::EnAb,
            "en-ZA" => Self::EnZa,
            "en-WL" => Self::EnWl,
            "fa-IR" => Self::FaIr,
            "fi-FI" => Self::FiFi,
            "gl-ES" => Self::GlEs,
            "de-CH" => Self::DeCh,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for CaptionsLanguage {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for CaptionsLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CaptionsLanguage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CaptionsLanguage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}
