//! One task: whose it is, who was asked, and what whoever looks can say on it.

use opstap_core::model::{HandoverAct, Member, Model, TaskHandover, set};
use opstap_core::{Change, CircleId, PersonId, RecordId};
use opstap_insight::{TaskStory, TaskWord};
use opstap_view::prelude::*;

use super::{helpers, is_me, name};
use crate::components::{Appearance, Button, Field, Icon, Select, Size, changing};
use crate::dates::{full_day, moment, near_today, on_day};
use crate::device::{self, Entry};
use crate::event::Tap;
use crate::pages::shared::care::keep;
use crate::words::{Text, Word, arranged, shared};

/// A word on a task by whoever holds this device.
pub(super) fn says(task: RecordId, act: HandoverAct, to: Option<PersonId>, word: &str) -> Change {
    let word = word.trim();
    let word = (!word.is_empty()).then(|| word.to_owned());
    TaskHandover { act, at: device::now(), to, word }.make_below(device::new_id(), task)
}

/// The row.
pub(super) fn task(circle: CircleId, story: TaskStory, members: &[Entry<Member>]) -> AnyView {
    let id = story.id;
    let asking = RwSignal::new(false);
    let say = move |act, said: Word| move || keep(circle, vec![says(id, act, None, "")], said.into());
    let button = |text: Word, icon: Icon, tap: Tap| view! { <Button text icon size=Size::Tool tap /> }.into_any();
    let asked = story.asked.iter().find(|asked| is_me(asked.who));
    let mine = story.with.is_some_and(|(who, _)| is_me(who));
    let done = move || keep(circle, vec![set(id, "ended", device::now())], arranged::TASK_DONE.into());
    let mut acts = Vec::new();
    if !mine {
        acts.push(button(arranged::I_DO_IT, Icon::CHECK, say(HandoverAct::TakenOn, arranged::NOW_YOURS).into()));
    }
    if asked.is_some() {
        acts.push(button(arranged::NOT_ME, Icon::CROSS, say(HandoverAct::Declined, arranged::NOT_YOURS).into()));
    }
    if mine {
        acts.push(button(arranged::IS_DONE, Icon::CHECK, done.into()));
        acts.push(button(arranged::I_STOP, Icon::STOP, say(HandoverAct::Stopped, arranged::YOU_STOPPED).into()));
    }
    if asked.is_none() {
        acts.push(button(arranged::ASK_ANOTHER, Icon::PERSON, (move || asking.set(true)).into()));
    }
    let has = story.with.map(|(who, _)| who);
    let others: Vec<_> = helpers(members).into_iter().filter(|(who, _)| !is_me(*who) && Some(*who) != has).collect();
    let ask = changing(move || {
        let form = asking.get().then(|| ask_another(circle, id, others.clone(), asking));
        form.into_any()
    });
    let lines = lines(&story, members).into_iter().map(|line| view! { <span class="soft small">{line}</span> });
    view! {
        <div class="stack task">
            <div class="stack"><b>{story.task.title.clone()}</b>{lines.collect_view()}</div>
            <div class="row">{acts}</div>
            {ask}
            {past(&story.words, members)}
        </div>
    }
    .into_any()
}

/// Whose it is, who was asked and what they were told, by when.
fn lines(story: &TaskStory, members: &[Entry<Member>]) -> Vec<Text> {
    let mut lines = Vec::new();
    for asked in &story.asked {
        lines.push(match asked.by {
            Some(by) if is_me(asked.who) => arranged::asks_you(name(members, Some(by))),
            None if is_me(asked.who) => arranged::SOMEBODY_ASKS.into(),
            _ => arranged::asked_waits(name(members, Some(asked.who))),
        });
        lines.extend(asked.word.clone().map(Text::from));
    }
    lines.push(match story.with {
        Some((who, since)) if is_me(who) => {
            let day = near_today(moment(since));
            Text::live(move || arranged::you_do_it(day.get()).get())
        }
        Some((who, _)) => arranged::does_it(name(members, Some(who))),
        None => arranged::NOBODY_DOES_IT.into(),
    });
    // Of those who said no only the last word counts for whoever wants to ask another.
    if let Some(TaskWord { by, handover, .. }) = story.words.last() {
        lines.extend((handover.act == HandoverAct::Declined).then(|| arranged::declined_by(name(members, *by))));
    }
    if let Some(due) = story.task.due {
        let day = full_day(on_day(due));
        lines.push(Text::live(move || arranged::due_by(day.get()).get()));
    }
    lines
}

fn ask_another(circle: CircleId, task: RecordId, others: Vec<(PersonId, String)>, asking: RwSignal<bool>) -> AnyView {
    let first = others.first().map(|(who, _)| who.to_string()).unwrap_or_default();
    let (whom, word) = (RwSignal::new(first.clone()), RwSignal::new(String::new()));
    let choices = others.iter().map(|(who, name)| (who.to_string(), Text::from(name.clone()))).collect();
    let send = move || {
        let chosen = others.iter().find(|(who, _)| who.to_string() == whom.get_untracked());
        let Some((who, name)) = chosen else { return };
        let asked = says(task, HandoverAct::Asked, Some(*who), &word.get_untracked());
        keep(circle, vec![asked], arranged::was_asked(name.clone()));
        asking.set(false);
    };
    view! {
        <div class="stack">
            <Select label=arranged::ASK_WHOM choices chosen=first on_choose=move |who| whom.set(who) />
            <Field label=arranged::A_WORD_WITH_IT value=word on_input=move |said| word.set(said) />
            <div class="row">
                <Button text=arranged::ASK icon=Icon::SEND size=Size::Tool tap=send />
                <Button text=shared::CANCEL size=Size::Tool appearance=Appearance::Plain tap=move || asking.set(false) />
            </div>
        </div>
    }
    .into_any()
}

/// All that was said, behind a line of its own: how a task came to whom it is with.
fn past(words: &[TaskWord], members: &[Entry<Member>]) -> Option<AnyView> {
    if words.is_empty() {
        return None;
    }
    let rows = words.iter().rev().map(|TaskWord { by, handover, .. }| {
        let by = name(members, *by);
        let said = match handover.act {
            HandoverAct::Asked => arranged::word_asked(by, name(members, handover.to)),
            HandoverAct::TakenOn => arranged::word_taken_on(by),
            HandoverAct::Declined => arranged::word_declined(by),
            HandoverAct::Stopped => arranged::word_stopped(by),
        };
        let (day, word) = (near_today(moment(handover.at)), handover.word.clone());
        let line = Text::live(move || {
            let parts = [day.get(), said.get()].into_iter().chain(word.clone());
            parts.collect::<Vec<_>>().join(", ")
        });
        view! { <li class="small">{line}</li> }.into_any()
    });
    let rows = rows.collect_view();
    Some(view! { <details><summary>{arranged::PAST_WORDS}</summary><ul class="stack">{rows}</ul></details> }.into_any())
}
