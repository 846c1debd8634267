//! A question that has to be answered before going on. The browser's own `dialog` keeps focus inside and Esc working.

use opstap_view::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::button::{Appearance, Button};
use super::say_button::SayButton;
use crate::event::{Handler, Tap};
use crate::words::{Text, shared};

/// A dialog that stands open while `open` holds.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Its title.
    #[prop(into)]
    title: Text,
    /// It was closed with Esc or a tap beside it; set `open` to false.
    #[prop(into)]
    on_close: Handler<()>,
    /// What stands under the title; drawn each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::new(None);
    Effect::new(move |_| {
        let Some(dialog) = dialog.get().and_then(|element| element.dyn_ref::<HtmlDialogElement>().cloned()) else {
            return;
        };
        match (open.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            (true, true) | (false, false) => {}
        }
    });
    let closed = on_close.clone();
    let beside = move |event: leptos::ev::MouseEvent| {
        let on_backdrop = event.target().is_some_and(|target| {
            dialog.get_untracked().is_some_and(|dialog| target == *AsRef::<web_sys::EventTarget>::as_ref(&*dialog))
        });
        if on_backdrop {
            on_close.run(());
        }
    };
    let label = title.clone();
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-label=move || label.plain()
            on:cancel=move |event: leptos::ev::Event| {
                event.prevent_default();
                closed.run(());
            }
            on:click=beside
        >
            {move || open.get().then(|| {
                let said = title.clone();
                view! {
                    <div class="say">
                        <h2 class="sentence" tabindex="-1" autofocus>{title.clone()}</h2>
                        <SayButton text=said />
                    </div>
                    {children()}
                }
            })}
        </dialog>
    }
}

/// "Are you sure?" with the verb itself on the button: for what takes something away.
#[component]
pub fn Confirm(
    /// Whether it is asked now.
    #[prop(into)]
    open: Signal<bool>,
    /// The question.
    #[prop(into)]
    question: Text,
    /// What the person says when they do want it: the verb, not "Ja".
    #[prop(into)]
    yes: Text,
    /// They want it.
    #[prop(into)]
    on_yes: Handler<()>,
    /// They do not, or closed it.
    #[prop(into)]
    on_no: Handler<()>,
) -> impl IntoView {
    let close = on_no.clone();
    view! {
        <Dialog open title=question on_close=move |()| close.run(())>
            <Button text=yes.clone() appearance=Appearance::Danger wide=true tap=said(&on_yes) />
            <Button text=shared::CANCEL wide=true tap=said(&on_no) />
        </Dialog>
    }
}

fn said(answer: &Handler<()>) -> Tap {
    let answer = answer.clone();
    Tap::from(move || answer.run(()))
}
