//! "Apart bewaard": what came in when its author no longer had the right. Whoever answers for it lets it count, or not.

use leptos::task::spawn_local;
use opstap_core::model::Relation;
use opstap_core::{CircleId, EditName, RecordId};
use opstap_view::prelude::*;

use super::deed_view::deeds_view;
use crate::components::{
    Appearance, Bones, Button, Confirm, EmptyState, Icon, LoadingBones, Size, Toast, changing, show_toast,
};
use crate::dates::{moment, near_moment};
use crate::device::{self, Asked, Ruled};
use crate::pages::shared::not_now;
use crate::stories::deeds::{self, Names};
use crate::words::{Text, past, shared};

/// Whether it may be this person's to rule on what was set apart; the server knows best.
pub fn has_a_say(relation: Option<Relation>) -> bool {
    matches!(relation, Some(Relation::Representative | Relation::Supervisor | Relation::Coordinator))
}

#[derive(Clone, Copy)]
struct Looking {
    circle: CircleId,
    asked: RwSignal<Option<Asked<Vec<device::SetApart>>>>,
    /// The one that is asked about before it never counts.
    sure: RwSignal<Option<EditName>>,
}

impl Looking {
    fn look(self) {
        spawn_local(async move {
            let answer = device::set_apart(self.circle).await;
            let _ = self.asked.try_set(Some(answer));
        });
    }

    fn rule(self, name: EditName, let_in: bool) {
        spawn_local(async move {
            let says = match device::rule(self.circle, name, let_in).await {
                Asked::Told(Ruled::Done) if let_in => past::COUNTS_NOW,
                Asked::Told(Ruled::Done) => past::COUNTS_NOT,
                Asked::Told(Ruled::CannotBe) => past::CANNOT_COUNT_YET,
                Asked::Told(Ruled::NotThere) | Asked::NotThere => past::ALREADY_DECIDED,
                Asked::NotNow => shared::ONLY_ONLINE,
            };
            show_toast(Toast::new(says));
            self.look();
        });
    }
}

/// What is set apart in one circle.
#[component]
pub fn SetApart(circle: CircleId) -> impl IntoView {
    let looking = Looking { circle, asked: RwSignal::new(None), sure: RwSignal::new(None) };
    looking.look();
    let asked = looking.asked;
    let names = device::watch(circle, move |reader| {
        let about: Vec<RecordId> = match asked.get() {
            Some(Asked::Told(edits)) => edits.iter().flat_map(|edit| &edit.changes).map(|one| one.record).collect(),
            _ => Vec::new(),
        };
        async move { deeds::names(&reader, about.into_iter()).await }
    });
    let body = changing(move || match (asked.get(), names.get()) {
        (None, _) | (Some(_), None) => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
        (Some(Asked::NotNow), _) => not_now(move || looking.look()),
        (Some(Asked::Told(edits)), Some(names)) if !edits.is_empty() => list(looking, edits, &names),
        (Some(_), _) => view! { <EmptyState picture="check-mark-button" sentence=past::NOTHING_APART /> }.into_any(),
    });
    let never = move |()| {
        if let Some(name) = looking.sure.try_update(Option::take).flatten() {
            looking.rule(name, false);
        }
    };
    view! {
        {body}
        <Confirm
            open=Signal::derive(move || looking.sure.get().is_some())
            question=past::LET_NOT_COUNT_QUESTION
            yes=past::LET_NOT_COUNT
            on_yes=never
            on_no=move |()| looking.sure.set(None)
        />
    }
}

fn list(looking: Looking, edits: Vec<device::SetApart>, names: &Names) -> AnyView {
    let rows = edits.into_iter().map(|edit| row(looking, edit, names)).collect_view();
    view! { <p>{past::SET_APART_MEANS}</p><ul class="stack">{rows}</ul> }.into_any()
}

fn row(looking: Looking, mut edit: device::SetApart, names: &Names) -> AnyView {
    deeds::complete(&mut edit.changes, names);
    let name = edit.name;
    let deeds = deeds_view(looking.circle, names, Some(edit.author), &edit.changes);
    let when = near_moment(moment(edit.at), moment(device::now()));
    view! {
        <li class="version" data-apart=name.n.to_string()>
            {deeds}
            <p class="small soft">{Text::live(move || past::came(when.get()).get())}</p>
            <div class="row">
                <Button text=past::LET_COUNT icon=Icon::CHECK size=Size::Tool tap=move || looking.rule(name, true) />
                <Button
                    text=past::LET_NOT_COUNT
                    icon=Icon::CROSS
                    size=Size::Tool
                    appearance=Appearance::Danger
                    tap=move || looking.sure.set(Some(name))
                />
            </div>
        </li>
    }
    .into_any()
}
