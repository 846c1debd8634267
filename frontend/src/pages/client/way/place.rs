//! The places of the bundle `way`.

use opstap_core::RecordId;

/// A screen of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayPlace {
    /// A route, and what of it is on the screen.
    Route(RecordId, OnRoute),
    /// What waits for the client's own word.
    Asked,
    /// The handover that the client agreed to.
    Agreed,
    /// Who may see what.
    Consent,
    /// The evaluation, to read and to say something of.
    Evaluation,
    /// Who comes, and when.
    Visits,
    /// What reminds of plans.
    Remind,
    /// How Opstap works.
    Guide,
    /// The tour of it.
    Tour,
}

/// A screen of one route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnRoute {
    /// Whether everything is here, and which way.
    Ready,
    /// Its parts as pictures.
    Parts,
    /// On the way.
    Go,
    /// What can go wrong.
    Wrong,
    /// Too far, or the wrong stop.
    WrongStop,
    /// The line does not run.
    NotRunning,
    /// The way is lost.
    Lost,
    /// It is frightening.
    Afraid,
    /// The travel card does not work.
    CardFails,
    /// The question card for a passer-by.
    Ask,
    /// Arrived.
    There,
}

/// The last word of the address of each.
const NAMES: [(OnRoute, &str); 10] = [
    (OnRoute::Parts, "parts"),
    (OnRoute::Go, "go"),
    (OnRoute::Wrong, "wrong"),
    (OnRoute::WrongStop, "wrong-stop"),
    (OnRoute::NotRunning, "not-running"),
    (OnRoute::Lost, "lost"),
    (OnRoute::Afraid, "afraid"),
    (OnRoute::CardFails, "card"),
    (OnRoute::Ask, "ask"),
    (OnRoute::There, "there"),
];

impl WayPlace {
    /// The place at what follows `/way` in an address.
    #[must_use]
    pub fn parse(segments: &[&str]) -> Option<Self> {
        match segments {
            ["asked"] => Some(Self::Asked),
            ["agreed"] => Some(Self::Agreed),
            ["consent"] => Some(Self::Consent),
            ["evaluation"] => Some(Self::Evaluation),
            ["visits"] => Some(Self::Visits),
            ["remind"] => Some(Self::Remind),
            ["guide"] => Some(Self::Guide),
            ["guide", "tour"] => Some(Self::Tour),
            [route] => Some(Self::Route(route.parse().ok()?, OnRoute::Ready)),
            [route, name] => {
                let (screen, _) = NAMES.iter().find(|(_, known)| known == name)?;
                Some(Self::Route(route.parse().ok()?, *screen))
            }
            _ => None,
        }
    }

    /// The address.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Asked => "/way/asked".to_owned(),
            Self::Agreed => "/way/agreed".to_owned(),
            Self::Consent => "/way/consent".to_owned(),
            Self::Evaluation => "/way/evaluation".to_owned(),
            Self::Visits => "/way/visits".to_owned(),
            Self::Remind => "/way/remind".to_owned(),
            Self::Guide => "/way/guide".to_owned(),
            Self::Tour => "/way/guide/tour".to_owned(),
            Self::Route(route, screen) => {
                let name = NAMES.iter().find(|(known, _)| *known == screen).map_or("", |(_, name)| *name);
                let end = if name.is_empty() { "" } else { "/" };
                ["/way/", &route.to_string(), end, name].concat()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::navigation::segments;

    #[test]
    fn every_place_has_an_address_that_leads_back_to_it() {
        let route = RecordId([7; 16]);
        let on_route = NAMES.iter().map(|(screen, _)| *screen).chain([OnRoute::Ready]);
        let others = [
            WayPlace::Asked,
            WayPlace::Agreed,
            WayPlace::Consent,
            WayPlace::Evaluation,
            WayPlace::Visits,
            WayPlace::Remind,
            WayPlace::Guide,
            WayPlace::Tour,
        ];
        for place in on_route.map(|screen| WayPlace::Route(route, screen)).chain(others) {
            let path = place.path();
            assert_eq!(WayPlace::parse(segments(&path).get(1..).unwrap_or_default()), Some(place), "{path}");
        }
        assert_eq!(WayPlace::parse(&["school"]), None);
    }
}
