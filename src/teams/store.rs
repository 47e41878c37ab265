//! Service teams, and who is in them.

use std::collections::HashSet;

use serde_json::json;
use sqlx::{FromRow, Row as _};

use super::{Leader, Reach, State, Team, TeamDetails};
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

/// How many are in team `t` in a state: a person whose two records became one counts once.
macro_rules! count_of {
    ($state:literal) => {
        concat!(
            "(SELECT count(DISTINCT coalesce(w.merged_into, w.id))
              FROM team_members AS x
              JOIN members AS w ON w.id = x.member_id
              WHERE x.team_id = t.id AND x.state ",
            $state,
            ")"
        )
    };
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
pub(super) async fn insert_person(
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
pub(super) async fn move_person(
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
pub(super) async fn lead(connection: &mut Connection, team: i64, person: &Person) -> Result<bool> {
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
