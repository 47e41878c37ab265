//! `linli activities`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::failure::CliError;
use super::words::{language, print, say};
use super::{members, open, progress};
use crate::activities::import::{self, Import};
use crate::audit::Actor;
use crate::config::Settings;
use crate::db::Db;
use crate::lang::Message;
use crate::web::Scope;

#[derive(Debug, Subcommand)]
pub(super) enum Activities {
    Import(ImportArguments),
}

#[derive(Debug, Args)]
pub(super) struct ImportArguments {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long)]
    dry_run: bool,
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

impl Activities {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let Self::Import(arguments) = self;
        let db = open(settings).await?;
        let done = take_in(&db, arguments).await;
        db.close().await;
        done
    }
}

async fn take_in(db: &Db, arguments: ImportArguments) -> Result<ExitCode, CliError> {
    members::readable(&arguments.file)?;
    if let Some(taken) = arguments.rejects.as_ref().filter(|file| file.exists()) {
        let message = Message::new("cli-file-taken").with("file", taken.display().to_string());
        return Err(message.into());
    }
    let name = arguments.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let import = Import {
        path: arguments.file,
        file_name: name,
        columns: None,
        actor: Actor::CommandLine,
        scope: Scope::All,
        rejects: arguments.rejects,
        language: language(),
        dry_run: arguments.dry_run,
    };
    let bar = progress::rows();
    let outcome = import::run(db, &import, |rows| bar.set_position(rows as u64)).await;
    bar.finish_and_clear();
    let outcome = outcome?;
    for problem in &outcome.problems {
        eprintln!("{}", members::listed(problem, &import.path, say(&problem.message)));
    }
    let more = outcome.problem_count - outcome.problems.len();
    if more > 0 {
        eprintln!("{}", say(&Message::new("cli-problems-more").with("count", more)));
    }
    if outcome.problem_count > 0 && import.rejects.is_none() {
        let count = outcome.problem_count;
        return Err(Message::new("cli-import-stopped").with("count", count).into());
    }
    let key =
        if import.dry_run { "cli-activities-would-import" } else { "cli-activities-imported" };
    let message = Message::new(key)
        .with("activities", outcome.activities)
        .with("participations", outcome.participations)
        .with("unchanged", outcome.unchanged)
        .with("rejected", outcome.rejected);
    print(&message)?;
    Ok(ExitCode::SUCCESS)
}
