//! "Wie keek er?": per day the people on whose devices something of the client came, with a face, and what it was.

use leptos::task::spawn_local;
use opstap_core::access::Section;
use opstap_core::{CircleId, Millis, PersonId};
use opstap_view::prelude::*;

use super::frame::Frame;
use super::way::shown_as;
use crate::components::{Bones, EmptyState, ListRow, LoadingBones, Person, Picture, Size, Source, Well, changing};
use crate::dates::{moment, near_day};
use crate::device::{self, Asked, Delivery, LetGoTold};
use crate::pages::shared::not_now;
use crate::pages::shared::to_keep::all_to_keep;
use crate::stories;
use crate::words::{Text, Word, client};

/// What came on one person's device on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Looked {
    day: u32,
    person: PersonId,
    sections: Vec<Section>,
    live: bool,
}

/// One row for each person and day, newest first.
fn rows(deliveries: &[Delivery]) -> Vec<Looked> {
    let mut rows: Vec<Looked> = Vec::new();
    for Delivery { person, section, day, live } in deliveries {
        match rows.iter_mut().find(|row| (row.day, row.person) == (*day, *person)) {
            Some(row) => {
                row.live |= live;
                if !row.sections.contains(section) {
                    row.sections.push(*section);
                }
            }
            None => rows.push(Looked { day: *day, person: *person, sections: vec![*section], live: *live }),
        }
    }
    for row in &mut rows {
        stories::sort_by(&mut row.sections, |a, b| a > b);
    }
    rows
}

/// The screen.
#[component]
pub fn WhoLooked(circle: CircleId) -> impl IntoView {
    let asked = RwSignal::new(None::<Asked<Vec<Delivery>>>);
    let ask = move || {
        spawn_local(async move {
            let answer = device::deliveries(circle).await;
            let _ = asked.try_set(Some(answer));
        });
    };
    ask();
    let names = device::watch(circle, |reader| async move {
        let members = stories::members(&reader).await;
        members.into_iter().map(|member| (member.value.person, member.value.name)).collect::<Vec<_>>()
    });
    let body = changing(move || match (asked.get(), names.get()) {
        (None, _) | (_, None) => view! { <LoadingBones shape=Bones::Rows(4) /> }.into_any(),
        (Some(Asked::NotNow), _) => not_now(ask),
        (Some(Asked::Told(deliveries)), Some(names)) if !deliveries.is_empty() => {
            let rows = rows(&deliveries).into_iter().map(|row| looked(row, &names)).collect_view();
            view! { <p class="soft">{client::CAME_WITH_THEM}</p><ul class="list">{rows}</ul> }.into_any()
        }
        (Some(_), Some(_)) => view! { <EmptyState picture="locked" sentence=client::NOBODY_LOOKED /> }.into_any(),
    });
    let gone = RwSignal::new(Vec::new());
    spawn_local(async move {
        if let Asked::Told(told) = device::let_go(circle).await {
            let _ = gone.try_set(told);
        }
    });
    let gone = changing(move || match names.get() {
        Some(names) if gone.with(|gone| !gone.is_empty()) => went(&gone.get(), &names),
        _ => ().into_any(),
    });
    let all = view! {
        <h2 class="title">{client::ALL_OF_YOURS}</h2>
        <p>{client::ALL_OF_YOURS_MORE}</p>
        {all_to_keep(client::KEEP_ALL, Size::Normal, circle)}
    };
    Frame::default().below(client::WHO_LOOKED, view! { {body} {gone} {all} }.into_any())
}

/// From whose devices something went because they may no longer hold it.
fn went(gone: &[LetGoTold], names: &[(PersonId, String)]) -> AnyView {
    let rows = gone.iter().map(|LetGoTold { person, at }| {
        let name = names.iter().find(|(id, _)| id == person).map(|(_, name)| name.clone());
        let name = name.unwrap_or_else(|| client::SOMEBODY.get().to_owned());
        let more = near_day(moment(*at), moment(device::now()));
        let (text, lead) = (Text::from(name.clone()), view! { <Person name /> }.into_any());
        view! { <li><ListRow text more lead /></li> }
    });
    view! { <h2 class="title">{client::WENT_FROM}</h2><ul class="list">{rows.collect_view()}</ul> }.into_any()
}

fn looked(row: Looked, names: &[(PersonId, String)]) -> AnyView {
    let Looked { day, person, sections, live } = row;
    let name = names.iter().find(|(id, _)| *id == person).map(|(_, name)| name.clone());
    let name = name.unwrap_or_else(|| client::SOMEBODY.get().to_owned());
    // Noon, so that it is the same day by every clock near.
    let day = near_day(moment(Millis(u64::from(day) * 86_400_000 + 43_200_000)), moment(device::now()));
    let words: Vec<_> = sections.iter().map(|section| shown_as(*section).0).collect();
    let more = Text::live(move || {
        let words: Vec<_> = words.iter().copied().chain(live.then_some(client::WATCHED_LIVE)).map(Word::get).collect();
        format!("{}: {}", day.get(), words.join(", "))
    });
    let pictures = sections.into_iter().map(|section| {
        view! { <Picture source=Source::from(shown_as(section).1) well=Well::Small /> }
    });
    let (text, lead) = (Text::from(name.clone()), view! { <Person name /> }.into_any());
    view! { <li><ListRow text more lead /><div class="row">{pictures.collect_view()}</div></li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_stands_once_a_day_with_all_that_came() {
        let delivery = |person, section, day| Delivery { person: PersonId([person; 16]), section, day, live: day == 8 };
        let all = [
            delivery(1, Section::Plans, 9),
            delivery(2, Section::Travel, 9),
            delivery(1, Section::Photos, 9),
            delivery(1, Section::Plans, 9),
            delivery(1, Section::Plans, 8),
        ];
        let looked = |day, person, sections: &[Section]| Looked {
            day,
            person: PersonId([person; 16]),
            sections: sections.to_vec(),
            live: day == 8,
        };
        assert_eq!(
            rows(&all),
            [
                looked(9, 1, &[Section::Plans, Section::Photos]),
                looked(9, 2, &[Section::Travel]),
                looked(8, 1, &[Section::Plans])
            ]
        );
    }
}
