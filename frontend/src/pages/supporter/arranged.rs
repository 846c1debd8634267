//! Who comes to a client when, and who does what, for a volunteer or parent; and the way to it, which says what is asked of them.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::SupporterPlace;
use super::circle::name_in;
use crate::components::{Icon, ListRow, Main, Screen, StateChip, TopBar, icon};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::arranged::{Appointments, Tasks};
use crate::pages::shared::to_keep::calendar_to_keep;
use crate::stories;
use crate::words::{Text, arranged};

/// The screen.
pub(super) fn screen(circle: CircleId) -> AnyView {
    let back = Tap::to(SupporterPlace::Circle(circle));
    let name = name_in(circle);
    view! {
        <Screen title=arranged::ARRANGED>
            <TopBar back><StateChip state=device::state() /></TopBar>
            <Main>
                <h1 class="title">{arranged::ARRANGED}</h1>
                <Appointments circle />
                <section class="stack">
                    <p class="soft small">{arranged::CALENDAR_MORE}</p>
                    <div class="row">{calendar_to_keep()}</div>
                </section>
                <Tasks circle name=Signal::derive(move || name.get()) />
            </Main>
        </Screen>
    }
    .into_any()
}

/// The row that leads to it. It says so where somebody asks this person to take something on.
pub(super) fn to_arranged(circle: CircleId) -> AnyView {
    let asked = device::watch(circle, |reader| async move {
        let me = device::me().map(|me| me.id);
        let tasks = stories::arranged::tasks(&reader).await;
        tasks.iter().filter(|story| me.is_some_and(|me| story.asks(me).is_some())).count()
    });
    let more = Text::live(move || match asked.get() {
        None | Some(0) => arranged::ARRANGED_MORE.get().to_owned(),
        Some(count) => arranged::things_asked(count).get(),
    });
    let tap = Tap::to(SupporterPlace::Arranged(circle));
    view! { <ul class="list"><li><ListRow text=arranged::ARRANGED more tap>{icon(Icon::FORWARD)}</ListRow></li></ul> }
        .into_any()
}
