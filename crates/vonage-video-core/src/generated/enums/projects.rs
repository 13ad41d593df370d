// @generated from api/projects.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// Whether a project may be used.
    pub enum ProjectStatus: str {
        /// `ACTIVE`: The project can be used.
        Active = "ACTIVE",
        /// `SUSPENDED`: The project cannot be used; its requests are refused.
        Suspended = "SUSPENDED",
        /// `VALID`: The project can be used; another spelling of `ACTIVE`.
        Valid = "VALID",
    }
}

impl Default for ProjectStatus {
    fn default() -> Self {
        Self::from("")
    }
}

open_enum! {
    /// The environment a project runs in.
    pub enum ProjectEnvironment: str {
        /// `standard`: The one that gets changes first.
        Standard = "standard",
        /// `enterprise`: The one that gets changes later, with more support.
        Enterprise = "enterprise",
    }
}
