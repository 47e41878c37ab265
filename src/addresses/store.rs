//! Address rules, and what the addresses on record tell about a place.

use sqlx::{FromRow, Row as _};

use super::{Parity, Road, Rule, RuleDetails, Stretch, Unit, ValidFrom};
use crate::audit::Actor;
use crate::committees::CommitteeLine;
use crate::db::{Connection, Result, now};
use crate::text::sort_bucket;

type Row = <crate::db::Engine as sqlx::Database>::Row;

impl FromRow<'_, Row> for Rule {
    fn from_row(row: &Row) -> Result<Self> {
        let unit = match row.try_get("kind")? {
            "lane" => Unit::Lane,
            _ => Unit::House(row.try_get("lane")?),
        };
        let parity = Parity::from_name(row.try_get("parity")?);
        let stretch = Stretch::new(unit, row.try_get("first")?, row.try_get("last")?, parity);
        Ok(Self {
            id: row.try_get("id")?,
            road: Road(row.try_get("road")?),
            stretch: stretch.map_err(|message| sqlx::Error::Decode(message.key().into()))?,
            committee: CommitteeLine {
                id: row.try_get("committee_id")?,
                code: row.try_get("code")?,
                name: row.try_get("name")?,
                street: row.try_get("street")?,
                district: row.try_get("district")?,
            },
            valid_from: ValidFrom(row.try_get("valid_from")?),
            version: row.try_get("version")?,
            removed_at: row.try_get("removed_at")?,
        })
    }
}

/// The columns of a [`Rule`], from `address_rules` or, given in parentheses, some of its rows.
macro_rules! rules {
    ($rest:literal) => {
        rules!("address_rules", $rest)
    };
    ($from:expr, $rest:literal) => {
        concat!(
            "SELECT r.id, r.road, r.kind, r.lane, r.first, r.last, r.parity, r.valid_from, r.version,
                    r.removed_at, r.committee_id, c.code, c.name, s.name AS street,
                    d.name AS district
             FROM ",
            $from,
            " AS r
             JOIN committees AS c ON c.id = r.committee_id
             JOIN streets AS s ON s.code = c.street_code
             JOIN districts AS d ON d.code = s.district_code ",
            $rest
        )
    };
}

/// One rule, removed or not.
pub async fn rule(connection: &mut Connection, id: i64) -> Result<Option<Rule>> {
    sqlx::query_as(rules!("WHERE r.id = $1")).bind(id).fetch_optional(connection).await
}

/// All rules of these roads.
pub async fn rules_of(connection: &mut Connection, roads: &[&str]) -> Result<Vec<Rule>> {
    sqlx::query_as(rules!(
        "WHERE r.road IN (SELECT value FROM json_each($1)) AND r.removed_at IS NULL
         ORDER BY r.id"
    ))
    .bind(serde_json::json!(roads).to_string())
    .fetch_all(connection)
    .await
}

/// Which rules a list shows.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Those of these roads or committees; `None`: all.
    pub roads_or_committees: Option<(Vec<String>, Vec<i64>)>,
    /// Only those of this committee.
    pub committee: Option<i64>,
}

impl Asked {
    /// Roads and committees as JSON, for binding; NULL for all.
    fn packed(&self) -> (Option<String>, Option<String>) {
        self.roads_or_committees.as_ref().map_or((None, None), |(roads, committees)| {
            let packed = |value: serde_json::Value| Some(value.to_string());
            (packed(serde_json::json!(roads)), packed(serde_json::json!(committees)))
        })
    }
}

/// A rule's place in the list: the road's, the road, whether houses on the road itself, the number,
/// whether houses in a lane, the first of them, and `id`. Its columns are those of the index
/// `address_rules_in_order`.
type Place = (i64, String, bool, i64, bool, i64, i64);

/// The rules after one (by its `id`), by road as in a phone book, then by number.
pub async fn list(
    connection: &mut Connection,
    asked: &Asked,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Rule>> {
    let after: Option<Place> = sqlx::query_as(
        "SELECT road_order, road, (kind = 'house' AND lane IS NULL), coalesce(lane, first),
                (lane IS NOT NULL), first, id
         FROM address_rules
         WHERE id = $1",
    )
    .bind(after)
    .fetch_optional(&mut *connection)
    .await?;
    let (order, road, on_road, number, in_lane, first, id) =
        after.unwrap_or((-1, String::new(), false, 0, false, 0, 0));
    let (roads, committees) = asked.packed();
    sqlx::query_as(rules!(
        "(SELECT *
          FROM address_rules AS r
          WHERE r.removed_at IS NULL
            AND ($1 IS NULL OR r.road IN (SELECT value FROM json_each($1))
                            OR r.committee_id IN (SELECT value FROM json_each($2)))
            AND ($3 IS NULL OR r.committee_id = $3)
            AND (r.road_order, r.road, (r.kind = 'house' AND r.lane IS NULL),
                 coalesce(r.lane, r.first), (r.lane IS NOT NULL), r.first, r.id)
                > ($4, $5, $6, $7, $8, $9, $10)
          ORDER BY r.road_order, r.road, (r.kind = 'house' AND r.lane IS NULL),
                   coalesce(r.lane, r.first), (r.lane IS NOT NULL), r.first, r.id
          LIMIT $11)",
        "ORDER BY r.road_order, r.road, (r.kind = 'house' AND r.lane IS NULL),
                  coalesce(r.lane, r.first), (r.lane IS NOT NULL), r.first, r.id"
    ))
    .bind(roads)
    .bind(committees)
    .bind(asked.committee)
    .bind(order)
    .bind(road)
    .bind(on_road)
    .bind(number)
    .bind(in_lane)
    .bind(first)
    .bind(id)
    .bind(limit)
    .fetch_all(connection)
    .await
}

/// How many rules a list shows in all.
pub async fn count(connection: &mut Connection, asked: &Asked) -> Result<i64> {
    let (roads, committees) = asked.packed();
    sqlx::query_scalar(
        "SELECT count(*)
         FROM address_rules AS r
         WHERE r.removed_at IS NULL
           AND ($1 IS NULL OR r.road IN (SELECT value FROM json_each($1))
                           OR r.committee_id IN (SELECT value FROM json_each($2)))
           AND ($3 IS NULL OR r.committee_id = $3)",
    )
    .bind(roads)
    .bind(committees)
    .bind(asked.committee)
    .fetch_one(connection)
    .await
}

/// Every road that has a rule.
pub async fn roads(connection: &mut Connection) -> Result<Vec<String>> {
    sqlx::query_scalar("SELECT DISTINCT road FROM address_rules WHERE removed_at IS NULL")
        .fetch_all(connection)
        .await
}

/// Every rule, by road and number.
pub async fn all(connection: &mut Connection) -> Result<Vec<Rule>> {
    list(connection, &Asked::default(), None, i64::MAX).await
}

/// The rule in the same district for exactly the same numbers from the same day on.
pub async fn same(connection: &mut Connection, rule: &Rule) -> Result<Option<Rule>> {
    let rules = rules_of(connection, &[rule.road.as_str()]).await?;
    Ok(rules.into_iter().find(|other| {
        other.stretch == rule.stretch
            && other.valid_from == rule.valid_from
            && other.committee.district == rule.committee.district
    }))
}

fn kind(stretch: &Stretch) -> (&'static str, Option<u32>) {
    match stretch.unit() {
        Unit::Lane => ("lane", None),
        Unit::House(lane) => ("house", lane),
    }
}

/// Adds a rule; its `id`.
pub async fn insert(connection: &mut Connection, details: &RuleDetails) -> Result<i64> {
    let (kind, lane) = kind(&details.stretch);
    sqlx::query_scalar(
        "INSERT INTO address_rules (road, road_order, kind, lane, first, last, parity, committee_id,
                                    valid_from)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         RETURNING id",
    )
    .bind(details.road.as_str())
    .bind(sort_bucket(details.road.as_str()))
    .bind(kind)
    .bind(lane)
    .bind(details.stretch.first())
    .bind(details.stretch.last())
    .bind(details.stretch.parity().name())
    .bind(details.committee)
    .bind(details.valid_from.as_str())
    .fetch_one(connection)
    .await
}

/// Changes a rule; its version goes up by one.
pub async fn update(connection: &mut Connection, id: i64, details: &RuleDetails) -> Result<()> {
    let (kind, lane) = kind(&details.stretch);
    sqlx::query(
        "UPDATE address_rules
         SET road = $2, road_order = $3, kind = $4, lane = $5, first = $6, last = $7, parity = $8,
             committee_id = $9, valid_from = $10, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(details.road.as_str())
    .bind(sort_bucket(details.road.as_str()))
    .bind(kind)
    .bind(lane)
    .bind(details.stretch.first())
    .bind(details.stretch.last())
    .bind(details.stretch.parity().name())
    .bind(details.committee)
    .bind(details.valid_from.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts a rule into the bin, or takes it out again.
pub async fn set_removed(
    connection: &mut Connection,
    id: i64,
    removed_by: Option<Actor>,
) -> Result<()> {
    sqlx::query(
        "UPDATE address_rules
         SET removed_at = $2, removed_by = $3, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(removed_by.map(|_| now()))
    .bind(removed_by.and_then(Actor::account_id))
    .execute(connection)
    .await?;
    Ok(())
}

/// The rules that were removed since then, the latest first.
pub async fn bin(connection: &mut Connection, since: &str) -> Result<Vec<Rule>> {
    sqlx::query_as(rules!("WHERE r.removed_at >= $1 ORDER BY r.removed_at DESC LIMIT 1000"))
        .bind(since)
        .fetch_all(connection)
        .await
}

/// The versions of these live members' records.
pub async fn versions(connection: &mut Connection, members: &[i64]) -> Result<Vec<(i64, i64)>> {
    sqlx::query_as(
        "SELECT m.id, m.version
         FROM json_each($1) AS w
         JOIN members AS m ON m.id = w.value",
    )
    .bind(serde_json::json!(members).to_string())
    .fetch_all(connection)
    .await
}

/// A committee in whose area members near a place live.
#[derive(Debug, Clone, FromRow)]
pub struct Neighbours {
    /// The place's index among those asked for.
    pub place: i64,
    /// The committee.
    #[sqlx(flatten)]
    pub committee: CommitteeLine,
    /// How many live members.
    pub members: i64,
}

/// Which addresses on record are near a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Near {
    /// In the same lane of the same road.
    SameLane,
    /// On the same road and side of it, in a lane of a near number.
    Lanes,
    /// On the same road and side of it, in a house of a near number.
    Houses,
}

/// Members with a home committee near these places (road and number), the most first; with
/// `branches`, only members of these (`branches.id`).
pub async fn neighbours(
    connection: &mut Connection,
    near: Near,
    places: &[(&str, u32)],
    distance: u32,
    branches: Option<&[i64]>,
) -> Result<Vec<Neighbours>> {
    sqlx::query_as(neighbours_sql(near))
        .bind(serde_json::json!(places).to_string())
        .bind(distance)
        .bind(branches.map(|branches| serde_json::json!(branches).to_string()))
        .fetch_all(connection)
        .await
}

/// $1: the places as JSON, $2: the distance, $3: the branches as JSON or NULL.
const fn neighbours_sql(near: Near) -> &'static str {
    macro_rules! with {
        ($near:literal) => {
            concat!(
                "WITH n AS (
                     SELECT w.key AS place, m.committee_id, count(*) AS members
                     FROM json_each($1) AS w
                     JOIN members AS m
                       ON m.road = w.value ->> 0 AND ",
                $near,
                "
                     WHERE m.committee_id IS NOT NULL
                       AND m.removed_at IS NULL
                       AND ($3 IS NULL OR m.branch_id IN (SELECT value FROM json_each($3)))
                     GROUP BY w.key, m.committee_id
                 )
                 SELECT n.place, n.members, c.id, c.code, c.name, s.name AS street,
                        d.name AS district
                 FROM n
                 JOIN committees AS c ON c.id = n.committee_id
                 JOIN streets AS s ON s.code = c.street_code
                 JOIN districts AS d ON d.code = s.district_code
                 ORDER BY n.place, n.members DESC, c.code, c.id"
            )
        };
    }
    match near {
        Near::SameLane => with!("m.lane = w.value ->> 1"),
        Near::Lanes => with!(
            "m.lane BETWEEN (w.value ->> 1) - $2 AND (w.value ->> 1) + $2
             AND m.lane % 2 = (w.value ->> 1) % 2"
        ),
        Near::Houses => with!(
            "m.lane IS NULL
             AND m.house BETWEEN (w.value ->> 1) - $2 AND (w.value ->> 1) + $2
             AND m.house % 2 = (w.value ->> 1) % 2"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Address, Db, Migrations};

    #[tokio::test]
    async fn neighbours_are_counted_by_the_index_alone() {
        let folder = tempfile::tempdir().unwrap();
        let address: Address =
            format!("sqlite:{}", folder.path().join("linli.db").display()).parse().unwrap();
        let db = Db::open_or_create(&address).await.unwrap();
        Migrations::embedded().run(&db).await.unwrap();
        let mut connection = db.read().await.unwrap();
        for near in [Near::SameLane, Near::Lanes, Near::Houses] {
            let sql = format!("EXPLAIN QUERY PLAN {}", neighbours_sql(near));
            let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .bind("[]")
                .bind(20)
                .bind(None::<String>)
                .fetch_all(&mut *connection)
                .await
                .unwrap();
            let members = plan.iter().find(|(.., step)| step.contains(" m USING")).unwrap();
            assert!(members.3.contains("COVERING INDEX members_by_place"), "{near:?}: {plan:?}");
        }
    }
}
