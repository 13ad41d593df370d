//! The program in an archive, with its manual, completions, licences and list of components; and
//! the checksums of everything in `dist`.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    process::Command,
};

use flate2::{Compression, GzBuilder};

use super::{
    context::{Release, TARGET},
    emulator::Emulator,
};
use crate::{
    failure::Failure,
    files,
    run::{read, run},
};

const SHELLS: &[&str] = &["bash", "elvish", "fish", "powershell", "zsh"];
const SUMS: &str = "SHA256SUMS";
/// Some of what the archive must hold, besides the completions.
const NEEDED: &[&str] = &[
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "completions/vonage-video.bash",
    "components.cdx.json",
    "man/vonage-video.1",
    "man/vonage-video-emulator.1",
];

/// Writes `vonage-video-VERSION-TARGET.tar.gz`, unpacks it, and starts what is in it.
pub(super) fn build(release: &Release) -> Result<(), Failure> {
    let name = format!("vonage-video-{}-{}", release.version, TARGET);
    let stage = release.home.join("archive").join(&name);
    files::remove(&stage)?;
    fs::create_dir_all(stage.join("completions"))?;
    let program = release.program();
    fs::copy(&program, stage.join("vonage-video"))?;
    for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(release.clone().join(file), stage.join(file))?;
    }
    fs::copy(
        release.clone().join("crates/vonage-video-cli/README.md"),
        stage.join("README.md"),
    )?;
    for shell in SHELLS {
        let script = read(Command::new(&program).args(["completions", shell]))?;
        fs::write(
            stage
                .join("completions")
                .join(format!("vonage-video.{shell}")),
            script,
        )?;
    }
    run(Command::new(&program).arg("man").arg(stage.join("man")))?;
    fs::copy(release.components(), stage.join("components.cdx.json"))?;

    let archive = release.dist()?.join(format!("{name}.tar.gz"));
    let file = GzBuilder::new().write(File::create(&archive)?, Compression::best());
    let mut tar = tar::Builder::new(file);
    add(&mut tar, &stage, &name)?;
    tar.into_inner()?.finish()?.flush()?;

    let fresh = release.home.join("archive/fresh");
    files::empty(&fresh)?;
    read(
        Command::new("tar")
            .arg("xzf")
            .arg(&archive)
            .arg("-C")
            .arg(&fresh),
    )?;
    let fresh = fresh.join(&name);
    for needed in NEEDED {
        if fs::metadata(fresh.join(needed)).map_or(0, |file| file.len()) == 0 {
            return Err(format!("the archive has no {needed}").into());
        }
    }
    drop(Emulator::start(&fresh.join("vonage-video"))?);
    Ok(())
}

/// Adds a folder in the order of its names, owned by root and without a time, so that the same
/// files make the same archive.
fn add(tar: &mut tar::Builder<impl Write>, folder: &Path, name: &str) -> Result<(), Failure> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            add(tar, &path, &name)?;
        } else {
            let bytes = fs::read(&path)?;
            let mode = if path.ends_with("vonage-video") {
                0o755
            } else {
                0o644
            };
            append(tar, &name, mode, &bytes)?;
        }
    }
    Ok(())
}

/// Adds one file.
pub(super) fn append(
    tar: &mut tar::Builder<impl Write>,
    name: &str,
    mode: u32,
    bytes: &[u8],
) -> Result<(), Failure> {
    let mut header = tar::Header::new_ustar();
    header.set_mode(mode);
    header.set_size(u64::try_from(bytes.len())?);
    header.set_mtime(0);
    Ok(tar.append_data(&mut header, name, bytes)?)
}

/// Writes the SHA-256 of each file in `dist`.
pub(super) fn checksums(release: &Release) -> Result<(), Failure> {
    let dist = release.dist()?;
    let mut names: Vec<String> = fs::read_dir(&dist)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_, Failure>>()?;
    names.retain(|name| name != SUMS);
    names.sort();
    let mut sums = String::new();
    for name in names {
        let digest = sha256(&fs::read(dist.join(&name))?);
        sums += &format!("{digest}  {name}\n");
    }
    Ok(fs::write(dist.join(SUMS), sums)?)
}

/// The SHA-256, in hex.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    digest
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
