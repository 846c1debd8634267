//! What stands beside a client's weeks: photos that were shown, notes, and who comes next.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::super::place::DeskPlace;
use super::super::run_line::when;
use super::lately::{Lately, note_word};
use crate::components::{Appearance, Button, Icon, Picture, Size, Source, Well};
use crate::dates::{day_and_month, moment};
use crate::device;
use crate::event::Tap;
use crate::words::{Text, desk, following};

/// All three; of what there is none, nothing.
pub(super) fn aside(circle: CircleId, lately: &Lately) -> AnyView {
    view! { {photos(circle, lately)} {notes(circle, lately)} {coming(circle, lately)} }.into_any()
}

fn photos(circle: CircleId, lately: &Lately) -> Option<AnyView> {
    let all = lately.photos();
    if all.is_empty() {
        return None;
    }
    let photos = all.into_iter().map(|(photo, title, at)| {
        let (title, day) =
            (if title.is_empty() { desk::A_PLAN.now().to_owned() } else { title }, day_and_month(moment(at)));
        let says = Text::live(move || [title.as_str(), &day.get()].join(", "));
        let source = Source::Photo(device::photo(circle, photo));
        view! { <li><Picture source well=Well::Wide label=says.clone() /><span class="small">{says}</span></li> }
            .into_any()
    });
    let photos = photos.collect_view();
    Some(
        view! { <section class="stack"><h2>{following::PHOTOS}</h2><ul class="photos-shown">{photos}</ul></section> }
            .into_any(),
    )
}

fn to_all(circle: CircleId) -> AnyView {
    let tap = Tap::to(DeskPlace::Arranged(circle));
    view! { <Button text=following::ALL_NOTES icon=Icon::FORWARD size=Size::Tool appearance=Appearance::Plain tap /> }
        .into_any()
}

fn notes(circle: CircleId, lately: &Lately) -> Option<AnyView> {
    if lately.notes.is_empty() {
        return None;
    }
    let notes = lately.notes.iter().cloned().map(|(by, note)| {
        let at = when(note.at);
        let by = Text::live(move || [by.as_str(), &at.get()].join(", "));
        let text = note.text.map_or_else(|| Text::from(following::A_SPOKEN_NOTE), Text::from);
        view! {
            <li>
                <p class="said"><span class="chip outline">{note_word(note.whom)}</span> " " {text}</p>
                <p class="small soft">{by}</p>
            </li>
        }
        .into_any()
    });
    let notes = notes.collect_view();
    Some(
        view! {
            <section class="stack">
                <div class="row"><h2 class="fill">{following::NOTES}</h2>{to_all(circle)}</div>
                <ul class="stack">{notes}</ul>
            </section>
        }
        .into_any(),
    )
}

fn coming(circle: CircleId, lately: &Lately) -> Option<AnyView> {
    if lately.coming.is_empty() {
        return None;
    }
    let coming = lately.coming.iter().cloned().map(|(with, one)| {
        let at = when(one.at);
        let says = Text::live(move || following::with_whom(at.get(), &with).get());
        view! { <li><p>{says}</p><p class="small soft">{one.title.unwrap_or_default()}</p></li> }.into_any()
    });
    let coming = coming.collect_view();
    let head = view! { <div class="row"><h2 class="fill">{following::APPOINTMENTS}</h2>{lately.notes.is_empty().then(|| to_all(circle))}</div> };
    Some(view! { <section class="stack">{head}<ul class="stack">{coming}</ul></section> }.into_any())
}
