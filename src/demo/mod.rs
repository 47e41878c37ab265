//! A made-up branch over real committees, for looking around and for measuring. All people are
//! invented: names are put together from common surnames and characters.

mod activities;
mod commendations;
mod generator;
mod goals;
mod liaison;
mod meetings;
mod needs;
mod offers;
mod reviews;
mod surveys;
mod teams;
mod words;

pub use activities::few as few_parts;
pub use generator::{Generator, MadeUp};
pub use words::{BRANCHES, SKILLS};

use std::collections::HashMap;

use serde_json::json;

use crate::audit::{self, Action, Actor, Record};
use crate::committees;
use crate::db::{self, Connection, Db, WorkError};
use crate::lang::Message;
use crate::lists::{self, List};
use crate::members::import;
use crate::members::{
    EmployeeNumber, Home, HomeAddress, MemberDetails, Name, Phone, Standing, store,
};

/// The residents' committees of Shanghai, as the statistical office numbers them.
pub const COMMITTEES: &str = include_str!("../../demo/committees-shanghai.csv");

/// Why the demonstration cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The registry holds members already.
    #[error(
        "this registry holds data: the demonstration goes into an empty one, such as --database sqlite:demo.db"
    )]
    NotEmpty,
    /// The directory cannot be taken in.
    #[error("the directory of committees cannot be taken in: {0}")]
    Directory(#[from] committees::import::ImportError),
    /// The database or a file failed.
    #[error(transparent)]
    Work(#[from] WorkError),
    /// A made-up value breaks a rule: a mistake of ours.
    #[error("a made-up member is not valid: {}", .0.key())]
    Invalid(Message),
}

impl From<sqlx::Error> for DemoError {
    fn from(error: sqlx::Error) -> Self {
        Self::Work(error.into())
    }
}

impl From<Message> for DemoError {
    fn from(message: Message) -> Self {
        Self::Invalid(message)
    }
}

/// Fills an empty registry with so many members and so many parts in activities; the same number and seed give the same people.
///
/// # Errors
/// When the registry holds data, or the database fails; nothing is written then but the directory.
/// Accounts are no data of this kind, so that an administrator may be there already.
pub async fn fill(
    db: &Db,
    members: usize,
    parts: usize,
    seed: u64,
    progress: impl Fn(usize),
) -> Result<(), DemoError> {
    if holds_data(&mut *db.read().await?).await? {
        return Err(DemoError::NotEmpty);
    }
    db.with_room(write(db, members, parts, seed, progress)).await
}

async fn write(
    db: &Db,
    members: usize,
    parts: usize,
    seed: u64,
    progress: impl Fn(usize),
) -> Result<(), DemoError> {
    let directory = tempfile::NamedTempFile::new().map_err(WorkError::from)?;
    std::fs::write(directory.path(), COMMITTEES).map_err(WorkError::from)?;
    committees::import::import(db, Actor::CommandLine, directory.path()).await?;
    let mut write = db.write().await?;
    let committees = committees::store::with_codes(&mut write).await?;
    let branches = ids(&mut write, List::Branches, BRANCHES.iter().copied()).await?;
    let skills = ids(&mut write, List::Skills, SKILLS.iter().map(|(name, _)| *name)).await?;
    let made_up = Generator::new(&committees, seed).take(members);
    let mut wrong = None;
    let details = made_up.map_while(|member| {
        valid(&member, &committees, &branches, &skills).map_err(|error| wrong = Some(error)).ok()
    });
    import::fill(&mut write, details, progress).await?;
    if let Some(error) = wrong {
        return Err(error);
    }
    activities::fill(&mut write, parts, seed).await?;
    goals::fill(&mut write).await?;
    needs::fill(&mut write, members, seed).await?;
    meetings::fill(&mut write, seed).await?;
    offers::fill(&mut write).await?;
    teams::fill(&mut write).await?;
    surveys::fill(&mut write).await?;
    liaison::fill(&mut write).await?;
    reviews::fill(&mut write).await?;
    commendations::fill(&mut write).await?;
    let detail = json!({ "members": members });
    audit::record(&mut write, Actor::CommandLine, Action::DemoFilled, Record::None, detail).await?;
    write.commit().await?;
    Ok(())
}

/// Removed members and lists of an office of its own count: nothing made-up may come among them.
async fn holds_data(connection: &mut Connection) -> db::Result<bool> {
    Ok(store::any(connection).await?
        || committees::store::count(connection).await? > 0
        || !lists::names(connection, List::Branches).await?.is_empty()
        || !lists::names(connection, List::Skills).await?.is_empty())
}

async fn ids(
    connection: &mut Connection,
    list: List,
    names: impl Iterator<Item = &'static str>,
) -> Result<HashMap<&'static str, i64>, DemoError> {
    let mut ids = HashMap::new();
    for name in names {
        ids.insert(name, lists::find_or_add(connection, list, name).await?);
    }
    Ok(ids)
}

fn valid(
    member: &MadeUp,
    committees: &[committees::CommitteeLine],
    branches: &HashMap<&'static str, i64>,
    skills: &HashMap<&'static str, i64>,
) -> Result<MemberDetails, DemoError> {
    let id = |place: usize| committees[place].id;
    let mut skills: Vec<i64> =
        member.skills.iter().filter_map(|name| skills.get(name).copied()).collect();
    skills.sort_unstable();
    Ok(MemberDetails {
        number: EmployeeNumber::parse(&member.number)?,
        name: Name::parse(&member.name)?,
        branch: branches.get(member.branch).copied(),
        phone: Phone::parse(&member.phone)?,
        address: HomeAddress::parse(&member.address)?,
        home: member.committee.map_or_else(
            || Home::Unattached(member.host.map(id)),
            |place| Home::Committee(id(place)),
        ),
        skills,
        standing: Standing::new(true, member.phone_agreed),
    })
}
