//! What this client's professionals want a sign of: a switch for each rule, and from what on it asks. It is one record for the circle.

use opstap_core::model::{AttentionRule, AttentionSettings, Model, RulesOff, set};
use opstap_core::{Change, CircleId, RecordId};
use opstap_insight::following::rule;
use opstap_view::prelude::*;

use super::super::frame::client_name;
use super::marks::may_write;
use crate::components::{Button, Dialog, Field, Icon, Switch, changing};
use crate::device::{self, Entry, Reader};
use crate::words::{Text, Word, following, shared};

const fn word(rule: AttentionRule) -> Word {
    match rule {
        AttentionRule::HelpUnanswered => following::RULE_HELP,
        AttentionRule::GivenUp => following::RULE_STOPPED,
        AttentionRule::StepFails => following::RULE_STEP,
        AttentionRule::LessIndependent => following::RULE_LESS,
        AttentionRule::NoPractice => following::RULE_QUIET,
        AttentionRule::HandoverDue => following::RULE_HANDOVER,
        AttentionRule::FollowUpDue => following::RULE_FOLLOW_UP,
        AttentionRule::ConsentEnds => following::RULE_CONSENT,
        AttentionRule::PhoneSilent => following::RULE_SILENT,
        AttentionRule::EditsRefused => following::RULE_REFUSED,
        AttentionRule::Conflict => following::RULE_CONFLICT,
        AttentionRule::HoursOver => following::RULE_OVER,
        AttentionRule::HoursUnder => following::RULE_UNDER,
    }
}

/// From what on a rule asks: its words, and the cell that it stands in.
const fn number(rule: AttentionRule) -> Option<(Word, &'static str)> {
    Some(match rule {
        AttentionRule::StepFails => (following::AFTER_TIMES, "failures"),
        AttentionRule::NoPractice => (following::AFTER_DAYS, "quiet_days"),
        AttentionRule::PhoneSilent => (following::AFTER_DAYS, "silent_days"),
        // Over and under go by one number.
        AttentionRule::HoursOver => (following::FROM_PERCENT, "hours_percent"),
        _ => return None,
    })
}

/// The number in a cell; none where it is as usual.
fn settled_number(settings: &AttentionSettings, cell: &str) -> Option<u32> {
    match cell {
        "failures" => settings.failures,
        "quiet_days" => settings.quiet_days,
        "silent_days" => settings.silent_days,
        _ => settings.hours_percent,
    }
}

/// The settings with another number in a cell.
fn with_number(settings: &AttentionSettings, cell: &str, number: u32) -> AttentionSettings {
    let mut next = settings.clone();
    let place = match cell {
        "failures" => &mut next.failures,
        "quiet_days" => &mut next.quiet_days,
        "silent_days" => &mut next.silent_days,
        _ => &mut next.hours_percent,
    };
    *place = Some(number);
    next
}

/// What is settled now, and the record it stands in. Of two that were made apart the lower id counts.
#[derive(Clone, PartialEq)]
struct Settled {
    id: Option<RecordId>,
    now: AttentionSettings,
}

const UNSETTLED: AttentionSettings =
    AttentionSettings { off: None, quiet_days: None, failures: None, silent_days: None, hours_percent: None };

async fn read(reader: Reader) -> Settled {
    let all = reader.all::<AttentionSettings>().await;
    match all.into_iter().min_by_key(|one| one.id) {
        Some(Entry { id, value, .. }) => Settled { id: Some(id), now: value },
        None => Settled { id: None, now: UNSETTLED },
    }
}

/// Whether a rule asks.
fn is_on(settings: &AttentionSettings, rule: AttentionRule) -> bool {
    let place = AttentionRule::ALL.iter().position(|one| *one == rule);
    !settings.off.zip(place).is_some_and(|(off, place)| off.has(place))
}

/// The rules that are off once one is switched.
fn switched(settings: &AttentionSettings, rule: AttentionRule, on: bool) -> Option<RulesOff> {
    let is_off = |one: &AttentionRule| if *one == rule { !on } else { !is_on(settings, *one) };
    let off = AttentionRule::ALL.iter().enumerate().filter(|(_, one)| is_off(one));
    RulesOff::of(off.map(|(place, _)| place))
}

/// Changes the one record, or makes it.
fn keep(circle: CircleId, settled: &Settled, change: impl Fn(RecordId) -> Change, made: AttentionSettings) {
    let change = settled.id.map_or_else(|| made.make(device::new_id()), change);
    device::keep(circle, vec![change]);
}

/// The button and its sheet, for whoever may settle it.
pub(in super::super) fn signals(circle: CircleId) -> AnyView {
    if !may_write(circle) {
        return ().into_any();
    }
    let open = RwSignal::new(false);
    view! {
        <div><Button text=following::SIGNALS icon=Icon::BELL tap=move || open.set(true) /></div>
        <Dialog open=open title=following::SIGNALS on_close=move |()| open.set(false)>
            {sheet(circle)}
            <div class="row"><Button text=shared::CLOSE tap=move || open.set(false) /></div>
        </Dialog>
    }
    .into_any()
}

fn sheet(circle: CircleId) -> AnyView {
    let settled = device::watch(circle, read);
    let name = client_name(circle);
    let is_read = Memo::new(move |_| settled.with(Option::is_some));
    let rows = changing(move || {
        if !is_read.get() {
            return ().into_any();
        }
        AttentionRule::ALL.iter().map(|rule| rule_row(circle, settled, *rule)).collect_view()
    });
    view! {
        <div class="stack sheet">
            <p class="soft small">{Text::live(move || following::signals_more(name.get()).get())}</p>
            <div class="stack">{rows}</div>
        </div>
    }
    .into_any()
}

fn rule_row(circle: CircleId, settled: Signal<Option<Settled>>, of: AttentionRule) -> AnyView {
    let on = Signal::derive(move || settled.with(|it| it.as_ref().is_none_or(|it| is_on(&it.now, of))));
    let turn = move |on: bool| {
        if let Some(it) = untrack(|| settled.get()) {
            let off = switched(&it.now, of, on);
            keep(circle, &it, |id| set(id, "off", off), AttentionSettings { off, ..it.now.clone() });
        }
    };
    let typed = number(of).map(|(label, cell)| {
        let usual = rule(of).map_or(1, |rule| rule.threshold);
        let value = Signal::derive(move || {
            let number = settled.with(|it| it.as_ref().and_then(|it| settled_number(&it.now, cell)));
            number.unwrap_or(usual).to_string()
        });
        let advice = RwSignal::new(None);
        let typed = move |typed: String| {
            let number = typed.trim().parse::<u32>().ok().filter(|number| *number > 0);
            advice.set(number.is_none().then(|| following::NOT_A_NUMBER.now().to_owned()));
            if let (Some(number), Some(it)) = (number, untrack(|| settled.get())) {
                keep(circle, &it, |id| set(id, cell, number), with_number(&it.now, cell, number));
            }
        };
        changing(move || {
            let field = on.get().then(|| view! { <Field label value kind="number" advice=advice on_change=typed /> });
            field.into_any()
        })
    });
    view! { <div class="signal"><Switch text=word(of) on on_change=turn />{typed}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_is_switched_leaves_the_others_as_they_were() {
        let settled = |off| AttentionSettings { off, ..UNSETTLED };
        let off = settled(switched(&UNSETTLED, AttentionRule::PhoneSilent, false));
        assert!(!is_on(&off, AttentionRule::PhoneSilent) && is_on(&off, AttentionRule::HelpUnanswered));
        let both = settled(switched(&off, AttentionRule::HelpUnanswered, false));
        let back = settled(switched(&both, AttentionRule::PhoneSilent, true));
        assert!(is_on(&back, AttentionRule::PhoneSilent) && !is_on(&back, AttentionRule::HelpUnanswered));
        assert_eq!(switched(&off, AttentionRule::PhoneSilent, true), None, "then nothing is different");
    }

    #[test]
    fn each_number_has_a_place_of_its_own() {
        let cells = AttentionRule::ALL.iter().filter_map(|rule| Some(number(*rule)?.1));
        for cell in cells {
            let settled = with_number(&UNSETTLED, cell, 9);
            assert_eq!(settled_number(&settled, cell), Some(9));
            let AttentionSettings { quiet_days, failures, silent_days, hours_percent, .. } = settled;
            assert_eq!([quiet_days, failures, silent_days, hours_percent].iter().flatten().count(), 1, "{cell}");
        }
    }
}
