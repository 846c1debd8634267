//! A plan as cards to cut out: on each the number of a step, its picture and its sentence.

use opstap_core::model::Step;
use opstap_core::{CircleId, RecordId};
use opstap_insight::cards_on_a_sheet;
use opstap_view::prelude::*;

use super::sheets;
use crate::components::{Bones, Choice, LoadingBones, Picture, Segments, Well, changing};
use crate::device::{self, Reader};
use crate::stories;
use crate::words::{Text, paper, plan_editor};

/// How many cards a sheet may have: small ones for a key ring, large ones for whoever sees little.
const SMALL: usize = 6;
const LARGE: usize = 2;

#[derive(Clone, PartialEq)]
struct Told {
    title: String,
    steps: Vec<Step>,
}

async fn read(reader: Reader, plan: RecordId) -> Option<Told> {
    let title = reader.one::<opstap_core::model::Plan>(plan).await?.value.title;
    let steps = stories::steps(&reader, plan).await.into_iter().map(|step| step.value).collect();
    Some(Told { title, steps })
}

/// The cards of a plan, and above them how large they are to be.
#[must_use]
pub fn cards(circle: CircleId, plan: RecordId) -> AnyView {
    let told = device::watch(circle, move |reader| read(reader, plan));
    let wanted = RwSignal::new(SMALL);
    let choices = vec![Choice::new(SMALL, paper::SMALL_CARDS), Choice::new(LARGE, paper::LARGE_CARDS)];
    let body = changing(move || match told.get() {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(None) => view! { <p>{plan_editor::NO_SUCH_PLAN}</p> }.into_any(),
        Some(Some(told)) if told.steps.is_empty() => view! { <p>{paper::NO_STEPS}</p> }.into_any(),
        Some(Some(told)) => on_sheets(circle, told, wanted.get()),
    });
    view! {
        <div class="row before-print">
            <Segments label=paper::CARDS choices chosen=wanted on_choose=move |many| wanted.set(many) />
            <p class="soft">{paper::CUT}</p>
        </div>
        {body}
    }
    .into_any()
}

fn on_sheets(circle: CircleId, Told { title, steps }: Told, wanted: usize) -> AnyView {
    let longest = steps.iter().map(|step| step.text.chars().count()).max().unwrap_or_default();
    let many = cards_on_a_sheet(longest, wanted);
    let mut number = 0;
    let mut contents = Vec::new();
    for some in steps.chunks(many) {
        let cards = some.iter().map(|step| {
            number += 1;
            view! {
                <li>
                    <b>{number}</b>
                    <Picture source=device::picture(circle, step.picture.clone()) well=Well::Fill />
                    <p>{step.text.clone()}</p>
                </li>
            }
        });
        contents.push(view! { <ol class=format!("cards of-{many}")>{cards.collect_view()}</ol> }.into_any());
    }
    sheets(Text::from(title), contents)
}
