//! Topics of help that belong to no single command.

use clap::Command;

use crate::{failure::Failure, output::print, send::nearest};

/// The topics, by their names.
const TOPICS: &[(&str, &str)] = &[
    ("environment", ENVIRONMENT),
    ("output", OUTPUT),
    ("exit-codes", EXIT_CODES),
    ("profiles", PROFILES),
];

/// Prints a topic, or the help of the command that the words lead to.
pub(crate) fn show(words: &[String], mut program: Command) -> Result<(), Failure> {
    if let [word] = words
        && let Some((_, text)) = TOPICS.iter().find(|(topic, _)| topic == word)
    {
        return print(text);
    }
    program.build();
    let mut command = &mut program;
    for word in words {
        let subcommands = command.get_subcommands().map(|it| it.get_name().to_owned());
        let known: Vec<String> = subcommands.collect();
        let Some(found) = command.find_subcommand_mut(word) else {
            let topics = TOPICS.iter().map(|(topic, _)| *topic);
            let known = known.iter().map(String::as_str).chain(topics);
            let hint = nearest(word, known).map(|name| format!("; did you mean `{name}`?"));
            return Err(Failure::usage(format!(
                "there is no command or topic `{word}`{}",
                hint.unwrap_or_default()
            )));
        };
        command = found;
    }
    command.print_long_help().map_err(|_| Failure::ClosedPipe)
}

const ENVIRONMENT: &str = "\
VONAGE_APPLICATION_ID     a Vonage application's id
VONAGE_PRIVATE_KEY_PATH   the file of its private key
VONAGE_PRIVATE_KEY        the key itself, as PEM text
OPENTOK_API_KEY           an OpenTok project's key
OPENTOK_API_SECRET        its secret
VONAGE_VIDEO_BASE_URL     where the API is, for credentials from the environment
VONAGE_VIDEO_PROFILE      a profile by its name
VONAGE_VIDEO_CONFIG       the file of profiles
VONAGE_VIDEO_EMULATOR_URL the emulator that -e and emulator commands mean
XDG_STATE_HOME            where received webhooks are kept
HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY
                          proxies, and what does without
NO_COLOR, CLICOLOR, CLICOLOR_FORCE
                          colour";

const OUTPUT: &str = "\
Results go to standard output, everything else to standard error.
At a terminal lists are aligned columns, cut to its width, with sizes, durations
and ages. In a pipe they are separated by tabs, without a header and uncut, with
bytes, seconds and RFC 3339 times.
  --json          the API's own objects
  --ids           identifiers, one a line
  --fields A,B    these members only; a.b is a member of a member
  --quiet         nothing on standard error but errors
Commands that make something print its id. Characters that act on a terminal are
escaped, as in \\u{1b}.";

const EXIT_CODES: &str = "\
0    done; also when the reader of the pipe has left
1    refused for another reason, a check found faults, or a file cannot be read
2    the command line or the input is wrong
3    there is no such thing (404)
4    credentials are missing or refused (401, 403)
5    wrong state (405, 409)
6    too many requests (429)
7    the server failed or was not reached, and repeating the command is safe
8    sent, outcome unknown: look before you repeat it
9    a wait ended without what was waited for
125  emulator -- COMMAND: the emulator did not start
126  emulator -- COMMAND: the command cannot be run
127  emulator -- COMMAND: the command is not there
     otherwise emulator -- COMMAND has the command's own code";

const PROFILES: &str = "\
Credentials are taken from the first of these that has any, and never put
together from two:
  1. flags: --application-id and --private-key-file, or --api-key and its secret
  2. --emulator, or --profile NAME
  3. VONAGE_VIDEO_PROFILE
  4. VONAGE_* or OPENTOK_* variables
  5. the profile that the nearest .vonage-video.toml names: profile = \"NAME\"
  6. the default profile
A profile holds paths and commands, never a key or a secret:
  vonage-video profiles add staging --application-id ID --private-key-file FILE
  vonage-video profiles add old --api-key KEY --secret-command 'pass show old'
The profile `emulator` is the running emulator. `profiles show` says what would
be used, and from where.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_fit_into_80_columns() {
        for (topic, text) in TOPICS {
            assert!(
                text.lines().all(|line| line.chars().count() <= 80),
                "{topic}"
            );
        }
    }
}
