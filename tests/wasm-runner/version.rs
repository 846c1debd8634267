//! The runner and the tests it runs have to be of one version of wasm-bindgen: they only understand each other then.

use std::process::Command;

#[test]
fn the_runner_is_of_the_version_that_the_tests_are_compiled_with() {
    let lock =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock")).expect("the lock file");
    let (_, after) = lock.split_once("name = \"wasm-bindgen\"\nversion = \"").expect("wasm-bindgen is in it");
    let (version, _) = after.split_once('"').expect("its version ends");
    let told = Command::new(env!("CARGO_BIN_EXE_wasm-runner")).arg("--version").output().expect("the runner starts");
    let told = String::from_utf8_lossy(&told.stdout);
    assert!(told.split_whitespace().any(|word| word == version), "it is {told}, the tests are of {version}");
}
