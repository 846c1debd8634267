//! Components that only decide what is drawn.

use leptos::component;

use crate::keyed::Row;
use crate::signals::Memo;
use crate::wanted::{AnyView, ChildrenFn, IntoView, Wanted};

/// A list whose rows keep their elements, focus and what is typed when others come, go or move.
///
/// A row is drawn once for its key: what changes in it is a signal, or part of the key. Where the list itself is inside something that
/// is drawn anew, it begins anew.
#[component]
pub fn For<T, V>(
    /// What there is now, in order.
    each: impl Fn() -> Vec<T> + 'static,
    /// What a row is known by; no two have the same.
    key: impl Fn(&T) -> String + 'static,
    /// One row.
    children: impl Fn(T) -> V + Clone + 'static,
) -> impl IntoView
where
    T: 'static,
    V: IntoView + 'static,
{
    AnyView::new(Wanted::Keyed(Box::new(move || {
        let row = |item: T| {
            let children = children.clone();
            Row { key: key(&item), draw: Box::new(move || children(item).into_any()) }
        };
        each().into_iter().map(row).collect()
    })))
}

/// What stands inside it, while a condition holds.
#[component]
pub fn Show(
    /// The condition.
    when: impl Fn() -> bool + Send + Sync + 'static,
    /// What is shown.
    children: ChildrenFn,
) -> impl IntoView {
    let holds = Memo::new(move |_| when());
    move || holds.get().then(|| children())
}
