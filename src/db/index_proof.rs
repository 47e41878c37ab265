//! What a search index (FTS5, contentless, `ascii` tokenizer) holds, against what it should hold.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use sqlx::AssertSqlSafe;

use super::{Connection, Result};

/// What an index holds: it keeps no text, so its vocabulary is read through, and of each row what
/// its tokens and their places hash to is kept, 16 bytes a row.
#[derive(Debug)]
pub struct IndexProof {
    hasher: RandomState,
    found: HashMap<i64, u64>,
}

/// How a row of an index stands to what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It is what it should be.
    Same,
    /// It holds other tokens.
    Other,
    /// It is not there.
    Missing,
}

impl IndexProof {
    /// Reads an index of this name through. The connection must be allowed to write: the vocabulary
    /// is a temporary table.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(connection: &mut Connection, index: &'static str) -> Result<Self> {
        // The vocabulary is a view of the index that lives as long as this connection.
        let sql = format!(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.{index}_terms
             USING fts5vocab('main', '{index}', 'instance')"
        );
        sqlx::query(AssertSqlSafe(sql)).execute(&mut *connection).await?;
        let next =
            format!("SELECT term FROM temp.{index}_terms WHERE term > $1 ORDER BY term LIMIT 1");
        let places = format!(
            "SELECT json_group_array(json_array(doc, \"offset\"))
             FROM temp.{index}_terms
             WHERE term = $1"
        );
        let mut proof = Self { hasher: RandomState::new(), found: HashMap::new() };
        let mut after = String::new();
        loop {
            // One term at a time keeps memory bounded: the commonest is in every row once or twice.
            let term: Option<String> = sqlx::query_scalar(AssertSqlSafe(next.clone()))
                .bind(&after)
                .fetch_optional(&mut *connection)
                .await?;
            let Some(term) = term else { return Ok(proof) };
            let packed: String = sqlx::query_scalar(AssertSqlSafe(places.clone()))
                .bind(&term)
                .fetch_one(&mut *connection)
                .await?;
            let places: Vec<(i64, i64)> =
                serde_json::from_str(&packed).map_err(|e| sqlx::Error::Decode(e.into()))?;
            for (row, place) in places {
                let hash = proof.hasher.hash_one((term.as_str(), place));
                let sum = proof.found.entry(row).or_default();
                *sum = sum.wrapping_add(hash);
            }
            after = term;
        }
    }

    /// Compares a row with the tokens that it should hold; each row once.
    pub fn compare(&mut self, row: i64, tokens: &str) -> Held {
        let mut expected = 0_u64;
        for (place, token) in (0_i64..).zip(split(tokens)) {
            expected = expected.wrapping_add(self.hasher.hash_one((token.as_str(), place)));
        }
        match self.found.remove(&row) {
            None => Held::Missing,
            Some(hash) if hash == expected => Held::Same,
            Some(_) => Held::Other,
        }
    }

    /// The rows that were compared with nothing, in order.
    pub fn strays(self) -> Vec<i64> {
        let mut rows: Vec<i64> = self.found.into_keys().collect();
        rows.sort_unstable();
        rows
    }

    /// The rows of an index that do not hold these tokens, and those that hold any beside them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn differing(
        connection: &mut Connection,
        index: &'static str,
        expected: &[(i64, String)],
    ) -> Result<Vec<i64>> {
        let mut proof = Self::read(connection, index).await?;
        let mut differing: Vec<i64> = expected
            .iter()
            .filter(|(row, tokens)| proof.compare(*row, tokens) != Held::Same)
            .map(|(row, _)| *row)
            .collect();
        differing.extend(proof.strays());
        Ok(differing)
    }
}

/// A record's tokens as the index's tokenizer takes them apart.
fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric())
        .filter(|token| !token.is_empty())
        .map(str::to_ascii_lowercase)
}
