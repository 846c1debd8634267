//! The instruments that come with the app and those of the organisation's own, and how what they ask and what was answered is said.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use opstap_core::instrument::{Answer, Domain, Instrument, Label, Level, Mark, SHIPPED};
use opstap_core::model::DomainAnswer;
use opstap_core::plan_format::Language as Written;
use opstap_view::prelude::*;

use crate::device;
use crate::language::{Language, language};
use crate::words::{Text, guidance};

/// All instruments, made with these of one's own.
type Known = (Arc<[Instrument]>, Rc<[Instrument]>);

thread_local! {
    static ALL: RefCell<Option<Known>> = const { RefCell::new(None) };
}

/// All of them, read when the first is needed; those that ship alone while the own ones are being looked for. Whatever reads them hears of it
/// when others come.
#[must_use]
pub fn all() -> Rc<[Instrument]> {
    let own = device::own_instruments().unwrap_or_else(|| Arc::new([]));
    ALL.with_borrow_mut(|known| match known {
        Some((with, all)) if *with == own => Rc::clone(all),
        _ => {
            let shipped: Vec<Instrument> = SHIPPED.into_iter().filter_map(read).collect();
            let others = own.iter().filter(|one| shipped.iter().all(|other| other.id != one.id)).cloned();
            let all: Rc<[Instrument]> = shipped.iter().cloned().chain(others).collect();
            *known = Some((own, Rc::clone(&all)));
            all
        }
    })
}

/// Has the worker keep their pictures, those of the organisation's own as soon as these are here: what is filled in with the client in
/// pictures is filled in at the kitchen table.
pub fn keep_pictures() {
    Effect::new(|_| {
        let all = all();
        let named = all.iter().flat_map(|one| &one.domains).filter_map(|domain| domain.picture.as_ref());
        device::keep_names(named.map(|name| name.as_str().to_owned()).collect());
    });
}

/// The same, once it was looked for those of the organisation's own: before that nobody can say that one is not there.
#[must_use]
pub fn looked_for() -> Option<Rc<[Instrument]>> {
    device::own_instruments().map(|_| all())
}

#[cfg(not(test))]
use crate::open_file::instrument as read;

/// The browser that has the reader is not there.
#[cfg(test)]
fn read(bytes: &[u8]) -> Option<Instrument> {
    opstap_core::instrument::parse(bytes).ok()
}

/// The one with this id, such as `zrm.1`.
#[must_use]
pub fn one(id: &str) -> Option<Instrument> {
    all().iter().find(|instrument| instrument.id.to_string() == id).cloned()
}

/// The words of an instrument in the language of the screens.
#[must_use]
pub fn said(label: &Label) -> Text {
    let label = label.clone();
    Text::live(move || {
        let language = match language() {
            Language::Dutch => Written::Dutch,
            Language::English => Written::English,
        };
        label.get(language).to_owned()
    })
}

/// What an instrument is called; that it is a selection is always said with it.
#[must_use]
pub fn title(instrument: &Instrument) -> Text {
    let (name, selected) = (said(&instrument.name), guidance::SELECTION);
    let is_selection = instrument.marks.contains(&Mark::Selection);
    Text::live(move || {
        let name = name.get();
        // Its own name may say so too.
        if is_selection && !name.to_lowercase().contains(selected.get()) {
            return guidance::a_selection(name).get();
        }
        name
    })
}

/// What a domain is called, with a capital; by its place where the organisation did not name it yet.
#[must_use]
pub fn domain_title(instrument: &Instrument, domain: &Domain) -> Text {
    let place = instrument.domains.iter().position(|one| one.code == domain.code).unwrap_or_default();
    let name = domain.name.as_ref().map(said);
    Text::live(move || {
        let Some(name) = &name else { return guidance::domain_without_name(place + 1).get() };
        let mut name = name.get();
        crate::dates::begin_with_capital(&mut name);
        name
    })
}

/// A level as its number and its word, a stage as its word.
#[must_use]
pub fn level(instrument: &Instrument, answer: Answer, level: Level) -> Text {
    let name = instrument.level_name(level).map(said);
    let number = (answer == Answer::Level).then(|| level.number().to_string());
    Text::live(move || number.clone().into_iter().chain(name.as_ref().map(Text::get)).collect::<Vec<_>>().join(" "))
}

/// What was answered for a domain, whatever it is answered with; the words beside a level are not in it.
#[must_use]
pub fn answered(instrument: &Instrument, domain: &Domain, given: &DomainAnswer) -> Text {
    match (instrument.answer_of(domain), given.level, given.yes, &given.word) {
        (answer @ (Answer::Level | Answer::Stage), Some(given), ..) => level(instrument, answer, given),
        (_, _, Some(true), _) => guidance::YES.into(),
        (_, _, Some(false), _) => guidance::NO.into(),
        (_, _, _, Some(word)) => Text::from(word.clone()),
        _ => Text::from("–".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(level: Option<u8>, yes: Option<bool>, word: Option<&str>) -> DomainAnswer {
        let level = level.and_then(Level::new);
        DomainAnswer { domain: String::new(), level, yes, word: word.map(str::to_owned) }
    }

    fn says(id: &str, place: usize, answer: &DomainAnswer) -> String {
        let instrument = one(id).unwrap();
        answered(&instrument, &instrument.domains[place], answer).get()
    }

    #[test]
    fn every_instrument_that_ships_is_there() {
        assert_eq!(all().len(), SHIPPED.len());
    }

    #[test]
    fn a_selection_is_called_so_once_and_a_domain_without_a_name_by_its_place() {
        assert_eq!(title(&one("iroc-selection.1").unwrap()).get().matches("selectie").count(), 1);
        let zoeken = one("zoeken.1").unwrap();
        assert_eq!(domain_title(&zoeken, &zoeken.domains[1]).get(), "Leefgebied 2");
        let zrm = one("zrm.1").unwrap();
        assert_eq!(domain_title(&zrm, &zrm.domains[0]).get(), "Financiën");
    }

    #[test]
    fn an_answer_is_said_as_the_instrument_has_it() {
        assert_eq!(says("zrm.1", 0, &given(Some(3), None, Some("post"))), "3 beperkt zelfredzaam");
        assert_eq!(says("nah.1", 0, &given(Some(2), None, None)), "groeifase");
        assert_eq!(says("specialist.1", 0, &given(None, Some(false), None)), "nee");
        assert_eq!(says("own-view.1", 1, &given(None, None, Some("Karin"))), "Karin");
        assert_eq!(says("zrm.1", 0, &given(None, None, None)), "–");
    }
}
