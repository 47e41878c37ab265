//! `linli members`: files of members in and out, and the search box on a terminal.

use std::fs::File;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};

use super::export::{ExportArguments, write_out};
use super::failure::CliError;
use super::words::{language, print, print_rows, say};
use super::{open, progress};
use crate::audit::Actor;
use crate::config::Settings;
use crate::db::Db;
use crate::lang::{Language, Message};
use crate::members::export::{Export, OFFICE};
use crate::members::import::{self, Import};
use crate::members::search::{self, Order};
use crate::sheets::CellProblem;
use crate::text::match_expression;
use crate::web::Scope;

#[derive(Debug, Subcommand)]
pub(super) enum Members {
    Import(ImportArguments),
    Export(ExportArguments),
    Find(FindArguments),
}

#[derive(Debug, Args)]
pub(super) struct ImportArguments {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long)]
    dry_run: bool,
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "YES|NO", default_value = "yes")]
    agreed: YesNo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum YesNo {
    Yes,
    No,
}

#[derive(Debug, Args)]
pub(super) struct FindArguments {
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    limit: u32,
}

impl Members {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let db = open(settings).await?;
        let done = match self {
            Self::Import(arguments) => take_in(&db, arguments).await,
            Self::Export(arguments) => write_out(&db, arguments).await,
            Self::Find(arguments) => find(&db, arguments).await,
        };
        db.close().await;
        done
    }
}

/// Fails when a file cannot be read.
pub(super) fn readable(file: &Path) -> Result<(), CliError> {
    let wrong = |error| CliError::reading(file, &error);
    if File::open(file).map_err(wrong)?.metadata().map_err(wrong)?.is_dir() {
        return Err(wrong(std::io::ErrorKind::IsADirectory.into()));
    }
    Ok(())
}

/// A line of the list of what is wrong in a file: the place as a spreadsheet shows it (`C12`, `12`
/// for a whole row, the file's name for the whole file), and what it is.
pub(super) fn listed(problem: &CellProblem, file: &Path, said: String) -> String {
    let place = problem.place();
    if place.is_empty() { format!("{}: {said}", file.display()) } else { format!("{place} {said}") }
}

async fn take_in(db: &Db, arguments: ImportArguments) -> Result<ExitCode, CliError> {
    readable(&arguments.file)?;
    if let Some(taken) = arguments.rejects.as_ref().filter(|file| file.exists()) {
        let message = Message::new("cli-file-taken").with("file", taken.display().to_string());
        return Err(message.into());
    }
    let name = arguments.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let import = Import {
        path: arguments.file,
        file_name: name,
        columns: None,
        agreed: arguments.agreed == YesNo::Yes,
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
        eprintln!("{}", listed(problem, &import.path, say(&problem.message)));
    }
    let more = outcome.problem_count - outcome.problems.len();
    if more > 0 {
        eprintln!("{}", say(&Message::new("cli-problems-more").with("count", more)));
    }
    if outcome.problem_count > 0 && import.rejects.is_none() {
        let count = outcome.problem_count;
        return Err(Message::new("cli-import-stopped").with("count", count).into());
    }
    let key = if import.dry_run { "cli-would-import" } else { "cli-imported" };
    let message = Message::new(key)
        .with("added", outcome.added)
        .with("updated", outcome.updated)
        .with("unchanged", outcome.unchanged)
        .with("rejected", outcome.rejected);
    print(&message)?;
    Ok(ExitCode::SUCCESS)
}

async fn find(db: &Db, arguments: FindArguments) -> Result<ExitCode, CliError> {
    let expression = match_expression(&arguments.query.join(" "), &[], None);
    let mut connection = db.read().await?;
    let limit = i64::from(arguments.limit);
    let lines = search::lines(&mut connection, &expression, Order::Name, None, limit).await?;
    // Files speak Chinese, a terminal its reader's language.
    let terminal = std::io::stdout().is_terminal();
    let language = if terminal { language() } else { Language::Chinese };
    let export = Export { expression, columns: OFFICE.to_vec(), given: None, language };
    print_rows(&export.headers(), &export.table(&lines)?)?;
    if terminal && lines.is_empty() {
        print(&Message::new("cli-nothing-found"))?;
    }
    if terminal && lines.len() == arguments.limit as usize {
        print(&Message::new("cli-found-limit").with("limit", arguments.limit))?;
    }
    Ok(ExitCode::SUCCESS)
}
