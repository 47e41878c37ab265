//! `linli addresses`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::{CliError, language, open};
use crate::addresses::import::take_in;
use crate::audit::Actor;
use crate::config::Settings;

/// Which lanes and numbers of a road belong to which committee.
#[derive(Debug, Subcommand)]
pub enum Addresses {
    /// Take in a file of rules (CSV or XLSX: 路名, 弄, 号, 单双, 居委会代码, 生效日期); run again, it
    /// updates
    #[command(after_help = "Example:\n  linli addresses import rules.csv")]
    Import {
        /// The file
        file: PathBuf,
    },
}

impl Addresses {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let Self::Import { file } = self;
        let db = open(settings).await?;
        let outcome = take_in(&db, Actor::CommandLine, &file).await;
        let outcome = outcome.map_err(|error| CliError::Said(error.to_string()))?;
        if outcome.problem_count == 0 {
            println!(
                "{} added, {} updated, {} unchanged",
                outcome.added, outcome.updated, outcome.unchanged
            );
            return Ok(ExitCode::SUCCESS);
        }
        for problem in &outcome.problems {
            eprintln!("{} {}", problem.place(), problem.message.say(language()));
        }
        Err(CliError::Said(format!(
            "{} was not taken in: mend the {} places above and try again",
            file.display(),
            outcome.problem_count
        )))
    }
}
