//! The practice itself: part by part, goal by goal, one tap for how much help, with one thumb and without any network.

use opstap_core::model::{self, GoalHelp, HelpLevel, Model, Practice};
use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::{SupporterPlace, means};
use crate::components::{
    Appearance, Bones, Button, EmptyState, Floor, HelpLevels, HelpMark, Icon, LoadingBones, Main, Picture, Screen,
    Size, StateChip, TopBar, Well, icon,
};
use crate::device::{self, Entry, Reader, watch};
use crate::event::Tap;
use crate::stories::{self, route::PartOfRoute};
use crate::words::{Text, feedback, practice};

/// A goal and the answer that counts for it now.
#[derive(Clone, PartialEq, Eq)]
struct GoalNow {
    id: RecordId,
    text: String,
    answer: Option<(RecordId, HelpLevel)>,
    /// It went by itself so often in a row that it is learned.
    learned: bool,
}

#[derive(Clone, PartialEq, Eq)]
struct PartNow {
    part: PartOfRoute,
    goals: Vec<GoalNow>,
}

#[derive(Clone, PartialEq, Eq)]
struct Told {
    number: usize,
    parts: Vec<PartNow>,
}

/// The answer that counts: the last one that no other replaces.
fn answer(goal: RecordId, answers: &[Entry<GoalHelp>]) -> Option<(RecordId, HelpLevel)> {
    let replaced = |id: RecordId| answers.iter().any(|other| other.value.replaces == Some(id));
    let mut of_goal = answers.iter().filter(|answer| answer.value.goal == goal && !replaced(answer.id));
    of_goal.next_back().map(|answer| (answer.id, answer.value.help))
}

async fn tell(reader: Reader, id: RecordId) -> Option<Told> {
    let found = reader.one::<Practice>(id).await?;
    let route = found.value.route;
    let all = stories::route::practices(&reader, route).await;
    let number = all.len() - all.iter().position(|told| told.practice.id == id).unwrap_or(0);
    let parts = stories::route::parts(&reader, route).await;
    let help = stories::route::help(&parts, &all);
    let is_learned = |goal: RecordId| {
        let mut rows = help.parts.iter().flat_map(|part| &part.goals);
        rows.any(|row| row.goal == goal && row.is_learned())
    };
    let answers = stories::route::one_practice(&reader, found).await.help;
    let parts = parts.into_iter().map(|part| {
        let goals = part.goals.iter().map(|goal| GoalNow {
            id: goal.id,
            text: goal.value.text.clone(),
            answer: answer(goal.id, &answers),
            learned: is_learned(goal.id),
        });
        PartNow { goals: goals.collect(), part }
    });
    Some(Told { number, parts: parts.collect() })
}

/// Where the volunteer is in the practice.
#[derive(Clone, Copy)]
struct At {
    circle: CircleId,
    practice: RecordId,
    part: RwSignal<usize>,
    /// The goal that was tapped; else the first without an answer.
    goal: RwSignal<Option<RecordId>>,
}

impl At {
    fn current(self, part: &PartNow) -> Option<GoalNow> {
        let tapped = self.goal.get();
        let by_tap = part.goals.iter().find(|goal| Some(goal.id) == tapped);
        by_tap.or_else(|| part.goals.iter().find(|goal| goal.answer.is_none())).cloned()
    }

    fn choose(self, goal: &GoalNow, help: HelpLevel) {
        let replaces = goal.answer.map(|(id, _)| id);
        let log = GoalHelp { goal: goal.id, help, at: device::now(), replaces };
        let change = log.make_below(device::new_id(), self.practice);
        device::keep(self.circle, vec![change]);
        self.goal.set(None);
    }

    fn to_part(self, place: usize) {
        self.part.set(place);
        self.goal.set(None);
    }
}

/// A practice under way.
#[component]
pub fn PracticePage(circle: CircleId, id: RecordId) -> impl IntoView {
    let told = watch(circle, move |reader| tell(reader, id));
    let at = At { circle, practice: id, part: RwSignal::new(0), goal: RwSignal::new(None) };
    // Coming back, perhaps after the browser was closed, goes on where answers are still missing.
    let resumed = StoredValue::new(false);
    Effect::new(move |_| {
        if let Some(Some(told)) = told.get()
            && !resumed.get_value()
        {
            resumed.set_value(true);
            let unanswered = |part: &PartNow| part.goals.iter().any(|goal| goal.answer.is_none());
            at.part.set(told.parts.iter().position(unanswered).unwrap_or(0));
        }
    });
    let title = Text::live(move || {
        let number = told.get().flatten().map_or(0, |told| told.number);
        practice::practice_number(number.to_string()).get()
    });
    let content = move || match told.get() {
        None => view! { <Main><LoadingBones shape=Bones::Rows(4) /></Main> }.into_any(),
        Some(None) => view! { <Main><EmptyState picture="world-map" sentence=practice::NOT_FOUND /></Main> }.into_any(),
        Some(Some(told)) => filled(at, told),
    };
    view! {
        <Screen title=title.clone() way=true>
            <TopBar back=Tap::to(SupporterPlace::Circle(circle)) back_text=title>
                <StateChip state=device::state() />
            </TopBar>
            {content}
        </Screen>
    }
}

fn filled(at: At, told: Told) -> AnyView {
    let place = at.part.get().min(told.parts.len().saturating_sub(1));
    let Some(part) = told.parts.get(place) else {
        return view! { <Main><EmptyState picture="world-map" sentence=practice::NO_ROUTES_YET /></Main> }.into_any();
    };
    let tabs = told.parts.iter().enumerate().map(|(index, part)| tab(at, index, index == place, part)).collect_view();
    let current = at.current(part);
    let rows = part.goals.iter().map(|goal| row(at, goal, current.as_ref() == Some(goal))).collect_view();
    let finish = Tap::to(SupporterPlace::Finish(at.circle, at.practice));
    let of = part.part.part.value.clone();
    // While goals wait the floor is for the answers; whoever stops early finds the end below the goals.
    let early = || view! { <Button text=practice::FINISH tap=finish.clone() appearance=Appearance::Quiet /> };
    let (early, act) = match current {
        Some(goal) => (Some(early()), levels(at, goal)),
        None if place + 1 < told.parts.len() => (Some(early()), onward(at, place, &told, finish.clone())),
        None => (None, onward(at, place, &told, finish.clone())),
    };
    view! {
        <Main>
            <nav class="parts" aria-label=practice::ROUTE_PARTS>{tabs}</nav>
            <div><h1 class="title">{of.title.clone()}</h1>{means::more(&of).map(|more| view! { <p class="soft">{more}</p> })}</div>
            <ul class="goal-list">{rows}</ul>
            <div class="row">{early}</div>
        </Main>
        <Floor>{act}</Floor>
    }
    .into_any()
}

fn tab(at: At, index: usize, current: bool, part: &PartNow) -> AnyView {
    let of = &part.part.part.value;
    let done = !part.goals.is_empty() && part.goals.iter().all(|goal| goal.answer.is_some());
    let source = means::pictogram(of.means);
    view! {
        <button
            type="button"
            class=if done { "part done" } else { "part" }
            aria-current=current.then_some("step")
            aria-label=of.title.clone()
            on:click=move |_| at.to_part(index)
        >
            <Picture source well=Well::Small />
            <span>{means::short(of)}</span>
        </button>
    }
    .into_any()
}

fn row(at: At, goal: &GoalNow, current: bool) -> AnyView {
    let id = goal.id;
    let level = goal.answer.map(|(_, help)| help);
    let circle = at.circle;
    let learned = goal.learned.then(|| {
        view! { <span class="chip learned">{icon(Icon::STAIRS)}<span>{feedback::GOAL_LEARNED}</span></span> }
    });
    let undo = goal.answer.map(|(answer, _)| {
        let take_back = move || device::keep(circle, vec![model::delete(answer)]);
        view! {
            <Button text=practice::UNDO_ANSWER tap=take_back appearance=Appearance::Quiet size=Size::Tool icon=Icon::UNDO mark_only=true />
        }
    });
    view! {
        <li class=if current { "goal current" } else { "goal" }>
            <button type="button" aria-current=current.then_some("true") on:click=move |_| at.goal.set(Some(id))>
                <HelpMark level />
                <span class="words"><span class="line">{goal.text.clone()}</span>{learned}</span>
            </button>
            {undo}
        </li>
    }
    .into_any()
}

fn levels(at: At, goal: GoalNow) -> AnyView {
    let chosen = Signal::stored(goal.answer.map(|(_, help)| help));
    view! {
        <div class="under-thumb">
            <p><b>{goal.text.clone()}</b> " " <span class="soft small">{practice::HOW_MUCH_HELP}</span></p>
            <HelpLevels chosen on_choose=move |help| at.choose(&goal, help) />
        </div>
    }
    .into_any()
}

fn onward(at: At, place: usize, told: &Told, finish: Tap) -> AnyView {
    match told.parts.get(place + 1) {
        Some(next) => {
            let text = practice::next_part(means::short(&next.part.part.value).get());
            let go = move || at.to_part(place + 1);
            view! { <Button text tap=go appearance=Appearance::Way icon=Icon::FORWARD /> }.into_any()
        }
        None => {
            view! { <Button text=practice::FINISH tap=finish appearance=Appearance::Way icon=Icon::CHECK /> }.into_any()
        }
    }
}
