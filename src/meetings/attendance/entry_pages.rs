//! Entering who was there: what was typed or ticked comes on the list, and can be put back.

use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::list::{People, PeoplePart};
use super::{State, record, store};
use crate::app::App;
use crate::audit::Action;
use crate::db::Connection;
use crate::meetings::{Meeting, pages, store as meetings};
use crate::members::entry::{Answer, EntryForm, wanted};
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html, see_other};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldMeetings;
    routes
        .post("/meetings/{id}/people", may, enter)
        .post("/meetings/{id}/people/rest", may, enter_rest)
        .post("/meetings/{id}/back", may, put_back)
}

/// The meeting, whose list is open as long as it is not removed.
pub(in crate::meetings) async fn open_meeting(
    connection: &mut Connection,
    id: i64,
) -> Result<Meeting> {
    let meeting = meetings::meeting(connection, id).await?.ok_or(Error::NotFound)?;
    if meeting.removed_at.is_some() { Err(Error::Conflict) } else { Ok(meeting) }
}

/// Before its day, who is typed is expected; from then on they were there.
async fn enter(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<EntryForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let meeting = open_meeting(&mut write, id).await?;
    let (state, key) = match meeting.is_planned() {
        true => (State::Expected, "meetings-is-expected"),
        false => (State::Present, "meetings-is-present"),
    };
    let actor = (&viewer).into();
    let mut answer = Answer::default();
    for candidate in wanted(&mut write, &viewer, &form, &mut answer).await? {
        if store::insert(&mut write, id, candidate.id, state).await? {
            record(&mut write, actor, Action::AttendeeAdded, id, candidate.id).await?;
            answer.say(&page, key, &candidate.words());
        } else if state == State::Present && store::arrive(&mut write, id, candidate.id).await? {
            record(&mut write, actor, Action::AttendanceChanged, id, candidate.id).await?;
            answer.say(&page, key, &candidate.words());
        } else {
            answer.warn(&page, "activities-added-before", &candidate.words());
        }
    }
    write.commit().await?;
    let mut connection = app.db.read().await?;
    tell(&mut connection, page, &viewer, &meeting, answer).await
}

/// Who is still expected was there, all of them at once.
async fn enter_rest(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
) -> Result {
    let mut write = app.db.write().await?;
    let meeting = open_meeting(&mut write, id).await?;
    if meeting.is_planned() {
        return Err(Error::Conflict);
    }
    let mut came: i64 = 0;
    for row in store::rows(&mut write, id).await? {
        let awaited = row.taken_out_at.is_empty() && row.state() == State::Expected;
        if awaited
            && viewer.scope.covers(row.branch_id)
            && store::arrive(&mut write, id, row.member_id).await?
        {
            let actor = (&viewer).into();
            record(&mut write, actor, Action::AttendanceChanged, id, row.member_id).await?;
            came += 1;
        }
    }
    write.commit().await?;
    let said = vec![page.t1("meetings-rest-came", "count", came)];
    let answer = Answer { said, ..Answer::default() };
    let mut connection = app.db.read().await?;
    tell(&mut connection, page, &viewer, &meeting, answer).await
}

/// The list for a script; without one, the page with a notice, or with what is to be decided.
pub(super) async fn tell(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    meeting: &Meeting,
    answer: Answer,
) -> Result {
    if page.partial() {
        let people = People::of(connection, &page, &viewer.scope, meeting).await?;
        return html(&PeoplePart { page, people, answer });
    }
    if answer.questions.is_empty() && answer.said.len() <= 1 {
        let place = format!("/meetings/{}#who", meeting.id);
        let Some(said) = answer.said.first() else { return Ok(see_other(&place)) };
        let key = if answer.warned { "notice-participants-warning" } else { "notice-participants" };
        return Ok(Notice::see_other(&place, key, said));
    }
    let shown = pages::show_with(connection, page, viewer, meeting, answer).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct BackForm {
    /// `attendances.id`.
    part: i64,
}

async fn put_back(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<BackForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let meeting = open_meeting(&mut write, id).await?;
    let row = store::rows(&mut write, id).await?.into_iter().find(|row| row.id == form.part);
    let row = row.filter(|row| viewer.scope.covers(row.branch_id)).ok_or(Error::NotFound)?;
    let mut answer = Answer::default();
    if store::put_back(&mut write, row.id).await? {
        let actor = (&viewer).into();
        record(&mut write, actor, Action::AttendeeBack, id, row.member_id).await?;
        answer.say(&page, "activities-put-back", &row.name);
    } else {
        answer.warn(&page, "activities-added-before", &row.name);
    }
    write.commit().await?;
    let mut connection = app.db.read().await?;
    tell(&mut connection, page, &viewer, &meeting, answer).await
}
