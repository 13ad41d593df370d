//! Reads the modules of a crate: what each defines, imports, and names.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Item, ItemMod, ItemUse, Macro, UseTree, Visibility,
    visit::{self, Visit},
};

use crate::failure::Failure;

/// The folder that code generated for many rooms lies in.
const GENERATED: &str = "generated";

/// A module: a file, or a block in one.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// Its file, below the folder of the crate's sources.
    pub(super) file: PathBuf,
    /// The first-level module that it is in; empty for the crate's root.
    pub(super) room: String,
    pub(super) parent: Option<usize>,
    pub(super) children: BTreeMap<String, usize>,
    pub(super) items: BTreeSet<String>,
    pub(super) imports: Vec<Import>,
    /// The paths that the code of this module names.
    pub(super) paths: BTreeSet<Vec<String>>,
}

/// One name of a `use` declaration.
#[derive(Debug)]
pub(super) struct Import {
    /// `None` for a glob.
    pub(super) name: Option<String>,
    pub(super) path: Vec<String>,
}

/// Reads the modules of the crate whose root this file is; the root comes first.
pub(super) fn modules(root: &Path) -> Result<Vec<Module>, Failure> {
    let folder = root.parent().unwrap_or(root).to_path_buf();
    let name = root.file_name().unwrap_or_default();
    let mut reader = Reader {
        folder,
        modules: vec![Module {
            file: name.into(),
            ..Module::default()
        }],
    };
    reader.file(0)?;
    Ok(reader.modules)
}

struct Reader {
    folder: PathBuf,
    modules: Vec<Module>,
}

impl Reader {
    /// Reads a module's file, and then the files of the modules that it declares.
    fn file(&mut self, module: usize) -> Result<(), Failure> {
        let file = self.module(module).file.clone();
        let text = fs::read_to_string(self.folder.join(&file))
            .map_err(|error| format!("{}: {error}", file.display()))?;
        let parsed =
            syn::parse_file(&text).map_err(|error| format!("{}: {error}", file.display()))?;
        let mut collector = Collector {
            reader: self,
            module,
            declared: Vec::new(),
        };
        collector.visit_file(&parsed);
        for (parent, name, path) in collector.declared {
            let file = self.file_of(parent, &name, path.as_deref())?;
            let child = self.child(parent, &name, file);
            self.file(child)?;
        }
        Ok(())
    }

    fn module(&mut self, index: usize) -> &mut Module {
        &mut self.modules[index]
    }

    fn child(&mut self, parent: usize, name: &str, file: PathBuf) -> usize {
        let index = self.modules.len();
        let outer = self.module(parent);
        outer.children.insert(name.to_owned(), index);
        // Code is generated for many rooms, so each module in the folder is one itself.
        let room = match outer.room.as_str() {
            _ if outer.parent.is_none() => name.to_owned(),
            GENERATED => format!("{GENERATED}/{name}"),
            room => room.to_owned(),
        };
        self.modules.push(Module {
            file,
            room,
            parent: Some(parent),
            ..Module::default()
        });
        index
    }

    /// The file of a module that is declared with a semicolon.
    fn file_of(
        &mut self,
        parent: usize,
        name: &str,
        path: Option<&str>,
    ) -> Result<PathBuf, Failure> {
        let file = self.module(parent).file.clone();
        let stem = file.file_stem().unwrap_or_default().to_os_string();
        let beside = file.parent().unwrap_or(Path::new(""));
        if let Some(path) = path {
            return Ok(beside.join(path));
        }
        let root = self.module(parent).parent.is_none();
        let folder = if root || stem == "mod" {
            beside.to_path_buf()
        } else {
            beside.join(stem)
        };
        [
            folder.join(format!("{name}.rs")),
            folder.join(name).join("mod.rs"),
        ]
        .into_iter()
        .find(|file| self.folder.join(file).is_file())
        .ok_or_else(|| format!("{}: no file for the module {name}", file.display()).into())
    }
}

struct Collector<'r> {
    reader: &'r mut Reader,
    module: usize,
    /// Modules with a file of their own, each with its parent, and its `#[path]`.
    declared: Vec<(usize, String, Option<String>)>,
}

impl Collector<'_> {
    fn here(&mut self) -> &mut Module {
        self.reader.module(self.module)
    }

    fn name(&mut self, path: Vec<String>) {
        self.here().paths.insert(path);
    }

    /// Paths in what a macro or an attribute is given, which is not parsed.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 && !path.is_empty() {
                        self.name(std::mem::take(&mut path));
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    if !path.is_empty() {
                        self.name(std::mem::take(&mut path));
                    }
                    colons = 0;
                    match other {
                        TokenTree::Group(group) => self.tokens(group.stream()),
                        // `#[serde(with = "crate::…")]`.
                        TokenTree::Literal(literal) => {
                            let text = literal.to_string();
                            let text = text.trim_matches('"');
                            if text.starts_with("crate::") || text.starts_with("super::") {
                                self.name(text.split("::").map(str::to_owned).collect());
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
        if !path.is_empty() {
            self.name(path);
        }
    }

    fn import(&mut self, tree: &UseTree, before: &[String], public: bool) {
        let with = |ident: &syn::Ident| {
            let mut path = before.to_vec();
            path.push(ident.to_string());
            path
        };
        let (name, path) = match tree {
            UseTree::Path(tree) => return self.import(&tree.tree, &with(&tree.ident), public),
            UseTree::Group(group) => {
                return group
                    .items
                    .iter()
                    .for_each(|tree| self.import(tree, before, public));
            }
            UseTree::Name(tree) if tree.ident == "self" => {
                (before.last().cloned(), before.to_vec())
            }
            UseTree::Name(tree) => (Some(tree.ident.to_string()), with(&tree.ident)),
            UseTree::Rename(tree) => (Some(tree.rename.to_string()), with(&tree.ident)),
            UseTree::Glob(_) => (None, before.to_vec()),
        };
        // What is only handed on is not used here.
        if !public && name.is_some() {
            self.name(path.clone());
        }
        self.here().imports.push(Import { name, path });
    }
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let (attributes, ident) = outline(item);
        if attributes.iter().any(is_test) {
            return;
        }
        if let Some(ident) = ident {
            self.here().items.insert(ident.to_string());
        }
        visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        let name = item.ident.to_string();
        let Some((_, items)) = &item.content else {
            let path = item.attrs.iter().find_map(path_of);
            self.declared.push((self.module, name, path));
            return;
        };
        let file = self.here().file.clone();
        let outer = self.module;
        self.module = self.reader.child(outer, &name, file);
        items.iter().for_each(|item| self.visit_item(item));
        self.module = outer;
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.import(&item.tree, &[], !matches!(item.vis, Visibility::Inherited));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments = path.segments.iter();
        self.name(segments.map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, it: &'ast Macro) {
        self.visit_path(&it.path);
        self.tokens(it.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }

    // The path of `pub(super)` and `pub(in …)` is not an import.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

fn is_test(attribute: &Attribute) -> bool {
    match &attribute.meta {
        syn::Meta::List(list) => {
            list.path.is_ident("cfg") && list.tokens.to_string().split_whitespace().eq(["test"])
        }
        meta => meta.path().is_ident("test"),
    }
}

/// The text of `#[path = "…"]`.
fn path_of(attribute: &Attribute) -> Option<String> {
    let pair = attribute.meta.require_name_value().ok()?;
    match &pair.value {
        syn::Expr::Lit(literal) if pair.path.is_ident("path") => match &literal.lit {
            syn::Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The attributes of an item, and the name that it defines.
fn outline(item: &Item) -> (&[Attribute], Option<&syn::Ident>) {
    match item {
        Item::Const(it) => (&it.attrs, Some(&it.ident)),
        Item::Enum(it) => (&it.attrs, Some(&it.ident)),
        Item::Fn(it) => (&it.attrs, Some(&it.sig.ident)),
        Item::Impl(it) => (&it.attrs, None),
        Item::Macro(it) => (&it.attrs, it.ident.as_ref()),
        Item::Mod(it) => (&it.attrs, None),
        Item::Static(it) => (&it.attrs, Some(&it.ident)),
        Item::Struct(it) => (&it.attrs, Some(&it.ident)),
        Item::Trait(it) => (&it.attrs, Some(&it.ident)),
        Item::Type(it) => (&it.attrs, Some(&it.ident)),
        Item::Union(it) => (&it.attrs, Some(&it.ident)),
        Item::Use(it) => (&it.attrs, None),
        _ => (&[], None),
    }
}
