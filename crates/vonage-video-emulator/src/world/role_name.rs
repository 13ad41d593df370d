//! Roles in files, by their names on the wire.

use serde::{Deserialize, Deserializer, Serializer};
use vonage_video_auth::Role;

pub(super) fn serialize<S: Serializer>(role: &Role, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(role.as_str())
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Role, D::Error> {
    Ok(Role::from_wire(&String::deserialize(deserializer)?))
}
