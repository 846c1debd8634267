//! The imports there were, with who and when; each can be taken back as a whole.

use leptos::task::spawn_local;
use opstap_core::CircleId;
use opstap_view::prelude::*;

use crate::components::{Bones, Button, Confirm, Icon, LoadingBones, Size, Toast, changing, show_toast};
use crate::dates::{full_day, moment};
use crate::device::{self, Asked, Link, PastImport};
use crate::pages::shared::not_now;
use crate::words::{Text, programme, shared};

/// The list.
#[component]
pub(super) fn PastImports(circle: CircleId, moved: RwSignal<()>) -> impl IntoView {
    let told = RwSignal::new(None::<Asked<Vec<PastImport>>>);
    let link = device::link();
    let online = Memo::new(move |_| link.get() == Link::Online);
    Effect::new(move |_| {
        moved.track();
        online.track();
        spawn_local(async move {
            let now = device::imports(circle).await;
            let _ = told.try_set(Some(now));
        });
    });
    let asked = RwSignal::new(None::<PastImport>);
    let question =
        Text::live(move || asked.with(|one| one.as_ref().map(|one| question(one).get()).unwrap_or_default()));
    let take_back = move |()| {
        let Some(one) = asked.get_untracked() else { return };
        asked.set(None);
        spawn_local(async move {
            match device::undo_import(circle, &one.name).await {
                Asked::Told(back) => show_toast(Toast::new(programme::is_taken_back(back.gone + back.put_back))),
                Asked::NotThere | Asked::NotNow => show_toast(Toast::new(shared::ONLY_ONLINE)),
            }
            let _ = moved.try_set(());
        });
    };
    view! {
        <section class="stack">
            <h2>{programme::IMPORTED_BEFORE}</h2>
            {changing(move || match told.get() {
                None => view! { <LoadingBones shape=Bones::Rows(2) /> }.into_any(),
                Some(Asked::Told(all)) if all.is_empty() => view! { <p class="soft">{programme::NOTHING_IMPORTED}</p> }.into_any(),
                Some(Asked::Told(all)) => {
                    let rows = all.into_iter().map(|one| row(one, asked)).collect_view();
                    view! { <ul class="stack">{rows}</ul> }.into_any()
                }
                Some(Asked::NotThere | Asked::NotNow) => not_now(move || moved.set(())),
            })}
        </section>
        <Confirm
            open=Signal::derive(move || asked.with(Option::is_some))
            question
            yes=programme::TAKE_ALL_BACK
            on_yes=take_back
            on_no=move |()| asked.set(None)
        />
    }
}

fn row(one: PastImport, asked: RwSignal<Option<PastImport>>) -> AnyView {
    let (back, name) = (one.back, one.name.clone());
    let told = programme::imported_by(one.rows, one.by.clone(), full_day(moment(one.at)).get());
    let state = if back.gone + back.put_back > 0 {
        let tap = move || asked.set(Some(one.clone()));
        view! { <Button text=programme::TAKE_BACK icon=Icon::UNDO size=Size::Tool tap /> }.into_any()
    } else if back.stay > 0 {
        view! { <span class="soft">{programme::went_on(back.stay)}</span> }.into_any()
    } else {
        view! { <span class="soft">{programme::TAKEN_BACK}</span> }.into_any()
    };
    view! {
        <li class="stack">
            <span class="fill"><b>{name}</b><span class="soft small line">{told}</span></span>
            <div class="row">{state}</div>
        </li>
    }
    .into_any()
}

/// What taking it back would do, as a question.
fn question(one: &PastImport) -> Text {
    let back = one.back;
    let parts = [
        (back.gone, programme::would_go as fn(usize) -> Text),
        (back.put_back, programme::would_be_put_back),
        (back.stay, programme::would_stay),
    ];
    let said = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, said)| said(count));
    let said: Vec<Text> = [programme::TAKE_IT_BACK.into()].into_iter().chain(said).collect();
    Text::live(move || said.iter().map(Text::get).collect::<Vec<_>>().join(" "))
}
