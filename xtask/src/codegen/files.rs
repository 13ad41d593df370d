//! What is generated against what is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs, io,
    path::Path,
};

/// A file that is not as it should be.
pub struct Difference {
    /// From the root.
    pub path: String,
    /// `None` when the file should not be there.
    wanted: Option<String>,
    /// `None` when there is no such file.
    found: Option<String>,
}

/// Compares files with what they should hold; in the `generated/` folders there must be no others.
pub fn differences(root: &Path, wanted: BTreeMap<String, String>) -> io::Result<Vec<Difference>> {
    let mut paths: BTreeSet<String> = wanted.keys().cloned().collect();
    for path in wanted.keys() {
        if let Some((before, _)) = path.split_once("/generated/") {
            collect(root, &format!("{before}/generated"), &mut paths)?;
        }
    }
    let mut differences = Vec::new();
    for path in paths {
        let found = match fs::read_to_string(root.join(&path)) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let wanted = wanted.get(&path).cloned();
        if wanted != found {
            differences.push(Difference {
                path,
                wanted,
                found,
            });
        }
    }
    Ok(differences)
}

fn collect(root: &Path, folder: &str, paths: &mut BTreeSet<String>) -> io::Result<()> {
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(root, &path, paths)?;
        } else {
            paths.insert(path);
        }
    }
    Ok(())
}

impl Difference {
    /// Makes the file what it should be.
    pub fn resolve(&self, root: &Path) -> io::Result<()> {
        let path = root.join(&self.path);
        let Some(wanted) = &self.wanted else {
            fs::remove_file(&path)?;
            // A folder that became empty goes too; one that did not stays.
            let _ = path.parent().map(fs::remove_dir);
            return Ok(());
        };
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, wanted)
    }
}

/// The lines that a difference is shown with.
const SHOWN: usize = 5;

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Some(wanted), Some(found)) = (&self.wanted, &self.found) else {
            let reason = if self.wanted.is_some() {
                "is missing"
            } else {
                "should not be there"
            };
            return writeln!(f, "{} {reason}", self.path);
        };
        let wanted: Vec<&str> = wanted.lines().collect();
        let found: Vec<&str> = found.lines().collect();
        let same = wanted
            .iter()
            .zip(&found)
            .take_while(|(a, b)| a == b)
            .count();
        let rest = wanted.len().min(found.len()) - same;
        let same_at_end = wanted
            .iter()
            .rev()
            .zip(found.iter().rev())
            .take(rest)
            .take_while(|(a, b)| a == b)
            .count();
        writeln!(f, "{} differs from line {}", self.path, same + 1)?;
        for (sign, lines) in [('-', &found), ('+', &wanted)] {
            let lines = &lines[same..lines.len() - same_at_end];
            for line in lines.iter().take(SHOWN) {
                writeln!(f, "  {sign} {line}")?;
            }
            if lines.len() > SHOWN {
                writeln!(f, "  {sign} … {} lines more", lines.len() - SHOWN)?;
            }
        }
        Ok(())
    }
}
