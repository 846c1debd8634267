//! Sorting of the short lists that screens show.

/// Sorts in place, equal ones as they came, by whether the first comes after the second. The sort of the standard library is made for
/// long lists, and its machinery comes once for every type: here that would be 4 kB each on a client's phone.
pub fn sort_by<T>(list: &mut [T], comes_after: impl Fn(&T, &T) -> bool) {
    for end in 1..list.len() {
        let mut place = end;
        while let Some([before, this]) = place.checked_sub(1).and_then(|from| list.get_mut(from..=place)) {
            if !comes_after(before, this) {
                break;
            }
            std::mem::swap(before, this);
            place -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_sorted_and_equal_ones_stay_as_they_came() {
        let mut list = vec![(3, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (3, 'e')];
        sort_by(&mut list, |a, b| a.0 > b.0);
        assert_eq!(list, [(1, 'b'), (1, 'd'), (2, 'c'), (3, 'a'), (3, 'e')]);
    }

    #[test]
    fn an_empty_list_and_a_list_of_one_stay_as_they_are() {
        let mut none: [u8; 0] = [];
        sort_by(&mut none, |a, b| a > b);
        let mut one = [7];
        sort_by(&mut one, |a, b| a > b);
        assert_eq!(one, [7]);
    }
}
