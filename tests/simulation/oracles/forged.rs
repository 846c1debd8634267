//! Nobody's words are taken for another's: on a server that was never restored not at all, and otherwise only marked with who brought them.

use opstap_core::Value;

use super::truth;
use crate::world::Server;

/// Looks for words that somebody put in another's mouth.
pub fn is_marked(server: &Server, forged: &[String]) -> Result<(), String> {
    let is_forged = |value: &Value| matches!(value, Value::Text(text) if forged.contains(text));
    for circle in server.circles {
        for record in truth::records(server, circle) {
            let holds = record.cells.values().any(|cell| is_forged(&cell.value));
            if holds && record.brought_by().is_none() {
                return Err(format!("forged words count as another's: {record:?}"));
            }
        }
    }
    Ok(())
}
