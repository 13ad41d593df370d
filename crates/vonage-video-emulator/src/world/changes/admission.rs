//! How client tokens are checked when a client joins.

use std::time::SystemTime;

use vonage_video_auth::{ClientTokenClaims, Role, VerifyError};
use vonage_video_core::SessionId;

use crate::world::{
    admission::{Admission, JoinError},
    clock::{to_millis, to_time},
    project::Project,
    state::World,
};

impl World {
    /// Checks a client token for a session, by the wall clock.
    pub(crate) fn admission_for_token(
        &self,
        session_id: &SessionId,
        token: &str,
        wall: SystemTime,
    ) -> Result<Admission, JoinError> {
        let session = self
            .sessions
            .get(session_id)
            .ok_or(JoinError::NoSuchSession)?;
        let project = self
            .projects
            .get(&session.project)
            .filter(|project| !project.suspended)
            .ok_or(JoinError::ProjectSuspended)?;
        let claims = self.verify(&project.project, token, wall)?;
        if *session_id != *claims.session_id {
            return Err(JoinError::OtherSession {
                session_id: claims.session_id,
            });
        }
        if let Role::Other(role) = claims.role {
            return Err(JoinError::UnknownRole(role));
        }
        Ok(Admission {
            role: claims.role,
            data: claims.connection_data.unwrap_or_default(),
            classes: claims.layout_classes,
        })
    }

    /// Verifies a token by the wall clock, and its age by virtual time: a leap in time makes the
    /// tokens older that were signed before it.
    fn verify(
        &self,
        project: &Project,
        token: &str,
        wall: SystemTime,
    ) -> Result<ClientTokenClaims, JoinError> {
        let claims = project
            .verifier()
            .verify_client_token(token, wall)
            .map_err(JoinError::Token)?;
        let (Some(issued), Some(expires)) = (claims.issued_at, claims.expires_at) else {
            return Ok(claims);
        };
        let ttl = expires.duration_since(issued).unwrap_or_default();
        let begin = self.clock.of_wall_second(to_millis(issued) / 1000);
        let end = to_time(begin)
            .checked_add(ttl)
            .unwrap_or(SystemTime::UNIX_EPOCH);
        match to_time(self.now).duration_since(end) {
            Ok(ago) => Err(JoinError::Token(VerifyError::Expired { ago })),
            Err(_) => Ok(claims),
        }
    }
}
