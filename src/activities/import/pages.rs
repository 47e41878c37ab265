//! `/activities/import`: bring a file, match its columns, see every problem and what would come of
//! it, take it in; and take a batch back.

use std::path::PathBuf;

use askama::Template;
use axum::body::Body;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use serde_json::json;

use super::store::{self, Batch};
use super::{Head, Import, OFFICE, Outcome, PartColumn, head, run};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::lang::{Language, Message, Value};
use crate::sheets::{CellProblem, Column as _, csv_start};
use crate::web::columns;
use crate::web::forms::Field;
use crate::web::uploads::{self, Found, ProblemRow, Upload};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, disk_file, file, html, see_other,
};

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
        .get("/activities/import/batches/{id}/rejected.csv", may, rejected)
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

async fn import_page(app: &App, page: Page, error: Option<&Message>) -> Result {
    let batches = store::batches(&mut *app.db.read().await?, LISTED).await?;
    html(&ImportPage {
        batches: batches.into_iter().map(|batch| BatchRow::of(&page, batch)).collect(),
        error: error.map_or_else(String::new, |error| page.say(error)),
        page,
    })
}

async fn show(State(app): State<App>, page: Page) -> Result {
    import_page(&app, page, None).await
}

async fn upload(State(app): State<App>, page: Page, viewer: Viewer, parts: Multipart) -> Result {
    let wrong = match Upload::receive(&app, parts).await? {
        None => Message::new("import-no-file"),
        Some(upload) => match read_head(&upload).await? {
            Ok(_) => {
                upload.keep(&app, &viewer).await?;
                return Ok(see_other(&format!("/activities/import/files/{}", upload.token)));
            }
            Err(problem) => {
                upload.discard().await?;
                problem.message
            }
        },
    };
    let shown = import_page(&app, page, Some(&wrong)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}

async fn read_head(upload: &Upload) -> Result<std::result::Result<Head, CellProblem>> {
    let path = upload.path.clone();
    tokio::task::spawn_blocking(move || head(&path)).await.map_err(Error::internal)
}

/// How the columns are matched.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(default)]
struct Matching {
    column: Vec<String>,
    /// `yes`: the good rows are taken in without the bad ones.
    partly: String,
}

#[derive(Template)]
#[template(path = "activities/import_preview.html")]
struct PreviewPage {
    page: Page,
    token: String,
    file_name: String,
    columns: Vec<Field>,
    rows: Vec<Vec<String>>,
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

fn preview_page(
    page: Page,
    upload: Upload,
    head: Head,
    columns: &[Option<PartColumn>],
    outcome: &Outcome,
) -> Result {
    html(&PreviewPage {
        columns: columns::fields(&page, &head.headers, columns),
        rows: head.rows,
        summary: summary(&page, outcome),
        problem_summary: page.t1("import-problems", "count", outcome.problem_count),
        problems: ProblemRow::list(&page, &outcome.problems, usize::MAX),
        ready: outcome.participations > 0,
        token: upload.token,
        file_name: upload.name,
        page,
    })
}

/// The import of a file whose columns are matched; with `rejects`, the good rows alone.
fn import(
    page: &Page,
    viewer: &Viewer,
    upload: &Upload,
    columns: &[Option<PartColumn>],
    rejects: Option<PathBuf>,
) -> Import {
    Import {
        path: upload.path.clone(),
        file_name: upload.name.clone(),
        columns: Some(columns.to_vec()),
        actor: viewer.into(),
        scope: viewer.scope.clone(),
        rejects,
        language: page.language(),
        dry_run: false,
    }
}

/// Where the rows lie that a batch left out.
fn rejects_file(app: &App, batch: i64) -> PathBuf {
    uploads::folder(&app.db).join(format!("rejected-activities-{batch}.csv"))
}

async fn preview(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(token): Path<String>,
    Query(matching): Query<Matching>,
) -> Result {
    let upload = match Upload::find(&app, &viewer, &token).await? {
        Found::Waiting(upload) => upload,
        Found::TakenIn(location) => return Ok(see_other(&location)),
    };
    let head = read_head(&upload).await?;
    let head = head.map_err(|_| Error::BadRequest("the file cannot be read any more"))?;
    let columns = columns::chosen(&matching.column, &head.columns);
    let asked = Import { dry_run: true, ..import(&page, &viewer, &upload, &columns, None) };
    let outcome = run(&app.db, &asked, |_| {}).await.map_err(Error::internal)?;
    preview_page(page, upload, head, &columns, &outcome)
}

async fn take_in(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(token): Path<String>,
    Form(matching): Form<Matching>,
) -> Result {
    let upload = match Upload::find(&app, &viewer, &token).await? {
        Found::Waiting(upload) => upload,
        Found::TakenIn(location) => return Ok(see_other(&location)),
    };
    let head = read_head(&upload).await?;
    let head = head.map_err(|_| Error::BadRequest("the file cannot be read any more"))?;
    let columns = columns::chosen(&matching.column, &head.columns);
    let rejects = uploads::folder(&app.db).join(format!("{token}.rejected"));
    let partly = (matching.partly == "yes").then(|| rejects.clone());
    let asked = import(&page, &viewer, &upload, &columns, partly);
    let outcome = run(&app.db, &asked, |_| {}).await.map_err(Error::internal)?;
    let Some(batch) = outcome.batch else {
        // Something changed since it was looked at.
        let shown = preview_page(page, upload, head, &columns, &outcome)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    if rejects.exists() {
        tokio::fs::rename(&rejects, rejects_file(&app, batch)).await?;
    }
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
    /// How many rows were left out, in words; empty for none.
    rejected: String,
    can_download: bool,
    can_undo: bool,
}

/// Whether the rows that a batch left out are this viewer's to see: they brought them, or may see
/// every member.
fn may_see_rejected(viewer: &Viewer, batch: &Batch) -> bool {
    viewer.scope.branches().is_none() || batch.account_id == Some(viewer.account_id)
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
        rejected: match batch.rejected {
            0 => String::new(),
            rejected => page.t1("import-rejected", "count", rejected),
        },
        can_download: may_see_rejected(&viewer, &batch) && rejects_file(&app, id).exists(),
        can_undo: batch.undone_at.is_none() && is_own(&app, &viewer, id).await?,
        row: BatchRow::of(&page, batch),
        page,
    })
}

async fn rejected(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
) -> Result {
    let batch = store::batch(&mut *app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    if !may_see_rejected(&viewer, &batch) {
        return Err(Error::NotFound);
    }
    let opened = tokio::fs::File::open(rejects_file(&app, id)).await;
    let opened = opened.map_err(|_| Error::NotFound)?;
    let name = format!("{}.csv", page.t("import-rejected-file"));
    Ok(disk_file(opened, &name, "text/csv; charset=utf-8"))
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
