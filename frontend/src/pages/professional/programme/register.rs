//! Somebody is registered: a row in the programme, and a circle of the participant's own. Half filled in it stays for a day.

use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::age::Day;
use opstap_core::model::{Channel, Indication, Model, ProgrammeSettings, Registration, TrajectoryOutcome, TravelMode};
use opstap_core::{CircleId, RecordId};
use opstap_insight::is_served;
use opstap_view::prelude::*;

use super::list::back;
use super::read::{channel_word, indication_word, mode_word, read};
use super::registered;
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Appearance, Button, Field, Icon, Select, Toast, changing, show_toast};
use crate::dates::{as_date, day_of, from_date, moment};
use crate::device::{self, Asked, Reader};
use crate::entered::Form;
use crate::navigation::{go_to, stays};
use crate::pages::professional::place::DeskPlace;
use crate::pages::shared::not_kept;
use crate::words::{Text, Word, programme};

/// What is filled in.
#[derive(Clone, Copy)]
struct Entered {
    name: RwSignal<String>,
    day: RwSignal<String>,
    channel: RwSignal<String>,
    municipality: RwSignal<String>,
    area: RwSignal<String>,
    indication: RwSignal<String>,
    mode: RwSignal<String>,
    /// What is being made, so that a second try makes no second one.
    made: RwSignal<String>,
}

/// The form is about nobody yet.
const NOBODY: RecordId = RecordId([0; 16]);

impl Entered {
    fn open(form: &Form) -> Self {
        let field = |name: &'static str, usual: String| {
            let value = RwSignal::new(form.get(name).unwrap_or(usual));
            form.follow(name, move || value.get());
            value
        };
        Self {
            name: field("name", String::new()),
            day: field("day", as_date(day_of(moment(device::now())))),
            channel: field("channel", Channel::Own.code().to_owned()),
            municipality: field("municipality", String::new()),
            area: field("area", String::new()),
            indication: field("indication", String::new()),
            mode: field("mode", String::new()),
            made: field("made", String::new()),
        }
    }

    fn told(self) -> Option<Told> {
        let text = |field: RwSignal<String>| {
            let text = field.get_untracked().trim().to_owned();
            (!text.is_empty()).then_some(text)
        };
        Some(Told {
            name: text(self.name).unwrap_or_default(),
            registered: from_date(&self.day.get_untracked())?,
            channel: Channel::from_code(&self.channel.get_untracked())?,
            municipality: text(self.municipality),
            area: text(self.area),
            indication: Indication::from_code(&self.indication.get_untracked()),
            mode: TravelMode::from_code(&self.mode.get_untracked()),
        })
    }

    /// The ids of the circle to open and of the row, for somebody of this name.
    fn made(self, name: &str) -> (CircleId, RecordId) {
        if let Some(known) = made_for(&self.made.get_untracked(), name) {
            return known;
        }
        let (circle, row) = (CircleId(device::new_id().0), device::new_id());
        self.made.set([&circle.to_string(), " ", &row.to_string(), " ", name].concat());
        (circle, row)
    }
}

/// What is being made for somebody of this name; what was begun for another is nobody else's.
fn made_for(kept: &str, name: &str) -> Option<(CircleId, RecordId)> {
    let mut parts = kept.splitn(3, ' ');
    let (circle, row) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (parts.next()? == name).then_some((circle, row))
}

/// The same, read.
#[derive(Clone)]
struct Told {
    name: String,
    registered: Day,
    channel: Channel,
    municipality: Option<String>,
    area: Option<String>,
    indication: Option<Indication>,
    mode: Option<TravelMode>,
}

impl Told {
    fn row(&self, circle: Option<CircleId>, outcome: Option<TrajectoryOutcome>) -> Registration {
        Registration {
            circle,
            area: self.area.clone(),
            indication: self.indication,
            mode: self.mode,
            outcome,
            ended: outcome.map(|_| self.registered),
            ..Registration::of(self.registered, self.channel)
        }
    }
}

/// What is going on after "Meld aan".
#[derive(Clone, Copy, PartialEq, Eq)]
enum Busy {
    No,
    /// The server is asked to open the circle.
    Opening,
    /// The circle is on its way to this desk.
    Coming(CircleId, RecordId),
    /// It is here, and its trajectory is being written.
    Writing,
}

/// The page.
#[component]
pub(super) fn Register(circle: CircleId) -> impl IntoView {
    let form = Form::of("register", circle, NOBODY);
    let entered = Entered::open(&form);
    let settings = device::watch(circle, |reader| async move { read(reader).await.settings });
    let outside = Memo::new(move |_| !is_served(served(settings).as_ref(), &entered.municipality.get()));
    let busy = RwSignal::new(Busy::No);
    write_when_it_came(circle, entered, busy);
    let lacking = Signal::derive(move || {
        busy.get() != Busy::No
            || entered.name.get().trim().is_empty() && !outside.get()
            || from_date(&entered.day.get()).is_none()
    });
    let act = move || {
        if outside.get_untracked() {
            refer_on(circle, entered, &form);
        } else {
            open(circle, entered, form.clone(), busy);
        }
    };
    let word = Text::live(move || {
        if outside.get() { programme::REFER_ON.get() } else { programme::REGISTER.get() }.to_owned()
    });
    // Once the row is written, what was filled in is of the past: the form is for the next one.
    let is_filled_in = Memo::new(move |_| matches!(busy.get(), Busy::No | Busy::Opening));
    let form_view = changing(move || {
        let (word, act) = (word.clone(), act.clone());
        let sheet = is_filled_in.get().then(|| {
            view! {
                {fields(entered)}
                <p role="status" class="soft">{move || outside.get().then(|| programme::NOT_SERVED.get())}</p>
                <div class="row"><Button text=word icon=Icon::CHECK appearance=Appearance::Primary disabled=lacking tap=act /></div>
            }
        });
        sheet.into_any()
    });
    view! {
        <Bar title=programme::NEW_REGISTRATION lead=back() />
        <Columns>
            <Pane>
                <div class="sheet stack">
                    {form_view}
                    <p role="status" class="soft">{move || says(busy.get()).map(Word::get)}</p>
                </div>
            </Pane>
        </Columns>
        <Foot><span>{programme::REGISTER_MORE}</span></Foot>
    }
}

fn served(settings: Signal<Option<Option<ProgrammeSettings>>>) -> Option<ProgrammeSettings> {
    settings.with(|settings| settings.clone().flatten())
}

const fn says(busy: Busy) -> Option<Word> {
    match busy {
        Busy::No => None,
        Busy::Opening => Some(programme::OPENING),
        Busy::Coming(..) | Busy::Writing => Some(programme::COMING),
    }
}

fn fields(entered: Entered) -> AnyView {
    let choices = |all: Vec<(String, Text)>, first: Option<Word>| {
        first.map(|word| (String::new(), word.into())).into_iter().chain(all).collect::<Vec<_>>()
    };
    let channels = Channel::ALL.iter().map(|one| (one.code().to_owned(), channel_word(*one).into())).collect();
    let indications = Indication::ALL.iter().map(|one| (one.code().to_owned(), indication_word(*one).into())).collect();
    let modes = TravelMode::ALL.iter().map(|one| (one.code().to_owned(), mode_word(*one).into())).collect();
    let Entered { name, day, channel, municipality, area, indication, mode, .. } = entered;
    view! {
        <Field label=programme::FIRST_NAME value=name on_input=move |text| name.set(text) />
        <Field label=programme::REGISTERED kind="date" value=day on_change=move |text| day.set(text) />
        <Select label=programme::CHANNEL choices=choices(channels, None) chosen=channel.get_untracked() on_choose=move |code| channel.set(code) />
        <Field label=programme::MUNICIPALITY value=municipality on_input=move |text| municipality.set(text) />
        <Field label=programme::AREA value=area on_input=move |text| area.set(text) />
        <Select label=programme::INDICATION choices=choices(indications, Some(programme::NOT_YET_KNOWN)) chosen=indication.get_untracked() on_choose=move |code| indication.set(code) />
        <Select label=programme::MODE choices=choices(modes, Some(programme::NOT_YET_KNOWN)) chosen=mode.get_untracked() on_choose=move |code| mode.set(code) />
    }
    .into_any()
}

/// Somebody from outside the area gets a row and no circle: nothing about them is kept.
fn refer_on(programme: CircleId, entered: Entered, form: &Form) {
    let Some(told) = entered.told() else { return };
    let row = Registration { area: None, ..told.row(None, Some(TrajectoryOutcome::Outside)) };
    device::keep(programme, vec![row.make(device::new_id())]);
    form.done();
    show_toast(Toast::new(programme::REFERRED));
    go_to(DeskPlace::Programme);
}

fn open(programme: CircleId, entered: Entered, form: Form, busy: RwSignal<Busy>) {
    let Some(told) = entered.told() else { return };
    let (circle, row) = entered.made(&told.name);
    busy.set(Busy::Opening);
    spawn_local(async move {
        match device::open_circle(circle, &told.name).await {
            Asked::Told(_) => {}
            Asked::NotThere | Asked::NotNow => {
                busy.set(Busy::No);
                show_toast(Toast::new(programme::TAKES_INTERNET));
                return;
            }
        }
        if Reader::new(programme).record(row).await.is_none() {
            registered::awaits(programme, row, told.municipality.as_deref().unwrap_or_default());
            if let Err(why) = device::edit(programme, vec![told.row(Some(circle), None).make(row)]).await {
                busy.set(Busy::No);
                show_toast(Toast::new(not_kept(why)));
                return;
            }
        }
        // From now on it goes by itself, also for who leaves this page before the circle is here.
        form.done();
        busy.set(Busy::Coming(circle, row));
    });
}

/// The trajectory is written as soon as the circle is on this desk.
fn write_when_it_came(programme: CircleId, entered: Entered, busy: RwSignal<Busy>) {
    let circles = device::circles();
    let stays = Rc::new(stays());
    Effect::new(move |_| {
        let Busy::Coming(circle, row) = busy.get() else { return };
        if !circles.with(|all| all.iter().flatten().any(|one| one.id == circle && one.relation.is_some())) {
            return;
        }
        busy.set(Busy::Writing);
        let (municipality, stays) = (entered.municipality.get_untracked(), Rc::clone(&stays));
        spawn_local(async move {
            let Some(row) = Reader::new(programme).one(row).await else { return };
            match registered::write(programme, circle, &row, municipality.trim(), None).await {
                Ok(()) if stays() => go_to(DeskPlace::Training(circle, None)),
                Ok(()) => {}
                Err(why) => {
                    let _ = busy.try_set(Busy::No);
                    show_toast(Toast::new(not_kept(why)));
                }
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_try_goes_on_with_what_was_begun_for_the_same_person_and_for_nobody_else() {
        let (circle, row) = (CircleId([1; 16]), RecordId([2; 16]));
        let kept = format!("{circle} {row} Jan Piet");
        assert_eq!(made_for(&kept, "Jan Piet"), Some((circle, row)));
        assert_eq!((made_for(&kept, "Kim"), made_for(&kept, "Jan"), made_for("", "")), (None, None, None));
    }
}
