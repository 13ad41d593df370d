//! Who is in a session: a pure fold of its webhook events.

mod activity;
mod apply;
mod facts;
mod forget;
mod queries;
mod reconcile;
mod state;
mod timeline;
mod usage;
mod version;
mod view;

pub use activity::{Activity, ActivityKind};
pub use state::Presence;
pub use timeline::Peak;
pub use usage::Usage;
pub use view::{Participant, PublishedStream};
