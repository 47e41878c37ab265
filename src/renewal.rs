//! Writing the search indexes anew after their tokens have changed: a migration asks for it, since
//! tokens are made here and not in SQL. It goes by small pieces in the order of the phone book,
//! remembers how far it came, and goes on after a stop; at the end the index's parts become one.

use crate::committees;
use crate::db::{Connection, Db, Result};
use crate::members::search::{self, Rewriting};
use crate::needs;

/// How many records are written anew in one transaction.
const PIECE: i64 = 500;

/// Writes the indexes anew where a migration asked for it, until that is done or `stopped`; how many
/// records were.
///
/// # Errors
/// When the database fails; the pieces until then are done.
pub async fn renew_index(db: &Db, stopped: impl Fn() -> bool) -> Result<usize> {
    let mut renewed = 0;
    while !stopped() {
        let mut write = db.write().await?;
        let piece = renew_piece(&mut write).await?;
        write.commit().await?;
        match piece {
            Some(records) => renewed += records,
            None => break,
        }
    }
    // So many pieces leave the index in many parts, and each search would ask all of them.
    let mut rewriting = if renewed > 0 { Rewriting::Begin } else { Rewriting::Done };
    while rewriting != Rewriting::Done && !stopped() {
        let mut write = db.write().await?;
        rewriting = search::rewrite(&mut write, rewriting).await?;
        write.commit().await?;
    }
    Ok(renewed)
}

/// The next piece; `None` when nothing is left to do.
async fn renew_piece(connection: &mut Connection) -> Result<Option<usize>> {
    let after: Option<i64> = sqlx::query_scalar("SELECT min(after) FROM index_renewals")
        .fetch_one(&mut *connection)
        .await?;
    let Some(after) = after else { return Ok(None) };
    let piece: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT id, sort_key
         FROM members
         WHERE sort_key > $1 AND removed_at IS NULL
         ORDER BY sort_key
         LIMIT $2",
    )
    .bind(after)
    .bind(PIECE)
    .fetch_all(&mut *connection)
    .await?;
    let Some((_, last)) = piece.last() else {
        committees::store::index_all(&mut *connection).await?;
        needs::search::index_all(&mut *connection).await?;
        sqlx::query("DELETE FROM index_renewals").execute(connection).await?;
        return Ok(None);
    };
    sqlx::query("UPDATE index_renewals SET after = $1")
        .bind(last)
        .execute(&mut *connection)
        .await?;
    let ids: Vec<i64> = piece.iter().map(|(id, _)| *id).collect();
    search::reindex(connection, &ids).await?;
    Ok(Some(ids.len()))
}
