//! The clients this person supports: who asks for help now, and what each did last.

use opstap_core::CircleId;
use opstap_core::letters::in_small;
use opstap_view::prelude::*;

use super::frame::{Page, Part, clients};
use super::glance::{Glance, News, glance};
use super::place::DeskPlace;
use super::run_line;
use crate::components::desk::{Bar, Columns, Foot, KeyHint, Pane};
use crate::components::{Bones, EmptyState, Field, Icon, ListRow, LoadingBones, Person, changing, icon};
use crate::device::{self, Circle};
use crate::event::Tap;
use crate::pages::shared::guide::offer;
use crate::words::{Text, desk, feedback, search, shared, training};

/// The list.
#[component]
pub(super) fn Clients() -> impl IntoView {
    let circles = device::circles();
    let query = RwSignal::new(String::new());
    let all = Memo::new(move |_| circles.get().map(clients));
    let found = Memo::new(move |_| {
        all.get().unwrap_or_default().into_iter().filter(|circle| finds(&query.get(), &circle.name)).collect::<Vec<_>>()
    });
    let count = Text::live(move || {
        all.get().map_or_else(String::new, |all| desk::clients_shown(found.get().len(), all.len()).get())
    });
    // A memo, so that a client who comes or changes leaves the list as it stands.
    let nobody = Memo::new(move |_| all.with(|all| all.as_ref().map(Vec::is_empty)));
    let body = changing(move || {
        match nobody.get() {
        None => view! { <div class="pane"><LoadingBones shape=Bones::Rows(5) /></div> }.into_any(),
        Some(true) => {
            view! { <EmptyState picture="busts-in-silhouette" sentence=desk::NO_CLIENTS more=desk::NO_CLIENTS_MORE /> }.into_any()
        }
        Some(false) => view! {
            <ul class="list clients" aria-label=desk::CLIENTS>
                <For each=move || found.get() key=|circle| format!("{} {} {} {}", circle.id, circle.complete, circle.locked, circle.name) children=|circle| view! { <Row circle /> } />
            </ul>
            {changing(move || found.with(Vec::is_empty).then(|| view! { <p class="pane soft">{desk::NOBODY_CALLED_SO}</p> }.into_any()).into_any())}
        }
        .into_any(),
    }
    });
    let locked = Memo::new(move |_| all.with(|all| all.iter().flatten().any(|circle| circle.locked)));
    let foot =
        Text::live(move || if locked.get() { shared::LOCKED_MORE.get() } else { desk::ALL_HERE.get() }.to_owned());
    view! {
        <Page title=desk::CLIENTS part=Part::Clients>
            <Bar title=desk::CLIENTS more=count>
                <Field label=desk::SEARCH_NAME kind="search" value=query on_input=move |text| query.set(text) />
            </Bar>
            {offer(Tap::to(DeskPlace::Tour))}
            <Columns><Pane flush=true>{body}</Pane></Columns>
            <Foot><KeyHint keys=&["/"] text=search::SEARCH /><span>{foot}</span></Foot>
        </Page>
    }
}

/// Whether a name answers to what was typed.
fn finds(query: &str, name: &str) -> bool {
    in_small(name).contains(&in_small(query.trim()))
}

#[component]
fn Row(circle: Circle) -> impl IntoView {
    let Circle { id, name, complete, locked, .. } = circle;
    let glance = device::watch(id, glance);
    let team = Text::live(move || {
        glance.with(|glance| glance.as_ref().map(|glance| glance.team.join(", "))).unwrap_or_default()
    });
    // What cannot be read is not told as if there were nothing.
    let shown = move || glance.get().filter(|_| !locked);
    let lead = view! { <Person name=name.clone() /> }.into_any();
    view! {
        <li data-client=id.to_string()>
            <ListRow text=Text::from(name) more=team lead tap=Tap::to(DeskPlace::Client(id))>
                <span class="asks">{changing(move || shown().map(|glance| asks(&glance)).into_any())}</span>
                <span class="last">
                    {locked.then(|| view! { <span class="soft">{shared::LOCKED}</span> })}
                    {changing(move || shown().map(|glance| last(glance, complete)).into_any())}
                </span>
                {icon(Icon::FORWARD)}
            </ListRow>
        </li>
    }
}

fn asks(glance: &Glance) -> AnyView {
    match &glance.asks {
        Some(question) => view! {
            <span class="chip help">{icon(Icon::HAND)}<span>{desk::ASKS_HELP}</span></span>
            <span class="small soft">{run_line::when(question.message.at)}</span>
        }
        .into_any(),
        None if glance.news.is_empty() => view! { <span class="soft">{desk::ASKS_NOTHING}</span> }.into_any(),
        None => glance.news.iter().map(|news| view! { <span class="chip outline">{said(news)}</span> }).collect_view(),
    }
}

fn said(news: &News) -> Text {
    match news {
        News::ToClose => training::BOTH_SAID_SO.into(),
        News::DoesNotClick => desk::DOES_NOT_CLICK.into(),
        News::Reports(count) => feedback::new_reports(*count),
        News::Asks(name) => desk::asks_you(name),
    }
}

fn last(glance: Glance, complete: bool) -> AnyView {
    match glance.last {
        Some(last) => view! {
            <b>{last.title}</b>
            <span class="small soft">
                {run_line::outcome(&last.told.story)} ", " {run_line::when(last.told.story.began)}
            </span>
        }
        .into_any(),
        None if complete => view! { <span class="soft">{desk::NO_RUNS_SHORT}</span> }.into_any(),
        None => view! { <span class="soft">{desk::ON_ITS_WAY}</span> }.into_any(),
    }
}

/// What a page shows for a circle that is not there, or may not be seen: the same sentence for both.
pub(super) fn known(circle: CircleId) -> Memo<Option<bool>> {
    let circles = device::circles();
    Memo::new(move |_| circles.with(|all| all.as_ref().map(|all| all.iter().any(|one| one.id == circle))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_name_finds_it_whatever_the_capitals() {
        assert!(finds("", "Sem") && finds(" se ", "Sem") && finds("EM", "Sem"));
        assert!(!finds("Nadia", "Sem"));
    }
}
