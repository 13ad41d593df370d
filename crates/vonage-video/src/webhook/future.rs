//! The futures of the traits of this module.

use std::{future::Future, pin::Pin};

/// What the methods of [`Inbox`](super::Inbox) and the other traits for stores return:
/// `Box::pin(async move { … })`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
