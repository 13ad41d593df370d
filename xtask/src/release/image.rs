//! A container image of the program, written without a container engine: the same program makes the
//! same image, byte for byte.

use std::{collections::BTreeMap, env, fs, io::Write, path::Path, process::Command};

use flate2::{Compression, GzBuilder, read::GzDecoder};
use serde_json::{Value, json};

use super::{
    archive::{append, sha256},
    binary::build_static,
    context::Release,
    emulator::Emulator,
};
use crate::{failure::Failure, files, run::read};

/// The port that the image's emulator listens at.
const PORT: u16 = 8843;
/// A user without rights, by number, since the image has no list of users.
const USER: &str = "65532:65532";
/// Images have a time of creation; one that moves would change the image.
const CREATED: &str = "1970-01-01T00:00:00Z";

/// Writes `vonage-video-VERSION-image.tar`, an OCI layout that engines load.
pub(super) fn build(release: &Release) -> Result<(), Failure> {
    let licences = release.clone();
    let program = fs::read(build_static(release)?)?;
    let image = image(&program, &licences, &release.version)?;
    let file = release
        .dist()?
        .join(format!("vonage-video-{}-image.tar", release.version));
    fs::write(&file, image)?;
    start(&file, &release.home.join("image"))
}

/// Unpacks the image as an engine does, and starts what it starts, as the user that it names and
/// with nothing else in sight.
fn start(image: &Path, folder: &Path) -> Result<(), Failure> {
    files::empty(folder)?;
    let (layout, root) = (folder.join("layout"), folder.join("root"));
    tar::Archive::new(fs::File::open(image)?).unpack(&layout)?;
    let blob = |digest: &Value| {
        let digest = digest.as_str().unwrap_or_default();
        fs::read(layout.join("blobs").join(digest.replace(':', "/")))
    };
    let index: Value = serde_json::from_slice(&fs::read(layout.join("index.json"))?)?;
    let manifest: Value = serde_json::from_slice(&blob(&index["manifests"][0]["digest"])?)?;
    let config: Value = serde_json::from_slice(&blob(&manifest["config"]["digest"])?)?;
    let layer = blob(&manifest["layers"][0]["digest"])?;
    tar::Archive::new(GzDecoder::new(layer.as_slice())).unpack(&root)?;

    if read(Command::new("id").arg("-u"))?.trim() != "0" {
        eprintln!("         the image is not started: only root may change the root folder");
        return Ok(());
    }
    let config = &config["config"];
    let mut command = Command::new("chroot");
    command.arg(format!(
        "--userspec={}",
        config["User"].as_str().unwrap_or_default()
    ));
    command.arg(&root).env_clear();
    // By which `chroot` itself is found.
    command.envs(env::var_os("PATH").map(|path| ("PATH", path)));
    let words = [&config["Entrypoint"], &config["Cmd"]];
    let words = words.into_iter().filter_map(Value::as_array).flatten();
    // The port may be taken on this machine.
    command.args(words.map(|word| {
        let word = word.as_str().unwrap_or_default();
        word.replace(&format!(":{PORT}"), ":0")
    }));
    drop(Emulator::start_with(command)?);
    Ok(())
}

fn image(program: &[u8], licences: &Path, version: &str) -> Result<Vec<u8>, Failure> {
    let layer = layer(program, licences)?;
    let mut packed = GzBuilder::new().write(Vec::new(), Compression::best());
    packed.write_all(&layer)?;

    let mut blobs = BTreeMap::new();
    let mut blob = |bytes: Vec<u8>, kind: &str| {
        let digest = sha256(&bytes);
        let (size, kind) = (bytes.len(), format!("application/vnd.oci.image.{kind}"));
        blobs.insert(digest.clone(), bytes);
        json!({"mediaType": kind, "digest": format!("sha256:{digest}"), "size": size})
    };
    let labels = json!({
        "org.opencontainers.image.title": "vonage-video",
        "org.opencontainers.image.version": version,
        "org.opencontainers.image.licenses": "MIT OR Apache-2.0",
    });
    let config = blob(
        config(&layer, &labels).to_string().into_bytes(),
        "config.v1+json",
    );
    let layer = blob(packed.finish()?, "layer.v1.tar+gzip");
    let manifest = json!({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": config, "layers": [layer], "annotations": labels,
    });
    let mut manifest = blob(manifest.to_string().into_bytes(), "manifest.v1+json");
    manifest["platform"] = json!({"architecture": "amd64", "os": "linux"});
    manifest["annotations"] = json!({"org.opencontainers.image.ref.name": version});
    let index = json!({"schemaVersion": 2, "manifests": [manifest]});

    let mut tar = tar::Builder::new(Vec::new());
    append(
        &mut tar,
        "oci-layout",
        0o644,
        br#"{"imageLayoutVersion":"1.0.0"}"#,
    )?;
    append(&mut tar, "index.json", 0o644, index.to_string().as_bytes())?;
    for (digest, bytes) in &blobs {
        append(&mut tar, &format!("blobs/sha256/{digest}"), 0o644, bytes)?;
    }
    Ok(tar.into_inner()?)
}

fn config(layer: &[u8], labels: &Value) -> Value {
    json!({
        "architecture": "amd64", "os": "linux", "created": CREATED,
        "config": {
            "User": USER, "WorkingDir": "/", "StopSignal": "SIGTERM", "Labels": labels,
            "ExposedPorts": {format!("{PORT}/tcp"): {}},
            "Entrypoint": ["/vonage-video"],
            "Cmd": ["emulator", "--listen", format!("0.0.0.0:{PORT}"), "--allow-remote"],
        },
        "rootfs": {"type": "layers", "diff_ids": [format!("sha256:{}", sha256(layer))]},
        "history": [{"created": CREATED, "created_by": "cargo xtask release"}],
    })
}

/// The files of the image: the program, the licences, and a folder for files of a run.
fn layer(program: &[u8], licences: &Path) -> Result<Vec<u8>, Failure> {
    let mut tar = tar::Builder::new(Vec::new());
    append(&mut tar, "vonage-video", 0o755, program)?;
    for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
        append(
            &mut tar,
            &format!("licenses/{file}"),
            0o644,
            &fs::read(licences.join(file))?,
        )?;
    }
    let mut tmp = tar::Header::new_ustar();
    tmp.set_entry_type(tar::EntryType::Directory);
    tmp.set_mode(0o1777);
    tmp.set_size(0);
    tmp.set_mtime(0);
    tar.append_data(&mut tmp, "tmp/", std::io::empty())?;
    Ok(tar.into_inner()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_program_makes_the_same_image() {
        let root = crate::run::root();
        let first = image(b"program", &root, "1.2.3").unwrap();
        assert_eq!(first, image(b"program", &root, "1.2.3").unwrap());
        assert_ne!(first, image(b"another", &root, "1.2.3").unwrap());
    }

    #[test]
    fn every_part_is_named_by_its_digest() {
        let image = image(b"program", &crate::run::root(), "1.2.3").unwrap();
        let mut archive = tar::Archive::new(image.as_slice());
        let mut parts = 0;
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let path = entry.path().unwrap().to_string_lossy().into_owned();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
            if let Some(digest) = path.strip_prefix("blobs/sha256/") {
                assert_eq!(digest, sha256(&bytes));
                parts += 1;
            }
        }
        assert_eq!(parts, 3);
    }
}
