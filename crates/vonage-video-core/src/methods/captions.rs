//! Captions: the next operation.

use crate::{models::Captions, operations::StopCaptions};

impl Captions {
    /// Returns the operation that stops these captions.
    pub fn stop(&self) -> StopCaptions {
        StopCaptions::new(&self.id)
    }
}
