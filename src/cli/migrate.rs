//! `linli migrate`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::failure::CliError;
use super::migrations;
use super::words::{print, print_line, say};
use crate::config::Settings;
use crate::db::{Db, MigrationState, MigrationStatus, Migrations, backup};
use crate::lang::Message;
use crate::renewal::renew_index;

#[derive(Debug, Args)]
pub(super) struct Migrate {
    #[arg(long)]
    dry_run: bool,
    #[command(subcommand)]
    command: Option<MigrateCommand>,
}

#[derive(Debug, Subcommand)]
enum MigrateCommand {
    Status,
}

impl Migrate {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let address = settings.database()?;
        let reading = self.dry_run || self.command.is_some();
        let db =
            if reading { Db::open(&address).await? } else { Db::open_or_create(&address).await? };
        let statuses = migrations(&db).await?;
        if let Some(MigrateCommand::Status) = self.command {
            return show(&statuses);
        }
        if statuses.iter().any(|status| matches!(status.state, MigrationState::Unknown(_))) {
            return Err(Message::new("cli-newer-database").into());
        }
        let pending: Vec<&MigrationStatus> =
            statuses.iter().filter(|status| status.state == MigrationState::Pending).collect();
        if pending.is_empty() {
            // One that was stopped in the middle of it.
            if !reading {
                renew_index(&db, || false).await?;
            }
            print(&Message::new("cli-nothing-pending"))?;
            return Ok(ExitCode::SUCCESS);
        }
        if self.dry_run {
            for status in pending {
                print(&about("cli-would-run", status))?;
            }
            return Ok(ExitCode::SUCCESS);
        }
        if pending.len() < statuses.len() {
            let file = backup_name(&db);
            backup(&db, &file).await?;
            print(&Message::new("cli-backed-up").with("file", file.display().to_string()))?;
        }
        let ran = Migrations::embedded().run(&db).await?;
        renew_index(&db, || false).await?;
        db.close().await;
        for status in statuses.iter().filter(|status| ran.contains(&status.version)) {
            print(&about("cli-ran", status))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn about(key: &'static str, status: &MigrationStatus) -> Message {
    Message::new(key)
        .with("number", format!("{:04}", status.version))
        .with("description", status.description.as_str())
}

/// Beside the database: `linli.db.before-20260131T080000Z`.
fn backup_name(db: &Db) -> PathBuf {
    let at = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ");
    let mut name = db.address().path().as_os_str().to_owned();
    name.push(format!(".before-{at}"));
    PathBuf::from(name)
}

/// Lists them; the status is 1 when one was changed or is unknown.
fn show(statuses: &[MigrationStatus]) -> Result<ExitCode, CliError> {
    let mut fine = true;
    for status in statuses {
        let state = match &status.state {
            MigrationState::Pending => Message::new("cli-migration-pending"),
            MigrationState::Applied(ran) => {
                fine &= !ran.changed;
                let key = if ran.changed { "cli-migration-changed" } else { "cli-migration-ran" };
                Message::new(key).with("at", ran.at.as_str())
            }
            MigrationState::Unknown(ran) => {
                fine = false;
                Message::new("cli-migration-newer").with("at", ran.at.as_str())
            }
        };
        print_line(&format!("{:04}  {:<26} {}", status.version, status.description, say(&state)))?;
    }
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
