pub(crate) mod enums {}
pub(crate) mod models {}
pub(crate) mod operations {}
pub(crate) const HARMLESS: &[&str] = &[];
/// All.
pub const ROUTES: &[&crate::Meta] = &[];
