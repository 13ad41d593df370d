//! MP4 files: whole, and in fragments for streaming.

mod boxes;
mod movie;
mod track;

pub(crate) use self::movie::{Movie, file};
