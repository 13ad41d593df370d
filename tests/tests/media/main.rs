//! What the emulator records and broadcasts, read by programs that know nothing of it: FFmpeg, a
//! browser, and a player of HLS.

mod archives;
mod broadcasts;
mod individual;
mod players;
mod stage;
mod stylesheets;
