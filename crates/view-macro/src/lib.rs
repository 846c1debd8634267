//! The `view!` macro: a screen written as HTML, in Leptos's own syntax, turned into calls to the builder in `opstap-view`.

mod component;
mod element;
mod node;

use proc_macro::TokenStream;

/// Writes a piece of a screen as HTML and gives an `AnyView`.
///
/// ```text
/// view! {
///     <p class="card" aria-label=label on:click=act>{words}<Button text=yes tap=go /></p>
/// }
/// ```
///
/// An attribute is a literal, a value, or a closure that is asked again when a signal in it changes. `on:click` and the
/// like take a closure with the event, `prop:value` sets a property, `node_ref` keeps the element. A name that begins
/// with a capital is a component: its attributes are its properties, and what stands inside it is its `children`.
#[proc_macro]
pub fn view(tokens: TokenStream) -> TokenStream {
    match rstml::parse2(tokens.into()) {
        Ok(nodes) => node::several(&nodes).into(),
        Err(mistake) => mistake.to_compile_error().into(),
    }
}
