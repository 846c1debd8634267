//! The state of one open route: what is read, which part is open, which picture is being chosen.

use opstap_core::model::{Goal, Means, Model, Part, Position, Stop};
use opstap_core::{Change, CircleId, Kind, RecordId};
use opstap_view::prelude::*;
use wasm_bindgen::JsCast;

use crate::device;
use crate::pages::shared::editing::places::{self, moves, one_place};
use crate::pages::shared::editing::{Records, Work, Worked};
use crate::words::{Word, training};

/// All that a route is told from; the editor reads the trajectory too, to which a way back belongs.
pub const KINDS_OF_A_ROUTE: [Kind; 4] = [Kind::Route, Kind::Part, Kind::Goal, Kind::Stop];

/// One open route. Copy it freely; open it once.
#[derive(Clone, Copy)]
pub struct RouteEditor {
    pub(super) circle: CircleId,
    pub(super) route: RecordId,
    pub(super) work: Work<Records>,
    /// The part whose details are shown.
    pub(super) open: RwSignal<Option<RecordId>>,
    /// The part or route whose picture is being chosen.
    pub(super) choosing: RwSignal<Option<RecordId>>,
    /// The parts as their rows stand.
    pub(super) rows: Memo<Vec<RecordId>>,
}

impl RouteEditor {
    /// Opens it.
    #[must_use]
    pub fn open(circle: CircleId, route: RecordId) -> Self {
        let work = Work::open(circle, None, |reader| {
            Records::read(reader, KINDS_OF_A_ROUTE.into_iter().chain([Kind::Trajectory]))
        });
        let typing = work.typing;
        let rows = Memo::new(move |before: Option<&Vec<RecordId>>| {
            let now = work.with(|records| ids(records, Kind::Part, route)).unwrap_or_default();
            places::rows(before.map_or(&[], Vec::as_slice), &now, typing.get().filter(|id| now.contains(id)))
        });
        Self { circle, route, work, open: RwSignal::new(None), choosing: RwSignal::new(None), rows }
    }

    /// The title of the route, for the frame.
    #[must_use]
    pub fn title(self) -> Signal<String> {
        Signal::derive(move || self.work.with(|records| records.words(self.route, "title")).unwrap_or_default())
    }

    /// What is read, written and can be undone.
    #[must_use]
    pub const fn work(self) -> Work<Records> {
        self.work
    }

    /// Makes a part behind the last, and opens it; gives its id.
    pub(super) fn add_part(self, means: Means, title: String, position: Option<Position>) -> Option<RecordId> {
        let (order, last) = self.work.with_now(|records| {
            let last = records.in_order::<Part>(self.route, |part| &part.order).pop();
            (records.place_behind(Kind::Part, self.route), last)
        })?;
        // Where the last part of a route ends the next begins.
        let from = last.and_then(|(_, part)| part.to);
        let part = Part { from, position, ..Part::titled(order, means, title) };
        let id = device::new_id();
        self.work.change(training::ADD_PART, vec![part.make_below(id, self.route)]);
        let _ = self.open.try_set(Some(id));
        Some(id)
    }

    /// Makes a goal or a stop at a part.
    pub(super) fn add_below(self, kind: Kind, part: RecordId, text: String) {
        let Some(order) = self.work.with_now(|records| records.place_behind(kind, part)) else { return };
        let id = device::new_id();
        let (what, made): (Word, Change) = match kind {
            Kind::Stop => (training::ADD_STOP, Stop { order, name: text }.make_below(id, part)),
            _ => (training::ADD_GOAL, Goal::saying(order, text).make_below(id, part)),
        };
        self.work.change(what, vec![made]);
    }

    /// Moves a part, goal or stop one place, and leaves the focus where it is although the row moves.
    pub(super) fn move_one(self, kind: Kind, id: RecordId, up: bool) {
        let changes = self.work.with_now(|records| {
            let parent = records.record(id).and_then(|record| record.parent);
            parent.map(|parent| moves(one_place(&records.places(kind, parent), id, up)))
        });
        let changes = changes.flatten().unwrap_or_default();
        if changes.is_empty() {
            return;
        }
        let focused = document().active_element().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        // Whoever moves the row they type in sees it move.
        self.work.typing.set(None);
        self.work.change(training::DONE_ORDER, changes);
        request_animation_frame(move || {
            if let Some(focused) = focused {
                let _ = focused.focus();
            }
        });
    }
}

/// The ids of what stands below a record, in order.
pub(super) fn ids(records: &Records, kind: Kind, parent: RecordId) -> Vec<RecordId> {
    records.places(kind, parent).into_iter().map(|(id, _)| id).collect()
}
