//! Lines of the registry's index: of the lockfile's crates, and of publications.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::shelf::Shelf;
use crate::{
    failure::Failure,
    run::{cargo, read},
};

/// Fills the shelf: the crates of the lockfile, their files out of cargo's own cache, then what was
/// published before.
pub(super) fn stock(shelf: &mut Shelf, clone: &Path) -> Result<(), Failure> {
    read(cargo(&["fetch", "--locked"]).current_dir(clone))?;
    let arguments = [
        "metadata",
        "--format-version=1",
        "--all-features",
        "--locked",
    ];
    let metadata: Value = serde_json::from_str(&read(cargo(&arguments).current_dir(clone))?)?;
    for package in metadata["packages"].as_array().into_iter().flatten() {
        if package["source"].is_null() {
            continue;
        }
        // `…/registry/src/INDEX/NAME-VERSION/` was unpacked from
        // `…/registry/cache/INDEX/NAME-VERSION.crate`.
        let manifest = text(&package["manifest_path"]);
        let folder = manifest.strip_suffix("/Cargo.toml").unwrap_or(&manifest);
        let file = folder.replacen("/registry/src/", "/registry/cache/", 1) + ".crate";
        let file = fs::read(&file).map_err(|error| format!("cannot read {file}: {error}"))?;
        let line = line(package, &text(&package["version"]), &file, locked(package));
        put(shelf, line, file);
    }

    fs::create_dir_all(&shelf.published)?;
    for entry in fs::read_dir(&shelf.published)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "publication")
        {
            let body = fs::read(&path)?;
            publish(shelf, &body).ok_or_else(|| format!("cannot read {}", path.display()))?;
        }
    }
    Ok(())
}

/// The dependencies as `cargo metadata` tells them.
fn locked(package: &Value) -> Vec<Value> {
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    let dependency = |one: &Value| {
        let (name, package) = names(&one["rename"], &one["name"]);
        json!({
            "name": name, "package": package, "req": one["req"], "features": one["features"],
            "optional": one["optional"], "default_features": one["uses_default_features"],
            "target": one["target"], "kind": one["kind"].as_str().unwrap_or("normal"),
        })
    };
    dependencies.map(dependency).collect()
}

/// A renamed dependency has its alias as name, and its name as package.
fn names(alias: &Value, name: &Value) -> (Value, Value) {
    if alias.is_null() {
        (name.clone(), Value::Null)
    } else {
        (alias.clone(), name.clone())
    }
}

fn line(package: &Value, version: &str, file: &[u8], dependencies: Vec<Value>) -> Value {
    let digest = ring::digest::digest(&ring::digest::SHA256, file);
    let checksum: String = digest
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    json!({
        "name": package["name"], "vers": version, "deps": dependencies, "cksum": checksum,
        "features": {}, "features2": package["features"], "yanked": false,
        "links": package["links"], "rust_version": package["rust_version"], "v": 2,
    })
}

fn put(shelf: &mut Shelf, line: Value, file: Vec<u8>) {
    let (name, version) = (text(&line["name"]), text(&line["vers"]));
    shelf
        .index
        .entry(name.to_lowercase())
        .or_default()
        .push(line);
    shelf.files.insert(format!("{name}/{version}"), file);
}

/// Takes a publication: a length and JSON, then a length and the package. `None` when malformed.
/// The value is the response.
pub(super) fn publish(shelf: &mut Shelf, body: &[u8]) -> Option<Value> {
    let (json, rest) = sized(body)?;
    let (file, _) = sized(rest)?;
    let package: Value = serde_json::from_slice(json).ok()?;
    let (name, version) = (text(&package["name"]), text(&package["vers"]));
    let key = format!("{name}/{version}");
    if shelf.files.contains_key(&key) {
        return Some(json!({"errors": [{"detail": format!("{name}@{version} already exists")}]}));
    }

    let dependencies = package["deps"].as_array()?.iter().map(|one| {
        let mut line = one.clone();
        line["req"] = one["version_req"].clone();
        (line["name"], line["package"]) = names(&one["explicit_name_in_toml"], &one["name"]);
        line
    });
    let line = line(&package, &version, file, dependencies.collect());
    let kept = shelf.published.join(format!("{name}-{version}"));
    fs::write(kept.with_added_extension("crate"), file).ok()?;
    fs::write(kept.with_added_extension("publication"), body).ok()?;
    put(shelf, line, file.to_vec());
    Some(json!({"warnings": {"invalid_categories": [], "invalid_badges": [], "other": []}}))
}

/// Splits off a part that stands behind its length.
fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(json: &str, file: &[u8]) -> Vec<u8> {
        let sized =
            |part: &[u8]| [&u32::try_from(part.len()).unwrap().to_le_bytes(), part].concat();
        [sized(json.as_bytes()), sized(file)].concat()
    }

    #[test]
    fn a_publication_is_served_and_taken_once() {
        let published = std::env::temp_dir().join(format!("release-index-{}", std::process::id()));
        fs::create_dir_all(&published).unwrap();
        let mut shelf = Shelf {
            published: published.clone(),
            ..Shelf::default()
        };
        let publication = body(
            r#"{"name":"a","vers":"1.0.0","features":{},"deps":[
                {"name":"b","version_req":"^1","explicit_name_in_toml":"c"}]}"#,
            b"package",
        );

        assert!(publish(&mut shelf, &publication).unwrap()["warnings"].is_object());
        let line = &shelf.index["a"][0];
        assert_eq!(
            (&line["deps"][0]["name"], &line["deps"][0]["package"]),
            (&json!("c"), &json!("b"))
        );
        assert_eq!(line["deps"][0]["req"], "^1");
        assert_eq!(shelf.files["a/1.0.0"], b"package");
        assert!(publish(&mut shelf, &publication).unwrap()["errors"].is_array());
        assert!(publish(&mut shelf, &publication[..publication.len() - 1]).is_none());
        fs::remove_dir_all(published).unwrap();
    }
}
