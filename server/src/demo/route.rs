//! The route that a client learns, its way back, and practices of it.

use opstap_core::model::{
    Goal, GoalHelp, Means, Model, Part, Picture, Practice, PracticeEnd, PracticeSituation, Route, Stop,
};
use opstap_core::{Millis, RecordId, order};
use opstap_insight::{WholePart, way_back};
use opstap_sync_server::Storage;

use super::Cast;
use super::circle::Round;
use super::past::{days_before, on_day};
use super::story::{PartStory, PastPractice, RouteStory};
use super::training_story::StopsStory;
use crate::first_start::{FirstStartError, Start};

/// The route once it is set up.
pub struct Learned {
    route: RecordId,
    head: Route,
    /// The goals of each part, in order.
    goals: Vec<Vec<RecordId>>,
    /// Its parts.
    parts: Vec<(RecordId, WholePart)>,
}

impl Learned {
    /// The route.
    pub const fn route(&self) -> RecordId {
        self.route
    }
}

/// Sets the route up, with its parts and goals, in one edit.
pub async fn set_up<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    told: &RouteStory,
    at: Millis,
) -> Result<Learned, FirstStartError> {
    let mut pen = round.pen(start, cast, cast.find(&told.made_by)?);
    let route = pen.id();
    let head = Route { title: told.title.clone(), picture: pictogram(&told.picture), order: order::first(1).pop() };
    let mut changes = vec![head.make(route)];
    let (mut goals, mut parts) = (Vec::new(), Vec::new());
    for (part, place) in told.parts.iter().zip(order::first(told.parts.len())) {
        let below = pen.id();
        let whole = as_record(part, place);
        changes.push(whole.make_below(below, route));
        let (mut made, mut learned) = (Vec::new(), Vec::new());
        for (goal, place) in part.goals.iter().zip(order::first(part.goals.len())) {
            let id = pen.id();
            let goal = Goal { picture: pictogram(&goal.picture), ..Goal::saying(place, goal.text.as_str()) };
            changes.push(goal.make_below(id, below));
            made.push(id);
            learned.push(goal);
        }
        goals.push(made);
        parts.push((below, WholePart { part: whole, stops: Vec::new(), goals: learned }));
    }
    pen.write(at, None, changes);
    pen.hand_in().await?;
    Ok(Learned { route, head, goals, parts })
}

/// What a change is called on the way back.
fn change_to(next: &Part) -> String {
    let vehicle = match next.means {
        Means::Tram => "tram",
        Means::Metro => "metro",
        Means::Train => "trein",
        Means::Bus | Means::Walk | Means::Cycle | Means::Wait | Means::Change => "bus",
    };
    format!("Stap over op de {vehicle}")
}

/// Adds the stops of a line, and the way back over all of it. Gives the way back.
pub async fn add_way_back<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    learned: &Learned,
    (made_by, stops, title): (&str, &StopsStory, &str),
) -> Result<RecordId, FirstStartError> {
    let mut pen = round.pen(start, cast, cast.find(made_by)?);
    let mut changes = Vec::new();
    let mut parts = Vec::new();
    for (id, whole) in &learned.parts {
        let mut whole = whole.clone();
        if whole.part.line.as_ref() == Some(&stops.line) {
            for (name, order) in stops.names.iter().zip(order::first(stops.names.len())) {
                let stop = Stop { order, name: name.clone() };
                changes.push(stop.make_below(pen.id(), *id));
                whole.stops.push(stop);
            }
        }
        parts.push(whole);
    }
    let id = pen.id();
    let behind = order::between(learned.head.order.as_deref(), None);
    let head = Route { title: title.to_owned(), picture: learned.head.picture.clone(), order: Some(behind) };
    changes.extend(way_back((id, &head), &parts, change_to, || pen.id()));
    pen.write(days_before(start.clock.now(), round.began - 3), None, changes);
    pen.hand_in().await?;
    Ok(id)
}

fn as_record(told: &PartStory, place: String) -> Part {
    Part {
        line: told.line.clone(),
        direction: told.direction.clone(),
        from: Some(told.from.clone()),
        to: Some(told.to.clone()),
        landmark: told.landmark.clone(),
        picture: pictogram(&told.picture),
        ..Part::titled(place, told.means.0, told.title.as_str())
    }
}

fn pictogram(name: &str) -> Option<Picture> {
    Some(Picture::Pictogram(name.to_owned()))
}

/// Practises the route as the volunteer logged it, so many days before the first start: one edit a tap, with the client beside. Gives the
/// practice.
pub async fn practise<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    (told, days_ago): (&PastPractice, u64),
    learned: &Learned,
) -> Result<RecordId, FirstStartError> {
    let mut pen = round.pen(start, cast, cast.find(&told.made_by)?);
    let beside = Some(cast.find(&told.beside)?.person);
    let began = on_day(start.clock.now(), days_ago, told.at);
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
    let end = PracticeEnd {
        at: ended,
        minutes: Some(told.minutes),
        word: Some(told.word.clone()),
        face: Some(told.face.0),
        said: None,
    };
    let (first, second) = (pen.id(), pen.id());
    pen.write(ended, beside, vec![situation.make_below(first, practice), end.make_below(second, practice)]);
    pen.hand_in().await?;
    Ok(practice)
}
