//! What an edit made, beside what applying it comes to.

use std::collections::BTreeMap;

use super::*;
use crate::edit::{EditName, Seen};
use crate::id::{CircleId, DeviceId};
use crate::merge::apply::tests::Circle;
use crate::merge::{By, apply};
use crate::model::{Model, Plan, Step};
use crate::stamp::Millis;

const DEVICE: DeviceId = DeviceId([3; 16]);
const STAMP: Stamp = Stamp { millis: Millis(5), counter: 1, device: DEVICE };
const PLAN: RecordId = RecordId([1; 16]);
const STEP: RecordId = RecordId([2; 16]);

fn plan() -> Change {
    let title = "Koffie zetten".to_owned();
    let plan = Plan::titled(title);
    plan.make(PLAN)
}

fn step() -> Change {
    Step::saying("a", "Pak een filter.").make_below(STEP, PLAN)
}

fn edit(changes: Vec<Change>) -> Edit {
    let name = EditName { device: DEVICE, n: 1 };
    Edit { name, stamp: STAMP, circle: CircleId([9; 16]), seen: Seen::default(), beside: None, changes }
}

/// What a circle without anything holds after it.
fn applied(edit: &Edit) -> BTreeMap<RecordId, Record> {
    let mut circle = Circle::default();
    let Ok(_) = apply(&mut circle, edit, By { stamp: STAMP, number: 7, seen: 0 });
    circle.records
}

#[test]
fn what_is_told_is_what_applying_the_edit_comes_to() {
    let edit = edit(vec![plan(), step()]);
    let told: BTreeMap<_, _> = made(&edit, STAMP, 7).into_iter().map(|record| (record.id, record)).collect();
    assert_eq!(told, applied(&edit));
    assert_eq!(told.len(), 2);
}

#[test]
fn what_an_edit_touches_twice_is_left_to_the_server() {
    let again = Change::Set { id: STEP, cells: vec![("text".into(), "Pak twee filters.".into())] };
    let told = made(&edit(vec![plan(), step(), again]), STAMP, 7);
    assert_eq!(told.iter().map(|record| record.id).collect::<Vec<_>>(), [PLAN]);
}
