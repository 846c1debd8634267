//! What a client can be proud of: what went by itself this week, what is done without a plan, and saying so.

use opstap_core::model::{Picture as Shown, Plan, set};
use opstap_core::{CircleId, Millis, RecordId};
use opstap_insight::{in_a_row, went_by_oneself};
use opstap_view::prelude::*;

use super::{ClientPlace, number};
use crate::companion::CompanionPlace;
use crate::components::{
    Button, Icon, ListRow, Picture, ProudStairs, SayButton, Toast, Well, changing, clear_toast, icon, show_toast,
};
use crate::dates::{full_day, moment, week_start};
use crate::device::{self, Entry, Reader};
use crate::event::Tap;
use crate::navigation::go_to;
use crate::pages::shared::undoing;
use crate::stories::{self, run::latest_of, run::runs_since};
use crate::words::{Text, client};

/// A plan to be proud of.
#[derive(Clone, PartialEq)]
struct Line {
    plan: RecordId,
    title: String,
    picture: Option<Shown>,
    /// How often it went by itself this week.
    times: usize,
    /// Since when it is done without the plan.
    since: Option<Millis>,
}

async fn read(reader: Reader) -> Vec<Line> {
    let told = runs_since(&reader, week_start(device::now())).await;
    let told: Vec<_> = told.into_iter().map(|told| told.story).collect();
    let went = went_by_oneself(&told);
    let line = |plan: Entry<Plan>| {
        let times = went.iter().find(|(went, _)| *went == plan.id).map_or(0, |(_, times)| *times);
        let since = plan.value.mastered();
        let (title, picture) = (plan.value.title, plan.value.picture);
        (times > 0 || since.is_some()).then_some(Line { plan: plan.id, title, picture, times, since })
    };
    let mut lines: Vec<_> = stories::plans(&reader).await.into_iter().filter_map(line).collect();
    stories::sort_by(&mut lines, |a, b| (a.times, a.since) < (b.times, b.since));
    lines
}

/// This week, and what is done without a plan; nothing where there is none.
#[component]
pub fn Pride(circle: CircleId) -> impl IntoView {
    let lines = device::watch(circle, read);
    changing(move || {
        let lines = lines.get().unwrap_or_default();
        let went: Vec<_> = lines.iter().filter(|line| line.times > 0).cloned().collect();
        let mastered: Vec<_> = lines.into_iter().filter_map(|line| Some((line.since?, line))).collect();
        view! {
            {(!went.is_empty()).then(|| week(circle, went))}
            {(!mastered.is_empty()).then(|| without_a_plan(circle, mastered))}
        }
        .into_any()
    })
}

/// "drie keer zelf".
fn times(count: usize) -> Text {
    client::times_by_oneself(count, number(count).to_ascii_lowercase())
}

fn week(circle: CircleId, went: Vec<Line>) -> AnyView {
    let pictograms =
        went.iter().rev().flat_map(|went| std::iter::repeat_n(pictogram(went.picture.as_ref()), went.times));
    let pictograms = pictograms.collect::<Vec<_>>();
    let lines: Vec<_> = went.iter().map(|went| (went.title.clone(), went.times)).collect();
    let said = Text::live(move || {
        let line = |(title, count): &(String, usize)| format!("{title}: {}.", times(*count).get());
        let lines: Vec<_> = lines.iter().map(line).collect();
        [client::THIS_WEEK.get(), &lines.join(" ")].join(". ")
    });
    let rows = went
        .into_iter()
        .map(|Line { title, picture, times: count, .. }| {
            let lead = view! { <Picture source=device::picture(circle, picture) well=Well::Small /> }.into_any();
            view! { <li><ListRow text=Text::from(title) more=times(count) lead /></li> }
        })
        .collect_view();
    view! {
        <section class="pride">
            <div class="say"><h2>{client::THIS_WEEK}</h2><SayButton text=said /></div>
            <ProudStairs pictograms label=client::THIS_WEEK />
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// What stands on a tread of the stairs.
pub fn pictogram(picture: Option<&Shown>) -> String {
    match picture {
        Some(Shown::Pictogram(name)) => name.clone(),
        _ => "check-mark-button".to_owned(),
    }
}

fn without_a_plan(circle: CircleId, mastered: Vec<(Millis, Line)>) -> AnyView {
    let rows = mastered
        .into_iter()
        .map(|(since, Line { plan, title, picture, .. })| {
            let lead = view! { <Picture source=device::picture(circle, picture) well=Well::Small /> }.into_any();
            let tap = Tap::to(CompanionPlace::from(ClientPlace::Mastered(plan)));
            view! { <li><ListRow text=Text::from(title) more=day_of(since) lead tap>{icon(Icon::FORWARD)}</ListRow></li> }
        })
        .collect_view();
    view! { <h2>{client::CAN_MYSELF}</h2> <ul class="list">{rows}</ul> }.into_any()
}

/// "sinds dinsdag 24 november".
pub fn day_of(since: Millis) -> Text {
    let day = full_day(moment(since));
    Text::live(move || client::since_day(day.get()).get())
}

/// What a plan asks before it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asks {
    /// Nothing.
    Nothing,
    /// It went by itself so often in a row.
    AfterTimes(usize),
    /// Somebody thinks the client can do it alone; who, where that is known.
    ThinksSo(Option<String>),
    /// The client said so, and waits for another's word.
    Said,
    /// Both said so.
    Mastered,
}

fn asks(plan: &Plan, in_a_row: usize, supporter: Option<String>) -> Asks {
    match (plan.mastered_by_client, plan.mastered_by_supporter) {
        (Some(_), Some(_)) => Asks::Mastered,
        (Some(_), None) => Asks::Said,
        (None, Some(_)) => Asks::ThinksSo(supporter),
        (None, None) if in_a_row >= plan.times_in_a_row() => Asks::AfterTimes(plan.times_in_a_row()),
        (None, None) => Asks::Nothing,
    }
}

async fn read_asks(reader: Reader, plan: RecordId) -> Asks {
    let Some(plan) = reader.one::<Plan>(plan).await else { return Asks::Nothing };
    let latest = latest_of(&reader, plan.id, plan.value.times_in_a_row() + 1).await;
    // "Nog niet" of a supporter counts anew from there, as it does for them.
    let mut decided = None;
    let latest: Vec<_> = latest.into_iter().map(|told| told.story).collect();
    let mut supporter = None;
    if let Some(cell) = plan.record.cells.get("mastered_by_supporter") {
        decided = Some(cell.stamp.millis);
        if let Some(person) = reader.person_of(cell.stamp).await {
            let name = stories::name_of(&stories::members(&reader).await, person);
            supporter = Some(name).filter(|name| !name.is_empty());
        }
    }
    asks(&plan.value, in_a_row(&latest, decided), supporter)
}

/// "Dit kan ik nu zelf", where a plan is ready for it. Nothing of it is final.
#[component]
pub fn OwnWord(circle: CircleId, plan: RecordId) -> impl IntoView {
    let read = device::watch(circle, move |reader| read_asks(reader, plan));
    changing(move || {
        let (says, button) = match read.get() {
            None | Some(Asks::Nothing) => return ().into_any(),
            Some(Asks::AfterTimes(count)) => {
                (client::went_in_a_row(count, number(count).to_ascii_lowercase()), say(circle, plan, false))
            }
            Some(Asks::ThinksSo(name)) => {
                let says = name.map_or_else(|| client::SOMEBODY_THINKS_SO.into(), client::thinks_so);
                (says, say(circle, plan, true))
            }
            Some(Asks::Said) => {
                let tap = move || take_back(circle, plan);
                let button = view! { <Button text=client::NOT_AFTER_ALL icon=Icon::UNDO tap /> };
                (client::YOU_SAID_SO.into(), button.into_any())
            }
            Some(Asks::Mastered) => {
                let tap = Tap::to(CompanionPlace::from(ClientPlace::Mastered(plan)));
                (client::CAN_MYSELF.into(), view! { <Button text=client::LOOK icon=Icon::STAIRS tap /> }.into_any())
            }
        };
        view! {
            <div class="card proud"><div class="stack">
                <div class="say"><p>{says.clone()}</p><SayButton text=says /></div>
                {button}
            </div></div>
        }
        .into_any()
    })
}

/// The client says it. With the other's word there it is celebrated, else it waits for that.
fn say(circle: CircleId, plan: RecordId, agreed: bool) -> AnyView {
    let tap = move || {
        clear_toast();
        device::keep_and(circle, vec![set(plan, "mastered_by_client", device::now())], move || {
            if agreed {
                go_to(CompanionPlace::from(ClientPlace::Mastered(plan)));
            } else {
                let back = move || undoing::take_back(circle, vec![set(plan, "mastered_by_client", None::<Millis>)]);
                show_toast(Toast::new(client::YOU_SAID_SO).with_undo(back));
            }
        });
    };
    view! { <Button text=client::CAN_MYSELF_NOW icon=Icon::STAIRS tap /> }.into_any()
}

/// The client takes the own word back; with that the plan is there as before.
pub fn take_back(circle: CircleId, plan: RecordId) {
    let again = move || undoing::take_back(circle, vec![set(plan, "mastered_by_client", device::now())]);
    clear_toast();
    device::keep_and(circle, vec![set(plan, "mastered_by_client", None::<Millis>)], move || {
        show_toast(Toast::new(client::PLAN_IS_BACK).with_undo(again));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_asks_after_so_many_times_in_a_row_and_tells_what_was_said() {
        let plan = |client: Option<u64>, supporter: Option<u64>| Plan {
            mastered_by_client: client.map(Millis),
            mastered_by_supporter: supporter.map(Millis),
            ..Plan::titled("Opstaan")
        };
        assert_eq!(asks(&plan(None, None), 2, None), Asks::Nothing);
        assert_eq!(asks(&plan(None, None), 3, None), Asks::AfterTimes(3));
        assert_eq!(asks(&plan(None, Some(1)), 0, Some("Tim".into())), Asks::ThinksSo(Some("Tim".into())));
        assert_eq!(asks(&plan(Some(1), None), 9, None), Asks::Said);
        assert_eq!(asks(&plan(Some(1), Some(2)), 9, None), Asks::Mastered);
    }
}
