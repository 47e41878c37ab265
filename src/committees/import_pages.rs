//! `/committees/import`: bring a directory, see what it would change, take it in.

use askama::Template;
use axum::body::Body;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;

use super::import::{self, Plan};
use crate::app::App;
use crate::lang::{Language, Value};
use crate::sheets::{CellProblem, Column as _, CommitteeColumn, csv_start};
use crate::web::uploads::{Found, ProblemRow, Upload};
use crate::web::{
    Difference, Notice, Page, Permission, Result, Routes, Viewer, differing, file, html, see_other,
};

/// How many committees of each kind the page shows.
const SHOWN: usize = 100;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RestructureDirectory;
    routes
        .get("/committees/import", may, show)
        .upload("/committees/import", may, upload)
        .get("/committees/import/template.csv", may, template)
        .get("/committees/import/files/{token}", may, preview)
        .post("/committees/import/files/{token}", may, take_in)
}

#[derive(Template)]
#[template(path = "committees/import.html")]
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
    Ok(see_other(&format!("/committees/import/files/{}", upload.token)))
}

/// What a file would do.
#[derive(Template)]
#[template(path = "committees/import_preview.html")]
struct PreviewPage {
    page: Page,
    token: String,
    file_name: String,
    problems: Vec<ProblemRow>,
    problem_summary: String,
    summary: String,
    ready: bool,
    renamed: Vec<Renamed>,
    changed: Vec<ChangedRow>,
    added: Vec<AddedRow>,
    /// Whether there is more of a kind than is shown.
    more: bool,
}

/// A name that changes: of a district, sub-district or committee.
struct Renamed {
    code: String,
    old: String,
    new: String,
    /// The committee's page; empty for an area.
    url: String,
}

/// A committee of which other fields change.
struct ChangedRow {
    id: i64,
    name: String,
    differences: Vec<Difference>,
}

struct AddedRow {
    code: String,
    name: String,
    street: String,
    district: String,
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
    let entries = match import::read(&upload.path).await {
        Ok(entries) => entries,
        Err(problems) => return html(&with_problems(page, upload, &problems)),
    };
    let plan = import::plan(&mut *app.db.snapshot().await?, entries).await?;
    html(&planned(page, upload, plan))
}

fn with_problems(page: Page, upload: Upload, problems: &[CellProblem]) -> PreviewPage {
    PreviewPage {
        problems: ProblemRow::list(&page, problems, SHOWN),
        problem_summary: page.t1("committees-import-problems", "count", problems.len()),
        summary: String::new(),
        ready: false,
        renamed: Vec::new(),
        changed: Vec::new(),
        added: Vec::new(),
        more: problems.len() > SHOWN,
        token: upload.token,
        file_name: upload.name,
        page,
    }
}

fn planned(page: Page, upload: Upload, plan: Plan) -> PreviewPage {
    let areas = plan.renamed_areas.iter().map(|area| Renamed {
        code: area.code.clone(),
        old: area.old.clone(),
        new: area.new.clone(),
        url: String::new(),
    });
    let is_renamed =
        |changed: &&import::Changed| changed.committee.details.name != changed.details.name;
    let committees = plan.changed.iter().filter(is_renamed).map(|changed| Renamed {
        code: changed.committee.code.clone().unwrap_or_default(),
        old: changed.committee.details.name.clone(),
        new: changed.details.name.clone(),
        url: format!("/committees/{}", changed.committee.id),
    });
    let renamed: Vec<Renamed> = areas.chain(committees).collect();
    let others: Vec<ChangedRow> = plan
        .changed
        .iter()
        .map(|changed| ChangedRow {
            id: changed.committee.id,
            name: changed.details.name.clone(),
            // The name has its own table.
            differences: differing(
                changed.committee.details.facts(&page).into_iter().skip(1),
                changed.details.facts(&page).into_iter().skip(1),
            ),
        })
        .filter(|row| !row.differences.is_empty())
        .collect();
    let counts = [
        ("added", Value::from(plan.added.len())),
        ("renamed", Value::from(renamed.len())),
        ("changed", Value::from(others.len())),
        ("unchanged", Value::from(plan.unchanged)),
    ];
    let more = [plan.added.len(), renamed.len(), others.len()].iter().any(|count| *count > SHOWN);
    let ready = !plan.is_empty();
    PreviewPage {
        problems: Vec::new(),
        problem_summary: String::new(),
        summary: page.language().text_with("committees-import-summary", &counts),
        ready,
        renamed: renamed.into_iter().take(SHOWN).collect(),
        changed: others.into_iter().take(SHOWN).collect(),
        added: plan
            .added
            .iter()
            .take(SHOWN)
            .map(|entry| AddedRow {
                code: entry.code().to_owned(),
                name: entry.name().to_owned(),
                street: entry.place().0.to_owned(),
                district: entry.place().1.to_owned(),
            })
            .collect(),
        more,
        token: upload.token,
        file_name: upload.name,
        page,
    }
}

async fn take_in(State(app): State<App>, viewer: Viewer, Path(token): Path<String>) -> Result {
    let upload = match Upload::find(&app, &viewer, &token).await? {
        Found::Waiting(upload) => upload,
        Found::TakenIn(location) => return Ok(see_other(&location)),
    };
    let Ok(entries) = import::read(&upload.path).await else {
        return Ok(see_other(&format!("/committees/import/files/{token}")));
    };
    let mut write = app.db.write().await?;
    let plan = import::plan(&mut write, entries).await?;
    import::carry_out(&mut write, (&viewer).into(), plan).await?;
    write.commit().await?;
    upload.forget(&app, "/committees").await?;
    Ok(Notice::see_other("/committees", "notice-directory-imported", ""))
}

/// A file with the headers alone.
async fn template(page: Page) -> Result {
    let chinese = page.language() == Language::Chinese;
    let out = csv_start(CommitteeColumn::ALL.iter().map(|column| column.header(chinese)));
    let name = format!("{}.csv", page.t("committees-import-template-file"));
    Ok(file(Body::from(out), &name, "text/csv; charset=utf-8"))
}
