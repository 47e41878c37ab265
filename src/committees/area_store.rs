//! Districts and sub-districts.

use sqlx::FromRow;

use crate::db::{Connection, Result};

/// A district or sub-district: code and name.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Area {
    /// 6 or 9 digits.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// All districts, by code.
pub async fn districts(connection: &mut Connection) -> Result<Vec<Area>> {
    sqlx::query_as("SELECT code, name FROM districts ORDER BY code").fetch_all(connection).await
}

/// A district's sub-districts, by code.
pub async fn streets(connection: &mut Connection, district: &str) -> Result<Vec<Area>> {
    sqlx::query_as("SELECT code, name FROM streets WHERE district_code = $1 ORDER BY code")
        .bind(district)
        .fetch_all(connection)
        .await
}

/// A district or sub-district, and how much of the directory lies in it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AreaSize {
    /// 6 or 9 digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many sub-districts.
    pub streets: i64,
    /// How many committees that are not merged away.
    pub committees: i64,
}

/// All districts with what lies in them, by code.
pub async fn district_sizes(connection: &mut Connection) -> Result<Vec<AreaSize>> {
    sqlx::query_as(
        "SELECT d.code, d.name, count(DISTINCT s.code) AS streets, count(c.id) AS committees
         FROM districts AS d
         LEFT JOIN streets AS s ON s.district_code = d.code
         LEFT JOIN committees AS c ON c.street_code = s.code AND c.merged_into IS NULL
         GROUP BY d.code
         ORDER BY d.code",
    )
    .fetch_all(connection)
    .await
}

/// A district's sub-districts with what lies in them, by code.
pub async fn street_sizes(connection: &mut Connection, district: &str) -> Result<Vec<AreaSize>> {
    sqlx::query_as(
        "SELECT s.code, s.name, 1 AS streets, count(c.id) AS committees
         FROM streets AS s
         LEFT JOIN committees AS c ON c.street_code = s.code AND c.merged_into IS NULL
         WHERE s.district_code = $1
         GROUP BY s.code
         ORDER BY s.code",
    )
    .bind(district)
    .fetch_all(connection)
    .await
}

/// The districts and sub-districts: code and name.
pub async fn areas(connection: &mut Connection) -> Result<Vec<Area>> {
    sqlx::query_as("SELECT code, name FROM districts UNION ALL SELECT code, name FROM streets")
        .fetch_all(connection)
        .await
}

/// The name of a sub-district.
pub async fn area(connection: &mut Connection, code: &str) -> Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT name FROM streets WHERE code = $1
         UNION ALL
         SELECT name FROM districts WHERE code = $1",
    )
    .bind(code)
    .fetch_optional(connection)
    .await
}

/// Adds a district that is not there yet.
pub async fn put_district(
    connection: &mut Connection,
    code: &str,
    name: &str,
    city: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO districts (code, name, city) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(code)
    .bind(name)
    .bind(city)
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds a sub-district that is not there yet.
pub async fn put_street(
    connection: &mut Connection,
    code: &str,
    district: &str,
    name: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO streets (code, district_code, name) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING",
    )
    .bind(code)
    .bind(district)
    .bind(name)
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives a district (6 digits) or sub-district (9) another name.
pub async fn rename_area(connection: &mut Connection, code: &str, name: &str) -> Result<()> {
    for sql in [
        "UPDATE districts SET name = $2 WHERE code = $1",
        "UPDATE streets SET name = $2 WHERE code = $1",
    ] {
        sqlx::query(sql).bind(code).bind(name).execute(&mut *connection).await?;
    }
    Ok(())
}
