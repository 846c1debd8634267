//! Who fits a participant: the volunteers of a programme in an order that says why, without a score.

use opstap_core::letters::in_small;
use opstap_core::model::{Availability, TravelMode, Volunteer, set};
use opstap_core::{Change, Day, RecordId};

use crate::trajectory::TrajectoryStory;

/// A certificate of conduct that ends within so many days needs a new one before a start: asking for one takes some weeks.
const SOON: u32 = 42;

/// What is asked of a volunteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked<'a> {
    /// When the participant can.
    pub available: Option<Availability>,
    /// The part of town.
    pub area: Option<&'a str>,
    /// How the route is learned.
    pub mode: Option<TravelMode>,
}

/// A volunteer, and what they do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Their record.
    pub id: RecordId,
    /// What is known of them.
    pub volunteer: &'a Volunteer,
    /// With how many participants they practise now.
    pub busy: usize,
    /// Whether somebody said that they do not fit here.
    pub refused: bool,
}

/// Whether a certificate of conduct holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certificate {
    /// Until this day.
    Holds(Day),
    /// It ends soon.
    EndsSoon(Day),
    /// It ended.
    Over(Day),
    /// There is none, or nobody wrote it down.
    Unknown,
}

/// A volunteer who may fit, with the reasons for and against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggestion {
    /// Their record.
    pub volunteer: RecordId,
    /// In how many parts of the week both can; none where either did not say.
    pub shared: Option<usize>,
    /// Whether they are in the same part of town; none where either did not say.
    pub near: Option<bool>,
    /// Whether they did the training for this way of travelling; none where the way is not known.
    pub trained: Option<bool>,
    /// The certificate of conduct.
    pub certificate: Certificate,
    /// With how many participants they practise now.
    pub busy: usize,
}

impl Suggestion {
    /// Whether nothing has to be done before they can start.
    #[must_use]
    pub fn can_start(&self) -> bool {
        self.trained != Some(false)
            && matches!(self.certificate, Certificate::Holds(_) | Certificate::EndsSoon(_))
            && self.shared != Some(0)
    }
}

/// Those who may fit, in order: who can start, then by the parts of the week both can, then who is near, then who has fewest others. Who rests
/// and who was said not to fit is left out.
#[must_use]
pub fn suggestions(asked: Asked<'_>, candidates: &[Candidate<'_>], today: Day) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = candidates
        .iter()
        .filter(|one| !one.refused && one.volunteer.resting != Some(true))
        .map(|one| suggestion(asked, one, today))
        .collect();
    found.sort_by_key(|one| {
        let shared = std::cmp::Reverse(one.shared.unwrap_or_default());
        (!one.can_start(), shared, one.near != Some(true), one.busy, one.volunteer)
    });
    found
}

fn suggestion(asked: Asked<'_>, one: &Candidate<'_>, today: Day) -> Suggestion {
    let Volunteer { available, area, trained, certificate, .. } = one.volunteer;
    let place = |mode: TravelMode| TravelMode::ALL.iter().position(|known| *known == mode);
    Suggestion {
        volunteer: one.id,
        shared: asked.available.zip(*available).map(|(asked, offered)| asked.shared_with(offered)),
        near: asked.area.zip(area.as_deref()).map(|(asked, theirs)| in_small(asked.trim()) == in_small(theirs.trim())),
        trained: asked.mode.and_then(place).map(|mode| trained.is_some_and(|trained| trained.has(mode))),
        certificate: match certificate {
            None => Certificate::Unknown,
            Some(until) if *until < today => Certificate::Over(*until),
            Some(until) if *until <= today.on(SOON) => Certificate::EndsSoon(*until),
            Some(until) => Certificate::Holds(*until),
        },
        busy: one.busy,
    }
}

impl TrajectoryStory {
    /// The changes that go with another volunteer: whether it clicks was said of the one before, and is asked anew.
    #[must_use]
    pub fn clicks_taken_back(&self) -> Vec<Change> {
        let before = self.trajectory.volunteer.iter().flat_map(|_| ["click_participant", "click_volunteer"]);
        before.map(|cell| set(self.id, cell, None::<bool>)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use opstap_core::PersonId;
    use opstap_core::model::{Channel, TrainedIn, Trajectory};

    #[test]
    fn with_another_volunteer_both_clicks_are_asked_anew_and_with_the_first_nothing_was_said() {
        let story = |volunteer| {
            TrajectoryStory::begun(id(1), Trajectory { volunteer, ..Trajectory::of(TODAY, Channel::School) })
        };
        let emptied = ["click_participant", "click_volunteer"].map(|cell| set(id(1), cell, None::<bool>));
        assert_eq!(story(Some(PersonId([7; 16]))).clicks_taken_back(), emptied);
        assert_eq!(story(None).clicks_taken_back(), []);
    }

    const TODAY: Day = Day(20_000);

    fn volunteer(parts: &[usize], area: &str, trained: &[usize], certificate: u32) -> Volunteer {
        Volunteer {
            person: None,
            name: "naam".into(),
            phone: None,
            available: Availability::of(parts.iter().copied()),
            area: Some(area.into()),
            knowledge: None,
            trained: TrainedIn::of(trained.iter().copied()),
            certificate: Some(Day(certificate)),
            resting: None,
        }
    }

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    #[test]
    fn who_can_start_comes_first_then_who_shares_most_of_the_week_then_who_is_near() {
        let asked = Asked {
            available: Availability::of([0, 1, 6, 12]),
            area: Some("Ommoord"),
            mode: Some(TravelMode::Bicycle),
        };
        let near = volunteer(&[0, 6], "ommoord ", &[1], 20_400);
        let far = volunteer(&[0, 6], "Zuid", &[1], 20_400);
        let more = volunteer(&[0, 1, 6], "Zuid", &[0, 1], 20_030);
        let untrained = volunteer(&[0, 1, 6, 12], "Ommoord", &[0], 20_400);
        let over = volunteer(&[0, 1, 6, 12], "Ommoord", &[1], 19_999);
        let all = [(1, &far), (2, &near), (3, &untrained), (4, &over), (5, &more)];
        let all = all.map(|(n, volunteer)| Candidate { id: id(n), volunteer, busy: 0, refused: false });
        let found = suggestions(asked, &all, TODAY);
        let order: Vec<_> = found.iter().map(|one| one.volunteer).collect();
        assert_eq!(order, [id(5), id(2), id(1), id(3), id(4)]);
        assert_eq!((found[0].shared, found[0].certificate), (Some(3), Certificate::EndsSoon(Day(20_030))));
        assert_eq!((found[1].near, found[2].near), (Some(true), Some(false)));
        assert_eq!((found[3].trained, found[4].certificate), (Some(false), Certificate::Over(Day(19_999))));
    }

    #[test]
    fn who_rests_or_does_not_fit_is_left_out_and_who_has_fewer_others_goes_before() {
        let free = volunteer(&[0], "Zuid", &[0], 20_400);
        let resting = Volunteer { resting: Some(true), ..free.clone() };
        let candidates = [
            Candidate { id: id(1), volunteer: &free, busy: 2, refused: false },
            Candidate { id: id(2), volunteer: &free, busy: 0, refused: false },
            Candidate { id: id(3), volunteer: &free, busy: 0, refused: true },
            Candidate { id: id(4), volunteer: &resting, busy: 0, refused: false },
        ];
        let order: Vec<_> = suggestions(Asked::default(), &candidates, TODAY).iter().map(|one| one.volunteer).collect();
        assert_eq!(order, [id(2), id(1)]);
    }

    #[test]
    fn what_nobody_said_counts_neither_for_nor_against() {
        let quiet =
            Volunteer { available: None, area: None, trained: None, certificate: None, ..volunteer(&[], "", &[], 0) };
        let candidates = [Candidate { id: id(1), volunteer: &quiet, busy: 0, refused: false }];
        let [found] = suggestions(Asked::default(), &candidates, TODAY)[..] else { unreachable!("one") };
        assert_eq!((found.shared, found.near, found.trained), (None, None, None));
        assert!(!found.can_start(), "without a certificate nobody starts");
    }
}
