//! The suite that every storage passes: the contract itself, and what the service does through it. A back end joins with one line,
//! `opstap_sync_server::storage_suite!(open);`, where `open()` gives an empty storage and whatever has to live as long as it, or an
//! option of both: without a database to be had the cases are passed over.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "these are tests, named as sentences, that other crates run"
)]

pub mod access;
pub mod bad_input;
pub mod blobs;
pub mod concurrency;
pub mod contract;
pub mod edits;
pub mod identity;
pub mod interleaved;
pub mod let_in;
pub mod mail;
pub mod offers;
pub mod old_logs;
pub mod opening;
pub mod own_again;
pub mod phone;
pub mod pulls;
pub mod purge;
pub mod push;
pub mod quarantine;
pub mod reading;
pub mod restore;
pub mod rows;
pub mod world;

/// Makes a test of every case of the suite.
#[macro_export]
macro_rules! storage_suite {
    ($open:ident) => {
        $crate::storage_suite! { $open:
            contract [
                a_job_that_fails_leaves_nothing,
                a_job_that_panics_leaves_nothing_and_stops_nobody,
                a_job_sees_its_own_writes_and_others_see_them_after_it,
                a_read_stays_with_one_moment,
                jobs_that_move_one_counter_run_one_after_another,
                a_page_of_changes_ends_between_two_numbers,
                a_load_has_what_was_born_up_to_its_number_in_order_of_need_and_id,
                a_record_written_again_keeps_its_place_in_a_load,
            ],
            rows [
                the_verdict_on_every_edit_comes_back_as_it_was,
                what_waits_and_what_was_displaced_comes_back_as_it_was,
                what_was_delivered_and_let_go_comes_back_as_it_was,
                every_blob_and_what_mentions_it_comes_back_as_it_was,
                what_is_forgotten_of_a_record_is_gone_and_nothing_else_is,
                every_row_of_identity_comes_back_as_it_was,
            ],
            edits [
                a_repeated_edit_gets_the_same_verdict,
                the_same_name_with_other_content_is_told,
                two_devices_on_two_fields_of_one_step_both_count,
                a_conflict_keeps_both_values,
                a_deletion_and_an_edit_that_had_not_seen_it_bring_the_record_back,
                an_edit_and_a_deletion_that_had_not_seen_it_bring_the_record_back,
                a_stamp_of_next_year_is_replaced_in_the_order_of_n,
                the_counter_moves_once_for_a_batch,
                what_was_seen_in_another_epoch_counts_for_nothing,
                a_value_that_was_replaced_is_in_the_history,
            ],
            bad_input [
                a_bad_edit_is_refused_changes_nothing_and_blocks_nothing,
                what_builds_on_a_refused_edit_is_refused_with_it,
                a_refused_edit_keeps_its_verdict_when_the_ground_appears,
                too_many_edits_are_not_taken_in,
                edits_under_another_device_are_not_taken_in,
                a_member_without_an_account_is_refused,
            ],
            access [
                a_clients_album_is_hidden_until_shared_and_gone_when_unshared,
                a_withdrawn_consent_gives_a_new_view_and_a_load_without_that_section,
                what_hangs_below_a_hidden_record_is_hidden_too,
                who_may_not_read_what_stands_above_does_not_write_below_it,
                whose_a_record_is_stays_so_when_others_write_in_it,
                nobody_becomes_the_maker_of_anothers_record_by_a_clock_that_is_behind,
                whoever_sets_all_of_anothers_record_anew_and_deletes_it_has_it_deleted,
                a_member_who_was_removed_hands_in_for_quarantine,
                an_edit_under_a_withdrawn_consent_goes_into_quarantine,
                a_revoked_device_hands_in_its_outbox_and_gets_nothing,
                a_stranger_gets_nothing_and_leaves_nothing,
                the_library_is_open_by_role_within_the_organisation,
                a_template_of_ones_own_is_hidden_with_its_steps_and_its_open_copy_is_not,
                what_others_received_is_logged_for_the_client,
            ],
            pulls [
                a_first_sync_of_twenty_plans_and_sixty_runs_comes_in_one_round_trip,
                nothing_new_is_not_mentioned,
                a_paged_load_goes_on_while_edits_come_in_between,
                changes_come_in_pages_that_lose_nothing,
                a_cursor_of_another_epoch_counts_for_nothing,
                a_load_under_another_view_begins_anew,
                an_answer_names_the_owner_of_every_stamp,
                many_circles_share_one_answer,
                a_library_that_names_a_member_comes_once,
                a_device_is_not_brought_what_it_has_just_made,
                what_another_changed_meanwhile_is_brought_to_whoever_made_it,
                beside_verdicts_come_a_few_records_and_the_rest_when_asked_for,
            ],
            quarantine [
                what_is_let_in_counts_as_its_authors_and_its_phone_hears_so,
                who_reads_what_waits_is_in_what_the_client_can_look_up,
                what_is_turned_away_stays_to_be_read_and_does_not_count,
                what_builds_on_something_that_was_not_let_in_waits,
                nobody_reads_or_lets_in_more_than_they_might_do_themselves,
                what_waits_below_something_that_is_not_for_somebody_is_not_for_them_either,
            ],
            reading [
                what_is_read_is_what_a_pull_would_bring_at_that_moment,
                nothing_is_read_of_what_is_deleted_erased_or_waits,
                a_stranger_and_whoever_was_shut_out_read_nothing_however_they_ask,
                the_library_is_read_by_role,
                what_is_given_is_in_what_the_client_can_look_up,
            ],
            let_in [
                nobody_of_another_organisation_is_let_in_as_a_member,
                a_circle_of_another_organisation_is_not_delivered_to_whom_it_names,
                a_photo_comes_in_only_if_its_author_brought_it_or_whoever_lets_it_in_may_read_it,
                a_copy_from_the_library_that_is_let_in_has_its_pictures,
                a_repeat_of_what_was_let_in_in_part_is_known,
                a_repeat_of_what_was_brought_and_let_in_is_known,
                a_photo_whose_record_the_backup_lacks_waits_and_comes_in,
                nobody_opens_a_photo_by_saying_that_another_had_used_it,
                what_is_larger_than_an_edit_may_be_does_not_wait,
            ],
            push [
                the_key_for_push_and_every_subscription_come_back_as_they_were,
                every_server_over_a_database_has_the_same_key_for_push,
                a_device_that_was_shut_out_or_signed_out_hears_of_no_message,
                a_subscription_that_is_gone_is_forgotten_and_the_next_of_that_device_stays,
                a_run_is_watched_by_whoever_may_see_how_it_goes_and_nobody_else,
                each_person_a_request_has_messages_for_is_told_once_if_they_may_read_one,
                a_message_that_is_let_in_is_told_of_and_one_that_comes_again_after_a_restore_is_not,
            ],
            mail [
                every_row_of_mail_comes_back_as_it_was,
                an_address_counts_once_its_link_was_followed_in_time,
                feedback_is_told_of_to_each_who_may_read_it_when_the_mail_goes,
                what_is_gone_or_was_read_already_is_no_news,
                a_person_gets_one_mail_an_hour_however_much_comes,
                a_mail_that_does_not_go_is_tried_again_after_growing_pauses_and_given_up,
                of_two_servers_over_one_database_one_sends_a_mail,
                a_correction_of_what_was_just_told_is_no_news,
                how_much_asks_is_told_on_the_mornings_of_working_days,
                mail_that_was_taken_back_does_not_come_back_with_a_backup_and_nobody_hears_twice,
            ],
            opening [
                a_circle_that_is_opened_holds_the_client_and_whoever_opened_it_once_however_often_it_is_asked,
                a_coordinator_joins_a_circle_by_whoever_runs_the_server_once_and_nobody_else_does,
                only_professionals_open_circles_and_nobody_takes_anothers_id,
                an_organisation_has_one_programme_however_often_it_is_asked_for,
            ],
            restore [
                a_restored_server_begins_another_epoch_and_loads_everybody_anew,
                a_withdrawal_that_the_backup_lacks_holds_at_once_and_its_edit_is_known,
                a_device_that_was_paired_again_before_the_backup_is_not_shut_out_once_more,
                an_ended_membership_and_a_device_that_was_shut_out_hold_at_once,
            ],
            offers [
                what_others_held_counts_again_marked_until_its_author_sends_it,
                whoever_made_what_was_brought_stays_its_maker_when_the_mark_goes,
                what_the_bringer_might_not_write_waits_until_somebody_lets_it_in,
                nothing_of_another_is_believed_on_a_server_that_was_not_restored,
                what_was_made_after_the_restore_is_not_believed_of_another,
                what_had_lost_a_conflict_is_kept_beside_what_stands_however_often_it_comes,
                a_deletion_that_had_lost_marks_the_record_and_deletes_nothing,
                what_is_older_than_here_changes_nothing,
                an_edit_finds_the_record_that_the_same_request_brings_behind_it,
                a_member_whom_the_backup_does_not_know_hands_in_for_quarantine,
                a_device_hears_up_to_where_the_restored_server_has_what_was,
            ],
            own_again [
                it_counts_whole_when_the_mark_went_with_anothers_edit,
                a_log_that_had_got_another_stamp_counts_under_it,
                what_a_device_holds_of_its_own_under_another_stamp_is_no_second_record,
                nobody_is_named_as_who_brought_it_once_it_is_let_in,
                nobody_is_named_either_when_all_of_it_came_while_it_waited,
                what_is_made_twice_in_one_life_is_a_record_that_exists,
            ],
            purge [
                what_is_purged_is_bare_everywhere_and_refuses_whatever_comes,
                a_photo_that_only_a_purged_record_shows_is_to_be_erased,
                what_waits_about_a_purged_record_goes_with_it,
                what_waits_far_below_a_purged_record_goes_too_and_so_does_what_comes,
                what_was_to_stand_far_below_a_purged_record_is_refused_as_purged,
                a_purge_that_is_let_in_has_its_photos_erased,
                a_purge_that_the_backup_lacks_holds_at_once_also_for_what_it_does_not_have,
                only_the_client_purges,
            ],
            old_logs [
                a_device_gets_logs_of_ninety_days_and_figures_over_the_rest,
                figures_come_again_when_logs_have_become_old,
                a_request_with_a_day_or_month_at_the_end_of_time_is_answered,
                old_logs_come_by_the_month_when_asked_in_pages,
                a_month_with_only_the_book_and_messages_can_be_found_and_brought_back,
                what_was_written_down_a_month_late_comes_with_the_month_that_counts_it,
                an_app_of_version_1_gets_everything,
                what_was_deleted_a_month_ago_is_no_longer_loaded_and_comes_whole_when_it_is_back,
                what_devices_let_go_of_is_noted_once_with_who_and_when,
                an_answer_says_the_lease_of_the_organisation,
            ],
            concurrency [
                writers_at_once_lose_nothing_and_a_follower_sees_each_edit_once,
                one_name_sent_twice_at_once_counts_once,
                one_code_used_twice_at_once_pairs_once,
            ],
            interleaved [
                two_jobs_that_count_up_what_they_read_both_count,
                two_jobs_that_look_for_each_other_do_not_both_come_first,
                two_jobs_that_lock_one_circle_late_both_count,
                a_reader_who_follows_32_writers_of_10_000_edits_misses_none_and_sees_none_twice,
            ],
            identity [
                a_code_pairs_once,
                a_code_expires,
                an_unknown_code_is_unknown,
                a_device_of_somebody_else_does_not_use_up_the_code,
                a_session_is_found_by_its_token_until_it_is_signed_out,
                a_store_made_anew_goes_on_under_its_session,
                that_a_device_was_heard_of_is_written_once_an_hour,
                accounts_need_their_organisation,
                a_server_keeps_its_id,
            ],
            blobs [
                a_blob_is_lacking_until_it_arrives,
                a_blob_is_read_by_whoever_reads_its_record,
                a_step_that_names_another_circles_blob_is_refused,
                a_blob_from_the_library_is_there_at_once,
                a_blob_brought_elsewhere_by_its_author_is_expected,
                a_stranger_brings_no_blobs,
                a_photo_that_lost_a_conflict_can_still_be_read,
            ],
        }
    };
    ($open:ident: $($part:ident [$($case:ident),* $(,)?]),* $(,)?) => {
        $(mod $part {
            use super::$open;
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $case() {
                    let opened: Option<_> = $open().into();
                    let Some((storage, _kept)) = opened else { return };
                    $crate::suite::$part::$case(storage).await;
                }
            )*
        })*
    };
}
