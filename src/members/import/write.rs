//! Writing what was read, many rows a statement, and the batches that imports are.

use std::collections::HashMap;

use serde::Serialize;
use sqlx::FromRow;

use super::rows::Wanted;
use super::said::New;
use super::{Import, Outcome};
use crate::db::{Connection, Result, now};
use crate::members::store::{self, Cause};
use crate::members::{Home, search};
use crate::text::BUCKET_SIZE;

/// Writes the rows of one import, or of a demonstration, which is no batch.
pub(super) struct Writer {
    batch: Option<i64>,
    next_id: i64,
    /// The next free place in each bucket of the phone book that was used.
    places: HashMap<i64, i64>,
    /// Place and id of who is new: they go into the search index at the end, in the order of the
    /// index, because each step back in it costs a flush.
    new: Vec<(i64, i64)>,
}

impl Writer {
    pub(super) async fn new(connection: &mut Connection, import: &Import) -> Result<Self> {
        let batch = sqlx::query_scalar(
            "INSERT INTO import_batches (at, account_id, file_name)
             VALUES ($1, $2, $3)
             RETURNING id",
        )
        .bind(now())
        .bind(import.actor.account_id())
        .bind(&import.file_name)
        .fetch_one(&mut *connection)
        .await?;
        Ok(Self { batch: Some(batch), ..Self::without_batch(connection).await? })
    }

    pub(super) async fn without_batch(connection: &mut Connection) -> Result<Self> {
        let last: i64 = sqlx::query_scalar("SELECT coalesce(max(id), 0) FROM members")
            .fetch_one(&mut *connection)
            .await?;
        let used: Option<i64> =
            sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'members'")
                .fetch_optional(connection)
                .await?;
        let next_id = last.max(used.unwrap_or_default()) + 1;
        Ok(Self { batch: None, next_id, places: HashMap::new(), new: Vec::new() })
    }

    pub(super) async fn write(
        &mut self,
        connection: &mut Connection,
        import: &Import,
        rows: Vec<Wanted>,
        outcome: &mut Outcome,
    ) -> Result<()> {
        let mut new = Vec::new();
        for row in rows {
            match row {
                Wanted::New(details) => new.push(details),
                Wanted::Known(member, details) if member.details == details => {
                    outcome.unchanged += 1;
                }
                Wanted::Known(member, details) => {
                    outcome.updated += 1;
                    store::keep_history(connection, &member, import.actor, Cause::Imported).await?;
                    search::forget(connection, member.id).await?;
                    store::update(connection, &member, &details).await?;
                    search::reindex(connection, &[member.id]).await?;
                    let before = serde_json::to_string(&member.details)
                        .map_err(|e| sqlx::Error::Encode(e.into()))?;
                    self.note(connection, &[(member.id, member.version + 1, Some(before))]).await?;
                }
            }
        }
        outcome.added += new.len();
        if new.is_empty() { Ok(()) } else { self.insert(connection, &new).await }
    }

    pub(super) async fn insert(&mut self, connection: &mut Connection, new: &[New]) -> Result<()> {
        self.find_places(connection, new).await?;
        let at = now();
        let mut members = Vec::with_capacity(new.len());
        let mut skills: Vec<(i64, i64, usize)> = Vec::new();
        let mut notes = Vec::with_capacity(new.len());
        for New { details, bucket, place: address } in new {
            let id = self.next_id;
            self.next_id += 1;
            let place = self.take_place(*bucket);
            members.push((
                id,
                place,
                &details.number,
                &details.name,
                details.branch,
                &details.phone,
                &details.address,
                &address.road,
                address.lane,
                address.house,
                details.home.committee(),
                details.home.host(),
                i64::from(matches!(details.home, Home::Unattached(_))),
                i64::from(details.standing.agreed()),
                i64::from(details.standing.phone()),
            ));
            skills.extend(details.skills.iter().enumerate().map(|(at, skill)| (id, *skill, at)));
            notes.push((id, 1, None));
            self.new.push((place, id));
        }
        sqlx::query(
            "INSERT INTO members (id, sort_key, number, name, branch_id, phone, address, road, lane,
                                  house, committee_id, host_committee_id, unattached, agreed,
                                  agreed_phone, created_at, updated_at)
             SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
                    value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11,
                    value ->> 12, value ->> 13, value ->> 14, $2, $2
             FROM jsonb_each($1)",
        )
        .bind(pack(&members)?)
        .bind(at)
        .execute(&mut *connection)
        .await?;
        sqlx::query(
            "INSERT INTO member_skills (member_id, skill_id, place)
             SELECT value ->> 0, value ->> 1, value ->> 2 FROM jsonb_each($1)",
        )
        .bind(pack(&skills)?)
        .execute(&mut *connection)
        .await?;
        self.note(connection, &notes).await
    }

    /// Notes which versions of records the batch wrote, and what they were before.
    async fn note(
        &self,
        connection: &mut Connection,
        notes: &[(i64, i64, Option<String>)],
    ) -> Result<()> {
        let Some(batch) = self.batch else { return Ok(()) };
        sqlx::query(
            "INSERT INTO import_changes (batch_id, member_id, version_after, before)
             SELECT $1, value ->> 0, value ->> 1, value ->> 2 FROM jsonb_each($2)",
        )
        .bind(batch)
        .bind(pack(notes)?)
        .execute(connection)
        .await?;
        Ok(())
    }

    /// Learns where the buckets of these names stand, in one question.
    async fn find_places(&mut self, connection: &mut Connection, new: &[New]) -> Result<()> {
        let mut buckets: Vec<i64> = new
            .iter()
            .map(|new| new.bucket)
            .filter(|bucket| !self.places.contains_key(bucket))
            .collect();
        buckets.sort_unstable();
        buckets.dedup();
        let found: Vec<(i64, Option<i64>)> = sqlx::query_as(
            "SELECT b.value, (SELECT max(sort_key) FROM members
                              WHERE sort_key >= b.value AND sort_key < b.value + $2)
             FROM json_each($1) AS b",
        )
        .bind(pack(&buckets)?)
        .bind(BUCKET_SIZE)
        .fetch_all(connection)
        .await?;
        for (bucket, last) in found {
            self.places.insert(bucket, last.map_or(bucket, |last| last + 1));
        }
        Ok(())
    }

    /// Takes the next place of a bucket. More namesakes than a bucket holds go on into the
    /// next one, whose names then follow them.
    fn take_place(&mut self, bucket: i64) -> i64 {
        let place = self.places.entry(bucket).or_insert(bucket);
        let taken = *place;
        *place += 1;
        taken
    }

    /// Puts who is new into the search index, in its order.
    pub(super) async fn index(&mut self, connection: &mut Connection) -> Result<()> {
        let mut new = std::mem::take(&mut self.new);
        new.sort_unstable();
        let ids: Vec<i64> = new.into_iter().map(|(_, id)| id).collect();
        search::index_new(connection, &ids).await
    }

    /// Puts who is new into the search index and closes the batch; its id.
    pub(super) async fn finish(
        mut self,
        connection: &mut Connection,
        outcome: &Outcome,
    ) -> Result<Option<i64>> {
        self.index(connection).await?;
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        sqlx::query(
            "UPDATE import_batches
             SET added = $2, updated = $3, unchanged = $4, rejected = $5
             WHERE id = $1",
        )
        .bind(self.batch)
        .bind(count(outcome.added))
        .bind(count(outcome.updated))
        .bind(count(outcome.unchanged))
        .bind(count(outcome.rejected))
        .execute(connection)
        .await?;
        Ok(self.batch)
    }
}

/// Rows for a statement of many, as one value.
fn pack<T: Serialize + ?Sized>(rows: &T) -> Result<String> {
    serde_json::to_string(rows).map_err(|e| sqlx::Error::Encode(e.into()))
}

/// An import as the list of them shows it.
#[derive(Debug, Clone, FromRow)]
pub struct Batch {
    /// `import_batches.id`.
    pub id: i64,
    /// When.
    pub at: String,
    /// Who; `None` from the command line.
    pub by: Option<String>,
    /// The file's name.
    pub file_name: String,
    /// Members who were new.
    pub added: i64,
    /// Members whose record changed.
    pub updated: i64,
    /// Members whose record was as the file had it.
    pub unchanged: i64,
    /// Rows that were not taken in.
    pub rejected: i64,
    /// When it was taken back.
    pub undone_at: Option<String>,
}

const BATCH: &str = "
    SELECT i.id, i.at, a.display_name AS by, i.file_name, i.added, i.updated, i.unchanged,
           i.rejected, i.undone_at
    FROM import_batches AS i
    LEFT JOIN accounts AS a ON a.id = i.account_id";

/// The last imports, the latest first.
pub async fn batches(connection: &mut Connection) -> Result<Vec<Batch>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("{BATCH} ORDER BY i.id DESC LIMIT 50")))
        .fetch_all(connection)
        .await
}

/// One import.
pub async fn batch(connection: &mut Connection, id: i64) -> Result<Option<Batch>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("{BATCH} WHERE i.id = $1")))
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// A record that an import changed or added.
#[derive(Debug, Clone, FromRow)]
pub struct Changed {
    /// `members.id`.
    pub member_id: i64,
    /// Its version when the import had written it.
    pub version_after: i64,
    /// What it was before ([`MemberDetails`] as JSON); `None`: it was new.
    pub before: Option<String>,
}

/// The records that an import changed (or, with `new`, added), in chunks by member.
pub async fn changed(
    connection: &mut Connection,
    batch: i64,
    new: bool,
    after: i64,
    limit: i64,
) -> Result<Vec<Changed>> {
    sqlx::query_as(
        "SELECT member_id, version_after, before
         FROM import_changes
         WHERE batch_id = $1 AND (before IS NULL) = $2 AND member_id > $3
         ORDER BY member_id
         LIMIT $4",
    )
    .bind(batch)
    .bind(new)
    .bind(after)
    .bind(limit)
    .fetch_all(connection)
    .await
}
