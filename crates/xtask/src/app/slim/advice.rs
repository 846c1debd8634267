//! What the glue writes to the console for developers: advice on how to call it, which the app's own loader does not need.

use super::statements::closing;
use super::tokens::{Kind, Token};

/// The tokens without every `console.warn("…", …);` that begins with a sentence of its own. What the program itself writes begins with a
/// value, and stays.
pub fn without_advice<'glue>(tokens: &[Token<'glue>]) -> Vec<Token<'glue>> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if let Some(after) = after_advice(tokens, at) {
            at = after;
        } else {
            kept.push(token.clone());
            at += 1;
        }
    }
    kept
}

/// Where the next statement begins, if one that advises begins here.
fn after_advice(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let [console, point, warn, open, first] = tokens.get(at..at + 5)? else { return None };
    let advises = console.is_word("console")
        && point.is_sign(".")
        && warn.is_word("warn")
        && open.is_sign("(")
        && first.kind == Kind::Text
        && first.text.starts_with(['"', '\'']);
    if !advises {
        return None;
    }
    let end = closing(tokens, at + 3)? + 1;
    tokens.get(end)?.is_sign(";").then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::super::{tokens, white_space};
    use super::*;

    fn kept(script: &str) -> String {
        white_space::write(&without_advice(&tokens::read(script).unwrap()))
    }

    #[test]
    fn advice_to_developers_goes_and_what_it_stood_in_stays() {
        assert_eq!(kept("if (a) { b(); } else { console.warn('use (b)', c); }"), "if(a){b();}else{}");
    }

    #[test]
    fn what_the_program_writes_stays() {
        for script in ["console.warn(A(arg0));", "console.warn(`${a}`);", "b(console.warn(\"c\"));"] {
            assert_eq!(kept(script), script);
        }
    }
}
