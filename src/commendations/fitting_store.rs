//! Who meets a call's figures, of confirmed records only, in the order of the phone book.
//!
//! Of few branches, each member is looked at. Else at first the next ones of the phone book are,
//! which fills a page at once wherever not too few meet the figures; where it does not, all
//! confirmed parts of the half-years are summed by member in one pass over their index.

use std::collections::HashSet;

use serde_json::json;
use sqlx::{AssertSqlSafe, FromRow};

use super::{CallDetails, Got};
use crate::activities::{Area, today};
use crate::db::{Connection, Result};
use crate::reviews;

/// How many of the phone book are looked at one by one.
const LOOKED_AT: i64 = 3000;
/// Of how many branches each member is looked at, which is less than a pass over all parts.
const FEW_BRANCHES: usize = 3;
/// How many are read at once where committees' feedback is asked for too.
const CHUNK: i64 = 400;

/// What a member's parts come to, against what is asked for.
const MET: &str = "coalesce(sum(p.times), 0) >= $1 AND coalesce(sum(p.minutes), 0) >= $2
    AND coalesce(max(p.area = 'culture'), 0) + coalesce(max(p.area = 'mediation'), 0)
        + coalesce(max(p.area = 'good-deeds'), 0)
        + coalesce(max(p.area = 'self-governance'), 0) >= $3
    AND ($4 IS NULL OR coalesce(max(p.area = $4), 0) = 1)";
/// The confirmed parts of the half-years.
const CONFIRMED: &str = "participations AS p INDEXED BY participations_confirmed
    WHERE p.live = 1 AND p.confirmed_at IS NOT NULL AND p.day BETWEEN $5 AND $6";
/// All parts of the half-years.
const ALL: &str = "participations AS p INDEXED BY participations_by_member
    WHERE p.live = 1 AND p.day BETWEEN $5 AND $6";
/// Whole months from a pairing's first day until it ended, or until the half-years did, or today.
const MONTHS: &str = "12 * (substr(g.upto, 1, 4) - substr(g.begins, 1, 4))
    + substr(g.upto, 6, 2) - substr(g.begins, 6, 2)
    - (substr(g.upto, 9, 2) < substr(g.begins, 9, 2))";
/// A member's pairings, each with a visit in the half-years; `$11` is the last day that counts.
const PAIRINGS: &str =
    "(SELECT y.begins, min(coalesce(substr(y.ended_at, 1, 10), $11), $11) AS upto
      FROM pairing_members AS x
      JOIN pairings AS y ON y.id = x.pairing_id
      WHERE x.member_id IN (SELECT id FROM members WHERE id = m.id OR merged_into = m.id)
        AND EXISTS (SELECT 1 FROM visits AS v
                    WHERE v.pairing_id = y.id AND v.struck_at IS NULL
                      AND v.day BETWEEN $5 AND $6)) AS g";

/// A member who meets the figures, and their place in the phone book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct Fit {
    /// `members.id`.
    pub id: i64,
    /// `members.sort_key`.
    pub sort_key: i64,
}

/// The last day of the half-years that has come.
fn last_day(to: &str) -> String {
    today().to_string().min(to.to_owned())
}

fn paired() -> String {
    format!("($7 IS NULL OR EXISTS (SELECT 1 FROM {PAIRINGS} WHERE {MONTHS} >= $7))")
}

/// The members of a call within these branches (`None`: all) who come behind a place of the phone
/// book and meet its figures, at most so many.
///
/// # Errors
/// When the database fails.
pub async fn fitting(
    connection: &mut Connection,
    call: &CallDetails,
    within: Option<&[i64]>,
    after: i64,
    limit: usize,
) -> Result<Vec<Fit>> {
    if !call.figures.feedback {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        return by_figures(connection, call, within, after, limit).await;
    }
    let (mut found, mut after) = (Vec::new(), after);
    loop {
        let next = by_figures(connection, call, within, after, CHUNK).await?;
        let Some(last) = next.last() else { return Ok(found) };
        after = last.sort_key;
        let ids: Vec<i64> = next.iter().map(|fit| fit.id).collect();
        let told = with_feedback(connection, call, &ids).await?;
        found.extend(next.into_iter().filter(|fit| told.contains(&fit.id)));
        if found.len() >= limit {
            found.truncate(limit);
            return Ok(found);
        }
    }
}

async fn by_figures(
    connection: &mut Connection,
    call: &CallDetails,
    within: Option<&[i64]>,
    after: i64,
    limit: i64,
) -> Result<Vec<Fit>> {
    let parts = asks_for_parts(call);
    let next = one_by_one(within.is_some());
    let all = !parts || is_of_few(within);
    let looked_at = if all { -1 } else { LOOKED_AT };
    let found = ask(connection, next, call, within, after, limit, looked_at).await?;
    if all || i64::try_from(found.len()).is_ok_and(|found| found >= limit) {
        return Ok(found);
    }
    ask(connection, in_one_pass(), call, within, after, limit, -1).await
}

fn is_of_few(within: Option<&[i64]>) -> bool {
    within.is_some_and(|branches| branches.len() <= FEW_BRANCHES)
}

/// Whether anything is asked for that parts in activities show.
fn asks_for_parts(call: &CallDetails) -> bool {
    let figures = &call.figures;
    figures.times.is_some()
        || figures.minutes.is_some()
        || figures.areas.is_some()
        || figures.area.is_some()
}

fn one_by_one(confined: bool) -> String {
    let of = if confined {
        "members INDEXED BY members_by_branch
         WHERE branch_id IN (SELECT value FROM json_each($8)) AND"
    } else {
        "members WHERE $8 IS NULL AND"
    };
    format!(
        "SELECT m.id, m.sort_key
         FROM (SELECT id, sort_key
               FROM {of} removed_at IS NULL AND sort_key > $9
                 AND ($7 IS NULL OR id IN (SELECT coalesce(was.merged_into, was.id)
                                           FROM pairing_members AS x
                                           JOIN members AS was ON was.id = x.member_id))
               ORDER BY sort_key
               LIMIT $12) AS m
         WHERE (SELECT {MET} FROM {CONFIRMED} AND p.member_id = m.id) AND {}
         ORDER BY m.sort_key
         LIMIT $10",
        paired()
    )
}

fn in_one_pass() -> String {
    format!(
        "WITH fit (id) AS MATERIALIZED (
             SELECT p.member_id FROM {CONFIRMED} GROUP BY p.member_id HAVING {MET}
         )
         SELECT m.id, m.sort_key
         FROM fit
         CROSS JOIN members AS m ON m.id = fit.id
         WHERE m.removed_at IS NULL AND m.sort_key > $9
           AND ($8 IS NULL OR m.branch_id IN (SELECT value FROM json_each($8))) AND {}
         ORDER BY m.sort_key
         LIMIT $10",
        paired()
    )
}

async fn ask(
    connection: &mut Connection,
    sql: String,
    call: &CallDetails,
    within: Option<&[i64]>,
    after: i64,
    limit: i64,
    looked_at: i64,
) -> Result<Vec<Fit>> {
    let figures = &call.figures;
    let (from, to) = call.days();
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(figures.times.unwrap_or_default())
        .bind(figures.minutes.unwrap_or_default())
        .bind(figures.areas.unwrap_or_default())
        .bind(&figures.area)
        .bind(from)
        .bind(&to)
        .bind(figures.pairing_months)
        .bind(within.map(|branches| json!(branches).to_string()))
        .bind(after)
        .bind(limit)
        .bind(last_day(&to))
        .bind(looked_at)
        .fetch_all(connection)
        .await
}

/// Those who would meet the figures with the parts that are not confirmed, and do not without.
fn would_in_one_pass() -> String {
    format!(
        "WITH fit (id) AS MATERIALIZED (
             SELECT p.member_id FROM {CONFIRMED} GROUP BY p.member_id HAVING {MET}
         ),
         would (id) AS MATERIALIZED (
             SELECT p.member_id FROM {ALL} GROUP BY p.member_id HAVING {MET}
             EXCEPT
             SELECT id FROM fit
         )
         SELECT m.id, m.sort_key
         FROM would
         CROSS JOIN members AS m ON m.id = would.id
         WHERE m.removed_at IS NULL AND m.sort_key > $9
           AND ($8 IS NULL OR m.branch_id IN (SELECT value FROM json_each($8))) AND {}
         LIMIT $10",
        paired()
    )
}

/// The same, member by member.
fn would_of_few() -> String {
    format!(
        "SELECT m.id, m.sort_key
         FROM members AS m INDEXED BY members_by_branch
         WHERE m.branch_id IN (SELECT value FROM json_each($8)) AND m.removed_at IS NULL
           AND (SELECT {MET} FROM {ALL} AND p.member_id = m.id)
           AND NOT (SELECT {MET} FROM {CONFIRMED} AND p.member_id = m.id)
           AND m.sort_key > $9 AND {}
         LIMIT $10",
        paired()
    )
}

/// How many members of a call within these branches meet its figures only once their parts that
/// wait for the committee are confirmed.
///
/// # Errors
/// When the database fails.
pub async fn left_out(
    connection: &mut Connection,
    call: &CallDetails,
    within: Option<&[i64]>,
) -> Result<usize> {
    if !asks_for_parts(call) {
        return Ok(0);
    }
    let sql = if is_of_few(within) { would_of_few() } else { would_in_one_pass() };
    let found = ask(connection, sql, call, within, i64::MIN, i64::MAX / 4, -1).await?;
    if !call.figures.feedback {
        return Ok(found.len());
    }
    let ids: Vec<i64> = found.iter().map(|fit| fit.id).collect();
    let told = with_feedback(connection, call, &ids).await?;
    Ok(ids.iter().filter(|id| told.contains(id)).count())
}

async fn with_feedback(
    connection: &mut Connection,
    call: &CallDetails,
    ids: &[i64],
) -> Result<HashSet<i64>> {
    let Some(period) = call.period() else { return Ok(HashSet::new()) };
    let members = json!(ids).to_string();
    let mut told = reviews::store::with_feedback(connection, period.last, &members).await?;
    if period.first != period.last {
        told.extend(reviews::store::with_feedback(connection, period.first, &members).await?);
    }
    Ok(told)
}

#[derive(FromRow)]
struct Sums {
    id: i64,
    times: i64,
    minutes: i64,
    culture: bool,
    mediation: bool,
    deeds: bool,
    governance: bool,
    months: i64,
}

/// What these members have, of confirmed records in a call's half-years, each with the `id`.
///
/// # Errors
/// When the database fails.
pub async fn got(
    connection: &mut Connection,
    call: &CallDetails,
    members: &[i64],
) -> Result<Vec<(i64, Got)>> {
    let (from, to) = call.days();
    let sql = format!(
        "SELECT m.id, coalesce(sum(p.times), 0) AS times, coalesce(sum(p.minutes), 0) AS minutes,
                coalesce(max(p.area = 'culture'), 0) AS culture,
                coalesce(max(p.area = 'mediation'), 0) AS mediation,
                coalesce(max(p.area = 'good-deeds'), 0) AS deeds,
                coalesce(max(p.area = 'self-governance'), 0) AS governance,
                (SELECT coalesce(max({MONTHS}), 0) FROM {PAIRINGS}) AS months
         FROM (SELECT value AS id FROM json_each($1)) AS m
         LEFT JOIN participations AS p
           ON p.member_id = m.id AND p.live = 1 AND p.confirmed_at IS NOT NULL
              AND p.day BETWEEN $5 AND $6
         GROUP BY m.id"
    );
    // The other places are those of the questions above.
    let sql = sql.replace("$5", "$2").replace("$6", "$3").replace("$11", "$4");
    let sums: Vec<Sums> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(json!(members).to_string())
        .bind(from)
        .bind(&to)
        .bind(last_day(&to))
        .fetch_all(&mut *connection)
        .await?;
    let told = if call.figures.feedback {
        with_feedback(connection, call, members).await?
    } else {
        HashSet::new()
    };
    let areas = |sums: &Sums| {
        let has = [sums.culture, sums.mediation, sums.deeds, sums.governance];
        let all = Area::ALL.into_iter().zip(has).filter(|(_, has)| *has);
        all.map(|(area, _)| area).collect()
    };
    Ok(sums
        .into_iter()
        .map(|sums| {
            let got = Got {
                times: sums.times,
                minutes: sums.minutes,
                areas: areas(&sums),
                pairing_months: sums.months,
                feedback: told.contains(&sums.id),
            };
            (sums.id, got)
        })
        .collect())
}
