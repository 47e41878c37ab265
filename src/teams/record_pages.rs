//! A team's page: what is said of it, its people, and what was done with it.

use askama::Template;
use axum::extract::{Path, State};

use super::people::People;
use super::{Team, TeamDetails, edit_pages, registry, store};
use crate::app::App;
use crate::db::Connection;
use crate::members::entry::Answer;
use crate::web::forms::Field;
use crate::web::{
    Difference, Error, Fact, Notice, Page, Permission, Result, Routes, Viewer, differing, html,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ServeNeeds;
    routes.get("/needs/teams/{id}", may, show).post("/needs/teams/{id}/end", may, end).post(
        "/needs/teams/{id}/reopen",
        may,
        reopen,
    )
}

#[derive(Template)]
#[template(path = "teams/show.html")]
struct ShowPage {
    page: Page,
    team: Team,
    facts: Vec<Fact>,
    who: Field,
    people: People,
    answer: Answer,
    past: Vec<Past>,
}

struct Past {
    at: String,
    by: String,
    what: &'static str,
    differences: Vec<Difference>,
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let team = store::team(&mut connection, id).await?.ok_or(Error::NotFound)?;
    show_with(&mut connection, page, &viewer, team, Answer::default()).await
}

/// The page of a team, with what came of an entry.
pub(super) async fn show_with(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    team: Team,
    answer: Answer,
) -> Result {
    let facts = edit_pages::facts(connection, &page, &team.details).await?;
    html(&ShowPage {
        facts: facts.into_iter().skip(1).filter(|fact| !fact.text.is_empty()).collect(),
        who: Field::new(&page, "who", "teams-who").hint(page.t("teams-who-hint")).focused(),
        people: People::of(connection, &page, &viewer.scope, &team).await?,
        past: past(connection, &page, &team).await?,
        team,
        answer,
        page,
    })
}

async fn past(connection: &mut Connection, page: &Page, team: &Team) -> Result<Vec<Past>> {
    let mut after = team.details.clone();
    let mut past = Vec::new();
    for step in store::history(connection, team.id).await? {
        let mut differences = Vec::new();
        if let Some(before) = &step.before {
            let before: TeamDetails = serde_json::from_str(before).map_err(Error::internal)?;
            let old = edit_pages::facts(connection, page, &before).await?;
            differences = differing(old, edit_pages::facts(connection, page, &after).await?);
            after = before;
        }
        past.push(Past {
            at: page.time(&step.at),
            by: step.by.unwrap_or_else(|| page.t("audit-by-link").to_owned()),
            what: page.t(match step.step.as_str() {
                "end" => "teams-end",
                "reopen" => "teams-reopen",
                _ => "history-cause-edited",
            }),
            differences,
        });
    }
    Ok(past)
}

async fn end(state: State<App>, viewer: Viewer, id: Path<i64>) -> Result {
    set_ended(state, viewer, id, true).await
}

async fn reopen(state: State<App>, viewer: Viewer, id: Path<i64>) -> Result {
    set_ended(state, viewer, id, false).await
}

async fn set_ended(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    ended: bool,
) -> Result {
    let mut write = app.db.write().await?;
    let team = store::team(&mut write, id).await?.ok_or(Error::NotFound)?;
    registry::set_ended(&mut write, (&viewer).into(), &team, ended).await?;
    write.commit().await?;
    let key = if ended { "notice-team-ended" } else { "notice-team-reopened" };
    Ok(Notice::see_other(&format!("/needs/teams/{id}"), key, &team.details.name))
}
