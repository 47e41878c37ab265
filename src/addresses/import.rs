//! Taking in files of address rules, whole or not at all: a rule for the same numbers from the same
//! day on is updated, so the same file taken in again changes nothing.

use std::collections::HashMap;
use std::path::Path;

use serde_json::json;

use super::columns::RuleColumn;
use super::contradictions::contradictions;
use super::{Parity, Road, Rule, RuleDetails, Stretch, ValidFrom, store};
use crate::audit::{self, Action, Actor, Record};
use crate::committees::KnownCommittees;
use crate::db::{Connection, Db, Result, WorkError};
use crate::lang::Message;
use crate::sheets::{self, CellProblem, Column as _, Row, Sheet, header_problems, match_columns};

/// The most problems that are listed; more are only counted.
const LISTED: usize = 1000;

/// What an import did, or would do.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Rules that are new.
    pub added: usize,
    /// Rules that belong to another committee now.
    pub updated: usize,
    /// Rules that were as the file has them.
    pub unchanged: usize,
    /// What is wrong, by row; with any of it nothing is written. At most 1000 are listed.
    pub problems: Vec<CellProblem>,
    /// How many problems there are in all.
    pub problem_count: usize,
}

impl Outcome {
    fn of_problems(mut problems: Vec<CellProblem>) -> Self {
        problems.sort_by_key(|problem| (problem.row, problem.column));
        let problem_count = problems.len();
        problems.truncate(LISTED);
        Self { problems, problem_count, ..Self::default() }
    }
}

/// A row of the file that is right by itself.
pub(super) struct Entry {
    /// From 1.
    pub row: u32,
    /// What it says.
    pub details: RuleDetails,
    /// The district of its committee: roads of one name in two districts are two roads.
    pub district: String,
}

impl Entry {
    pub(super) fn key(&self) -> Key {
        let RuleDetails { road, stretch, valid_from, .. } = self.details.clone();
        (road, stretch, valid_from, self.district.clone())
    }
}

type Cells<'a> = sheets::Cells<'a, RuleColumn>;

/// What makes two rules the same one: road, numbers, day, and the district.
pub(super) type Key = (Road, Stretch, ValidFrom, String);

pub(super) fn key_of(rule: &Rule) -> Key {
    let Rule { road, stretch, valid_from, committee, .. } = rule;
    (road.clone(), *stretch, valid_from.clone(), committee.district.clone())
}

/// Says what taking a file in would do.
///
/// # Errors
/// When the database fails.
pub async fn look(db: &Db, path: &Path) -> std::result::Result<Outcome, WorkError> {
    let rows = match read(path).await? {
        Ok(rows) => rows,
        Err(problems) => return Ok(Outcome::of_problems(problems)),
    };
    let mut snapshot = db.snapshot().await?;
    Ok(match plan(&mut snapshot, &rows).await? {
        Ok(plan) => plan.outcome(),
        Err(problems) => Outcome::of_problems(problems),
    })
}

/// Takes a file in; with any problem nothing is written.
///
/// # Errors
/// When the database fails; nothing is written then.
pub async fn take_in(
    db: &Db,
    actor: Actor,
    path: &Path,
) -> std::result::Result<Outcome, WorkError> {
    let rows = match read(path).await? {
        Ok(rows) => rows,
        Err(problems) => return Ok(Outcome::of_problems(problems)),
    };
    let mut write = db.write().await?;
    let plan = match plan(&mut write, &rows).await? {
        Ok(plan) => plan,
        Err(problems) => return Ok(Outcome::of_problems(problems)),
    };
    for details in &plan.new {
        store::insert(&mut write, details).await?;
    }
    for (id, details) in &plan.changed {
        store::update(&mut write, *id, details).await?;
    }
    let outcome = plan.outcome();
    if outcome.added + outcome.updated > 0 {
        let detail = json!({ "added": outcome.added, "updated": outcome.updated });
        audit::record(&mut write, actor, Action::RulesImported, Record::None, detail).await?;
        write.commit().await?;
    }
    Ok(outcome)
}

/// The rows below the header, with its columns.
struct Rows {
    columns: Vec<Option<RuleColumn>>,
    rows: Vec<Row>,
    problems: Vec<CellProblem>,
}

async fn read(path: &Path) -> std::io::Result<std::result::Result<Rows, Vec<CellProblem>>> {
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || read_rows(&path)).await.map_err(std::io::Error::other)
}

fn read_rows(path: &Path) -> std::result::Result<Rows, Vec<CellProblem>> {
    let is_header = |names: &[String]| {
        let columns = match_columns::<RuleColumn>(names);
        columns.contains(&Some(RuleColumn::Road)) && columns.iter().flatten().count() >= 2
    };
    let mut sheet = Sheet::open(path, is_header).map_err(|problem| vec![problem.into()])?;
    let columns = match_columns::<RuleColumn>(&sheet.header().names);
    let row = sheet.header().row;
    let mut problems = header_problems(row, &columns, &[RuleColumn::Road]);
    let mut one_of = |wanted: &[RuleColumn], name: RuleColumn| {
        if !columns.iter().flatten().any(|column| wanted.contains(column)) {
            let message = Message::new("sheet-header-missing").with("name", name.header(true));
            problems.push(CellProblem { row, column: 0, message });
        }
    };
    one_of(&[RuleColumn::Committee, RuleColumn::CommitteeCode], RuleColumn::Committee);
    one_of(
        &[RuleColumn::Numbers, RuleColumn::Lane, RuleColumn::House, RuleColumn::First],
        RuleColumn::Numbers,
    );
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut rows = Vec::new();
    while let Some(row) = sheet.next_row() {
        match row {
            Ok(row) => rows.push(row),
            Err(problem) => problems.push(problem.into()),
        }
    }
    Ok(Rows { columns, rows, problems })
}

/// What a file asks for, against what is there.
#[derive(Default)]
struct Plan {
    new: Vec<RuleDetails>,
    changed: Vec<(i64, RuleDetails)>,
    unchanged: usize,
}

impl Plan {
    fn outcome(&self) -> Outcome {
        Outcome {
            added: self.new.len(),
            updated: self.changed.len(),
            unchanged: self.unchanged,
            ..Outcome::default()
        }
    }
}

async fn plan(
    connection: &mut Connection,
    rows: &Rows,
) -> Result<std::result::Result<Plan, Vec<CellProblem>>> {
    let committees = KnownCommittees::load(connection).await?;
    let mut problems = rows.problems.clone();
    let mut entries: Vec<Entry> = Vec::new();
    let mut first_rows: HashMap<Key, u32> = HashMap::new();
    for row in &rows.rows {
        let mut cells = Cells::new(row, &rows.columns);
        if let Some(details) = details(&mut cells, &committees) {
            let district = committees.district(details.committee).to_owned();
            let entry = Entry { row: row.number, details, district };
            if let Some(first) = first_rows.insert(entry.key(), row.number) {
                let message = Message::new("addresses-row-twice").with("row", first);
                cells.wrong(RuleColumn::Road, message);
            }
            entries.push(entry);
        }
        problems.append(&mut cells.problems);
    }
    let existing = store::all(connection).await?;
    problems.extend(contradictions(&entries, &existing));
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    let existing: HashMap<Key, &Rule> = existing.iter().map(|rule| (key_of(rule), rule)).collect();
    let mut plan = Plan::default();
    for entry in entries {
        match existing.get(&entry.key()) {
            None => plan.new.push(entry.details),
            Some(rule) if rule.committee.id == entry.details.committee => plan.unchanged += 1,
            Some(rule) => plan.changed.push((rule.id, entry.details)),
        }
    }
    Ok(Ok(plan))
}

/// What a row says; `None` with problems noted.
fn details(cells: &mut Cells<'_>, committees: &KnownCommittees) -> Option<RuleDetails> {
    let road = Road::parse(cells.text(RuleColumn::Road));
    let road = road.map_err(|message| cells.wrong(RuleColumn::Road, message)).ok();
    let stretch = stretch(cells);
    let committee = committee(cells, committees);
    let valid_from = cells.read(RuleColumn::ValidFrom, ValidFrom::parse).unwrap_or_default();
    let (Some(road), Some(stretch), Some(committee), true) =
        (road, stretch, committee, cells.problems.is_empty())
    else {
        return None;
    };
    Some(RuleDetails { road, stretch, committee, valid_from })
}

fn committee(cells: &mut Cells<'_>, committees: &KnownCommittees) -> Option<i64> {
    if !cells.text(RuleColumn::CommitteeCode).is_empty() {
        return cells.read(RuleColumn::CommitteeCode, |typed| committees.by_code(typed));
    }
    if cells.text(RuleColumn::Committee).is_empty() {
        cells.wrong(RuleColumn::Committee, Message::new("form-required"));
        return None;
    }
    let (street, district) = (cells.text(RuleColumn::Street), cells.text(RuleColumn::District));
    cells.read(RuleColumn::Committee, |typed| committees.by_name(typed, street, district))
}

/// The numbers, in whichever cells they stand.
fn stretch(cells: &mut Cells<'_>) -> Option<Stretch> {
    let [numbers, lane, house, first, last] = [
        RuleColumn::Numbers,
        RuleColumn::Lane,
        RuleColumn::House,
        RuleColumn::First,
        RuleColumn::Last,
    ]
    .map(|column| cells.text(column).to_owned());
    let with = |mut text: String, unit: char| {
        if !text.is_empty() && !text.contains(['弄', '号']) {
            text.push(unit);
        }
        text
    };
    let unit = cells.text(RuleColumn::Unit).to_lowercase();
    let lanes = unit.contains('弄') || unit == "lane" || format!("{first}{last}").contains('弄');
    let [from, to] = [&first, &last].map(|cell| cell.trim_end_matches(['弄', '号']));
    let from_to = if to.is_empty() { from.to_owned() } else { format!("{from}-{to}") };
    let from_to = with(from_to, if lanes && lane.is_empty() { '弄' } else { '号' });
    let (column, text) = if !numbers.is_empty() {
        (RuleColumn::Numbers, numbers.clone())
    } else if !house.is_empty() {
        (RuleColumn::House, with(lane.clone(), '弄') + with(house.clone(), '号').as_str())
    } else if !first.is_empty() {
        (RuleColumn::First, with(lane.clone(), '弄') + from_to.as_str())
    } else {
        (RuleColumn::Lane, with(lane.clone(), '弄'))
    };
    let ways = [!numbers.is_empty(), !(house.is_empty() && lane.is_empty()), !first.is_empty()];
    // A lane beside first and last says in which lane these houses are.
    let in_lane = !first.is_empty() && house.is_empty() && numbers.is_empty();
    if ways.iter().filter(|way| **way).count() > 1 && !in_lane {
        cells.wrong(column, Message::new("addresses-numbers-twice"));
        return None;
    }
    let parity = cells.read(RuleColumn::Parity, |typed| {
        Parity::parse(typed).ok_or_else(|| Message::new("addresses-parity-shape"))
    });
    let stretch = Stretch::parse(&text).and_then(|stretch| match parity {
        Some(parity) if parity != Parity::All => {
            Stretch::new(stretch.unit(), stretch.first(), stretch.last(), parity)
        }
        _ => Ok(stretch),
    });
    stretch.map_err(|message| cells.wrong(column, message)).ok()
}
