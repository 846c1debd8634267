//! What is done in a travel training: a route, a practice of it, a report to those at home, and the handover with which others step back.

use opstap_core::access::Section;
use opstap_core::model::{
    Channel, Consent, ConsentAct, Feedback, FeedbackRead, Goal, GoalHelp, Handover, HelpLevel, Means, Model, Part,
    Practice, PracticeEnd, Route, Trajectory, set,
};
use opstap_core::{Change, Day, Kind};

use super::Screen;

impl Screen<'_> {
    /// A route of one part in which one thing is learned, in one edit.
    pub(super) fn make_route(&self) -> Vec<Change> {
        let [route, part, goal] = [0; 3].map(|_| self.device.new_id());
        let title = self.word.to_owned();
        vec![
            Route { title, picture: None, order: None }.make(route),
            Part::titled("K", Means::Tram, self.word).make_below(part, route),
            Goal::saying("K", self.word).make_below(goal, part),
        ]
    }

    /// A practice of a route, with how one goal of it went and how it ended.
    pub(super) fn practise(&self) -> Vec<Change> {
        let Some(route) = self.one(Kind::Route) else { return Vec::new() };
        let [id, help, end] = [0; 3].map(|_| self.device.new_id());
        let at = self.now();
        let mut changes = vec![Practice { route: route.id, at }.make(id)];
        if let Some(goal) = self.one(Kind::Goal) {
            let level = HelpLevel::ALL[usize::from(self.other) % HelpLevel::ALL.len()];
            changes.push(GoalHelp { goal: goal.id, help: level, at, replaces: None }.make_below(help, id));
        }
        let ended = PracticeEnd { at, minutes: Some(45), word: Some(self.word.to_owned()), face: None, said: None };
        changes.push(ended.make_below(end, id));
        changes
    }

    /// A report of a practice; where there is one already, half of the time somebody read it.
    pub(super) fn report(&self) -> Vec<Change> {
        let Some(practice) = self.one(Kind::Practice) else { return Vec::new() };
        let (id, at) = (self.device.new_id(), self.now());
        match self.one(Kind::Feedback).filter(|_| self.other.is_multiple_of(2)) {
            Some(feedback) => {
                let practice = feedback.parent.unwrap_or(practice.id);
                vec![FeedbackRead { feedback: feedback.id, at }.make_below(id, practice)]
            }
            None => {
                let report = Feedback { text: self.word.to_owned(), at, replaces: None };
                vec![report.make_below(id, practice.id)]
            }
        }
    }

    /// A training and the handover it leads to.
    pub(super) fn begin_training(&self) -> Vec<Change> {
        let [id, handover] = [0; 2].map(|_| self.device.new_id());
        let today = Day::of(self.now());
        let trajectory = Trajectory {
            coach: Some(self.people.karin),
            route: self.one(Kind::Route).map(|route| route.id),
            ..Trajectory::of(today, Channel::School)
        };
        let blank = Handover { on: Some(today), outing: None, accepted: None, agreed: None };
        vec![trajectory.make(id), blank.make_below(handover, id)]
    }

    /// The coach takes a handover on; or the client agrees, and in the same edit ends what was given to see how they travel.
    pub(super) fn hand_over(&self) -> Vec<Change> {
        let Some(handover) = self.one(Kind::Handover) else { return Vec::new() };
        let at = self.now();
        if self.other.is_multiple_of(3) {
            return vec![set(handover.id, "accepted", at)];
        }
        let given = self.all(Kind::Consent, false);
        let given = given.iter().filter_map(|record| Some((record.id, Consent::from_record(record)?)));
        let travels = given.filter(|(_, one)| one.act == ConsentAct::Given && one.section == Section::Travel);
        let ended = travels.map(|(id, one)| {
            let ended = Consent { act: ConsentAct::Withdrawn, from: at, until: None, ends: Some(id), ..one };
            ended.make(self.device.new_id())
        });
        ended.chain([set(handover.id, "agreed", at)]).collect()
    }
}
