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
    let mut before = std::mem::take(&mut list.rows);
    for Row { key, draw } in wanted {
        let known = before.iter().position(|row| row.key == key);
        list.rows.push(match known {
            Some(place) => before.swap_remove(place),
            None => {
                let owner = owner.child();
                let standing = owner.with(|| untrack(|| build(draw())));
                StandingRow { key, standing, owner }
            }
        });
    }
    for gone in before {
        gone.standing.unmount();
        gone.owner.cleanup();
    }
    put_in_order(list);
}

/// Moves only what does not stand before its successor already.
fn put_in_order(list: &List) {
    let Some(mut next) = list.end.first() else { return };
    let Some(parent) = next.parent_node() else { return };
    for row in list.rows.iter().rev() {
        let in_place = row.standing.last().and_then(|last| last.next_sibling()).is_some_and(|after| after == next);
        if !in_place {
            row.standing.mount(&parent, Some(&next));
        }
        if let Some(first) = row.standing.first() {
            next = first;
        }
    }
}
