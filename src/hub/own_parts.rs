//! What the committee's members entered of themselves: it says on its page that it is so, or not.

use super::Door;
use crate::activities::hours;
use crate::activities::own::{self, OwnPart, Reason, store};
use crate::audit::Actor;
use crate::db::{Connection, Result};
use crate::web::Page;

/// An entry in a line.
pub(super) struct OwnRow {
    pub id: i64,
    pub name: String,
    pub title: String,
    /// Day, area and length, in words.
    pub what: String,
}

impl OwnRow {
    fn of(page: &Page, part: OwnPart) -> Self {
        let mut what =
            format!("{} · {}", page.date(&part.day.to_string()), page.t(part.area.key()));
        if part.minutes > 0 {
            what = format!("{what} · {}", page.t1("hub-hours", "hours", hours(part.minutes)));
        }
        Self { id: part.id, name: part.name, title: part.title, what }
    }
}

/// What waits for this committee's word.
pub(super) async fn rows(
    connection: &mut Connection,
    page: &Page,
    committee: i64,
) -> Result<Vec<OwnRow>> {
    let waiting = store::waiting_there(connection, committee).await?;
    Ok(waiting.into_iter().map(|part| OwnRow::of(page, part)).collect())
}

/// Says of an entry that it is so (`by` signs it), or that it is not; the member's name, if it waited
/// and is this committee's to speak of.
pub(super) async fn settle(
    connection: &mut Connection,
    door: &Door,
    id: i64,
    by: Option<&str>,
) -> Result<Option<String>> {
    let waiting = store::waiting_there(connection, door.committee.id).await?;
    let Some(part) = waiting.into_iter().find(|part| part.id == id) else { return Ok(None) };
    let done = match by {
        Some(by) => own::accept(connection, Actor::Committee, &part, Some(by)).await?,
        None => own::decline(connection, Actor::Committee, &part, Reason::Unknown).await?,
    };
    Ok(done.then_some(part.name))
}
