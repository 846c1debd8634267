//! A component: a call with its properties, built by the builder that Leptos's `#[component]` makes.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use rstml::node::{NodeAttribute, NodeElement, NodeName};
use syn::spanned::Spanned;

use crate::node;

/// The component's view as an expression of type `AnyView`.
pub fn call(path: &syn::ExprPath, tag: &NodeElement<rstml::Infallible>) -> TokenStream {
    let properties = tag.attributes().iter().map(property);
    let children = (!tag.children().is_empty()).then(|| {
        let inside = node::several(tag.children());
        quote! { .children(::opstap_view::ToChildren::to_children(move || #inside)) }
    });
    quote_spanned! { path.span()=>
        ::opstap_view::IntoView::into_any(::opstap_view::component_view(
            #path,
            ::opstap_view::component_props_builder(&#path) #(#properties)* #children .build()
        ))
    }
}

fn property(attribute: &NodeAttribute) -> TokenStream {
    let NodeAttribute::Attribute(property) = attribute else {
        return syn::Error::new(attribute.span(), "a property has a name").to_compile_error();
    };
    let NodeName::Path(name) = &property.key else {
        return syn::Error::new(property.key.span(), "a property is named by one word").to_compile_error();
    };
    match property.value() {
        Some(value) => quote_spanned! { name.span()=> .#name(#value) },
        // `<Field label />` is short for `<Field label=label />`.
        None => quote_spanned! { name.span()=> .#name(#name) },
    }
}
