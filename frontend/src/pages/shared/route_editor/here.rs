//! Making a route on the street: "here" at each point, by whoever stands there, with one thumb and without a network. The point does not
//! wait for the position, and is there without one too.

use leptos::task::spawn_local;
use opstap_core::RecordId;
use opstap_core::model::{Means, Part, Picture, Position, set};
use opstap_insight::rides;
use opstap_view::prelude::*;

use super::by_timetable::by_timetable;
use super::editor::RouteEditor;
use super::part::picture_button;
use crate::components::{Appearance, Button, Dialog, Icon, PhotoInput, Tile, Tiles, changing};
use crate::device::{self, NoPosition, StopsHere};
use crate::pages::shared::editing::Records;
use crate::pages::shared::editing::fields::{cells_of, words};
use crate::pages::shared::plan_editor::keep_photo;
use crate::pages::supporter::means;
use crate::words::{Text, Word, plan_editor, shared, training};

/// As many stops are offered.
const STOPS: usize = 3;

/// What is known of where this is, by number: it is being looked for, it was found, and why it was not.
const STANDING: [Word; 5] = [
    training::POSITION_SOUGHT,
    training::POSITION_FOUND,
    training::POSITION_REFUSED,
    training::POSITION_UNKNOWN,
    training::POSITION_COARSE,
];
const SOUGHT: usize = 0;
const FOUND: usize = 1;

/// One point after another: what is asked now, and what was made of it.
#[derive(Clone, Copy)]
struct Point {
    editor: RouteEditor,
    open: RwSignal<bool>,
    /// The part that begins here, or the last one, when the route ends here.
    part: RwSignal<Option<RecordId>>,
    ends: RwSignal<bool>,
    standing: RwSignal<usize>,
    position: StoredValue<Option<Position>>,
    /// How often it was looked for: what comes late belongs to the point before.
    turn: StoredValue<u32>,
}

impl Point {
    fn begin(self) {
        self.editor.work.out_of_the_field();
        self.part.set(None);
        self.ends.set(false);
        self.open.set(true);
        self.look();
    }

    /// Asks where this is. A part that was made meanwhile gets it afterwards, unless its screen was left.
    fn look(self) {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        self.position.set_value(None);
        self.standing.set(SOUGHT);
        spawn_local(async move {
            let found = device::position().await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.position.set_value(found.ok());
            self.standing.set(match found {
                Ok(_) => FOUND,
                Err(NoPosition::Refused) => 2,
                Err(NoPosition::Unknown) => 3,
                Err(NoPosition::Coarse) => 4,
            });
            if let (Ok(position), Some(part), false) = (found, self.part.get_untracked(), self.ends.get_untracked()) {
                self.editor.work.change(training::HERE, vec![set(part, "position", position)]);
            }
        });
    }

    fn goes_on(self, by: Means) {
        let title = begins(by).now().to_owned();
        self.part.set(self.editor.add_part(by, title, self.position.get_value()));
    }

    fn ends_at(self, last: RecordId) {
        self.ends.set(true);
        self.part.set(Some(last));
    }
}

/// The button, and what it asks.
#[component]
pub fn Here(editor: RouteEditor) -> impl IntoView {
    // They come while there is a network, to be there on the street.
    let _ = device::stops();
    let point = Point {
        editor,
        open: RwSignal::new(false),
        part: RwSignal::new(None),
        ends: RwSignal::new(false),
        standing: RwSignal::new(SOUGHT),
        position: StoredValue::new(None),
        turn: StoredValue::new(0),
    };
    let title = Text::live(move || {
        let word = match (point.part.get(), point.ends.get()) {
            (None, _) => training::HERE_HOW,
            (_, false) => training::HERE_BEGINS,
            (_, true) => training::HERE_ENDS,
        };
        word.get().to_owned()
    });
    view! {
        <Button text=training::HERE icon=Icon::FLAG appearance=Appearance::Primary tap=move || point.begin() />
        <Dialog open=point.open title on_close=move |()| point.open.set(false)>
            {asked(point)}
        </Dialog>
    }
}

fn asked(point: Point) -> AnyView {
    let says = Text::live(move || STANDING.get(point.standing.get()).map_or("", |word| word.get()).to_owned());
    view! {
        <p class="soft" role="status">{says}</p>
        {changing(move || {
            let failed = point.standing.get() > FOUND;
            failed.then(|| view! { <Button text=training::LOOK_AGAIN icon=Icon::AGAIN tap=move || point.look() /> }).into_any()
        })}
        {changing(move || match point.part.get() {
            None => how(point),
            Some(part) => made(point, part),
        })}
    }
    .into_any()
}

/// The part is made by the tap that says how one goes on.
fn how(point: Point) -> AnyView {
    let tiles = Means::ALL.iter().map(move |by| {
        let by = *by;
        view! { <Tile text=means::word(by) picture=means::pictogram(by) tap=move || point.goes_on(by) /> }.into_any()
    });
    let tiles = tiles.collect_view();
    let last = point.editor.rows.with_untracked(|rows| rows.last().copied());
    let end = last.map(|last| {
        view! { <Tile text=training::THE_END picture="round-pushpin" tap=move || point.ends_at(last) /> }
    });
    view! { <Tiles three=true>{tiles}{end}</Tiles> }.into_any()
}

/// What is done, until somebody says it better.
const fn begins(by: Means) -> Word {
    match by {
        Means::Walk => training::BEGINS_WALK,
        Means::Cycle => training::BEGINS_CYCLE,
        Means::Bus => training::BEGINS_BUS,
        Means::Tram => training::BEGINS_TRAM,
        Means::Metro => training::BEGINS_METRO,
        Means::Train => training::BEGINS_TRAIN,
        Means::Wait => training::BEGINS_WAIT,
        Means::Change => training::BEGINS_CHANGE,
    }
}

/// What else there is to say of it on the spot: a photo, a few words, the stop, and which line.
fn made(point: Point, part: RecordId) -> AnyView {
    let said = if point.ends.get_untracked() {
        let name = words(point.editor.work, cells_of(part)("to", training::TO), true);
        view! { {name}{landmark(point.editor, part)}{stops(point, part, "to")} }.into_any()
    } else {
        begun(point, part)
    };
    let done = move || point.open.set(false);
    view! {
        {said}
        <Button text=shared::DONE icon=Icon::CHECK appearance=Appearance::Primary wide=true tap=done />
    }
    .into_any()
}

fn begun(point: Point, part: RecordId) -> AnyView {
    let editor = point.editor;
    let take = move |picture: Option<Picture>| {
        editor.work.change(plan_editor::DONE_PICTURE, vec![set(part, "picture", picture)]);
    };
    let photo = move |file| spawn_local(keep_photo(editor.circle, file, take.into()));
    let now = editor.work.with_now(|records| records.one::<Part>(part)).flatten();
    let before = editor.work.with_now(|records| before(records, editor.route, part)).flatten().map(|(id, _)| id);
    let ride = now.is_some_and(|now| rides(now.means)).then(|| {
        // Where a ride begins says which lines there are.
        let from = in_cell(editor, part, "from");
        changing(move || {
            from.track();
            by_timetable(editor, part)
        })
    });
    view! {
        <div class="row">
            {picture_button(editor, part, plan_editor::DONE_PICTURE.into())}
            <PhotoInput text=shared::TAKE_PHOTO on_photo=photo />
        </div>
        {words(editor.work, cells_of(part)("title", training::PART_TITLE), true)}
        {before.map(|before| landmark(editor, before))}
        {stops(point, part, "from")}
        {ride}
    }
    .into_any()
}

/// What one sees here, to know that the part before is behind.
fn landmark(editor: RouteEditor, ends_here: RecordId) -> AnyView {
    words(editor.work, cells_of(ends_here)("landmark", training::LANDMARK), true)
}

/// The part that ends where this one begins.
fn before(records: &Records, route: RecordId, part: RecordId) -> Option<(RecordId, Part)> {
    records.in_order::<Part>(route, |part| &part.order).into_iter().take_while(|(id, _)| *id != part).last()
}

fn in_cell(editor: RouteEditor, part: RecordId, cell: &'static str) -> Memo<String> {
    Memo::new(move |_| editor.work.with(|records| records.words(part, cell)).unwrap_or_default())
}

/// The stops around, where this phone has a timetable. At the one that is tapped the part begins, and what goes before it ends; or it ends
/// itself.
fn stops(point: Point, part: RecordId, cell: &'static str) -> AnyView {
    let editor = point.editor;
    let here = device::stops();
    let chosen = in_cell(editor, part, cell);
    changing(move || {
        point.standing.track();
        let (StopsHere::These(finder), Some(position)) = (here.get(), point.position.get_value()) else {
            return ().into_any();
        };
        let buttons = finder.near(position, STOPS).into_iter().map(|place| {
            let name = finder.name(place).to_owned();
            let icon = if chosen.get() == name { Icon::CHECK } else { Icon::BUS };
            view! { <Button text=name.clone() icon tap=move || at_stop(editor, part, cell, &name) /> }.into_any()
        });
        let buttons: Vec<AnyView> = buttons.collect();
        if buttons.is_empty() {
            return ().into_any();
        }
        view! { <p class="strong">{training::AT_A_STOP}</p><div class="stack near-stops">{buttons}</div> }.into_any()
    })
}

fn at_stop(editor: RouteEditor, part: RecordId, cell: &'static str, name: &str) {
    let changes = editor.work.with_now(|records| {
        let mut changes = vec![set(part, cell, name)];
        if let Some((before, Part { to: None, .. })) = before(records, editor.route, part)
            && cell == "from"
        {
            changes.push(set(before, "to", name));
        }
        changes
    });
    editor.work.change(training::AT_STOP, changes.unwrap_or_default());
}
