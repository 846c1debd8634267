//! The message WMO301 (toewijzing Wmo-ondersteuning) of iWmo 3.2, as its schema `wmo301.xsd` has it: header, one client and their allocated
//! products. Elements are found by name whatever the prefix. Nothing outside the message is fetched: a document type is refused.

use opstap_core::Day;
use roxmltree::{Document, Node, ParsingOptions};

use crate::guidance::import::{Fault, Spot};

/// A message of more bytes is not read: it is about one client.
pub const MOST_BYTES: usize = 2_000_000;
/// Nor one of more elements.
const MOST_NODES: u32 = 100_000;
/// More products than this nobody is allocated.
const MOST_PRODUCTS: usize = 200;
/// The longest number of an allocation, in signs.
const LONGEST_NUMBER: usize = 64;
const STANDARD: &str = "a message WMO301 (toewijzing Wmo-ondersteuning) of iWmo 3";

/// Whom a message is about. It is shown to nobody, and not kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The number by which the state knows them (BSN), without zeros before it.
    pub bsn: String,
    /// The full names by which a circle may know them: all first names with the last name, and the first of them with it.
    pub names: Vec<String>,
}

/// A product that a client is allocated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Where it stands.
    pub spot: Spot,
    /// The number of the allocation (toewijzingnummer).
    pub number: String,
    /// The category of the product, where it has one.
    pub category: String,
    /// The code of the product, where it has one.
    pub code: String,
    /// The first day.
    pub from: Day,
    /// The last day; none of an allocation without an end.
    pub to: Option<Day>,
    /// Volume, unit and frequency; none where only a budget is said.
    pub amount: Option<[String; 3]>,
}

/// What a message holds.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Whom it is about.
    pub person: Person,
    /// Where the client stands.
    pub spot: Spot,
    /// The products that are as they should be.
    pub products: Vec<Product>,
    /// What is not.
    pub faults: Vec<Fault>,
}

/// Reads a message.
///
/// # Errors
/// What was expected, when it is none.
pub fn read(file: Option<&str>, bytes: &[u8]) -> Result<Message, Fault> {
    let spot = |line: u32| Spot { file: file.map(str::to_owned), line: line.into() };
    if bytes.len() > MOST_BYTES {
        return Err(Fault::of_line(&spot(1), format!("a message of at most {} MB", MOST_BYTES / 1_000_000)));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::of_line(&spot(1), "text in UTF-8"))?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text.trim_start_matches('\u{feff}'), options).map_err(|cause| {
        Fault::of_line(&spot(cause.pos().row), format!("{STANDARD}, as XML without a document type,"))
    })?;
    let root = document.root_element();
    let reading = Reading { document: &document, file };
    let namespace = root.tag_name().namespace().unwrap_or_default();
    let release = namespace.strip_prefix("http://www.istandaarden.nl/iwmo/3_");
    if root.tag_name().name() != "Bericht" || !release.is_some_and(|release| release.ends_with("/wmo301/schema")) {
        return Err(Fault::of_line(&reading.spot(root), STANDARD));
    }
    let client = child(root, "Client").ok_or_else(|| Fault::of_line(&reading.spot(root), "a client in the message"))?;
    let products = child(client, "ToegewezenProducten");
    let products =
        products.into_iter().flat_map(|all| all.children().filter(|node| is_called(*node, "ToegewezenProduct")));
    let mut message =
        Message { person: person(client), spot: reading.spot(client), products: Vec::new(), faults: Vec::new() };
    for product in products.take(MOST_PRODUCTS) {
        message.products.extend(reading.product(product, &mut message.faults));
    }
    if message.products.is_empty() && message.faults.is_empty() {
        message.faults.push(Fault::of_line(&message.spot, "a product that the client is allocated"));
    }
    Ok(message)
}

/// A BSN as digits without zeros before them.
#[must_use]
pub fn bsn(text: &str) -> String {
    text.trim().trim_start_matches('0').to_owned()
}

fn person(client: Node<'_, '_>) -> Person {
    let name = child(client, "Naam");
    let of = |node: Option<Node<'_, '_>>, names: &[&str]| {
        let node = names.iter().try_fold(node?, |node, name| child(node, name))?;
        Some(text(node)).filter(|text| !text.is_empty())
    };
    let last = of(name, &["Geslachtsnaam", "Achternaam"]).or_else(|| of(name, &["Geslachtsnaam", "Naam"]));
    let before = of(name, &["Geslachtsnaam", "Voorvoegsel"]);
    let last = last.map(|last| before.map_or_else(|| last.clone(), |before| format!("{before} {last}")));
    let firsts = of(name, &["Voornamen"]).zip(last).map(|(firsts, last)| {
        let first = firsts.split_whitespace().next().unwrap_or_default();
        vec![format!("{firsts} {last}"), format!("{first} {last}")]
    });
    let number = child(client, "Bsn").map(text).unwrap_or_default();
    Person { bsn: bsn(&number), names: firsts.unwrap_or_default() }
}

fn is_called(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn child<'a, 'd>(node: Node<'a, 'd>, name: &str) -> Option<Node<'a, 'd>> {
    node.children().find(|child| is_called(*child, name))
}

fn text(node: Node<'_, '_>) -> String {
    node.text().unwrap_or_default().trim().to_owned()
}

struct Reading<'a, 'd> {
    document: &'a Document<'d>,
    file: Option<&'a str>,
}

impl Reading<'_, '_> {
    fn spot(&self, node: Node<'_, '_>) -> Spot {
        let line = self.document.text_pos_at(node.range().start).row;
        Spot { file: self.file.map(str::to_owned), line: line.into() }
    }

    /// The fault that an element, or what it should stand in, is not as expected.
    fn fault(&self, product: Node<'_, '_>, path: &[&str], expected: &str) -> Fault {
        let (mut node, mut found) = (product, None);
        for name in path {
            match child(node, name) {
                Some(inner) => (node, found) = (inner, Some(text(inner))),
                None => {
                    found = None;
                    break;
                }
            }
        }
        let place = path.last().map(|name| format!("element {name}"));
        Fault { place, found: Some(found.unwrap_or_default()), ..Fault::of_line(&self.spot(node), expected) }
    }

    fn product(&self, product: Node<'_, '_>, faults: &mut Vec<Fault>) -> Option<Product> {
        let own = |path: &[&str]| path.iter().try_fold(product, |node, name| child(node, name)).map(text);
        let before = faults.len();
        let number = own(&["ToewijzingNummer"]).unwrap_or_default();
        if number.is_empty() || number.chars().count() > LONGEST_NUMBER {
            faults.push(self.fault(
                product,
                &["ToewijzingNummer"],
                "the number of the allocation, of at most 64 signs,",
            ));
        }
        let mut day = |name| {
            let day = own(&[name]).map(|text| Day::parse(&text));
            if day == Some(None) {
                faults.push(self.fault(product, &[name], "a day as YYYY-MM-DD"));
            }
            day.flatten()
        };
        let (from, to) = (day("Ingangsdatum"), day("Einddatum"));
        if own(&["Ingangsdatum"]).is_none() {
            faults.push(self.fault(product, &["Ingangsdatum"], "the first day, as YYYY-MM-DD,"));
        }
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            let expected = format!("a day not before {} (Ingangsdatum)", from.written());
            faults.push(self.fault(product, &["Einddatum"], &expected));
        }
        let amount = child(product, "Omvang").map(|amount| {
            ["Volume", "Eenheid", "Frequentie"].map(|name| child(amount, name).map(text).unwrap_or_default())
        });
        let (category, code) = (own(&["Product", "Categorie"]), own(&["Product", "Code"]));
        let (category, code) = (category.unwrap_or_default(), code.unwrap_or_default());
        let spot = self.spot(product);
        (faults.len() == before).then_some(())?;
        Some(Product { spot, number, category, code, from: from?, to, amount })
    }
}
