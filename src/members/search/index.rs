//! Writing the index, and the lines that lists show.

use serde::{Deserialize, Serialize, Serializer as _};
use sqlx::AssertSqlSafe;

use super::postings::{note_change_of_all, note_changes};
use crate::db::{Connection, Result};
use crate::text::{Block, BlockSize, Filter, Tokens};

/// Takes a record out of the index and the lists; before its sort key changes.
///
/// # Errors
/// When the database fails.
pub async fn forget(connection: &mut Connection, id: i64) -> Result<()> {
    let sort_key: Option<i64> = sqlx::query_scalar("SELECT sort_key FROM members WHERE id = $1")
        .bind(id)
        .fetch_optional(&mut *connection)
        .await?;
    let Some(sort_key) = sort_key else { return Ok(()) };
    for sql in [
        "DELETE FROM member_search WHERE rowid = $1",
        "DELETE FROM member_lines WHERE sort_key = $1",
    ] {
        sqlx::query(sql).bind(sort_key).execute(&mut *connection).await?;
    }
    note_changes(connection, &[sort_key]).await
}

/// Takes out what is known of which records changed lately; when some are erased.
///
/// # Errors
/// When the database fails.
pub async fn forget_changes(connection: &mut Connection) -> Result<()> {
    note_change_of_all(connection).await
}

/// Writes what lists show of these records into a table shaped as `member_lines`.
pub(super) async fn put_lines(
    connection: &mut Connection,
    table: &'static str,
    records: &[Indexed],
) -> Result<()> {
    put_packed_lines(connection, table, pack(records, Indexed::line)?).await
}

async fn put_packed_lines(
    connection: &mut Connection,
    table: &'static str,
    packed: String,
) -> Result<()> {
    let sql = format!(
        "INSERT INTO {table} (sort_key, line)
         SELECT CAST(key AS INTEGER), value FROM json_each($1) WHERE true
         ON CONFLICT (sort_key) DO UPDATE SET line = excluded.line"
    );
    sqlx::query(AssertSqlSafe(sql)).bind(packed).execute(connection).await?;
    Ok(())
}

async fn put_packed_tokens(connection: &mut Connection, packed: String) -> Result<()> {
    sqlx::query(
        "INSERT INTO member_search (rowid, tokens)
         SELECT CAST(key AS INTEGER), value FROM json_each($1)",
    )
    .bind(packed)
    .execute(connection)
    .await?;
    Ok(())
}

/// Something of each record by its sort key, as one JSON object.
fn pack<'a, T: Serialize>(records: &'a [Indexed], of: impl Fn(&'a Indexed) -> T) -> Result<String> {
    let mut packed = Vec::new();
    serde_json::Serializer::new(&mut packed)
        .collect_map(records.iter().map(|record| (record.sort_key, of(record))))
        .map_err(|e| sqlx::Error::Encode(e.into()))?;
    String::from_utf8(packed).map_err(|e| sqlx::Error::Encode(e.into()))
}

/// How far the index has been written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rewriting {
    /// It begins.
    Begin,
    /// There is more to do.
    GoesOn,
    /// All of it is new.
    Done,
}

/// How many pages of the index are written anew at once.
const PAGES: i64 = 100;
/// The same while a bulk is put in, when nobody waits for the pages between.
const PAGES_OF_BULK: i64 = 2000;

/// Writes some more of the index anew, without what was taken out of it. Until then the parts
/// that hold a record's tokens stay: a record that is taken out is only marked, since a
/// contentless index does not know what it holds of it.
///
/// # Errors
/// When the database fails.
pub async fn rewrite(connection: &mut Connection, so_far: Rewriting) -> Result<Rewriting> {
    let pages = match so_far {
        Rewriting::Begin => -PAGES,
        Rewriting::GoesOn => PAGES,
        Rewriting::Done => return Ok(Rewriting::Done),
    };
    Ok(if merge(connection, pages).await? { Rewriting::GoesOn } else { Rewriting::Done })
}

/// Writes so many pages of the index's parts together; whether there is more to do.
async fn merge(connection: &mut Connection, pages: i64) -> Result<bool> {
    let before: i64 =
        sqlx::query_scalar("SELECT total_changes()").fetch_one(&mut *connection).await?;
    set(connection, "merge", pages).await?;
    let after: i64 = sqlx::query_scalar("SELECT total_changes()").fetch_one(connection).await?;
    // The statement itself is one change (SQLite's documentation of FTS5, "The 'merge' Command").
    Ok(after - before >= 2)
}

/// Tells the index something.
async fn set(connection: &mut Connection, option: &str, value: i64) -> Result<()> {
    sqlx::query("INSERT INTO member_search (member_search, rank) VALUES ($1, $2)")
        .bind(option)
        .bind(value)
        .execute(connection)
        .await?;
    Ok(())
}

/// What a live record's tokens and line are made of.
#[derive(Debug, Deserialize)]
pub struct Indexed {
    id: i64,
    /// `members.sort_key`.
    pub sort_key: i64,
    number: Option<String>,
    name: String,
    phone: String,
    address: String,
    branch_id: Option<i64>,
    branch: Option<String>,
    committee_id: Option<i64>,
    committee: Option<String>,
    committee_code: Option<String>,
    street_code: Option<String>,
    street: Option<String>,
    district_code: Option<String>,
    district: Option<String>,
    settled: i64,
    unattached: i64,
    agreed: i64,
    agreed_phone: i64,
    /// In the order in which they are told.
    skills: Vec<(i64, String)>,
}

impl Indexed {
    /// The tokens.
    pub fn tokens(&self) -> String {
        fn or_empty(text: &Option<String>) -> &str {
            text.as_deref().unwrap_or_default()
        }
        let mut tokens = Tokens::new()
            .name(&self.name)
            .text(or_empty(&self.number))
            .phone(&self.phone)
            .text(&self.address)
            .text(or_empty(&self.branch))
            .text(or_empty(&self.committee))
            .text(or_empty(&self.street))
            .text(or_empty(&self.district));
        let mut skills: Vec<&(i64, String)> = self.skills.iter().collect();
        skills.sort_unstable_by_key(|(id, _)| *id);
        for (_, name) in &skills {
            tokens = tokens.text(name);
        }
        let mut filters: Vec<Filter> = skills.iter().map(|(id, _)| Filter::Skill(*id)).collect();
        filters.extend(self.branch_id.map(Filter::Branch));
        filters.extend(self.committee_id.map(Filter::Committee));
        filters.extend(self.street_code.clone().map(Filter::Street));
        filters.extend(self.district_code.clone().map(Filter::District));
        if self.settled == 0 {
            filters.push(Filter::Unattached);
        }
        if self.settled == 0 && self.unattached == 0 {
            filters.push(Filter::Unsettled);
        }
        if self.agreed == 1 {
            filters.push(Filter::Agreed);
        }
        filters.extend(BlockSize::ALL.map(|size| Filter::Block(Block::of(size, self.id))));
        tokens.filters(&filters).finish()
    }

    /// What lists show: the columns of a [`Line`](super::Line), in its order. What costs at a page
    /// is each row's way from the engine's thread to ours, and the five tables that a row is put
    /// together from: so it is put together once, when it changes, and a page's rows go as one
    /// value.
    fn line(&self) -> impl Serialize {
        let skills: Vec<&str> = self.skills.iter().map(|(_, name)| name.as_str()).collect();
        (
            self.id,
            self.sort_key,
            &self.number,
            &self.name,
            &self.branch,
            &self.phone,
            &self.address,
            self.committee_id,
            &self.committee,
            &self.committee_code,
            &self.street,
            self.settled,
            self.unattached,
            self.agreed,
            self.agreed_phone,
            skills,
        )
    }
}

/// What the tokens and lines of live records are made of, for these ids (a JSON array), packed.
const INDEXED: &str = "
    SELECT json_group_array(json_array(
        m.id, m.sort_key, m.number, m.name, m.phone, m.address, m.branch_id, b.name, c.id, c.name,
        c.code, s.code, s.name, d.code, d.name, m.committee_id IS NOT NULL, m.unattached, m.agreed,
        m.agreed_phone,
        json((SELECT json_group_array(json_array(k.id, k.name) ORDER BY x.place, k.id)
              FROM member_skills AS x JOIN skills AS k ON k.id = x.skill_id
              WHERE x.member_id = m.id))))
    FROM json_each($1) AS wanted
    JOIN members AS m ON m.id = wanted.value
    LEFT JOIN branches AS b ON b.id = m.branch_id
    LEFT JOIN committees AS c ON c.id = coalesce(m.committee_id, m.host_committee_id)
    LEFT JOIN streets AS s ON s.code = c.street_code
    LEFT JOIN districts AS d ON d.code = s.district_code
    WHERE m.removed_at IS NULL";

/// What the index and the lists should hold of these live records.
///
/// # Errors
/// When the database fails.
pub async fn indexed(connection: &mut Connection, ids: &[i64]) -> Result<Vec<Indexed>> {
    unpack(&read_packed(connection, ids).await?)
}

async fn read_packed(connection: &mut Connection, ids: &[i64]) -> Result<String> {
    sqlx::query_scalar(INDEXED).bind(serde_json::json!(ids).to_string()).fetch_one(connection).await
}

fn unpack(packed: &str) -> Result<Vec<Indexed>> {
    serde_json::from_str(packed).map_err(|e| sqlx::Error::Decode(e.into()))
}

/// How many records are put into the index by one statement when there are many. Each statement
/// leaves a part of the index behind, and the more parts, the longer it takes to put them together.
const BULK: usize = 4000;

/// Writes the tokens and lines of records that the index does not hold yet, in this order, which
/// should be that of their sort keys.
///
/// Those of one bulk are made while the engine writes those of the one before. Where there are
/// several, the parts that they leave are put together once, at the end, some pages at a time, so
/// that the room of what is done is used again.
///
/// # Errors
/// When the database fails.
pub async fn index_new(connection: &mut Connection, ids: &[i64]) -> Result<()> {
    let several = ids.len() > BULK;
    if several {
        for (option, value) in [("automerge", 0), ("crisismerge", 1999), ("hashsize", 64 << 20)] {
            set(connection, option, value).await?;
        }
    }
    let mut making = None;
    for bulk in ids.chunks(BULK) {
        let packed = read_packed(connection, bulk).await?;
        let next = tokio::task::spawn_blocking(move || -> Result<_> {
            let mut records = unpack(&packed)?;
            records.sort_unstable_by_key(|record| record.sort_key);
            Ok((pack(&records, Indexed::tokens)?, pack(&records, Indexed::line)?))
        });
        if let Some(made) = making.replace(next) {
            put_made(connection, made).await?;
        }
    }
    if let Some(made) = making {
        put_made(connection, made).await?;
        note_change_of_all(connection).await?;
    }
    if several {
        while merge(connection, PAGES_OF_BULK).await? {}
        for (option, value) in [("automerge", 4), ("crisismerge", 16), ("hashsize", 1 << 20)] {
            set(connection, option, value).await?;
        }
    }
    Ok(())
}

/// Writes tokens and lines once they are made.
async fn put_made(
    connection: &mut Connection,
    made: tokio::task::JoinHandle<Result<(String, String)>>,
) -> Result<()> {
    let (tokens, lines) =
        made.await.map_err(|error| sqlx::Error::Io(std::io::Error::other(error)))??;
    put_packed_tokens(connection, tokens).await?;
    put_packed_lines(connection, "member_lines", lines).await
}

/// Writes these records' tokens and lines anew. Removed records have none.
///
/// # Errors
/// When the database fails.
pub async fn reindex(connection: &mut Connection, ids: &[i64]) -> Result<()> {
    for chunk in ids.chunks(500) {
        let records = indexed(connection, chunk).await?;
        let tokens = pack(&records, Indexed::tokens)?;
        sqlx::query(
            "DELETE FROM member_search
             WHERE rowid IN (SELECT CAST(key AS INTEGER) FROM json_each($1))",
        )
        .bind(&tokens)
        .execute(&mut *connection)
        .await?;
        put_packed_tokens(connection, tokens).await?;
        put_lines(connection, "member_lines", &records).await?;
        let keys: Vec<i64> = records.iter().map(|record| record.sort_key).collect();
        note_changes(connection, &keys).await?;
    }
    Ok(())
}
