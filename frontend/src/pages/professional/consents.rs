//! "Wat mag ik zien": what of this client the person may see now, on which ground. A lock is a fact, not a reproach.

use opstap_core::Millis;
use opstap_core::access::Section;
use opstap_core::model::Relation;
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
    let is_coach = access.relation(me.id) == Some(Relation::NeighbourhoodCoach);
    let sections: &[Section] = if is_coach { &Section::FOR_COACH } else { &Section::BY_CONSENT };
    sections.iter().map(|section| of_section(*section)).collect()
}

impl Permission {
    /// Whether it is given now.
    pub(super) const fn is_given(&self) -> bool {
        self.given.is_some()
    }

    /// Whether this section is given now.
    pub(super) fn is_of(&self, section: Section) -> bool {
        self.section == section && self.is_given()
    }

    /// What is seen by it, and until when: "uren, tot 3 maart".
    pub(super) fn says(&self) -> String {
        let what = section_word(self.section).get().to_owned();
        match self.given.and_then(|given| given.until) {
            Some(until) => [what, desk::until(day_and_month(moment(until)).get()).get()].join(", "),
            None => what,
        }
    }
}

/// What is seen by it.
pub(super) const fn section_word(section: Section) -> Word {
    match section {
        Section::Plans | Section::Appointments => desk::SECTION_PLANS,
        Section::Progress => desk::SECTION_PROGRESS,
        Section::Photos => desk::SECTION_PHOTOS,
        Section::Travel | Section::Training => desk::SECTION_TRAVEL,
        Section::Messages => desk::SECTION_MESSAGES,
        Section::Goals => desk::SECTION_GOALS,
        Section::Measurements => desk::SECTION_MEASUREMENTS,
        Section::Hours => desk::SECTION_HOURS,
        Section::Notes | Section::Circle => desk::SECTION_CARE,
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
