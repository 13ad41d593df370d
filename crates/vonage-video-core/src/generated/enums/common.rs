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
        /// `640x480`: SD, 640 by 480, landscape.
        Sd = "640x480",
        /// `480x640`: SD, 480 by 640, portrait.
        SdPortrait = "480x640",
        /// `1280x720`: HD, 1280 by 720, landscape.
        Hd = "1280x720",
        /// `720x1280`: HD, 720 by 1280, portrait.
        HdPortrait = "720x1280",
        /// `1920x1080`: Full HD, 1920 by 1080, landscape.
        Fhd = "1920x1080",
        /// `1080x1920`: Full HD, 1080 by 1920, portrait.
        FhdPortrait = "1080x1920",
    }
}

open_enum! {
    /// Which streams an archive or broadcast includes.
    pub enum StreamMode: str {
        /// `auto`: All streams, by priority.
        Auto = "auto",
        /// `manual`: The streams that are added by hand.
        Manual = "manual",
    }
}
