//! `linli committees`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::failure::CliError;
use super::words::{print, say};
use super::{members, open, progress};
use crate::audit::Actor;
use crate::committees::import::{ImportError, import};
use crate::config::Settings;
use crate::lang::Message;

#[derive(Debug, Subcommand)]
pub(super) enum Committees {
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

impl Committees {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let Self::Import { file } = self;
        let db = open(settings).await?;
        members::readable(&file)?;
        let bar = progress::waiting();
        let imported = import(&db, Actor::CommandLine, &file).await;
        bar.finish_and_clear();
        match imported {
            Ok(outcome) => {
                let message = Message::new("cli-committees-imported")
                    .with("added", outcome.added)
                    .with("updated", outcome.updated)
                    .with("unchanged", outcome.unchanged);
                print(&message)?;
                Ok(ExitCode::SUCCESS)
            }
            Err(ImportError::Database(error)) => Err(error.into()),
            Err(ImportError::Problems(problems)) => {
                for problem in &problems {
                    eprintln!("{}", members::listed(problem, &file, say(&problem.message)));
                }
                let file = file.display().to_string();
                Err(Message::new("cli-committees-not-imported").with("file", file).into())
            }
        }
    }
}
