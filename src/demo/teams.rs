//! Made-up teams of the committees in which made-up members live.

use crate::audit::Actor;
use crate::committees;
use crate::db::{Connection, Result};
use crate::members::{self, search};
use crate::teams::{Reach, State, TeamDetails, registry, store};
use crate::text::{Filter, match_expression};

/// How many committees have a team at most.
const MOST: usize = 20;
/// How many members are in each at most.
const PEOPLE: i64 = 6;

/// Names and what is done.
const TEAMS: [(&str, &str); 3] = [
    ("助学服务队", "周六上午辅导小学生作业"),
    ("平安巡逻队", "周五晚上巡逻"),
    ("为老服务队", "每月第一个周六上门看望"),
];

/// Adds one for each of some committees, with some of its members.
pub(super) async fn fill(connection: &mut Connection) -> Result<()> {
    let homes = committees::store::with_members(connection).await?;
    for (home, (name, does)) in homes.iter().take(MOST).zip(TEAMS.iter().cycle()) {
        let details = TeamDetails {
            name: (*name).to_owned(),
            reach: Reach::Committee(home.id),
            does: (*does).to_owned(),
            places: None,
        };
        let actor = Actor::CommandLine;
        let id = registry::add(connection, actor, &details, "").await?;
        let Some(team) = store::team(connection, id).await? else { continue };
        let known = match_expression("", &[Filter::Committee(home.id), Filter::Agreed], None);
        let lines = search::lines(connection, &known, search::Order::Name, None, PEOPLE).await?;
        let ids: Vec<i64> = lines.read()?.into_iter().map(|line| line.id).collect();
        for member in ids {
            if let Some(member) = members::store::member(connection, member).await? {
                registry::join(connection, actor, &team, &member, State::In).await?;
            }
        }
        let people = store::people(connection, id).await?;
        if let Some(first) = people.last() {
            registry::lead(connection, actor, id, first).await?;
        }
    }
    Ok(())
}
