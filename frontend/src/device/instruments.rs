//! The instruments of the organisation's own, beside those that every device has.

use std::rc::Rc;
use std::sync::Arc;

use opstap_browser::AskedFile;
use opstap_core::instrument::Instrument;
use opstap_view::prelude::*;

use super::asked_file::FileHere;
use super::runtime;

/// The own ones, once it was looked for them.
type Own = Option<Arc<[Instrument]>>;

thread_local! {
    static OWN: Rc<FileHere<Own>> = FileHere::new(AskedFile::Instruments, |text| Some(read(text)), None);
}

/// Looks for them, on this device and at the server as soon as it can be reached. Call it where goals or an evaluation are shown.
pub fn keep_instruments() {
    let (start, link) = (runtime::start(), runtime::link());
    Effect::new(move |_| {
        start.track();
        link.track();
        OWN.with(FileHere::look);
    });
}

/// Those that hold, in order of id; `None` while it is being looked for them. Whatever reads them hears of it when others come.
#[must_use]
pub fn own_instruments() -> Own {
    OWN.with(|own| own.here().get())
}

#[cfg(not(test))]
use crate::open_file::instruments as read;

/// The browser that has the reader is not there.
#[cfg(test)]
fn read(_: &str) -> Arc<[Instrument]> {
    Arc::new([])
}
