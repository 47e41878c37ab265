//! The pages of a review's members, a part of them at a time. A closed review's are what they were
//! when it was closed.

use super::{Review, Sheet, Stage, review_store, sheet_store};
use crate::db::{Connection, Result};

/// The pages of at most so many members behind a place, each with its `members.id`; and the place
/// behind them where there are more.
///
/// # Errors
/// When the database fails.
pub(super) async fn members(
    connection: &mut Connection,
    review: &Review,
    after: Option<i64>,
    most: usize,
) -> Result<(Vec<(i64, Sheet)>, Option<i64>)> {
    let limit = i64::try_from(most + 1).unwrap_or(i64::MAX);
    let (mut places, mut sheets) = (Vec::new(), Vec::new());
    if review.stage() == Stage::Closed {
        let after = after.unwrap_or(0);
        for (place, id, sheet) in
            review_store::pages(connection, review.id, None, after, limit).await?
        {
            places.push(place);
            sheets.push((id, sheet));
        }
    } else {
        let after = after.unwrap_or(-1);
        let members = sheet_store::members(connection, review.branch_id, after, limit).await?;
        places.extend(members.iter().map(|member| member.sort_key));
        let frame = sheet_store::frame(connection, review).await?;
        let (half, id) = (review.half_year(), Some(review.id));
        sheets = sheet_store::sheets(connection, &frame, half, id, &members).await?;
    }
    let next = (sheets.len() > most).then(|| places.get(most.checked_sub(1)?).copied()).flatten();
    sheets.truncate(most);
    Ok((sheets, next))
}

/// One member's page; `None` for who is none of the branch's.
///
/// # Errors
/// When the database fails.
pub(super) async fn member(
    connection: &mut Connection,
    review: &Review,
    member: i64,
) -> Result<Option<(i64, Sheet)>> {
    if review.stage() == Stage::Closed {
        let kept = review_store::pages(connection, review.id, Some(member), 0, 1).await?;
        return Ok(kept.into_iter().next().map(|(_, member, sheet)| (member, sheet)));
    }
    let members = sheet_store::member(connection, review.branch_id, member).await?;
    let members: Vec<_> = members.into_iter().collect();
    let frame = sheet_store::frame(connection, review).await?;
    let (half, id) = (review.half_year(), Some(review.id));
    Ok(sheet_store::sheets(connection, &frame, half, id, &members).await?.into_iter().next())
}
