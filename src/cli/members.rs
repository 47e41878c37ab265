//! `linli members`: files of members in and out, and the search box on a terminal.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use comfy_table::{Table, presets};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::{CliError, language, open};
use crate::audit::{self, Action, Actor, Record};
use crate::committees;
use crate::config::Settings;
use crate::db::Db;
use crate::lang::Language;
use crate::members::export::{Export, FOR_COMMITTEE, OFFICE};
use crate::members::import::{self, Import};
use crate::members::search::{self, Order};
use crate::sheets::CSV_BOM;
use crate::text::{Filter, match_expression};
use crate::web::Scope;

/// Members.
#[derive(Debug, Subcommand)]
pub enum Members {
    /// Take in a file of members (CSV or XLSX), all of it or nothing
    Import(ImportArguments),
    /// Write members into a file, or to the standard output
    Export(ExportArguments),
    /// Print what the search box would find
    Find(FindArguments),
}

/// What to take in.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  linli members import members.csv --dry-run\n  linli members import members.xlsx --rejects bad-rows.csv"
)]
pub struct ImportArguments {
    /// The file
    file: PathBuf,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// Take in the good rows, and write the others here with the reason in a last column
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Whether those who are new agreed to be known, where no column says so
    #[arg(long, value_enum, default_value = "yes")]
    agreed: YesNo,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// What to write.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  linli members export members.csv\n  linli members export --committee 310110012003 list.csv\n  linli members export --each lists/ --format xlsx"
)]
pub struct ExportArguments {
    /// Only the list for this committee, by its code
    #[arg(long, value_name = "CODE", conflicts_with = "each")]
    committee: Option<String>,
    /// One file for each committee that has members, and one for those without, into this folder
    #[arg(long, value_name = "DIR")]
    each: Option<PathBuf>,
    /// The kind of file
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// The headers' language
    #[arg(long, value_enum, default_value = "zh")]
    lang: HeaderLanguage,
    /// The file; without it CSV goes to the standard output
    file: Option<PathBuf>,
}

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
}

/// The headers' language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HeaderLanguage {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// What to find.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  linli members find zhuying\n  linli members find 四平路 编程")]
pub struct FindArguments {
    /// As in the search box
    #[arg(required = true)]
    query: Vec<String>,
    /// At most so many
    #[arg(long, default_value_t = 50)]
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

/// A count of rows on a terminal; nothing in a pipe.
fn rows_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {human_pos} rows, {per_sec}, {elapsed}");
    style.map_or_else(
        |_| ProgressBar::hidden(),
        |style| ProgressBar::new_spinner().with_style(style),
    )
}

async fn take_in(db: &Db, arguments: ImportArguments) -> Result<ExitCode, CliError> {
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
    let bar = rows_bar();
    let outcome = import::run(db, &import, |rows| bar.set_position(rows as u64)).await;
    bar.finish_and_clear();
    let outcome = outcome.map_err(|error| CliError::Said(error.to_string()))?;
    for problem in &outcome.problems {
        eprintln!("{} {}", problem.place(), problem.message.say(language()));
    }
    if outcome.problem_count > outcome.problems.len() {
        eprintln!("and {} more", outcome.problem_count - outcome.problems.len());
    }
    if outcome.problem_count > 0 && import.rejects.is_none() {
        return Err(CliError::Said(
            "nothing was written: mend the places above, or take the bad rows out with --rejects FILE"
                .to_owned(),
        ));
    }
    println!(
        "{} added, {} updated, {} unchanged, {} rejected{}",
        outcome.added,
        outcome.updated,
        outcome.unchanged,
        outcome.rejected,
        if import.dry_run { " (dry run: nothing was written)" } else { "" }
    );
    Ok(ExitCode::SUCCESS)
}

async fn write_out(db: &Db, arguments: ExportArguments) -> Result<ExitCode, CliError> {
    let language = match arguments.lang {
        HeaderLanguage::Zh => Language::Chinese,
        HeaderLanguage::En => Language::English,
    };
    if let Some(folder) = &arguments.each {
        return each(db, folder, arguments.format, language).await;
    }
    let mut record = Record::None;
    let export = match &arguments.committee {
        None => Export {
            expression: match_expression("", &[], None),
            columns: OFFICE.to_vec(),
            for_committee: false,
            language,
        },
        Some(code) => {
            let id = committees::store::id_by_code(&mut *db.read().await?, code).await?;
            let id = id.ok_or_else(|| {
                CliError::Said(format!("there is no committee with the code {code}"))
            })?;
            record = Record::Committee(id);
            for_committee(&[Filter::Committee(id), Filter::Agreed], language)
        }
    };
    let rows = match (&arguments.file, arguments.format) {
        (Some(file), format) => into_file(db, &export, file, format).await?,
        (None, Format::Csv) => into_writer(db, &export, std::io::stdout().lock()).await?,
        (None, Format::Xlsx) => {
            return Err(CliError::Said("a workbook needs a file to go into".to_owned()));
        }
    };
    note(db, record, rows).await?;
    Ok(ExitCode::SUCCESS)
}

fn for_committee(filters: &[Filter], language: Language) -> Export {
    Export {
        expression: match_expression("", filters, None),
        columns: FOR_COMMITTEE.to_vec(),
        for_committee: true,
        language,
    }
}

/// One file a committee, and one of those who have none.
async fn each(
    db: &Db,
    folder: &Path,
    format: Format,
    language: Language,
) -> Result<ExitCode, CliError> {
    std::fs::create_dir_all(folder)?;
    let extension = match format {
        Format::Csv => "csv",
        Format::Xlsx => "xlsx",
    };
    let with_members = committees::store::with_members(&mut *db.read().await?).await?;
    let bar = rows_bar();
    let mut files = 0;
    for line in with_members {
        let export = for_committee(&[Filter::Committee(line.id), Filter::Agreed], language);
        let file = folder.join(format!("{}.{extension}", line.file_name()));
        let rows = into_file(db, &export, &file, format).await?;
        note(db, Record::Committee(line.id), rows).await?;
        files += 1;
        bar.set_position(files);
    }
    let export = for_committee(&[Filter::Unattached, Filter::Agreed], language);
    let name = language.text("members-without-committee");
    let rows = into_file(db, &export, &folder.join(format!("{name}.{extension}")), format).await?;
    note(db, Record::None, rows).await?;
    bar.finish_and_clear();
    println!("{} files in {}", files + 1, folder.display());
    Ok(ExitCode::SUCCESS)
}

async fn into_file(
    db: &Db,
    export: &Export,
    file: &Path,
    format: Format,
) -> Result<usize, CliError> {
    match format {
        Format::Csv => {
            let out = std::io::BufWriter::new(std::fs::File::create(file)?);
            into_writer(db, export, out).await
        }
        Format::Xlsx => {
            let title = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let made = export.xlsx(db, &title).await;
            let (path, rows) = made.map_err(|error| CliError::Said(error.to_string()))?;
            std::fs::copy(&path, file)?;
            Ok(rows)
        }
    }
}

async fn into_writer(
    db: &Db,
    export: &Export,
    mut out: impl std::io::Write,
) -> Result<usize, CliError> {
    out.write_all(&export.csv_start())?;
    let mut rows = export.rows(db).await?;
    let bar = rows_bar();
    let mut count = 0;
    while let Some(lines) = rows.next().await? {
        out.write_all(&export.csv(&lines))?;
        count += lines.len();
        bar.set_position(count as u64);
    }
    out.flush()?;
    bar.finish_and_clear();
    Ok(count)
}

async fn note(db: &Db, record: Record, rows: usize) -> Result<(), CliError> {
    let mut write = db.write().await?;
    let detail = json!({ "rows": rows });
    audit::record(&mut write, Actor::CommandLine, Action::MembersExported, record, detail).await?;
    Ok(write.commit().await?)
}

async fn find(db: &Db, arguments: FindArguments) -> Result<ExitCode, CliError> {
    let expression = match_expression(&arguments.query.join(" "), &[], None);
    let mut connection = db.read().await?;
    let limit = i64::from(arguments.limit);
    let lines = search::lines(&mut connection, &expression, Order::Name, None, limit).await?;
    let terminal = std::io::stdout().is_terminal();
    let language = if terminal { language() } else { Language::Chinese };
    let export = Export { expression, columns: OFFICE.to_vec(), for_committee: false, language };
    if !terminal {
        let mut out = std::io::stdout().lock();
        out.write_all(&export.csv_start()[CSV_BOM.len()..])?;
        out.write_all(&export.csv(&lines))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    table.set_header(export.headers());
    for row in export.table(&lines) {
        table.add_row(row);
    }
    println!("{table}");
    Ok(ExitCode::SUCCESS)
}
