//! Proof that the search index holds what the rows say.

use super::index::{Indexed, indexed, put_lines};
use crate::db::{Connection, Held, IndexProof, Result};

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

/// Where the index differs from the rows.
///
/// # Errors
/// When the database fails.
pub async fn differences(connection: &mut Connection) -> Result<Vec<Difference>> {
    let mut proof = IndexProof::read(connection, "member_search").await?;
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
            match proof.compare(sort_key, &member.tokens()) {
                Held::Same => {}
                Held::Other => differences.push(Difference::Other { sort_key }),
                Held::Missing => differences.push(Difference::Missing { sort_key }),
            }
        }
    }
    let strays = proof.strays().into_iter();
    differences.extend(strays.map(|sort_key| Difference::Stray { sort_key }));
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
