//! Makes what stands equal to what is wanted, keeping every element that can stay: focus, what is typed and what is
//! scrolled survive a drawing.

use crate::attribute::{Attribute, Named, Place, write};
use crate::standing::{Listener, Standing, StandingAttribute, StandingElement, attribute, build, keep, live};
use crate::wanted::{Act, AnyView, Element, Wanted};

/// What stands after the change.
pub fn change(before: Standing, view: AnyView) -> Standing {
    match (before, view.wanted()) {
        (Standing::Text(mut standing), Some(Wanted::Text(text))) => {
            if standing.text != text {
                standing.node.set_data(&text);
                standing.text = text;
            }
            Standing::Text(standing)
        }
        (Standing::Element(mut standing), Some(Wanted::Element(wanted))) if standing.kind == wanted.kind => {
            change_element(&mut standing, wanted);
            Standing::Element(standing)
        }
        (Standing::Several(mut all), Some(Wanted::Several(views))) => {
            change_several(&mut all, views);
            Standing::Several(all)
        }
        (Standing::Live(standing), Some(Wanted::Live(draw))) => {
            let held = standing.held.take();
            // The old effect stops before the new one draws over what it held.
            drop(standing);
            Standing::Live(live(held, draw))
        }
        (before, wanted) => {
            let now = build(AnyView::of(wanted));
            if let Some(first) = before.first()
                && let Some(parent) = first.parent_node()
            {
                now.mount(&parent, Some(&first));
            }
            before.unmount();
            now
        }
    }
}

/// Pieces side by side that are not the only thing in their parent. There is at least one before and after.
fn change_several(all: &mut Vec<Standing>, views: Vec<AnyView>) {
    let last = all.last().and_then(Standing::last);
    let place = last.and_then(|last| Some((last.parent_node()?, last.next_sibling())));
    let more = change_pairs(all, views);
    for view in more {
        let standing = build(view);
        if let Some((parent, next)) = &place {
            standing.mount(parent, next.as_ref());
        }
        all.push(standing);
    }
}

/// Changes each into the one at the same place, removes what is too many and gives back what is to come after.
fn change_pairs(all: &mut Vec<Standing>, views: Vec<AnyView>) -> Vec<AnyView> {
    for surplus in all.drain(views.len().min(all.len())..) {
        surplus.unmount();
    }
    let mut views = views.into_iter();
    for standing in std::mem::take(all) {
        if let Some(view) = views.next() {
            all.push(change(standing, view));
        }
    }
    views.collect()
}

fn change_element(standing: &mut StandingElement, wanted: Element) {
    let Element { attributes, listeners, children, kept_in, .. } = wanted;
    for view in change_pairs(&mut standing.children, children) {
        let child = build(view);
        child.mount(&standing.node, None);
        standing.children.push(child);
    }
    change_attributes(standing, attributes);
    change_listeners(standing, listeners);
    if standing.kept_in != kept_in {
        keep(&standing.node, kept_in);
        standing.kept_in = kept_in;
    }
}

fn change_attributes(standing: &mut StandingElement, wanted: Vec<Named<Attribute>>) {
    let mut before: Vec<Option<Named<StandingAttribute>>> =
        std::mem::take(&mut standing.attributes).into_iter().map(Some).collect();
    // What is wanted no more goes first: its name may stand elsewhere in what comes.
    for (at, before) in before.iter_mut().enumerate() {
        let same = |wanted: &Named<Attribute>, before: &Named<StandingAttribute>| {
            before.name == wanted.name && before.place == wanted.place
        };
        let stays = wanted.get(at).zip(before.as_ref()).is_some_and(|(wanted, before)| same(wanted, before));
        if !stays && let Some(Named { name, place, value }) = before.take() {
            drop(value);
            write(&standing.node, name, place, &None);
        }
    }
    let mut before = before.into_iter();
    for wanted in wanted {
        let same = before.next().flatten();
        let stays = match (&same, &wanted) {
            // What a person typed may stand in a property, so that is written again.
            (
                Some(Named { value: StandingAttribute::Fixed(before), place: Place::Attribute, .. }),
                Named { value: Attribute::Fixed(now), .. },
            ) => before == now,
            _ => false,
        };
        match same {
            Some(same) if stays => standing.attributes.push(same),
            same => {
                // An effect that still follows its signals would write over the new value.
                drop(same);
                if let Named { name, place, value: Attribute::Fixed(None) } = &wanted {
                    write(&standing.node, name, *place, &None);
                }
                let now = attribute(&standing.node, wanted);
                standing.attributes.push(now);
            }
        }
    }
}

fn change_listeners(standing: &mut StandingElement, wanted: Vec<(&'static str, Act)>) {
    let names = standing.listeners.iter().map(|listener| listener.name);
    if names.eq(wanted.iter().map(|(name, _)| *name)) {
        for (listener, (_, act)) in standing.listeners.iter().zip(wanted) {
            drop(listener.act.replace(act));
        }
        return;
    }
    for listener in &standing.listeners {
        listener.remove(&standing.node);
    }
    standing.listeners = wanted.into_iter().map(|(name, act)| Listener::new(&standing.node, name, act)).collect();
}
