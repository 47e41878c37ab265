//! The longer lists of the index, kept in memory once they were asked for.
//!
//! The index goes through a list at some 30 ns a record, which is nothing for the first page of
//! one list, but 10 ms where three lists of a hundred thousand have to be compared for the few
//! records that are in all of them (`浦东新区 编程 英语`). In memory the same takes a twentieth.
//!
//! Lists are read by parts of the phone book, as far as a search needs them. They stay true by the
//! table `member_search_changes`: whoever changes the index, in whichever process, writes there
//! what they changed, and a list from before is mended where it did.

mod changes;
mod common;
mod list;
mod parts;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, PoisonError, RwLock};

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use serde_json::json;

use crate::db::{Connection, Result};
use crate::text::Conjunction;
use changes::Changes;
pub(super) use changes::{note_change_of_all, note_changes};
pub use common::Common;
use list::List;
use parts::Parts;

/// How much memory all lists may take, in bytes.
const ROOM: u64 = 32 << 20;
/// With a list of at most so many records the index itself finds quickly what it has in common
/// with others.
const FEW: usize = 256;
/// A list of at most so many records is kept whole.
const WHOLE: usize = 4096;

/// Lists of the index by the expressions that they are of.
pub struct Postings {
    lists: Cache<Key, Arc<List>, Bytes>,
    changes: RwLock<Arc<Changes>>,
    /// Nothing before the first search.
    parts: RwLock<Option<Arc<Parts>>>,
}

/// What a list is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    expression: Arc<str>,
    /// The keys of a part of the phone book; nothing: all of it, where that is short.
    part: Option<Range<i64>>,
}

impl Key {
    fn keys(&self) -> Range<i64> {
        self.part.clone().unwrap_or(i64::MIN..i64::MAX)
    }
}

/// Weighs lists by the memory that they take.
#[derive(Debug, Clone)]
struct Bytes;

impl Weighter<Key, Arc<List>> for Bytes {
    fn weight(&self, _: &Key, list: &Arc<List>) -> u64 {
        // What the cache itself takes for each, roughly.
        const OWN: usize = 200;
        (OWN + size_of_val(&*list.keys)) as u64
    }
}

impl fmt::Debug for Postings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postings").field("bytes", &self.lists.weight()).finish_non_exhaustive()
    }
}

impl Default for Postings {
    fn default() -> Self {
        // With an expected number as small as this the cache is one shard, so that its room is
        // not divided.
        Self {
            lists: Cache::with_weighter(32, ROOM, Bytes),
            changes: RwLock::default(),
            parts: RwLock::default(),
        }
    }
}

impl Postings {
    /// What the parts of an expression have in common; nothing where one of them is of so few
    /// records that the index is asked instead.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn common(
        &self,
        connection: &mut Connection,
        expression: &Conjunction,
    ) -> Result<Option<Common<'_>>> {
        let (changes, parts) = self.present(connection).await?;
        let mut asked = Vec::with_capacity(expression.parts().len());
        for expression in expression.parts() {
            let expression: Arc<str> = expression.as_str().into();
            let all = self.list(connection, &expression, None, &changes).await?;
            if !all.is_cut && all.keys.len() <= FEW {
                return Ok(None);
            }
            asked.push(common::Asked { expression, all });
        }
        Ok(Some(Common::new(self, changes, parts, asked)))
    }

    /// What has changed until now, and how the phone book is divided.
    async fn present(&self, connection: &mut Connection) -> Result<(Arc<Changes>, Arc<Parts>)> {
        let known = self.changes.read().unwrap_or_else(PoisonError::into_inner).clone();
        let newer = known.brought_up_to_date(connection).await?.map(Arc::new);
        let divided = self.parts.read().unwrap_or_else(PoisonError::into_inner).clone();
        let parts = match divided {
            Some(parts) if newer.is_none() => parts,
            divided => {
                let parts = divided.unwrap_or_default();
                let anew = parts.divided_anew(connection).await?;
                let parts = anew.map_or(parts, Arc::new);
                *self.parts.write().unwrap_or_else(PoisonError::into_inner) = Some(parts.clone());
                parts
            }
        };
        let Some(changes) = newer else { return Ok((known, parts)) };
        let mut latest = self.changes.write().unwrap_or_else(PoisonError::into_inner);
        if latest.latest < changes.latest {
            *latest = changes.clone();
        }
        Ok((changes, parts))
    }

    /// The records that an expression finds in a part of the phone book, or in all of it, with these
    /// changes or later ones.
    async fn list(
        &self,
        connection: &mut Connection,
        expression: &Arc<str>,
        part: Option<Range<i64>>,
        changes: &Changes,
    ) -> Result<Arc<List>> {
        let key = Key { expression: expression.clone(), part };
        loop {
            match self.lists.get_value_or_guard_async(&key).await {
                Ok(list) if list.is_cut => return Ok(list),
                Ok(list) if list.as_of < changes.floor => {
                    self.lists.remove_if(&key, |kept| kept.as_of < changes.floor);
                }
                Ok(list) => {
                    let changed = changes.since(list.as_of, &key.keys());
                    if changed.is_empty() {
                        return Ok(list);
                    }
                    let mended = mended(connection, &key, &list, changed, changes).await?;
                    let mended = Arc::new(mended);
                    self.lists.insert(key, mended.clone());
                    return Ok(mended);
                }
                // Whoever wants the same meanwhile waits for this one.
                Err(guard) => {
                    let list = Arc::new(read(connection, &key, changes).await?);
                    // It is not kept where it was taken out meanwhile.
                    let _ = guard.insert(list.clone());
                    return Ok(list);
                }
            }
        }
    }
}

/// Reads a list; of all of the phone book only a short one.
async fn read(connection: &mut Connection, key: &Key, changes: &Changes) -> Result<List> {
    let most = if key.part.is_none() { WHOLE + 1 } else { usize::MAX };
    let Range { start, end } = key.keys();
    let packed: String = sqlx::query_scalar(
        "SELECT json_group_array(rowid)
         FROM (SELECT rowid
               FROM member_search
               WHERE member_search MATCH $1 AND rowid >= $2 AND rowid < $3
               ORDER BY rowid
               LIMIT $4)",
    )
    .bind(&*key.expression)
    .bind(start)
    .bind(end)
    .bind(i64::try_from(most).unwrap_or(i64::MAX))
    .fetch_one(connection)
    .await?;
    let keys = unpack(&packed)?;
    let is_cut = keys.len() >= most;
    let keys = if is_cut { Box::default() } else { keys };
    Ok(List { as_of: changes.latest, keys, is_cut })
}

fn unpack(packed: &str) -> Result<Box<[i64]>> {
    serde_json::from_str(packed).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// A list after these records of its part changed.
async fn mended(
    connection: &mut Connection,
    key: &Key,
    list: &List,
    changed: Vec<i64>,
    changes: &Changes,
) -> Result<List> {
    let packed: String = sqlx::query_scalar(
        "SELECT json_group_array(rowid)
         FROM member_search
         WHERE member_search MATCH $1 AND rowid IN (SELECT value FROM json_each($2))",
    )
    .bind(&*key.expression)
    .bind(json!(changed).to_string())
    .fetch_one(connection)
    .await?;
    let there = unpack(&packed)?;
    let kept = list.keys.iter().filter(|key| changed.binary_search(key).is_err());
    let mut keys: Vec<i64> = kept.chain(&there).copied().collect();
    // Nearly in order already, which a stable sort is quick with.
    keys.sort();
    Ok(List { as_of: changes.latest, keys: keys.into(), is_cut: false })
}

#[cfg(test)]
mod tests {
    use sqlx::AssertSqlSafe;

    use super::*;
    use crate::db::{Address, Db, Migrations};
    use crate::text::{MatchExpression, match_expression};

    /// So many records, at every tenth place of the phone book: all have the word `aa`, every third
    /// `bb`, every fifth `cc`, and the last of every thousand `dd`.
    async fn registry(records: i64) -> (tempfile::TempDir, Db) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("linli.db");
        let address: Address = format!("sqlite:{}", path.display()).parse().unwrap();
        let db = Db::open_or_create(&address).await.unwrap();
        Migrations::embedded().run(&db).await.unwrap();
        let mut write = db.write().await.unwrap();
        for sql in [
            "INSERT INTO members (id, sort_key, name, phone, address, unattached, agreed,
                                  agreed_phone, created_at, updated_at)
             SELECT n, n * 10, 'x', '', '', 0, 0, 0, '', ''
             FROM numbers",
            "INSERT INTO member_search (rowid, tokens)
             SELECT n * 10, 'aa' || iif(n % 3 = 0, ' bb', '') || iif(n % 5 = 0, ' cc', '')
                    || iif(n % 1000 = 999, ' dd', '')
             FROM numbers",
        ] {
            let sql = format!(
                "WITH RECURSIVE numbers (n) AS (
                     SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {records})
                 {sql}"
            );
            sqlx::query(AssertSqlSafe(sql)).execute(&mut *write).await.unwrap();
        }
        note_change_of_all(&mut write).await.unwrap();
        write.commit().await.unwrap();
        (folder, db)
    }

    /// Takes records out of the index, and puts one in.
    async fn change(db: &Db, taken_out: &[i64], put_in: i64, words: &str) {
        let mut write = db.write().await.unwrap();
        for key in taken_out {
            sqlx::query("DELETE FROM member_search WHERE rowid = $1")
                .bind(key)
                .execute(&mut *write)
                .await
                .unwrap();
        }
        sqlx::query("INSERT INTO member_search (rowid, tokens) VALUES ($1, $2)")
            .bind(put_in)
            .bind(words)
            .execute(&mut *write)
            .await
            .unwrap();
        let keys: Vec<i64> = taken_out.iter().copied().chain([put_in]).collect();
        note_changes(&mut write, &keys).await.unwrap();
        write.commit().await.unwrap();
    }

    fn conjunction(words: &str) -> Conjunction {
        match match_expression(words, &[], None) {
            MatchExpression::Some(all) => all,
            other => panic!("{other:?}"),
        }
    }

    /// What the lists have in common is what the index finds, from every side.
    async fn compare(db: &Db, postings: &Postings, words: &str) {
        let mut connection = db.snapshot().await.unwrap();
        let all = conjunction(words);
        let expected: Vec<i64> = sqlx::query_scalar(
            "SELECT rowid FROM member_search WHERE member_search MATCH $1 ORDER BY rowid",
        )
        .bind(all.text())
        .fetch_all(&mut *connection)
        .await
        .unwrap();
        assert!(expected.len() > 1000, "{words}: {}", expected.len());
        let common = postings.common(&mut connection, &all).await.unwrap().unwrap();
        let found = common.after(&mut connection, None, usize::MAX).await.unwrap();
        assert!(found == expected, "{words}: {} and {}", found.len(), expected.len());
        let middle = expected[expected.len() / 2];
        assert_eq!(
            common.after(&mut connection, Some(middle), 70).await.unwrap(),
            expected[expected.len() / 2 + 1..][..70]
        );
        let before: Vec<i64> =
            expected[..expected.len() / 2].iter().rev().take(700).copied().collect();
        assert_eq!(common.before(&mut connection, middle, 700).await.unwrap(), before);
        assert_eq!(common.before(&mut connection, expected[0], 7).await.unwrap(), [] as [i64; 0]);
        let asked = [middle + 1, *expected.last().unwrap(), middle, 7, expected[0]];
        let among = common.among(&mut connection, &asked).await.unwrap();
        assert_eq!(among, [*expected.last().unwrap(), middle, expected[0]]);
    }

    #[tokio::test]
    async fn what_is_kept_is_what_the_index_finds_also_after_changes_by_another_process() {
        let (_folder, db) = registry(40_000).await;
        let postings = Postings::default();
        let searches = ["aa bb", "bb cc", "cc bb aa"];
        for words in searches {
            compare(&db, &postings, words).await;
        }
        let parts = postings.parts.read().unwrap().clone().unwrap();
        assert_eq!(parts.count(), 2, "records are kept by parts");
        // As by another process: these lists hear of it by the database alone.
        change(&db, &[150, 300, 399_990], 151, "aa bb cc").await;
        for words in searches {
            compare(&db, &postings, words).await;
        }
        for at in 0..50 {
            change(&db, &[600 + at * 30], 601 + at * 30, "bb cc").await;
        }
        compare(&db, &postings, "bb cc").await;
        let mut write = db.write().await.unwrap();
        sqlx::query("DELETE FROM member_search WHERE rowid < 100000")
            .execute(&mut *write)
            .await
            .unwrap();
        note_change_of_all(&mut write).await.unwrap();
        write.commit().await.unwrap();
        for words in searches {
            compare(&db, &postings, words).await;
        }
    }

    #[tokio::test]
    async fn a_thousand_changes_that_no_search_saw_are_not_missed() {
        let (_folder, db) = registry(8000).await;
        let postings = Postings::default();
        compare(&db, &postings, "aa bb").await;
        let mut write = db.write().await.unwrap();
        for key in 1..=1100 {
            sqlx::query("DELETE FROM member_search WHERE rowid = $1")
                .bind(key * 10)
                .execute(&mut *write)
                .await
                .unwrap();
            note_changes(&mut write, &[key * 10]).await.unwrap();
        }
        write.commit().await.unwrap();
        compare(&db, &postings, "aa bb").await;
    }

    #[tokio::test]
    async fn the_index_itself_is_asked_for_what_few_records_have() {
        let (_folder, db) = registry(20_000).await;
        let mut connection = db.snapshot().await.unwrap();
        let postings = Postings::default();
        let few = conjunction("aa dd");
        assert!(postings.common(&mut connection, &few).await.unwrap().is_none());
        let many = conjunction("aa cc");
        assert!(postings.common(&mut connection, &many).await.unwrap().is_some());
    }
}
