//! Dragging a step to another place, with a mouse or a finger. The buttons and keys beside it do the same; this is only quicker.

use std::cell::RefCell;
use std::rc::Rc;

use opstap_core::RecordId;
use opstap_view::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, PointerEvent};

use super::editor::Editor;

use crate::components::{Icon, icon};
use crate::pages::shared::editing::places::{moves, place_at};

/// How near to the edge of what scrolls a step begins to scroll it, in pixels.
const EDGE: f64 = 72.0;
/// How far it scrolls at each frame.
const PACE: f64 = 9.0;

/// A step in somebody's hand.
struct Held {
    row: HtmlElement,
    /// Where it was taken, from the top of the list.
    from: f64,
    /// Where the hand is now, on the screen.
    at: f64,
    /// The place it would take among the others.
    to: Option<usize>,
}

type Hand = Rc<RefCell<Option<Held>>>;

/// The place among others for what is at `at`, given the middles of the others from top to bottom.
fn place_for(middles: &[f64], at: f64) -> usize {
    middles.iter().filter(|middle| **middle < at).count()
}

/// How far to scroll, for a hand at `at` between the edges of what scrolls.
fn pace(at: f64, top: f64, bottom: f64) -> f64 {
    if at < top + EDGE {
        -PACE
    } else if at > bottom - EDGE {
        PACE
    } else {
        0.0
    }
}

/// The grip of a row. It is no button: whoever has no pointer has the buttons beside it.
pub(super) fn grip(editor: Editor, step: RecordId) -> AnyView {
    let hand = Hand::default();
    let (taken, moved, dropped, lost) = (Rc::clone(&hand), Rc::clone(&hand), Rc::clone(&hand), hand);
    view! {
        <span
            class="grip"
            aria-hidden="true"
            on:pointerdown=move |event: PointerEvent| take(&taken, &event)
            on:pointermove=move |event: PointerEvent| {
                if let Some(held) = moved.borrow_mut().as_mut() {
                    held.at = f64::from(event.client_y());
                    held.follow();
                }
            }
            on:pointerup=move |_| {
                if let Some(to) = let_go(&dropped) {
                    move_to(editor, step, to);
                }
            }
            on:pointercancel=move |_| {
                let_go(&lost);
            }
        >
            {icon(Icon::GRIP)}
        </span>
    }
    .into_any()
}

fn take(hand: &Hand, event: &PointerEvent) {
    let grip = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    let row = grip.as_ref().and_then(|grip| grip.closest("li").ok().flatten()?.dyn_into::<HtmlElement>().ok());
    let (Some(grip), Some(row), 0) = (grip, row, event.button()) else { return };
    event.prevent_default();
    let _ = grip.set_pointer_capture(event.pointer_id());
    let at = f64::from(event.client_y());
    let from = at - top_of_list(&row);
    let _ = row.set_attribute("data-dragged", "");
    *hand.borrow_mut() = Some(Held { row, from, at, to: None });
    scroll_along(Rc::clone(hand));
}

fn top_of_list(row: &Element) -> f64 {
    row.parent_element().map_or(0.0, |list| list.get_bounding_client_rect().top())
}

impl Held {
    /// The row follows the hand; a line stands where it would come.
    fn follow(&mut self) {
        let by = self.at - top_of_list(&self.row) - self.from;
        let _ = self.row.style().set_property("transform", &format!("translateY({by}px)"));
        let others = self.others();
        let middles: Vec<f64> = others.iter().map(middle).collect();
        let to = place_for(&middles, middle(&self.row));
        self.to = Some(to);
        for (at, other) in others.iter().enumerate() {
            let mark = match at {
                at if at == to => Some("before"),
                at if at + 1 == to && to == others.len() => Some("after"),
                _ => None,
            };
            let _ = match mark {
                Some(mark) => other.set_attribute("data-drop", mark),
                None => other.remove_attribute("data-drop"),
            };
        }
    }

    /// The other rows, from top to bottom.
    fn others(&self) -> Vec<Element> {
        let rows = self.row.parent_element().map(|list| list.children());
        let own: &Element = &self.row;
        rows.iter()
            .flat_map(|rows| (0..rows.length()).filter_map(|at| rows.item(at)))
            .filter(|other| other != own)
            .collect()
    }
}

fn middle(row: impl AsRef<Element>) -> f64 {
    let place = row.as_ref().get_bounding_client_rect();
    f64::midpoint(place.top(), place.bottom())
}

/// Opens the hand; gives the place where the row was dropped.
fn let_go(hand: &Hand) -> Option<usize> {
    let held = hand.borrow_mut().take()?;
    let _ = held.row.style().remove_property("transform");
    let _ = held.row.remove_attribute("data-dragged");
    for other in held.others() {
        let _ = other.remove_attribute("data-drop");
    }
    held.to
}

/// What scrolls the list: the nearest element around it that does, or the page.
fn scroller(row: &Element) -> Option<Element> {
    let window = web_sys::window()?;
    let mut around = row.parent_element();
    while let Some(element) = around {
        let overflow = window.get_computed_style(&element).ok()??.get_property_value("overflow-y").ok()?;
        if matches!(overflow.as_str(), "auto" | "scroll") && element.scroll_height() > element.client_height() {
            return Some(element);
        }
        around = element.parent_element();
    }
    window.document()?.scrolling_element()
}

/// Scrolls at each frame while the hand is near an edge, until it is opened.
fn scroll_along(hand: Hand) {
    request_animation_frame(move || {
        if let Some(held) = hand.borrow_mut().as_mut()
            && held.row.is_connected()
            && let Some(scroller) = scroller(&held.row)
        {
            let place = scroller.get_bounding_client_rect();
            let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or_default();
            let by = pace(held.at, place.top().max(0.0), place.bottom().min(height));
            if by != 0.0 {
                scroller.scroll_by_with_x_and_y(0.0, by);
                held.follow();
            }
        } else {
            return;
        }
        scroll_along(hand);
    });
}

/// Brings a step to a place among the others, in one edit of its fractional index.
pub(super) fn move_to(editor: Editor, step: RecordId, to: usize) {
    let changes = editor.with_now(|sheet| {
        let places = sheet.places();
        let stays = places.iter().position(|(id, _)| *id == step) == Some(to);
        let others: Vec<_> = places.into_iter().filter(|(id, _)| *id != step).collect();
        if stays { Vec::new() } else { moves(place_at(&others, step, to)) }
    });
    super::step_row::moved(editor, changes.unwrap_or_default(), to + 1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_takes_the_place_above_the_first_whose_middle_is_below_it() {
        let middles = [10.0, 30.0, 50.0];
        let places = [0.0, 20.0, 31.0, 90.0].map(|at| place_for(&middles, at));
        assert_eq!(places, [0, 1, 2, 3]);
        assert_eq!(place_for(&[], 5.0), 0);
    }

    #[test]
    fn only_near_an_edge_the_list_scrolls() {
        let paces = [10.0, 400.0, 790.0].map(|at| pace(at, 0.0, 800.0));
        assert_eq!(paces, [-PACE, 0.0, PACE]);
    }
}
