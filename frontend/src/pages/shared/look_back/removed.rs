//! What was removed and can still be put back, or be erased for good by whoever may.

use std::rc::Rc;

use opstap_core::history::{PastChange, PastEdit, restorable, restorable_until};
use opstap_core::model::{delete, purge, restore};
use opstap_core::{Kind, Record};

use super::list::{Doubt, Look, Looking, Question, Row, Said};
use crate::components::Icon;
use crate::dates::{day_and_month, moment};
use crate::device::{self, Asked, Reader, Told};
use crate::stories;
use crate::words::{Text, past};

/// What can be removed on the screens of today.
const REMOVABLE: [Kind; 7] = [Kind::Plan, Kind::Step, Kind::Choice, Kind::Route, Kind::Part, Kind::Goal, Kind::DaysOff];

/// What was removed in a circle, for those who may put it back.
pub fn removed() -> Look {
    Look { question: None, ..removed_from_me() }
}

/// What was removed in the circle of the client whose app this is: they and who decides for them may have it erased too.
pub fn removed_from_me() -> Look {
    Look {
        read: Rc::new(|circle| Box::pin(async move { Asked::Told(read(Reader::new(circle)).await) })),
        row,
        means: past::GONE_MEANS,
        none: past::NOTHING_GONE,
        question: Some(Question { question: past::ERASE_QUESTION, yes: past::ERASE, act: erase }),
    }
}

/// Each as the edit that removed it, the last first.
async fn read(reader: Reader) -> Told {
    let now = device::now();
    let mut edits = Vec::new();
    for kind in REMOVABLE {
        for record in reader.deleted(kind).await {
            if let Some(stamp) = restorable(&record, now) {
                let by = reader.person_of(stamp).await;
                let change = PastChange { parent: record.parent, ..PastChange::of(&delete(record.id)) };
                edits.push(PastEdit { stamp, by, changes: vec![change] });
            }
        }
    }
    stories::sort_by(&mut edits, |a, b| a.stamp < b.stamp);
    Told { edits, ns: Vec::new() }
}

fn row(Row { looking, edit, names, when, .. }: Row<'_>) -> Option<Said> {
    let change = edit.changes.first()?;
    let gone = |id| names.records.get(&id).is_some_and(Record::is_deleted);
    // What lies in something that was removed itself comes back with it.
    if !gone(change.record) || change.parent.is_some_and(gone) {
        return None;
    }
    let within = change.parent.map(|parent| names.what(parent, None).text());
    let until = day_and_month(moment(restorable_until(edit.stamp)));
    let more = Text::live(move || match &within {
        Some(within) => past::restorable_within(when.get(), within.get(), until.get()).get(),
        None => past::restorable_until(when.get(), until.get()).get(),
    });
    let back = vec![restore(change.record)];
    let mut buttons = vec![looking.keeping((past::UNDO, Icon::UNDO), back, past::IS_PUT_BACK)];
    if looking.look.question.is_some() {
        buttons.push(looking.doubting((past::ERASE, Icon::TRASH), Doubt::Record(change.record)));
    }
    Some(Said { more, buttons, changes: None })
}

fn erase(looking: &Looking, about: Doubt) {
    if let Doubt::Record(record) = about {
        looking.keep(vec![purge(record)], past::IS_ERASED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_taken_away_on_a_screen_can_be_put_back() {
        for kind in [Kind::Plan, Kind::Step, Kind::Choice, Kind::Route, Kind::Part, Kind::Goal, Kind::DaysOff] {
            assert!(REMOVABLE.contains(&kind), "{kind:?}");
        }
    }
}
