//! Logs that are too old to stay: figures in their place, and the logs themselves by the month when somebody asks.

use opstap_core::protocol::{AskedMonth, Figures};
use opstap_core::{CircleId, Month};

use super::{Engine, Outcome};
use crate::plan::CameOfMonth;
use crate::platform::Platform;
use crate::store::{LocalStore, StoreError};
use crate::transport::Transport;

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
    /// What the logs came to that are too old to be here; none while all are.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn figures(&self, circle: CircleId) -> Result<Option<Figures>, StoreError> {
        self.store.figures(circle).await
    }

    /// Notes how far the months have come that were asked for, and that nothing more comes of circles that were left; says whether some
    /// are not whole yet.
    pub(super) fn note_months(&self, came: &[CameOfMonth], left: &[CircleId]) -> bool {
        let mut months = self.months.borrow_mut();
        months.retain(|asked| !left.contains(&asked.circle));
        for CameOfMonth { circle, month, next } in came {
            months.retain_mut(|asked| {
                if (asked.circle, asked.month) == (*circle, *month) {
                    asked.after = *next;
                    return next.is_some();
                }
                true
            });
        }
        !came.is_empty() && !months.is_empty()
    }
}

impl<S: LocalStore, T: Transport, P: Platform> Engine<S, T, P> {
    /// Brings the logs of an old month back, for a week. What a sync that is under way does not bring, the next one does.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn ask_month(&self, circle: CircleId, month: Month) -> Result<Outcome, StoreError> {
        let asked = AskedMonth { circle, month, after: None };
        {
            let mut months = self.months.borrow_mut();
            if !months.iter().any(|waiting| (waiting.circle, waiting.month) == (circle, month)) {
                months.push(asked);
            }
        }
        self.sync_once().await
    }
}
