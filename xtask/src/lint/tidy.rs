//! What a compiler does not see: the length of files, unfinished places, and that we name nobody's
//! machine.

use crate::failure::Failure;

const LONGEST_HAND_WRITTEN: usize = 400;
const LONGEST_GENERATED: usize = 600;

pub(super) fn check() -> Result<(), Failure> {
    super::sources::in_each(complaints)
}

fn complaints(file: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let generated = file.contains("/generated/");
    let longest = if generated {
        LONGEST_GENERATED
    } else {
        LONGEST_HAND_WRITTEN
    };
    let lines = text.lines().count();
    if lines > longest {
        complaints.push(format!(
            "{file}: {lines} lines, more than {longest}: does it do one job?"
        ));
    }
    if generated != text.starts_with("// @generated") {
        complaints.push(format!("{file}: generated files, and only they, begin with `// @generated` and lie in a folder `generated`"));
    }
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        // Written in two parts, so that this file passes its own check.
        if [
            "TO".to_owned() + "DO",
            "FIX".to_owned() + "ME",
            "XX".to_owned() + "X",
        ]
        .iter()
        .any(|mark| line.contains(mark.as_str()))
        {
            complaints.push(format!("{file}:{number}: an unfinished place"));
        }
        let attribute = text
            .lines()
            .skip(number - 1)
            .take_while(|line| !line.trim_end().ends_with(']'))
            .chain([line]);
        if line.trim_start().starts_with("#[allow(")
            && !attribute.into_iter().any(|line| line.contains("reason"))
        {
            complaints.push(format!("{file}:{number}: `allow` without a reason"));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_unfinished_files_are_named() {
        let text = "//! A file.\n".to_owned() + &"\n".repeat(LONGEST_HAND_WRITTEN) + "// TO" + "DO";
        let complaints = complaints("src/a.rs", &text);
        assert_eq!(complaints.len(), 2, "{complaints:?}");
        assert!(complaints[0].contains("402 lines"), "{complaints:?}");
    }

    #[test]
    fn generated_files_say_so() {
        assert_eq!(
            complaints("src/generated/a.rs", "// @generated from api/a.toml\n"),
            Vec::<String>::new()
        );
        assert_eq!(complaints("src/generated/a.rs", "fn a() {}\n").len(), 1);
        assert_eq!(complaints("src/a.rs", "// @generated\n").len(), 1);
    }
}
