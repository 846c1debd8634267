//! Today: at most five pictures, the one to do now large.

use opstap_core::model::{DaysOff, Plan, Preferences};
use opstap_core::{CircleId, Millis, RecordId};
use opstap_view::prelude::*;

use super::mastered::was_looked_at;
use super::messages::something_new;
use super::rings::keep_ringing;
use super::settled::settled;
use super::{ClientPlace, OnRoute, WayPlace, number};
use crate::companion::CompanionPlace;
use crate::components::{
    Bones, Button, EmptyState, Floor, Hello, HelpButton, Icon, ListRow, LoadingBones, Main, NextUp, Person, PersonLink,
    ProudStairs, SayButton, Screen, StateChip, Tile, Tiles, TopBar, changing,
};
use crate::dates::{day_and_month, day_of, moment, near_day, place_in_week, spoken_moment, spoken_time, weekday_title};
use crate::day::today;
use crate::device::{self, Circle, Entry, Link, Reader};
use crate::event::Tap;
use crate::pages::shared::SharedPlace;
use crate::pages::shared::guide::offer;
use crate::stories::today::{Day, Standing, Thing, What, arrange};
use crate::stories::trajectory::asked;
use crate::stories::{self, preferences};
use crate::words::{Text, client, way};

/// The first screen of a client. It follows the clock: an app that stayed open overnight shows the new day.
#[component]
pub fn Today(circle: CircleId, name: String) -> impl IntoView {
    changing(move || view! { <OneDay circle name=name.clone() midnight=today() /> }.into_any())
}

#[component]
fn OneDay(circle: CircleId, name: String, midnight: Millis) -> impl IntoView {
    let day = device::watch(circle, move |reader| read(reader, midnight));
    let is_read = Memo::new(move |_| day.with(Option::is_some));
    keep_ringing(circle, is_read.into());
    Effect::new(move |_| {
        // Before it is ever opened: whoever goes out has it without a network.
        if is_read.get() {
            device::keep_bundle("way");
        }
    });
    let settled = settled(circle);
    let closed = Memo::new(move |_| settled.with(|settled| Preferences::is(settled.closed)));
    let date = moment(midnight);
    let lead = view! { <Hello date=day_and_month(date) day=weekday_title(date) /> }.into_any();
    let body = changing(move || match day.get() {
        None => view! { <LoadingBones shape=Bones::Today /> }.into_any(),
        Some(Shown { day, off, mastered }) => {
            let news = mastered.into_iter().map(newly_mastered).collect_view();
            let empty = day.now.is_none() && day.tiles.is_empty() && !day.all_done;
            let free = off.as_ref().filter(|_| !empty).map(|off| view! { <p class="card">{day_off(off)}</p> });
            let rest = match off {
                _ if day.all_done => all_done(circle, day, closed.get()),
                Some(off) if empty => view! { {resting(&off)} {(day.more && !closed.get()).then(more)} }.into_any(),
                None if empty => nothing_yet(circle, day.more && !closed.get()),
                _ => pictures(circle, day, closed.get()),
            };
            view! { {news} {free} {rest} }.into_any()
        }
    });
    view! {
        <Screen title=client::TODAY>
            <TopBar lead>
                <StateChip state=device::state() tap=Tap::to(CompanionPlace::from(SharedPlace::NotSent)) />
                {changing(move || about_me(&name, closed.get()))}
            </TopBar>
            <Main>
                {changing(signed_out)}
                {something_new(circle)}
                {a_question(circle)}
                {an_evaluation(circle)}
                {who_comes(circle)}
                {body}
                {changing(move || (!closed.get()).then(|| offer(Tap::to(CompanionPlace::from(WayPlace::Tour)))).into_any())}
                <div class="row"><span class="fill"></span><SayButton text=client::TODAY whole=true /></div>
            </Main>
            <Floor>
                {changing(move || my_book(closed.get()))}
                <HelpButton tap=Tap::to(CompanionPlace::from(ClientPlace::Help(None))) />
            </Floor>
        </Screen>
    }
}

/// A day, in milliseconds.
const DAY: u64 = 24 * 60 * 60 * 1_000;

/// What is read for a day.
#[derive(Clone, PartialEq)]
struct Shown {
    day: Day,
    off: Option<DaysOff>,
    mastered: Vec<(RecordId, String)>,
}

async fn read(reader: Reader, midnight: Millis) -> Shown {
    let most = preferences::one(&reader).await.map_or(Preferences::NONE, |entry| entry.value).most_pictures();
    let weekday = place_in_week(moment(midnight));
    let off = stories::today::day_off(&reader, day_of(moment(midnight))).await;
    let things = stories::today::things(&reader, midnight, weekday, device::now()).await;
    let since = Millis(midnight.0.saturating_sub(DAY));
    let new = |plan: &Entry<Plan>| plan.value.mastered().is_some_and(|mastered| mastered >= since);
    let plans = stories::plans(&reader).await.into_iter().filter(new).filter(|plan| !was_looked_at(plan.id));
    let mastered = plans.map(|plan| (plan.id, plan.value.title)).collect();
    Shown { day: arrange(things, most, weekday, off.is_some()), off, mastered }
}

/// "Vandaag is een vrije dag: Vakantie."
fn day_off(off: &DaysOff) -> Text {
    match &off.word {
        Some(word) if !word.is_empty() => client::day_off_called(word),
        _ => client::DAY_OFF.into(),
    }
}

fn resting(off: &DaysOff) -> AnyView {
    view! { <EmptyState picture="sun" sentence=day_off(off) more=client::PLANS_REST /> }.into_any()
}

/// A plan that both said goes by itself, on the day they did and the day after: it is not missed by who was away for a moment.
fn newly_mastered((plan, title): (RecordId, String)) -> AnyView {
    let tap = Tap::to(CompanionPlace::from(ClientPlace::Mastered(plan)));
    view! {
        <div class="card proud"><div class="stack">
            <div class="say"><p class="strong">{client::can_myself_plan(&title)}</p><SayButton text=client::can_myself_plan(title) /></div>
            <Button text=client::LOOK icon=Icon::STAIRS tap />
        </div></div>
    }
    .into_any()
}

/// The way to oneself; in a closed app it is on the screen of help.
fn about_me(name: &str, closed: bool) -> AnyView {
    let tap = Tap::to(CompanionPlace::from(ClientPlace::Me));
    let link = || view! { <PersonLink name=name.to_owned() label=client::ABOUT_ME tap /> };
    (!closed).then(link).into_any()
}

fn my_book(closed: bool) -> AnyView {
    let tap = Tap::to(CompanionPlace::from(ClientPlace::Book));
    (!closed).then(|| view! { <Button text=client::MY_BOOK icon=Icon::BOOK tap /> }).into_any()
}

/// One quiet row where something of a travel training waits for the client's own word.
fn a_question(circle: CircleId) -> AnyView {
    let day = day_of(moment(today()));
    let asked = device::watch(circle, move |reader| async move { asked(&reader, day).await.is_some() });
    let tap = Tap::to(CompanionPlace::from(WayPlace::Asked));
    changing(move || {
        let row = || view! { <Button text=way::A_QUESTION icon=Icon::MESSAGE tap=tap.clone() wide=true /> };
        (asked.get() == Some(true)).then(row).into_any()
    })
}

/// The way to an evaluation that is ready and that the client said nothing of yet.
fn an_evaluation(circle: CircleId) -> AnyView {
    let ready = device::watch(circle, |reader| async move {
        stories::evaluation::ready(&reader).await.is_some_and(|ready| !ready.agreed)
    });
    let tap = Tap::to(CompanionPlace::from(WayPlace::Evaluation));
    changing(move || {
        let row = || view! { <Button text=client::HOW_IT_WENT icon=Icon::FLAG tap=tap.clone() wide=true /> };
        (ready.get() == Some(true)).then(row).into_any()
    })
}

/// Who comes today or tomorrow, with their face; where it does not go on that is said too, so that nobody waits.
fn who_comes(circle: CircleId) -> AnyView {
    let coming = device::watch(circle, move |reader| async move {
        let (now, until) = (device::now(), Millis(today().0 + 2 * DAY));
        let one = stories::arranged::coming(&reader, now).await.into_iter().find(|one| one.value.at < until)?;
        let name = stories::name_of(&stories::members(&reader).await, one.value.with);
        Some((name, one.value.at, one.value.cancelled.is_some()))
    });
    changing(move || {
        let Some((name, at, off)) = coming.get().flatten().filter(|(name, ..)| !name.is_empty()) else {
            return ().into_any();
        };
        let (day, time) = (near_day(moment(at), moment(today())), spoken_moment(moment(at)));
        let more = Text::live(move || {
            let off = off.then(|| client::CALLED_OFF.get().to_owned());
            off.into_iter().chain([day.get(), time.get()]).collect::<Vec<_>>().join(", ")
        });
        let lead = view! { <Person name=name.clone() /> }.into_any();
        let tap = Tap::to(CompanionPlace::from(WayPlace::Visits));
        view! { <ul class="list"><li><ListRow text=client::comes(name) more lead tap /></li></ul> }.into_any()
    })
}

/// The session ended: everything goes on, and somebody can make sending work again.
fn signed_out() -> AnyView {
    let message = match device::link().get() {
        Link::SignedOut => client::SIGNED_OUT,
        Link::TooOld => client::TOO_OLD,
        Link::Unknown | Link::Online | Link::Offline => return ().into_any(),
    };
    view! { <p class="card">{message}</p> }.into_any()
}

fn pictures(circle: CircleId, day: Day, closed: bool) -> AnyView {
    let now = day.now.map(|thing| {
        let (action, place) = match (thing.standing, thing.what) {
            (Standing::UnderWay(_), What::Plan(plan)) => (client::GO_ON, ClientPlace::Step(plan)),
            (_, What::Plan(plan)) => (client::BEGIN, ClientPlace::Plan(plan)),
            (_, What::Route(route)) => (client::LOOK, ClientPlace::Way(WayPlace::Route(route, OnRoute::Ready))),
        };
        let picture = device::picture(circle, thing.picture);
        view! { <NextUp text=Text::from(thing.title) picture action tap=Tap::to(CompanionPlace::from(place)) /> }
    });
    let tiles = day.tiles.into_iter().map(|thing| tile(circle, thing)).collect_view();
    view! {
        {now}
        <Tiles>{tiles}</Tiles>
        {(day.more && !closed).then(more)}
    }
    .into_any()
}

/// A plan or route as a tile, with when it is to be done or that it is.
pub(super) fn tile(circle: CircleId, thing: Thing) -> AnyView {
    let done = matches!(thing.standing, Standing::Done { .. });
    let place = match (thing.what, thing.standing) {
        (What::Plan(plan), Standing::UnderWay(_)) => ClientPlace::Step(plan),
        (What::Plan(plan), _) => ClientPlace::Plan(plan),
        (What::Route(route), _) => ClientPlace::Way(WayPlace::Route(route, OnRoute::Ready)),
    };
    let when: Option<Text> = match (thing.standing, thing.minutes) {
        (Standing::Done { .. }, _) => Some(client::DONE_TODAY.into()),
        (Standing::UnderWay(_), _) => Some(client::GO_ON.into()),
        (Standing::ToDo, Some(minutes)) => Some(spoken_time(minutes / 60, minutes % 60)),
        (Standing::ToDo, None) => None,
    };
    let picture = device::picture(circle, thing.picture);
    let when = when.unwrap_or_default();
    view! { <Tile text=Text::from(thing.title) picture done when tap=Tap::to(CompanionPlace::from(place)) /> }
        .into_any()
}

fn more() -> AnyView {
    view! { <Button text=client::ALL_PLANS wide=true tap=Tap::to(CompanionPlace::from(ClientPlace::Plans)) /> }
        .into_any()
}

/// Nothing to do: plans are still on their way, or nobody made one yet.
fn nothing_yet(circle: CircleId, others: bool) -> AnyView {
    let on_its_way = move |circles: Vec<Circle>| circles.iter().any(|own| own.id == circle && !own.complete);
    changing(move || {
        if device::circles().get().is_some_and(on_its_way) {
            view! { <LoadingBones shape=Bones::Today /> }.into_any()
        } else if others {
            view! { <EmptyState picture="sun" sentence=client::NOTHING_TODAY /> {more()} }.into_any()
        } else {
            view! { <EmptyState picture="sun" sentence=client::NOTHING_TODAY more=client::ASK_WHO_HELPS /> }.into_any()
        }
    })
}

fn all_done(circle: CircleId, day: Day, closed: bool) -> AnyView {
    let pictograms = day
        .done
        .iter()
        .map(|thing| match &thing.picture {
            Some(opstap_core::model::Picture::Pictogram(name)) => name.clone(),
            _ => "check-mark-button".to_owned(),
        })
        .collect();
    let (done, alone) = (day.done.len(), day.by_oneself);
    let left: Vec<_> = day.tiles.into_iter().filter(|thing| thing.standing == Standing::ToDo).collect();
    let others = day.more || day.now.is_some() || !left.is_empty();
    // In a closed app there is no list of all plans: what has no time of its own can be begun from here.
    let left = closed.then(|| {
        let tiles = day.now.into_iter().chain(left).map(|thing| tile(circle, thing)).collect_view();
        view! { <Tiles>{tiles}</Tiles> }
    });
    let things = move || Text::live(move || client::things_done(done, number(done)).get());
    let by_oneself = move || Text::live(move || client::by_oneself(alone, number(alone)).get());
    let said = Text::live(move || {
        let mut said = vec![client::ALL_DONE.get().to_owned(), things().get()];
        said.extend((alone > 0).then(|| by_oneself().get()));
        said.join(". ")
    });
    let book = Tap::to(CompanionPlace::from(ClientPlace::Book));
    view! {
        <div class="pride grow">
            <ProudStairs pictograms label=things() />
            <div class="stack">
                <div class="say">
                    <p class="big strong">{client::ALL_DONE}</p>
                    <SayButton text=said />
                </div>
                <p class="told">{things()}{(alone > 0).then(|| view! { <br /><b>{by_oneself()}</b> })}</p>
            </div>
        </div>
        {(!closed).then(|| view! { <Button text=client::SEE_MY_DAY icon=Icon::EYE wide=true tap=book /> })}
        {left}
        {(others && !closed).then(more)}
    }
    .into_any()
}
