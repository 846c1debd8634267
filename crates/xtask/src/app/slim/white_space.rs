//! Writes tokens back as a script with as little white space as possible. Comments are gone by then.

use super::tokens::{Gap, Kind, Token, is_of_word};

/// The script of these tokens.
pub fn write(tokens: &[Token<'_>]) -> String {
    let mut script = String::new();
    let mut before: Option<&Token<'_>> = None;
    for token in tokens {
        if let Some(before) = before {
            match token.gap {
                Gap::Line if may_end_statement(before, token) => script.push('\n'),
                Gap::Line | Gap::Space if would_merge(before, token) => script.push(' '),
                Gap::None | Gap::Space | Gap::Line => {}
            }
        }
        script.push_str(&token.text);
        before = Some(token);
    }
    script
}

/// JavaScript ends a statement at the end of a line when it cannot be read otherwise. After an operator or an open bracket,
/// and before a sign that no statement starts with, the line never has that meaning. Where in doubt it stays.
fn may_end_statement(before: &Token<'_>, after: &Token<'_>) -> bool {
    let goes_on_after = before.kind == Kind::Sign && !matches!(before.text.as_ref(), ")" | "]" | "}" | "+" | "-" | "/");
    let goes_on_before = after.kind == Kind::Sign
        && matches!(after.text.as_ref(), ")" | "]" | "}" | "," | ";" | ":" | "?" | "=" | "&" | "|" | "." | ">");
    !goes_on_after && !goes_on_before
}

/// Whether two tokens would be read as one other token without a space between them.
fn would_merge(before: &Token<'_>, after: &Token<'_>) -> bool {
    let (Some(last), Some(first)) = (before.text.chars().next_back(), after.text.chars().next()) else { return false };
    match before.kind {
        Kind::Word => is_of_word(first),
        Kind::Number => is_of_word(first) || first == '.',
        // What follows would become a flag.
        Kind::Pattern => is_of_word(first),
        Kind::Text => false,
        Kind::Sign => match last {
            '+' | '-' | '/' | '*' | '<' => {
                first == last || (last == '/' && first == '*') || (last == '<' && first == '!')
            }
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::read;
    use super::*;

    fn without_space(script: &str) -> String {
        write(&read(script).unwrap())
    }

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(
            without_space("/**\n * a\n */\nfunction b(c, d) {\n    // e\n    const f = c + d;\n    return f;\n}\n"),
            "function b(c,d){const f=c+d;return f;}"
        );
    }

    #[test]
    fn the_end_of_a_line_stays_where_it_may_end_a_statement() {
        for same in ["a\nb", "a++\nb", "const a=b\nc()", "const a=()=>{}\nb", "return\na", "a\n++b", "a\n`b`", "a\n(b)"]
        {
            assert_eq!(without_space(same), same);
        }
        assert_eq!(without_space("const a = (b)\n    ? c\n    : d;"), "const a=(b)?c:d;");
    }

    #[test]
    fn a_space_stays_where_two_tokens_would_become_one() {
        for same in ["a+ +b", "a- --b", "1 .toFixed()", "typeof a", "/a/ in b", "a/ /b/", "a of b"] {
            assert_eq!(without_space(same), same);
        }
        assert_eq!(without_space("case 'a' : return \"b\" ;"), "case'a':return\"b\";");
    }

    #[test]
    fn nothing_inside_strings_and_templates_changes() {
        for same in ["'a  // b'", "\"c /* d */  e\"", "`f\n    // g ${h} /* i */\n`"] {
            assert_eq!(without_space(same), same);
        }
    }

    #[test]
    fn writing_twice_changes_nothing_more() {
        let once = without_space("a = b\n  / c ; // d\nif (e) { f ( ) }\n\n[ g ] . h\n");
        assert_eq!(without_space(&once), once);
    }
}
