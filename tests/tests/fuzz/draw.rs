//! Turns the bytes of an input into choices, so that the same bytes always make the same thing and fewer bytes make a smaller one.

/// The bytes that are not spent yet. Past the end every choice is the first.
#[derive(Clone)]
pub struct Draw<'a>(&'a [u8]);

impl<'a> Draw<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether everything is spent.
    pub fn is_over(&self) -> bool {
        self.0.is_empty()
    }

    /// All that is left.
    pub fn rest(&self) -> &'a [u8] {
        self.0
    }

    pub fn byte(&mut self) -> u8 {
        let Some((byte, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *byte
    }

    /// So many bytes, or what is left of them.
    pub fn bytes(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// A number below this one, which is at least 1.
    pub fn below(&mut self, count: usize) -> usize {
        let wide = count > 256;
        let high = if wide { usize::from(self.byte()) << 8 | usize::from(self.byte()) << 16 } else { 0 };
        (high | usize::from(self.byte())) % count
    }

    pub fn yes(&mut self) -> bool {
        self.byte() % 2 == 1
    }

    pub fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }

    /// Any 64 bits: small ones, those at the ends and those round a power of two more often than others.
    pub fn number(&mut self) -> u64 {
        match self.byte() % 5 {
            0 => u64::from(self.byte() % 8),
            1 => u64::MAX - u64::from(self.byte() % 4),
            2 => (1_u64 << (self.byte() % 64)).wrapping_add(u64::from(self.byte() % 3)).wrapping_sub(1),
            3 => 1_790_000_000_000 + u64::from(self.byte()),
            _ => (0..8).fold(0, |number, _| number << 8 | u64::from(self.byte())),
        }
    }
}
