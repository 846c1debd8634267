//! The practices of a route, newest first: who, when, how long, what was practised on purpose, a word about it, and the face.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::frame::unsent;
use super::run_line;
use super::travel::Shown;
use crate::components::{FaceMark, Person};
use crate::pages::shared::brought;
use crate::pages::shared::care::taking_away;
use crate::pages::shared::feedback::PracticeFeedback;
use crate::pages::supporter::situations;
use crate::stories;
use crate::stories::route::PracticeTold;
use crate::words::{Text, care, desk};

/// The list; nothing when there was no practice yet.
pub(super) fn practices_view(circle: CircleId, shown: &Shown) -> Option<AnyView> {
    if shown.practices.is_empty() {
        return None;
    }
    let all = shown.practices.len();
    let rows = shown
        .practices
        .iter()
        .enumerate()
        .map(|(at, told)| {
            // The newest stands open; what was read before is there for who asks.
            let (row, practice, folded) = (row(circle, all - at, told, shown), told.practice.id, at > 0);
            let feedback = view! { <PracticeFeedback circle practice folded /> };
            view! { <li class="practice">{row} {feedback} {brought(circle, told.brought_by())}</li> }
        })
        .collect_view();
    Some(
        view! { <section class="stack"><h2>{desk::PRACTICES_TITLE}</h2><ol class="stack">{rows}</ol></section> }
            .into_any(),
    )
}

fn row(circle: CircleId, number: usize, told: &PracticeTold, shown: &Shown) -> AnyView {
    let by = told.practice.author.map(|author| stories::name_of(&shown.members, author)).unwrap_or_default();
    let later = stories::route::is_written_later(&told.practice);
    let end = told.end.as_ref().map(|end| &end.value);
    let minutes = end.and_then(|end| end.minutes).map(|minutes| view! { <span>{desk::minutes(minutes)}</span> });
    let face = end.and_then(|end| end.face).map(|face| view! { <FaceMark face /> });
    let quoted = |word: Option<String>| word.map(|word| view! { <blockquote>{word}</blockquote> });
    let said = quoted(end.and_then(|end| end.said.clone()));
    let word = quoted(end.and_then(|end| end.word.clone()));
    let under_way = end.is_none().then(|| view! { <span class="chip outline">{desk::PROVISIONAL}</span> });
    let situations = told
        .situations
        .iter()
        .map(|situation| {
            let name = situations::word(situation.value.situation);
            let word = situation.value.word.clone();
            let more = word.map(|word| view! { <span class="soft">": " {word}</span> });
            view! { <li><span>{name}</span>{more}</li> }
        })
        .collect_view();
    view! {
        <div class="row">
            <Person name=by.clone() />
            <b>{desk::practice_number(number)}</b>
            <span>{if later { care::written_by(by) } else { Text::from(by) }}</span>
            <span class="soft">{run_line::when(told.practice.value.at)}</span>
            {minutes} {face} {under_way}
            <span class="push">{unsent(told.practice.saved)}</span>
            {taking_away(circle, (told.practice.id, told.practice.author), || {})}
        </div>
        <ul class="situations">{situations}</ul>
        {said}
        {word}
    }
    .into_any()
}
