//! Surveys of the demonstration: the last half-year's, closed, with forms on every way; and this
//! one's, just opened.

use jiff::Span;

use crate::activities::{HalfYear, today};
use crate::audit::Actor;
use crate::db::{Connection, Result};
use crate::members::search;
use crate::surveys::registry::{self, Taking};
use crate::surveys::store::{self, forms};
use crate::surveys::{Answer, Reason, Step, Survey, Who};
use crate::text::{Filter, match_expression};

/// Why some took no part.
const REASONS: [(Reason, &str); 4] = [
    (Reason::AtWork, "这半年周末都在机房值班，没能参加。"),
    (Reason::NoWork, "居委会还没有安排过，希望能参加周末的活动。"),
    (Reason::Away, "这半年在外地做工程，年底才回来。"),
    (Reason::Unsaid, "个人原因，不便细说。"),
];
/// How many forms the last half-year's survey has.
const FORMS: i64 = 240;

/// Fills in the surveys.
pub(super) async fn fill(connection: &mut Connection) -> Result<()> {
    let actor = Actor::CommandLine;
    let half = HalfYear::of(today());
    let last = half.before();
    let closes: String = today().saturating_add(Span::new().days(20)).to_string();
    registry::open(connection, actor, half, &closes, None).await?;
    let id = registry::open(connection, actor, last, &today().to_string(), None).await?;
    let Some(id) = id else { return Ok(()) };
    let survey = store::survey(connection, id).await?.ok_or(sqlx::Error::RowNotFound)?;
    let known = match_expression("", &[Filter::Agreed], None);
    let members = search::lines(connection, &known, search::Order::Name, None, FORMS).await?;
    let members: Vec<i64> = members.read()?.into_iter().map(|line| line.id).collect();
    for (place, member) in (0_usize..).zip(members) {
        form(connection, &survey, place, member).await?;
    }
    registry::close(connection, actor, &survey).await
}

/// One member's form, as far as its place in the row says.
async fn form(
    connection: &mut Connection,
    survey: &Survey,
    place: usize,
    member: i64,
) -> Result<()> {
    let actor = Actor::CommandLine;
    let lines = registry::lines(connection, survey, member, None).await?;
    let (reason, words) = REASONS[place % REASONS.len()];
    let reason = lines.is_empty().then(|| (reason, words.to_owned()));
    let answer = Answer { lines, reason };
    let submit = (place % 12 != 11).then_some(Who::Staff);
    let key = (member, 0);
    if registry::write(connection, actor, survey, key, &answer, submit).await?.is_err() {
        return Ok(());
    }
    let Some(form) = forms::of_member(connection, survey.id, member).await? else { return Ok(()) };
    let taking = match place % 12 {
        0..=7 => Taking { by: "周红", ..Taking::bare(Who::Contact, Step::Confirm) },
        8 => Taking {
            by: "周红",
            ..Taking::because(Who::Contact, Step::Return, "三月的读书会没有写上，请补充。")
        },
        _ => return Ok(()),
    };
    // What cannot be confirmed stays as it is.
    let _refused = registry::step(connection, Actor::Committee, &form, taking).await?;
    Ok(())
}
