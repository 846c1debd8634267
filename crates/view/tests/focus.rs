//! Where the focus is after what had it has left the page, in a real browser.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a failing test may panic anywhere")]

use opstap_view::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// A screen with a title, a list of rows with a button each, or a sentence when there is none, and a button below.
fn screen(rows: RwSignal<Vec<usize>>, keyed: bool) {
    let row = |id: usize| view! { <li><span>"row"</span><button data-row=id>{id}</button></li> };
    mount_to_body(move || {
        view! {
            <main>
                <h1>"Title"</h1>
                {move || {
                    if rows.with(Vec::is_empty) {
                        view! { <p>"Nothing"</p> }
                    } else if keyed {
                        view! { <ul><For each=move || rows.get() key=ToString::to_string children=row /></ul> }
                    } else {
                        view! { <ol>{rows.get().into_iter().map(row).collect_view()}</ol> }
                    }
                }}
                <button data-row="below">"below"</button>
            </main>
        }
    });
}

async fn settle() {
    gloo_timers::future::TimeoutFuture::new(100).await;
}

/// Begins anew with three rows, and the focus on one of them.
async fn begin(keyed: bool, on: &str) -> RwSignal<Vec<usize>> {
    if let Some(before) = document().query_selector("main").unwrap() {
        before.remove();
    }
    let rows = RwSignal::new(vec![1, 2, 3]);
    screen(rows, keyed);
    settle().await;
    let button = document().query_selector(&format!("[data-row='{on}']")).unwrap().unwrap();
    button.unchecked_into::<HtmlElement>().focus().unwrap();
    rows
}

fn focused() -> String {
    document().active_element().unwrap().text_content().unwrap()
}

#[wasm_bindgen_test]
async fn the_focus_of_a_row_that_goes_is_on_the_next_or_else_on_the_one_before() {
    for keyed in [true, false] {
        let rows = begin(keyed, "2").await;
        rows.set(vec![1, 3]);
        settle().await;
        assert_eq!(focused(), "3", "keyed: {keyed}");
        rows.set(vec![1]);
        settle().await;
        assert_eq!(focused(), "1", "keyed: {keyed}");
    }
}

#[wasm_bindgen_test]
async fn the_focus_of_the_last_that_goes_is_on_what_follows_where_it_stood_and_else_on_the_title() {
    let rows = begin(false, "1").await;
    rows.set(Vec::new());
    settle().await;
    assert_eq!(focused(), "below");
    document().query_selector("[data-row='below']").unwrap().unwrap().set_attribute("hidden", "").unwrap();
    let title = document().query_selector("h1").unwrap().unwrap();
    rows.set(vec![1]);
    settle().await;
    let button = document().query_selector("[data-row='1']").unwrap().unwrap();
    button.unchecked_into::<HtmlElement>().focus().unwrap();
    rows.set(Vec::new());
    settle().await;
    assert!(document().active_element().unwrap().is_same_node(Some(&title)));
}

#[wasm_bindgen_test]
async fn the_focus_stays_when_something_else_goes() {
    let rows = begin(true, "3").await;
    rows.set(vec![1, 3]);
    settle().await;
    assert_eq!(focused(), "3");
    document().active_element().unwrap().unchecked_into::<HtmlElement>().blur().unwrap();
    rows.set(vec![3]);
    settle().await;
    assert_eq!(document().active_element().unwrap().tag_name(), "BODY", "nobody had it");
}
