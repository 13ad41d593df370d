// @generated from api/streams.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// What a stream's video shows.
    pub enum VideoType: str {
        /// `camera`: The picture of a camera.
        Camera = "camera",
        /// `screen`: A screen that is shared.
        Screen = "screen",
        /// `custom`: Frames that the publisher makes itself.
        Custom = "custom",
    }
}
