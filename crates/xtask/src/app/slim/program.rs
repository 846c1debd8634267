//! The program itself: what it imports and exports, and under which names.

use std::collections::{BTreeMap, BTreeSet};

use walrus::passes::gc;
use walrus::{Module, ModuleConfig};

use crate::failure::Failure;

/// A program that is being made smaller.
pub struct Program(Module);

impl Program {
    /// Reads a program.
    pub fn read(wasm: &[u8]) -> Result<Self, Failure> {
        let mut module =
            ModuleConfig::new().generate_name_section(false).generate_producers_section(false).parse(wasm).map_err(
                |cause| Failure::new(format!("the program that wasm-bindgen made cannot be read: {cause:#}.")),
            )?;
        // They tell linkers and optimisers what they may do, which makes this the last step, and tell a browser nothing.
        let notes: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
        for id in notes {
            module.customs.delete(id);
        }
        Ok(Self(module))
    }

    /// The bytes of the program.
    pub fn write(&mut self) -> Vec<u8> {
        self.0.emit_wasm()
    }

    /// Stops exporting what the glue does not name, and drops all that nothing uses then. What belongs to wasm-bindgen itself
    /// stays.
    pub fn keep_exports(&mut self, named: &BTreeSet<String>) {
        let idle: Vec<_> = self
            .0
            .exports
            .iter()
            .filter(|export| !named.contains(&export.name) && !export.name.starts_with("__wbindgen_"))
            .map(walrus::Export::id)
            .collect();
        for id in idle {
            self.0.exports.delete(id);
        }
        gc::run(&mut self.0);
    }

    /// Modules and names of all that is imported.
    pub fn imports(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.imports.iter().map(|import| (import.module.as_str(), import.name.as_str()))
    }

    /// The names of all that is exported.
    pub fn exports(&self) -> impl Iterator<Item = &str> {
        self.0.exports.iter().map(|export| export.name.as_str())
    }

    /// Gives a module of imports, and what is imported from it, other names.
    pub fn rename_imports(&mut self, module: &str, to: &str, names: &BTreeMap<String, String>) {
        for import in self.0.imports.iter_mut().filter(|import| import.module == module) {
            to.clone_into(&mut import.module);
            if let Some(name) = names.get(&import.name) {
                import.name.clone_from(name);
            }
        }
    }

    /// Gives what is exported other names.
    pub fn rename_exports(&mut self, names: &BTreeMap<String, String>) {
        for export in self.0.exports.iter_mut() {
            if let Some(name) = names.get(&export.name) {
                export.name.clone_from(name);
            }
        }
    }
}
