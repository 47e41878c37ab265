//! Which records of the index changed lately.

use std::ops::Range;

use serde_json::json;

use crate::db::{Connection, Result};

/// How many of the latest changes are known.
const KNOWN: usize = 1000;
/// Where more records than so many change at once, all lists are read anew.
const AT_ONCE: usize = 64;

/// The latest changes of the index.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    /// The latest of all (`member_search_changes.seq`).
    pub latest: i64,
    /// What was read before this one is worth nothing now.
    pub floor: i64,
    /// The changes since, and the sort keys of the records that they are of.
    recent: Vec<(i64, i64)>,
}

impl Changes {
    /// With those that were made since; nothing where there are none.
    pub async fn brought_up_to_date(&self, connection: &mut Connection) -> Result<Option<Self>> {
        let newer: Vec<(i64, Option<i64>)> = sqlx::query_as(
            "SELECT seq, sort_key
             FROM member_search_changes
             WHERE seq > $1
             ORDER BY seq",
        )
        .bind(self.latest)
        .fetch_all(connection)
        .await?;
        let Some((first, _)) = newer.first() else { return Ok(None) };
        let mut changes = self.clone();
        // Some are known no more.
        if *first > self.latest + 1 {
            changes.start_at(*first);
        }
        for (seq, sort_key) in newer {
            match sort_key {
                Some(sort_key) => changes.recent.push((seq, sort_key)),
                None => changes.start_at(seq),
            }
            changes.latest = seq;
        }
        if changes.recent.len() > KNOWN {
            let known = changes.recent.split_off(changes.recent.len() - KNOWN);
            changes.floor = changes.recent.last().map_or(changes.floor, |(seq, _)| *seq);
            changes.recent = known;
        }
        Ok(Some(changes))
    }

    fn start_at(&mut self, seq: i64) {
        self.floor = seq;
        self.recent.clear();
    }

    /// The records of a part of the phone book that changed after this.
    pub fn since(&self, seq: i64, part: &Range<i64>) -> Vec<i64> {
        let after = self.recent.partition_point(|(change, _)| *change <= seq);
        let keys = self.recent[after..].iter().map(|(_, key)| *key);
        let mut keys: Vec<i64> = keys.filter(|key| part.contains(key)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// Writes down that these records of the index changed.
///
/// # Errors
/// When the database fails.
pub(in crate::members::search) async fn note_changes(
    connection: &mut Connection,
    keys: &[i64],
) -> Result<()> {
    if keys.len() > AT_ONCE {
        return note_change_of_all(connection).await;
    }
    sqlx::query(
        "INSERT INTO member_search_changes (sort_key)
         SELECT value FROM json_each($1)",
    )
    .bind(json!(keys).to_string())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "DELETE FROM member_search_changes
         WHERE seq <= (SELECT max(seq) FROM member_search_changes) - $1",
    )
    .bind(i64::try_from(KNOWN).unwrap_or(i64::MAX))
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes down that any record of the index may have changed, and forgets which did before: the
/// places of those who are erased tell how their names begin.
///
/// # Errors
/// When the database fails.
pub(in crate::members::search) async fn note_change_of_all(
    connection: &mut Connection,
) -> Result<()> {
    for sql in [
        "DELETE FROM member_search_changes",
        "INSERT INTO member_search_changes (sort_key) VALUES (NULL)",
    ] {
        sqlx::query(sql).execute(&mut *connection).await?;
    }
    Ok(())
}
