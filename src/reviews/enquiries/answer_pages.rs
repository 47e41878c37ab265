//! `/reviews/requests/{id}/answer`: the office types what stands on the paper that came back.

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;

use super::line_store::{self, Line};
use super::registry::{self, Answer};
use super::request_store::Request;
use super::{AnswerForm, LineRow, State, own_request, read, rows, summary};
use crate::activities::today;
use crate::app::App;
use crate::lang::Message;
use crate::letters::{past_day, required_line};
use crate::reviews::half_words;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

/// The most characters of the name of who signed.
const LONGEST_SIGNER: u32 = 30;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldReviews;
    routes.get("/reviews/requests/{id}/answer", may, show).post(
        "/reviews/requests/{id}/answer",
        may,
        enter,
    )
}

#[derive(Template)]
#[template(path = "reviews/answer.html")]
struct AnswerPage {
    page: Page,
    request: Request,
    half: String,
    code: String,
    rows: Vec<LineRow>,
    answered_on: Field,
    by: Field,
    errors: Vec<FieldError>,
    /// Who answered meanwhile, in words; empty otherwise.
    lost: String,
}

impl AnswerPage {
    /// Whether anything can still be entered or corrected.
    fn open(&self) -> bool {
        self.rows.iter().any(|row| !row.line.closed)
    }
}

fn answer_page(
    page: Page,
    request: Request,
    lines: Vec<Line>,
    form: &AnswerForm,
    (wrong, problems): (&[(i64, Message)], &Problems),
) -> Result<AnswerPage> {
    let lost_race = request.version != form.version;
    let rows = rows(&page, lines, form, wrong, lost_race)?;
    let mut errors = summary(&rows);
    errors.extend(problems.summary(&page));
    let lost = if lost_race { lost_words(&page, &request) } else { String::new() };
    Ok(AnswerPage {
        half: half_words(&page, &request.half),
        code: request.written_code(),
        answered_on: Field::new(&page, "answered_on", "letters-answered-on")
            .kind("date", "off")
            .value(&form.answered_on)
            .required()
            .check(&page, problems),
        by: Field::new(&page, "by", "feedback-signed-by")
            .value(&form.by)
            .limit(LONGEST_SIGNER)
            .required()
            .check(&page, problems),
        rows,
        errors,
        lost,
        request,
        page,
    })
}

/// Who answered or changed a request while someone else wrote.
pub(crate) fn lost_words(page: &Page, request: &Request) -> String {
    match &request.answered_on {
        Some(day) => {
            let arguments =
                [("name", (&*request.answered_by).into()), ("day", page.date(day).into())];
            page.language().text_with("feedback-answered-before", &arguments)
        }
        None => page.t("feedback-changed-before").to_owned(),
    }
}

async fn show(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Draft(draft): Draft<AnswerForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let request = own_request(&mut connection, &viewer, id).await?;
    // What nobody gave out cannot have come back.
    request.given_at.as_ref().ok_or(Error::NotFound)?;
    let lines = line_store::lines(&mut connection, id).await?;
    let day = request.answered_on.clone().unwrap_or_else(|| today().to_string());
    let form =
        draft.unwrap_or_else(|| AnswerForm::of(&request, &lines, &day, &request.answered_by));
    html(&answer_page(page, request, lines, &form, (&[], &Problems::none()))?)
}

async fn enter(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<AnswerForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let request = own_request(&mut write, &viewer, id).await?;
    let given = request.given_at.as_deref().ok_or(Error::NotFound)?;
    let lines = line_store::lines(&mut write, id).await?;
    let mut problems = Problems::none();
    let first = given.get(..10).unwrap_or_default();
    let day = problems.check("answered_on", past_day(&form.answered_on, first));
    let by = problems.check("by", required_line(&form.by, LONGEST_SIGNER));
    let (words, wrong) = read(&form, &lines, request.state() != State::Answered);
    let lost_race = request.version != form.version;
    if let (Some(day), Some(by), true, false) = (day, by, wrong.is_empty(), lost_race) {
        let answer = Answer { words, day, by };
        registry::answer(&mut write, (&viewer).into(), &request, &lines, &answer).await?;
        let location = format!("/reviews/requests/{id}");
        remember_answer(&mut write, &form.form, &location).await?;
        write.commit().await?;
        return Ok(Notice::see_other(&location, "notice-feedback-entered", &request.committee));
    }
    drop(write);
    // The page that shows both carries the new version: saving it again says "mine".
    let shown = answer_page(page, request, lines, &form, (&wrong, &problems))?;
    let status = if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html(&shown)?).into_response())
}
