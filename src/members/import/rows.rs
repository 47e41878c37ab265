//! From what rows say to members' details, with every problem by row and column.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;

use super::Import;
use super::said::{Cells, New, Said};
use crate::committees::KnownCommittees;
use crate::db::{Connection, Result};
use crate::lang::Message;
use crate::lists::{self, List};
use crate::members::{EmployeeNumber, Home, Member, MemberDetails, Standing, store};
use crate::sheets::{CellProblem, MemberColumn, Row};
use crate::web::Scope;

/// A row that can be taken in.
pub(super) enum Wanted {
    /// A member who is new.
    New(New),
    /// A record, and what it should become.
    Known(Box<Member>, MemberDetails),
}

/// A row that cannot be, and why.
type Wrong = (Row, Vec<CellProblem>);

/// Finds what rows mean; remembers what they refer to.
pub(super) struct Reader {
    columns: Arc<[Option<MemberColumn>]>,
    scope: Scope,
    agreed: bool,
    committees: KnownCommittees,
    branches: HashMap<String, i64>,
    skills: HashMap<String, i64>,
    /// The numbers seen, by their hash, with their rows.
    numbers: HashMap<u64, u32>,
    hasher: RandomState,
}

impl Reader {
    pub(super) async fn new(
        connection: &mut Connection,
        import: &Import,
        columns: Arc<[Option<MemberColumn>]>,
    ) -> Result<Self> {
        Ok(Self {
            columns,
            scope: import.scope.clone(),
            agreed: import.agreed,
            committees: KnownCommittees::load(connection).await?,
            branches: lists::spellings(connection, List::Branches).await?,
            skills: lists::spellings(connection, List::Skills).await?,
            numbers: HashMap::new(),
            hasher: RandomState::new(),
        })
    }

    /// Parts a chunk into what can be taken in and what cannot.
    pub(super) async fn settle(
        &mut self,
        connection: &mut Connection,
        rows: Vec<Said>,
    ) -> Result<(Vec<Wanted>, Vec<Wrong>)> {
        let known = known(connection, &rows).await?;
        let mut good = Vec::with_capacity(rows.len());
        let mut bad = Vec::new();
        for row in rows {
            match self.settle_row(connection, row, &known).await? {
                Ok(wanted) => good.push(wanted),
                Err(wrong) => bad.push(wrong),
            }
        }
        Ok((good, bad))
    }

    async fn settle_row(
        &mut self,
        connection: &mut Connection,
        said: Said,
        known: &Known,
    ) -> Result<std::result::Result<Wanted, Wrong>> {
        let Said { row, problems, number, name, phone, address, .. } = said;
        let columns = Arc::clone(&self.columns);
        let mut cells = Cells::new(&row, &columns);
        cells.problems = problems;
        self.check_twice(&mut cells, number.as_ref());
        let member = match (&number, &name, &address) {
            (Some(number), ..) => known.by_number.get(number.as_str()),
            (None, Some((name, _)), Some((address, _))) => known
                .by_name_and_address
                .get(&(name.as_str().to_owned(), address.as_str().to_owned())),
            _ => None,
        };
        if member.is_none() {
            for (column, missing) in
                [(MemberColumn::Name, name.is_none()), (MemberColumn::Address, address.is_none())]
            {
                if missing && cells.text(column).is_empty() {
                    cells.wrong(column, Message::new("form-required"));
                }
            }
        }
        let branch = self.branch(connection, &mut cells).await?;
        let home = self.home(&mut cells);
        if let Some(member) = member
            && !self.scope.covers(member.details.branch)
        {
            cells.wrong(MemberColumn::Number, Message::new("import-other-branch"));
        } else if member.is_none() && branch.is_none() && !self.scope.covers(None) {
            cells.wrong(MemberColumn::Branch, Message::new("form-required"));
        }
        let problems = std::mem::take(&mut cells.problems);
        if !problems.is_empty() {
            return Ok(Err((row, problems)));
        }
        let skills = self.skills(connection, said.skills).await?;
        let Some(member) = member else {
            let (Some((name, bucket)), Some((address, place))) = (name, address) else {
                return Ok(Err((row, problems)));
            };
            let standing = Standing::new(
                said.agreed.unwrap_or(self.agreed),
                said.agreed_phone.unwrap_or(false),
            );
            let details = MemberDetails {
                number,
                name,
                branch,
                phone: phone.unwrap_or_default(),
                address,
                home: home.unwrap_or_default(),
                skills: skills.unwrap_or_default(),
                standing,
            };
            return Ok(Ok(Wanted::New(New { details, bucket, place })));
        };
        let old = &member.details;
        let details = MemberDetails {
            number: number.or_else(|| old.number.clone()),
            name: name.map_or_else(|| old.name.clone(), |(name, _)| name),
            branch: branch.or(old.branch),
            phone: phone.unwrap_or_else(|| old.phone.clone()),
            address: address.map_or_else(|| old.address.clone(), |(address, _)| address),
            home: home.unwrap_or(old.home),
            skills: skills.unwrap_or_else(|| old.skills.clone()),
            standing: Standing::new(
                said.agreed.unwrap_or(old.standing.agreed()),
                said.agreed_phone.unwrap_or(old.standing.phone()),
            ),
        };
        Ok(Ok(Wanted::Known(Box::new(member.clone()), details)))
    }

    /// One number in two rows: which of them holds nobody can tell.
    fn check_twice(&mut self, cells: &mut Cells<'_>, number: Option<&EmployeeNumber>) {
        let Some(number) = number else { return };
        let hash = self.hasher.hash_one(number.as_str());
        if let Some(first) = self.numbers.insert(hash, cells.row.number) {
            let message = Message::new("import-number-twice").with("row", first);
            cells.wrong(MemberColumn::Number, message);
        }
    }

    async fn branch(
        &mut self,
        connection: &mut Connection,
        cells: &mut Cells<'_>,
    ) -> Result<Option<i64>> {
        let Some(name) = cells.read(MemberColumn::Branch, lists::parse_name) else {
            return Ok(None);
        };
        let id = match self.branches.get(&name) {
            Some(id) => *id,
            None if self.scope != Scope::All => {
                cells.wrong(MemberColumn::Branch, Message::new("members-branch-other"));
                return Ok(None);
            }
            None => {
                let id = lists::find_or_add(connection, List::Branches, &name).await?;
                self.branches.insert(name, id);
                id
            }
        };
        if !self.scope.covers(Some(id)) {
            cells.wrong(MemberColumn::Branch, Message::new("members-branch-other"));
        }
        Ok(Some(id))
    }

    async fn skills(
        &mut self,
        connection: &mut Connection,
        names: Option<Vec<String>>,
    ) -> Result<Option<Vec<i64>>> {
        let Some(names) = names else { return Ok(None) };
        let mut ids = Vec::with_capacity(names.len());
        for name in names {
            let id = match self.skills.get(&name) {
                Some(id) => *id,
                None => {
                    let id = lists::find_or_add(connection, List::Skills, &name).await?;
                    self.skills.insert(name, id);
                    id
                }
            };
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(Some(ids))
    }

    /// The home committee, else the host; `None` where the row says nothing.
    fn home(&self, cells: &mut Cells<'_>) -> Option<Home> {
        let home = self.committee(cells, MemberColumn::CommitteeCode, MemberColumn::Committee);
        if let Some(id) = home {
            return Some(Home::Committee(id));
        }
        let host = self.committee(cells, MemberColumn::HostCode, MemberColumn::Host);
        host.map(|id| Home::Unattached(Some(id)))
    }

    /// A committee by its code, else by its name, with sub-district and district where several
    /// bear it.
    fn committee(
        &self,
        cells: &mut Cells<'_>,
        code: MemberColumn,
        name: MemberColumn,
    ) -> Option<i64> {
        if !cells.text(code).is_empty() {
            return cells.read(code, |typed| self.committees.by_code(typed));
        }
        let (street, district) =
            (cells.text(MemberColumn::Street), cells.text(MemberColumn::District));
        cells.read(name, |typed| self.committees.by_name(typed, street, district))
    }
}

/// The records that a chunk's rows mean.
async fn known(connection: &mut Connection, rows: &[Said]) -> Result<Known> {
    let mut numbers = Vec::new();
    let mut names = Vec::new();
    for row in rows {
        if let Some(number) = &row.number {
            numbers.push(number.as_str());
        } else if row.without_number
            && let Some((name, _)) = &row.name
        {
            names.push(name.as_str());
        }
    }
    let mut known = Known::default();
    for member in store::by_numbers(connection, &numbers).await? {
        if let Some(number) = &member.details.number {
            known.by_number.insert(number.as_str().to_owned(), member);
        }
    }
    if !names.is_empty() {
        for member in store::by_names(connection, &names).await? {
            let details = &member.details;
            let key = (details.name.as_str().to_owned(), details.address.as_str().to_owned());
            known.by_name_and_address.insert(key, member);
        }
    }
    Ok(known)
}

/// Records that a chunk's rows mean.
#[derive(Default)]
struct Known {
    by_number: HashMap<String, Member>,
    by_name_and_address: HashMap<(String, String), Member>,
}
