//! Entering participants: what was typed or ticked becomes parts, and those can be put back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::list::PeoplePart;
use super::{People, add, record, store};
use crate::activities::pages;
use crate::activities::{Activity, store as activities};
use crate::app::App;
use crate::audit::Action;
use crate::db::Connection;
use crate::members::entry::{Answer, EntryForm, wanted};
use crate::teams;
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html, see_other};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordActivities;
    routes
        .post("/activities/{id}/people", may, enter)
        .post("/activities/{id}/people/team", may, enter_team)
        .post("/activities/{id}/back", may, put_back)
}

/// The activity, which takes participants as long as it is not removed.
pub(super) async fn open_activity(connection: &mut Connection, id: i64) -> Result<Activity> {
    let activity = activities::activity(connection, id).await?.ok_or(Error::NotFound)?;
    if activity.removed_at.is_some() { Err(Error::Conflict) } else { Ok(activity) }
}

async fn enter(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<EntryForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let activity = open_activity(&mut write, id).await?;
    let mut answer = Answer::default();
    for candidate in wanted(&mut write, &viewer, &form, &mut answer).await? {
        let amount = activity.details.amount;
        let actor = (&viewer).into();
        if add(&mut write, actor, &activity, candidate.id, amount).await? {
            answer.say(&page, "activities-added", &candidate.words());
        } else {
            answer.warn(&page, "activities-added-before", &candidate.words());
        }
    }
    write.commit().await?;
    let mut connection = app.db.read().await?;
    tell(&mut connection, page, &viewer, &activity, answer).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TeamForm {
    /// `teams.id`.
    team: i64,
}

/// Everyone who is in a team takes part, at once.
async fn enter_team(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<TeamForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let activity = open_activity(&mut write, id).await?;
    let team = teams::store::team(&mut write, form.team).await?.ok_or(Error::NotFound)?;
    let mut came: i64 = 0;
    for person in teams::people::store::people(&mut write, team.id).await? {
        let is_in = person.live && person.state() == Some(teams::State::In);
        if is_in && viewer.scope.covers(person.branch_id) {
            let (actor, amount) = ((&viewer).into(), activity.details.amount);
            let added = add(&mut write, actor, &activity, person.member_id, amount).await?;
            came += i64::from(added);
        }
    }
    write.commit().await?;
    let arguments = [("name", team.details.name.as_str().into()), ("count", came.into())];
    let said = vec![page.language().text_with("teams-whole-came", &arguments)];
    let answer = Answer { said, ..Answer::default() };
    let mut connection = app.db.read().await?;
    tell(&mut connection, page, &viewer, &activity, answer).await
}

/// The list for a script; without one, the page with a notice, or with what is to be decided.
pub(super) async fn tell(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    activity: &Activity,
    answer: Answer,
) -> Result {
    if page.partial() {
        let people = People::of(connection, &page, &viewer.scope, activity).await?;
        return html(&PeoplePart { page, people, answer });
    }
    if answer.questions.is_empty() && answer.said.len() <= 1 {
        let place = format!("/activities/{}#who", activity.id);
        let Some(said) = answer.said.first() else { return Ok(see_other(&place)) };
        let key = if answer.warned { "notice-participants-warning" } else { "notice-participants" };
        return Ok(Notice::see_other(&place, key, said));
    }
    let shown = pages::show_with(connection, page, viewer, activity, answer).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct BackForm {
    /// `participations.id`.
    part: i64,
}

async fn put_back(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<BackForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let activity = open_activity(&mut write, id).await?;
    let part = store::parts(&mut write, id).await?.into_iter().find(|part| part.id == form.part);
    let part = part.filter(|part| viewer.scope.covers(part.branch_id)).ok_or(Error::NotFound)?;
    let mut answer = Answer::default();
    if store::put_back(&mut write, part.id).await? {
        let actor = (&viewer).into();
        record(&mut write, actor, Action::ParticipantBack, id, part.member_id).await?;
        answer.say(&page, "activities-put-back", &part.name);
    } else {
        answer.warn(&page, "activities-added-before", &part.name);
    }
    write.commit().await?;
    let mut connection = app.db.read().await?;
    tell(&mut connection, page, &viewer, &activity, answer).await
}
