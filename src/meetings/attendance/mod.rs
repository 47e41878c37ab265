//! Who was at a meeting, or asked for leave: entered by typing, one after the other.

mod entry_pages;
mod list;
mod state_pages;
pub mod store;

pub(super) use entry_pages::open_meeting;
pub(super) use list::People;

use serde_json::json;

use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::web::Routes;

pub(super) fn routes(routes: Routes) -> Routes {
    state_pages::routes(entry_pages::routes(routes))
}

/// The longest reason for leave, in characters.
pub const LONGEST_REASON: u32 = 60;

/// Whether a member was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// They are invited, and nobody has noted yet whether they came.
    Expected,
    /// 到会.
    Present,
    /// 请假.
    Leave,
}

impl State {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Present, Self::Leave, Self::Expected];

    /// As the database keeps it and forms send it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Present => "present",
            Self::Leave => "leave",
        }
    }

    /// From what the database keeps or a form sent.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Its words in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Expected => "meetings-state-expected",
            Self::Present => "meetings-state-present",
            Self::Leave => "meetings-state-leave",
        }
    }
}

/// Notes that a member is expected, unless they are on the list.
///
/// # Errors
/// When the database fails.
pub async fn expect(
    connection: &mut Connection,
    actor: Actor,
    meeting: i64,
    member: i64,
) -> Result<()> {
    if store::insert(connection, meeting, member, State::Expected).await? {
        record(connection, actor, Action::AttendeeAdded, meeting, member).await?;
    }
    Ok(())
}

/// Writes the line of the log about a member at a meeting.
async fn record(
    connection: &mut Connection,
    actor: Actor,
    action: Action,
    meeting: i64,
    member: i64,
) -> Result<()> {
    let detail = json!({ "member": member });
    audit::record(connection, actor, action, Record::Meeting(meeting), detail).await
}
