//! Filling in together, on this device: one question at a time, with its picture and large buttons. What is tapped says that the client sat
//! beside.

use opstap_core::instrument::{Answer, Domain, Instrument};
use opstap_core::model::{DomainAnswer, Picture as Shown, Relation};
use opstap_core::{CircleId, PersonId, RecordId};
use opstap_view::prelude::*;

use super::super::goals::Told;
use super::answer::{choosable, empty, give, given, rule_says, words};
use super::bars::bars;
use super::story;
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{
    Appearance, Bones, Button, Dots, EmptyState, Icon, LoadingBones, Picture, Sentence, Source, Well, changing,
};
use crate::device;
use crate::event::Tap;
use crate::pages::professional::DeskPlace;
use crate::pages::professional::frame::{Page, Part};
use crate::stories::{self, instruments};
use crate::words::{Text, desk, guidance, shared};

/// The screen.
pub fn together(circle: CircleId, id: RecordId) -> AnyView {
    let client = device::watch(circle, |reader| async move {
        let members = stories::members(&reader).await;
        members.into_iter().find(|one| one.value.relation == Relation::Client).map(|one| one.value.person)
    });
    let client = Memo::new(move |_| client.get());
    let done = Tap::to(DeskPlace::Measure(circle, Some(id)));
    let lead = view! { <Button text=shared::BACK icon=Icon::BACK appearance=Appearance::Plain tap=done.clone() /> };
    let body = changing(move || match client.get() {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(client) => view! { <Questions circle id client done=done.clone() /> }.into_any(),
    });
    view! {
        <Page title=guidance::FILL_IN_TOGETHER part=Part::Clients>
            <Bar title=guidance::FILL_IN_TOGETHER lead=lead.into_any() />
            <Columns><Pane><div class="one-question stack">{body}</div></Pane></Columns>
            <Foot><span>{desk::KEPT_BY_ITSELF}</span></Foot>
        </Page>
    }
    .into_any()
}

#[component]
fn Questions(circle: CircleId, id: RecordId, client: Option<PersonId>, done: Tap) -> impl IntoView {
    let told = Told::beside(circle, client);
    let story = story(told, id);
    let of =
        Memo::new(move |_| story.with(|story| story.as_ref().map(|story| story.as_ref().map(|(_, of)| of.clone()))));
    let at = RwSignal::new(0);
    changing(move || match (of.get(), at.get()) {
        (None, _) => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        (Some(None), _) => {
            view! { <EmptyState picture="checklist" sentence=guidance::NO_SUCH_MEASUREMENT /> }.into_any()
        }
        (Some(Some(instrument)), now) => match instrument.domains.get(now).cloned() {
            Some(domain) => question(told, id, &instrument, &domain, at),
            None => all_asked(at, done.clone()),
        },
    })
}

fn all_asked(at: RwSignal<usize>, done: Tap) -> AnyView {
    let back = move || at.update(|at| *at = at.saturating_sub(1));
    view! {
        <EmptyState picture="thumbs-up" sentence=guidance::THANK_YOU more=guidance::ALL_ASKED>
            <Button text=shared::DONE icon=Icon::CHECK appearance=Appearance::Primary tap=done />
            <Button text=guidance::QUESTION_BEFORE icon=Icon::BACK appearance=Appearance::Plain tap=back />
        </EmptyState>
    }
    .into_any()
}

fn question(told: Told, id: RecordId, instrument: &Instrument, domain: &Domain, at: RwSignal<usize>) -> AnyView {
    let (now, all) = (at.get_untracked(), instrument.domains.len());
    let given = given(told, id, &domain.code);
    let answer = instrument.answer_of(domain);
    let title = instruments::domain_title(instrument, domain);
    // A question asks by itself; the name of a domain is asked about.
    let asks =
        matches!(answer, Answer::Level | Answer::Stage).then(|| view! { <p class="soft">{guidance::HOW_IS_IT}</p> });
    let picture = Shown::Pictogram(domain.picture.as_ref().map_or("checklist", |name| name.as_str()).to_owned());
    let on = move || at.set(now + 1);
    let body = match answer {
        Answer::Level | Answer::Stage => levels(told, id, instrument, domain, given, on),
        Answer::YesNo => yes_or_no(told, id, domain, given, on),
        Answer::Open => words(told, id, &domain.code, guidance::SAYS_IT_SO, given),
    };
    let rule = rule_says(told, instrument, domain);
    let says = changing(move || {
        rule.get().map(|most| view! { <p class="soft">{guidance::guarded_most(most)}</p> }).into_any()
    });
    let back = (now > 0).then(|| {
        view! { <Button text=guidance::QUESTION_BEFORE icon=Icon::BACK appearance=Appearance::Plain tap=move || at.set(now - 1) /> }
    });
    let never = Signal::derive(|| false);
    view! {
        <Dots now=Signal::stored(now + 1) all=Signal::stored(all) counted=never />
        <Picture source=device::picture(told.work.circle, Some(picture)) well=Well::Large />
        <Sentence text=title title=true />
        {asks}
        {body}
        {says}
        <div class="row">
            {back}
            <Button text=guidance::GO_TO_NEXT icon=Icon::FORWARD appearance=Appearance::Primary tap=on />
        </div>
    }
    .into_any()
}

fn levels(
    told: Told,
    id: RecordId,
    instrument: &Instrument,
    domain: &Domain,
    given: Memo<Option<DomainAnswer>>,
    on: impl Fn() + Copy + 'static,
) -> AnyView {
    let (instrument, domain) = (instrument.clone(), domain.clone());
    let buttons = changing(move || {
        let circumstances = told.with(|guidance| guidance.circumstances.clone()).unwrap_or_default();
        let buttons = choosable(&instrument, &domain, &circumstances).into_iter().map(|level| {
            let code = domain.code.clone();
            let name = instrument.level_name(level).map(instruments::said).unwrap_or_default();
            let chosen = move || given.with(|given| given.as_ref().and_then(|given| given.level)) == Some(level);
            let tap = move || {
                let before = given.get_untracked().unwrap_or_else(|| empty(&code));
                give(told, id, &DomainAnswer { level: Some(level), ..before });
                on();
            };
            large(bars(level, instrument.levels.len()), name, chosen, tap)
        });
        buttons.collect::<Vec<_>>().into_iter().collect_view().into_any()
    });
    view! { <div class="large-answers">{buttons}</div> }.into_any()
}

fn yes_or_no(
    told: Told,
    id: RecordId,
    domain: &Domain,
    given: Memo<Option<DomainAnswer>>,
    on: impl Fn() + Copy + 'static,
) -> AnyView {
    let buttons = [(true, "thumbs-up"), (false, "thumbs-down")].map(|(yes, picture)| {
        let code = domain.code.clone();
        let text = if yes { guidance::YES } else { guidance::NO };
        let chosen = move || given.with(|given| given.as_ref().and_then(|given| given.yes)) == Some(yes);
        let tap = move || {
            let before = given.get_untracked().unwrap_or_else(|| empty(&code));
            give(told, id, &DomainAnswer { yes: Some(yes), ..before });
            on();
        };
        let drawn = view! { <Picture source=Source::from(picture) well=Well::Small /> }.into_any();
        large(drawn, text.into(), chosen, tap)
    });
    view! { <div class="large-answers">{buttons.into_iter().collect_view()}</div> }.into_any()
}

/// A large button with a drawing before its word.
fn large(
    drawn: AnyView,
    text: Text,
    chosen: impl Fn() -> bool + Clone + Send + Sync + 'static,
    tap: impl Fn() + 'static,
) -> AnyView {
    let pressed = move || if chosen() { "true" } else { "false" };
    view! {
        <button type="button" class="large-answer" aria-pressed=pressed on:click=move |_| tap()>
            {drawn}
            <span class="fill">{text}</span>
        </button>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_to_fill_in_together_has_a_picture() {
        let pictured = |one: &&Instrument| one.marks.contains(&opstap_core::instrument::Mark::InPictures);
        let all = instruments::all();
        let domains: Vec<_> = all.iter().filter(pictured).flat_map(|one| &one.domains).collect();
        assert!(!domains.is_empty() && domains.iter().all(|domain| domain.picture.is_some()));
    }
}
