//! Taking in files of participations, whole or not at all. A row is a member's part; rows of one
//! day, place, title and area that were done together become one activity. Rows that are on record
//! already change nothing.

mod columns;
mod pages;
mod rows;
pub mod store;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{Manner, store as activities};
use crate::audit::{self, Action, Actor, Record};
use crate::committees::KnownCommittees;
use crate::db::{Connection, Db, WorkError};
use crate::lang::{Language, Message};
use crate::members::import::Rejects;
use crate::reports::counting::Counting;
use crate::sheets::{self, CellProblem, Row, SheetProblem};
use crate::web::{Routes, Scope};

pub use columns::{OFFICE, PartColumn};
use rows::{Cells, Piece, Said};
use store::Known;

pub(super) fn routes(routes: Routes) -> Routes {
    pages::routes(routes)
}

/// The most problems that are listed; more are only counted.
const LISTED: usize = 1000;

/// What is taken in, and how.
#[derive(Debug, Clone)]
pub struct Import {
    /// The file.
    pub path: PathBuf,
    /// Its name, as whoever brought it knows it.
    pub file_name: String,
    /// Which column is which; `None`: the headers tell.
    pub columns: Option<Vec<Option<PartColumn>>>,
    /// Who brings it.
    pub actor: Actor,
    /// Whose parts they may enter.
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
    /// `activity_batches.id`; `None` when nothing was written.
    pub batch: Option<i64>,
    /// Activities that are new.
    pub activities: usize,
    /// Parts in them.
    pub participations: usize,
    /// Rows that were on record already.
    pub unchanged: usize,
    /// Rows that were not taken in.
    pub rejected: usize,
    /// What is wrong, at most 1000 of it.
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

/// What activities have in common that are one: day, committee, title, area.
type Key = (String, Option<i64>, String, &'static str, &'static str);

/// The head of a file of participations.
pub type Head = sheets::Head<PartColumn>;

/// Reads a file's head.
///
/// # Errors
/// When it cannot be read.
pub fn head(path: &Path) -> std::result::Result<Head, CellProblem> {
    Ok(Head::of(rows::open(path)?))
}

/// Takes a file in, or says what that would do.
///
/// # Errors
/// When the database or the disk fails; nothing is written then.
pub async fn run(db: &Db, import: &Import, progress: impl Fn(usize)) -> Result<Outcome, WorkError> {
    db.with_room(take_in(db, import, progress)).await
}

async fn take_in(db: &Db, import: &Import, progress: impl Fn(usize)) -> Result<Outcome, WorkError> {
    let (sender, mut pieces) = mpsc::channel(2);
    let (path, columns) = (import.path.clone(), import.columns.clone());
    let reading = tokio::task::spawn_blocking(move || rows::read(&path, columns, &sender));
    let mut write = db.write().await?;
    let mut taking = Taking::begin(&mut write, import).await?;
    let mut read = 0;
    while let Some(piece) = pieces.recv().await {
        match piece {
            Piece::Wrong(problems) => taking.outcome.add_problems(problems),
            Piece::Head { headers, columns } => taking.set_head(headers, columns)?,
            Piece::Rows(rows) => {
                read += rows.len();
                taking.rows(&mut write, rows).await?;
                progress(read);
            }
        }
    }
    reading.await.map_err(std::io::Error::other)?;
    let batch = taking.batch;
    let (mut outcome, counting) = taking.finish()?;
    let stopped = outcome.problem_count > 0 && import.rejects.is_none();
    if import.dry_run || stopped || outcome.participations == 0 {
        return Ok(outcome);
    }
    let Outcome { activities, participations, unchanged, rejected, .. } = outcome;
    counting.resume(&mut write).await?;
    store::end(&mut write, batch, [activities, participations, unchanged, rejected]).await?;
    let detail = json!({ "activities": activities, "rows": participations, "rejected": rejected });
    let record = Record::ActivityImport(batch);
    audit::record(&mut write, import.actor, Action::ActivitiesImported, record, detail).await?;
    write.commit().await?;
    outcome.batch = Some(batch);
    Ok(outcome)
}

/// A file as far as it is taken in.
struct Taking<'a> {
    import: &'a Import,
    committees: KnownCommittees,
    columns: Vec<Option<PartColumn>>,
    batch: i64,
    next: i64,
    together: HashMap<Key, i64>,
    counting: Counting,
    rejects: Option<Rejects>,
    outcome: Outcome,
}

impl<'a> Taking<'a> {
    async fn begin(connection: &mut Connection, import: &'a Import) -> Result<Self, WorkError> {
        Ok(Self {
            committees: KnownCommittees::load(connection).await?,
            columns: Vec::new(),
            batch: store::begin(connection, import.actor, &import.file_name).await?,
            next: store::next_activity(connection).await?,
            together: HashMap::new(),
            counting: Counting::pause(connection).await?,
            rejects: None,
            outcome: Outcome::default(),
            import,
        })
    }

    fn set_head(
        &mut self,
        headers: Vec<String>,
        columns: Vec<Option<PartColumn>>,
    ) -> std::io::Result<()> {
        let left_out: Option<&Path> =
            self.import.rejects.as_deref().filter(|_| !self.import.dry_run);
        self.rejects = match left_out {
            Some(path) => Some(Rejects::create(path, &headers, self.import.language)?),
            None => None,
        };
        self.columns = columns;
        Ok(())
    }

    fn leave_out(&mut self, cells: &[String], problems: Vec<CellProblem>) -> std::io::Result<()> {
        self.outcome.rejected += 1;
        if let Some(rejects) = &mut self.rejects {
            rejects.row(cells, &problems)?;
        }
        self.outcome.add_problems(problems);
        Ok(())
    }

    /// Takes the next rows in; those with problems are left out.
    async fn rows(
        &mut self,
        connection: &mut Connection,
        rows: Vec<std::result::Result<Row, SheetProblem>>,
    ) -> Result<(), WorkError> {
        let mut good: Vec<(Row, Said)> = Vec::with_capacity(rows.len());
        for row in rows {
            let row = match row {
                Ok(row) => row,
                Err(problem) => {
                    self.leave_out(&[], vec![problem.into()])?;
                    continue;
                }
            };
            let mut cells = Cells::new(&row, &self.columns);
            let said = rows::said(&mut cells, &self.committees);
            let problems = std::mem::take(&mut cells.problems);
            match said {
                Some(said) if problems.is_empty() => good.push((row, said)),
                _ => self.leave_out(&row.cells, problems)?,
            }
        }
        let people = People::of(connection, &good).await?;
        let mut meant: Vec<(Said, Known)> = Vec::with_capacity(good.len());
        for (row, said) in good {
            match people.meant(&said, &self.import.scope) {
                Ok(member) => meant.push((said, member.clone())),
                Err(message) => {
                    let mut cells = Cells::new(&row, &self.columns);
                    let column =
                        if said.number.is_empty() { PartColumn::Name } else { PartColumn::Number };
                    cells.wrong(column, message);
                    let problems = std::mem::take(&mut cells.problems);
                    self.leave_out(&row.cells, problems)?;
                }
            }
        }
        self.write(connection, meant).await
    }

    /// Writes those parts that are not on record.
    async fn write(
        &mut self,
        connection: &mut Connection,
        meant: Vec<(Said, Known)>,
    ) -> Result<(), WorkError> {
        let wanted: Vec<(i64, &str, &str)> = meant
            .iter()
            .map(|(said, member)| (member.id, said.day.as_str(), said.title.as_str()))
            .collect();
        let mut there: HashSet<(i64, String, String)> =
            store::on_record(connection, &wanted).await?.into_iter().collect();
        let (mut activities, mut parts): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
        for (said, member) in meant {
            if !there.insert((member.id, said.day.clone(), said.title.clone())) {
                self.outcome.unchanged += 1;
                continue;
            }
            let activity = self.activity(&said, &member, &mut activities);
            let (times, minutes) = (said.amount.times, said.amount.minutes);
            parts.push(json!([activity, member.id, times, minutes, said.day, said.area.name()]));
        }
        self.outcome.activities += activities.len();
        self.outcome.participations += parts.len();
        let counting = &mut self.counting;
        let batch = Some(self.batch);
        Ok(activities::insert_many(connection, counting, &activities, &parts, batch).await?)
    }

    /// The activity that a row tells of: one of its own, unless it was done together.
    fn activity(&mut self, said: &Said, member: &Known, new: &mut Vec<Value>) -> i64 {
        let committee = said.committee.or(member.committee_id);
        let (area, manner) = (said.area.name(), said.manner.name());
        let key = (said.day.clone(), committee, said.title.clone(), area, manner);
        if said.manner == Manner::Group
            && let Some(id) = self.together.get(&key)
        {
            return *id;
        }
        let id = self.next;
        self.next += 1;
        let (times, minutes) = (said.amount.times, said.amount.minutes);
        new.push(json!([id, said.day, committee, said.title, area, manner, times, minutes]));
        if said.manner == Manner::Group {
            self.together.insert(key, id);
        }
        id
    }

    fn finish(self) -> std::io::Result<(Outcome, Counting)> {
        if let Some(rejects) = self.rejects {
            rejects.finish(self.outcome.rejected)?;
        }
        Ok((self.outcome, self.counting))
    }
}

/// The members whom some rows may mean.
struct People {
    numbers: HashMap<String, Known>,
    names: HashMap<String, Vec<Known>>,
}

impl People {
    async fn of(connection: &mut Connection, rows: &[(Row, Said)]) -> Result<Self, WorkError> {
        let said = || rows.iter().map(|(_, said)| said);
        let numbers: Vec<&str> =
            said().map(|said| said.number.as_str()).filter(|number| !number.is_empty()).collect();
        let mut names: Vec<&str> =
            said().filter(|said| said.number.is_empty()).map(|said| said.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let numbers = store::by_numbers(connection, &numbers).await?;
        let numbers = numbers
            .into_iter()
            .map(|known| (known.number.clone().unwrap_or_default(), known))
            .collect();
        let mut by_name: HashMap<String, Vec<Known>> = HashMap::new();
        for known in store::by_names(connection, &names).await? {
            by_name.entry(known.name.clone()).or_default().push(known);
        }
        Ok(Self { numbers, names: by_name })
    }

    /// Whom a row means: by number, else by a name that nobody else has.
    fn meant(&self, said: &Said, scope: &Scope) -> std::result::Result<&Known, Message> {
        let found = if said.number.is_empty() {
            match self.names.get(&said.name).map(Vec::as_slice) {
                Some([only]) => Some(only),
                Some([_, ..]) => {
                    return Err(Message::new("activities-name-several").with("name", &*said.name));
                }
                _ => None,
            }
        } else {
            self.numbers.get(&said.number)
        };
        let typed = if said.number.is_empty() { &said.name } else { &said.number };
        let unknown = || Message::new("activities-member-unknown").with("typed", &**typed);
        let member = found.ok_or_else(unknown)?;
        if !scope.covers(member.branch_id) {
            return Err(unknown());
        }
        if !said.number.is_empty() && !said.name.is_empty() && said.name != member.name {
            let message = Message::new("activities-number-of-other");
            return Err(message.with("number", &*said.number).with("name", &*said.name));
        }
        Ok(member)
    }
}
