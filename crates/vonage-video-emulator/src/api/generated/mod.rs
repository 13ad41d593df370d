// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

pub(crate) mod dispatch;
