//! Taking lists of members out: the current search, and one committee's.

use std::io::Write as _;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use serde_json::json;

use super::export::{self, Export, FOR_COMMITTEE, OFFICE};
use super::list_pages::ListQuery;
use super::search::{self, CountUpTo};
use crate::app::App;
use crate::audit::Record;
use crate::committees::{self, CommitteeLine};
use crate::lang::{Language, Message};
use crate::operations::Work;
use crate::provisions::{Given, Way};
use crate::sheets::{Column as _, ListFormat, MemberColumn};
use crate::text::{Filter, match_expression, normalize};
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::{Error, Page, Permission, Result, Routes, Viewer, disk_file, file, html};

/// The longest purpose, in characters.
const LONGEST_PURPOSE: u32 = 40;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ExportMembers;
    routes
        .get("/members/export", may, ask)
        .post("/members/export", may, search_file)
        .get("/committees/{id}/members.csv", may, committee_csv)
        .get("/committees/{id}/members.xlsx", may, committee_xlsx)
        .get("/committees/export.zip", may, every_committee)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ExportForm {
    purpose: String,
    column: Vec<String>,
    format: String,
}

#[derive(Template)]
#[template(path = "members/export.html")]
struct ExportPage {
    page: Page,
    query: String,
    count: String,
    purpose: Field,
    columns: Field,
    format: Field,
    errors: Vec<FieldError>,
}

async fn ask(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
) -> Result {
    let form = ExportForm {
        column: OFFICE.iter().map(|column| column.header(false).to_owned()).collect(),
        format: "csv".to_owned(),
        ..ExportForm::default()
    };
    asked(&app, page, &viewer, &query, &form, &Problems::none()).await
}

async fn asked(
    app: &App,
    page: Page,
    viewer: &Viewer,
    query: &ListQuery,
    form: &ExportForm,
    problems: &Problems,
) -> Result {
    let expression = query.expression(&viewer.scope);
    let mut connection = app.db.read().await?;
    let count = search::count_matching(&mut connection, &expression, CountUpTo::All).await?;
    let chinese = page.language() == Language::Chinese;
    let columns = MemberColumn::ALL
        .iter()
        .filter(|column| !matches!(column, MemberColumn::District))
        .map(|column| Choice {
            value: column.header(false).to_owned(),
            label: column.header(chinese).to_owned(),
            chosen: form.column.iter().any(|chosen| chosen == column.header(false)),
            count: String::new(),
        })
        .collect();
    let formats = [("csv", "members-export-csv"), ("xlsx", "members-export-xlsx")]
        .map(|(value, key)| Choice {
            value: value.to_owned(),
            label: page.t(key).to_owned(),
            chosen: form.format == value,
            count: String::new(),
        })
        .to_vec();
    html(&ExportPage {
        query: query.encoded(),
        count: page.t1("members-count", "count", count.number()),
        purpose: Field::new(&page, "purpose", "members-export-purpose")
            .value(&form.purpose)
            .limit(LONGEST_PURPOSE)
            .hint(page.t("members-export-purpose-hint"))
            .required()
            .check(&page, problems),
        columns: Field::new(&page, "column", "members-export-columns")
            .options(columns)
            .check(&page, problems),
        format: Field::new(&page, "format", "members-export-format").options(formats),
        errors: problems.summary(&page),
        page,
    })
}

async fn search_file(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
    Form(form): Form<ExportForm>,
) -> Result {
    let mut problems = Problems::none();
    let purpose = normalize(&form.purpose);
    if purpose.is_empty() {
        problems.add("purpose", Message::new("form-required"));
    } else if purpose.chars().count() > LONGEST_PURPOSE as usize {
        problems.add("purpose", Message::new("form-too-long").with("limit", LONGEST_PURPOSE));
    }
    let columns: Vec<MemberColumn> = MemberColumn::ALL
        .iter()
        .copied()
        .filter(|column| form.column.iter().any(|chosen| chosen == column.header(false)))
        .collect();
    if columns.is_empty() {
        problems.add("column", Message::new("members-export-no-column"));
    }
    if !problems.is_empty() {
        let shown = asked(&app, page, &viewer, &query, &form, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    }
    let export = Export {
        expression: query.expression(&viewer.scope),
        columns,
        given: None,
        language: page.language(),
    };
    let detail = json!({ "purpose": purpose, "filter": query.encoded(), "format": form.format });
    let name = page.t("members-export-file");
    answer(&app, &viewer, Record::None, export, detail, name, form.format == "xlsx").await
}

async fn committee_csv(app: State<App>, page: Page, viewer: Viewer, id: Path<i64>) -> Result {
    committee_file(app, page, viewer, id, false).await
}

async fn committee_xlsx(app: State<App>, page: Page, viewer: Viewer, id: Path<i64>) -> Result {
    committee_file(app, page, viewer, id, true).await
}

/// A committee's list: of those who agreed to be known to it.
async fn committee_file(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    xlsx: bool,
) -> Result {
    let line = committees::store::line(&mut *app.db.read().await?, id).await?;
    let line = line.ok_or(Error::NotFound)?;
    let filters = [Filter::Committee(id), Filter::Agreed];
    let export = Export {
        expression: match_expression("", &filters, viewer.scope.branches()),
        columns: FOR_COMMITTEE.to_vec(),
        given: Some(given(&viewer, Way::File, vec![id])),
        language: page.language(),
    };
    let detail = json!({ "format": if xlsx { "xlsx" } else { "csv" } });
    let name = format!("{}{}", line.street, line.name);
    answer(&app, &viewer, Record::Committee(id), export, detail, &name, xlsx).await
}

/// What leaves when this viewer takes lists for these committees out.
fn given(viewer: &Viewer, way: Way, committees: Vec<i64>) -> Given {
    Given { way, committees, branches: viewer.scope.branches().map(<[i64]>::to_vec) }
}

/// A file for each committee that has members, and one of those without.
async fn every_committee(State(app): State<App>, page: Page, viewer: Viewer) -> Result {
    let lines = committees::store::with_members(&mut *app.db.read().await?).await?;
    let without = (page.t("members-without-committee").to_owned(), Filter::Unattached);
    zip(&app, &page, &viewer, lines, Some(without)).await
}

/// The lists of these committees: one as CSV, more as a ZIP of them.
///
/// # Errors
/// When the database or the disk fails.
pub async fn committee_lists(
    app: &App,
    page: &Page,
    viewer: &Viewer,
    lines: Vec<CommitteeLine>,
) -> Result {
    if let [line] = lines.as_slice() {
        let (id, name) = (line.id, line.file_name());
        let export = Export {
            given: Some(given(viewer, Way::File, vec![id])),
            ..list(page, viewer, Filter::Committee(id))
        };
        let detail = json!({ "format": "csv" });
        return answer(app, viewer, Record::Committee(id), export, detail, &name, false).await;
    }
    zip(app, page, viewer, lines, None).await
}

/// The list of those at a committee who agreed to be known there.
fn list(page: &Page, viewer: &Viewer, filter: Filter) -> Export {
    Export {
        expression: match_expression("", &[filter, Filter::Agreed], viewer.scope.branches()),
        columns: FOR_COMMITTEE.to_vec(),
        given: Some(given(viewer, Way::Zip, Vec::new())),
        language: page.language(),
    }
}

/// A ZIP of a list for each of these committees that has members, and perhaps of one more. What was
/// passed on is noted once, at the end.
async fn zip(
    app: &App,
    page: &Page,
    viewer: &Viewer,
    lines: Vec<CommitteeLine>,
    more: Option<(String, Filter)>,
) -> Result {
    let _running = Work::Export.begin();
    let path = tempfile::NamedTempFile::new()?.into_temp_path();
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path)?);
    let mut count = 0;
    let names = lines.iter().map(|line| (line.file_name(), Filter::Committee(line.id)));
    for (name, filter) in names.chain(more) {
        let export = list(page, viewer, filter);
        let mut rows = export.rows(&app.db).await?;
        let Some(mut lines) = rows.next().await? else { continue };
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(format!("{name}.csv"), options).map_err(Error::internal)?;
        zip.write_all(&export.csv_start())?;
        loop {
            zip.write_all(&export.csv(&lines)?)?;
            count += lines.len();
            match rows.next().await? {
                Some(more) => lines = more,
                None => break,
            }
        }
    }
    zip.finish().map_err(Error::internal)?;
    let detail = json!({ "format": "zip" });
    let given = given(viewer, Way::Zip, lines.into_iter().map(|line| line.id).collect());
    export::note(&app.db, viewer.into(), Record::None, count, detail, Some(given)).await?;
    let opened = tokio::fs::File::open(&path).await?;
    let name = format!("{}.zip", page.t("members-export-every-file"));
    Ok(disk_file(opened, &name, "application/zip"))
}

async fn answer(
    app: &App,
    viewer: &Viewer,
    record: Record,
    export: Export,
    detail: serde_json::Value,
    name: &str,
    xlsx: bool,
) -> Result {
    let actor = viewer.into();
    if !xlsx {
        let body = export::stream_csv(app, actor, record, export, detail);
        return Ok(file(body, &format!("{name}.csv"), ListFormat::Csv.media_type()));
    }
    let (path, rows) = export.xlsx(&app.db, name).await?;
    export::note(&app.db, actor, record, rows, detail, export.given).await?;
    // The open file outlives its name.
    let opened = tokio::fs::File::open(&path).await?;
    Ok(disk_file(opened, &format!("{name}.xlsx"), ListFormat::Xlsx.media_type()))
}
