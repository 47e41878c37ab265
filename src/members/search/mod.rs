//! Finding members: the index, the list's pages, and counts.

pub mod check;
mod counts;
mod index;
mod lines;
mod postings;
mod shown;

use std::collections::HashMap;

use serde_json::json;
use sqlx::FromRow;

use super::list_pages::ListQuery;
use crate::db::{Connection, Result};

pub use counts::{COUNTED, Count, CountUpTo, count, count_matching};
pub use index::{Rewriting, forget, forget_changes, index_new, reindex, rewrite};
pub use lines::{Line, Lines, Order, Text, lines};
pub use postings::Postings;
pub use shown::{PAGE, Place, Shown, shown};

/// What the properties are called by which a list is narrowed; of an unknown one nothing.
#[derive(Debug, Default, FromRow)]
pub struct Names {
    /// The committee's name.
    pub committee: Option<String>,
    /// The district's name.
    pub district: Option<String>,
    /// The sub-district's name.
    pub street: Option<String>,
    /// The branch's name.
    pub branch: Option<String>,
    /// The skills' names by `skills.id`.
    #[sqlx(json)]
    pub skills: HashMap<i64, String>,
}

/// The names of the properties that a list is asked for.
///
/// # Errors
/// When the database fails.
pub async fn names(connection: &mut Connection, query: &ListQuery) -> Result<Names> {
    sqlx::query_as(
        "SELECT (SELECT name FROM committees WHERE id = $1) AS committee,
                (SELECT name FROM districts WHERE code = $2) AS district,
                (SELECT name FROM streets WHERE code = $3) AS street,
                (SELECT name FROM branches WHERE id = $4) AS branch,
                (SELECT json_group_object(id, name) FROM skills
                 WHERE id IN (SELECT value FROM json_each($5))) AS skills",
    )
    .bind(query.committee)
    .bind(&query.district)
    .bind(&query.street)
    .bind(query.branch)
    .bind(json!(query.skill).to_string())
    .fetch_one(connection)
    .await
}
