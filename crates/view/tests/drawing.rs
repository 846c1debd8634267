//! What is drawn, drawn anew, kept and taken away, in a real browser.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing test may panic anywhere")]

use opstap_view::events;
use opstap_view::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

/// Draws into a page of its own and gives that page.
fn drawn(draw: impl FnOnce() -> AnyView) -> HtmlElement {
    let page: HtmlElement = document().create_element("section").unwrap().unchecked_into();
    document().body().unwrap().append_child(&page).unwrap();
    let inside = page.clone();
    mount_to_body(move || {
        let view = draw();
        view! { <div class="page" node_ref=moved_into(&inside)>{view}</div> }
    });
    page
}

/// Moves what was drawn into a place of its own, so that tests do not see each other.
fn moved_into(page: &HtmlElement) -> NodeRef {
    let node = NodeRef::new(None);
    let page = send_wrapper::SendWrapper::new(page.clone());
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            page.append_child(&element).unwrap();
        }
    });
    node
}

/// Lets effects run.
async fn settle() {
    gloo_timers::future::TimeoutFuture::new(5).await;
}

fn one(page: &HtmlElement, selector: &str) -> Element {
    page.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector} in {}", page.inner_html()))
}

fn texts(page: &HtmlElement, selector: &str) -> Vec<String> {
    let all = page.query_selector_all(selector).unwrap();
    (0..all.length()).map(|at| all.item(at).unwrap().text_content().unwrap()).collect()
}

#[wasm_bindgen_test]
async fn a_text_and_an_attribute_follow_their_signals_and_the_element_stays() {
    let count = RwSignal::new(1_usize);
    let page = drawn(move || {
        let many = move || count.get() > 2;
        view! { <p class="told" data-count=move || count.get() hidden=many>{move || count.get()} " times"</p> }
    });
    settle().await;
    let told = one(&page, ".told");
    assert_eq!(told.text_content().unwrap(), "1 times");
    count.set(3);
    settle().await;
    assert_eq!(told.text_content().unwrap(), "3 times");
    assert_eq!(told.get_attribute("data-count").as_deref(), Some("3"));
    assert!(told.has_attribute("hidden"));
    count.set(2);
    settle().await;
    assert!(!told.has_attribute("hidden"));
    assert!(told.is_same_node(Some(&one(&page, ".told"))));
}

#[wasm_bindgen_test]
async fn drawing_anew_keeps_the_field_somebody_types_in() {
    let turn = RwSignal::new(0_usize);
    let page = drawn(move || {
        (move || {
            let turn = turn.get();
            view! { <label>{format!("turn {turn}")}<input class="field" /></label> }
        })
        .into_any()
    });
    settle().await;
    let field: HtmlInputElement = one(&page, ".field").unchecked_into();
    field.focus().unwrap();
    field.set_value("half a wo");
    turn.set(1);
    settle().await;
    assert_eq!(one(&page, "label").text_content().unwrap(), "turn 1");
    assert_eq!(one(&page, ".field").unchecked_into::<HtmlInputElement>().value(), "half a wo");
    assert!(document().active_element().unwrap().is_same_node(Some(&field)));
}

#[wasm_bindgen_test]
async fn what_is_of_another_kind_takes_the_place_of_what_stood_there() {
    let which = RwSignal::new(0_usize);
    let page = drawn(move || {
        view! {
            <b>"before"</b>
            {move || match which.get() {
                0 => ().into_any(),
                1 => view! { <i>"one"</i> },
                2 => view! { <i>"one"</i><u>"two"</u> },
                _ => "only words".into_any(),
            }}
            <b>"after"</b>
        }
    });
    for (now, expected) in [
        (1, "beforeoneafter"),
        (2, "beforeonetwoafter"),
        (0, "beforeafter"),
        (3, "beforeonly wordsafter"),
        (2, "beforeonetwoafter"),
        (1, "beforeoneafter"),
    ] {
        which.set(now);
        settle().await;
        assert_eq!(one(&page, ".page").text_content().unwrap(), expected);
    }
}

#[wasm_bindgen_test]
async fn a_list_grows_and_shrinks_in_its_place() {
    let names = RwSignal::new(vec!["a", "b"]);
    let page = drawn(move || {
        view! { <ul>{move || names.get().into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}<li>"end"</li></ul> }
    });
    settle().await;
    let first = one(&page, "li");
    for now in [vec!["a", "b", "c"], vec!["a"], vec![], vec!["x", "y"]] {
        names.set(now.clone());
        settle().await;
        let expected: Vec<&str> = now.into_iter().chain(["end"]).collect();
        assert_eq!(texts(&page, "li"), expected);
    }
    assert!(!first.is_connected(), "an empty list leaves nothing behind");
}

#[wasm_bindgen_test]
async fn rows_known_by_a_key_keep_their_elements_when_they_move_and_draw_once() {
    let order = RwSignal::new(vec![1_usize, 2, 3]);
    let drawings = Rc::new(Cell::new(0));
    let counted = drawings.clone();
    let page = drawn(move || {
        let row = move |id: usize| {
            counted.set(counted.get() + 1);
            view! { <li><input data-id=id /></li> }
        };
        view! { <ul><For each=move || order.get() key=ToString::to_string children=row /></ul> }
    });
    settle().await;
    let field: HtmlInputElement = one(&page, "[data-id='1']").unchecked_into();
    field.set_value("kept");
    order.set(vec![3, 4, 1]);
    settle().await;
    let ids: Vec<String> = (0..3)
        .map(|at| page.query_selector_all("input").unwrap().item(at).unwrap().unchecked_into::<Element>())
        .map(|input| input.get_attribute("data-id").unwrap())
        .collect();
    assert_eq!(ids, ["3", "4", "1"]);
    assert_eq!(one(&page, "[data-id='1']").unchecked_into::<HtmlInputElement>().value(), "kept");
    assert_eq!(drawings.get(), 4, "three rows and the one that came");
}

#[wasm_bindgen_test]
async fn a_row_that_goes_ends_what_belonged_to_it_and_one_that_stays_goes_on_following() {
    let order = RwSignal::new(vec![1_usize, 2]);
    let tick = RwSignal::new(0_usize);
    let gone = Rc::new(RefCell::new(Vec::new()));
    let noted = gone.clone();
    let page = drawn(move || {
        let row = move |id: usize| {
            let own = Memo::new(move |_| tick.get() * id);
            let noted = send_wrapper::SendWrapper::new(noted.clone());
            on_cleanup(move || noted.borrow_mut().push(id));
            view! { <li>{move || own.get()}</li> }
        };
        view! { <ul><For each=move || order.get() key=ToString::to_string children=row /></ul> }
    });
    settle().await;
    order.set(vec![2]);
    settle().await;
    assert_eq!(*gone.borrow(), [1]);
    tick.set(5);
    settle().await;
    assert_eq!(texts(&page, "li"), ["10"]);
}

#[wasm_bindgen_test]
async fn a_listener_is_replaced_by_the_one_of_the_last_drawing() {
    let turn = RwSignal::new(1_usize);
    let told = Rc::new(RefCell::new(Vec::new()));
    let heard = told.clone();
    let page = drawn(move || {
        (move || {
            let (turn, heard) = (turn.get(), heard.clone());
            view! { <button on:click=move |_| heard.borrow_mut().push(turn)>"tap"</button> }
        })
        .into_any()
    });
    settle().await;
    let button: HtmlElement = one(&page, "button").unchecked_into();
    button.click();
    turn.set(2);
    settle().await;
    button.click();
    assert_eq!(*told.borrow(), [1, 2]);
}

#[wasm_bindgen_test]
async fn an_attribute_that_is_wanted_no_more_goes() {
    let turn = RwSignal::new(0_usize);
    let page = drawn(move || {
        (move || match turn.get() {
            0 => view! { <button type="button" aria-pressed="true".to_owned() data-place="1".to_owned()>"a"</button> },
            1 => view! { <button type="button" data-place="2".to_owned()>"b"</button> },
            _ => view! { <button type="button">"c"</button> },
        })
        .into_any()
    });
    settle().await;
    let button = one(&page, "button");
    let seen = || (button.get_attribute("aria-pressed"), button.get_attribute("data-place"));
    assert_eq!(seen(), (Some("true".to_owned()), Some("1".to_owned())));
    turn.set(1);
    settle().await;
    assert_eq!(seen(), (None, Some("2".to_owned())));
    turn.set(2);
    settle().await;
    assert_eq!(seen(), (None, None));
    assert!(button.is_connected(), "it is the same button all along");
}

#[wasm_bindgen_test]
async fn what_stood_inside_a_piece_that_went_follows_nothing_any_more() {
    let open = RwSignal::new(true);
    let tick = RwSignal::new(0_usize);
    let asked = Rc::new(Cell::new(0));
    let count = asked.clone();
    let _page = drawn(move || {
        (move || {
            let count = count.clone();
            open.get().then(|| {
                let own = RwSignal::new(1_usize);
                view! {
                    <p>{move || {
                        count.set(count.get() + 1);
                        // Panics when the screen that made `own` is gone.
                        tick.get() + own.get()
                    }}</p>
                }
            })
        })
        .into_any()
    });
    settle().await;
    // Both in one turn: the inner piece is due as well as the one around it.
    open.set(false);
    tick.set(1);
    settle().await;
    tick.set(2);
    settle().await;
    assert_eq!(asked.get(), 1);
}

#[wasm_bindgen_test]
async fn a_row_that_did_not_move_keeps_the_focus() {
    let order = RwSignal::new(vec![1_usize, 2, 3]);
    let page = drawn(move || {
        let row = |id: usize| view! { <li><button data-id=id>{id}</button></li> };
        view! { <ul><For each=move || order.get() key=ToString::to_string children=row /></ul> }
    });
    settle().await;
    let button: HtmlElement = one(&page, "[data-id='1']").unchecked_into();
    button.focus().unwrap();
    order.set(vec![3, 1, 2]);
    settle().await;
    assert_eq!(texts(&page, "li"), ["3", "1", "2"]);
    assert!(document().active_element().unwrap().is_same_node(Some(&button)));
}

#[wasm_bindgen_test]
async fn a_property_holds_what_the_signal_says_and_typing_comes_back() {
    let words = RwSignal::new("one".to_owned());
    let page = drawn(move || {
        view! { <input prop:value=move || words.get() on:input=move |event| words.set(event_target_value(&event)) /> }
    });
    settle().await;
    let field: HtmlInputElement = one(&page, "input").unchecked_into();
    assert_eq!(field.value(), "one");
    field.set_value("two");
    field.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    assert_eq!(words.get_untracked(), "two");
    words.set("three".to_owned());
    settle().await;
    assert_eq!(field.value(), "three");
}

#[component]
fn Greeting(name: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! { <p class="greeting">{name}{children.map(|children| children())}</p> }
}

#[wasm_bindgen_test]
async fn a_component_shows_its_children_and_a_condition_takes_them_away() {
    let open = RwSignal::new(true);
    let page = drawn(move || {
        view! {
            <Show when=move || open.get()>
                <Greeting name="Sem".to_owned()>" on the way"</Greeting>
            </Show>
        }
    });
    settle().await;
    assert_eq!(texts(&page, ".greeting"), ["Sem on the way"]);
    open.set(false);
    settle().await;
    assert_eq!(texts(&page, ".greeting"), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn a_drawing_belongs_to_the_namespace_of_drawings() {
    let page = drawn(|| view! { <svg viewBox="0 0 1 1"><path d="M0 0" /></svg> });
    settle().await;
    assert_eq!(one(&page, "path").namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    let _ = events::click;
}

#[wasm_bindgen_test]
async fn a_signal_of_a_screen_that_is_gone_is_said_to_be_gone() {
    let kept = Rc::new(Cell::new(None));
    let keep = kept.clone();
    let open = RwSignal::new(true);
    let _page = drawn(move || {
        (move || {
            open.get().then(|| {
                keep.set(Some(RwSignal::new(7_usize)));
                "here"
            })
        })
        .into_any()
    });
    settle().await;
    let inner = kept.get().unwrap();
    assert_eq!(inner.try_get_untracked(), Some(7));
    open.set(false);
    settle().await;
    assert_eq!(inner.try_get_untracked(), None);
    assert!(!inner.try_set(8));
}
