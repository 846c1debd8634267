//! What is filled in of a session and not kept yet: it waits on this device for a day.

use opstap_core::model::Presence;
use opstap_core::{CircleId, Day, RecordId, Sorted};
use opstap_insight::{GroupStory, Others, SessionStory};
use opstap_view::prelude::*;

use super::super::volunteers::today;
use crate::dates::{as_date, from_date};
use crate::device;
use crate::entered::Form;
use crate::stories::groups::{Counted, SessionSheet};
use crate::words::{Word, groups};

/// As much as a day has.
const MOST_MINUTES: u32 = 24 * 60;

/// What stands in the fields. Copy it freely; open it once.
#[derive(Clone, Copy)]
pub(super) struct Entered {
    /// The session's record: known, or to be made.
    pub id: RecordId,
    pub day: RwSignal<String>,
    pub minutes: RwSignal<String>,
    pub others_registered: RwSignal<String>,
    pub others_attended: RwSignal<String>,
    said: RwSignal<Sorted<CircleId, Presence>>,
    opened: Option<Counted>,
    form: StoredValue<Form>,
    story: Memo<Option<GroupStory>>,
}

impl Entered {
    /// Opens it: with what was filled in before, else with what is known of the session, else with what is likely.
    pub fn open(programme: CircleId, group: RecordId, id: Option<RecordId>, story: Memo<Option<GroupStory>>) -> Self {
        let form = Form::of("session", programme, id.unwrap_or(group));
        let (known, last) = story.with_untracked(|story| {
            let sessions = story.iter().flat_map(|story| &story.sessions);
            (sessions.clone().find(|one| Some(one.id) == id).cloned(), sessions.into_iter().next().cloned())
        });
        let others = known.as_ref().or(last.as_ref()).map(SessionStory::others).unwrap_or_default();
        let minutes = known.as_ref().or(last.as_ref()).and_then(|one| one.session.minutes);
        let there = known.as_ref().map_or(0, |_| others.attended);
        let day = known.as_ref().map_or_else(today, |one| one.session.on);
        let field = |name: &'static str, value: String| {
            let value = RwSignal::new(form.get(name).unwrap_or(value));
            form.follow(name, move || value.get());
            value
        };
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        Self {
            id: id.unwrap_or_else(device::new_id),
            day: field("day", as_date(day)),
            minutes: field("minutes", number(minutes)),
            others_registered: field("others-registered", number(Some(others.registered).filter(|some| *some > 0))),
            others_attended: field("others-attended", number(Some(there).filter(|some| *some > 0))),
            said: RwSignal::new(Sorted::new()),
            opened: known.as_ref().map(Counted::of),
            form: StoredValue::new(form),
            story,
        }
    }

    /// Whether somebody was there: as was tapped, else as was kept.
    pub fn presence(self, circle: CircleId) -> Option<Presence> {
        let tapped = self.said.with(|said| said.get(&circle).copied());
        let waits = || self.form.with_value(|form| Presence::from_code(&form.get(&circle.to_string())?));
        let kept = || {
            self.story.with(|story| {
                let one = story.as_ref()?.participants.iter().find(|one| one.circle == circle)?;
                Some(one.part.at(self.id)?.presence)
            })
        };
        tapped.or_else(waits).or_else(kept)
    }

    /// It was tapped whether somebody was there.
    pub fn say(self, circle: CircleId, presence: Presence) {
        self.form.with_value(|form| form.note(&circle.to_string(), presence.code()));
        self.said.update(|said| {
            said.insert(circle, presence);
        });
    }

    /// Those who could be there on the day that is filled in.
    pub fn list(self) -> Vec<CircleId> {
        let day = from_date(&self.day.get()).unwrap_or_else(today);
        let all = self.story.with(|story| story.as_ref().map(|story| story.presence(self.id, day)));
        all.unwrap_or_default().into_iter().map(|(circle, _)| circle).collect()
    }

    /// What can be kept, or what is to be looked at first.
    pub fn sheet(self) -> Result<SessionSheet, Word> {
        let now = today();
        let on: Day = from_date(&self.day.get()).filter(|day| *day <= now).ok_or(groups::WRONG_DAY)?;
        let number = |typed: String| match typed.trim() {
            "" => Some(None),
            typed => typed.parse::<u32>().ok().map(Some),
        };
        let minutes = number(self.minutes.get()).ok_or(groups::WRONG_MINUTES)?;
        if minutes.is_some_and(|minutes| minutes == 0 || minutes > MOST_MINUTES) {
            return Err(groups::WRONG_MINUTES);
        }
        let other = |typed: RwSignal<String>| number(typed.get()).map(Option::unwrap_or_default);
        let (registered, attended) = (other(self.others_registered), other(self.others_attended));
        let (registered, attended) = registered.zip(attended).ok_or(groups::WRONG_NUMBER)?;
        if attended > registered {
            return Err(groups::MORE_THAN_TAKE_PART);
        }
        let presence = self.list().into_iter().map(|circle| (circle, self.presence(circle))).collect();
        let counted = Counted { on, minutes, others: Others { registered, attended } };
        Ok(SessionSheet { id: self.id, counted, opened: self.opened, presence })
    }

    /// It is kept: nothing of it waits any more.
    pub fn done(self) {
        self.form.with_value(Form::done);
    }
}
