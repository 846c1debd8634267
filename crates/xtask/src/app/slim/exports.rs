//! What the glue asks of the program: every `wasm.name` in it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::tokens::{Kind, Token};
use crate::failure::Failure;

/// The names by which the glue knows what the program exports.
pub fn named(tokens: &[Token<'_>]) -> Result<BTreeSet<String>, Failure> {
    if tokens.windows(2).any(is_another_way) {
        return Err(Failure::new(
            "the glue reaches the program in another way than wasm.name, so its names cannot be made shorter; \
             wasm-bindgen must have changed.",
        ));
    }
    Ok(places(tokens).filter_map(|at| tokens.get(at)).map(|name| name.text.clone().into_owned()).collect())
}

/// Gives what the program exports other names.
pub fn rename(tokens: &mut [Token<'_>], names: &BTreeMap<String, String>) {
    let places: Vec<usize> = places(tokens).collect();
    for at in places {
        if let Some(token) = tokens.get_mut(at)
            && let Some(name) = names.get(token.text.as_ref())
        {
            token.text = Cow::Owned(name.clone());
        }
    }
}

fn places(tokens: &[Token<'_>]) -> impl Iterator<Item = usize> {
    tokens.windows(3).enumerate().filter_map(|(at, three)| match three {
        [program, dot, name] if program.is_word("wasm") && dot.is_sign(".") && name.kind == Kind::Word => Some(at + 2),
        _ => None,
    })
}

/// `wasm["name"]`, `wasm?.name` and `instance.exports.name` would go on asking for the old name.
fn is_another_way(two: &[Token<'_>]) -> bool {
    let [program, next] = two else { return false };
    let reaches = next.is_sign("[") || next.is_sign("?");
    (program.is_word("wasm") && reaches) || (program.is_word("exports") && (reaches || next.is_sign(".")))
}

#[cfg(test)]
mod tests {
    use super::super::tokens::read;
    use super::super::white_space::write;
    use super::*;

    #[test]
    fn every_name_is_found_and_replaced_save_in_strings() {
        let mut tokens =
            read("wasm.a_1(wasm.b, `wasm.c ${wasm.d}`); wasm = e.exports; f('wasm.g'); return wasm;").unwrap();
        assert_eq!(named(&tokens).unwrap(), ["a_1", "b", "d"].map(str::to_owned).into());
        rename(&mut tokens, &[("a_1", "x"), ("d", "y")].map(|(from, to)| (from.to_owned(), to.to_owned())).into());
        assert_eq!(write(&tokens), "wasm.x(wasm.b,`wasm.c ${wasm.y}`);wasm=e.exports;f('wasm.g');return wasm;");
    }

    #[test]
    fn another_way_to_the_program_stops_the_build() {
        for other in ["wasm['a']()", "wasm?.a", "instance.exports.a"] {
            assert!(named(&read(other).unwrap()).is_err(), "{other}");
        }
    }
}
