//! Who was nominated in a call, and what became of it.

use sqlx::{FromRow, Row as _};

use super::nominee::Before;
use super::store::Past;
use super::{Decision, Nominee, State};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};

type Row = <crate::db::Engine as sqlx::Database>::Row;

impl FromRow<'_, Row> for Nominee {
    fn from_row(row: &Row) -> Result<Self> {
        let state: String = row.try_get("state")?;
        let on: Option<String> = row.try_get("decided_on")?;
        Ok(Self {
            id: row.try_get("id")?,
            call_id: row.try_get("call_id")?,
            member_id: row.try_get("member_id")?,
            name: row.try_get("name")?,
            number: row.try_get("number")?,
            branch_id: row.try_get("branch_id")?,
            branch: row.try_get("branch")?,
            sort_key: row.try_get("sort_key")?,
            live: row.try_get("live")?,
            state: State::from_name(&state).unwrap_or(State::TakenBack),
            reason: row.try_get("reason")?,
            although: row.try_get("although")?,
            decision: match on {
                Some(on) => Some(Decision {
                    by: row.try_get("decided_by")?,
                    on,
                    votes_for: row.try_get("votes_for")?,
                    votes_against: row.try_get("votes_against")?,
                    votes_abstained: row.try_get("votes_abstained")?,
                }),
                None => None,
            },
            publishing: row.try_get("publishing")?,
            publishing_on: row.try_get("publishing_on")?,
            version: row.try_get("version")?,
        })
    }
}

macro_rules! nominees {
    ($rest:literal) => {
        concat!(
            "SELECT x.id, x.call_id, m.id AS member_id, m.name, coalesce(m.number, '') AS number,
                    m.branch_id,
                    CASE WHEN x.decided_on IS NULL THEN coalesce(b.name, '') ELSE x.branch END
                        AS branch,
                    m.sort_key, m.removed_at IS NULL AS live, x.state, x.reason, x.although, x.decided_by,
                    x.decided_on, x.votes_for, x.votes_against, x.votes_abstained,
                    coalesce(x.publishing, '') AS publishing,
                    coalesce(x.publishing_on, '') AS publishing_on, x.version
             FROM commendations AS x
             JOIN members AS was ON was.id = x.member_id
             JOIN members AS m ON m.id = coalesce(was.merged_into, was.id)
             LEFT JOIN branches AS b ON b.id = m.branch_id ",
            $rest
        )
    };
}

/// One nomination.
///
/// # Errors
/// When the database fails.
pub async fn nominee(connection: &mut Connection, id: i64) -> Result<Option<Nominee>> {
    sqlx::query_as(nominees!("WHERE x.id = $1")).bind(id).fetch_optional(connection).await
}

/// A member's nomination in a call; of two records that became one, that which lasts.
pub(super) async fn in_call(
    connection: &mut Connection,
    call: i64,
    member: i64,
) -> Result<Option<Nominee>> {
    sqlx::query_as(nominees!(
        "WHERE x.call_id = $1
           AND x.member_id IN (SELECT id FROM members WHERE id = $2 OR merged_into = $2)
         ORDER BY x.state = 'granted' DESC, x.state = 'taken-back', x.id
         LIMIT 1"
    ))
    .bind(call)
    .bind(member)
    .fetch_optional(connection)
    .await
}

/// The nominations of a call whose members are of these branches (JSON; `None`: all), in this state
/// or in any, in the order of the phone book behind one of its places.
pub(super) async fn of_call(
    connection: &mut Connection,
    call: i64,
    branches: Option<&str>,
    only: Option<State>,
    after: i64,
    limit: i64,
) -> Result<Vec<Nominee>> {
    sqlx::query_as(nominees!(
        "WHERE x.call_id = $1
           AND ($2 IS NULL OR m.branch_id IN (SELECT value FROM json_each($2)))
           AND ($3 IS NULL OR x.state = $3) AND m.sort_key > $4
         ORDER BY m.sort_key, x.id
         LIMIT $5"
    ))
    .bind(call)
    .bind(branches)
    .bind(only.map(State::name))
    .bind(after)
    .bind(limit)
    .fetch_all(connection)
    .await
}

/// A nomination with what the call is called.
#[derive(Debug, Clone)]
pub(super) struct Titled {
    /// The call's title.
    pub title: String,
    /// Its half-years, as [`HalfYear::code`](crate::activities::HalfYear::code).
    pub halves: (String, String),
    /// The nomination.
    pub nominee: Nominee,
}

impl FromRow<'_, Row> for Titled {
    fn from_row(row: &Row) -> Result<Self> {
        let halves = (row.try_get("first_half")?, row.try_get("last_half")?);
        Ok(Self { title: row.try_get("title")?, halves, nominee: Nominee::from_row(row)? })
    }
}

macro_rules! titled {
    ($rest:literal) => {
        concat!(
            "SELECT k.title, k.first_half, k.last_half, n.*
             FROM (",
            nominees!(""),
            ") AS n
             JOIN commendation_calls AS k ON k.id = n.call_id ",
            $rest
        )
    };
}

/// All nominations of a member, the latest first; what was taken back too.
pub(super) async fn of_member(connection: &mut Connection, member: i64) -> Result<Vec<Titled>> {
    sqlx::query_as(titled!(
        "WHERE n.id IN (SELECT id FROM commendations
                        WHERE member_id IN (SELECT id FROM members
                                            WHERE id = $1 OR merged_into = $1))
         ORDER BY n.id DESC
         LIMIT 200"
    ))
    .bind(member)
    .fetch_all(connection)
    .await
}

/// Those whom the workplace may read of, before one of them (day and `id`), the latest first.
pub(super) async fn published(
    connection: &mut Connection,
    before: (&str, i64),
    limit: i64,
) -> Result<Vec<Titled>> {
    sqlx::query_as(titled!(
        "WHERE n.id IN (SELECT id FROM commendations
                        WHERE publishing = 'yes' AND (decided_on, id) < ($1, $2))
           AND n.live AND n.state = 'granted'
         ORDER BY n.decided_on DESC, n.id DESC
         LIMIT $3"
    ))
    .bind(before.0)
    .bind(before.1)
    .bind(limit)
    .fetch_all(connection)
    .await
}

/// Nominates a member in a call; the `id`.
pub(super) async fn insert(
    connection: &mut Connection,
    call: i64,
    member: i64,
    (reason, although): (&str, &str),
) -> Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO commendations (call_id, member_id, state, reason, although, created_at,
                                    updated_at)
         VALUES ($1, $2, 'nominated', $3, $4, $5, $5)
         RETURNING id",
    )
    .bind(call)
    .bind(member)
    .bind(reason)
    .bind(although)
    .bind(now())
    .fetch_one(connection)
    .await
}

/// Writes what became of a nomination that is still at its version; whether it was.
pub(super) async fn update(connection: &mut Connection, nominee: &Nominee) -> Result<bool> {
    let decision = nominee.decision.clone().unwrap_or_default();
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let changed = sqlx::query(
        "UPDATE commendations
         SET state = $3, reason = $4, although = $5, decided_by = $6, decided_on = $7,
             votes_for = $8, votes_against = $9, votes_abstained = $10, branch = $11,
             publishing = $12, publishing_on = $13,
             publishing_by = CASE WHEN $12 IS NULL THEN NULL ELSE publishing_by END,
             updated_at = $14, version = version + 1
         WHERE id = $1 AND version = $2",
    )
    .bind(nominee.id)
    .bind(nominee.version)
    .bind(nominee.state.name())
    .bind(&nominee.reason)
    .bind(&nominee.although)
    .bind(&decision.by)
    .bind(some(&decision.on))
    .bind(decision.votes_for)
    .bind(decision.votes_against)
    .bind(decision.votes_abstained)
    .bind(if nominee.decision.is_some() { nominee.branch.as_str() } else { "" })
    .bind(some(&nominee.publishing))
    .bind(some(&nominee.publishing_on))
    .bind(now())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Notes who noted whether a member agrees.
pub(super) async fn noted_by(connection: &mut Connection, id: i64, actor: Actor) -> Result<()> {
    sqlx::query("UPDATE commendations SET publishing_by = $2 WHERE id = $1")
        .bind(id)
        .bind(actor.account_id())
        .execute(connection)
        .await?;
    Ok(())
}

/// Keeps that something was done with a nomination; `before`: `None` where it was not there.
pub(super) async fn keep_history(
    connection: &mut Connection,
    id: i64,
    actor: Actor,
    (step, why): (&str, &str),
    before: Option<&Before>,
) -> Result<()> {
    let before = before.map(serde_json::to_string).transpose();
    sqlx::query(
        "INSERT INTO commendation_history (commendation_id, at, account_id, step, why, before)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(now())
    .bind(actor.account_id())
    .bind(step)
    .bind(why)
    .bind(before.map_err(|error| sqlx::Error::Encode(error.into()))?)
    .execute(connection)
    .await?;
    Ok(())
}

/// What was done with a nomination, the latest first.
pub(super) async fn history(connection: &mut Connection, id: i64) -> Result<Vec<Past>> {
    sqlx::query_as(
        "SELECT h.at, a.display_name AS by, h.step, h.why, h.before
         FROM commendation_history AS h
         LEFT JOIN accounts AS a ON a.id = h.account_id
         WHERE h.commendation_id = $1
         ORDER BY h.id DESC
         LIMIT 100",
    )
    .bind(id)
    .fetch_all(connection)
    .await
}

/// The body that decided last in the branches of these members, for the form.
pub(super) async fn last_body(connection: &mut Connection, call: i64) -> Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT decided_by
         FROM commendations
         WHERE call_id = $1 AND decided_by <> ''
         ORDER BY updated_at DESC
         LIMIT 1",
    )
    .bind(call)
    .fetch_optional(connection)
    .await
}

/// Whether a call has a nomination in this state whose member is of these branches.
pub(super) async fn any(
    connection: &mut Connection,
    call: i64,
    branches: Option<&str>,
    state: State,
) -> Result<bool> {
    let found = of_call(connection, call, branches, Some(state), i64::MIN, 1).await?;
    Ok(!found.is_empty())
}
