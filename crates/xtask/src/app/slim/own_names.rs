//! Gives the glue's own functions and values short names. wasm-bindgen names them after Rust types with their hashes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::short;
use super::statements::{Role, Statement, closing};
use super::tokens::{Kind, Token};

/// The words of two letters that JavaScript keeps for itself. Nobody needs names of three letters before there are 2756 of two.
const RESERVED: [&str; 3] = ["do", "if", "in"];

/// A short name for everything that these statements declare and that may have one. It is none that stands anywhere in the glue,
/// and it replaces the long one everywhere, also where a parameter happens to have the same name: so every name goes on
/// standing for what it stood for.
pub fn short_names(statements: &[Statement<'_>]) -> BTreeMap<String, String> {
    let tokens: Vec<&[Token<'_>]> = statements.iter().map(|statement| statement.tokens.as_slice()).collect();
    let mut taken: BTreeSet<String> = RESERVED.into_iter().map(str::to_owned).collect();
    let mut fixed = BTreeSet::new();
    for statement in &tokens {
        for (at, token) in statement.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word) {
            taken.insert(token.text.clone().into_owned());
            if may_be_key(statement, at) {
                fixed.insert(token.text.as_ref());
            }
        }
    }
    let declared = statements.iter().filter_map(|statement| match &statement.role {
        Role::Names(names) => Some(names),
        Role::Offer(_) | Role::Exports | Role::Acts => None,
    });
    // The rest of the build looks for this one.
    let free = declared.flatten().map(String::as_str).filter(|name| *name != "wasm" && !fixed.contains(name));
    short::names(free, &taken)
}

/// Replaces names, save where they are of a property.
pub fn rename(tokens: &mut [Token<'_>], names: &BTreeMap<String, String>) {
    let places: Vec<usize> = (0..tokens.len()).filter(|at| !is_property(tokens, *at)).collect();
    for at in places {
        if let Some(token) = tokens.get_mut(at).filter(|token| token.kind == Kind::Word)
            && let Some(name) = names.get(token.text.as_ref())
        {
            token.text = Cow::Owned(name.clone());
        }
    }
}

/// Whether a word stands after the dot of a property. Three dots spread a value.
fn is_property(tokens: &[Token<'_>], at: usize) -> bool {
    sign_before(tokens, at) == "." && at.checked_sub(1).is_none_or(|dot| sign_before(tokens, dot) != ".")
}

/// Whether a word may be the key of an object, the name of a method or a label. Where in doubt it is.
fn may_be_key(tokens: &[Token<'_>], at: usize) -> bool {
    let before = sign_before(tokens, at);
    let closes_before = |open: usize, signs: &[&str]| {
        let after = closing(tokens, open).and_then(|close| tokens.get(close + 1));
        after.is_none_or(|after| signs.contains(&after.text.as_ref()))
    };
    match sign_at(tokens, at + 1) {
        _ if before == "#" || is_after_word(tokens, at, &["get", "set", "static", "async"]) => true,
        ":" => true,
        "," | "}" => matches!(before, "{" | ","),
        // `{ name = 1 } = values` has a key, `{ name = 1; }` has none.
        "=" => before == "," || (before == "{" && closes_before(at.saturating_sub(1), &["=", ")", ",", "}", "of"])),
        "(" => matches!(before, "{" | "," | "}" | ";" | "*") && closes_before(at + 1, &["{"]),
        _ => false,
    }
}

fn is_after_word(tokens: &[Token<'_>], at: usize, words: &[&str]) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    before.is_some_and(|before| words.iter().any(|word| before.is_word(word)))
}

fn sign_before<'a>(tokens: &'a [Token<'_>], at: usize) -> &'a str {
    at.checked_sub(1).map_or("", |before| sign_at(tokens, before))
}

fn sign_at<'a>(tokens: &'a [Token<'_>], at: usize) -> &'a str {
    tokens.get(at).filter(|token| token.kind == Kind::Sign).map_or("", |token| token.text.as_ref())
}

#[cfg(test)]
mod tests {
    use super::super::statements::split;
    use super::super::tokens::read;
    use super::super::white_space::write;
    use super::*;

    fn renamed(script: &str) -> String {
        let mut tokens = read(script).unwrap();
        let names = short_names(&split(tokens.clone()));
        rename(&mut tokens, &names);
        write(&tokens)
    }

    #[test]
    fn functions_and_values_get_short_names_everywhere() {
        assert_eq!(
            renamed(
                "function first(a) { return wasm.first(a); }\nlet second = null;\n\
                 function third(b, ...c) { if (b) { second = `${first(b)} first`; } d(b, first); e(...second); }"
            ),
            "function f(a){return wasm.first(a);}\nlet g=null;function h(b,...c){if(b){g=`${f(b)} first`;}d(b,f);e(...g);}"
        );
    }

    #[test]
    fn a_name_that_may_be_of_a_property_stays() {
        for same in [
            "let name=1;a({name});",
            "let name=1;a({name:2});",
            "let name=1;a({b:c,name,d:e});",
            "let name=1;({name=2}=a);",
            "let name=1;a={name(){}};",
            "let name=1;a={get name(){}};",
            "let name=1;a=class{b(){}name(){}};",
        ] {
            assert_eq!(renamed(same), same);
        }
    }

    #[test]
    fn properties_of_that_name_keep_theirs_and_the_program_is_still_called_wasm() {
        assert_eq!(renamed("let name=1,wasm;a.name=name+wasm.name;"), "let b=1,wasm;a.name=b+wasm.name;");
    }
}
