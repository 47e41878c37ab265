//! Made-up goals of the branches, for this half-year and the one before.

use crate::activities::{Area, HalfYear, today};
use crate::audit::Actor;
use crate::db::{Connection, Result};
use crate::goals::{GoalNumbers, Numbers, PLACES, registry};
use crate::lists::{self, List};
use crate::reports::sums;

/// Sets each branch's goals a little above what its members did in the half-year before that.
pub(super) async fn fill(connection: &mut Connection) -> Result<()> {
    let now = HalfYear::of(today());
    for half in [now.before(), now] {
        let before = half.before();
        let done = sums::of_branches(connection, before, &before.last_day(), true, None).await?;
        for (branch, _) in lists::names(connection, List::Branches).await? {
            let numbers = PLACES.map(|place| {
                let name = place.map_or("", Area::name);
                let sum = done.iter().find(|sum| sum.branch == branch && sum.area == name);
                match (sum, place) {
                    (Some(sum), None) => Numbers {
                        members: Some(raised(sum.sum.members)),
                        times: Some(raised(sum.sum.times)),
                        hours: Some(raised(sum.sum.minutes / 60)),
                    },
                    (Some(sum), Some(Area::Culture | Area::GoodDeeds)) => {
                        Numbers { times: Some(raised(sum.sum.times)), ..Numbers::default() }
                    }
                    _ => Numbers::default(),
                }
            });
            if let Some(numbers) = GoalNumbers::new(numbers) {
                registry::set(connection, Actor::CommandLine, branch, half, &numbers).await?;
            }
        }
    }
    Ok(())
}

/// A tenth more, as a round number.
fn raised(done: i64) -> i64 {
    let more = done + done / 10 + 1;
    if more < 50 { more } else { more / 10 * 10 }
}
