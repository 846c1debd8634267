//! What somebody speaks or films at a step: kept on the device first, then an edit of its own.

use opstap_core::RecordId;
use opstap_core::model::set;
use web_sys::Blob;

use super::editor::Editor;
use crate::components::{Toast, show_toast};
use crate::device::{self, NoPhoto};
use crate::words::{Word, shared, step as words};

/// Keeps a voice as that of a step.
pub(super) async fn keep_voice(editor: Editor, step: RecordId, spoken: Blob) {
    keep(editor, step, "voice", spoken, (words::DONE_VOICE, words::RECORDING_LARGE)).await;
}

/// Keeps a short film as what a step shows.
pub(super) async fn keep_film(editor: Editor, step: RecordId, film: Blob) {
    keep(editor, step, "video", film, (words::DONE_FILM, words::FILM_LARGE)).await;
}

async fn keep(editor: Editor, step: RecordId, cell: &'static str, file: Blob, (done, large): (Word, Word)) {
    let says = match device::keep_recording(editor.circle, file).await {
        Ok(blob) => {
            editor.work.keep(done, vec![set(step, cell, blob)], None).await;
            return;
        }
        Err(NoPhoto::TooLarge) => large,
        Err(NoPhoto::Broken) => words::RECORDING_BROKEN,
        Err(NoPhoto::NoStore) => shared::CLOSE_AND_OPEN,
    };
    show_toast(Toast::new(says));
}
