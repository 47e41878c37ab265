//! The directory.

use sqlx::{FromRow, Row as _};

use super::{Committee, CommitteeCode, CommitteeDetails, CommitteeLine};
use crate::activities;
use crate::checkins;
use crate::contacts;
use crate::db::{Connection, IndexProof, Result, now};
use crate::reviews;
use crate::text::{Filter, MatchExpression, Tokens, bears, fold, match_expression};

type Row = <crate::db::Engine as sqlx::Database>::Row;

impl FromRow<'_, Row> for Committee {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            code: row.try_get("code")?,
            street: (row.try_get("street_code")?, row.try_get("street")?),
            district: (row.try_get("district_code")?, row.try_get("district")?),
            details: CommitteeDetails {
                name: row.try_get("name")?,
                head: row.try_get("head")?,
                address: row.try_get("address")?,
                contact_person: row.try_get("contact_person")?,
                phone: row.try_get("phone")?,
                party_name: row.try_get("party_name")?,
                party_head: row.try_get("party_head")?,
                party_address: row.try_get("party_address")?,
                party_phone: row.try_get("party_phone")?,
            },
            merged_into: row.try_get("merged_into")?,
            version: row.try_get("version")?,
        })
    }
}

/// One committee.
pub async fn committee(connection: &mut Connection, id: i64) -> Result<Option<Committee>> {
    sqlx::query_as(
        "SELECT c.*, s.name AS street, s.district_code, d.name AS district
         FROM committees AS c
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         WHERE c.id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await
}

/// The committee with this official code, or the one that it was merged into.
pub async fn id_by_code(connection: &mut Connection, code: &str) -> Result<Option<i64>> {
    sqlx::query_scalar("SELECT coalesce(merged_into, id) FROM committees WHERE code = $1")
        .bind(code)
        .fetch_optional(connection)
        .await
}

/// The committee with this official code, merged away or not.
pub async fn id_of_code(connection: &mut Connection, code: &str) -> Result<Option<i64>> {
    sqlx::query_scalar("SELECT id FROM committees WHERE code = $1")
        .bind(code)
        .fetch_optional(connection)
        .await
}

/// This committee, or the one that it was merged into.
pub async fn in_use(connection: &mut Connection, id: i64) -> Result<Option<i64>> {
    sqlx::query_scalar("SELECT coalesce(merged_into, id) FROM committees WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// A committee in a line.
pub async fn line(connection: &mut Connection, id: i64) -> Result<Option<CommitteeLine>> {
    sqlx::query_as(
        "SELECT c.id, c.code, c.name, s.name AS street, d.name AS district
         FROM committees AS c
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         WHERE c.id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await
}

/// Committees by name, pinyin, sub-district or code: those whose own name is meant first, short
/// names before long ones; former names and those of merged committees find what they are now.
pub async fn find(
    connection: &mut Connection,
    query: &str,
    limit: usize,
) -> Result<Vec<CommitteeLine>> {
    let MatchExpression::Some(expression) = match_expression(query, &[], None) else {
        return Ok(Vec::new());
    };
    let mut lines: Vec<CommitteeLine> = sqlx::query_as(
        "SELECT c.id, c.code, c.name, s.name AS street, d.name AS district
         FROM committee_search AS f
         JOIN committees AS c ON c.id = f.rowid
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         WHERE f.committee_search MATCH $1
         ORDER BY length(c.name), c.code, c.id
         LIMIT 400",
    )
    .bind(expression.text())
    .fetch_all(connection)
    .await?;
    let typed: String = fold(query).split_whitespace().collect();
    lines.sort_by_cached_key(|line| !bears(&line.name, &typed));
    lines.truncate(limit);
    Ok(lines)
}

/// The committees of this name that are not merged away.
pub async fn named(connection: &mut Connection, name: &str) -> Result<Vec<CommitteeLine>> {
    sqlx::query_as(
        "SELECT c.id, c.code, c.name, s.name AS street, d.name AS district
         FROM committees AS c
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         WHERE c.name = $1 AND c.merged_into IS NULL
         ORDER BY c.code, c.id
         LIMIT 20",
    )
    .bind(name)
    .fetch_all(connection)
    .await
}

/// The committees of a district or sub-district that are not merged away.
pub async fn ids_in(connection: &mut Connection, area: &str) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT id FROM committees
         WHERE substr(street_code, 1, length($1)) = $1 AND merged_into IS NULL
         ORDER BY id",
    )
    .bind(area)
    .fetch_all(connection)
    .await
}

/// Every committee that has an official code, merged away or not.
pub async fn coded(connection: &mut Connection) -> Result<Vec<Committee>> {
    sqlx::query_as(
        "SELECT c.*, s.name AS street, s.district_code, d.name AS district
         FROM committees AS c
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         WHERE c.code IS NOT NULL",
    )
    .fetch_all(connection)
    .await
}

/// How many live members and address rules would move with a committee.
pub async fn what_moves(connection: &mut Connection, id: i64) -> Result<(i64, i64)> {
    sqlx::query_as(
        "SELECT (SELECT count(*) FROM members WHERE committee_id = $1 AND removed_at IS NULL)
              + (SELECT count(*) FROM members
                 WHERE host_committee_id = $1 AND removed_at IS NULL),
                (SELECT count(*) FROM address_rules WHERE committee_id = $1)",
    )
    .bind(id)
    .fetch_one(connection)
    .await
}

/// A sub-district's committees that are not merged away, by code.
pub async fn committees_of(
    connection: &mut Connection,
    street: &str,
) -> Result<Vec<CommitteeLine>> {
    sqlx::query_as(
        "SELECT c.id, c.code, c.name, s.name AS street, d.name AS district
         FROM committees AS c
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         WHERE c.street_code = $1 AND c.merged_into IS NULL
         ORDER BY c.code, c.id",
    )
    .bind(street)
    .fetch_all(connection)
    .await
}

/// Adds a committee's row; its `id`.
pub(super) async fn insert(
    connection: &mut Connection,
    code: Option<&CommitteeCode>,
    street: &str,
    details: &CommitteeDetails,
) -> Result<i64> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO committees (code, street_code, name, head, address, contact_person, phone,
                                 party_name, party_head, party_address, party_phone, updated_at,
                                 created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
         RETURNING id",
    )
    .bind(code.map(CommitteeCode::as_str))
    .bind(street)
    .bind(&details.name)
    .bind(&details.head)
    .bind(&details.address)
    .bind(&details.contact_person)
    .bind(&details.phone)
    .bind(&details.party_name)
    .bind(&details.party_head)
    .bind(&details.party_address)
    .bind(&details.party_phone)
    .bind(now())
    .fetch_one(&mut *connection)
    .await?;
    Ok(id)
}

/// Changes what the office keeps of a committee that is still at this version; whether it was.
pub(super) async fn update(
    connection: &mut Connection,
    id: i64,
    version: i64,
    details: &CommitteeDetails,
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE committees
         SET name = $3, head = $4, address = $5, contact_person = $6, phone = $7, party_name = $8,
             party_head = $9, party_address = $10, party_phone = $11, updated_at = $12,
             version = version + 1
         WHERE id = $1 AND version = $2",
    )
    .bind(id)
    .bind(version)
    .bind(&details.name)
    .bind(&details.head)
    .bind(&details.address)
    .bind(&details.contact_person)
    .bind(&details.phone)
    .bind(&details.party_name)
    .bind(&details.party_head)
    .bind(&details.party_address)
    .bind(&details.party_phone)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Writes every committee's tokens into the directory's index anew.
///
/// # Errors
/// When the database fails.
pub async fn index_all(connection: &mut Connection) -> Result<()> {
    let ids: Vec<i64> =
        sqlx::query_scalar("SELECT id FROM committees").fetch_all(&mut *connection).await?;
    for id in ids {
        index(connection, id).await?;
    }
    Ok(())
}

/// Writes a committee's tokens into the directory's index; a merged one's are those of the
/// committee that it became part of, so it has none of its own.
pub(super) async fn index(connection: &mut Connection, id: i64) -> Result<()> {
    sqlx::query("DELETE FROM committee_search WHERE rowid = $1")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    let Some(tokens) = tokens_of(connection, id).await? else { return Ok(()) };
    sqlx::query("INSERT INTO committee_search (rowid, tokens) VALUES ($1, $2)")
        .bind(id)
        .bind(tokens)
        .execute(connection)
        .await?;
    Ok(())
}

/// The committees (`committees.id`) of which the directory's index holds something else than it
/// should.
pub async fn index_differing(connection: &mut Connection) -> Result<Vec<i64>> {
    let ids: Vec<i64> = sqlx::query_scalar("SELECT id FROM committees ORDER BY id")
        .fetch_all(&mut *connection)
        .await?;
    let mut expected = Vec::with_capacity(ids.len());
    for id in ids {
        expected.extend(tokens_of(connection, id).await?.map(|tokens| (id, tokens)));
    }
    IndexProof::differing(connection, "committee_search", &expected).await
}

/// A committee's tokens; none of a merged one.
async fn tokens_of(connection: &mut Connection, id: i64) -> Result<Option<String>> {
    let words: Option<(String, Option<String>, String, String)> = sqlx::query_as(
        "SELECT c.name, c.code, s.name, d.name
         FROM committees AS c
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         WHERE c.id = $1 AND c.merged_into IS NULL",
    )
    .bind(id)
    .fetch_optional(&mut *connection)
    .await?;
    let Some((name, code, street, district)) = words else { return Ok(None) };
    let former: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM committee_names WHERE committee_id = $1
         UNION
         SELECT name FROM committees WHERE merged_into = $1
         UNION
         SELECT n.name FROM committee_names AS n
         JOIN committees AS c ON c.id = n.committee_id
         WHERE c.merged_into = $1",
    )
    .bind(id)
    .fetch_all(&mut *connection)
    .await?;
    let mut tokens = Tokens::new()
        .name(&name)
        .name(&street)
        .text(&district)
        .text(code.as_deref().unwrap_or_default())
        .filters(&[Filter::Committee(id)]);
    for former in former.iter().filter(|former| **former != name) {
        tokens = tokens.name(former);
    }
    Ok(Some(tokens.finish()))
}

/// Makes one committee part of another: members, address rules, activities and earlier merges move
/// over.
pub(super) async fn merge(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    activities::store::move_to_committee(connection, id, into).await?;
    activities::own::store::move_to_committee(connection, id, into).await?;
    checkins::store::move_to_committee(connection, id, into).await?;
    contacts::store::move_to_committee(connection, id, into).await?;
    reviews::move_to_committee(connection, id, into).await?;
    for sql in [
        "UPDATE members SET committee_id = $2, version = version + 1 WHERE committee_id = $1",
        "UPDATE members SET host_committee_id = $2, version = version + 1
         WHERE host_committee_id = $1",
        "UPDATE address_rules SET committee_id = $2, version = version + 1 WHERE committee_id = $1",
        "UPDATE committees SET merged_into = $2 WHERE merged_into = $1",
        "UPDATE committees SET merged_into = $2, version = version + 1 WHERE id = $1",
    ] {
        sqlx::query(sql).bind(id).bind(into).execute(&mut *connection).await?;
    }
    index(connection, id).await?;
    index(connection, into).await
}

/// The live members whose home or host this committee is, in chunks by `id`.
pub async fn members_of(connection: &mut Connection, id: i64, after: i64) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT id FROM members
         WHERE (committee_id = $1 OR host_committee_id = $1) AND removed_at IS NULL AND id > $2
         ORDER BY id
         LIMIT 2000",
    )
    .bind(id)
    .bind(after)
    .fetch_all(connection)
    .await
}

/// Every name that a committee is or was known by, with the committee that it means now.
pub async fn all(connection: &mut Connection) -> Result<Vec<CommitteeLine>> {
    sqlx::query_as(
        "WITH known AS (
             SELECT id, code, name FROM committees
             UNION
             SELECT c.id, NULL, n.name
             FROM committee_names AS n
             JOIN committees AS c ON c.id = n.committee_id
             WHERE n.body = 'committee'
         )
         SELECT now.id, k.code, k.name, s.name AS street, d.name AS district
         FROM known AS k
         JOIN committees AS c ON c.id = k.id
         JOIN committees AS now ON now.id = coalesce(c.merged_into, c.id)
         JOIN streets AS s ON s.code = now.street_code
         JOIN districts AS d ON d.code = s.district_code",
    )
    .fetch_all(connection)
    .await
}

/// The committees in use that have an official code, by code.
pub async fn with_codes(connection: &mut Connection) -> Result<Vec<CommitteeLine>> {
    sqlx::query_as(
        "SELECT c.id, c.code, c.name, s.name AS street, d.name AS district
         FROM committees AS c
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         WHERE c.code IS NOT NULL AND c.merged_into IS NULL
         ORDER BY c.code",
    )
    .fetch_all(connection)
    .await
}

/// The committees that are the home or host of a live member, by code.
pub async fn with_members(connection: &mut Connection) -> Result<Vec<CommitteeLine>> {
    sqlx::query_as(
        "SELECT c.id, c.code, c.name, s.name AS street, d.name AS district
         FROM committees AS c
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         WHERE EXISTS (SELECT 1 FROM members AS m
                       WHERE m.committee_id = c.id AND m.removed_at IS NULL)
            OR EXISTS (SELECT 1 FROM members AS m
                       WHERE m.host_committee_id = c.id AND m.removed_at IS NULL)
         ORDER BY c.code, c.id",
    )
    .fetch_all(connection)
    .await
}

/// How many committees are in use.
pub async fn count(connection: &mut Connection) -> Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM committees WHERE merged_into IS NULL")
        .fetch_one(connection)
        .await
}
