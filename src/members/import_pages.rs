//! `/members/import`: bring a file, match its columns, see what would happen, take it in; and take
//! it back.

use std::path::PathBuf;

use askama::Template;
use axum::body::Body;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;

use super::import::{self, Batch, Import, Outcome};
use super::record_pages::differences;
use super::{MemberDetails, store};
use crate::app::App;
use crate::lang::{Language, Message};
use crate::sheets::{Column as _, csv_start};
use crate::web::columns;
use crate::web::forms::{Choice, Field, Problems};
use crate::web::uploads::{self, Found, ProblemRow, Upload};
use crate::web::{
    Difference, Error, Notice, Page, Permission, Result, Routes, Viewer, disk_file, file, html,
    see_other,
};

/// How many changed records a batch's page shows old beside new.
const SHOWN: i64 = 100;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ImportMembers;
    routes
        .get("/members/import", may, show)
        .upload("/members/import", may, upload)
        .get("/members/import/template.csv", may, template)
        .get("/members/import/files/{token}", may, preview)
        .post("/members/import/files/{token}", may, take_in)
        .get("/members/import/batches/{id}", may, show_batch)
        .get("/members/import/batches/{id}/rejected.csv", may, rejected)
        .post("/members/import/batches/{id}/undo", may, undo)
}

#[derive(Template)]
#[template(path = "members/import.html")]
struct ImportPage {
    page: Page,
    error: String,
    batches: Vec<BatchRow>,
}

struct BatchRow {
    at: String,
    batch: Batch,
}

async fn show(State(app): State<App>, page: Page) -> Result {
    shown(&app, page, &Problems::none()).await
}

async fn shown(app: &App, page: Page, problems: &Problems) -> Result {
    let batches = import::batches(&mut *app.db.read().await?).await?;
    let batches =
        batches.into_iter().map(|batch| BatchRow { at: page.time(&batch.at), batch }).collect();
    let error = problems.of("file").map_or_else(String::new, |message| page.say(message));
    html(&ImportPage { page, error, batches })
}

async fn upload(State(app): State<App>, page: Page, viewer: Viewer, parts: Multipart) -> Result {
    let mut problems = Problems::none();
    match Upload::receive(&app, parts).await? {
        None => problems.add("file", Message::new("import-no-file")),
        Some(upload) => {
            let path = upload.path.clone();
            let head = tokio::task::spawn_blocking(move || import::head(&path)).await;
            match head.map_err(Error::internal)? {
                Ok(_) => {
                    upload.keep(&app, &viewer).await?;
                    return Ok(see_other(&format!("/members/import/files/{}", upload.token)));
                }
                Err(problem) => problems.add("file", problem.message),
            }
            upload.discard().await?;
        }
    }
    let shown = shown(&app, page, &problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}

/// How the columns are matched, and what those who are new agreed to.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(default)]
struct Matching {
    column: Vec<String>,
    agreed: String,
    /// Whether the good rows are taken in without the bad ones.
    partly: String,
}

#[derive(Template)]
#[template(path = "members/import_preview.html")]
struct PreviewPage {
    page: Page,
    token: String,
    file_name: String,
    columns: Vec<Field>,
    rows: Vec<Vec<String>>,
    agreed: Field,
    problems: Vec<ProblemRow>,
    summary: String,
    problem_summary: String,
    ready: bool,
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
    let head = {
        let path = upload.path.clone();
        tokio::task::spawn_blocking(move || import::head(&path)).await.map_err(Error::internal)?
    };
    let head = head.map_err(|_| Error::BadRequest("the file cannot be read any more"))?;
    let columns = columns::chosen(&matching.column, &head.columns);
    let agreed = matching.agreed != "no";
    let asked = Import {
        path: upload.path,
        file_name: upload.name.clone(),
        columns: Some(columns.clone()),
        agreed,
        actor: (&viewer).into(),
        scope: viewer.scope.clone(),
        rejects: None,
        language: page.language(),
        dry_run: true,
    };
    let outcome = import::run(&app.db, &asked, |_| {}).await.map_err(Error::internal)?;
    html(&PreviewPage {
        columns: columns::fields(&page, &head.headers, &columns),
        rows: head.rows,
        agreed: agreed_field(&page, agreed),
        summary: summary(&page, &outcome),
        problem_summary: page.t1("import-problems", "count", outcome.problem_count),
        ready: outcome.added + outcome.updated > 0,
        problems: ProblemRow::list(&page, &outcome.problems, usize::MAX),
        token,
        file_name: upload.name,
        page,
    })
}

fn agreed_field(page: &Page, agreed: bool) -> Field {
    let options = [("yes", "members-yes", agreed), ("no", "members-no", !agreed)]
        .map(|(value, key, chosen)| Choice {
            value: value.to_owned(),
            label: page.t(key).to_owned(),
            chosen,
            count: String::new(),
        })
        .to_vec();
    Field::new(page, "agreed", "import-agreed").options(options).hint(page.t("import-agreed-hint"))
}

fn summary(page: &Page, outcome: &Outcome) -> String {
    let count = |number: usize| crate::lang::Value::from(number);
    page.language().text_with(
        "import-summary",
        &[
            ("added", count(outcome.added)),
            ("updated", count(outcome.updated)),
            ("unchanged", count(outcome.unchanged)),
        ],
    )
}

fn rejects_file(app: &App, batch: i64) -> PathBuf {
    uploads::folder(&app.db).join(format!("rejected-{batch}.csv"))
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
    let head = {
        let path = upload.path.clone();
        tokio::task::spawn_blocking(move || import::head(&path)).await.map_err(Error::internal)?
    };
    let head = head.map_err(|_| Error::BadRequest("the file cannot be read any more"))?;
    let rejects = uploads::folder(&app.db).join(format!("{token}.rejected"));
    let asked = Import {
        path: upload.path.clone(),
        file_name: upload.name.clone(),
        columns: Some(columns::chosen(&matching.column, &head.columns)),
        agreed: matching.agreed != "no",
        actor: (&viewer).into(),
        scope: viewer.scope.clone(),
        rejects: (matching.partly == "yes").then(|| rejects.clone()),
        language: page.language(),
        dry_run: false,
    };
    let outcome = import::run(&app.db, &asked, |_| {}).await.map_err(Error::internal)?;
    let Some(batch) = outcome.batch else {
        // Something changed since the preview, or there is nothing to do: look again.
        return Ok(see_other(&format!("/members/import/files/{token}")));
    };
    if rejects.exists() {
        tokio::fs::rename(&rejects, rejects_file(&app, batch)).await?;
    }
    let led_to = format!("/members/import/batches/{batch}");
    upload.forget(&app, &led_to).await?;
    Ok(Notice::see_other(&led_to, "notice-imported", ""))
}

#[derive(Template)]
#[template(path = "members/import_batch.html")]
struct BatchPage {
    page: Page,
    batch: Batch,
    at: String,
    undone: String,
    summary: String,
    rejected: String,
    can_download: bool,
    changed: Vec<ChangedRow>,
    more: bool,
}

struct ChangedRow {
    id: i64,
    name: String,
    edited_since: bool,
    differences: Vec<Difference>,
}

async fn show_batch(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
) -> Result {
    let mut connection = app.db.read().await?;
    let batch = import::batch(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let changes = import::changed(&mut connection, id, false, 0, SHOWN + 1).await?;
    let more = changes.len() > usize::try_from(SHOWN).unwrap_or(usize::MAX);
    let mut rows = Vec::new();
    for change in changes.into_iter().take(usize::try_from(SHOWN).unwrap_or(usize::MAX)) {
        let Some(member) = store::member(&mut connection, change.member_id).await? else {
            continue;
        };
        let Some(before) = change.before.filter(|_| viewer.scope.covers(member.details.branch))
        else {
            continue;
        };
        let before: MemberDetails = serde_json::from_str(&before).map_err(Error::internal)?;
        rows.push(ChangedRow {
            id: member.id,
            name: member.details.name.as_str().to_owned(),
            edited_since: member.version != change.version_after,
            differences: differences(&mut connection, &page, &before, &member.details).await?,
        });
    }
    let count = |number: i64| crate::lang::Value::from(number);
    let summary = page.language().text_with(
        "import-summary",
        &[
            ("added", count(batch.added)),
            ("updated", count(batch.updated)),
            ("unchanged", count(batch.unchanged)),
        ],
    );
    html(&BatchPage {
        at: page.time(&batch.at),
        undone: batch.undone_at.as_deref().map_or_else(String::new, |at| page.time(at)),
        summary,
        rejected: if batch.rejected > 0 {
            page.t1("import-rejected", "count", batch.rejected)
        } else {
            String::new()
        },
        can_download: rejects_file(&app, id).exists(),
        changed: rows,
        more,
        batch,
        page,
    })
}

async fn rejected(State(app): State<App>, page: Page, Path(id): Path<i64>) -> Result {
    let opened = tokio::fs::File::open(rejects_file(&app, id)).await;
    let opened = opened.map_err(|_| Error::NotFound)?;
    let name = format!("{}.csv", page.t("import-rejected-file"));
    Ok(disk_file(opened, &name, "text/csv; charset=utf-8"))
}

async fn undo(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let batch = import::batch(&mut write, id).await?.ok_or(Error::NotFound)?;
    if batch.undone_at.is_some() {
        return Err(Error::Conflict);
    }
    let undone = import::undo(&mut write, (&viewer).into(), &viewer.scope, id).await?;
    write.commit().await?;
    let key = if undone.kept.is_empty() {
        "notice-import-undone"
    } else {
        "notice-import-undone-partly-warning"
    };
    Ok(Notice::see_other(&format!("/members/import/batches/{id}"), key, ""))
}

/// A file with the headers alone.
async fn template(page: Page) -> Result {
    let chinese = page.language() == Language::Chinese;
    let out = csv_start(super::export::OFFICE.iter().map(|column| column.header(chinese)));
    let name = format!("{}.csv", page.t("import-template-file"));
    Ok(file(Body::from(out), &name, "text/csv; charset=utf-8"))
}
