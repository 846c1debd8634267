//! Leptos's signals, with one type of content for all.
//!
//! Each type of content would bring all the machinery of signals into the program once more. Here the machinery knows one
//! content, a value behind a pointer, and what a screen holds knows what the value is. They are used like Leptos's own.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{self as reactive, Get, GetUntracked, Set};
use send_wrapper::SendWrapper;

/// A value of any type.
type Held = Arc<dyn Any + Send + Sync>;

/// What a closure gives, whatever it is of; on the one thread a browser has.
type Ask = SendWrapper<Box<dyn Fn(Option<&Held>) -> Held>>;

/// What can be in a signal.
pub trait Content: Send + Sync + 'static {}

impl<T: Send + Sync + 'static> Content for T {}

/// A value that screens follow and anybody may set. It lives as long as the screen that made it.
pub struct RwSignal<T>(reactive::RwSignal<Held>, PhantomData<fn() -> T>);

/// A value that screens follow and anybody may set. It lives as long as somebody has it.
pub struct ArcRwSignal<T>(reactive::ArcRwSignal<Held>, PhantomData<fn() -> T>);

/// A value worked out from others, and followed only when it became another.
pub struct Memo<T>(reactive::Memo<Held>, PhantomData<fn() -> T>);

/// A value that screens follow, wherever it comes from.
pub struct Signal<T>(reactive::Signal<Held>, PhantomData<fn() -> T>);

/// The value as what it is. Whoever holds a signal of `T` got it from one that was made with a `T`.
///
/// Once in the program for each type: what a type is known by are sixteen bytes that nothing makes smaller.
#[inline(never)]
fn as_content<T: Content>(held: Option<&Held>) -> Option<&T> {
    held?.downcast_ref()
}

macro_rules! reading {
    ($($signal:ident),*) => {
        $(impl<T: Content> $signal<T> {
            /// Looks at the value, if the signal is still there; inside a view or effect it is followed.
            pub fn try_with<U>(&self, look: impl FnOnce(&T) -> U) -> Option<U> {
                as_content(self.0.try_get().as_ref()).map(look)
            }

            /// Looks at the value, if the signal is still there, without following it.
            pub fn try_with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> Option<U> {
                as_content(self.0.try_get_untracked().as_ref()).map(look)
            }

            /// Looks at the value; inside a view or effect it is followed.
            ///
            /// # Panics
            /// When the screen that made the signal is gone, as Leptos's own do.
            pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
                there(self.try_with(look))
            }

            /// Looks at the value without following it.
            ///
            /// # Panics
            /// When the screen that made the signal is gone.
            pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
                there(self.try_with_untracked(look))
            }

            /// A copy of the value; inside a view or effect it is followed.
            ///
            /// # Panics
            /// When the screen that made the signal is gone.
            #[must_use]
            pub fn get(&self) -> T
            where
                T: Clone,
            {
                self.with(T::clone)
            }

            /// A copy of the value, without following it.
            ///
            /// # Panics
            /// When the screen that made the signal is gone.
            #[must_use]
            pub fn get_untracked(&self) -> T
            where
                T: Clone,
            {
                self.with_untracked(T::clone)
            }

            /// A copy of the value, if the signal is still there, without following it.
            #[must_use]
            pub fn try_get_untracked(&self) -> Option<T>
            where
                T: Clone,
            {
                self.try_with_untracked(T::clone)
            }

            /// Follows it without looking.
            pub fn track(&self) {
                drop(self.0.try_get());
            }
        })*
    };
}

reading!(RwSignal, ArcRwSignal, Memo, Signal);

/// What was looked at, which is there unless a screen asks for what belonged to one that is gone.
fn there<U>(seen: Option<U>) -> U {
    #[expect(clippy::expect_used, reason = "a mistake in a screen, which its tests show; Leptos panics here as well")]
    seen.expect("the signal of a screen that is gone")
}

macro_rules! writing {
    ($($signal:ident),*) => {
        $(impl<T: Content> $signal<T> {
            /// Sets the value and draws anew what followed it.
            pub fn set(&self, value: T) {
                drop(self.0.try_set(Arc::new(value)));
            }

            /// Sets the value. `false` when the signal is gone.
            pub fn try_set(&self, value: T) -> bool {
                self.0.try_set(Arc::new(value)).is_none()
            }

            /// Changes the value and draws anew what followed it. What the change gives is given back, unless the signal is gone.
            pub fn try_update<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U>
            where
                T: Clone,
            {
                let mut value = self.try_get_untracked()?;
                let told = change(&mut value);
                self.set(value);
                Some(told)
            }

            /// Changes the value and draws anew what followed it.
            pub fn update(&self, change: impl FnOnce(&mut T))
            where
                T: Clone,
            {
                let _ = self.try_update(change);
            }
        })*
    };
}

writing!(RwSignal, ArcRwSignal);

impl<T: Content> RwSignal<T> {
    /// A signal with this value.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(reactive::RwSignal::new(Arc::new(value)), PhantomData)
    }
}

impl<T: Content> ArcRwSignal<T> {
    /// A signal with this value.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(reactive::ArcRwSignal::new(Arc::new(value)), PhantomData)
    }
}

impl<T: Content + PartialEq> Memo<T> {
    /// A value worked out from signals, given the one before.
    #[must_use]
    pub fn new(work_out: impl Fn(Option<&T>) -> T + 'static) -> Self {
        let ask = move |before: Option<&Held>| -> Held { Arc::new(work_out(as_content(before))) };
        Self(memo(SendWrapper::new(Box::new(ask)), is_another::<T>), PhantomData)
    }
}

fn is_another<T: Content + PartialEq>(before: Option<&Held>, now: Option<&Held>) -> bool {
    as_content::<T>(before) != as_content::<T>(now)
}

/// A value for a signal, whatever it is of: what code that is the same for every signal hands on.
pub struct AnyContent(Held);

impl AnyContent {
    /// This value.
    #[must_use]
    pub fn new<T: Content>(value: T) -> Self {
        Self(Arc::new(value))
    }
}

/// A signal, whatever it is of.
#[derive(Clone, Copy)]
pub struct AnySignal(reactive::RwSignal<Held>, fn(Option<&Held>, Option<&Held>) -> bool);

impl AnySignal {
    /// Sets the value where it differs from the one before, unless the signal is gone. It has to be of the signal's own type.
    pub fn set_if_another(self, AnyContent(value): AnyContent) {
        let before = self.0.try_get_untracked();
        if before.is_some() && (self.1)(before.as_ref(), Some(&value)) {
            drop(self.0.try_set(value));
        }
    }
}

impl<T: Content + PartialEq> RwSignal<T> {
    /// The same signal for code that does not know what it is of.
    #[must_use]
    pub fn of_any(self) -> AnySignal {
        AnySignal(self.0, is_another::<T>)
    }
}

fn memo(ask: Ask, is_another: fn(Option<&Held>, Option<&Held>) -> bool) -> reactive::Memo<Held> {
    reactive::Memo::new_with_compare(move |before| ask(before), is_another)
}

impl<T: Content> Signal<T> {
    /// A value worked out from others each time somebody asks.
    #[must_use]
    pub fn derive(work_out: impl Fn() -> T + 'static) -> Self {
        Self(derived(SendWrapper::new(Box::new(move |_| Arc::new(work_out())))), PhantomData)
    }

    /// A value that stays as it is.
    #[must_use]
    pub fn stored(value: T) -> Self {
        Self(reactive::Signal::stored(Arc::new(value)), PhantomData)
    }
}

fn derived(ask: Ask) -> reactive::Signal<Held> {
    reactive::Signal::derive(move || ask(None))
}

impl<T: Content> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self::stored(value)
    }
}

impl From<&str> for Signal<String> {
    fn from(value: &str) -> Self {
        Self::stored(value.to_owned())
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self(signal.0.into(), PhantomData)
    }
}

impl<T> From<ArcRwSignal<T>> for Signal<T> {
    fn from(signal: ArcRwSignal<T>) -> Self {
        Self(signal.0.into(), PhantomData)
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self(memo.0.into(), PhantomData)
    }
}

/// What is done now, and again whenever a signal that it asks changes, as long as the screen that began it stands.
pub struct Effect;

impl Effect {
    /// Begins it. What it gave the last time is given back to it.
    pub fn new<T: 'static>(mut act: impl FnMut(Option<T>) -> T + 'static) -> Self {
        let mut last = None;
        begin(Box::new(move || last = Some(act(last.take()))));
        Self
    }
}

fn begin(mut act: Box<dyn FnMut()>) {
    reactive::Effect::new(move |_: Option<()>| act());
}

macro_rules! copied {
    ($($signal:ident),*) => {
        $(
            impl<T> Clone for $signal<T> {
                fn clone(&self) -> Self {
                    *self
                }
            }

            impl<T> Copy for $signal<T> {}

            impl<T> PartialEq for $signal<T> {
                fn eq(&self, other: &Self) -> bool {
                    self.0 == other.0
                }
            }

            impl<T> Eq for $signal<T> {}
        )*
    };
}

copied!(RwSignal, Memo, Signal);

impl<T> Clone for ArcRwSignal<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}
