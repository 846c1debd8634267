//! Taking over a plan of this client or of another whose plans one may see.

use leptos::task::spawn_local;
use opstap_core::model::{CircleKind, Plan};
use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::copying::read;
use super::roll::last_place;
use super::start::Ways;
use crate::components::{Icon, ListRow, Picture, Toast, Well, changing, icon, show_toast};
use crate::device::{self, Entry, Reader};
use crate::pages::shared::not_kept;
use crate::stories;
use crate::words::{Text, new_plan};

/// Whose plans, and then which.
#[component]
pub(super) fn FromPlan(circle: CircleId, ways: Ways) -> impl IntoView {
    let circles = device::circles();
    let chosen = RwSignal::new(None::<CircleId>);
    changing(move || {
        let mut clients = circles.get().unwrap_or_default();
        clients.retain(|other| other.kind == CircleKind::Client && !other.locked);
        // The client the plan is for stands first.
        clients.sort_by_key(|other| other.id != circle);
        let rows = clients.into_iter().map(|client| {
            let turn = move || chosen.set((chosen.get_untracked() != Some(client.id)).then_some(client.id));
            let open = chosen.get() == Some(client.id);
            let mark = icon(if open { Icon::DOWN } else { Icon::FORWARD });
            let plans = open.then(|| view! { <PlansOf of=client.id circle ways /> }.into_any());
            view! { <li><ListRow text=new_plan::plans_of(client.name) tap=turn>{mark}</ListRow>{plans}</li> }.into_any()
        });
        view! { <ul class="list">{rows.collect_view()}</ul> }.into_any()
    })
}

#[component]
fn PlansOf(of: CircleId, circle: CircleId, ways: Ways) -> impl IntoView {
    let plans = device::watch(of, |reader| async move { stories::plans(&reader).await });
    let busy = RwSignal::new(false);
    let another = (of != circle).then(|| view! { <p class="small soft">{new_plan::PHOTOS_COME_ALONG}</p> }.into_any());
    let list = changing(move || match plans.get() {
        None => ().into_any(),
        Some(plans) if plans.is_empty() => view! { <p class="soft">{new_plan::NO_PLANS_THERE}</p> }.into_any(),
        Some(plans) => plans.into_iter().map(|plan| row(plan, (of, circle), ways, busy)).collect_view().into_any(),
    });
    view! { {another}<ul class="list">{list}</ul> }
}

fn row(plan: Entry<Plan>, (of, circle): (CircleId, CircleId), ways: Ways, busy: RwSignal<bool>) -> AnyView {
    let Entry { id, value: Plan { title, picture, .. }, .. } = plan;
    let lead = view! { <Picture source=device::picture(of, picture) well=Well::Small /> }.into_any();
    let take = move || {
        if !busy.get_untracked() {
            busy.set(true);
            spawn_local(async move {
                take_over((of, id), circle, ways).await;
                let _ = busy.try_set(false);
            });
        }
    };
    view! { <li><ListRow text=Text::from(title) lead tap=take>{icon(Icon::COPY)}</ListRow></li> }.into_any()
}

async fn take_over((of, plan): (CircleId, RecordId), circle: CircleId, ways: Ways) {
    let Some(mut whole) = read(&Reader::new(of), plan).await else { return };
    let own = of == circle;
    let missing = if own { 0 } else { whole.carry(of, circle).await };
    let title = if own { new_plan::copy_of(&whole.plan.title).get() } else { whole.plan.title.clone() };
    let last = last_place(&Reader::new(circle)).await;
    let (made, changes) = whole.changes(title, last.as_deref(), device::new_id);
    match device::edit(circle, changes).await {
        Ok(()) => {
            if missing > 0 {
                show_toast(Toast::new(new_plan::stayed_behind(missing)));
            }
            (ways.editor)(circle, made);
        }
        Err(why) => show_toast(Toast::new(not_kept(why))),
    }
}
