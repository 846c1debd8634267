//! The map of a good body: what stands where, read by the words of `docs/protocol.md` and without the code that is tested.

use std::ops::Range;

/// What a part of a body is, for whoever wants to make it wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// The version of the body.
    Version,
    /// The mode of a column.
    Mode,
    /// 0 or 1.
    Flag,
    /// A byte of which only some values have a meaning: the first that have none.
    Code(&'static [u8]),
    /// A number of 64 bits, of which each has a meaning here.
    Number,
    /// A number of at most so much.
    Most(u64),
    /// A number of things that follow.
    Count,
    /// Text.
    Text,
    /// Bytes of which each has a meaning.
    Any,
}

impl Is {
    /// Whether the part is written as a number.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Number | Self::Most(_) | Self::Count)
    }
}

/// One part: what it is and where it stands.
#[derive(Debug, Clone)]
pub struct Part {
    pub is: Is,
    pub place: Range<usize>,
}

const FORMS: Is = Is::Code(&[3, 4, 0x80, 0xff]);
const TYPES: Is = Is::Code(&[7, 8, 0x46, 0x80, 0xff]);
const MEDIA: Is = Is::Code(&[0, 3, 0x81, 0xff]);
const ROLES: Is = Is::Code(&[4, 5, 0x80, 0xff]);
const CIRCLES: Is = Is::Code(&[0, 4, 0x80, 0xff]);
const VERDICTS: Is = Is::Code(&[4, 15, 27, 47, 53, 0x80, 0xff]);
const DELIVERIES: Is = Is::Code(&[3, 4, 0x80, 0xff]);
const KINDS: Is = Is::Most(0xffff);
const SMALL: Is = Is::Most(0xffff_ffff);

/// Reads a body part by part.
#[derive(Default)]
pub struct Map {
    bytes: Vec<u8>,
    at: usize,
    pub parts: Vec<Part>,
    ids: usize,
    names: usize,
    /// Of each shape its form and how many cells it has.
    shapes: Vec<(u8, usize)>,
    /// Where the names of two cells of one shape stand, one after the other.
    pub neighbours: Vec<[Range<usize>; 2]>,
}

/// The place of one of so many things.
fn one_of(things: usize) -> Is {
    Is::Most(u64::try_from(things).unwrap() - 1)
}

impl Map {
    fn new(body: &[u8]) -> Self {
        let mut map = Self { bytes: body.to_vec(), ..Self::default() };
        map.byte(Is::Version);
        map.tables();
        map
    }

    /// The map of a request.
    pub fn of_request(body: &[u8]) -> Self {
        let mut map = Self::new(body);
        map.reference();
        map.byte(Is::Flag);
        map.numbers([Is::Number, SMALL, SMALL]);
        for _ in 0..map.count() {
            map.reference();
            map.numbers([Is::Number; 2]);
            map.since_2(SMALL);
            if map.byte(Is::Flag) == 1 {
                map.number(Is::Number);
                map.position();
            }
        }
        if map.is_2() {
            map.let_go_and_asked();
        }
        let edits = map.count();
        let (id, number) = (one_of(map.ids), Is::Number);
        // Who sat beside is 0 for nobody, or 1 and the place.
        for column in [id, number, id, number, SMALL, id, number, number, one_of(map.ids + 1)] {
            map.column(edits, column);
        }
        let changes = map.column(edits, Is::Count).into_iter().sum();
        let rows = map.rows(changes);
        map.row_values(&rows);
        map.ids(changes, map.ids);
        map.whole()
    }

    /// The map of an answer.
    pub fn of_answer(body: &[u8]) -> Self {
        let mut map = Self::new(body);
        map.reference();
        map.numbers([Is::Number; 2]);
        map.since_2(SMALL);
        map.reference();
        map.byte(ROLES);
        map.verdicts();
        for _ in 0..map.count() {
            map.reference();
        }
        for _ in 0..map.count() {
            map.reference();
            map.reference();
        }
        for _ in 0..map.count() {
            map.reference();
            map.take(32, Is::Any);
        }
        let circles = map.count();
        let records = (0..circles).map(|_| map.circle()).sum();
        map.records(records);
        map.whole()
    }

    /// The map, when it covers all of the body: then page and bytes say the same.
    fn whole(self) -> Self {
        assert_eq!(self.at, self.bytes.len(), "the map ends where the body does");
        self
    }

    fn take(&mut self, count: usize, is: Is) -> Vec<u8> {
        let place = self.at..self.at + count;
        self.at = place.end;
        let taken = self.bytes[place.clone()].to_vec();
        if count > 0 {
            self.parts.push(Part { is, place });
        }
        taken
    }

    fn byte(&mut self, is: Is) -> u8 {
        self.take(1, is)[0]
    }

    fn number(&mut self, is: Is) -> u64 {
        let length = self.bytes[self.at..].iter().position(|byte| *byte < 0x80).unwrap() + 1;
        let bytes = self.take(length, is);
        bytes.iter().rev().fold(0, |number, byte| number << 7 | u64::from(byte & 0x7f))
    }

    fn numbers<const COUNT: usize>(&mut self, each: [Is; COUNT]) {
        for is in each {
            self.number(is);
        }
    }

    fn count(&mut self) -> usize {
        usize::try_from(self.number(Is::Count)).unwrap()
    }

    fn reference(&mut self) {
        self.number(one_of(self.ids));
    }

    fn position(&mut self) {
        self.number(Is::Number);
        self.byte(Is::Any);
        self.reference();
        self.since_2(SMALL);
    }

    fn is_2(&self) -> bool {
        self.bytes[0] == 2
    }

    /// A number that version 1 does not have.
    fn since_2(&mut self, is: Is) {
        if self.is_2() {
            self.number(is);
        }
    }

    fn let_go_and_asked(&mut self) {
        for _ in 0..self.count() {
            self.reference();
            self.numbers([Is::Number; 2]);
        }
        for _ in 0..self.count() {
            self.reference();
            self.number(SMALL);
            self.place();
        }
    }

    fn place(&mut self) {
        if self.byte(Is::Flag) == 1 {
            self.byte(Is::Any);
            self.reference();
        }
    }

    fn figures(&mut self) {
        if self.byte(Is::Flag) == 1 {
            self.number(SMALL);
            let count = self.count();
            for column in [SMALL, one_of(self.ids), Is::Most(0xffff), Is::Number] {
                self.column(count, column);
            }
        }
    }

    /// A column of numbers that count from 0 where they are differences: where another base is meant, nobody asks for the numbers.
    fn column(&mut self, count: usize, is: Is) -> Vec<usize> {
        if count == 0 {
            return Vec::new();
        }
        let mode = self.byte(Is::Mode);
        let mut before = 0_u64;
        let mut numbers = Vec::new();
        for _ in 0..count {
            // A difference that is wrong says nothing about the number it leads to.
            let written = self.number(if mode == 0 { is } else { Is::Number });
            let difference = written >> 1 ^ (written & 1).wrapping_neg();
            before = match mode {
                0 => written,
                1 => before.wrapping_add(difference),
                _ => difference,
            };
            numbers.push(usize::try_from(before).unwrap());
        }
        numbers
    }

    fn ids(&mut self, count: usize, table: usize) {
        let how = self.column(count, one_of(2 + table));
        let with_moment = how.iter().filter(|how| **how == 0).count();
        self.column(with_moment, Is::Number);
        for how in how {
            self.take([10, 16].get(how).copied().unwrap_or(0), Is::Any);
        }
    }

    fn tables(&mut self) {
        let ids = self.count();
        self.ids(ids, 0);
        self.ids = ids;
        self.names = self.count();
        for _ in 0..self.names {
            let length = self.count();
            self.take(length, Is::Text);
        }
        for _ in 0..self.count() {
            let form = self.byte(FORMS);
            if form > 0 {
                self.number(KINDS);
            }
            let cells = self.count();
            let (mode, names_at) = (self.bytes[self.at], self.parts.len() + 1);
            self.column(cells, one_of(self.names));
            let names = self.parts.iter().skip(names_at).map(|part| part.place.clone()).collect::<Vec<_>>();
            let pairs = names.windows(2).map(|pair| [pair[0].clone(), pair[1].clone()]);
            self.neighbours.extend(pairs.filter(|_| mode == 0));
            self.shapes.push((form, cells));
        }
    }

    /// The shapes of so many rows.
    fn rows(&mut self, count: usize) -> Vec<usize> {
        let shapes = self.column(count, one_of(self.shapes.len()));
        let below = shapes.iter().filter(|shape| self.shapes[**shape].0 == 2).count();
        self.column(below, one_of(self.ids));
        shapes
    }

    fn row_values(&mut self, rows: &[usize]) {
        for shape in 0..self.shapes.len() {
            let count = rows.iter().filter(|row| **row == shape).count();
            for _ in 0..if count == 0 { 0 } else { self.shapes[shape].1 } {
                self.values(count);
            }
        }
    }

    fn values(&mut self, count: usize) {
        let types: Vec<u8> = (0..count).map(|_| self.byte(TYPES)).collect();
        let of = |one: u8| types.iter().filter(|of| **of == one).count();
        let numbers = if of(2) == 0 { Is::Most(1) } else { Is::Number };
        self.column(of(1) + of(2), numbers);
        let (mode, texts_at) = (self.bytes[self.at], self.parts.len() + 1);
        let fresh = self.column(of(3), Is::Number).into_iter().filter(|which| *which == 0).count();
        // How many texts stand here is known only now: 0 says one does, and k names the k-th.
        if mode == 0 {
            self.parts.iter_mut().skip(texts_at).for_each(|part| part.is = Is::Most(u64::try_from(fresh).unwrap()));
        }
        for length in self.column(fresh, Is::Count) {
            self.take(length, Is::Text);
        }
        let in_lists: usize = self.column(of(5), Is::Count).into_iter().sum();
        self.column(of(4) + in_lists, one_of(self.ids));
        for _ in 0..of(6) {
            self.take(32, Is::Any);
            self.byte(MEDIA);
        }
        self.column(of(6), SMALL);
    }

    fn verdicts(&mut self) {
        let count = self.count();
        self.column(count, Is::Number);
        let codes: Vec<u8> = (0..count).map(|_| self.byte(VERDICTS)).collect();
        self.column(codes.iter().filter(|code| matches!(**code, 1 | 2)).count(), Is::Number);
        let restamped = codes.iter().filter(|code| **code == 2).count();
        for column in [one_of(self.ids), Is::Number, SMALL] {
            self.column(restamped, column);
        }
    }

    /// A circle, and how many records it brings.
    fn circle(&mut self) -> usize {
        self.reference();
        self.byte(CIRCLES);
        self.number(Is::Number);
        let delivery = self.byte(if self.is_2() { DELIVERIES } else { Is::Flag });
        let records = self.count();
        match delivery {
            0 => {
                self.number(Is::Number);
                self.byte(Is::Flag);
                let gone = self.count();
                self.column(gone, one_of(self.ids));
            }
            1 => {
                self.numbers([Is::Number; 2]);
                self.since_2(Is::Number);
                self.since_2(Is::Number);
                if self.byte(Is::Flag) == 1 {
                    self.position();
                }
            }
            _ => {
                self.number(SMALL);
                self.place();
            }
        }
        if self.is_2() {
            self.figures();
        }
        records
    }

    fn records(&mut self, count: usize) {
        let points = self.count();
        for column in [one_of(self.ids), Is::Number, SMALL, Is::Number] {
            self.column(points, column);
        }
        let rows = self.rows(count);
        let cells = rows.iter().map(|shape| self.shapes[*shape].1).sum();
        self.column(cells, one_of(points));
        self.column(count, Is::Number);
        self.row_values(&rows);
        let kept = self.column(count, Is::Count).into_iter().sum();
        self.column(kept, one_of(self.names));
        self.column(kept, one_of(points));
        self.values(kept);
        self.ids(count, self.ids);
    }
}
