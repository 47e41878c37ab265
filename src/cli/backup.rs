//! `linli backup`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{CliError, open};
use crate::config::Settings;
use crate::db;

/// Copy the database into a new file, also while it serves.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to make
    file: PathBuf,
}

impl Backup {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let db = open(settings).await?;
        db::backup(&db, &self.file).await.map_err(|error| CliError::Said(error.to_string()))?;
        println!("{}", self.file.display());
        Ok(ExitCode::SUCCESS)
    }
}
