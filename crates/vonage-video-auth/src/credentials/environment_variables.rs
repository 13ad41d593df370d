/// A value that is not Unicode counts as present and will be refused for its shape.
pub(super) fn get(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}
