//! What was filled in on a form and is not kept yet. It lies beside the store, as what is being typed in a conversation does: who leaves the
//! form, or whose phone falls asleep, finds it again for a day.

use opstap_core::{CircleId, Millis, RecordId};
use opstap_view::prelude::*;

use crate::{beside, device};

/// After that nobody goes on with a form, and what stands in it would be taken for something new.
const FOR: u64 = 24 * 3_600_000;

/// Before anything was filled in: what is read as if it were then is never too old.
const NEVER: Millis = Millis(0);

/// A form, by what it is about.
#[derive(Clone, PartialEq, Eq)]
pub struct Form(String);

impl Form {
    /// The form of this name about a record. A browser may have several people one after another.
    #[must_use]
    pub fn of(what: &str, circle: CircleId, record: RecordId) -> Self {
        let me = device::me().map(|me| me.id.to_string()).unwrap_or_default();
        Self(["opstap-form-", what, "-", &me, "-", &circle.to_string(), "-", &record.to_string()].concat())
    }

    /// What was filled in in a field.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<String> {
        self.fields(device::now()).get(field).map(str::to_owned)
    }

    /// The same however long ago it was, for what the app goes on with by itself.
    #[must_use]
    pub fn get_ever(&self, field: &str) -> Option<String> {
        self.fields(NEVER).get(field).map(str::to_owned)
    }

    /// Notes each change of a field from now on.
    pub fn follow(&self, field: impl Into<String>, value: impl Fn() -> String + 'static) {
        let (form, field) = (self.clone(), field.into());
        Effect::new(move |before: Option<String>| {
            let now = value();
            if before.is_some_and(|before| before != now) {
                form.note(&field, &now);
            }
            now
        });
    }

    /// It is kept: nothing of it waits any more.
    pub fn done(&self) {
        beside::note(&self.0, "");
    }

    fn fields(&self, now: Millis) -> Fields {
        let held = beside::read(&self.0);
        held.and_then(|held| Fields::parse(&held, now)).unwrap_or_default()
    }

    /// Notes what stands in a field.
    pub fn note(&self, field: &str, value: &str) {
        let mut fields = self.fields(device::now());
        fields.set(field, value);
        beside::note(&self.0, &fields.compose(device::now()));
    }
}

/// Forgets what was filled in or being typed about circles that are no longer on this device: whoever may not have the records may not have
/// this either. Call it in the root; it looks after each time the server was heard.
pub fn forget_what_is_of_no_circle() {
    let (circles, heard) = (device::circles(), device::last_contact());
    Effect::new(move |_| {
        let (Some(circles), Some(_), Some(me)) = (circles.get(), heard.get(), device::me()) else { return };
        let ids: Vec<String> = circles.iter().map(|circle| circle.id.to_string()).collect();
        for name in beside::names().iter().filter(|name| is_of_no_circle(name, &me.id.to_string(), &ids)) {
            beside::note(name, "");
        }
    });
}

/// Whether something kept under this name is of this person and of none of these circles.
fn is_of_no_circle(key: &str, me: &str, circles: &[String]) -> bool {
    let kept = ["opstap-form-", "opstap-draft-", "opstap-read-"].iter().any(|kept| key.starts_with(kept));
    kept && key.contains(me) && !circles.iter().any(|circle| key.contains(circle.as_str()))
}

/// What stands in the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Fields(Vec<(String, String)>);

impl Fields {
    fn get(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    fn set(&mut self, field: &str, value: &str) {
        self.0.retain(|(name, _)| name != field);
        self.0.push((field.to_owned(), value.to_owned()));
    }

    /// A line with the moment, and then one for each field.
    fn compose(&self, at: Millis) -> String {
        let mut text = at.0.to_string();
        for (name, value) in &self.0 {
            let value = value.replace('\\', "\\\\").replace('\n', "\\n");
            text.extend(["\n", name.as_str(), "\t", value.as_str()]);
        }
        text
    }

    fn parse(text: &str, now: Millis) -> Option<Self> {
        let mut lines = text.split('\n');
        let at: u64 = lines.next()?.parse().ok()?;
        let fields = lines.filter_map(|line| line.split_once('\t'));
        let fields = fields.map(|(name, value)| (name.to_owned(), unescaped(value))).collect();
        (now.0.saturating_sub(at) < FOR).then_some(Self(fields))
    }
}

fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        match (sign, if sign == '\\' { signs.next() } else { None }) {
            ('\\', Some('n')) => text.push('\n'),
            ('\\', Some(other)) => text.push(other),
            (sign, _) => text.push(sign),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_about_a_circle_goes_with_the_circle_and_nobody_elses_does() {
        let (me, circles) = ("01me", ["01sem".to_owned()]);
        let goes = |key: &str| is_of_no_circle(key, me, &circles);
        assert!(goes("opstap-draft-01me-01tim-01x") && goes("opstap-form-run-01me-01tim-01x"));
        assert!(!goes("opstap-draft-01me-01sem-01x"), "the circle is here");
        assert!(!goes("opstap-draft-01other-01tim-01x") && !goes("opstap-language"));
    }

    #[test]
    fn what_was_filled_in_comes_back_as_it_was_for_a_day() {
        let mut fields = Fields::default();
        fields.set("word", "Instappen\nging \\ goed.\t!");
        fields.set("face", "good");
        fields.set("face", "hard");
        let text = fields.compose(Millis(1_000));
        let read = Fields::parse(&text, Millis(2_000)).unwrap();
        assert_eq!((read.get("word"), read.get("face")), (Some("Instappen\nging \\ goed.\t!"), Some("hard")));
        assert_eq!(Fields::parse(&text, Millis(1_000 + FOR)), None);
        assert_eq!(Fields::parse(&text, NEVER), Some(fields), "what the app goes on with is there however late it is");
    }
}
