//! The application of edits: whatever a few people do to a small circle, no word is lost, no work disappears unseen, and the order
//! of arrival does not matter where the law says so.

use std::collections::BTreeMap;

use opstap_core::judge::Ruling;
use opstap_core::merge::{higher, overlay};
use opstap_core::record::{DELETED, MAKER};
use opstap_core::{Cell, CellName, Change, DeviceId, Edit, Millis, Record, RecordId, Stamp, Value};

use super::circle::{Circle, Hand, NOW, RECORDS, Words, change, make, record_id, words_of};
use super::draw::Draw;
use super::run::{fuzz, some_inputs};
use opstap_core::model::{delete, set};

const DEVICES: u8 = 4;

/// A circle, the people at work in it, and what each knows of it.
struct Table {
    circle: Circle,
    hands: Vec<Hand>,
    seen: Vec<u64>,
    words: Words,
}

impl Table {
    fn new(draw: &mut Draw<'_>) -> Self {
        let mut words = Words::default();
        let circle = if draw.yes() { Circle::with_everything(&mut words) } else { Circle::default() };
        let hands: Vec<Hand> = (1..=DEVICES).map(Hand::new).collect();
        Self { circle, seen: vec![0; hands.len()], hands, words }
    }

    /// An edit as a device makes it: it has seen some of what there is, and its stamp is later than all it has seen, by its clock.
    fn honest(&mut self, draw: &mut Draw<'_>) -> Edit {
        let who = draw.below(self.hands.len());
        if draw.yes() {
            let unseen = usize::try_from(self.circle.number - self.seen[who]).unwrap();
            self.seen[who] += u64::try_from(draw.below(unseen + 1)).unwrap();
        }
        // Now and then of somebody who had begun before the last pull came in.
        let behind = if draw.below(6) == 0 { u64::try_from(draw.below(4)).unwrap() } else { 0 };
        let (seen, device) = (self.seen[who].saturating_sub(behind), self.hands[who].device);
        let knows = |(number, edit): &&(u64, Edit)| *number <= seen || edit.name.device == device;
        // A mark that a conflict left is one step after the stamps it came from, so what was seen may be a step later.
        let known = self.circle.taken.iter().filter(knows).map(|(_, edit)| edit.stamp).max();
        let known = known.map(|known| Stamp::next(Millis(0), Some(known), known.device));
        let clock = Millis(NOW.0 - 500 + u64::from(draw.byte() % 64));
        let changes = self.changes(draw);
        self.hands[who].edit(Stamp::next(clock, known, device), seen, changes)
    }

    /// An edit with any stamp and anything seen.
    fn any(&mut self, draw: &mut Draw<'_>) -> Edit {
        let who = draw.below(self.hands.len());
        let counter = u32::try_from(draw.number() & u64::from(u32::MAX)).unwrap();
        let millis = if draw.yes() { Millis(NOW.0 + u64::from(draw.byte() % 4)) } else { Millis(draw.number()) };
        let stamp = Stamp { millis, counter, device: self.hands[who].device };
        let seen = if draw.yes() { draw.number() } else { draw.number() % (self.circle.number + 1) };
        let changes = self.changes(draw);
        self.hands[who].edit(stamp, seen, changes)
    }

    fn changes(&mut self, draw: &mut Draw<'_>) -> Vec<Change> {
        let count = if draw.below(4) == 0 { draw.below(4) } else { 1 };
        (0..count).map(|_| change(draw, &mut self.words)).collect()
    }
}

/// Every value that an accepted edit gave a cell, with the stamp it came with.
fn given(circle: &Circle) -> Vec<(RecordId, CellName, Value, Stamp)> {
    let mut given = Vec::new();
    for (_, edit) in &circle.taken {
        for change in &edit.changes {
            for (name, value) in change.cells() {
                given.push((change.record(), name.clone(), value.clone(), edit.stamp));
            }
        }
    }
    given
}

/// Each value is in its cell, kept, or displaced into the history; each cell but the mark of a deletion holds its highest.
fn nothing_is_lost(circle: &Circle) {
    let mut highest: BTreeMap<(RecordId, CellName), Cell> = BTreeMap::new();
    for (id, name, value, stamp) in given(circle) {
        let record = &circle.records[&id];
        let in_cell = record.cells.get(&name).is_some_and(|cell| (&cell.value, cell.stamp) == (&value, stamp));
        let is_kept = record.kept.iter().any(|kept| (&kept.cell, &kept.value, kept.stamp) == (&name, &value, stamp));
        let left = |(of, cell, was): &(RecordId, CellName, Cell)| {
            (*of, cell, &was.value, was.stamp) == (id, &name, &value, stamp)
        };
        let found = in_cell || is_kept || circle.displaced.iter().any(left);
        assert!(found, "what {stamp:?} set in {name} of {id} is nowhere:{}", circle.told());
        let cell = Cell { value, stamp, number: 0 };
        let place = highest.entry((id, name)).or_insert_with(|| cell.clone());
        if higher(&cell, place).is_gt() {
            *place = cell;
        }
    }
    for ((id, name), cell) in highest.into_iter().filter(|((_, name), _)| name != DELETED) {
        let present = circle.records[&id].cells.get(&name).unwrap();
        let held = (&present.value, present.stamp) == (&cell.value, cell.stamp);
        assert!(held, "{name} of {id} does not hold its highest:{}", circle.told());
    }
}

fn is_deletion((name, value): &(CellName, Value)) -> bool {
    name == DELETED && *value == Value::Bool(true)
}

/// Whether the device of one edit had seen another, then or when it made an earlier one.
fn had_seen(circle: &Circle, one: u64, other: u64) -> bool {
    let up_to = &circle.taken[..usize::try_from(one).unwrap()];
    let device = up_to.last().map(|(_, edit)| edit.name.device);
    up_to.iter().any(|(_, edit)| Some(edit.name.device) == device && edit.seen.number >= other)
}

/// What is hidden was seen by one who deleted it, or was done by somebody who knew of the deletion. Words in the very change that deletes
/// their record are no work that a deletion above could hide: whoever wrote them wants them gone.
fn no_work_is_hidden_unseen(circle: &Circle) {
    let deletes = |edit: &Edit, id| {
        edit.changes.iter().any(|change| change.record() == id && change.cells().iter().any(is_deletion))
    };
    for (number, work) in &circle.taken {
        for change in work
            .changes
            .iter()
            .filter(|change| change.cells().iter().any(|(name, _)| matches!(name.as_ref(), "text" | "title")))
            .filter(|change| !change.cells().iter().any(is_deletion))
        {
            for hidden in circle.line_of(change.record()).into_iter().filter(|record| record.is_deleted()) {
                let deletions = circle.taken.iter().filter(|(_, edit)| deletes(edit, hidden.id));
                let known = deletions.into_iter().any(|(n, deletion)| {
                    let one = deletion.name.device == work.name.device;
                    one || had_seen(circle, *n, *number) || had_seen(circle, *number, *n)
                });
                assert!(known, "{} hides what {number} did and no deleter had seen:{}", hidden.id, circle.told());
            }
        }
    }
}

/// A record that was deleted is back only where a deletion and somebody's work had not seen each other.
fn nothing_comes_back_by_itself(circle: &Circle) {
    let deletes = |edit: &Edit, id| {
        edit.changes.iter().any(|change| change.record() == id && change.cells().iter().any(is_deletion))
    };
    let touches = |edit: &Edit, id, how: fn(&Change) -> bool| {
        let below = |change: &Change| circle.line_of(change.record()).iter().any(|record| record.id == id);
        edit.changes.iter().any(|change| below(change) && how(change))
    };
    let works = |change: &Change| !change.cells().iter().all(is_deletion);
    for record in circle.records.values().filter(|record| !record.is_deleted()) {
        let Some(back) = record.cells.get(DELETED) else { continue };
        let (_, last) = &circle.taken[usize::try_from(back.number).unwrap() - 1];
        if last.stamp == back.stamp {
            continue; // Somebody brought it back.
        }
        let unseen = |(number, edit): &&(u64, Edit)| {
            *number < back.number && *number > last.seen.number && edit.name.device != last.name.device
        };
        let explained = circle.taken.iter().filter(unseen).any(|(_, edit)| {
            // What the last deletion had not seen may also be the mark that another deletion left.
            deletes(last, record.id) && touches(edit, record.id, |_| true)
                || touches(last, record.id, works) && deletes(edit, record.id)
        });
        assert!(explained, "{} came back by itself at {}:{}", record.id, back.number, circle.told());
    }
}

/// A story of edits, judged and applied one after another; says how many were allowed and how many not.
fn story(bytes: &[u8]) -> (usize, usize) {
    let mut draw = Draw::new(bytes);
    let mut table = Table::new(&mut draw);
    let honest = draw.yes();
    let (mut allowed, mut refused) = (0, 0);
    while !draw.is_over() {
        let edit = if honest { table.honest(&mut draw) } else { table.any(&mut draw) };
        let before = table.circle.clone();
        let ruling = table.circle.take(&edit);
        if ruling == Ruling::Allowed {
            allowed += 1;
            for change in &edit.changes {
                assert!(table.circle.records.contains_key(&change.record()), "what is allowed is there afterwards");
            }
        } else {
            refused += 1;
            assert_eq!(table.circle.records, before.records, "what is refused changes nothing");
            assert_eq!(table.circle.rule(&edit), ruling, "the same edit gets the same ruling");
        }
        for record in table.circle.records.values() {
            assert!(record.number <= table.circle.number);
        }
    }
    nothing_is_lost(&table.circle);
    if honest {
        no_work_is_hidden_unseen(&table.circle);
        nothing_comes_back_by_itself(&table.circle);
    }
    (allowed, refused)
}

#[test]
fn whatever_a_few_people_do_no_value_is_lost_and_no_work_disappears_unseen() {
    fuzz!(|bytes| {
        story(bytes);
    });
}

#[test]
fn the_stories_that_are_drawn_have_edits_of_both_sorts() {
    let (allowed, refused) =
        some_inputs().map(|bytes| story(&bytes)).fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    assert!(allowed > 500 && refused > 500, "{allowed} allowed, {refused} refused");
}

/// Whether a record is shown, and its cells apart from the one that says how that came about.
type Look = (bool, BTreeMap<CellName, (Value, Stamp)>);

fn shown(circle: &Circle) -> BTreeMap<RecordId, Look> {
    let cells = |id: &RecordId| {
        let cells = circle.records[id].cells.iter().filter(|(name, _)| *name != DELETED);
        cells.map(|(name, cell)| (name.clone(), (cell.value.clone(), cell.stamp))).collect()
    };
    circle.records.keys().map(|id| (*id, (circle.is_shown(*id), cells(id)))).collect()
}

#[test]
fn what_people_do_without_having_seen_each_other_gives_the_same_in_any_order_of_arrival() {
    fuzz!(|bytes| {
        let mut draw = Draw::new(&bytes[..bytes.len().min(200)]);
        let mut words = Words::default();
        let mut base = Circle::with_everything(&mut words);
        // Places 7 and 8 may be gone already, as everybody has seen: who deletes them again is on no screen.
        let left = if draw.yes() { RECORDS } else { 7 };
        if left < RECORDS {
            let mut founder = Hand::new(200);
            let stamp = Stamp { millis: Millis(NOW.0 - 900), counter: 0, device: founder.device };
            base.apply(&founder.edit(stamp, 1, vec![delete(record_id(*draw.pick(&[7, 8])))]));
        }
        // Two write and two delete: whoever deletes what they wrote themselves is another matter, and the other target's.
        let mut queues: Vec<Vec<Edit>> = vec![Vec::new(); usize::from(DEVICES)];
        let mut made = RECORDS;
        while !draw.is_over() {
            let who = draw.below(queues.len());
            let mut hand = Hand::new(u8::try_from(who + 1).unwrap());
            let before = queues[who].last().map(|edit: &Edit| edit.stamp);
            let mut clock = Millis(NOW.0 + u64::from(draw.byte() % 16));
            let place = draw.below(RECORDS);
            let change = match (who < 2, draw.below(8)) {
                (false, _) => delete(record_id(place % left)),
                (true, 0) => set(record_id(place), "order", *draw.pick(&["A", "V", "z"])),
                (true, 2) => {
                    // A cell that nobody has set takes any stamp, also one from before its record was made.
                    clock = Millis(NOW.0 - 2_000 * u64::from(draw.yes()));
                    set(record_id(place), "colour", words.next().as_str())
                }
                (true, 1) => {
                    made += 1;
                    let below = *draw.pick(&[1, 2, 5, 6, 8]);
                    let mut new = make(below, &words.next());
                    if let Change::Make { id, .. } = &mut new {
                        *id = record_id(made);
                    }
                    new
                }
                (true, _) => set(record_id(place), words_of(place), words.next().as_str()),
            };
            let mut edit = hand.edit(Stamp::next(clock, before, hand.device), base.number, vec![change]);
            edit.name.n = u64::try_from(queues[who].len()).unwrap() + 1;
            queues[who].push(edit);
            if made == 200 {
                break;
            }
        }
        let turns = draw_turns(bytes, &queues);
        let mut one_after_another = base.clone();
        queues.iter().flatten().for_each(|edit| drop(one_after_another.apply(edit)));
        let mut mixed = base;
        let mut next: Vec<_> = queues.iter().map(|queue| queue.iter()).collect();
        turns.into_iter().for_each(|who| drop(mixed.apply(next[who].next().unwrap())));
        let (one, other) = (shown(&mixed), shown(&one_after_another));
        let differ: Vec<_> = one.keys().filter(|id| one[id] != other[id]).collect();
        assert!(differ.is_empty(), "{differ:?}:{}\nor:{}", mixed.told(), one_after_another.told());
        nothing_is_lost(&mixed);
        nothing_is_lost(&one_after_another);
    });
}

/// Whose edit comes next, until all have come: each device's own stay in their order.
fn draw_turns(bytes: &[u8], queues: &[Vec<Edit>]) -> Vec<usize> {
    let mut draw = Draw::new(bytes);
    let mut left: Vec<usize> = queues.iter().map(Vec::len).collect();
    let mut turns = Vec::new();
    while left.iter().any(|left| *left > 0) {
        let first = draw.below(left.len());
        let who = (0..left.len()).map(|at| (first + at) % left.len()).find(|who| left[*who] > 0).unwrap();
        left[who] -= 1;
        turns.push(who);
    }
    turns
}

#[test]
fn a_screen_shows_of_waiting_edits_what_the_server_will_make_of_them() {
    fuzz!(|bytes| {
        let mut draw = Draw::new(bytes);
        let mut table = Table::new(&mut draw);
        for _ in 0..draw.below(12) {
            let edit = table.honest(&mut draw);
            table.circle.take(&edit);
        }
        let confirmed = table.circle.clone();
        for record in confirmed.records.values() {
            assert_eq!(
                overlay(Some(record.clone()), record.id, []),
                Some(record.clone()),
                "without edits nothing changes"
            );
        }
        // One device that has seen everything goes on alone.
        let mut hand = Hand::new(77);
        let mut last = confirmed.records.values().filter_map(Record::latest).max();
        let mut pending = Vec::new();
        while !draw.is_over() {
            let stamp = Stamp::next(Millis(NOW.0 + u64::from(draw.byte() % 64)), last, hand.device);
            let edit = hand.edit(stamp, confirmed.number, table.changes(&mut draw));
            if table.circle.take(&edit) == Ruling::Allowed {
                last = Some(stamp);
                pending.push(edit);
            }
        }
        for id in table.circle.records.keys() {
            let now = &table.circle.records[id];
            let drawn = overlay(confirmed.records.get(id).cloned(), *id, &pending).unwrap();
            let values = |record: &Record| -> Vec<(CellName, Value, Stamp)> {
                record.cells.iter().map(|(name, cell)| (name.clone(), cell.value.clone(), cell.stamp)).collect()
            };
            assert_eq!((drawn.id, drawn.kind, drawn.parent), (now.id, now.kind, now.parent));
            assert_eq!(values(&drawn), values(now), "{id}");
        }
    });
}

#[test]
fn a_screen_shows_nothing_that_neither_the_server_nor_the_device_said() {
    fuzz!(|bytes| {
        let mut draw = Draw::new(bytes);
        let mut table = Table::new(&mut draw);
        for _ in 0..draw.below(12) {
            let edit = table.any(&mut draw);
            table.circle.take(&edit);
        }
        let device = DeviceId([1; 16]);
        let mut pending = Vec::new();
        while !draw.is_over() {
            pending.push(Edit { stamp: Stamp { device, ..table.any(&mut draw).stamp }, ..table.any(&mut draw) });
        }
        for place in 0..RECORDS {
            let id = record_id(place);
            let confirmed = table.circle.records.get(&id).cloned();
            let Some(drawn) = overlay(confirmed.clone(), id, &pending) else {
                assert!(confirmed.is_none());
                continue;
            };
            for (name, cell) in drawn.cells.iter() {
                let from_server = confirmed.as_ref().and_then(|record| record.cells.get(name)) == Some(cell);
                let own = pending.iter().any(|edit| {
                    edit.stamp == cell.stamp
                        && (name == DELETED && cell.value == Value::Bool(false)
                            || edit
                                .changes
                                .iter()
                                .flat_map(Change::cells)
                                .any(|(of, value)| (of, value) == (name, &cell.value)))
                });
                // Whose a record is, is kept under the stamp of the edit that made it.
                let had = |record: &Record| record.cells.values().any(|held| held.stamp == cell.stamp);
                let keeps_maker = name == MAKER
                    && (confirmed.as_ref().is_some_and(had) || pending.iter().any(|edit| edit.stamp == cell.stamp));
                assert!(from_server || own || keeps_maker, "{name} of {id} comes from nowhere");
                let before = confirmed.as_ref().and_then(|record| record.cells.get(name));
                assert!(before.is_none_or(|before| !higher(cell, before).is_lt()), "{name} of {id} went back");
            }
        }
    });
}
