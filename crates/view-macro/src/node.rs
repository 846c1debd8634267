//! What stands between tags: elements, components, text and blocks of code.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use rstml::node::{Node, NodeBlock, NodeElement, NodeName};
use syn::spanned::Spanned;

use crate::{component, element};

/// The nodes as one expression of type `AnyView`.
pub fn several(nodes: &[Node]) -> TokenStream {
    let views = views(nodes);
    match views.as_slice() {
        [view] => view.clone(),
        _ => quote! { ::opstap_view::several(::std::vec![#(#views),*]) },
    }
}

/// Each node as an expression of type `AnyView`.
pub fn views(nodes: &[Node]) -> Vec<TokenStream> {
    nodes.iter().filter_map(view).collect()
}

fn view(node: &Node) -> Option<TokenStream> {
    match node {
        Node::Element(tag) => Some(tagged(tag)),
        Node::Text(text) => {
            let text = &text.value;
            Some(quote! { ::opstap_view::IntoView::into_any(#text) })
        }
        Node::RawText(text) => {
            let text = text.to_string_best();
            Some(quote! { ::opstap_view::IntoView::into_any(#text) })
        }
        Node::Block(NodeBlock::ValidBlock(block)) => {
            // Without its braces, so that what it makes is moved rather than held to the block's end.
            let inside = match block.stmts.as_slice() {
                [syn::Stmt::Expr(expression, None)] => quote! { #expression },
                _ => quote! { #block },
            };
            Some(quote_spanned! { block.span()=> ::opstap_view::IntoView::into_any(#inside) })
        }
        Node::Block(NodeBlock::Invalid(block)) => Some(quote! { #block }),
        Node::Fragment(fragment) => Some(several(fragment.children())),
        Node::Comment(_) | Node::Doctype(_) | Node::Custom(_) => None,
    }
}

fn tagged(tag: &NodeElement<rstml::Infallible>) -> TokenStream {
    match tag.name() {
        NodeName::Path(path) if is_component(path) => component::call(path, tag),
        name => element::build(&name.to_string(), name.span(), tag),
    }
}

fn is_component(path: &syn::ExprPath) -> bool {
    path.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
}
