//! A stateful local Vonage Video API, to develop and test against without an account.

mod handler;
