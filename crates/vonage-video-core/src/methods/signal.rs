//! Signals that carry JSON.

use serde::Serialize;

use crate::{
    generated::ids::{ConnectionId, SessionId},
    operations::{SignalConnection, SignalSession},
};

impl SignalSession {
    /// Creates a signal that carries a value as JSON.
    ///
    /// # Errors
    ///
    /// The value has no JSON form, such as a map whose keys are not text.
    ///
    /// ```
    /// use vonage_video_core::operations::SignalSession;
    /// let signal = SignalSession::json("1_MX4xMjM0NTZ-fn4", &["hello", "world"])?.kind("chat");
    /// assert_eq!(signal.data, r#"["hello","world"]"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn json<T: Serialize + ?Sized>(
        session: impl Into<SessionId>,
        value: &T,
    ) -> Result<Self, serde_json::Error> {
        Ok(Self::new(session, serde_json::to_string(value)?))
    }
}

impl SignalConnection {
    /// Creates a signal that carries a value as JSON.
    ///
    /// # Errors
    ///
    /// The value has no JSON form, such as a map whose keys are not text.
    pub fn json<T: Serialize + ?Sized>(
        session: impl Into<SessionId>,
        connection: impl Into<ConnectionId>,
        value: &T,
    ) -> Result<Self, serde_json::Error> {
        Ok(Self::new(
            session,
            connection,
            serde_json::to_string(value)?,
        ))
    }
}
