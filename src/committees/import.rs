//! Taking in a directory of committees: run again it updates names and adds, and never doubles.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde_json::json;

use super::store::{self, Body};
use super::{CommitteeCode, CommitteeDetails};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Db, now};
use crate::lang::Message;
use crate::sheets::{CellProblem, Cells, CommitteeColumn, Sheet, header_problems, match_columns};
use crate::text::normalize;

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Committees that are new.
    pub added: usize,
    /// Committees whose name or place changed.
    pub updated: usize,
    /// Committees that were as the file has them.
    pub unchanged: usize,
}

/// Why nothing was taken in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file has problems.
    #[error("the file has {} problems", .0.len())]
    Problems(Vec<CellProblem>),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// A row of the directory.
struct Entry {
    code: CommitteeCode,
    name: String,
    street: String,
    district: String,
    city: String,
    address: String,
    contact_person: String,
    phone: String,
}

/// Takes a file in, all of it or nothing.
///
/// # Errors
/// With every problem of the file, or when the database fails.
pub async fn import(db: &Db, actor: Actor, path: &Path) -> Result<Outcome, ImportError> {
    let path = path.to_owned();
    let entries = tokio::task::spawn_blocking(move || read(&path)).await;
    let entries = entries.unwrap_or_else(|error| {
        tracing::error!(%error, "reading a directory broke off");
        Err(vec![whole_file("sheet-unreadable")])
    });
    let entries = entries.map_err(ImportError::Problems)?;
    let mut write = db.write().await?;
    let mut outcome = Outcome::default();
    let mut places = HashMap::new();
    for entry in &entries {
        if places.insert(entry.code.district().to_owned(), entry.district.clone()).as_ref()
            != Some(&entry.district)
        {
            store::put_district(&mut write, entry.code.district(), &entry.district, &entry.city)
                .await?;
        }
        if places.insert(entry.code.street().to_owned(), entry.street.clone()).as_ref()
            != Some(&entry.street)
        {
            let (street, district) = (entry.code.street(), entry.code.district());
            store::put_street(&mut write, street, district, &entry.street).await?;
        }
        put(&mut write, entry, &mut outcome).await?;
    }
    let detail = json!({ "added": outcome.added, "updated": outcome.updated });
    audit::record(&mut write, actor, Action::CommitteesImported, Record::None, detail).await?;
    write.commit().await?;
    Ok(outcome)
}

async fn put(
    write: &mut crate::db::Write,
    entry: &Entry,
    outcome: &mut Outcome,
) -> Result<(), ImportError> {
    let Some(id) = store::id_of_code(write, entry.code.as_str()).await? else {
        let details = CommitteeDetails {
            name: entry.name.clone(),
            address: entry.address.clone(),
            contact_person: entry.contact_person.clone(),
            phone: entry.phone.clone(),
            ..CommitteeDetails::default()
        };
        let id = store::insert(write, Some(&entry.code), entry.code.street(), &details).await?;
        store::put_name(write, id, Body::Committee, "", &entry.name, "").await?;
        store::index(write, id).await?;
        outcome.added += 1;
        return Ok(());
    };
    let Some(known) = store::committee(write, id).await? else { return Ok(()) };
    let keep = |new: &String, old: &String| if new.is_empty() { old.clone() } else { new.clone() };
    let details = CommitteeDetails {
        name: entry.name.clone(),
        address: keep(&entry.address, &known.details.address),
        contact_person: keep(&entry.contact_person, &known.details.contact_person),
        phone: keep(&entry.phone, &known.details.phone),
        ..known.details.clone()
    };
    if details == known.details {
        outcome.unchanged += 1;
        return Ok(());
    }
    store::update(write, id, known.version, &details).await?;
    if details.name != known.details.name {
        let today = &now()[..10];
        store::put_name(write, id, Body::Committee, today, &details.name, &details.head).await?;
    }
    store::index(write, id).await?;
    outcome.updated += 1;
    Ok(())
}

fn whole_file(key: &'static str) -> CellProblem {
    CellProblem { row: 0, column: 0, message: Message::new(key) }
}

/// Reads the whole directory, which is small, or finds every problem in it.
fn read(path: &Path) -> Result<Vec<Entry>, Vec<CellProblem>> {
    let needed = [
        CommitteeColumn::Code,
        CommitteeColumn::Name,
        CommitteeColumn::Street,
        CommitteeColumn::District,
    ];
    let is_header = |names: &[String]| {
        let columns = match_columns::<CommitteeColumn>(names);
        columns.contains(&Some(CommitteeColumn::Code))
            && columns.contains(&Some(CommitteeColumn::Name))
    };
    let mut sheet = Sheet::open(path, is_header).map_err(|problem| vec![problem.into()])?;
    let columns = match_columns::<CommitteeColumn>(&sheet.header().names);
    let mut problems = header_problems(sheet.header().row, &columns, &needed);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut entries = Vec::new();
    let mut seen = HashSet::new();
    while let Some(row) = sheet.next_row() {
        let row = match row {
            Ok(row) => row,
            Err(problem) => {
                problems.push(problem.into());
                continue;
            }
        };
        let mut cells = Cells::new(&row, &columns);
        let code = CommitteeCode::parse(cells.text(CommitteeColumn::Code));
        let code = code.map_err(|message| cells.wrong(CommitteeColumn::Code, message)).ok();
        for column in [CommitteeColumn::Name, CommitteeColumn::Street, CommitteeColumn::District] {
            if cells.text(column).is_empty() {
                cells.wrong(column, Message::new("form-required"));
            }
        }
        if let Some(code) = &code
            && !seen.insert(code.as_str().to_owned())
        {
            cells.wrong(CommitteeColumn::Code, Message::new("committees-code-twice"));
        }
        let cell = |column| normalize(cells.text(column));
        if let Some(code) = code {
            entries.push(Entry {
                code,
                name: cell(CommitteeColumn::Name),
                street: cell(CommitteeColumn::Street),
                district: cell(CommitteeColumn::District),
                city: cell(CommitteeColumn::City),
                address: cell(CommitteeColumn::Address),
                contact_person: cell(CommitteeColumn::ContactPerson),
                phone: cell(CommitteeColumn::Phone),
            });
        }
        problems.append(&mut cells.problems);
    }
    if problems.is_empty() { Ok(entries) } else { Err(problems) }
}
