//! The stroke marks of the app, each one path on a grid of 24. As constants, a bundle carries only what it draws.

use opstap_view::prelude::*;

/// One mark. It never stands alone: a word or a label beside it says what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon(&'static str);

macro_rules! icons {
    ($($name:ident, $path:literal, $what:literal;)*) => {
        impl Icon {
            $(#[doc = $what] pub const $name: Self = Self($path);)*

            /// All of them with their names, for the gallery.
            #[cfg(any(test, feature = "gallery"))]
            pub const ALL: &[(&'static str, Self)] = &[$((stringify!($name), Self::$name)),*];
        }
    };
}

icons! {
    CHECK, "M4.5 12.5l5 5L19.5 7", "Done, chosen, sent.";
    BACK, "M15 5l-7 7 7 7", "Back.";
    FORWARD, "M9 5l7 7-7 7", "On, begin, go further.";
    UP, "M12 19V5M6 11l6-6 6 6", "Move up.";
    DOWN, "M12 5v14M6 13l6 6 6-6", "Move down.";
    PHONE, "M6 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2A16.3 16.3 0 0 1 4 5.7a2 2 0 0 1 2-2.2z", "Call.";
    SPEAKER, "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18.3 6.3a8 8 0 0 1 0 11.4", "Read aloud.";
    STOP, "M7 7h10v10H7z", "Stop what sounds.";
    HAND, "M7 12.5V6.2a1.6 1.6 0 0 1 3.2 0V11M10.2 10.5V4.3a1.6 1.6 0 0 1 3.2 0v6.2M13.4 10.5V5.4a1.6 1.6 0 0 1 3.2 0v6M16.6 10.5V8.3a1.6 1.6 0 0 1 3.2 0v6.2a6.5 6.5 0 0 1-6.5 6.5h-1.6a6 6 0 0 1-4.6-2.2L3.6 14a1.6 1.6 0 0 1 2.5-2l1.4 1.6", "Help.";
    CAMERA, "M4 8h3.5l1.5-2.5h6L16.5 8H20a1 1 0 0 1 1 1v9.5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM12 10a3.6 3.6 0 1 0 0 7.2 3.6 3.6 0 0 0 0-7.2", "A photo.";
    CLOCK, "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2.5", "Later, a time.";
    BOOK, "M12 6.5C10 5 7 4.5 3.5 4.5v13.5c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2V4.5C17 4.5 14 5 12 6.5zM12 6.5V20", "My book.";
    TRASH, "M4 7h16M9.5 7V4h5v3M6 7l1 13.5h10L18 7M10 11v5.5M14 11v5.5", "Remove.";
    PLUS, "M12 5v14M5 12h14", "Add, more.";
    MINUS, "M5 12h14", "Less.";
    CROSS, "M6 6l12 12M18 6L6 18", "Close, all off.";
    SEARCH, "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.3 15.3L20.5 20.5", "Search.";
    EYE, "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6", "See, who looked.";
    MESSAGE, "M4 5h16v11.5h-9L6.5 20.5v-4H4z", "A message.";
    UNDO, "M8.5 5L4.5 9l4 4M4.5 9H15a5 5 0 0 1 0 10h-4", "Undo.";
    AGAIN, "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5", "Once more.";
    SPLIT, "M12 20.5V14L6 8M12 14l6-6M6 12.5V8h4.5M13.5 8H18v4.5", "Another way.";
    OFFLINE, "M3 3l18 18M4.5 11.5A11 11 0 0 1 8.5 9M12.5 7.8a11 11 0 0 1 7 3.7M8 15.2a5.8 5.8 0 0 1 5.5-1.5M12 19h.01", "No internet.";
    ONLINE, "M2.5 9a14 14 0 0 1 19 0M5.5 12.5a9.5 9.5 0 0 1 13 0M8.7 15.7a4.8 4.8 0 0 1 6.6 0M12 19h.01", "Internet.";
    DEVICE, "M8 2.5h8a1.5 1.5 0 0 1 1.5 1.5v16a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.5zM11 18.5h2", "On this device.";
    WARNING, "M12 4L2.8 20h18.4zM12 10v4.5M12 17.3h.01", "A problem.";
    BELL, "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4M12 5V3", "Asks for attention.";
    PEOPLE, "M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M2.5 20c0-3.8 2.9-6 6.5-6s6.5 2.2 6.5 6M15.5 5a3.3 3.3 0 0 1 0 6.2M18 14.5c2.2.8 3.5 2.7 3.5 5.5", "People.";
    PERSON, "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20.5c0-4 3.2-6.5 7.5-6.5s7.5 2.5 7.5 6.5", "A person.";
    STAIRS, "M3 19.5h4.5V15H12v-4.5h4.5V6H21", "Plans, steps.";
    BUS, "M5 4.5h14a1 1 0 0 1 1 1V17H4V5.5a1 1 0 0 1 1-1zM4 11.5h16M7 17v2.5M17 17v2.5M7.5 14.3h.01M16.5 14.3h.01", "By bus, travel.";
    METRO, "M8 3.5h8a2.5 2.5 0 0 1 2.5 2.5v9a2.5 2.5 0 0 1-2.5 2.5H8A2.5 2.5 0 0 1 5.5 15V6A2.5 2.5 0 0 1 8 3.5zM5.5 11h13M9 14.3h.01M15 14.3h.01M8.5 17.5L6 21M15.5 17.5L18 21", "By metro, tram or train.";
    BICYCLE, "M6 11.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8M18 11.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8M6 15.5L9.5 8H15l3 7.5M9.5 8L13 15.5H6M8 6h3M14 5.5h2.5", "By bicycle.";
    WALK, "M13 2.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4M12 9l-1 5.5 3.5 2.5 1 4.5M11 14.5L9 18l-2.5 3M12 9l-3.5 1.5L7.5 14M12.5 9l2 3 3 .8", "On foot.";
    CHANGE, "M8 20V4M4 8l4-4 4 4M16 4v16M12 16l4 4 4-4", "Change here.";
    FLAG, "M6 21V4h12l-2.5 4L18 12H6", "Arrived, a goal.";
    SHARE, "M12 15V3.5M7.5 8L12 3.5 16.5 8M5 13v7.5h14V13", "Show it to somebody.";
    SEND, "M3.5 11L20.5 3.5 14 20.5l-3-7z", "Send.";
    PENCIL, "M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5", "Change.";
    LOCK, "M6 11h12v9.5H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11", "Closed, only for me.";
    PICTURE, "M4 5h16v14H4zM4 16l4.5-4.5L13 16l3-3 4 4M15.5 9h.01", "A picture.";
    MICROPHONE, "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21", "Say it.";
    SETTINGS, "M4 7h9M17 7h3M4 17h3M11 17h9M15 5a2 2 0 1 0 0 4 2 2 0 0 0 0-4M9 15a2 2 0 1 0 0 4 2 2 0 0 0 0-4", "Settings.";
    COPY, "M8.5 8.5H20V20H8.5zM15.5 8.5V4H4v11.5h4.5", "Take a copy.";
    CHART, "M4 20h16M7 16.5v-4M12 16.5V6M17 16.5V9.5", "Figures.";
    KEY, "M8 9.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M11.2 10.8L20 3.5M16 7l3 3.5", "Pair a device.";
    GRIP, "M9 6h.01M9 12h.01M9 18h.01M15 6h.01M15 12h.01M15 18h.01", "Drag.";
    INFO, "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 11v5M12 7.7h.01", "Advice.";
    PRINTER, "M7 8.5V4h10v4.5M7 17H4V8.5h16V17h-3M7 13.5h10V20H7z", "Print.";
    SNOOZE, "M4 10h8l-8 9h8M14 4.5h6l-6 7h6", "Later, and not now.";
    PAUSE, "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M10 9v6M14 9v6", "Stopped half-way.";
    RISING, "M3.5 17.5l6-6 3.5 3.5 7.5-8M15 7h5.5v5.5", "More by oneself.";
    FALLING, "M3.5 7l6 6 3.5-3.5 7.5 8M15 17.5h5.5V12", "Less by oneself.";
    EQUAL, "M5 9.5h14M5 14.5h14", "As before.";
    OVER_TO, "M13.5 4H20v16h-6.5M4 12h10.5M10.5 8l4 4-4 4", "Handed over.";
    MORE, "M5.5 12h.01M12 12h.01M18.5 12h.01", "More to choose.";
}

/// Draws a mark at the size of the text around it; a screen reader skips it.
#[must_use]
pub fn icon(icon: Icon) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=icon.0 />
        </svg>
    }
    .into_any()
}
