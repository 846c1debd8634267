//! Months of which only the figures are on the device, each with a button that brings it back.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use crate::components::{Button, Icon, ListRow, Size, changing};
use crate::dates::{begin_with_capital, moment, month_and_year};
use crate::device;
use crate::words::{Text, shared};

/// The list; nothing while everything is on the device.
#[component]
pub fn OlderMonths(circle: CircleId) -> impl IntoView {
    let months = device::watch(circle, move |_| device::months(circle));
    changing(move || {
        let months = months.get().unwrap_or_default();
        if months.is_empty() {
            return ().into_any();
        }
        let rows = months.into_iter().map(|(month, at, count)| {
            let name = month_and_year(moment(at));
            let name = Text::live(move || {
                let mut name = name.get();
                begin_with_capital(&mut name);
                name
            });
            let ask = move || device::ask_month(circle, month);
            view! {
                <li>
                    <ListRow text=name more=shared::month_had(count)>
                        <Button text=shared::BRING_MONTH icon=Icon::AGAIN size=Size::Tool tap=ask />
                    </ListRow>
                </li>
            }
        });
        view! { <section class="stack"><h2 class="title">{shared::EARLIER}</h2><ul class="list">{rows.collect_view()}</ul></section> }
            .into_any()
    })
}
