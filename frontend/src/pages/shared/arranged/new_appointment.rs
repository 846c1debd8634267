//! A new appointment: who comes, when and what for; once, or some weeks in a row.

use opstap_core::model::{Appointment, Member, Model};
use opstap_core::{Change, CircleId, Millis, PersonId};
use opstap_view::prelude::*;

use super::{helpers, is_me};
use crate::components::{Button, Field, Icon, Select, changing};
use crate::dates::{as_date, day_of, from_date, from_date_and_time, moment};
use crate::device::{self, Entry};
use crate::pages::shared::care::keep;
use crate::words::{Text, arranged};

/// How long an appointment takes until somebody says otherwise, in minutes.
const USUAL: &str = "60";
/// As much as a day has.
const MOST_MINUTES: u32 = 24 * 60;
/// Half a year.
const MOST_WEEKS: u32 = 26;
/// Two in a row are so many days apart.
const WEEK: u32 = 7;

/// What is filled in.
#[derive(Clone, Copy)]
struct Sheet {
    who: RwSignal<String>,
    day: RwSignal<String>,
    time: RwSignal<String>,
    minutes: RwSignal<String>,
    title: RwSignal<String>,
    place: RwSignal<String>,
    weeks: RwSignal<String>,
}

impl Sheet {
    fn open() -> Self {
        let text = |text: String| RwSignal::new(text);
        Self {
            who: text(device::me().map(|me| me.id.to_string()).unwrap_or_default()),
            day: text(as_date(day_of(moment(device::now())))),
            time: text(String::new()),
            minutes: text(USUAL.to_owned()),
            title: text(String::new()),
            place: text(String::new()),
            weeks: text("1".to_owned()),
        }
    }

    /// When each of them begins, by the clock of this device: at the same time of day also where the clock is changed between.
    fn moments(self) -> Result<Vec<Millis>, Text> {
        let weeks = self.weeks.get().trim().parse().ok().filter(|weeks| (1..=MOST_WEEKS).contains(weeks));
        let weeks: u32 = weeks.ok_or(arranged::TOO_MANY_WEEKS)?;
        let (day, time) = (from_date(&self.day.get()).ok_or(arranged::WRONG_TIME)?, self.time.get());
        let at = |week: u32| from_date_and_time(&as_date(day.on(week * WEEK)), &time);
        let moments: Option<Vec<Millis>> = (0..weeks).map(at).collect();
        Ok(moments.filter(|_| !time.is_empty()).ok_or(arranged::WRONG_TIME)?)
    }

    fn minutes(self) -> Option<u32> {
        self.minutes.get().trim().parse().ok().filter(|minutes| (1..=MOST_MINUTES).contains(minutes))
    }

    fn changes(self, all: &[(PersonId, String)]) -> Option<Vec<Change>> {
        let with = all.iter().map(|(who, _)| *who).find(|who| who.to_string() == self.who.get())?;
        let (minutes, moments) = (self.minutes()?, self.moments().ok()?);
        let said = |typed: String| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
        let (title, place) = (said(self.title.get()), said(self.place.get()));
        let one = |at| {
            let (title, place) = (title.clone(), place.clone());
            Appointment { with, at, minutes, title, place, picture: None, route: None, cancelled: None }
        };
        Some(moments.into_iter().map(|at| one(at).make(device::new_id())).collect())
    }
}

/// The form, behind a line of its own.
#[component]
pub(super) fn NewAppointment(circle: CircleId, members: Signal<Vec<Entry<Member>>>) -> impl IntoView {
    let sheet = Sheet::open();
    let all = Memo::new(move |_| members.with(|members| helpers(members)));
    let choose = changing(move || {
        let choices = all.get().into_iter().map(|(who, name)| {
            let says = if is_me(who) { arranged::MYSELF.into() } else { Text::from(name) };
            (who.to_string(), says)
        });
        view! { <Select label=arranged::WHO_COMES choices=choices.collect() chosen=sheet.who.get_untracked() on_choose=move |who| sheet.who.set(who) /> }
            .into_any()
    });
    let add = move || {
        let Some(changes) = untrack(|| all.with(|all| sheet.changes(all))) else { return };
        let count = changes.len();
        keep(circle, changes, arranged::appointments_added(count));
        for emptied in [sheet.time, sheet.title, sheet.place] {
            emptied.set(String::new());
        }
        sheet.weeks.set("1".to_owned());
    };
    let not_yet = Signal::derive(move || all.with(|all| sheet.changes(all)).is_none());
    let says = move || (!sheet.time.with(String::is_empty)).then(|| sheet.moments().err().map(|why| why.get()));
    view! {
        <details>
            <summary>{arranged::NEW_APPOINTMENT}</summary>
            <div class="stack">
                {choose}
                <Field label=arranged::ON_DAY kind="date" value=sheet.day on_change=move |day| sheet.day.set(day) />
                <Field label=arranged::AT_TIME kind="time" value=sheet.time on_change=move |time| sheet.time.set(time) />
                <Field label=arranged::HOW_LONG kind="number" value=sheet.minutes on_input=move |typed| sheet.minutes.set(typed) />
                <Field label=arranged::WHAT_FOR value=sheet.title on_input=move |typed| sheet.title.set(typed) />
                <Field label=arranged::WHERE_ELSE value=sheet.place on_input=move |typed| sheet.place.set(typed) />
                <Field label=arranged::EVERY_WEEK kind="number" value=sheet.weeks on_input=move |typed| sheet.weeks.set(typed) />
                <p role="status" class="soft">{says}</p>
                <div class="row"><Button text=arranged::ADD_APPOINTMENT icon=Icon::PLUS disabled=not_yet tap=add /></div>
            </div>
        </details>
    }
}
