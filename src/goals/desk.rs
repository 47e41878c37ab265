//! What the desk shows of goals.

use super::list_pages::{self, Row};
use crate::activities::{HalfYear, today};
use crate::db::{self, Connection};
use crate::web::{Page, Permission, Viewer};

/// How many branches the desk shows; more are on their own page.
const SHOWN: usize = 4;

/// The goals of this half-year on the desk.
pub struct DeskGoals {
    /// The half-year, in words.
    pub half: String,
    /// Its code.
    pub code: String,
    /// The viewer's branches that have a goal, in the order of a phone book.
    pub(crate) rows: Vec<Row>,
    /// How many more there are.
    pub more: usize,
}

/// The goals of the viewer's branches; `None` where none is set.
///
/// # Errors
/// When the database fails.
pub async fn on_desk(
    connection: &mut Connection,
    page: &Page,
    viewer: &Viewer,
) -> db::Result<Option<DeskGoals>> {
    if !viewer.may(Permission::SetGoals) {
        return Ok(None);
    }
    let half = HalfYear::of(today());
    let mut rows = list_pages::rows(connection, page, viewer, half, true).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let more = rows.len().saturating_sub(SHOWN);
    rows.truncate(SHOWN);
    let (code, half) = (half.code(), half.words(page.language()));
    Ok(Some(DeskGoals { half, code, rows, more }))
}
