//! The chosen step as the client sees it on the phone, live while somebody types. It is a picture of a screen: nothing in it acts.

use opstap_core::RecordId;
use opstap_core::model::{MOST_CHOICES, Picture as Shown, Preferences, Prompt};
use opstap_view::prelude::*;

use super::editor::Editor;
use super::more::of_step;
use super::reading::Sheet;
use super::step_row::changing_picture;
use crate::components::{Button, Dialog, Dots, Icon, Size, Well, changing, icon};
use crate::pages::shared::cell_value::{film, lasts};
use crate::stories::{chooses_at_once, preferences};
use crate::words::{Text, care, client, plan_editor, shared, step as words};

/// "Zo ziet Sem het", with the ways to the step before and the one after.
#[component]
pub fn Preview(editor: Editor) -> impl IntoView {
    let head = Text::live(move || plan_editor::as_client_sees(name(editor)).get());
    view! {
        <section class="stack">
            <h2>{head}</h2>
            {walk(editor)}
            {changing(move || editor.step_in_view().map(|step| phone(editor, step)).into_any())}
        </section>
    }
}

/// The same behind a button, where there is no room beside the editor.
#[component]
pub fn PreviewButton(editor: Editor) -> impl IntoView {
    let open = RwSignal::new(false);
    let title = Text::live(move || plan_editor::as_client_sees(name(editor)).get());
    let close = move || open.set(false);
    view! {
        <Button text=title.clone() icon=Icon::EYE tap=move || open.set(true) />
        <Dialog open title on_close=move |()| close()>
            {walk(editor)}
            {changing(move || editor.step_in_view().map(|step| phone(editor, step)).into_any())}
            <Button text=shared::CLOSE wide=true tap=close />
        </Dialog>
    }
}

/// The client's name; in the library there is nobody to name.
fn name(editor: Editor) -> String {
    let name = editor.with(|sheet| sheet.client.clone()).unwrap_or_default();
    if name.is_empty() { care::A_CLIENT.get().to_owned() } else { name }
}

/// Which step it is, and the buttons to those beside it.
fn walk(editor: Editor) -> AnyView {
    let at = Memo::new(move |_| {
        let step = editor.step_in_view();
        editor.rows.with(|rows| (rows.iter().position(|row| Some(*row) == step).map_or(0, |at| at + 1), rows.len()))
    });
    let go = move |to: usize| {
        let step = editor.rows.with_untracked(|rows| rows.get(to.wrapping_sub(1)).copied());
        if step.is_some() {
            editor.chosen.set(step);
        }
    };
    let first = Signal::derive(move || at.get().0 <= 1);
    let last = Signal::derive(move || at.get().0 >= at.get().1);
    view! {
        <div class="row">
            <Button text=words::EARLIER_STEP icon=Icon::BACK mark_only=true size=Size::Tool disabled=first tap=move || go(at.get_untracked().0 - 1) />
            <span class="soft small" role="status">{Text::live(move || shared::step_of(at.get().0, at.get().1).get())}</span>
            <Button text=words::LATER_STEP icon=Icon::FORWARD mark_only=true size=Size::Tool disabled=last tap=move || go(at.get_untracked().0 + 1) />
        </div>
    }
    .into_any()
}

/// The screen of one step, at the level that was settled on for this client.
fn phone(editor: Editor, step: RecordId) -> AnyView {
    let settled = preferences::watch(editor.circle);
    let is = move |of: fn(&Preferences) -> Option<bool>| settled.with(|settled| Preferences::is(of(settled)));
    let prompt = of_step(editor, step, |step| Some(step.shows()));
    changing(move || match prompt.get() {
        Some(Prompt::Gone) => view! { <p class="soft">{words::SHOWN_GONE_MEANS}</p> }.into_any(),
        prompt => {
            let class = if is(|settled| settled.wordless) || prompt == Some(Prompt::Picture) {
                "for-voice"
            } else {
                "sentence"
            };
            let pictured = !is(|settled| settled.pictureless) || is(|settled| settled.wordless);
            let not_managed = (!is(|settled| settled.no_not_managed))
                .then(|| view! { <span class="fake">{client::NOT_MANAGED}</span> }.into_any());
            let [done, choices] = done_or_choices(editor, step);
            view! {
                <div class="phone" aria-hidden="true">
                    {dots(editor, step, is(|settled| settled.counted))}
                    {pictured.then(|| what_is_seen(editor, step))}
                    <div class="row">
                        <p class=class>{Text::live(move || editor.words(step))}</p>
                        <span class="fake push">{icon(Icon::SPEAKER)}</span>
                    </div>
                    {clock(editor, step)}
                    {choices}
                    <div class="phone-floor">
                        {done}
                        {not_managed}
                        <span class="fake help">{icon(Icon::HAND)} {shared::HELP}</span>
                    </div>
                </div>
            }
            .into_any()
        }
    })
}

/// The dots of the steps the client still sees.
fn dots(editor: Editor, step: RecordId, counted: bool) -> AnyView {
    let at = Memo::new(move |_| {
        let shown = |sheet: &Sheet| {
            let shown: Vec<_> = sheet.steps.iter().filter(|step| step.value.shows() != Prompt::Gone).collect();
            (shown.iter().position(|other| other.id == step).map_or(0, |at| at + 1), shown.len())
        };
        editor.with(shown).unwrap_or_default()
    });
    let (now, all) = (Signal::derive(move || at.get().0), Signal::derive(move || at.get().1));
    view! { <Dots now all counted=Signal::stored(counted) /> }.into_any()
}

/// The film where there is one, else the picture.
fn what_is_seen(editor: Editor, step: RecordId) -> AnyView {
    let picture: Memo<Option<Shown>> = of_step(editor, step, |step| step.picture.clone());
    let video = of_step(editor, step, |step| step.video);
    changing(move || match video.get() {
        Some(video) => film(editor.circle, video),
        None => changing_picture(editor.circle, picture.into(), Well::Large),
    })
}

fn clock(editor: Editor, step: RecordId) -> AnyView {
    let timer = of_step(editor, step, |step| step.timer);
    changing(move || {
        let clock = timer
            .get()
            .map(|seconds| view! { <span class="fake">{icon(Icon::CLOCK)} {lasts(seconds)}</span> }.into_any());
        clock.into_any()
    })
}

/// A choice as it is seen: which, and its picture.
type Tiled = (RecordId, Option<Shown>);

/// The choices that stand on the step's own screen, as many as the client sees; none where they are a way out.
fn at_once(sheet: &Sheet, step: RecordId) -> Option<Vec<Tiled>> {
    let choices = sheet.choices_at(step).take(MOST_CHOICES);
    let choices: Vec<_> = choices.map(|choice| (choice.id, choice.value.picture.clone())).collect();
    Some(choices).filter(|choices| sheet.step(step).is_some_and(|step| chooses_at_once(&step.value, choices.len())))
}

/// "Klaar", or the choices in its place.
fn done_or_choices(editor: Editor, step: RecordId) -> [AnyView; 2] {
    let choices = Memo::new(move |_| editor.with(|sheet| at_once(sheet, step)).flatten());
    let done = changing(move || {
        let done = || view! { <span class="fake primary">{icon(Icon::CHECK)} {shared::DONE}</span> }.into_any();
        choices.with(Option::is_none).then(done).into_any()
    });
    let tiles = changing(move || {
        let tiles = choices.get().unwrap_or_default().into_iter().map(|(id, picture)| {
            view! {
                <span class="fake choice">
                    {changing_picture(editor.circle, Signal::stored(picture), Well::Small)}
                    <span>{Text::live(move || editor.words(id))}</span>
                </span>
            }
            .into_any()
        });
        view! { <div class="phone-choices">{tiles.collect_view()}</div> }.into_any()
    });
    [done, tiles]
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{Choice, Exit, Exits, Model, set};

    use super::super::reading::sheet_of;
    use super::*;
    use crate::pages::shared::editing::lay;

    const STEP: RecordId = RecordId([1; 16]);

    fn with_choices(many: u8) -> Sheet {
        let mut sheet = sheet_of(&[("Kies hoe je gaat.", "B")]);
        let choice = |n: u8| Choice { order: format!("B{n}"), text: n.to_string(), picture: None, to: None };
        let made: Vec<_> = (1..=many).map(|n| choice(n).make_below(RecordId([100 + n; 16]), STEP)).collect();
        lay(&mut sheet, &made);
        sheet
    }

    #[test]
    fn choices_stand_in_place_of_klaar_as_many_as_the_client_sees() {
        assert_eq!(at_once(&with_choices(0), STEP), None);
        assert_eq!(at_once(&with_choices(2), STEP).map(|all| all.len()), Some(2));
        assert_eq!(at_once(&with_choices(7), STEP).map(|all| all.len()), Some(MOST_CHOICES));
    }

    #[test]
    fn choices_that_are_a_way_out_do_not_stand_on_the_step() {
        let mut sheet = with_choices(2);
        lay(&mut sheet, &[set(STEP, "exits", Exits::of([Exit::Choose]))]);
        assert_eq!(at_once(&sheet, STEP), None);
    }
}
