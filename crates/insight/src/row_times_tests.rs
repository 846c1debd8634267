//! Whose time counts for which trajectory.

use opstap_core::model::{Channel, StageEntry, Trajectory};

use super::*;

const SCHOOL: RecordId = RecordId([11; 16]);
const SCHOOL_BACK: RecordId = RecordId([12; 16]);
const WORK: RecordId = RecordId([13; 16]);
const ELSEWHERE: RecordId = RecordId([14; 16]);

fn story(registered: u32, route: RecordId, way_back: Option<RecordId>, entries: &[(Stage, u32)]) -> TrajectoryStory {
    let trajectory = Trajectory { route: Some(route), way_back, ..Trajectory::of(Day(registered), Channel::School) };
    let entry = |(stage, on): &(Stage, u32)| {
        (RecordId([1; 16]), StageEntry { stage: *stage, on: Day(*on), responsible: None, reason: None })
    };
    TrajectoryStory {
        id: RecordId([1; 16]),
        trajectory,
        intake: None,
        entries: entries.iter().map(entry).collect(),
        end: None,
        handover: None,
        points: Vec::new(),
        follow_ups: Vec::new(),
    }
}

/// One route to school and back, and half a year later one to work.
fn both() -> [TrajectoryStory; 2] {
    [
        story(100, SCHOOL, Some(SCHOOL_BACK), &[(Stage::Intake, 105), (Stage::Practice, 120), (Stage::FollowUp, 190)]),
        story(300, WORK, None, &[(Stage::Intake, 305)]),
    ]
}

fn practised(on: u32, route: RecordId, role: TimeRole, minutes: u32) -> SpentTime {
    SpentTime { on: Day(on), what: SpentOn::Route(route), role, minutes }
}

fn wrote(on: u32, stage: Stage, minutes: u32) -> SpentTime {
    SpentTime { on: Day(on), what: SpentOn::Stage(stage), role: TimeRole::Professional, minutes }
}

/// The time of each trajectory, of stages with any.
fn told(stories: &[TrajectoryStory], spent: &[SpentTime]) -> Vec<Vec<(Stage, TimeRole, u32)>> {
    let times = |of| times_of(stories, of, spent).into_iter().filter(|time| time.minutes > 0);
    (0..stories.len()).map(|of| times(of).map(|time| (time.stage, time.role, time.minutes)).collect()).collect()
}

#[test]
fn time_is_kept_by_stage_and_role() {
    let [first, _] = both();
    let spent = [
        practised(130, SCHOOL, TimeRole::Volunteer, 120),
        practised(131, SCHOOL_BACK, TimeRole::Volunteer, 75),
        practised(132, SCHOOL, TimeRole::Professional, 40),
        wrote(104, Stage::Intake, 60),
        wrote(104, Stage::Intake, 15),
        wrote(133, Stage::Practice, 5),
    ];
    let expected = [
        (Stage::Practice, TimeRole::Volunteer, 195),
        (Stage::Intake, TimeRole::Professional, 75),
        (Stage::Practice, TimeRole::Professional, 45),
    ];
    assert_eq!(told(&[first], &spent), [expected]);
}

#[test]
fn a_practice_counts_for_the_trajectory_of_its_route_and_written_time_by_its_day_and_stage() {
    let spent = [
        practised(130, SCHOOL, TimeRole::Volunteer, 60),
        practised(310, SCHOOL_BACK, TimeRole::Volunteer, 30),
        practised(320, WORK, TimeRole::Volunteer, 45),
        wrote(104, Stage::Registration, 10),
        wrote(301, Stage::Registration, 20),
        wrote(310, Stage::FollowUp, 25),
        wrote(310, Stage::Intake, 35),
    ];
    let first = vec![
        (Stage::Practice, TimeRole::Volunteer, 90),
        (Stage::Registration, TimeRole::Professional, 10),
        (Stage::FollowUp, TimeRole::Professional, 25),
    ];
    let second = vec![
        (Stage::Practice, TimeRole::Volunteer, 45),
        (Stage::Registration, TimeRole::Professional, 20),
        (Stage::Intake, TimeRole::Professional, 35),
    ];
    assert_eq!(told(&both(), &spent), [first, second]);
}

#[test]
fn a_route_of_no_trajectory_or_of_both_counts_for_the_one_that_ran_then() {
    let [first, second] = both();
    let of_day =
        |on| told(&both(), &[practised(on, ELSEWHERE, TimeRole::Volunteer, 10)]).iter().map(Vec::len).collect();
    let lens: [Vec<usize>; 3] = [of_day(90), of_day(150), of_day(310)];
    assert_eq!(lens, [[1, 0], [1, 0], [0, 1]]);
    let again = story(300, SCHOOL, None, &[]);
    let spent = [practised(150, SCHOOL, TimeRole::Volunteer, 10), practised(310, SCHOOL, TimeRole::Volunteer, 20)];
    let minutes: Vec<u32> = told(&[first, again], &spent).iter().map(|one| one[0].2).collect();
    assert_eq!(minutes, [10, 20]);
    assert_eq!(told(&[second], &spent)[0][0].2, 30, "the only one has all of it");
}

#[test]
fn a_practice_is_the_time_of_a_volunteer_or_a_professional_and_of_no_relative() {
    let who = |n| PersonId([n; 16]);
    let members = [
        (who(1), Relation::Client),
        (who(2), Relation::Carer),
        (who(3), Relation::Supervisor),
        (who(4), Relation::Carer),
        (who(4), Relation::Volunteer),
        (who(5), Relation::Volunteer),
    ];
    let of = |n| role_of(Some(who(n)), &members);
    let (volunteer, professional) = (Some(TimeRole::Volunteer), Some(TimeRole::Professional));
    assert_eq!([of(1), of(2), of(3), of(4), of(5)], [None, None, professional, volunteer, volunteer]);
    assert_eq!((of(6), role_of(None, &members)), (volunteer, volunteer), "who is not known any more");
}

#[test]
fn practised_hours_in_a_row_stay_whose_they_are_when_only_figures_over_them_are_left() {
    let (volunteer, professional) = (TimeRole::Volunteer, TimeRole::Professional);
    let at = |n| Stamp { millis: opstap_core::Millis(n), counter: 0, device: opstap_core::DeviceId([1; 16]) };
    let [first, _] = both();
    let minutes = |row: &[(TimeRole, u32, u64)], unsure: u32, then: &[SpentTime], now: &[SpentTime]| {
        let held = |(role, minutes, by): &(TimeRole, u32, u64)| {
            (RegistrationTime { stage: Stage::Practice, role: *role, minutes: *minutes }, at(*by))
        };
        let row: Vec<_> = row.iter().map(held).collect();
        let unsure = [practised(120, SCHOOL, volunteer, unsure)];
        let sure = |by: Option<Stamp>| if by.is_some() { then.to_vec() } else { now.to_vec() };
        let times = times_in_row(std::slice::from_ref(&first), 0, &row, &unsure, sure);
        TimeRole::ALL
            .iter()
            .map(|role| {
                times
                    .iter()
                    .find(|time| (time.stage, time.role) == (Stage::Practice, *role))
                    .map_or(0, |time| time.minutes)
            })
            .collect::<Vec<_>>()
    };
    let booked = [(volunteer, 100, 5), (professional, 40, 6)];
    let of_volunteer = |minutes| practised(130, SCHOOL, volunteer, minutes);
    assert_eq!(minutes(&booked, 140, &[], &[]), [100, 40], "a professional's");
    assert_eq!(minutes(&booked[..1], 160, &[], &[]), [100, 0], "a relative's, which never counted");
    assert_eq!(minutes(&booked[1..], 40, &[], &[]), [0, 40], "of nobody but a professional");
    let later = [of_volunteer(70), of_volunteer(30)];
    assert_eq!(minutes(&booked, 70, &later[..1], &later), [130, 40], "what is practised since is added");
    let (wrote, corrected) = ([wrote(130, Stage::Practice, 40)], [wrote(130, Stage::Practice, 25)]);
    assert_eq!(minutes(&booked, 100, &wrote, &corrected), [100, 25], "what was written down is corrected");
    assert_eq!(minutes(&[], 140, &[], &[]), [140, 0], "nobody wrote whose they were");
    assert_eq!(minutes(&booked, 0, &[], &later[..1]), [70, 0], "all is known");
}
