//! What a component does when somebody acts on it: a place to go to, or something to do.

use std::rc::Rc;

use send_wrapper::SendWrapper;

use crate::navigation::{Place, go_back, go_to};

/// A function that receives what a person chose. It stays on the one thread a browser has.
pub struct Handler<T: 'static>(SendWrapper<Rc<dyn Fn(T)>>);

impl<T> Handler<T> {
    /// Tells the screen what was chosen.
    pub fn run(&self, value: T) {
        (self.0)(value);
    }
}

impl<T> Clone for Handler<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T, F: Fn(T) + 'static> From<F> for Handler<T> {
    fn from(act: F) -> Self {
        Self(SendWrapper::new(Rc::new(act)))
    }
}

/// What a tap does. A tap that leads somewhere is a real link, any other a button.
#[derive(Clone)]
pub struct Tap {
    pub(crate) href: Option<String>,
    act: SendWrapper<Rc<dyn Fn()>>,
}

impl Tap {
    /// Goes to a place of this bundle.
    #[must_use]
    pub fn to<P: Place>(place: P) -> Self {
        let href = place.path();
        Self { href: Some(href), act: SendWrapper::new(Rc::new(move || go_to(place.clone()))) }
    }

    /// A link the browser follows itself: `tel:`, `sms:`, a file.
    #[must_use]
    pub fn out(href: String) -> Self {
        Self { href: Some(href), act: SendWrapper::new(Rc::new(|| {})) }
    }

    /// One screen back, or up to the place above when this screen was the first.
    #[must_use]
    pub fn back() -> Self {
        Self { href: None, act: SendWrapper::new(Rc::new(go_back)) }
    }

    /// The same, after something of its own.
    #[must_use]
    pub fn after(self, first: impl Fn() + 'static) -> Self {
        let Self { href, act } = self;
        let both = move || {
            first();
            act();
        };
        Self { href, act: SendWrapper::new(Rc::new(both)) }
    }

    /// Does it now.
    pub fn run(&self) {
        (self.act)();
    }

    /// Whether the browser follows this link by itself.
    pub(crate) fn leaves(&self) -> bool {
        self.href.as_ref().is_some_and(|href| !href.starts_with('/'))
    }
}

impl<F: Fn() + 'static> From<F> for Tap {
    fn from(act: F) -> Self {
        Self { href: None, act: SendWrapper::new(Rc::new(act)) }
    }
}
