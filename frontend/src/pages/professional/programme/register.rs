//! Somebody is registered: a row in the programme, and a circle of the participant's own. Half filled in it stays for a day.

use leptos::task::spawn_local;
use opstap_core::age::Day;
use opstap_core::model::{
    Channel, Indication, Model, ProgrammeSettings, Registration, Stage, StageEntry, Trajectory, TrajectoryOutcome,
    TravelMode,
};
use opstap_core::{CircleId, RecordId};
use opstap_insight::is_served;
use opstap_view::prelude::*;

use super::list::back;
use super::read::{channel_word, indication_word, mode_word, read};
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Appearance, Button, Field, Icon, Select, Toast, show_toast};
use crate::dates::{as_date, day_of, from_date, moment};
use crate::device::{self, Asked};
use crate::entered::Form;
use crate::navigation::go_to;
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
    /// The id of the new circle, made once, so that a second try opens no second one.
    circle: RwSignal<String>,
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
            circle: field("circle", String::new()),
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

    /// The id of the circle to open.
    fn circle(self) -> CircleId {
        if let Ok(known) = self.circle.get_untracked().parse() {
            return known;
        }
        let made = CircleId(device::new_id().0);
        self.circle.set(made.to_string());
        made
    }
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

    fn trajectory(&self, row: RecordId) -> Trajectory {
        Trajectory {
            municipality: self.municipality.clone(),
            area: self.area.clone(),
            indication: self.indication,
            mode: self.mode,
            row: Some(row),
            ..Trajectory::of(self.registered, self.channel)
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
}

/// The page.
#[component]
pub(super) fn Register(circle: CircleId) -> impl IntoView {
    let form = Form::of("register", circle, NOBODY);
    let entered = Entered::open(&form);
    let settings = device::watch(circle, |reader| async move { read(reader).await.settings });
    let outside = Memo::new(move |_| !is_served(served(settings).as_ref(), &entered.municipality.get()));
    let busy = RwSignal::new(Busy::No);
    write_when_it_came(entered, form.clone(), busy);
    let lacking = Signal::derive(move || {
        busy.get() != Busy::No
            || entered.name.get().trim().is_empty() && !outside.get()
            || from_date(&entered.day.get()).is_none()
    });
    let act = move || {
        if outside.get_untracked() { refer_on(circle, entered, &form) } else { open(circle, entered, busy) }
    };
    let word = Text::live(move || {
        if outside.get() { programme::REFER_ON.get() } else { programme::REGISTER.get() }.to_owned()
    });
    view! {
        <Bar title=programme::NEW_REGISTRATION lead=back() />
        <Columns>
            <Pane>
                <div class="sheet stack">
                    {fields(entered)}
                    <p role="status" class="soft">{move || outside.get().then(|| programme::NOT_SERVED.get())}</p>
                    <div class="row"><Button text=word icon=Icon::CHECK appearance=Appearance::Primary disabled=lacking tap=act /></div>
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
        Busy::Coming(..) => Some(programme::COMING),
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

fn open(programme: CircleId, entered: Entered, busy: RwSignal<Busy>) {
    let Some(told) = entered.told() else { return };
    let circle = entered.circle();
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
        let row = device::new_id();
        match device::edit(programme, vec![told.row(Some(circle), None).make(row)]).await {
            Ok(()) => busy.set(Busy::Coming(circle, row)),
            Err(why) => {
                busy.set(Busy::No);
                show_toast(Toast::new(not_kept(why)));
            }
        }
    });
}

/// The trajectory is written as soon as the circle is on this desk.
fn write_when_it_came(entered: Entered, form: Form, busy: RwSignal<Busy>) {
    let circles = device::circles();
    Effect::new(move |_| {
        let Busy::Coming(circle, row) = busy.get() else { return };
        let here = circles.with(|all| all.iter().flatten().any(|one| one.id == circle && one.relation.is_some()));
        let Some(told) = entered.told().filter(|_| here) else { return };
        busy.set(Busy::No);
        let form = form.clone();
        spawn_local(async move {
            let trajectory = device::new_id();
            let responsible = device::me().map(|me| me.id);
            let entry = StageEntry { stage: Stage::Registration, on: told.registered, responsible, reason: None };
            let changes = vec![told.trajectory(row).make(trajectory), entry.make_below(device::new_id(), trajectory)];
            match device::edit(circle, changes).await {
                Ok(()) => {
                    form.done();
                    go_to(DeskPlace::Travel(circle, None));
                }
                Err(why) => show_toast(Toast::new(not_kept(why))),
            }
        });
    });
}
