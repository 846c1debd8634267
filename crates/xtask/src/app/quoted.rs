//! Strings, which style sheets and scripts write alike.

/// How long the string is that a text begins with, with its quotes; nothing when it does not end in its line.
pub fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return None,
            _ if letter == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_ends_at_its_own_quote_and_in_its_own_line() {
        assert_eq!(quoted_length("'a\"b' + c", '\''), Some(5));
        assert_eq!(quoted_length(r#""a\"b" + c"#, '"'), Some(6));
        assert_eq!(quoted_length("'a\\\nb'", '\''), Some(6));
        assert_eq!(quoted_length("'a\nb'", '\''), None);
        assert_eq!(quoted_length("'a", '\''), None);
    }
}
