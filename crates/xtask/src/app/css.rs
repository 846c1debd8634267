//! Takes comments and idle white space out of a style sheet, and nothing else: what is left means the same.

use super::quoted::quoted_length;
use crate::failure::Failure;

/// The style sheet without comments and without white space that has no meaning.
pub fn strip(style: &str) -> Result<String, Failure> {
    if style.contains("@import") {
        return Err(Failure::new("a style sheet uses @import; a bundle has one sheet, put the rules in that one."));
    }
    let mut stripped = String::with_capacity(style.len());
    let mut rest = style;
    // White space is written only when what follows turns out to need it.
    let mut space_before = false;
    let mut open = 0_usize;
    while let Some(next) = rest.chars().next() {
        let length = if rest.starts_with("/*") {
            space_before = true;
            comment_length(rest)?
        } else if next.is_ascii_whitespace() {
            space_before = true;
            next.len_utf8()
        } else {
            let length = token_length(rest, next)?;
            if space_before && needs_space(stripped.chars().next_back(), next) {
                stripped.push(' ');
            }
            space_before = false;
            match next {
                '{' => open += 1,
                '}' => {
                    open = open
                        .checked_sub(1)
                        .ok_or_else(|| Failure::new("a style sheet closes a rule that never began."))?;
                    if stripped.ends_with(';') {
                        stripped.pop();
                    }
                }
                _ => {}
            }
            stripped.push_str(rest.get(..length).unwrap_or_default());
            length
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    // A browser would take every rule after it for one within it, and say nothing.
    if open > 0 {
        return Err(Failure::new("a style sheet has a rule that never ends."));
    }
    Ok(stripped)
}

fn comment_length(text: &str) -> Result<usize, Failure> {
    text.find("*/").map(|end| end + 2).ok_or_else(|| Failure::new("a style sheet has a comment that never ends."))
}

/// A string, or an address without quotes, is one piece whatever is in it; all else is one letter.
fn token_length(text: &str, next: char) -> Result<usize, Failure> {
    match next {
        '"' | '\'' => {
            quoted_length(text, next).ok_or_else(|| Failure::new("a style sheet has a string that never ends."))
        }
        'u' | 'U' if is_bare_address(text) => {
            text.find(')').map(|end| end + 1).ok_or_else(|| Failure::new("a style sheet has a url( that never ends."))
        }
        '\\' => Ok(1 + text.chars().nth(1).map_or(0, char::len_utf8)),
        _ => Ok(next.len_utf8()),
    }
}

fn is_bare_address(text: &str) -> bool {
    text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url("))
        && !text.get(4..).unwrap_or_default().trim_start().starts_with(['"', '\''])
}

/// Around braces, semicolons and commas, and after a colon, white space never has a meaning. Before a colon it does
/// (`nav :focus`), and around `+` and `-` it does inside `calc()`.
fn needs_space(before: Option<char>, after: char) -> bool {
    let Some(before) = before else { return false };
    !matches!(before, '{' | '}' | ';' | ',' | ':') && !matches!(after, '{' | '}' | ';' | ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_never_ends_or_never_began_stops_the_build() {
        assert!(strip(".a { color: red; .b { color: blue; }").is_err());
        assert!(strip(".a { color: red; } }").is_err());
        assert_eq!(strip(".a::after { content: \"}\"; }").unwrap(), ".a::after{content:\"}\"}");
    }

    #[test]
    fn comments_and_idle_white_space_go() {
        assert_eq!(
            strip("/* a */\n.card , .tile {\n  color: red ;\n\n  margin: 0 1px;\n}\n").unwrap(),
            ".card,.tile{color:red;margin:0 1px}"
        );
    }

    #[test]
    fn white_space_with_a_meaning_stays() {
        for (from, to) in [
            ("nav :focus{a:b}", "nav :focus{a:b}"),
            ("a  >  b{w:calc(1px  +  2px)}", "a > b{w:calc(1px + 2px)}"),
            (".a/* x */.b{a:b}", ".a .b{a:b}"),
            ("@media (min-width: 30em) and (hover){a{b:c}}", "@media (min-width:30em) and (hover){a{b:c}}"),
            ("@layer tokens, components;", "@layer tokens,components;"),
            ("a{b: c !important}", "a{b:c !important}"),
        ] {
            assert_eq!(strip(from).unwrap(), to);
        }
    }

    #[test]
    fn strings_and_addresses_are_not_touched() {
        for same in [
            "a::before{content:\"a  /* b */ ; }\"}",
            "a{content:'it\\'s  {'}",
            "a{background:url(data:image/svg+xml;x=1,/*y*/)}",
            "a{content:\"\\201c \"}",
            ".w-1\\/2{a:b}",
        ] {
            assert_eq!(strip(same).unwrap(), same);
        }
    }

    #[test]
    fn what_never_ends_or_loads_another_sheet_stops_the_build() {
        for broken in ["/* a", "a{content:\"b}", "a{b:url(c", "@import 'x.css';"] {
            assert!(strip(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn stripping_twice_changes_nothing_more() {
        let once = strip("a , b { c : d ; } /* e */ @media  print { f { g: h } }").unwrap();
        assert_eq!(strip(&once).unwrap(), once);
    }
}
