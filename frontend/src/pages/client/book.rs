//! My book: what was done, by day. It comes of itself; under each photo stands who sees it.

use opstap_core::access::Section;
use opstap_core::model::{Ending, Plan, Run, RunPhoto};
use opstap_core::{CircleId, Millis, RecordId};
use opstap_view::prelude::*;

use super::people::{self, Supporter, names};
use super::{ClientPlace, number};
use crate::companion::{CompanionPlace, HOME};
use crate::components::{
    Appearance, Bones, Button, EmptyState, FaceMark, Floor, HelpButton, Icon, ListRow, LoadingBones, Main, Picture,
    Screen, Source, StateChip, StateMark, TopBar, Well, changing,
};
use crate::dates::{begin_with_capital, day_start, full_day, moment, near_day, spoken_moment};
use crate::device::{self, Entry, Reader};
use crate::event::Tap;
use crate::pages::shared::OlderMonths;
use crate::stories::{self, run::RunTold, today::by_oneself};
use crate::words::{Text, client};

/// A day on which something was done, with its runs in order.
#[derive(Clone, PartialEq)]
struct BookDay {
    start: Millis,
    runs: Vec<RecordId>,
}

/// What is told of one run.
#[derive(Clone, PartialEq)]
struct Line {
    told: RunTold,
    plan: Option<Plan>,
}

/// One day of the book.
#[derive(Clone, PartialEq)]
struct Page {
    lines: Vec<Line>,
    supporters: Vec<Supporter>,
}

/// Days with runs, the newest first; within a day in order.
fn by_day(runs: Vec<(RecordId, Millis)>, start: impl Fn(Millis) -> Millis) -> Vec<BookDay> {
    let mut runs = runs;
    stories::sort_by(&mut runs, |a, b| (a.1, a.0) > (b.1, b.0));
    let mut days: Vec<BookDay> = Vec::new();
    for (id, at) in runs {
        let start = start(at);
        match days.last_mut() {
            Some(day) if day.start == start => day.runs.push(id),
            _ => days.push(BookDay { start, runs: vec![id] }),
        }
    }
    days.reverse();
    days
}

async fn days(reader: Reader) -> Vec<BookDay> {
    let runs = reader.all::<Run>().await.into_iter().map(|run| (run.id, run.value.at)).collect();
    by_day(runs, day_start)
}

async fn page(reader: Reader, day: Option<BookDay>) -> Page {
    let mut lines = Vec::new();
    for run in day.map(|day| day.runs).unwrap_or_default() {
        if let Some(told) = stories::run::one_run(&reader, run).await {
            let plan = reader.one::<Plan>(told.story.plan).await.map(|plan| plan.value);
            lines.push(Line { told, plan });
        }
    }
    Page { lines, supporters: people::supporters(&reader).await }
}

/// The book, one day at a time.
#[component]
pub fn Book(circle: CircleId) -> impl IntoView {
    let all = device::watch(circle, days);
    // By its date, so that a day that is added while the book is open does not turn the page.
    let turned = RwSignal::new(None::<Millis>);
    let place = move || {
        let turned = turned.get();
        all.with(|all| {
            let found = all.as_ref()?.iter().position(|day| Some(day.start) == turned);
            Some(found.unwrap_or(0))
        })
    };
    let day_at = move |place: usize| all.with(|all| all.as_ref().and_then(|all| all.get(place).cloned()));
    let day = Memo::new(move |_| place().and_then(day_at));
    let page = device::watch(circle, move |reader| page(reader, day.get()));
    let body = changing(move || match (all.with(|all| all.as_ref().map(Vec::is_empty)), day.get(), page.get()) {
        (Some(true), _, _) => nothing_yet(),
        (Some(false), Some(_), Some(page)) => lines(circle, page),
        _ => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
    });
    let turn = move |to: Option<usize>| {
        if let Some(day) = to.and_then(|to| untrack(move || day_at(to))) {
            turned.set(Some(day.start));
        }
    };
    let earlier = move || turn(untrack(place).map(|place| place + 1));
    let later = move || turn(untrack(place).and_then(|place| place.checked_sub(1)));
    let no_earlier = Signal::derive(move || place().and_then(|place| day_at(place + 1)).is_none());
    let no_later = Signal::derive(move || place().is_none_or(|place| place == 0));
    view! {
        <Screen title=client::MY_BOOK>
            <TopBar back=Tap::to(HOME)>
                <StateChip state=device::state() />
            </TopBar>
            <Main>
                <div class="book-day">
                    <Button text=client::DAY_BEFORE icon=Icon::BACK mark_only=true disabled=no_earlier tap=earlier />
                    <h1 class="title">{move || day.get().map_or_else(|| client::MY_BOOK.get().to_owned(), |day| title(&day).get())}</h1>
                    <Button text=client::DAY_AFTER icon=Icon::FORWARD mark_only=true disabled=no_later tap=later />
                </div>
                {body}
                {changing(move || if no_earlier.get() { view! { <OlderMonths circle /> }.into_any() } else { ().into_any() })}
            </Main>
            <Floor>
                <Button
                    text=client::WHO_SEES_WHAT
                    icon=Icon::EYE
                    tap=Tap::to(CompanionPlace::from(ClientPlace::Consent))
                />
                <HelpButton tap=Tap::to(CompanionPlace::from(ClientPlace::Help(None))) />
            </Floor>
        </Screen>
    }
}

/// "Vandaag", "Gisteren", "Dinsdag 24 november".
fn title(day: &BookDay) -> Text {
    let (start, now) = (moment(day.start), moment(device::now()));
    let near = near_day(start, now);
    let full = full_day(start);
    Text::live(move || {
        let mut said = if near.get().is_empty() { full.get() } else { near.get() };
        begin_with_capital(&mut said);
        said
    })
}

fn nothing_yet() -> AnyView {
    view! { <EmptyState picture="open-book" sentence=client::BOOK_EMPTY more=client::BOOK_FILLS /> }.into_any()
}

fn lines(circle: CircleId, page: Page) -> AnyView {
    let Page { lines, supporters } = page;
    let rows = lines
        .into_iter()
        .map(|Line { told, plan }| {
            let photos = told.photos.iter().map(|photo| photo_of(circle, photo.clone(), &supporters)).collect_view();
            view! { <li class="stack">{line(circle, told, plan)} {photos}</li> }
        })
        .collect_view();
    view! { <div class="card"><ul class="list">{rows}</ul></div> }.into_any()
}

fn line(circle: CircleId, told: RunTold, plan: Option<Plan>) -> AnyView {
    let (title, picture) = plan.map_or((None, None), |plan| (Some(plan.title), plan.picture));
    let text = title.map_or_else(|| client::A_PLAN.into(), Text::from);
    let lead = view! { <Picture source=device::picture(circle, picture) well=Well::Small /> }.into_any();
    let (when, how) = (spoken_moment(moment(told.story.began)), how_it_went(&told));
    let more = Text::live(move || [when.get(), how.get()].join(", "));
    let face = told.story.face.map(|face| view! { <FaceMark face alone=true /> });
    let saved = told.saved;
    view! {
        <ListRow text more lead>{face}</ListRow>
        {(saved == crate::components::Saved::OnDevice).then(|| view! { <div class="row"><StateMark saved /></div> })}
    }
    .into_any()
}

fn how_it_went(told: &RunTold) -> Text {
    let helped = usize::try_from(told.story.help_asked()).unwrap_or(usize::MAX);
    match told.story.ended {
        None => client::STILL_BUSY.into(),
        Some((Ending::Stopped, _)) => client::PART_DONE.into(),
        Some((Ending::Done, _)) if by_oneself(&told.story) => client::DONE_BY_ONESELF.into(),
        Some((Ending::Done, _)) if helped > 0 => {
            Text::live(move || client::times_helped(helped, number(helped).to_ascii_lowercase()).get())
        }
        Some((Ending::Done, _)) => client::DONE_TODAY.into(),
    }
}

/// A photo with who sees it now: those it was shown to who may still see photos.
fn photo_of(circle: CircleId, photo: Entry<RunPhoto>, supporters: &[Supporter]) -> AnyView {
    let audience = photo.value.audience.unwrap_or_default();
    let who: Vec<_> = supporters
        .iter()
        .filter(|other| audience.contains(&other.person) && other.sees(Section::Photos))
        .map(|other| other.name.clone())
        .collect();
    let sees = if who.is_empty() { client::ONLY_YOU_SEE.into() } else { client::who_sees(names(who).get()) };
    let source = Source::Photo(device::photo(circle, photo.value.photo));
    let tap = Tap::to(CompanionPlace::from(ClientPlace::Share(photo.id)));
    view! {
        <Picture source well=Well::Large label=client::YOUR_PHOTO />
        <div class="row">
            <span class="fill">{sees}</span>
            <Button text=client::CHANGE icon=Icon::SHARE appearance=Appearance::Quiet tap />
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_book_opens_at_the_newest_day_and_tells_each_day_in_order() {
        let id = |n| RecordId([n; 16]);
        let day = |at: Millis| Millis(at.0 / 10 * 10);
        let runs = vec![(id(1), Millis(25)), (id(2), Millis(11)), (id(3), Millis(21))];
        let days = by_day(runs, day);
        assert_eq!(days[0].start, Millis(20));
        assert_eq!(days[0].runs, [id(3), id(1)]);
        assert_eq!(days[1].runs, [id(2)]);
    }
}
