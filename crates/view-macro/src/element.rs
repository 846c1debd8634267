//! An element: what never changes goes into one constant, the rest into calls on its builder.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote_spanned};
use rstml::node::{KeyedAttribute, NodeAttribute, NodeElement};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit};

use crate::node;

/// Elements that a browser only knows in the namespace of SVG.
const SVG: [&str; 13] =
    ["svg", "g", "path", "circle", "ellipse", "line", "polyline", "polygon", "rect", "image", "text", "tspan", "defs"];

/// The element as an expression of type `AnyView`.
pub fn build(name: &str, span: Span, tag: &NodeElement<rstml::Infallible>) -> TokenStream {
    // As `Kind` reads it: the namespace, the tag, and the names and values of what never changes.
    let mut kind = if SVG.contains(&name) { format!("svg:{name}") } else { name.to_owned() };
    let mut calls = Vec::new();
    for attribute in tag.attributes() {
        match attribute {
            NodeAttribute::Attribute(attribute) => match literal(attribute) {
                Some(value) => {
                    kind.extend(["\u{1f}", &attribute.key.to_string(), "\u{1f}", &value]);
                }
                None => calls.push(call(attribute)),
            },
            NodeAttribute::Block(block) => {
                calls.push(syn::Error::new(block.span(), "an attribute has a name").to_compile_error());
            }
        }
    }
    // Children first: an attribute's closure often takes what a child copies.
    let children = node::views(tag.children());
    quote_spanned! { span=>
        ::opstap_view::Element::new(::opstap_view::Kind(#kind))
            #(.child(#children))*
            #(#calls)*
            .done()
    }
}

/// The text of an attribute that is the same for ever.
fn literal(attribute: &KeyedAttribute) -> Option<String> {
    let key = attribute.key.to_string();
    if key.contains(':') || key == "node_ref" {
        return None;
    }
    match attribute.value() {
        None => Some(String::new()),
        Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => Some(text.value()),
        Some(_) => None,
    }
}

fn call(attribute: &KeyedAttribute) -> TokenStream {
    let key = attribute.key.to_string();
    let span = attribute.key.span();
    let Some(value) = attribute.value() else {
        return syn::Error::new(span, "this attribute needs a value").to_compile_error();
    };
    if let Some(event) = key.strip_prefix("on:") {
        let event = format_ident!("{event}", span = span);
        quote_spanned! { span=> .on(::opstap_view::events::#event, #value) }
    } else if key == "prop:value" {
        quote_spanned! { span=> .property("value", #value) }
    } else if key == "node_ref" {
        quote_spanned! { span=> .kept_in(#value) }
    } else if key.contains(':') {
        syn::Error::new(span, "of these there are `on:` and `prop:value`; write the whole class or style")
            .to_compile_error()
    } else {
        quote_spanned! { span=> .attribute(#key, #value) }
    }
}
