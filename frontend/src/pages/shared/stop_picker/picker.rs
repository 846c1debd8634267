//! The line, where to get on, where to get off, and what lies between.

use std::sync::Arc;

use opstap_core::model::Means;
use opstap_core::stops::Feed;
use opstap_insight::{Direction, DirectionId, PlaceId, StopFinder};
use opstap_view::prelude::*;

use super::suggest::{MOST, Suggest, Suggestion};
use crate::components::{Button, Icon, changing};
use crate::device::{self, StopsHere};
use crate::event::Handler;
use crate::pages::supporter::means;
use crate::words::{Text, stops as words};

/// What stands in a part of a route, as far as it does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RideNow {
    /// By what.
    pub means: Option<Means>,
    /// The line.
    pub line: Option<String>,
    /// The direction on the vehicle.
    pub direction: Option<String>,
    /// Where it begins.
    pub from: Option<String>,
    /// Where it ends.
    pub to: Option<String>,
}

/// A ride that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ride {
    /// By what.
    pub means: Means,
    /// The line.
    pub line: String,
    /// The direction on the vehicle.
    pub direction: String,
    /// Where to get on.
    pub from: String,
    /// Where to get off.
    pub to: String,
    /// The stops in between, in order.
    pub between: Vec<String>,
}

/// Chooses a ride out of what this device has; shows nothing while it has no stops.
#[component]
pub fn StopPicker(
    /// What the part says now; the fields begin with it where the timetable knows it.
    now: RideNow,
    /// A ride was chosen and confirmed.
    #[prop(into)]
    on_choose: Handler<Ride>,
) -> impl IntoView {
    let here = device::stops();
    changing(move || match here.get() {
        StopsHere::These(finder) => {
            view! { <PickRide finder now=now.clone() on_choose=on_choose.clone() /> }.into_any()
        }
        StopsHere::Looking | StopsHere::Nothing => ().into_any(),
    })
}

/// What was chosen so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Picked {
    line: Option<DirectionId>,
    from: Option<PlaceId>,
    to: Option<PlaceId>,
}

impl Picked {
    /// Another line, got on where the part begins when nothing was chosen before.
    fn with_line_from(self, finder: &StopFinder, line: DirectionId, begins: &str) -> Self {
        let picked = self.with_line(finder, line);
        let from = picked.from.or_else(|| finder.named(begins, &finder.to_get_on(line)));
        Self { from, ..picked }
    }

    /// As far as the timetable knows what stands there.
    fn of(finder: &StopFinder, now: &RideNow) -> Self {
        let of = now.means.zip(now.line.as_deref()).zip(now.direction.as_deref());
        let line = of.and_then(|((means, line), direction)| finder.known(Direction { means, line, direction }));
        let Some(line) = line else { return Self::default() };
        let from = now.from.as_deref().and_then(|name| finder.named(name, &finder.to_get_on(line)));
        let mut picked = Self { line: Some(line), from, to: None };
        picked.to = now.to.as_deref().and_then(|name| finder.named(name, &picked.to_get_off(finder)));
        picked
    }

    /// Another line; where one gets on and off stays, as far as it stops there too.
    fn with_line(self, finder: &StopFinder, line: DirectionId) -> Self {
        let from = self.from.filter(|from| finder.to_get_on(line).contains(from));
        Self { line: Some(line), from, to: self.to }.as_far_as_it_goes(finder)
    }

    fn as_far_as_it_goes(self, finder: &StopFinder) -> Self {
        Self { to: self.to.filter(|to| self.to_get_off(finder).contains(to)), ..self }
    }

    fn to_get_on(self, finder: &StopFinder) -> Vec<PlaceId> {
        self.line.map(|line| finder.to_get_on(line)).unwrap_or_default()
    }

    fn to_get_off(self, finder: &StopFinder) -> Vec<PlaceId> {
        self.line.zip(self.from).map(|(line, from)| finder.to_get_off(line, from)).unwrap_or_default()
    }

    /// The ride, once it is whole.
    fn ride(self, finder: &StopFinder) -> Option<Ride> {
        let (line, from, to) = (self.line?, self.from?, self.to?);
        let Direction { means, line: name, direction } = finder.direction(line)?;
        let name_of = |place: PlaceId| finder.name(place).to_owned();
        let between = finder.between(line, from, to)?.into_iter().map(name_of).collect();
        let (line, direction) = (name.to_owned(), direction.to_owned());
        Some(Ride { means, line, direction, from: name_of(from), to: name_of(to), between })
    }
}

/// The fields, over stops that are there.
#[component]
pub fn PickRide(
    /// The stops and lines.
    finder: Arc<StopFinder>,
    /// What the part says now.
    now: RideNow,
    /// A ride was chosen and confirmed.
    #[prop(into)]
    on_choose: Handler<Ride>,
) -> impl IntoView {
    let picked = RwSignal::new(Picked::of(&finder, &now));
    let has_line = Memo::new(move |_| picked.with(|picked| picked.line.is_some()));
    let ride = {
        let finder = Arc::clone(&finder);
        Memo::new(move |_| picked.get().ride(&finder))
    };
    let ends = {
        let finder = Arc::clone(&finder);
        changing(move || if has_line.get() { ends(&finder, picked) } else { ().into_any() })
    };
    let end = changing(move || ride.get().map(|ride| confirm(ride, on_choose.clone())).into_any());
    view! {
        <section class="stop-picker stack" aria-label=Text::from(words::TITLE)>
            {line_field(&finder, picked, now.from.unwrap_or_default())}
            {ends}
            <div role="status">{end}</div>
            <p class="soft small">{source(&finder.stops().feed)}</p>
        </section>
    }
}

fn said(finder: &StopFinder, line: DirectionId) -> Option<(Text, &'static str)> {
    let Direction { means: by, line, direction } = finder.direction(line)?;
    let said = words::line_to(Text::from(means::word(by)).get(), line.to_owned(), direction.to_owned());
    Some((said, means::pictogram(by)))
}

/// `begins`: where the part begins; while nothing is typed, the lines that stop there are offered.
fn line_field(finder: &Arc<StopFinder>, picked: RwSignal<Picked>, begins: String) -> AnyView {
    let (shown, searched, chosen) = (Arc::clone(finder), Arc::clone(finder), Arc::clone(finder));
    let shown = Signal::derive(move || {
        let said = picked.with(|picked| picked.line).and_then(|line| said(&shown, line));
        said.map(|(said, _)| said.get()).unwrap_or_default()
    });
    let at = begins.clone();
    let find = move |typed: &str| {
        let found = match typed {
            "" => searched.lines_from(&at, MOST),
            _ => searched.lines(typed, |by| means::word(by).get().to_owned(), MOST),
        };
        let suggested = found.into_iter().filter_map(|value| {
            let (text, picture) = said(&searched, value)?;
            Some(Suggestion { value, text: text.get(), picture: Some(picture) })
        });
        suggested.collect()
    };
    let choose = move |line| picked.update(|picked| *picked = picked.with_line_from(&chosen, line, &begins));
    view! {
        <Suggest label=words::LINE hint=words::LINE_HINT none=words::NO_LINE chosen=shown find on_choose=choose />
    }
    .into_any()
}

fn ends(finder: &Arc<StopFinder>, picked: RwSignal<Picked>) -> AnyView {
    let (on, off, chosen) = (Arc::clone(finder), Arc::clone(finder), Arc::clone(finder));
    let get_on = move |from| {
        picked.update(|picked| *picked = Picked { from: Some(from), ..*picked }.as_far_as_it_goes(&chosen));
    };
    let get_off = move |to| picked.update(|picked| picked.to = Some(to));
    let from = named(finder, picked, |picked| picked.from);
    let to = named(finder, picked, |picked| picked.to);
    let find_on = move |typed: &str| suggested(&on, typed, &picked.get().to_get_on(&on));
    let find_off = move |typed: &str| suggested(&off, typed, &picked.get().to_get_off(&off));
    let has_from = Memo::new(move |_| picked.with(|picked| picked.from.is_some()));
    view! {
        <Suggest label=words::GET_ON none=words::NO_STOP chosen=from find=find_on on_choose=get_on />
        {changing(move || {
            let (find, get_off) = (find_off.clone(), get_off);
            let field = has_from.get().then(|| {
                view! { <Suggest label=words::GET_OFF none=words::NO_STOP chosen=to find on_choose=get_off /> }
            });
            field.into_any()
        })}
    }
    .into_any()
}

fn named(finder: &Arc<StopFinder>, picked: RwSignal<Picked>, which: fn(&Picked) -> Option<PlaceId>) -> Signal<String> {
    let finder = Arc::clone(finder);
    Signal::derive(move || picked.with(which).map(|place| finder.name(place).to_owned()).unwrap_or_default())
}

fn suggested(finder: &StopFinder, typed: &str, of: &[PlaceId]) -> Vec<Suggestion<PlaceId>> {
    let like = finder.like(typed, of, MOST).into_iter();
    like.map(|value| Suggestion { value, text: finder.name(value).to_owned(), picture: None }).collect()
}

/// What the ride passes, and the button that takes it over.
fn confirm(ride: Ride, on_choose: Handler<Ride>) -> AnyView {
    let passed = ride.between.join(" · ");
    let many = match ride.between.len() {
        0 => words::NONE_BETWEEN.into(),
        many => words::between(many),
    };
    let passed = (!passed.is_empty()).then(|| view! { <p class="soft">{passed}</p> });
    view! {
        <div class="stack">
            <p class="strong">{many}</p>
            {passed}
            <Button text=words::TAKE_OVER icon=Icon::CHECK tap=move || on_choose.run(ride.clone()) />
        </div>
    }
    .into_any()
}

/// Who made the timetable: its licence asks for that.
fn source(feed: &Feed) -> Text {
    let mut parts = Vec::new();
    for part in [&feed.name, &feed.attribution] {
        if !part.is_empty() && !parts.contains(&part.as_str()) {
            parts.push(part.as_str());
        }
    }
    if parts.is_empty() { Text::default() } else { words::source(parts.join(", ")) }
}

#[cfg(test)]
mod tests {
    use opstap_core::stops::{Line, Place, Stops};

    use super::*;

    fn finder() -> StopFinder {
        let places = ["Marktplein", "Kerklaan", "Haven", "Zuidplein"];
        let places = places.map(|name| Place { name: name.to_owned(), at: (0, 0) }).into();
        let line = |name: &str, direction: &str, places: &[u32]| Line {
            means: Means::Bus,
            name: name.to_owned(),
            direction: direction.to_owned(),
            places: places.to_vec(),
        };
        let lines = vec![line("3", "Haven", &[0, 1, 2]), line("32", "Zuidplein", &[0, 1, 3])];
        StopFinder::new(Stops { places, lines, ..Stops::default() })
    }

    fn now(line: &str, direction: &str, from: &str, to: &str) -> RideNow {
        let text = |text: &str| Some(text.to_owned());
        let (line, direction, from, to) = (text(line), text(direction), text(from), text(to));
        RideNow { means: Some(Means::Bus), line, direction, from, to }
    }

    #[test]
    fn what_stands_in_the_part_is_chosen_already_as_far_as_the_timetable_knows_it() {
        let finder = finder();
        let ride = Picked::of(&finder, &now("32", "zuidplein", "marktplein", "Zuidplein")).ride(&finder).unwrap();
        assert_eq!((ride.line.as_str(), ride.between.as_slice()), ("32", &["Kerklaan".to_owned()][..]));
        let half = Picked::of(&finder, &now("32", "Zuidplein", "Bij de kapper", "Zuidplein"));
        assert!(half.line.is_some() && half.from.is_none() && half.to.is_none());
        assert_eq!(Picked::of(&finder, &now("99", "Nergens", "Marktplein", "Haven")), Picked::default());
    }

    #[test]
    fn another_line_keeps_the_ends_that_it_has_too() {
        let finder = finder();
        let picked = Picked::of(&finder, &now("3", "Haven", "Marktplein", "Haven"));
        let other = finder.known(Direction { means: Means::Bus, line: "32", direction: "Zuidplein" }).unwrap();
        let moved = picked.with_line(&finder, other);
        assert_eq!((moved.from, moved.to), (picked.from, None), "it stops at the square, and not at the harbour");
        assert_eq!(moved.ride(&finder), None);
    }

    #[test]
    fn a_line_is_got_on_where_the_part_begins_unless_another_stop_was_chosen() {
        let finder = finder();
        let line = finder.known(Direction { means: Means::Bus, line: "3", direction: "Haven" }).unwrap();
        let on = |picked: Picked, begins| {
            let from = picked.with_line_from(&finder, line, begins).from;
            from.map(|from| finder.name(from)).unwrap_or_default()
        };
        assert_eq!(on(Picked::default(), "kerklaan"), "Kerklaan");
        assert_eq!(on(Picked::default(), "Thuis"), "");
        let chosen = Picked::of(&finder, &now("32", "Zuidplein", "Marktplein", ""));
        assert_eq!(on(chosen, "Kerklaan"), "Marktplein");
    }
}
