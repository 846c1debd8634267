//! The object in the glue that holds what the program imports: `const import0 = { name: function() {…}, … };`, and the one
//! below it that gives it to the program under the name of a module.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::statements::{closing, depth_after};
use super::tokens::{Kind, Token};
use crate::failure::Failure;

/// One `key: value,` of an object.
#[derive(Debug)]
struct Entry {
    /// The name it has, without quotes.
    name: String,
    /// Where its key stands.
    key: usize,
    /// All of it, with the comma.
    tokens: Range<usize>,
}

/// What the glue gives to the program.
#[derive(Debug)]
pub struct Imports {
    /// The module by which the program knows the functions that wasm-bindgen made.
    pub module: String,
    /// Other modules: JavaScript that crates brought along, whose names are not ours to change.
    pub others: BTreeSet<String>,
    functions: Vec<Entry>,
    module_key: usize,
}

impl Imports {
    /// Finds the objects among the tokens of the glue.
    pub fn find(tokens: &[Token<'_>]) -> Result<Self, Failure> {
        let (object, functions) = declared_object(tokens).ok_or_else(not_found)?;
        let given = object_after(tokens, functions.1, |before| matches!(before, [.., word] if word.is_word("return")))
            .ok_or_else(not_found)?;
        let mut module = None;
        let mut others = BTreeSet::new();
        for entry in entries(tokens, given)? {
            let value = tokens.get(entry.key + 2).ok_or_else(not_found)?;
            if value.is_word(&object) {
                module = Some((entry.name, entry.key));
            } else if entry.name != "__proto__" {
                others.insert(entry.name);
            }
        }
        let (module, module_key) = module.ok_or_else(not_found)?;
        let functions = entries(tokens, functions)?.into_iter().filter(|entry| entry.name != "__proto__").collect();
        Ok(Self { module, others, functions, module_key })
    }

    /// The names of the functions, in order of appearance.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.functions.iter().map(|entry| entry.name.as_str())
    }

    /// The tokens without the functions that the program does not import, and how many went.
    pub fn keep<'glue>(&self, tokens: Vec<Token<'glue>>, imported: &BTreeSet<String>) -> (Vec<Token<'glue>>, usize) {
        let idle: Vec<&Entry> = self.functions.iter().filter(|entry| !imported.contains(&entry.name)).collect();
        let kept = tokens.into_iter().enumerate();
        let kept = kept.filter(|(at, _)| !idle.iter().any(|entry| entry.tokens.contains(at)));
        (kept.map(|(_, token)| token).collect(), idle.len())
    }

    /// Gives the module and its functions other names.
    pub fn rename(&self, tokens: &mut [Token<'_>], module: &str, names: &BTreeMap<String, String>) {
        if let Some(key) = tokens.get_mut(self.module_key) {
            key.text = Cow::Owned(format!("\"{module}\""));
        }
        for entry in &self.functions {
            if let (Some(key), Some(name)) = (tokens.get_mut(entry.key), names.get(&entry.name)) {
                key.kind = Kind::Word;
                key.text = Cow::Owned(name.clone());
            }
        }
    }
}

/// `const name = { __proto__: null, …`: its name and its braces.
fn declared_object(tokens: &[Token<'_>]) -> Option<(String, (usize, usize))> {
    let mut from = 0;
    loop {
        let braces = object_after(
            tokens,
            from,
            |before| matches!(before, [.., word, _, equals] if word.is_word("const") && equals.is_sign("=")),
        )?;
        let name = tokens.get(braces.0.checked_sub(2)?)?.text.clone().into_owned();
        if tokens.get(braces.0 + 1)?.is_word("__proto__") {
            return Some((name, braces));
        }
        from = braces.0 + 1;
    }
}

/// The braces of the first object whose tokens before it are as wanted.
fn object_after(tokens: &[Token<'_>], from: usize, wanted: impl Fn(&[Token<'_>]) -> bool) -> Option<(usize, usize)> {
    let open = (from..tokens.len())
        .find(|at| tokens.get(*at).is_some_and(|token| token.is_sign("{")) && tokens.get(..*at).is_some_and(&wanted))?;
    Some((open, closing(tokens, open)?))
}

fn entries(tokens: &[Token<'_>], (open, close): (usize, usize)) -> Result<Vec<Entry>, Failure> {
    let mut entries = Vec::new();
    let mut key = open + 1;
    while key < close {
        let name =
            tokens.get(key).filter(|token| matches!(token.kind, Kind::Word | Kind::Text)).ok_or_else(not_found)?;
        if !tokens.get(key + 1).is_some_and(|next| next.is_sign(":")) {
            return Err(not_found());
        }
        let end = end_of_value(tokens, key, close);
        entries.push(Entry { name: name.text.trim_matches(['"', '\'']).to_owned(), key, tokens: key..end });
        key = end;
    }
    Ok(entries)
}

fn end_of_value(tokens: &[Token<'_>], key: usize, close: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().take(close).skip(key) {
        if depth == 0 && token.is_sign(",") {
            return at + 1;
        }
        depth = depth_after(depth, token);
    }
    close
}

fn not_found() -> Failure {
    Failure::new("the glue does not say what the program imports as it used to; wasm-bindgen must have changed.")
}

#[cfg(test)]
mod tests {
    use super::super::tokens::read;
    use super::super::white_space::write;
    use super::*;

    const GLUE: &str = "const x = { y: 1 };\nfunction get() {\n    const import0 = {\n        __proto__: null,\n        \
                        a_1f: function(b, c) { return { d: 1, e: [b, c] }; },\n        \"f-g\": function() { return h(i, j); },\n    \
                        };\n    return {\n        __proto__: null,\n        \"./app_bg.js\": import0,\n        \
                        \"./snippets/k.js\": import1,\n    };\n}";

    #[test]
    fn functions_and_modules_are_found() {
        let imports = Imports::find(&read(GLUE).unwrap()).unwrap();
        assert_eq!(imports.names().collect::<Vec<_>>(), ["a_1f", "f-g"]);
        assert_eq!(imports.module, "./app_bg.js");
        assert_eq!(imports.others, BTreeSet::from(["./snippets/k.js".to_owned()]));
    }

    #[test]
    fn a_function_that_is_not_imported_goes() {
        let tokens = read(GLUE).unwrap();
        let imports = Imports::find(&tokens).unwrap();
        let (kept, gone) = imports.keep(tokens, &BTreeSet::from(["f-g".to_owned()]));
        assert_eq!(gone, 1);
        assert!(write(&kept).contains("{__proto__:null,\"f-g\":function(){return h(i,j);},}"), "{}", write(&kept));
    }

    #[test]
    fn functions_and_their_module_get_other_names_and_other_modules_keep_theirs() {
        let mut tokens = read(GLUE).unwrap();
        let imports = Imports::find(&tokens).unwrap();
        let names = [("a_1f", "a"), ("f-g", "b")].map(|(from, to)| (from.to_owned(), to.to_owned()));
        imports.rename(&mut tokens, "m", &BTreeMap::from(names));
        let glue = write(&tokens);
        assert!(glue.contains("{__proto__:null,a:function(b,c){"), "{glue}");
        assert!(glue.contains("},b:function(){"), "{glue}");
        assert!(glue.contains("return{__proto__:null,\"m\":import0,\"./snippets/k.js\":import1,};"), "{glue}");
    }

    #[test]
    fn another_shape_stops_the_build() {
        for other in
            ["", "const a = { __proto__: null, b() {} }; return { \"c\": a };", "const a = { __proto__: null };"]
        {
            assert!(Imports::find(&read(other).unwrap()).is_err(), "{other}");
        }
    }
}
