//! A route as the screens for on the way read it: its steps, and who is called.

use opstap_core::access::Section;
use opstap_core::model::{Part, Route, Stop, Trajectory};
use opstap_core::{PersonId, RecordId};
use opstap_insight::{JourneyPart, JourneyStep, journey, picture_of};

use crate::device::Reader;
use crate::pages::client::people::{self, Supporter};
use crate::stories;

/// A route to travel.
#[derive(Clone, PartialEq)]
pub struct Told {
    /// The route.
    pub route: Route,
    /// Its parts.
    pub parts: Vec<JourneyPart>,
    /// What to do, in order.
    pub steps: Vec<JourneyStep>,
    /// Who is called.
    pub coach: Option<Supporter>,
    /// The other routes of the trajectory that teaches it, else of the circle.
    pub others: Vec<RecordId>,
}

impl Told {
    /// The part of a step.
    pub fn part_of(&self, step: &JourneyStep) -> Option<&JourneyPart> {
        self.parts.iter().find(|part| part.id == step.part)
    }

    /// Where the route ends.
    pub fn ends_at(&self) -> Option<&String> {
        self.parts.last()?.part.to.as_ref()
    }

    /// Who sees an arrival: the one who is called, if they may.
    pub fn seen_by(&self) -> Option<&str> {
        let coach = self.coach.as_ref().filter(|coach| coach.sees(Section::Travel))?;
        Some(&coach.name)
    }
}

/// Reads a route; `None` when it is gone.
pub async fn read(reader: &Reader, route: RecordId) -> Option<Told> {
    let found = reader.one::<Route>(route).await?;
    let mut parts = Vec::new();
    for told in stories::route::parts(reader, route).await {
        let mut stops = reader.below::<Stop>(told.part.id).await;
        stories::sort_by_order(&mut stops, |stop| &stop.order);
        parts.push(JourneyPart {
            id: told.part.id,
            part: with_picture(told.part.value),
            goals: told.goals.into_iter().map(|goal| (goal.id, goal.value)).collect(),
            stops: stops.into_iter().map(|stop| (stop.id, stop.value)).collect(),
        });
    }
    // The trajectory alone, and not all that hangs below it: this is what a phone on the way needs of it.
    let trajectories = reader.all::<Trajectory>().await.into_iter().map(|told| told.value);
    let learns = trajectories.filter(|told| both_ways(told).contains(&route)).max_by_key(|told| told.registered);
    let others = match &learns {
        Some(told) => both_ways(told),
        None => stories::route::routes(reader).await.into_iter().map(|route| route.id).collect(),
    };
    Some(Told {
        route: found.value,
        steps: journey(&parts),
        parts,
        coach: coach(reader, learns.and_then(|told| told.coach)).await,
        others: others.into_iter().filter(|other| *other != route).collect(),
    })
}

/// Nobody stands before an empty screen: a part without a picture of its own shows how it is travelled.
fn with_picture(part: Part) -> Part {
    Part { picture: Some(picture_of(&part)), ..part }
}

/// The way there and the way back.
fn both_ways(told: &Trajectory) -> Vec<RecordId> {
    [told.route, told.way_back].into_iter().flatten().collect()
}

/// The OV-coach; before there is one, whoever can be called and sees what is travelled, else whoever can be called.
async fn coach(reader: &Reader, coach: Option<PersonId>) -> Option<Supporter> {
    let all = people::supporters(reader).await;
    let better = |one: &Supporter| {
        (Some(one.person) == coach, one.phone.is_some() && one.sees(Section::Travel), one.phone.is_some())
    };
    let mut best: Option<Supporter> = None;
    for one in all {
        if best.as_ref().is_none_or(|best| better(&one) > better(best)) {
            best = Some(one);
        }
    }
    best
}
