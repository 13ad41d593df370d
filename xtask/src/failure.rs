//! What a task returns when it fails.

use std::error::Error;

/// Why a task failed.
pub(crate) type Failure = Box<dyn Error>;
