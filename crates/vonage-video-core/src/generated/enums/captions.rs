// @generated from api/captions.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// A language that captions can be made of, as a BCP-47 tag. One that is not listed can be sent
    /// too.
    pub enum CaptionsLanguage: str {
        /// `en-US`: English, United States.
        EnUs = "en-US",
        /// `en-AU`: English, Australia.
        EnAu = "en-AU",
        /// `en-GB`: English, Britain.
        EnGb = "en-GB",
        /// `es-US`: Spanish, United States.
        EsUs = "es-US",
        /// `zh-CN`: Chinese, simplified.
        ZhCn = "zh-CN",
        /// `fr-FR`: French.
        FrFr = "fr-FR",
        /// `fr-CA`: French, Canada.
        FrCa = "fr-CA",
        /// `de-DE`: German.
        DeDe = "de-DE",
        /// `hi-IN`: Hindi.
        HiIn = "hi-IN",
        /// `it-IT`: Italian.
        ItIt = "it-IT",
        /// `ja-JP`: Japanese.
        JaJp = "ja-JP",
        /// `ko-KR`: Korean.
        KoKr = "ko-KR",
        /// `pt-BR`: Portuguese, Brazil.
        PtBr = "pt-BR",
        /// `th-TH`: Thai.
        ThTh = "th-TH",
        /// `af-ZA`: Afrikaans.
        AfZa = "af-ZA",
        /// `ar-AE`: Arabic, Gulf.
        ArAe = "ar-AE",
        /// `ar-SA`: Arabic, Modern Standard.
        ArSa = "ar-SA",
        /// `eu-ES`: Basque.
        EuEs = "eu-ES",
        /// `ca-ES`: Catalan.
        CaEs = "ca-ES",
        /// `zh-HK`: Chinese, Hong Kong.
        ZhHk = "zh-HK",
        /// `zh-TW`: Chinese, traditional.
        ZhTw = "zh-TW",
        /// `hr-HR`: Croatian.
        HrHr = "hr-HR",
        /// `cs-CZ`: Czech.
        CsCz = "cs-CZ",
        /// `da-DK`: Danish.
        DaDk = "da-DK",
        /// `nl-NL`: Dutch.
        NlNl = "nl-NL",
        /// `en-IN`: English, India.
        EnIn = "en-IN",
        /// `en-IE`: English, Ireland.
        EnIe = "en-IE",
        /// `en-NZ`: English, New Zealand.
        EnNz = "en-NZ",
        /// `en-AB`: English, Scotland.
        EnAb = "en-AB",
        /// `en-ZA`: English, South Africa.
        EnZa = "en-ZA",
        /// `en-WL`: English, Wales.
        EnWl = "en-WL",
        /// `fa-IR`: Farsi.
        FaIr = "fa-IR",
        /// `fi-FI`: Finnish.
        FiFi = "fi-FI",
        /// `gl-ES`: Galician.
        GlEs = "gl-ES",
        /// `de-CH`: German, Switzerland.
        DeCh = "de-CH",
    }
}
