//! Members' records.

use sqlx::{FromRow, Row as _};

use super::{EmployeeNumber, Home, HomeAddress, Member, MemberDetails, Name, Phone, Standing};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};
use crate::text::{Address, BUCKET_SIZE, sort_bucket};

type Row = <crate::db::Engine as sqlx::Database>::Row;

impl FromRow<'_, Row> for Member {
    fn from_row(row: &Row) -> Result<Self> {
        let committee: Option<i64> = row.try_get("committee_id")?;
        let unattached: bool = row.try_get("unattached")?;
        let skills: &str = row.try_get("skills")?;
        let number: Option<String> = row.try_get("number")?;
        Ok(Self {
            id: row.try_get("id")?,
            details: MemberDetails {
                number: number.map(EmployeeNumber),
                name: Name(row.try_get("name")?),
                branch: row.try_get("branch_id")?,
                phone: Phone(row.try_get("phone")?),
                address: HomeAddress(row.try_get("address")?),
                home: match (committee, unattached) {
                    (Some(id), _) => Home::Committee(id),
                    (None, true) => Home::Unattached(row.try_get("host_committee_id")?),
                    (None, false) => Home::Unsettled,
                },
                skills: serde_json::from_str(skills).map_err(|e| sqlx::Error::Decode(e.into()))?,
                standing: Standing::new(row.try_get("agreed")?, row.try_get("agreed_phone")?),
            },
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
            version: row.try_get("version")?,
            removed_at: row.try_get("removed_at")?,
            merged_into: row.try_get("merged_into")?,
        })
    }
}

/// One record, removed or not.
pub async fn member(connection: &mut Connection, id: i64) -> Result<Option<Member>> {
    sqlx::query_as(
        "SELECT m.*,
                (SELECT json_group_array(skill_id ORDER BY place, skill_id)
                 FROM member_skills
                 WHERE member_id = m.id) AS skills
         FROM members AS m
         WHERE m.id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await
}

/// The live records with these employee numbers.
pub(super) async fn by_numbers(
    connection: &mut Connection,
    numbers: &[&str],
) -> Result<Vec<Member>> {
    sqlx::query_as(
        "SELECT m.*,
                (SELECT json_group_array(skill_id ORDER BY place, skill_id)
                 FROM member_skills
                 WHERE member_id = m.id) AS skills
         FROM json_each($1) AS wanted
         JOIN members AS m ON m.number = wanted.value
         WHERE m.removed_at IS NULL AND m.number IS NOT NULL",
    )
    .bind(serde_json::json!(numbers).to_string())
    .fetch_all(connection)
    .await
}

/// The live records with these names.
pub(super) async fn by_names(connection: &mut Connection, names: &[&str]) -> Result<Vec<Member>> {
    sqlx::query_as(
        "SELECT m.*,
                (SELECT json_group_array(skill_id ORDER BY place, skill_id)
                 FROM member_skills
                 WHERE member_id = m.id) AS skills
         FROM json_each($1) AS wanted
         JOIN members AS m ON m.name = wanted.value
         WHERE m.removed_at IS NULL",
    )
    .bind(serde_json::json!(names).to_string())
    .fetch_all(connection)
    .await
}

/// Takes a record away for good.
pub(super) async fn delete(connection: &mut Connection, id: i64) -> Result<()> {
    sqlx::query("DELETE FROM members WHERE id = $1").bind(id).execute(connection).await?;
    Ok(())
}

/// The live record with this employee number.
pub async fn id_by_number(connection: &mut Connection, number: &str) -> Result<Option<i64>> {
    sqlx::query_scalar("SELECT id FROM members WHERE number = $1 AND removed_at IS NULL")
        .bind(number)
        .fetch_optional(connection)
        .await
}

/// Adds a record; its `id`.
pub(super) async fn insert(connection: &mut Connection, details: &MemberDetails) -> Result<i64> {
    let sort_key = free_sort_key(connection, details.name.as_str()).await?;
    let address = Address::parse(details.address.as_str());
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO members (sort_key, number, name, branch_id, phone, address, road, lane, house,
                              committee_id, host_committee_id, unattached, agreed, agreed_phone,
                              created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
         RETURNING id",
    )
    .bind(sort_key)
    .bind(details.number.as_ref().map(EmployeeNumber::as_str))
    .bind(details.name.as_str())
    .bind(details.branch)
    .bind(details.phone.as_str())
    .bind(details.address.as_str())
    .bind(address.road)
    .bind(address.lane)
    .bind(address.house)
    .bind(details.home.committee())
    .bind(details.home.host())
    .bind(matches!(details.home, Home::Unattached(_)))
    .bind(details.standing.agreed())
    .bind(details.standing.phone())
    .bind(now())
    .fetch_one(&mut *connection)
    .await?;
    set_skills(connection, id, &details.skills).await?;
    Ok(id)
}

/// Changes a record; its version goes up by one.
pub(super) async fn update(
    connection: &mut Connection,
    member: &Member,
    details: &MemberDetails,
) -> Result<()> {
    let address = Address::parse(details.address.as_str());
    let sort_key = if details.name == member.details.name {
        None
    } else {
        Some(free_sort_key(connection, details.name.as_str()).await?)
    };
    sqlx::query(
        "UPDATE members
         SET sort_key = coalesce($2, sort_key), number = $3, name = $4, branch_id = $5, phone = $6,
             address = $7, road = $8, lane = $9, house = $10, committee_id = $11,
             host_committee_id = $12, unattached = $13, agreed = $14, agreed_phone = $15,
             updated_at = $16, version = version + 1
         WHERE id = $1",
    )
    .bind(member.id)
    .bind(sort_key)
    .bind(details.number.as_ref().map(EmployeeNumber::as_str))
    .bind(details.name.as_str())
    .bind(details.branch)
    .bind(details.phone.as_str())
    .bind(details.address.as_str())
    .bind(address.road)
    .bind(address.lane)
    .bind(address.house)
    .bind(details.home.committee())
    .bind(details.home.host())
    .bind(matches!(details.home, Home::Unattached(_)))
    .bind(details.standing.agreed())
    .bind(details.standing.phone())
    .bind(now())
    .execute(&mut *connection)
    .await?;
    set_skills(connection, member.id, &details.skills).await
}

async fn set_skills(connection: &mut Connection, id: i64, skills: &[i64]) -> Result<()> {
    sqlx::query("DELETE FROM member_skills WHERE member_id = $1")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO member_skills (member_id, skill_id, place)
         SELECT $1, value, min(key) FROM json_each($2) GROUP BY value",
    )
    .bind(id)
    .bind(serde_json::json!(skills).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// The next free place in the phone book for this name. A bucket that is full lends from the
/// next one.
async fn free_sort_key(connection: &mut Connection, name: &str) -> Result<i64> {
    let mut bucket = sort_bucket(name);
    loop {
        let last: Option<i64> = sqlx::query_scalar(
            "SELECT max(sort_key) FROM members WHERE sort_key >= $1 AND sort_key < $2",
        )
        .bind(bucket)
        .bind(bucket.saturating_add(BUCKET_SIZE))
        .fetch_one(&mut *connection)
        .await?;
        match last {
            None => return Ok(bucket),
            Some(last) if last + 1 < bucket.saturating_add(BUCKET_SIZE) => return Ok(last + 1),
            Some(_) => bucket = bucket.saturating_add(BUCKET_SIZE),
        }
    }
}

/// Puts a record into the bin, or takes it out again.
pub(super) async fn set_removed(
    connection: &mut Connection,
    id: i64,
    removed_by: Option<Actor>,
) -> Result<()> {
    sqlx::query(
        "UPDATE members
         SET removed_at = $2, removed_by = $3, version = version + 1, updated_at = $4
         WHERE id = $1",
    )
    .bind(id)
    .bind(removed_by.map(|_| now()))
    .bind(removed_by.and_then(Actor::account_id))
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// Why a record changed; the words are in the catalogue under `history-cause-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Edited by hand.
    Edited,
    /// By an imported file.
    Imported,
    /// An import was taken back.
    ImportUndone,
    /// Put into the bin.
    Removed,
    /// Taken out of the bin.
    Restored,
    /// Standing to be known was withdrawn.
    Withdrawn,
    /// Made one with another record.
    Merged,
    /// Such a merge was taken back.
    MergeUndone,
    /// Its committee became part of another.
    CommitteeMerged,
    /// Its committee was confirmed in the queue.
    Settled,
}

impl Cause {
    /// As the database keeps it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Edited => "edited",
            Self::Imported => "imported",
            Self::ImportUndone => "import-undone",
            Self::Removed => "removed",
            Self::Restored => "restored",
            Self::Withdrawn => "withdrawn",
            Self::Merged => "merged",
            Self::MergeUndone => "merge-undone",
            Self::CommitteeMerged => "committee-merged",
            Self::Settled => "settled",
        }
    }

    /// Its words in the catalogue, for what the database holds.
    pub fn key(name: &str) -> &'static str {
        match name {
            "imported" => "history-cause-imported",
            "import-undone" => "history-cause-import-undone",
            "removed" => "history-cause-removed",
            "restored" => "history-cause-restored",
            "withdrawn" => "history-cause-withdrawn",
            "merged" => "history-cause-merged",
            "merge-undone" => "history-cause-merge-undone",
            "committee-merged" => "history-cause-committee-merged",
            "settled" => "history-cause-settled",
            _ => "history-cause-edited",
        }
    }
}

/// Keeps what a record was before a change.
pub(super) async fn keep_history(
    connection: &mut Connection,
    member: &Member,
    actor: Actor,
    cause: Cause,
) -> Result<()> {
    let before =
        serde_json::to_string(&member.details).map_err(|e| sqlx::Error::Encode(e.into()))?;
    sqlx::query(
        "INSERT INTO member_history (member_id, version, at, account_id, cause, before)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(member.id)
    .bind(member.version)
    .bind(now())
    .bind(actor.account_id())
    .bind(cause.name())
    .bind(before)
    .execute(connection)
    .await?;
    Ok(())
}

/// What a record was, with what its branch, skills and committees were merged into since.
pub(super) async fn as_of_now(
    connection: &mut Connection,
    details: MemberDetails,
) -> Result<MemberDetails> {
    let (branch, home, host, skills): (Option<i64>, Option<i64>, Option<i64>, String) =
        sqlx::query_as(
            "SELECT (SELECT coalesce(merged_into, id) FROM branches WHERE id = $1),
                    (SELECT coalesce(merged_into, id) FROM committees WHERE id = $2),
                    (SELECT coalesce(merged_into, id) FROM committees WHERE id = $3),
                    (SELECT json_group_array(id)
                     FROM (SELECT DISTINCT coalesce(merged_into, id) AS id
                           FROM skills
                           WHERE id IN (SELECT value FROM json_each($4))
                           ORDER BY 1))",
        )
        .bind(details.branch)
        .bind(details.home.committee())
        .bind(details.home.host())
        .bind(serde_json::json!(details.skills).to_string())
        .fetch_one(connection)
        .await?;
    let home = match details.home {
        Home::Committee(_) => home.map_or(Home::Unsettled, Home::Committee),
        Home::Unattached(_) => Home::Unattached(host),
        Home::Unsettled => Home::Unsettled,
    };
    let skills = serde_json::from_str(&skills).map_err(|e| sqlx::Error::Decode(e.into()))?;
    Ok(MemberDetails { branch, home, skills, ..details })
}

/// One change of a record's past.
#[derive(Debug, Clone, FromRow)]
pub struct PastVersion {
    /// Its version.
    pub version: i64,
    /// When it ended.
    pub at: String,
    /// Who ended it; `None` from the command line.
    pub by: Option<String>,
    /// Why ([`Cause`]).
    pub cause: String,
    /// The record until then ([`MemberDetails`] as JSON).
    pub before: String,
}

/// What a record was, the latest change first.
pub async fn history(connection: &mut Connection, id: i64) -> Result<Vec<PastVersion>> {
    sqlx::query_as(
        "SELECT h.version, h.at, a.display_name AS by, h.cause, h.before
         FROM member_history AS h
         LEFT JOIN accounts AS a ON a.id = h.account_id
         WHERE h.member_id = $1
         ORDER BY h.id DESC
         LIMIT 500",
    )
    .bind(id)
    .fetch_all(connection)
    .await
}

/// A record in the bin.
#[derive(Debug, Clone, FromRow)]
pub struct Removed {
    /// `members.id`.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The employee number.
    pub number: Option<String>,
    /// The branch, for the viewer's scope.
    pub branch_id: Option<i64>,
    /// When it was put there.
    pub removed_at: String,
    /// Who put it there.
    pub removed_by: Option<String>,
}

/// What can still be brought back, the latest first.
pub async fn bin(connection: &mut Connection, since: &str) -> Result<Vec<Removed>> {
    sqlx::query_as(
        "SELECT m.id, m.name, m.number, m.branch_id, m.removed_at, a.display_name AS removed_by
         FROM members AS m
         LEFT JOIN accounts AS a ON a.id = m.removed_by
         WHERE m.removed_at >= $1 AND m.merged_into IS NULL
         ORDER BY m.removed_at DESC
         LIMIT 1000",
    )
    .bind(since)
    .fetch_all(connection)
    .await
}

/// The names of what a record refers to.
pub async fn branch_name(connection: &mut Connection, id: i64) -> Result<Option<String>> {
    sqlx::query_scalar("SELECT name FROM branches WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// The names of these skills, in the order of the ids.
pub async fn skill_names(connection: &mut Connection, ids: &[i64]) -> Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT k.name
         FROM json_each($1) AS wanted
         JOIN skills AS k ON k.id = wanted.value
         ORDER BY wanted.key",
    )
    .bind(serde_json::json!(ids).to_string())
    .fetch_all(connection)
    .await
}

/// These skills, in the order of the ids.
pub(super) async fn skills(connection: &mut Connection, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    sqlx::query_as(
        "SELECT id, name
         FROM skills
         WHERE id IN (SELECT value FROM json_each($1))
         ORDER BY id",
    )
    .bind(serde_json::json!(ids).to_string())
    .fetch_all(connection)
    .await
}

/// How many live members there are.
pub async fn count(connection: &mut Connection) -> Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM members WHERE removed_at IS NULL")
        .fetch_one(connection)
        .await
}

/// Whether there is any record, removed ones included.
pub async fn any(connection: &mut Connection) -> Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM members)").fetch_one(connection).await
}

/// The member at a place of the phone book.
pub async fn id_at(connection: &mut Connection, sort_key: i64) -> Result<Option<i64>> {
    sqlx::query_scalar("SELECT id FROM members WHERE sort_key = $1")
        .bind(sort_key)
        .fetch_optional(connection)
        .await
}
