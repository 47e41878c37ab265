//! Teams that serve in the committee's area, and who is in them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::{Door, signed, signer_field, uses};
use crate::app::App;
use crate::audit::Actor;
use crate::db::Connection;
use crate::letters;
use crate::offers::EndReason;
use crate::teams::people::store::{self as people, Person};
use crate::teams::store;
use crate::teams::{Fields, PersonRow, Step, Team, TeamForm, registry};
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, already_answered, html, remember_answer,
    see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    // Whoever holds the link may: the letter gave it to them.
    let may = Permission::Public;
    routes
        .get("/c/{token}/teams", may, list)
        .get("/c/{token}/teams/new", may, show_new)
        .post("/c/{token}/teams/new", may, add)
        .post("/c/{token}/teams/{id}/step", may, step)
        .post("/c/{token}/teams/{id}/end", may, end)
}

#[derive(Template)]
#[template(path = "hub/teams.html")]
struct ListPage {
    page: Page,
    door: Door,
    rows: Vec<Row>,
}

struct Row {
    team: Team,
    /// How many are in it, in words.
    count: String,
    /// Those who stand to be known here.
    people: Vec<PersonRow>,
}

async fn list(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result {
    let Some(door) = Door::look(&app, &token, "teams").await? else {
        return letters::closed(page);
    };
    let mut connection = app.db.read().await?;
    let mut rows = Vec::new();
    for team in store::of_committee(&mut connection, door.committee.id).await? {
        let all = people::people(&mut connection, team.id).await?;
        let url = format!("{}/{}/step", door.at("teams"), team.id);
        let known = all.into_iter().filter(|person| person.known);
        let people = known.map(|person| PersonRow::of(&page, person, url.clone())).collect();
        rows.push(Row { count: team.count(&page), people, team });
    }
    html(&ListPage { page, door, rows })
}

#[derive(Template)]
#[template(path = "hub/team.html")]
struct NewPage {
    page: Page,
    door: Door,
    fields: Fields,
    by: Field,
    errors: Vec<FieldError>,
}

fn new_page(page: Page, door: Door, form: &TeamForm, problems: &Problems) -> NewPage {
    NewPage {
        fields: form.fields(&page, problems, &[]),
        by: signer_field(&page, &form.by, problems),
        errors: problems.summary(&page),
        door,
        page,
    }
}

async fn show_new(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result {
    let Some(door) = Door::look(&app, &token, "teams").await? else {
        return letters::closed(page);
    };
    let form = TeamForm { by: door.signer.clone(), ..TeamForm::opened() };
    html(&new_page(page, door, &form, &Problems::none()))
}

async fn add(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    Form(form): Form<TeamForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let Some(door) = Door::open(&app, &token).await? else { return letters::closed(page) };
    if app.link_uses.too_many(door.committee.id) {
        return uses::busy(page);
    }
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let form = form.at(door.committee.id, &door.committee.details.name);
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details = form.read(&mut write, &mut problems, &mut candidates).await?;
    let by = signed(&mut write, &door, &form.by, &mut problems).await?;
    let (Some(details), Some(by)) = (details, by) else {
        let shown = html(&new_page(page, door, &form, &problems))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    registry::add(&mut write, Actor::Committee, &details, &by).await?;
    let location = door.at("teams");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-offered", &details.name))
}

/// The team, if it is the committee's own.
async fn own_team(connection: &mut Connection, door: &Door, id: i64) -> Result<Team> {
    let team = store::team(connection, id).await?;
    team.filter(|team| team.committee() == Some(door.committee.id)).ok_or(Error::NotFound)
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

/// Takes someone who stands to be known here a step on.
async fn step(
    State(app): State<App>,
    page: Page,
    Path((token, id)): Path<(String, i64)>,
    Form(form): Form<StepForm>,
) -> Result {
    let Some(door) = Door::open(&app, &token).await? else { return letters::closed(page) };
    if app.link_uses.too_many(door.committee.id) {
        return uses::busy(page);
    }
    let mut write = app.db.write().await?;
    let team = own_team(&mut write, &door, id).await?;
    let all = people::people(&mut write, id).await?;
    let theirs = |person: &Person| person.id == form.person && person.known;
    let person = all.into_iter().find(theirs).ok_or(Error::NotFound)?;
    let (actor, location) = (Actor::Committee, door.at("teams"));
    let done = if form.step == "lead" {
        registry::lead(&mut write, actor, team.id, &person).await?
    } else {
        let taken = Step::from_name(&form.step).ok_or(Error::BadRequest("no such step"))?;
        let reason = EndReason::from_name(&form.reason);
        registry::step(&mut write, actor, team.id, &person, taken, reason).await?.is_ok()
    };
    if !done {
        return Ok(Notice::see_other(&location, "notice-claim-changed-warning", &person.name));
    }
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-claim-moved", &person.name))
}

async fn end(State(app): State<App>, page: Page, Path((token, id)): Path<(String, i64)>) -> Result {
    let Some(door) = Door::open(&app, &token).await? else { return letters::closed(page) };
    if app.link_uses.too_many(door.committee.id) {
        return uses::busy(page);
    }
    let mut write = app.db.write().await?;
    let team = own_team(&mut write, &door, id).await?;
    if team.by.is_empty() {
        return Err(Error::NotFound);
    }
    // Pressed once more, it is there again.
    let ended = team.ended_at.is_none();
    registry::set_ended(&mut write, Actor::Committee, &team, ended).await?;
    write.commit().await?;
    let key = if ended { "notice-team-ended" } else { "notice-team-reopened" };
    Ok(Notice::see_other(&door.at("teams"), key, &team.details.name))
}
