//! Who does what round a client: tasks with their handovers told. A task is somebody's only by their own word, so that nothing is thought
//! to be done by another.

use opstap_core::model::{HandoverAct, Task, TaskHandover};
use opstap_core::stamp::Millis;
use opstap_core::{PersonId, RecordId};

/// A word on a task, with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskWord {
    /// Its record.
    pub id: RecordId,
    /// Who said it; none where the device does not know them.
    pub by: Option<PersonId>,
    /// What they said.
    pub handover: TaskHandover,
}

/// Somebody was asked, and has not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskAsked {
    /// The record of the question.
    pub id: RecordId,
    /// Who is asked.
    pub who: PersonId,
    /// Who asks.
    pub by: Option<PersonId>,
    /// Since when.
    pub at: Millis,
    /// A word with it.
    pub word: Option<String>,
}

/// A task and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskStory {
    /// Its record.
    pub id: RecordId,
    /// What is seen to.
    pub task: Task,
    /// Whose it is, and since when: whoever took it on last and did not stop.
    pub with: Option<(PersonId, Millis)>,
    /// Who were asked and have not answered, the longest first. While somebody is asked it stays with whom it was.
    pub asked: Vec<TaskAsked>,
    /// All that was said, oldest first.
    pub words: Vec<TaskWord>,
}

impl TaskStory {
    /// Whether it still asks for somebody's work.
    #[must_use]
    pub const fn goes_on(&self) -> bool {
        self.task.ended.is_none()
    }

    /// Whether it goes on and nobody sees to it.
    #[must_use]
    pub const fn is_nobodys(&self) -> bool {
        self.goes_on() && self.with.is_none()
    }

    /// The question to this person that waits, if any.
    #[must_use]
    pub fn asks(&self, person: PersonId) -> Option<&TaskAsked> {
        if self.goes_on() { self.asked.iter().find(|asked| asked.who == person) } else { None }
    }
}

/// Tells a task from what was said about it, in whatever order that came.
#[must_use]
pub fn task_story(id: RecordId, task: Task, mut words: Vec<TaskWord>) -> TaskStory {
    words.sort_by_key(|word| (word.handover.at, word.id));
    let mut with = None;
    let mut asked: Vec<TaskAsked> = Vec::new();
    for word in &words {
        let TaskHandover { act, at, to, word: said } = &word.handover;
        match (act, word.by) {
            (HandoverAct::Asked, by) => {
                let who = to.filter(|who| with.is_none_or(|(has, _)| has != *who));
                if let Some(who) = who {
                    asked.retain(|one| one.who != who);
                    asked.push(TaskAsked { id: word.id, who, by, at: *at, word: said.clone() });
                }
            }
            // Whoever takes it on answers for all who were asked: it needs nobody else.
            (HandoverAct::TakenOn, Some(by)) => {
                with = Some((by, *at));
                asked.clear();
            }
            (HandoverAct::Declined, Some(by)) => asked.retain(|one| one.who != by),
            (HandoverAct::Stopped, Some(by)) if with.is_some_and(|(has, _)| has == by) => with = None,
            (HandoverAct::TakenOn | HandoverAct::Declined | HandoverAct::Stopped, _) => {}
        }
    }
    TaskStory { id, task, with, asked, words }
}

#[cfg(test)]
#[path = "tasks_tests.rs"]
mod tests;
