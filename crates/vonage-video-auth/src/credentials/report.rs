//! What was found in each environment variable, without any of the values.

use std::fmt;

/// The state of one environment variable.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VariableState {
    /// The variable is not set.
    Missing,
    /// Set to nothing, or to white space.
    Empty,
    /// Set, and nothing wrong was found.
    Present,
    /// Set to something that cannot be right, for this reason.
    Wrong(String),
}

/// Every variable that was looked up, in the order of precedence, with its state. Holds no values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableReport(Vec<(&'static str, VariableState)>);

impl VariableReport {
    /// Names and states, in the order of precedence.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &VariableState)> {
        self.0.iter().map(|(name, state)| (*name, state))
    }

    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn add(&mut self, name: &'static str, state: VariableState) {
        self.0.push((name, state));
    }

    pub(super) fn mark_wrong(&mut self, name: &str, reason: &str) {
        for (known, state) in &mut self.0 {
            if *known == name {
                *state = VariableState::Wrong(reason.to_owned());
            }
        }
    }

    fn is_wrong(&self) -> bool {
        self.0
            .iter()
            .any(|(_, state)| matches!(state, VariableState::Wrong(_)))
    }
}

impl fmt::Display for VariableReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_wrong() {
            "the credentials in the environment cannot be used:"
        } else {
            "no complete credentials in the environment: set VONAGE_APPLICATION_ID with VONAGE_PRIVATE_KEY or \
             VONAGE_PRIVATE_KEY_PATH, or OPENTOK_API_KEY with OPENTOK_API_SECRET;"
        })?;
        for (index, (name, state)) in self.0.iter().enumerate() {
            f.write_str(if index == 0 { " " } else { ", " })?;
            match state {
                VariableState::Missing => write!(f, "{name} is missing")?,
                VariableState::Empty => write!(f, "{name} is empty")?,
                VariableState::Present => write!(f, "{name} is set")?,
                VariableState::Wrong(reason) => write!(f, "{name} is wrong ({reason})")?,
            }
        }
        Ok(())
    }
}
