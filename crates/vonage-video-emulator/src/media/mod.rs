//! Pure functions from plain inputs to files and pictures.

mod aac;
mod canvas;
mod colour;
pub(crate) mod film;
mod frames;
mod h264;
pub(crate) mod hls;
pub(crate) mod layout;
mod matroska;
mod mp4;
pub(crate) mod recording;
