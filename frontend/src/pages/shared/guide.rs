//! The guide: how Opstap works, in short chapters that can be read aloud, and a tour of a few cards for whoever starts.

use opstap_view::prelude::*;

use crate::components::{
    Appearance, Bones, Button, Dots, Icon, LoadingBones, Picture, SayButton, Sentence, Source, Well, changing,
};
use crate::device;
use crate::event::Tap;
use crate::navigation::go_back;
use crate::stories::guide::{Card, Chapter, Guide, parse};
use crate::words::{Text, guide as words, shared};

fn read() -> Memo<Option<Guide>> {
    let file = device::guide();
    Memo::new(move |_| file.with(|file| file.as_deref().map(parse)))
}

/// The chapters, closed until somebody opens one; above them the way to the tour.
#[must_use]
pub fn chapters(to_tour: Tap) -> AnyView {
    let guide = read();
    let chapters = changing(move || match guide.with(|guide| guide.as_ref().map(|guide| guide.chapters.clone())) {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(chapters) => {
            view! { <div class="list guide">{chapters.into_iter().map(chapter).collect_view()}</div> }.into_any()
        }
    });
    view! { <div><Button text=words::TOUR icon=Icon::FORWARD tap=to_tour /></div> {chapters} }.into_any()
}

fn chapter(Chapter { head, text }: Chapter) -> AnyView {
    let said = Text::from(text.clone());
    view! {
        <details>
            <summary class="list-row tap">
                <Picture source=Source::Pictogram(head.picture) well=Well::Small />
                <span class="words"><b>{head.text}</b></span>
                {crate::components::icon(Icon::DOWN)}
            </summary>
            <div class="say"><p>{text}</p><SayButton text=said /></div>
        </details>
    }
    .into_any()
}

/// A tour under way: what stands on the screen, what leads on, and what goes back.
pub struct Tour {
    /// Dots, picture and sentence.
    pub card: AnyView,
    /// "Verder", at the last card "Klaar".
    pub on: AnyView,
    /// To the card before, from the first one out of the tour.
    pub back: Tap,
    /// Ends it.
    pub close: AnyView,
}

/// The tour of everybody in a bundle.
#[must_use]
pub fn tour() -> Tour {
    tour_of(|guide| &guide.tour)
}

/// Begins a tour of the guide at its first card. Nothing goes on by itself.
#[must_use]
pub fn tour_of(cards: fn(&Guide) -> &[Card]) -> Tour {
    device::tour_was_offered();
    let guide = read();
    let at = RwSignal::new(0_usize);
    let all = Signal::derive(move || guide.with(|guide| guide.as_ref().map_or(1, |guide| cards(guide).len().max(1))));
    let is_last = Memo::new(move |_| at.get() + 1 >= all.get());
    let now = Memo::new(move |_| {
        let card = guide.with(|guide| guide.as_ref().and_then(|guide| cards(guide).get(at.get()).cloned()));
        card.unwrap_or_default()
    });
    let text = Text::live(move || now.get().text);
    let number = Signal::derive(move || at.get() + 1);
    let card = changing(move || {
        if guide.with(Option::is_none) {
            return view! { <LoadingBones shape=Bones::Step /> }.into_any();
        }
        view! {
            <Dots now=number all=all counted=Signal::derive(|| false) />
            {changing(move || view! { <Picture source=Source::Pictogram(now.get().picture) well=Well::Large /> }.into_any())}
            <div aria-live="polite"><Sentence text=text.clone() title=true /></div>
        }
        .into_any()
    });
    let on = Text::live(move || if is_last.get() { shared::DONE.get() } else { words::ON.get() }.to_owned());
    let go_on = Tap::from(move || if is_last.get_untracked() { go_back() } else { at.update(|at| *at += 1) });
    let back = Tap::from(move || match at.get_untracked() {
        0 => go_back(),
        before => at.set(before - 1),
    });
    Tour {
        card: card.into_any(),
        on: view! { <Button text=on appearance=Appearance::Primary tap=go_on /> }.into_any(),
        back,
        close: view! { <Button text=shared::CLOSE tap=Tap::back() /> }.into_any(),
    }
}

/// The tour, offered in one quiet row until somebody takes it or puts the row away.
#[must_use]
pub fn offer(to_tour: Tap) -> AnyView {
    let new = RwSignal::new(device::tour_is_new());
    let away = Tap::from(move || {
        device::tour_was_offered();
        new.set(false);
    });
    changing(move || {
        if !new.get() {
            return ().into_any();
        }
        view! {
            <div class="row offer">
                <Button text=words::OFFER icon=Icon::INFO appearance=Appearance::Plain tap=to_tour.clone() />
                <Button text=words::OFFER_AWAY icon=Icon::CROSS mark_only=true appearance=Appearance::Plain tap=away.clone() />
            </div>
        }
        .into_any()
    })
    .into_any()
}
