//! One client: the last weeks, how help fades step by step, how the latest plans went, who asked for help, and what this person may see.

mod aside;
mod before;
mod lately;
mod weeks;

use opstap_core::{CircleId, RecordId};
use opstap_insight::Week;
use opstap_insight::following::Share;
use opstap_view::prelude::*;

use super::client_head::{ClientPage, ClientPart};
use super::consents::Consents;
use super::following::{of_circle, signals};
use super::frame::{client_name, unsent};
use super::glance::Titled;
use super::hours::{hours_of, to_hours};
use super::place::DeskPlace;
use super::questions::Question;
use super::run_line;
use super::training::today;
use super::travel::{Form, help_figure};
use crate::components::desk::{Columns, Foot, Pane, SidePane};
use crate::components::{
    Appearance, Bones, Button, Card, EmptyState, FaceMark, HearButton, Icon, ListRow, LoadingBones, Picture, Select,
    Source, Tone, Well, changing, icon,
};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::BookEntries;
use crate::pages::shared::care::Reminding;
use crate::pages::shared::conversation::about_step;
use crate::words::{Text, care, desk, following, paper, shared};
use lately::{Lately, read};

/// As many runs as a person looks through at once.
const RUNS: usize = 10;

/// The page; with how this plan goes, where one is named.
#[component]
pub(super) fn Overview(circle: CircleId, plan: Option<RecordId>) -> impl IntoView {
    let seen = device::watch(circle, read);
    view! {
        <ClientPage circle part=ClientPart::Overview>
            {columns(circle, seen, plan)}
            <Foot><span>{desk::latest_shown(RUNS)}</span></Foot>
        </ClientPage>
    }
}

/// A part of what was read, drawn anew only when it became another.
fn part<T: Clone + PartialEq + Send + Sync + 'static>(
    seen: Signal<Option<Lately>>,
    take: impl Fn(&Lately) -> T + 'static,
    draw: impl Fn(T) -> AnyView + 'static,
) -> AnyView {
    let own = Memo::new(move |_| seen.with(|seen| seen.as_ref().map(&take)));
    changing(move || own.get().map(&draw).into_any())
}

fn columns(circle: CircleId, seen: Signal<Option<Lately>>, plan: Option<RecordId>) -> AnyView {
    let runs = changing(move || {
        match seen.with(|seen| seen.as_ref().map(|seen| seen.runs.iter().take(RUNS).cloned().collect::<Vec<_>>())) {
            None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
            Some(runs) if runs.is_empty() => {
                view! { <EmptyState picture="memo" sentence=desk::NO_RUNS more=desk::NO_RUNS_MORE /> }.into_any()
            }
            Some(runs) => {
                let rows = runs.into_iter().map(|run| view! { <li>{run_row(circle, run)}</li> }.into_any());
                let rows = rows.collect_view();
                view! { <ul class="list">{rows}</ul> }.into_any()
            }
        }
    });
    let asked = part(seen, |seen| seen.questions.clone(), move |questions| messages(circle, questions).into_any());
    let shares = shares(circle);
    let before = part(seen, Clone::clone, move |seen| before::before(&seen, shares.get().map(|(_, now)| now)));
    let weeks = part(seen, Clone::clone, move |seen| twelve_weeks(&seen, shares));
    let permissions = Signal::derive(move || seen.with(|seen| seen.as_ref().map(|seen| seen.permissions.clone())));
    view! {
        <Columns>
            <Pane>
                {before}
                {to_hours(circle)}
                <Reminding circle name=client_name(circle) />
                {asked}
                {weeks}
                {help_per_step(seen, plan)}
                <h2>{desk::LATEST}</h2>
                {runs}
                <BookEntries circle />
            </Pane>
            <SidePane>
                <Consents permissions client=client_name(circle) />
                {part(seen, Clone::clone, move |seen| aside::aside(circle, &seen))}
                {signals(circle)}
                <Button text=paper::PAIRING_CARD icon=Icon::KEY appearance=Appearance::Plain tap=Tap::to(DeskPlace::PairingCard(circle)) />
                {hours_of(circle)}
            </SidePane>
        </Columns>
    }
    .into_any()
}

/// What went by oneself in the first and the last of the weeks in which anything was done, in per cents.
fn shares(circle: CircleId) -> Memo<Option<(u32, u32)>> {
    let client = of_circle(circle);
    Memo::new(move |_| {
        let this = Week::of(today());
        let shares = client.with(|client| client.as_ref().map(|client| client.summary.fading(this)))?;
        let shares: Vec<u32> = shares.into_iter().flatten().filter_map(Share::per_cent).collect();
        Some((*shares.first()?, *shares.last()?))
    })
}

fn twelve_weeks(seen: &Lately, shares: Memo<Option<(u32, u32)>>) -> AnyView {
    if seen.runs.is_empty() && seen.practised.is_empty() {
        return ().into_any();
    }
    let chip = changing(move || {
        let chip =
            shares.get().map(|(was, now)| view! { <span class="chip go push">{following::share_now(was, now)}</span> });
        chip.into_any()
    });
    view! {
        <section class="stack twelve-weeks">
            <div class="row"><h2>{following::TWELVE_WEEKS}</h2>{chip}</div>
            {weeks::weeks(seen, Week::of(today()))}
        </section>
    }
    .into_any()
}

/// How help fades step by step: of the plan that is named, else of the one done most.
fn help_per_step(seen: Signal<Option<Lately>>, plan: Option<RecordId>) -> AnyView {
    let (chosen, form) = (RwSignal::new(plan), RwSignal::new(Form::Plot));
    part(seen, Clone::clone, move |seen| {
        let plans = seen.plans();
        let Some((first, _)) = plans.first().cloned() else { return ().into_any() };
        let shown = chosen.get().filter(|plan| plans.iter().any(|(id, _)| id == plan)).unwrap_or(first);
        let help = seen.help(shown);
        if help.times.is_empty() {
            return ().into_any();
        }
        let title = plans.iter().find(|(id, _)| *id == shown).map(|(_, title)| title.clone()).unwrap_or_default();
        let says = following::last_times(help.times.len(), title);
        let head = view! { <h2>{following::HELP_PER_STEP}</h2><span class="soft">{says}</span> };
        let choices: Vec<_> = plans.iter().map(|(id, title)| (id.to_string(), Text::from(title.clone()))).collect();
        let choose = move |id: String| chosen.set(id.parse().ok());
        let select = (choices.len() > 1).then(|| {
            view! { <Select label=following::WHICH_PLAN choices chosen=shown.to_string() on_choose=choose /> }
        });
        let below = view! { <div class="help-of-plan">{select}</div> };
        help_figure((head.into_any(), following::HELP_PER_STEP), help, form, below.into_any())
    })
}

fn run_row(circle: CircleId, Titled { told, title }: Titled) -> AnyView {
    let (when, outcome, own, help) = (
        run_line::when(told.story.began),
        run_line::outcome(&told.story),
        run_line::by_oneself(&told.story),
        run_line::help(&told.story),
    );
    let by = told.by.clone().map(care::written_by);
    let more = Text::live(move || {
        let said = [when.get(), outcome.get(), own.get(), help.get()].join(", ");
        by.iter().fold(said, |said, by| [said, by.get()].join(", "))
    });
    let photos = told
        .photos()
        .map(|photo| view! { <Picture source=Source::Photo(device::photo(circle, photo)) well=Well::Small /> })
        .collect_view();
    let face = told.story.face.map(|face| view! { <FaceMark face alone=true /> });
    let title = if title.is_empty() { Text::from(desk::A_PLAN) } else { Text::from(title) };
    view! {
        <ListRow text=title more tap=Tap::to(DeskPlace::Run(circle, told.run.id))>
            {face} {photos} {unsent(told.saved)} {icon(Icon::FORWARD)}
        </ListRow>
    }
    .into_any()
}

/// What the client asked: yellow while it waits, quiet afterwards.
fn messages(circle: CircleId, questions: Vec<Question>) -> Option<AnyView> {
    if questions.is_empty() {
        return None;
    }
    let (open, past): (Vec<_>, Vec<_>) = questions.into_iter().partition(|question| question.open);
    let open = open
        .into_iter()
        .map(|question| view! { <Card tone=Tone::Help>{message(circle, question)}</Card> })
        .collect_view();
    let past = (!past.is_empty()).then(|| {
        let count = past.len();
        let rows = past.into_iter().map(|question| view! { <li>{message(circle, question)}</li> }).collect_view();
        view! { <details><summary>{desk::earlier_messages(count)}</summary><ul class="stack">{rows}</ul></details> }
    });
    Some(view! { <section class="stack"><h2>{shared::MESSAGES}</h2>{open}{past}</section> }.into_any())
}

fn message(circle: CircleId, Question { message, to, step, open }: Question) -> AnyView {
    let about = step.map(|about| about_step(circle, about));
    let for_me = device::me().is_some_and(|me| me.id == message.to);
    let answer = (open && for_me).then(|| {
        view! { <div><Button text=shared::ANSWER icon=Icon::MESSAGE tap=Tap::to(DeskPlace::Messages(circle)) /></div> }
    });
    let photo = message.photo.map(|photo| {
        let source = Source::Photo(device::photo(circle, photo));
        view! { <Picture source well=Well::Wide label=shared::PHOTO_SENT /> }
    });
    let voice = message.voice.map(|voice| {
        let voice = device::photo(circle, voice);
        let here = move || if voice.with(Option::is_some) { shared::SPOKEN } else { shared::SPOKEN_NOT_HERE };
        view! { <div class="row"><span>{move || here().get()}</span><HearButton voice /></div> }
    });
    let words = (!message.text.is_empty()).then(|| view! { <p class="strong">{message.text}</p> });
    view! {
        <div class="row">
            {icon(if open { Icon::HAND } else { Icon::MESSAGE })}
            <div class="fill">
                {words}
                {photo}
                {voice}
                {about}
                <p class="small">{desk::to_whom(to)} ", " {run_line::when(message.at)}</p>
                {answer}
            </div>
        </div>
    }
    .into_any()
}
