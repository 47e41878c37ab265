//! The command line: one file a command. What it says is in the catalogue (`cli.ftl`), help
//! included, in the language of the terminal.

mod accounts;
mod activities;
mod addresses;
mod backup;
mod check;
mod committees;
mod demo;
mod export;
mod failure;
mod health;
mod members;
mod migrate;
mod mistakes;
mod progress;
mod serve;
mod settings;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use failure::CliError;
use words::{LAST, in_words, language, print_line, say};

use crate::config::{self, Flags, Settings};
use crate::db::{Db, MigrationState, Migrations};
use crate::lang::Message;

#[derive(Debug, Parser)]
#[command(name = "linli", version)]
struct Cli {
    #[arg(long, global = true, value_name = "ADDRESS", display_order = LAST)]
    database: Option<String>,
    #[arg(long, global = true, value_name = "FILE", display_order = LAST)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Migrate(migrate::Migrate),
    #[command(subcommand)]
    User(accounts::User),
    #[command(subcommand)]
    Committees(committees::Committees),
    #[command(subcommand)]
    Addresses(addresses::Addresses),
    #[command(subcommand)]
    Members(members::Members),
    #[command(subcommand)]
    Activities(activities::Activities),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Check(check::Check),
    Demo(demo::Demo),
    Config(settings::Config),
    Health(health::Health),
    Help(Help),
}

#[derive(Debug, clap::Args)]
struct Help {
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

/// Carries out the command that was typed. The status is 0 when all went well, 1 when something
/// is wrong, 2 when the command was not understood.
pub async fn run() -> ExitCode {
    let command = in_words(Cli::command(), language());
    let parsed = command.clone().try_get_matches();
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(mistakes::answer(&error, &command, language())),
    };
    match carry_out(cli).await {
        Ok(code) => code,
        Err(CliError::NobodyListens) => ExitCode::SUCCESS,
        Err(CliError::Said(message)) => {
            eprintln!("linli: {}", say(&message));
            ExitCode::FAILURE
        }
    }
}

async fn carry_out(cli: Cli) -> Result<ExitCode, CliError> {
    let mut flags = Flags { database_url: cli.database, listen: None };
    let command = cli.command.unwrap_or(Command::Serve(serve::Serve::default()));
    match &command {
        Command::Serve(serve) => flags.listen = serve.listen,
        Command::Help(help) => return help.show(),
        Command::Config(config) => return config.show(cli.config.as_deref(), &flags),
        _ => {}
    }
    let settings = config::load(cli.config.as_deref(), &flags)?;
    match command {
        Command::Serve(_) => serve::serve(&settings).await,
        Command::Migrate(migrate) => migrate.run(&settings).await,
        Command::User(user) => user.run(&settings).await,
        Command::Committees(committees) => committees.run(&settings).await,
        Command::Addresses(addresses) => addresses.run(&settings).await,
        Command::Members(members) => members.run(&settings).await,
        Command::Activities(activities) => activities.run(&settings).await,
        Command::Backup(backup) => backup.run(&settings).await,
        Command::Restore(restore) => restore.run(&settings).await,
        Command::Check(check) => check.run(&settings).await,
        Command::Demo(demo) => demo.run(&settings).await,
        Command::Health(health) => health.run(&settings).await,
        Command::Config(_) | Command::Help(_) => Ok(ExitCode::SUCCESS),
    }
}

impl Help {
    /// The help of a command, as `--help` behind it shows it.
    fn show(&self) -> Result<ExitCode, CliError> {
        let mut command = in_words(Cli::command(), language());
        command.build();
        let mut found = &mut command;
        for name in &self.command {
            found = found.find_subcommand_mut(name).ok_or_else(|| {
                let message = Message::new("cli-mistake-command").with("typed", name.as_str());
                CliError::said(message.with("command", "linli"))
            })?;
        }
        print_line(found.render_help().to_string().trim_end())?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Opens a database whose schema is what this Linli needs.
async fn open(settings: &Settings) -> Result<Db, CliError> {
    let address = settings.database()?;
    let db = Db::open(&address).await?;
    refuse_other_schema(&db).await?;
    Ok(db)
}

/// What became of each migration; a file that is no database shows here at the latest.
async fn migrations(db: &Db) -> Result<Vec<crate::db::MigrationStatus>, CliError> {
    let read = async { Migrations::embedded().status(&mut *db.maintenance().await?).await };
    read.await.map_err(|error| CliError::opening(db.address().path(), &error))
}

/// Fails unless every migration ran, none of them was changed, and none is from a newer Linli.
async fn refuse_other_schema(db: &Db) -> Result<(), CliError> {
    let statuses = migrations(db).await?;
    let any = |is: fn(&MigrationState) -> bool| statuses.iter().any(|status| is(&status.state));
    if any(|state| matches!(state, MigrationState::Unknown(_))) {
        return Err(Message::new("cli-newer-database").into());
    }
    if any(|state| matches!(state, MigrationState::Applied(ran) if ran.changed)) {
        return Err(Message::new("cli-changed-migration").into());
    }
    if any(|state| *state == MigrationState::Pending) {
        return Err(Message::new("cli-older-database").into());
    }
    Ok(())
}
