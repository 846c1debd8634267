//! The feedback on a practice before it is sent: written from the log, read over, changed where it is not right, and sent with one tap. What
//! is changed keeps itself. Once it was sent, the same screen sends a correction.

use leptos::task::spawn_local;
use opstap_core::model::{Feedback, Model, delete};
use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::SupporterPlace;
use crate::components::{
    Appearance, Bones, Button, EmptyState, Floor, Icon, LoadingBones, Main, Person, PersonSize, SayButton, Screen,
    StateChip, TextArea, Toast, TopBar, changing, clear_toast, show_toast,
};
use crate::dates::{full_day, moment};
use crate::device::{self, Reader, watch};
use crate::entered::Form;
use crate::event::Tap;
use crate::language::language;
use crate::navigation::replace;
use crate::pages::shared::feedback::letter;
use crate::pages::shared::not_kept;
use crate::pages::shared::undoing::take_back;
use crate::stories::feedback::{Worth, of_practice, worth};
use crate::words::{Text, feedback, practice};

#[derive(Clone, PartialEq, Eq)]
struct Told {
    worth: Worth,
    /// What this person sent before, to correct it.
    before: Option<(RecordId, String)>,
}

async fn tell(reader: Reader, id: RecordId) -> Option<Told> {
    let worth = worth(&reader, id).await?;
    let me = device::me().map(|me| me.id);
    let mut mine = of_practice(&reader, id).await.letters.into_iter().map(|letter| letter.feedback);
    let mine = mine.rfind(|feedback| feedback.author == me);
    Some(Told { worth, before: mine.map(|feedback| (feedback.id, feedback.value.text)) })
}

/// What is being written.
#[derive(Clone, Copy)]
struct Draft {
    circle: CircleId,
    practice: RecordId,
    /// The text once it was changed; nothing as long as it stands as it was proposed.
    changed: RwSignal<Option<String>>,
    /// Whether it stands in a field.
    typing: RwSignal<bool>,
    told: Signal<Option<Option<Told>>>,
}

impl Draft {
    /// The text as it is proposed: what was sent before, else what the log tells.
    fn proposed(self) -> String {
        let language = language();
        self.told.with(|told| match told.as_ref().and_then(Option::as_ref) {
            Some(Told { before: Some((_, text)), .. }) => text.clone(),
            Some(Told { worth, .. }) => letter(worth, language),
            None => String::new(),
        })
    }

    fn text(self) -> String {
        self.changed.get().unwrap_or_else(|| self.proposed())
    }

    /// From reading to typing and back.
    fn turn(self) {
        let text = untrack(move || self.text());
        if self.typing.get_untracked() {
            if text == untrack(move || self.proposed()) {
                self.changed.set(None);
            }
        } else {
            self.changed.set(Some(text));
        }
        self.typing.update(|typing| *typing = !*typing);
    }

    fn begin_anew(self) {
        self.changed.set(None);
        self.typing.set(false);
    }

    fn send(self, form: Form) {
        let Self { circle, practice, .. } = self;
        let text = untrack(move || self.text()).trim().to_owned();
        let before = self.told.with_untracked(|told| Some(told.as_ref()?.as_ref()?.before.as_ref()?.0));
        let feedback = Feedback { text, at: device::now(), replaces: before };
        let id = device::new_id();
        spawn_local(async move {
            match device::edit(circle, vec![feedback.make_below(id, practice)]).await {
                Ok(()) => {
                    form.done();
                    clear_toast();
                    let undo = move || take_back(circle, vec![delete(id)]);
                    show_toast(Toast::new(feedback::REPORT_KEPT).with_undo(undo));
                    replace(SupporterPlace::Report(circle, practice));
                }
                Err(why) => show_toast(Toast::new(not_kept(why))),
            }
        });
    }
}

/// The feedback on a practice, to read over and send.
#[component]
pub fn FeedbackPage(circle: CircleId, id: RecordId) -> impl IntoView {
    let form = Form::of("feedback", circle, id);
    let changed = RwSignal::new(form.get("text").filter(|text| !text.is_empty()));
    form.follow("text", move || changed.get().unwrap_or_default());
    let typing = RwSignal::new(changed.get_untracked().is_some());
    let told = watch(circle, move |reader| tell(reader, id));
    let draft = Draft { circle, practice: id, changed, typing, told };
    let content = changing(move || match told.get() {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(None) => view! { <EmptyState picture="open-book" sentence=practice::NOT_FOUND /> }.into_any(),
        Some(Some(told)) => filled(draft, &told),
    });
    let corrects =
        move || told.with(|told| told.as_ref().and_then(Option::as_ref).is_some_and(|told| told.before.is_some()));
    let send_text = Text::live(move || {
        if corrects() { feedback::SEND_CORRECTION.get() } else { feedback::SEND_REPORT.get() }.to_owned()
    });
    let empty = Signal::derive(move || draft.text().trim().is_empty());
    let send = move || draft.send(form.clone());
    let other = move || {
        let (text, mark) =
            if typing.get() { (feedback::AS_IT_READS, Icon::EYE) } else { (feedback::ADJUST, Icon::PENCIL) };
        view! { <Button text tap=move || draft.turn() icon=mark appearance=Appearance::Quiet /> }.into_any()
    };
    view! {
        <Screen title=feedback::REPORT_BY_HAND way=true>
            <TopBar back=Tap::to(SupporterPlace::Report(circle, id))><StateChip state=device::state() /></TopBar>
            <Main>{content}</Main>
            <Floor>
                <Button text=send_text tap=send appearance=Appearance::Way icon=Icon::SEND disabled=empty />
                {changing(other)}
            </Floor>
        </Screen>
    }
}

fn filled(draft: Draft, told: &Told) -> AnyView {
    let Worth { number, client, by, .. } = &told.worth;
    let day = full_day(moment(told.worth.practice.value.at));
    let (name, of) = (client.clone(), number.to_string());
    let heading = Text::live(move || feedback::heading(of.clone(), name.clone(), day.get()).get());
    let faces = [client.clone(), by.clone()].map(|name| view! { <Person name size=PersonSize::Small /> });
    let text = Text::live(move || draft.text());
    let body = changing(move || if draft.typing.get() { field(draft) } else { as_it_reads(text.clone()) });
    let begin_anew = changing(move || {
        let is_changed = draft.changed.with(Option::is_some) && draft.text() != draft.proposed();
        let tap = move || draft.begin_anew();
        is_changed
            .then(|| view! { <div><Button text=feedback::BEGIN_ANEW appearance=Appearance::Plain tap icon=Icon::UNDO /></div> })
            .into_any()
    });
    view! {
        <div class="row">
            <h1 class="title fill">{feedback::REPORT_BY_HAND}</h1>
            {faces.into_iter().collect_view()}
        </div>
        <p class="soft">{feedback::READ_IT_OVER}</p>
        <article class="report-letter stack"><h2 class="strong">{heading}</h2>{body}</article>
        {begin_anew}
    }
    .into_any()
}

fn as_it_reads(text: Text) -> AnyView {
    view! { <div class="say"><p class="as-written">{text.clone()}</p><SayButton text /></div> }.into_any()
}

/// About as many letters stand beside each other in the field.
const LETTERS_A_LINE: usize = 32;

fn field(draft: Draft) -> AnyView {
    let lines = |text: &str| text.lines().map(|line| 1 + line.chars().count() / LETTERS_A_LINE).sum::<usize>();
    let rows = u32::try_from(lines(&untrack(move || draft.text())).clamp(6, 24)).unwrap_or(6);
    let text = Signal::derive(move || draft.changed.get().unwrap_or_default());
    view! { <TextArea label=feedback::YOUR_TEXT value=text on_input=move |now| draft.changed.set(Some(now)) rows /> }
        .into_any()
}
