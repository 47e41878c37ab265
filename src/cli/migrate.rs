//! `linli migrate`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::CliError;
use crate::config::Settings;
use crate::db::{Db, MigrationState, MigrationStatus, Migrations, backup};

/// Bring the database's schema up to date, after a backup of the file beside it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  linli migrate\n  linli migrate --dry-run\n  linli migrate status"
)]
pub struct Migrate {
    /// Only say what would run
    #[arg(long)]
    dry_run: bool,
    #[command(subcommand)]
    command: Option<MigrateCommand>,
}

#[derive(Debug, Subcommand)]
enum MigrateCommand {
    /// List each migration: when it ran, what is pending, what was changed since
    Status,
}

impl Migrate {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let address = settings.database()?;
        let reading = self.dry_run || self.command.is_some();
        let db =
            if reading { Db::open(&address).await? } else { Db::open_or_create(&address).await? };
        let migrations = Migrations::embedded();
        let statuses = migrations.status(&mut *db.maintenance().await?).await?;
        if let Some(MigrateCommand::Status) = self.command {
            return Ok(show(&statuses));
        }
        if statuses.iter().any(|status| matches!(status.state, MigrationState::Unknown(_))) {
            return Err(CliError::Said(
                "this database is from a newer Linli, and was not touched".to_owned(),
            ));
        }
        let pending: Vec<&MigrationStatus> =
            statuses.iter().filter(|status| status.state == MigrationState::Pending).collect();
        if pending.is_empty() {
            println!("Nothing is pending.");
            return Ok(ExitCode::SUCCESS);
        }
        if self.dry_run {
            for status in pending {
                println!("would run {:04} {}", status.version, status.description);
            }
            return Ok(ExitCode::SUCCESS);
        }
        if pending.len() < statuses.len() {
            let file = backup_name(&db);
            backup(&db, &file).await.map_err(|error| CliError::Said(error.to_string()))?;
            println!("Backup: {}", file.display());
        }
        for version in migrations.run(&db).await? {
            let description =
                statuses.iter().find(|s| s.version == version).map_or("", |s| &s.description);
            println!("ran {version:04} {description}");
        }
        db.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Beside the database: `linli.db.before-20260131T080000Z`.
fn backup_name(db: &Db) -> PathBuf {
    let at = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ");
    let mut name = db.address().path().as_os_str().to_owned();
    name.push(format!(".before-{at}"));
    PathBuf::from(name)
}

/// Lists them; the status is 1 when one was changed or is unknown.
fn show(statuses: &[MigrationStatus]) -> ExitCode {
    let mut fine = true;
    for status in statuses {
        let state = match &status.state {
            MigrationState::Pending => "pending".to_owned(),
            MigrationState::Applied(ran) if ran.changed => {
                fine = false;
                format!("ran {} UTC, CHANGED SINCE", ran.at)
            }
            MigrationState::Applied(ran) => format!("ran {} UTC", ran.at),
            MigrationState::Unknown(ran) => {
                fine = false;
                format!("ran {} UTC in a newer Linli", ran.at)
            }
        };
        println!("{:04}  {:<24} {state}", status.version, status.description);
    }
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
