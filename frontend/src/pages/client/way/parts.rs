//! The client's route as pictures, part by part.

use opstap_core::model::{Part, Route};
use opstap_core::{CircleId, RecordId};
use opstap_insight::picture_of;
use opstap_view::prelude::*;

use super::{gone, vehicle};
use crate::components::{Bones, ListRow, LoadingBones, Picture, Sentence, Well, changing};
use crate::device::{self, Reader};
use crate::pages::client::frame::Frame;
use crate::stories;
use crate::words::{Text, client};

/// A route and its parts in order.
#[derive(Clone, PartialEq)]
struct Told {
    route: Route,
    parts: Vec<Part>,
}

async fn read(reader: Reader, route: RecordId) -> Option<Told> {
    let parts = stories::route::parts(&reader, route).await.into_iter().map(|part| part.part.value).collect();
    Some(Told { route: reader.one::<Route>(route).await?.value, parts })
}

/// The route.
#[component]
pub fn Parts(circle: CircleId, route: RecordId) -> impl IntoView {
    let told = device::watch(circle, move |reader| read(reader, route));
    let body = changing(move || match told.get() {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(None) => gone(),
        Some(Some(Told { route, parts })) => {
            let rows = parts.into_iter().map(|part| view! { <li>{row(circle, part)}</li> }).collect_view();
            view! {
                <Sentence text=Text::from(route.title) title=true />
                <ol class="list">{rows}</ol>
            }
            .into_any()
        }
    });
    Frame { way: true, ..Frame::default() }.around(client::MY_ROUTE.into(), body)
}

fn row(circle: CircleId, part: Part) -> AnyView {
    let lead = view! { <Picture source=device::picture(circle, Some(picture_of(&part))) well=Well::Wide /> }.into_any();
    let more = whither(&part);
    view! { <ListRow text=Text::from(part.title) more lead /> }.into_any()
}

/// The direction on the vehicle, where to get off, and what one sees there, as far as they are known.
fn whither(part: &Part) -> Text {
    let (direction, to, seen) = (part.direction.clone(), part.to.clone(), vehicle::landmark(part));
    Text::live(move || {
        let direction = direction.as_ref().map(|direction| client::towards(direction).get());
        let to = to.as_ref().map(|to| client::until(to).get());
        let goes = direction.into_iter().chain(to).collect::<Vec<_>>().join(", ");
        let goes = Some(goes).filter(|goes| !goes.is_empty());
        goes.into_iter().chain(seen.as_ref().map(Text::get)).collect::<Vec<_>>().join(". ")
    })
}
