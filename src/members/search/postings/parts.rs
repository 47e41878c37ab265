//! The parts of the phone book by which lists are kept.

use std::ops::Range;

use serde_json::json;

use crate::db::{Connection, Result};

/// How many records a part has, about.
const RECORDS: i64 = 16_384;
/// How many records are looked at for each boundary.
const SAMPLES: i64 = 16;

/// The phone book in parts of about as many records each.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The greatest `members.id` when it was divided.
    greatest_id: i64,
    /// The first key of each part but the first.
    bounds: Vec<i64>,
}

impl Parts {
    /// Divides the phone book, where it has grown much; nothing otherwise.
    pub async fn divided_anew(&self, connection: &mut Connection) -> Result<Option<Self>> {
        let greatest_id: i64 = sqlx::query_scalar("SELECT coalesce(max(id), 0) FROM members")
            .fetch_one(&mut *connection)
            .await?;
        if greatest_id < RECORDS || greatest_id < self.greatest_id * 2 {
            return Ok(None);
        }
        let samples = greatest_id / RECORDS * SAMPLES;
        let ids: Vec<i64> = (0..samples).map(|at| at * greatest_id / samples).collect();
        let packed: String = sqlx::query_scalar(
            "SELECT json_group_array(sort_key ORDER BY sort_key)
             FROM members
             WHERE id IN (SELECT value FROM json_each($1))",
        )
        .bind(json!(ids).to_string())
        .fetch_one(connection)
        .await?;
        let keys: Vec<i64> =
            serde_json::from_str(&packed).map_err(|error| sqlx::Error::Decode(error.into()))?;
        let each = usize::try_from(SAMPLES).unwrap_or(usize::MAX);
        let mut bounds: Vec<i64> = keys.into_iter().skip(each).step_by(each).collect();
        bounds.dedup();
        Ok(Some(Self { greatest_id, bounds }))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.bounds.len() + 1
    }

    /// The keys of a part.
    pub fn keys(&self, part: usize) -> Range<i64> {
        let first = part.checked_sub(1).and_then(|before| self.bounds.get(before));
        let end = self.bounds.get(part);
        first.copied().unwrap_or(i64::MIN)..end.copied().unwrap_or(i64::MAX)
    }

    /// The part that a key is in.
    pub fn of(&self, key: i64) -> usize {
        self.bounds.partition_point(|bound| *bound <= key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_is_in_one_part() {
        let parts = Parts { greatest_id: 3, bounds: vec![10, 20] };
        assert_eq!(parts.count(), 3);
        for key in [i64::MIN, 0, 9, 10, 11, 19, 20, 21, i64::MAX - 1] {
            let holding: Vec<usize> =
                (0..parts.count()).filter(|part| parts.keys(*part).contains(&key)).collect();
            assert_eq!(holding, [parts.of(key)], "{key}");
        }
        let whole = Parts::default();
        assert_eq!((whole.count(), whole.of(7), whole.keys(0)), (1, 0, i64::MIN..i64::MAX));
    }
}
