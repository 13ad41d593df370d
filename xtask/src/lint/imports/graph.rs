//! The imports of a crate as a graph of its files, and of its rooms: the modules at its first
//! level.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::{read::modules, resolve::owner};
use crate::failure::Failure;

/// A crate that is measured.
pub(in super::super) struct Package {
    pub(in super::super) name: String,
    /// The file of its root module.
    pub(in super::super) root: PathBuf,
}

/// Arrows from each node to those that it imports from.
#[derive(Debug, Default, Eq, PartialEq)]
pub(in super::super) struct Graph(BTreeMap<String, BTreeSet<String>>);

impl Package {
    /// The graphs of its files and of its rooms.
    pub(in super::super) fn graphs(&self) -> Result<(Graph, Graph), Failure> {
        graphs(&self.root)
    }
}

fn graphs(root: &Path) -> Result<(Graph, Graph), Failure> {
    let modules = modules(root)?;
    let (mut files, mut rooms) = (Graph::default(), Graph::default());
    for (index, module) in modules.iter().enumerate() {
        let file = module.file.display().to_string();
        files.node(&file);
        if !module.room.is_empty() {
            rooms.node(&module.room);
        }
        for path in &module.paths {
            let Some(target) = owner(&modules, index, path).and_then(|it| modules.get(it)) else {
                continue;
            };
            files.arrow(&file, &target.file.display().to_string());
            // The root hands on what the rooms hold, and is none itself.
            if !module.room.is_empty() && !target.room.is_empty() {
                rooms.arrow(&module.room, &target.room);
            }
        }
    }
    Ok((files, rooms))
}

impl Graph {
    fn node(&mut self, name: &str) {
        self.0.entry(name.to_owned()).or_default();
    }

    fn arrow(&mut self, from: &str, to: &str) {
        if from != to {
            self.node(to);
            self.0
                .entry(from.to_owned())
                .or_default()
                .insert(to.to_owned());
        }
    }

    /// How many nodes and arrows there are.
    pub(in super::super) fn size(&self) -> (usize, usize) {
        (self.0.len(), self.0.values().map(BTreeSet::len).sum())
    }

    /// The groups of nodes that lead back to themselves, each in alphabetical order.
    pub(in super::super) fn circles(&self) -> Vec<Vec<&str>> {
        let reached: BTreeMap<&str, BTreeSet<&str>> = self
            .0
            .keys()
            .map(|node| (node.as_str(), self.reach(node)))
            .collect();
        let mut circles = BTreeSet::new();
        for (node, there) in &reached {
            let circle: Vec<&str> = there
                .iter()
                .filter(|other| reached.get(*other).is_some_and(|back| back.contains(node)))
                .copied()
                .collect();
            if circle.len() > 1 {
                circles.insert(circle);
            }
        }
        circles.into_iter().collect()
    }

    /// All that a node leads to.
    fn reach(&self, node: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> = self.next(node).collect();
        while let Some(node) = open.pop() {
            if reached.insert(node) {
                open.extend(self.next(node));
            }
        }
        reached
    }

    fn next(&self, node: &str) -> impl Iterator<Item = &str> {
        self.0.get(node).into_iter().flatten().map(String::as_str)
    }

    /// Arrows between two of these nodes.
    pub(in super::super) fn among<'g>(&'g self, nodes: &[&str]) -> Vec<(&'g str, &'g str)> {
        self.arrows()
            .filter(|(from, to)| nodes.contains(from) && nodes.contains(to))
            .collect()
    }

    /// Arrows that run up in an order from the top down, and nodes that are not in it.
    pub(in super::super) fn against(&self, order: &[&str]) -> Vec<String> {
        let place = |node: &str| order.iter().position(|name| *name == node);
        let up = self
            .arrows()
            .filter(|(from, to)| matches!((place(from), place(to)), (Some(from), Some(to)) if from > to))
            .map(|(from, to)| format!("{from} imports from {to}, which stands above it"));
        let strange = self.0.keys().filter(|node| place(node).is_none());
        up.chain(strange.map(|node| format!("{node} has no place in the order of rooms")))
            .collect()
    }

    fn arrows(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .flat_map(|(from, to)| to.iter().map(move |to| (from.as_str(), to.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::run::root;

    fn measured(name: &str, files: &[(&str, &str)]) -> (Graph, Graph) {
        let folder = root().join("target/tmp/imports").join(name);
        let _ = fs::remove_dir_all(&folder);
        for (file, text) in files {
            let file = folder.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        graphs(&folder.join("lib.rs")).unwrap()
    }

    fn arrows(graph: &Graph) -> Vec<(&str, &str)> {
        graph.arrows().collect()
    }

    #[test]
    fn imports_lead_to_the_file_that_defines_the_name() {
        let (files, rooms) = measured(
            "resolved",
            &[
                ("lib.rs", "mod a; mod b; pub use b::B;"),
                ("a.rs", "use crate::B; fn f(_: B) {}"),
                (
                    "b/mod.rs",
                    "mod inner; pub use inner::B; pub struct Unused;",
                ),
                ("b/inner.rs", "pub struct B;"),
            ],
        );
        assert_eq!(arrows(&files), [("a.rs", "b/inner.rs")]);
        assert_eq!(arrows(&rooms), [("a", "b")]);
        assert_eq!(rooms.size(), (2, 1));
    }

    #[test]
    fn paths_in_code_macros_globs_and_attributes_count_and_tests_do_not() {
        let (files, _) = measured(
            "everywhere",
            &[
                ("lib.rs", "mod a; mod b; mod c; mod d; mod e; mod f;"),
                (
                    "a.rs",
                    "use crate::c::*; fn f() { crate::b::go(); C::new(); let _ = vec![crate::d::D]; }\n\
                     #[serde(with = \"crate::e\")] struct S;\n\
                     #[serde(with = \"crate::e::both\")] struct T;\n\
                     #[cfg(test)] mod tests { use crate::f::F; }",
                ),
                ("b.rs", "pub fn go() {}"),
                ("c.rs", "pub struct C;"),
                ("d.rs", "pub struct D;"),
                ("e.rs", "pub fn both() {}"),
                ("f.rs", "pub struct F;"),
            ],
        );
        let from_a: Vec<_> = arrows(&files).into_iter().map(|(_, to)| to).collect();
        assert_eq!(from_a, ["b.rs", "c.rs", "d.rs", "e.rs"]);
    }

    #[test]
    fn files_that_import_each_other_are_found_through_a_re_export() {
        let (files, rooms) = measured(
            "circle",
            &[
                ("lib.rs", "mod a; mod b; mod c; pub use a::A;"),
                ("a.rs", "use crate::b::B; pub struct A(B);"),
                ("b.rs", "use crate::c::C; pub struct B(C);"),
                (
                    "c.rs",
                    "pub struct C; impl C { fn f() -> crate::A { loop {} } }",
                ),
            ],
        );
        assert_eq!(files.circles(), [["a.rs", "b.rs", "c.rs"]]);
        assert_eq!(
            rooms.against(&["a", "b", "c"]),
            ["c imports from a, which stands above it"]
        );
        assert_eq!(
            rooms.against(&["a", "b"]),
            ["c has no place in the order of rooms"]
        );
    }

    #[test]
    fn a_parent_and_its_child_that_import_each_other_are_a_circle() {
        let (files, rooms) = measured(
            "parent",
            &[
                ("lib.rs", "mod a;"),
                (
                    "a/mod.rs",
                    "mod child; pub struct A; fn f() { child::go() }",
                ),
                (
                    "a/child.rs",
                    "use super::A; pub(super) fn go() { let _ = A; }",
                ),
            ],
        );
        assert_eq!(files.circles(), [["a/child.rs", "a/mod.rs"]]);
        assert_eq!(rooms.circles(), [[""; 0]; 0]);
    }
}
