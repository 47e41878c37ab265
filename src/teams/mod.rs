//! Service teams 服务队: members who serve together in a committee's area or in a whole
//! sub-district, one of them its leader 队长.

#[macro_use]
mod count;
mod edit_pages;
mod export_pages;
mod form;
mod list_pages;
pub mod people;
mod record_pages;
pub mod registry;
mod steps;
pub mod store;

pub(crate) use form::{Fields, TeamForm};
pub(crate) use people::PersonRow;
pub use steps::{State, Step};

use serde::{Deserialize, Serialize};

use crate::web::{Fact, Page, Routes};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = edit_pages::routes(list_pages::routes(routes));
    export_pages::routes(record_pages::routes(people::routes(routes)))
}

/// The most members that a team can be limited to.
pub const MOST_PLACES: i64 = 300;
/// The most characters of a team's name.
pub const LONGEST_NAME: u32 = 30;
/// The most characters of what it does.
pub const LONGEST_DOES: u32 = 60;

/// Where a team serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reach {
    /// In a committee's area (`committees.id`).
    Committee(i64),
    /// In a sub-district (`streets.code`, 9 digits).
    Street(String),
}

/// What is said of a team; a value that exists is valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamDetails {
    /// What it is called.
    pub name: String,
    /// Where it serves.
    pub reach: Reach,
    /// What it does, and when, in a line; may be empty.
    pub does: String,
    /// How many members it takes; `None`: as many as come.
    pub places: Option<i64>,
}

impl TeamDetails {
    /// In words, in the order of the form.
    fn facts(&self, page: &Page, place: &str) -> Vec<Fact> {
        let places = self.places.map_or_else(String::new, |places| places.to_string());
        [
            ("teams-name", self.name.clone()),
            ("teams-place", place.to_owned()),
            ("teams-does", self.does.clone()),
            ("teams-places", places),
        ]
        .map(|(key, text)| Fact { label: page.t(key), text })
        .into()
    }
}

/// Who leads a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leader {
    /// `members.id`.
    pub member: i64,
    /// The name.
    pub name: String,
    /// The branch.
    pub branch: Option<i64>,
}

/// A team's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// `teams.id`.
    pub id: i64,
    /// What is said of it.
    pub details: TeamDetails,
    /// The name of its committee, or of its sub-district.
    pub place: String,
    /// What the place lies in: the sub-district's name, or the district's.
    pub around: String,
    /// Who set it up on the committee's page; empty: the office entered it.
    pub by: String,
    /// How many are in it.
    pub members: i64,
    /// How many ask to be.
    pub asking: i64,
    /// Who leads it.
    pub leader: Option<Leader>,
    /// When it was dissolved.
    pub ended_at: Option<String>,
    /// Counts the changes.
    pub version: i64,
}

impl Team {
    /// The committee whose area it serves; `None` for a whole sub-district.
    pub fn committee(&self) -> Option<i64> {
        match self.details.reach {
            Reach::Committee(id) => Some(id),
            Reach::Street(_) => None,
        }
    }

    /// Whether one more can be in it.
    pub fn is_free(&self) -> bool {
        let taken = self.members + self.asking;
        self.ended_at.is_none() && self.details.places.is_none_or(|places| taken < places)
    }

    /// How many are in it, in words.
    pub fn count(&self, page: &Page) -> String {
        match self.details.places {
            None => page.t1("teams-count", "count", self.members),
            Some(places) => {
                let arguments = [("count", self.members.into()), ("places", places.into())];
                page.language().text_with("teams-count-of", &arguments)
            }
        }
    }
}
