//! What is wrong with a contract: the file, the key, and why.

use std::fmt;

#[derive(Debug, PartialEq)]
pub struct Problem {
    pub file: String,
    /// Such as `op.start_archive.input.layout.only_if`; empty for the whole file.
    pub key: String,
    pub reason: String,
}

impl Problem {
    pub fn new(file: &str, key: &str, reason: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            key: key.to_owned(),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.reason)
    }
}

/// Where problems are reported.
pub struct Report<'a> {
    pub file: &'a str,
    pub problems: &'a mut Vec<Problem>,
}

impl Report<'_> {
    pub fn add(&mut self, key: &str, reason: impl Into<String>) {
        self.problems.push(Problem::new(self.file, key, reason));
    }
}

/// The name that was probably meant, if one is near enough to be taken for a slip.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = known
        .map(|candidate| (distance(name, candidate), candidate))
        .min()?;
    (near.0 <= 1 + name.len() / 4).then_some(near.1)
}

/// "no such model `X`; did you mean `Y`?"
pub fn no_such<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    match nearest(name, known) {
        Some(near) => format!("no such {what} `{name}`; did you mean `{near}`?"),
        None => format!("no such {what} `{name}`"),
    }
}

/// How many characters must be put in, taken out or replaced (Levenshtein), whatever their case.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.to_lowercase().chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
