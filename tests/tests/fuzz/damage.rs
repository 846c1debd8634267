//! What can become of good bytes on the way: bits turned, bytes changed, left out, doubled, put in, cut off.

use super::draw::Draw;

/// What a reader of numbers, lengths and marks stumbles over.
const STONES: [&[u8]; 10] = [
    &[0],
    &[1],
    &[0x7f],
    &[0xff],
    &[0x80, 0],
    &[0x80, 0x80, 0x80, 0],
    &[0xff, 0xff, 0xff, 0xff, 0x0f],
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
    &[0xff, 0xff, 0xff, 0xff],
    &[0, 0, 0, 0],
];

/// The good bytes with one to eight things done to them.
pub fn damaged(draw: &mut Draw<'_>, good: &[u8]) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..=draw.below(8) {
        if bytes.is_empty() {
            break;
        }
        let at = draw.below(bytes.len());
        let end = (at + 1 + draw.below(24)).min(bytes.len());
        match draw.below(8) {
            0 => bytes[at] ^= 1 << draw.below(8),
            1 => bytes[at] = draw.byte(),
            2 => bytes[at] = bytes[at].wrapping_add(1),
            3 => bytes.truncate(at),
            4 => drop(bytes.drain(at..end)),
            5 => {
                let part = bytes[at..end].to_vec();
                let to = draw.below(bytes.len());
                bytes.splice(to..to, part);
            }
            6 => drop(bytes.splice(at..at, draw.pick(&STONES).iter().copied())),
            _ => {
                let stone = draw.pick(&STONES);
                let end = (at + stone.len()).min(bytes.len());
                bytes.splice(at..end, stone.iter().copied());
            }
        }
    }
    bytes
}
