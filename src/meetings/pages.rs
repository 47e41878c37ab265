//! A meeting with who was there: shown, removed and brought back.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::json;

use super::attendance::People;
use super::{Meeting, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::Connection;
use crate::members::entry::Answer;
use crate::members::kept_since;
use crate::web::forms::Field;
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldMeetings;
    routes.get("/meetings/{id}", may, show).post("/meetings/{id}/remove", may, remove).post(
        "/meetings/{id}/restore",
        may,
        restore,
    )
}

#[derive(Template)]
#[template(path = "meetings/show.html")]
struct ShowPage {
    page: Page,
    meeting: Meeting,
    when: String,
    kind: &'static str,
    /// Who leads it, as the viewer sees them, with their record when it is theirs to see.
    chair: (String, Option<i64>),
    /// When it was put into the bin; empty for a live one.
    removed: String,
    can_restore: bool,
    who: Field,
    people: People,
    answer: Answer,
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let meeting = store::meeting(&mut connection, id).await?.ok_or(Error::NotFound)?;
    show_with(&mut connection, page, &viewer, &meeting, Answer::default()).await
}

/// The page of a meeting, with what came of an entry.
pub(super) async fn show_with(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    meeting: &Meeting,
    answer: Answer,
) -> Result {
    let people = People::of(connection, &page, &viewer.scope, meeting).await?;
    show_people(connection, page, viewer, meeting, people, answer).await
}

/// The page of a meeting, with who was there as it is given.
pub(super) async fn show_people(
    _connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    meeting: &Meeting,
    people: People,
    answer: Answer,
) -> Result {
    let removed_at = meeting.removed_at.clone().unwrap_or_default();
    let chair = meeting.chair.as_ref().map_or_else(Default::default, |chair| {
        let theirs = viewer.scope.covers(chair.branch);
        (chair.seen(&page, &viewer.scope).to_owned(), theirs.then_some(chair.id))
    });
    html(&ShowPage {
        when: meeting.when(&page),
        kind: page.t(meeting.details.kind.key()),
        chair,
        can_restore: removed_at >= kept_since(Timestamp::now()),
        removed: if removed_at.is_empty() { String::new() } else { page.time(&removed_at) },
        who: Field::new(&page, "who", "meetings-who").hint(page.t("activities-who-hint")).focused(),
        meeting: meeting.clone(),
        people,
        answer,
        page,
    })
}

/// Puts a meeting into the bin, with all that was noted of it: only who may see everyone's part.
async fn remove(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<Response> {
    let mut write = app.db.write().await?;
    let meeting = store::meeting(&mut write, id).await?.ok_or(Error::NotFound)?;
    let title = &meeting.details.title;
    let rows = super::attendance::store::rows(&mut write, id).await?;
    let mut rows = rows.iter().filter(|row| row.taken_out_at.is_empty());
    if rows.any(|row| !viewer.scope.covers(row.branch_id)) {
        let place = format!("/meetings/{id}");
        return Ok(Notice::see_other(&place, "notice-meeting-others-warning", title));
    }
    if meeting.removed_at.is_none() {
        let (actor, record) = ((&viewer).into(), Record::Meeting(id));
        store::set_removed(&mut write, id, Some(actor)).await?;
        audit::record(&mut write, actor, Action::MeetingRemoved, record, json!({})).await?;
        write.commit().await?;
    }
    Ok(Notice::see_other("/meetings", "notice-meeting-removed", title))
}

async fn restore(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<Response> {
    let mut write = app.db.write().await?;
    let meeting = store::meeting(&mut write, id).await?.ok_or(Error::NotFound)?;
    if let Some(removed_at) = &meeting.removed_at {
        if *removed_at < kept_since(Timestamp::now()) {
            return Err(Error::Conflict);
        }
        let (actor, record) = ((&viewer).into(), Record::Meeting(id));
        store::set_removed(&mut write, id, None).await?;
        audit::record(&mut write, actor, Action::MeetingRestored, record, json!({})).await?;
        write.commit().await?;
    }
    let place = format!("/meetings/{id}");
    Ok(Notice::see_other(&place, "notice-meeting-restored", &meeting.details.title))
}
