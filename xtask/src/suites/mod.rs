//! `cargo xtask suites`: the test suites that `docs/testing` shows, in other languages, against the
//! emulator.

mod languages;
mod page;

use std::{
    fs,
    path::{Path, PathBuf},
};

pub(crate) use languages::Source;

use crate::{
    failure::Failure,
    run::{cargo, command, read, root, run},
    tools::skip,
};

/// A language whose page shows a suite.
pub(crate) struct Suite {
    /// The name of its page.
    pub(crate) name: &'static str,
    /// The program that it runs by; not every machine has it.
    needs: &'static str,
    run: fn(&Path, &Source<'_>) -> Result<(), Failure>,
}

pub(crate) const PYTHON: Suite = suite("python", "python3", languages::python);
pub(crate) const NODE: Suite = suite("node", "npm", languages::node);
const JAVA: Suite = suite("java", "mvn", languages::java);
const RUBY: Suite = suite("ruby", "rspec", languages::ruby);

/// All of them.
pub(crate) const SUITES: &[Suite] = &[PYTHON, NODE, JAVA, RUBY];

const fn suite(
    name: &'static str,
    needs: &'static str,
    run: fn(&Path, &Source<'_>) -> Result<(), Failure>,
) -> Suite {
    Suite { name, needs, run }
}

/// Builds the program and runs the suites named, or all.
pub(crate) fn suites(names: &[String]) -> Result<(), Failure> {
    if let Some(unknown) = names
        .iter()
        .find(|name| !SUITES.iter().any(|suite| suite.name == **name))
    {
        let known: Vec<_> = SUITES.iter().map(|suite| suite.name).collect();
        let known = known.join(", ");
        return Err(format!("there is no suite `{unknown}`; there are: {known}").into());
    }
    run(&mut cargo(&[
        "build",
        "--quiet",
        "--package",
        "vonage-video-cli",
    ]))?;
    let program = root().join("target/debug/vonage-video");
    for suite in SUITES {
        if !names.is_empty() && !names.iter().any(|name| name == suite.name) {
            continue;
        }
        match suite.missing() {
            Some(why) => skip(&why)?,
            None => suite.run(&suite.home(), &Source::Checkout(&program))?,
        }
    }
    Ok(())
}

impl Suite {
    /// Why it cannot run on this machine, if so.
    pub(crate) fn missing(&self) -> Option<String> {
        let found = read(&mut command(self.needs, &["--version"])).is_ok();
        (!found).then(|| format!("the suite in {} needs `{}`", self.name, self.needs))
    }

    /// Where it is, unless set otherwise.
    pub(crate) fn home(&self) -> PathBuf {
        root().join("target/suites").join(self.name)
    }

    /// Writes the page's files below a folder, installs what they need, and runs them.
    pub(crate) fn run(&self, home: &Path, source: &Source<'_>) -> Result<(), Failure> {
        let page = root().join(format!("docs/testing/{}.md", self.name));
        let files = page::files(&fs::read_to_string(page)?);
        for (file, text) in files {
            let path = home.join(file);
            fs::create_dir_all(path.parent().unwrap_or(home))?;
            fs::write(path, text)?;
        }
        (self.run)(home, source)
    }
}
