//! What is done for the goals: actions with their small steps, in the order in which the duo put them.

use opstap_core::model::{GoalAction, GoalStep, Model};
use opstap_core::{Record, RecordId};

/// An action of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionStory {
    /// Its id.
    pub id: RecordId,
    /// The goal it is for.
    pub goal: RecordId,
    /// What is done.
    pub action: GoalAction,
    /// Its small steps, in order.
    pub steps: Vec<(RecordId, GoalStep)>,
}

impl ActionStory {
    /// How many of its steps were done.
    #[must_use]
    pub fn steps_done(&self) -> usize {
        self.steps.iter().filter(|(_, step)| step.done.is_some()).count()
    }
}

/// The actions among the records of a circle, those of one goal in their order. What is deleted is not among them; of a goal that is
/// deleted they are, and nobody asks for them.
#[must_use]
pub fn goal_actions<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<ActionStory> {
    let kept: Vec<&Record> = records.into_iter().filter(|record| !record.is_deleted()).collect();
    let story = |record: &&Record| {
        let action = GoalAction::from_record(record)?;
        let below = kept.iter().filter(|step| step.parent == Some(record.id));
        let mut steps: Vec<(RecordId, GoalStep)> =
            below.filter_map(|step| Some((step.id, GoalStep::from_record(step)?))).collect();
        steps.sort_by(|(a, one), (b, other)| (&one.order, a).cmp(&(&other.order, b)));
        Some(ActionStory { id: record.id, goal: record.parent?, action, steps })
    };
    let mut stories: Vec<ActionStory> = kept.iter().filter_map(story).collect();
    stories.sort_by(|a, b| (a.goal, &a.action.order, a.id).cmp(&(b.goal, &b.action.order, b.id)));
    stories
}

#[cfg(test)]
mod tests {
    use opstap_core::record::DELETED;
    use opstap_core::{Cell, Change, DeviceId, Millis, Stamp};

    use super::*;

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn made(change: &Change) -> Record {
        let Change::Make { id, kind, parent, cells } = change else { panic!("it makes nothing") };
        let stamp = Stamp::next(Millis(1), None, DeviceId([1; 16]));
        let mut record = Record::new(*id, *kind, *parent);
        for (name, value) in cells {
            record.cells.insert(name.clone(), Cell { value: value.clone(), stamp, number: 1 });
        }
        record
    }

    fn action(n: u8, order: &str) -> Record {
        let action = GoalAction {
            order: order.to_owned(),
            title: n.to_string(),
            person: None,
            plan: None,
            route: None,
            done: None,
        };
        made(&action.make_below(id(n), id(1)))
    }

    fn step(n: u8, order: &str, done: Option<u64>) -> Record {
        let step = GoalStep { order: order.to_owned(), title: n.to_string(), done: done.map(Millis) };
        made(&step.make_below(id(n), id(2)))
    }

    #[test]
    fn actions_and_steps_stand_in_the_order_they_were_put_in_and_what_is_done_is_counted() {
        let records = [action(3, "C"), action(2, "B"), step(6, "T", None), step(5, "B", Some(9))];
        let told = goal_actions(&records);
        assert_eq!(told.iter().map(|action| action.id).collect::<Vec<_>>(), [id(2), id(3)]);
        let steps: Vec<_> = told[0].steps.iter().map(|(id, _)| *id).collect();
        assert_eq!((steps, told[0].steps_done()), (vec![id(5), id(6)], 1));
        assert!(told[1].steps.is_empty());
    }

    #[test]
    fn what_was_deleted_is_no_action_and_no_step() {
        let mut gone = action(3, "C");
        let stamp = Stamp::next(Millis(2), None, DeviceId([1; 16]));
        gone.cells.insert(DELETED.into(), Cell { value: opstap_core::Value::Bool(true), stamp, number: 2 });
        let told = goal_actions(&[action(2, "B"), gone]);
        assert_eq!(told.iter().map(|action| action.id).collect::<Vec<_>>(), [id(2)]);
    }
}
