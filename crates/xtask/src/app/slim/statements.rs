//! Takes the glue apart into its outermost statements, and leaves out those that nothing asks for.

use std::collections::BTreeSet;

use super::tokens::{Gap, Kind, Token};
use crate::failure::Failure;

/// What an outermost statement is to the rest of the glue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A class that a crate offers to JavaScript, or the line that gives it `Symbol.dispose`.
    Offer(String),
    /// Functions and values under these names. They do nothing until something asks for them.
    Names(Vec<String>),
    /// What the glue offers to who loads it.
    Exports,
    /// All that happens when the glue is loaded.
    Acts,
}

/// An outermost statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement<'glue> {
    /// What it is to the others.
    pub role: Role,
    /// How it is written.
    pub tokens: Vec<Token<'glue>>,
}

/// The outermost statements of a script.
pub fn split(mut tokens: Vec<Token<'_>>) -> Vec<Statement<'_>> {
    let mut statements = Vec::new();
    while !tokens.is_empty() {
        let rest = tokens.split_off(length(&tokens).clamp(1, tokens.len()));
        statements.push(Statement { role: role(&tokens), tokens });
        tokens = rest;
    }
    statements
}

/// Where the bracket that is opened here closes.
pub fn closing(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        depth = depth_after(depth, token);
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// How many brackets are open after a token.
pub fn depth_after(depth: usize, token: &Token<'_>) -> usize {
    match token.text.as_ref() {
        "(" | "[" | "{" if token.kind == Kind::Sign => depth + 1,
        ")" | "]" | "}" if token.kind == Kind::Sign => depth.saturating_sub(1),
        _ => depth,
    }
}

/// How many tokens the first statement has. One that is not understood reaches further than it should; then more stays in
/// the glue than need be, and nothing breaks.
fn length(tokens: &[Token<'_>]) -> usize {
    let start = usize::from(is_word_at(tokens, 0, "export"));
    let start = start + usize::from(is_word_at(tokens, start, "async"));
    let word = tokens.get(start).filter(|token| token.kind == Kind::Word).map_or("", |token| token.text.as_ref());
    let is_module = !tokens.get(start + 1).is_some_and(|next| next.is_sign("(") || next.is_sign("."));
    match word {
        "function" | "class" => after_block(tokens, start),
        "if" => after_condition(tokens, start),
        // wasm-bindgen ends these with a line.
        "import" if is_module => {
            let name = tokens.iter().position(|token| token.kind == Kind::Text).map_or(tokens.len(), |name| name + 1);
            name + usize::from(tokens.get(name).is_some_and(|next| next.is_sign(";")))
        }
        _ => after_semicolon(tokens, start),
    }
}

fn is_word_at(tokens: &[Token<'_>], at: usize, word: &str) -> bool {
    tokens.get(at).is_some_and(|token| token.is_word(word))
}

fn outermost<'a>(tokens: &'a [Token<'_>], from: usize, sign: &'a str) -> Option<usize> {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        if depth == 0 && token.is_sign(sign) {
            return Some(at);
        }
        depth = depth_after(depth, token);
    }
    None
}

fn after_block(tokens: &[Token<'_>], from: usize) -> usize {
    outermost(tokens, from, "{").and_then(|open| closing(tokens, open)).map_or(tokens.len(), |end| end + 1)
}

fn after_semicolon(tokens: &[Token<'_>], from: usize) -> usize {
    outermost(tokens, from, ";").map_or(tokens.len(), |end| end + 1)
}

fn after_condition(tokens: &[Token<'_>], from: usize) -> usize {
    let Some(condition) = closing(tokens, from + 1) else { return tokens.len() };
    let is_block = tokens.get(condition + 1).is_some_and(|next| next.is_sign("{"));
    let end = if is_block { after_block(tokens, condition + 1) } else { after_semicolon(tokens, condition + 1) };
    if is_word_at(tokens, end, "else") { after_semicolon(tokens, end) } else { end }
}

fn role(tokens: &[Token<'_>]) -> Role {
    let texts: Vec<&str> = tokens.iter().take(8).map(|token| token.text.as_ref()).collect();
    match texts.as_slice() {
        ["export", "class", name, ..] | ["if", "(", "Symbol", ".", "dispose", ")", name, ..] => {
            Role::Offer((*name).to_owned())
        }
        ["class" | "function", name, ..] | ["async", "function", name, ..] => Role::Names(vec![(*name).to_owned()]),
        ["const" | "let", ..] => declared(tokens).map_or(Role::Acts, Role::Names),
        ["export", "{", ..] => Role::Exports,
        _ => Role::Acts,
    }
}

/// The names that a `const` or `let` declares; nothing when it takes a value apart, or when it ends without a semicolon, so
/// that what follows would go with it.
fn declared(tokens: &[Token<'_>]) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut expects_name = true;
    for token in tokens.iter().skip(1) {
        if depth == 0 && token.kind == Kind::Word && token.gap == Gap::Line {
            return None;
        }
        if expects_name {
            if token.kind != Kind::Word {
                return None;
            }
            names.push(token.text.clone().into_owned());
        }
        expects_name = depth == 0 && token.is_sign(",");
        depth = depth_after(depth, token);
    }
    Some(names)
}

/// Leaves out what crates offer to JavaScript, every function and value that nothing in the glue asks for, and from what
/// the glue offers all but its start. Gives back the names that were on offer.
pub fn leave_out_idle(statements: &mut Vec<Statement<'_>>) -> Result<BTreeSet<String>, Failure> {
    let mut offered = BTreeSet::new();
    let mut starts = false;
    for statement in statements.iter_mut() {
        match &statement.role {
            Role::Offer(name) => drop(offered.insert(name.clone())),
            Role::Exports => starts |= keep_start(&mut statement.tokens),
            Role::Names(_) | Role::Acts => {}
        }
    }
    if !starts {
        return Err(Failure::new("the glue offers no start to its loader; wasm-bindgen must have changed."));
    }
    statements.retain(|statement| !matches!(statement.role, Role::Offer(_)));
    let asked = asked(statements);
    statements.retain(|statement| match &statement.role {
        Role::Names(names) => names.iter().any(|name| asked.contains(name)),
        Role::Offer(_) | Role::Exports | Role::Acts => true,
    });
    Ok(offered)
}

/// Leaves `name as default` in `export { other, name as default };`, and says whether it was there.
fn keep_start(tokens: &mut Vec<Token<'_>>) -> bool {
    let Some(start) = tokens
        .windows(3)
        .position(|three| matches!(three, [_, word, name] if word.is_word("as") && name.is_word("default")))
    else {
        return false;
    };
    let mut at = 0;
    tokens.retain(|token| {
        let is_start = (start..start + 3).contains(&at);
        at += 1;
        is_start || token.is_word("export") || token.is_sign("{") || token.is_sign("}") || token.is_sign(";")
    });
    true
}

/// Every word that what happens at loading asks for, directly or by way of functions and values.
fn asked(statements: &[Statement<'_>]) -> BTreeSet<String> {
    let words = |statement: &Statement<'_>| -> Vec<String> {
        let words = statement.tokens.iter().filter(|token| token.kind == Kind::Word);
        words.map(|token| token.text.clone().into_owned()).collect()
    };
    let (named, acting): (Vec<_>, Vec<_>) =
        statements.iter().partition(|statement| matches!(statement.role, Role::Names(_)));
    let mut asked: BTreeSet<String> = acting.into_iter().flat_map(words).collect();
    let mut waiting = named;
    loop {
        let (found, left): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|statement| match &statement.role {
            Role::Names(names) => names.iter().any(|name| asked.contains(name)),
            Role::Offer(_) | Role::Exports | Role::Acts => false,
        });
        if found.is_empty() {
            return asked;
        }
        asked.extend(found.into_iter().flat_map(words));
        waiting = left;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::read;
    use super::super::white_space::write;
    use super::*;

    fn parts(script: &str) -> Vec<String> {
        split(read(script).unwrap()).iter().map(|statement| write(&statement.tokens)).collect()
    }

    #[test]
    fn a_script_falls_apart_into_its_outermost_statements() {
        assert_eq!(
            parts(
                "import * as a from \"./b.js\"\nexport class C { d() { e; } }\nif (Symbol.dispose) C.f = C.g;\n\
                 async function h({ i } = {}) { j; }\nconst k = { l: 1 };\nif (!k) { m; }\nk.l();\nexport { h as default };"
            ),
            [
                "import*as a from\"./b.js\"",
                "export class C{d(){e;}}",
                "if(Symbol.dispose)C.f=C.g;",
                "async function h({i}={}){j;}",
                "const k={l:1};",
                "if(!k){m;}",
                "k.l();",
                "export{h as default};",
            ]
        );
    }

    #[test]
    fn what_nothing_asks_for_is_left_out() {
        let script = "const a = 1, b = 2; function c() { return b; } function d() { return e; } const e = d; \
                      export class F { g() { d(); } } if (Symbol.dispose) F.h = F.i; const j = new K(F); \
                      let { l } = m; c(); export { d, c as default };";
        let mut statements = split(read(script).unwrap());
        let offered = leave_out_idle(&mut statements).unwrap();
        let left: Vec<String> = statements.iter().map(|statement| write(&statement.tokens)).collect();
        assert_eq!(left, ["const a=1,b=2;", "function c(){return b;}", "let{l}=m;", "c();", "export{c as default};"]);
        assert_eq!(offered, BTreeSet::from(["F".to_owned()]));
    }

    #[test]
    fn a_glue_that_offers_no_start_stops_the_build() {
        assert!(leave_out_idle(&mut split(read("function a() {} export { a };").unwrap())).is_err());
    }
}
