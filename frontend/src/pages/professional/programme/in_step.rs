//! Rows of the programme follow the circles of their participants: what changed there, days and codes alone, is written in the row by the
//! next coordinator who opens the programme or the training. A training that has no row gets one. Nobody types a figure.

use std::cell::{Cell, RefCell};

use leptos::task::spawn_local;
use opstap_core::model::{CircleKind, Model, Registration, delete, restore, set};
use opstap_core::{Change, CircleId, Kind, PersonId, RecordId, Value};
use opstap_insight::{TrajectoryStory, differing, doubled_rows, row_of, rows_of, volunteer_of};
use opstap_view::prelude::*;

use super::registered;
use super::row_changes::{follow_up_changes, time_changes};
use super::spent::Spent;
use crate::device::{self, Entry, Reader};
use crate::stories;

thread_local! {
    /// The circles whose rows are to be brought in step. One after another: two at once would both make what is missing.
    static WAITING: RefCell<Vec<CircleId>> = const { RefCell::new(Vec::new()) };
    static UNDER_WAY: Cell<bool> = const { Cell::new(false) };
}

/// Brings the rows in step while the programme is open: of each circle once a visit, as soon as all of it is here.
pub(super) fn keep_in_step(programme: CircleId) {
    let circles = device::circles();
    Effect::new(move |done: Option<Vec<CircleId>>| {
        let mut done = done.unwrap_or_default();
        circles.with(|all| {
            let whole = || all.iter().flatten().filter(|one| is_here(one));
            if whole().any(|one| one.id == programme) {
                for one in whole().filter(|one| one.kind == CircleKind::Client) {
                    if !done.contains(&one.id) {
                        done.push(one.id);
                        bring_in_step(programme, one.id);
                    }
                }
            }
        });
        done
    });
}

/// The same for one circle while its training is open, again whenever the circle moves: with the handover this desk loses sight of practices.
pub fn keep_row_in_step(client: CircleId) {
    let programme = super::circle();
    device::watch(client, move |_| {
        if let Some(programme) = programme.get() {
            bring_in_step(programme, client);
        }
        async {}
    });
}

fn bring_in_step(programme: CircleId, circle: CircleId) {
    WAITING.with_borrow_mut(|waiting| {
        if !waiting.contains(&circle) {
            waiting.push(circle);
        }
    });
    if UNDER_WAY.replace(true) {
        return;
    }
    spawn_local(async move {
        loop {
            let circles = WAITING.take();
            if circles.is_empty() {
                break;
            }
            if is_whole(programme) {
                let desk = Desk::read(programme).await;
                for circle in circles.into_iter().filter(|circle| is_whole(*circle)) {
                    desk.bring(circle).await;
                }
            }
        }
        UNDER_WAY.set(false);
    });
}

fn is_whole(circle: CircleId) -> bool {
    device::circles().with_untracked(|all| all.iter().flatten().any(|one| one.id == circle && is_here(one)))
}

/// Of what is here in part nothing is told: what has not come yet would be taken for what was taken back.
const fn is_here(circle: &device::Circle) -> bool {
    circle.complete && !circle.locked
}

/// What the programme holds.
struct Desk {
    programme: CircleId,
    rows: Vec<Entry<Registration>>,
    /// The volunteers with an account.
    volunteers: Vec<(RecordId, PersonId)>,
}

impl Desk {
    async fn read(programme: CircleId) -> Self {
        let reader = Reader::new(programme);
        let volunteers = reader.records(Kind::Volunteer, None).await.into_iter();
        let volunteers = volunteers.filter_map(|(record, _)| match record.value("person") {
            Some(Value::Id(person)) => Some((record.id, PersonId(*person))),
            _ => None,
        });
        let volunteers = volunteers.collect();
        Self { programme, rows: reader.all().await, volunteers }
    }

    /// Brings the rows of one circle in step with its trajectories.
    async fn bring(&self, circle: CircleId) {
        let reader = Reader::new(circle);
        let mut rows: Vec<_> = self.rows.iter().filter(|row| row.value.circle == Some(circle)).collect();
        rows.sort_by_key(|row| row.id);
        let stories = stories::trajectory::of_circle(&reader).await;
        let told: Vec<_> = rows.iter().map(|row| (row.id, &row.value)).collect();
        let of_stories = rows_of(&stories, &told);
        let mut gone = doubled_rows(&stories, &told, &of_stories);
        gone.extend(taken_back(&reader, &rows, &of_stories).await);
        for row in rows.iter().filter(|_| stories.is_empty()) {
            // It is not written again where it stands already; and that it cannot be is said when somebody opens the training.
            let _ = registered::begin(self.programme, circle, row, self.person(row.value.volunteer)).await;
        }
        if !gone.is_empty() {
            let _ = device::edit(self.programme, gone.into_iter().map(delete).collect()).await;
        }
        if stories.is_empty() {
            return;
        }
        let spent = Spent::read(&reader, &stories).await;
        for (at, of_story) in of_stories.into_iter().enumerate() {
            let row = of_story.and_then(|id| rows.iter().find(|row| row.id == id));
            self.bring_one(circle, (&stories, at), (of_story, row.copied()), &spent).await;
        }
    }

    async fn bring_one(
        &self,
        circle: CircleId,
        (stories, at): (&[TrajectoryStory], usize),
        (named, row): (Option<RecordId>, Option<&Entry<Registration>>),
        spent: &Spent,
    ) {
        let Some(story) = stories.get(at) else { return };
        let below = Reader::new(self.programme);
        let id = named.unwrap_or_else(device::new_id);
        let of_story = &story.trajectory;
        let known = match row {
            Some(row) => row.value.clone(),
            // A training that was taken back, and is there again.
            None if named.is_some() && below.one_even_deleted::<Registration>(id).await.is_some() => {
                let _ = device::edit(self.programme, vec![restore(id)]).await;
                return;
            }
            None => Registration { circle: Some(circle), ..Registration::of(of_story.registered, of_story.channel) },
        };
        let takes = of_story.row != Some(id);
        let volunteer = of_story.volunteer.or_else(|| self.person(known.volunteer).filter(|_| takes));
        let volunteer = volunteer_of(volunteer, known.volunteer, &self.volunteers);
        let now = Registration { volunteer, ..row_of(story, &known) };
        let cells = differing(&known, &now);
        let mut changes = match row {
            None => vec![now.make(id)],
            Some(_) if cells.is_empty() => Vec::new(),
            Some(_) => vec![Change::Set { id, cells }],
        };
        changes.extend(follow_up_changes(id, &below.below(id).await, story));
        let times = below.below(id).await;
        changes.extend(time_changes(id, &times, &spent.in_row(stories, at, &times), spent.is_all));
        let is_kept = changes.is_empty() || device::edit(self.programme, changes).await.is_ok();
        if is_kept && takes {
            let mut changes = vec![set(story.id, "row", id)];
            let matched = self.person(known.volunteer).filter(|_| of_story.volunteer.is_none());
            changes.extend(matched.map(|person| set(story.id, "volunteer", person)));
            // Whoever may not write it finds the row again by the circle.
            let _ = device::edit(circle, changes).await;
        }
    }

    /// The account of a volunteer.
    fn person(&self, volunteer: Option<RecordId>) -> Option<PersonId> {
        self.volunteers.iter().find(|(id, _)| Some(*id) == volunteer).map(|(_, person)| *person)
    }
}

/// The rows that were made for a training whose beginning was taken back. A row that was there before it, as the ids tell, stays.
async fn taken_back(reader: &Reader, rows: &[&Entry<Registration>], of_stories: &[Option<RecordId>]) -> Vec<RecordId> {
    let gone = reader.deleted(Kind::Trajectory).await;
    let was_for = |row: &Entry<Registration>| {
        gone.iter().any(|one| one.value("row") == Some(&Value::Id(row.id.0)) && one.id < row.id)
    };
    rows.iter().filter(|row| !of_stories.contains(&Some(row.id)) && was_for(row)).map(|row| row.id).collect()
}
