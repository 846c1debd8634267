//! What stands in the document, and what has to be known of it to change or remove it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{RenderEffect, document};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, UnwrapThrowExt};

use crate::attribute::{Attribute, Named, Value, write};
use crate::change::change;
use crate::focus::leaves;
use crate::keyed::{StandingRows, rows};
use crate::signals::Effect;
use crate::wanted::{Act, AnyView, Element, Kind, NodeRef, Wanted};

/// A piece of the document. There is always at least one node of it, so that it knows where it stands; nothing is an
/// empty text.
pub enum Standing {
    Text(StandingText),
    Element(Box<StandingElement>),
    Several(Vec<Standing>),
    Live(StandingLive),
    Keyed(StandingRows),
}

pub struct StandingText {
    pub node: web_sys::Text,
    pub text: Cow<'static, str>,
}

pub struct StandingElement {
    pub kind: Kind,
    pub node: web_sys::Element,
    pub attributes: Vec<Named<StandingAttribute>>,
    pub listeners: Vec<Listener>,
    pub children: Vec<Standing>,
    pub kept_in: Option<NodeRef>,
}

pub enum StandingAttribute {
    Fixed(Value),
    Live(#[expect(dead_code, reason = "it follows its signals for as long as it is held")] RenderEffect<()>),
}

/// A listener whose act can be replaced: the browser keeps calling the same function.
pub struct Listener {
    pub name: &'static str,
    pub act: Rc<RefCell<Act>>,
    called: Closure<dyn FnMut(web_sys::Event)>,
}

/// What a live piece shows now. Shared with the effect that draws it anew.
pub type Held = Rc<RefCell<Option<Standing>>>;

pub struct StandingLive {
    pub held: Held,
    #[expect(dead_code, reason = "it follows its signals for as long as it is held")]
    pub follows: RenderEffect<()>,
}

/// An effect that ends lets go of what it holds only in its next turn. What stands inside must not follow its signals until
/// then: their screen is gone already.
impl Drop for StandingLive {
    fn drop(&mut self) {
        let held = self.held.try_borrow_mut().ok().and_then(|mut held| held.take());
        drop(held);
    }
}

/// Makes what is wanted, not yet in the document.
pub fn build(view: AnyView) -> Standing {
    match view.wanted() {
        None => text(Cow::Borrowed("")),
        Some(Wanted::Text(words)) => text(words),
        Some(Wanted::Element(wanted)) => Standing::Element(Box::new(element(wanted))),
        Some(Wanted::Several(views)) => Standing::Several(views.into_iter().map(build).collect()),
        Some(Wanted::Live(draw)) => Standing::Live(live(None, draw)),
        Some(Wanted::Keyed(wanted)) => Standing::Keyed(rows(wanted)),
    }
}

fn text(text: Cow<'static, str>) -> Standing {
    Standing::Text(StandingText { node: document().create_text_node(&text), text })
}

fn element(wanted: Element) -> StandingElement {
    let Element { kind, attributes, listeners, children, kept_in } = wanted;
    let document = document();
    let mut parts = kind.0.split('\u{1f}');
    let tag = parts.next().unwrap_or_default();
    let made = match tag.strip_prefix("svg:") {
        Some(tag) => document.create_element_ns(Some("http://www.w3.org/2000/svg"), tag),
        None => document.create_element(tag),
    };
    // Only a tag that is no name fails here, and the tag is written in the source.
    let node = made.unwrap_throw();
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        let _ = node.set_attribute(name, value);
    }
    let children: Vec<Standing> = children.into_iter().map(build).collect();
    for child in &children {
        child.mount(&node, None);
    }
    let attributes = attributes.into_iter().map(|wanted| attribute(&node, wanted)).collect();
    let listeners = listeners.into_iter().map(|(name, act)| Listener::new(&node, name, act)).collect();
    keep(&node, kept_in);
    StandingElement { kind, node, attributes, listeners, children, kept_in }
}

/// Puts the element in the signal that asked for it.
pub fn keep(node: &web_sys::Element, kept_in: Option<NodeRef>) {
    if let Some(signal) = kept_in {
        let node = SendWrapper::new(node.clone());
        // Not before the element stands in the document.
        Effect::new(move |_| signal.set(Some(node.clone())));
    }
}

/// Writes an attribute, and again whenever it changes.
pub fn attribute(node: &web_sys::Element, wanted: Named<Attribute>) -> Named<StandingAttribute> {
    let Named { name, place, value } = wanted;
    let value = match value {
        Attribute::Fixed(value) => {
            if value.is_some() {
                write(node, name, place, &value);
            }
            StandingAttribute::Fixed(value)
        }
        Attribute::Live(ask) => {
            let node = node.clone();
            StandingAttribute::Live(follow(Box::new(move || write(&node, name, place, &ask()))))
        }
    };
    Named { name, place, value }
}

impl Listener {
    pub fn new(node: &web_sys::Element, name: &'static str, act: Act) -> Self {
        let act = Rc::new(RefCell::new(act));
        let acts = act.clone();
        let called = Closure::<dyn FnMut(web_sys::Event)>::new(move |event| {
            // Taking an element away can make the browser tell the same listener something while it is at work.
            if let Ok(mut act) = acts.try_borrow_mut() {
                act(event);
            }
        });
        let _ = node.add_event_listener_with_callback(name, called.as_ref().unchecked_ref());
        Self { name, act, called }
    }

    pub fn remove(&self, node: &web_sys::Element) {
        let _ = node.remove_event_listener_with_callback(self.name, self.called.as_ref().unchecked_ref());
    }
}

/// Draws now, and again whenever a signal in it changes, over what stands there.
pub fn live(standing: Option<Standing>, mut draw: Box<dyn FnMut() -> AnyView>) -> StandingLive {
    let held: Held = Rc::new(RefCell::new(standing));
    let shown = held.clone();
    let follows = follow(Box::new(move || {
        let view = draw();
        let before = shown.borrow_mut().take();
        let now = match before {
            Some(before) => change(before, view),
            None => build(view),
        };
        shown.replace(Some(now));
    }));
    StandingLive { held, follows }
}

/// One type of effect for everything that is drawn.
pub fn follow(mut run: Box<dyn FnMut()>) -> RenderEffect<()> {
    RenderEffect::new(move |_| run())
}

impl Standing {
    /// Puts its nodes into the document, before a node or at the end.
    pub fn mount(&self, parent: &web_sys::Node, before: Option<&web_sys::Node>) {
        self.each_node(&mut |node| {
            let _ = parent.insert_before(node, before);
        });
    }

    /// Takes its nodes out of the document.
    pub fn unmount(&self) {
        self.each_node(&mut |node| {
            if let Some(parent) = node.parent_node() {
                leaves(node);
                let _ = parent.remove_child(node);
            }
        });
    }

    /// The first of its nodes.
    pub fn first(&self) -> Option<web_sys::Node> {
        let mut first = None;
        self.each_node(&mut |node| {
            first.get_or_insert_with(|| node.clone());
        });
        first
    }

    /// The last of its nodes.
    pub fn last(&self) -> Option<web_sys::Node> {
        let mut last = None;
        self.each_node(&mut |node| last = Some(node.clone()));
        last
    }

    fn each_node(&self, act: &mut dyn FnMut(&web_sys::Node)) {
        match self {
            Self::Text(text) => act(&text.node),
            Self::Element(element) => act(&element.node),
            Self::Several(all) => all.iter().for_each(|one| one.each_node(act)),
            Self::Live(live) => {
                if let Some(standing) = &*live.held.borrow() {
                    standing.each_node(act);
                }
            }
            Self::Keyed(rows) => rows.each(&mut |row| row.each_node(act)),
        }
    }
}
