//! What became of a template since a copy was made of it, as offers for the copy: one step at a time, to take over or to leave. Either way
//! the copy notes up to which number of the library it has dealt with it, and the same is not offered again.

use opstap_core::model::{Model, Picture, Plan, Step, delete, set};
use opstap_core::record::DELETED;
use opstap_core::{Change, RecordId, Value, order};

use crate::device::Entry;

/// Something that can be taken over.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What it is.
    pub what: What,
    /// The changes that take it over.
    pub take: Vec<Change>,
    /// The changes that leave the copy as it is.
    pub leave: Vec<Change>,
}

/// What became of a step of the template.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// It is another now.
    Changed {
        /// How the template has it.
        template: Looks,
        /// How the copy has it.
        own: Looks,
    },
    /// It is new.
    New(Looks),
    /// It was removed, and the copy still has it.
    Removed(Looks),
}

/// A step as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Looks {
    /// The sentence.
    pub text: String,
    /// The picture.
    pub picture: Option<Picture>,
}

impl Looks {
    fn of(step: &Step) -> Self {
        Self { text: step.text.clone(), picture: step.picture.clone() }
    }
}

/// A plan with its steps in order, and those that were removed.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// The plan.
    pub plan: Entry<Plan>,
    /// Its steps.
    pub steps: Vec<Entry<Step>>,
    /// Its steps that were removed.
    pub removed: Vec<Entry<Step>>,
}

/// The cells of a step that a template improves.
const CELLS: [&str; 9] = ["text", "picture", "hint", "voice", "video", "timer", "exits", "other_way", "other_picture"];

/// The offers, in the order of the steps: what changed or was removed at each step of the copy, then the first step that is new.
pub fn offers(copy: &Whole, template: &Whole, new_id: impl FnOnce() -> RecordId) -> Vec<Offer> {
    let mut offers: Vec<_> = copy.steps.iter().filter_map(|step| of_step(step, template)).collect();
    offers.extend(new_step(copy, template, new_id));
    offers
}

/// Up to which number a copy has dealt with its template. A copy of before this was noted has dealt with all.
fn dealt(number: Option<i64>) -> u64 {
    number.map_or(u64::MAX, |number| u64::try_from(number).unwrap_or_default())
}

fn as_dealt(number: u64) -> Option<i64> {
    i64::try_from(number).ok()
}

fn of_step(own: &Entry<Step>, template: &Whole) -> Option<Offer> {
    let (origin, known) = (own.value.origin?, dealt(own.value.origin_number));
    let leave = |number| vec![set(own.id, "origin_number", as_dealt(number))];
    if let Some(gone) = template.removed.iter().find(|step| step.id == origin) {
        let number = gone.record.cells.get(DELETED)?.number;
        let take = vec![delete(own.id)];
        return (number > known).then(|| Offer {
            what: What::Removed(Looks::of(&own.value)),
            take,
            leave: leave(number),
        });
    }
    let theirs = template.steps.iter().find(|step| step.id == origin)?;
    let changed: Vec<_> = CELLS
        .into_iter()
        .filter_map(|name| Some((name, theirs.record.cells.get(name)?)))
        .filter(|(name, cell)| cell.number > known && cell.value != held(own, name))
        .collect();
    let number = changed.iter().map(|(_, cell)| cell.number).max()?;
    let mut cells: Vec<_> = changed.iter().map(|(name, cell)| ((*name).into(), cell.value.clone())).collect();
    cells.push(("origin_number".into(), Value::Int(as_dealt(number)?)));
    let what = What::Changed { template: Looks::of(&theirs.value), own: Looks::of(&own.value) };
    Some(Offer { what, take: vec![Change::Set { id: own.id, cells }], leave: leave(number) })
}

fn held(own: &Entry<Step>, name: &str) -> Value {
    own.record.value(name).cloned().unwrap_or_default()
}

/// The step that is new for longest. One at a time: leaving it says that all up to it was dealt with.
fn new_step(copy: &Whole, template: &Whole, new_id: impl FnOnce() -> RecordId) -> Option<Offer> {
    let known = dealt(copy.plan.value.origin_number);
    let made = |step: &Entry<Step>| step.record.cells.get("text").map_or(0, |text| text.number);
    let has = |id: RecordId| copy.steps.iter().chain(&copy.removed).any(|step| step.value.origin == Some(id));
    let (at, new, number) = template
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| (at, step, made(step)))
        .filter(|(_, step, number)| *number > known && !has(step.id))
        .min_by_key(|(.., number)| *number)?;
    let number_now = as_dealt(number);
    let step = Step {
        order: place(copy, template, at),
        prompt: None,
        origin: Some(new.id),
        origin_number: number_now,
        ..new.value.clone()
    };
    Some(Offer {
        what: What::New(Looks::of(&new.value)),
        take: vec![step.make_below(new_id(), copy.plan.id)],
        leave: vec![set(copy.plan.id, "origin_number", number_now)],
    })
}

/// The place behind the copy of the nearest step before it in the template, or in front of all.
fn place(copy: &Whole, template: &Whole, at: usize) -> String {
    let before = template.steps.iter().take(at).rev();
    let behind = before.filter_map(|step| copy.steps.iter().position(|own| own.value.origin == Some(step.id))).next();
    let order_at = |at: usize| copy.steps.get(at).map(|step| step.value.order.as_str());
    let low = behind.and_then(order_at);
    let next = behind.map_or(0, |behind| behind + 1);
    // Two that were put in one place at once are passed over: there is no room between them.
    let high = (next..copy.steps.len()).filter_map(order_at).find(|high| low.is_none_or(|low| *high > low));
    order::between(low, high)
}

#[cfg(test)]
mod tests {
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
        Whole { plan: entry(n, &plan.make(id(n)), 10), steps, removed: Vec::new() }
    }

    /// A template of two steps, and a copy of it made at number 10.
    fn both() -> (Whole, Whole) {
        let template = whole(1, None, vec![step(2, "B", "Pak je tas.", None), step(3, "C", "Ga.", None)]);
        let own = vec![step(12, "G", "Pak je rode tas.", Some((2, 10))), step(13, "K", "Ga.", Some((3, 10)))];
        (whole(11, Some(10), own), template)
    }

    fn change(step: &mut Entry<Step>, name: &'static str, value: Value, number: u64) {
        let mut record = step.record.clone();
        let stamp = Stamp { millis: Millis(9), counter: 0, device: DeviceId([1; 16]) };
        record.cells.insert(name.into(), Cell { value, stamp, number });
        *step = read(record);
    }

    fn found(copy: &Whole, template: &Whole) -> Vec<Offer> {
        offers(copy, template, || id(50))
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
        let What::Changed { template: new, own } = &offers[0].what else { panic!("a change") };
        assert_eq!((new.text.as_str(), own.text.as_str()), ("Pak een stevige tas.", "Pak je rode tas."));
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
        let What::New(looks) = &found(&left, &template)[0].what else { panic!("the next") };
        assert_eq!(looks.text, "Kijk in de kast.");
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
}
