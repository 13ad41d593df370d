//! MP4 files: whole, and in fragments for streaming.

mod boxes;
mod fragment;
mod movie;
mod track;

pub(crate) use self::{
    fragment::{Fragment, Tracks, fragment, start},
    movie::{Movie, file},
};
