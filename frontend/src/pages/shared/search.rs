//! Searching what this device holds: works offline, answers while one types, says how much was found.

use std::cell::RefCell;

use opstap_insight::Wanted;
use opstap_view::prelude::*;

use crate::components::{Icon, ListRow, Picture, Well, changing, icon};
use crate::device::{self, Circle};
use crate::event::Tap;
use crate::language::language;
use crate::stories::search::{self, Findable, Found, GROUPS, What};
use crate::words::{Text, Word, search as words, shared};

/// As many as somebody looks through; more words find fewer.
const MOST: usize = 40;
const HEADS: [Word; GROUPS] = [words::CLIENTS, words::PLANS, words::TEMPLATES, words::MESSAGES];

thread_local! {
    // Whoever comes back from what they found goes on with what they typed.
    static TYPED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The field, and below it what was found. `row` shows one of them.
pub fn search(row: fn(Found) -> AnyView) -> AnyView {
    let typed = RwSignal::new(TYPED.with_borrow(Clone::clone));
    let circles = device::circles();
    let open = Memo::new(move |_| {
        let mut open = circles.get().unwrap_or_default();
        open.retain(|circle| !circle.locked);
        open
    });
    let locked = Memo::new(move |_| circles.with(|all| all.iter().flatten().any(|circle| circle.locked)));
    let shown = Signal::derive(move || typed.get());
    let type_in = move |event| {
        let text = event_target_value(&event);
        TYPED.replace(text.clone());
        typed.set(text);
    };
    view! {
        <div class="field" role="search">
            <label for="search">{words::LABEL}</label>
            <input id="search" type="search" autofocus="" autocomplete="off" prop:value=shown on:input=type_in />
        </div>
        {changing(move || locked.get().then(|| view! { <p class="soft">{shared::LOCKED} " " {shared::LOCKED_MORE}</p> }).into_any())}
        {changing(move || found(&open.get(), typed, row))}
    }
    .into_any()
}

fn found(circles: &[Circle], typed: RwSignal<String>, row: fn(Found) -> AnyView) -> AnyView {
    let mut all = Vec::new();
    for circle in circles {
        let known = circle.clone();
        all.push(device::watch(circle.id, move |reader| search::in_circle(reader, known.clone(), language().tag())));
    }
    let found = Memo::new(move |_| {
        let wanted = typed.with(|typed| Wanted::parse(typed))?;
        let mut things: Vec<Findable> = Vec::new();
        for of_circle in &all {
            things.extend(of_circle.get().unwrap_or_default());
        }
        Some(search::find(&things, &wanted))
    });
    let says = move || match found.with(|found| found.as_ref().map(Vec::len)) {
        None => words::HINT.get().to_owned(),
        Some(0) => words::NOTHING.get().to_owned(),
        Some(many) if many > MOST => words::first_of(MOST, many).get(),
        Some(many) => words::found(many).get(),
    };
    let groups = changing(move || groups(found.get().unwrap_or_default(), row));
    view! { <p class="soft" role="status">{says}</p> {groups} }.into_any()
}

fn groups(mut found: Vec<Found>, row: fn(Found) -> AnyView) -> AnyView {
    found.truncate(MOST);
    let mut groups = [const { Vec::new() }; GROUPS];
    for one in found {
        if let Some(group) = groups.get_mut(one.thing.what.group()) {
            group.push(view! { <li>{row(one)}</li> }.into_any());
        }
    }
    let groups = groups.into_iter().zip(HEADS).filter(|(rows, _)| !rows.is_empty());
    let groups = groups.map(|(rows, head)| {
        view! { <section class="stack"><h2>{head}</h2><ul class="list">{rows.into_iter().collect_view()}</ul></section> }
    });
    groups.collect_view().into_any()
}

/// A row for what was found. Without a place it only tells, and what stands at its end leads on.
pub fn found_row(Found { thing, step }: Found, tap: Option<Tap>, end: AnyView) -> AnyView {
    let Findable { what, circle, title, whose, picture, .. } = thing;
    let lead = match what {
        What::Plan(_) | What::Template(_) => {
            view! { <Picture source=device::picture(circle, picture) well=Well::Small /> }.into_any()
        }
        What::Client => icon(Icon::PERSON),
        What::Message(_) => icon(Icon::MESSAGE),
    };
    // Whose template it is, nobody asks.
    let whose = if matches!(what, What::Template(_)) { String::new() } else { whose };
    let more = match (whose.is_empty(), step) {
        (true, step) => step.unwrap_or_default(),
        (false, None) => whose,
        (false, Some(step)) => [&whose, ": ", &step].concat(),
    };
    let leads = tap.is_some().then(|| icon(Icon::FORWARD));
    match tap {
        Some(tap) => {
            view! { <ListRow text=Text::from(title) more=Text::from(more) lead tap>{end}{leads}</ListRow> }.into_any()
        }
        None => view! { <ListRow text=Text::from(title) more=Text::from(more) lead>{end}</ListRow> }.into_any(),
    }
}
