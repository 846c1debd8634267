//! Attributes and properties of an element.

use std::borrow::Cow;

use wasm_bindgen::JsValue;

use crate::signals::{Content, Signal};

/// What an attribute says now; `None` is an attribute that is not there.
pub type Value = Option<Cow<'static, str>>;

/// What can be the value of an attribute.
pub trait IntoValue {
    /// The value as text.
    fn into_value(self) -> Value;
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Some(Cow::Borrowed(self))
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Some(Cow::Owned(self))
    }
}

impl IntoValue for usize {
    fn into_value(self) -> Value {
        Some(Cow::Owned(self.to_string()))
    }
}

/// There, or not there.
impl IntoValue for bool {
    fn into_value(self) -> Value {
        self.then_some(Cow::Borrowed(""))
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.and_then(IntoValue::into_value)
    }
}

/// An attribute as a view wants it.
pub enum Attribute {
    /// As it is until the view is drawn anew.
    Fixed(Value),
    /// Asked again whenever a signal in it changes.
    Live(Box<dyn Fn() -> Value>),
}

/// What can stand behind the `=` of an attribute.
pub trait IntoAttribute {
    #[doc(hidden)]
    fn into_attribute(self) -> Attribute;
}

macro_rules! fixed {
    ($($kind:ty),*) => {
        $(impl IntoAttribute for $kind {
            fn into_attribute(self) -> Attribute {
                Attribute::Fixed(self.into_value())
            }
        })*
    };
}

fixed!(&'static str, String, usize, bool);

impl<T: IntoAttribute> IntoAttribute for Option<T> {
    fn into_attribute(self) -> Attribute {
        self.map_or(Attribute::Fixed(None), IntoAttribute::into_attribute)
    }
}

impl<F: Fn() -> V + 'static, V: IntoValue> IntoAttribute for F {
    fn into_attribute(self) -> Attribute {
        Attribute::Live(Box::new(move || self().into_value()))
    }
}

impl<T: IntoValue + Clone + Content> IntoAttribute for Signal<T> {
    fn into_attribute(self) -> Attribute {
        Attribute::Live(Box::new(move || self.get().into_value()))
    }
}

/// Where a value goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The attribute in the document.
    Attribute,
    /// The property of the object, such as what stands in a field now.
    Property,
}

/// A value under its name and in its place.
pub(crate) struct Named<T> {
    pub name: &'static str,
    pub place: Place,
    pub value: T,
}

/// Puts a value where it belongs.
pub(crate) fn write(element: &web_sys::Element, name: &str, place: Place, value: &Value) {
    // Neither can go wrong: names are checked by the browser once, when somebody first looks at the screen.
    let _ = match (place, value) {
        (Place::Attribute, Some(value)) => element.set_attribute(name, value),
        (Place::Attribute, None) => element.remove_attribute(name),
        (Place::Property, value) => {
            let value = JsValue::from_str(value.as_deref().unwrap_or_default());
            js_sys::Reflect::set(element, &JsValue::from_str(name), &value).map(drop)
        }
    };
}
