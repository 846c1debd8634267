//! A journey along a route as a step plan: what to do, one thing at a time. Pure, from the parts of the route with their goals and stops.

use opstap_core::RecordId;
use opstap_core::letters::in_small;
use opstap_core::model::{Goal, Means, Part, Picture, Stop};

/// A part of a route with what hangs below it, each in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JourneyPart {
    /// Its record.
    pub id: RecordId,
    /// What it is.
    pub part: Part,
    /// What is learned there.
    pub goals: Vec<(RecordId, Goal)>,
    /// The stops that a ride passes, without where it begins and where it ends.
    pub stops: Vec<(RecordId, Stop)>,
}

/// What is done at a step of a journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doing {
    /// Walk, cycle, wait, change, or get ready in the vehicle: what the sentence says.
    Act,
    /// Get on.
    Board,
    /// Ride along, while so many stops of the part are behind.
    Ride(usize),
    /// Press stop.
    Press,
    /// Get off.
    GetOff,
}

impl Doing {
    /// Which of them it is, as a letter to keep a place by.
    #[must_use]
    pub const fn kind(self) -> char {
        match self {
            Self::Act => 'a',
            Self::Board => 'b',
            Self::Ride(_) => 'r',
            Self::Press => 'p',
            Self::GetOff => 'o',
        }
    }
}

/// A step of a journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JourneyStep {
    /// The part it is in.
    pub part: RecordId,
    /// The goal or stop it is about, else the part.
    pub about: RecordId,
    /// What is done.
    pub doing: Doing,
    /// The sentence, where the route has one for it.
    pub text: Option<String>,
    /// The picture, where the route has one for it.
    pub picture: Option<Picture>,
}

impl JourneyStep {
    /// Whether this is the same step, also after others came before it or went.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        (self.part, self.about, self.doing.kind()) == (other.part, other.about, other.doing.kind())
    }
}

/// Whether somebody rides along and can get off at the wrong stop.
#[must_use]
pub const fn rides(means: Means) -> bool {
    matches!(means, Means::Bus | Means::Tram | Means::Metro | Means::Train)
}

/// The pictogram of a means of travelling, where a part of a route has no picture of its own.
#[must_use]
pub const fn pictogram_of(means: Means) -> &'static str {
    match means {
        Means::Walk => "person-walking",
        Means::Cycle => "bicycle",
        Means::Bus => "bus",
        Means::Tram => "tram",
        Means::Metro => "metro",
        Means::Train => "train",
        Means::Wait => "bus-stop",
        Means::Change => "transfer",
    }
}

/// The picture of a part: its own, or that of how it is travelled.
#[must_use]
pub fn picture_of(part: &Part) -> Picture {
    part.picture.clone().unwrap_or_else(|| Picture::Pictogram(pictogram_of(part.means).to_owned()))
}

/// Whether the vehicle stops only for whoever presses.
const fn stops_when_pressed(means: Means) -> bool {
    matches!(means, Means::Bus | Means::Tram)
}

/// The steps of a journey in order. That somebody is there comes after the last.
#[must_use]
pub fn journey(parts: &[JourneyPart]) -> Vec<JourneyStep> {
    let mut steps = Vec::new();
    for part in parts {
        if rides(part.part.means) {
            ride(part, &mut steps);
        } else if part.goals.is_empty() {
            let JourneyPart { id, part, .. } = part;
            steps.push(step(*id, *id, Doing::Act, Some(part.title.clone()), part.picture.clone()));
        } else {
            steps.extend(part.goals.iter().map(|(id, goal)| of_goal(part, *id, goal, Doing::Act)));
        }
    }
    steps
}

/// Whether its part ends at a step: by getting off, and without a ride with the last that is done there.
#[must_use]
pub fn ends_its_part(steps: &[JourneyStep], step: &JourneyStep) -> bool {
    let mut of_it = steps.iter().filter(|other| other.part == step.part);
    let off = of_it.clone().find(|other| other.doing == Doing::GetOff);
    off.or_else(|| of_it.next_back()) == Some(step)
}

/// The stops that stand on the screen of a ride: where it begins, those between, and where it ends, as far as they are known.
#[must_use]
pub fn stops_of(part: &JourneyPart) -> Vec<&str> {
    let between = part.stops.iter().map(|(_, stop)| stop.name.as_str());
    part.part.from.as_deref().into_iter().chain(between).chain(part.part.to.as_deref()).collect()
}

/// The ride that somebody at this step is on, or else the next one: what a passer-by can be asked about.
#[must_use]
pub fn ride_from<'parts>(parts: &'parts [JourneyPart], step: Option<&JourneyStep>) -> Option<&'parts JourneyPart> {
    let here = step.and_then(|step| parts.iter().position(|part| part.id == step.part)).unwrap_or_default();
    let mut ahead = parts.iter().skip(here).filter(|part| rides(part.part.means));
    ahead.next()
}

fn step(part: RecordId, about: RecordId, doing: Doing, text: Option<String>, picture: Option<Picture>) -> JourneyStep {
    JourneyStep { part, about, doing, text, picture }
}

fn of_goal(part: &JourneyPart, id: RecordId, goal: &Goal, doing: Doing) -> JourneyStep {
    let picture = goal.picture.clone().or_else(|| part.part.picture.clone());
    step(part.id, id, doing, Some(goal.text.clone()), picture)
}

/// On which side of a ride a goal stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Before it, or as soon as one is in.
    Begin,
    /// Before getting in: at the stop, at the gate.
    Before,
    /// The stop button.
    Press,
    /// Getting off, and what belongs to it.
    Off,
}

/// Tells by the picture, and where it is none of these by the words in the languages of the app. What stands below in the list comes later:
/// once one is in, one is not at the stop any more, and once a ride comes to its end, the rest does too.
fn sides(part: &JourneyPart) -> Vec<(Side, &(RecordId, Goal))> {
    let (mut is_in, mut at_the_end) = (false, false);
    // At a metro or train one checks in on the way to the platform, so what stands above that is done before too.
    let ahead = part.goals.iter().take_while(|(_, goal)| !matches!(side(goal), Side::Press | Side::Off));
    let gate = ahead.enumerate().filter(|(_, (_, goal))| is_checking_in(goal)).last().map(|(place, _)| place);
    let gate = gate.filter(|_| !stops_when_pressed(part.part.means));
    let told = part.goals.iter().enumerate().map(|(place, goal)| {
        let side = match side(&goal.1) {
            Side::Press if !stops_when_pressed(part.part.means) => Side::Off,
            Side::Begin | Side::Before if at_the_end => Side::Off,
            Side::Begin if gate.is_some_and(|gate| place <= gate) => Side::Before,
            Side::Before if is_in => Side::Begin,
            side => side,
        };
        is_in |= side == Side::Begin;
        at_the_end |= matches!(side, Side::Press | Side::Off);
        (side, goal)
    });
    told.collect()
}

fn side(goal: &Goal) -> Side {
    if let Some(Picture::Pictogram(name)) = &goal.picture {
        match name.as_str() {
            "stop-bell" => return Side::Press,
            "step-off" | "card-reader-out" => return Side::Off,
            _ => {}
        }
    }
    let text = in_small(&goal.text);
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if text.contains("stop") && says(&["druk", "press"]) {
        Side::Press
    } else if says(&["stap uit", "uitstap", "check uit", "get off", "check out"]) {
        Side::Off
    } else if is_before(&text) {
        Side::Before
    } else {
        Side::Begin
    }
}

/// What is done before one gets in, by the words people use for it: whole ones, with a space round them. Waiting and stops are spoken of
/// inside too, so those words alone say nothing.
const BEFORE: [&str; 28] = [
    " kijk of ",
    " kijk op het bord ",
    " wacht op de ",
    " wacht op bus ",
    " wacht op tram ",
    " wacht op lijn ",
    " wacht bij ",
    " bij de halte ",
    " naar de halte ",
    " zoek de halte ",
    " bushalte ",
    " tramhalte ",
    " perron ",
    " poortje ",
    " zwaai ",
    " hand op ",
    " see whether ",
    " check whether ",
    " look at the board ",
    " wait for the ",
    " wait at ",
    " at the stop ",
    " to the stop ",
    " at the bus stop ",
    " to the bus stop ",
    " platform ",
    " gate ",
    " wave ",
];

fn is_before(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let text = [" ", &words.join(" "), " "].concat();
    BEFORE.iter().any(|words| text.contains(words))
}

fn is_checking_in(goal: &Goal) -> bool {
    let text = in_small(&goal.text);
    matches!(&goal.picture, Some(Picture::Pictogram(name)) if name == "card-reader")
        || ["check in", "inchecken"].iter().any(|word| text.contains(word))
}

/// Whether a goal is getting off itself, so that no other step has to say it.
fn is_getting_off(goal: &Goal) -> bool {
    let text = in_small(&goal.text);
    matches!(&goal.picture, Some(Picture::Pictogram(name)) if name == "step-off")
        || ["stap uit", "uitstap", "get off"].iter().any(|word| text.contains(word))
}

fn ride(told: &JourneyPart, steps: &mut Vec<JourneyStep>) {
    let (id, part) = (told.id, &told.part);
    let sides = sides(told);
    let of = |wanted: Side| sides.iter().filter(move |(side, _)| *side == wanted).map(|(_, goal)| *goal);
    steps.extend(of(Side::Before).map(|(id, goal)| of_goal(told, *id, goal, Doing::Act)));
    steps.push(step(id, id, Doing::Board, Some(part.title.clone()), part.picture.clone()));
    steps.extend(of(Side::Begin).map(|(id, goal)| of_goal(told, *id, goal, Doing::Act)));
    // Each stop that is passed is a tap; where none are known one tap says that the last is near.
    if told.stops.is_empty() {
        steps.push(step(id, id, Doing::Ride(0), None, None));
    }
    for (passed, (stop, _)) in told.stops.iter().enumerate() {
        steps.push(step(id, *stop, Doing::Ride(passed), None, None));
    }
    if stops_when_pressed(part.means) {
        let picture = of(Side::Press).find_map(|(_, goal)| goal.picture.clone());
        steps.push(step(id, id, Doing::Press, None, picture));
    }
    get_off(told, &of(Side::Off).collect::<Vec<_>>(), steps);
}

/// Getting off, and what is done just before or after it: in a bus or tram one checks out inside, at a metro or train on the platform.
fn get_off(told: &JourneyPart, goals: &[&(RecordId, Goal)], steps: &mut Vec<JourneyStep>) {
    let own = goals.iter().find(|(_, goal)| is_getting_off(goal));
    let picture = own.and_then(|(_, goal)| goal.picture.clone());
    let off = step(told.id, told.id, Doing::GetOff, own.map(|(_, goal)| goal.text.clone()), picture);
    let others = goals.iter().filter(|one| own.is_none_or(|own| own.0 != one.0));
    let others = others.map(|(id, goal)| of_goal(told, *id, goal, Doing::Act));
    if stops_when_pressed(told.part.means) {
        steps.extend(others);
        steps.push(off);
    } else {
        steps.push(off);
        steps.extend(others);
    }
}

#[cfg(test)]
#[path = "journey_tests.rs"]
mod tests;
