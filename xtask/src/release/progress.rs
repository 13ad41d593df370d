//! Which steps are done, kept on disk, so that a release that was interrupted resumes.

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use crate::{failure::Failure, files};

const FILE: &str = "progress";

/// The steps that one commit's release has behind it.
pub(super) struct Progress {
    file: PathBuf,
    done: BTreeSet<String>,
}

impl Progress {
    /// Reads what is done for this commit and for this purpose. Another's release is started over.
    pub(super) fn open(home: &Path, commit: &str, purpose: &str) -> Result<Self, Failure> {
        let commit = format!("{commit} {purpose}");
        let file = home.join(FILE);
        let text = fs::read_to_string(&file).unwrap_or_default();
        let mut lines = text.lines();
        let done = if lines.next() == Some(&commit) {
            lines.map(str::to_owned).collect()
        } else {
            // Cargo takes a published version for unchangeable, so nothing that it made of another
            // commit's packages may stay.
            files::empty(home)?;
            fs::write(&file, format!("{commit}\n"))?;
            BTreeSet::new()
        };
        Ok(Self { file, done })
    }

    pub(super) fn is_done(&self, step: &str) -> bool {
        self.done.contains(step)
    }

    pub(super) fn done(&mut self, step: &str) -> Result<(), Failure> {
        let mut file = OpenOptions::new().append(true).open(&self.file)?;
        writeln!(file, "{step}")?;
        self.done.insert(step.to_owned());
        Ok(())
    }

    /// Forgets everything: the next release starts over.
    pub(super) fn close(self) -> Result<(), Failure> {
        Ok(fs::remove_file(self.file)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_resumes_for_the_same_commit_and_purpose_only() {
        let home = std::env::temp_dir().join(format!("release-progress-{}", std::process::id()));
        fs::create_dir_all(&home).unwrap();
        let mut progress = Progress::open(&home, "abc", "all").unwrap();
        progress.done("pack").unwrap();
        fs::create_dir_all(home.join("workspace")).unwrap();

        let is_done = |commit, purpose| {
            let progress = Progress::open(&home, commit, purpose).unwrap();
            progress.is_done("pack")
        };
        assert!(is_done("abc", "all"));
        assert!(home.join("workspace").exists());
        assert!(!is_done("def", "all"));
        assert!(!home.join("workspace").exists());
        Progress::open(&home, "def", "all")
            .unwrap()
            .done("pack")
            .unwrap();
        assert!(!is_done("def", "release"));
        files::remove(&home).unwrap();
    }
}
