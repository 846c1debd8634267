//! Reads the glue as tokens: the pieces that JavaScript itself sees, so that nothing inside a string or a template is
//! ever taken for code.

use std::borrow::Cow;

use super::super::quoted::quoted_length;
use crate::failure::Failure;

/// What a token is, as far as making the glue smaller needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name or a keyword.
    Word,
    /// A number.
    Number,
    /// A string, or a piece of a template up to or from the code inside it.
    Text,
    /// A regular expression.
    Pattern,
    /// One letter of an operator, or a bracket.
    Sign,
}

/// What stood between a token and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing.
    None,
    /// Spaces or a comment.
    Space,
    /// The end of a line, which may end a statement.
    Line,
}

/// One piece of JavaScript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'glue> {
    /// What it is.
    pub kind: Kind,
    /// How it is written.
    pub text: Cow<'glue, str>,
    /// What stood before it.
    pub gap: Gap,
}

impl Token<'_> {
    /// Whether it is this name or keyword.
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }

    /// Whether it is this bracket or letter of an operator.
    pub fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }
}

/// The tokens of a script.
pub fn read(script: &str) -> Result<Vec<Token<'_>>, Failure> {
    let mut reader = Reader { rest: script, tokens: Vec::new(), braces: Vec::new() };
    loop {
        let gap = reader.skip_gap()?;
        let Some(next) = reader.rest.chars().next() else { return Ok(reader.tokens) };
        let (kind, length) = reader.measure(next)?;
        let (text, rest) = reader.rest.split_at(length);
        reader.rest = rest;
        reader.tokens.push(Token { kind, text: Cow::Borrowed(text), gap });
    }
}

/// Whether a letter may be part of a name.
pub fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$' | '\\' | '\u{200c}' | '\u{200d}')
}

/// What an open brace belongs to.
#[derive(PartialEq, Eq)]
enum Brace {
    Code,
    Template,
}

struct Reader<'glue> {
    rest: &'glue str,
    tokens: Vec<Token<'glue>>,
    braces: Vec<Brace>,
}

impl Reader<'_> {
    /// Skips white space and comments.
    fn skip_gap(&mut self) -> Result<Gap, Failure> {
        let mut gap = Gap::None;
        loop {
            let length = if self.rest.starts_with("//") {
                self.rest.find('\n').unwrap_or(self.rest.len())
            } else if self.rest.starts_with("/*") {
                self.rest.find("*/").map(|end| end + 2).ok_or_else(|| endless("comment"))?
            } else {
                self.rest.len() - self.rest.trim_start().len()
            };
            if length == 0 {
                return Ok(gap);
            }
            let (skipped, rest) = self.rest.split_at(length);
            gap = gap.max(if skipped.contains('\n') { Gap::Line } else { Gap::Space });
            self.rest = rest;
        }
    }

    fn measure(&mut self, next: char) -> Result<(Kind, usize), Failure> {
        let measured = match next {
            '"' | '\'' => (Kind::Text, quoted_length(self.rest, next).ok_or_else(|| endless("string"))?),
            '`' => (Kind::Text, self.template_length()?),
            '}' if self.braces.pop() == Some(Brace::Template) => (Kind::Text, self.template_length()?),
            '{' => {
                self.braces.push(Brace::Code);
                (Kind::Sign, 1)
            }
            '/' if self.is_pattern_next() => (Kind::Pattern, pattern_length(self.rest)?),
            digit if digit.is_ascii_digit() => (Kind::Number, number_length(self.rest)),
            letter if is_of_word(letter) => {
                (Kind::Word, self.rest.find(|letter| !is_of_word(letter)).unwrap_or(self.rest.len()))
            }
            sign => (Kind::Sign, sign.len_utf8()),
        };
        Ok(measured)
    }

    /// A piece of a template: from its start or from the end of code inside it, up to the next code or its own end.
    fn template_length(&mut self) -> Result<usize, Failure> {
        let mut escaped = false;
        for (at, letter) in self.rest.char_indices().skip(1) {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '`' => return Ok(at + 1),
                '$' if self.rest.get(at + 1..).is_some_and(|after| after.starts_with('{')) => {
                    self.braces.push(Brace::Template);
                    return Ok(at + 2);
                }
                _ => {}
            }
        }
        Err(endless("template"))
    }

    /// A slash after a value divides it; elsewhere a regular expression starts.
    fn is_pattern_next(&self) -> bool {
        self.tokens.last().is_none_or(|before| match before.kind {
            Kind::Word => matches!(
                before.text.as_ref(),
                "return" | "typeof" | "case" | "in" | "of" | "delete" | "void" | "throw" | "new" | "do" | "else"
            ),
            Kind::Text => before.text.ends_with("${"),
            Kind::Number | Kind::Pattern => false,
            Kind::Sign => !matches!(before.text.as_ref(), ")" | "]"),
        })
    }
}

/// A regular expression with its flags. Inside `[…]` a slash does not end it.
fn pattern_length(text: &str) -> Result<usize, Failure> {
    let mut escaped = false;
    let mut in_class = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '\n' => break,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => {
                let flags = text.get(at + 1..).unwrap_or_default();
                return Ok(at + 1 + flags.find(|letter| !is_of_word(letter)).unwrap_or(flags.len()));
            }
            _ => {}
        }
    }
    Err(endless("regular expression"))
}

/// Everything that can stand in a number, with the sign of an exponent.
fn number_length(text: &str) -> usize {
    let is_hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    let mut before = '0';
    for (at, letter) in text.char_indices() {
        let signs_exponent = matches!(letter, '+' | '-') && matches!(before, 'e' | 'E') && !is_hexadecimal;
        if !(is_of_word(letter) || letter == '.' || signs_exponent) {
            return at;
        }
        before = letter;
    }
    text.len()
}

fn endless(what: &str) -> Failure {
    Failure::new(format!("the glue has a {what} that never ends; wasm-bindgen must have changed."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(script: &str) -> Vec<(Kind, String)> {
        read(script).unwrap().into_iter().map(|token| (token.kind, token.text.into_owned())).collect()
    }

    fn of_kind(script: &str, wanted: Kind) -> Vec<String> {
        pieces(script).into_iter().filter(|(kind, _)| *kind == wanted).map(|(_, text)| text).collect()
    }

    #[test]
    fn a_string_is_one_piece_whatever_is_in_it() {
        assert_eq!(of_kind(r#"a("b // c", 'it\'s /* d */')"#, Kind::Text), [r#""b // c""#, r"'it\'s /* d */'"]);
    }

    #[test]
    fn code_inside_a_template_is_code_and_the_rest_is_text() {
        let script = "`a ${ b({ c: `d ${e} // f` }) } /* g */`";
        assert_eq!(of_kind(script, Kind::Text), ["`a ${", "`d ${", "} // f`", "} /* g */`"]);
        assert_eq!(of_kind(script, Kind::Word), ["b", "c", "e"]);
    }

    #[test]
    fn a_slash_divides_a_value_and_elsewhere_starts_a_regular_expression() {
        assert_eq!(of_kind("ptr / 1, f(a) / b / c, d[0] / 2", Kind::Pattern), [""; 0]);
        assert_eq!(of_kind(r"/\[object ([^/\]]+)\]/g.exec(a) / 2", Kind::Pattern), [r"/\[object ([^/\]]+)\]/g"]);
        assert_eq!(of_kind("return /a b/.test(`${/c/.source}`)", Kind::Pattern), ["/a b/", "/c/"]);
    }

    #[test]
    fn numbers_keep_their_exponent() {
        assert_eq!(of_kind("1e-5 + 0xFE-1 + .5", Kind::Number), ["1e-5", "0xFE", "1", "5"]);
    }

    #[test]
    fn comments_are_gaps() {
        let gaps: Vec<Gap> = read("a/* b */c// d\ne/*\n*/f.g").unwrap().iter().map(|token| token.gap).collect();
        assert_eq!(gaps, [Gap::None, Gap::Space, Gap::Line, Gap::Line, Gap::None, Gap::None]);
    }

    #[test]
    fn what_never_ends_stops_the_build() {
        for broken in ["/* a", "a = 'b\n'", "`a ${b} c", "a = /b\n/"] {
            assert!(read(broken).is_err(), "{broken}");
        }
    }
}
