//! The question card: large words for a passer-by, with the line and the stop filled in, on a light ground whatever the hour.

use opstap_core::{CircleId, RecordId};
use opstap_insight::{Doing, JourneyStep, ride_from};
use opstap_view::prelude::*;

use super::told::{self, Told};
use super::{going, gone, vehicle};
use crate::awake::keep_awake;
use crate::components::{Appearance, Bones, Button, Icon, ListRow, LoadingBones, SayButton, changing, icon};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::language::language;
use crate::navigation::go_back;
use crate::pages::client::frame::Frame;
use crate::voice::{Reading, follow_voices, speaks};
use crate::words::{Text, way};

/// What can be asked: the question, and what of it stands large below.
#[derive(Clone)]
struct Question {
    text: Text,
    large: String,
    /// The line, where it is about one.
    line: Option<opstap_core::model::Part>,
}

/// The questions at a step, the one for now first.
fn questions(told: &Told, at: usize) -> Vec<Question> {
    let mut all = Vec::new();
    if let Some(ride) = ride_from(&told.parts, told.steps.get(at)) {
        let part = &ride.part;
        let vehicle = vehicle::called(part);
        let to = part.to.clone().or_else(|| part.direction.clone());
        if let Some(to) = to.filter(|to| !to.is_empty()) {
            let place = to.clone();
            let text = Text::live(move || way::where_stops(vehicle.get(), &place).get());
            all.push(Question { text, large: to, line: Some(part.clone()) });
        }
        if let Some(stop) = part.from.clone().filter(|stop| !stop.is_empty()) {
            all.push(Question { text: way::where_is_stop(&stop), large: stop, line: None });
        }
        if let Some(stop) = part.to.clone().filter(|stop| !stop.is_empty()) {
            all.push(Question { text: way::missed_my_stop(&stop), large: stop, line: None });
        }
    }
    // Who is in the vehicle already has another question.
    let rides = |step: &JourneyStep| matches!(step.doing, Doing::Ride(_) | Doing::Press | Doing::GetOff);
    if told.steps.get(at).is_some_and(rides) {
        all.reverse();
    }
    if let Some(end) = told.ends_at().filter(|end| !end.is_empty()) {
        all.push(Question { text: way::where_is(end), large: end.clone(), line: None });
    }
    all
}

async fn read(reader: Reader, route: RecordId) -> Option<Told> {
    told::read(&reader, route).await
}

/// The card.
#[component]
pub fn Ask(circle: CircleId, route: RecordId) -> impl IntoView {
    let told = device::watch(circle, move |reader| read(reader, route));
    keep_awake();
    // Which question; `None` while another is being chosen.
    let chosen = RwSignal::new(Some(0_usize));
    let body = changing(move || match told.get() {
        None => view! { <LoadingBones shape=Bones::Step /> }.into_any(),
        Some(None) => gone(),
        Some(Some(told)) => {
            let questions = questions(&told, going::at(route, &told.steps));
            match chosen.get().and_then(|chosen| questions.get(chosen).cloned()) {
                Some(question) => card(question),
                None => choose(questions, chosen),
            }
        }
    });
    let back = Tap::from(move || if chosen.get_untracked().is_some() { go_back() } else { chosen.set(Some(0)) });
    let floor = view! {
        <Button text=way::I_KNOW icon=Icon::CHECK appearance=Appearance::Way tap=Tap::back() />
        <Button text=way::ANOTHER_QUESTION icon=Icon::SPLIT tap=move || chosen.set(None) />
    };
    Frame { way: true, back: Some(back), floor: Some(floor.into_any()), ..Frame::default() }
        .around(way::QUESTION_CARD.into(), body)
}

fn choose(questions: Vec<Question>, chosen: RwSignal<Option<usize>>) -> AnyView {
    let rows: Vec<_> = questions
        .into_iter()
        .enumerate()
        .map(|(place, question)| {
            let tap = Tap::from(move || chosen.set(Some(place)));
            view! { <li><ListRow text=question.text tap>{icon(Icon::FORWARD)}</ListRow></li> }
        })
        .collect();
    view! {
        <div class="say"><h1 class="title">{way::WHAT_DO_YOU_ASK}</h1><SayButton text=way::WHAT_DO_YOU_ASK whole=true /></div>
        <ul class="list">{rows}</ul>
    }
    .into_any()
}

fn card(question: Question) -> AnyView {
    let Question { text, large, line } = question;
    let reading = Reading::here();
    let voiced = RwSignal::new(false);
    Effect::new(move |_| voiced.set(speaks(language())));
    follow_voices(move || voiced.set(speaks(crate::language::language_now())));
    let aloud = text.clone();
    let says =
        Text::live(move || [way::MAY_I_ASK.get(), &aloud.get(), way::I_LEARN.get(), way::POINT_IT_OUT.get()].join(" "));
    let shown = says.clone();
    let say = move || {
        if reading.sounds.get_untracked() { reading.stop() } else { reading.begin(says.plain()) }
    };
    let aloud = changing(move || {
        let say = say.clone();
        voiced
            .get()
            .then(|| view! { <Button text=way::LET_THE_PHONE_SAY icon=Icon::SPEAKER wide=true tap=say /> })
            .into_any()
    });
    let line = line.map(|line| vehicle::badge(&line));
    view! {
        <div class="say"><h1 class="soft fill">{way::SHOW_THIS}</h1><SayButton text=shown whole=true /></div>
        <div class="question grow" data-theme="light">
            <p>{way::MAY_I_ASK}</p>
            <h2>{text}</h2>
            <p class="row">{line}<b>{large}</b></p>
            <p>{way::I_LEARN}<br />{way::POINT_IT_OUT}</p>
        </div>
        {aloud}
    }
    .into_any()
}
