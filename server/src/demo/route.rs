//! The route that the client learns, and a practice of it.

use opstap_core::model::{Goal, GoalHelp, Model, Part, Picture, Practice, PracticeEnd, PracticeSituation, Route};
use opstap_core::{RecordId, order};
use opstap_sync_server::Storage;

use super::Cast;
use super::circle::Round;
use super::past::{BEGAN, days_before, on_day};
use super::story::{PartStory, PastPractice, RouteStory};
use crate::first_start::{FirstStartError, Start};

/// The route once it is set up.
pub struct Learned {
    route: RecordId,
    /// The goals of each part, in order.
    goals: Vec<Vec<RecordId>>,
}

/// Sets the route up, with its parts and goals, in one edit.
pub async fn set_up<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    told: &RouteStory,
) -> Result<Learned, FirstStartError> {
    let mut pen = round.pen(start, cast, cast.find(&told.made_by)?);
    let route = pen.id();
    let head = Route { title: told.title.clone(), picture: pictogram(&told.picture), order: order::first(1).pop() };
    let mut changes = vec![head.make(route)];
    let mut goals = Vec::new();
    for (part, place) in told.parts.iter().zip(order::first(told.parts.len())) {
        let below = pen.id();
        changes.push(as_record(part, place).make_below(below, route));
        let mut made = Vec::new();
        for (goal, place) in part.goals.iter().zip(order::first(part.goals.len())) {
            let id = pen.id();
            let goal = Goal { order: place, text: goal.text.clone(), picture: pictogram(&goal.picture) };
            changes.push(goal.make_below(id, below));
            made.push(id);
        }
        goals.push(made);
    }
    pen.write(days_before(start.clock.now(), BEGAN - 2), None, changes);
    pen.hand_in().await?;
    Ok(Learned { route, goals })
}

fn as_record(told: &PartStory, place: String) -> Part {
    Part {
        order: place,
        means: told.means.0,
        title: told.title.clone(),
        line: told.line.clone(),
        direction: told.direction.clone(),
        from: Some(told.from.clone()),
        to: Some(told.to.clone()),
        picture: pictogram(&told.picture),
    }
}

fn pictogram(name: &str) -> Option<Picture> {
    Some(Picture::Pictogram(name.to_owned()))
}

/// Practises the route as the volunteer logged it: one edit a tap, with the client beside.
pub async fn practise<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    told: &PastPractice,
    learned: &Learned,
) -> Result<(), FirstStartError> {
    let mut pen = round.pen(start, cast, cast.find(&told.made_by)?);
    let beside = Some(cast.find(&told.beside)?.person);
    let began = on_day(start.clock.now(), told.days_ago, told.at);
    let practice = pen.id();
    pen.write(began, beside, vec![Practice { route: learned.route, at: began }.make(practice)]);
    let ended = began.plus(u64::from(told.minutes) * 60_000);
    let goals: Vec<_> = learned.goals.iter().flatten().collect();
    let levels: Vec<_> = told.help.iter().flatten().collect();
    if goals.len() != levels.len() {
        return Err(FirstStartError::NotThere("as many levels of help as goals".to_owned()));
    }
    let between = (ended.0 - began.0) / (goals.len() as u64 + 1);
    let mut at = began;
    for (goal, help) in goals.into_iter().zip(levels) {
        at = at.plus(between);
        let (id, log) = (pen.id(), GoalHelp { goal: *goal, help: help.0, at, replaces: None });
        pen.write(at, beside, vec![log.make_below(id, practice)]);
    }
    let situation =
        PracticeSituation { situation: told.situation.situation.0, word: Some(told.situation.word.clone()) };
    let end =
        PracticeEnd { at: ended, minutes: Some(told.minutes), word: Some(told.word.clone()), face: Some(told.face.0) };
    let (first, second) = (pen.id(), pen.id());
    pen.write(ended, beside, vec![situation.make_below(first, practice), end.make_below(second, practice)]);
    pen.hand_in().await
}
