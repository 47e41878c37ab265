//! The command line: parse, run one command, turn an error into a sentence.

use std::process::ExitCode;

use clap::Parser as _;
use linli::cli::{Cli, run};

#[tokio::main]
async fn main() -> ExitCode {
    run(Cli::parse()).await
}
