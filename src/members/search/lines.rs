//! The lines of a list, read as one packed value.

use std::borrow::Cow;

use serde::Deserialize;
use sqlx::{AssertSqlSafe, FromRow};

use super::counts::Count;
use crate::db::{Connection, Result};
use crate::text::{Block, BlockSize, Conjunction, MatchExpression};

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

    /// How many, where these are all there are.
    pub(super) fn count(&self) -> Count {
        Count::Exactly(self.count)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The key after which the list goes on ([`lines`]).
    pub fn last_key(&self) -> Option<i64> {
        self.last_key
    }

    /// The same, when they were read from the end of the list to its beginning.
    pub(super) fn turned(self) -> Self {
        Self { backwards: true, ..self }
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
    read_lines(connection, expression, order, (order.forwards(), key, limit)).await
}

/// One more than the greatest `members.id`.
pub(super) async fn beyond_newest(connection: &mut Connection) -> Result<i64> {
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
    let lines = read_lines(connection, expression, order, (backwards, before, limit)).await?;
    Ok(lines.turned())
}

/// Which way keys go.
#[derive(Clone, Copy)]
pub(super) enum Direction {
    Up,
    Down,
}

impl Direction {
    pub(super) fn turned(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }
}

impl Order {
    /// Which way its keys go.
    pub(super) fn forwards(self) -> Direction {
        match self {
            Self::Name => Direction::Up,
            Self::Newest => Direction::Down,
        }
    }
}

/// Which way, beyond which key, and how many at most.
pub(super) type Part = (Direction, i64, i64);

async fn read_lines(
    connection: &mut Connection,
    expression: &MatchExpression,
    order: Order,
    part: Part,
) -> Result<Lines> {
    match (expression, order) {
        (MatchExpression::Nothing, _) => Ok(Lines::default()),
        (MatchExpression::All, Order::Name) => lines_of(connection, Source::All, part).await,
        (MatchExpression::All, Order::Newest) => lines_of(connection, Source::AllByAge, part).await,
        (MatchExpression::Some(all), Order::Name) => {
            lines_of(connection, Source::Found(all.text()), part).await
        }
        (MatchExpression::Some(all), Order::Newest) => newest_found(connection, all, part).await,
    }
}

/// The lines of a search by when they were registered. The index is in another order, so all that
/// it finds is sorted: first only among some thousands of records that are nearest to the key,
/// then among tens of thousands, and then, where those were too few, all.
async fn newest_found(
    connection: &mut Connection,
    expression: &Conjunction,
    part: Part,
) -> Result<Lines> {
    let (_, _, limit) = part;
    for size in BlockSize::ALL {
        let within = expression.within(nearest_blocks(size, part));
        let lines = lines_of(connection, Source::FoundByAge(within.text()), part).await?;
        if lines.count == limit {
            return Ok(lines);
        }
    }
    lines_of(connection, Source::FoundByAge(expression.text()), part).await
}

/// The block in which the part begins, and the next.
pub(super) fn nearest_blocks(size: BlockSize, (direction, key, _): Part) -> [Block; 2] {
    match direction {
        Direction::Up => {
            let block = Block::of(size, key + 1);
            [block, block.later()]
        }
        Direction::Down => {
            let block = Block::of(size, key - 1);
            [block, block.earlier()]
        }
    }
}

/// Where lines are read from, and by which key they are in order.
pub(super) enum Source {
    /// All records, by name.
    All,
    /// All records, by when they were registered.
    AllByAge,
    /// What the index finds, by name.
    Found(String),
    /// The same by when they were registered.
    FoundByAge(String),
    /// The records at these places of the phone book (a JSON array), by name.
    At(String),
    /// The same by when they were registered.
    AtByAge(String),
}

impl Source {
    /// The place in the phone book, the key, the tables, and which rows of them.
    fn sql(&self) -> [&'static str; 4] {
        match self {
            Self::All => ["sort_key", "sort_key", "member_lines", ""],
            Self::AllByAge => ["sort_key", "id", "members", "removed_at IS NULL AND"],
            Self::Found(_) => ["rowid", "rowid", "member_search", "member_search MATCH $3 AND"],
            Self::FoundByAge(_) => [
                "m.sort_key",
                "m.id",
                "member_search AS f JOIN members AS m ON m.sort_key = f.rowid",
                "f.member_search MATCH $3 AND",
            ],
            Self::At(_) => ["value", "value", "json_each($3)", ""],
            Self::AtByAge(_) => [
                "m.sort_key",
                "m.id",
                "json_each($3) AS w CROSS JOIN members AS m ON m.sort_key = w.value",
                "",
            ],
        }
    }

    /// What is asked for.
    fn asked(self) -> Option<String> {
        match self {
            Self::All | Self::AllByAge => None,
            Self::Found(asked) | Self::FoundByAge(asked) => Some(asked),
            Self::At(places) | Self::AtByAge(places) => Some(places),
        }
    }
}

/// A part of what a source has.
pub(super) async fn lines_of(
    connection: &mut Connection,
    source: Source,
    (direction, key, limit): Part,
) -> Result<Lines> {
    let (beyond, sorted, last) = match direction {
        Direction::Up => (">", "ASC", "max"),
        Direction::Down => ("<", "DESC", "min"),
    };
    let [place, by, from, which] = source.sql();
    let sql = format!(
        "WITH shown AS MATERIALIZED (
             SELECT {place} AS sort_key, {by} AS key
             FROM {from}
             WHERE {which} {by} {beyond} $1
             ORDER BY {by} {sorted}
             LIMIT $2)
         SELECT group_concat(line, ' ') AS packed, count(*) AS count, {last}(key) AS last_key
         FROM (SELECT l.line, shown.key
               FROM shown CROSS JOIN member_lines AS l ON l.sort_key = shown.sort_key)"
    );
    let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(key).bind(limit);
    if let Some(asked) = source.asked() {
        query = query.bind(asked);
    }
    query.fetch_one(connection).await
}
