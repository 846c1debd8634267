//! A picture that is itself the button that changes it: in the place of the choice a plan has at its head, for whatever stands by itself.

use opstap_core::CircleId;
use opstap_core::model::Picture;
use opstap_core::plan_format::Language;
use opstap_view::prelude::*;

use super::PictureTiles;
use crate::components::{Dialog, Picture as Shown, Source, Well, changing};
use crate::device;
use crate::language;
use crate::words::Word;

/// The button. `of` is the picture now, `words` are those that pictures are proposed for, and `choose` keeps what was chosen.
pub fn picture_button(
    circle: CircleId,
    label: Word,
    of: Memo<Option<Picture>>,
    words: impl Fn() -> String + Copy + Send + Sync + 'static,
    choose: impl Fn(Option<Picture>) + Copy + Send + Sync + 'static,
) -> AnyView {
    let choosing = RwSignal::new(false);
    let drawn = changing(move || {
        let source = of.get().map_or(Source::Nothing, |picture| device::picture(circle, Some(picture)));
        view! { <Shown source well=Well::Small /> }.into_any()
    });
    let tiles = move || {
        let language = match untrack(language::language) {
            language::Language::Dutch => Language::Dutch,
            language::Language::English => Language::English,
        };
        let close = move |()| choosing.set(false);
        view! { <PictureTiles circle words=words() language on_choose=choose on_close=close /> }.into_any()
    };
    view! {
        <button type="button" class="picture-button" aria-label=label on:click=move |_| choosing.set(true)>
            {drawn}
        </button>
        <Dialog open=choosing title=label on_close=move |()| choosing.set(false)>{tiles()}</Dialog>
    }
    .into_any()
}
