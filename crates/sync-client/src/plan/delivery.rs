//! Deliveries: changes above the cursor, and loads that are laid beside what is shown and swapped in when they are complete.

use opstap_core::access::View;
use opstap_core::protocol::{Answer, CircleAnswer, Delivery, Figures, LoadDigest, LoadPosition, Request};
use opstap_core::{Day, Kind, Month, Record, RecordId};

use super::own::left_out;
use super::{CameOfMonth, Draft};
use crate::held::{AskedLogs, HeldCircle, Load};
use crate::store::Op;

/// One page of a load.
struct Page<'a> {
    records: &'a [Record],
    next: Option<LoadPosition>,
    number: u64,
    count: u64,
    digest: LoadDigest,
}

impl Draft<'_> {
    /// What one circle brought.
    pub(super) fn deliver(&mut self, answer: &CircleAnswer, request: &Request, whole: &Answer) {
        let place = self.circles.iter().position(|held| held.circle == answer.circle);
        let known = place.and_then(|place| self.circles.get(place)).copied();
        let before = known.unwrap_or(HeldCircle {
            circle: answer.circle,
            kind: answer.kind,
            view: View::NOTHING,
            number: 0,
            generation: 1,
            load: None,
            complete: false,
            highest: None,
            since: Day(0),
            asked: None,
        });
        self.touch(answer.circle);
        let mut held = before;
        held.kind = answer.kind;
        let more = match &answer.delivery {
            Delivery::Changes { records, gone, to, more } => {
                if known.is_none() {
                    // The server had no more to bring than this: the circle as a whole.
                    held.view = answer.view;
                    held.complete = true;
                }
                self.close_sections(&held, answer.view);
                self.put(&mut held, before.generation, records);
                let own = left_out(request, whole, answer, before.number);
                self.put(&mut held, before.generation, &own);
                self.drop_gone(&held, gone);
                held.number = *to;
                if let Some(figures) = &answer.figures {
                    self.make_place(&mut held, figures);
                }
                if !records.is_empty() || !gone.is_empty() {
                    self.moved.push(answer.circle);
                }
                *more
            }
            Delivery::Load { records, next, number, count, digest, .. } => {
                let page = Page { records, next: *next, number: *number, count: *count, digest: *digest };
                let more = self.lay(&mut held, answer.view, &page);
                if let (None, Some(figures)) = (held.load, &answer.figures) {
                    self.make_place(&mut held, figures);
                }
                more
            }
            Delivery::Month { records, month, next } => {
                self.lay_month(&mut held, answer.view, *month, records);
                let came = CameOfMonth { circle: answer.circle, month: *month, next: *next };
                self.planned.months.push(came);
                false
            }
        };
        if known != Some(held) {
            self.ops.push(Op::PutCircle(held));
            self.progressed = true;
        }
        self.more |= more;
        match place.and_then(|place| self.circles.get_mut(place)) {
            Some(slot) => *slot = held,
            None => self.circles.push(held),
        }
    }

    /// Figures take the place of logs that have become too old, and what was deleted long ago goes. Old logs that were asked for stay
    /// a while.
    fn make_place(&mut self, held: &mut HeldCircle, figures: &Figures) {
        let today = Day::of(self.at);
        held.since = figures.before;
        held.asked = held.asked.filter(|asked| today.0 < asked.on.0.saturating_add(AskedLogs::KEPT));
        let logs = held.asked.map_or(figures.before, |asked| asked.from.begins().min(figures.before));
        let deleted = today.back(Day::DELETED_STAYS);
        self.ops.push(Op::DropOld { circle: held.circle, generation: held.generation, logs, deleted });
        self.ops.push(Op::PutFigures { circle: held.circle, figures: figures.clone() });
        self.moved.push(held.circle);
    }

    /// Lays old logs that were asked for among what is held.
    fn lay_month(&mut self, held: &mut HeldCircle, view: View, month: Month, records: &[Record]) {
        if !held.complete || held.view != view {
            return;
        }
        self.put(held, held.generation, records);
        let from = held.asked.map_or(month, |asked| asked.from.min(month));
        held.asked = Some(AskedLogs { from, on: Day::of(self.at) });
        self.moved.push(held.circle);
    }

    /// Lays a page of a load down, and swaps the load in when it is complete and adds up. Says whether there is more to ask for.
    fn lay(&mut self, held: &mut HeldCircle, view: View, page: &Page<'_>) -> bool {
        let going_on = held.load.filter(|load| continues(load, view, page));
        let mut load = going_on.unwrap_or_else(|| self.begin_load(held, view, page.number));
        self.put(held, load.generation, page.records);
        load.received += page.records.len() as u64;
        load.digest = page.records.iter().fold(load.digest, |digest, record| digest.with(record.id));
        let adds_up = load.received == page.count && load.digest == page.digest;
        match page.next {
            Some(next) => {
                load.position = next;
                held.load = Some(load);
            }
            None if adds_up => self.swap_in(held, &load),
            None => {
                // Something was lost on the way: what is shown stays, and the load begins again.
                self.drop_generation(held, load.generation);
                held.load = None;
                self.planned.restarted += 1;
            }
        }
        if load.generation == held.generation {
            self.moved.push(held.circle);
        }
        // While several pages came, the circle may have moved on.
        page.next.is_some() || !adds_up || going_on.is_some()
    }

    fn begin_load(&mut self, held: &HeldCircle, view: View, number: u64) -> Load {
        self.close_sections(held, view);
        // The first load is shown as it comes; a later one lies beside what is shown.
        let generation = held.generation + u32::from(held.complete);
        self.drop_generation(held, generation);
        let position = LoadPosition { number, need: 0, id: RecordId([0; 16]), since: Day(0) };
        Load { view, position, generation, received: 0, digest: LoadDigest::default() }
    }

    fn swap_in(&mut self, held: &mut HeldCircle, load: &Load) {
        if held.generation != load.generation {
            self.drop_generation(held, held.generation);
        }
        held.generation = load.generation;
        held.view = load.view;
        held.number = load.position.number;
        held.load = None;
        held.complete = true;
        // The load has what is of now; whoever wants old logs asks again.
        held.asked = None;
    }

    fn drop_generation(&mut self, held: &HeldCircle, generation: u32) {
        self.ops.push(Op::DropGeneration { circle: held.circle, generation });
    }

    fn put(&mut self, held: &mut HeldCircle, generation: u32, records: &[Record]) {
        self.erase(held, records);
        for record in records {
            held.highest = held.highest.max(record.latest());
            for blob in record.blobs().filter(|_| goes_along(record.kind)) {
                self.ops.push(Op::WantBlob { circle: held.circle, blob });
            }
            self.ops.push(Op::PutRecord { circle: held.circle, generation, record: record.clone() });
        }
    }

    fn drop_gone(&mut self, held: &HeldCircle, gone: &[RecordId]) {
        if !gone.is_empty() {
            self.note_let_go(held.circle, held.view);
        }
        for id in gone {
            self.ops.push(Op::DropBelow { circle: held.circle, generation: held.generation, id: *id });
        }
    }
}

/// Whether the page goes on where the load was: under the same view, at the same number, and after what is here.
fn continues(load: &Load, view: View, page: &Page<'_>) -> bool {
    let at = (load.position.need, load.position.id);
    load.view == view
        && load.position.number == page.number
        && page.records.first().is_none_or(|first| (first.kind.need(), first.id) > at)
}

/// Whether the pictures of a kind must be on the device before one goes out; photos of results are fetched when looked at.
const fn goes_along(kind: Kind) -> bool {
    matches!(kind, Kind::Plan | Kind::Step | Kind::Choice | Kind::Route | Kind::Part | Kind::Goal)
}
