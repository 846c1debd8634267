//! The enquiries after a training: which are due, asked by telephone with a form, and the answers so far as a table.

use opstap_core::RecordId;
use opstap_core::model::{FollowUpAnswer, Model, SpecialTransport};
use opstap_insight::FollowUpStory;
use opstap_view::prelude::*;

use super::course::{Course, today};
use super::named;
use crate::components::desk::Table;
use crate::components::{Appearance, Button, Field, Icon, Select, Size, TextArea, changing};
use crate::dates::{as_date, day_and_month, from_date, on_day};
use crate::device;
use crate::pages::shared::editing::fields::asked;
use crate::pages::shared::in_pictures::{COACH, FEARS, REASONS, in_words};
use crate::words::{Text, Word, shared, training};

/// The enquiries of one trajectory.
pub fn follow_up(course: Course) -> AnyView {
    let all = Memo::new(move |_| course.told(|story| story.follow_ups.clone()).unwrap_or_default());
    let asking = RwSignal::new(None::<RecordId>);
    changing(move || {
        if all.with(Vec::is_empty) {
            return view! {
                <section class="stack"><h2>{training::PART_FOLLOW_UP}</h2><p>{training::NO_FOLLOW_UPS}</p></section>
            }
            .into_any();
        }
        let rows = all.get().into_iter().map(|one| due_row(one, asking)).collect_view();
        view! {
            <section class="stack">
                <h2>{training::PART_FOLLOW_UP}</h2>
                <ul class="list">{rows}</ul>
            </section>
            {changing(move || asking.get().map(|id| form(course, all, asking, id)).into_any())}
            {answers(&all.get())}
        }
        .into_any()
    })
}

/// How an enquiry stands: asked, due, overdue or to come.
pub fn stands(one: &FollowUpStory) -> Text {
    let (today, due) = (today(), one.follow_up.due);
    match (&one.answer, one.days_overdue(today)) {
        (Some((_, answer)), _) => {
            let on = day_and_month(on_day(answer.on));
            Text::live(move || training::asked_on(on.get()).get())
        }
        (None, Some(days)) => training::overdue(usize::try_from(days).unwrap_or(usize::MAX)),
        (None, None) if due == today => training::DUE_TODAY.into(),
        (None, None) => {
            let on = day_and_month(on_day(due));
            Text::live(move || training::due_on(on.get()).get())
        }
    }
}

/// "na 3 maanden".
pub fn after(months: u32) -> Text {
    training::after_months(usize::try_from(months).unwrap_or(usize::MAX))
}

fn due_row(one: FollowUpStory, asking: RwSignal<Option<RecordId>>) -> AnyView {
    let id = one.id;
    let is_due = one.follow_up.due <= today();
    let (text, icon) = match (&one.answer, is_due) {
        (Some(_), _) => (training::CORRECT, Icon::PENCIL),
        (None, true) => (training::ASK_BY_PHONE, Icon::PHONE),
        (None, false) => (training::ASK_EARLIER, Icon::PHONE),
    };
    let appearance = if one.answer.is_none() && is_due { Appearance::Primary } else { Appearance::Quiet };
    let late = one.days_overdue(today()).is_some();
    view! {
        <li class="list-row">
            <span class="words"><b>{after(one.follow_up.months)}</b></span>
            <span class=if late { "chip problem" } else { "soft" }>{stands(&one)}</span>
            <Button text icon appearance size=Size::Tool tap=move || asking.set(Some(id)) />
        </li>
    }
    .into_any()
}

/// Why special transport, as it was chosen in pictures and said.
fn why(answer: &FollowUpAnswer) -> Option<String> {
    in_words(&REASONS, answer.why_chosen, answer.why.as_ref())
}

/// What is frightening.
fn fears(answer: &FollowUpAnswer) -> Option<String> {
    in_words(&FEARS, answer.fears_chosen, answer.fears.as_ref())
}

/// What the OV-coach does.
fn coach(answer: &FollowUpAnswer) -> Option<String> {
    in_words(&COACH, answer.coach_chosen, answer.coach.as_ref())
}

/// What is heard by telephone, before it is kept.
#[derive(Clone, Copy)]
struct Heard {
    on: RwSignal<String>,
    travels: RwSignal<Option<bool>>,
    other_routes: RwSignal<Option<bool>>,
    special: RwSignal<Option<SpecialTransport>>,
    why: RwSignal<String>,
    fears: RwSignal<String>,
    coach: RwSignal<String>,
}

impl Heard {
    /// Nothing yet, or what was heard before and is corrected.
    fn from(before: Option<&FollowUpAnswer>) -> Self {
        // What was chosen in pictures stands here in words, to be corrected as such.
        let words = |of: fn(&FollowUpAnswer) -> Option<String>| RwSignal::new(before.and_then(of).unwrap_or_default());
        Self {
            on: RwSignal::new(as_date(before.map_or_else(today, |before| before.on))),
            travels: RwSignal::new(before.and_then(|before| before.travels)),
            other_routes: RwSignal::new(before.and_then(|before| before.other_routes)),
            special: RwSignal::new(before.and_then(|before| before.special)),
            why: words(why),
            fears: words(fears),
            coach: words(coach),
        }
    }

    /// The answer, once there is one.
    fn answer(self, replaces: Option<RecordId>) -> Option<FollowUpAnswer> {
        let words = |text: RwSignal<String>| Some(text.get().trim().to_owned()).filter(|text| !text.is_empty());
        let answer = FollowUpAnswer {
            by_phone: Some(true),
            travels: self.travels.get(),
            other_routes: self.other_routes.get(),
            special: self.special.get(),
            why: words(self.why),
            fears: words(self.fears),
            coach: words(self.coach),
            replaces,
            ..FollowUpAnswer::asked_on(from_date(&self.on.get())?)
        };
        let says_something = answer.travels.is_some() || answer.other_routes.is_some() || answer.special.is_some();
        says_something.then_some(answer)
    }
}

fn form(course: Course, all: Memo<Vec<FollowUpStory>>, asking: RwSignal<Option<RecordId>>, id: RecordId) -> AnyView {
    let one = all.with_untracked(|all| all.iter().find(|one| one.id == id).cloned());
    let Some(one) = one else { return ().into_any() };
    let heard = Heard::from(one.answer.as_ref().map(|(_, answer)| answer));
    let replaces = one.answer.as_ref().map(|(id, _)| *id);
    let nothing = Signal::derive(move || heard.answer(replaces).is_none());
    let keep = move || {
        let Some(answer) = untrack(|| heard.answer(replaces)) else { return };
        asking.set(None);
        let made = vec![answer.make_below(device::new_id(), id)];
        course.work.say_what_was_done(training::DONE_ANSWER, made, training::ANSWER_KEPT.into(), None);
    };
    let special = Memo::new(move |_| heard.special.get().map(SpecialTransport::code).unwrap_or_default());
    let choices = move || {
        let none = (String::new(), Text::from(training::NOT_ASKED));
        let all = SpecialTransport::ALL.iter().map(|one| (one.code().to_owned(), Text::from(named::special(*one))));
        [none].into_iter().chain(all).collect()
    };
    let choose = move |code: String| heard.special.set(SpecialTransport::from_code(&code));
    let typed = |label: Word, text: RwSignal<String>| {
        view! { <TextArea label value=text rows=2 on_input=move |typed| text.set(typed) /> }.into_any()
    };
    view! {
        <section class="stack form sheet">
            <h2>{after(one.follow_up.months)}</h2>
            <Field label=training::ASKED_ON_DAY kind="date" value=heard.on on_change=move |day| heard.on.set(day) />
            {asked(training::STILL_TRAVELS, heard.travels.into(), move |yes| heard.travels.set(yes))}
            {asked(training::OTHER_ROUTES, heard.other_routes.into(), move |yes| heard.other_routes.set(yes))}
            {changing(move || view! { <Select label=training::SPECIAL choices=choices() chosen=special.get() on_choose=choose /> }.into_any())}
            {typed(training::SPECIAL_WHY, heard.why)}
            {typed(training::FEARS, heard.fears)}
            {typed(training::COACH_DOES, heard.coach)}
            <div class="row">
                <Button text=shared::SAVE icon=Icon::CHECK appearance=Appearance::Primary disabled=nothing tap=keep />
                <Button text=shared::CANCEL tap=move || asking.set(None) />
            </div>
        </section>
    }
    .into_any()
}

/// The answers so far, one column an enquiry.
fn answers(all: &[FollowUpStory]) -> Option<AnyView> {
    let given: Vec<(u32, FollowUpAnswer)> =
        all.iter().filter_map(|one| Some((one.follow_up.months, one.answer.clone()?.1))).collect();
    if given.is_empty() {
        return None;
    }
    let heads = given.iter().map(|(months, _)| view! { <th scope="col">{after(*months)}</th> }.into_any());
    let heads = heads.collect_view();
    let row = |label: Word, tell: &dyn Fn(&FollowUpAnswer) -> Option<Text>| {
        let cells = given.iter().map(|(_, answer)| match tell(answer) {
            Some(text) => view! { <td>{text}</td> }.into_any(),
            None => view! { <td>"–"</td> }.into_any(),
        });
        let cells = cells.collect_view();
        view! { <tr><th scope="row">{label}</th>{cells}</tr> }.into_any()
    };
    let yes = |yes: bool| Text::from(if yes { training::YES } else { training::NO });
    let how =
        |answer: &FollowUpAnswer| if answer.by_phone == Some(true) { training::BY_PHONE } else { training::BY_APP };
    let rows = [
        row(training::ASKED_HOW, &|answer| Some(how(answer).into())),
        row(training::ASKED_ON_DAY, &|answer| Some(day_and_month(on_day(answer.on)))),
        row(training::STILL_TRAVELS, &|answer| answer.travels.map(yes)),
        row(training::OTHER_ROUTES, &|answer| answer.other_routes.map(yes)),
        row(training::SPECIAL, &|answer| answer.special.map(|one| named::special(one).into())),
        row(training::SPECIAL_WHY, &|answer| why(answer).map(Text::from)),
        row(training::FEARS, &|answer| fears(answer).map(Text::from)),
        row(training::COACH_DOES, &|answer| coach(answer).map(Text::from)),
    ];
    Some(
        view! {
            <Table caption=training::ANSWERS>
                <thead><tr><th scope="col">{training::ASKED_WHAT}</th>{heads}</tr></thead>
                <tbody>{rows.into_iter().collect_view()}</tbody>
            </Table>
        }
        .into_any(),
    )
}
