//! `linli addresses`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::failure::CliError;
use super::words::{print, say};
use super::{members, open, progress};
use crate::addresses::import::take_in;
use crate::audit::Actor;
use crate::config::Settings;
use crate::lang::Message;

#[derive(Debug, Subcommand)]
pub(super) enum Addresses {
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

impl Addresses {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let Self::Import { file } = self;
        let db = open(settings).await?;
        members::readable(&file)?;
        let bar = progress::waiting();
        let outcome = take_in(&db, Actor::CommandLine, &file).await;
        bar.finish_and_clear();
        let outcome = outcome?;
        if outcome.problem_count == 0 {
            let message = Message::new("cli-committees-imported")
                .with("added", outcome.added)
                .with("updated", outcome.updated)
                .with("unchanged", outcome.unchanged);
            print(&message)?;
            return Ok(ExitCode::SUCCESS);
        }
        for problem in &outcome.problems {
            eprintln!("{}", members::listed(problem, &file, say(&problem.message)));
        }
        let file = file.display().to_string();
        Err(Message::new("cli-committees-not-imported").with("file", file).into())
    }
}
