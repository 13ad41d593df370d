//! How an error is shown.

use std::fmt;

use super::{
    Error,
    kind::{ErrorKind, Phase},
};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        if let Some(operation) = inner.operation {
            write!(f, "{operation}: ")?;
        }
        match &inner.kind {
            ErrorKind::Invalid(invalid) => write!(f, "{invalid}")?,
            // Without an operation there was no request, but credentials or a client's token.
            ErrorKind::Credentials if inner.operation.is_none() => f.write_str("cannot sign")?,
            ErrorKind::Credentials => f.write_str("cannot sign the request")?,
            ErrorKind::Connect => write!(f, "cannot connect to {}", inner.detail)?,
            ErrorKind::Timeout(Phase::Connect) => {
                write!(f, "no connection within {}", inner.detail)?
            }
            ErrorKind::Timeout(Phase::Attempt) => write!(f, "no response within {}", inner.detail)?,
            ErrorKind::Timeout(Phase::Total) => {
                write!(f, "not done within {} in all", inner.detail)?
            }
            ErrorKind::Transport => write!(f, "the connection broke while {}", inner.detail)?,
            ErrorKind::Api(error) => write!(f, "{error}")?,
            ErrorKind::Decode(error) => {
                f.write_str("the response ")?;
                if let Some(status) = inner.status {
                    write!(f, "({status}) ")?;
                }
                write!(f, "cannot be read: {error}")?;
            }
        }
        if inner.attempts > 1 {
            write!(f, " (after {} attempts)", inner.attempts)?;
        }
        if inner.out_of_budget {
            f.write_str(" (not retried: the client has spent its budget for retries)")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        let mut out = f.debug_struct("Error");
        out.field("kind", &inner.kind)
            .field("sent", &inner.sent)
            .field("operation", &inner.operation)
            .field("attempts", &inner.attempts)
            .field("elapsed", &inner.elapsed);
        if !inner.detail.is_empty() {
            out.field("detail", &inner.detail);
        }
        if let Some(status) = inner.status {
            out.field("status", &status.as_u16());
        }
        if !inner.body.is_empty() {
            out.field("body", &format_args!("{} bytes", inner.body.len()));
        }
        if let Some(source) = &inner.source {
            out.field("source", source);
        }
        out.finish()
    }
}
