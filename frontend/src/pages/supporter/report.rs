//! A practice to read: for the parent, and for the volunteer afterwards. What went by oneself is seen first.

use opstap_core::model::{Face, HelpLevel, Practice};
use opstap_core::{CircleId, RecordId};
use opstap_insight::PartRow;
use opstap_view::prelude::*;

use super::newest::news_card;
use super::{SupporterPlace, means, situations};
use crate::components::{
    Bones, Button, Card, EmptyState, FaceMark, HelpMark, Icon, ListRow, LoadingBones, Main, Picture, Screen, StateChip,
    StateMark, Tone, TopBar, Well, face_word, help_word,
};
use crate::dates::{full_day, moment};
use crate::device::{self, Reader, watch};
use crate::event::Tap;
use crate::navigation::replace;
use crate::pages::shared::brought;
use crate::pages::shared::care::taking_away;
use crate::pages::shared::feedback::PracticeFeedback;
use crate::stories::{
    self,
    feedback::{Worth, of_practice, worth},
    route::{PartOfRoute, PracticeTold, is_written_later},
};
use crate::words::{Text, care, feedback, practice};

#[derive(Clone, PartialEq, Eq)]
struct Told {
    number: usize,
    author: String,
    client: String,
    parts: Vec<PartOfRoute>,
    rows: Vec<PartRow>,
    practice: PracticeTold,
    /// What is worth telling of it, once somebody sent feedback.
    told: Option<Worth>,
    /// The way to write the feedback, for whoever practised, and whether it was sent before.
    writes: Option<bool>,
}

async fn tell(reader: Reader, id: RecordId) -> Option<Told> {
    let found = reader.one::<Practice>(id).await?;
    let members = stories::members(&reader).await;
    let author = found.author.map(|author| stories::name_of(&members, author)).unwrap_or_default();
    let client = members.first().map(|member| member.value.name.clone()).unwrap_or_default();
    let all = stories::route::practices(&reader, found.value.route).await;
    let place = all.iter().position(|told| told.practice.id == id)?;
    let parts = stories::route::parts(&reader, found.value.route).await;
    let practice = all.get(place)?.clone();
    let rows = stories::route::help(&parts, std::slice::from_ref(&practice)).parts;
    let me = device::me().map(|me| me.id);
    let written = of_practice(&reader, id).await.letters;
    let told = if written.is_empty() { None } else { worth(&reader, id).await };
    let is_mine = me.is_some() && practice.practice.author == me;
    let writes = is_mine.then(|| written.iter().any(|letter| letter.feedback.author == me));
    Some(Told { number: all.len() - place, author, client, parts, rows, practice, told, writes })
}

/// A practice to read.
#[component]
pub fn ReportPage(circle: CircleId, id: RecordId) -> impl IntoView {
    let told = watch(circle, move |reader| tell(reader, id));
    let content = move || match told.get() {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(None) => view! { <EmptyState picture="open-book" sentence=practice::NOT_FOUND /> }.into_any(),
        Some(Some(told)) => filled(circle, told),
    };
    view! {
        <Screen title=practice::REPORT>
            <TopBar back=Tap::to(SupporterPlace::Circle(circle))>
                <StateChip state=device::state() />
            </TopBar>
            <Main>{content}</Main>
        </Screen>
    }
}

fn filled(circle: CircleId, told: Told) -> AnyView {
    let day = full_day(moment(told.practice.practice.value.at));
    let author = told.author;
    let later = is_written_later(&told.practice.practice);
    let by = Text::live(move || {
        let by = if later { care::written_on } else { practice::report_by };
        by(author.clone(), day.get()).get()
    });
    let parts = told.parts.iter().zip(&told.rows).map(|(part, row)| part_card(circle, part, row)).collect_view();
    let of = &told.practice.practice;
    let route = SupporterPlace::Route(circle, of.value.route);
    // One screen back may be the practice itself.
    let away = taking_away(circle, (of.id, of.author), move || replace(route));
    let end = told.practice.end.clone();
    let saved = end.as_ref().map_or(told.practice.practice.saved, |end| end.saved);
    let after = end.map(|end| after(&end.value, told.client.clone()));
    let id = of.id;
    let per_part = told.told.is_some().then(|| view! { <h2 class="title">{feedback::HOW_IT_WENT}</h2> });
    view! {
        <div>
            <h1 class="title">{practice::practice_of(told.number.to_string(), told.client)}</h1>
            <p class="soft row">{by} <StateMark saved=Signal::stored(saved) /></p>
        </div>
        {brought(circle, told.practice.brought_by())}
        {told.told.as_ref().and_then(news_card)}
        <PracticeFeedback circle practice=id />
        {told.writes.map(|sent| to_writing(circle, id, sent))}
        {per_part}
        {situations_list(&told.practice)}
        {after}
        <ul class="list">{parts}</ul>
        <div class="row">{away}</div>
    }
    .into_any()
}

/// The way to the feedback, to write it or to correct what was sent.
fn to_writing(circle: CircleId, id: RecordId, sent: bool) -> AnyView {
    let text = if sent { feedback::CORRECT_REPORT } else { feedback::WRITE_REPORT };
    let tap = Tap::to(SupporterPlace::Feedback(circle, id));
    view! { <Button text tap icon=Icon::PENCIL wide=true /> }.into_any()
}

fn part_card(circle: CircleId, part: &PartOfRoute, row: &PartRow) -> AnyView {
    let of = &part.part.value;
    let source = match of.picture.clone() {
        Some(picture) => device::picture(circle, Some(picture)),
        None => means::pictogram(of.means).into(),
    };
    let lead = view! { <Picture source well=Well::Small /> }.into_any();
    let goals = part.goals.iter().zip(&row.goals).map(|(goal, row)| {
        let level = row.help.first().copied().flatten();
        view! {
            <li class="row">
                <HelpMark level />
                <span class="fill">{goal.value.text.clone()}</span>
                <span class="strong">{level_word(level)}</span>
            </li>
        }
    });
    view! {
        <li>
            <ListRow text=Text::from(of.title.clone()) lead />
            <ul class="goals">{goals.collect_view()}</ul>
        </li>
    }
    .into_any()
}

fn level_word(level: Option<HelpLevel>) -> Text {
    level.map_or_else(|| practice::NOT_PRACTISED.into(), |level| help_word(level).into())
}

fn situations_list(told: &PracticeTold) -> Option<AnyView> {
    if told.situations.is_empty() {
        return None;
    }
    let rows = told.situations.iter().map(|entry| {
        let situation = entry.value.situation;
        let lead = view! { <Picture source=situations::pictogram(situation) well=Well::Small /> }.into_any();
        match entry.value.word.clone() {
            Some(word) => view! { <li><ListRow text=situations::word(situation) more=Text::from(word) lead /></li> },
            None => view! { <li><ListRow text=situations::word(situation) lead /></li> },
        }
    });
    let rows = rows.collect_view();
    Some(view! { <Card tone=Tone::Way><h2 class="strong">{practice::SITUATIONS_TITLE}</h2><ul class="list">{rows}</ul></Card> }.into_any())
}

fn after(end: &opstap_core::model::PracticeEnd, client: String) -> AnyView {
    let face = end.face.map(|face: Face| {
        view! {
            <p class="row"><FaceMark face alone=true /> <span>{practice::face_of(client.clone())} ": " <b>{face_word(face)}</b></span></p>
        }
    });
    let words = |title: Text, words: Option<&String>| {
        words.cloned().map(|words| view! { <div><h2 class="strong">{title}</h2><p>{words}</p></div> })
    };
    let said = words(practice::word_of(client), end.said.as_ref());
    let word = words(practice::WHAT_WAS_HARD.into(), end.word.as_ref());
    let minutes = end.minutes.map(|minutes| {
        view! {
            <p class="soft">{practice::TIME_TOGETHER} ": " {practice::minutes_number(usize::try_from(minutes).unwrap_or_default())}</p>
        }
    });
    view! { <Card>{face}{said}{word}{minutes}</Card> }.into_any()
}
