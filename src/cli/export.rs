//! `linli members export`.

use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use serde_json::json;

use super::failure::CliError;
use super::progress;
use super::words::print;
use crate::audit::{Actor, Record};
use crate::committees;
use crate::db::Db;
use crate::lang::{Language, Message};
use crate::members::export::{self, Export, FOR_COMMITTEE, OFFICE};

use crate::members::search::{self, CountUpTo};
use crate::provisions::{self, Given, Way};
use crate::text::{Filter, match_expression};

#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    #[arg(long, value_name = "CODE", conflicts_with = "each")]
    committee: Option<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "file")]
    each: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    #[arg(long, value_enum, value_name = "LANGUAGE", default_value = "zh")]
    lang: HeaderLanguage,
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Xlsx,
}

impl Format {
    const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// What a file's name says, where nothing else was said.
    fn of(file: Option<&Path>) -> Self {
        let extension = file.and_then(Path::extension);
        if extension.is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) {
            Self::Xlsx
        } else {
            Self::Csv
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum HeaderLanguage {
    Zh,
    En,
}

pub(super) async fn write_out(db: &Db, arguments: ExportArguments) -> Result<ExitCode, CliError> {
    let language = match arguments.lang {
        HeaderLanguage::Zh => Language::Chinese,
        HeaderLanguage::En => Language::English,
    };
    let format = arguments.format.unwrap_or_else(|| Format::of(arguments.file.as_deref()));
    if let Some(folder) = &arguments.each {
        return each(db, folder, format, language).await;
    }
    let mut record = Record::None;
    let export = match &arguments.committee {
        None => Export {
            expression: match_expression("", &[], None),
            columns: OFFICE.to_vec(),
            given: None,
            language,
        },
        Some(code) => {
            let id = committees::store::id_by_code(&mut *db.read().await?, code).await?;
            let id =
                id.ok_or_else(|| Message::new("cli-no-committee").with("code", code.as_str()))?;
            record = Record::Committee(id);
            for_committee(Filter::Committee(id), vec![id], language)
        }
    };
    let bar = progress::rows();
    let written = match (&arguments.file, format) {
        (Some(file), format) => into_file(db, &export, file, format, &bar).await,
        (None, Format::Csv) => into_output(db, &export, &bar).await,
        (None, Format::Xlsx) => Err(Message::new("cli-workbook-needs-file").into()),
    };
    bar.finish_and_clear();
    note(db, record, written?, export.given).await?;
    Ok(ExitCode::SUCCESS)
}

fn for_committee(filter: Filter, committees: Vec<i64>, language: Language) -> Export {
    Export {
        expression: match_expression("", &[filter, Filter::Agreed], None),
        columns: FOR_COMMITTEE.to_vec(),
        given: Some(Given { way: Way::Terminal, committees, branches: None }),
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
    std::fs::create_dir_all(folder).map_err(|error| CliError::writing(folder, &error))?;
    let extension = format.extension();
    let with_members = committees::store::with_members(&mut *db.read().await?).await?;
    let files = with_members.len() + 1;
    let bar = progress::bar(files as u64);
    let mut left_out = 0;
    let mut given = Given { way: Way::Terminal, committees: Vec::new(), branches: None };
    let lists = with_members
        .into_iter()
        .map(|line| (line.file_name(), Record::Committee(line.id), Filter::Committee(line.id)))
        .chain([(
            language.text("members-without-committee").to_owned(),
            Record::None,
            Filter::Unattached,
        )]);
    for (name, record, filter) in lists {
        left_out += not_agreed(db, &filter).await?;
        let export = for_committee(filter, Vec::new(), language);
        let file = folder.join(format!("{name}.{extension}"));
        let rows = into_file(db, &export, &file, format, &ProgressBar::hidden()).await?;
        note(db, record, rows, None).await?;
        if let Record::Committee(id) = record {
            given.committees.push(id);
        }
        bar.inc(1);
    }
    let mut write = db.write().await?;
    provisions::store::note(&mut write, Actor::CommandLine, &given).await?;
    write.commit().await?;
    bar.finish_and_clear();
    let folder = folder.display().to_string();
    print(&Message::new("cli-exported-each").with("files", files).with("folder", folder))?;
    if left_out > 0 {
        print(&Message::new("cli-left-out").with("count", left_out))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// How many of these have not agreed to be known.
async fn not_agreed(db: &Db, filter: &Filter) -> Result<i64, CliError> {
    let mut connection = db.read().await?;
    let all = match_expression("", std::slice::from_ref(filter), None);
    let agreed = match_expression("", &[filter.clone(), Filter::Agreed], None);
    let all = search::count_matching(&mut connection, &all, CountUpTo::All).await?;
    let agreed = search::count_matching(&mut connection, &agreed, CountUpTo::All).await?;
    Ok(all.number() - agreed.number())
}

/// Writes a file: whole when it bears its name, or not at all.
async fn into_file(
    db: &Db,
    export: &Export,
    file: &Path,
    format: Format,
    bar: &ProgressBar,
) -> Result<usize, CliError> {
    let wrong = |error: std::io::Error| CliError::writing(file, &error);
    // A device or a pipe is written to, not replaced.
    if file.exists() && !file.is_file() {
        if format == Format::Xlsx {
            return Err(Message::new("cli-workbook-needs-file").into());
        }
        let out = std::fs::File::options().write(true).open(file).map_err(wrong)?;
        let mut out = BufWriter::new(out);
        return into_writer(db, export, &mut out, bar).await?.map_err(wrong);
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut building = tempfile::Builder::new();
    building.prefix(".linli-export-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any new file: the mask of the process takes away what others may not.
        building.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let made = building.tempfile_in(folder.unwrap_or(Path::new("."))).map_err(wrong)?;
    let rows = match format {
        Format::Csv => {
            let mut out = BufWriter::new(made.as_file());
            into_writer(db, export, &mut out, bar).await?.map_err(wrong)?
        }
        Format::Xlsx => {
            let title = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let (path, rows) = export.xlsx(db, &title).await?;
            std::fs::copy(&path, made.path()).map_err(wrong)?;
            rows
        }
    };
    made.persist(file).map_err(|error| wrong(error.error))?;
    Ok(rows)
}

/// Writes to the standard output; whoever took enough and went away gets no more.
async fn into_output(db: &Db, export: &Export, bar: &ProgressBar) -> Result<usize, CliError> {
    let mut out = Counted { out: std::io::stdout(), lines: 0 };
    match into_writer(db, export, &mut out, bar).await? {
        Ok(rows) => Ok(rows),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(out.lines.saturating_sub(1)),
        Err(error) => Err(Message::new("cli-no-output").with("detail", error.to_string()).into()),
    }
}

/// Counts the lines that were taken.
struct Counted<W> {
    out: W,
    lines: usize,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = self.out.write(bytes)?;
        self.lines += bytes[..taken].iter().filter(|byte| **byte == b'\n').count();
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// Writes every row as CSV; the inner error is the writer's.
async fn into_writer(
    db: &Db,
    export: &Export,
    out: &mut impl Write,
    bar: &ProgressBar,
) -> Result<std::io::Result<usize>, CliError> {
    let mut rows = export.rows(db).await?;
    let mut count = 0;
    let mut chunk = export.csv_start();
    loop {
        if let Err(error) = out.write_all(&chunk) {
            return Ok(Err(error));
        }
        let Some(lines) = rows.next().await? else { break };
        chunk = export.csv(&lines)?;
        count += lines.len();
        bar.set_position(count as u64);
    }
    Ok(out.flush().map(|()| count))
}

/// Writes it into the audit log, and what it passed on to a committee.
async fn note(db: &Db, record: Record, rows: usize, given: Option<Given>) -> Result<(), CliError> {
    Ok(export::note(db, Actor::CommandLine, record, rows, json!({}), given).await?)
}
