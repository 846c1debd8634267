//! Fills placeholders such as `{{companion.wasm}}` and `/*{{precache:companion}}*/` in shells and scripts.

use crate::failure::Failure;

/// Where a placeholder starts and ends, and the name inside.
struct Placeholder<'text> {
    start: usize,
    end: usize,
    name: &'text str,
}

/// The text with every placeholder replaced by what `value` gives for its name. A placeholder inside its own comment
/// (`/*{{name}}*/`) goes with the comment, so that a script is valid JavaScript before it is filled.
pub fn fill(text: &str, mut value: impl FnMut(&str) -> Result<String, Failure>) -> Result<String, Failure> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(placeholder) = first_placeholder(rest) {
        filled.push_str(rest.get(..placeholder.start).unwrap_or_default());
        filled.push_str(&value(placeholder.name)?);
        rest = rest.get(placeholder.end..).unwrap_or_default();
    }
    filled.push_str(rest);
    Ok(filled)
}

/// Only a name made like a file name or a `word:word` counts: braces around anything else are the script's own.
fn first_placeholder(text: &str) -> Option<Placeholder<'_>> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find("{{")?;
        let inside = text.get(open + 2..)?;
        let close = inside.find("}}")?;
        let name = inside.get(..close)?;
        if is_name(name) {
            let end = open + 2 + close + 2;
            let commented = text.get(..open)?.ends_with("/*") && text.get(end..)?.starts_with("*/");
            return Some(if commented {
                Placeholder { start: open - 2, end: end + 2, name }
            } else {
                Placeholder { start: open, end, name }
            });
        }
        from = open + 1;
    }
}

fn is_name(name: &str) -> bool {
    name.contains(['.', ':']) && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-/:".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upper(name: &str) -> Result<String, Failure> {
        Ok(name.to_uppercase())
    }

    #[test]
    fn every_placeholder_is_filled_and_the_rest_stays() {
        assert_eq!(
            fill("<a href=\"/{{desk.css}}\"> {{desk.js}} é", upper),
            Ok("<a href=\"/DESK.CSS\"> DESK.JS é".to_owned())
        );
    }

    #[test]
    fn a_placeholder_in_a_comment_takes_the_comment_along() {
        assert_eq!(
            fill("const a = /*{{precache:desk}}*/ null;", upper),
            Ok("const a = PRECACHE:DESK null;".to_owned())
        );
    }

    #[test]
    fn other_braces_are_left_alone() {
        for text in ["f({{a: 1}})", "`${{x}}`", "{{", "{{ a.b }}", "{{{{a}}"] {
            assert_eq!(fill(text, upper), Ok(text.to_owned()));
        }
        assert_eq!(fill("{{{a.js}}}", upper), Ok("{A.JS}".to_owned()));
    }

    #[test]
    fn an_unknown_name_stops_the_build() {
        assert!(fill("{{a.js}}", |_| Err(Failure::new("unknown"))).is_err());
    }
}
