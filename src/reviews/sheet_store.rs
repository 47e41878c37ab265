//! What a member's page of a review is made of, read for many members at once.

use std::collections::HashMap;

use serde_json::json;
use sqlx::FromRow;

use super::{Commended, Deed, Goal, Review, Said, Sheet, Sum, store};
use crate::activities::{HalfYear, today};
use crate::commendations;
use crate::db::{Connection, Result};
use crate::goals;

/// A member whose page is asked for.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(super) struct Reviewed {
    /// `members.id`.
    pub id: i64,
    /// The place in the phone book.
    pub sort_key: i64,
    /// The name.
    pub name: String,
    /// The employee number.
    pub number: Option<String>,
}

/// The live members of a branch behind a place in the phone book.
pub(super) async fn members(
    connection: &mut Connection,
    branch: i64,
    after: i64,
    limit: i64,
) -> Result<Vec<Reviewed>> {
    sqlx::query_as(
        "SELECT id, sort_key, name, number
         FROM members
         WHERE branch_id = $1 AND removed_at IS NULL AND sort_key > $2
         ORDER BY sort_key
         LIMIT $3",
    )
    .bind(branch)
    .bind(after)
    .bind(limit)
    .fetch_all(connection)
    .await
}

/// One live member of a branch.
pub(super) async fn member(
    connection: &mut Connection,
    branch: i64,
    id: i64,
) -> Result<Option<Reviewed>> {
    sqlx::query_as(
        "SELECT id, sort_key, name, number
         FROM members
         WHERE id = $2 AND branch_id = $1 AND removed_at IS NULL",
    )
    .bind(branch)
    .bind(id)
    .fetch_optional(connection)
    .await
}

/// The last day of a half-year that has come: what is planned was not done.
fn last_day(half: HalfYear) -> String {
    half.last_day().min(today().to_string())
}

#[derive(FromRow)]
struct DeedRow {
    member_id: i64,
    title: String,
    area: String,
    committee: String,
    first: String,
    last: String,
    times: i64,
    minutes: i64,
}

/// What these members did in a half-year that the committee signed and stamped.
async fn deeds(
    connection: &mut Connection,
    members: &str,
    half: HalfYear,
) -> Result<HashMap<i64, Vec<Deed>>> {
    let rows: Vec<DeedRow> = sqlx::query_as(
        "SELECT p.member_id, a.title, p.area, coalesce(c.name, '') AS committee,
                min(p.day) AS first, max(p.day) AS last, sum(p.times) AS times,
                sum(p.minutes) AS minutes
         FROM json_each($1) AS w
         CROSS JOIN participations AS p ON p.member_id = w.value AND p.live = 1
                                       AND p.day BETWEEN $2 AND $3
         JOIN activities AS a ON a.id = p.activity_id
         LEFT JOIN committees AS c ON c.id = a.committee_id
         WHERE p.signed_on IS NOT NULL AND p.stamped_on IS NOT NULL
         GROUP BY p.member_id, a.title, p.area, a.committee_id
         ORDER BY p.member_id, first, a.title",
    )
    .bind(members)
    .bind(half.first_day())
    .bind(last_day(half))
    .fetch_all(connection)
    .await?;
    let mut found: HashMap<i64, Vec<Deed>> = HashMap::new();
    for row in rows {
        found.entry(row.member_id).or_default().push(Deed {
            title: row.title,
            area: row.area,
            committee: row.committee,
            first: row.first,
            last: row.last,
            times: row.times,
            minutes: row.minutes,
        });
    }
    Ok(found)
}

/// How much of what these members did in a half-year is confirmed, and how many parts are not.
async fn sums(
    connection: &mut Connection,
    members: &str,
    half: HalfYear,
) -> Result<HashMap<i64, (Sum, i64)>> {
    let rows: Vec<(i64, i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT member_id, coalesce(sum(iif(sure, times, 0)), 0),
                coalesce(sum(iif(sure, minutes, 0)), 0), max(sure), sum(NOT sure)
         FROM (SELECT p.member_id, p.times, p.minutes,
                      p.signed_on IS NOT NULL AND p.stamped_on IS NOT NULL AS sure
               FROM json_each($1) AS w
               CROSS JOIN participations AS p ON p.member_id = w.value AND p.live = 1
                                             AND p.day BETWEEN $2 AND $3)
         GROUP BY member_id",
    )
    .bind(members)
    .bind(half.first_day())
    .bind(last_day(half))
    .fetch_all(connection)
    .await?;
    let sum = |(id, times, minutes, any, open)| (id, (Sum { members: any, times, minutes }, open));
    Ok(rows.into_iter().map(sum).collect())
}

/// What a branch's live members did in a half-year that is confirmed.
async fn of_branch(connection: &mut Connection, branch: i64, half: HalfYear) -> Result<Sum> {
    let (members, times, minutes) = sqlx::query_as(
        "SELECT count(DISTINCT p.member_id), coalesce(sum(p.times), 0),
                coalesce(sum(p.minutes), 0)
         FROM members AS m
         CROSS JOIN participations AS p ON p.member_id = m.id AND p.live = 1
                                       AND p.day BETWEEN $2 AND $3
         WHERE m.branch_id = $1 AND m.removed_at IS NULL
           AND p.signed_on IS NOT NULL AND p.stamped_on IS NOT NULL",
    )
    .bind(branch)
    .bind(half.first_day())
    .bind(last_day(half))
    .fetch_one(connection)
    .await?;
    Ok(Sum { members, times, minutes })
}

/// What these members say of their own pages.
async fn answers(
    connection: &mut Connection,
    review: i64,
    members: &str,
) -> Result<HashMap<i64, Vec<String>>> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "SELECT x.member_id, x.words
         FROM json_each($2) AS w
         CROSS JOIN review_answers AS x ON x.member_id = w.value AND x.review_id = $1
         WHERE x.words <> ''
         ORDER BY x.id",
    )
    .bind(review)
    .bind(members)
    .fetch_all(connection)
    .await?;
    let mut found: HashMap<i64, Vec<String>> = HashMap::new();
    for (member, words) in rows {
        found.entry(member).or_default().push(words);
    }
    Ok(found)
}

/// What a member was commended for in a half-year.
async fn commended(
    connection: &mut Connection,
    member: i64,
    half: HalfYear,
) -> Result<Vec<Commended>> {
    let all = commendations::store::of_member(connection, member).await?;
    let (first, last) = (half.first_day(), half.last_day());
    let of_half = all
        .into_iter()
        .filter(|one| (first.as_str()..=last.as_str()).contains(&one.decided_on.as_str()));
    let told = of_half.map(|one| Commended {
        words: format!("{} · {}", one.title, one.decided_by),
        day: one.decided_on,
    });
    Ok(told.collect())
}

/// What every page of a branch says of the branch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Frame {
    branch: String,
    held_on: String,
    of_branch: Sum,
    goal: Option<Goal>,
}

/// What every page of a review says of the branch.
pub(super) async fn frame(connection: &mut Connection, review: &Review) -> Result<Frame> {
    let half = review.half_year();
    let frame = frame_of(connection, review.branch_id, &review.branch, half).await?;
    Ok(Frame { held_on: review.held_on.clone().unwrap_or_default(), ..frame })
}

/// The same of a branch that has no review yet.
pub(super) async fn frame_of(
    connection: &mut Connection,
    branch: i64,
    name: &str,
    half: HalfYear,
) -> Result<Frame> {
    let goal = goals::store::of_branch(connection, branch, half).await?;
    let goal = goal.map(|goal| goal.numbers.whole());
    Ok(Frame {
        branch: name.to_owned(),
        held_on: String::new(),
        of_branch: of_branch(connection, branch, half).await?,
        goal: goal.map(|whole| Goal {
            members: whole.members,
            times: whole.times,
            hours: whole.hours,
        }),
    })
}

/// The pages of these members as they are now, in their order; `review`: with what they answered
/// in it.
pub(super) async fn sheets(
    connection: &mut Connection,
    frame: &Frame,
    half: HalfYear,
    review: Option<i64>,
    members: &[Reviewed],
) -> Result<Vec<(i64, Sheet)>> {
    let ids = json!(members.iter().map(|member| member.id).collect::<Vec<_>>()).to_string();
    let mut deeds = deeds(connection, &ids, half).await?;
    let now = sums(connection, &ids, half).await?;
    let last = sums(connection, &ids, half.before()).await?;
    let mut feedback: HashMap<i64, Vec<Said>> = HashMap::new();
    for said in store::feedback(connection, &ids, Some(half)).await? {
        feedback.entry(said.member_id).or_default().push(Said {
            committee: said.committee,
            by: said.by,
            day: said.said_on,
            words: said.words,
        });
    }
    let mut answers = match review {
        Some(review) => answers(connection, review, &ids).await?,
        None => HashMap::new(),
    };
    let mut sheets = Vec::with_capacity(members.len());
    for member in members {
        let id = member.id;
        let (sum, open) = now.get(&id).copied().unwrap_or_default();
        let sheet = Sheet {
            name: member.name.clone(),
            number: member.number.clone().unwrap_or_default(),
            branch: frame.branch.clone(),
            half: half.code(),
            day: today().to_string(),
            held_on: frame.held_on.clone(),
            deeds: deeds.remove(&id).unwrap_or_default(),
            now: sum,
            last: last.get(&id).map(|(sum, _)| *sum).unwrap_or_default(),
            of_branch: frame.of_branch,
            goal: frame.goal,
            open,
            feedback: feedback.remove(&id).unwrap_or_default(),
            commendations: commended(connection, id, half).await?,
            answers: answers.remove(&id).unwrap_or_default(),
        };
        sheets.push((id, sheet));
    }
    Ok(sheets)
}
