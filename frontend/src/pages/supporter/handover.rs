//! The handover to the OV-coach: the day, what must be clear by then, who sees what afterwards, and the OV-coach's own word. The coach fills
//! in and ticks; the volunteer fills in; everybody else reads.

use opstap_core::access::Section;
use opstap_core::model::{HANDOVER_ACCEPTED, Handover, HandoverPoint, HandoverTopic, Member, set};
use opstap_core::{CircleId, Millis, RecordId, Value};
use opstap_insight::{TrajectoryStory, steps_back};
use opstap_view::prelude::*;

use super::SupporterPlace;
use crate::components::{
    Appearance, Bones, Button, Card, EmptyState, Floor, Icon, LoadingBones, Main, Person, PersonSize, Screen, Size,
    StateChip, TextArea, Tone, TopBar, changing, icon,
};
use crate::dates::{day_and_month, full_day, moment, on_day};
use crate::device::{self, Entry, Reader, watch};
use crate::entered::Form;
use crate::event::Tap;
use crate::language::language;
use crate::pages::shared::care::keep;
use crate::pages::shared::feedback::listed;
use crate::stories::reminders::sees;
use crate::stories::{self, trajectory::of_circle};
use crate::words::{Text, feedback, practice};

/// What this person does with a handover.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Fills in, ticks, and takes it on.
    Coach,
    /// Fills in.
    Volunteer,
    /// Reads.
    Other,
}

#[derive(Clone, PartialEq, Eq)]
struct Told {
    id: RecordId,
    handover: Handover,
    points: Vec<(RecordId, HandoverPoint)>,
    /// What stood at a point where two filled it in without having seen each other.
    crossed: Vec<(RecordId, String)>,
    part: Part,
    /// The name of the client.
    client: String,
    /// The name of the OV-coach, once there is one.
    coach: Option<String>,
    /// Who sees the travelling no longer afterwards.
    leave: Vec<String>,
}

async fn tell(reader: Reader, trajectory: RecordId) -> Option<Told> {
    let story = of_circle(&reader).await.into_iter().find(|story| story.id == trajectory)?;
    let (id, handover) = story.handover?;
    let TrajectoryStory { trajectory, points, .. } = story;
    let members = stories::members(&reader).await;
    let access = reader.access().await;
    let sees = |id| access.as_ref().is_some_and(|access| sees(access, id, Section::Travel));
    let me = device::me().map(|me| me.id);
    let part = match me {
        Some(me) if trajectory.coach == Some(me) => Part::Coach,
        Some(me) if trajectory.volunteer == Some(me) => Part::Volunteer,
        _ => Part::Other,
    };
    let all: Vec<Member> = members.iter().map(|member| member.value.clone()).collect();
    let leave = steps_back(&all, trajectory.coach, sees).into_iter().map(|member| member.name.clone()).collect();
    let coach = trajectory.coach.map(|coach| stories::name_of(&members, coach)).filter(|name| !name.is_empty());
    let client = members.first().map(|member| member.value.name.clone()).unwrap_or_default();
    let crossed = reader.below::<HandoverPoint>(id).await.iter().flat_map(other_texts).collect();
    Some(Told { id, handover, points, crossed, part, client, coach, leave })
}

fn other_texts(point: &Entry<HandoverPoint>) -> Vec<(RecordId, String)> {
    let text = |value: &Value| if let Value::Text(text) = value { Some(text.clone()) } else { None };
    let others = point.record.others("text").filter_map(|kept| text(&kept.value));
    others.map(|text| (point.id, text)).collect()
}

/// The handover of a trajectory.
#[component]
pub fn HandoverPage(circle: CircleId, trajectory: RecordId) -> impl IntoView {
    let told = watch(circle, move |reader| tell(reader, trajectory));
    let filling = RwSignal::new(None::<RecordId>);
    let content = changing(move || match told.get() {
        None => view! { <Main><LoadingBones shape=Bones::Rows(5) /></Main> }.into_any(),
        Some(None) => view! { <Main><EmptyState picture="handshake" sentence=practice::NOT_FOUND /></Main> }.into_any(),
        Some(Some(told)) => filled(circle, &told, filling),
    });
    view! {
        <Screen title=feedback::HANDOVER way=true>
            <TopBar back=Tap::to(SupporterPlace::Circle(circle))><StateChip state=device::state() /></TopBar>
            {content}
        </Screen>
    }
}

fn filled(circle: CircleId, told: &Told, filling: RwSignal<Option<RecordId>>) -> AnyView {
    let day = told.handover.on.map(|day| full_day(on_day(day)));
    let when = day.unwrap_or_else(|| feedback::NO_DAY_YET.into());
    let points = told.points.iter().map(|(id, point)| point_view(circle, told, (*id, point), filling)).collect_view();
    let points = if told.points.is_empty() {
        view! { <p class="soft">{feedback::NO_POINTS_YET}</p> }.into_any()
    } else {
        view! { <ul class="points">{points}</ul> }.into_any()
    };
    let outing = told.handover.outing.clone().map(|outing| view! { <p>{feedback::outing(outing)}</p> });
    let (faces, means) = (head_faces(told), feedback::handover_means(&told.client));
    let (agreements, afterwards, floor) = (agreements(circle, told), afterwards(told), floor(circle, told));
    view! {
        <Main>
            <div class="row">
                {faces}
                <div class="fill"><h1 class="title">{feedback::HANDOVER}</h1><p class="soft">{when}</p></div>
            </div>
            <p>{means}</p>
            {points}
            {outing}
            {agreements}
            {afterwards}
        </Main>
        {floor}
    }
    .into_any()
}

fn head_faces(told: &Told) -> AnyView {
    let coach = told.coach.clone().map(|name| view! { {icon(Icon::FORWARD)} <Person name /> });
    view! { <span class="row"><Person name=told.client.clone() size=PersonSize::Small />{coach}</span> }.into_any()
}

/// What a point is about.
fn topic(told: &Told, topic: HandoverTopic) -> Text {
    match (topic, &told.coach) {
        (HandoverTopic::Card, _) => feedback::POINT_CARD.into(),
        (HandoverTopic::Reachable, Some(coach)) => feedback::point_reachable(coach),
        (HandoverTopic::Reachable, None) => feedback::POINT_COACH_REACHABLE.into(),
        (HandoverTopic::Disruption, _) => feedback::POINT_DISRUPTION.into(),
        (HandoverTopic::Fears, _) => feedback::POINT_FEARS.into(),
        (HandoverTopic::NextRoute, _) => feedback::POINT_NEXT_ROUTE.into(),
        (HandoverTopic::Other, _) => feedback::POINT_OTHER.into(),
    }
}

fn point_view(
    circle: CircleId,
    told: &Told,
    (id, point): (RecordId, &HandoverPoint),
    filling: RwSignal<Option<RecordId>>,
) -> AnyView {
    let title = topic(told, point.topic);
    let said = point.text.clone().map_or_else(|| feedback::NOT_FILLED_IN.into(), Text::from);
    let done = point.done.is_some();
    let mark = done.then(|| icon(Icon::CHECK));
    let state = if done { feedback::CLEAR } else { feedback::OPEN };
    let words = view! {
        <span class=if done { "box done" } else { "box" }>{mark}</span>
        <span class="fill"><b class="line">{title.clone()}</b><span class="soft line">{said}</span></span>
    };
    let head = if told.part == Part::Coach {
        let tick = move || {
            let (now, says) =
                if done { (None, feedback::POINT_OPEN) } else { (Some(device::now()), feedback::POINT_DONE) };
            keep(circle, vec![set(id, "done", now)], says.into());
        };
        let checked = if done { "true" } else { "false" };
        view! { <button type="button" role="checkbox" aria-checked=checked class="point fill" on:click=move |_| tick()>{words}</button> }
            .into_any()
    } else {
        view! { <div class="point fill">{words}<span class="for-voice">{state}</span></div> }.into_any()
    };
    let fills = told.part != Part::Other;
    let to_fill = fills.then(|| {
        let name = title.clone();
        let text = Text::live(move || feedback::fill_in(name.get()).get());
        let tap = move || filling.set(Some(id));
        view! { <Button text tap icon=Icon::PENCIL mark_only=true /> }
    });
    let text = point.text.clone().unwrap_or_default();
    let field = changing(move || {
        if fills && filling.get() == Some(id) {
            field(circle, id, title.clone(), &text, filling)
        } else {
            ().into_any()
        }
    });
    let crossed = told.crossed.iter().filter(|(of, _)| fills && *of == id);
    let crossed = crossed.map(|(_, text)| crossed_view(circle, id, text.clone())).collect_view();
    view! { <li class="stack"><div class="row">{head}{to_fill}</div>{crossed}{field}</li> }.into_any()
}

/// What another filled in at the same time, to take in place of what stands there. Either way it is settled.
fn crossed_view(circle: CircleId, id: RecordId, text: String) -> AnyView {
    let other = text.clone();
    let take = move || keep(circle, vec![set(id, "text", other.clone())], feedback::POINT_KEPT.into());
    view! {
        <Card tone=Tone::Problem>
            <p class="row"><span>{icon(Icon::SPLIT)}</span><span class="fill">{feedback::TWO_FILLED_IN}</span></p>
            <p class="strong">{text}</p>
            <div class="row"><Button text=feedback::TAKE_THIS size=Size::Tool tap=take /></div>
        </Card>
    }
    .into_any()
}

/// The field of one point. What is typed keeps itself until it is kept.
fn field(circle: CircleId, id: RecordId, label: Text, said: &str, filling: RwSignal<Option<RecordId>>) -> AnyView {
    let form = Form::of("handover", circle, id);
    let text = RwSignal::new(form.get("text").filter(|text| !text.is_empty()).unwrap_or_else(|| said.to_owned()));
    form.follow("text", move || text.get());
    let done = form.clone();
    let keep_it = move || {
        let words = text.get_untracked().trim().to_owned();
        keep(circle, vec![set(id, "text", (!words.is_empty()).then_some(words))], feedback::POINT_KEPT.into());
        done.done();
        filling.set(None);
    };
    let leave = move || {
        form.done();
        filling.set(None);
    };
    view! {
        <div class="stack">
            <TextArea label value=text on_input=move |now| text.set(now) rows=2 />
            <div class="row">
                <Button text=feedback::KEEP_POINT icon=Icon::CHECK tap=keep_it />
                <Button text=feedback::LEAVE_POINT appearance=Appearance::Plain tap=leave />
            </div>
        </div>
    }
    .into_any()
}

fn day(at: Millis) -> String {
    day_and_month(moment(at)).get()
}

/// What participant and OV-coach said.
fn agreements(circle: CircleId, told: &Told) -> AnyView {
    let client = if told.handover.agreed.is_some() {
        view! { <p class="row"><span class="fill">{feedback::client_agrees(&told.client)}</span>{icon(Icon::CHECK)}</p> }
    } else {
        view! { <p class="row"><span class="fill">{feedback::client_agrees_not_yet(&told.client)}</span></p> }
    };
    let id = told.id;
    let coach = match (told.handover.accepted, told.part, told.coach.clone()) {
        (Some(at), Part::Coach, _) => {
            let back = move || {
                keep(circle, vec![set(id, HANDOVER_ACCEPTED, None::<Millis>)], feedback::COACH_TAKEN_BACK.into());
            };
            let says = Text::live(move || feedback::you_are_coach(day(at)).get());
            view! {
                <p class="row"><span class="fill">{says}</span>{icon(Icon::CHECK)}</p>
                <div><Button text=feedback::AFTER_ALL_NOT size=Size::Tool icon=Icon::UNDO tap=back /></div>
            }
            .into_any()
        }
        (Some(at), _, Some(name)) => {
            let says = Text::live(move || feedback::they_are_coach(name.clone(), day(at)).get());
            view! { <p class="row"><span class="fill">{says}</span>{icon(Icon::CHECK)}</p> }.into_any()
        }
        (None, Part::Volunteer | Part::Other, Some(name)) => {
            view! { <p>{feedback::coach_says_it(name)}</p> }.into_any()
        }
        _ => ().into_any(),
    };
    view! { <Card>{client}{coach}</Card> }.into_any()
}

/// Who sees the travelling no longer afterwards.
fn afterwards(told: &Told) -> Option<AnyView> {
    let leave = told.leave.clone();
    (!leave.is_empty()).then(|| {
        let says = Text::live(move || feedback::see_no_longer(leave.len(), listed(&leave, language())).get());
        view! { <p class="small soft">{says}</p> }.into_any()
    })
}

/// The OV-coach's own word, once it is to be said.
fn floor(circle: CircleId, told: &Told) -> Option<AnyView> {
    let id = told.id;
    (told.part == Part::Coach && told.handover.accepted.is_none()).then(|| {
        let accept = move || {
            keep(circle, vec![set(id, HANDOVER_ACCEPTED, device::now())], feedback::COACH_NOTED.into());
        };
        view! { <Floor><Button text=feedback::BECOME_COACH tap=accept appearance=Appearance::Way icon=Icon::CHECK /></Floor> }
            .into_any()
    })
}
