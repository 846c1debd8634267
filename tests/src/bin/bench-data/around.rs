//! Those around the client, on devices without a screen: Marloes changes plans, Karin writes, Youssef hands in a practice.

use std::io;

use opstap_core::model::{
    Goal, GoalHelp, HelpLevel, Member, Message, Model, Picture, Practice, PracticeEnd, Route, set,
};
use opstap_core::{CircleId, PersonId, Record, RecordId};
use opstap_tests::browser::Server;
use opstap_tests::device::{Device, now};

/// They, and what they know of the circle.
pub struct Around {
    marloes: Device,
    karin: Device,
    youssef: Device,
    circle: CircleId,
    sem: PersonId,
    route: RecordId,
    goals: Vec<RecordId>,
}

impl Around {
    /// Pairs their devices and has a look round.
    pub fn pair(server: &Server) -> Result<Self, Box<dyn std::error::Error>> {
        let mut marloes = Device::pair(&server.new_link("Marloes")?, 21)?;
        let karin = Device::pair(&server.new_link("Karin")?, 22)?;
        let youssef = Device::pair(&server.new_link("Youssef")?, 23)?;
        let nothing = || io::Error::other("the demonstration has no circle with a member Sem and a route");
        let held = marloes.held()?.pop().ok_or_else(nothing)?;
        let of = |read: fn(&Record) -> bool| {
            held.records.iter().filter(move |record| read(record)).map(|record| record.id).collect::<Vec<_>>()
        };
        let members = held.records.iter().filter_map(Member::from_record);
        let sem = members.into_iter().find(|member| member.name == "Sem").ok_or_else(nothing)?.person;
        let route = of(|record| record.kind == Route::KIND).first().copied().ok_or_else(nothing)?;
        let goals = of(|record| record.kind == Goal::KIND);
        Ok(Self { marloes, karin, youssef, circle: held.circle, sem, route, goals })
    }

    /// Marloes changes the words of one step and the picture of another: two edits.
    pub fn change(&mut self, steps: &[RecordId], nth: usize) -> io::Result<()> {
        let words = format!("Pak het mandje bij deur {nth}.");
        if let [first, .., last] = steps {
            let picture = Picture::Pictogram("shopping-cart".to_owned());
            self.marloes.write(self.circle, now(), vec![set(*first, "text", words.as_str())]);
            self.marloes.write(self.circle, now(), vec![set(*last, "picture", picture)]);
        }
        self.marloes.hand_in()
    }

    /// Karin writes to Sem.
    pub fn write(&mut self) -> io::Result<()> {
        let message = Message::saying(self.sem, "Fijn gedaan vandaag. Tot morgen.", now());
        let id = self.karin.id(now());
        self.karin.write(self.circle, now(), vec![message.make(id)]);
        self.karin.hand_in()
    }

    /// Youssef hands in a practice of the route: one answer per goal, and how it was.
    pub fn practise(&mut self) -> io::Result<()> {
        let (at, practice) = (now(), self.youssef.id(now()));
        let mut changes = vec![Practice { route: self.route, at }.make(practice)];
        for goal in self.goals.clone() {
            let help = GoalHelp { goal, help: HelpLevel::Hint, at, replaces: None };
            changes.push(help.make_below(self.youssef.id(at), practice));
        }
        let word = Some("De tram was laat. Sem vroeg zelf aan de bestuurder hoe lang het duurde.".to_owned());
        let end = PracticeEnd { at, minutes: Some(75), word, face: None, said: None };
        changes.push(end.make_below(self.youssef.id(at), practice));
        self.youssef.write(self.circle, at, changes);
        self.youssef.hand_in()
    }
}
