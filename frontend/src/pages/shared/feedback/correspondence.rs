//! What was written about a practice: the feedback, who read it and when, what was said back, and the field to answer or ask. Opening it
//! says that it was read, once a person.

use leptos::task::spawn_local;
use opstap_core::access::{Action, Subject};
use opstap_core::model::{FeedbackRead, FeedbackReply, Model, delete};
use opstap_core::{CircleId, Kind, RecordId};
use opstap_view::prelude::*;

use crate::components::{
    Appearance, Button, Icon, Person, PersonSize, Saved, SayButton, Size, StateMark, TextArea, Toast, changing,
    clear_toast, icon, show_toast,
};
use crate::dates::{moment, near_moment};
use crate::device::{self, Reader};
use crate::entered::Form;
use crate::pages::shared::not_kept;
use crate::pages::shared::undoing::take_back;
use crate::stories::feedback::{Letter, Reply, Written, of_practice};
use crate::words::{Text, feedback, practice, shared};

#[derive(Clone, PartialEq, Eq)]
struct Told {
    written: Written,
    /// Whether this person may say something here.
    writes: bool,
}

async fn tell(reader: Reader, practice: RecordId) -> Told {
    let written = of_practice(&reader, practice).await;
    let (access, me) = (reader.access().await, device::me());
    let writes = access.zip(me).is_some_and(|(access, me)| {
        let subject = Subject { kind: Kind::FeedbackReply, audience: None, author: Some(me.id) };
        access.decide(me, device::now(), &subject, Action::Make).is_allowed()
    });
    Told { written, writes }
}

/// What was written about a practice; nothing where nobody wrote yet.
#[component]
pub fn PracticeFeedback(
    /// Where.
    circle: CircleId,
    /// Of which practice.
    practice: RecordId,
    /// It is shown once somebody asks for it.
    #[prop(optional)]
    folded: bool,
) -> impl IntoView {
    let told = device::watch(circle, move |reader| tell(reader, practice));
    let open = RwSignal::new(!folded);
    note_reading(circle, practice, told, open);
    let form = Form::of("reply", circle, practice);
    let text = RwSignal::new(form.get("text").unwrap_or_default());
    form.follow("text", move || text.get());
    let answer = Answer { circle, practice, text };
    changing(move || match told.get() {
        Some(Told { written, writes }) if !written.letters.is_empty() => {
            if open.get() {
                opened(&written, writes.then_some((answer, form.clone())))
            } else {
                let tap = move || open.set(true);
                view! { <div class="row"><Button text=feedback::READ_REPORT icon=Icon::BOOK size=Size::Tool tap /></div> }
                    .into_any()
            }
        }
        _ => ().into_any(),
    })
}

/// Says that this person read it, as soon as it stands open before them.
fn note_reading(circle: CircleId, practice: RecordId, told: Signal<Option<Told>>, open: RwSignal<bool>) {
    let noted = StoredValue::new(Vec::<RecordId>::new());
    Effect::new(move |_| {
        let (Some(told), true, Some(me)) = (told.get(), open.get(), device::me()) else { return };
        for letter in told.written.letters.iter().filter(|letter| told.writes && letter.waits_for(me.id)) {
            let id = letter.feedback.id;
            if !noted.with_value(|noted| noted.contains(&id)) {
                noted.update_value(|noted| noted.push(id));
                let read = FeedbackRead { feedback: id, at: device::now() };
                device::keep(circle, vec![read.make_below(device::new_id(), practice)]);
            }
        }
    });
}

fn opened(written: &Written, answer: Option<(Answer, Form)>) -> AnyView {
    let letters = written.letters.iter().map(letter_view).collect_view();
    let replies = written.replies.iter().map(reply_view).collect_view();
    let replies = (!written.replies.is_empty()).then(|| {
        view! { <div role="log" aria-label=feedback::REPLIES><ol class="talk">{replies}</ol></div> }
    });
    let to = written.letters.last().map(|letter| letter.feedback.id);
    let answer = answer.zip(to).map(|((answer, form), to)| answer.field(to, form));
    view! { <section class="feedback stack" aria-label=feedback::REPORT_BY_HAND>{letters} {replies} {answer}</section> }
        .into_any()
}

fn letter_view(letter: &Letter) -> AnyView {
    let sent = &letter.feedback;
    let (by, day) = (letter.by.clone(), near_moment(moment(sent.value.at), moment(device::now())));
    let head = Text::live(move || practice::report_by(by.clone(), day.get()).get());
    let corrected = sent.value.replaces.map(|_| view! { <span class="chip outline">{feedback::IS_CORRECTED}</span> });
    let text = sent.value.text.clone();
    // That the rest is sent stands at the top of the screen.
    let state = (sent.saved != Saved::Sent).then(|| view! { <StateMark saved=sent.saved /> });
    view! {
        <article class="report-letter stack">
            <p class="soft small row">{head} {corrected} {state}</p>
            <div class="say"><p class="as-written">{text.clone()}</p><SayButton text=Text::from(text) /></div>
        </article>
        {read_by(letter)}
    }
    .into_any()
}

/// Who read it and when.
fn read_by(letter: &Letter) -> AnyView {
    if letter.reads.is_empty() {
        return view! { <p class="read-by soft small row">{icon(Icon::EYE)} <span class="fill">{feedback::READ_BY_NOBODY}</span></p> }.into_any();
    }
    let me = device::me().map(|me| me.id);
    let rows = letter.reads.iter().map(|(who, name, at)| {
        let (mine, name) = (Some(*who) == me, name.clone());
        let when = near_moment(moment(*at), moment(device::now()));
        let says = Text::live(move || {
            let name = if mine { feedback::YOU.get().to_owned() } else { name.clone() };
            feedback::read_by_at(name, when.get()).get()
        });
        view! { <li class="row">{icon(Icon::EYE)} <span class="fill">{says}</span></li> }
    });
    view! { <ul class="read-by soft small">{rows.collect_view()}</ul> }.into_any()
}

fn reply_view(Reply { reply, by }: &Reply) -> AnyView {
    let mine = reply.author.is_some() && reply.author == device::me().map(|me| me.id);
    let at = near_moment(moment(reply.value.at), moment(device::now()));
    let name = if mine { Text::from(shared::YOU) } else { Text::from(by.clone()) };
    let head = Text::live(move || [name.get(), at.get()].join(", "));
    let face = (!mine).then(|| view! { <Person name=by.clone() size=PersonSize::Small /> });
    let state = mine.then(|| view! { <StateMark saved=reply.saved /> });
    view! {
        <li class=if mine { "said mine" } else { "said" }>
            <p class="small soft row">{face} {head} {state}</p>
            <div class="words"><p class="as-written">{reply.value.text.clone()}</p></div>
        </li>
    }
    .into_any()
}

/// The field to answer in.
#[derive(Clone, Copy)]
struct Answer {
    circle: CircleId,
    practice: RecordId,
    text: RwSignal<String>,
}

impl Answer {
    fn field(self, to: RecordId, form: Form) -> AnyView {
        let text = self.text;
        let empty = Signal::derive(move || text.with(|text| text.trim().is_empty()));
        let send = move || self.send(to, form.clone());
        view! {
            <div class="answer stack">
                <TextArea label=feedback::WRITE_BACK value=text on_input=move |now| text.set(now) rows=2 />
                <div class="row"><Button text=feedback::SEND_REPLY icon=Icon::SEND appearance=Appearance::Quiet disabled=empty tap=send /></div>
            </div>
        }
        .into_any()
    }

    fn send(self, to: RecordId, form: Form) {
        let Self { circle, practice, text } = self;
        let said = text.get_untracked().trim().to_owned();
        let id = device::new_id();
        let reply = FeedbackReply { feedback: to, text: said, at: device::now() };
        spawn_local(async move {
            match device::edit(circle, vec![reply.make_below(id, practice)]).await {
                Ok(()) => {
                    clear_toast();
                    form.done();
                    let _ = text.try_set(String::new());
                    let undo = move || take_back(circle, vec![delete(id)]);
                    show_toast(Toast::new(feedback::REPLY_KEPT).with_undo(undo));
                }
                Err(why) => show_toast(Toast::new(not_kept(why))),
            }
        });
    }
}
