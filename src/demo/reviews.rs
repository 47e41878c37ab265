//! A made-up enquiry of the last half-year with some answers, and two branches' reviews.

use jiff::ToSpan as _;

use crate::activities::HalfYear;
use crate::audit::Actor;
use crate::db::{Connection, Result};
use crate::letters;
use crate::lists::{self, List};
use crate::reviews::enquiries::registry::{self as enquiries, Answer};
use crate::reviews::enquiries::{Way, line_store, request_store, store};
use crate::reviews::{registry, review_store};

/// Of how many branches committees are asked, and reviews opened.
const BRANCHES: usize = 2;
/// How many requests are given out, at most.
const GIVEN: i64 = 24;

/// How many of them are answered.
const ANSWERED: usize = 16;

/// Who answers, and what they say.
const SAID: [(&str, &str); 4] = [
    ("刘洋", "每周六来活动室教孩子写字，风雨无阻，家长都记得他。"),
    ("陈静", "夏天晚上巡逻从不缺班，楼道里堆放的杂物也帮着清理了。"),
    ("赵敏", "教会了十几位老人用手机挂号，来回跑了四趟。"),
    ("周婷", "调解了两户人家的漏水纠纷，双方都签了字。"),
];

/// Adds them.
pub(super) async fn fill(connection: &mut Connection) -> Result<()> {
    let today = letters::today();
    let half = HalfYear::of(today).before();
    let branches = lists::names(connection, List::Branches).await?;
    let branches: Vec<i64> = branches.into_iter().take(BRANCHES).map(|(id, _)| id).collect();
    confirm(connection, &branches).await?;
    let (actor, until) = (Actor::CommandLine, today.saturating_add(10.days()).to_string());
    let opened = enquiries::open(connection, actor, half, Some(&branches), &until).await?;
    if let Some((id, _)) = opened {
        ask(connection, id).await?;
    }
    for (place, branch) in branches.iter().enumerate() {
        registry::open(connection, actor, *branch, half).await?;
        let review = review_store::of_branch(connection, *branch, half).await?;
        // One was held and closed, one is being prepared.
        if let (0, Some(review)) = (place, review) {
            let day = today.saturating_sub(2.days()).to_string();
            if registry::hold(connection, actor, &review, &day).await?.is_ok()
                && let Some(review) = review_store::review(connection, review.id).await?
            {
                registry::close(connection, actor, &review).await?.ok();
            }
        }
    }
    Ok(())
}

/// Gives requests out, and answers some.
async fn ask(connection: &mut Connection, id: i64) -> Result<()> {
    let (actor, today) = (Actor::CommandLine, letters::today());
    let Some(settings) = letters::store::settings(connection).await? else { return Ok(()) };
    let Some(enquiry) = store::enquiry(connection, id, None).await? else { return Ok(()) };
    for (place, request) in request_store::first(connection, id, GIVEN).await?.iter().enumerate() {
        if !enquiries::give(connection, actor, &settings, &enquiry, request).await? {
            continue;
        }
        let day = today.saturating_sub(9.days()).to_string();
        enquiries::send(connection, actor, request.id, &day, Way::Post).await?;
        if place >= ANSWERED {
            continue;
        }
        let (by, _) = SAID[place % SAID.len()];
        let Some(request) = request_store::request(connection, request.id).await? else { continue };
        let lines = line_store::lines(connection, request.id).await?;
        let said = SAID.iter().cycle().skip(place).map(|(_, words)| (*words).to_owned());
        let answer = Answer {
            words: lines.iter().map(|line| line.id).zip(said).collect(),
            day: today.saturating_sub(4.days()).to_string(),
            by: by.to_owned(),
        };
        enquiries::answer(connection, actor, &request, &lines, &answer).await?;
    }
    Ok(())
}

/// Most of what these branches' members did was signed and stamped.
async fn confirm(connection: &mut Connection, branches: &[i64]) -> Result<()> {
    sqlx::query(
        "UPDATE participations
         SET signed_on = day, stamped_on = day, confirmed_at = day || 'T12:00:00.000Z',
             confirmed_there = '刘洋'
         WHERE confirmed_at IS NULL AND id % 5 <> 0
           AND member_id IN (SELECT id FROM members
                             WHERE branch_id IN (SELECT value FROM json_each($1)))",
    )
    .bind(serde_json::json!(branches).to_string())
    .execute(connection)
    .await?;
    Ok(())
}
