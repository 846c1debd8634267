//! Who was registered, and where that stands.

use opstap_core::CircleId;
use opstap_core::model::Registration;
use opstap_view::prelude::*;

use super::in_step::keep_in_step;
use super::read::{Programme, Standing, channel_word, held, mode_word, name_of, read};
use super::{Shown, parts};
use crate::components::desk::{Bar, Columns, Foot, Pane, Table};
use crate::components::{Appearance, Bones, Button, Choice, Icon, LoadingBones, Segments, Size, changing};
use crate::dates::{full_day, on_day};
use crate::device::{self, Entry};
use crate::event::Tap;
use crate::pages::professional::place::DeskPlace;
use crate::words::{Text, desk, programme, training};

/// Which are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    Running,
    Waiting,
    All,
}

impl Which {
    fn shows(self, row: &Registration) -> bool {
        match (self, Standing::of(row)) {
            (Self::All, _) => true,
            (Self::Waiting, standing) => standing == Standing::Waits,
            (Self::Running, Standing::Ended(_) | Standing::TravelsAlone) => false,
            (Self::Running, _) => true,
        }
    }
}

/// The page.
#[component]
pub(super) fn Registrations(circle: CircleId) -> impl IntoView {
    let read = device::watch(circle, read);
    keep_in_step(circle);
    let which = RwSignal::new(Which::Running);
    let count = Text::live(move || {
        let shown = |programme: &Programme| programme.rows.iter().filter(|row| which.get().shows(&row.value)).count();
        read.with(|read| read.as_ref().map(|read| programme::shown(shown(read), read.rows.len()).get()))
            .unwrap_or_default()
    });
    let choices = vec![
        Choice::new(Which::Running, programme::RUNNING),
        Choice::new(Which::Waiting, programme::WAITING),
        Choice::new(Which::All, programme::ALL),
    ];
    let body = changing(move || match read.get() {
        None => view! { <LoadingBones shape=Bones::Rows(6) /> }.into_any(),
        Some(programme) => table(&programme, which.get()),
    });
    view! {
        <Bar title=programme::PROGRAMME more=count>
            <Button text=programme::NEW_REGISTRATION icon=Icon::PLUS appearance=Appearance::Primary tap=Tap::to(DeskPlace::Register) />
        </Bar>
        {parts(Shown::Registrations)}
        <Columns>
            <Pane>
                <div><Segments label=programme::WHICH choices chosen=which on_choose=move |one| which.set(one) /></div>
                {body}
            </Pane>
        </Columns>
        <Foot><span>{programme::WITHOUT_CONTENT}</span></Foot>
    }
}

fn table(programme: &Programme, which: Which) -> AnyView {
    let rows: Vec<_> = programme.rows.iter().filter(|row| which.shows(&row.value)).collect();
    if rows.is_empty() {
        return view! { <p class="soft">{programme::NOBODY_HERE}</p> }.into_any();
    }
    let rows = rows.into_iter().map(|row| line(row, programme)).collect_view();
    view! {
        <Table caption=programme::REGISTRATIONS quiet_caption=true>
            <thead>
                <tr>
                    <th scope="col">{programme::PARTICIPANT}</th>
                    <th scope="col">{programme::REGISTERED}</th>
                    <th scope="col">{programme::CHANNEL}</th>
                    <th scope="col">{programme::MODE}</th>
                    <th scope="col">{programme::STANDS}</th>
                    <th scope="col">{programme::VOLUNTEER}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

fn line(row: &Entry<Registration>, programme: &Programme) -> AnyView {
    let (id, value) = (row.id, &row.value);
    let name = name_of(value);
    let name = match held(value) {
        Some(circle) => {
            let tap = Tap::to(DeskPlace::Training(circle, None));
            view! { <Button text=name appearance=Appearance::Plain size=Size::Tool tap /> }.into_any()
        }
        None => name.into_any(),
    };
    let standing = Standing::of(value);
    let who = value.volunteer.and_then(|who| programme.volunteers.iter().find(|one| one.id == who));
    let who = match (who, standing) {
        (Some(who), standing) => {
            let seeks = matches!(standing, Standing::Matched | Standing::Practises) && value.circle.is_some();
            let another = seeks.then(|| {
                let tap = Tap::to(DeskPlace::Match(id));
                view! { <Button text=training::SEEK_ANOTHER appearance=Appearance::Plain size=Size::Tool tap /> }
            });
            view! { <span class="row">{who.value.name.clone()} {another}</span> }.into_any()
        }
        (None, Standing::Waits) => {
            let tap = Tap::to(DeskPlace::Match(id));
            // Without a circle there is nothing to let somebody into; who fits can be seen all the same.
            let text = if value.circle.is_some() { programme::MATCH } else { programme::WHO_MIGHT_FIT };
            view! { <Button text icon=Icon::PEOPLE size=Size::Tool tap /> }.into_any()
        }
        (None, _) => "–".into_any(),
    };
    let mode = value.mode.map_or_else(|| "–".into_any(), |mode| mode_word(mode).into_any());
    view! {
        <tr data-registration=id.to_string()>
            <th scope="row">{name}</th>
            <td>{full_day(on_day(value.registered))}</td>
            <td>{channel_word(value.channel)}</td>
            <td>{mode}</td>
            <td>{standing.word()}</td>
            <td>{who}</td>
        </tr>
    }
    .into_any()
}

/// A way back to the list.
pub(super) fn back() -> AnyView {
    let tap = Tap::to(DeskPlace::Programme);
    view! { <Button text=programme::PROGRAMME icon=Icon::BACK appearance=Appearance::Plain tap /> }.into_any()
}

/// What stands at the foot of pages that keep what is filled in.
pub(super) fn kept_foot() -> AnyView {
    view! { <Foot><span class="push">{desk::KEPT_BY_ITSELF}</span></Foot> }.into_any()
}
