//! "Wat mag ik zien": what of this client the person may see now, on which ground. A lock is a fact, not a reproach.

use opstap_core::Millis;
use opstap_core::access::Section;
use opstap_view::prelude::*;

use crate::components::{Icon, changing, icon};
use crate::dates::{day_and_month, moment};
use crate::device::{self, Reader};
use crate::words::{Text, Word, desk};

/// One section, and the consent in force for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Permission {
    section: Section,
    given: Option<Given>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Given {
    from: Millis,
    until: Option<Millis>,
}

/// What this person may see by consent now.
pub(super) async fn permissions(reader: &Reader) -> Vec<Permission> {
    let (Some(access), Some(me)) = (reader.access().await, device::me()) else { return Vec::new() };
    let now = device::now();
    let of_section = |section: Section| {
        let consent = access.consents(me.id, now).find(|(_, consent)| consent.section == section);
        Permission { section, given: consent.map(|(_, consent)| Given { from: consent.from, until: consent.until }) }
    };
    Section::BY_CONSENT.into_iter().map(of_section).collect()
}

/// What is seen by it.
pub(super) const fn section_word(section: Section) -> Word {
    match section {
        Section::Plans | Section::Appointments => desk::SECTION_PLANS,
        Section::Progress => desk::SECTION_PROGRESS,
        Section::Photos => desk::SECTION_PHOTOS,
        Section::Travel | Section::Training => desk::SECTION_TRAVEL,
        Section::Messages => desk::SECTION_MESSAGES,
        Section::Goals | Section::Measurements | Section::Hours | Section::Notes | Section::Circle => {
            desk::SECTION_CARE
        }
    }
}

/// The list.
#[component]
pub(super) fn Consents(permissions: Signal<Option<Vec<Permission>>>, client: Signal<String>) -> impl IntoView {
    let rows = changing(move || {
        permissions.get().unwrap_or_default().into_iter().map(|one| row(one, client)).collect_view().into_any()
    });
    view! {
        <section class="stack">
            <h2>{desk::WHAT_MAY_I_SEE}</h2>
            <ul class="stack">{rows}</ul>
            <p class="small soft">{Text::live(move || desk::given_by(client.get()).get())}</p>
        </section>
    }
}

fn row(Permission { section, given }: Permission, client: Signal<String>) -> AnyView {
    let (mark, says) = match given {
        Some(Given { until: Some(until), .. }) => {
            let day = day_and_month(moment(until));
            (Icon::CHECK, Text::live(move || desk::until(day.get()).get()))
        }
        Some(Given { from, until: None }) => {
            let day = day_and_month(moment(from));
            (Icon::CHECK, Text::live(move || desk::since(day.get()).get()))
        }
        None => (Icon::LOCK, Text::live(move || desk::not_given(client.get()).get())),
    };
    view! {
        <li class="row" data-section=section.code() data-given=given.map(|_| "")>
            {icon(mark)} <span class="fill">{section_word(section)}</span> <span class="small soft">{says}</span>
        </li>
    }
    .into_any()
}
