//! A person: their photo, or the first letter of their name. The name itself stands beside it.

use opstap_view::prelude::*;

/// How large the round is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PersonSize {
    /// 36 px.
    Small,
    /// 48 px.
    #[default]
    Normal,
    /// 88 px.
    Large,
}

/// A round with a face. It is decoration beside the name, so a screen reader skips it.
#[component]
pub fn Person(
    /// The name, of which the first letter is shown when there is no photo.
    #[prop(into)]
    name: Signal<String>,
    /// The address of their photo.
    #[prop(optional, into)]
    photo: Option<Signal<Option<String>>>,
    /// How large.
    #[prop(optional)]
    size: PersonSize,
) -> impl IntoView {
    let class = match size {
        PersonSize::Small => "person small",
        PersonSize::Normal => "person",
        PersonSize::Large => "person large",
    };
    let letter = move || name.get().chars().next().map(String::from);
    let face = move || match photo.and_then(|photo| photo.get()) {
        Some(address) => view! { <img src=address alt="" /> }.into_any(),
        None => letter().into_any(),
    };
    view! { <span class=class aria-hidden="true">{face}</span> }
}
