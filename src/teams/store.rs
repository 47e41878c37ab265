//! Service teams.

use sqlx::{FromRow, Row as _};

use super::{Leader, Reach, Team, TeamDetails};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};

type Row = <crate::db::Engine as sqlx::Database>::Row;

impl FromRow<'_, Row> for Team {
    fn from_row(row: &Row) -> Result<Self> {
        let street: Option<String> = row.try_get("street_code")?;
        let reach = match street {
            Some(code) => Reach::Street(code),
            None => Reach::Committee(row.try_get("committee_id")?),
        };
        let leader: Option<i64> = row.try_get("leader_id")?;
        Ok(Self {
            id: row.try_get("id")?,
            details: TeamDetails {
                name: row.try_get("name")?,
                reach,
                does: row.try_get("does")?,
                places: row.try_get("places")?,
            },
            place: row.try_get("place")?,
            around: row.try_get("around")?,
            by: row.try_get("by_name")?,
            members: row.try_get("members")?,
            asking: row.try_get("asking")?,
            leader: match leader {
                Some(member) => Some(Leader {
                    member,
                    name: row.try_get("leader")?,
                    branch: row.try_get("leader_branch")?,
                }),
                None => None,
            },
            ended_at: row.try_get("ended_at")?,
            version: row.try_get("version")?,
        })
    }
}

macro_rules! teams {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.name, t.committee_id, t.street_code, t.does, t.places, t.by_name,
                    t.ended_at, t.version,
                    coalesce(c.name, s.name) AS place,
                    CASE WHEN c.id IS NULL THEN d.name ELSE s.name END AS around,
                    l.id AS leader_id, l.name AS leader, l.branch_id AS leader_branch, ",
            count_of!("= 'in'"),
            " AS members, ",
            count_of!("= 'asked'"),
            " AS asking
             FROM teams AS t
             LEFT JOIN committees AS c ON c.id = t.committee_id
             JOIN streets AS s ON s.code = coalesce(t.street_code, c.street_code)
             JOIN districts AS d ON d.code = s.district_code
             LEFT JOIN team_members AS h ON h.team_id = t.id AND h.leads = 1
             LEFT JOIN members AS was ON was.id = h.member_id
             LEFT JOIN members AS l ON l.id = coalesce(was.merged_into, was.id) ",
            $rest
        )
    };
}

/// One team.
pub async fn team(connection: &mut Connection, id: i64) -> Result<Option<Team>> {
    sqlx::query_as(teams!("WHERE t.id = $1")).bind(id).fetch_optional(connection).await
}

/// The teams before one, the latest first: those that last, or those that were dissolved.
pub(super) async fn list(
    connection: &mut Connection,
    ended: bool,
    before: i64,
    limit: i64,
) -> Result<Vec<Team>> {
    sqlx::query_as(teams!(
        "WHERE (t.ended_at IS NOT NULL) = $1 AND t.id < $2
         ORDER BY t.id DESC
         LIMIT $3"
    ))
    .bind(ended)
    .bind(before)
    .bind(limit)
    .fetch_all(connection)
    .await
}

/// A committee's own teams, those that last first.
pub async fn of_committee(connection: &mut Connection, committee: i64) -> Result<Vec<Team>> {
    sqlx::query_as(teams!(
        "WHERE t.committee_id = $1
         ORDER BY t.ended_at IS NOT NULL, t.id DESC
         LIMIT 100"
    ))
    .bind(committee)
    .fetch_all(connection)
    .await
}

/// The teams that last and serve in a committee's area: its own, then those of its sub-district.
pub async fn at(connection: &mut Connection, committee: i64) -> Result<Vec<Team>> {
    sqlx::query_as(teams!(
        "WHERE t.ended_at IS NULL
           AND (t.committee_id = $1
                OR t.street_code = (SELECT street_code FROM committees WHERE id = $1))
         ORDER BY t.committee_id IS NULL, t.id DESC
         LIMIT 50"
    ))
    .bind(committee)
    .fetch_all(connection)
    .await
}

/// Adds a team; its `id`.
pub(super) async fn insert(
    connection: &mut Connection,
    details: &TeamDetails,
    by: &str,
) -> Result<i64> {
    let (committee, street) = reach(details);
    sqlx::query_scalar(
        "INSERT INTO teams (name, committee_id, street_code, does, places, by_name, created_at,
                            updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
         RETURNING id",
    )
    .bind(&details.name)
    .bind(committee)
    .bind(street)
    .bind(&details.does)
    .bind(details.places)
    .bind(by)
    .bind(now())
    .fetch_one(connection)
    .await
}

fn reach(details: &TeamDetails) -> (Option<i64>, Option<&str>) {
    match &details.reach {
        Reach::Committee(id) => (Some(*id), None),
        Reach::Street(code) => (None, Some(code)),
    }
}

/// Changes what is said of a team.
pub(super) async fn update(
    connection: &mut Connection,
    id: i64,
    details: &TeamDetails,
) -> Result<()> {
    let (committee, street) = reach(details);
    sqlx::query(
        "UPDATE teams
         SET name = $2, committee_id = $3, street_code = $4, does = $5, places = $6,
             updated_at = $7, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(&details.name)
    .bind(committee)
    .bind(street)
    .bind(&details.does)
    .bind(details.places)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// Dissolves a team, or sets it up again; whether that changed anything.
pub(super) async fn set_ended(connection: &mut Connection, id: i64, ended: bool) -> Result<bool> {
    let at = ended.then(now);
    let changed = sqlx::query(
        "UPDATE teams
         SET ended_at = $2, updated_at = $3, version = version + 1
         WHERE id = $1 AND (ended_at IS NULL) = ($2 IS NOT NULL)",
    )
    .bind(id)
    .bind(at)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Keeps that something was done with a team.
pub(super) async fn keep_history(
    connection: &mut Connection,
    id: i64,
    actor: Actor,
    step: &str,
    before: Option<&TeamDetails>,
) -> Result<()> {
    let before = before.map(serde_json::to_string).transpose();
    sqlx::query(
        "INSERT INTO team_history (team_id, at, account_id, step, before)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id)
    .bind(now())
    .bind(actor.account_id())
    .bind(step)
    .bind(before.map_err(|e| sqlx::Error::Encode(e.into()))?)
    .execute(connection)
    .await?;
    Ok(())
}

/// What was done with a team.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Past {
    /// When.
    pub at: String,
    /// By whom; `None` by a committee's link or at the terminal.
    pub by: Option<String>,
    /// `edited`, `end` or `reopen`.
    pub step: String,
    /// Of an edit: [`TeamDetails`] as JSON.
    pub before: Option<String>,
}

/// What was done with a team, the latest first.
pub(super) async fn history(connection: &mut Connection, id: i64) -> Result<Vec<Past>> {
    sqlx::query_as(
        "SELECT h.at, a.display_name AS by, h.step, h.before
         FROM team_history AS h
         LEFT JOIN accounts AS a ON a.id = h.account_id
         WHERE h.team_id = $1
         ORDER BY h.id DESC
         LIMIT 100",
    )
    .bind(id)
    .fetch_all(connection)
    .await
}

/// The name of a sub-district and of its district.
pub(super) async fn street(
    connection: &mut Connection,
    code: &str,
) -> Result<Option<(String, String)>> {
    sqlx::query_as(
        "SELECT s.name, d.name
         FROM streets AS s
         JOIN districts AS d ON d.code = s.district_code
         WHERE s.code = $1",
    )
    .bind(code)
    .fetch_optional(connection)
    .await
}

/// Moves the teams of a committee that becomes part of another.
pub async fn move_committee(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    sqlx::query(
        "UPDATE teams SET committee_id = $2, version = version + 1 WHERE committee_id = $1",
    )
    .bind(id)
    .bind(into)
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts a sign in the place of a person's name in what is said of teams.
pub async fn forget_names(connection: &mut Connection, names: &[String]) -> Result<()> {
    for name in names {
        for sql in [
            "UPDATE teams
             SET name = replace(name, $1, '…'), does = replace(does, $1, '…')
             WHERE instr(name, $1) > 0 OR instr(does, $1) > 0",
            "UPDATE team_history
             SET before = replace(before, $1, '…')
             WHERE instr(before, $1) > 0",
        ] {
            sqlx::query(sql).bind(name).execute(&mut *connection).await?;
        }
    }
    Ok(())
}
