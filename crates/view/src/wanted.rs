//! What a screen should be: a description, cheap to make and to throw away.

use std::borrow::Cow;
use std::rc::Rc;

use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

use crate::attribute::{Attribute, IntoAttribute, Named, Place};
use crate::events_kind::EventKind;
use crate::keyed::Rows;
use crate::signals::{Content, RwSignal, Signal};

/// A piece of a screen. One pointer, whatever it holds, so that handing it on costs next to nothing in code.
pub struct AnyView(Option<Box<Wanted>>);

/// What a piece of a screen can be.
pub(crate) enum Wanted {
    Text(Cow<'static, str>),
    Element(Element),
    Several(Vec<AnyView>),
    Live(Box<dyn FnMut() -> AnyView>),
    Keyed(Rows),
}

impl AnyView {
    pub(crate) fn new(wanted: Wanted) -> Self {
        Self(Some(Box::new(wanted)))
    }

    pub(crate) fn of(wanted: Option<Wanted>) -> Self {
        Self(wanted.map(Box::new))
    }

    pub(crate) fn wanted(self) -> Option<Wanted> {
        self.0.map(|wanted| *wanted)
    }
}

/// Pieces one after the other.
#[must_use]
pub fn several(views: Vec<AnyView>) -> AnyView {
    if views.is_empty() { AnyView(None) } else { AnyView::new(Wanted::Several(views)) }
}

/// A piece that is drawn anew when a signal it asks changes.
#[must_use]
pub fn live(draw: Box<dyn FnMut() -> AnyView>) -> AnyView {
    AnyView::new(Wanted::Live(draw))
}

/// What can stand on a screen.
pub trait IntoView {
    /// It as a piece of a screen.
    fn into_any(self) -> AnyView;
}

impl IntoView for AnyView {
    fn into_any(self) -> AnyView {
        self
    }
}

/// Nothing.
impl IntoView for () {
    fn into_any(self) -> AnyView {
        AnyView(None)
    }
}

impl IntoView for &'static str {
    fn into_any(self) -> AnyView {
        AnyView::new(Wanted::Text(Cow::Borrowed(self)))
    }
}

impl IntoView for String {
    fn into_any(self) -> AnyView {
        AnyView::new(Wanted::Text(Cow::Owned(self)))
    }
}

impl IntoView for usize {
    fn into_any(self) -> AnyView {
        self.to_string().into_any()
    }
}

impl<T: IntoView> IntoView for Option<T> {
    fn into_any(self) -> AnyView {
        self.map_or(AnyView(None), IntoView::into_any)
    }
}

impl<T: IntoView> IntoView for Vec<T> {
    fn into_any(self) -> AnyView {
        several(self.into_iter().map(IntoView::into_any).collect())
    }
}

impl<F: FnMut() -> V + 'static, V: IntoView> IntoView for F {
    fn into_any(mut self) -> AnyView {
        live(Box::new(move || self().into_any()))
    }
}

impl<T: IntoView + Clone + Content> IntoView for Signal<T> {
    fn into_any(self) -> AnyView {
        live(Box::new(move || self.get().into_any()))
    }
}

/// Makes one view of many.
pub trait CollectView {
    /// All of them, one after the other.
    fn collect_view(self) -> AnyView;
}

impl<I: Iterator<Item: IntoView>> CollectView for I {
    fn collect_view(self) -> AnyView {
        several(self.map(IntoView::into_any).collect())
    }
}

/// What stands inside a component, drawn once.
pub type Children = Box<dyn FnOnce() -> AnyView>;

/// What stands inside a component, drawn as often as it likes.
pub type ChildrenFn = Rc<dyn Fn() -> AnyView>;

/// How what was written inside a component's tags becomes the type it asks for.
pub trait ToChildren<F> {
    #[doc(hidden)]
    fn to_children(draw: F) -> Self;
}

impl<F: FnOnce() -> AnyView + 'static> ToChildren<F> for Children {
    fn to_children(draw: F) -> Self {
        Box::new(draw)
    }
}

impl<F: Fn() -> AnyView + 'static> ToChildren<F> for ChildrenFn {
    fn to_children(draw: F) -> Self {
        Rc::new(draw)
    }
}

/// Keeps an element while it stands on the screen.
pub type NodeRef = RwSignal<Option<SendWrapper<web_sys::Element>>>;

/// What is the same in every drawing of one place in the source: the tag, after `svg:` if it belongs to SVG, and the names and values of
/// the attributes that never change, each after a unit separator. One text, as a table of pointers to each would weigh more than they do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Kind(pub &'static str);

/// What a listener does.
pub(crate) type Act = Box<dyn FnMut(web_sys::Event)>;

/// An element to be.
pub struct Element {
    pub(crate) kind: Kind,
    pub(crate) attributes: Vec<Named<Attribute>>,
    pub(crate) listeners: Vec<(&'static str, Act)>,
    pub(crate) children: Vec<AnyView>,
    pub(crate) kept_in: Option<NodeRef>,
}

/// An [`Element`] while its macro adds to it. Boxed, as a pointer is all the code at each step has to pass on.
pub struct Building(Box<Element>);

impl Element {
    /// An element with what never changes about it. For the `view!` macro.
    #[expect(clippy::new_ret_no_self, reason = "the macro goes on with the builder")]
    #[must_use]
    pub fn new(kind: Kind) -> Building {
        let element = Self { kind, attributes: Vec::new(), listeners: Vec::new(), children: Vec::new(), kept_in: None };
        Building(Box::new(element))
    }
}

impl Building {
    /// One more child.
    #[must_use]
    #[inline(never)]
    pub fn child(mut self, child: AnyView) -> Self {
        self.0.children.push(child);
        self
    }

    /// One more attribute.
    #[must_use]
    pub fn attribute(self, name: &'static str, value: impl IntoAttribute) -> Self {
        self.named(name, Place::Attribute, value.into_attribute())
    }

    /// One more property.
    #[must_use]
    pub fn property(self, name: &'static str, value: impl IntoAttribute) -> Self {
        self.named(name, Place::Property, value.into_attribute())
    }

    #[inline(never)]
    fn named(mut self, name: &'static str, place: Place, value: Attribute) -> Self {
        self.0.attributes.push(Named { name, place, value });
        self
    }

    /// One more listener.
    #[must_use]
    pub fn on<K: EventKind>(self, _: K, mut act: impl FnMut(K::Event) + 'static) -> Self {
        self.listen(K::NAME, Box::new(move |event| act(event.unchecked_into())))
    }

    #[inline(never)]
    fn listen(mut self, name: &'static str, act: Act) -> Self {
        self.0.listeners.push((name, act));
        self
    }

    /// Keeps the element in a signal.
    #[must_use]
    pub fn kept_in(mut self, signal: NodeRef) -> Self {
        self.0.kept_in = Some(signal);
        self
    }

    /// The element as a piece of a screen.
    #[must_use]
    #[inline(never)]
    pub fn done(self) -> AnyView {
        AnyView::new(Wanted::Element(*self.0))
    }
}
