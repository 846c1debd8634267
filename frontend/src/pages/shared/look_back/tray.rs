//! "Niet gelukt": what the server did not take and why, to read, save as text, send again or let go. Nothing in it is lost.

use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::{CircleId, RecordId, Value};
use opstap_view::prelude::*;

use super::deed_view::{deeds_view, names_of};
use super::why::why;
use crate::components::{Appearance, Button, Card, Confirm, Icon, Size, Toast, Tone, changing, show_toast};
use crate::dates::{moment, near_moment};
use crate::device::{self, Reader, Refused};
use crate::save_file::save_file;
use crate::stories::deeds::{self, Deed, Names};
use crate::words::{past, shared};

/// The edits, a card each. `look` reads them anew after something was done with one.
pub fn tray(refused: Vec<Refused>, look: Rc<dyn Fn()>) -> AnyView {
    if refused.is_empty() {
        return ().into_any();
    }
    let asked = RwSignal::new(None::<u64>);
    let all = refused.clone();
    let export = move || {
        let all = all.clone();
        spawn_local(async move { save_file("opstap.txt", "text/plain", &as_text(&all).await) });
    };
    let cards = refused.into_iter().map(|one| card(one, asked, Rc::clone(&look))).collect_view();
    let let_go = move |()| {
        let Some(n) = asked.try_update(Option::take).flatten() else { return };
        let look = Rc::clone(&look);
        spawn_local(async move {
            device::discard(n).await;
            show_toast(Toast::new(past::IS_LET_GO));
            look();
        });
    };
    view! {
        <section class="stack">
            {cards}
            <div class="row"><Button text=past::AS_TEXT icon=Icon::SHARE tap=export /></div>
        </section>
        <Confirm
            open=Signal::derive(move || asked.get().is_some())
            question=shared::LET_GO_QUESTION
            yes=shared::LET_GO
            on_yes=let_go
            on_no=move |()| asked.set(None)
        />
    }
    .into_any()
}

fn card(one: Refused, asked: RwSignal<Option<u64>>, look: Rc<dyn Fn()>) -> AnyView {
    let n = one.n;
    let again = move || {
        let look = Rc::clone(&look);
        spawn_local(async move {
            let says = if device::retry(n).await.is_ok() { past::GOES_AGAIN } else { past::STILL_NOT };
            show_toast(Toast::new(says));
            look();
        });
    };
    let when = near_moment(moment(one.at), moment(device::now()));
    view! {
        <div data-refused=n.to_string()>
            <Card tone=Tone::Problem>
                <p class="row"><b>{name_of(one.circle)}</b><span class="small">{when}</span></p>
                <p>{why(one.reason)}</p>
                {what(one)}
                <div class="row">
                    <Button text=shared::SEND_AGAIN size=Size::Tool icon=Icon::AGAIN tap=again />
                    <Button
                        text=shared::LET_GO
                        size=Size::Tool
                        icon=Icon::TRASH
                        appearance=Appearance::Danger
                        tap=move || asked.set(Some(n))
                    />
                </div>
            </Card>
        </div>
    }
    .into_any()
}

/// What the edit says, in sentences, and the words in it that no sentence shows.
fn what(one: Refused) -> AnyView {
    let about: Vec<RecordId> = one.changes.iter().map(|change| change.record).collect();
    let names = names_of(one.circle, Signal::derive(move || about.clone()));
    let circle = one.circle;
    let me = device::me().map(|me| me.id);
    changing(move || {
        let Some(names) = names.get() else { return ().into_any() };
        let mut changes = one.changes.clone();
        deeds::complete(&mut changes, &names);
        let words = words(&one, &names.deeds(&changes));
        let words = words.into_iter().map(|words| view! { <blockquote>{words}</blockquote> }).collect_view();
        view! { {deeds_view(circle, &names, me, &changes)} {words} }.into_any()
    })
}

/// The cells that people type in; the others hold codes and names of pictures.
const TYPED: [&str; 4] = ["title", "text", "word", "hint"];

/// What somebody typed that no sentence shows.
fn words(one: &Refused, deeds: &[Deed]) -> Vec<String> {
    let cells = one.changes.iter().flat_map(|change| &change.cells);
    let typed = cells.filter(|cell| TYPED.contains(&cell.name.as_ref()));
    let shown = |set: &Value| deeds.iter().filter_map(|deed| deed.cell.as_ref()).any(|cell| cell.set == *set);
    let hidden = typed.filter(|cell| !shown(&cell.set));
    hidden.filter_map(|cell| if let Value::Text(text) = &cell.set { Some(text.clone()) } else { None }).collect()
}

/// Whose circle it is.
fn name_of(circle: CircleId) -> String {
    let circles = device::circles().get_untracked().unwrap_or_default();
    circles.into_iter().find(|one| one.id == circle).map(|one| one.name).unwrap_or_default()
}

/// The tray as a text of its own: whose, when, why, what was done, and every word that was typed.
async fn as_text(refused: &[Refused]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for one in refused {
        let about = one.changes.iter().map(|change| change.record).collect();
        let names = deeds::names(Reader::new(one.circle), about).await;
        let when = untrack(|| near_moment(moment(one.at), moment(device::now())).get());
        lines.extend([[name_of(one.circle), when].join(", "), why(one.reason).now().to_owned()]);
        lines.extend(untrack(|| says(one, &names)));
        lines.extend(words(one, &[]).into_iter().map(|words| format!("  {words}")));
        lines.push(String::new());
    }
    lines.join("\n")
}

fn says(one: &Refused, names: &Names) -> Vec<String> {
    let mut changes = one.changes.clone();
    deeds::complete(&mut changes, names);
    let who = names.who(device::me().map(|me| me.id));
    names.deeds(&changes).iter().map(|deed| deed.says(&who).get()).collect()
}

#[cfg(test)]
mod tests {
    use opstap_core::history::PastChange;
    use opstap_core::model::set;
    use opstap_core::protocol::Reason;
    use opstap_core::{Change, Millis};

    use super::*;

    #[test]
    fn every_word_that_was_typed_can_be_read_in_a_sentence_or_below_it() {
        let id = RecordId([1; 16]);
        let edit = [set(id, "text", "Pak alles."), set(id, "hint", "In de gang."), set(id, "order", "C")];
        let one = Refused {
            n: 1,
            at: Millis(1),
            reason: Reason::UnknownRecord,
            circle: CircleId([2; 16]),
            changes: edit.iter().map(|change: &Change| PastChange::of(change)).collect(),
        };
        assert_eq!(words(&one, &Names::default().deeds(&one.changes)), ["In de gang."]);
        assert_eq!(words(&one, &[]), ["Pak alles.", "In de gang."]);
    }
}
