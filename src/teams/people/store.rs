//! Who is in a team.

use std::collections::HashSet;

use serde_json::json;
use sqlx::FromRow;

use crate::db::{Connection, Result, now};
use crate::teams::State;

/// Who is in a team, asks to be, or was.
#[derive(Debug, Clone, FromRow)]
pub struct Person {
    /// `team_members.id`.
    pub id: i64,
    /// `members.id`; of a record that was merged away, the one that stayed.
    pub member_id: i64,
    /// The name.
    pub name: String,
    /// The employee number.
    pub number: Option<String>,
    /// The branch (`branches.id`).
    pub branch_id: Option<i64>,
    /// Its name.
    pub branch: Option<String>,
    /// Whether the record is live.
    pub live: bool,
    /// Whether the team's committee may know them: its own member, live, who stands to be known.
    pub known: bool,
    /// [`State::name`].
    pub state: String,
    /// Whether they lead it.
    pub leads: bool,
    /// The name of an [`EndReason`](crate::offers::EndReason), once they left.
    pub reason: String,
    /// When it was last changed.
    pub updated_at: String,
    /// Counts the changes.
    pub version: i64,
}

impl Person {
    /// Where they stand.
    pub fn state(&self) -> Option<State> {
        State::from_name(&self.state)
    }
}

/// The people of a team, each once: who leads first, then who asks, who is in, who left.
pub async fn people(connection: &mut Connection, team: i64) -> Result<Vec<Person>> {
    let mut people: Vec<Person> = sqlx::query_as(
        "SELECT x.id, m.id AS member_id, m.name, m.number, m.branch_id, b.name AS branch,
                m.removed_at IS NULL AS live,
                m.removed_at IS NULL AND m.agreed = 1
                  AND coalesce(t.committee_id IN (m.committee_id, m.host_committee_id), 0)
                    AS known,
                x.state, x.leads, x.reason, x.updated_at, x.version
         FROM team_members AS x
         JOIN teams AS t ON t.id = x.team_id
         JOIN members AS was ON was.id = x.member_id
         JOIN members AS m ON m.id = coalesce(was.merged_into, was.id)
         LEFT JOIN branches AS b ON b.id = m.branch_id
         WHERE x.team_id = $1
         ORDER BY x.leads DESC, x.state = 'asked' DESC, x.state = 'in' DESC, x.id DESC
         LIMIT 1000",
    )
    .bind(team)
    .fetch_all(connection)
    .await?;
    // Of those who left and came again, and of two records that became one, what lasts.
    let mut seen = HashSet::new();
    people.retain(|person| seen.insert(person.member_id));
    Ok(people)
}

/// A team that a member is in, or asks to be.
#[derive(Debug, Clone, FromRow)]
pub struct Own {
    /// `teams.id`.
    pub team_id: i64,
    /// What it is called.
    pub name: String,
    /// What it does.
    pub does: String,
    /// The committee's name, or the sub-district's.
    pub place: String,
    /// [`State::name`].
    pub state: String,
    /// Whether they lead it.
    pub leads: bool,
}

/// The teams that a member is in or asks to be in, those that last.
pub async fn of_member(connection: &mut Connection, member: i64) -> Result<Vec<Own>> {
    let mut teams: Vec<Own> = sqlx::query_as(
        "SELECT t.id AS team_id, t.name, t.does, coalesce(c.name, s.name) AS place, x.state, x.leads
         FROM team_members AS x
         JOIN teams AS t ON t.id = x.team_id
         LEFT JOIN committees AS c ON c.id = t.committee_id
         LEFT JOIN streets AS s ON s.code = t.street_code
         WHERE x.member_id IN (SELECT id FROM members WHERE id = $1 OR merged_into = $1)
           AND x.state IN ('asked', 'in') AND t.ended_at IS NULL
         ORDER BY x.leads DESC, x.state = 'in' DESC, x.id DESC
         LIMIT 50",
    )
    .bind(member)
    .fetch_all(connection)
    .await?;
    let mut seen = HashSet::new();
    teams.retain(|team| seen.insert(team.team_id));
    Ok(teams)
}

/// Puts a member into a team, or notes that they ask to be in it, if there is a place and they have
/// none; whether they have it now. The count and the row are one statement behind the one writing
/// connection.
pub(in crate::teams) async fn insert_person(
    connection: &mut Connection,
    team: i64,
    member: i64,
    state: State,
) -> Result<bool> {
    let inserted = sqlx::query(concat!(
        "INSERT INTO team_members (team_id, member_id, state, created_at, updated_at)
         SELECT t.id, $2, $3, $4, $4
         FROM teams AS t
         WHERE t.id = $1 AND t.ended_at IS NULL
           AND (t.places IS NULL OR t.places > ",
        count_of!("IN ('asked', 'in')"),
        ") ON CONFLICT DO NOTHING"
    ))
    .bind(team)
    .bind(member)
    .bind(state.name())
    .bind(now())
    .execute(connection)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Puts someone of a team who is still at this version into a state, no more its leader; one who
/// had no place needs a free one. Whether they are there now.
pub(in crate::teams) async fn move_person(
    connection: &mut Connection,
    person: &Person,
    state: State,
    reason: &str,
) -> Result<bool> {
    let changed = sqlx::query(concat!(
        "UPDATE OR IGNORE team_members
         SET state = $3, leads = 0, reason = $4, updated_at = $5, version = version + 1
         WHERE id = $1 AND version = $2
           AND ($6 OR EXISTS (SELECT 1 FROM teams AS t
                              WHERE t.id = team_members.team_id AND t.ended_at IS NULL
                                AND (t.places IS NULL OR t.places > ",
        count_of!("IN ('asked', 'in')"),
        ")))"
    ))
    .bind(person.id)
    .bind(person.version)
    .bind(state.name())
    .bind(reason)
    .bind(now())
    .bind(!state.takes_place() || person.state().is_some_and(State::takes_place))
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Lets someone who is in a team lead it, in the place of whoever did; whether they do now.
pub(in crate::teams) async fn lead(
    connection: &mut Connection,
    team: i64,
    person: &Person,
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE team_members
         SET leads = 0, updated_at = $2, version = version + 1
         WHERE team_id = $1 AND leads = 1",
    )
    .bind(team)
    .bind(now());
    changed.execute(&mut *connection).await?;
    let changed = sqlx::query(
        "UPDATE team_members
         SET leads = 1, updated_at = $3, version = version + 1
         WHERE id = $1 AND version = $2 AND state = 'in'",
    )
    .bind(person.id)
    .bind(person.version)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Before merged records are erased for good: the record that stays is in their teams.
pub async fn hand_on(connection: &mut Connection, members: &[i64]) -> Result<()> {
    sqlx::query(
        "UPDATE OR IGNORE team_members
         SET member_id = (SELECT merged_into FROM members WHERE id = member_id)
         WHERE member_id IN (SELECT id FROM members
                             WHERE merged_into IS NOT NULL
                               AND id IN (SELECT value FROM json_each($1)))",
    )
    .bind(json!(members).to_string())
    .execute(connection)
    .await?;
    Ok(())
}
