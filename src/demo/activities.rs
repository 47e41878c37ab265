//! Made-up activities of made-up members, in the areas of their committees.

use std::collections::BTreeMap;

use jiff::{Span, civil::Date};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};

use super::words::KINDS;
use crate::activities::{Area, Manner, store, today};
use crate::db::{Connection, Result};
use crate::reports::counting::Counting;

/// Of how many members activities are made up when nobody asks for more.
const FEW_MEMBERS: usize = 2000;
/// How many parts each of them has, on average.
const EACH: usize = 3;
/// How far back the first one lies, in days.
const DAYS: i64 = 660;
/// How many rows are written at once.
const BULK: usize = 20_000;

/// How many parts a demonstration of so many members has when nobody asks for more.
pub fn few(members: usize) -> usize {
    members.min(FEW_MEMBERS) * EACH
}

/// Makes up so many parts in activities until today; of the first members by number, unless there
/// are to be more than a few.
///
/// # Errors
/// When the database fails.
pub(super) async fn fill(connection: &mut Connection, parts: usize, seed: u64) -> Result<()> {
    let members =
        if parts > few(usize::MAX) { -1 } else { i64::try_from(FEW_MEMBERS).unwrap_or(-1) };
    let mut homes: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (member, committee) in store::members_with_committees(connection, members).await? {
        homes.entry(committee).or_default().push(member);
    }
    let homes: Vec<(i64, Vec<i64>)> = homes.into_iter().collect();
    let Some(most) = homes.iter().map(|(_, members)| members.len()).max() else { return Ok(()) };
    let mut random = StdRng::seed_from_u64(seed);
    let today = today();
    let (mut activities, mut rows, mut made) = (Vec::new(), Vec::new(), 0);
    let mut counting = Counting::pause(connection).await?;
    let mut id = 0;
    while made < parts {
        let Some((committee, members)) = homes.choose(&mut random) else { break };
        // Where more live, more is done.
        if random.random_range(0..most) > members.len() * 8 {
            continue;
        }
        id += 1;
        let (activity, people) = made_up(&mut random, id, *committee, members, today);
        activities.push(activity);
        made += people.len();
        rows.extend(people);
        if rows.len() >= BULK {
            write(connection, &mut counting, &mut activities, &mut rows).await?;
        }
    }
    write(connection, &mut counting, &mut activities, &mut rows).await?;
    counting.resume(connection).await
}

async fn write(
    connection: &mut Connection,
    counting: &mut Counting,
    activities: &mut Vec<Value>,
    rows: &mut Vec<Value>,
) -> Result<()> {
    store::insert_many(connection, counting, activities, rows, None).await?;
    activities.clear();
    rows.clear();
    Ok(())
}

/// An activity and the parts in it, as rows of [`store::insert_many`].
fn made_up(
    random: &mut StdRng,
    id: i64,
    committee: i64,
    members: &[i64],
    today: Date,
) -> (Value, Vec<Value>) {
    let (title, area) = KINDS.choose(random).copied().unwrap_or(("", Area::GoodDeeds));
    let manner = match random.random_range(0..10) {
        0..5 => Manner::Group,
        5..8 => Manner::Alone,
        _ => Manner::Pairing,
    };
    let count = match manner {
        Manner::Group => random.random_range(1..=12),
        Manner::Alone => 1,
        Manner::Pairing => random.random_range(1..=2),
    };
    let times = if manner == Manner::Alone { random.random_range(1..=6) } else { 1 };
    let minutes = times * [30, 60, 90, 120, 180].choose(random).copied().unwrap_or(60);
    let ago = random.random_range(0..DAYS);
    let day = today.saturating_sub(Span::new().days(ago)).to_string();
    let people = members.sample(random, count);
    let rows = people.map(|member| json!([id, member, times, minutes, day, area.name()])).collect();
    let activity = json!([id, day, committee, title, area.name(), manner.name(), times, minutes]);
    (activity, rows)
}
