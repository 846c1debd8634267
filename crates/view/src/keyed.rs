//! A list whose rows keep their elements when they move: each row is known by a key.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{Owner, RenderEffect, untrack};

use crate::standing::{Standing, build, follow};
use crate::wanted::AnyView;

/// A row to be: its key, and how it is drawn when there is no row with that key yet.
pub struct Row {
    pub key: String,
    pub draw: Box<dyn FnOnce() -> AnyView>,
}

/// The rows as they should be now.
pub type Rows = Box<dyn FnMut() -> Vec<Row>>;

struct StandingRow {
    key: String,
    /// Its place before the rows were arranged anew; a row that just came had none.
    place: Option<usize>,
    standing: Standing,
    owner: Owner,
}

/// The rows, and a mark after the last.
struct List {
    rows: Vec<StandingRow>,
    end: Standing,
}

/// Rows that stand in the document.
pub struct StandingRows {
    list: Rc<RefCell<List>>,
    #[expect(dead_code, reason = "it follows its signals for as long as it is held")]
    follows: RenderEffect<()>,
}

/// As with a live piece: rows end with the list, not a turn later.
impl Drop for StandingRows {
    fn drop(&mut self) {
        let rows = self.list.try_borrow_mut().map(|mut list| std::mem::take(&mut list.rows));
        drop(rows);
    }
}

impl StandingRows {
    /// Each row in order, then the mark at the end.
    pub fn each(&self, act: &mut dyn FnMut(&Standing)) {
        let list = self.list.borrow();
        list.rows.iter().for_each(|row| act(&row.standing));
        act(&list.end);
    }
}

/// Draws the rows now and whenever a signal in them changes.
pub fn rows(mut wanted: Rows) -> StandingRows {
    let list = Rc::new(RefCell::new(List { rows: Vec::new(), end: build(AnyView::of(None)) }));
    // Rows outlive one run of the effect, so what is made in them may not belong to it.
    let owner = Owner::new();
    let drawn = list.clone();
    let follows = follow(Box::new(move || {
        let wanted = wanted();
        owner.with(|| arrange(&mut drawn.borrow_mut(), wanted, &owner));
    }));
    StandingRows { list, follows }
}

fn arrange(list: &mut List, wanted: Vec<Row>, owner: &Owner) {
    let mut before: Vec<StandingRow> = std::mem::take(&mut list.rows);
    for (place, row) in before.iter_mut().enumerate() {
        row.place = Some(place);
    }
    // What goes ends before what comes begins.
    before.retain(|row| {
        let stays = wanted.iter().any(|wanted| wanted.key == row.key);
        if !stays {
            row.standing.unmount();
            row.owner.cleanup();
        }
        stays
    });
    for Row { key, draw } in wanted {
        let known = before.iter().position(|row| row.key == key);
        list.rows.push(match known {
            Some(at) => before.swap_remove(at),
            None => {
                let owner = owner.child();
                let standing = owner.with(|| untrack(|| build(draw())));
                StandingRow { key, place: None, standing, owner }
            }
        });
    }
    put_in_order(list);
}

/// Moves as few rows as possible: one that is taken out and put back loses the focus.
fn put_in_order(list: &List) {
    let Some(mut next) = list.end.first() else { return };
    let Some(parent) = next.parent_node() else { return };
    let places: Vec<Option<usize>> = list.rows.iter().map(|row| row.place).collect();
    let stay = longest_rise(&places);
    for (row, stays) in list.rows.iter().zip(stay).rev() {
        if !stays {
            row.standing.mount(&parent, Some(&next));
        }
        if let Some(first) = row.standing.first() {
            next = first;
        }
    }
}

/// Which of the numbers are in a longest series that rises; those are in order already.
fn longest_rise(places: &[Option<usize>]) -> Vec<bool> {
    // For each number how long a series that ends in it is, and the number before it there.
    let mut ends: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let before = ends.iter().zip(places).enumerate().take(at);
        let longest = before
            .filter(|(_, (_, earlier))| earlier.is_some() && *earlier < place)
            .max_by_key(|(_, ((length, _), _))| *length);
        ends.push(match (place, longest) {
            (None, _) => (0, None),
            (Some(_), None) => (1, None),
            (Some(_), Some((before, ((length, _), _)))) => (length + 1, Some(before)),
        });
    }
    let mut rises = vec![false; places.len()];
    let mut last = (0..ends.len()).rev().max_by_key(|at| ends.get(*at).map(|(length, _)| *length));
    while let Some(at) = last {
        let end = ends.get(at).filter(|(length, _)| *length > 0);
        if let (Some(_), Some(rise)) = (end, rises.get_mut(at)) {
            *rise = true;
        }
        last = end.and_then(|(_, before)| *before);
    }
    rises
}

#[cfg(test)]
mod tests {
    use super::longest_rise;

    #[test]
    fn only_the_row_that_moved_moves() {
        assert_eq!(longest_rise(&[Some(2), Some(0), Some(1)]), [false, true, true]);
        assert_eq!(longest_rise(&[Some(1), Some(2), Some(0)]), [true, true, false]);
        assert_eq!(longest_rise(&[Some(0), None, Some(1), Some(2)]), [true, false, true, true]);
        assert_eq!(longest_rise(&[None, None]), [false, false]);
        assert_eq!(longest_rise(&[]), [false; 0]);
    }
}
