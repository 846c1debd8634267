//! Fractional indexes: a place between any two places of a list, so that moving one record changes that record alone.
//!
//! Law: for `a < b`, `a < between(a, b) < b`, compared as bytes; equal indexes, made by two people at once, go by record id.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

fn digit_at(text: &[u8], place: usize) -> Option<usize> {
    text.get(place).and_then(|byte| DIGITS.iter().position(|digit| digit == byte))
}

/// An index after `low` and before `high`; `None` stands for the start or the end of the list.
///
/// Indexes that are equal or the wrong way round (possible after two people moved at once) give one after `low`.
#[must_use]
pub fn between(low: Option<&str>, high: Option<&str>) -> String {
    let low = low.unwrap_or_default().as_bytes();
    let high = high.map(str::as_bytes).filter(|high| *high > low);
    let mut index = Vec::new();
    let mut open = high.is_none();
    for place in 0.. {
        let low_is_over = place >= low.len();
        // Past both there is no room between them (indexes of another program): then after `low` is the nearest right place.
        open |= low_is_over && high.is_none_or(|high| place >= high.len());
        let floor = digit_at(low, place).unwrap_or(0);
        let ceiling = if open { DIGITS.len() } else { high.and_then(|high| digit_at(high, place)).unwrap_or(0) };
        if ceiling > floor + 1 {
            // At the end of a list small steps keep indexes short: lists mostly grow by appending.
            let digit = if open && !low_is_over { floor + 1 } else { floor.midpoint(ceiling) };
            index.extend(DIGITS.get(digit.max(floor + 1)));
            break;
        }
        index.extend(DIGITS.get(floor));
        open |= ceiling > floor;
    }
    String::from_utf8(index).unwrap_or_default()
}

/// Indexes for a new list of `count` records.
#[must_use]
pub fn first(count: usize) -> Vec<String> {
    let mut last: Option<String> = None;
    (0..count)
        .map(|_| {
            let next = between(last.as_deref(), None);
            last = Some(next.clone());
            next
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn a_place_between_two_places_is_between_them(moves in prop::collection::vec(any::<prop::sample::Index>(), 1..60)) {
            let mut list: Vec<String> = Vec::new();
            for place in moves {
                let at = place.index(list.len() + 1);
                let low = at.checked_sub(1).map(|i| list[i].as_str());
                let high = list.get(at).map(String::as_str);
                let new = between(low, high);
                prop_assert!(low.is_none_or(|low| low < new.as_str()), "{low:?} {new} {high:?}");
                prop_assert!(high.is_none_or(|high| new.as_str() < high), "{low:?} {new} {high:?}");
                list.insert(at, new);
            }
        }

        #[test]
        fn moving_places_of_a_list_keeps_every_place_its_own(
            count in 2_usize..30,
            moves in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 1..60),
        ) {
            let mut list = first(count);
            for (from, to) in moves {
                list.remove(from.index(count));
                let at = to.index(count);
                let low = at.checked_sub(1).map(|i| list[i].as_str());
                list.insert(at, between(low, list.get(at).map(String::as_str)));
                prop_assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{list:?}");
            }
            prop_assert!(list.iter().all(|index| index.bytes().all(|byte| DIGITS.contains(&byte))));
        }

        #[test]
        fn at_one_spot_there_is_always_room_and_two_insertions_cost_a_letter_at_most(
            count in 0_usize..20,
            spot in any::<prop::sample::Index>(),
            sides in prop::collection::vec(any::<bool>(), 1..200),
        ) {
            let list = first(count);
            let at = spot.index(count + 1);
            let mut low = at.checked_sub(1).map(|i| list[i].clone());
            let mut high = list.get(at).cloned();
            let longest = [&low, &high].into_iter().flatten().map(String::len).max().unwrap_or(0);
            for (inserted, before) in (1..).zip(sides) {
                let new = between(low.as_deref(), high.as_deref());
                prop_assert!(low.as_ref().is_none_or(|low| *low < new) && high.as_ref().is_none_or(|high| new < *high));
                prop_assert!(new.len() <= longest + inserted / 2 + 1, "{} letters after {inserted}", new.len());
                // The next comes before or after this one.
                *(if before { &mut high } else { &mut low }) = Some(new);
            }
        }

        #[test]
        fn a_list_grows_at_both_ends_by_short_indexes(ends in prop::collection::vec(any::<bool>(), 1..200)) {
            let mut list = std::collections::VecDeque::new();
            for (grown, front) in (1..).zip(ends) {
                if front {
                    let new = between(None, list.front().map(String::as_str));
                    prop_assert!(list.front().is_none_or(|first| new < *first));
                    list.push_front(new);
                } else {
                    let new = between(list.back().map(String::as_str), None);
                    prop_assert!(list.back().is_none_or(|last| *last < new));
                    list.push_back(new);
                }
                prop_assert!(list.iter().all(|index| index.len() <= grown / 5 + 1));
            }
        }

        #[test]
        fn between_equal_places_and_those_the_wrong_way_round_there_is_one_after_the_first(
            moves in prop::collection::vec(any::<prop::sample::Index>(), 2..20),
            pair in any::<(prop::sample::Index, prop::sample::Index)>(),
        ) {
            let mut list: Vec<String> = Vec::new();
            for place in moves {
                let at = place.index(list.len() + 1);
                list.insert(at, between(at.checked_sub(1).map(|i| list[i].as_str()), list.get(at).map(String::as_str)));
            }
            let (one, other) = (pair.0.get(&list), pair.1.get(&list));
            let (low, high) = if one < other { (other, one) } else { (one, other) };
            prop_assume!(low >= high);
            prop_assert!(between(Some(low), Some(high)) > *low);
        }

        #[test]
        fn any_text_as_an_index_gives_an_index_and_no_panic(low in ".{0,8}", high in ".{0,8}") {
            let _ = between(Some(&low), Some(&high));
        }
    }

    /// A cell takes an index of 64 letters at most.
    #[test]
    fn three_hundred_insertions_in_a_row_at_one_spot_fit_in_a_cell() {
        let (low, mut high) = ("V".to_owned(), "W".to_owned());
        for _ in 0..300 {
            high = between(Some(&low), Some(&high));
        }
        assert!(high.len() <= 64, "{} letters", high.len());
    }

    #[test]
    fn a_list_of_a_hundred_steps_has_short_indexes() {
        let list = first(100);
        assert!(list.is_sorted());
        assert!(list.iter().all(|index| index.len() <= 4), "{list:?}");
    }
}
