//! Entering the people of a team, and the steps that each goes.

use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::{People, PeoplePart};
use crate::app::App;
use crate::db::Connection;
use crate::members;
use crate::members::entry::{Answer, EntryForm, wanted};
use crate::offers::EndReason;
use crate::teams::registry::{self, Joined};
use crate::teams::{State, Step, Team, record_pages, store};
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html, see_other};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ServeNeeds;
    routes.post("/needs/teams/{id}/people", may, enter).post("/needs/teams/{id}/step", may, step)
}

async fn open_team(connection: &mut Connection, id: i64) -> Result<Team> {
    let team = store::team(connection, id).await?.ok_or(Error::NotFound)?;
    if team.ended_at.is_some() { Err(Error::Conflict) } else { Ok(team) }
}

async fn enter(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<EntryForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let team = open_team(&mut write, id).await?;
    let actor = (&viewer).into();
    let mut answer = Answer::default();
    for candidate in wanted(&mut write, &viewer, &form, &mut answer).await? {
        let found = members::store::member(&mut write, candidate.id).await?;
        let member = found.ok_or(Error::NotFound)?;
        let words = candidate.words();
        match registry::join(&mut write, actor, &team, &member, State::In).await? {
            Joined::Now => answer.say(&page, "teams-joined", &words),
            Joined::Before => answer.warn(&page, "teams-joined-before", &words),
            Joined::Full => answer.warn(&page, "teams-full", &words),
            Joined::NotKnown => answer.warn(&page, "pairings-not-known", &words),
        }
    }
    write.commit().await?;
    tell(&app, page, &viewer, id, answer).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StepForm {
    /// `team_members.id`.
    person: i64,
    /// The name of a [`Step`], or `lead`.
    step: String,
    reason: String,
}

async fn step(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<StepForm>,
) -> Result {
    let mut write = app.db.write().await?;
    open_team(&mut write, id).await?;
    let people = super::store::people(&mut write, id).await?;
    let person = people.into_iter().find(|person| person.id == form.person);
    let person =
        person.filter(|person| viewer.scope.covers(person.branch_id)).ok_or(Error::NotFound)?;
    let actor = (&viewer).into();
    let mut answer = Answer::default();
    if form.step == "lead" {
        match registry::lead(&mut write, actor, id, &person).await? {
            true => answer.say(&page, "teams-leads-now", &person.name),
            false => answer.warn(&page, "teams-changed", &person.name),
        }
    } else {
        let taken = Step::from_name(&form.step).ok_or(Error::BadRequest("no such step"))?;
        let reason = EndReason::from_name(&form.reason);
        match registry::step(&mut write, actor, id, &person, taken, reason).await? {
            Ok(()) => answer.say(&page, "teams-moved", &person.name),
            Err(why) => {
                answer.said.push(page.say(&why));
                answer.warned = true;
            }
        }
    }
    // What could not be done changed nothing.
    if !answer.warned {
        write.commit().await?;
    } else {
        drop(write);
    }
    tell(&app, page, &viewer, id, answer).await
}

/// The list for a script; without one, the page with a notice, or with what is to be decided.
async fn tell(app: &App, page: Page, viewer: &Viewer, id: i64, answer: Answer) -> Result {
    let mut connection = app.db.read().await?;
    let team = store::team(&mut connection, id).await?.ok_or(Error::NotFound)?;
    if page.partial() {
        let people = People::of(&mut connection, &page, &viewer.scope, &team).await?;
        return html(&PeoplePart { page, people, answer });
    }
    if answer.questions.is_empty() && answer.said.len() <= 1 {
        let place = format!("/needs/teams/{id}#who");
        let Some(said) = answer.said.first() else { return Ok(see_other(&place)) };
        let key = if answer.warned { "notice-participants-warning" } else { "notice-participants" };
        return Ok(Notice::see_other(&place, key, said));
    }
    let shown = record_pages::show_with(&mut connection, page, viewer, team, answer).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}
