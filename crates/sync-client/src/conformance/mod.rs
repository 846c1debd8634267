//! The suite that every [`LocalStore`](crate::LocalStore) passes: one async function per rule of its contract.
//!
//! A case gets a function that opens the same, at first empty, store anew, as another tab or the next start of the app does.
//! A store joins with a macro that makes a test of each name, given to [`conformance_cases!`](crate::conformance_cases).

mod crashes;
mod edits_and_blobs;
mod letting_go;
mod records;
mod revisions;
mod samples;
mod summaries;

pub use crashes::{
    Everything, a_batch_of_every_op, a_commit_dropped_at_any_wait_is_done_or_not_done, dropped_at, everything_in,
    something_of_everything,
};
pub use edits_and_blobs::{
    a_blob_that_is_wanted_is_not_taken_for_one_that_is_here, a_wish_for_a_blob_that_is_here_changes_nothing,
    own_edits_come_in_the_order_in_which_they_were_made, owners_of_devices_are_remembered,
    purging_a_circle_keeps_what_the_person_made_and_did_not_send, sent_edits_are_forgotten_by_age,
    the_tray_is_read_with_its_circle,
};
pub use letting_go::{
    sent_and_refused_edits_about_a_record_are_forgotten_with_it,
    the_figures_of_a_circle_are_kept_over_what_they_were_until_it_is_purged,
    what_is_too_old_goes_with_all_below_it_and_the_rest_stays, what_was_let_go_of_is_noted_until_the_server_knows,
};
pub use records::{
    a_load_laid_beside_is_swapped_in_by_one_commit, a_thousand_records_go_in_one_commit,
    changes_of_one_batch_take_effect_in_order, dropping_a_record_drops_all_below_it,
    records_are_found_by_kind_by_parent_and_by_id, sections_outside_a_view_are_dropped_and_the_others_stay,
    two_circles_do_not_see_each_others_records,
};
pub use revisions::{
    a_circle_that_is_not_held_has_revision_0_and_begins_there_again, a_commit_on_an_older_state_changes_nothing,
    a_commit_raises_the_revisions_it_names_and_no_others, an_empty_store_belongs_to_nobody,
    of_two_commits_at_once_on_one_state_one_has_to_plan_again, what_was_committed_is_there_after_a_restart,
};

pub use summaries::{
    a_summary_made_of_what_is_no_longer_so_is_not_kept, a_summary_stays_while_nothing_of_its_circle_changes,
    summaries_are_read_together_and_keeping_one_moves_nothing,
    whatever_changes_a_circle_drops_its_summary_in_the_same_commit,
};

/// Gives the names of all cases to a macro that makes tests of them.
#[macro_export]
macro_rules! conformance_cases {
    ($each:ident) => {
        $each! {
            an_empty_store_belongs_to_nobody,
            what_was_committed_is_there_after_a_restart,
            a_commit_on_an_older_state_changes_nothing,
            a_commit_raises_the_revisions_it_names_and_no_others,
            of_two_commits_at_once_on_one_state_one_has_to_plan_again,
            a_circle_that_is_not_held_has_revision_0_and_begins_there_again,
            records_are_found_by_kind_by_parent_and_by_id,
            two_circles_do_not_see_each_others_records,
            a_load_laid_beside_is_swapped_in_by_one_commit,
            dropping_a_record_drops_all_below_it,
            sections_outside_a_view_are_dropped_and_the_others_stay,
            changes_of_one_batch_take_effect_in_order,
            a_thousand_records_go_in_one_commit,
            own_edits_come_in_the_order_in_which_they_were_made,
            the_tray_is_read_with_its_circle,
            sent_edits_are_forgotten_by_age,
            purging_a_circle_keeps_what_the_person_made_and_did_not_send,
            a_blob_that_is_wanted_is_not_taken_for_one_that_is_here,
            a_wish_for_a_blob_that_is_here_changes_nothing,
            owners_of_devices_are_remembered,
            what_is_too_old_goes_with_all_below_it_and_the_rest_stays,
            sent_and_refused_edits_about_a_record_are_forgotten_with_it,
            what_was_let_go_of_is_noted_until_the_server_knows,
            the_figures_of_a_circle_are_kept_over_what_they_were_until_it_is_purged,
            summaries_are_read_together_and_keeping_one_moves_nothing,
            a_summary_made_of_what_is_no_longer_so_is_not_kept,
            whatever_changes_a_circle_drops_its_summary_in_the_same_commit,
            a_summary_stays_while_nothing_of_its_circle_changes,
            a_commit_dropped_at_any_wait_is_done_or_not_done,
        }
    };
}

#[cfg(test)]
mod on_memory {
    use crate::memory::Memory;

    macro_rules! on_memory {
        ($($case:ident),* $(,)?) => {
            $(
                #[test]
                fn $case() {
                    let store = Memory::default();
                    futures::executor::block_on(super::$case(async || store.clone()));
                }
            )*
        };
    }

    crate::conformance_cases!(on_memory);
}
