// @generated from api/common.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// An arrangement of streams.
    pub enum LayoutType: str {
        /// `bestFit`: A grid as large as the streams allow.
        BestFit = "bestFit",
        /// `custom`: As your stylesheet says.
        Custom = "custom",
        /// `horizontalPresentation`: One large stream above a row of small ones.
        HorizontalPresentation = "horizontalPresentation",
        /// `pip`: One full stream, one small on top of it: picture in picture.
        Pip = "pip",
        /// `verticalPresentation`: One large stream beside a column of small ones.
        VerticalPresentation = "verticalPresentation",
    }
}

open_enum! {
    /// Width and height in pixels of a composed recording, broadcast or page.
    pub enum Resolution: str {
        /// `640x480`: SD, landscape.
        Sd = "640x480",
        /// `480x640`: SD, portrait.
        SdPortrait = "480x640",
        /// `1280x720`: HD, landscape.
        Hd = "1280x720",
        /// `720x1280`: HD, portrait.
        HdPortrait = "720x1280",
        /// `1920x1080`: Full HD, landscape.
        Fhd = "1920x1080",
        /// `1080x1920`: Full HD, portrait.
        FhdPortrait = "1080x1920",
    }
}

open_enum! {
    /// Which streams an archive or broadcast takes in.
    pub enum StreamMode: str {
        /// `auto`: All streams, by priority.
        Auto = "auto",
        /// `manual`: The streams that are added by hand.
        Manual = "manual",
    }
}
