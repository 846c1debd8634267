//! One client: how the latest plans went, who asked for help, and what this person may see.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::client_head::{ClientPage, ClientPart};
use super::consents::{Consents, Permission, permissions};
use super::frame::{client_name, unsent};
use super::glance::{Titled, latest_runs};
use super::hours::{hours_of, to_hours};
use super::place::DeskPlace;
use super::questions::{Question, questions};
use super::run_line;
use crate::components::desk::{Columns, Foot, Pane, SidePane};
use crate::components::{
    Appearance, Bones, Button, Card, EmptyState, FaceMark, HearButton, Icon, ListRow, LoadingBones, Picture, Source,
    Tone, Well, changing, icon,
};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::pages::shared::BookEntries;
use crate::pages::shared::care::Reminding;
use crate::pages::shared::conversation::about_step;
use crate::stories;
use crate::words::{Text, care, desk, paper, shared};

/// As many runs as a person looks through at once.
const RUNS: usize = 20;
/// As many messages.
const MESSAGES: usize = 10;

#[derive(Clone, PartialEq)]
struct Seen {
    runs: Vec<Titled>,
    questions: Vec<Question>,
    permissions: Vec<Permission>,
}

async fn read(reader: Reader) -> Seen {
    let members = stories::members(&reader).await;
    let mut questions = questions(&reader, &members, device::now()).await;
    questions.truncate(MESSAGES);
    Seen { runs: latest_runs(&reader, RUNS).await, questions, permissions: permissions(&reader).await }
}

/// The page.
#[component]
pub(super) fn Overview(circle: CircleId) -> impl IntoView {
    let seen = device::watch(circle, read);
    view! {
        <ClientPage circle part=ClientPart::Overview>
            {columns(circle, seen)}
            <Foot><span>{desk::latest_shown(RUNS)}</span></Foot>
        </ClientPage>
    }
}

fn columns(circle: CircleId, seen: Signal<Option<Seen>>) -> AnyView {
    let runs = changing(move || match seen.with(|seen| seen.as_ref().map(|seen| seen.runs.clone())) {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(runs) if runs.is_empty() => {
            view! { <EmptyState picture="memo" sentence=desk::NO_RUNS more=desk::NO_RUNS_MORE /> }.into_any()
        }
        Some(runs) => {
            let rows = runs.into_iter().map(|run| view! { <li>{run_row(circle, run)}</li> }.into_any()).collect_view();
            view! { <ul class="list">{rows}</ul> }.into_any()
        }
    });
    let asked = changing(move || {
        let questions = seen.with(|seen| seen.as_ref().map(|seen| seen.questions.clone()));
        messages(circle, questions.unwrap_or_default()).into_any()
    });
    let permissions = Signal::derive(move || seen.with(|seen| seen.as_ref().map(|seen| seen.permissions.clone())));
    view! {
        <Columns>
            <Pane>
                {to_hours(circle)}
                <Reminding circle name=client_name(circle) />
                {asked}
                <h2>{desk::LATEST}</h2>
                {runs}
                <BookEntries circle />
            </Pane>
            <SidePane>
                <Consents permissions client=client_name(circle) />
                <Button text=paper::PAIRING_CARD icon=Icon::KEY appearance=Appearance::Plain tap=Tap::to(DeskPlace::PairingCard(circle)) />
                {hours_of(circle)}
            </SidePane>
        </Columns>
    }
    .into_any()
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
