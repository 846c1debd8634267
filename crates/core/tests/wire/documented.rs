//! `docs/protocol.md` says all that the code knows: kinds, cells, reasons.

use opstap_core::Kind;
use opstap_core::model::{
    CellSpec, Consent, Goal, GoalHelp, Member, Message, Model, Part, Plan, Practice, PracticeEnd, PracticeSituation,
    Route, Run, RunEnd, RunFace, RunPhoto, Step, StepEvent,
};
use opstap_core::protocol::Reason;

const PROTOCOL: &str = include_str!("../../../../docs/protocol.md");

fn row(first_cells: &str) -> &'static str {
    let row = PROTOCOL.lines().find(|line| line.starts_with(first_cells));
    row.unwrap_or_else(|| panic!("docs/protocol.md has no row that begins with {first_cells:?}"))
}

fn of<M: Model>() -> (Kind, &'static [CellSpec]) {
    (M::KIND, M::CELLS)
}

#[test]
fn every_kind_stands_in_the_protocol_with_its_code_parent_and_cells() {
    let kinds = [
        of::<Member>(),
        of::<Consent>(),
        of::<Plan>(),
        of::<Step>(),
        of::<Run>(),
        of::<StepEvent>(),
        of::<RunEnd>(),
        of::<RunPhoto>(),
        of::<RunFace>(),
        of::<Route>(),
        of::<Part>(),
        of::<Goal>(),
        of::<Practice>(),
        of::<GoalHelp>(),
        of::<PracticeSituation>(),
        of::<PracticeEnd>(),
        of::<Message>(),
    ];
    assert_eq!(kinds.len(), Kind::all().count());
    for (kind, cells) in kinds {
        let parent = kind.parent().map_or_else(|| "–".to_owned(), |parent| format!("{parent:?}"));
        let row = row(&format!("| {} | {kind:?} | {parent} |", kind.code()));
        for cell in cells {
            let name = if cell.needed { format!("**`{}`**", cell.name) } else { format!(" `{}`", cell.name) };
            assert!(row.contains(&name), "{kind:?}: the row lacks {name}");
        }
        assert_eq!(row.matches('`').count(), cells.len() * 2, "{kind:?}: the row names another cell");
    }
}

#[test]
fn every_reason_stands_in_the_protocol_with_its_code() {
    for reason in Reason::ALL {
        let name = match reason {
            Reason::NotAllowed(why) => format!("NotAllowed, {why:?}"),
            other => format!("{other:?}"),
        };
        row(&format!("| {} | {name} |", reason.code()));
        assert_eq!(Reason::from_code(reason.code()), Some(reason));
    }
}
