//! Codes and tokens: random bytes as readable characters, and only their hash is ever stored.

use sha2::{Digest, Sha256};

/// Crockford's alphabet: no I, L, O or U, so that a code survives being read aloud and typed.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A secret on its way to whom it is for. It is not stored, and not shown in debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// A secret that says these bytes, five bits to a character.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
        let (mut held, mut bits) = (0_u32, 0_u32);
        for byte in bytes {
            held = (held << 8 | u32::from(*byte)) & 0xfff;
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                text.push(character(held >> bits));
            }
        }
        if bits > 0 {
            text.push(character(held << (5 - bits)));
        }
        Self(text)
    }

    /// The characters, to show or send.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The characters in two halves, easier to read and type.
    #[must_use]
    pub fn in_halves(&self) -> String {
        let (first, second) = self.0.split_at(self.0.len() / 2);
        format!("{first}-{second}")
    }

    pub(super) fn hash(&self) -> [u8; 32] {
        hash(&self.0)
    }
}

fn character(five_bits: u32) -> char {
    let place = usize::try_from(five_bits & 31).unwrap_or_default();
    ALPHABET.get(place).copied().map_or('0', char::from)
}

/// The hash of a code as somebody typed it: spaces, dashes and the case of letters do not matter, nor what looks alike.
pub(super) fn hash(typed: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for character in typed.chars().filter(char::is_ascii_alphanumeric) {
        let character = match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        hasher.update([u8::try_from(character).unwrap_or_default()]);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_bytes_give_different_characters() {
        assert_eq!(Secret::new(&[0xff, 0x00, 0xff, 0x00, 0xff]).reveal(), "ZW0FY07Z");
        assert_eq!(Secret::new(&[1]).reveal(), "04");
        assert_ne!(Secret::new(&[1; 32]), Secret::new(&[2; 32]));
    }

    #[test]
    fn a_code_may_be_typed_with_spaces_dashes_small_letters_and_look_alikes() {
        let secret = Secret::new(&[0, 0x44, 0x32, 0x14, 0xc7]);
        assert_eq!(secret.reveal(), "01234567".replace("234567", &secret.reveal()[2..]));
        let typed = format!(" {} ", secret.in_halves().to_lowercase().replace('0', "o").replace('1', "l"));
        assert_eq!(hash(&typed), secret.hash());
    }

    #[test]
    fn a_secret_is_not_shown_in_debug_output() {
        assert_eq!(format!("{:?}", Secret::new(&[1; 5])), "Secret");
    }
}
