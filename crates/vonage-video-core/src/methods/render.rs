//! Experience Composers: the next operations.

use crate::{
    models::Render,
    operations::{GetRender, StopRender},
};

impl Render {
    /// Returns the operation that reads the Experience Composer again.
    pub fn refresh(&self) -> GetRender {
        GetRender::new(&self.id)
    }

    /// Returns the operation that stops the Experience Composer.
    pub fn stop(&self) -> StopRender {
        StopRender::new(&self.id)
    }
}
