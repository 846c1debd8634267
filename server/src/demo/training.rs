//! Trainings of the demonstration, as their people wrote them down: one half way, and one that was handed over.

use opstap_core::access::Section;
use opstap_core::model::{
    Availability, Consent, ConsentAct, Feedback, FeedbackRead, FeedbackReply, Handover, HandoverPoint, Intake,
    Learnability, Model, OrganisationRole, Stage, StageEntry, Trajectory, set,
};
use opstap_core::{Change, Day, Millis, PersonId, RecordId};
use opstap_insight::{TrajectoryStory, follow_ups_after};
use opstap_sync_server::Storage;

use super::Cast;
use super::circle::{self, Round};
use super::past::{HOUR, days_before};
use super::programme::{Kept, Row};
use super::route::{self, Learned};
use super::story::Key;
use super::training_story::{About, Alone, FeedbackStory, HalfWay, IntakeStory};
use crate::first_start::{FirstStartError, Pen, Start};

/// The days on which a training came to its first stages.
struct Came {
    today: Day,
    intake: u32,
    met: u32,
    practice: u32,
}

/// The training of the client of the demonstration, half way.
pub async fn half_way<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    (told, practised): (&HalfWay, RecordId),
    learned: &Learned,
    programme: &mut Kept<'_, S>,
) -> Result<(), FirstStartError> {
    let today = Day::of(start.clock.now());
    let back =
        route::add_way_back(start, cast, round, learned, (&told.about.responsible, &told.stops, &told.title_back))
            .await?;
    let came = Came { today, intake: told.intake.days_ago, met: told.met_days_ago, practice: told.practice_days_ago };
    let volunteer = cast.find(&told.about.volunteer)?.person;
    let started = today.back(told.practice_days_ago);
    let row = Row { circle: round.circle, volunteer, started, completed: None, practised: None };
    let row = programme.row(&told.about, row).await?;
    begin(start, cast, round, (&told.about, &told.intake), &came, (row, learned.route(), Some(back))).await?;
    let mut practices = vec![practised];
    for practice in &told.practices {
        practices.push(route::practise(start, cast, round, (practice, practice.days_ago), learned).await?);
    }
    let of = told
        .feedback
        .of_practice
        .checked_sub(1)
        .and_then(|at| Some((*practices.get(at)?, told.practices.get(at.checked_sub(1)?)?)));
    let (practice, how) = of.ok_or_else(|| FirstStartError::NotThere("the practice of a report".to_owned()))?;
    let at = days_before(start.clock.now(), how.days_ago).plus(2 * HOUR);
    report(start, cast, round, (practice, at), (&told.about.volunteer, &told.feedback)).await
}

/// Registration, intake, matching and the beginning of practice.
async fn begin<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    (about, talked): (&About, &IntakeStory),
    came: &Came,
    (row, route, way_back): (RecordId, RecordId, Option<RecordId>),
) -> Result<TrajectoryStory, FirstStartError> {
    let responsible = cast.find(&about.responsible)?;
    let (volunteer, coach) = (cast.find(&about.volunteer)?.person, cast.find(&about.coach)?.person);
    let mut pen = round.pen(start, cast, responsible);
    let id = pen.id();
    let words = |text: &String| Some(text.clone());
    let trajectory = Trajectory {
        municipality: words(&about.municipality),
        area: words(&about.area),
        indication: Some(about.indication.0),
        mode: Some(about.mode.0),
        row: Some(row),
        available: Availability::of(about.available.iter().copied()),
        volunteer: Some(volunteer),
        coach: Some(coach),
        met: Some(came.today.back(came.met)),
        present: words(&about.present),
        goals: words(&about.goals),
        approach: words(&about.approach),
        click_participant: Some(true),
        click_volunteer: Some(true),
        route: Some(route),
        way_back,
        details: words(&about.details),
        asks: words(&about.asks),
        parent_asks: words(&about.parent_asks),
        attention: words(&about.attention),
        ..Trajectory::of(came.today.back(about.days_ago), about.channel.0)
    };
    let intake = Intake {
        on: Some(came.today.back(came.intake)),
        motivation: words(&talked.motivation),
        skills: words(&talked.skills),
        parents_view: words(&talked.parents_view),
        learnability: Some(Learnability::Yes),
        reason: None,
        informed: Some(came.today.back(came.intake)),
    };
    let on = |days: u32| came.today.back(days);
    let mut changes = vec![trajectory.make(id)];
    let story = TrajectoryStory {
        id,
        trajectory,
        intake: None,
        entries: Vec::new(),
        end: None,
        handover: None,
        points: Vec::new(),
        follow_ups: Vec::new(),
    };
    for (stage, days, who) in [
        (Stage::Registration, about.days_ago, responsible.person),
        (Stage::Intake, came.intake, responsible.person),
        (Stage::Matching, came.met + 5, responsible.person),
        (Stage::Practice, came.practice, volunteer),
    ] {
        let entry = StageEntry { stage, on: on(days), responsible: Some(who), reason: None };
        changes.push(entry.make_below(pen.id(), id));
        // An edit each, so that one came after the other.
        pen.write(on(days).begins(), None, std::mem::take(&mut changes));
        if stage == Stage::Intake {
            changes.push(intake.make_below(pen.id(), id));
        }
    }
    pen.hand_in().await?;
    Ok(story)
}

/// A report on a practice, who read it, and what they said.
async fn report<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    (practice, at): (RecordId, Millis),
    (by, told): (&Key, &FeedbackStory),
) -> Result<(), FirstStartError> {
    let mut pen = round.pen(start, cast, cast.find(by)?);
    let feedback = pen.id();
    pen.write(at, None, vec![Feedback { text: told.text.clone(), at, replaces: None }.make_below(feedback, practice)]);
    pen.hand_in().await?;
    for (hours, reader) in (1_u64..).zip(&told.read_by) {
        let mut pen = round.pen(start, cast, cast.find(reader)?);
        let at = at.plus(hours * HOUR);
        let mut changes = vec![FeedbackRead { feedback, at }.make_below(pen.id(), practice)];
        for reply in told.replies.iter().filter(|reply| reply.by == *reader) {
            let said = FeedbackReply { feedback, text: reply.text.clone(), at };
            changes.push(said.make_below(pen.id(), practice));
        }
        pen.write(at, None, changes);
        pen.hand_in().await?;
    }
    Ok(())
}

/// The training of somebody who travels alone, in a circle of their own, with the enquiries that were made at its end.
pub async fn alone<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    told: &Alone,
    programme: &mut Kept<'_, S>,
) -> Result<(), FirstStartError> {
    let now = start.clock.now();
    let today = Day::of(now);
    let round = circle::gather(start, cast, &told.circle, u64::from(told.about.days_ago)).await?;
    let set_up = days_before(now, u64::from(told.met_days_ago) - 1);
    let learned = route::set_up(start, cast, &round, &told.route, set_up).await?;
    let came = Came { today, intake: told.intake.days_ago, met: told.met_days_ago, practice: told.practice_days_ago };
    let volunteer = cast.find(&told.about.volunteer)?.person;
    let handed_over = today.back(told.handed_over_days_ago);
    let row = Row {
        circle: round.circle,
        volunteer,
        started: today.back(told.practice_days_ago),
        completed: Some(handed_over),
        practised: Some(told.practices.iter().map(|practice| practice.minutes).sum()),
    };
    let row = programme.row(&told.about, row).await?;
    let story = begin(start, cast, &round, (&told.about, &told.intake), &came, (row, learned.route(), None)).await?;
    for practice in &told.practices {
        route::practise(start, cast, &round, (practice, practice.days_ago), &learned).await?;
    }
    hand_over(start, cast, &round, told, (&story, handed_over)).await
}

/// The handover with its points, the word of both with which the others step back, and the enquiries afterwards.
async fn hand_over<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    told: &Alone,
    (story, on): (&TrajectoryStory, Day),
) -> Result<(), FirstStartError> {
    let trajectory = story.id;
    let at = on.begins().plus(16 * HOUR);
    let coach = cast.find(&told.about.coach)?;
    let mut desk = round.pen(start, cast, cast.find(&told.about.responsible)?);
    let handover = desk.id();
    let planned = Handover { on: Some(on), outing: Some(told.outing.clone()), accepted: None, agreed: None };
    let of_coach = told.circle.members.iter().find(|member| member.person == told.about.coach);
    let phone = of_coach.and_then(|member| member.phone.as_deref());
    let mut changes =
        vec![entry(Stage::Handover, on.back(7), cast, &told.about.volunteer)?.make_below(desk.id(), trajectory)];
    changes.push(planned.make_below(handover, trajectory));
    for point in story.points_to_make(phone) {
        changes.push(HandoverPoint { done: Some(at), ..point }.make_below(desk.id(), handover));
    }
    desk.write(on.back(7).begins().plus(9 * HOUR), None, changes);
    desk.hand_in().await?;

    let mut theirs = round.pen(start, cast, coach);
    theirs.write(at, None, vec![set(handover, "accepted", at)]);
    theirs.hand_in().await?;
    agrees(start, cast, round, told, (handover, at)).await?;

    let mut changes = vec![entry(Stage::Alone, on, cast, &told.about.coach)?.make_below(desk.id(), trajectory)];
    changes.extend(follow_ups_after(on).iter().map(|one| one.make_below(desk.id(), trajectory)));
    desk.write(at.plus(HOUR), None, changes);
    desk.hand_in().await
}

fn entry(stage: Stage, on: Day, cast: &Cast, who: &Key) -> Result<StageEntry, FirstStartError> {
    Ok(StageEntry { stage, on, responsible: Some(cast.find(who)?.person), reason: None })
}

/// The participant agrees, and in the same edit those who helped see the journeys no longer.
async fn agrees<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    told: &Alone,
    (handover, at): (RecordId, Millis),
) -> Result<(), FirstStartError> {
    let leave: Vec<PersonId> = [&told.about.volunteer, &told.about.responsible]
        .into_iter()
        .map(|key| Ok(cast.find(key)?.person))
        .collect::<Result<_, FirstStartError>>()?;
    let ends: Vec<(PersonId, RecordId)> = round
        .consents
        .iter()
        .filter(|(person, section, _)| *section == Section::Travel && leave.contains(person))
        .map(|(person, _, id)| (*person, *id))
        .collect();
    let client = (round.client, OrganisationRole::Participant);
    let mut pen = Pen::new(start, cast.organisation, client, round.circle);
    let mut changes: Vec<Change> = vec![set(handover, "agreed", at)];
    for (person, consent) in ends {
        let (act, section) = (ConsentAct::Withdrawn, Section::Travel);
        let withdrawn = Consent { act, person, section, from: at, until: None, ends: Some(consent) };
        changes.push(withdrawn.make(pen.id()));
    }
    pen.write(at, None, changes);
    pen.hand_in().await
}
