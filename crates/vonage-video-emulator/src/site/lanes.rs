//! The order of deliveries: those to one URL wait for each other, and for no others.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// The lane of each URL: deliveries to one URL go one after the other, in order, and do not wait
/// for those to another.
#[derive(Debug, Default)]
pub(super) struct Lanes(Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<()>>>>);

impl Lanes {
    pub(super) fn of(&self, url: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lanes.retain(|_, lane| Arc::strong_count(lane) > 1);
        lanes.entry(url.to_owned()).or_default().clone()
    }

    /// The URLs to which something is being sent.
    pub(super) fn busy(&self) -> Vec<String> {
        let lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let busy = lanes.iter().filter(|(_, lane)| lane.try_lock().is_err());
        busy.map(|(url, _)| url.clone()).collect()
    }
}
