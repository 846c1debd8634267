//! The numbers of a function's locals. The compiler gives them as it goes; when those of a type that are used most come first,
//! functions that do alike have alike numbers for it, and compress better.

use std::cmp::Reverse;

use wasm_encoder::reencode::Reencode;
use wasmparser::{FunctionBody, Operator, ValType};

use super::order::{Broken, Numbers};

/// The locals of a function, numbered anew.
pub struct Locals {
    /// The new numbers by the old ones. Parameters keep theirs.
    pub numbers: Vec<u32>,
    /// How many of which type follow the parameters.
    pub declared: Vec<(u32, wasm_encoder::ValType)>,
}

struct Local {
    old: usize,
    ty: ValType,
    uses: u32,
    /// How many uses of locals come before the first of this one.
    first: u32,
}

/// Numbers the locals of a function that has so many parameters. Those that nothing uses go.
pub fn most_used_first(body: &FunctionBody<'_>, parameters: usize) -> Result<Locals, Broken> {
    let mut locals = used(body, parameters)?;
    let all = parameters + locals.len();
    locals.retain(|local| local.uses > 0);
    locals.sort_by_key(|local| (rank(local.ty), Reverse(local.uses), local.first));
    let mut numbers: Vec<u32> = (0_u32..).take(all).collect();
    let mut declared: Vec<(u32, wasm_encoder::ValType)> = Vec::new();
    for (new, local) in (0_u32..).skip(parameters).zip(&locals) {
        if let Some(number) = numbers.get_mut(local.old) {
            *number = new;
        }
        let ty = Numbers::default().val_type(local.ty)?;
        match declared.last_mut() {
            Some((count, before)) if *before == ty => *count += 1,
            _ => declared.push((1, ty)),
        }
    }
    Ok(Locals { numbers, declared })
}

fn used(body: &FunctionBody<'_>, parameters: usize) -> Result<Vec<Local>, Broken> {
    let mut locals = Vec::new();
    for declared in body.get_locals_reader()? {
        let (count, ty) = declared?;
        for _ in 0..count {
            locals.push(Local { old: parameters + locals.len(), ty, uses: 0, first: 0 });
        }
    }
    let mut before = 0;
    for operator in body.get_operators_reader()? {
        let (Operator::LocalGet { local_index }
        | Operator::LocalSet { local_index }
        | Operator::LocalTee { local_index }) = operator?
        else {
            continue;
        };
        let at = usize::try_from(local_index).ok().and_then(|index| index.checked_sub(parameters));
        if let Some(local) = at.and_then(|at| locals.get_mut(at)) {
            if local.uses == 0 {
                local.first = before;
            }
            local.uses += 1;
        }
        before += 1;
    }
    Ok(locals)
}

/// Most locals are whole numbers of 32 bits, so their numbers should not depend on how many others there are.
const fn rank(ty: ValType) -> u8 {
    match ty {
        ValType::I32 => 0,
        ValType::I64 => 1,
        ValType::F32 => 2,
        ValType::F64 => 3,
        ValType::V128 => 4,
        ValType::Ref(_) => 5,
    }
}
