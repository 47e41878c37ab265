//! `/surveys/{id}`: how far a round is, by branch; what waits for whom and for how long; closing it.

use askama::Template;
use axum::extract::{Path, State as Held};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::figures::{self, Figures, Group};
use super::store::{
    figures as counts,
    people::{Which, bound},
};
use super::{Survey, registry, store};
use crate::activities::today;
use crate::app::App;
use crate::audit::Actor;
use crate::db::Connection;
use crate::letters::days_since;
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

/// How many forms are handed in at one press; so many are done in a moment.
const AT_ONCE: i64 = 2_000;

pub(super) fn routes(routes: Routes) -> Routes {
    let (see, open) = (Permission::RecordSurveys, Permission::OpenSurveys);
    routes
        .get("/surveys/{id}", see, show)
        .post("/surveys/{id}/submit", see, submit_ready)
        .post("/surveys/{id}/close", open, close)
        .post("/surveys/{id}/reopen", open, reopen)
}

/// A round, if the viewer may see anything of it, with the branches that they may see.
pub(super) async fn seen(
    connection: &mut Connection,
    viewer: &Viewer,
    id: i64,
) -> Result<(Survey, Option<Vec<i64>>)> {
    let survey = store::survey(connection, id).await?.ok_or(Error::NotFound)?;
    let seen = survey.seen_by(&viewer.scope);
    if seen.as_ref().is_some_and(Vec::is_empty) {
        return Err(Error::NotFound);
    }
    Ok((survey, seen))
}

#[derive(Template)]
#[template(path = "surveys/round.html")]
struct RoundPage {
    page: Page,
    survey: Survey,
    half: String,
    closes_on: String,
    overdue: bool,
    closed: String,
    /// Confirmed since it was closed.
    since: i64,
    total: Figures,
    branches: Vec<Group>,
    waiting: Vec<WaitingRow>,
    /// How many forms can be handed in as they are.
    ready: usize,
}

struct WaitingRow {
    committee: Option<i64>,
    name: String,
    forms: i64,
    waits: String,
}

/// How many days ago a point in time was, in words.
pub(super) fn waits(page: &Page, since: &str) -> String {
    let days = since.get(..10).map_or(0, days_since);
    page.t1("surveys-waits", "days", days.max(0))
}

async fn show(Held(app): Held<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.snapshot().await?;
    let (survey, seen) = seen(&mut connection, &viewer, id).await?;
    let cells = figures::of(&mut connection, &survey, seen.as_deref()).await?;
    let branches = bound(seen.as_deref());
    let waiting = counts::waiting(&mut connection, id, branches.as_deref()).await?;
    let waiting = waiting.into_iter().map(|row| WaitingRow {
        committee: row.committee_id,
        waits: waits(&page, &row.since),
        name: row.committee,
        forms: row.forms,
    });
    let since = match &survey.closed_at {
        Some(at) => counts::late_since(&mut connection, id, at, branches.as_deref()).await?,
        None => 0,
    };
    let total = figures::sum(&cells);
    html(&RoundPage {
        half: survey.half.words(page.language()),
        closes_on: page.date(&survey.closes_on),
        overdue: survey.closed_at.is_none() && survey.is_late(),
        closed: survey.closed_at.as_deref().map_or_else(String::new, |at| page.time(at)),
        since,
        branches: figures::grouped(&cells, |cell| (cell.branch, &cell.branch_name)),
        waiting: waiting.collect(),
        ready: ready(&mut connection, &survey, seen.as_deref()).await?.len(),
        total,
        survey,
        page,
    })
}

/// Members whose form can be handed in as it is, since something is on record of them.
async fn ready(
    connection: &mut Connection,
    survey: &Survey,
    seen: Option<&[i64]>,
) -> Result<Vec<i64>> {
    let which = Which { survey: survey.id, branches: bound(seen), ..Which::default() };
    let last = survey.half.last_day().min(today().to_string());
    let days = (survey.half.first_day(), last);
    let days = (days.0.as_str(), days.1.as_str());
    Ok(store::people::ready(connection, &which, days, AT_ONCE).await?)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TogetherForm {
    form: String,
}

/// Hands in the forms of all who have something on record, as it is there.
async fn submit_ready(
    Held(app): Held<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<TogetherForm>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (survey, seen) = seen(&mut write, &viewer, id).await?;
    let actor = (&viewer).into();
    let members = ready(&mut write, &survey, seen.as_deref()).await?;
    let mut count = 0;
    for member in members {
        count += usize::from(hand_in(&mut write, actor, &survey, member).await?);
    }
    let location = format!("/surveys/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-survey-handed-in", &count.to_string()))
}

/// Hands in a member's form as it stands, if anything on it counts; whether it did.
async fn hand_in(
    connection: &mut Connection,
    actor: Actor,
    survey: &Survey,
    member: i64,
) -> Result<bool> {
    let form = store::forms::of_member(connection, survey.id, member).await?;
    let lines = registry::lines(connection, survey, member, form.as_ref()).await?;
    let answer = super::Answer { lines, reason: None };
    if !answer.took_part() {
        return Ok(false);
    }
    let version = form.map_or(0, |form| form.version);
    let who = Some(super::Who::Staff);
    let done = registry::write(connection, actor, survey, (member, version), &answer, who).await?;
    Ok(done.unwrap_or(false))
}

async fn close(Held(app): Held<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let survey = store::survey(&mut write, id).await?.ok_or(Error::NotFound)?;
    registry::close(&mut write, (&viewer).into(), &survey).await?;
    write.commit().await?;
    Ok(Notice::see_other(&format!("/surveys/{id}"), "notice-survey-closed", ""))
}

async fn reopen(Held(app): Held<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let survey = store::survey(&mut write, id).await?.ok_or(Error::NotFound)?;
    registry::reopen(&mut write, (&viewer).into(), &survey).await?;
    write.commit().await?;
    Ok(Notice::see_other(&format!("/surveys/{id}"), "notice-survey-reopened", ""))
}
