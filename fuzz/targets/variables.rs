//! Variables of the environment: any text becomes credentials or an error of one line, which does
//! not quote a secret.
//!
//! One `NAME=value` a line; a value may hold `\n` for its line ends.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vonage_video_auth::Credentials;
use vonage_video_fuzz::assert_one_line;

/// The variables whose values are secret.
const SECRET: [&str; 2] = ["VONAGE_PRIVATE_KEY", "OPENTOK_API_SECRET"];

fuzz_target!(|text: &str| {
    let value = |name: &str| {
        // A file that an input names is not to be read.
        let line = text.lines().filter(|_| !name.ends_with("_PATH"));
        let mut values = line.filter_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        values.next().map(|value| value.replace("\\n", "\n"))
    };
    let Err(error) = Credentials::from_vars(value) else {
        return;
    };
    let error = error.to_string();
    assert_one_line(&error);
    for secret in SECRET.into_iter().filter_map(value) {
        let random = |text: &str| {
            text.bytes().any(|byte| byte.is_ascii_digit())
                && text.bytes().any(|byte| byte.is_ascii_lowercase())
        };
        for word in secret.split_whitespace().filter(|word| word.len() >= 24) {
            assert!(!random(word) || !error.contains(word), "{error}");
        }
    }
});
