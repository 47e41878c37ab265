//! What a search index (FTS5, contentless, `ascii` tokenizer) holds, against what it should hold.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use sqlx::AssertSqlSafe;

use super::{Connection, Result};

/// How many places of an index are read at once.
const PAGE: usize = 20_000;

/// A place of a term: the term, the row, and where in the row.
type Place = (String, i64, i64);

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
        let page = format!(
            "SELECT json_group_array(json_array(term, doc, \"offset\"))
             FROM (SELECT term, doc, \"offset\" FROM temp.{index}_terms
                   WHERE term > $1 ORDER BY term LIMIT {PAGE})"
        );
        let whole = format!(
            "SELECT json_group_array(json_array(term, doc, \"offset\"))
             FROM temp.{index}_terms
             WHERE term = $1"
        );
        let mut proof = Self { hasher: RandomState::new(), found: HashMap::new() };
        let mut after = String::new();
        loop {
            // Page by page, which keeps memory bounded; a term that fills a page is read alone.
            let packed = read_packed(connection, &page, &after).await?;
            let mut places = unpack(&packed)?;
            let Some((last, ..)) = places.last().cloned() else { return Ok(proof) };
            if places.len() < PAGE {
                proof.add(&places);
                return Ok(proof);
            }
            places.retain(|(term, ..)| *term != last);
            if let Some((term, ..)) = places.last() {
                proof.add(&places);
                after.clone_from(term);
            } else {
                let packed = read_packed(connection, &whole, &last).await?;
                proof.add(&unpack(&packed)?);
                after = last;
            }
        }
    }

    fn add(&mut self, places: &[Place]) {
        for (term, row, place) in places {
            let hash = self.hasher.hash_one((term.as_str(), place));
            let sum = self.found.entry(*row).or_default();
            *sum = sum.wrapping_add(hash);
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

async fn read_packed(connection: &mut Connection, sql: &str, term: &str) -> Result<String> {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).bind(term).fetch_one(connection).await
}

fn unpack(packed: &str) -> Result<Vec<Place>> {
    serde_json::from_str(packed).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// A record's tokens as the index's tokenizer takes them apart.
fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric())
        .filter(|token| !token.is_empty())
        .map(str::to_ascii_lowercase)
}
