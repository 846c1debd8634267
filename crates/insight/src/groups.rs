//! Groups: what is offered stands in the programme, and in the circle of each client that they take part and when they were there. The two
//! come together here and are kept nowhere, so that who was there stays the client's own.

use opstap_core::model::{Attendance, Group, GroupEnrolment, GroupSession, Model, Presence};
use opstap_core::stamp::Stamp;
use opstap_core::{CircleId, Day, Kind, Record, RecordId};

/// What of a client's circle tells of groups.
pub const PARTICIPATION_KINDS: [Kind; 2] = [Kind::GroupEnrolment, Kind::Attendance];

/// What of the programme tells of groups.
pub const GROUP_KINDS: [Kind; 2] = [Kind::Group, Kind::GroupSession];

/// Whether a client was at a session: the word that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttendanceStory {
    /// Its record.
    pub id: RecordId,
    /// The session, in the programme.
    pub session: RecordId,
    /// On which day.
    pub on: Day,
    /// Whether they were.
    pub presence: Presence,
    /// The words before it about the same session.
    pub before: Vec<RecordId>,
}

/// That a client takes part in a group, however often they began: two desks that had not heard of each other may both have written it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participation {
    /// The group, in the programme.
    pub group: RecordId,
    /// Each time that it was written that they take part, the last one last.
    pub enrolments: Vec<(RecordId, GroupEnrolment)>,
    /// What is known of each session, the first session first.
    pub attendance: Vec<AttendanceStory>,
}

impl Participation {
    /// The enrolment that says how the group is called: the last.
    #[must_use]
    pub fn enrolment(&self) -> Option<&GroupEnrolment> {
        self.enrolments.last().map(|(_, enrolment)| enrolment)
    }

    /// Since when they take part without a break; of who stopped since their last beginning.
    #[must_use]
    pub fn since(&self) -> Option<Day> {
        self.enrolments.iter().map(|(_, one)| one.from).max()
    }

    /// The enrolments that go on after a day.
    pub fn going_on(&self, day: Day) -> impl Iterator<Item = RecordId> {
        let goes_on = move |one: &GroupEnrolment| one.until.is_none_or(|until| day < until);
        self.enrolments.iter().filter(move |(_, one)| goes_on(one)).map(|(id, _)| *id)
    }

    /// Whether they take part on a day. On the day that they stop they do not any more.
    #[must_use]
    pub fn is_on(&self, day: Day) -> bool {
        self.enrolments.iter().any(|(_, one)| one.from <= day && one.until.is_none_or(|until| day < until))
    }

    /// What is known of a session.
    #[must_use]
    pub fn at(&self, session: RecordId) -> Option<&AttendanceStory> {
        self.attendance.iter().find(|one| one.session == session)
    }

    /// How often they were there, of how many sessions of which that is known.
    #[must_use]
    pub fn was_there(&self) -> (usize, usize) {
        let there = self.attendance.iter().filter(|one| one.presence == Presence::Present).count();
        (there, self.attendance.len())
    }
}

/// The groups that a client takes part in or took part in, by name, read from the records of their circle. What is deleted is passed over.
#[must_use]
pub fn participations(records: &[Record]) -> Vec<Participation> {
    let mut all: Vec<Participation> = Vec::new();
    let mut enrolled: Vec<_> = read::<GroupEnrolment>(records).collect();
    enrolled.sort_by_key(|(record, one)| (one.from, record.id));
    for (record, enrolment) in enrolled {
        let group = enrolment.group;
        match all.iter_mut().find(|one| one.group == group) {
            Some(known) => known.enrolments.push((record.id, enrolment)),
            None => {
                all.push(Participation { group, enrolments: vec![(record.id, enrolment)], attendance: Vec::new() });
            }
        }
    }
    for one in &mut all {
        one.attendance = attendance(records, &one.enrolments);
    }
    all.sort_by(|one, other| called(one).cmp(&called(other)));
    all
}

fn called(one: &Participation) -> (Option<&str>, RecordId) {
    (one.enrolment().map(|enrolment| enrolment.name.as_str()), one.group)
}

/// Of each session the word that counts: the last that nothing replaces. A correction counts whatever the clock of whoever made it.
fn attendance(records: &[Record], enrolments: &[(RecordId, GroupEnrolment)]) -> Vec<AttendanceStory> {
    let is_below = |record: &Record| enrolments.iter().any(|(id, _)| record.parent == Some(*id));
    let mut words: Vec<(RecordId, Option<Stamp>, Attendance)> = read::<Attendance>(records)
        .filter(|(record, _)| is_below(record))
        .map(|(record, one)| (record.id, record.made(), one))
        .collect();
    words.sort_by_key(|(id, made, _)| (*made, *id));
    let replaced: Vec<RecordId> = words.iter().filter_map(|(.., one)| one.replaces).collect();
    // First what is replaced, so that what stands comes after it.
    words.sort_by_key(|(id, ..)| !replaced.contains(id));
    let mut told: Vec<AttendanceStory> = Vec::new();
    for (id, _, Attendance { session, on, presence, .. }) in words {
        match told.iter_mut().find(|one| one.session == session) {
            Some(known) => {
                known.before.push(known.id);
                (known.id, known.on, known.presence) = (id, on, presence);
            }
            None => told.push(AttendanceStory { id, session, on, presence, before: Vec::new() }),
        }
    }
    told.sort_by_key(|one| (one.on, one.session));
    told
}

/// Somebody who takes part or took part, by their circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Their circle.
    pub circle: CircleId,
    /// What stands there.
    pub part: Participation,
}

/// How many there were beside those whose circles are here: who takes part without Opstap, or whom a colleague brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Others {
    /// Registered for the group.
    pub registered: u32,
    /// There.
    pub attended: u32,
}

/// A session with who was there, as far as that is known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionStory {
    /// Its record.
    pub id: RecordId,
    /// Its figures.
    pub session: GroupSession,
    /// Those who took part in the group on that day or of whom something is known, with what that is.
    pub presence: Vec<(CircleId, Option<Presence>)>,
}

impl SessionStory {
    /// How many were there beside those.
    #[must_use]
    pub fn others(&self) -> Others {
        let less = |all: Option<u32>, known: usize| {
            all.unwrap_or_default().saturating_sub(u32::try_from(known).unwrap_or(u32::MAX))
        };
        let registered = less(self.session.registered, self.presence.len());
        // A colleague counted their own among the others, whose words are not known here: never more were there than are registered.
        Others { registered, attended: less(self.session.attended, there(&self.presence)).min(registered) }
    }
}

/// How many of these were there.
#[must_use]
pub fn there(presence: &[(CircleId, Option<Presence>)]) -> usize {
    presence.iter().filter(|(_, presence)| *presence == Some(Presence::Present)).count()
}

/// The figures of a session, registered and there, of those whose circles are here and the others.
#[must_use]
pub fn session_figures(presence: &[(CircleId, Option<Presence>)], others: Others) -> (u32, u32) {
    let all = |known: usize, others: u32| u32::try_from(known).unwrap_or(u32::MAX).saturating_add(others);
    (all(presence.len(), others.registered), all(there(presence), others.attended))
}

/// A group with its sessions and who takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupStory {
    /// Its record.
    pub id: RecordId,
    /// What stands in the programme.
    pub group: Group,
    /// Who takes part or took part, of the circles that are here.
    pub participants: Vec<Participant>,
    /// Its sessions, the latest first.
    pub sessions: Vec<SessionStory>,
}

impl GroupStory {
    /// Those who take part on a day.
    pub fn taking_part(&self, day: Day) -> impl Iterator<Item = &Participant> {
        self.participants.iter().filter(move |one| one.part.is_on(day))
    }

    /// What is known of everybody who could be at a session on a day, or of whom something is known of it.
    #[must_use]
    pub fn presence(&self, session: RecordId, on: Day) -> Vec<(CircleId, Option<Presence>)> {
        let known = |one: &Participant| one.part.at(session).map(|word| word.presence);
        let could = self.participants.iter().filter(|one| one.part.is_on(on) || one.part.at(session).is_some());
        could.map(|one| (one.circle, known(one))).collect()
    }

    /// How many places are taken on a day: by those whose circles are here, and by the others of the last session.
    #[must_use]
    pub fn taken(&self, day: Day) -> usize {
        let others = self.sessions.first().map(SessionStory::others).unwrap_or_default();
        self.taking_part(day).count().saturating_add(usize::try_from(others.registered).unwrap_or(usize::MAX))
    }

    /// How many places are left on a day; none where nobody said how many there are.
    #[must_use]
    pub fn places_left(&self, day: Day) -> Option<usize> {
        let places = usize::try_from(self.group.places?).unwrap_or(usize::MAX);
        Some(places.saturating_sub(self.taken(day)))
    }
}

/// The groups of a programme, those that go on first, by name. What is deleted is passed over.
#[must_use]
pub fn group_stories(programme: &[Record], circles: &[(CircleId, Vec<Participation>)]) -> Vec<GroupStory> {
    let mut stories: Vec<GroupStory> = read::<Group>(programme)
        .map(|(record, group)| {
            let mut participants: Vec<Participant> = Vec::new();
            for (circle, parts) in circles {
                let own = parts.iter().filter(|part| part.group == record.id).cloned();
                participants.extend(own.map(|part| Participant { circle: *circle, part }));
            }
            let mut story = GroupStory { id: record.id, group, participants, sessions: Vec::new() };
            let below = read::<GroupSession>(programme).filter(|(session, _)| session.parent == Some(record.id));
            story.sessions = below
                .map(|(session, told)| {
                    let presence = story.presence(session.id, told.on);
                    SessionStory { id: session.id, session: told, presence }
                })
                .collect();
            story.sessions.sort_by_key(|one| std::cmp::Reverse((one.session.on, one.id)));
            story
        })
        .collect();
    stories.sort_by(|one, other| by_name(one).cmp(&by_name(other)));
    stories
}

fn by_name(one: &GroupStory) -> (bool, &str, RecordId) {
    (one.group.ended.is_some(), one.group.name.as_str(), one.id)
}

fn read<M: Model>(records: &[Record]) -> impl Iterator<Item = (&Record, M)> {
    let standing = records.iter().filter(|record| !record.is_deleted());
    standing.filter_map(|record| Some((record, M::from_record(record)?)))
}

#[cfg(test)]
#[path = "groups_tests.rs"]
mod tests;
