//! One run of a plan: each step with its time and help, the face the client picked, and the photo when it was shown to this person.

use opstap_core::model::{Picture as Shown, Step};
use opstap_core::{CircleId, Kind, PersonId, RecordId};
use opstap_insight::StepStory;
use opstap_view::prelude::*;

use super::client_head::{ClientPage, ClientPart};
use super::frame::client_name;
use super::glance::title;
use super::run_line;
use crate::components::desk::{Columns, Foot, Pane, SidePane, Table};
use crate::components::{
    Appearance, Bones, Button, EmptyState, FaceMark, HelpChoice, HelpLegend, Icon, LoadingBones, Picture, Source,
    StateMark, Well, changing, icon,
};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::pages::shared::care::{correct, take_away};
use crate::pages::shared::following::following;
use crate::pages::shared::{brought, kept};
use crate::stories::run::{RunTold, one_run};
use crate::words::{Text, care, desk};

/// A run with the words of its plan and steps.
#[derive(Clone, PartialEq)]
struct Seen {
    told: RunTold,
    title: String,
    steps: Vec<Option<Step>>,
    brought: Option<PersonId>,
}

async fn read(reader: Reader, run: RecordId) -> Option<Seen> {
    let told = one_run(&reader, run).await?;
    let title = title(&reader, told.story.plan).await;
    let mut steps = Vec::with_capacity(told.story.steps.len());
    for step in &told.story.steps {
        // Also a step that left the plan since: the run met it.
        steps.push(reader.one_even_deleted::<Step>(step.step).await.map(|step| step.value));
    }
    let brought =
        reader.brought_by(run, &[Kind::StepEvent, Kind::RunEnd, Kind::RunFace, Kind::RunPhoto, Kind::RunWord]).await;
    Some(Seen { told, title, steps, brought })
}

/// The page.
#[component]
pub(super) fn RunPage(circle: CircleId, run: RecordId) -> impl IntoView {
    let seen = device::watch(circle, move |reader| read(reader, run));
    let goes_on = Memo::new(move |_| {
        seen.with(|seen| seen.as_ref().and_then(Option::as_ref).is_some_and(|seen| seen.told.story.ended.is_none()))
    });
    let follows = move || {
        let follows =
            changing(move || if goes_on.get() { following(circle, run, client_name(circle)) } else { ().into_any() });
        view! { <div class="pane follows">{follows}</div> }
    };
    view! {
        <ClientPage circle part=ClientPart::Overview>
            {follows()}
            {changing(move || match seen.get() {
                None => view! { <Columns><Pane><LoadingBones shape=Bones::Rows(6) /></Pane></Columns> }.into_any(),
                Some(None) => {
                    view! { <EmptyState picture="memo" sentence=desk::NOT_THERE more=desk::NOT_THERE_MORE /> }.into_any()
                }
                Some(Some(seen)) => {
                    let (steps, result) = (steps(circle, &seen), result(circle, &seen.told));
                    view! { <Columns><Pane>{steps}</Pane><SidePane>{result}</SidePane></Columns> }.into_any()
                }
            })}
            <Foot><span>{desk::TIME_ON_SCREEN_MEANS}</span></Foot>
        </ClientPage>
    }
}

fn steps(circle: CircleId, seen: &Seen) -> AnyView {
    let story = &seen.told.story;
    let began = run_line::when(story.began);
    let rows = story
        .steps
        .iter()
        .zip(&seen.steps)
        .enumerate()
        .map(|(at, (story, step))| row(circle, at + 1, (&seen.told, story), step.as_ref()))
        .collect_view();
    let title = if seen.title.is_empty() { Text::from(desk::A_PLAN) } else { Text::from(seen.title.clone()) };
    let caption = run_line::by_oneself(story);
    let by = seen.told.by.clone().map(|by| view! { <p class="soft">{care::written_by(by)}</p> });
    view! {
        <div class="row">
            <Button text=desk::BACK_TO_OVERVIEW icon=Icon::BACK appearance=Appearance::Plain tap=Tap::back() />
        </div>
        <div class="row">
            <h2 class="title">{title}</h2>
            <span class="soft">{began} ", " {run_line::outcome(story)}</span>
            <span class="push"><StateMark saved=seen.told.saved /></span>
            {take_away(circle, &seen.told)}
        </div>
        {brought(circle, seen.brought)}
        {by}
        <Table caption>
            <thead>
                <tr>
                    <th scope="col">{desk::COLUMN_STEP}</th>
                    <th scope="col" class="n">{desk::COLUMN_ON_SCREEN}</th>
                    <th scope="col" class="n">{desk::COLUMN_HELP}</th>
                    <th scope="col" class="n">{desk::COLUMN_NOT_MANAGED}</th>
                    <th scope="col">{desk::COLUMN_DONE}</th>
                    <th scope="col">{desk::COLUMN_LEVEL}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
        <HelpLegend />
    }
    .into_any()
}

fn row(circle: CircleId, number: usize, (told, story): (&RunTold, &StepStory), step: Option<&Step>) -> AnyView {
    let picture: Option<Shown> = step.and_then(|step| step.picture.clone());
    let text = step.map_or_else(|| desk::step_number(number), |step| Text::from(format!("{number}. {}", step.text)));
    let done = match (story.first_shown, story.done) {
        (_, true) => view! { <span>{icon(Icon::CHECK)}<span class="for-voice">{desk::DONE}</span></span> }.into_any(),
        (Some(_), false) => view! { <span>{desk::NOT_DONE}</span> }.into_any(),
        (None, false) => view! { <span class="soft">{desk::NOT_REACHED}</span> }.into_any(),
    };
    let time =
        if story.first_shown.is_some() { run_line::minutes_and_seconds(story.on_screen) } else { "–".to_owned() };
    let (label, id, told) = (care::help_of_step(number.to_string()), story.step, told.clone());
    let choose = move |help| correct(circle, &told, id, help);
    view! {
        <tr data-step=story.step.to_string()>
            <th scope="row">
                <span class="row step-cell"><Picture source=device::picture(circle, picture) well=Well::Small /><span class="fill">{text}</span></span>
            </th>
            <td class="n">{time}</td>
            <td class="n">{times(story.help_asked)}</td>
            <td class="n">{times(story.not_managed)}</td>
            <td>{done}</td>
            <td><HelpChoice label chosen=Signal::stored(story.level()) on_choose=choose /></td>
        </tr>
    }
    .into_any()
}

fn times(count: u32) -> String {
    if count == 0 { "0".to_owned() } else { format!("{count}×") }
}

fn result(circle: CircleId, told: &RunTold) -> AnyView {
    let face = told.story.face.map_or_else(
        || view! { <p class="soft">{desk::NO_FACE}</p> }.into_any(),
        |face| view! { <FaceMark face /> }.into_any(),
    );
    let (photos, words): (Vec<_>, Vec<_>) = told.kept.iter().cloned().partition(|kept| kept.photo.is_some());
    let none = photos.is_empty().then(|| view! { <p class="soft">{desk::NO_PHOTO}</p> });
    let photos = photos
        .into_iter()
        .filter_map(|kept| Some((kept.photo?, kept.at)))
        .map(|(photo, at)| {
            let source = Source::Photo(device::photo(circle, photo));
            view! {
                <figure class="stack">
                    <Picture source well=Well::Large label=desk::PHOTO_OF_RESULT />
                    <figcaption class="small soft">{run_line::when(at)}</figcaption>
                </figure>
            }
        })
        .collect_view();
    let words = words.into_iter().map(|word| view! { <div class="row">{kept(circle, word)}</div> }).collect_view();
    let ended = told.story.ended.map(|(_, at)| {
        view! { <dt>{desk::ENDED}</dt><dd>{run_line::when(at)}</dd> }
    });
    view! {
        <section class="stack"><h2>{desk::HOW_IT_WAS}</h2>{face}{words}</section>
        <section class="stack"><h2>{desk::PHOTO}</h2>{none}{photos}</section>
        <dl class="facts">
            <dt>{desk::BEGAN}</dt><dd>{run_line::when(told.story.began)}</dd>
            {ended}
            <dt>{desk::HELP}</dt><dd>{run_line::help(&told.story)}</dd>
        </dl>
    }
    .into_any()
}
