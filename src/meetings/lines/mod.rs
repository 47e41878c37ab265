//! Who told what at a meeting, and what to follow up: lines, each of one member.

mod edit_pages;
mod form;
mod list;
pub mod store;
mod task_pages;

pub(super) use edit_pages::record;
pub(super) use form::Failed;
pub(super) use list::Lines;

use crate::web::Routes;

pub(super) fn routes(routes: Routes) -> Routes {
    task_pages::routes(edit_pages::routes(routes))
}

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// What someone told.
    Told,
    /// What someone sees to.
    Task,
}

impl Sort {
    /// As the database keeps it; also what the ids of its form begin with.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Task => "task",
        }
    }

    /// From what the database keeps.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Told, Self::Task].into_iter().find(|sort| sort.name() == name)
    }
}

/// What a line says; a value that exists is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineDetails {
    /// Who told it, or sees to it (`members.id`).
    pub member: Option<i64>,
    /// What, up to 2000 characters.
    pub words: String,
    /// By when, of a task (`2026-01-31`).
    pub due: Option<String>,
}
