//! `/activities/import`: bring a file, see every problem and what would come of it, take it in; and
//! take a batch back.

use askama::Template;
use axum::body::Body;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::json;

use super::store::{self, Batch};
use super::{Import, OFFICE, Outcome, run};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::lang::{Language, Value};
use crate::sheets::{Column as _, csv_start};
use crate::web::uploads::{Found, ProblemRow, Upload};
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, file, html, see_other};

/// How many of the latest batches are listed.
const LISTED: i64 = 20;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordActivities;
    routes
        .get("/activities/import", may, show)
        .upload("/activities/import", may, upload)
        .get("/activities/import/template.csv", may, template)
        .get("/activities/import/files/{token}", may, preview)
        .post("/activities/import/files/{token}", may, take_in)
        .get("/activities/import/batches/{id}", may, show_batch)
        .post("/activities/import/batches/{id}/undo", may, undo)
}

#[derive(Template)]
#[template(path = "activities/import.html")]
struct ImportPage {
    page: Page,
    error: String,
    batches: Vec<BatchRow>,
}

struct BatchRow {
    batch: Batch,
    at: String,
    by: String,
    /// When it was taken back; empty: it was not.
    undone: String,
}

impl BatchRow {
    fn of(page: &Page, batch: Batch) -> Self {
        let by = batch.by.clone();
        Self {
            at: page.time(&batch.at),
            by: by.unwrap_or_else(|| page.t("history-by-terminal").to_owned()),
            undone: batch.undone_at.as_deref().map_or_else(String::new, |at| page.time(at)),
            batch,
        }
    }
}

async fn import_page(app: &App, page: Page, error: &'static str) -> Result {
    let batches = store::batches(&mut *app.db.read().await?, LISTED).await?;
    html(&ImportPage {
        batches: batches.into_iter().map(|batch| BatchRow::of(&page, batch)).collect(),
        error: if error.is_empty() { String::new() } else { page.t(error).to_owned() },
        page,
    })
}

async fn show(State(app): State<App>, page: Page) -> Result {
    import_page(&app, page, "").await
}

async fn upload(State(app): State<App>, page: Page, viewer: Viewer, parts: Multipart) -> Result {
    let Some(upload) = Upload::receive(&app, parts).await? else {
        let shown = import_page(&app, page, "import-no-file").await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    upload.keep(&app, &viewer).await?;
    Ok(see_other(&format!("/activities/import/files/{}", upload.token)))
}

#[derive(Template)]
#[template(path = "activities/import_preview.html")]
struct PreviewPage {
    page: Page,
    token: String,
    file_name: String,
    summary: String,
    problem_summary: String,
    problems: Vec<ProblemRow>,
    ready: bool,
}

/// What comes of an import, in words.
fn summary(page: &Page, outcome: &Outcome) -> String {
    let counts = [
        ("activities", Value::from(outcome.activities)),
        ("participations", Value::from(outcome.participations)),
        ("unchanged", Value::from(outcome.unchanged)),
    ];
    page.language().text_with("activities-import-summary", &counts)
}

fn preview_page(page: Page, upload: Upload, outcome: &Outcome) -> Result {
    let broken = outcome.problem_count > 0;
    html(&PreviewPage {
        summary: if broken { String::new() } else { summary(&page, outcome) },
        problem_summary: if broken {
            page.t1("addresses-import-problems", "count", outcome.problem_count)
        } else {
            String::new()
        },
        problems: ProblemRow::list(&page, &outcome.problems, usize::MAX),
        ready: !broken && outcome.participations > 0,
        token: upload.token,
        file_name: upload.name,
        page,
    })
}

fn import(page: &Page, viewer: &Viewer, upload: &Upload, dry_run: bool) -> Import {
    Import {
        path: upload.path.clone(),
        file_name: upload.name.clone(),
        actor: viewer.into(),
        scope: viewer.scope.clone(),
        rejects: None,
        language: page.language(),
        dry_run,
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
    let import = import(&page, &viewer, &upload, true);
    let outcome = run(&app.db, &import, |_| {}).await.map_err(Error::internal)?;
    preview_page(page, upload, &outcome)
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
    let import = import(&page, &viewer, &upload, false);
    let outcome = run(&app.db, &import, |_| {}).await.map_err(Error::internal)?;
    let Some(batch) = outcome.batch else {
        // Something changed since it was looked at.
        let shown = preview_page(page, upload, &outcome)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let location = format!("/activities/import/batches/{batch}");
    upload.forget(&app, &location).await?;
    Ok(Notice::see_other(&location, "notice-imported", ""))
}

#[derive(Template)]
#[template(path = "activities/import_batch.html")]
struct BatchPage {
    page: Page,
    row: BatchRow,
    summary: String,
    can_undo: bool,
}

/// Whether a batch holds only parts of members that the viewer may see.
async fn is_own(app: &App, viewer: &Viewer, batch: i64) -> Result<bool> {
    let Some(branches) = viewer.scope.branches() else { return Ok(true) };
    let branches = json!(branches).to_string();
    let mut connection = app.db.read().await?;
    Ok(!store::reaches_beyond(&mut connection, batch, &branches).await?)
}

async fn show_batch(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
) -> Result {
    let batch = store::batch(&mut *app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    let count = |number: i64| usize::try_from(number).unwrap_or_default();
    let outcome = Outcome {
        activities: count(batch.activities),
        participations: count(batch.participations),
        unchanged: count(batch.unchanged),
        ..Outcome::default()
    };
    html(&BatchPage {
        summary: summary(&page, &outcome),
        can_undo: batch.undone_at.is_none() && is_own(&app, &viewer, id).await?,
        row: BatchRow::of(&page, batch),
        page,
    })
}

async fn undo(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    if !is_own(&app, &viewer, id).await? {
        return Err(Error::Forbidden);
    }
    let mut write = app.db.write().await?;
    let batch = store::batch(&mut write, id).await?.ok_or(Error::NotFound)?;
    let place = format!("/activities/import/batches/{id}");
    if batch.undone_at.is_some() {
        return Ok(see_other(&place));
    }
    let actor = (&viewer).into();
    let (removed, kept) = store::undo(&mut write, id, actor).await?;
    let detail = json!({ "activities": removed, "kept": kept });
    let record = Record::ActivityImport(id);
    audit::record(&mut write, actor, Action::ActivityImportUndone, record, detail).await?;
    write.commit().await?;
    let key =
        if kept == 0 { "notice-import-undone" } else { "notice-activities-undone-partly-warning" };
    Ok(Notice::see_other(&place, key, &kept.to_string()))
}

/// A file with the headers alone.
async fn template(page: Page) -> Result {
    let chinese = page.language() == Language::Chinese;
    let out = csv_start(OFFICE.iter().map(|column| column.header(chinese)));
    let name = format!("{}.csv", page.t("activities-template-file"));
    Ok(file(Body::from(out), &name, "text/csv; charset=utf-8"))
}
