//! Taking in a directory of committees: run again it updates names and adds, and never doubles.

use std::collections::HashMap;
use std::path::Path;

use serde_json::json;

use super::history::Cause;
use super::{Committee, CommitteeCode, CommitteeDetails, area_store, parse_line, registry, store};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Db, Write, now};
use crate::lang::Message;
use crate::sheets::{CellProblem, Cells, CommitteeColumn, Sheet, header_problems, match_columns};

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
#[derive(Debug)]
pub struct Entry {
    code: CommitteeCode,
    name: String,
    street: String,
    district: String,
    city: String,
    address: String,
    contact_person: String,
    phone: String,
}

/// A committee that would change.
#[derive(Debug)]
pub struct Changed {
    /// As it is.
    pub committee: Committee,
    /// As it would be.
    pub details: CommitteeDetails,
}

/// A district or sub-district that would have another name.
#[derive(Debug)]
pub struct RenamedArea {
    /// 6 or 9 digits.
    pub code: String,
    /// Its name.
    pub old: String,
    /// As the file has it.
    pub new: String,
}

/// What a file would change, before it is written.
#[derive(Debug, Default)]
pub struct Plan {
    /// Committees that are new.
    pub added: Vec<Entry>,
    /// Committees that differ.
    pub changed: Vec<Changed>,
    /// How many are as the file has them, or were merged away since.
    pub unchanged: usize,
    /// Districts and sub-districts that differ.
    pub renamed_areas: Vec<RenamedArea>,
}

impl Entry {
    /// The code.
    pub fn code(&self) -> &str {
        self.code.as_str()
    }

    /// The committee's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The names of its sub-district and district.
    pub fn place(&self) -> (&str, &str) {
        (&self.street, &self.district)
    }
}

impl Plan {
    /// What it comes to.
    pub fn outcome(&self) -> Outcome {
        Outcome { added: self.added.len(), updated: self.changed.len(), unchanged: self.unchanged }
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.renamed_areas.is_empty()
    }
}

/// Takes a file in, all of it or nothing.
///
/// # Errors
/// With every problem of the file, or when the database fails.
pub async fn import(db: &Db, actor: Actor, path: &Path) -> Result<Outcome, ImportError> {
    let entries = read(path).await.map_err(ImportError::Problems)?;
    let mut write = db.write().await?;
    let plan = plan(&mut write, entries).await?;
    let outcome = plan.outcome();
    carry_out(&mut write, actor, plan).await?;
    write.commit().await?;
    Ok(outcome)
}

/// Compares a file with the directory.
///
/// # Errors
/// When the database fails.
pub async fn plan(connection: &mut Connection, entries: Vec<Entry>) -> crate::db::Result<Plan> {
    let known = store::coded(connection).await?.into_iter();
    let mut known: HashMap<String, Committee> =
        known.filter_map(|committee| Some((committee.code.clone()?, committee))).collect();
    let areas = area_store::areas(connection).await?.into_iter();
    let mut areas: HashMap<String, String> = areas.map(|area| (area.code, area.name)).collect();
    let mut plan = Plan::default();
    for entry in entries {
        for (code, name) in
            [(entry.code.district(), &entry.district), (entry.code.street(), &entry.street)]
        {
            let old = areas.insert(code.to_owned(), name.clone());
            if let Some(old) = old.filter(|old| old != name) {
                let (code, new) = (code.to_owned(), name.clone());
                plan.renamed_areas.push(RenamedArea { code, old, new });
            }
        }
        let Some(committee) = known.remove(entry.code.as_str()) else {
            plan.added.push(entry);
            continue;
        };
        let details = entry.over(&committee.details);
        if details == committee.details || committee.merged_into.is_some() {
            plan.unchanged += 1;
        } else {
            plan.changed.push(Changed { committee, details });
        }
    }
    Ok(plan)
}

impl Entry {
    /// A committee's details as this row has them; what the row leaves empty stays.
    fn over(&self, known: &CommitteeDetails) -> CommitteeDetails {
        let keep =
            |new: &String, old: &String| if new.is_empty() { old.clone() } else { new.clone() };
        CommitteeDetails {
            name: self.name.clone(),
            address: keep(&self.address, &known.address),
            contact_person: keep(&self.contact_person, &known.contact_person),
            phone: keep(&self.phone, &known.phone),
            ..known.clone()
        }
    }
}

/// Writes what was planned in the same transaction.
///
/// # Errors
/// When the database fails.
pub async fn carry_out(write: &mut Write, actor: Actor, plan: Plan) -> crate::db::Result<()> {
    let outcome = plan.outcome();
    for area in &plan.renamed_areas {
        registry::rename_area(write, &area.code, &area.new).await?;
    }
    let today = &now()[..10];
    for Changed { committee, details } in &plan.changed {
        registry::change(write, actor, committee, details, today, Cause::Imported).await?;
    }
    let mut street = String::new();
    for entry in &plan.added {
        if street != entry.code.street() {
            entry.code.street().clone_into(&mut street);
            let district = entry.code.district();
            area_store::put_district(write, district, &entry.district, &entry.city).await?;
            area_store::put_street(write, &street, district, &entry.street).await?;
        }
        let details = entry.over(&CommitteeDetails::default());
        registry::add(write, Some(&entry.code), &street, &details).await?;
    }
    let detail = json!({ "added": outcome.added, "updated": outcome.updated });
    audit::record(write, actor, Action::CommitteesImported, Record::None, detail).await
}

/// Reads a whole directory, which is small, or finds every problem in it.
///
/// # Errors
/// With the problems.
pub async fn read(path: &Path) -> Result<Vec<Entry>, Vec<CellProblem>> {
    let path = path.to_owned();
    let read = tokio::task::spawn_blocking(move || read_file(&path)).await;
    read.unwrap_or_else(|error| {
        tracing::error!(%error, "reading a directory broke off");
        let message = Message::new("sheet-unreadable");
        Err(vec![CellProblem { row: 0, column: 0, message }])
    })
}

fn read_file(path: &Path) -> Result<Vec<Entry>, Vec<CellProblem>> {
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
    let mut seen = Seen::default();
    while let Some(row) = sheet.next_row() {
        let row = match row {
            Ok(row) => row,
            Err(problem) => {
                problems.push(problem.into());
                continue;
            }
        };
        let mut cells = Cells::new(&row, &columns);
        entries.extend(read_row(&mut cells, &mut seen));
        problems.append(&mut cells.problems);
    }
    if problems.is_empty() { Ok(entries) } else { Err(problems) }
}

/// The rows in which codes and areas stood first, areas with their names.
#[derive(Default)]
struct Seen {
    codes: HashMap<String, u32>,
    areas: HashMap<String, (u32, String)>,
}

fn read_row(cells: &mut Cells<'_, CommitteeColumn>, seen: &mut Seen) -> Option<Entry> {
    use CommitteeColumn as C;
    for column in [C::Code, C::Name, C::Street, C::District] {
        if cells.text(column).is_empty() {
            cells.wrong(column, Message::new("form-required"));
        }
    }
    let mut line =
        |column, limit| cells.read(column, |text| parse_line(text, limit)).unwrap_or_default();
    let (name, street, district) = (line(C::Name, 60), line(C::Street, 40), line(C::District, 40));
    let (city, address) = (line(C::City, 40), line(C::Address, 120));
    let (contact_person, phone) = (line(C::ContactPerson, 30), line(C::Phone, 30));
    let code = cells.read(C::Code, CommitteeCode::parse)?;
    let row = cells.row.number;
    if let Some(first) = seen.codes.insert(code.as_str().to_owned(), row) {
        cells.wrong(C::Code, Message::new("committees-code-twice").with("row", first));
    }
    for (column, area, name) in
        [(C::District, code.district(), &district), (C::Street, code.street(), &street)]
    {
        let (first, known) =
            seen.areas.entry(area.to_owned()).or_insert_with(|| (row, name.clone()));
        if known != name {
            let message = Message::new("committees-area-two-names").with("row", *first);
            cells.wrong(column, message);
        }
    }
    Some(Entry { code, name, street, district, city, address, contact_person, phone })
}
