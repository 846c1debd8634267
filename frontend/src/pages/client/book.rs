//! My book: what was done, by day. It comes of itself, and the client can put something in; under each photo and word stands who sees it.

use opstap_core::access::Section;
use opstap_core::model::{Ending, Plan, Run, delete, restore};
use opstap_core::{CircleId, Millis, RecordId};
use opstap_view::prelude::*;

use super::frame::Frame;
use super::keepsake::keepsake;
use super::people::{self, Supporter, names};
use super::pride::Pride;
use super::{ClientPlace, WayPlace, number};
use crate::companion::{CompanionPlace, HOME};
use crate::components::{
    Appearance, Bones, Button, EmptyState, FaceMark, Icon, ListRow, LoadingBones, Picture, Saved, SayButton, StateMark,
    Toast, Well, changing, clear_toast, show_toast,
};
use crate::dates::{begin_with_capital, day_start, full_day, moment, near_today, spoken_moment};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::pages::shared::OlderMonths;
use crate::pages::shared::undoing::take_back;
use crate::stories::keepsake::{Keepsake, entries, under};
use crate::stories::{self, run::RunTold};
use crate::words::{Text, care, client};

/// A day on which something was done or put in, in order.
#[derive(Clone, PartialEq)]
struct BookDay {
    start: Millis,
    items: Vec<RecordId>,
}

/// What is told of one of them.
#[derive(Clone, PartialEq)]
enum Line {
    /// A run, with its plan while that is there.
    Run(Box<RunTold>, Option<Plan>),
    /// What the client put in.
    Own(Keepsake),
}

/// One day of the book.
#[derive(Clone, PartialEq)]
struct Page {
    lines: Vec<Line>,
    supporters: Vec<Supporter>,
}

/// Days with something in them, the newest first; within a day in order.
fn by_day(items: Vec<(RecordId, Millis)>, start: impl Fn(Millis) -> Millis) -> Vec<BookDay> {
    let mut items = items;
    stories::sort_by(&mut items, |a, b| (a.1, a.0) > (b.1, b.0));
    let mut days: Vec<BookDay> = Vec::new();
    for (id, at) in items {
        let start = start(at);
        match days.last_mut() {
            Some(day) if day.start == start => day.items.push(id),
            _ => days.push(BookDay { start, items: vec![id] }),
        }
    }
    days.reverse();
    days
}

async fn days(reader: Reader) -> Vec<BookDay> {
    let mut items: Vec<_> = reader.all::<Run>().await.into_iter().map(|run| (run.id, run.value.at)).collect();
    items.extend(entries(&reader).await.into_iter().map(|entry| (entry.id, entry.at)));
    by_day(items, day_start)
}

async fn page(reader: Reader, day: Option<BookDay>) -> Page {
    let mut lines = Vec::new();
    for id in day.map(|day| day.items).unwrap_or_default() {
        if let Some(told) = stories::run::one_run(&reader, id).await {
            let plan = reader.one_even_deleted::<Plan>(told.story.plan).await.map(|plan| plan.value);
            lines.push(Line::Run(Box::new(told), plan));
        } else {
            lines.extend(under(&reader, id).await.into_iter().map(Line::Own));
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
    let main = view! {
        <div class="book-day">
            <Button text=client::DAY_BEFORE icon=Icon::BACK mark_only=true disabled=no_earlier tap=earlier />
            <h1 class="title">{move || day.get().map_or_else(|| client::MY_BOOK.get().to_owned(), |day| title(&day).get())}</h1>
            <Button text=client::DAY_AFTER icon=Icon::FORWARD mark_only=true disabled=no_later tap=later />
        </div>
        <div class="row"><span class="fill"></span><SayButton text=client::MY_BOOK whole=true /></div>
        {body}
        <Button text=client::ADD icon=Icon::PLUS wide=true tap=Tap::to(CompanionPlace::from(ClientPlace::Add)) />
        {changing(move || no_later.get().then(|| view! { <Pride circle /> }).into_any())}
        {changing(move || if no_earlier.get() { view! { <OlderMonths circle /> }.into_any() } else { ().into_any() })}
    };
    let consent = Tap::to(CompanionPlace::from(WayPlace::Consent));
    let floor = view! { <Button text=client::WHO_SEES_WHAT icon=Icon::EYE tap=consent /> };
    Frame { back: Some(Tap::to(HOME)), floor: Some(floor), ..Frame::default() }.around(client::MY_BOOK.into(), main)
}

/// "Vandaag", "Gisteren", "Dinsdag 24 november".
fn title(day: &BookDay) -> Text {
    let start = moment(day.start);
    let near = near_today(start);
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
        .map(|line| match line {
            Line::Run(told, plan) => {
                let kept = told.kept.iter().cloned().map(|thing| kept_view(circle, thing, &supporters)).collect_view();
                view! { <li class="stack">{run_line(circle, *told, plan)} {kept}</li> }
            }
            Line::Own(entry) => {
                let when = spoken_moment(moment(entry.at));
                let kept = kept_view(circle, entry, &supporters);
                view! { <li class="stack"><p class="soft small">{when}</p> {kept}</li> }
            }
        })
        .collect_view();
    view! { <div class="card"><ul class="list">{rows}</ul></div> }.into_any()
}

fn run_line(circle: CircleId, told: RunTold, plan: Option<Plan>) -> AnyView {
    let (title, picture) = plan.map_or((None, None), |plan| (Some(plan.title), plan.picture));
    let text = title.map_or_else(|| client::A_PLAN.into(), Text::from);
    let lead = view! { <Picture source=device::picture(circle, picture) well=Well::Small /> }.into_any();
    let (when, how) = (spoken_moment(moment(told.story.began)), how_it_went(&told));
    let by = told.by.clone().map(care::written_by);
    let more = Text::live(move || {
        // On paper the time of the day is no more than a guess.
        by.as_ref().map_or_else(|| [when.get(), how.get()].join(", "), |by| [how.get(), by.get()].join(", "))
    });
    let face = told.story.face.map(|face| view! { <FaceMark face alone=true /> });
    let saved = told.saved;
    view! {
        <ListRow text more lead>{face}</ListRow>
        {(saved == Saved::OnDevice).then(|| view! { <div class="row"><StateMark saved /></div> })}
    }
    .into_any()
}

fn how_it_went(told: &RunTold) -> Text {
    let helped = usize::try_from(told.story.help_asked()).unwrap_or(usize::MAX);
    match told.story.ended {
        None => client::STILL_BUSY.into(),
        Some((Ending::Stopped, _)) => client::PART_DONE.into(),
        Some((Ending::Done, _)) if told.story.went_by_oneself() => client::DONE_BY_ONESELF.into(),
        Some((Ending::Done, _)) if helped > 0 => {
            Text::live(move || client::times_helped(helped, number(helped).to_ascii_lowercase()).get())
        }
        Some((Ending::Done, _)) => client::DONE_TODAY.into(),
    }
}

/// A photo or word with who sees it now: those it was shown to who may still see such things.
fn kept_view(circle: CircleId, thing: Keepsake, supporters: &[Supporter]) -> AnyView {
    let id = thing.id;
    let who: Vec<_> = supporters
        .iter()
        .filter(|other| thing.audience.contains(&other.person) && other.sees(Section::Photos))
        .map(|other| other.name.clone())
        .collect();
    let sees = if who.is_empty() { client::ONLY_YOU_SEE.into() } else { client::who_sees(names(who).get()) };
    let tap = Tap::to(CompanionPlace::from(ClientPlace::Share(id)));
    view! {
        {keepsake(circle, thing)}
        <p>{sees}</p>
        <div class="row">
            <Button text=client::CHANGE icon=Icon::SHARE appearance=Appearance::Quiet tap />
            <Button text=client::TAKE_AWAY icon=Icon::TRASH mark_only=true tap=move || take_away(circle, id) />
        </div>
    }
    .into_any()
}

fn take_away(circle: CircleId, id: RecordId) {
    clear_toast();
    device::keep_and(circle, vec![delete(id)], move || {
        show_toast(Toast::new(client::TAKEN_AWAY).with_undo(move || take_back(circle, vec![restore(id)])));
    });
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
        assert_eq!(days[0].items, [id(3), id(1)]);
        assert_eq!(days[1].items, [id(2)]);
    }
}
