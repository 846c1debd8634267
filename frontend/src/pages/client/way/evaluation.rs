//! The evaluation as the client reads it: one thing on each screen, in short sentences, and in the end the own word: it is so, or something
//! to say.

use std::rc::Rc;
use std::sync::Arc;

use leptos::task::spawn_local;
use opstap_core::instrument::Instrument;
use opstap_core::model::{Aim, DomainAnswer, EVALUATION_AGREED, EVALUATION_SAID, Evaluation, Picture as Drawn, set};
use opstap_core::{Change, CircleId, Day, Millis, RecordId};
use opstap_insight::{DomainStory, OWN_VIEW, Period, ShownHours};
use opstap_view::prelude::*;

use crate::companion::HOME;
use crate::components::{
    Appearance, Bones, Button, Dots, EmptyState, Icon, LoadingBones, Picture, SayButton, Sentence, Source, TextArea,
    Tile, Tiles, Well, changing, clear_toast,
};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::language::decimal_point;
use crate::navigation::go_back;
use crate::pages::client::frame::Frame;
use crate::pages::client::say_not_kept;
use crate::stories::{self, instruments};
use crate::words::{Text, client, way};

/// One screen of it.
#[derive(Clone, PartialEq)]
enum Part {
    /// What stands out.
    Words(String),
    /// A goal: its picture, what the client wanted, the name of the domain, how it was and is, and whether it was reached.
    Goal { picture: Option<Drawn>, words: Option<String>, at: At, reached: Option<bool> },
    /// What was looked at too, without a goal.
    Others(Vec<At>),
    /// What the client answered to a question.
    Own { instrument: String, question: usize, answer: DomainAnswer },
    /// Hours a week: had, and granted.
    Hours(ShownHours),
    /// Is it so?
    Last,
}

/// A domain, with its first and its later answer.
#[derive(Clone, PartialEq)]
struct At {
    instrument: String,
    place: usize,
    was: Option<DomainAnswer>,
    is: Option<DomainAnswer>,
}

/// What is read.
#[derive(Clone, PartialEq)]
struct Told {
    id: RecordId,
    parts: Vec<Part>,
    agreed: bool,
    said: Option<String>,
}

async fn read(reader: Reader, all: Rc<[Instrument]>) -> Option<Told> {
    let id = stories::evaluation::ready(&reader).await?.id;
    let Evaluation { from, to, words, agreed, said, .. } = reader.one::<Evaluation>(id).await?.value;
    let guidance = stories::guidance::guidance(&reader).await;
    let story = guidance.evaluation(&all, Period { from, to });
    let mut parts: Vec<Part> = words.map(Part::Words).into_iter().collect();
    let mut others = Vec::new();
    for part in story.parts {
        let Some(instrument) = all.iter().find(|one| one.id == part.instrument) else { continue };
        for domain in part.domains {
            let at = at(instrument, &domain);
            match domain.goal.filter(|(_, goal)| goal.aim != Aim::None) {
                Some((_, goal)) => {
                    parts.push(Part::Goal { picture: goal.picture, words: goal.words, at, reached: domain.is_reached });
                }
                None => others.push(at),
            }
        }
    }
    parts.extend((!others.is_empty()).then_some(Part::Others(others)));
    parts.extend(story.own_view.into_iter().filter_map(|(code, _, answer)| {
        let mut versions = all.iter().filter(|one| one.id.instrument.as_str() == OWN_VIEW);
        versions.find_map(|one| {
            let question = one.domains.iter().position(|domain| domain.code == code)?;
            Some(Part::Own { instrument: one.id.to_string(), question, answer: answer.clone() })
        })
    }));
    parts.extend(story.hours.shown().map(Part::Hours));
    parts.push(Part::Last);
    Some(Told { id, parts, agreed: agreed.is_some(), said })
}

fn at(instrument: &Instrument, story: &DomainStory) -> At {
    let place = instrument.domains.iter().position(|domain| domain.code == story.domain).unwrap_or_default();
    let answer = |said: Option<&(Day, DomainAnswer)>| said.map(|(_, answer)| answer.clone());
    At { instrument: instrument.id.to_string(), place, was: answer(story.first()), is: answer(story.later()) }
}

/// The screens, one after another. "Terug" goes to the one before.
#[component]
pub fn ReadEvaluation(circle: CircleId) -> impl IntoView {
    device::keep_instruments();
    let watched = device::watch(circle, |reader| {
        // Asked here, before the reading begins: what comes later is read with it again.
        let all = instruments::looked_for();
        async move {
            match all {
                Some(all) => Some(read(reader, all).await),
                None => None,
            }
        }
    });
    let told = Signal::derive(move || watched.get().flatten());
    // What is told stays while it is read, whatever comes in; only what the client says of it follows.
    let parts = Memo::new(move |before: Option<&Option<Option<Arc<[Part]>>>>| match before {
        Some(Some(Some(parts))) => Some(Some(parts.clone())),
        _ => told.with(|told| told.as_ref().map(|told| told.as_ref().map(|told| told.parts.clone().into()))),
    });
    let now = RwSignal::new(0);
    changing(move || {
        let title = client::HOW_IT_WENT.into();
        match parts.get() {
            None => Frame::default().around(title, view! { <LoadingBones shape=Bones::Step /> }.into_any()),
            Some(None) => {
                let nothing = view! { <EmptyState picture="page-facing-up" sentence=way::NOTHING_TO_READ /> };
                Frame::default().around(title, nothing.into_any())
            }
            Some(Some(parts)) => screen(circle, told, &parts, now),
        }
    })
}

fn screen(circle: CircleId, told: Signal<Option<Option<Told>>>, parts: &[Part], now: RwSignal<usize>) -> AnyView {
    let at = now.get();
    let Some(part) = parts.get(at) else { return ().into_any() };
    let back = Tap::from(move || if at == 0 { go_back() } else { now.set(at - 1) });
    let never = Signal::derive(|| false);
    let dots = view! { <Dots now=Signal::stored(at + 1) all=Signal::stored(parts.len()) counted=never /> };
    let body = match part {
        Part::Words(words) => words_of(words),
        Part::Goal { picture, words, at, reached } => goal(circle, picture.clone(), words.clone(), at, *reached),
        Part::Others(others) => others_of(others),
        Part::Own { instrument, question, answer } => own(instrument, *question, answer),
        Part::Hours(shown) => hours(*shown),
        Part::Last => last(circle, told),
    };
    let floor = (*part != Part::Last).then(|| {
        let on = move || {
            clear_toast();
            now.set(at + 1);
        };
        view! { <Button text=way::GO_ON icon=Icon::FORWARD appearance=Appearance::Primary tap=on /> }.into_any()
    });
    let main = view! { {dots} {body} };
    Frame { back: Some(back), floor, ..Frame::default() }.around(client::HOW_IT_WENT.into(), main.into_any())
}

fn words_of(words: &str) -> AnyView {
    view! {
        <Picture source=Source::from("open-book") well=Well::Large />
        <Sentence text=client::HOW_IT_WENT title=true />
        {said_plainly(Text::from(words.to_owned()))}
    }
    .into_any()
}

/// Words under the sentence of a screen: one sentence stands large, as on every screen of a client.
fn said_plainly(text: Text) -> AnyView {
    view! { <div class="say"><p class="fill">{text.clone()}</p><SayButton text /></div> }.into_any()
}

/// The name of a domain, and its answers in words.
fn named(at: &At) -> Option<(Text, Option<Text>, Option<Text>)> {
    let instrument = instruments::one(&at.instrument)?;
    let domain = instrument.domains.get(at.place)?;
    let says = |answer: &Option<DomainAnswer>| {
        let answer = answer.as_ref()?;
        // The word alone: a number says little to whoever does not know the scale.
        let level = answer.level.and_then(|level| instrument.level_name(level)).map(instruments::said);
        Some(level.unwrap_or_else(|| instruments::answered(&instrument, domain, answer)))
    };
    Some((instruments::domain_title(&instrument, domain), says(&at.was), says(&at.is)))
}

fn goal(circle: CircleId, picture: Option<Drawn>, words: Option<String>, at: &At, reached: Option<bool>) -> AnyView {
    let Some((domain, was, is)) = named(at) else { return ().into_any() };
    let source = match device::picture(circle, picture) {
        Source::Nothing => Source::from("checklist"),
        source => source,
    };
    let of_domain = words.is_some().then(|| view! { <p class="soft">{domain.clone()}</p> });
    let reached = reached.map(|reached| {
        let (says, picture) = if reached {
            (way::GOAL_REACHED, "check-mark-button")
        } else {
            (way::GOAL_STILL_COMES, "hourglass-not-done")
        };
        view! {
            <div class="row">
                <Picture source=Source::from(picture) well=Well::Small />
                <p class="fill strong">{says}</p>
                <SayButton text=says />
            </div>
        }
    });
    view! {
        <Picture source well=Well::Large />
        <Sentence text=words.map_or(domain, Text::from) title=true />
        {of_domain}
        {was_and_is(was, is)}
        {reached}
    }
    .into_any()
}

/// How it was, and how it is now.
fn was_and_is(was: Option<Text>, is: Option<Text>) -> AnyView {
    let line =
        |said: Option<Text>, says: fn(String) -> Text| said.map(|said| Text::live(move || says(said.get()).get()));
    let (was, is) = (line(was, way::it_was), line(is, way::it_is));
    if was.is_none() && is.is_none() {
        return ().into_any();
    }
    let lines = was.iter().chain(&is).cloned().map(|line| view! { <p>{line}</p> }.into_any()).collect::<Vec<_>>();
    let whole = Text::live(move || was.iter().chain(&is).map(Text::get).collect::<Vec<_>>().join(" "));
    view! {
        <div class="say"><div class="fill">{lines.into_iter().collect_view()}</div><SayButton text=whole /></div>
    }
    .into_any()
}

fn others_of(others: &[At]) -> AnyView {
    let rows = others
        .iter()
        .filter_map(named)
        .map(|(domain, was, is)| view! { <li class="stack"><b>{domain}</b>{was_and_is(was, is)}</li> }.into_any());
    view! {
        <Sentence text=way::LOOKED_AT_TOO title=true />
        <ul class="list">{rows.collect::<Vec<_>>().into_iter().collect_view()}</ul>
    }
    .into_any()
}

fn own(instrument: &str, question: usize, answer: &DomainAnswer) -> AnyView {
    let Some(instrument) = instruments::one(instrument) else { return ().into_any() };
    let Some(domain) = instrument.domains.get(question) else { return ().into_any() };
    let picture = domain.picture.as_ref().map(|name| Drawn::Pictogram(name.as_str().to_owned()));
    let source = match picture {
        Some(Drawn::Pictogram(name)) => Source::Pictogram(name),
        _ => Source::from("speech-balloon"),
    };
    let said = instruments::answered(&instrument, domain, answer);
    view! {
        <Picture source well=Well::Large />
        <Sentence text=instruments::domain_title(&instrument, domain) title=true />
        {said_plainly(Text::live(move || way::you_said(said.get()).get()))}
    }
    .into_any()
}

fn hours(shown: ShownHours) -> AnyView {
    let (used, granted) = (shown.used.both, shown.granted.both);
    let had = Text::live(move || way::hours_had(used.written_short(decimal_point())).get());
    let of = Text::live(move || way::hours_granted(granted.written_short(decimal_point())).get());
    view! {
        <Picture source=Source::from("clock") well=Well::Large />
        <Sentence text=had title=true />
        {said_plainly(of)}
    }
    .into_any()
}

/// While it was read it was taken back, to be changed.
fn taken_back() -> AnyView {
    view! { <EmptyState picture="page-facing-up" sentence=way::NOTHING_TO_READ>{to_today()}</EmptyState> }.into_any()
}

fn to_today() -> AnyView {
    view! { <Button text=way::TO_TODAY icon=Icon::FORWARD appearance=Appearance::Primary wide=true tap=Tap::to(HOME) /> }
        .into_any()
}

/// Is it so? The own word can be taken back, and something can be said.
fn last(circle: CircleId, told: Signal<Option<Option<Told>>>) -> AnyView {
    let saying = RwSignal::new(false);
    let state = Memo::new(move |_| {
        told.with(|told| told.as_ref()?.as_ref().map(|told| (told.id, told.agreed, told.said.clone())))
    });
    changing(move || {
        let Some((id, agreed, said)) = state.get() else { return taken_back() };
        let told = said.clone().map(|said| said_plainly(way::you_said(said)));
        if saying.get() {
            return say(circle, id, said, saying);
        }
        let answer = if agreed { way::YOU_AGREED } else { way::IS_IT_SO };
        let agree = Tap::from(move || keep(circle, vec![set(id, EVALUATION_AGREED, device::now())], || ()));
        let not = Tap::from(move || keep(circle, vec![set(id, EVALUATION_AGREED, None::<Millis>)], || ()));
        let first = if agreed {
            view! { <Tile text=way::NOT_AFTER_ALL picture=Source::from("thumbs-down") tap=not /> }
        } else {
            view! { <Tile text=way::IT_IS_SO picture=Source::from("thumbs-up") tap=agree /> }
        };
        let thanks = agreed.then(to_today);
        view! {
            <Sentence text=answer title=true />
            {told}
            <Tiles>
                {first}
                <Tile text=way::SAY_SOMETHING picture=Source::from("speech-balloon") tap=move || saying.set(true) />
            </Tiles>
            {thanks}
        }
        .into_any()
    })
}

fn say(circle: CircleId, id: RecordId, said: Option<String>, saying: RwSignal<bool>) -> AnyView {
    let draft = RwSignal::new(said.unwrap_or_default());
    let send = move || {
        let said = draft.get_untracked().trim().to_owned();
        let said = Some(said).filter(|said| !said.is_empty());
        keep(circle, vec![set(id, EVALUATION_SAID, said)], move || {
            let _ = saying.try_set(false);
        });
    };
    view! {
        <Sentence text=way::WHAT_TO_SAY title=true />
        <TextArea label=way::WHAT_TO_SAY value=draft on_input=move |text| draft.set(text) rows=4 />
        <Button text=way::KEEP_WORDS icon=Icon::CHECK appearance=Appearance::Primary wide=true tap=send />
    }
    .into_any()
}

fn keep(circle: CircleId, changes: Vec<Change>, then: impl Fn() + 'static) {
    spawn_local(async move {
        match device::edit(circle, changes).await {
            Ok(()) => then(),
            Err(why) => say_not_kept(why),
        }
    });
}
