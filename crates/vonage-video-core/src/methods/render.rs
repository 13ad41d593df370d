//! Experience Composers: what to do next.

use crate::{
    models::Render,
    operations::{GetRender, StopRender},
};

impl Render {
    /// Reads it again.
    pub fn refresh(&self) -> GetRender {
        GetRender::new(&self.id)
    }

    /// Stops it.
    pub fn stop(&self) -> StopRender {
        StopRender::new(&self.id)
    }
}
