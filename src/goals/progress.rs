//! How far branches have come, and how far they had come at the same point of the half-year before.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::activities::{Area, HalfYear};
use crate::db::{Connection, Result};
use crate::reports::sums::{self, BranchSum, Sum};

use super::place_name;

/// What a branch's members did in a half-year so far, and until the same point of the one before.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    now: HashMap<String, Sum>,
    before: HashMap<String, Sum>,
}

impl Progress {
    /// So far; in an area, or in all together.
    pub fn now(&self, area: Option<Area>) -> Sum {
        self.now.get(place_name(area)).copied().unwrap_or_default()
    }

    /// Until the same point of the half-year before.
    pub fn before(&self, area: Option<Area>) -> Sum {
        self.before.get(place_name(area)).copied().unwrap_or_default()
    }
}

/// The progress of every branch in which anything was done, or of these, by `branches.id`; with
/// `by_area` also in each area. Two reads of the sums that are kept, whatever the registry's size.
///
/// # Errors
/// When the database fails.
pub async fn of_branches(
    connection: &mut Connection,
    half: HalfYear,
    today: Date,
    by_area: bool,
    branches: Option<&[i64]>,
) -> Result<HashMap<i64, Progress>> {
    let mut progress: HashMap<i64, Progress> = HashMap::new();
    let until = half.last_day().min(today.to_string());
    for sum in sums::of_branches(connection, half, &until, by_area, branches).await? {
        let BranchSum { branch, area, sum } = sum;
        progress.entry(branch).or_default().now.insert(area, sum);
    }
    let until = half.same_point_before(today);
    for sum in sums::of_branches(connection, half.before(), &until, by_area, branches).await? {
        let BranchSum { branch, area, sum } = sum;
        progress.entry(branch).or_default().before.insert(area, sum);
    }
    Ok(progress)
}
