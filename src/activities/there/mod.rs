//! What committees say on their own pages of the parts that their members took: that they are
//! true, or what is wrong. A part that is confirmed there bears the mark that a signed and stamped
//! record card gives it, with who said so.

mod doubt_pages;
pub mod store;

use serde_json::json;

use super::people;
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::needs::named;
use crate::web::Routes;

pub(super) fn routes(routes: Routes) -> Routes {
    doubt_pages::routes(routes)
}

named! {
    /// What is wrong about a part.
    Wrong {
        /// They were not there.
        Absent("absent", "doubts-absent"),
        /// It was another day.
        Day("day", "doubts-day"),
        /// It was more or less often or long.
        Amount("amount", "doubts-amount"),
        /// Something else, in words.
        Other("other", "doubts-other"),
    }
}

/// Confirms parts as they were shown, signed by someone of the committee; how many.
///
/// # Errors
/// When the database fails.
pub async fn confirm(
    connection: &mut Connection,
    committee: i64,
    shown: &[Shown],
    by: &str,
) -> Result<u64> {
    let lines = store::confirm(connection, committee, shown, by).await?;
    log(connection, Action::PartsConfirmed, committee, lines).await?;
    Ok(lines)
}

/// Takes back what was confirmed on this committee's page of an activity; how many parts.
///
/// # Errors
/// When the database fails.
pub async fn take_back(connection: &mut Connection, committee: i64, activity: i64) -> Result<u64> {
    let lines = store::take_back(connection, committee, activity).await?;
    log(connection, Action::PartsUnconfirmed, committee, lines).await?;
    Ok(lines)
}

async fn log(
    connection: &mut Connection,
    action: Action,
    committee: i64,
    lines: u64,
) -> Result<()> {
    if lines == 0 {
        return Ok(());
    }
    let (record, detail) = (Record::Committee(committee), json!({ "lines": lines }));
    audit::record(connection, Actor::Committee, action, record, detail).await
}

/// Keeps what a committee says is wrong about a part; whether it may speak of it.
///
/// # Errors
/// When the database fails.
pub async fn doubt(
    connection: &mut Connection,
    committee: i64,
    part: i64,
    (what, words): (Wrong, &str),
    by: &str,
) -> Result<bool> {
    let Some(found) = store::part(connection, committee, part).await? else { return Ok(false) };
    if found.confirmed_at.is_some() {
        return Ok(false);
    }
    store::take_doubt_back(connection, part).await?;
    store::insert_doubt(connection, part, (what, words), by).await?;
    let (activity, member) = (found.activity_id, found.member_id);
    people::record(connection, Actor::Committee, Action::PartDoubted, activity, member).await?;
    Ok(true)
}

/// Takes back what a committee says is wrong about a part; whether it may speak of it.
///
/// # Errors
/// When the database fails.
pub async fn take_doubt_back(
    connection: &mut Connection,
    committee: i64,
    part: i64,
) -> Result<bool> {
    let Some(found) = store::part(connection, committee, part).await? else { return Ok(false) };
    if found.wrong.is_some() {
        store::take_doubt_back(connection, part).await?;
        let (action, activity) = (Action::DoubtSettled, found.activity_id);
        people::record(connection, Actor::Committee, action, activity, found.member_id).await?;
    }
    Ok(true)
}

/// A part as a committee's page showed it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Shown {
    /// `participations.id`.
    pub id: i64,
    /// How often.
    pub times: i64,
    /// How long, in minutes.
    pub minutes: i64,
    /// The day.
    pub day: String,
}

impl Shown {
    /// As the page sends it: what does not read so is nothing that it showed.
    pub fn parse(sent: &str) -> Option<Self> {
        let mut parts = sent.split('/');
        let mut number = || parts.next()?.parse::<i64>().ok();
        let (id, times, minutes) = (number()?, number()?, number()?);
        let day = parts.next()?.to_owned();
        parts.next().is_none().then_some(Self { id, times, minutes, day })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_showed_is_read_back_and_nothing_else() {
        let shown = Shown { id: 7, times: 2, minutes: 90, day: "2026-01-31".to_owned() };
        assert_eq!(Shown::parse("7/2/90/2026-01-31"), Some(shown));
        for wrong in ["", "7", "7/2/90", "7/2/90/2026-01-31/1", "a/2/90/2026-01-31"] {
            assert_eq!(Shown::parse(wrong), None, "{wrong}");
        }
    }
}
