//! The contract, read and found consistent: what every output is made from.

mod check;
mod condition;
mod fits;
mod model;
mod problem;
mod raw;
mod read_condition;
mod read_enum;
mod read_field;
mod reasons;
mod resolve;
mod route;
mod shapes;
mod shown;
#[cfg(test)]
mod tests;

use std::{fs, path::Path};

pub use self::{
    condition::{Condition, Literal},
    model::*,
    problem::Problem,
    shown::shown as is_shown,
};

impl Contract {
    /// Reads all files of a folder.
    pub fn read(folder: &Path) -> Result<Self, Vec<Problem>> {
        let io = |error: std::io::Error| {
            vec![Problem::new(
                &folder.display().to_string(),
                "",
                error.to_string(),
            )]
        };
        let mut files = Vec::new();
        for entry in fs::read_dir(folder).map_err(io)? {
            let path = entry.map_err(io)?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "toml")
            {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                files.push((
                    format!("api/{name}"),
                    fs::read_to_string(&path).map_err(io)?,
                ));
            }
        }
        files.sort();
        Self::parse(&files)
    }

    /// Reads files given as names and texts.
    pub fn parse(files: &[(String, String)]) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut raw = Vec::new();
        for (name, text) in files {
            match raw::parse(name, text) {
                Ok(file) => raw.push((name.clone(), file)),
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let contract = resolve::resolve(raw, &mut problems);
        check::check(&contract, &mut problems);
        reasons::check(&contract, &mut problems);
        shown::check(&contract, &mut problems);
        if problems.is_empty() {
            Ok(contract)
        } else {
            Err(problems)
        }
    }
}
