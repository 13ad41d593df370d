// @generated from api/broadcasts.toml by `cargo xtask codegen`; edit that file instead.

mod add_broadcast_stream;
mod get_broadcast;
mod list_broadcasts;
mod remove_broadcast_stream;
mod set_broadcast_layout;
mod start_broadcast;
mod stop_broadcast;

pub use add_broadcast_stream::AddBroadcastStream;
pub use get_broadcast::GetBroadcast;
pub use list_broadcasts::ListBroadcasts;
pub use remove_broadcast_stream::RemoveBroadcastStream;
pub use set_broadcast_layout::SetBroadcastLayout;
pub use start_broadcast::StartBroadcast;
pub use stop_broadcast::StopBroadcast;
