//! What is arranged with a client: whose the tasks are, and who comes when.

use opstap_core::Millis;
use opstap_core::model::{Appointment, Task, TaskHandover};
use opstap_insight::{TaskStory, TaskWord, task_story};

use crate::device::{Entry, Reader};
use crate::stories::sort_by;

/// The tasks of the circle that go on, the oldest first.
pub async fn tasks(reader: &Reader) -> Vec<TaskStory> {
    let words = reader.all::<TaskHandover>().await;
    let tasks = reader.all::<Task>().await.into_iter().filter(|task| task.value.ended.is_none());
    let told = tasks.map(|Entry { id, value, .. }| {
        let own = words.iter().filter(|word| word.parent == Some(id));
        let own = own.map(|word| TaskWord { id: word.id, by: word.author, handover: word.value.clone() });
        task_story(id, value, own.collect())
    });
    told.collect()
}

/// A minute, in milliseconds.
const MINUTE: u64 = 60_000;

/// The appointments that are not over at a moment, the first to come first; those that were called off too, so that nobody waits.
pub async fn coming(reader: &Reader, now: Millis) -> Vec<Entry<Appointment>> {
    let mut all = reader.all::<Appointment>().await;
    all.retain(|one| one.value.at.0.saturating_add(u64::from(one.value.minutes) * MINUTE) > now.0);
    sort_by(&mut all, |one, other| (one.value.at, one.id) > (other.value.at, other.id));
    all
}
