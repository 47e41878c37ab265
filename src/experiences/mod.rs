//! Experiences 经验: what works, written up from what was told at a meeting, so that others find it.

mod edit_pages;
mod form;
mod list_pages;
mod pages;
pub mod search;
pub mod store;

use crate::activities::Area;
use crate::db::{Connection, Result};
use crate::web::Routes;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    edit_pages::routes(pages::routes(list_pages::routes(routes)))
}

/// What an experience is; a value that exists is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExperienceDetails {
    /// Its title, up to 60 characters.
    pub title: String,
    /// What works and how it is done, up to 10 000 characters.
    pub words: String,
    /// Of which areas it tells, in the order of [`Area::ALL`].
    pub areas: Vec<Area>,
    /// Which skills it takes (`skills.id`), in ascending order.
    pub skills: Vec<i64>,
    /// By whom it was told (`members.id`), who agree to be named; in ascending order.
    pub members: Vec<i64>,
    /// The meeting at which it was told (`meetings.id`).
    pub meeting: Option<i64>,
}

/// A skill is called otherwise.
///
/// # Errors
/// When the database fails.
pub async fn skill_renamed(connection: &mut Connection, id: i64) -> Result<()> {
    let experiences = store::of_skill(connection, id).await?;
    search::reindex(connection, &experiences).await
}

/// A skill becomes part of another.
///
/// # Errors
/// When the database fails.
pub async fn merge_skill(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    store::merge_skill(connection, id, into).await?;
    skill_renamed(connection, into).await
}
