//! The rooms of each crate, that is the modules at its first level: imports run down, and no files
//! import each other.

use std::path::{Path, PathBuf};

use super::imports::{Graph, Package};
use crate::{failure::Failure, run::root};

/// The rooms of a crate from the top down, where their order is a decision. In other crates any
/// order will do, as long as there is one.
const ORDERS: &[(&str, &[&str])] = &[(
    "vonage-video-emulator",
    &[
        "lib", "face", "server", "browser", "control", "site", "webhook", "api", "world", "media",
        "suggest",
    ],
)];

pub(super) fn check() -> Result<(), Failure> {
    let mut wrong = Vec::new();
    for package in packages(&root())? {
        let (files, rooms) = package.graphs()?;
        let order = ORDERS.iter().find(|(name, _)| *name == package.name);
        let found = broken(&files, &rooms, order.map(|(_, order)| *order));
        let named = |line| format!("{}: {line}", package.name);
        wrong.extend(found.into_iter().map(named));
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n").into())
    }
}

fn broken(files: &Graph, rooms: &Graph, order: Option<&[&str]>) -> Vec<String> {
    let circles = |graph: &Graph, what: &str| -> Vec<String> {
        let shown = |circle: &Vec<&str>| {
            let arrows = graph.among(circle);
            let arrows = arrows
                .iter()
                .map(|(from, to)| format!("\n    {from} -> {to}"));
            format!("{what} import each other:{}", arrows.collect::<String>())
        };
        graph.circles().iter().map(shown).collect()
    };
    let mut wrong = circles(files, "files");
    match order {
        Some(order) => wrong.extend(rooms.against(order)),
        None => wrong.extend(circles(rooms, "rooms")),
    }
    wrong
}

/// Prints how many rooms and imports each crate has; of this checkout, or of another.
pub(super) fn count(folder: Option<&String>) -> Result<(), Failure> {
    let folder = folder.map_or_else(root, PathBuf::from);
    println!(
        "| crate | rooms | imports between rooms | rooms in a circle | files | imports between files | files in a circle |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for package in packages(&folder)? {
        let (files, rooms) = package.graphs()?;
        let in_circles = |graph: &Graph| graph.circles().iter().map(Vec::len).sum::<usize>();
        let (room_count, room_imports) = rooms.size();
        let (file_count, file_imports) = files.size();
        println!(
            "| {} | {room_count} | {room_imports} | {} | {file_count} | {file_imports} | {} |",
            package.name,
            in_circles(&rooms),
            in_circles(&files),
        );
    }
    Ok(())
}

/// The crates of a checkout, and the other places where Rust lies in it.
fn packages(folder: &Path) -> Result<Vec<Package>, Failure> {
    let mut roots = Vec::new();
    for parent in ["crates", "benches"] {
        for entry in std::fs::read_dir(folder.join(parent))? {
            roots.push(entry?.path());
        }
    }
    roots.sort();
    roots.extend(["tests", "xtask"].map(|name| folder.join(name)));
    let mut packages = Vec::new();
    for home in roots {
        let sources = ["src/lib.rs", "src/main.rs"].map(|file| home.join(file));
        if let Some(root) = sources.into_iter().find(|file| file.is_file()) {
            let name = home.strip_prefix(folder).unwrap_or(&home);
            let name = name.strip_prefix("crates").unwrap_or(name);
            packages.push(Package {
                name: name.display().to_string(),
                root,
            });
        }
    }
    Ok(packages)
}
