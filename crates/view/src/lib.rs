//! How a screen becomes what stands in the browser.
//!
//! Signals, memos, effects and components are Leptos's own. What is different is the way a view is drawn: Leptos gives
//! every piece of a screen a type of its own and makes the code to build, change and remove it once for each, which is fast
//! and large. Here a piece of a screen is a small description behind one pointer, and one piece of code, the same for all,
//! makes what stands in the document equal to it. See `docs/adr/0006-drawing-in-few-bytes.md`.
//!
//! Import [`prelude`] where one would import Leptos's.

mod attribute;
mod change;
mod events_kind;
mod flow;
mod focus;
mod keyed;
mod mount;
mod signals;
mod standing;
mod wanted;

pub use attribute::{Attribute, IntoAttribute, IntoValue, Value};
pub use events_kind::{EventKind, events};
pub use flow::{For, ForProps, Show, ShowProps};
pub use leptos::component::{component_props_builder, component_view};
pub use mount::mount_to_body;
pub use opstap_view_macro::view;
pub use signals::{AnyContent, AnySignal, ArcRwSignal, Content, Effect, Memo, RwSignal, Signal};
pub use wanted::{
    AnyView, Children, ChildrenFn, CollectView, Element, IntoView, Kind, NodeRef, ToChildren, live, several,
};

/// What a file with screens imports: Leptos's signals and components, with the drawing of this crate.
pub mod prelude {
    pub use leptos::component;
    pub use leptos::prelude::{
        ArcTrigger, GetValue, Notify, Owner, SetValue, StoredValue, Track, UpdateValue, WithValue, document,
        event_target_value, on_cleanup, request_animation_frame, set_timeout_with_handle, untrack,
        window_event_listener, window_event_listener_untyped,
    };

    pub use crate::{
        AnyView, ArcRwSignal, Children, ChildrenFn, CollectView, Effect, For, ForProps, IntoAttribute, IntoValue,
        IntoView, Memo, NodeRef, RwSignal, Show, ShowProps, Signal, ToChildren, mount_to_body, view,
    };
}
