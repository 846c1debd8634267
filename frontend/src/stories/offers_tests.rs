//! What is offered of a template that changed.

use opstap_core::{Cell, DeviceId, Millis, Record, Stamp};

use super::*;
use crate::components::Saved;

fn id(n: u8) -> RecordId {
    RecordId([n; 16])
}

fn entry<M: Model>(n: u8, change: &Change, number: u64) -> Entry<M> {
    let stamp = Stamp { millis: Millis(1), counter: 0, device: DeviceId([1; 16]) };
    let mut record = Record::new(id(n), M::KIND, None);
    for (name, value) in change.cells() {
        record.cells.insert(name.clone(), Cell { value: value.clone(), stamp, number });
    }
    read(record)
}

fn read<M: Model>(record: Record) -> Entry<M> {
    let value = M::from_record(&record).unwrap();
    Entry { id: record.id, parent: None, value, saved: Saved::Sent, author: None, made: record.made(), record }
}

fn step(n: u8, order: &str, text: &str, origin: Option<(u8, i64)>) -> Entry<Step> {
    let (origin, origin_number) = origin.map(|(of, number)| (id(of), number)).unzip();
    let step = Step { origin, origin_number, ..Step::saying(order, text) };
    entry(n, &step.make(id(n)), 10)
}

fn whole(n: u8, origin_number: Option<i64>, steps: Vec<Entry<Step>>) -> Whole {
    let plan = Plan { origin_number, ..Plan::titled("Boodschappen doen") };
    let plan = entry(n, &plan.make(id(n)), 10);
    Whole { plan, steps, removed: Vec::new(), choices: Vec::new(), removed_choices: Vec::new() }
}

/// A template of two steps, and a copy of it made at number 10.
fn both() -> (Whole, Whole) {
    let template = whole(1, None, vec![step(2, "B", "Pak je tas.", None), step(3, "C", "Ga.", None)]);
    let own = vec![step(12, "G", "Pak je rode tas.", Some((2, 10))), step(13, "K", "Ga.", Some((3, 10)))];
    (whole(11, Some(10), own), template)
}

fn change<M: Model>(step: &mut Entry<M>, name: &'static str, value: Value, number: u64) {
    let mut record = step.record.clone();
    let stamp = Stamp { millis: Millis(9), counter: 0, device: DeviceId([1; 16]) };
    record.cells.insert(name.into(), Cell { value, stamp, number });
    *step = read(record);
}

fn found(copy: &Whole, template: &Whole) -> Vec<Offer> {
    let mut last = 49;
    let new_id = || {
        last += 1;
        id(last)
    };
    offers(copy, template, new_id)
}

#[test]
fn nothing_is_offered_as_long_as_the_template_stays_whatever_the_client_changed() {
    let (copy, template) = both();
    assert_eq!(found(&copy, &template), []);
}

#[test]
fn what_changed_in_a_step_is_offered_with_both_and_either_answer_deals_with_it() {
    let (copy, mut template) = both();
    change(&mut template.steps[0], "text", "Pak een stevige tas.".into(), 14);
    let offers = found(&copy, &template);
    assert_eq!(offers.len(), 1);
    let What::Changed { own, cells, choices: None, moved: None } = &offers[0].what else { panic!("a change") };
    assert_eq!(own.text, "Pak je rode tas.");
    let differs = Differs { cell: "text", template: "Pak een stevige tas.".into(), own: "Pak je rode tas.".into() };
    assert_eq!(*cells, [differs]);
    let number = ("origin_number".into(), Value::Int(14));
    let taken = vec![("text".into(), "Pak een stevige tas.".into()), number.clone()];
    assert_eq!(offers[0].take, [Change::Set { id: id(12), cells: taken }]);
    assert_eq!(offers[0].leave, [Change::Set { id: id(12), cells: vec![number] }]);
    let mut left = copy;
    change(&mut left.steps[0], "origin_number", Value::Int(14), 3);
    assert_eq!(found(&left, &template), []);
    change(&mut template.steps[0], "text", "Pak twee tassen.".into(), 15);
    assert_eq!(found(&left, &template).len(), 1, "what changes after that is offered again");
}

#[test]
fn what_the_copy_already_says_is_not_offered_nor_what_is_the_copies_own() {
    let (copy, mut template) = both();
    change(&mut template.steps[0], "text", "Pak je rode tas.".into(), 14);
    change(&mut template.steps[1], "order", "D".into(), 15);
    assert_eq!(found(&copy, &template), []);
}

#[test]
fn a_step_that_was_moved_can_follow_and_either_answer_deals_with_it() {
    let (mut copy, mut template) = both();
    // A step of the client's own in between: the place is told by the steps both have.
    copy.steps.insert(1, step(14, "H", "Doe je jas aan.", None));
    change(&mut template.steps[1], "order", "A".into(), 15);
    template.steps.swap(0, 1);
    let offers = found(&copy, &template);
    assert_eq!(offers.len(), 1, "the other step stands where it stood");
    let What::Changed { own, cells, moved: Some(moved), .. } = &offers[0].what else { panic!("a move") };
    assert_eq!((own.text.as_str(), cells.as_slice(), &moved.behind), ("Ga.", [].as_slice(), &None));
    let Change::Set { id: moves, cells } = &offers[0].take[0] else { panic!("a step") };
    let (_, Value::Text(order)) = &cells[0] else { panic!("a place") };
    assert!(order.as_str() < "G", "{order}");
    assert_eq!((*moves, &cells[1]), (id(13), &("origin_number".into(), Value::Int(15))));
    let mut taken = copy.clone();
    let mut follows = taken.steps.remove(2);
    change(&mut follows, "order", order.as_str().into(), 3);
    taken.steps.insert(0, follows);
    assert_eq!(found(&taken, &template), []);
    change(&mut copy.steps[2], "origin_number", Value::Int(15), 3);
    assert_eq!(found(&copy, &template), [], "left where it is");
}

#[test]
fn a_new_step_is_offered_at_its_place_and_only_the_oldest_of_them() {
    let (copy, mut template) = both();
    let mut first = step(4, "BV", "Doe de deur op slot.", None);
    change(&mut first, "text", "Doe de deur op slot.".into(), 20);
    let mut later = step(5, "A", "Kijk in de kast.", None);
    change(&mut later, "text", "Kijk in de kast.".into(), 30);
    template.steps.insert(1, first);
    template.steps.insert(0, later);
    let offers = found(&copy, &template);
    assert_eq!(offers.len(), 1);
    let Change::Make { id: made, parent, cells, .. } = &offers[0].take[0] else { panic!("a step") };
    let cell = |name: &str| cells.iter().find(|(cell, _)| cell == name).map(|(_, value)| value.clone());
    assert_eq!((*made, *parent, cell("origin")), (id(50), Some(id(11)), Some(id(4).into())));
    let Some(Value::Text(order)) = cell("order") else { panic!("a place") };
    assert!("G" < order.as_str() && order.as_str() < "K");
    assert_eq!(offers[0].leave, [set(id(11), "origin_number", Some(20_i64))]);
    let left = whole(11, Some(20), copy.steps);
    let What::New { step, .. } = &found(&left, &template)[0].what else { panic!("the next") };
    assert_eq!(step.text, "Kijk in de kast.");
}

#[test]
fn a_new_step_that_the_copy_has_or_had_is_not_offered() {
    let (mut copy, mut template) = both();
    let mut new = step(4, "D", "Doe de deur op slot.", None);
    change(&mut new, "text", "Doe de deur op slot.".into(), 20);
    template.steps.push(new);
    copy.removed = vec![step(14, "M", "Doe de deur op slot.", Some((4, 20)))];
    assert_eq!(found(&copy, &template), []);
}

#[test]
fn a_step_that_was_removed_from_the_template_can_go_or_stay() {
    let (copy, mut template) = both();
    let mut gone = template.steps.remove(1);
    change(&mut gone, DELETED, Value::Bool(true), 16);
    template.removed.push(gone);
    let offers = found(&copy, &template);
    assert_eq!((offers.len(), &offers[0].take), (1, &vec![delete(id(13))]));
    assert!(matches!(&offers[0].what, What::Removed(looks) if looks.text == "Ga."));
    let mut left = copy;
    change(&mut left.steps[1], "origin_number", Value::Int(16), 3);
    assert_eq!(found(&left, &template), []);
}

#[test]
fn a_copy_of_before_this_was_noted_is_offered_nothing() {
    let (mut copy, mut template) = both();
    change(&mut copy.steps[0], "origin_number", Value::Nothing, 3);
    change(&mut template.steps[0], "text", "Pak een stevige tas.".into(), 14);
    assert_eq!(found(&copy, &template), []);
}

fn choice(n: u8, step: u8, text: &str, to: Option<u8>, number: u64) -> Entry<Choice> {
    let choice = Choice { order: "B".into(), text: text.to_owned(), picture: None, to: to.map(id) };
    let entry: Entry<Choice> = entry(n, &choice.make(id(n)), number);
    Entry { parent: Some(id(step)), ..entry }
}

#[test]
fn every_cell_that_changed_is_shown_and_not_the_sentence_alone() {
    let (copy, mut template) = both();
    change(&mut template.steps[1], "timer", Value::Int(300), 14);
    let What::Changed { cells, .. } = &found(&copy, &template)[0].what else { panic!("a change") };
    assert_eq!(*cells, [Differs { cell: "timer", template: Value::Int(300), own: Value::Nothing }]);
}

#[test]
fn a_new_step_is_taken_over_with_its_choices_which_lead_to_the_steps_of_the_copy() {
    let (copy, mut template) = both();
    let mut new = step(4, "D", "Kies hoe je gaat.", None);
    change(&mut new, "text", "Kies hoe je gaat.".into(), 20);
    template.steps.push(new);
    template.choices = vec![choice(7, 4, "Lopen", Some(3), 21), choice(8, 4, "Met de bus", Some(9), 22)];
    let offers = found(&copy, &template);
    assert!(matches!(&offers[0].what, What::New { choices, .. } if choices.len() == 2));
    let cell = |change: &Change, name: &str| {
        change.cells().iter().find(|(cell, _)| cell == name).map(|(_, value)| value.clone())
    };
    let [made, walk, bus] = offers[0].take.as_slice() else { panic!("a step and its choices") };
    assert_eq!(cell(made, "origin_number"), Some(Value::Int(22)), "its choices are dealt with too");
    assert!(matches!(walk, Change::Make { parent, .. } if *parent == Some(made.record())));
    assert_eq!((cell(walk, "to"), cell(bus, "to")), (Some(id(13).into()), None));
}

#[test]
fn choices_that_changed_are_offered_as_they_are_here_and_there() {
    let (mut copy, mut template) = both();
    copy.choices = vec![choice(17, 12, "Lopen", None, 2)];
    template.choices = vec![choice(7, 2, "Lopen", None, 10)];
    assert_eq!(found(&copy, &template), []);
    template.choices.push(choice(8, 2, "Met de bus", Some(3), 15));
    let offers = found(&copy, &template);
    let What::Changed { cells, choices: Some(choices), .. } = &offers[0].what else { panic!("choices") };
    assert_eq!((cells.len(), choices.own.len(), choices.template.len()), (0, 1, 2));
    assert_eq!((offers[0].take.len(), &offers[0].take[1]), (4, &delete(id(17))));
    assert_eq!(offers[0].leave, [set(id(12), "origin_number", Some(15_i64))]);
    let mut left = copy;
    change(&mut left.steps[0], "origin_number", Value::Int(15), 3);
    assert_eq!(found(&left, &template), []);
}

#[test]
fn another_title_is_offered_and_never_before_a_step_that_was_new_earlier() {
    let (copy, mut template) = both();
    change(&mut template.plan, "title", "Naar de winkel".into(), 25);
    let What::Plan(differs) = &found(&copy, &template)[0].what else { panic!("a title") };
    assert_eq!((differs.cell, &differs.template), ("title", &"Naar de winkel".into()));
    let mut new = step(4, "D", "Doe de deur op slot.", None);
    change(&mut new, "text", "Doe de deur op slot.".into(), 20);
    template.steps.push(new);
    let offers = found(&copy, &template);
    assert!(matches!(offers.as_slice(), [Offer { what: What::New { .. }, .. }]));
    let left = whole(11, Some(20), copy.steps);
    assert!(matches!(found(&left, &template).as_slice(), [Offer { what: What::Plan(_), .. }]));
}
