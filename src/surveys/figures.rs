//! The figures of a round: how far it is, and what its confirmed forms tell. What is left out is
//! counted with them, by why.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::store::{self, figures as counts};
use super::{State, Survey};
use crate::activities::Area;
use crate::db::{Connection, Result};
use crate::lists::{self, List};

/// What the members of one branch at one committee come to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The branch (`branches.id`).
    pub branch: Option<i64>,
    /// Its name of that day.
    pub branch_name: String,
    /// The committee (`committees.id`): their own, or their host.
    pub committee: Option<i64>,
    /// Its name of that day.
    pub committee_name: String,
    /// What they come to.
    pub figures: Figures,
}

/// Figures of some members.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Whom the round asks.
    pub members: i64,
    /// Whose form nobody handed in: not begun, or being filled in.
    pub missing: i64,
    /// Whose form waits for the committee.
    pub submitted: i64,
    /// Whose paper a second person has to check.
    pub marked: i64,
    /// Whose form was sent back.
    pub returned: i64,
    /// Whose confirmed form tells of taking part.
    pub took_part: i64,
    /// Whose confirmed form says that they took no part.
    pub took_none: i64,
    /// Whose form was handed in late, wherever it stands.
    pub late: i64,
    /// Of confirmed forms, how often, in all.
    pub times: i64,
    /// How long in all, in minutes.
    pub minutes: i64,
    /// Of confirmed forms by area: how many members, how often, how long.
    pub areas: BTreeMap<String, (i64, i64, i64)>,
    /// Of confirmed forms, how often which reason.
    pub reasons: BTreeMap<String, i64>,
}

impl Figures {
    /// How many forms count.
    pub fn confirmed(&self) -> i64 {
        self.took_part + self.took_none
    }

    /// How many forms are left out of what was done.
    pub fn left_out(&self) -> i64 {
        self.members - self.confirmed()
    }

    /// What an area comes to: how many members, how often, how long.
    pub fn area(&self, area: Area) -> (i64, i64, i64) {
        self.areas.get(area.name()).copied().unwrap_or_default()
    }

    fn add(&mut self, other: &Self) {
        for (own, more) in [
            (&mut self.members, other.members),
            (&mut self.missing, other.missing),
            (&mut self.submitted, other.submitted),
            (&mut self.marked, other.marked),
            (&mut self.returned, other.returned),
            (&mut self.took_part, other.took_part),
            (&mut self.took_none, other.took_none),
            (&mut self.late, other.late),
            (&mut self.times, other.times),
            (&mut self.minutes, other.minutes),
        ] {
            *own += more;
        }
        for (area, (members, times, minutes)) in &other.areas {
            let own = self.areas.entry(area.clone()).or_default();
            *own = (own.0 + members, own.1 + times, own.2 + minutes);
        }
        for (reason, count) in &other.reasons {
            *self.reasons.entry(reason.clone()).or_default() += count;
        }
    }
}

/// Figures of cells together.
pub fn sum<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> Figures {
    let mut sum = Figures::default();
    for cell in cells {
        sum.add(&cell.figures);
    }
    sum
}

/// Figures by committee, in the order of the directory, those of none last.
pub fn by_committee(cells: &[Cell]) -> Vec<Group> {
    let mut groups = grouped(cells, |cell| (cell.committee, &cell.committee_name));
    groups.sort_by_key(|group| (group.id.is_none(), group.id));
    groups
}

/// Figures together under a name, in the order in which the names come first.
pub fn grouped(cells: &[Cell], name: impl Fn(&Cell) -> (Option<i64>, &str)) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<Option<i64>, usize> = HashMap::new();
    for cell in cells {
        let (id, name) = name(cell);
        let place = *places.entry(id).or_insert_with(|| {
            groups.push(Group { id, name: name.to_owned(), figures: Figures::default() });
            groups.len() - 1
        });
        groups[place].figures.add(&cell.figures);
    }
    groups
}

/// Figures under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The branch or committee.
    pub id: Option<i64>,
    /// Its name; empty for those of none.
    pub name: String,
    /// What its members come to.
    pub figures: Figures,
}

/// The figures of a round as they are now, branches in the order of their list, those of none last.
///
/// # Errors
/// When the database fails.
pub async fn now(connection: &mut Connection, survey: &Survey) -> Result<Vec<Cell>> {
    let mut cells: BTreeMap<(usize, Option<i64>, Option<i64>), Cell> = BTreeMap::new();
    let branches = lists::names(connection, List::Branches).await?;
    let place = |branch: Option<i64>| {
        let found = branches.iter().position(|(id, _)| Some(*id) == branch);
        found.unwrap_or(branches.len())
    };
    for count in counts::counts(connection, survey).await? {
        let key = (place(count.branch_id), count.branch_id, count.committee_id);
        let figures = &mut cells.entry(key).or_default().figures;
        let state = State::from_name(&count.state);
        let confirmed = state == Some(State::Confirmed);
        figures.members += count.forms;
        *match state {
            None | Some(State::Draft) => &mut figures.missing,
            Some(State::Submitted) => &mut figures.submitted,
            Some(State::Marked) => &mut figures.marked,
            Some(State::Returned) => &mut figures.returned,
            Some(State::Confirmed) if count.reason.is_empty() => &mut figures.took_part,
            Some(State::Confirmed) => &mut figures.took_none,
        } += count.forms;
        if count.late {
            figures.late += count.forms;
        }
        if confirmed && !count.reason.is_empty() {
            *figures.reasons.entry(count.reason).or_default() += count.forms;
        }
    }
    for sum in counts::areas(connection, survey).await? {
        let key = (place(sum.branch_id), sum.branch_id, sum.committee_id);
        let figures = &mut cells.entry(key).or_default().figures;
        figures.times += sum.times;
        figures.minutes += sum.minutes;
        figures.areas.insert(sum.area, (sum.members, sum.times, sum.minutes));
    }
    let ids: Vec<i64> = cells.keys().filter_map(|(_, _, committee)| *committee).collect();
    let names = counts::committee_names(connection, &ids).await?;
    let names: HashMap<i64, String> = names.into_iter().collect();
    let cells = cells.into_iter().map(|((place, branch, committee), cell)| Cell {
        branch,
        branch_name: branches.get(place).map_or_else(String::new, |(_, name)| name.clone()),
        committee,
        committee_name: committee
            .and_then(|committee| names.get(&committee).cloned())
            .unwrap_or_default(),
        ..cell
    });
    Ok(cells.collect())
}

/// The figures of a round that this viewer may see, as they were when it was closed, else as they are
/// now.
///
/// # Errors
/// When the database fails.
pub async fn of(
    connection: &mut Connection,
    survey: &Survey,
    seen: Option<&[i64]>,
) -> Result<Vec<Cell>> {
    let mut cells: Vec<Cell> = match store::frozen(connection, survey.id).await? {
        Some(kept) => serde_json::from_str(&kept).map_err(|e| sqlx::Error::Decode(e.into()))?,
        None => now(connection, survey).await?,
    };
    if let Some(seen) = seen {
        cells.retain(|cell| cell.branch.is_some_and(|branch| seen.contains(&branch)));
    }
    Ok(cells)
}
