//! The order of a program's functions. Brotli says in few bytes what stood shortly before, and most functions are much like
//! another: the same code for another type. So functions of one signature that begin alike stand side by side, and those that are
//! equal are one.

use std::collections::BTreeMap;
use std::convert::Infallible;

use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{CodeSection, Function, FunctionSection, Instruction, Module};
use wasmparser::{
    BinaryReaderError, CodeSectionReader, FunctionBody, FunctionSectionReader, Operator, Parser, Payload, TypeRef,
};

use super::locals::{Locals, most_used_first};
use crate::failure::Failure;

/// Why a program cannot be written anew.
pub type Broken = reencode::Error<Infallible>;

/// The program with its functions in the order that compresses best. It does the same.
pub fn put_in_order(wasm: &[u8]) -> Result<Vec<u8>, Failure> {
    arrange(wasm)
        .map_err(|cause| Failure::new(format!("the functions of the program cannot be put in order: {cause}.")))
}

fn arrange(wasm: &[u8]) -> Result<Vec<u8>, Broken> {
    let Bodies { imported, functions } = Bodies::read(wasm)?;
    let mut numbers = Numbers { functions: (0..).take(imported + functions.len()).collect(), locals: Vec::new() };
    let sorted = loop {
        let (sorted, merged) = sort(&functions, imported, &mut numbers)?;
        // Functions that differed only in which of two equal ones they call are equal now themselves.
        if merged == numbers.functions {
            break sorted;
        }
        numbers.functions = merged;
    };
    let places: BTreeMap<u32, u32> = sorted.values().copied().zip((0_u32..).skip(imported)).collect();
    for number in &mut numbers.functions {
        *number = places.get(number).copied().unwrap_or(*number);
    }
    let mut program = Ordered { numbers, functions: Vec::new() };
    for old in sorted.values() {
        let function = usize::try_from(*old).ok().and_then(|old| functions.get(old.checked_sub(imported)?));
        if let Some(function) = function {
            program.functions.push((function.signature, function.write(&mut program.numbers)?));
        }
    }
    let mut module = Module::new();
    program.parse_core_module(&mut module, Parser::new(0), wasm)?;
    Ok(module.finish())
}

/// The functions by what they are, each under the number of the first that is so; and for every number, the one of its function
/// in that list.
type Sorted = (BTreeMap<(u32, Vec<u8>), u32>, Vec<u32>);

fn sort(functions: &[Body<'_>], imported: usize, numbers: &mut Numbers) -> Result<Sorted, Broken> {
    let mut sorted = BTreeMap::new();
    let mut merged: Vec<u32> = (0_u32..).take(imported).collect();
    for (number, function) in (0_u32..).skip(imported).zip(functions) {
        let written = function.write(numbers)?.into_raw_body();
        merged.push(*sorted.entry((function.signature, written)).or_insert(number));
    }
    Ok((sorted, merged))
}

/// What a program imports and has of functions.
struct Bodies<'wasm> {
    imported: usize,
    functions: Vec<Body<'wasm>>,
}

struct Body<'wasm> {
    /// The number of its type.
    signature: u32,
    code: FunctionBody<'wasm>,
    locals: Locals,
}

impl<'wasm> Bodies<'wasm> {
    fn read(wasm: &'wasm [u8]) -> Result<Self, Broken> {
        let (mut parameters, mut imported, mut signatures, mut codes) = (Vec::new(), 0, Vec::new(), Vec::new());
        for part in Parser::new(0).parse_all(wasm) {
            match part? {
                Payload::TypeSection(types) => {
                    for ty in types.into_iter_err_on_gc_types() {
                        parameters.push(ty?.params().len());
                    }
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(section) => {
                    signatures = section.into_iter().collect::<Result<_, BinaryReaderError>>()?;
                }
                Payload::CodeSectionEntry(code) => codes.push(code),
                _ => {}
            }
        }
        let mut functions = Vec::new();
        for (signature, code) in signatures.into_iter().zip(codes) {
            let parameters = usize::try_from(signature).ok().and_then(|ty| parameters.get(ty)).copied();
            let locals = most_used_first(&code, parameters.unwrap_or_default())?;
            functions.push(Body { signature, code, locals });
        }
        Ok(Self { imported, functions })
    }
}

impl Body<'_> {
    fn write(&self, numbers: &mut Numbers) -> Result<Function, Broken> {
        numbers.locals.clone_from(&self.locals.numbers);
        let mut written = Function::new(self.locals.declared.iter().copied());
        let mut operators = self.code.get_operators_reader()?;
        while !operators.eof() {
            written.instruction(&numbers.instruction(operators.read()?)?);
        }
        Ok(written)
    }
}

/// New numbers by old ones, of functions and of the locals of the function at hand.
#[derive(Default)]
pub struct Numbers {
    functions: Vec<u32>,
    locals: Vec<u32>,
}

fn new_number(numbers: &[u32], old: u32) -> u32 {
    usize::try_from(old).ok().and_then(|at| numbers.get(at)).copied().unwrap_or(old)
}

impl Reencode for Numbers {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Broken> {
        Ok(new_number(&self.functions, function))
    }

    fn instruction<'a>(&mut self, operator: Operator<'a>) -> Result<Instruction<'a>, Broken> {
        Ok(match operator {
            Operator::LocalGet { local_index } => Instruction::LocalGet(new_number(&self.locals, local_index)),
            Operator::LocalSet { local_index } => Instruction::LocalSet(new_number(&self.locals, local_index)),
            Operator::LocalTee { local_index } => Instruction::LocalTee(new_number(&self.locals, local_index)),
            other => reencode::utils::instruction(self, other)?,
        })
    }
}

/// The program as it is written, with these functions, signature and body, in the place of those it was read with.
struct Ordered {
    numbers: Numbers,
    functions: Vec<(u32, Function)>,
}

impl Reencode for Ordered {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Broken> {
        self.numbers.function_index(function)
    }

    fn parse_function_section(
        &mut self,
        written: &mut FunctionSection,
        _read: FunctionSectionReader<'_>,
    ) -> Result<(), Broken> {
        for (signature, _) in &self.functions {
            written.function(*signature);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, written: &mut CodeSection, _read: CodeSectionReader<'_>) -> Result<(), Broken> {
        for (_, function) in &self.functions {
            written.function(function);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, FunctionId, Module, ModuleConfig, ValType};

    use super::*;

    /// Adds a function that gives what another gives, or a number.
    fn giving(module: &mut Module, callee: Option<FunctionId>, number: i32) -> FunctionId {
        let mut function = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
        match callee {
            Some(callee) => function.func_body().call(callee),
            None => function.func_body().i32_const(number),
        };
        function.finish(vec![], &mut module.funcs)
    }

    fn bodies(wasm: &[u8]) -> Vec<Vec<u8>> {
        let codes = Bodies::read(wasm).unwrap().functions.into_iter().map(|function| function.code);
        codes.map(|code| code.as_bytes().to_vec()).collect()
    }

    #[test]
    fn functions_that_do_the_same_are_one_also_when_they_call_what_was_two() {
        let mut module = Module::with_config(ModuleConfig::new());
        let import = module.types.add(&[], &[]);
        module.add_import_func("g", "a", import);
        for (name, number) in [("a", 7), ("b", 7), ("c", 8)] {
            let inner = giving(&mut module, None, number);
            let outer = giving(&mut module, Some(inner), 0);
            module.exports.add(name, outer);
        }
        let ordered = put_in_order(&module.emit_wasm()).unwrap();
        wasmparser::validate(&ordered).unwrap();
        assert_eq!(bodies(&ordered).len(), 4);
        let ordered = Module::from_buffer(&ordered).unwrap();
        let given = |name: &str| {
            let callee = |function| {
                let called = ordered.funcs.get(function).kind.unwrap_local();
                format!("{:?}", called.block(called.entry_block()).instrs)
            };
            callee(ordered.exports.get_func(name).unwrap())
        };
        assert_eq!(given("a"), given("b"));
        assert_ne!(given("a"), given("c"));
    }

    #[test]
    fn functions_that_begin_alike_stand_side_by_side() {
        let mut module = Module::with_config(ModuleConfig::new());
        for (name, number) in [("a", 70), ("b", 1000), ("c", 71), ("d", 1001)] {
            let function = giving(&mut module, None, number);
            module.exports.add(name, function);
        }
        let ordered = bodies(&put_in_order(&module.emit_wasm()).unwrap());
        let mut sorted = ordered.clone();
        sorted.sort();
        assert_eq!((ordered.len(), ordered), (4, sorted));
    }

    #[test]
    fn the_most_used_local_of_a_type_has_the_first_number() {
        let mut module = Module::with_config(ModuleConfig::new());
        let parameter = module.locals.add(ValType::I32);
        let [seldom, often, wide] = [ValType::I32, ValType::I32, ValType::I64].map(|ty| module.locals.add(ty));
        let mut function = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[]);
        function.func_body().local_get(parameter).local_set(seldom).local_get(seldom).local_tee(often).local_set(often);
        function.func_body().local_get(often).drop().i64_const(1).local_set(wide);
        let function = function.finish(vec![parameter], &mut module.funcs);
        module.exports.add("a", function);
        let ordered = put_in_order(&module.emit_wasm()).unwrap();
        wasmparser::validate(&ordered).unwrap();
        let read = Bodies::read(&ordered).unwrap();
        let function = read.functions.first().unwrap();
        let operators = function.code.get_operators_reader().unwrap().into_iter().map(Result::unwrap);
        let used = operators.filter_map(|operator| match operator {
            Operator::LocalGet { local_index } | Operator::LocalSet { local_index } => Some(local_index),
            Operator::LocalTee { local_index } => Some(local_index),
            _ => None,
        });
        assert_eq!(used.collect::<Vec<_>>(), [0, 2, 2, 1, 1, 1, 3]);
    }
}
