//! The command line: parse, run one command, turn an error into a sentence.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    linli::cli::run().await
}
