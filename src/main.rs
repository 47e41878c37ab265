//! The command line: parse, run one command, turn an error into a sentence.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A page is hundreds of small allocations.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    linli::cli::run().await
}
