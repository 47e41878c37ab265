//! A round as files: every form as a row, and the summary by branch, committee, area and reason.

use axum::extract::{Path, State as Held};
use axum_extra::extract::Query;
use serde_json::json;

use super::figures::{self, Cell, Figures};
use super::people_pages::{ListQuery, standing};
use super::round_pages::seen;
use super::store::people::{self, FileRow};
use super::{Reason, Survey};
use crate::activities::{Area, hours};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::operations::Work;
use crate::sheets::{ListFile, ListFormat};
use crate::web::{Error, Page, Permission, Result, Routes, Viewer, list_file};

/// How many forms are read at once.
const CHUNK: i64 = 2_000;

/// The columns of the forms.
const FORM: [&str; 16] = [
    "members-number",
    "members-name",
    "members-branch",
    "committees-code",
    "members-committee",
    "surveys-state",
    "surveys-late",
    "surveys-submitted-on",
    "activities-times",
    "activities-hours",
    "surveys-took-part-in",
    "surveys-reason",
    "surveys-words",
    "cards-signed",
    "cards-stamped",
    "surveys-confirmed-by",
];

/// The columns of the summary.
const SUMMARY: [&str; 13] = [
    "surveys-summary-of",
    "surveys-summary-name",
    "surveys-members",
    "surveys-missing",
    "surveys-state-submitted",
    "surveys-state-marked",
    "surveys-state-returned",
    "surveys-took-part",
    "surveys-took-none",
    "surveys-late",
    "activities-members",
    "activities-times",
    "activities-hours",
];

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ExportMembers;
    routes
        .get("/surveys/{id}/forms.csv", may, forms_csv)
        .get("/surveys/{id}/forms.xlsx", may, forms_xlsx)
        .get("/surveys/{id}/summary.csv", may, summary_csv)
        .get("/surveys/{id}/summary.xlsx", may, summary_xlsx)
}

type Asked = (Held<App>, Page, Viewer, Path<i64>, Query<ListQuery>);

async fn forms_csv(
    app: Held<App>,
    page: Page,
    viewer: Viewer,
    id: Path<i64>,
    query: Query<ListQuery>,
) -> Result {
    forms((app, page, viewer, id, query), ListFormat::Csv).await
}

async fn forms_xlsx(
    app: Held<App>,
    page: Page,
    viewer: Viewer,
    id: Path<i64>,
    query: Query<ListQuery>,
) -> Result {
    forms((app, page, viewer, id, query), ListFormat::Xlsx).await
}

async fn forms(asked: Asked, format: ListFormat) -> Result {
    let (Held(app), page, viewer, Path(id), Query(query)) = asked;
    let _running = Work::Export.begin();
    let mut out = begin(&page, format, &FORM)?;
    let mut connection = app.db.snapshot().await?;
    let (survey, seen) = seen(&mut connection, &viewer, id).await?;
    let which = query.which(id, seen.as_deref());
    let (mut after, mut rows) = (i64::MIN, 0);
    loop {
        let chunk = people::file_rows(&mut connection, &which, after, CHUNK).await?;
        let Some(last) = chunk.last() else { break };
        after = last.sort_key;
        rows += chunk.len();
        for row in &chunk {
            form_row(&mut out, &page, row)?;
        }
    }
    drop(connection);
    let name = file_name(&page, &survey, "surveys-forms");
    finish(&app, &viewer, (id, rows), out, &name).await
}

fn form_row(out: &mut ListFile, page: &Page, row: &FileRow) -> Result<()> {
    let lines: Vec<(String, String, i64, i64)> =
        serde_json::from_str(&row.lines).map_err(Error::internal)?;
    let done: Vec<String> = lines
        .into_iter()
        .map(|(day, title, times, minutes)| {
            let times = page.t1("hub-times", "count", times);
            let length = page.t1("hub-hours", "hours", hours(minutes));
            if minutes > 0 {
                format!("{day} {title} {times} {length}")
            } else {
                format!("{day} {title} {times}")
            }
        })
        .collect();
    let confirmed = !row.signed_on.is_empty();
    let by = match row.confirmed_there.as_str() {
        "" if confirmed => page.t("hub-confirmed-paper"),
        by => by,
    };
    let cells: [&str; FORM.len()] = [
        &row.number,
        &row.name,
        &row.branch,
        &row.code,
        &row.committee,
        standing(page, &row.state).0,
        if row.late { page.t("members-yes") } else { "" },
        row.submitted_at.get(..10).unwrap_or_default(),
        &if row.times > 0 { row.times.to_string() } else { String::new() },
        &hours(row.minutes),
        &done.join("；"),
        Reason::from_name(&row.reason).map_or("", |reason| page.t(reason.key())),
        &row.words,
        &row.signed_on,
        &row.stamped_on,
        by,
    ];
    Ok(out.row(cells)?)
}

async fn summary_csv(
    app: Held<App>,
    page: Page,
    viewer: Viewer,
    id: Path<i64>,
    query: Query<ListQuery>,
) -> Result {
    summary((app, page, viewer, id, query), ListFormat::Csv).await
}

async fn summary_xlsx(
    app: Held<App>,
    page: Page,
    viewer: Viewer,
    id: Path<i64>,
    query: Query<ListQuery>,
) -> Result {
    summary((app, page, viewer, id, query), ListFormat::Xlsx).await
}

async fn summary(asked: Asked, format: ListFormat) -> Result {
    let (Held(app), page, viewer, Path(id), _) = asked;
    let mut out = begin(&page, format, &SUMMARY)?;
    let mut connection = app.db.snapshot().await?;
    let (survey, seen) = seen(&mut connection, &viewer, id).await?;
    let cells = figures::of(&mut connection, &survey, seen.as_deref()).await?;
    drop(connection);
    let rows = summary_rows(&mut out, &page, &cells)?;
    let name = file_name(&page, &survey, "surveys-summary");
    finish(&app, &viewer, (id, rows), out, &name).await
}

/// The summary, row by row; how many.
fn summary_rows(out: &mut ListFile, page: &Page, cells: &[Cell]) -> Result<usize> {
    let total = figures::sum(cells);
    let mut rows = 1;
    figures_row(out, page.t("surveys-all"), "", &total)?;
    let branches = figures::grouped(cells, |cell| (cell.branch, &cell.branch_name));
    let committees = figures::by_committee(cells);
    for (of, groups) in [("members-branch", branches), ("members-committee", committees)] {
        for group in groups {
            let name = if group.name.is_empty() { page.t("surveys-of-none") } else { &group.name };
            figures_row(out, page.t(of), name, &group.figures)?;
            rows += 1;
        }
    }
    for area in Area::ALL {
        let (members, times, minutes) = total.area(area);
        let mut cells = [""; SUMMARY.len()];
        let (members, times, hours) = (members.to_string(), times.to_string(), hours(minutes));
        (cells[0], cells[1]) = (page.t("activities-area"), page.t(area.key()));
        (cells[10], cells[11], cells[12]) = (&members, &times, &hours);
        out.row(cells)?;
        rows += 1;
    }
    for reason in Reason::ALL {
        let count = total.reasons.get(reason.name()).copied().unwrap_or_default().to_string();
        let mut cells = [""; SUMMARY.len()];
        (cells[0], cells[1], cells[8]) =
            (page.t("surveys-reason"), page.t(reason.key()), count.as_str());
        out.row(cells)?;
        rows += 1;
    }
    Ok(rows)
}

fn figures_row(out: &mut ListFile, of: &str, name: &str, figures: &Figures) -> Result<()> {
    let numbers = [
        figures.members,
        figures.missing,
        figures.submitted,
        figures.marked,
        figures.returned,
        figures.took_part,
        figures.took_none,
        figures.late,
        figures.took_part,
        figures.times,
    ]
    .map(|number| number.to_string());
    let hours = hours(figures.minutes);
    let mut cells = vec![of, name];
    cells.extend(numbers.iter().map(String::as_str));
    cells.push(&hours);
    Ok(out.row(cells)?)
}

fn file_name(page: &Page, survey: &Survey, what: &'static str) -> String {
    format!("{} {}", page.t(what), survey.half.code())
}

fn begin(page: &Page, format: ListFormat, columns: &[&'static str]) -> Result<ListFile> {
    let headers = columns.iter().map(|key| page.t(key));
    Ok(ListFile::begin(format, page.t("surveys"), headers)?)
}

/// Notes that the file leaves, and sends it.
async fn finish(
    app: &App,
    viewer: &Viewer,
    (id, rows): (i64, usize),
    out: ListFile,
    name: &str,
) -> Result {
    let written = out.finish()?;
    let mut write = app.db.write().await?;
    let detail = json!({ "lines": rows, "format": written.format.ending() });
    let (action, record) = (Action::SurveyExported, Record::Survey(id));
    audit::record(&mut write, viewer.into(), action, record, detail).await?;
    write.commit().await?;
    Ok(list_file(written, name))
}
