//! The base URL of each environment.

use crate::codegen::{contract::Environment, json::Json};

pub(super) fn server(environment: Environment) -> Json {
    let (url, description) = match environment {
        Environment::Vonage => (
            "https://video.api.vonage.com",
            "Vonage: an application id and its private key",
        ),
        Environment::OpenTok => (
            "https://api.opentok.com",
            "OpenTok: an API key and its secret",
        ),
    };
    Json::object([("url", url.into()), ("description", description.into())])
}
