//! "Niet gelukt": what the server did not take, why, and what to do with it; and what is still to be sent. Nothing in it is lost.

use leptos::task::spawn_local;
use opstap_core::{CircleId, Millis};
use opstap_view::prelude::*;

use super::frame::{Page, Part};
use super::run_line::when;
use super::why::{what, why};
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{
    Appearance, Button, Card, Confirm, EmptyState, Icon, ListRow, Saved, Size, StateMark, Toast, Tone, changing,
    show_toast,
};
use crate::device::{self, Refused, Waiting};
use crate::words::{Text, desk, shared};

#[derive(Clone, Default, PartialEq)]
struct Seen {
    refused: Vec<Refused>,
    waiting: Vec<Waiting>,
}

#[derive(Clone, Copy)]
struct Looking {
    seen: RwSignal<Option<Seen>>,
    /// The one that is asked about before it goes for good.
    asked: RwSignal<Option<u64>>,
}

impl Looking {
    fn look(self) {
        spawn_local(async move {
            let seen = Seen { refused: device::refused().await, waiting: device::waiting().await };
            let _ = self.seen.try_set(Some(seen));
        });
    }

    fn again(self, n: u64) {
        spawn_local(async move {
            if device::retry(n).await.is_err() {
                show_toast(Toast::new(desk::STILL_NOT));
            }
            self.look();
        });
    }

    fn discard(self) {
        let Some(n) = self.asked.try_update(Option::take).flatten() else { return };
        spawn_local(async move {
            device::discard(n).await;
            self.look();
        });
    }
}

/// The page.
#[component]
pub(super) fn Tray() -> impl IntoView {
    let looking = Looking { seen: RwSignal::new(None), asked: RwSignal::new(None) };
    let state = device::state();
    Effect::new(move |_| {
        state.track();
        looking.look();
    });
    let body = changing(move || match looking.seen.get() {
        None => ().into_any(),
        Some(seen) if seen == Seen::default() => {
            view! { <EmptyState picture="check-mark-button" sentence=desk::TRAY_EMPTY more=desk::TRAY_EMPTY_MORE /> }
                .into_any()
        }
        Some(seen) => view! { {refused(looking, seen.refused)} {waiting(seen.waiting)} }.into_any(),
    });
    let export =
        move || looking.seen.with_untracked(|seen| save_as_text(seen.as_ref().map_or(&[], |seen| &seen.refused)));
    let none =
        Signal::derive(move || looking.seen.with(|seen| seen.as_ref().is_none_or(|seen| seen.refused.is_empty())));
    view! {
        <Page title=desk::TRAY part=Part::Tray>
            <Bar title=desk::TRAY more=desk::NOTHING_LOST>
                <Button text=desk::AS_TEXT icon=Icon::SHARE disabled=none tap=export />
                <Button text=shared::TRY_NOW icon=Icon::SEND tap=device::sync_now />
            </Bar>
            <Columns><Pane>{body}</Pane></Columns>
            <Foot><span>{desk::TRAY_KEPT_HERE}</span></Foot>
            <Confirm
                open=Signal::derive(move || looking.asked.get().is_some())
                question=shared::LET_GO_QUESTION
                yes=shared::LET_GO
                on_yes=move |()| looking.discard()
                on_no=move |()| looking.asked.set(None)
            />
        </Page>
    }
}

fn name_of(circle: CircleId) -> String {
    let circles = device::circles().get_untracked().unwrap_or_default();
    circles.into_iter().find(|one| one.id == circle).map(|one| one.name).unwrap_or_default()
}

fn refused(looking: Looking, refused: Vec<Refused>) -> AnyView {
    let cards = refused
        .into_iter()
        .map(|one| {
            let n = one.n;
            let words = one.words.iter().map(|words| view! { <blockquote>{words.clone()}</blockquote> }).collect_view();
            view! {
                <div data-refused=n.to_string()>
                    <Card tone=Tone::Problem>
                        <p class="row"><b>{what(one.made)}</b><span>{name_of(one.circle)}</span><span class="small">{when(one.at)}</span></p>
                        <p>{why(one.reason)}</p>
                        {words}
                        <div class="row">
                            <Button text=shared::SEND_AGAIN size=Size::Tool icon=Icon::AGAIN tap=move || looking.again(n) />
                            <Button
                                text=shared::LET_GO
                                size=Size::Tool
                                icon=Icon::TRASH
                                appearance=Appearance::Danger
                                tap=move || looking.asked.set(Some(n))
                            />
                        </div>
                    </Card>
                </div>
            }
        })
        .collect_view();
    view! { <section class="stack">{cards}</section> }.into_any()
}

fn waiting(waiting: Vec<Waiting>) -> Option<AnyView> {
    if waiting.is_empty() {
        return None;
    }
    let count = waiting.len();
    let row = |one: Waiting| {
        let more = line(one.circle, one.at);
        view! { <li><ListRow text=what(one.made) more><StateMark saved=Saved::OnDevice /></ListRow></li> }
    };
    let rows = waiting.into_iter().map(row).collect_view();
    Some(
        view! { <section class="stack"><h2>{shared::waiting_things(count)}</h2><ul class="list">{rows}</ul></section> }
            .into_any(),
    )
}

fn line(circle: CircleId, at: Millis) -> Text {
    let (name, when) = (name_of(circle), when(at));
    Text::live(move || if name.is_empty() { when.get() } else { format!("{name}, {}", when.get()) })
}

/// The tray as a text of its own: what, whose, when, why, and the words that were typed.
fn as_text(refused: &[Refused]) -> String {
    let mut text = String::new();
    for one in refused {
        let head = [what(one.made).now().to_owned(), name_of(one.circle), untrack(|| when(one.at).get())];
        text.push_str(&head.join(", "));
        text.push('\n');
        text.push_str(why(one.reason).now());
        text.push('\n');
        for words in &one.words {
            text.push_str("  ");
            text.push_str(words);
            text.push('\n');
        }
        text.push('\n');
    }
    text
}

/// Lets the browser save the text as a file.
fn save_as_text(refused: &[Refused]) {
    use wasm_bindgen::JsCast;
    let parts = js_sys::Array::of1(&as_text(refused).into());
    let address = web_sys::Blob::new_with_str_sequence(&parts)
        .ok()
        .and_then(|blob| web_sys::Url::create_object_url_with_blob(&blob).ok());
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<web_sys::HtmlAnchorElement>().ok());
    let (Some(address), Some(link)) = (address, link) else { return };
    link.set_href(&address);
    link.set_download("opstap.txt");
    link.click();
    let _ = web_sys::Url::revoke_object_url(&address);
}
