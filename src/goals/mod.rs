//! Goals 目标: what a branch sets out to do in a half-year, and how far it has come. Progress is told
//! beside the goal and beside the same point of the half-year before; no branch is put above
//! another.

mod copy_pages;
mod desk;
mod edit_pages;
mod form;
mod list_pages;
mod progress;
pub mod registry;
mod show_pages;
pub mod store;
mod words;

pub use desk::{DeskGoals, on_desk};
pub use progress::{Progress, of_branches as progress};
pub use words::said;

use serde::{Deserialize, Serialize};

use crate::activities::{Area, HalfYear};
use crate::web::Routes;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = copy_pages::routes(list_pages::routes(routes));
    edit_pages::routes(show_pages::routes(routes))
}

/// The largest number of a goal.
pub const MOST: i64 = 10_000_000;

/// What is set out for, in all areas or in one; a number that is not there is no goal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// How many members take part.
    pub members: Option<i64>,
    /// How often in all.
    pub times: Option<i64>,
    /// How many hours in all.
    pub hours: Option<i64>,
}

impl Numbers {
    /// Whether nothing is set out for.
    pub fn is_empty(&self) -> bool {
        self.all().iter().all(Option::is_none)
    }

    /// In the order of the form.
    pub fn all(&self) -> [Option<i64>; 3] {
        [self.members, self.times, self.hours]
    }
}

impl From<[Option<i64>; 3]> for Numbers {
    fn from([members, times, hours]: [Option<i64>; 3]) -> Self {
        Self { members, times, hours }
    }
}

/// What of a goal's numbers stands in which place: all areas together, then each.
pub const PLACES: [Option<Area>; 5] = [
    None,
    Some(Area::Culture),
    Some(Area::Mediation),
    Some(Area::GoodDeeds),
    Some(Area::SelfGovernance),
];

/// The name of such a place in the database.
pub(crate) fn place_name(place: Option<Area>) -> &'static str {
    place.map_or("", Area::name)
}

/// The words of such a place.
pub(crate) fn place_key(place: Option<Area>) -> &'static str {
    place.map_or("activities-all-areas", Area::key)
}

/// A goal's numbers, in the order of [`PLACES`]; a value that exists has one at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalNumbers([Numbers; 5]);

impl GoalNumbers {
    /// From the numbers of each place, if there is any.
    pub fn new(numbers: [Numbers; 5]) -> Option<Self> {
        (!numbers.iter().all(Numbers::is_empty)).then_some(Self(numbers))
    }

    /// Of all areas together.
    pub fn whole(&self) -> Numbers {
        self.0[0]
    }

    /// Each place with its numbers.
    pub fn places(&self) -> impl Iterator<Item = (Option<Area>, Numbers)> {
        PLACES.into_iter().zip(self.0)
    }
}

/// A branch's goal for a half-year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// `goals.id`.
    pub id: i64,
    /// `branches.id`.
    pub branch: i64,
    /// The half-year.
    pub half: HalfYear,
    /// What is set out for.
    pub numbers: GoalNumbers,
    /// Counts the changes.
    pub version: i64,
    /// When it was taken back.
    pub removed_at: Option<String>,
}
