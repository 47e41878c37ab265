//! Finding members: the index, the list's pages, and counts.

pub mod check;
mod index;

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;
use serde_json::json;
use sqlx::{AssertSqlSafe, FromRow};

use super::list_pages::ListQuery;
use crate::db::{Connection, Result};
use crate::text::{Block, BlockSize, Filter, MatchExpression, match_expression};
use crate::web::Scope;

pub use index::{Rewriting, forget, index_new, reindex, rewrite};

/// How many rows a page of the list shows.
pub const PAGE: i64 = 50;
/// Above this a count is "1,000+".
pub const COUNTED: i64 = 1000;

/// A text of a line; it stands in the packed lines, unless one of its signs was written otherwise
/// there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl Text<'_> {
    /// As it is.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A member in a line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Line<'a> {
    /// `members.id`.
    pub id: i64,
    /// The place in the phone book.
    pub sort_key: i64,
    /// The employee number.
    #[serde(borrow)]
    pub number: Option<Text<'a>>,
    /// The name.
    pub name: Text<'a>,
    /// The branch's name.
    pub branch: Option<Text<'a>>,
    /// The phone.
    pub phone: Text<'a>,
    /// The address.
    pub address: Text<'a>,
    /// The home committee, or else the host committee.
    pub committee_id: Option<i64>,
    /// Its name.
    pub committee: Option<Text<'a>>,
    /// Its code.
    pub committee_code: Option<Text<'a>>,
    /// Its sub-district's name.
    pub street: Option<Text<'a>>,
    /// 1: a home committee; 0: a host committee, or none.
    pub settled: i64,
    /// 1: no committee is set up there.
    pub unattached: i64,
    /// 1: agreed to be known.
    pub agreed: i64,
    /// 1: with the phone.
    pub agreed_phone: i64,
    /// The skills' names.
    pub skills: Vec<Text<'a>>,
}

/// Lines as the engine packed them.
#[derive(Debug, Default, FromRow)]
pub struct Lines {
    /// The lines, white space between two of them.
    packed: Option<String>,
    /// How many.
    count: i64,
    /// The key of the one that was read last.
    last_key: Option<i64>,
    /// Whether they were read from the end of the list to its beginning.
    #[sqlx(skip)]
    backwards: bool,
}

impl Lines {
    /// How many.
    pub fn len(&self) -> usize {
        usize::try_from(self.count).unwrap_or_default()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The key after which the list goes on ([`lines`]).
    pub fn last_key(&self) -> Option<i64> {
        self.last_key
    }

    /// The lines, in the order of the list. They borrow their texts, of which a page holds
    /// hundreds.
    ///
    /// # Errors
    /// When what the database holds are no lines.
    pub fn read(&self) -> Result<Vec<Line<'_>>> {
        let packed = self.packed.as_deref().unwrap_or_default();
        let mut lines = Vec::with_capacity(self.len());
        for line in serde_json::Deserializer::from_str(packed).into_iter() {
            lines.push(line.map_err(|e| sqlx::Error::Decode(e.into()))?);
        }
        if self.backwards {
            lines.reverse();
        }
        Ok(lines)
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// As in a phone book.
    #[default]
    Name,
    /// The latest registered first.
    Newest,
}

/// The lines after a key (exclusive), at most `limit`; the key is a line's `sort_key`, or in
/// [`Order::Newest`] its `id`.
///
/// # Errors
/// When the database fails.
pub async fn lines(
    connection: &mut Connection,
    expression: &MatchExpression,
    order: Order,
    after: Option<i64>,
    limit: i64,
) -> Result<Lines> {
    let key = match (order, after) {
        (_, Some(after)) => after,
        (Order::Name, None) => -1,
        (Order::Newest, None) => beyond_newest(connection).await?,
    };
    read_lines(connection, expression, order, order.forwards(), key, limit).await
}

/// One more than the greatest `members.id`.
async fn beyond_newest(connection: &mut Connection) -> Result<i64> {
    sqlx::query_scalar("SELECT coalesce(max(id), 0) + 1 FROM members").fetch_one(connection).await
}

/// The lines before a key (exclusive), at most `limit` and the nearest to it, in the same order.
///
/// # Errors
/// When the database fails.
pub async fn lines_before(
    connection: &mut Connection,
    expression: &MatchExpression,
    order: Order,
    before: i64,
    limit: i64,
) -> Result<Lines> {
    let backwards = order.forwards().turned();
    let lines = read_lines(connection, expression, order, backwards, before, limit).await?;
    Ok(Lines { backwards: true, ..lines })
}

/// Which way keys go.
#[derive(Clone, Copy)]
enum Direction {
    Up,
    Down,
}

impl Direction {
    fn turned(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }
}

impl Order {
    /// Which way its keys go.
    fn forwards(self) -> Direction {
        match self {
            Self::Name => Direction::Up,
            Self::Newest => Direction::Down,
        }
    }
}

async fn read_lines(
    connection: &mut Connection,
    expression: &MatchExpression,
    order: Order,
    direction: Direction,
    key: i64,
    limit: i64,
) -> Result<Lines> {
    match (expression, order) {
        (MatchExpression::Nothing, _) => Ok(Lines::default()),
        (MatchExpression::All, Order::Name) => {
            lines_by(connection, "member_lines", "sort_key", None, (direction, key, limit)).await
        }
        (MatchExpression::All, Order::Newest) => {
            lines_by(connection, "members", "id", None, (direction, key, limit)).await
        }
        (MatchExpression::Some(text), Order::Name) => {
            let from = "member_search";
            lines_by(connection, from, "rowid", Some(text), (direction, key, limit)).await
        }
        (MatchExpression::Some(_), Order::Newest) => {
            newest_lines(connection, expression, (direction, key, limit)).await
        }
    }
}

/// The lines of a search by when they were registered. The index is in another order, so all that
/// it finds is sorted: first only among some thousands of records that are nearest to the key,
/// then among tens of thousands, and then, where those were too few, all.
async fn newest_lines(
    connection: &mut Connection,
    expression: &MatchExpression,
    (direction, key, limit): (Direction, i64, i64),
) -> Result<Lines> {
    let from = "member_search AS f JOIN members AS m ON m.sort_key = f.rowid";
    let page = (direction, key, limit);
    for size in BlockSize::ALL {
        let blocks = match direction {
            Direction::Up => {
                let block = Block::of(size, key + 1);
                [block, block.later()]
            }
            Direction::Down => {
                let block = Block::of(size, key - 1);
                [block, block.earlier()]
            }
        };
        let MatchExpression::Some(text) = expression.within(blocks) else { break };
        let lines = lines_by(connection, from, "id", Some(&text), page).await?;
        if lines.count == limit {
            return Ok(lines);
        }
    }
    let MatchExpression::Some(text) = expression else { return Ok(Lines::default()) };
    lines_by(connection, from, "id", Some(text), page).await
}

/// The lines of what `from` holds, by the key of this name; `text` is what the index is asked.
async fn lines_by(
    connection: &mut Connection,
    from: &'static str,
    by: &'static str,
    text: Option<&String>,
    (direction, key, limit): (Direction, i64, i64),
) -> Result<Lines> {
    let (beyond, sorted, last) = match direction {
        Direction::Up => (">", "ASC", "max"),
        Direction::Down => ("<", "DESC", "min"),
    };
    let (place, matching) = match (text, by) {
        (Some(_), "rowid") => ("rowid", "member_search MATCH $3 AND"),
        (Some(_), _) => ("sort_key", "f.member_search MATCH $3 AND"),
        (None, "id") => ("sort_key", "removed_at IS NULL AND"),
        (None, _) => ("sort_key", ""),
    };
    let sql = format!(
        "WITH shown AS MATERIALIZED (
             SELECT {place} AS sort_key, {by} AS key
             FROM {from}
             WHERE {matching} {by} {beyond} $1
             ORDER BY {by} {sorted}
             LIMIT $2)
         SELECT group_concat(line, ' ') AS packed, count(*) AS count, {last}(key) AS last_key
         FROM (SELECT l.line, shown.key
               FROM shown CROSS JOIN member_lines AS l ON l.sort_key = shown.sort_key)"
    );
    let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(key).bind(limit);
    if let Some(text) = text {
        query = query.bind(text);
    }
    query.fetch_one(connection).await
}

/// The first page of a search with its count, for the price of one look into the index.
///
/// # Errors
/// When the database fails.
pub async fn first_page(
    connection: &mut Connection,
    expression: &MatchExpression,
    limit: i64,
) -> Result<(Lines, Count)> {
    let MatchExpression::Some(text) = expression else {
        let lines = lines(connection, expression, Order::Name, None, limit).await?;
        let count = count_matching(connection, expression, CountUpTo::Thousand).await?;
        return Ok((lines, count));
    };
    let sql = if expression.is_joint() { PAGE_OF_WHAT_IS_COUNTED } else { PAGE_AND_COUNT };
    let found: Found =
        sqlx::query_as(sql).bind(text).bind(limit).bind(COUNTED + 1).fetch_one(connection).await?;
    Ok((found.lines, Count::up_to_thousand(found.all_of_them)))
}

/// The page, and then a count that keeps nothing, since it is of one list that is gone through in
/// no time; it is left out where the page holds all there is.
const PAGE_AND_COUNT: &str = "
    WITH shown AS MATERIALIZED (
        SELECT rowid AS sort_key
        FROM member_search
        WHERE member_search MATCH $1
        ORDER BY rowid
        LIMIT $2)
    SELECT group_concat(line, ' ') AS packed, count(*) AS count, max(sort_key) AS last_key,
           CASE WHEN count(*) < $2 THEN count(*)
           ELSE (SELECT count(*)
                 FROM (SELECT 1 FROM member_search WHERE member_search MATCH $1 LIMIT $3))
           END AS all_of_them
    FROM (SELECT l.line, l.sort_key
          FROM shown CROSS JOIN member_lines AS l ON l.sort_key = shown.sort_key)";

/// The page as the beginning of what is counted: where several lists have to be gone through for
/// what is in all of them, keeping a thousand keys costs less than to go twice.
const PAGE_OF_WHAT_IS_COUNTED: &str = "
    WITH found AS MATERIALIZED (
        SELECT rowid AS sort_key
        FROM member_search
        WHERE member_search MATCH $1
        ORDER BY rowid
        LIMIT $3),
    shown AS MATERIALIZED (
        SELECT sort_key
        FROM found
        ORDER BY sort_key
        LIMIT $2)
    SELECT group_concat(line, ' ') AS packed, count(*) AS count, max(sort_key) AS last_key,
           (SELECT count(*) FROM found) AS all_of_them
    FROM (SELECT l.line, l.sort_key
          FROM shown CROSS JOIN member_lines AS l ON l.sort_key = shown.sort_key)";

/// The first page with its count.
#[derive(FromRow)]
struct Found {
    #[sqlx(flatten)]
    lines: Lines,
    all_of_them: i64,
}

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
    fn up_to_thousand(found: i64) -> Self {
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
                .bind(expression)
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
