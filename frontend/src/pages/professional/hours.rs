//! Hours in two taps: how long, and on what. The day is today and the stage that of the training until somebody says otherwise; what one
//! wrote down stands below, to be corrected or taken back.

use std::cmp::Reverse;

use opstap_core::model::{DuoRole, Model, Relation, Stage, TimeKind, TimeSpent, delete};
use opstap_core::{CircleId, Day, Kind, Record};
use opstap_insight::{TimeStory, times_spent, trajectories};
use opstap_view::prelude::*;

use super::frame::client_name;
use super::training::{stage_word, today};
use crate::components::{Appearance, Button, Choice, Field, Icon, Segments, Select, Size, changing};
use crate::dates::{as_date, from_date, near_today, on_day};
use crate::device;
use crate::pages::shared::editing::{Records, Work, Worked};
use crate::stories;
use crate::words::{Text, hours, shared, training};

/// What is tapped most, in minutes. Another number is typed.
const USUAL: [u32; 4] = [15, 30, 45, 60];
/// As much as a day has.
const MOST: u32 = 24 * 60;
/// As many as stand in sight.
const IN_SIGHT: usize = 5;

/// Whether this person writes of the guidance of the client: a neighbourhood coach reads, and writes nothing.
pub(super) fn writes(circle: CircleId) -> Memo<bool> {
    let circles = device::circles();
    Memo::new(move |_| {
        let relation = circles.with(|all| all.iter().flatten().find(|one| one.id == circle)?.relation);
        relation.is_some_and(|relation| relation.is_professional() && relation != Relation::NeighbourhoodCoach)
    })
}

/// Whose time it is that this person writes down, of the duo; nobody's of it where they are another.
pub(super) fn my_role(circle: CircleId) -> Option<DuoRole> {
    let circles = device::circles();
    let relation = circles.with_untracked(|all| all.iter().flatten().find(|one| one.id == circle)?.relation);
    match relation? {
        Relation::Supervisor => Some(DuoRole::Supervisor),
        Relation::SupportWorker => Some(DuoRole::SupportWorker),
        _ => None,
    }
}

/// Whether somebody can have spent so many minutes on a day: some, no more than it has, and the day has been.
const fn can_be(minutes: u32, on: Day, today: Day) -> bool {
    minutes > 0 && minutes <= MOST && on.0 <= today.0
}

/// Minutes as they are typed, of a day.
pub(super) fn minutes_of(typed: &str, on: Day, today: Day) -> Option<u32> {
    typed.trim().parse().ok().filter(|minutes| can_be(*minutes, on, today))
}

/// The hours of one client, on a page that works on nothing else; nothing for whoever writes none.
pub(super) fn hours_of(circle: CircleId) -> AnyView {
    let work = move || {
        Work::open(circle, None, |reader| {
            Records::read(reader, stories::trajectory::KINDS.into_iter().chain([Kind::TimeSpent]))
        })
    };
    hours_with(circle, work)
}

/// The same, with what the page works on.
pub(super) fn hours_with(circle: CircleId, work: impl Fn() -> Work<Records> + Send + Sync + 'static) -> AnyView {
    let writes = writes(circle);
    changing(move || if writes.get() { hours_view(work()) } else { ().into_any() })
}

/// The way to them on a small screen, where they stand below everything else.
pub(super) fn to_hours(circle: CircleId) -> AnyView {
    let writes = writes(circle);
    let tap = || {
        if let Ok(Some(below)) = document().query_selector(".hours") {
            below.scroll_into_view();
        }
    };
    changing(move || {
        let way = writes
            .get()
            .then(|| view! { <div class="to-hours"><Button text=hours::HOURS icon=Icon::CLOCK tap /></div> });
        way.into_any()
    })
}

/// What is filled in before it is kept.
#[derive(Clone, Copy)]
struct Sheet {
    work: Work<Records>,
    /// None: another number, which is typed.
    usual: RwSignal<Option<u32>>,
    typed: RwSignal<String>,
    on: RwSignal<String>,
    /// Whether it was planned; most of it is.
    planned: RwSignal<bool>,
    /// The stage somebody chose; none as long as it follows the training.
    chosen: RwSignal<Option<Option<Stage>>>,
    /// The stage of the training that runs.
    now: Memo<Option<Stage>>,
    correcting: RwSignal<Option<TimeStory>>,
}

impl Sheet {
    fn open(work: Work<Records>) -> Self {
        let now = Memo::new(move |_| {
            let last = work.with(|records| trajectories(records.all()).pop()).flatten();
            last.filter(opstap_insight::TrajectoryStory::goes_on).map(|story| story.stage())
        });
        Self {
            work,
            usual: RwSignal::new(Some(30)),
            typed: RwSignal::new(String::new()),
            on: RwSignal::new(as_date(today())),
            planned: RwSignal::new(true),
            chosen: RwSignal::new(None),
            now,
            correcting: RwSignal::new(None),
        }
    }

    fn minutes(self) -> Option<u32> {
        self.usual.get().or_else(|| self.typed.get().trim().parse().ok())
    }

    fn stage(self) -> Option<Stage> {
        self.chosen.get().unwrap_or_else(|| self.now.get())
    }

    /// The time as it stands on the sheet, spent on this; none while it says nothing that can be kept.
    fn time(self, kind: TimeKind) -> Option<TimeSpent> {
        let corrected = self.correcting.get();
        let on = from_date(&self.on.get())?;
        let minutes = self.minutes().filter(|minutes| can_be(*minutes, on, today()))?;
        Some(TimeSpent {
            unplanned: (!self.planned.get()).then_some(true),
            stage: self.stage(),
            role: match &corrected {
                Some(story) => story.time.role,
                None => my_role(self.work.circle),
            },
            about: corrected.as_ref().and_then(|story| story.time.about),
            replaces: corrected.map(|story| story.id),
            ..TimeSpent::of(on, minutes, kind)
        })
    }

    fn clear(self) {
        self.correcting.set(None);
        // How long is said anew each time, so that a second tap writes nothing down twice.
        self.usual.set(None);
        self.typed.set(String::new());
        self.chosen.set(None);
        self.on.set(as_date(today()));
        self.planned.set(true);
    }

    fn keep(self, kind: TimeKind) {
        let Some(time) = untrack(|| self.time(kind)) else { return };
        let said = hours::kept(lasted(time.minutes).get());
        self.clear();
        self.work.say_what_was_done(hours::DONE, vec![time.make(device::new_id())], said, None);
    }

    /// Puts what was written down on the sheet, to say it better.
    fn correct(self, story: TimeStory) {
        let TimeSpent { on, minutes, stage, unplanned, .. } = story.time;
        self.usual.set(USUAL.contains(&minutes).then_some(minutes));
        self.typed.set(minutes.to_string());
        self.on.set(as_date(on));
        self.planned.set(unplanned != Some(true));
        self.chosen.set(Some(stage));
        self.correcting.set(Some(story));
    }
}

/// The sheet, and below it what one wrote down before.
fn hours_view(work: Work<Records>) -> AnyView {
    let sheet = Sheet::open(work);
    let name = client_name(work.circle);
    let choices = USUAL.iter().map(|minutes| Choice::new(Some(*minutes), minutes.to_string()));
    let choices = choices.chain([Choice::new(None, hours::OTHER)]).collect();
    let kinds = TimeKind::ALL.iter().map(|kind| {
        let kind = *kind;
        let not_yet = Signal::derive(move || sheet.time(kind).is_none());
        view! { <Button text=on_what(kind, name) disabled=not_yet tap=move || sheet.keep(kind) /> }.into_any()
    });
    let planned = vec![Choice::new(true, hours::PLANNED), Choice::new(false, hours::UNPLANNED)];
    let other = changing(move || {
        let typed = sheet.usual.get().is_none().then(|| {
            let (value, put) = (sheet.typed, move |typed| sheet.typed.set(typed));
            view! { <Field label=hours::MINUTES kind="number" value on_input=put /> }
        });
        typed.into_any()
    });
    let correcting = changing(move || {
        let back = sheet.correcting.get().map(|_| {
            view! {
                <div class="row">
                    <span class="advice fill">{hours::CORRECTING}</span>
                    <Button text=shared::CANCEL size=Size::Tool appearance=Appearance::Plain tap=move || sheet.clear() />
                </div>
            }
        });
        back.into_any()
    });
    view! {
        <section class="stack hours">
            <h2>{hours::HOURS}</h2>
            {correcting}
            <span class="soft small" aria-hidden="true">{hours::HOW_LONG}</span>
            <Segments label=hours::HOW_LONG choices chosen=sheet.usual on_choose=move |usual| sheet.usual.set(usual) />
            {other}
            <Field label=training::ON_DAY kind="date" value=sheet.on on_change=move |day| sheet.on.set(day) />
            {for_stage(sheet)}
            <Segments label=hours::WAS_PLANNED choices=planned chosen=sheet.planned on_choose=move |planned| sheet.planned.set(planned) />
            <span class="soft small">{hours::ON_WHAT}</span>
            <div class="row">{kinds.collect_view()}</div>
            {written(sheet, name)}
        </section>
    }
    .into_any()
}

/// The stage it is for; not asked where there is no training.
fn for_stage(sheet: Sheet) -> AnyView {
    changing(move || {
        let chosen = sheet.stage();
        if chosen.is_none() && sheet.now.get().is_none() {
            return ().into_any();
        }
        let none = (String::new(), Text::from(hours::NO_STAGE));
        let all = Stage::ALL.iter().map(|stage| (stage.code().to_owned(), Text::from(stage_word(*stage))));
        let choices = [none].into_iter().chain(all).collect();
        let choose = move |code: String| sheet.chosen.set(Some(Stage::from_code(&code)));
        view! { <Select label=hours::FOR_STAGE choices chosen=chosen.map(Stage::code).unwrap_or_default().to_owned() on_choose=choose /> }
            .into_any()
    })
}

/// "met Sem".
pub(super) fn on_what(kind: TimeKind, name: Signal<String>) -> Text {
    Text::live(move || match kind {
        TimeKind::Direct => hours::direct(name.get()).get(),
        TimeKind::Indirect => hours::indirect(name.get()).get(),
        TimeKind::Travel => hours::TRAVEL.get().to_owned(),
    })
}

/// "1 uur en 15 minuten".
pub(super) fn lasted(minutes: u32) -> Text {
    let whole = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    let (hours, rest) = (hours::so_many_hours(whole(minutes / 60)), hours::so_many_minutes(whole(minutes % 60)));
    match (minutes / 60, minutes % 60) {
        (0, _) => rest,
        (_, 0) => hours,
        _ => Text::live(move || hours::and(hours.get(), rest.get()).get()),
    }
}

/// What this person wrote down, the latest day first.
fn mine(records: &Records) -> Vec<TimeStory> {
    let by_me = |id| records.record(id).and_then(Record::made).is_some_and(|made| records.writers().is_mine(made));
    let all = records.below::<TimeSpent>(None).into_iter().filter(|(id, _)| by_me(*id));
    let mut stories = times_spent(all);
    // What was written down last stands first within its day.
    stories.reverse();
    stories.sort_by_key(|story| Reverse(story.time.on));
    stories
}

fn written(sheet: Sheet, name: Signal<String>) -> AnyView {
    let mine = Memo::new(move |_| sheet.work.with(mine).unwrap_or_default());
    changing(move || {
        let stories = mine.get();
        if stories.is_empty() {
            return view! { <p class="soft small">{hours::PRACTICES}</p> }.into_any();
        }
        let all: u32 = stories.iter().map(|story| story.time.minutes).sum();
        let mut rows = stories.into_iter().map(|story| row(sheet, story, name));
        let first = rows.by_ref().take(IN_SIGHT).collect_view();
        let (more, rest) = (rows.len(), rows.collect_view());
        let rest = (more > 0).then(|| {
            view! { <details><summary>{hours::earlier(more)}</summary><ul class="list">{rest}</ul></details> }
        });
        view! {
            <h3>{hours::written(lasted(all).get())}</h3>
            <ul class="list">{first}</ul>
            {rest}
            <p class="soft small">{hours::PRACTICES}</p>
        }
        .into_any()
    })
}

fn row(sheet: Sheet, story: TimeStory, name: Signal<String>) -> AnyView {
    let TimeSpent { on, minutes, kind, stage, .. } = story.time;
    let (what, day) = (on_what(kind, name), near_today(on_day(on)));
    let how_long = lasted(minutes);
    let text = Text::live(move || [how_long.get(), what.get()].join(" "));
    let more = Text::live(move || {
        let stage = stage.map(|stage| stage_word(stage).get().to_owned());
        [day.get()].into_iter().chain(stage).collect::<Vec<_>>().join(", ")
    });
    let (again, gone) = (story.clone(), story);
    let take_back = move || {
        let all = gone.corrected.iter().chain([&gone.id]).map(|id| delete(*id)).collect();
        sheet.work.say_what_was_done(hours::DONE, all, hours::TAKEN_BACK.into(), Some(gone.id));
    };
    view! {
        <li class="list-row">
            <span class="words"><b>{text}</b><span class="soft small">{more}</span></span>
            <Button text=training::CORRECT icon=Icon::PENCIL size=Size::Tool mark_only=true tap=move || sheet.correct(again.clone()) />
            <Button text=training::TAKE_BACK icon=Icon::UNDO size=Size::Tool mark_only=true tap=take_back />
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_of_a_day_that_has_been_and_no_more_than_it_has() {
        let of = |typed, on| minutes_of(typed, Day(on), Day(9));
        assert_eq!((of(" 90 ", 9), of("1440", 8)), (Some(90), Some(1_440)));
        assert_eq!([("0", 9), ("", 9), ("-5", 9), ("1441", 9), ("90", 10)].map(|(typed, on)| of(typed, on)), [None; 5]);
    }

    #[test]
    fn how_long_it_took_is_said_in_hours_and_minutes() {
        let said = [1, 45, 60, 75, 121, 600].map(|minutes| lasted(minutes).get());
        let expected = ["1 minuut", "45 minuten", "1 uur", "1 uur en 15 minuten", "2 uur en 1 minuut", "10 uur"];
        assert_eq!(said, expected);
    }
}
