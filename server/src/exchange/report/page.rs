//! The report as a page to read in a browser and to print.

use opstap_insight::FigureKey;

use super::Told;
use super::text::amount;
use super::words::At;
use crate::sheet::{Sheet, Table};

pub(super) fn written(told: &Told<'_>) -> String {
    let word = |name| told.words.word(name, At::default());
    let title = word("title").replace("{organisation}", told.organisation).replace("{day}", &told.day.written());
    let about = if told.numbers.is_none() { vec![word("outside")] } else { Vec::new() };
    let head: Vec<String> = ["figure", "amount", "definition"].into_iter().map(word).collect();
    let line = |key: FigureKey| {
        let said = told.words.figure(key);
        vec![said.title, amount(told, key), said.definition]
    };
    let all = told.words.figure(FigureKey::Registered);
    let first =
        Table { caption: all.title, head: head.clone(), rows: vec![line(FigureKey::Registered)], ..Table::default() };
    // Of nothing there is nothing to take apart.
    let breakdowns = told.programme.breakdowns.iter().filter(|breakdown| told.programme.count(breakdown.of) > 0);
    let table = |breakdown: &opstap_insight::Breakdown| {
        let said = told.words.breakdown(breakdown.key);
        let rows = breakdown.groups.iter().map(|group| line(*group)).collect();
        let notes = Some(said.definition).filter(|definition| !definition.is_empty()).into_iter().collect();
        Table { caption: said.title, head: head.clone(), rows, notes, ..Table::default() }
    };
    let tables = std::iter::once(first).chain(breakdowns.map(table)).collect();
    Sheet { title, about, tables }.as_page(told.language.code())
}
