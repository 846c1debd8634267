//! Where a phone is in a circle never goes back, as long as the server lives on and the same may be seen.

use std::collections::BTreeMap;

use futures::executor::block_on;
use opstap_core::CircleId;
use opstap_core::access::View;
use opstap_sync_client::LocalStore;

use crate::phone::Phone;

/// How far each phone was, by its place and circle.
#[derive(Default)]
pub struct Cursors(BTreeMap<(usize, CircleId), (u64, View, u64)>);

impl Cursors {
    /// Looks at every phone once more.
    pub fn check(&mut self, phones: &[Phone]) -> Result<(), String> {
        for (place, phone) in phones.iter().enumerate() {
            let device = block_on(phone.store.device()).unwrap().unwrap().value;
            let epoch = device.epoch.unwrap_or_default().0;
            let held = block_on(phone.store.circles()).unwrap();
            self.0.retain(|(at, circle), _| *at != place || held.iter().any(|held| held.value.circle == *circle));
            for held in held.into_iter().map(|held| held.value) {
                let now = (epoch, held.view, held.number);
                let before = self.0.insert((place, held.circle), now);
                if before.is_some_and(|(e, view, number)| (e, view) == (epoch, held.view) && number > held.number) {
                    return Err(format!("the cursor of {:?} went back: {before:?} to {now:?}", held.circle));
                }
            }
        }
        Ok(())
    }

    /// A phone that lost its store begins anew.
    pub fn forget(&mut self, place: usize) {
        self.0.retain(|(at, _), _| *at != place);
    }
}
