//! Made-up teams of the committees in which made-up members live, and of their sub-districts.

use crate::audit::Actor;
use crate::committees;
use crate::db::{Connection, Result};
use crate::members::{self, search};
use crate::teams::{Reach, State, TeamDetails, people, registry, store};
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
    for (at, home) in homes.iter().take(MOST).enumerate() {
        let (name, does) = TEAMS[at % TEAMS.len()];
        let street = home.code.as_deref().and_then(|code| code.get(..9)).map(str::to_owned);
        let (reach, filter) = match street.filter(|_| at % 2 == 0) {
            Some(code) => (Reach::Street(code.clone()), Filter::Street(code)),
            None => (Reach::Committee(home.id), Filter::Committee(home.id)),
        };
        let details =
            TeamDetails { name: name.to_owned(), reach, does: does.to_owned(), places: None };
        let actor = Actor::CommandLine;
        let id = registry::add(connection, actor, &details, "").await?;
        let Some(team) = store::team(connection, id).await? else { continue };
        let known = match_expression("", &[filter, Filter::Agreed], None);
        let lines = search::lines(connection, &known, search::Order::Name, None, PEOPLE).await?;
        let ids: Vec<i64> = lines.read()?.into_iter().map(|line| line.id).collect();
        for member in ids {
            if let Some(member) = members::store::member(connection, member).await? {
                registry::join(connection, actor, &team, &member, State::In).await?;
            }
        }
        let all = people::store::people(connection, id).await?;
        if let Some(first) = all.last() {
            registry::lead(connection, actor, id, first).await?;
        }
    }
    Ok(())
}
