//! Reminding: in most browsers a web app that is closed cannot ring, and says so; the calendar of the phone can, and gets the plans that
//! have a time.

use opstap_core::model::{Days, DaysOff, Part, Picture as Shown, Plan};
use opstap_core::{CircleId, PersonId};
use opstap_insight::{Date, Reminder, calendar, every_month, rides};
use opstap_view::prelude::*;

use crate::components::{
    Appearance, Bones, Button, EmptyState, Icon, ListRow, LoadingBones, Picture, SayButton, Sentence, Well, changing,
};
use crate::dates::{calendar_day, day_of, moment, names_of_days, spoken_time};
use crate::device::{self, Entry, Reader, Ringing};
use crate::event::Tap;
use crate::pages::client::frame::Frame;
use crate::pages::client::rings::ring_here;
use crate::save_file::save_file;
use crate::stories;
use crate::stories::rings::{A_WHILE, rests, ring};
use crate::words::{Text, Word, client, way};

/// A plan that is reminded of, as the screen shows it.
#[derive(Clone, Debug, PartialEq)]
struct Reminded {
    title: String,
    picture: Option<Shown>,
    by: By,
}

/// What reminds of a plan.
#[derive(Clone, Debug, PartialEq)]
enum By {
    /// The calendar, and this phone where it rings.
    Time(Reminder),
    /// The screen of today, once the plan of this title is done, and this phone a while later where it rings.
    Today(String),
}

/// So many days off are told to the calendar: it is given anew long before they are over.
const MOST_OFF: usize = 400;

async fn read(reader: Reader) -> Vec<Reminded> {
    let can = stories::reminders::who_can_remind(&reader).await;
    let mut plans = stories::plans(&reader).await;
    plans.retain(stories::is_for_the_client);
    reminded(&plans, &can)
}

/// The plans that have a time or come after another, and that nobody else reminds of.
fn reminded(plans: &[Entry<Plan>], can: &[PersonId]) -> Vec<Reminded> {
    let mut all = Vec::new();
    for Entry { id, value: plan, .. } in plans {
        if stories::reminders::somebody_reminds(plan, can) {
            continue;
        }
        let title = &plan.title;
        let times = plan.times().map(|(minutes, days)| {
            let (days, always) = (Days::from_sum(days), plan.always == Some(true));
            By::Time(Reminder { plan: *id, title: title.clone(), minutes, days, always })
        });
        let mut by: Vec<_> = times.collect();
        if by.is_empty() {
            let first = plans.iter().find(|first| Some(first.id) == plan.after);
            by.extend(first.map(|first| By::Today(first.value.title.clone())));
        }
        all.extend(by.into_iter().map(|by| Reminded { title: title.clone(), picture: plan.picture.clone(), by }));
    }
    all
}

/// What the calendar is given.
fn of_calendar(all: &[Reminded]) -> Vec<Reminder> {
    let timed = |one: &Reminded| if let By::Time(reminder) = &one.by { Some(reminder.clone()) } else { None };
    all.iter().filter_map(timed).collect()
}

/// What this phone rings for from the switch on. What is done today the companion knows.
fn to_ring(all: &[Reminder], off: &[Entry<DaysOff>]) -> String {
    let mut list = String::new();
    off.iter().for_each(|off| rests(&mut list, &off.value));
    for Reminder { plan, title, minutes, days, always } in all {
        ring(&mut list, *plan, (title, *always), &[(*minutes, Days::sum(*days))], None);
    }
    list
}

/// The days off from today on.
fn days_off(off: &[DaysOff], now: f64) -> Vec<Date> {
    let today = day_of(now);
    let all = off.iter().flat_map(|off| off.from.max(today).0..=off.until.0).take(MOST_OFF);
    all.map(|day| calendar_day(now, usize::try_from(day - today.0).unwrap_or_default())).collect()
}

/// The plans that have a time, and the button that gives them to the calendar.
#[component]
pub fn Remind(circle: CircleId) -> impl IntoView {
    let read = device::watch(circle, read);
    let off = device::watch(circle, |reader| async move { stories::days_off(&reader).await });
    let none = Signal::derive(move || read.with(|read| read.as_ref().is_none_or(|all| of_calendar(all).is_empty())));
    let give = move || {
        let reminders = of_calendar(&read.get_untracked().unwrap_or_default());
        let today = moment(device::now());
        let off: Vec<_> = off.get_untracked().unwrap_or_default().into_iter().map(|off| off.value).collect();
        let off = days_off(&off, today);
        let file = calendar(&reminders, &off, calendar_day(today, 0), |days| calendar_day(today, days));
        save_file("opstap.ics", "text/calendar", &file);
    };
    let body = changing(move || match read.get() {
        None => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
        Some(all) => told(circle, all),
    });
    let list = move || {
        let all = of_calendar(&read.get_untracked().unwrap_or_default());
        to_ring(&all, &off.get_untracked().unwrap_or_default())
    };
    let body = view! { {body} {ring_here(list)} {card(circle)} }.into_any();
    let floor = view! {
        <Button
            text=client::TO_CALENDAR
            icon=Icon::BELL
            appearance=Appearance::Primary
            disabled=none
            tap=Tap::from(give)
        />
    };
    Frame { floor: Some(floor.into_any()), ..Frame::default() }.around(client::REMIND.into(), body)
}

/// In the morning, when a shop or a machine is at hand.
const CARD_AT: u32 = 10 * 60;

/// Topping up the travel card, every month, for whoever learns a route with a ride in it.
fn card(circle: CircleId) -> AnyView {
    let travels =
        device::watch(
            circle,
            |reader| async move { reader.all::<Part>().await.iter().any(|part| rides(part.value.means)) },
        );
    let give = || {
        let today = calendar_day(moment(device::now()), 0);
        let file = every_month("travel-card", way::TOP_UP.now(), CARD_AT, today);
        save_file("opstap-pas.ics", "text/calendar", &file);
    };
    changing(move || {
        let shown = || {
            view! {
                <div class="card"><div class="stack">
                    <div class="say">
                        <h2>{way::TOP_UP}</h2>
                        <SayButton text=Text::live(|| [way::TOP_UP.get(), way::TOP_UP_WHEN.get()].join(". ")) />
                    </div>
                    <p>{way::TOP_UP_WHEN}</p>
                    <Button text=way::TOP_UP_TO_CALENDAR icon=Icon::BELL wide=true tap=Tap::from(give) />
                </div></div>
            }
        };
        (travels.get() == Some(true)).then(shown).into_any()
    })
    .into_any()
}

/// The honest sentence above the list: whether this phone rings too while the app is closed.
const fn how(ringing: Ringing) -> Word {
    match ringing {
        Ringing::Off { closed: true } | Ringing::On { closed: true } => way::REMIND_BOTH,
        Ringing::NotHere | Ringing::Denied | Ringing::Off { .. } | Ringing::On { .. } => client::REMIND_HOW,
    }
}

fn told(circle: CircleId, all: Vec<Reminded>) -> AnyView {
    let timed = !of_calendar(&all).is_empty();
    let ringing = device::ringing();
    let row = |Reminded { title, picture, by }: Reminded| {
        let lead = view! { <Picture source=device::picture(circle, picture) well=Well::Small /> }.into_any();
        let more = match by {
            By::Today(first) => Text::live(move || match ringing.get() {
                Ringing::On { .. } => way::after_rings(A_WHILE, &first).get(),
                _ => way::after_on_today(&first).get(),
            }),
            By::Time(Reminder { minutes, days, .. }) => {
                let (days, time) = (names_of_days(days), spoken_time(minutes / 60, minutes % 60));
                Text::live(move || [days.get(), time.get()].join(", "))
            }
        };
        view! { <li><ListRow text=Text::from(title) more lead /></li> }.into_any()
    };
    let list =
        (!all.is_empty()).then(|| view! { <ul class="list">{all.into_iter().map(row).collect_view()}</ul> }.into_any());
    if !timed {
        return view! {
            <EmptyState picture="alarm-clock" sentence=client::NOTHING_TO_REMIND more=client::ASK_WHO_HELPS />
            {list}
        }
        .into_any();
    }
    view! {
        <Sentence text=Text::live(move || how(ringing.get()).get().to_owned()) title=true />
        {list}
        <p class="soft">{client::REMIND_AGAIN}</p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use opstap_core::model::Model;
    use opstap_core::{Day, Record, RecordId};

    use super::*;
    use crate::components::Saved;

    const KARIN: PersonId = PersonId([3; 16]);

    fn entry(n: u8, value: Plan) -> Entry<Plan> {
        let record = Record::new(RecordId([n; 16]), Plan::KIND, None);
        Entry { id: record.id, parent: None, value, saved: Saved::Sent, author: None, made: None, record }
    }

    #[test]
    fn a_plan_without_a_time_that_comes_after_another_is_listed_with_that_one_and_rings_nowhere() {
        let timed = Plan { minutes: Some(450), ..Plan::titled("Opstaan") };
        let after = |n: u8, title: &str| Plan { after: Some(RecordId([n; 16])), ..Plan::titled(title) };
        let karins = Plan { reminder: Some(KARIN), ..after(1, "Medicijnen") };
        let plans = [
            entry(1, timed),
            entry(2, after(1, "Tanden poetsen")),
            entry(3, Plan { minutes: Some(480), ..after(1, "Ontbijt") }),
            entry(4, after(9, "Na wat er niet meer is")),
            entry(5, Plan::titled("Was")),
            entry(6, karins),
        ];
        let all = reminded(&plans, &[KARIN]);
        let told: Vec<_> = all.iter().map(|one| (one.title.as_str(), matches!(one.by, By::Time(_)))).collect();
        assert_eq!(told, [("Opstaan", true), ("Tanden poetsen", false), ("Ontbijt", true)]);
        assert_eq!(all[1].by, By::Today("Opstaan".to_owned()));
        assert_eq!(of_calendar(&all).len(), 2);
    }

    #[test]
    fn what_rings_from_the_switch_on_is_what_the_calendar_gets() {
        let [from, until] = ["2026-12-24", "2027-01-03"].map(|day| Day::parse(day).unwrap());
        let record = Record::new(RecordId([9; 16]), DaysOff::KIND, None);
        let value = DaysOff { from, until, word: None };
        let off = Entry { id: record.id, parent: None, value, saved: Saved::Sent, author: None, made: None, record };
        let plan = RecordId([7; 16]);
        let rise =
            Reminder { plan, title: "Op\tstaan".to_owned(), minutes: 450, days: Days::of([5, 6]), always: false };
        let told = format!("off\t2026-12-24\t2027-01-03\nring\t{plan}\t450\t96\t0\t\tOp staan\n");
        assert_eq!(to_ring(&[rise], &[off]), told);
    }

    #[test]
    fn a_phone_that_rings_while_the_app_is_closed_is_not_said_to_be_still() {
        for closed in [Ringing::Off { closed: true }, Ringing::On { closed: true }] {
            assert_eq!(how(closed).get(), "Je telefoon kan je herinneren. Je agenda ook.");
        }
        for open in [Ringing::NotHere, Ringing::Denied, Ringing::Off { closed: false }, Ringing::On { closed: false }] {
            assert_eq!(how(open).get(), "De app maakt geen geluid als hij dicht is. Je agenda wel.");
        }
    }
}
