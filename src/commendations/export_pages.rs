//! Who was nominated in a call and what became of it, as a file.

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::json;

use super::call_pages::seen_call;
use super::nominee::publishing;
use super::{Nominee, nominee_store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::lang::Language;
use crate::sheets::{Column as _, ListFile, ListFormat, MemberColumn};
use crate::web::{Page, Permission, Result, Routes, Viewer, list_file};

/// The most rows.
const MOST: i64 = 100_000;
/// The columns behind number, name and branch.
const COLUMNS: [&str; 9] = [
    "commendations-state",
    "commendations-reason",
    "commendations-although",
    "commendations-body",
    "commendations-decided-on",
    "commendations-votes-for",
    "commendations-votes-against",
    "commendations-votes-abstained",
    "commendations-publishing",
];

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ExportMembers;
    routes.get("/commendations/{id}/export.csv", may, csv).get(
        "/commendations/{id}/export.xlsx",
        may,
        xlsx,
    )
}

fn headers(page: &Page) -> Vec<&'static str> {
    let chinese = page.language() == Language::Chinese;
    let of_member = [MemberColumn::Number, MemberColumn::Name, MemberColumn::Branch];
    let of_member = of_member.map(|column| column.header(chinese));
    of_member.into_iter().chain(COLUMNS.map(|key| page.t(key))).collect()
}

fn cells(page: &Page, nominee: Nominee) -> Vec<String> {
    let votes = |of: fn(&super::Decision) -> i64| {
        nominee.decision.as_ref().map_or_else(String::new, |decision| of(decision).to_string())
    };
    let votes = [
        votes(|decision| decision.votes_for),
        votes(|decision| decision.votes_against),
        votes(|decision| decision.votes_abstained),
    ];
    let agreed = publishing(page, &nominee.publishing, &nominee.publishing_on);
    let state = page.t(nominee.state.key()).to_owned();
    let decision = nominee.decision.unwrap_or_default();
    let [yes, no, neither] = votes;
    vec![
        nominee.number,
        nominee.name,
        nominee.branch,
        state,
        nominee.reason,
        nominee.although,
        decision.by,
        decision.on,
        yes,
        no,
        neither,
        agreed,
    ]
}

/// The rows of whom the viewer may see, with the call's title; the line of the log is written.
async fn rows(
    app: &App,
    page: &Page,
    viewer: &Viewer,
    id: i64,
    format: &str,
) -> Result<(String, Vec<Vec<String>>)> {
    let mut write = app.db.write().await?;
    let call = seen_call(&mut write, viewer, id).await?;
    let branches = viewer.scope.branches().map(|branches| json!(branches).to_string());
    let within = branches.as_deref();
    let all = nominee_store::of_call(&mut write, id, within, None, i64::MIN, MOST).await?;
    let rows: Vec<Vec<String>> = all.into_iter().map(|one| cells(page, one)).collect();
    let detail = json!({ "rows": rows.len(), "format": format });
    let (actor, record) = (viewer.into(), Record::Commendation(id));
    audit::record(&mut write, actor, Action::CommendationsExported, record, detail).await?;
    write.commit().await?;
    Ok((call.details.title, rows))
}

async fn csv(app: State<App>, page: Page, viewer: Viewer, id: Path<i64>) -> Result<Response> {
    list(app, page, viewer, id, ListFormat::Csv).await
}

async fn xlsx(app: State<App>, page: Page, viewer: Viewer, id: Path<i64>) -> Result<Response> {
    list(app, page, viewer, id, ListFormat::Xlsx).await
}

async fn list(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    format: ListFormat,
) -> Result<Response> {
    let (title, rows) = rows(&app, &page, &viewer, id, format.ending()).await?;
    let mut out = ListFile::begin(format, page.t("commendations"), headers(&page))?;
    for row in &rows {
        out.row(row.iter().map(String::as_str))?;
    }
    Ok(list_file(out.finish()?, &title))
}
