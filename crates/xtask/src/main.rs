//! `cargo xtask`: every command a person or CI runs on this repository, with all the set-up each needs.
#![expect(clippy::print_stdout, reason = "a command-line tool speaks on standard output")]

mod app;
mod arguments;
mod bench;
mod database;
mod disk;
mod failure;
mod fuzz;
mod package;
mod process;
mod run;
mod screenshots;
mod setup;
mod simulate;
mod test;
mod torture;
mod workspace;

use std::process::ExitCode;

use arguments::Task;
use failure::Failure;
use workspace::Workspace;

fn main() -> ExitCode {
    match perform() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform() -> Result<(), Failure> {
    let task = arguments::parse(std::env::args_os().skip(1))?;
    if let Task::Help = task {
        print!("{}", arguments::HELP);
        return Ok(());
    }
    let workspace = Workspace::find()?;
    match task {
        Task::Help => Ok(()),
        Task::Setup => setup::everything(&workspace),
        Task::Build(speed) => {
            setup::for_building(&workspace, speed)?;
            let built = app::build(&workspace, speed)?;
            print!("{}", built.table());
            built.within_budget()
        }
        Task::Run { speed, server } => run::run(&workspace, speed, &server),
        Task::Package => package::package(&workspace),
        Task::Test(parts) => test::test(&workspace, &parts),
        Task::Bench(benchmark) => bench::bench(&workspace, benchmark),
        Task::Simulate(histories) => simulate::simulate(&workspace, histories),
        Task::Torture { kills } => torture::torture(&workspace, kills),
        Task::Fuzz(fuzzing) => fuzz::fuzz(&workspace, &fuzzing),
        Task::Screenshots(names) => screenshots::screenshots(&workspace, &names),
    }
}
