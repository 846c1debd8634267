//! Means are rounded once, and halves of them away from zero.

use proptest::prelude::*;

use super::*;

fn mean_of(ratios: &[(i64, u64)], parts: u32) -> Option<i64> {
    mean(ratios.iter().map(|(over, under)| Ratio { over: *over, under: NonZeroU64::new(*under).unwrap() }), parts)
}

#[test]
fn a_half_is_rounded_away_from_zero_on_both_sides() {
    for (over, under, tenths) in [
        (81, 20, 41), // 4.05
        (-81, 20, -41),
        (80_999, 20_000, 40),
        (-80_999, 20_000, -40),
        (1, 20, 1),
        (-1, 20, -1),
        (-1, 21, 0),
        (0, 7, 0),
        (-3, 1, -30),
    ] {
        assert_eq!(mean_of(&[(over, under)], 10), Some(tenths), "{over}/{under}");
    }
}

#[test]
fn nothing_has_no_mean() {
    assert_eq!(mean_of(&[], 10), None);
}

#[test]
fn a_mean_is_of_the_unrounded_values() {
    // The mean of 0.44 and 0.45 is 0.445. Rounded first they were 0.4 and 0.5, and their mean half a tenth more.
    assert_eq!(mean_of(&[(44, 100), (45, 100)], 10), Some(4));
    assert_eq!(mean_of(&[(1, 3), (1, 6)], 2), Some(1), "a quarter in halves is half a half");
    assert_eq!(mean_of(&[(-1, 3), (-1, 6)], 2), Some(-1));
}

#[test]
fn a_half_that_only_the_sum_of_many_long_fractions_makes_is_found() {
    // Each fraction beside its complement makes one: 60 primes below the line, far beyond 128 bits, and exactly a half per fraction.
    let is_prime = |n: &u64| (2..*n).take_while(|by| by * by <= *n).all(|by| !n.is_multiple_of(by));
    let primes: Vec<u64> = (10_007..).filter(is_prime).take(60).collect();
    let pairs = |sign: i64| -> Vec<(i64, u64)> {
        let both = |prime: &u64| [(sign * 5, *prime), (sign * (i64::try_from(*prime).unwrap() - 5), *prime)];
        primes.iter().flat_map(both).collect()
    };
    assert_eq!((mean_of(&pairs(1), 1), mean_of(&pairs(-1), 1)), (Some(1), Some(-1)));
    // A hair below it.
    for sign in [1, -1] {
        let mut below = pairs(sign);
        below[0] = (sign * 4_999_999_999_999_999, primes[0] * 1_000_000_000_000_000);
        assert_eq!(mean_of(&below, 1), Some(0));
    }
}

#[test]
fn the_longest_numbers_make_nothing_panic() {
    let most = [(i64::MAX, 1), (i64::MIN, 1), (i64::MAX, u64::MAX), (i64::MIN, u64::MAX - 1)];
    assert_eq!(mean_of(&most[..1], 1), Some(i64::MAX));
    assert_eq!(mean_of(&most[1..2], u32::MAX), Some(i64::MIN));
    assert_eq!(mean_of(&most[..2], 2), Some(-1), "the two are one apart");
    assert_eq!(mean_of(&most[2..], 100), Some(0));
}

/// By the definition, with all of one fraction over the product of what is below the lines.
fn by_definition(ratios: &[(i64, u64)], parts: u32) -> i64 {
    let product: i128 = ratios.iter().map(|(_, under)| i128::from(*under)).product();
    let sum: i128 = ratios.iter().map(|(over, under)| i128::from(*over) * (product / i128::from(*under))).sum();
    let (over, under) = (sum * i128::from(parts), product * i128::try_from(ratios.len()).unwrap());
    let size = (over.abs() * 2 + under) / (under * 2);
    i64::try_from(over.signum() * size).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_mean_is_that_of_its_definition(
        ratios in proptest::collection::vec((-2_000_i64..2_000, 1_u64..2_000), 1..8),
        parts in 1_u32..101,
    ) {
        prop_assert_eq!(mean_of(&ratios, parts), Some(by_definition(&ratios, parts)));
    }

    #[test]
    fn of_small_fractions_with_many_halves_too(
        ratios in proptest::collection::vec((-8_i64..8, 1_u64..5), 1..5),
    ) {
        prop_assert_eq!(mean_of(&ratios, 1), Some(by_definition(&ratios, 1)));
    }

    #[test]
    fn the_order_of_what_is_added_up_does_not_matter(
        ratios in proptest::collection::vec((any::<i64>(), 1_u64..), 1..12),
    ) {
        let turned: Vec<_> = ratios.iter().rev().copied().collect();
        prop_assert_eq!(mean_of(&ratios, 100), mean_of(&turned, 100));
    }
}
