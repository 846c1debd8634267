//! Bodies that are no request and no answer, made from the pinned good ones: the same ones every time, each wrong by what
//! `docs/protocol.md` says, so that each must be refused. What may come out good by chance is not among them.

mod map;

use std::collections::BTreeMap;
use std::ops::Range;

use map::{Is, Map, Part};

/// Bad bodies by their bytes, so that each is there once, with what is wrong.
pub type BadBodies = BTreeMap<Vec<u8>, String>;

/// The bytes of a pinned file: hexadecimal digits; lines that begin with `#` are for people.
pub fn pinned(file: &str) -> Vec<u8> {
    let digits: Vec<u8> =
        file.lines().filter(|line| !line.starts_with('#')).flat_map(str::bytes).filter(u8::is_ascii_hexdigit).collect();
    let pairs = digits.chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

/// What no reader takes for a request.
pub fn of_request() -> BadBodies {
    let versions = [include_str!("../pinned/request-1.hex"), include_str!("../pinned/request-2.hex")].map(pinned);
    let made = versions.iter().map(|good| made_from(good, &Map::of_request(good).parts));
    without(made.flatten(), &versions)
}

fn without(made: impl Iterator<Item = (Vec<u8>, String)>, good: &[Vec<u8>]) -> BadBodies {
    made.filter(|(body, _)| !good.contains(body)).collect()
}

/// What no reader takes for an answer.
pub fn of_answer() -> BadBodies {
    let versions = [include_str!("../pinned/answer-1.hex"), include_str!("../pinned/answer-2.hex")].map(pinned);
    let made = versions.iter().map(|good| {
        let map = Map::of_answer(good);
        let mut bad = made_from(good, &map.parts);
        // A change may name a cell twice, a record has each of its cells once.
        for [one, other] in map.neighbours {
            let bytes = [&good[..other.start], &good[one], &good[other.end..]].concat();
            bad.insert(bytes, format!("the cell at {} a second time", other.start));
        }
        bad
    });
    without(made.flatten(), &versions)
}

fn made_from(good: &[u8], parts: &[Part]) -> BadBodies {
    let mut bad = BadBodies::new();
    let mut add = |what: String, bytes: Vec<u8>| {
        assert_ne!(bytes, good, "{what}");
        bad.entry(bytes).or_insert(what);
    };
    for end in 0..good.len() {
        add(format!("cut off after {end} bytes"), good[..end].to_vec());
    }
    for byte in 0..=0xff {
        add(format!("with {byte} behind the end"), [good, &[byte]].concat());
    }
    add("doubled".into(), good.repeat(2));
    for Part { is, place } in parts {
        for wrong in wrongs(*is, good, place) {
            let bytes = [&good[..place.start], &wrong, &good[place.end..]].concat();
            add(format!("{is:?} at {} as {wrong:02x?}", place.start), bytes);
        }
        if is.is_number() {
            for wrong in long_forms(&good[place.clone()]) {
                let bytes = [&good[..place.start], &wrong, &good[place.end..]].concat();
                add(format!("the number at {} as {wrong:02x?}", place.start), bytes);
            }
        }
    }
    for (what, bytes) in by_hand(good) {
        add(what.into(), bytes);
    }
    bad
}

/// A number in its shortest form.
fn number(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(u8::try_from(number & 0x7f).unwrap() | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap());
    bytes
}

/// What cannot stand in a part.
fn wrongs(is: Is, good: &[u8], place: &Range<usize>) -> Vec<Vec<u8>> {
    match is {
        Is::Version => (0..=0xff).filter(|version| *version != good[0]).map(|version| vec![version]).collect(),
        Is::Mode => [3, 4, 0x40, 0x80, 0xff].map(|mode| vec![mode]).to_vec(),
        Is::Flag => [2, 3, 0x80, 0xff].map(|flag| vec![flag]).to_vec(),
        Is::Code(unknown) => unknown.iter().map(|code| vec![*code]).collect(),
        Is::Most(most) => [most + 1, most + 2, u64::MAX].map(number).to_vec(),
        // More than the bytes that can be left.
        Is::Count => [u64::try_from(good.len() - place.start).unwrap(), 1 << 32, u64::MAX].map(number).to_vec(),
        // A first byte that no letter has, the second byte of one, and one of a letter that does not go on.
        Is::Text => [0xff, 0x80, 0xc3].map(|byte| [&[byte], &good[place.start + 1..place.end]].concat()).to_vec(),
        Is::Number | Is::Any => Vec::new(),
    }
}

/// The same number in more bytes than it needs, and numbers that no 64 bits hold or that never end.
fn long_forms(good: &[u8]) -> Vec<Vec<u8>> {
    let (last, before) = good.split_last().unwrap();
    let going_on = [before, &[last | 0x80]].concat();
    vec![
        [&going_on, [0].as_slice()].concat(),
        [&going_on, [0x80, 0].as_slice()].concat(),
        [[0xff; 9].as_slice(), &[2]].concat(),
        vec![0xff; 11],
    ]
}

/// What somebody might send, or think of.
fn by_hand(good: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut turned = good.to_vec();
    turned.reverse();
    vec![
        ("JSON", br#"{"edits":[]}"#.to_vec()),
        ("JSON behind a version", b"\x01{\"edits\":[]}".to_vec()),
        ("a page", b"<!doctype html><title>Opstap</title>".to_vec()),
        ("a form", b"device=1&edits=".to_vec()),
        ("packed and not said to be", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x63\0\0\x8d\xef\x02\xd2\x01\0\0\0".to_vec()),
        ("a version and nothing", vec![1]),
        ("nothing but zeros", [&[1][..], &[0; 4_000]].concat()),
        ("nothing but ones", vec![1; 4_000]),
        ("all bits set", [&[1][..], &[0xff; 4_000]].concat()),
        ("the last first", turned),
        ("a mark of the order of bytes in front", [b"\xef\xbb\xbf", good].concat()),
        ("a line end behind", [good, b"\r\n"].concat()),
        ("the length in front", [&u32::try_from(good.len()).unwrap().to_be_bytes(), good].concat()),
        ("an edit that was kept", pinned(include_str!("../pinned/edit-1.hex"))),
        ("a record that was kept", pinned(include_str!("../pinned/record-1.hex"))),
    ]
}
