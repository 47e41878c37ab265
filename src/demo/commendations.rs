//! A made-up call for commendations: some nominees, some decided on, one of them published; and a
//! certificate of service.

use jiff::ToSpan as _;

use crate::activities::there::{self, Shown};
use crate::activities::{HalfYear, today};
use crate::audit::Actor;
use crate::certificates::{self, Span};
use crate::commendations::registry::{self, Hand, Said};
use crate::commendations::{self, CallDetails, Decision, Figures, Step};
use crate::db::{Connection, Result};
use crate::web::Role;
use crate::{committees, members};

/// The parts of how many committees' members are confirmed.
const HOMES: usize = 60;
/// How many are nominated.
const NOMINEES: usize = 7;

const REASONS: [&str; 4] = [
    "每月两次参加居委会夜间巡逻，并带新队员熟悉路线。",
    "在社区活动室教孩子写字，坚持到学期结束。",
    "为行动不便的居民代购，随叫随到。",
    "参与楼道议事，协调加装电梯的施工时间。",
];

/// Confirms parts, opens a call, nominates, decides.
pub(super) async fn fill(connection: &mut Connection) -> Result<()> {
    confirm(connection).await?;
    let day = today();
    let half = HalfYear::of(day);
    let call = CallDetails {
        title: format!("{}年度社区服务先进党员", day.year()),
        first: half.before().code(),
        last: half.code(),
        branches: None,
        until: day.checked_add(20.days()).unwrap_or(day).to_string(),
        criteria: "经常参加所在居委会的活动，做事扎实，居委会反映好。".to_owned(),
        figures: Figures { times: Some(2), minutes: Some(120), ..Figures::default() },
    };
    let hand = Hand { actor: Actor::CommandLine, role: Role::Administrator };
    let id = registry::open(connection, hand.actor, &call).await?;
    let fits = commendations::fitting(connection, &call, None, i64::MIN, NOMINEES).await?;
    for (at, (fit, reason)) in fits.iter().zip(REASONS.iter().cycle()).enumerate() {
        let Some(call) = commendations::store::call(connection, id).await? else { break };
        let nominated = registry::nominate(connection, hand, &call, fit.id, (reason, "")).await?;
        let step = match at {
            0..3 => Step::Grant,
            3 => Step::Decline,
            _ => continue,
        };
        let Ok(nominated) = nominated else { continue };
        let Some(nominee) = commendations::nominee(connection, nominated).await? else { continue };
        let decision = Decision {
            by: "上海电信长途通信党支部党员大会".to_owned(),
            on: day.to_string(),
            votes_for: if step == Step::Grant { 38 } else { 12 },
            votes_against: if step == Step::Grant { 1 } else { 25 },
            votes_abstained: 2,
        };
        let said = Said { decision: Some(decision), ..Said::default() };
        let done = registry::step(connection, hand, &call, &nominee, step, &said).await?;
        if at == 0 && done.is_ok() {
            publish(connection, hand, fit.id, nominated, &day.to_string()).await?;
        }
    }
    Ok(())
}

/// Some of the last parts, as committees confirm them: not all, since some papers are missing.
async fn confirm(connection: &mut Connection) -> Result<()> {
    let homes = committees::store::with_members(connection).await?;
    for home in homes.iter().take(HOMES) {
        let parts = there::store::recent(connection, home.id).await?;
        let parts = parts.into_iter().enumerate().filter(|(at, _)| at % 5 != 4);
        let shown: Vec<Shown> = parts
            .map(|(_, part)| Shown {
                id: part.id,
                times: part.times,
                minutes: part.minutes,
                day: part.day,
            })
            .collect();
        there::confirm(connection, home.id, &shown, "刘洋").await?;
    }
    Ok(())
}

/// Publishes the first one, who also takes a certificate of service.
async fn publish(
    connection: &mut Connection,
    hand: Hand,
    member: i64,
    commendation: i64,
    day: &str,
) -> Result<()> {
    if let Some(nominee) = commendations::nominee(connection, commendation).await?
        && let Some(call) = commendations::store::call(connection, nominee.call_id).await?
    {
        let said = Said { day: day.to_owned(), ..Said::default() };
        let _ = registry::step(connection, hand, &call, &nominee, Step::Agree, &said).await?;
    }
    if let Some(member) = members::store::member(connection, member).await? {
        certificates::registry::make(connection, hand.actor, &member, Span::Ever).await?;
    }
    Ok(())
}
