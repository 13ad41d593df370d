//! The names of the environment variables that this project reads.

/// A Vonage application's id.
pub const VONAGE_APPLICATION_ID: &str = "VONAGE_APPLICATION_ID";
/// The text of the application's private key.
pub const VONAGE_PRIVATE_KEY: &str = "VONAGE_PRIVATE_KEY";
/// The file that holds the application's private key.
pub const VONAGE_PRIVATE_KEY_PATH: &str = "VONAGE_PRIVATE_KEY_PATH";
/// An OpenTok project's API key.
pub const OPENTOK_API_KEY: &str = "OPENTOK_API_KEY";
/// An OpenTok project's API secret.
pub const OPENTOK_API_SECRET: &str = "OPENTOK_API_SECRET";
/// The base URL of the API, where it is not the service's own. Read by `vonage-video-http`.
pub const VONAGE_VIDEO_BASE_URL: &str = "VONAGE_VIDEO_BASE_URL";
