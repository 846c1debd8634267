//! What the app takes of a bundle, and whether photos wait for Wi-Fi.

use opstap_view::prelude::*;

use super::HelpFloor;
use crate::components::{Button, Icon, Main, Screen, Sentence, Source, Switch, TopBar, changing};
use crate::device;
use crate::event::Tap;
use crate::words::shared;

/// The switch, and the bytes of this month.
#[component]
pub fn DataUse(help: HelpFloor) -> impl IntoView {
    let only = RwSignal::new(device::wifi_only());
    let fetched = RwSignal::new(false);
    let change = move |on: bool| {
        device::set_wifi_only(on);
        only.set(on);
        fetched.set(false);
    };
    let waits = changing(move || if only.get() { waiting(fetched) } else { ().into_any() });
    let (text, photos) = device::used();
    view! {
        <Screen title=shared::DATA_USE>
            <TopBar back=Tap::back() />
            <Main>
                <Sentence text=shared::DATA_USE title=true />
                <Switch text=shared::WIFI_ONLY on=only on_change=change picture=Source::from("camera") />
                {waits}
                <h2>{shared::THIS_MONTH}</h2>
                <p>{shared::data_text(amount(text))}</p>
                <p>{shared::data_photos(amount(photos))}</p>
                <p class="soft small">{shared::DATA_COUNTED}</p>
            </Main>
            {help()}
        </Screen>
    }
}

/// What there is to do while they wait.
fn waiting(fetched: RwSignal<bool>) -> AnyView {
    let says = move || {
        if fetched.get() {
            shared::FETCHING_NOW.get()
        } else if device::tells_the_network() {
            shared::PHOTOS_WAIT_FOR_WIFI.get()
        } else {
            shared::WIFI_UNTOLD.get()
        }
    };
    let now = move || {
        device::carry_all_the_same();
        fetched.set(true);
    };
    view! {
        <p role="status">{says}</p>
        <Button text=shared::FETCH_NOW icon=Icon::ONLINE tap=now />
    }
    .into_any()
}

/// Bytes as people buy them: rounded up, "40 kB", "3 MB".
fn amount(bytes: u64) -> String {
    match bytes.div_ceil(1_000) {
        thousands @ 0..1_000 => format!("{thousands} kB"),
        thousands => format!("{} MB", thousands.div_ceil(1_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_said_as_people_buy_them() {
        let said = [0, 1, 40_000, 999_000, 999_001, 2_000_001].map(amount);
        assert_eq!(said, ["0 kB", "1 kB", "40 kB", "999 kB", "1 MB", "3 MB"]);
    }
}
