//! Allocations of iWmo as grants: products become specialist or basic guidance by the codes that the organisation gives, amounts become
//! minutes a week, and clients are found without keeping anything of who they are for the state.

mod amount;
mod message;

use std::collections::BTreeMap;

use opstap_core::Day;
use opstap_core::letters::in_small;
use opstap_core::model::Grant;

use super::import::{Fault, GrantRow, Read, Spot, read_table};
use crate::exchange::grid::Line;
use amount::{NoMinutes, minutes_a_week};
use message::{Message, Person, Product};

pub use message::MOST_BYTES;

/// What products mean to the organisation.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    /// Those that are specialist guidance.
    pub specialist: Vec<String>,
    /// Those that are basic guidance.
    pub basic: Vec<String>,
    /// Those that are no guidance.
    pub other: Vec<String>,
}

/// What a product is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    Specialist,
    Basic,
    Other,
}

impl Codes {
    /// What a product is by its own code, else by its category.
    fn of(&self, product: &Product) -> Option<Is> {
        let lists = [(&self.specialist, Is::Specialist), (&self.basic, Is::Basic), (&self.other, Is::Other)];
        let by = |code: &str| {
            let has = |list: &Vec<String>| list.iter().any(|known| known.trim().eq_ignore_ascii_case(code));
            lists.iter().find(|(list, _)| !code.is_empty() && has(list)).map(|(_, is)| *is)
        };
        by(&product.code).or_else(|| by(&product.category))
    }
}

/// Who the clients of messages are: by BSN, as a table of the organisation says, else by their full name.
#[derive(Clone, Default)]
pub struct Clients {
    by_bsn: BTreeMap<String, String>,
    names: Vec<String>,
}

impl Clients {
    /// Clients who are known by these names.
    #[must_use]
    pub const fn named(names: Vec<String>) -> Self {
        Self { by_bsn: BTreeMap::new(), names }
    }

    /// The same with what a table says, of columns `bsn` and `client`. What is at fault in it does not say whose number it is.
    #[must_use]
    pub fn with_table(mut self, lines: &[Line]) -> (Self, Vec<Fault>) {
        let read: Read<[String; 2]> = read_table(&["bsn", "client"], lines);
        // Where the first line is no line of names, a number may stand in it.
        let unread = |fault| Fault { found: None, ..fault };
        let mut faults: Vec<Fault> = read.faults.into_iter().map(unread).collect();
        for (spot, [number, client]) in read.rows {
            let number = message::bsn(&number);
            let is_number = (7..=9).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
            if !is_number || client.is_empty() {
                faults.push(Fault::of_line(&spot, "a BSN of nine digits and the name of a client"));
            } else if self.by_bsn.insert(number, client).is_some() {
                faults.push(Fault::of_line(&spot, "a BSN that no other line has"));
            }
        }
        (self, faults)
    }

    fn find(&self, person: &Person) -> Option<&str> {
        let by_name = || {
            let called = |name: &&String| person.names.iter().any(|own| in_small(own) == in_small(name));
            self.names.iter().find(called)
        };
        self.by_bsn.get(&person.bsn).or_else(by_name).map(String::as_str)
    }
}

/// The grants of messages, each with the name of its file where there are several. `until`: when an allocation without an end is taken to
/// end.
#[must_use]
pub fn read_allocations(
    messages: &[(Option<String>, Vec<u8>)],
    codes: &Codes,
    clients: &Clients,
    until: Option<Day>,
) -> Read<GrantRow> {
    let mut read = Read::default();
    let mut numbers: BTreeMap<String, Spot> = BTreeMap::new();
    for (file, bytes) in messages {
        let Message { person, spot, products, mut faults } = match message::read(file.as_deref(), bytes) {
            Ok(message) => message,
            Err(fault) => {
                read.faults.push(fault);
                continue;
            }
        };
        let client = clients.find(&person);
        if client.is_none() {
            let expected = "a client who is called so here in full, or whose BSN stands in the table of --clients,";
            faults.push(Fault { place: Some("element Client".to_owned()), ..Fault::of_line(&spot, expected) });
        }
        for product in products {
            let earlier = numbers.entry(product.number.clone()).or_insert_with(|| product.spot.clone());
            if *earlier != product.spot {
                let expected = format!("a number that no other allocation has ({earlier} has it too)");
                faults.push(wrong(&product, "ToewijzingNummer", expected, &product.number));
            }
            match (grant(&product, codes, until), client) {
                (Ok(Some(grant)), Some(client)) => {
                    read.rows.push((product.spot, GrantRow { client: client.to_owned(), grant }));
                }
                (Ok(_), _) => {}
                (Err(fault), _) => faults.push(fault),
            }
        }
        read.faults.append(&mut faults);
    }
    read.faults.sort_by(|a, b| a.spot.cmp(&b.spot));
    read
}

/// What a product is granted as; nothing where it is no guidance.
fn grant(product: &Product, codes: &Codes, until: Option<Day>) -> Result<Option<Grant>, Fault> {
    let is = codes.of(product).ok_or_else(|| {
        let expected = "a product of --specialist, --basic or --other";
        let found = if product.code.is_empty() { &product.category } else { &product.code };
        wrong(product, "Product", expected, found)
    })?;
    if is == Is::Other {
        return Ok(None);
    }
    let from = product.from;
    let to = product.to.or(until).ok_or_else(|| {
        let expected = "a last day; --until DAY reads an allocation without an end up to that day,";
        wrong(product, "Einddatum", expected, "")
    })?;
    if to < from {
        let expected = format!("a day of --until not before {}", from.written());
        return Err(wrong(product, "Ingangsdatum", expected, &from.written()));
    }
    let Some([volume, unit, frequency]) = &product.amount else {
        return Err(wrong(product, "Omvang", "volume, unit and frequency (a budget says no time)", ""));
    };
    let minutes = minutes_a_week(volume, unit, frequency, (from, to)).map_err(|why| match why {
        NoMinutes::Volume => wrong(product, "Volume", "a whole number from 1 that fits in a week", volume),
        NoMinutes::Unit => wrong(product, "Eenheid", "a unit of time: 01 minute, 04 hour or 16 part of a day", unit),
        NoMinutes::Frequency => wrong(product, "Frequentie", "1 a day, 2 a week, 4 a month or 6 in all", frequency),
    })?;
    let (specialist, basic) = if is == Is::Specialist { (minutes, 0) } else { (0, minutes) };
    Ok(Some(Grant { number: Some(product.number.clone()), ..Grant::of(from, to, specialist, basic) }))
}

fn wrong(product: &Product, element: &str, expected: impl Into<String>, found: &str) -> Fault {
    let place = Some(format!("element {element}"));
    Fault { place, found: Some(found.to_owned()), ..Fault::of_line(&product.spot, expected) }
}

#[cfg(test)]
#[path = "allocations_tests.rs"]
mod tests;
