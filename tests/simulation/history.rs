//! A history: who has a phone, what they do, and what goes wrong, as data. A number gives one, always the same; a failing one is made
//! smaller until nothing more can be left out.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// The most things that happen in a history.
const LONGEST: usize = 60;

/// All that decides how a run goes.
#[derive(Clone, Debug)]
pub struct History {
    /// How many phones there are, 2 to 8.
    pub phones: u8,
    /// Which of them have a second tab, by bit.
    pub second_tabs: u8,
    /// How many records an answer holds, so that pulls and loads come in pages.
    pub page: u8,
    /// Which consents stand at the beginning, by bit.
    pub consents: u16,
    /// Which phones have an app that speaks version 1 of the wire, by bit.
    pub old_apps: u8,
    /// What happens, in order.
    pub actions: Vec<Action>,
}

/// One thing that happens. Numbers choose among what is there at that moment.
#[derive(Clone, Debug)]
pub enum Action {
    /// Somebody does something on a screen. Slowly, it is not kept yet when the next thing happens.
    Does { tab: u8, what: Deed, pick: u16, other: u16, slowly: bool },
    /// A tab begins a sync. The fate meets the request of that rank; before it all goes well.
    Syncs { tab: u8, fate: Fate, rank: u8 },
    /// A tab's sync goes on a little, or until it waits again.
    GoesOn { tab: u8, polls: u8 },
    /// The app is killed and opened again.
    Killed { tab: u8 },
    /// A request that was on its way once arrives again, however long ago.
    Strays { pick: u16 },
    /// The phone loses its store; its person pairs it anew.
    Wiped { phone: u8 },
    /// A backup of the phone is put on another: two phones with one name.
    Cloned { phone: u8 },
    /// The clock of a phone is put wrong.
    Skewed { phone: u8, by: u8 },
    /// Time passes.
    Waits { long: u8 },
    /// Somebody shuts a phone out.
    ShutOut { phone: u8 },
    /// Something in the tray is sent again, or let go.
    Tray { tab: u8, again: bool },
    /// Whoever has a say lets something in that waits, or turns it away.
    Rules { phone: u8, pick: u16, let_in: bool },
    /// Somebody asks for the logs of an old month.
    AsksMonth { tab: u8, back: u8 },
    /// A phone claims that another made something.
    Forges { phone: u8, other: u8 },
    /// The server is copied away.
    BackedUp,
    /// The server comes back from its last copy.
    Restored,
}

/// What somebody does on a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    MakePlan,
    MakeStep,
    Text,
    Hint,
    Title,
    Order,
    DeleteStep,
    RestoreStep,
    DeletePlan,
    RestorePlan,
    Run,
    Event,
    NameAudience,
    Consent,
    Withdraw,
    RemoveMember,
    AddMember,
    ChangeRelation,
    /// Words typed since before the last pull.
    TextAsOfBefore,
    /// A picture of a step, taken with the phone.
    Picture,
    /// A photo of the result of a run, the client's own until shared.
    Photo,
    /// Something is erased for good.
    Purge,
    /// A route with a part and something to learn.
    Route,
    /// A practice of it, with how it went.
    Practise,
    /// A report of it, or that one was read.
    Report,
    /// A travel training, with its handover.
    Training,
    /// Somebody takes the handover on, or agrees with it; with that nobody may see how one travels any more.
    HandOver,
}

/// What happens to a request and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Both arrive.
    Arrives,
    /// The request does not arrive.
    RequestLost,
    /// The request arrives and its answer does not.
    AnswerLost,
    /// The request arrives twice.
    Doubled,
    /// The request waits on the way, until it goes on.
    RequestHeld,
    /// The answer waits on the way, until it goes on.
    AnswerHeld,
    /// The sync stops at each point where something else could come in between.
    Slow,
}

fn deed() -> impl Strategy<Value = Deed> {
    use Deed::*;
    prop_oneof![
        4 => Just(MakePlan),
        6 => Just(MakeStep),
        12 => Just(Text),
        4 => Just(TextAsOfBefore),
        4 => Just(Hint),
        3 => Just(Title),
        3 => Just(Order),
        4 => Just(DeleteStep),
        2 => Just(RestoreStep),
        2 => Just(DeletePlan),
        1 => Just(RestorePlan),
        4 => Just(Run),
        4 => Just(Event),
        4 => Just(NameAudience),
        3 => Just(Consent),
        5 => Just(Withdraw),
        3 => Just(RemoveMember),
        2 => Just(AddMember),
        1 => Just(ChangeRelation),
        3 => Just(Picture),
        3 => Just(Photo),
        3 => Just(Purge),
        2 => Just(Route),
        3 => Just(Practise),
        3 => Just(Report),
        2 => Just(Training),
        2 => Just(HandOver),
    ]
}

fn fate() -> impl Strategy<Value = Fate> {
    use Fate::*;
    prop_oneof![
        10 => Just(Arrives),
        2 => Just(RequestLost),
        3 => Just(AnswerLost),
        2 => Just(Doubled),
        3 => Just(RequestHeld),
        3 => Just(AnswerHeld),
        6 => Just(Slow),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let tab = 0_u8..16;
    let phone = 0_u8..8;
    prop_oneof![
        26 => (tab.clone(), deed(), any::<u16>(), any::<u16>(), prop::bool::weighted(0.2))
            .prop_map(|(tab, what, pick, other, slowly)| Action::Does { tab, what, pick, other, slowly }),
        18 => (tab.clone(), fate(), 0_u8..3).prop_map(|(tab, fate, rank)| Action::Syncs { tab, fate, rank }),
        8 => (tab.clone(), 1_u8..8).prop_map(|(tab, polls)| Action::GoesOn { tab, polls }),
        3 => tab.clone().prop_map(|tab| Action::Killed { tab }),
        2 => any::<u16>().prop_map(|pick| Action::Strays { pick }),
        1 => phone.clone().prop_map(|phone| Action::Wiped { phone }),
        1 => phone.clone().prop_map(|phone| Action::Cloned { phone }),
        2 => (phone.clone(), any::<u8>()).prop_map(|(phone, by)| Action::Skewed { phone, by }),
        3 => (0_u8..8).prop_map(|long| Action::Waits { long }),
        1 => (tab.clone(), any::<u8>()).prop_map(|(tab, back)| Action::AsksMonth { tab, back }),
        1 => (phone.clone(), phone.clone()).prop_map(|(phone, other)| Action::Forges { phone, other }),
        1 => phone.clone().prop_map(|phone| Action::ShutOut { phone }),
        3 => (phone, any::<u16>(), prop::bool::weighted(0.7))
            .prop_map(|(phone, pick, let_in)| Action::Rules { phone, pick, let_in }),
        1 => (tab, any::<bool>()).prop_map(|(tab, again)| Action::Tray { tab, again }),
        2 => Just(Action::BackedUp),
        2 => Just(Action::Restored),
    ]
}

fn history() -> impl Strategy<Value = History> {
    let actions = prop::collection::vec(action(), 8..LONGEST);
    let old_apps = prop_oneof![3 => Just(0), 1 => any::<u8>()];
    (2_u8..=8, any::<u8>(), 1_u8..24, any::<u16>(), old_apps, actions).prop_map(
        |(phones, second_tabs, page, consents, old_apps, actions)| History {
            phones,
            second_tabs,
            page,
            consents,
            old_apps,
            actions,
        },
    )
}

/// A history that can still be made smaller.
pub struct Drawn(Box<dyn ValueTree<Value = History>>);

impl Drawn {
    /// The history of this number.
    pub fn of(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        Self(Box::new(history().new_tree(&mut runner).expect("nothing is left out of what is drawn")))
    }

    /// As it is now.
    pub fn current(&self) -> History {
        self.0.current()
    }

    /// Leaves out what can be left out while it still fails, in at most so many tries.
    pub fn shrink(mut self, tries: usize, fails: impl Fn(&History) -> bool) -> History {
        let mut smallest = self.current();
        for _ in 0..tries {
            let failed = fails(&self.current());
            if failed {
                smallest = self.current();
            }
            if !(if failed { self.0.simplify() } else { self.0.complicate() }) {
                break;
            }
        }
        smallest
    }
}
