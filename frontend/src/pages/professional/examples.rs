//! The library: templates by theme in the language of the screens, found by their titles.

use opstap_core::CircleId;
use opstap_core::letters::in_small;
use opstap_core::model::{CircleKind, Model, Plan};
use opstap_core::plan_format::Theme;
use opstap_view::prelude::*;

use super::client_head::{ClientPage, ClientPart};
use super::example::make_and_go;
use super::place::DeskPlace;
use crate::components::desk::{Columns, Foot, Pane};
use crate::components::{Bones, Button, EmptyState, Field, Icon, ListRow, LoadingBones, Picture, Well, changing, icon};
use crate::device::{self, Entry};
use crate::event::Tap;
use crate::language::language;
use crate::stories;
use crate::words::{Text, Word, care, desk};

/// The circle of the library, once it is known; `Some(None)` when this person has none.
pub(super) fn library() -> Memo<Option<Option<CircleId>>> {
    let circles = device::circles();
    Memo::new(move |_| {
        circles.with(|circles| {
            let circles = circles.as_ref()?;
            Some(circles.iter().find(|circle| circle.kind == CircleKind::Library).map(|circle| circle.id))
        })
    })
}

/// The page.
#[component]
pub(super) fn Examples(circle: CircleId) -> impl IntoView {
    let library = library();
    view! {
        <ClientPage circle part=ClientPart::Plans>
            <Columns>
                <Pane>
                    {changing(move || match library.get() {
                        None => view! { <LoadingBones shape=Bones::Rows(6) /> }.into_any(),
                        Some(None) => none(),
                        Some(Some(library)) => view! { <Templates circle library /> }.into_any(),
                    })}
                </Pane>
            </Columns>
            <Foot><span>{desk::EXAMPLES_STAY}</span></Foot>
        </ClientPage>
    }
}

fn none() -> AnyView {
    view! { <EmptyState picture="books" sentence=desk::NO_EXAMPLES more=desk::NO_EXAMPLES_MORE /> }.into_any()
}

#[component]
fn Templates(circle: CircleId, library: CircleId) -> impl IntoView {
    let plans = device::watch(library, |reader| async move { stories::plans(&reader).await });
    let query = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let asked = query.get();
        plans.with(|plans| plans.as_ref().map(|plans| shown(plans, language().tag(), &asked)))
    });
    let from_nothing = move || {
        let id = device::new_id();
        let plan = Plan { language: Some(language().tag().to_owned()), ..Plan::titled(care::NEW_EXAMPLE.get()) };
        make_and_go(library, vec![plan.make(id)], DeskPlace::EditExample(circle, id));
    };
    let list = changing(move || match found.get() {
        None => view! { <LoadingBones shape=Bones::Rows(6) /> }.into_any(),
        Some(found) if found.is_empty() && query.with(String::is_empty) => none(),
        Some(found) if found.is_empty() => view! { <p class="soft">{desk::NO_SUCH_EXAMPLE}</p> }.into_any(),
        Some(found) => Theme::ALL
            .iter()
            .map(|theme| {
                section(circle, library, theme_word(*theme), &found, &|plan: &Plan| {
                    plan.theme.as_deref() == Some(theme.code())
                })
            })
            .chain([section(circle, library, desk::THEME_OTHER, &found, &|plan: &Plan| {
                plan.theme.as_deref().and_then(Theme::from_code).is_none()
            })])
            .collect_view()
            .into_any(),
    });
    view! {
        <div class="row">
            <h2 class="fill">{desk::EXAMPLES}</h2>
            <Button text=care::NEW_EXAMPLE icon=Icon::PLUS tap=from_nothing />
        </div>
        <Field label=desk::SEARCH_EXAMPLE kind="search" value=query on_input=move |text| query.set(text) />
        {list}
    }
}

/// The templates in a language whose titles hold every word that was typed.
fn shown(plans: &[Entry<Plan>], language: &str, query: &str) -> Vec<Entry<Plan>> {
    let query = in_small(query);
    let fits = |plan: &&Entry<Plan>| {
        let title = in_small(&plan.value.title);
        plan.value.language.as_deref().is_none_or(|own| own == language)
            && query.split_whitespace().all(|word| title.contains(word))
    };
    plans.iter().filter(fits).cloned().collect()
}

fn section(
    circle: CircleId,
    library: CircleId,
    head: Word,
    all: &[Entry<Plan>],
    of: &dyn Fn(&Plan) -> bool,
) -> Option<AnyView> {
    let mine: Vec<_> = all.iter().filter(|plan| of(&plan.value)).cloned().collect();
    if mine.is_empty() {
        return None;
    }
    let rows = mine
        .into_iter()
        .map(|plan| {
            let lead =
                view! { <Picture source=device::picture(library, plan.value.picture) well=Well::Small /> }.into_any();
            let tap = Tap::to(DeskPlace::Example(circle, plan.id));
            let own = plan.record.audience().map(|_| {
                view! { <span class="chip outline">{icon(Icon::LOCK)}<span>{care::FOR_YOU_ALONE}</span></span> }
            });
            view! { <li><ListRow text=Text::from(plan.value.title) lead tap>{own}{icon(Icon::FORWARD)}</ListRow></li> }
        })
        .collect_view();
    Some(view! { <section class="stack"><h3>{head}</h3><ul class="list examples">{rows}</ul></section> }.into_any())
}

const fn theme_word(theme: Theme) -> Word {
    match theme {
        Theme::Home => desk::THEME_HOME,
        Theme::Food => desk::THEME_FOOD,
        Theme::Care => desk::THEME_CARE,
        Theme::Travel => desk::THEME_TRAVEL,
        Theme::Money => desk::THEME_MONEY,
        Theme::People => desk::THEME_PEOPLE,
    }
}
