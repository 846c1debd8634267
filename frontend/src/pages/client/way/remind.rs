//! Reminding: a web app that is closed cannot ring, and says so; the calendar of the phone can, and gets the plans that have a time.

use opstap_core::CircleId;
use opstap_core::model::{DaysOff, Part, Picture as Shown, Plan};
use opstap_insight::{Date, Reminder, calendar, every_month, rides};
use opstap_view::prelude::*;

use crate::components::{
    Appearance, Bones, Button, EmptyState, Icon, ListRow, LoadingBones, Picture, SayButton, Sentence, Well, changing,
};
use crate::dates::{calendar_day, day_of, moment, names_of_days, spoken_time};
use crate::device::{self, Entry, Reader};
use crate::event::Tap;
use crate::pages::client::frame::Frame;
use crate::save_file::save_file;
use crate::stories;
use crate::words::{Text, client, way};

/// A plan with a time, as the screen shows it.
#[derive(Clone, PartialEq)]
struct Timed {
    reminder: Reminder,
    picture: Option<Shown>,
}

/// So many days off are told to the calendar: it is given anew long before they are over.
const MOST_OFF: usize = 400;

/// The plans that have a time and that nobody else reminds of.
async fn read(reader: Reader) -> Vec<Timed> {
    let members = stories::members(&reader).await;
    let timed = |plan: Entry<Plan>| {
        if stories::reminders::somebody_reminds(&plan.value, &members) {
            return None;
        }
        let always = plan.value.always == Some(true);
        let Entry { id, value: Plan { title, picture, minutes, days, .. }, .. } = plan;
        Some(Timed { reminder: Reminder { plan: id, title, minutes: minutes?, days, always }, picture })
    };
    let plans = stories::plans(&reader).await.into_iter().filter(stories::is_for_the_client);
    plans.filter_map(timed).collect()
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
    let none = Signal::derive(move || read.with(|read| read.as_ref().is_none_or(Vec::is_empty)));
    let give = move || {
        let timed = read.get_untracked().unwrap_or_default();
        let reminders: Vec<_> = timed.into_iter().map(|timed| timed.reminder).collect();
        let today = moment(device::now());
        let off: Vec<_> = off.get_untracked().unwrap_or_default().into_iter().map(|off| off.value).collect();
        let off = days_off(&off, today);
        let file = calendar(&reminders, &off, calendar_day(today, 0), |days| calendar_day(today, days));
        save_file("opstap.ics", "text/calendar", &file);
    };
    let body = changing(move || match read.get() {
        None => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
        Some(timed) if timed.is_empty() => {
            view! { <EmptyState picture="alarm-clock" sentence=client::NOTHING_TO_REMIND more=client::ASK_WHO_HELPS /> }
                .into_any()
        }
        Some(timed) => told(circle, timed),
    });
    let body = view! { {body} {card(circle)} }.into_any();
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

fn told(circle: CircleId, timed: Vec<Timed>) -> AnyView {
    let rows = timed
        .into_iter()
        .map(|Timed { reminder, picture }| {
            let lead = view! { <Picture source=device::picture(circle, picture) well=Well::Small /> }.into_any();
            let time = spoken_time(reminder.minutes / 60, reminder.minutes % 60);
            let days = names_of_days(reminder.days);
            let more = Text::live(move || [days.get(), time.get()].join(", "));
            view! { <li><ListRow text=Text::from(reminder.title) more lead /></li> }.into_any()
        })
        .collect_view();
    view! {
        <Sentence text=client::REMIND_HOW title=true />
        <ul class="list">{rows}</ul>
        <p class="soft">{client::REMIND_AGAIN}</p>
    }
    .into_any()
}
