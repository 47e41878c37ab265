//! `/reports/year/{year}`: the office's yearly report, to be printed or taken out as a file.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};

use super::figure::{Cell, Figure, Row};
use super::parts::{self, Asked};
use super::{service_parts, word};
use crate::activities::{HalfYear, today};
use crate::app::App;
use crate::db::{self, Connection};
use crate::goals;
use crate::lists::{self, List};
use crate::web::word::KIND;
use crate::web::{Error, Page, Permission, Result, Routes, Scope, Viewer, file, html};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ReadReports;
    routes.get("/reports/year/{year}", may, show).get(
        "/reports/year/{year}/report.docx",
        may,
        document,
    )
}

/// The yearly report.
pub(super) struct YearReport {
    /// “2026 年党员参加社区活动情况报告”.
    pub title: String,
    /// What is counted, and on which day it was put together.
    pub lead: Vec<String>,
    pub figures: Vec<Figure>,
}

#[derive(Template)]
#[template(path = "reports/year.html")]
struct YearPage {
    page: Page,
    year: i16,
    report: YearReport,
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(year): Path<i16>) -> Result {
    let report = report(&app, &page, &viewer.scope, year).await?;
    html(&YearPage { page, year, report })
}

async fn document(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(year): Path<i16>,
) -> Result {
    let report = report(&app, &page, &viewer.scope, year).await?;
    let bytes = word::document(&page, &report)?;
    Ok(file(Body::from(bytes), &format!("{}.docx", report.title), KIND))
}

async fn report(app: &App, page: &Page, scope: &Scope, year: i16) -> Result<YearReport> {
    let second = HalfYear::parse(&format!("{year}-2")).ok_or(Error::NotFound)?;
    let first = second.before();
    let mut connection = app.db.snapshot().await?;
    let connection = &mut *connection;
    let halves = [first, second];
    let asked = Asked { page, scope, halves: &halves };
    let time = parts::over_time(connection, page, scope, second).await?;
    let [areas, branches] = parts::by_area_and_branch(connection, &asked).await?;
    let places = parts::by_place(connection, &asked, "", |_| String::new()).await?;
    let skills = parts::by_skill(connection, &asked).await?;
    let mut figures = vec![time, areas, branches];
    for half in halves {
        figures.extend(of_goals(connection, page, scope, half).await?);
    }
    let both = [second, first, first.before(), first.before().before()];
    figures.extend([places, skills]);
    figures.push(service_parts::needs(connection, page, &both).await?);
    figures.push(service_parts::letters(connection, page, scope, &both).await?);
    let day = page.date(&today().to_string());
    Ok(YearReport {
        title: page.t1("reports-year-title", "year", i64::from(year).to_string()),
        lead: vec![page.t1("reports-year-made", "day", day), page.t("reports-counted").to_owned()],
        figures,
    })
}

/// The goals of a half-year beside what was done; nothing where none was set.
async fn of_goals(
    connection: &mut Connection,
    page: &Page,
    scope: &Scope,
    half: HalfYear,
) -> db::Result<Option<Figure>> {
    let goals = goals::store::of_half(connection, half, scope.branches()).await?;
    if goals.is_empty() {
        return Ok(None);
    }
    let done = goals::progress(connection, half, today(), false, scope.branches()).await?;
    let mut rows = Vec::new();
    for (id, name) in lists::names(connection, List::Branches).await? {
        let Some(goal) = goals.iter().find(|goal| goal.branch == id) else { continue };
        let sum = done.get(&id).map(|done| done.now(None)).unwrap_or_default();
        let told = Cell::of_sum(page, &sum, "");
        let numbers = goal.numbers.whole().all().into_iter().zip([1, 1, 60]);
        let set = numbers.map(|(number, unit)| match number {
            Some(number) => {
                Cell { amount: number * unit, ..Cell::number(page, number, String::new()) }
            }
            None => Cell::default(),
        });
        let cells = set.zip(told).map(|(set, told)| vec![set, told]).collect();
        rows.push(Row { name, url: format!("/goals/{id}/{}", half.code()), cells });
    }
    Ok(Some(Figure {
        id: if half.code().ends_with('1') { "first-half" } else { "second-half" },
        title: page.t(if half.code().ends_with('1') {
            "reports-goals-first"
        } else {
            "reports-goals-second"
        }),
        first: page.t("members-branch"),
        measures: ["goals-members", "goals-times", "goals-hours"].map(|key| page.t(key)).into(),
        one_scale: false,
        sides: vec![page.t("reports-goal").to_owned(), page.t("reports-done").to_owned()],
        rows,
        left_out: Vec::new(),
    }))
}
