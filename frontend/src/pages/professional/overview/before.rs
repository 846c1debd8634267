//! What to know before one goes in, in three lines: for whoever stands at the door with a telephone.

use opstap_view::prelude::*;

use super::super::run_line;
use super::lately::Lately;
use crate::components::{Card, Icon, icon};
use crate::words::{Text, following};

/// The card; on a wide screen all of this stands there anyway, and the style sheet leaves it out.
pub(super) fn before(lately: &Lately, share: Option<u32>) -> AnyView {
    let asked = lately.questions.iter().find(|question| question.open).map(|question| {
        let at = run_line::when(question.message.at);
        (Icon::HAND, Text::live(move || following::asked_help_at(at.get()).get()))
    });
    let by_oneself = share.map(|share| (Icon::RISING, following::by_oneself_of(share)));
    let run = lately.runs.first().map(|run| {
        let (title, outcome, at) =
            (run.title.clone(), run_line::outcome(&run.told.story), run_line::when(run.told.story.began));
        (Icon::STAIRS, Text::live(move || following::last_done(&title, outcome.get(), at.get()).get()))
    });
    let note = lately.notes.iter().find_map(|(by, note)| {
        let text = note.text.clone()?;
        Some((Icon::MESSAGE, following::reason_of(by, text)))
    });
    let next = lately.coming.first().map(|(_, one)| {
        let at = run_line::when(one.at);
        (Icon::CLOCK, Text::live(move || following::next_at(at.get()).get()))
    });
    let lines: Vec<_> = asked.into_iter().chain(by_oneself).chain(note).chain(run).chain(next).take(3).collect();
    if lines.is_empty() {
        return ().into_any();
    }
    let line = |(mark, text): (Icon, Text)| view! { <li class="row">{icon(mark)}<span class="fill">{text}</span></li> };
    let lines = lines.into_iter().map(line).collect_view();
    view! {
        <div class="before-in"><Card><h2>{following::BEFORE_GOING_IN}</h2><ul class="stack">{lines}</ul></Card></div>
    }
    .into_any()
}
