//! Makes what wasm-bindgen made smaller over the wire. Every import of the program has a name with a hash that no
//! compression makes smaller, in the program and again in the glue; crates bring classes along that nobody here uses; and
//! the glue is written to be read. The app offers JavaScript nothing but its own start, so all of that may go. What stays of
//! the program is put in the order that compresses best.

mod advice;
mod exports;
mod imports;
mod locals;
mod order;
mod own_names;
mod program;
mod short;
mod statements;
mod tokens;
mod white_space;

use std::collections::BTreeSet;

use crate::failure::Failure;
use imports::Imports;
use program::Program;
use tokens::{Kind, Token};

/// Changes whenever the same program and glue would become others, so that nothing made before is used again.
pub const VERSION: u32 = 3;

/// The module by which the program knows its imports. The glue has no other short one.
const MODULE: &str = "g";

/// A program and its glue, smaller.
pub struct Slim {
    /// The program.
    pub wasm: Vec<u8>,
    /// The JavaScript between the program and the browser.
    pub glue: String,
}

/// A script of our own without comments and idle white space, which everybody would pay for; its names stay.
pub fn script(text: &str) -> Result<String, Failure> {
    Ok(white_space::write(&tokens::read(text)?))
}

/// Makes a program and its glue smaller.
pub fn slim(wasm: &[u8], glue: &str) -> Result<Slim, Failure> {
    let mut program = Program::read(wasm)?;
    let mut tokens = without_idle(&mut program, advice::without_advice(&tokens::read(glue)?))?;
    let own = own_names::short_names(&statements::split(tokens.clone()));
    own_names::rename(&mut tokens, &own);
    // Before as well: a name that is missing may happen to be a short one that something else gets.
    check(&program, &tokens)?;
    rename_shared(&mut program, &mut tokens)?;
    let glue = white_space::write(&tokens);
    check(&program, &tokens::read(&glue)?)?;
    Ok(Slim { wasm: order::put_in_order(&program.write())?, glue })
}

/// What the program no longer imports may have been all that asked for something else in the glue, and what the glue no longer
/// asks for may have been all that imported something: so it goes round until nothing more falls off.
fn without_idle<'glue>(program: &mut Program, mut tokens: Vec<Token<'glue>>) -> Result<Vec<Token<'glue>>, Failure> {
    let mut offered = BTreeSet::new();
    loop {
        let mut statements = statements::split(tokens);
        offered.append(&mut statements::leave_out_idle(&mut statements)?);
        tokens = statements.into_iter().flat_map(|statement| statement.tokens).collect();
        program.keep_exports(&exports::named(&tokens)?);
        let imports = Imports::find(&tokens)?;
        let imported = program.imports().filter(|(module, _)| *module == imports.module);
        let imported = imported.map(|(_, name)| name.to_owned()).collect();
        let (kept, gone) = imports.keep(tokens, &imported);
        tokens = kept;
        if gone == 0 {
            break;
        }
    }
    match tokens.iter().find(|token| token.kind == Kind::Word && offered.contains(token.text.as_ref())) {
        None => Ok(tokens),
        Some(class) => Err(Failure::new(format!(
            "the program hands JavaScript the class {}, but crates/xtask/src/app/slim takes such classes out of the app; \
             it has to learn to keep this one.",
            class.text
        ))),
    }
}

/// Gives what the program and the glue know each other by short names, in both.
fn rename_shared(program: &mut Program, tokens: &mut [Token<'_>]) -> Result<(), Failure> {
    let imports = Imports::find(tokens)?;
    let names = short::names(imports.names(), &BTreeSet::new());
    imports.rename(tokens, MODULE, &names);
    program.rename_imports(&imports.module, MODULE, &names);
    let names = short::names(program.exports(), &BTreeSet::new());
    exports::rename(tokens, &names);
    program.rename_exports(&names);
    Ok(())
}

/// Fails when the glue asks for what the program does not export, or the program for what the glue does not have: such an app
/// would not start.
fn check(program: &Program, tokens: &[Token<'_>]) -> Result<(), Failure> {
    let exported: BTreeSet<&str> = program.exports().collect();
    if let Some(missing) = exports::named(tokens)?.iter().find(|name| !exported.contains(name.as_str())) {
        return Err(Failure::new(format!("the glue asks for wasm.{missing}, which the program does not export.")));
    }
    let imports = Imports::find(tokens)?;
    let given: BTreeSet<&str> = imports.names().collect();
    let is_given = |(module, name): &(&str, &str)| {
        imports.others.contains(*module) || (*module == imports.module && given.contains(name))
    };
    match program.imports().find(|import| !is_given(import)) {
        None => Ok(()),
        Some((module, name)) => {
            Err(Failure::new(format!("the program imports {name} from {module}, which the glue does not have.")))
        }
    }
}

#[cfg(test)]
mod tests;
