//! Where the travel training of a client stands, on the phone of volunteer and carer: the line of its stages, whether it clicks, and the way
//! to the handover.

use opstap_core::model::{Practice, PracticeEnd, Stage, set};
use opstap_core::{CircleId, PersonId, RecordId};
use opstap_insight::{OnTheLine, TrajectoryStory, When};
use opstap_view::prelude::*;

use super::SupporterPlace;
use crate::components::{Button, Card, Icon, ListRow, Size, Tone, icon};
use crate::dates::{day_and_month, full_day, on_day};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::pages::shared::care::keep;
use crate::stories::trajectory::of_circle;
use crate::words::{Text, Word, feedback, training};

/// What there is to tell of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Training {
    story: TrajectoryStory,
    /// Whether this person is to say whether it clicks: the volunteer, after the first practice.
    asked: bool,
}

/// The trajectory that goes on in a circle; of several the one that was registered last.
async fn going_on(reader: &Reader) -> Option<TrajectoryStory> {
    of_circle(reader).await.into_iter().rfind(TrajectoryStory::goes_on)
}

/// Where the training of the circle stands; nothing where there is none, or none that this person may see.
pub async fn training_of(reader: &Reader) -> Option<Training> {
    let story = going_on(reader).await?;
    let me = device::me()?.id;
    let unsaid = story.trajectory.volunteer == Some(me) && story.trajectory.click_volunteer.is_none();
    let asked = unsaid && has_practised(reader, me, story.trajectory.route).await;
    Some(Training { story, asked })
}

/// Whether a practice of the route by this person ended; of any route while none is settled. Who takes over practised nothing yet.
async fn has_practised(reader: &Reader, me: PersonId, route: Option<RecordId>) -> bool {
    let ends = reader.all::<PracticeEnd>().await;
    let practices = reader.all::<Practice>().await;
    let is_of_it = |practice: RecordId| {
        practices.iter().any(|one| {
            one.id == practice && one.author == Some(me) && route.is_none_or(|route| one.value.route == route)
        })
    };
    ends.iter().filter_map(|end| end.parent).any(is_of_it)
}

/// Where the training stands, on the screen.
pub fn training_view(circle: CircleId, Training { story, asked }: &Training, name: Signal<String>) -> AnyView {
    let click = asked.then(|| click(circle, story.id, name));
    let (line, handover) = (line(story), handover(circle, story));
    let is_coach =
        story.handed_over().is_some() && device::me().is_some_and(|me| story.trajectory.coach == Some(me.id));
    let coach = is_coach.then(|| {
        let says = Text::live(move || training::you_are_coach(name.get()).get());
        view! { <p class="strong">{says}</p> }
    });
    view! { {coach} {line} {click} {handover} }.into_any()
}

/// The word of a stage.
const fn stage_word(stage: Stage) -> Word {
    match stage {
        Stage::Registration => feedback::STAGE_REGISTRATION,
        Stage::Intake => feedback::STAGE_INTAKE,
        Stage::Matching => feedback::STAGE_MATCHING,
        Stage::Practice => feedback::STAGE_PRACTICE,
        Stage::Handover => feedback::STAGE_HANDOVER,
        Stage::Alone => feedback::STAGE_ALONE,
        Stage::FollowUp => feedback::STAGE_FOLLOW_UP,
    }
}

/// The stages as dots on a line, and in words where it stands now.
fn line(story: &TrajectoryStory) -> AnyView {
    let all = story.line();
    let now = all.iter().find(|one| one.when == When::Now).copied();
    let says = Text::live(move || {
        let stage = stage_word(story_stage(now)).get();
        match now.and_then(|now| now.since) {
            Some(day) => feedback::stage_since(stage, day_and_month(on_day(day)).get()).get(),
            None => feedback::stage_now(stage).get(),
        }
    });
    let dots = all.into_iter().map(|OnTheLine { stage, when, .. }| {
        let (class, says): (_, fn(&'static str) -> Text) = match when {
            When::Past => ("past", |stage| feedback::stage_past(stage)),
            When::Now => ("now", |stage| feedback::stage_is_now(stage)),
            When::Ahead => ("ahead", |stage| feedback::stage_ahead(stage)),
        };
        let text = Text::live(move || says(stage_word(stage).get()).get());
        view! { <li class=class><span class="for-voice">{text}</span></li> }
    });
    view! {
        <div class="stages">
            <ol aria-label=feedback::TRAJECTORY>{dots.collect_view()}</ol>
            <p class="small soft">{says}</p>
        </div>
    }
    .into_any()
}

fn story_stage(now: Option<OnTheLine>) -> Stage {
    now.map_or(Stage::Registration, |now| now.stage)
}

/// The question to the volunteer, answered in one tap with a way back.
fn click(circle: CircleId, trajectory: RecordId, name: Signal<String>) -> AnyView {
    let question = Text::live(move || feedback::does_it_click(name.get()).get());
    let say = move |clicks: bool| {
        keep(circle, vec![set(trajectory, "click_volunteer", clicks)], feedback::CLICK_NOTED.into());
    };
    view! {
        <Card tone=Tone::Go>
            <p class="strong">{question}</p>
            <div class="row">
                <Button text=feedback::YES icon=Icon::CHECK size=Size::Tool tap=move || say(true) />
                <Button text=feedback::NO size=Size::Tool tap=move || say(false) />
            </div>
        </Card>
    }
    .into_any()
}

/// The way to the handover, once there is one.
fn handover(circle: CircleId, story: &TrajectoryStory) -> Option<AnyView> {
    let (_, handover) = story.handover.as_ref()?;
    let all = story.points.len();
    let done = story.points.iter().filter(|(_, point)| point.done.is_some()).count();
    let day = handover.on.map(|day| full_day(on_day(day)));
    let more = Text::live(move || {
        let day = day
            .as_ref()
            .map_or_else(|| feedback::NO_DAY_YET.get().to_owned(), |day| feedback::handover_day(day.get()).get());
        let points = (all > 0).then(|| feedback::points_clear(done, all).get());
        points.iter().fold(day, |said, points| [said.trim_end_matches('.'), points].join(", "))
    });
    let tap = Tap::to(SupporterPlace::Handover(circle, story.id));
    let lead = view! { <span class="well small">{icon(Icon::FLAG)}</span> }.into_any();
    let row = view! { <ListRow text=feedback::HANDOVER more lead tap>{icon(Icon::FORWARD)}</ListRow> };
    Some(view! { <ul class="list"><li>{row}</li></ul> }.into_any())
}
