//! Made-up wishes, posts and service days of the committees in which made-up members live.

use crate::audit::Actor;
use crate::committees;
use crate::db::{Connection, Result};
use crate::offers::{Kind, OfferDetails, Role, Rule, registry};

/// How many committees offer something at most.
const MOST: usize = 60;

/// What is offered: title, kind, kind of post, places, when.
const OFFERED: [(&str, Kind, Option<Role>, i64, &str); 4] = [
    ("夜间巡逻", Kind::Post, Some(Role::Patrol), 3, "周五晚"),
    ("换楼道灯泡", Kind::Wish, None, 1, ""),
    ("志愿服务日", Kind::Day, None, 0, "上午9点到11点"),
    ("楼组长", Kind::Post, Some(Role::Stairwell), 1, ""),
];

/// Adds one for each of some committees, the kinds in turn.
pub(super) async fn fill(connection: &mut Connection) -> Result<()> {
    let homes = committees::store::with_members(connection).await?;
    for (home, offered) in homes.iter().take(MOST).zip(OFFERED.iter().cycle()) {
        let (title, kind, role, places, hours) = *offered;
        let details = OfferDetails {
            kind,
            committee: home.id,
            title: title.to_owned(),
            role,
            places,
            hours: hours.to_owned(),
            rule: (kind == Kind::Day).then_some(Rule::Weekday(6, 1)),
            until: None,
        };
        registry::add(connection, Actor::CommandLine, &details, "").await?;
    }
    Ok(())
}
