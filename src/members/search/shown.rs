//! A page of a list, with the count of all of it.

use serde_json::json;
use sqlx::FromRow;

use super::counts::{COUNTED, Count, CountUpTo, count_matching};
use super::lines::{
    Direction, Lines, Order, Part, Source, beyond_newest, lines, lines_before, lines_of,
    nearest_blocks,
};
use super::postings::{Common, Postings};
use crate::db::{Connection, Result};
use crate::text::{BlockSize, Conjunction, MatchExpression};

/// How many rows a page of the list shows.
pub const PAGE: i64 = 50;
/// A page full of lines.
const FULL: usize = PAGE as usize;
/// A page's lines, and one more where there is more.
const READ: i64 = PAGE + 1;
/// How many of the newest records are looked at one by one.
const LOOKED_AT: i64 = 1000;
/// How many records are sorted by their age.
const SORTED: usize = 2000;

/// Where a page is in its list; keys as in [`lines`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At its beginning.
    First,
    /// After this key.
    After(i64),
    /// Before this key.
    Before(i64),
}

/// What a list has at a place.
#[derive(Debug)]
pub struct Shown {
    /// A page of it, and one line more where there is more: the last one, or of what is before a
    /// key the first.
    pub lines: Lines,
    /// How many there are in all.
    pub count: Count,
    /// Whether there is a page before it.
    pub earlier: bool,
}

/// What a list has at a place. Where there is less than a page before a key, it is the first page.
///
/// # Errors
/// When the database fails.
pub async fn shown(
    connection: &mut Connection,
    postings: &Postings,
    expression: &MatchExpression,
    order: Order,
    place: Place,
) -> Result<Shown> {
    let common = match expression {
        MatchExpression::Some(all) if order == Order::Newest || all.parts().len() > 1 => {
            postings.common(connection, all).await?.map(|common| (all, common))
        }
        _ => None,
    };
    let Some((all, common)) = common else {
        return shown_by_index(connection, expression, order, place).await;
    };
    let found = Found { postings, all, common };
    if let Place::Before(before) = place {
        let part = (order.forwards().turned(), before, READ);
        let lines = found.lines(connection, order, part).await?.turned();
        if lines.len() > FULL {
            return Ok(Shown { lines, count: found.count(connection).await?, earlier: true });
        }
    }
    let (key, earlier) = match place {
        Place::After(after) => (after, true),
        Place::First | Place::Before(_) => (before_all(connection, order).await?, false),
    };
    let lines = found.lines(connection, order, (order.forwards(), key, READ)).await?;
    let is_all = !earlier && lines.len() <= FULL;
    let count = if is_all { lines.count() } else { found.count(connection).await? };
    Ok(Shown { lines, count, earlier })
}

/// The key after which a list begins.
async fn before_all(connection: &mut Connection, order: Order) -> Result<i64> {
    match order {
        Order::Name => Ok(-1),
        Order::Newest => beyond_newest(connection).await,
    }
}

/// A search whose lists are at hand.
struct Found<'a> {
    postings: &'a Postings,
    all: &'a Conjunction,
    common: Common<'a>,
}

impl Found<'_> {
    async fn count(&self, connection: &mut Connection) -> Result<Count> {
        let most = usize::try_from(COUNTED).unwrap_or(usize::MAX).saturating_add(1);
        let counted = self.common.after(connection, None, most).await?;
        Ok(Count::up_to_thousand(i64::try_from(counted.len()).unwrap_or(i64::MAX)))
    }

    async fn lines(&self, connection: &mut Connection, order: Order, part: Part) -> Result<Lines> {
        if order == Order::Newest {
            return self.newest(connection, part).await;
        }
        let (direction, key, limit) = part;
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let keys = match direction {
            Direction::Up => self.common.after(connection, Some(key), most).await?,
            Direction::Down => self.common.before(connection, key, most).await?,
        };
        lines_of(connection, Source::At(json!(keys).to_string()), part).await
    }

    /// By when they were registered: those of the nearest thousand records that are in common, and
    /// where those are too few, what is in common with the nearest blocks, and then all.
    async fn newest(&self, connection: &mut Connection, part: Part) -> Result<Lines> {
        let nearest = places_by_age(connection, part).await?;
        let mut keys = self.common.among(connection, &nearest).await?;
        keys.truncate(FULL + 1);
        if keys.len() > FULL {
            return lines_of(connection, Source::AtByAge(json!(keys).to_string()), part).await;
        }
        for size in BlockSize::ALL {
            let within = self.all.within(nearest_blocks(size, part));
            let Some(common) = self.postings.common(connection, &within).await? else { break };
            if let Some(lines) = sorted(connection, &common, part).await?
                && lines.len() > FULL
            {
                return Ok(lines);
            }
        }
        match sorted(connection, &self.common, part).await? {
            Some(lines) => Ok(lines),
            None => lines_of(connection, Source::FoundByAge(self.all.text()), part).await,
        }
    }
}

/// The places in the phone book of the nearest records, by when they were registered.
async fn places_by_age(connection: &mut Connection, (direction, key, _): Part) -> Result<Vec<i64>> {
    let sql = match direction {
        Direction::Up => {
            "SELECT json_group_array(sort_key)
             FROM (SELECT sort_key
                   FROM members
                   WHERE id > $1 AND removed_at IS NULL
                   ORDER BY id
                   LIMIT $2)"
        }
        Direction::Down => {
            "SELECT json_group_array(sort_key)
             FROM (SELECT sort_key
                   FROM members
                   WHERE id < $1 AND removed_at IS NULL
                   ORDER BY id DESC
                   LIMIT $2)"
        }
    };
    let packed: String =
        sqlx::query_scalar(sql).bind(key).bind(LOOKED_AT).fetch_one(connection).await?;
    serde_json::from_str(&packed).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// A part of what is in common, by when it was registered; nothing where that is too much.
async fn sorted(
    connection: &mut Connection,
    common: &Common<'_>,
    part: Part,
) -> Result<Option<Lines>> {
    let keys = common.after(connection, None, SORTED + 1).await?;
    if keys.len() > SORTED {
        return Ok(None);
    }
    lines_of(connection, Source::AtByAge(json!(keys).to_string()), part).await.map(Some)
}

/// What the index alone tells.
async fn shown_by_index(
    connection: &mut Connection,
    expression: &MatchExpression,
    order: Order,
    place: Place,
) -> Result<Shown> {
    if let Place::Before(before) = place {
        let lines = lines_before(connection, expression, order, before, READ).await?;
        if lines.len() > FULL {
            let count = count_matching(connection, expression, CountUpTo::Thousand).await?;
            return Ok(Shown { lines, count, earlier: true });
        }
    }
    let after = match place {
        Place::After(after) => Some(after),
        Place::First | Place::Before(_) => None,
    };
    let (lines, count) = match (order, after) {
        (Order::Name, None) => first_page(connection, expression, READ).await?,
        (order, after) => {
            let lines = lines(connection, expression, order, after, READ).await?;
            (lines, count_matching(connection, expression, CountUpTo::Thousand).await?)
        }
    };
    Ok(Shown { lines, count, earlier: after.is_some() })
}

/// The first page of a search with its count, for the price of one look into the index.
///
/// # Errors
/// When the database fails.
async fn first_page(
    connection: &mut Connection,
    expression: &MatchExpression,
    limit: i64,
) -> Result<(Lines, Count)> {
    let MatchExpression::Some(all) = expression else {
        let lines = lines(connection, expression, Order::Name, None, limit).await?;
        let count = count_matching(connection, expression, CountUpTo::Thousand).await?;
        return Ok((lines, count));
    };
    let sql = if all.parts().len() > 1 { PAGE_OF_WHAT_IS_COUNTED } else { PAGE_AND_COUNT };
    let found: PageAndCount = sqlx::query_as(sql)
        .bind(all.text())
        .bind(limit)
        .bind(COUNTED + 1)
        .fetch_one(connection)
        .await?;
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
struct PageAndCount {
    #[sqlx(flatten)]
    lines: Lines,
    all_of_them: i64,
}
