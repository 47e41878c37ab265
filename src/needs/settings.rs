//! What counts how much when members are suggested, and how long contacts are kept.

use sqlx::FromRow;

use super::named;
use crate::db::{Connection, Result};

named! {
    /// How much something counts.
    Weight {
        /// It does not count.
        Nothing("0", "needs-weight-nothing"),
        /// A little.
        Little("1", "needs-weight-little"),
        /// As much as others.
        Some("2", "needs-weight-some"),
        /// More than others.
        Much("3", "needs-weight-much"),
    }
}

impl Weight {
    /// As a factor, 0 to 3.
    pub const fn factor(self) -> i64 {
        self as i64
    }

    fn from_factor(factor: i64) -> Self {
        let at = usize::try_from(factor).unwrap_or_default();
        Self::ALL.get(at).copied().unwrap_or(Self::Nothing)
    }
}

/// What counts how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// Having the skill itself, and not a related one.
    pub skill: Weight,
    /// Living near.
    pub distance: Weight,
    /// Being free when help is wanted.
    pub times: Weight,
    /// Serving few needs at present.
    pub load: Weight,
}

/// The settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// What counts how much.
    pub weights: Weights,
    /// Months after which the contact of a need that ended is erased, 1 to 36.
    pub months: i64,
    /// Counts the changes.
    pub version: i64,
}

#[derive(FromRow)]
struct Row {
    skill: i64,
    distance: i64,
    times: i64,
    load: i64,
    months: i64,
    version: i64,
}

/// The settings as they are.
///
/// # Errors
/// When the database fails.
pub async fn settings(connection: &mut Connection) -> Result<Settings> {
    let row: Row = sqlx::query_as(
        "SELECT skill, distance, times, load, months, version FROM need_settings WHERE id = 1",
    )
    .fetch_one(connection)
    .await?;
    Ok(Settings {
        weights: Weights {
            skill: Weight::from_factor(row.skill),
            distance: Weight::from_factor(row.distance),
            times: Weight::from_factor(row.times),
            load: Weight::from_factor(row.load),
        },
        months: row.months,
        version: row.version,
    })
}

/// Changes the settings that are still at this version; whether they were.
pub(super) async fn change(connection: &mut Connection, settings: &Settings) -> Result<bool> {
    let Weights { skill, distance, times, load } = settings.weights;
    let changed = sqlx::query(
        "UPDATE need_settings
         SET skill = $1, distance = $2, times = $3, load = $4, months = $5, version = version + 1
         WHERE id = 1 AND version = $6",
    )
    .bind(skill.factor())
    .bind(distance.factor())
    .bind(times.factor())
    .bind(load.factor())
    .bind(settings.months)
    .bind(settings.version)
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}
