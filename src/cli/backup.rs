//! `linli backup` and `linli restore`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::failure::CliError;
use super::words::{print, print_line};
use super::{open, progress};
use crate::config::Settings;
use crate::db;
use crate::lang::Message;

#[derive(Debug, Args)]
pub(super) struct Backup {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Backup {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let db = open(settings).await?;
        let bar = progress::waiting();
        let made = db::backup(&db, &self.file).await;
        bar.finish_and_clear();
        made?;
        print_line(&self.file.display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Restore {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let address = settings.database()?;
        let bar = progress::waiting();
        let restored = db::restore(&address, &self.file).await;
        bar.finish_and_clear();
        match restored? {
            Some(kept) => {
                let kept = kept.display().to_string();
                print(&Message::new("cli-restored-kept").with("file", kept))?;
            }
            None => print(&Message::new("cli-restored"))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
