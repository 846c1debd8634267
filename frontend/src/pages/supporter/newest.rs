//! What is newest about travelling in a circle: the last report with its best news, and the last practice, of which whoever practised can
//! still write the report.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::SupporterPlace;
use crate::components::{Card, HelpMark, Icon, ListRow, Person, Tone, icon};
use crate::dates::{moment, near_day};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::language::language;
use crate::pages::shared::feedback::{listed, news};
use crate::stories::feedback::{Letter, Worth, latest_practice, newest, of_practice, worth};
use crate::words::{Text, feedback, practice};

/// What there is to tell of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Newest {
    /// The practice with the newest report, and that report.
    report: Option<(Worth, Letter)>,
    /// The last practice that ended, and whether it is this person's to write about.
    latest: Option<(Worth, bool)>,
}

/// What is newest in the circle.
pub async fn newest_of(reader: &Reader) -> Newest {
    let me = device::me().map(|me| me.id);
    let mut report = None;
    if let Some(id) = newest(reader).await
        && let Some(worth) = worth(reader, id).await
    {
        report = of_practice(reader, id).await.letters.pop().map(|letter| (worth, letter));
    }
    let mut latest = None;
    if let Some(id) = latest_practice(reader).await
        && let Some(worth) = worth(reader, id).await
    {
        let unwritten = of_practice(reader, id).await.letters.is_empty();
        let mine = me.is_some() && worth.practice.author == me;
        latest = Some((worth, mine && unwritten));
    }
    Newest { report, latest }
}

/// What is newest on the screen; nothing where there was no practice, or none that this person may see.
pub fn newest_view(circle: CircleId, Newest { report, latest }: &Newest) -> AnyView {
    let reported = report.as_ref().map(|(worth, _)| worth.practice.id);
    let latest = latest.as_ref().filter(|(worth, _)| Some(worth.practice.id) != reported);
    let latest = latest.map(|(worth, mine)| last_practice(circle, worth, *mine));
    let report = report.as_ref().map(|(worth, letter)| newest_report(circle, worth, letter));
    view! { {report} {latest} }.into_any()
}

/// The best news of a practice.
pub fn news_card(worth: &Worth) -> Option<AnyView> {
    news(worth, language())?;
    let worth = worth.clone();
    let says = move || news(&worth, language()).unwrap_or_default();
    let card = view! {
        <Card tone=Tone::Proud>
            <p class="row news">
                <HelpMark level=Some(opstap_core::model::HelpLevel::ByOneself) />
                <span class="fill"><b>{feedback::NEW}</b> " " {says}</span>
            </p>
        </Card>
    };
    Some(card.into_any())
}

fn newest_report(circle: CircleId, worth: &Worth, letter: &Letter) -> AnyView {
    let me = device::me().map(|me| me.id);
    let mine = me.is_some() && letter.feedback.author == me;
    let (by, day) = (letter.by.clone(), near_day(moment(letter.feedback.value.at), moment(device::now())));
    let readers: Vec<String> = letter.reads.iter().map(|(_, name, _)| name.clone()).collect();
    let waits = me.is_some_and(|me| letter.waits_for(me));
    let more = Text::live(move || match (mine, readers.is_empty()) {
        (false, _) if waits => {
            [feedback::NOT_READ_BY_YOU.get(), &practice::report_by(by.clone(), day.get()).get()].join(", ")
        }
        (false, _) => practice::report_by(by.clone(), day.get()).get(),
        (true, true) => feedback::READ_BY_NOBODY.get().to_owned(),
        (true, false) => feedback::read_by(listed(&readers, language())).get(),
    });
    let lead = view! { <Person name=letter.by.clone() /> }.into_any();
    let text = feedback::report_of(worth.number.to_string());
    let tap = Tap::to(SupporterPlace::Report(circle, worth.practice.id));
    view! {
        <section class="stack">
            <h2 class="title">{feedback::NEWEST_REPORT}</h2>
            {news_card(worth)}
            <ul class="list"><li><ListRow text more lead tap>{icon(Icon::FORWARD)}</ListRow></li></ul>
        </section>
    }
    .into_any()
}

fn last_practice(circle: CircleId, worth: &Worth, mine: bool) -> AnyView {
    let id = worth.practice.id;
    let (by, day) = (worth.by.clone(), near_day(moment(worth.practice.value.at), moment(device::now())));
    let more = Text::live(move || practice::report_by(by.clone(), day.get()).get());
    let number = worth.number.to_string();
    let write = mine.then(|| {
        let tap = Tap::to(SupporterPlace::Feedback(circle, id));
        view! { <li><ListRow text=feedback::write_report_of(&number) tap>{icon(Icon::PENCIL)}</ListRow></li> }
    });
    let tap = Tap::to(SupporterPlace::Report(circle, id));
    view! {
        <section class="stack">
            <h2 class="title">{practice::LATEST_PRACTICE}</h2>
            <ul class="list">
                <li><ListRow text=practice::practice_number(&number) more tap>{icon(Icon::FORWARD)}</ListRow></li>
                {write}
            </ul>
        </section>
    }
    .into_any()
}
