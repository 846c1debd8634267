//! What cargo hands wasm tests to: wasm-bindgen's own runner. From its library, so that it shares the workspace's lock file and most of
//! what it rests on; installed by itself all of that would be compiled once more.

use std::process::ExitCode;

fn main() -> ExitCode {
    match wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("the wasm tests did not hold: {cause:#}");
            ExitCode::FAILURE
        }
    }
}
