//! Time that was probably spent, to be written down by one tap.

use opstap_core::CircleId;
use opstap_core::model::{Model, TimeSpent};
use opstap_view::prelude::*;

use super::super::super::frame::client_name;
use super::super::super::hours::{lasted, my_role, on_what};
use crate::components::{Button, Card, Icon, changing};
use crate::dates::{near_today, on_day};
use crate::device;
use crate::pages::shared::care::keep;
use crate::stories;
use crate::words::{Text, hours};

/// As many as stand in sight.
const IN_SIGHT: usize = 3;

/// "Klopt dit? gisteren, 45 minuten met Sem".
#[component]
pub(super) fn Proposals(circle: CircleId) -> impl IntoView {
    let all = device::watch(circle, |reader| async move { stories::guidance::proposals(&reader).await });
    let name = client_name(circle);
    changing(move || {
        let all = all.get().unwrap_or_default().into_iter().take(IN_SIGHT);
        all.map(|time| card(circle, time, name)).collect_view()
    })
}

fn card(circle: CircleId, time: TimeSpent, name: Signal<String>) -> AnyView {
    let (day, how_long, what) = (near_today(on_day(time.on)), lasted(time.minutes), on_what(time.kind, name));
    let says = Text::live(move || hours::proposed(day.get(), [how_long.get(), what.get()].join(" ")).get());
    let right = move || {
        let time = TimeSpent { role: my_role(circle), ..time.clone() };
        let said = hours::kept(lasted(time.minutes).get());
        keep(circle, vec![time.make(device::new_id())], said);
    };
    view! {
        <Card>
            <div class="row">
                <span class="fill"><b>{hours::IS_RIGHT}</b> " " {says}</span>
                <Button text=hours::RIGHT icon=Icon::CHECK tap=right />
            </div>
        </Card>
    }
    .into_any()
}
