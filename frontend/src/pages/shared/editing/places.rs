//! The order of steps: which changes bring a step to a place, and which rows stand where while somebody types.

use opstap_core::model::set;
use opstap_core::{Change, RecordId, order};

/// A step and its fractional index.
pub type Placed = (RecordId, String);

/// The indexes that bring `moved` to place `at` among the others, which stand in order without it. Mostly one; where two people
/// moved at once, indexes can be equal, and then those behind it need new ones too.
#[must_use]
pub fn place_at(others: &[Placed], moved: RecordId, at: usize) -> Vec<Placed> {
    let low = at.checked_sub(1).and_then(|before| others.get(before)).map(|(_, order)| order.as_str());
    let higher = |order: &&Placed| low.is_none_or(|low| order.1.as_str() > low);
    let high = others.iter().skip(at).find(higher).map(|(_, order)| order.as_str());
    let mut last = order::between(low, high);
    let mut placed = vec![(moved, last.clone())];
    for (id, order) in others.iter().skip(at) {
        if low.is_none_or(|low| order.as_str() > low) {
            break;
        }
        last = order::between(Some(&last), high);
        placed.push((*id, last.clone()));
    }
    placed
}

/// The indexes that move a step one place up or down; nothing at the end of the list.
#[must_use]
pub fn one_place(steps: &[Placed], moved: RecordId, up: bool) -> Vec<Placed> {
    let Some(at) = steps.iter().position(|(id, _)| *id == moved) else { return Vec::new() };
    let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < steps.len()) };
    let Some(to) = to else { return Vec::new() };
    let others: Vec<Placed> = steps.iter().filter(|(id, _)| *id != moved).cloned().collect();
    place_at(&others, moved, to)
}

/// The row that takes the place of one that goes: the next, or the one before when it was the last.
#[must_use]
pub fn neighbour(rows: &[RecordId], goes: RecordId) -> Option<RecordId> {
    let at = rows.iter().position(|id| *id == goes)?;
    rows.get(at + 1).or_else(|| rows.get(at.checked_sub(1)?)).copied()
}

/// The rows to show. While somebody types, no row moves and the one typed in stays, whatever others do; what is new stands behind
/// the row it follows. Rows that move would take the focus with them.
#[must_use]
pub fn rows(shown: &[RecordId], now: &[RecordId], typing: Option<RecordId>) -> Vec<RecordId> {
    let Some(typing) = typing else { return now.to_vec() };
    let mut rows: Vec<RecordId> = shown.iter().copied().filter(|id| now.contains(id) || *id == typing).collect();
    for (at, id) in now.iter().enumerate().filter(|(_, id)| !shown.contains(id)) {
        let before = at.checked_sub(1).and_then(|before| now.get(before));
        let place = before.and_then(|before| rows.iter().position(|row| row == before)).map_or(0, |before| before + 1);
        rows.insert(place, *id);
    }
    rows
}

/// Sets the places of records.
pub fn moves(placed: impl IntoIterator<Item = Placed>) -> Vec<Change> {
    placed.into_iter().map(|(id, order)| set(id, "order", order)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn steps(orders: &[&str]) -> Vec<Placed> {
        (1_u8..).zip(orders).map(|(n, order)| (id(n), (*order).to_owned())).collect()
    }

    fn after(steps: &[Placed], changes: &[Placed]) -> Vec<u8> {
        let mut moved: Vec<Placed> = steps.to_vec();
        for (id, order) in changes {
            if let Some(step) = moved.iter_mut().find(|step| step.0 == *id) {
                step.1.clone_from(order);
            }
        }
        moved.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        moved.iter().map(|(id, _)| id.0[0]).collect()
    }

    #[test]
    fn a_step_goes_one_place_up_or_down_and_only_it_changes() {
        let steps = steps(&["A", "B", "C", "D"]);
        let up = one_place(&steps, id(3), true);
        assert_eq!((up.len(), after(&steps, &up)), (1, vec![1, 3, 2, 4]));
        let down = one_place(&steps, id(3), false);
        assert_eq!((down.len(), after(&steps, &down)), (1, vec![1, 2, 4, 3]));
        assert!(one_place(&steps, id(1), true).is_empty() && one_place(&steps, id(4), false).is_empty());
    }

    #[test]
    fn a_step_lands_where_it_should_also_between_steps_with_one_index() {
        let steps = steps(&["A", "B", "B", "B", "C"]);
        for moved in 1..=5_u8 {
            for up in [true, false] {
                let changes = one_place(&steps, id(moved), up);
                let mut wanted: Vec<u8> = (1..=5).collect();
                let at = usize::from(moved) - 1;
                match (up, at) {
                    (true, 0) | (false, 4) => {}
                    (true, at) => wanted.swap(at, at - 1),
                    (false, at) => wanted.swap(at, at + 1),
                }
                assert_eq!(after(&steps, &changes), wanted, "{moved} {up}");
            }
        }
    }

    #[test]
    fn no_row_moves_while_somebody_types_and_what_is_new_stands_behind_the_row_it_follows() {
        let shown = [id(1), id(2), id(3)];
        // Somebody else moved 3 to the front, removed 2 and made 9 behind it.
        let now = [id(3), id(9), id(1)];
        assert_eq!(rows(&shown, &now, Some(id(2))), [id(1), id(2), id(3), id(9)]);
        assert_eq!(rows(&shown, &now, Some(id(1))), [id(1), id(3), id(9)]);
        assert_eq!(rows(&shown, &now, None), now);
    }

    #[test]
    fn when_a_row_goes_its_neighbour_is_next() {
        let rows = [id(1), id(2), id(3)];
        assert_eq!(rows.map(|goes| neighbour(&rows, goes)), [Some(id(2)), Some(id(3)), Some(id(2))]);
        assert_eq!(neighbour(&rows[..1], id(1)), None);
        assert_eq!(neighbour(&rows, id(9)), None);
    }
}
