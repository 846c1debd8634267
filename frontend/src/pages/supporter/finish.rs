//! The minute after a practice, on the phone of whoever practised. What is filled in stays until it is kept; then comes the feedback.

use leptos::task::spawn_local;
use opstap_core::model::Practice;
use opstap_core::{CircleId, Millis, RecordId};
use opstap_view::prelude::*;

use super::SupporterPlace;
use crate::components::{Appearance, Button, Floor, Icon, Main, Screen, StateChip, Toast, TopBar, show_toast};
use crate::device::{self, watch};
use crate::entered::Form;
use crate::event::Tap;
use crate::navigation::replace;
use crate::pages::shared::care::{AfterPractice, AfterPracticeFields, QUARTER};
use crate::pages::shared::not_kept;
use crate::stories::route::is_written_later;
use crate::words::{Text, practice};

/// The time since the practice began, in whole quarters: at least one, at most a day.
fn quarters_since(began: Millis, now: Millis) -> u32 {
    let minutes = u32::try_from(now.0.saturating_sub(began.0) / 60_000).unwrap_or(u32::MAX).min(24 * 60);
    (minutes.div_ceil(QUARTER) * QUARTER).max(QUARTER)
}

/// Finishing a practice.
#[component]
pub fn FinishPage(circle: CircleId, id: RecordId) -> impl IntoView {
    // Of a practice that is written down afterwards the clock says nothing.
    let began = watch(circle, move |reader| async move {
        reader.one::<Practice>(id).await.filter(|found| !is_written_later(found)).map(|found| found.value.at)
    });
    let opened = device::now();
    let proposed = Signal::derive(move || began.get().flatten().map_or(QUARTER, |began| quarters_since(began, opened)));
    let form = Form::of("finish", circle, id);
    let after = AfterPractice::open(&form, proposed);
    let circles = device::circles();
    let name = move || {
        let all = circles.get().unwrap_or_default();
        all.into_iter().find(|known| known.id == circle).map(|known| known.name).unwrap_or_default()
    };
    let question = Text::live(move || practice::his_face(name()).get());
    view! {
        <Screen title=practice::FINISH_TITLE way=true>
            <TopBar back=Tap::to(SupporterPlace::Practice(circle, id))>
                <StateChip state=device::state() />
            </TopBar>
            <Main>
                <h1 class="title">{practice::FINISH_TITLE} " " <span class="soft small">{practice::ONE_MINUTE}</span></h1>
                <AfterPracticeFields after question />
            </Main>
            <Floor>
                <Button text=practice::SAVE_PRACTICE tap=move || save(circle, id, after, form.clone()) appearance=Appearance::Way icon=Icon::CHECK />
            </Floor>
        </Screen>
    }
}

fn save(circle: CircleId, id: RecordId, after: AfterPractice, form: Form) {
    let changes = after.changes(id, device::now(), device::new_id);
    spawn_local(async move {
        match device::edit(circle, changes).await {
            Ok(()) => {
                form.done();
                replace(SupporterPlace::Feedback(circle, id));
            }
            Err(why) => show_toast(Toast::new(not_kept(why))),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_together_is_proposed_in_whole_quarters() {
        let began = Millis(1_000_000);
        assert_eq!(quarters_since(began, began.plus(61 * 60_000)), 75);
        assert_eq!(quarters_since(began, began), 15);
        assert_eq!(quarters_since(began, Millis(0)), 15);
        assert_eq!(quarters_since(began, began.plus(400 * 3_600_000)), 24 * 60);
    }
}
