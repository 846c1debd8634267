//! That the client arrived, for those who may see it; and for the OV-coach that nothing yet is no alarm.

use opstap_core::model::{Arrival, HANDOVER_AGREED, Route};
use opstap_core::{CircleId, Kind, Millis, Value};
use opstap_view::prelude::*;

use crate::components::{Card, Tone, changing};
use crate::dates::{moment, spoken_moment};
use crate::day::today;
use crate::device::{self, Reader};
use crate::stories;
use crate::words::{Text, way};

/// What there is to tell of today.
#[derive(Clone, Default, PartialEq)]
struct Told {
    /// The routes that were travelled, the last first, and when.
    arrived: Vec<(String, Millis)>,
    /// This is the coach of somebody who travels alone.
    coaches: bool,
}

async fn read(reader: Reader, midnight: Millis) -> Told {
    let mut arrivals = reader.all::<Arrival>().await;
    arrivals.retain(|arrival| arrival.value.at >= midnight);
    stories::sort_by(&mut arrivals, |a, b| (a.value.at, a.id) < (b.value.at, b.id));
    let mut told = Told::default();
    for Arrival { route, at } in arrivals.into_iter().map(|arrival| arrival.value) {
        told.arrived.extend(reader.one::<Route>(route).await.map(|route| (route.value.title, at)));
    }
    told.coaches = coaches(&reader).await;
    told
}

/// Whether the person on this phone took the client over as OV-coach, and the client agreed.
async fn coaches(reader: &Reader) -> bool {
    let Some(me) = device::me().map(|me| Value::Id(me.id.0)) else { return false };
    let handovers = reader.records(Kind::Handover, None).await;
    let agreed = |id| {
        handovers.iter().any(|(handover, _)| {
            handover.parent == Some(id) && matches!(handover.value(HANDOVER_AGREED), Some(Value::Int(_)))
        })
    };
    let trajectories = reader.records(Kind::Trajectory, None).await;
    trajectories.iter().any(|(told, _)| told.value("coach") == Some(&me) && agreed(told.id))
}

/// "Sem is er: Naar school, om 9 uur".
pub fn arrivals(circle: CircleId, name: Memo<String>) -> AnyView {
    changing(move || today_of(circle, name, today())).into_any()
}

fn today_of(circle: CircleId, name: Memo<String>, midnight: Millis) -> AnyView {
    let told = device::watch(circle, move |reader| read(reader, midnight));
    changing(move || {
        let Told { arrived, coaches } = told.get().unwrap_or_default();
        if arrived.is_empty() && coaches {
            let says = Text::live(move || way::none_yet(name.get()).get());
            return view! { <p class="soft">{says}<br />{way::NONE_IS_NO_ALARM}</p> }.into_any();
        }
        let lines: Vec<_> = arrived
            .into_iter()
            .map(|(route, at)| {
                let at = spoken_moment(moment(at));
                let says = Text::live(move || way::is_there(name.get(), &route, at.get()).get());
                view! { <p class="strong">{says}</p> }
            })
            .collect();
        (!lines.is_empty()).then(|| view! { <Card tone=Tone::Way>{lines}</Card> }).into_any()
    })
    .into_any()
}
