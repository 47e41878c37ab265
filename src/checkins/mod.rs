//! Check-in 报到: the slips 报到单 that members hand to the committee of their home, and the receipts
//! 回执 that come back signed: accepted, by whom, when.
//!
//! What is printed for one committee at once is a sheet: a slip for each member, a list of all of
//! them, or both. The code on any of these papers finds it again. A receipt belongs to a member and
//! a committee, so that who moves house has to check in anew. Nobody gets on a slip who has not
//! agreed to be known to the committee.

mod batch_pages;
mod papers;
mod printing;
mod receipt_pages;
mod receipt_store;
mod receipts;
mod sheet_pages;
pub mod store;
mod there_pages;
mod work_pages;

pub use papers::{Leaf, Paper, leaves, papers};
pub use printing::{Printed, print_missing};
pub(crate) use there_pages::open;
pub(crate) use work_pages::shape_field;

use crate::lang::Message;
use crate::web::{Routes, Scope};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = work_pages::routes(batch_pages::routes(routes));
    let routes = receipt_pages::routes(sheet_pages::routes(routes));
    there_pages::routes(routes)
}

/// The longest name of who accepted, in characters.
const LONGEST_NAME: u32 = 30;

/// What is printed for a committee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A slip for each member, with its receipt.
    Each,
    /// One list of all of them, with one receipt.
    List,
    /// Slips to hand over, and the list to send back.
    Both,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Each, Self::List, Self::Both];

    /// As the database keeps it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Each => "each",
            Self::List => "list",
            Self::Both => "both",
        }
    }

    /// Its word in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Each => "checkins-shape-each",
            Self::List => "checkins-shape-list",
            Self::Both => "checkins-shape-both",
        }
    }

    /// From what a form sends or the database keeps.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }
}

impl TryFrom<String> for Shape {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::from_name(&name).ok_or(name)
    }
}

/// A receipt as it is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The day on which the committee accepted (`2026-01-31`).
    pub day: String,
    /// Who accepted there.
    pub by: String,
}

impl Receipt {
    /// Reads who accepted.
    ///
    /// # Errors
    /// A message for the field.
    fn parse_by(typed: &str) -> Result<String, Message> {
        crate::letters::required_line(typed, LONGEST_NAME)
    }
}

/// The viewer's branches as JSON; `None`: all members.
fn seen(scope: &Scope) -> Option<String> {
    scope.branches().map(|branches| serde_json::json!(branches).to_string())
}
