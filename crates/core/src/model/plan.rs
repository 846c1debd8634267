//! Step plans: a plan and its steps, each step a record of its own.

use crate::id::PersonId;
use crate::id::RecordId;
use crate::model::{Days, Exits, Picture, UpTo, codes, model};
use crate::stamp::Millis;
use crate::value::BlobRef;

model! {
    /// A step plan of a client, or a template in the library.
    Plan {
        /// At most six words.
        title: String,
        /// What the tile shows.
        picture: Option<Picture>,
        /// The theme's code, as in the plan format.
        theme: Option<String>,
        /// The language it is written in: `nl` or `en`.
        language: Option<String>,
        /// Its place among today's plans.
        order: Option<String>,
        /// When it is to be done, in minutes since midnight; always without it.
        minutes: Option<u32>,
        /// On which days it is to be done; every day without it.
        days: Option<Days>,
        /// The days on which it is to be done at another time.
        other_days: Option<Days>,
        /// That time, in minutes since midnight.
        other_minutes: Option<u32>,
        /// It is still being made: whoever it is for does not see it yet.
        unfinished: Option<bool>,
        /// The plan after which it is to be done.
        after: Option<RecordId>,
        /// Who reminds of it; the client's own phone without it.
        reminder: Option<PersonId>,
        /// It goes on during days off.
        always: Option<bool>,
        /// How often in a row it is to go by oneself before less help is proposed, 1 to 20.
        mastery: Option<UpTo<20>>,
        /// When the client said "dit kan ik nu zelf".
        mastered_by_client: Option<Millis>,
        /// When somebody around the client agreed, or said it first. With both the plan rests for good, and either can be taken back.
        mastered_by_supporter: Option<Millis>,
        /// The template it is a copy of.
        origin: Option<RecordId>,
        /// Up to which number of the library this copy has dealt with what its template became.
        origin_number: Option<i64>,
        /// The slug of the plan file it came from.
        file: Option<String>,
    }
}

impl Plan {
    /// What a copy takes along: not what is about one client, such as when it is to be done, who reminds, and how far they have come.
    #[must_use]
    pub fn for_another(&self) -> Self {
        let Self { title, picture, theme, language, file, .. } = self.clone();
        Self { picture, theme, language, file, ..Self::titled(title) }
    }

    /// A plan of which only the title is known yet.
    #[must_use]
    pub fn titled(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            picture: None,
            theme: None,
            language: None,
            order: None,
            minutes: None,
            days: None,
            other_days: None,
            other_minutes: None,
            unfinished: None,
            after: None,
            reminder: None,
            always: None,
            mastery: None,
            mastered_by_client: None,
            mastered_by_supporter: None,
            origin: None,
            origin_number: None,
            file: None,
        }
    }

    /// When it is to be done on a day of the week, from Monday (0), in minutes since midnight.
    #[must_use]
    pub fn minutes_on(&self, day: usize) -> Option<u32> {
        let other = self.other_minutes.filter(|_| self.other_days.is_some_and(|days| days.has(day)));
        other.or(self.minutes)
    }

    /// Each time at which it is to be done, in minutes since midnight, with the sum of its days.
    pub fn times(&self) -> impl Iterator<Item = (u32, u8)> + use<> {
        let all = Days::sum(self.days);
        let other = self.other_minutes.and(self.other_days).map_or(0, |days| all & Days::sum(Some(days)));
        let times = [(self.minutes, all & !other), (self.other_minutes, other)];
        times.into_iter().filter(|(_, days)| *days > 0).filter_map(|(time, days)| Some((time?, days)))
    }

    /// How often in a row it is to go by oneself before less help is proposed, 1 to 20.
    #[must_use]
    pub fn times_in_a_row(&self) -> usize {
        self.mastery.map_or(TIMES_IN_A_ROW, UpTo::count)
    }

    /// Since when the client does it without the plan: the later of both words, or nothing while one is missing.
    #[must_use]
    pub fn mastered(&self) -> Option<Millis> {
        self.mastered_by_client.zip(self.mastered_by_supporter).map(|(client, supporter)| client.max(supporter))
    }
}

/// The cell of a plan with the client's own word that it can rest.
pub const MASTERED_BY_CLIENT: &str = "mastered_by_client";
/// The cell of a plan with the word of somebody around the client that it can rest.
pub const MASTERED_BY_SUPPORTER: &str = "mastered_by_supporter";

/// How often in a row something is to go by oneself before less help is proposed, where nobody settled on another number.
pub const TIMES_IN_A_ROW: usize = 3;

codes! {
    /// How much of a step the client's screen still gives.
    Prompt {
        /// Picture, sentence and voice.
        Full = "full",
        /// The picture alone; the sentence can be heard.
        Picture = "picture",
        /// The step is not shown any more: the client does it by oneself.
        Gone = "gone",
    }
}

model! {
    /// One step: one action, one picture, one sentence.
    Step {
        /// The place in the plan, a fractional index.
        order: String,
        /// At most twelve words.
        text: String,
        /// What to look at.
        picture: Option<Picture>,
        /// An explanation for whoever practises with the client.
        hint: Option<String>,
        /// The sentence as somebody spoke it.
        voice: Option<BlobRef>,
        /// A short film in place of the picture.
        video: Option<BlobRef>,
        /// How long it takes, in seconds, where seeing that helps. Nothing happens when it is over.
        timer: Option<u32>,
        /// The ways out when it does not go; all it can do without it.
        exits: Option<Exits>,
        /// Another way to do it, in at most twelve words.
        other_way: Option<String>,
        /// What to look at for the other way.
        other_picture: Option<Picture>,
        /// How much of it is still shown; all without it.
        prompt: Option<Prompt>,
        /// The step of the template it is a copy of.
        origin: Option<RecordId>,
        /// Up to which number of the library this copy has dealt with what that step became.
        origin_number: Option<i64>,
    }
}

impl Step {
    /// A step of which only the sentence is known yet, at a place in its plan.
    #[must_use]
    pub fn saying(order: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            order: order.into(),
            text: text.into(),
            picture: None,
            hint: None,
            voice: None,
            video: None,
            timer: None,
            exits: None,
            other_way: None,
            other_picture: None,
            prompt: None,
            origin: None,
            origin_number: None,
        }
    }

    /// How much of it is still shown.
    #[must_use]
    pub fn shows(&self) -> Prompt {
        self.prompt.unwrap_or(Prompt::Full)
    }
}

model! {
    /// One of at most five choices at a step, each with a picture.
    Choice {
        /// Its place among the choices.
        order: String,
        /// At most six words.
        text: String,
        /// What to look at.
        picture: Option<Picture>,
        /// The step it leads to; the next one without it.
        to: Option<RecordId>,
    }
}

/// The most choices at a step that are shown.
pub const MOST_CHOICES: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_done_at_another_time_on_some_of_its_days() {
        let daily = Plan { minutes: Some(480), ..Plan::titled("Opstaan") };
        let times = |plan: &Plan| plan.times().map(|(time, days)| (time, Days::from_sum(days))).collect::<Vec<_>>();
        assert_eq!(times(&daily), [(480, None)]);
        let late = Plan { other_days: Days::of([5, 6]), other_minutes: Some(600), ..daily };
        assert_eq!(times(&late), [(480, Days::of(0..5)), (600, Days::of([5, 6]))]);
        assert_eq!([4, 5].map(|day| late.minutes_on(day)), [Some(480), Some(600)]);
        let on_weekdays = Plan { days: Days::of(0..5), ..late.clone() };
        assert_eq!(times(&on_weekdays), [(480, Days::of(0..5))], "it is not done on the other days");
        let half_told = Plan { other_minutes: None, ..late.clone() };
        assert_eq!(times(&half_told), [(480, None)]);
        assert_eq!(times(&Plan { minutes: None, ..late }), [(600, Days::of([5, 6]))]);
        assert_eq!(times(&Plan::titled("Opstaan")), []);
    }

    #[test]
    fn a_copy_takes_what_a_plan_says_and_nothing_of_whom_it_was_for() {
        let said = Plan { theme: Some("food".into()), file: Some("brood".into()), ..Plan::titled("Brood smeren") };
        let of_sem = Plan {
            minutes: Some(480),
            unfinished: Some(true),
            mastered_by_client: Some(Millis(1)),
            origin: Some(RecordId([1; 16])),
            ..said.clone()
        };
        assert_eq!(of_sem.for_another(), said);
    }
}
