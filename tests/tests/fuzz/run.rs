//! How long a target runs, and how much memory one input may take.

use std::time::Duration;

/// Draws inputs for the time there is, and holds each against a law, which panics when something is wrong.
macro_rules! fuzz {
    (|$bytes:ident| $law:block) => {
        bolero::check!()
            .with_max_len($crate::fuzz::run::LONGEST_INPUT)
            .with_generator(bolero::produce::<Vec<u8>>().with().len(0..=$crate::fuzz::run::LONGEST_INPUT))
            .with_test_time($crate::fuzz::run::time())
            .for_each(|$bytes: &Vec<u8>| {
                let $bytes = $bytes.as_slice();
                $law
            })
    };
}
pub(crate) use fuzz;

/// The most bytes that are drawn for one input; any length up to it is as likely as another.
pub const LONGEST_INPUT: usize = 512;

/// How long each target runs. Only here is the variable read.
pub fn time() -> Duration {
    let seconds = std::env::var("OPSTAP_FUZZ_SECONDS").ok();
    Duration::from_secs(seconds.map_or(5, |seconds| seconds.parse().unwrap()))
}

/// Inputs like those that are drawn, the same ones every time: to see that a target reaches what it is there for.
pub fn some_inputs() -> impl Iterator<Item = Vec<u8>> {
    let mut state = 1_u64;
    std::iter::repeat_with(move || {
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        };
        (0..LONGEST_INPUT).map(|_| next()).collect()
    })
    .take(50)
}

/// What `work` gives, when it held at most so many bytes at once.
#[track_caller]
pub fn within<T>(most: usize, work: impl FnOnce() -> T) -> T {
    let mut done = None;
    let used = allocation_counter::measure(|| done = Some(work()));
    let most = u64::try_from(most).unwrap();
    assert!(used.bytes_max <= most, "{} bytes at once, where {most} are enough", used.bytes_max);
    done.unwrap()
}
