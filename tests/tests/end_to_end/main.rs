//! Everything end to end that needs no process of its own.

mod async_signer;
mod blocking;
mod empty_lists;
mod emulator_readme;
mod every_operation;
mod generated {
    mod examples;
}
mod hostile;
mod interop;
mod newer_servers;
mod quickstart;
mod redaction;
mod round_trip;
mod stage;
mod webhooks;
mod wire;
