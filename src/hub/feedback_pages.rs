//! What the committee says of the work that its members did: a box for each, one press for all.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;

use super::{Door, signed, signer_field, uses};
use crate::activities::today;
use crate::app::App;
use crate::audit::Actor;
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::letters;
use crate::reviews::enquiries::line_store::{self, Line};
use crate::reviews::enquiries::registry::{self, Answer};
use crate::reviews::enquiries::request_store::{self, Request};
use crate::reviews::enquiries::{self, AnswerForm, LineRow};
use crate::reviews::half_words;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, already_answered, html, remember_answer,
    see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    // Whoever holds the link may: the letter gave it to them.
    let may = Permission::Public;
    routes.get("/c/{token}/feedback", may, show).post("/c/{token}/feedback", may, say)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct WhichQuery {
    /// `feedback_requests.id`; without one, what waits for an answer.
    request: Option<i64>,
}

/// Another request that the committee has.
struct Other {
    id: i64,
    half: String,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "hub/feedback.html")]
struct FeedbackPage {
    page: Page,
    door: Door,
    /// `None` while the committee was asked nothing.
    request: Option<Request>,
    half: String,
    until: String,
    others: Vec<Other>,
    rows: Vec<LineRow>,
    by: Field,
    errors: Vec<FieldError>,
    /// Who answered meanwhile, in words; empty otherwise.
    lost: String,
}

impl FeedbackPage {
    fn open(&self) -> bool {
        self.rows.iter().any(|row| !row.line.closed)
    }

    fn is_answered(&self) -> bool {
        self.request.as_ref().is_some_and(|request| request.answered_on.is_some())
    }
}

/// The lines that may be told to the committee now.
async fn known_lines(connection: &mut Connection, request: i64) -> db::Result<Vec<Line>> {
    let mut lines = line_store::lines(connection, request).await?;
    lines.retain(|line| line.known);
    Ok(lines)
}

async fn feedback_page(
    connection: &mut Connection,
    page: Page,
    door: Door,
    which: Option<i64>,
    (form, wrong, problems): (Option<&AnswerForm>, &[(i64, Message)], &Problems),
) -> Result<FeedbackPage> {
    let mut given = request_store::given_to(connection, door.committee.id).await?;
    let place = match which {
        Some(id) => given.iter().position(|request| request.id == id).ok_or(Error::NotFound)?,
        None => 0,
    };
    let request = if given.is_empty() { None } else { Some(given.remove(place)) };
    let others = given.into_iter().map(|other| Other {
        id: other.id,
        half: half_words(&page, &other.half),
        state: page.t(other.state().key()),
    });
    let others = others.collect();
    let lines = match &request {
        Some(request) => known_lines(connection, request.id).await?,
        None => Vec::new(),
    };
    let opened = request
        .as_ref()
        .map(|request| AnswerForm::of(request, &lines, "", &door.signer))
        .unwrap_or_default();
    let form = form.unwrap_or(&opened);
    let lost_race = form.version != opened.version;
    let rows = enquiries::rows(&page, lines, form, wrong, lost_race)?;
    let mut errors = enquiries::summary(&rows);
    errors.extend(problems.summary(&page));
    Ok(FeedbackPage {
        half: request.as_ref().map_or_else(String::new, |one| half_words(&page, &one.half)),
        until: request.as_ref().map_or_else(String::new, |one| page.date(&one.until)),
        lost: match &request {
            Some(request) if lost_race => enquiries::lost_words(&page, request),
            _ => String::new(),
        },
        by: signer_field(&page, &form.by, problems),
        request,
        others,
        rows,
        errors,
        door,
        page,
    })
}

async fn show(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    Query(query): Query<WhichQuery>,
) -> Result {
    let Some(door) = Door::look(&app, &token, "feedback").await? else {
        return letters::closed(page);
    };
    let mut connection = app.db.read().await?;
    let asked = (None, &[][..], &Problems::none());
    html(&feedback_page(&mut connection, page, door, query.request, asked).await?)
}

async fn say(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    Form(form): Form<AnswerForm>,
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
    let request = request_store::request(&mut write, form.request).await?;
    let theirs = |one: &Request| one.committee_id == door.committee.id && one.given_at.is_some();
    let request = request.filter(theirs).ok_or(Error::NotFound)?;
    let lines = known_lines(&mut write, request.id).await?;
    let lost_race = request.version != form.version;
    let (words, wrong) = enquiries::read(&form, &lines, request.answered_on.is_none());
    let mut problems = Problems::none();
    let ready = wrong.is_empty() && !lost_race;
    let by = if ready { signed(&mut write, &door, &form.by, &mut problems).await? } else { None };
    if let Some(by) = by {
        let answer = Answer { words, day: today().to_string(), by };
        registry::answer(&mut write, Actor::Committee, &request, &lines, &answer).await?;
        let location = format!("{}?request={}", door.at("feedback"), request.id);
        remember_answer(&mut write, &form.form, &location).await?;
        write.commit().await?;
        return Ok(Notice::see_other(&location, "notice-feedback-said", ""));
    }
    drop(write);
    let mut connection = app.db.read().await?;
    let asked = (Some(&form), &wrong[..], &problems);
    let shown = feedback_page(&mut connection, page, door, Some(request.id), asked).await?;
    let status = if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html(&shown)?).into_response())
}

/// What waits there, in words; `None` while the committee was asked nothing.
pub(super) async fn waiting(
    connection: &mut Connection,
    page: &Page,
    committee: i64,
) -> db::Result<Option<String>> {
    let given = request_store::given_to(connection, committee).await?;
    if given.is_empty() {
        return Ok(None);
    }
    let open = given.iter().filter(|request| request.answered_on.is_none());
    let members: i64 = open.map(|request| request.members).sum();
    Ok(Some(page.t1("hub-feedback-count", "count", members)))
}
