//! How members are spread over the city.

use crate::db::{Connection, Result};

/// A district, and how many live members have a home or host committee there.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Share {
    /// 6 or 9 digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many.
    pub members: i64,
}

/// The districts that have members, the most first.
pub(super) async fn by_district(connection: &mut Connection) -> Result<Vec<Share>> {
    sqlx::query_as(
        "SELECT d.code, d.name, sum(n.members) AS members
         FROM (SELECT committee_id, count(*) AS members
               FROM members
               WHERE committee_id IS NOT NULL AND removed_at IS NULL
               GROUP BY committee_id) AS n
         JOIN committees AS c ON c.id = n.committee_id
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         GROUP BY d.code
         ORDER BY members DESC, d.code",
    )
    .fetch_all(connection)
    .await
}
