//! A travel training near its end, as records: the stops of the bus, the way back, who practises and who becomes the OV-coach.

use std::io;

use opstap_core::model::{
    Channel, FollowUp, Handover, Means, Member, Model, Part, Picture, Route, Stop, Trajectory, set,
};
use opstap_core::{Day, Kind, PersonId, RecordId, order};

use crate::device::now;
use crate::holder::Holder;

/// The stops that bus 32 passes on the way to school.
pub const STOPS: [&str; 2] = ["Schiekade", "Weena"];

/// What it is about.
#[derive(Clone, Copy, Debug)]
pub struct GoingAlone {
    /// The trajectory.
    pub trajectory: RecordId,
    /// The route.
    pub route: RecordId,
    /// The part of it by bus.
    pub bus: RecordId,
    /// The first of its stops.
    pub stop: RecordId,
}

/// Who somebody in the circle is.
fn person(holder: &Holder, name: &str) -> io::Result<PersonId> {
    let members = holder.held.records.iter().filter(|record| record.kind == Kind::Member && !record.is_deleted());
    let mut members = members.filter_map(Member::from_record);
    members.find(|member| member.name == name).map(|member| member.person).ok_or_else(|| missing(name))
}

fn missing(what: &str) -> io::Error {
    io::Error::other(format!("no {what}"))
}

/// Marloes writes it down: Youssef practised, Karin is to be the coach.
///
/// # Errors
/// When it is refused, or the circle is not the one of the demonstration.
pub fn set_up(marloes: &mut Holder) -> io::Result<GoingAlone> {
    let at = now();
    let route = marloes.route()?;
    let bus = marloes.one(Kind::Part, "line", "32")?;
    let [trajectory, way_back, walk, stop, next] = [0; 5].map(|_| marloes.device.id(at));
    let places = order::first(STOPS.len());
    let stops = [stop, next].into_iter().zip(STOPS).zip(places);
    let stops = stops.map(|((id, name), order)| Stop { order, name: name.to_owned() }.make_below(id, bus));
    let home = Route { title: "Naar huis".to_owned(), picture: pictogram("house"), order: Some("z".to_owned()) };
    let to_the_bus = Part {
        from: Some("School".to_owned()),
        to: Some("Thuis".to_owned()),
        picture: pictogram("person-walking"),
        ..Part::titled("V", Means::Walk, "Loop naar de metro")
    };
    let told = Trajectory {
        registered: Day::of(at).back(60),
        channel: Channel::School,
        municipality: Some("Rotterdam".to_owned()),
        area: None,
        indication: None,
        mode: None,
        row: None,
        available: None,
        volunteer: Some(person(marloes, "Youssef")?),
        coach: Some(person(marloes, "Karin")?),
        met: None,
        present: None,
        goals: None,
        approach: None,
        click_participant: None,
        click_volunteer: None,
        route: Some(route),
        way_back: Some(way_back),
        details: None,
        asks: None,
        parent_asks: None,
        attention: None,
    };
    let mut changes: Vec<_> = stops.collect();
    changes.push(home.make(way_back));
    changes.push(to_the_bus.make_below(walk, way_back));
    changes.push(told.make(trajectory));
    marloes.write(at, changes)?;
    Ok(GoingAlone { trajectory, route, bus, stop })
}

fn pictogram(name: &str) -> Option<Picture> {
    Some(Picture::Pictogram(name.to_owned()))
}

impl GoingAlone {
    /// Marloes makes the handover, and Karin takes it on.
    ///
    /// # Errors
    /// When it is refused.
    pub fn hand_over(&self, marloes: &mut Holder, karin: &mut Holder) -> io::Result<RecordId> {
        let id = marloes.device.id(now());
        let blank = Handover { on: Some(Day::of(now())), outing: None, accepted: None, agreed: None };
        marloes.write(now(), vec![blank.make_below(id, self.trajectory)])?;
        karin.write(now(), vec![set(id, "accepted", now())])?;
        Ok(id)
    }

    /// A follow-up enquiry is due today.
    ///
    /// # Errors
    /// When it is refused.
    pub fn follow_up(&self, marloes: &mut Holder) -> io::Result<RecordId> {
        let id = marloes.device.id(now());
        let due = FollowUp { months: 1, due: Day::of(now()) };
        marloes.write(now(), vec![due.make_below(id, self.trajectory)])?;
        Ok(id)
    }
}
