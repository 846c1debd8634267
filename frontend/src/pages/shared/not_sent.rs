//! What is not sent yet. Everything is kept; sending goes by itself, and a button is there for whoever likes one.

use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::{Kind, Millis};
use opstap_view::prelude::*;

use super::HelpFloor;
use crate::components::{
    Bones, Button, Card, EmptyState, Icon, ListRow, LoadingBones, Main, Picture, Screen, Sentence, Source, StateChip,
    Tone, TopBar, Well, changing,
};
use crate::dates::{moment, near_day, spoken_moment};
use crate::device::{self, Link, Refused, Waiting};
use crate::event::Tap;
use crate::words::{Text, Word, shared};

/// How what was refused is shown; the other calls to read it anew.
pub type ShowRefused = fn(Vec<Refused>, Rc<dyn Fn()>) -> AnyView;

/// A client sees nothing of what was refused but whom to call.
pub fn call_somebody(refused: Vec<Refused>, _look: Rc<dyn Fn()>) -> AnyView {
    let card = (!refused.is_empty()).then(|| view! { <Card tone=Tone::Problem><p>{shared::CALL_SOMEBODY}</p></Card> });
    card.into_any()
}

/// The list.
#[component]
pub fn NotSent(show_refused: ShowRefused, help: HelpFloor) -> impl IntoView {
    let lists = RwSignal::new(None::<(Vec<Waiting>, Vec<Refused>)>);
    let look = move || {
        spawn_local(async move {
            let read = (device::waiting().await, device::refused().await);
            let _ = lists.try_set(Some(read));
        });
    };
    let state = device::state();
    Effect::new(move |_| {
        state.track();
        look();
    });
    let body = changing(move || match lists.get() {
        None => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
        Some((waiting, refused)) => {
            let problem = show_refused(refused, Rc::new(look));
            view! { {problem} {list(waiting, state.get().waiting)} }.into_any()
        }
    });
    let try_now = changing(move || match state.get().waiting {
        0 => ().into_any(),
        _ => view! { <Button text=shared::TRY_NOW icon=Icon::SEND wide=true tap=device::sync_now /> }.into_any(),
    });
    view! {
        <Screen title=shared::NOT_SENT_YET>
            <TopBar back=Tap::back()>
                <StateChip state />
            </TopBar>
            <Main>
                <Sentence text=how_many() title=true />
                {body}
                <p class="soft">{changing(link_says)}</p>
                {try_now}
            </Main>
            {help()}
        </Screen>
    }
}

/// "3 dingen nog niet verstuurd. Alles is bewaard."
fn how_many() -> Text {
    let state = device::state();
    Text::live(move || match state.get().waiting {
        0 => shared::ALL_SENT.get().to_owned(),
        count => [shared::waiting_things(count).get(), shared::ALL_KEPT.get().to_owned()].join(". "),
    })
}

fn link_says() -> AnyView {
    let says = match device::link().get() {
        Link::SignedOut => shared::SIGNED_OUT,
        Link::TooOld => shared::TOO_OLD,
        Link::Offline => shared::GOES_BY_ITSELF,
        Link::Unknown | Link::Online => return last_contact(),
    };
    says.get().into_any()
}

fn last_contact() -> AnyView {
    let Some(at) = device::last_contact().get() else { return ().into_any() };
    let (day, time) = (near_day(moment(at), moment(device::now())), spoken_moment(moment(at)));
    shared::last_contact(day.get(), time.get()).get().into_any()
}

/// What waits; `all` counts the photos too, which go after the words.
fn list(waiting: Vec<Waiting>, all: usize) -> AnyView {
    let photos = all.saturating_sub(waiting.len());
    if waiting.is_empty() && photos == 0 {
        return view! { <EmptyState picture="send-message" sentence=shared::NOTHING_WAITS /> }.into_any();
    }
    let now = moment(device::now());
    let rows = grouped(waiting.into_iter().rev().map(|one| (one.made, one.at)))
        .into_iter()
        .map(|(made, at, count)| view! { <li>{row(made, at, count, now)}</li> })
        .collect_view();
    let photos = (photos > 0).then(|| {
        let lead = view! { <Picture source=Source::from("camera") well=Well::Small /> }.into_any();
        view! { <li><ListRow text=shared::photos_wait(photos) lead /></li> }
    });
    view! { <ul class="list">{photos} {rows}</ul> }.into_any()
}

/// Things of one kind in a row become one row with a count: seven steps are seven taps, and one thing to a person.
fn grouped(things: impl Iterator<Item = (Option<Kind>, Millis)>) -> Vec<(Option<Kind>, Millis, usize)> {
    let mut groups: Vec<(Option<Kind>, Millis, usize)> = Vec::new();
    for (made, at) in things {
        match groups.last_mut() {
            Some((same, _, count)) if *same == made => *count += 1,
            _ => groups.push((made, at, 1)),
        }
    }
    groups
}

fn row(made: Option<Kind>, at: Millis, count: usize, now: f64) -> AnyView {
    let (word, picture) = shown(made);
    let (day, time) = (near_day(moment(at), now), spoken_moment(moment(at)));
    let more = Text::live(move || [day.get(), time.get()].join(", "));
    let lead = view! { <Picture source=Source::from(picture) well=Well::Small /> }.into_any();
    let times = (count > 1).then(|| view! { <span class="chip number">{count}</span> });
    view! { <ListRow text=word more lead>{times}</ListRow> }.into_any()
}

/// What an edit was about, in a word and a picture.
pub fn shown(made: Option<Kind>) -> (Word, &'static str) {
    match made {
        Some(Kind::Run | Kind::RunEnd) => (shared::KIND_RUN, "check-mark-button"),
        Some(Kind::StepEvent | Kind::StepHelp) => (shared::KIND_STEP_EVENT, "check-mark-button"),
        Some(Kind::RunPhoto) => (shared::KIND_PHOTO, "camera"),
        Some(Kind::RunFace | Kind::RunWord) => (shared::KIND_FACE, "face-good"),
        Some(Kind::BookEntry) => (shared::KIND_BOOK_ENTRY, "open-book"),
        Some(Kind::Message) => (shared::KIND_MESSAGE, "speech-balloon"),
        Some(Kind::Consent) => (shared::KIND_CONSENT, "locked"),
        Some(Kind::Plan | Kind::Step | Kind::Choice | Kind::Preferences | Kind::DaysOff) => (shared::KIND_PLAN, "memo"),
        Some(Kind::Route | Kind::Part | Kind::Goal | Kind::Stop) => (shared::KIND_ROUTE, "round-pushpin"),
        Some(Kind::Practice | Kind::GoalHelp | Kind::Situation | Kind::PracticeEnd) => (shared::KIND_PRACTICE, "metro"),
        Some(Kind::Feedback | Kind::FeedbackReply | Kind::FeedbackRead) => (shared::KIND_FEEDBACK, "memo"),
        Some(Kind::Arrival) => (shared::KIND_ARRIVAL, "round-pushpin"),
        Some(
            Kind::Trajectory
            | Kind::Intake
            | Kind::StageEntry
            | Kind::TrajectoryEnd
            | Kind::Handover
            | Kind::HandoverPoint
            | Kind::FollowUp
            | Kind::FollowUpAnswer,
        ) => (shared::KIND_TRAINING, "metro"),
        Some(
            Kind::Member
            | Kind::TimeSpent
            | Kind::Registration
            | Kind::RegistrationFollowUp
            | Kind::RegistrationTime
            | Kind::Volunteer
            | Kind::ProgrammeSettings
            | Kind::MatchRefused
            | Kind::Grant
            | Kind::Circumstances
            | Kind::Measurement
            | Kind::DomainAnswer
            | Kind::DomainGoal
            | Kind::GoalAction
            | Kind::GoalStep
            | Kind::Evaluation
            | Kind::Task
            | Kind::TaskHandover
            | Kind::Appointment
            | Kind::Note
            | Kind::AttentionMark
            | Kind::AttentionSettings
            | Kind::Group
            | Kind::GroupSession
            | Kind::GroupEnrolment
            | Kind::Attendance
            | Kind::Unknown(_),
        )
        | None => (shared::KIND_CHANGE, "pencil"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_of_one_kind_in_a_row_are_one_row() {
        let (step, face) = (Some(Kind::StepEvent), Some(Kind::RunFace));
        let things = [(face, Millis(9)), (step, Millis(8)), (step, Millis(7)), (face, Millis(6))];
        let rows = grouped(things.into_iter());
        assert_eq!(rows, [(face, Millis(9), 1), (step, Millis(8), 2), (face, Millis(6), 1)]);
    }
}
