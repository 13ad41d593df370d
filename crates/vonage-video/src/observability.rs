//! What the client and the router of webhooks record: traces and metrics. This module has no items.
#![doc = include_str!("../docs/observability.md")]
