//! Which row of the programme each trajectory of a circle has. A participant may learn a second route, and desks that had not heard of each
//! other may both have made a row.

use opstap_core::model::Registration;
use opstap_core::{PersonId, RecordId};

use crate::trajectory::TrajectoryStory;

/// The row of each trajectory, of the rows of their circle: the one that it names if that is here, else one that none names and that says the
/// same or waits, else the one that it names all the same. None where a row is still to be made under an id of its own.
#[must_use]
pub fn rows_of(stories: &[TrajectoryStory], rows: &[(RecordId, &Registration)]) -> Vec<Option<RecordId>> {
    let is_named = |id| stories.iter().any(|story| story.trajectory.row == Some(id));
    let mut free: Vec<_> = rows.iter().filter(|(id, _)| !is_named(*id)).collect();
    let mut take = |story: &TrajectoryStory| {
        let same = free.iter().position(|(_, row)| says(story, row));
        // What ended or began is of a trajectory that is erased, and stays in the figures.
        let waits = |row: &Registration| row.started.or(row.completed).or(row.ended).is_none();
        let at = same.or_else(|| free.iter().position(|(_, row)| waits(row)))?;
        Some(free.remove(at).0)
    };
    let is_here = |id: &RecordId| rows.iter().any(|(row, _)| row == id);
    let row = |story: &TrajectoryStory| {
        let named = story.trajectory.row;
        named.filter(is_here).or_else(|| take(story)).or(named)
    };
    stories.iter().map(row).collect()
}

/// The rows that say once more what the row of a trajectory says: of the same day and channel, and of no trajectory. They are to go, so that
/// nobody counts twice.
#[must_use]
pub fn doubled_rows(
    stories: &[TrajectoryStory],
    rows: &[(RecordId, &Registration)],
    of_stories: &[Option<RecordId>],
) -> Vec<RecordId> {
    let is_here = |id: &RecordId| rows.iter().any(|(row, _)| row == id);
    let told = |row: &Registration| {
        stories
            .iter()
            .zip(of_stories)
            .any(|(story, of_story)| of_story.as_ref().is_some_and(is_here) && says(story, row))
    };
    let none_has = |id: RecordId| !of_stories.contains(&Some(id));
    rows.iter().filter(|(id, row)| none_has(*id) && told(row)).map(|(id, _)| *id).collect()
}

/// The [`Volunteer`](opstap_core::model::Volunteer) of the programme who is this person. `known`: the one that the row has, of several with
/// the same account.
#[must_use]
pub fn volunteer_of(
    person: Option<PersonId>,
    known: Option<RecordId>,
    volunteers: &[(RecordId, PersonId)],
) -> Option<RecordId> {
    let person = person?;
    let them = || volunteers.iter().filter(|(_, of)| *of == person).map(|(id, _)| *id);
    them().find(|id| Some(*id) == known).or_else(|| them().min())
}

/// Whether a row is of the day and the channel of a trajectory.
fn says(story: &TrajectoryStory, row: &Registration) -> bool {
    (story.trajectory.registered, story.trajectory.channel) == (row.registered, row.channel)
}

#[cfg(test)]
mod tests {
    use opstap_core::Day;
    use opstap_core::model::{Channel, Trajectory};

    use super::*;

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn story(n: u8, registered: u32, row: Option<u8>) -> TrajectoryStory {
        let trajectory = Trajectory { row: row.map(id), ..Trajectory::of(Day(registered), Channel::School) };
        TrajectoryStory::begun(id(n), trajectory)
    }

    fn row(registered: u32) -> Registration {
        Registration::of(Day(registered), Channel::School)
    }

    #[test]
    fn a_training_that_was_begun_in_the_circle_gets_a_row_of_its_own_and_the_first_keeps_its_row() {
        let first = row(100);
        let stories = [story(1, 100, Some(51)), story(2, 300, None)];
        assert_eq!(rows_of(&stories, &[(id(51), &first)]), [Some(id(51)), None]);
    }

    #[test]
    fn a_row_that_no_trajectory_names_is_taken_by_one_without() {
        let (first, second) = (row(100), row(290));
        let stories = [story(1, 100, Some(51)), story(2, 300, None), story(3, 400, None)];
        let rows = [(id(51), &first), (id(52), &second)];
        let of_stories = rows_of(&stories, &rows);
        assert_eq!(of_stories, [Some(id(51)), Some(id(52)), None]);
        assert_eq!(doubled_rows(&stories, &rows, &of_stories), []);
    }

    #[test]
    fn where_the_row_that_is_named_was_never_made_the_one_of_the_registration_is_taken() {
        let began = Registration { started: Some(Day(40)), ..row(30) };
        assert_eq!(rows_of(&[story(2, 300, Some(60))], &[(id(51), &row(298))]), [Some(id(51))]);
        assert_eq!(rows_of(&[story(2, 300, Some(60))], &[(id(51), &began)]), [Some(id(60))]);
    }

    #[test]
    fn a_row_that_began_is_taken_by_no_other_training_but_by_its_own() {
        let began = Registration { started: Some(Day(120)), ..row(100) };
        assert_eq!(rows_of(&[story(2, 300, None)], &[(id(51), &began)]), [None], "its trajectory was erased");
        assert_eq!(rows_of(&[story(1, 100, None)], &[(id(51), &began)]), [Some(id(51))]);
    }

    #[test]
    fn a_second_row_of_one_registration_goes_and_a_row_of_another_day_stays() {
        let (first, again, other) = (row(100), row(100), row(40));
        let stories = [story(1, 100, Some(51))];
        let rows = [(id(51), &first), (id(52), &again), (id(53), &other)];
        let of_stories = rows_of(&stories, &rows);
        assert_eq!(doubled_rows(&stories, &rows, &of_stories), [id(52)]);
        let not_here_yet = [(id(53), &other)];
        assert_eq!(doubled_rows(&stories, &not_here_yet, &rows_of(&stories, &not_here_yet)), []);
    }

    #[test]
    fn the_volunteer_of_a_row_is_found_by_the_account_of_whoever_was_chosen_in_the_training() {
        let (lies, piet) = (PersonId([1; 16]), PersonId([2; 16]));
        let volunteers = [(id(9), lies), (id(8), lies), (id(7), piet)];
        assert_eq!(volunteer_of(Some(piet), Some(id(8)), &volunteers), Some(id(7)));
        assert_eq!(volunteer_of(Some(lies), Some(id(9)), &volunteers), Some(id(9)));
        assert_eq!(volunteer_of(Some(lies), Some(id(7)), &volunteers), Some(id(8)));
        assert_eq!(volunteer_of(Some(PersonId([3; 16])), Some(id(7)), &volunteers), None);
        assert_eq!(volunteer_of(None, Some(id(7)), &volunteers), None);
    }
}
