//! A process from its start to its first answer.

use crate::contenders::Contender;

/// Asks once, and says that there was an answer. The argument is the server's base URL.
pub fn first_answer<C: Contender>(make: impl FnOnce(&str) -> C) {
    let base = std::env::args().nth(1).expect("the base URL");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let size = runtime.block_on(async { make(&base).one().await });
    println!("{size}");
}
