//! What committees proposed.

use sqlx::{FromRow, Row as _};

use super::{Proposal, State};
use crate::audit::Actor;
use crate::committees::{Committee, CommitteeDetails};
use crate::db::{Connection, Result, now};

type Row = <crate::db::Engine as sqlx::Database>::Row;

impl FromRow<'_, Row> for Proposal {
    fn from_row(row: &Row) -> Result<Self> {
        let details = |column: &str| -> Result<CommitteeDetails> {
            let text: &str = row.try_get(column)?;
            serde_json::from_str(text).map_err(|e| sqlx::Error::Decode(e.into()))
        };
        let state: &str = row.try_get("state")?;
        Ok(Self {
            id: row.try_get("id")?,
            committee: row.try_get("committee_id")?,
            before: details("before")?,
            proposed: details("proposed")?,
            by: row.try_get("by_name")?,
            at: row.try_get("at")?,
            state: State::from_name(state)
                .ok_or_else(|| sqlx::Error::Decode("a state that is unknown".into()))?,
            decided_at: row.try_get("decided_at")?,
            decided_by: row.try_get("decided_by_name")?,
            because: row.try_get("because")?,
        })
    }
}

macro_rules! proposals {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.committee_id, p.before, p.proposed, p.by_name, p.at, p.state,
                    p.decided_at, a.display_name AS decided_by_name, p.because
             FROM committee_proposals AS p
             LEFT JOIN accounts AS a ON a.id = p.decided_by ",
            $rest
        )
    };
}

/// One proposal.
pub(super) async fn proposal(connection: &mut Connection, id: i64) -> Result<Option<Proposal>> {
    sqlx::query_as(proposals!("WHERE p.id = $1")).bind(id).fetch_optional(connection).await
}

/// What waits from a committee, or what it proposed last.
pub async fn latest_of(connection: &mut Connection, committee: i64) -> Result<Option<Proposal>> {
    sqlx::query_as(proposals!(
        "WHERE p.committee_id = $1 ORDER BY p.state <> 'open', p.id DESC LIMIT 1"
    ))
    .bind(committee)
    .fetch_optional(connection)
    .await
}

/// What waits, the oldest first, with the committees' names.
pub(super) async fn waiting(connection: &mut Connection) -> Result<Vec<(i64, String, String)>> {
    sqlx::query_as(
        "SELECT p.id, c.name, p.at
         FROM committee_proposals AS p
         JOIN committees AS c ON c.id = p.committee_id
         WHERE p.state = 'open'
         ORDER BY p.id
         LIMIT 200",
    )
    .fetch_all(connection)
    .await
}

/// What was decided last, with the committees' names and the states.
pub(super) async fn decided(
    connection: &mut Connection,
) -> Result<Vec<(i64, String, String, String)>> {
    sqlx::query_as(
        "SELECT p.id, c.name, p.decided_at, p.state
         FROM committee_proposals AS p
         JOIN committees AS c ON c.id = p.committee_id
         WHERE p.state IN ('accepted', 'declined')
         ORDER BY p.decided_at DESC
         LIMIT 20",
    )
    .fetch_all(connection)
    .await
}

/// How many wait.
pub async fn count_waiting(connection: &mut Connection) -> Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM committee_proposals WHERE state = 'open'")
        .fetch_one(connection)
        .await
}

/// Adds what a committee proposes.
pub(super) async fn insert(
    connection: &mut Connection,
    committee: &Committee,
    proposed: &CommitteeDetails,
    by: &str,
) -> Result<()> {
    let json = |details: &CommitteeDetails| {
        serde_json::to_string(details).map_err(|e| sqlx::Error::Encode(e.into()))
    };
    sqlx::query(
        "INSERT INTO committee_proposals (committee_id, before, proposed, by_name, at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(committee.id)
    .bind(json(&committee.details)?)
    .bind(json(proposed)?)
    .bind(by)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes back what waits from a committee; whether anything did.
pub(super) async fn withdraw(connection: &mut Connection, committee: i64) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE committee_proposals
         SET state = 'withdrawn', decided_at = $2
         WHERE committee_id = $1 AND state = 'open'",
    )
    .bind(committee)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Puts a proposal into a state.
pub(super) async fn decide(
    connection: &mut Connection,
    actor: Actor,
    id: i64,
    state: State,
    because: &str,
) -> Result<()> {
    let at = (state != State::Open).then(now);
    sqlx::query(
        "UPDATE committee_proposals
         SET state = $2, decided_at = $3, decided_by = $4, because = $5
         WHERE id = $1",
    )
    .bind(id)
    .bind(state.name())
    .bind(&at)
    .bind(actor.account_id().filter(|_| at.is_some()))
    .bind(because)
    .execute(connection)
    .await?;
    Ok(())
}
