//! One template of the library, to look through and to take for this client.

use leptos::task::spawn_local;
use opstap_core::model::{Choice, Plan};
use opstap_core::{Change, CircleId, RecordId};
use opstap_view::prelude::*;

use super::client_head::{ClientPage, ClientPart};
use super::copy::{Template, TemplateStep, as_template, carried, copy};
use super::examples::library;
use super::frame::client_name;
use super::place::DeskPlace;
use crate::components::desk::{Columns, Foot, Pane};
use crate::components::{
    Appearance, Bones, Button, EmptyState, Icon, LoadingBones, Picture, Toast, Well, changing, icon, show_toast,
};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::language::language;
use crate::navigation::{go_to, stays};
use crate::pages::shared::not_kept;
use crate::stories;
use crate::words::{Text, Word, care, desk};

/// A plan with all below it, to be copied.
pub(super) async fn read(reader: Reader, template: RecordId) -> Option<Template> {
    // Before what it is about: what is noted as dealt with must have been read.
    let number = reader.seen().await?.number;
    let plan = reader.one::<Plan>(template).await?;
    let mut steps = Vec::new();
    for step in stories::steps(&reader, plan.id).await {
        let mut choices = reader.below::<Choice>(step.id).await;
        stories::sort_by_order(&mut choices, |choice| &choice.order);
        let choices = choices.into_iter().map(|choice| choice.value).collect();
        steps.push(TemplateStep { id: step.id, step: step.value, choices });
    }
    let audience = plan.record.audience();
    Some(Template { id: plan.id, number, plan: plan.value, audience, steps })
}

/// The page.
#[component]
pub(super) fn Example(circle: CircleId, template: RecordId) -> impl IntoView {
    let library = library();
    view! {
        <ClientPage circle part=ClientPart::Plans>
            <Columns>
                <Pane>
                    {changing(move || match library.get() {
                        None => view! { <LoadingBones shape=Bones::Rows(6) /> }.into_any(),
                        Some(None) => not_there(),
                        Some(Some(library)) => view! { <Preview circle library template /> }.into_any(),
                    })}
                </Pane>
            </Columns>
            <Foot><span>{desk::EXAMPLES_STAY}</span></Foot>
        </ClientPage>
    }
}

fn not_there() -> AnyView {
    view! { <EmptyState picture="books" sentence=desk::NOT_THERE more=desk::NOT_THERE_MORE /> }.into_any()
}

#[component]
fn Preview(circle: CircleId, library: CircleId, template: RecordId) -> impl IntoView {
    let read = device::watch(library, move |reader| read(reader, template));
    let name = client_name(circle);
    let busy = RwSignal::new(false);
    let take = move || {
        let Some(Some(template)) = read.get_untracked() else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let stays = stays();
        spawn_local(async move {
            match take_over(circle, library, &template).await {
                Ok(plan) if stays() => go_to(DeskPlace::Plan(circle, plan)),
                // Elsewhere by now: it stands among the client's plans.
                Ok(_) => {}
                Err(why) => show_toast(Toast::new(why)),
            }
            let _ = busy.try_set(false);
        });
    };
    changing(move || match read.get() {
        None => view! { <LoadingBones shape=Bones::Rows(6) /> }.into_any(),
        Some(None) => not_there(),
        Some(Some(template)) => view! {
            <div class="row">
                <Button text=desk::BACK_TO_EXAMPLES icon=Icon::BACK appearance=Appearance::Plain tap=Tap::back() />
                <span class="push"></span>
                {share(circle, library, &template)}
                <Button
                    text=care::CHANGE_EXAMPLE
                    icon=Icon::PENCIL
                    tap=Tap::to(DeskPlace::EditExample(circle, template.id))
                />
            </div>
            <div class="row">
                <Picture source=device::picture(library, template.plan.picture.clone()) well=Well::Wide />
                <h2 class="title">{template.plan.title.clone()}</h2>
                <span class="push"></span>
                <Button
                    text=Text::live(move || desk::take_for(name.get()).get())
                    icon=Icon::COPY
                    appearance=Appearance::Primary
                    disabled=busy
                    tap=take
                />
            </div>
            {steps(library, &template)}
        }
        .into_any(),
    })
}

fn steps(library: CircleId, template: &Template) -> AnyView {
    let rows = template
        .steps
        .iter()
        .enumerate()
        .map(|(at, TemplateStep { step, .. })| {
            view! {
                <li class="example-step">
                    <span class="step-number">{at + 1}</span>
                    <Picture source=device::picture(library, step.picture.clone()) well=Well::Wide />
                    <span>{step.text.clone()}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="example-steps">{rows}</ol> }.into_any()
}

/// Of a template that is for its maker alone: a copy that is for everybody.
fn share(circle: CircleId, library: CircleId, template: &Template) -> Option<AnyView> {
    template.audience.as_ref()?;
    let template = template.clone();
    let share = move || {
        let (id, changes) = as_template(&template, language().tag(), None, device::new_id);
        make_and_go(library, changes, DeskPlace::Example(circle, id));
    };
    let view = view! {
        <span class="chip outline">{icon(Icon::LOCK)}<span>{care::FOR_YOU_ALONE}</span></span>
        <Button text=care::SHARE_WITH_ALL icon=Icon::SHARE tap=share />
    };
    Some(view.into_any())
}

/// Keeps what makes a template, and goes there.
pub(super) fn make_and_go(library: CircleId, changes: Vec<Change>, place: DeskPlace) {
    spawn_local(async move {
        match device::edit(library, changes).await {
            Ok(()) => go_to(place),
            Err(why) => show_toast(Toast::new(not_kept(why))),
        }
    });
}

/// Makes the copy behind the client's last plan.
async fn take_over(circle: CircleId, library: CircleId, template: &Template) -> Result<RecordId, Word> {
    let plans = Reader::new(circle).all::<Plan>().await;
    let last = plans.iter().filter_map(|plan| plan.value.order.as_deref()).max();
    let (plan, changes) = copy(template, last, device::new_id);
    let changes = carried(library, circle, changes).await.ok_or(care::NEEDS_INTERNET)?;
    device::edit(circle, changes).await.map_err(|_| desk::NOT_TAKEN_OVER)?;
    Ok(plan)
}
