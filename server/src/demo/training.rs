//! Trainings of the demonstration, as their people wrote them down: one half way, and one that was handed over.

use opstap_core::model::{
    Availability, Feedback, FeedbackRead, FeedbackReply, Intake, Learnability, Model, Stage, StageEntry, Trajectory,
};
use opstap_core::{Day, Millis, RecordId};
use opstap_sync_server::Storage;

use super::Cast;
use super::circle::{self, Round};
use super::handover::hand_over;
use super::past::{HOUR, days_before};
use super::programme::{Kept, Row};
use super::route::{self, Learned};
use super::story::Key;
use super::training_story::{About, Alone, FeedbackStory, HalfWay, IntakeStory};
use crate::first_start::{FirstStartError, Start};

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
    ways: (RecordId, RecordId, Option<RecordId>),
) -> Result<(), FirstStartError> {
    let responsible = cast.find(&about.responsible)?;
    let volunteer = cast.find(&about.volunteer)?.person;
    let mut pen = round.pen(start, cast, responsible);
    let id = pen.id();
    let on = |days: u32| came.today.back(days);
    let mut changes = vec![settled(cast, about, came, ways)?.make(id)];
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
            changes.push(intake(talked, on(came.intake)).make_below(pen.id(), id));
        }
    }
    pen.hand_in().await
}

/// What is settled about a training by the time practice begins.
fn settled(
    cast: &Cast,
    about: &About,
    came: &Came,
    (row, route, way_back): (RecordId, RecordId, Option<RecordId>),
) -> Result<Trajectory, FirstStartError> {
    let words = |text: &String| Some(text.clone());
    Ok(Trajectory {
        municipality: words(&about.municipality),
        area: words(&about.area),
        indication: Some(about.indication.0),
        mode: Some(about.mode.0),
        row: Some(row),
        available: Availability::of(about.available.iter().copied()),
        volunteer: Some(cast.find(&about.volunteer)?.person),
        coach: Some(cast.find(&about.coach)?.person),
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
    })
}

fn intake(talked: &IntakeStory, on: Day) -> Intake {
    Intake {
        on: Some(on),
        motivation: Some(talked.motivation.clone()),
        skills: Some(talked.skills.clone()),
        parents_view: Some(talked.parents_view.clone()),
        learnability: Some(Learnability::Yes),
        reason: None,
        informed: Some(on),
    }
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
    begin(start, cast, &round, (&told.about, &told.intake), &came, (row, learned.route(), None)).await?;
    for practice in &told.practices {
        route::practise(start, cast, &round, (practice, practice.days_ago), &learned).await?;
    }
    hand_over(start, cast, &round, told, handed_over).await
}
