//! Several people at once in real browsers, round a server that is really stopped: what Opstap is for, from the first link to the last
//! "verstuurd". `cargo xtask test e2e` builds what it needs.

#[path = "e2e/accessible.rs"]
mod accessible;
#[path = "e2e/afterwards.rs"]
mod afterwards;
#[path = "e2e/arranged.rs"]
mod arranged;
#[path = "e2e/attention.rs"]
mod attention;
#[path = "e2e/brought.rs"]
mod brought;
#[path = "e2e/cast.rs"]
mod cast;
#[path = "e2e/choices.rs"]
mod choices;
#[path = "e2e/consent.rs"]
mod consent;
#[path = "e2e/curves.rs"]
mod curves;
#[path = "e2e/days.rs"]
mod days;
#[path = "e2e/demonstration.rs"]
mod demonstration;
#[path = "e2e/duo.rs"]
mod duo;
#[path = "e2e/edits_apart.rs"]
mod edits_apart;
#[path = "e2e/feedback.rs"]
mod feedback;
#[path = "e2e/files.rs"]
mod files;
#[path = "e2e/follows_a_plan.rs"]
mod follows_a_plan;
#[path = "e2e/goals.rs"]
mod goals;
#[path = "e2e/groups.rs"]
mod groups;
#[path = "e2e/guided.rs"]
mod guided;
#[path = "e2e/helping_less.rs"]
mod helping_less;
#[path = "e2e/hours.rs"]
mod hours;
#[path = "e2e/journey.rs"]
mod journey;
#[path = "e2e/learns_to_travel/mod.rs"]
mod learns_to_travel;
#[path = "e2e/lists.rs"]
mod lists;
#[path = "e2e/locked.rs"]
mod locked;
#[path = "e2e/looks_back.rs"]
mod looks_back;
#[path = "e2e/mail.rs"]
mod mail;
#[path = "e2e/makes_a_plan.rs"]
mod makes_a_plan;
#[path = "e2e/mastered.rs"]
mod mastered;
#[path = "e2e/mastery_rule.rs"]
mod mastery_rule;
#[path = "e2e/messages.rs"]
mod messages;
#[path = "e2e/neighbourhood_coach.rs"]
mod neighbourhood_coach;
#[path = "e2e/notices.rs"]
mod notices;
#[path = "e2e/old_windows.rs"]
mod old_windows;
#[path = "e2e/on_paper.rs"]
mod on_paper;
#[path = "e2e/on_the_street.rs"]
mod on_the_street;
#[path = "e2e/over_wifi.rs"]
mod over_wifi;
#[path = "e2e/own_bundle.rs"]
mod own_bundle;
#[path = "e2e/own_instrument.rs"]
mod own_instrument;
#[path = "e2e/practises.rs"]
mod practises;
#[path = "e2e/prints.rs"]
mod prints;
#[path = "e2e/programme.rs"]
mod programme;
#[path = "e2e/programme_bundle.rs"]
mod programme_bundle;
#[path = "e2e/release.rs"]
mod release;
#[path = "e2e/reminds.rs"]
mod reminds;
#[path = "e2e/replaced.rs"]
mod replaced;
#[path = "e2e/schedule.rs"]
mod schedule;
#[path = "e2e/searches.rs"]
mod searches;
#[path = "e2e/set_apart.rs"]
mod set_apart;
#[path = "e2e/settled.rs"]
mod settled;
#[path = "e2e/stops.rs"]
mod stops;
#[path = "e2e/storage_trouble.rs"]
mod storage_trouble;
#[path = "e2e/takes_over.rs"]
mod takes_over;
#[path = "e2e/templates.rs"]
mod templates;
#[path = "e2e/three_minutes.rs"]
mod three_minutes;
#[path = "e2e/together.rs"]
mod together;
#[path = "e2e/training.rs"]
mod training;
#[path = "e2e/travels.rs"]
mod travels;
#[path = "e2e/tray.rs"]
mod tray;

#[path = "http/mail/smtp.rs"]
#[expect(clippy::unwrap_used, dead_code, reason = "the mail server of the tests over HTTP, which ask it for more")]
mod smtp;

#[path = "http/push/subscription.rs"]
#[expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "the phone's side of push in the tests over HTTP, which ask it for more"
)]
mod subscription;
