//! How many records a search finds.

use crate::db::{Connection, Result};
use crate::text::{Filter, MatchExpression, match_expression};
use crate::web::Scope;

/// Above this a count is "1,000+".
pub const COUNTED: i64 = 1000;

/// How far to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountUpTo {
    /// To [`COUNTED`].
    Thousand,
    /// To the end.
    All,
}

/// How many records there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(i64),
    /// At least so many.
    MoreThan(i64),
}

impl Count {
    /// Of what was counted until one more than [`COUNTED`].
    pub(super) fn up_to_thousand(found: i64) -> Self {
        if found > COUNTED { Self::MoreThan(COUNTED) } else { Self::Exactly(found) }
    }

    /// The number, without whether there are more.
    pub fn number(self) -> i64 {
        match self {
            Self::Exactly(number) | Self::MoreThan(number) => number,
        }
    }
}

/// How many live members match.
///
/// # Errors
/// When the database fails.
pub async fn count(
    connection: &mut Connection,
    query: &str,
    filters: &[Filter],
    scope: &Scope,
    up_to: CountUpTo,
) -> Result<Count> {
    count_matching(connection, &match_expression(query, filters, scope.branches()), up_to).await
}

/// How many live members an expression matches.
///
/// # Errors
/// When the database fails.
pub async fn count_matching(
    connection: &mut Connection,
    expression: &MatchExpression,
    up_to: CountUpTo,
) -> Result<Count> {
    let limit = match up_to {
        CountUpTo::Thousand => COUNTED + 1,
        CountUpTo::All => -1,
    };
    let found: i64 =
        match expression {
            MatchExpression::Nothing => 0,
            MatchExpression::All => sqlx::query_scalar(
                "SELECT count(*) FROM (SELECT 1 FROM members WHERE removed_at IS NULL LIMIT $1)",
            )
            .bind(limit)
            .fetch_one(connection)
            .await?,
            MatchExpression::Some(expression) => {
                sqlx::query_scalar(
                    "SELECT count(*)
                 FROM (SELECT 1 FROM member_search WHERE member_search MATCH $1 LIMIT $2)",
                )
                .bind(expression.text())
                .bind(limit)
                .fetch_one(connection)
                .await?
            }
        };
    Ok(match up_to {
        CountUpTo::Thousand => Count::up_to_thousand(found),
        CountUpTo::All => Count::Exactly(found),
    })
}
