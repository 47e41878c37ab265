//! Proof that the search index holds what the rows say.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use super::index::{Indexed, indexed, put_lines};
use crate::db::{Connection, Result};

/// How the index, or the line that lists show, differs from the rows at one place of the phone
/// book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// A live member is not in the index.
    Missing {
        /// `members.sort_key`.
        sort_key: i64,
    },
    /// The index holds what no live member is.
    Stray {
        /// The row's key in the index.
        sort_key: i64,
    },
    /// A member's tokens are others than they should be.
    Other {
        /// `members.sort_key`.
        sort_key: i64,
    },
    /// What lists show of a member is not what the record says.
    Line {
        /// `members.sort_key`.
        sort_key: i64,
    },
}

/// Where the index differs from the rows. The index itself keeps no text, so its vocabulary is
/// read through, and what each row's tokens and their places hash to is compared with what they
/// should be; 16 bytes a member are held meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn differences(connection: &mut Connection) -> Result<Vec<Difference>> {
    let hasher = RandomState::new();
    let mut found = read_index(connection, &hasher).await?;
    // The lines that should be are written beside those that are, into a table that goes with the
    // connection.
    sqlx::query(
        "CREATE TEMP TABLE IF NOT EXISTS expected_lines (sort_key INTEGER PRIMARY KEY, line TEXT)",
    )
    .execute(&mut *connection)
    .await?;
    let mut differences = Vec::new();
    let mut lines = Vec::new();
    let mut after = 0;
    loop {
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM members WHERE id > $1 AND removed_at IS NULL ORDER BY id LIMIT 500",
        )
        .bind(after)
        .fetch_all(&mut *connection)
        .await?;
        let Some(last) = ids.last() else { break };
        after = *last;
        let members = indexed(connection, &ids).await?;
        lines.extend(other_lines(connection, &members).await?);
        for member in members {
            let sort_key = member.sort_key;
            let mut expected = 0_u64;
            for (place, token) in tokens(&member.tokens()).enumerate() {
                expected = expected.wrapping_add(hasher.hash_one((token.as_str(), place as i64)));
            }
            match found.remove(&sort_key) {
                None => differences.push(Difference::Missing { sort_key }),
                Some(hash) if hash != expected => differences.push(Difference::Other { sort_key }),
                Some(_) => {}
            }
        }
    }
    let mut stray: Vec<i64> = found.into_keys().collect();
    stray.sort_unstable();
    differences.extend(stray.into_iter().map(|sort_key| Difference::Stray { sort_key }));
    lines.extend(stray_lines(connection).await?);
    differences.extend(lines.into_iter().map(|sort_key| Difference::Line { sort_key }));
    Ok(differences)
}

/// Where the lines of these members are not what the rows say.
async fn other_lines(connection: &mut Connection, members: &[Indexed]) -> Result<Vec<i64>> {
    sqlx::query("DELETE FROM temp.expected_lines").execute(&mut *connection).await?;
    put_lines(connection, "temp.expected_lines", members).await?;
    sqlx::query_scalar(
        "SELECT e.sort_key
         FROM temp.expected_lines AS e
         LEFT JOIN main.member_lines AS l ON l.sort_key = e.sort_key
         WHERE l.line IS NOT e.line
         ORDER BY e.sort_key",
    )
    .fetch_all(connection)
    .await
}

/// Where there is a line and no live member.
async fn stray_lines(connection: &mut Connection) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT l.sort_key
         FROM member_lines AS l
         LEFT JOIN members AS m ON m.sort_key = l.sort_key AND m.removed_at IS NULL
         WHERE m.id IS NULL
         ORDER BY l.sort_key",
    )
    .fetch_all(connection)
    .await
}

/// A record's tokens as the index's tokenizer takes them apart.
fn tokens(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric())
        .filter(|token| !token.is_empty())
        .map(str::to_ascii_lowercase)
}

/// For each row of the index the sum of its tokens' hashes.
async fn read_index(
    connection: &mut Connection,
    hasher: &RandomState,
) -> Result<HashMap<i64, u64>> {
    // The vocabulary is a view of the index that lives as long as this connection.
    sqlx::query(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.member_search_terms
         USING fts5vocab('main', 'member_search', 'instance')",
    )
    .execute(&mut *connection)
    .await?;
    let mut found: HashMap<i64, u64> = HashMap::new();
    let mut after = String::new();
    loop {
        // One term at a time keeps memory bounded: the commonest is in every row once or twice.
        let term: Option<String> = sqlx::query_scalar(
            "SELECT term FROM temp.member_search_terms WHERE term > $1 ORDER BY term LIMIT 1",
        )
        .bind(&after)
        .fetch_optional(&mut *connection)
        .await?;
        let Some(term) = term else { return Ok(found) };
        let packed: String = sqlx::query_scalar(
            "SELECT json_group_array(json_array(doc, \"offset\"))
             FROM temp.member_search_terms
             WHERE term = $1",
        )
        .bind(&term)
        .fetch_one(&mut *connection)
        .await?;
        let places: Vec<(i64, i64)> =
            serde_json::from_str(&packed).map_err(|e| sqlx::Error::Decode(e.into()))?;
        for (row, place) in places {
            let hash = hasher.hash_one((term.as_str(), place));
            let sum = found.entry(row).or_default();
            *sum = sum.wrapping_add(hash);
        }
        after = term;
    }
}
