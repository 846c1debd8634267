//! What was granted to one client: the decisions, and room for another.

use opstap_core::model::{Grant, Model, delete};
use opstap_core::{CircleId, Day, RecordId};
use opstap_insight::Guidance;
use opstap_view::prelude::*;

use super::figures;
use crate::components::{Button, Field, Icon, ListRow, Size, changing};
use crate::dates::{from_date, on_day, whole_date};
use crate::device;
use crate::pages::shared::care::keep;
use crate::words::{Text, hours};

/// The list and the form.
#[component]
pub(super) fn Grants(circle: CircleId, guidance: Signal<Option<Guidance>>, writes: Memo<bool>) -> impl IntoView {
    let grants = Memo::new(move |_| guidance.with(|guidance| guidance.as_ref().map(|all| all.grants.clone())));
    let list = changing(move || {
        let grants = grants.get().unwrap_or_default();
        if grants.is_empty() {
            return view! { <p class="soft">{hours::NO_GRANTS}</p> }.into_any();
        }
        let rows = grants.into_iter().rev().map(|(id, grant)| row(circle, id, &grant, writes.get())).collect_view();
        view! { <ul class="list">{rows}</ul> }.into_any()
    });
    view! {
        <section class="stack grants">
            <h2>{hours::GRANTS}</h2>
            {list}
            {changing(move || if writes.get() { view! { <NewGrant circle /> }.into_any() } else { ().into_any() })}
        </section>
    }
}

fn row(circle: CircleId, id: RecordId, grant: &Grant, writes: bool) -> AnyView {
    let of = |minutes: u32| figures::hours(figures::tenths_of(u64::from(minutes)));
    let (specialist, basic) = (of(grant.specialist), of(grant.basic));
    let (from, to) = (whole_date(on_day(grant.from)), whole_date(on_day(grant.to)));
    let text = Text::live(move || hours::a_week(specialist.get(), basic.get()).get());
    let more = Text::live(move || hours::period_of(from.get(), to.get()).get());
    let away = move || keep(circle, vec![delete(id)], hours::GRANT_GONE.into());
    let away = writes.then(
        || view! { <Button text=hours::TAKE_GRANT_AWAY icon=Icon::TRASH mark_only=true size=Size::Tool tap=away /> },
    );
    view! { <li><ListRow text more>{away}</ListRow></li> }.into_any()
}

/// The most hours a week that can be granted: all of it.
const MOST: u32 = 168 * 60;

/// Minutes of hours as they are typed, with a comma or a point; none for what is no number or more than a week has.
fn minutes_of_hours(typed: &str) -> Option<u32> {
    let typed = typed.trim().replace(',', ".");
    let (whole, rest) = typed.split_once('.').unwrap_or((&typed, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || rest.len() > 3 || !is_number(whole) || !is_number(rest) {
        return None;
    }
    let scale = 10_u32.pow(u32::try_from(rest.len()).ok()?);
    let part: u32 = if rest.is_empty() { 0 } else { rest.parse().ok()? };
    // Half a minute is a minute.
    let minutes = whole.parse::<u32>().ok()? * 60 + (part * 60 * 2 + scale) / (scale * 2);
    (minutes <= MOST).then_some(minutes)
}

fn grant(from: Option<Day>, to: Option<Day>, specialist: &str, basic: &str) -> Option<Grant> {
    let of = |typed: &str| if typed.trim().is_empty() { Some(0) } else { minutes_of_hours(typed) };
    let grant = Grant::of(from?, to?, of(specialist)?, of(basic)?);
    (grant.from <= grant.to && grant.specialist + grant.basic > 0).then_some(grant)
}

#[component]
fn NewGrant(circle: CircleId) -> impl IntoView {
    let [from, to, specialist, basic, number] = [(); 5].map(|()| RwSignal::new(String::new()));
    let made = move || {
        let made = grant(from_date(&from.get()), from_date(&to.get()), &specialist.get(), &basic.get())?;
        let number = Some(number.get().trim().to_owned()).filter(|number| !number.is_empty());
        Some(Grant { number, ..made })
    };
    let add = move || {
        let Some(grant) = untrack(made) else { return };
        keep(circle, vec![grant.make(device::new_id())], hours::GRANT_KEPT.into());
        for emptied in [from, to, specialist, basic, number] {
            emptied.set(String::new());
        }
    };
    let begun = move || [from, to, specialist, basic].iter().any(|one| one.with(|typed| !typed.is_empty()));
    let says = move || (begun() && made().is_none()).then(|| hours::NOT_A_GRANT.get());
    let not_yet = Signal::derive(move || made().is_none());
    let day = |label, value: RwSignal<String>| {
        view! { <Field label kind="date" value on_change=move |day| value.set(day) /> }.into_any()
    };
    let typed = |label, value: RwSignal<String>| {
        view! { <Field label value on_input=move |typed| value.set(typed) /> }.into_any()
    };
    view! {
        <details>
            <summary>{hours::NEW_GRANT}</summary>
            <div class="stack">
                {day(hours::FROM, from)}
                {day(hours::TO, to)}
                {typed(hours::SB_HOURS, specialist)}
                {typed(hours::BB_HOURS, basic)}
                {typed(hours::GRANT_NUMBER, number)}
                <p role="status" class="soft">{says}</p>
                <div class="row"><Button text=hours::ADD_GRANT icon=Icon::CHECK disabled=not_yet tap=add /></div>
            </div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_typed_with_a_comma_or_a_point_and_kept_in_minutes() {
        let read = ["3", "3,5", "0.25", " 2,3 ", "0,008", "168"].map(minutes_of_hours);
        assert_eq!(read, [Some(180), Some(210), Some(15), Some(138), Some(0), Some(10_080)]);
        assert_eq!(["", ",5", "3,5,1", "-1", "drie", "169", "1,2345"].map(minutes_of_hours), [None; 7]);
    }

    #[test]
    fn a_grant_has_days_in_order_and_grants_something() {
        let days = (Some(Day(10)), Some(Day(16)));
        assert_eq!(grant(days.0, days.1, "3", ""), Some(Grant::of(Day(10), Day(16), 180, 0)));
        assert_eq!(grant(days.1, days.0, "3", ""), None);
        assert_eq!((grant(days.0, days.1, "", "0"), grant(None, days.1, "3", "1")), (None, None));
    }
}
