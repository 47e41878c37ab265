//! A branch's review: whose pages it holds, and the steps that it takes.

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;

use super::{LONGEST_REASON, Review, Sheet, Stage, half_words, pages_of, registry, review_store};
use crate::activities::today;
use crate::app::App;
use crate::db::Connection;
use crate::lang::Message;
use crate::letters::{past_day, required_line};
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::paging::Pager;
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

/// How many members a page shows.
const PAGE: usize = 100;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldReviews;
    routes
        .get("/reviews/{id}", may, show)
        .post("/reviews/{id}/hold", may, hold)
        .post("/reviews/{id}/close", may, close)
        .post("/reviews/{id}/reopen", Permission::ReopenReviews, reopen)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PlaceQuery {
    /// The place of the last member of the page before.
    after: Option<i64>,
}

#[derive(Template)]
#[template(path = "reviews/show.html")]
struct ShowPage {
    page: Page,
    review: Review,
    half: String,
    stage: &'static str,
    tone: &'static str,
    /// Who closed it and when, in words; empty while it is open.
    closed: String,
    rows: Vec<Row>,
    pager: Pager,
    held_on: Field,
    why: Field,
    errors: Vec<FieldError>,
    /// Why a step could not be taken; empty otherwise.
    refused: String,
    past: Vec<Past>,
}

impl ShowPage {
    fn is_held(&self) -> bool {
        self.review.stage() == Stage::Held
    }

    fn is_closed(&self) -> bool {
        self.review.stage() == Stage::Closed
    }
}

/// A member in a line.
struct Row {
    id: i64,
    sheet: Sheet,
}

struct Past {
    at: String,
    by: String,
    what: String,
}

/// A review of a branch that the viewer may see.
///
/// # Errors
/// [`Error::NotFound`] for any other.
pub(super) async fn own(connection: &mut Connection, viewer: &Viewer, id: i64) -> Result<Review> {
    let review = review_store::review(connection, id).await?.ok_or(Error::NotFound)?;
    viewer.must_cover(Some(review.branch_id))?;
    Ok(review)
}

async fn past(connection: &mut Connection, page: &Page, review: &Review) -> Result<Vec<Past>> {
    let past = review_store::history(connection, review.id).await?;
    let past = past.into_iter().map(|one| Past {
        at: page.time(&one.at),
        by: one.by.unwrap_or_else(|| page.t("history-by-terminal").to_owned()),
        what: match one.step.as_str() {
            "hold" => page.t1("reviews-past-held", "day", page.date(&one.words)),
            "close" => page.t("reviews-past-closed").to_owned(),
            "reopen" => page.t1("reviews-past-reopened", "why", one.words),
            _ => page.t("reviews-past-opened").to_owned(),
        },
    });
    Ok(past.collect())
}

async fn shown(
    connection: &mut Connection,
    page: Page,
    review: Review,
    after: Option<i64>,
    (form, problems): (&StepForm, &Problems),
) -> Result<ShowPage> {
    let (rows, next) = pages_of::members(connection, &review, after, PAGE).await?;
    let address = format!("/reviews/{}", review.id);
    let held_on = if form.held_on.is_empty() {
        review.held_on.clone().unwrap_or_else(|| today().to_string())
    } else {
        form.held_on.clone()
    };
    let stage = review.stage();
    Ok(ShowPage {
        half: half_words(&page, &review.half),
        stage: page.t(stage.key()),
        tone: stage.tone(),
        closed: match &review.closed_at {
            None => String::new(),
            Some(at) => {
                let by = review.closed_by.as_deref();
                let by = by.unwrap_or_else(|| page.t("history-by-terminal"));
                let arguments = [("name", by.into()), ("at", page.time(at).into())];
                page.language().text_with("reviews-closed-by", &arguments)
            }
        },
        rows: rows.into_iter().map(|(id, sheet)| Row { id, sheet }).collect(),
        pager: Pager {
            first_url: if after.is_some() { address.clone() } else { String::new() },
            next_url: next.map_or_else(String::new, |next| format!("{address}?after={next}")),
            ..Pager::default()
        },
        held_on: Field::new(&page, "held_on", "reviews-held-on")
            .kind("date", "off")
            .value(&held_on)
            .required()
            .check(&page, problems),
        why: Field::new(&page, "why", "reviews-why")
            .value(&form.why)
            .limit(LONGEST_REASON)
            .required()
            .check(&page, problems),
        errors: problems
            .summary(&page)
            .into_iter()
            .filter(|error| error.field_id != "act")
            .collect(),
        refused: problems.of("act").map_or_else(String::new, |message| page.say(message)),
        past: past(connection, &page, &review).await?,
        review,
        page,
    })
}

async fn show(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<PlaceQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let review = own(&mut connection, &viewer, id).await?;
    let asked = (&StepForm::default(), &Problems::none());
    html(&shown(&mut connection, page, review, query.after, asked).await?)
}

/// What a step needs.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct StepForm {
    held_on: String,
    why: String,
    version: i64,
    form: String,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Hold,
    Close,
    Reopen,
}

async fn hold(
    app: Shared<App>,
    page: Page,
    viewer: Viewer,
    id: Path<i64>,
    form: Form<StepForm>,
) -> Result {
    step(app, page, viewer, id, form, Step::Hold).await
}

async fn close(
    app: Shared<App>,
    page: Page,
    viewer: Viewer,
    id: Path<i64>,
    form: Form<StepForm>,
) -> Result {
    step(app, page, viewer, id, form, Step::Close).await
}

async fn reopen(
    app: Shared<App>,
    page: Page,
    viewer: Viewer,
    id: Path<i64>,
    form: Form<StepForm>,
) -> Result {
    step(app, page, viewer, id, form, Step::Reopen).await
}

async fn step(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<StepForm>,
    step: Step,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let review = own(&mut write, &viewer, id).await?;
    let (actor, mut problems) = ((&viewer).into(), Problems::none());
    let lost_race = review.version != form.version;
    if lost_race {
        problems.add("act", Message::new("reviews-changed"));
    }
    let (done, key) = match step {
        Step::Hold => {
            let first = review.half_year().first_day();
            let day = problems.check("held_on", past_day(&form.held_on, &first));
            let done = match day.filter(|_| !lost_race) {
                Some(day) => registry::hold(&mut write, actor, &review, &day).await?,
                None => Ok(()),
            };
            (done, "notice-review-held")
        }
        Step::Close if lost_race => (Ok(()), ""),
        Step::Close => (registry::close(&mut write, actor, &review).await?, "notice-review-closed"),
        Step::Reopen => {
            let why = problems.check("why", required_line(&form.why, LONGEST_REASON));
            let done = match why.filter(|_| !lost_race) {
                Some(why) => registry::reopen(&mut write, actor, &review, &why).await?,
                None => Ok(()),
            };
            (done, "notice-review-reopened")
        }
    };
    problems.check("act", done);
    if problems.is_empty() {
        let location = format!("/reviews/{id}");
        remember_answer(&mut write, &form.form, &location).await?;
        write.commit().await?;
        return Ok(Notice::see_other(&location, key, &review.branch));
    }
    drop(write);
    let mut connection = app.db.read().await?;
    let status = if problems.of("act").is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let shown = shown(&mut connection, page, review, None, (&form, &problems)).await?;
    Ok((status, html(&shown)?).into_response())
}
