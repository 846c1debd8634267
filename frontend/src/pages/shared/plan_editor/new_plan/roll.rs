//! Photos become steps in the order in which they were taken, also when one is still being made smaller while the next is there already.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::model::{Model, Picture, Plan, Step};
use opstap_core::{BlobRef, Change, CircleId, RecordId, order};
use opstap_view::prelude::*;
use web_sys::File;

use super::super::editor::{Editor, no_photo};
use crate::components::{Toast, show_toast};
use crate::device::{self, Reader};
use crate::language::language_now;
use crate::pages::shared::not_kept;
use crate::stories;
use crate::words::{new_plan, plan_editor};

/// The photos that are still to become steps. It outlives its screen: whoever leaves loses none.
pub(super) struct Roll {
    circle: CircleId,
    plan: RecordId,
    /// Where undo remembers the steps.
    editor: Option<Editor>,
    waiting: RefCell<VecDeque<File>>,
    /// Whether one is being kept now.
    pub busy: RwSignal<bool>,
    at_work: Cell<bool>,
}

impl Roll {
    /// For a plan that may not be there yet.
    pub fn of(circle: CircleId, plan: RecordId, editor: Option<Editor>) -> Rc<Self> {
        let (waiting, at_work) = (RefCell::default(), Cell::new(false));
        Rc::new(Self { circle, plan, editor, waiting, busy: RwSignal::new(false), at_work })
    }

    /// One more photo. `first` hears it when a plan came of it.
    pub fn take(self: &Rc<Self>, file: File, first: impl Fn(RecordId) + 'static) {
        self.waiting.borrow_mut().push_back(file);
        if self.at_work.replace(true) {
            return;
        }
        let roll = Rc::clone(self);
        let _ = self.busy.try_set(true);
        spawn_local(async move {
            loop {
                let next = roll.waiting.borrow_mut().pop_front();
                let Some(next) = next else { break };
                if roll.keep(next).await {
                    first(roll.plan);
                }
            }
            roll.at_work.set(false);
            let _ = roll.busy.try_set(false);
        });
    }

    /// Keeps a photo as a step; whether the plan was made with it.
    async fn keep(&self, file: File) -> bool {
        let photo = match device::keep_photo(self.circle, file).await {
            Ok(photo) => photo,
            Err(why) => {
                show_toast(Toast::new(no_photo(why)));
                return false;
            }
        };
        let (begins, changes) = self.changes(photo).await;
        if let Some(editor) = self.editor.filter(|_| !begins) {
            return editor.work.keep(plan_editor::DONE_ADDED, changes, None).await && begins;
        }
        match device::edit(self.circle, changes).await {
            Ok(()) => begins,
            Err(why) => {
                show_toast(Toast::new(not_kept(why)));
                false
            }
        }
    }

    async fn changes(&self, photo: BlobRef) -> (bool, Vec<Change>) {
        let reader = Reader::new(self.circle);
        let there = reader.one::<Plan>(self.plan).await.is_some();
        let steps = stories::every_step(&reader, self.plan).await;
        let last = steps.iter().map(|step| step.value.order.as_str()).max();
        let mut changes = Vec::new();
        if !there {
            changes.push(begun(last_place(&reader).await.as_deref(), Some(photo)).make(self.plan));
        }
        changes.push(step_of(photo, last).make_below(device::new_id(), self.plan));
        (!there, changes)
    }
}

/// The place of the client's last plan.
pub(super) async fn last_place(reader: &Reader) -> Option<String> {
    reader.all::<Plan>().await.into_iter().filter_map(|plan| plan.value.order).max()
}

/// A plan behind the last, of which only the first photo is known, or nothing: its title is a proposal. The client does not see it before
/// somebody says that it is done.
pub(super) fn begun(last: Option<&str>, photo: Option<BlobRef>) -> Plan {
    Plan {
        picture: photo.map(Picture::Photo),
        language: Some(language_now().tag().to_owned()),
        order: Some(order::between(last, None)),
        unfinished: Some(true),
        ..Plan::titled(new_plan::NEW_PLAN.now())
    }
}

/// A step of a photo, behind the last. Its words come later.
fn step_of(photo: BlobRef, last: Option<&str>) -> Step {
    Step { picture: Some(Picture::Photo(photo)), ..Step::saying(order::between(last, None), "") }
}

#[cfg(test)]
mod tests {
    use opstap_core::model::check_make;
    use opstap_core::{BlobHash, Media};

    use super::*;

    const PHOTO: BlobRef = BlobRef { hash: BlobHash([7; 32]), size: 9, media: Media::Photo };

    #[test]
    fn a_plan_is_there_from_its_first_photo_and_stands_last() {
        let plan = begun(Some("m"), Some(PHOTO));
        assert_eq!((plan.title.as_str(), plan.picture.clone()), ("Nieuw plan", Some(Picture::Photo(PHOTO))));
        assert!(plan.order.as_deref() > Some("m"));
        assert_eq!(check_make(Plan::KIND, &plan.cells()), Ok(()));
    }

    #[test]
    fn the_client_does_not_see_a_plan_that_was_only_begun_with_a_photo_or_with_words() {
        for photo in [None, Some(PHOTO)] {
            assert_eq!(begun(None, photo).unfinished, Some(true));
        }
    }

    #[test]
    fn each_photo_is_a_step_behind_the_last_and_may_wait_for_its_words() {
        let first = step_of(PHOTO, None);
        let second = step_of(PHOTO, Some(&first.order));
        assert!(second.order > first.order);
        assert_eq!(check_make(Step::KIND, &second.cells()), Ok(()));
    }
}
