//! A meeting with who was there: shown, removed and brought back.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::attendance::People;
use super::file_store::{self, MeetingFile};
use super::lines::{Failed, Lines, Sort};
use super::{Meeting, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::Connection;
use crate::experiences;
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
    told: Lines,
    tasks: Lines,
    files: Vec<MeetingFile>,
    /// What is wrong with the file that was brought; empty for nothing.
    file_error: String,
    /// What was written up from it: `experiences.id` and title.
    experiences: Vec<(i64, String)>,
}

impl ShowPage {
    /// Whether some files were taken out.
    fn any_out(&self) -> bool {
        self.files.iter().any(|file| file.removed_at.is_some())
    }
}

/// What a request has to say on the page, besides the meeting.
#[derive(Default)]
struct Said<'a> {
    answer: Answer,
    /// The participants as they are given.
    people: Option<People>,
    /// A form of a line that came back.
    failed: Option<&'a Failed>,
    /// The sort of line of which one more is about to be entered.
    next: Option<Sort>,
    file_error: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ShowQuery {
    /// [`Sort::name`].
    next: String,
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<ShowQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let meeting = store::meeting(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let said = Said { next: Sort::from_name(&query.next), ..Said::default() };
    laid_out(&mut connection, page, &viewer, &meeting, said).await
}

/// The page of a meeting, with what came of an entry.
pub(super) async fn show_with(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    meeting: &Meeting,
    answer: Answer,
) -> Result {
    laid_out(connection, page, viewer, meeting, Said { answer, ..Said::default() }).await
}

/// The page of a meeting, with who was there as it is given.
pub(super) async fn show_people(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    meeting: &Meeting,
    people: People,
) -> Result {
    let said = Said { people: Some(people), ..Said::default() };
    laid_out(connection, page, viewer, meeting, said).await
}

/// The page of a meeting, with a form of a line that came back.
pub(super) async fn show_failed(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    meeting: &Meeting,
    failed: &Failed,
) -> Result {
    let said = Said { failed: Some(failed), next: Some(failed.sort), ..Said::default() };
    laid_out(connection, page, viewer, meeting, said).await
}

/// The page of a meeting, with what is wrong with the file that was brought.
pub(super) async fn show_refused(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    meeting: &Meeting,
    file_error: String,
) -> Result {
    laid_out(connection, page, viewer, meeting, Said { file_error, ..Said::default() }).await
}

async fn laid_out(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    meeting: &Meeting,
    said: Said<'_>,
) -> Result {
    let scope = &viewer.scope;
    let people = match said.people {
        Some(people) => people,
        None => People::of(connection, &page, scope, meeting).await?,
    };
    let asked = (said.failed, said.next);
    let (told, tasks) = Lines::of(connection, &page, scope, meeting, asked).await?;
    let removed_at = meeting.removed_at.clone().unwrap_or_default();
    let chair = meeting.chair.as_ref().map_or_else(Default::default, |chair| {
        (chair.seen(&page, scope).to_owned(), scope.covers(chair.branch).then_some(chair.id))
    });
    let who = Field::new(&page, "who", "meetings-who").hint(page.t("activities-who-hint"));
    html(&ShowPage {
        when: meeting.when(&page),
        kind: page.t(meeting.details.kind.key()),
        chair,
        can_restore: removed_at >= kept_since(Timestamp::now()),
        removed: if removed_at.is_empty() { String::new() } else { page.time(&removed_at) },
        who: if said.next.is_none() { who.focused() } else { who },
        files: file_store::of_meeting(connection, meeting.id).await?,
        file_error: said.file_error,
        experiences: experiences::store::of_meeting(connection, meeting.id).await?,
        meeting: meeting.clone(),
        answer: said.answer,
        people,
        told,
        tasks,
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
