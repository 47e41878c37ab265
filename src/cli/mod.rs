//! The command line: one file a command.

mod accounts;
mod addresses;
mod backup;
mod check;
mod committees;
mod demo;
mod members;
mod migrate;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{self, Flags, Settings, SettingsError};
use crate::db::{Db, MigrationState, Migrations, OpenError};
use crate::lang::Language;

/// Linli 邻里: who of a workplace's members lives where, and what each can do for their neighbours.
#[derive(Debug, Parser)]
#[command(
    version,
    about,
    after_help = "Examples:\n  linli                                  serve on 127.0.0.1:3000\n  linli committees import FILE           take in a directory of committees\n  linli user add wangfang --name 王芳     make an account, print its one-time link\n  linli backup linli-backup.db           copy the database while it serves\n\nExit status: 0 when all went well, 1 when something is wrong, 2 when the command was not understood."
)]
pub struct Cli {
    /// The database, as sqlite:PATH [environment: LINLI_DATABASE_URL]
    #[arg(long, global = true, value_name = "ADDRESS")]
    database: Option<String>,
    /// The settings file [default: linli.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages (the default command)
    Serve(serve::Serve),
    /// Bring the database's schema up to date
    Migrate(migrate::Migrate),
    /// Accounts: add, list, disable, enable, reset
    #[command(subcommand)]
    User(accounts::User),
    /// The directory of residents' committees
    #[command(subcommand)]
    Committees(committees::Committees),
    /// Address rules: which numbers of a road belong to which committee
    #[command(subcommand)]
    Addresses(addresses::Addresses),
    /// Files of members in and out, and finding them
    #[command(subcommand)]
    Members(members::Members),
    /// Copy the database into a file, also while it serves
    Backup(backup::Backup),
    /// Put a backup in the place of the database
    Restore(check::Restore),
    /// Prove that the database is whole
    Check(check::Check),
    /// Fill an empty registry with a made-up branch, to look around or to measure
    Demo(demo::Demo),
    /// Show the settings in force and where each came from
    Config,
}

/// Why a command failed, as one sentence.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The settings.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// Opening the database.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration.
    #[error("a migration failed, and the database is as it was before: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A file.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// Anything that is said in full where it happens.
    #[error("{0}")]
    Said(String),
}

/// Runs the command that was typed.
pub async fn run(cli: Cli) -> ExitCode {
    match carry_out(cli).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("linli: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn carry_out(cli: Cli) -> Result<ExitCode, CliError> {
    let mut flags = Flags { database_url: cli.database.clone(), listen: None };
    let command = cli.command.unwrap_or(Command::Serve(serve::Serve::default()));
    if let Command::Serve(serve) = &command {
        flags.listen = serve.listen;
    }
    let settings = config::load(cli.config.as_deref(), &flags)?;
    match command {
        Command::Serve(_) => serve::serve(&settings).await,
        Command::Migrate(migrate) => migrate.run(&settings).await,
        Command::User(user) => user.run(&settings).await,
        Command::Committees(committees) => committees.run(&settings).await,
        Command::Addresses(addresses) => addresses.run(&settings).await,
        Command::Members(members) => members.run(&settings).await,
        Command::Backup(backup) => backup.run(&settings).await,
        Command::Restore(restore) => restore.run(&settings).await,
        Command::Check(check) => check.run(&settings).await,
        Command::Demo(demo) => demo.run(&settings).await,
        Command::Config => {
            for source in config::sources(cli.config.as_deref(), &flags)? {
                println!("{:<22} {:<28} {}", source.name, source.value, source.source);
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Opens a database whose schema is what this Linli needs.
async fn open(settings: &Settings) -> Result<Db, CliError> {
    let db = Db::open(&settings.database()?).await?;
    refuse_other_schema(&db).await?;
    Ok(db)
}

/// Fails unless every migration ran, none of them was changed, and none is from a newer Linli.
async fn refuse_other_schema(db: &Db) -> Result<(), CliError> {
    let statuses = Migrations::embedded().status(&mut *db.maintenance().await?).await?;
    for status in &statuses {
        let said = match &status.state {
            MigrationState::Unknown(_) => {
                "this database is from a newer Linli, and was not \
                touched: use that Linli, or restore a backup from before"
            }
            MigrationState::Pending => {
                "the database is of an older Linli: run `linli migrate`, \
                which makes a backup first"
            }
            MigrationState::Applied(applied) if applied.changed => {
                "a migration was changed since \
                it ran here: see `linli migrate status`"
            }
            MigrationState::Applied(_) => continue,
        };
        return Err(CliError::Said(said.to_owned()));
    }
    Ok(())
}

/// The terminal's language, by `LC_ALL`, `LC_MESSAGES` or `LANG`; English when none is set.
fn language() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .and_then(|value| value.parse().ok())
        .unwrap_or(Language::English)
}
