//! Live streams over HTTP (RFC 8216; low latency as its successor draft, rfc8216bis, has it).

mod piece;
mod playlist;
mod times;

pub(crate) use self::{
    piece::{Piece, PieceInput, bytes},
    playlist::{Live, Position, playlist},
    times::SEGMENT,
};
