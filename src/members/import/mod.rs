//! Taking in files of members, whole or not at all.
//!
//! A file is read on a thread of its own and written chunk by chunk in one transaction, so that
//! memory stays bounded however long it is. What matches an employee number updates that record,
//! only in the columns that the file has, and an empty cell erases nothing; rows without a number
//! match a record of the same name and address. So the same file taken in again changes nothing.

mod rejects;
mod rows;
mod said;
mod undo;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;
use tokio::sync::mpsc;

use crate::audit::{self, Action, Actor, Record};
use crate::db::{self, Db};
use crate::lang::Language;
use crate::members::MemberDetails;
use crate::operations::Work;
use crate::sheets::{self, CellProblem, MemberColumn, Sheet, SheetProblem, match_columns};
use crate::web::Scope;

pub use rejects::Rejects;
pub use undo::{Undone, undo};
pub use write::{Batch, Changed, batch, batches, changed};

use rows::Reader;
use said::{New, Said};
use write::Writer;

/// How many rows are written at once.
const CHUNK: usize = 1000;
/// The most problems that are listed; more are only counted.
pub const LISTED: usize = 1000;

/// What is taken in, and how.
#[derive(Debug, Clone)]
pub struct Import {
    /// The file.
    pub path: PathBuf,
    /// Its name, as whoever brought it knows it.
    pub file_name: String,
    /// Which column is which; `None` guesses from the headers.
    pub columns: Option<Vec<Option<MemberColumn>>>,
    /// Whether those who are new agreed to be known, where no column says so.
    pub agreed: bool,
    /// Who brings it.
    pub actor: Actor,
    /// Which members they may change.
    pub scope: Scope,
    /// Where the rows that cannot be taken in go, with the reason in a last column. Without it,
    /// one such row stops everything.
    pub rejects: Option<PathBuf>,
    /// The language of the reasons.
    pub language: Language,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// `import_batches.id`; `None` when nothing was written.
    pub batch: Option<i64>,
    /// Members who are new.
    pub added: usize,
    /// Members whose record changed.
    pub updated: usize,
    /// Members whose record was as the file has it.
    pub unchanged: usize,
    /// Rows that were not taken in.
    pub rejected: usize,
    /// What is wrong, at most [`LISTED`] of it.
    pub problems: Vec<CellProblem>,
    /// How many problems there are in all.
    pub problem_count: usize,
}

impl Outcome {
    fn add_problems(&mut self, problems: Vec<CellProblem>) {
        self.problem_count += problems.len();
        let room = LISTED - self.problems.len();
        self.problems.extend(problems.into_iter().take(room));
    }
}

/// Whether a file among the uploads holds rows that an import left out.
pub fn is_left_out(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "csv")
}

/// The head of a file of members.
pub type Head = sheets::Head<MemberColumn>;

fn is_header(names: &[String]) -> bool {
    let known = match_columns::<MemberColumn>(names).into_iter().flatten().count();
    known >= 2 || (known == 1 && names.len() == 1)
}

fn open(path: &Path) -> Result<Sheet, SheetProblem> {
    sheets::open_any(path, is_header)
}

/// Reads a file's head.
///
/// # Errors
/// When it cannot be read.
pub fn head(path: &Path) -> Result<Head, CellProblem> {
    Ok(Head::of(open(path)?))
}

/// Carries an import out. With problems and no place for rejects, nothing is written.
///
/// # Errors
/// When the database or the disk fails; nothing is written then.
pub async fn run(
    db: &Db,
    import: &Import,
    progress: impl Fn(usize),
) -> Result<Outcome, db::WorkError> {
    let _running = Work::Import.begin();
    db.with_room(take_in(db, import, progress)).await
}

async fn take_in(
    db: &Db,
    import: &Import,
    progress: impl Fn(usize),
) -> Result<Outcome, db::WorkError> {
    let mut outcome = Outcome::default();
    let mut sheet = match open(&import.path) {
        Ok(sheet) => sheet,
        Err(problem) => {
            outcome.add_problems(vec![problem.into()]);
            return Ok(outcome);
        }
    };
    let headers = sheet.header().names.clone();
    let columns = import.columns.clone().unwrap_or_else(|| match_columns(&headers));
    let problems = header_problems(sheet.header().row, &columns);
    if !problems.is_empty() {
        outcome.add_problems(problems);
        return Ok(outcome);
    }
    let columns: Arc<[_]> = columns.into();
    let (sender, mut chunks) = mpsc::channel::<Vec<Result<Said, SheetProblem>>>(1);
    let read_columns = Arc::clone(&columns);
    let reading = tokio::task::spawn_blocking(move || {
        loop {
            let chunk: Vec<_> = std::iter::from_fn(|| sheet.next_row())
                .take(CHUNK)
                .map(|row| row.map(|row| Said::read(row, &read_columns)))
                .collect();
            if chunk.is_empty() || sender.blocking_send(chunk).is_err() {
                return;
            }
        }
    });
    let mut write = db.write().await?;
    let mut reader = Reader::new(&mut write, import, columns).await?;
    let mut writer = Writer::new(&mut write, import).await?;
    let mut rejects = match &import.rejects {
        Some(path) if !import.dry_run => Some(Rejects::create(path, &headers, import.language)?),
        _ => None,
    };
    let mut seen = 0;
    while let Some(chunk) = chunks.recv().await {
        seen += chunk.len();
        let mut rows = Vec::with_capacity(chunk.len());
        for row in chunk {
            match row {
                Ok(row) => rows.push(row),
                Err(problem) => {
                    outcome.rejected += 1;
                    if let Some(rejects) = &mut rejects {
                        rejects.row(&[], &[problem.clone().into()])?;
                    }
                    outcome.add_problems(vec![problem.into()]);
                }
            }
        }
        let (good, bad) = reader.settle(&mut write, rows).await?;
        for (row, problems) in bad {
            outcome.rejected += 1;
            if let Some(rejects) = &mut rejects {
                rejects.row(&row.cells, &problems)?;
            }
            outcome.add_problems(problems);
        }
        // Once nothing will be kept, only the problems are still of interest.
        if outcome.problem_count == 0 || import.rejects.is_some() || import.dry_run {
            writer.write(&mut write, import, good, &mut outcome).await?;
        }
        progress(seen);
    }
    if let Err(error) = reading.await {
        return Err(std::io::Error::other(error).into());
    }
    let stopped = outcome.problem_count > 0 && import.rejects.is_none();
    if import.dry_run || stopped {
        return Ok(outcome);
    }
    if let Some(rejects) = rejects {
        rejects.finish(outcome.rejected)?;
    }
    if outcome.added + outcome.updated == 0 {
        return Ok(outcome);
    }
    // The numbers that it remembers are many; the index needs the room.
    drop(reader);
    outcome.batch = writer.finish(&mut write, &outcome).await?;
    let detail = json!({
        "added": outcome.added,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "rejected": outcome.rejected,
    });
    let record = outcome.batch.map_or(Record::None, Record::Import);
    audit::record(&mut write, import.actor, Action::MembersImported, record, detail).await?;
    write.commit().await?;
    Ok(outcome)
}

/// Fills an empty registry with members as they come, without a batch; `progress` is told how many
/// are there. The caller ends the transaction.
///
/// # Errors
/// When the database fails.
pub async fn fill(
    connection: &mut db::Connection,
    members: impl Iterator<Item = MemberDetails>,
    progress: impl Fn(usize),
) -> db::Result<()> {
    let mut writer = Writer::without_batch(connection).await?;
    let mut members = members.peekable();
    let mut count = 0;
    while members.peek().is_some() {
        let chunk: Vec<New> = members.by_ref().take(CHUNK).map(New::from).collect();
        writer.insert(connection, &chunk).await?;
        count += chunk.len();
        progress(count);
    }
    writer.index(connection).await
}

/// What is wrong with the header. Without the name and address only records that are there already
/// can be changed, by their number.
fn header_problems(row: u32, columns: &[Option<MemberColumn>]) -> Vec<CellProblem> {
    let needed: &[MemberColumn] = if columns.contains(&Some(MemberColumn::Number)) {
        &[]
    } else {
        &[MemberColumn::Name, MemberColumn::Address]
    };
    sheets::header_problems(row, columns, needed)
}
