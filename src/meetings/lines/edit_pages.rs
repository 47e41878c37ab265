//! Lines entered on their meeting's page, edited, taken out and put back.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::Form;
use serde_json::json;

use super::form::{Failed, LineFields, LineForm, facts};
use super::store::{self, Line};
use super::{LineDetails, Sort};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::Connection;
use crate::meetings::attendance::open_meeting;
use crate::meetings::pages;
use crate::members::meant;
use crate::web::forms::Problems;
use crate::web::{
    Difference, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldMeetings;
    routes
        .post("/meetings/{id}/told", may, add_told)
        .post("/meetings/{id}/tasks", may, add_task)
        .get("/meetings/lines/{id}", may, show)
        .post("/meetings/lines/{id}", may, edit)
        .post("/meetings/lines/{id}/remove", may, remove)
        .post("/meetings/lines/{id}/restore", may, restore)
}

async fn add_told(
    app: State<App>,
    page: Page,
    viewer: Viewer,
    id: Path<i64>,
    form: Form<LineForm>,
) -> Result {
    add(app, page, viewer, id, form, Sort::Told).await
}

async fn add_task(
    app: State<App>,
    page: Page,
    viewer: Viewer,
    id: Path<i64>,
    form: Form<LineForm>,
) -> Result {
    add(app, page, viewer, id, form, Sort::Task).await
}

/// Adds a line; the page comes back with the cursor where the next one begins.
async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<LineForm>,
    sort: Sort,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let meeting = open_meeting(&mut write, id).await?;
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details =
        form.read(&mut write, &viewer.scope, (sort, None), &mut problems, &mut candidates).await?;
    let Some(details) = details else {
        let page = page.keeping(&form.form);
        let failed = Failed { sort, form, problems, candidates };
        let shown = pages::show_failed(&mut write, page, &viewer, &meeting, &failed).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    store::insert(&mut write, id, sort, &details).await?;
    let action = match sort {
        Sort::Told => Action::ToldAdded,
        Sort::Task => Action::TaskAdded,
    };
    record(&mut write, &viewer, action, id).await?;
    let location = format!("/meetings/{id}?next={0}#{0}-who", sort.name());
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(see_other(&location))
}

/// Writes the line of the log about a part of a meeting.
pub(in crate::meetings) async fn record(
    connection: &mut Connection,
    viewer: &Viewer,
    action: Action,
    meeting: i64,
) -> Result<()> {
    let record = Record::Meeting(meeting);
    Ok(audit::record(connection, viewer.into(), action, record, json!({})).await?)
}

/// The line, which may be changed as long as its meeting is not removed.
pub(super) async fn open_line(connection: &mut Connection, id: i64) -> Result<Line> {
    let line = store::line(connection, id).await?.ok_or(Error::NotFound)?;
    open_meeting(connection, line.meeting).await?;
    Ok(line)
}

#[derive(Template)]
#[template(path = "meetings/line.html")]
struct LinePage {
    page: Page,
    line: Line,
    sort: &'static str,
    fields: LineFields,
    conflict: Vec<Difference>,
}

impl LinePage {
    /// Whether it was taken out while it was being edited.
    fn is_out(&self) -> bool {
        self.line.removed_at.is_some()
    }
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let line = open_line(&mut *app.db.read().await?, id).await?;
    let form = LineForm::of(&line, &viewer.scope);
    let fields = form.fields(&page, line.sort, &Problems::none(), &[]);
    html(&LinePage { sort: line.sort.name(), fields, conflict: Vec::new(), line, page })
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<LineForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let line = open_line(&mut write, id).await?;
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let asked = (line.sort, Some(&line));
    let details =
        form.read(&mut write, &viewer.scope, asked, &mut problems, &mut candidates).await?;
    let lost_race = line.version != form.version || line.removed_at.is_some();
    let (Some(details), false) = (&details, lost_race) else {
        let conflict = match &details {
            Some(typed) if lost_race => conflict(&mut write, &page, &viewer, &line, typed).await?,
            _ => Vec::new(),
        };
        let status =
            if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        // Saving again from the page that showed both versions says: mine.
        let form = LineForm { version: line.version, ..form };
        let fields = form.fields(&page, line.sort, &problems, &candidates);
        let shown = LinePage { sort: line.sort.name(), fields, conflict, line, page };
        return Ok((status, html(&shown)?).into_response());
    };
    store::update(&mut write, &line, details).await?;
    record(&mut write, &viewer, Action::MeetingLineChanged, line.meeting).await?;
    let location = place(&line);
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &line.title))
}

/// Where a line stands.
fn place(line: &Line) -> String {
    format!("/meetings/{}#{}", line.meeting, line.sort.name())
}

/// What differs between the line as it is now and what was typed.
async fn conflict(
    connection: &mut Connection,
    page: &Page,
    viewer: &Viewer,
    line: &Line,
    typed: &LineDetails,
) -> Result<Vec<Difference>> {
    let now = line.who.as_ref();
    let theirs = now.map_or("", |who| who.seen(page, &viewer.scope));
    let mine = match typed.member {
        Some(id) if now.is_none_or(|who| who.id != id) => {
            let member = meant::live(connection, &viewer.scope, 0, id).await?;
            member.map_or_else(String::new, |member| member.name)
        }
        Some(_) => theirs.to_owned(),
        None => String::new(),
    };
    let was = LineDetails {
        member: now.map(|who| who.id),
        words: line.words.clone(),
        due: line.due.clone(),
    };
    let theirs = facts(page, line.sort, &was, theirs);
    Ok(differing(theirs, facts(page, line.sort, typed, &mine)))
}

async fn remove(app: State<App>, viewer: Viewer, id: Path<i64>) -> Result<Response> {
    set_removed(app, viewer, id, true).await
}

async fn restore(app: State<App>, viewer: Viewer, id: Path<i64>) -> Result<Response> {
    set_removed(app, viewer, id, false).await
}

async fn set_removed(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    removed: bool,
) -> Result<Response> {
    let mut write = app.db.write().await?;
    let line = open_line(&mut write, id).await?;
    if store::set_removed(&mut write, id, removed).await? {
        let action = match removed {
            true => Action::MeetingLineRemoved,
            false => Action::MeetingLineBack,
        };
        record(&mut write, &viewer, action, line.meeting).await?;
        write.commit().await?;
    }
    Ok(see_other(&place(&line)))
}
