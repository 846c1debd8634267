//! Who fits somebody: the volunteers with the reasons for and against, and the week of both side by side. No score.

use opstap_core::model::{
    Availability, Intake, MatchRefused, Member, Model, Registration, Relation, StageEntry, Volunteer, delete, set,
};
use opstap_core::{Change, CircleId, PersonId, RecordId, order};
use opstap_insight::{Asked, Candidate, Certificate, Suggestion, TrajectoryStory, suggestions};
use opstap_view::prelude::*;

use super::list::back;
use super::read::{Programme, Standing, held, mode_word, name_of, read};
use super::volunteers::{busy, practises_with, today};
use crate::components::desk::{Bar, Columns, Foot, Pane, SidePane};
use crate::components::{
    Appearance, Bones, Button, Dialog, Doing, EmptyState, Icon, ListRow, LoadingBones, Once, Person, Toast, WeekShown,
    changing, show_toast,
};
use crate::dates::{full_day, on_day};
use crate::device::{self, Entry, Reader};
use crate::event::Tap;
use crate::navigation::go_to;
use crate::pages::professional::place::DeskPlace;
use crate::pages::shared::care::keep;
use crate::pages::shared::not_kept;
use crate::stories;
use crate::words::{Text, desk, programme, shared, training};

/// The page.
#[component]
pub(super) fn Matching(circle: CircleId, registration: RecordId) -> impl IntoView {
    let read = device::watch(circle, read);
    let found = move |read: &Programme| read.rows.iter().find(|row| row.id == registration).cloned();
    let title = Text::live(move || {
        let name = read.with(|read| read.as_ref().and_then(found)).map(|row| name_of(&row.value).get());
        name.map(|name| programme::who_fits(name).get()).unwrap_or_default()
    });
    let asked: Asking = (RwSignal::new(None), Once::idle());
    let body = changing(move || match read.get() {
        None => view! { <Columns><Pane><LoadingBones shape=Bones::Rows(5) /></Pane></Columns> }.into_any(),
        Some(read) => match found(&read) {
            None => view! { <EmptyState picture="bust-in-silhouette" sentence=desk::NOT_THERE /> }.into_any(),
            Some(row) => side_by_side((circle, asked), &row, &read),
        },
    });
    view! {
        <Bar title lead=back() />
        {body}
        {steps_out(asked)}
        <Foot><span>{programme::NO_SCORE}</span></Foot>
    }
}

fn side_by_side(
    (circle, asked_first): (CircleId, Asking),
    row: &Entry<Registration>,
    programme: &Programme,
) -> AnyView {
    let refused: Vec<RecordId> =
        programme.refused.iter().filter(|(of, _)| *of == row.id).map(|(_, volunteer)| *volunteer).collect();
    let candidates: Vec<Candidate<'_>> = programme
        .volunteers
        .iter()
        .map(|one| Candidate {
            id: one.id,
            volunteer: &one.value,
            busy: busy(one, programme),
            refused: refused.contains(&one.id),
        })
        .collect();
    let asked = Asked { available: row.value.available, area: row.value.area.as_deref(), mode: row.value.mode };
    let found = suggestions(asked, &candidates, today());
    let cards = found
        .iter()
        .filter_map(|one| {
            let volunteer = programme.volunteers.iter().find(|known| known.id == one.volunteer)?;
            Some(view! { <li>{card((circle, asked_first), row, one, volunteer)}</li> })
        })
        .collect::<Vec<_>>();
    let none = cards.is_empty().then(|| view! { <p class="soft">{programme::NOBODY_FITS}</p> });
    let (participant, waiting) = (participant(row), also_waiting(row.id, programme));
    let without = row.value.circle.is_none().then(|| view! { <p class="advice">{programme::NO_CIRCLE_YET}</p> });
    view! {
        <Columns>
            <Pane>
                <h2>{programme::IN_ORDER}</h2>
                {without}
                {none}
                <ul class="list fitting">{cards.into_iter().collect_view()}</ul>
            </Pane>
            <SidePane>
                {participant}
                {waiting}
            </SidePane>
        </Columns>
    }
    .into_any()
}

/// What is known of the participant, as far as this desk holds the circle.
fn participant(row: &Entry<Registration>) -> AnyView {
    let value = &row.value;
    let mode = value.mode.map(|mode| view! { <p>{mode_word(mode)}</p> });
    let area = value.area.clone().map(|area| view! { <p>{Text::from(area)}</p> });
    let week = value.available.map(|available| view! { <WeekShown label=programme::CAN_WHEN available /> });
    let told = held(value).map(|circle| {
        let intake = device::watch(circle, |reader| async move { last(&reader).await.and_then(|story| story.intake) });
        changing(move || {
            let intake: Option<Intake> = intake.get().flatten().map(|(_, intake)| intake);
            let parts = intake.into_iter().flat_map(|one| {
                [
                    (programme::WANTS, one.motivation),
                    (programme::PARENTS, one.parents_view),
                    (programme::SKILLS, one.skills),
                ]
            });
            let parts =
                parts.filter_map(|(word, text)| text.map(|text| view! { <p><b>{word}</b> " " {Text::from(text)}</p> }));
            parts.collect::<Vec<_>>().into_iter().collect_view().into_any()
        })
    });
    view! { <section class="stack"><h2>{name_of(value)}</h2>{mode}{area}{week}{told}</section> }.into_any()
}

async fn last(reader: &Reader) -> Option<TrajectoryStory> {
    stories::trajectory::of_circle(reader).await.pop()
}

fn also_waiting(shown: RecordId, programme: &Programme) -> AnyView {
    let waiting = programme
        .rows
        .iter()
        .filter(|row| row.id != shown && row.value.circle.is_some() && Standing::of(&row.value) == Standing::Waits);
    let rows: Vec<_> = waiting
        .map(|row| {
            let name = name_of(&row.value);
            view! { <li><ListRow text=name tap=Tap::to(DeskPlace::Match(row.id)) /></li> }
        })
        .collect();
    let some = (!rows.is_empty()).then(|| {
        view! { <section class="stack"><h2>{programme::ALSO_WAITING}</h2><ul class="list">{rows.into_iter().collect_view()}</ul></section> }
    });
    some.into_any()
}

fn card(
    (circle, asked): (CircleId, Asking),
    row: &Entry<Registration>,
    one: &Suggestion,
    volunteer: &Entry<Volunteer>,
) -> AnyView {
    let name = volunteer.value.name.clone();
    let chosen = row.value.volunteer == Some(volunteer.id);
    let reasons = reasons(one, &volunteer.value);
    let more = Text::live(move || reasons.iter().map(Text::get).collect::<Vec<_>>().join(", "));
    let week = volunteer.value.available.map(|available| week(available, row.value.available));
    let word = Text::live({
        let name = name.clone();
        move || programme::choose(&name).get()
    });
    let (act_row, act_volunteer) = (row.clone(), volunteer.clone());
    let choose = move || choose(circle, act_row.clone(), act_volunteer.clone(), asked);
    let (registration, who) = (row.id, volunteer.id);
    let refuse = move || {
        let refused = MatchRefused { volunteer: who, reason: None };
        keep(circle, vec![refused.make_below(device::new_id(), registration)], programme::FITS_NOT_KEPT.into());
    };
    let acts = if chosen {
        view! { <p class="strong">{programme::CHOSEN}</p> }.into_any()
    } else if row.value.circle.is_none() {
        ().into_any()
    } else {
        view! {
            <div class="row">
                <Button text=word icon=Icon::CHECK tap=choose />
                <Button text=programme::FITS_NOT appearance=Appearance::Plain tap=refuse />
            </div>
        }
        .into_any()
    };
    let lead = view! { <Person name=name.clone() /> }.into_any();
    view! {
        <div class="stack" data-volunteer=volunteer.id.to_string()>
            <ListRow text=Text::from(name) more lead />
            {week}
            {acts}
        </div>
    }
    .into_any()
}

fn week(available: Availability, asked: Option<Availability>) -> AnyView {
    match asked {
        Some(asked) => view! { <WeekShown label=programme::WEEK_OF_BOTH available asked /> }.into_any(),
        None => view! { <WeekShown label=programme::CAN_WHEN available /> }.into_any(),
    }
}

/// The reasons for and against, each a sentence.
fn reasons(one: &Suggestion, volunteer: &Volunteer) -> Vec<Text> {
    let mut said: Vec<Text> = Vec::new();
    match one.shared {
        Some(0) => said.push(programme::NO_PART_OF_THE_WEEK.into()),
        Some(count) => said.push(programme::parts_of_the_week(count)),
        None => {}
    }
    match (one.near, &volunteer.area) {
        (Some(true), _) => said.push(programme::SAME_AREA.into()),
        (_, Some(area)) => said.push(programme::lives_in(area)),
        _ => {}
    }
    match one.trained {
        Some(true) => said.push(programme::IS_TRAINED.into()),
        Some(false) => said.push(programme::NOT_TRAINED.into()),
        None => {}
    }
    said.push(match one.certificate {
        Certificate::Holds(until) => programme::certificate_until(full_day(on_day(until)).get()),
        Certificate::EndsSoon(until) => programme::certificate_ends(full_day(on_day(until)).get()),
        Certificate::Over(_) => programme::CERTIFICATE_OVER.into(),
        Certificate::Unknown => programme::NO_CERTIFICATE.into(),
    });
    said.push(practises_with(one.busy));
    said.extend(volunteer.knowledge.clone().map(Text::from));
    said
}

/// Who takes over from whom: what is known before it is done.
#[derive(Clone, PartialEq)]
struct Taking {
    programme: CircleId,
    circle: CircleId,
    row: RecordId,
    volunteer: Entry<Volunteer>,
    person: PersonId,
    members: Vec<Entry<Member>>,
    story: Option<TrajectoryStory>,
}

/// The question before somebody is replaced, none while nobody is; and one match at a time.
type Asking = (RwSignal<Option<Taking>>, Once);

impl Taking {
    /// The volunteer who practised until now.
    fn before(&self) -> Option<PersonId> {
        let before = self.story.as_ref().and_then(|story| story.trajectory.volunteer);
        before.filter(|before| *before != self.person)
    }

    /// The same, as long as they are in the circle as a volunteer: then they leave it.
    fn steps_back(&self) -> Option<&Entry<Member>> {
        let before = self.before()?;
        self.members.iter().find(|one| one.value.person == before && one.value.relation == Relation::Volunteer)
    }

    fn client(&self) -> String {
        let client = self.members.iter().find(|one| one.value.relation == Relation::Client);
        client.map(|one| one.value.name.clone()).unwrap_or_default()
    }
}

/// Nobody is replaced without a question.
fn steps_out((asked, once): Asking) -> AnyView {
    let open = Signal::derive(move || asked.with(Option::is_some));
    let name = move || {
        let name = asked.with(|asked| asked.as_ref()?.steps_back().map(|before| before.value.name.clone()));
        name.unwrap_or_default()
    };
    let title = Text::live(move || programme::steps_out(name()).get());
    let replace = move || {
        if let Some(taking) = asked.get_untracked() {
            asked.set(None);
            once.run(take(taking));
        }
    };
    view! {
        <Dialog open title on_close=move |()| asked.set(None)>
            {changing(move || match asked.get() {
                None => ().into_any(),
                Some(taking) => view! {
                    <p>{programme::takes_over(name(), taking.volunteer.value.name)}</p>
                    <Button text=programme::replace(name()) icon=Icon::CHECK appearance=Appearance::Primary wide=true tap=replace />
                    <Button text=shared::CANCEL wide=true tap=move || asked.set(None) />
                }
                .into_any(),
            })}
        </Dialog>
    }
    .into_any()
}

/// Looks who would practise with whom, and does it; where somebody has to leave the circle for it, that is asked first.
fn choose(programme: CircleId, row: Entry<Registration>, volunteer: Entry<Volunteer>, (asked, once): Asking) {
    let Some(person) = volunteer.value.person else {
        show_toast(Toast::new(programme::NEEDS_ACCOUNT));
        go_to(DeskPlace::Volunteer(volunteer.id));
        return;
    };
    let Some(circle) = row.value.circle else {
        show_toast(Toast::new(programme::NO_CIRCLE_YET));
        return;
    };
    once.run(Box::pin(async move {
        let reader = Reader::new(circle);
        let (members, story) = (stories::members(&reader).await, last(&reader).await);
        let taking = Taking { programme, circle, row: row.id, volunteer, person, members, story };
        if taking.steps_back().is_some() {
            let _ = asked.try_set(Some(taking));
        } else {
            take(taking).await;
        }
    }));
}

/// Writes in the programme who practises with whom, and lets the volunteer into the circle. Whoever practised before steps back, and all that
/// stands in the circle stays for the one who takes over, who is responsible for what the other was.
fn take(taking: Taking) -> Doing {
    let (client, ask) = (taking.client(), taking.volunteer.value.name.clone());
    let said =
        Text::live(move || [programme::is_matched(&ask).get(), training::ask_for_travel(&client).get()].join(" "));
    Box::pin(async move {
        let Taking { programme, circle, row, ref volunteer, person, ref members, ref story } = taking;
        let before = taking.before();
        let mut changes: Vec<Change> = Vec::new();
        if !members.iter().any(|member| member.value.person == person) {
            let after = members.iter().filter_map(|member| member.value.order.clone()).max();
            let member = Member {
                person,
                relation: Relation::Volunteer,
                name: volunteer.value.name.clone(),
                called: None,
                phone: volunteer.value.phone.clone(),
                face: None,
                order: Some(order::between(after.as_deref(), None)),
            };
            changes.push(member.make(device::new_id()));
        }
        changes.extend(taking.steps_back().map(|member| delete(member.id)));
        if let Some(story) = story {
            changes.push(set(story.id, "volunteer", person));
            if before.is_some() {
                changes.extend(story.clicks_taken_back());
            }
            changes.extend(answers_for(story, before, person));
        }
        if !changes.is_empty()
            && let Err(why) = device::edit(circle, changes).await
        {
            show_toast(Toast::new(not_kept(why)));
            return;
        }
        keep(programme, vec![set(row, "volunteer", volunteer.id)], said);
    })
}

/// Who takes over is responsible for the stage of now, if the one before was. An entry of a stage is written once, so a new one says so.
fn answers_for(story: &TrajectoryStory, before: Option<PersonId>, person: PersonId) -> Option<Change> {
    let (_, now) = story.entries.last().filter(|(_, now)| before.is_some() && now.responsible == before)?;
    let entry = StageEntry { stage: now.stage, on: today(), responsible: Some(person), reason: None };
    Some(entry.make_below(device::new_id(), story.id))
}
