//! What I am to remind the client of today.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use crate::components::{Card, Icon, Tone, changing, icon};
use crate::dates::{day_of, day_start, moment, on_the_clock, place_in_week};
use crate::device;
use crate::language::language;
use crate::stories::reminders::{ToRemind, Today, of_person};
use crate::words::{Text, care};

/// A card while there is something to remind of.
#[component]
pub fn Reminding(circle: CircleId, #[prop(into)] name: Signal<String>) -> impl IntoView {
    let asked = device::watch(circle, |reader| async move {
        let Some(me) = device::me() else { return Vec::new() };
        let now = device::now();
        let today = Today { day: day_of(moment(now)), weekday: place_in_week(moment(now)), began: day_start(now) };
        of_person(&reader, me.id, today).await
    });
    changing(move || {
        let asked = asked.get().unwrap_or_default();
        if asked.is_empty() {
            return ().into_any();
        }
        let rows = asked.into_iter().map(
            move |one| view! { <li class="row">{icon(Icon::BELL)}<span class="fill">{says(name, one)}</span></li> },
        );
        view! { <Card tone=Tone::Go><ul class="stack">{rows.collect_view()}</ul></Card> }.into_any()
    })
}

/// "Herinner Sem aan: Medicijnen innemen, om 13.00 uur."
fn says(name: Signal<String>, one: ToRemind) -> Text {
    let ToRemind { title, minutes, after, .. } = one;
    Text::live(move || match (minutes, &after) {
        (Some(minutes), _) => {
            let time = on_the_clock(language(), minutes / 60, minutes % 60);
            care::remind_at(name.get(), title.clone(), time).get()
        }
        (None, Some(after)) => care::remind_after(name.get(), title.clone(), after.clone()).get(),
        (None, None) => care::remind_of(name.get(), title.clone()).get(),
    })
}
