//! `linli committees`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::{CliError, language, open};
use crate::audit::Actor;
use crate::committees::import::{ImportError, import};
use crate::config::Settings;

/// The directory of residents' committees.
#[derive(Debug, Subcommand)]
pub enum Committees {
    /// Take in a directory (CSV or XLSX: 代码, 名称, 街道, 区县, 城市); run again, it updates
    #[command(after_help = "Example:\n  linli committees import demo/committees-shanghai.csv")]
    Import {
        /// The file
        file: PathBuf,
    },
}

impl Committees {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let Self::Import { file } = self;
        let db = open(settings).await?;
        match import(&db, Actor::CommandLine, &file).await {
            Ok(outcome) => {
                println!(
                    "{} added, {} updated, {} unchanged",
                    outcome.added, outcome.updated, outcome.unchanged
                );
                Ok(ExitCode::SUCCESS)
            }
            Err(ImportError::Database(error)) => Err(error.into()),
            Err(ImportError::Problems(problems)) => {
                for problem in &problems {
                    eprintln!("{} {}", problem.place(), problem.message.say(language()));
                }
                Err(CliError::Said(format!(
                    "{} was not taken in: mend the places above and try again",
                    file.display()
                )))
            }
        }
    }
}
