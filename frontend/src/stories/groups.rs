//! Groups as screens read and write them. What is said of a session reaches several circles: its figures the programme, and who was there the
//! circle of each client. That is an edit for each, of which those of the clients name the session.

use opstap_core::model::{Attendance, GroupEnrolment, GroupSession, Model, Picture, Presence, delete, set};
use opstap_core::{Change, CircleId, Day, Record, RecordId};
use opstap_insight::{
    GROUP_KINDS, GroupStory, Others, PARTICIPATION_KINDS, Participant, Participation, SessionStory, participations,
    session_figures,
};

use crate::device::Reader;

/// An edit for each of several circles.
pub type Edits = Vec<(CircleId, Vec<Change>)>;

/// The groups that the client of a circle takes part in.
pub async fn of_client(reader: &Reader) -> Vec<Participation> {
    let mut records = Vec::new();
    for kind in PARTICIPATION_KINDS {
        records.extend(reader.records(kind, None).await.into_iter().map(|(record, _)| record));
    }
    participations(&records)
}

/// What the programme tells of groups.
pub async fn of_programme(reader: &Reader) -> Vec<Record> {
    let mut records = Vec::new();
    for kind in GROUP_KINDS {
        records.extend(reader.records(kind, None).await.into_iter().map(|(record, _)| record));
    }
    records
}

/// What stands in the fields of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// On which day.
    pub on: Day,
    /// How long it took.
    pub minutes: Option<u32>,
    /// Those beside the ones on the list.
    pub others: Others,
}

impl Counted {
    /// As it is known of a session.
    #[must_use]
    pub fn of(known: &SessionStory) -> Self {
        Self { on: known.session.on, minutes: known.session.minutes, others: known.others() }
    }

    /// What was filled in here, and for the rest what is known now: a colleague may have written since it was opened.
    fn over(self, opened: Self, now: Self) -> Self {
        let others = if self.others == opened.others { now.others } else { self.others };
        let on = if self.on == opened.on { now.on } else { self.on };
        Self { on, minutes: if self.minutes == opened.minutes { now.minutes } else { self.minutes }, others }
    }
}

/// What was filled in of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionSheet {
    /// Its record.
    pub id: RecordId,
    /// What stands in the fields.
    pub counted: Counted,
    /// What stood there when it was opened, of a session that was known then.
    pub opened: Option<Counted>,
    /// Those on the list, with whether they were there as far as somebody said so.
    pub presence: Vec<(CircleId, Option<Presence>)>,
}

impl SessionSheet {
    /// How many are registered, and how many were there.
    #[must_use]
    pub fn figures(&self) -> (u32, u32) {
        session_figures(&self.presence, self.counted.others)
    }
}

/// The edits that keep a session: the programme's first, then of each client of whom something else is said than stands there.
pub fn session_edits(
    programme: CircleId,
    story: &GroupStory,
    sheet: &SessionSheet,
    mut new_id: impl FnMut() -> RecordId,
) -> Edits {
    let known = story.sessions.iter().find(|one| one.id == sheet.id);
    let counted = match (known, sheet.opened) {
        (Some(known), Some(opened)) => sheet.counted.over(opened, Counted::of(known)),
        _ => sheet.counted,
    };
    let sheet = &SessionSheet { counted, ..sheet.clone() };
    let (registered, attended) = sheet.figures();
    let Counted { on, minutes, .. } = counted;
    let session = GroupSession { on, minutes, registered: Some(registered), attended: Some(attended) };
    let mut edits = vec![(programme, figures(known.map(|one| &one.session), &session, sheet.id, story.id))];
    for (circle, presence) in &sheet.presence {
        let one = story.participants.iter().find(|one| one.circle == *circle);
        edits.push((
            *circle,
            one.zip(*presence).and_then(|said| attendance(said, sheet, &mut new_id)).into_iter().collect(),
        ));
    }
    edits.retain(|(_, changes)| !changes.is_empty());
    edits
}

/// The changes in the programme: a session is made, or what differs of it is set.
fn figures(known: Option<&GroupSession>, now: &GroupSession, id: RecordId, group: RecordId) -> Vec<Change> {
    let Some(known) = known else { return vec![now.make_below(id, group)] };
    let mut changes = Vec::new();
    if known.on != now.on {
        changes.push(set(id, "on", now.on));
    }
    for (cell, was, is) in [
        ("minutes", known.minutes, now.minutes),
        ("registered", known.registered, now.registered),
        ("attended", known.attended, now.attended),
    ] {
        if was != is {
            changes.push(set(id, cell, is));
        }
    }
    changes
}

/// The word in the circle of a client: a first one, or one that corrects.
fn attendance(
    (one, presence): (&Participant, Presence),
    sheet: &SessionSheet,
    new_id: &mut impl FnMut() -> RecordId,
) -> Option<Change> {
    let known = one.part.at(sheet.id);
    let on = sheet.counted.on;
    if known.is_some_and(|known| (known.presence, known.on) == (presence, on)) {
        return None;
    }
    let enrolment = one.part.going_on(on).next().or_else(|| Some(one.part.enrolments.last()?.0))?;
    let word = Attendance { session: sheet.id, on, presence, replaces: known.map(|known| known.id) };
    Some(word.make_below(new_id(), enrolment))
}

/// The edits that take a session away, with what is said of it in the circles that are here.
pub fn without_session(programme: CircleId, story: &GroupStory, session: RecordId) -> Edits {
    let mut edits = vec![(programme, vec![delete(session)])];
    for Participant { circle, part } in &story.participants {
        let words = part.at(session).into_iter().flat_map(|word| word.before.iter().copied().chain([word.id]));
        edits.push((*circle, words.map(delete).collect()));
    }
    edits.retain(|(_, changes)| !changes.is_empty());
    edits
}

/// That somebody takes part from a day on.
#[must_use]
pub fn enrolment(story: &GroupStory, from: Day) -> GroupEnrolment {
    let picture = drawn_for_clients(story.group.picture.clone());
    GroupEnrolment { group: story.id, name: story.group.name.clone(), picture, from, until: None }
}

/// The changes with which somebody stops on a day. Whoever begins that day or later never took part.
pub fn stops(part: &Participation, day: Day) -> Vec<Change> {
    part.going_on(day).map(|id| set(id, "until", day)).collect()
}

/// The edits with which a group ends on a day, for all who take part.
pub fn ends(programme: CircleId, story: &GroupStory, day: Day) -> Edits {
    let mut edits = vec![(programme, vec![set(story.id, "ended", day)])];
    edits.extend(story.participants.iter().map(|one| (one.circle, stops(&one.part, day))));
    edits.retain(|(_, changes)| !changes.is_empty());
    edits
}

/// The edits with which a group is called otherwise, also by those who do not read the programme.
pub fn renamed(programme: CircleId, story: &GroupStory, name: &str) -> Edits {
    everywhere(programme, story, |id| set(id, "name", name.to_owned()), |id| set(id, "name", name.to_owned()))
}

/// The edits with which a group has another picture.
pub fn drawn(programme: CircleId, story: &GroupStory, picture: Option<Picture>) -> Edits {
    let reaches = drawn_for_clients(picture.clone());
    everywhere(programme, story, |id| set(id, "picture", picture.clone()), |id| set(id, "picture", reaches.clone()))
}

/// An edit of the group, and one of what stands of it in each circle.
fn everywhere(
    programme: CircleId,
    story: &GroupStory,
    group: impl FnOnce(RecordId) -> Change,
    enrolment: impl Fn(RecordId) -> Change,
) -> Edits {
    let mut edits = vec![(programme, vec![group(story.id)])];
    for Participant { circle, part } in &story.participants {
        let last = part.enrolments.last().map(|(id, _)| enrolment(*id));
        edits.extend(last.map(|change| (*circle, vec![change])));
    }
    edits
}

/// A photo of the group stays in the programme, which whoever is round a client does not reach.
fn drawn_for_clients(picture: Option<Picture>) -> Option<Picture> {
    picture.filter(|picture| matches!(picture, Picture::Pictogram(_)))
}

#[cfg(test)]
#[path = "groups_tests.rs"]
mod tests;
