//! What asks, in words: what the person did, when, and the one thing to do about it.

use leptos::task::spawn_local;
use opstap_core::model::AttentionRule;
use opstap_core::{CircleId, Day, PersonId, RecordId};
use opstap_insight::Tenths;
use opstap_insight::following::{Action, Group, HandoverNow, What};

use super::super::client_head::call_number;
use super::super::consents::section_word;
use super::super::place::{DeskPlace, TrainingPart};
use super::super::run_line::when;
use super::client::{Asking, Client};
use crate::components::{Icon, face_word};
use crate::dates::{day_and_month, moment, near_today, on_day};
use crate::device::Reader;
use crate::event::Tap;
use crate::language::decimal_point;
use crate::stories;
use crate::words::{Text, Word, desk, following};

/// The mark of a rule, with its colour: yellow is a person who asks for help and nothing else, blue is on the way.
pub(super) const fn mark(rule: AttentionRule) -> (Icon, &'static str) {
    match rule {
        AttentionRule::HelpUnanswered => (Icon::HAND, "help"),
        AttentionRule::GivenUp => (Icon::PAUSE, ""),
        AttentionRule::StepFails => (Icon::AGAIN, ""),
        AttentionRule::LessIndependent => (Icon::FALLING, ""),
        AttentionRule::NoPractice => (Icon::METRO, "way"),
        AttentionRule::HandoverDue => (Icon::OVER_TO, "way"),
        AttentionRule::FollowUpDue => (Icon::BELL, "way"),
        AttentionRule::ConsentEnds => (Icon::EYE, ""),
        AttentionRule::PhoneSilent => (Icon::DEVICE, ""),
        AttentionRule::EditsRefused => (Icon::WARNING, ""),
        AttentionRule::Conflict => (Icon::COPY, ""),
        AttentionRule::HoursOver | AttentionRule::HoursUnder => (Icon::CLOCK, ""),
    }
}

/// What asks, in a word or two.
pub(super) const fn said_short(what: &What) -> Word {
    match what {
        What::Help(_) => following::SHORT_HELP,
        What::GivenUp(_) => following::SHORT_STOPPED,
        What::StepFails(_) => following::SHORT_STEP,
        What::Less { .. } => following::SHORT_LESS,
        What::NoPractice { .. } => following::SHORT_QUIET,
        What::Handover(_) => following::SHORT_HANDOVER,
        What::Task(_) => following::SHORT_TASK,
        What::FollowUp { .. } => following::SHORT_FOLLOW_UP,
        What::Consent { .. } => following::SHORT_CONSENT,
        What::Silent { .. } => following::SHORT_SILENT,
        What::Refused(_) => following::SHORT_REFUSED,
        What::Conflicts(_) => following::SHORT_CONFLICT,
        What::Hours(_) => following::SHORT_HOURS,
    }
}

/// A number as a length of a list.
fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// What the person did, to be read after their name.
pub(super) fn what(Asking { client, asks, .. }: &Asking) -> Text {
    let title = |of: RecordId| named(client, Some(of));
    match &asks.what {
        What::Help(_) => following::ASKED_HELP.into(),
        What::GivenUp(one) => following::stopped(title(one.plan)),
        What::StepFails(one) => following::step_fails(title(one.step)),
        What::Less { of, .. } => following::less(title(*of)),
        What::NoPractice { route: Some(_), days, .. } => following::not_practised(count(*days)),
        What::NoPractice { route: None, days, .. } => following::nothing_done(count(*days)),
        What::Handover(HandoverNow { to_close: Some(_), .. }) => following::HANDOVER_TO_CLOSE.into(),
        What::Handover(HandoverNow { on: Some(on), .. }) => of_day(*on, following::hands_over),
        What::Handover(_) => following::HANDOVER_UNSETTLED.into(),
        What::Task(one) => following::task_waits(title(one.task)),
        What::FollowUp { months, .. } => following::follow_up(count(*months)),
        What::Consent { section, days: 0, .. } => {
            let section = section_word(*section);
            Text::live(move || following::consent_ends_today(section.get().to_lowercase()).get())
        }
        What::Consent { section, days, .. } => {
            let (section, days) = (section_word(*section), count(*days));
            Text::live(move || following::consent_ends(days, section.get().to_lowercase()).get())
        }
        What::Silent { .. } => following::SILENT.into(),
        What::Refused(piled) => following::refused(count(piled.count)),
        What::Conflicts(piled) => following::two_versions(count(piled.count)),
        What::Hours(aside) if aside.per_cent > 0 => following::HOURS_OVER.into(),
        What::Hours(_) => following::HOURS_UNDER.into(),
    }
}

/// When, and what more there is to say.
pub(super) fn more(Asking { client, asks, .. }: &Asking) -> Text {
    match &asks.what {
        What::Help(help) => {
            let (at, plan) = (when(help.at), named(client, help.plan));
            match help.place {
                Some((number, all)) => Text::live(move || following::at_step(at.get(), &plan, number, all).get()),
                None => at,
            }
        }
        What::GivenUp(one) => {
            let (at, (number, all)) = (when(one.at), one.place);
            let face = one.face.map(face_word);
            Text::live(move || {
                let stopped = following::at_step_of(at.get(), number, all).get();
                face.map_or_else(
                    || stopped.clone(),
                    |face| together(&stopped, &following::face_after(face.get()).get()),
                )
            })
        }
        What::StepFails(one) => {
            let (times, stopped) = (following::times_in_a_row(count(one.times)), one.stopped);
            Text::live(move || match stopped {
                true => together(&times.get(), following::EACH_TIME_STOPPED.get()),
                false => times.get(),
            })
        }
        What::Less { was, is, .. } => {
            let per_cent = |share: &opstap_insight::following::Share| share.per_cent().unwrap_or_default();
            following::from_to_by_oneself(per_cent(was), per_cent(is))
        }
        What::NoPractice { route: Some(route), .. } => following::agreed_weekly(named(client, Some(*route))),
        What::NoPractice { last, .. } => last.map_or_else(Text::default, |last| of_time(last, following::last_time)),
        What::Handover(HandoverNow { to_close: Some(_), .. }) => following::BOTH_AGREED.into(),
        What::Handover(handover) => following::points_open(handover.open.len(), handover.points),
        What::Task(one) => {
            let (by, at) = (one.by.map(|by| name(client, by)).unwrap_or_default(), when(one.at));
            match by.is_empty() {
                true => at,
                false => Text::live(move || following::asked_by(&by, at.get()).get()),
            }
        }
        What::FollowUp { due, .. } if due.begins() <= crate::device::now() => of_day(*due, following::due_since),
        What::FollowUp { due, .. } => of_day(*due, following::due_from),
        What::Consent { until, .. } => {
            let day = day_and_month(moment(*until));
            Text::live(move || following::consent_until(day.get()).get())
        }
        What::Silent { days } => following::days_silent(count(*days)),
        What::Refused(piled) | What::Conflicts(piled) => of_time(piled.latest, following::latest),
        What::Hours(aside) => {
            let (used, granted, per_cent) = (aside.shown.used.both, aside.shown.granted.both, aside.per_cent);
            Text::live(move || {
                let written = |tenths: Tenths| tenths.written(decimal_point());
                following::hours_a_week(written(used), written(granted), signed(per_cent)).get()
            })
        }
    }
}

/// "stopte, gezicht daarna".
fn together(one: &str, other: &str) -> String {
    [one, other].join(", ")
}

/// With its sign written out.
fn signed(number: i64) -> String {
    if number < 0 { format!("−{}", number.unsigned_abs()) } else { format!("+{number}") }
}

/// Hours used less those granted: "+0,5", "−1,0".
pub(super) fn over(hours: Tenths) -> String {
    let size = Tenths(hours.0.abs()).written(decimal_point());
    match hours.0 {
        0 => size,
        ..0 => format!("−{size}"),
        _ => format!("+{size}"),
    }
}

fn of_day(day: Day, say: fn(String) -> Text) -> Text {
    let day = near_today(on_day(day));
    Text::live(move || say(day.get()).get())
}

fn of_time(at: opstap_core::Millis, say: fn(String) -> Text) -> Text {
    let at = when(at);
    Text::live(move || say(at.get()).get())
}

/// The title of a thing, or that it is a plan.
fn named(client: &Client, of: Option<RecordId>) -> String {
    let title = of.map(|of| client.summary.title(of)).filter(|title| !title.is_empty());
    title.map_or_else(|| desk::A_PLAN.now().to_owned(), str::to_owned)
}

/// The name of somebody in the circle.
pub(super) fn name(client: &Client, person: PersonId) -> String {
    client.summary.teammate(person).map(|one| one.name.clone()).unwrap_or_default()
}

/// The one thing to do about it: its words, its mark and what it does.
pub(super) fn action(Asking { client, asks, .. }: &Asking) -> (Text, Option<Icon>, Tap) {
    let circle = client.circle;
    let to = |word: Word, place: DeskPlace| (Text::from(word), None, Tap::to(place));
    match asks.action {
        Action::Call(person) => (desk::call(name(client, person)), Some(Icon::PHONE), call(circle, person)),
        Action::AskVolunteer(person) => {
            let teammate = client.summary.teammate(person);
            let (icon, tap) = match teammate.is_some_and(|one| one.phone) {
                true => (Icon::PHONE, call(circle, person)),
                // Beside a practice stands the correspondence with whoever was there.
                false => (Icon::MESSAGE, Tap::to(DeskPlace::Travel(circle, None))),
            };
            (following::ask(name(client, person)), Some(icon), tap)
        }
        Action::SendMessage(_) => to(following::SEND_MESSAGE, DeskPlace::Messages(circle)),
        Action::ShowStep { plan, .. } => to(following::SHOW_STEP, DeskPlace::Plan(circle, plan)),
        Action::ShowCourse(plan) => to(following::SHOW_COURSE, DeskPlace::Course(circle, plan)),
        Action::ShowRoute(route) => to(following::SHOW_COURSE, DeskPlace::Travel(circle, Some(route))),
        Action::OpenHandover(_) => {
            to(following::OPEN_HANDOVER, DeskPlace::Training(circle, Some(TrainingPart::Handover)))
        }
        Action::OpenTask(_) => to(following::OPEN_TASK, DeskPlace::Arranged(circle)),
        Action::OpenFollowUp(_) => {
            to(following::OPEN_FOLLOW_UP, DeskPlace::Training(circle, Some(TrainingPart::FollowUp)))
        }
        Action::OpenConsents => to(following::SPEAK_ABOUT_IT, DeskPlace::Client(circle)),
        Action::OpenTray => {
            let own = client.summary.refused.is_some();
            to(following::OPEN_TRAY, if own { DeskPlace::Tray } else { DeskPlace::Apart })
        }
        Action::OpenConflicts => to(following::CHOOSE_VERSION, DeskPlace::Plans(circle)),
        Action::OpenHours => to(following::SHOW_HOURS, DeskPlace::ClientHours(circle)),
        Action::ShowClient => (following::open_client(client.name.clone()), None, Tap::to(DeskPlace::Client(circle))),
    }
}

/// Calls somebody of the circle. A summary holds no telephone numbers: the number is read once it is asked for.
fn call(circle: CircleId, person: PersonId) -> Tap {
    Tap::from(move || {
        spawn_local(async move {
            let members = stories::members(&Reader::new(circle)).await;
            if let Some((window, number)) = web_sys::window().zip(call_number(&members, person)) {
                let _ = window.location().set_href(&number);
            }
        });
    })
}

/// The head of a group, and what it means.
pub(super) const fn group_words(group: Group) -> (Word, Option<Word>) {
    match group {
        Group::Now => (following::NOW, Some(following::NOW_MORE)),
        Group::Today => (following::TODAY, None),
        Group::ThisWeek => (following::THIS_WEEK, None),
    }
}

#[cfg(test)]
#[path = "said_tests.rs"]
mod tests;
