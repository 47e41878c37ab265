//! `/goals`: the branches of a half-year, each with its goal and how far it has come.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::words::MEASURES;
use super::{Goal, Numbers, Progress, progress, store};
use crate::activities::{HalfYear, hours, today};
use crate::app::App;
use crate::db::{self, Connection};
use crate::lang::Value;
use crate::lists::{self, List};
use crate::reports::sums::Sum;
use crate::web::forms::Choice;
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

/// How many half-years back may be chosen.
const HALVES: usize = 6;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/goals", Permission::SetGoals, list)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    /// A half-year's code; what is none is the current one.
    half: String,
}

/// How one measure stands: a goal, and what was done.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    /// What is measured.
    pub label: &'static str,
    /// “12 of 30”, or only what was done where there is no goal.
    pub now: String,
    /// Whether there is a goal.
    pub has_goal: bool,
    /// Of the goal, 0 to 100; and where the half-year before stood at the same point.
    pub percent: i64,
    /// Likewise.
    pub before_percent: i64,
    /// What is confirmed of it, and what it was at the same point of the half-year before.
    pub beside: String,
}

impl Standing {
    fn of(page: &Page, place: usize, goal: Option<i64>, now: [i64; 2], before: i64) -> Self {
        let shown = |amount: i64| if place == 2 { amount / 60 } else { amount };
        let words = |amount: i64| match place {
            2 if amount > 0 => hours(amount),
            _ => page.number(&amount),
        };
        let of_goal = |amount: i64| match goal {
            Some(goal) => (shown(amount).saturating_mul(100) / goal.max(1)).clamp(0, 100),
            None => 0,
        };
        let [done, confirmed] = now;
        let beside =
            [("confirmed", Value::from(words(confirmed))), ("before", words(before).into())];
        Self {
            label: MEASURES.get(place).map_or("", |key| page.t(key)),
            now: match goal {
                Some(goal) => {
                    let of = [("done", words(done).into()), ("goal", page.number(&goal).into())];
                    page.language().text_with("goals-of", &of)
                }
                None => words(done),
            },
            has_goal: goal.is_some(),
            percent: of_goal(done),
            before_percent: of_goal(before),
            beside: page.language().text_with("goals-beside", &beside),
        }
    }

    /// The three measures of a place.
    pub(super) fn all(page: &Page, goal: &Numbers, now: Sum, before: Sum) -> [Self; 3] {
        let [members, times, hours] = goal.all();
        [
            Self::of(page, 0, members, [now.members, now.confirmed_members], before.members),
            Self::of(page, 1, times, [now.times, now.confirmed_times], before.times),
            Self::of(page, 2, hours, [now.minutes, now.confirmed_minutes], before.minutes),
        ]
    }
}

/// A branch in a row.
pub(crate) struct Row {
    pub branch: i64,
    pub name: String,
    pub has_goal: bool,
    pub measures: [Standing; 3],
}

impl Row {
    fn of(
        page: &Page,
        (branch, name): (i64, String),
        goal: Option<&Goal>,
        done: &Progress,
    ) -> Self {
        let numbers = goal.map(|goal| goal.numbers.whole()).unwrap_or_default();
        Self {
            branch,
            name,
            has_goal: goal.is_some(),
            measures: Standing::all(page, &numbers, done.now(None), done.before(None)),
        }
    }
}

/// The viewer's branches in the order of a phone book, each as it stands in a half-year; with
/// `set_only` those that have a goal.
pub(super) async fn rows(
    connection: &mut Connection,
    page: &Page,
    viewer: &Viewer,
    half: HalfYear,
    set_only: bool,
) -> db::Result<Vec<Row>> {
    let goals = store::of_half(connection, half, viewer.scope.branches()).await?;
    if set_only && goals.is_empty() {
        return Ok(Vec::new());
    }
    let of: Vec<i64> = goals.iter().map(|goal| goal.branch).collect();
    let of = if set_only { Some(of.as_slice()) } else { viewer.scope.branches() };
    let done = progress(connection, half, today(), false, of).await?;
    let branches = lists::names(connection, List::Branches).await?;
    let none = Progress::default();
    Ok(branches
        .into_iter()
        .filter(|(id, _)| viewer.scope.covers(Some(*id)))
        .filter_map(|branch| {
            let goal = goals.iter().find(|goal| goal.branch == branch.0);
            let shown = goal.is_some() || !set_only;
            let done = done.get(&branch.0).unwrap_or(&none);
            shown.then(|| Row::of(page, branch, goal, done))
        })
        .collect())
}

/// The half-years that may be chosen, the next one first.
pub(crate) fn halves(page: &Page, chosen: HalfYear) -> Vec<Choice> {
    let mut choices = Vec::new();
    let mut half = HalfYear::of(today()).after();
    for _ in 0..HALVES {
        choices.push(Choice {
            value: half.code(),
            label: half.words(page.language()),
            chosen: half == chosen,
            count: String::new(),
        });
        half = half.before();
    }
    choices
}

#[derive(Template)]
#[template(path = "goals/list.html")]
struct ListPage {
    page: Page,
    half: HalfYear,
    words: String,
    halves: Vec<Choice>,
    rows: Vec<Row>,
    /// How many branches have no goal yet but had one in the half-year before.
    can_copy: usize,
}

async fn list(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
) -> Result {
    let half = HalfYear::parse(&query.half).unwrap_or_else(|| HalfYear::of(today()));
    let mut connection = app.db.snapshot().await?;
    let rows = rows(&mut connection, &page, &viewer, half, false).await?;
    let before = store::of_half(&mut connection, half.before(), viewer.scope.branches()).await?;
    let without = |goal: &&Goal| rows.iter().any(|row| row.branch == goal.branch && !row.has_goal);
    html(&ListPage {
        words: half.words(page.language()),
        halves: halves(&page, half),
        can_copy: before.iter().filter(without).count(),
        half,
        rows,
        page,
    })
}
