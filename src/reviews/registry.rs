//! The changes that reviews go through, each whole, with its line in the audit log.

use serde_json::json;

use super::{Review, Stage, review_store, sheet_store};
use crate::activities::HalfYear;
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::lang::Message;

/// How many pages are kept at once when a review is closed.
const PIECE: i64 = 500;

/// Opens a branch's review of a half-year; its `id`, or `None` when there is one.
///
/// # Errors
/// When the database fails.
pub async fn open(
    connection: &mut Connection,
    actor: Actor,
    branch: i64,
    half: HalfYear,
) -> Result<Option<i64>> {
    let Some(id) = review_store::insert(connection, actor, branch, half).await? else {
        return Ok(None);
    };
    review_store::keep_history(connection, actor, id, "open", "").await?;
    audit::record(connection, actor, Action::ReviewOpened, Record::Review(id), json!({})).await?;
    Ok(Some(id))
}

/// Notes the day on which a review was held.
///
/// # Errors
/// When the database fails; inside, why it cannot be noted any more.
pub async fn hold(
    connection: &mut Connection,
    actor: Actor,
    review: &Review,
    day: &str,
) -> Result<std::result::Result<(), Message>> {
    if review.stage() == Stage::Closed {
        return Ok(Err(Message::new("reviews-closed-before")));
    }
    if review.held_on.as_deref() == Some(day) {
        return Ok(Ok(()));
    }
    review_store::hold(connection, review.id, day).await?;
    review_store::keep_history(connection, actor, review.id, "hold", day).await?;
    let record = Record::Review(review.id);
    audit::record(connection, actor, Action::ReviewHeld, record, json!({})).await?;
    Ok(Ok(()))
}

/// Closes a review that was held: each member's page is kept as it is now.
///
/// # Errors
/// When the database fails; inside, why it cannot be closed.
pub async fn close(
    connection: &mut Connection,
    actor: Actor,
    review: &Review,
) -> Result<std::result::Result<(), Message>> {
    match review.stage() {
        Stage::Open => return Ok(Err(Message::new("reviews-not-held"))),
        Stage::Closed => return Ok(Err(Message::new("reviews-closed-before"))),
        Stage::Held => {}
    }
    let frame = sheet_store::frame(connection, review).await?;
    let (half, branch) = (review.half_year(), review.branch_id);
    let (mut after, mut kept) = (-1, 0);
    loop {
        let members = sheet_store::members(connection, branch, after, PIECE).await?;
        let Some(last) = members.last() else { break };
        after = last.sort_key;
        let id = Some(review.id);
        let sheets = sheet_store::sheets(connection, &frame, half, id, &members).await?;
        review_store::keep_pages(connection, review.id, kept, &sheets).await?;
        kept += sheets.len();
    }
    review_store::close(connection, actor, review.id).await?;
    review_store::keep_history(connection, actor, review.id, "close", "").await?;
    let (record, detail) = (Record::Review(review.id), json!({ "members": kept }));
    audit::record(connection, actor, Action::ReviewClosed, record, detail).await?;
    Ok(Ok(()))
}

/// Opens a closed review again, with a reason: its pages follow the record again.
///
/// # Errors
/// When the database fails; inside, why it cannot be opened.
pub async fn reopen(
    connection: &mut Connection,
    actor: Actor,
    review: &Review,
    why: &str,
) -> Result<std::result::Result<(), Message>> {
    if review.stage() != Stage::Closed {
        return Ok(Err(Message::new("reviews-open-before")));
    }
    review_store::reopen(connection, review.id).await?;
    review_store::keep_history(connection, actor, review.id, "reopen", why).await?;
    let record = Record::Review(review.id);
    audit::record(connection, actor, Action::ReviewReopened, record, json!({})).await?;
    Ok(Ok(()))
}

/// Keeps what a member says of their own page, while the review is open.
///
/// # Errors
/// When the database fails; inside, why it cannot be kept.
pub async fn answer(
    connection: &mut Connection,
    actor: Actor,
    review: &Review,
    member: i64,
    words: &str,
) -> Result<std::result::Result<(), Message>> {
    if review.stage() == Stage::Closed {
        return Ok(Err(Message::new("reviews-closed-for-you")));
    }
    let before = review_store::answer(connection, review.id, member).await?;
    if before.map_or(words.is_empty(), |before| before.words == words) {
        return Ok(Ok(()));
    }
    review_store::put_answer(connection, review.id, member, words).await?;
    let record = Record::Review(review.id);
    audit::record(connection, actor, Action::ReviewAnswered, record, json!({})).await?;
    Ok(Ok(()))
}
