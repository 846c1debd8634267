//! The minute after a practice: what was practised, what was hard, the participant's own face, the time together. Tapping before typing.

use leptos::task::spawn_local;
use opstap_core::model::{Face, Model, Practice, PracticeEnd, PracticeSituation, Situation};
use opstap_core::{CircleId, Millis, RecordId};
use opstap_view::prelude::*;

use super::{SupporterPlace, situations};
use crate::components::{
    Appearance, Button, Faces, Floor, Icon, Main, Screen, Size, StateChip, TextArea, Tile, Tiles, TopBar,
};
use crate::device::{self, watch};
use crate::event::Tap;
use crate::navigation::replace;
use crate::stories::route::is_written_later;
use crate::words::{Text, practice};

/// A quarter of an hour, the step of the time together.
const QUARTER: u32 = 15;

/// What is filled in; all of it may stay empty.
#[derive(Clone, Copy)]
struct Form {
    situations: RwSignal<Vec<Situation>>,
    word: RwSignal<String>,
    face: RwSignal<Option<Face>>,
    minutes: RwSignal<u32>,
}

/// The time since the practice began, in whole quarters: at least one, at most a day.
fn quarters_since(began: Millis, now: Millis) -> u32 {
    let minutes = u32::try_from(now.0.saturating_sub(began.0) / 60_000).unwrap_or(u32::MAX).min(24 * 60);
    (minutes.div_ceil(QUARTER) * QUARTER).max(QUARTER)
}

/// Finishing a practice.
#[component]
pub fn FinishPage(circle: CircleId, id: RecordId) -> impl IntoView {
    let form = Form {
        situations: RwSignal::new(Vec::new()),
        word: RwSignal::new(String::new()),
        face: RwSignal::new(None),
        minutes: RwSignal::new(QUARTER),
    };
    // Of a practice that is written down afterwards the clock says nothing.
    let began = watch(circle, move |reader| async move {
        reader.one::<Practice>(id).await.filter(|found| !is_written_later(found)).map(|found| found.value.at)
    });
    let proposed = StoredValue::new(false);
    Effect::new(move |_| {
        if let Some(Some(began)) = began.get()
            && !proposed.get_value()
        {
            proposed.set_value(true);
            form.minutes.set(quarters_since(began, device::now()));
        }
    });
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
                {situation_tiles(form)}
                <TextArea label=practice::WHAT_HARD value=form.word on_input=move |text| form.word.set(text) rows=3 />
                <div class="stack">
                    <Faces chosen=form.face on_choose=move |face| form.face.set(Some(face)) question />
                </div>
                {time_together(form)}
            </Main>
            <Floor>
                <Button text=practice::SAVE_PRACTICE tap=move || save(circle, id, form) appearance=Appearance::Way icon=Icon::CHECK />
            </Floor>
        </Screen>
    }
}

fn situation_tiles(form: Form) -> AnyView {
    let all = form.situations;
    let tiles = Situation::ALL.iter().copied().map(move |situation| {
        let chosen = Signal::derive(move || all.get().contains(&situation));
        let toggle = move || {
            all.update(|chosen| {
                if chosen.contains(&situation) {
                    chosen.retain(|other| *other != situation);
                } else {
                    chosen.push(situation);
                }
            });
        };
        view! { <Tile text=situations::word(situation) picture=situations::pictogram(situation) tap=toggle chosen /> }
    });
    view! { <h2 class="strong">{practice::WHAT_PRACTISED}</h2> <Tiles three=true>{tiles.collect_view()}</Tiles> }
        .into_any()
}

fn time_together(form: Form) -> AnyView {
    let minutes = form.minutes;
    let shown = move || {
        let all = minutes.get();
        if all < 60 {
            practice::minutes_number(usize::try_from(all).unwrap_or_default()).get()
        } else {
            practice::hours_and_minutes((all / 60).to_string(), format!("{:02}", all % 60)).get()
        }
    };
    let less = move || minutes.update(|all| *all = all.saturating_sub(QUARTER).max(QUARTER));
    let more = move || minutes.update(|all| *all = all.saturating_add(QUARTER).min(24 * 60));
    view! {
        <div class="row">
            <span class="fill strong">{practice::TIME_TOGETHER}</span>
            <Button text=practice::LESS_TIME tap=less appearance=Appearance::Quiet size=Size::Tool icon=Icon::MINUS mark_only=true />
            <b class="number" role="status">{shown}</b>
            <Button text=practice::MORE_TIME tap=more appearance=Appearance::Quiet size=Size::Tool icon=Icon::PLUS mark_only=true />
        </div>
    }
    .into_any()
}

fn save(circle: CircleId, id: RecordId, form: Form) {
    let word = form.word.get_untracked().trim().to_owned();
    let end = PracticeEnd {
        at: device::now(),
        minutes: Some(form.minutes.get_untracked()),
        word: (!word.is_empty()).then_some(word),
        face: form.face.get_untracked(),
    };
    let mut changes: Vec<_> = form
        .situations
        .get_untracked()
        .into_iter()
        .map(|situation| PracticeSituation { situation, word: None }.make_below(device::new_id(), id))
        .collect();
    changes.push(end.make_below(device::new_id(), id));
    spawn_local(async move {
        if device::edit(circle, changes).await.is_ok() {
            replace(SupporterPlace::Report(circle, id));
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
