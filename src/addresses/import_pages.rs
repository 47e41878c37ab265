//! `/addresses/import`: bring a file of rules, see every problem and what would change, take it in.
//! And all rules as a file.

use askama::Template;
use axum::body::Body;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;

use super::import::{self, Outcome};
use super::{export as rule_file, store};
use crate::app::App;
use crate::lang::Value;
use crate::web::uploads::{Found, ProblemRow, Upload};
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, file, html, see_other};

pub(super) fn routes(routes: Routes) -> Routes {
    let (read, change) = (Permission::ReadDirectory, Permission::ChangeDirectory);
    routes
        .get("/addresses/export.csv", read, export)
        .get("/addresses/import", change, show)
        .upload("/addresses/import", change, upload)
        .get("/addresses/import/template.csv", change, template)
        .get("/addresses/import/files/{token}", change, preview)
        .post("/addresses/import/files/{token}", change, take_in)
}

#[derive(Template)]
#[template(path = "addresses/import.html")]
struct ImportPage {
    page: Page,
    error: String,
}

async fn show(page: Page) -> Result {
    html(&ImportPage { page, error: String::new() })
}

async fn upload(State(app): State<App>, page: Page, viewer: Viewer, parts: Multipart) -> Result {
    let Some(upload) = Upload::receive(&app, parts).await? else {
        let error = page.t("import-no-file").to_owned();
        let shown = html(&ImportPage { page, error })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    upload.keep(&app, &viewer).await?;
    Ok(see_other(&format!("/addresses/import/files/{}", upload.token)))
}

#[derive(Template)]
#[template(path = "addresses/import_preview.html")]
struct PreviewPage {
    page: Page,
    token: String,
    file_name: String,
    summary: String,
    problem_summary: String,
    problems: Vec<ProblemRow>,
    ready: bool,
}

fn preview_page(page: Page, upload: Upload, outcome: &Outcome) -> PreviewPage {
    let count = |number: usize| Value::from(number);
    let counts = [
        ("added", count(outcome.added)),
        ("updated", count(outcome.updated)),
        ("unchanged", count(outcome.unchanged)),
    ];
    let broken = outcome.problem_count > 0;
    PreviewPage {
        summary: if broken {
            String::new()
        } else {
            page.language().text_with("addresses-import-summary", &counts)
        },
        problem_summary: if broken {
            page.t1("addresses-import-problems", "count", outcome.problem_count)
        } else {
            String::new()
        },
        problems: ProblemRow::list(&page, &outcome.problems, usize::MAX),
        ready: !broken && outcome.added + outcome.updated > 0,
        token: upload.token,
        file_name: upload.name,
        page,
    }
}

async fn preview(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result {
    let upload = match Upload::find(&app, &viewer, &token).await? {
        Found::Waiting(upload) => upload,
        Found::TakenIn(location) => return Ok(see_other(&location)),
    };
    let outcome = import::look(&app.db, &upload.path).await.map_err(Error::internal)?;
    html(&preview_page(page, upload, &outcome))
}

async fn take_in(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result {
    let upload = match Upload::find(&app, &viewer, &token).await? {
        Found::Waiting(upload) => upload,
        Found::TakenIn(location) => return Ok(see_other(&location)),
    };
    let actor = (&viewer).into();
    let outcome = import::take_in(&app.db, actor, &upload.path).await.map_err(Error::internal)?;
    if outcome.problem_count > 0 {
        // Something changed since it was looked at.
        let shown = html(&preview_page(page, upload, &outcome))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    }
    upload.forget(&app, "/addresses").await?;
    Ok(Notice::see_other("/addresses", "notice-imported", ""))
}

/// A file with the headers alone.
async fn template(page: Page) -> Result {
    let out = rule_file::csv_start(page.language());
    let name = format!("{}.csv", page.t("addresses-template-file"));
    Ok(file(Body::from(out), &name, "text/csv; charset=utf-8"))
}

/// Every rule, as a file that can be taken in again.
async fn export(State(app): State<App>, page: Page) -> Result {
    let rules = store::all(&mut *app.db.read().await?).await?;
    let mut out = rule_file::csv_start(page.language());
    out.extend(rule_file::csv(&rules, page.language()));
    let name = format!("{}.csv", page.t("layout-addresses"));
    Ok(file(Body::from(out), &name, "text/csv; charset=utf-8"))
}
