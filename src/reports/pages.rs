//! `/reports`: what was done over time, by area and branch; by place; by skill; needs and letters.

use askama::Template;
use axum::extract::{Query, State};

use super::figure::Figure;
use super::parts::{self, Asked};
use super::query::{HALVES, ReportQuery};
use super::service_parts;
use crate::activities::{HalfYear, today};
use crate::app::App;
use crate::committees;
use crate::db::Connection;
use crate::web::forms::Field;
use crate::web::{Error, Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ReadReports;
    routes
        .get("/reports", may, overview)
        .get("/reports/places", may, places)
        .get("/reports/skills", may, skills)
        .get("/reports/service", may, service)
}

#[derive(Template)]
#[template(path = "reports/report.html")]
struct ReportPage {
    page: Page,
    /// The path of the report, for its form and its tab.
    path: &'static str,
    title: &'static str,
    /// Where the report looks: the wider places and this one, each with its address.
    above: Vec<(String, String)>,
    here: String,
    /// The place that the form keeps.
    place: String,
    /// By which half-years are chosen; empty where all are told.
    fields: Vec<Field>,
    figures: Vec<Figure>,
    /// The same half-years in the other reports.
    tabs: [(String, &'static str); 4],
    /// The latest two years, for the yearly report.
    years: [i16; 2],
}

impl ReportPage {
    fn new(page: Page, query: &ReportQuery, path: &'static str, title: &'static str) -> Self {
        let tab = |path: &'static str, key| (query.url(path, ""), page.t(key));
        let year = today().year();
        Self {
            tabs: [
                tab("/reports", "reports-overview"),
                tab("/reports/places", "reports-places"),
                tab("/reports/skills", "reports-skills"),
                tab("/reports/service", "reports-service"),
            ],
            title: page.t(title),
            fields: query.fields(&page).into(),
            above: Vec::new(),
            here: String::new(),
            place: String::new(),
            figures: Vec::new(),
            years: [year, year - 1],
            path,
            page,
        }
    }

    fn is_at(&self, url: &str) -> bool {
        url.split('?').next() == Some(self.path)
    }
}

async fn overview(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ReportQuery>,
) -> Result {
    let sides = query.sides();
    let mut connection = app.db.snapshot().await?;
    let time = parts::over_time(&mut connection, &page, &viewer.scope, sides.half).await?;
    let halves = sides.all();
    let asked = Asked { page: &page, scope: &viewer.scope, halves: &halves };
    let [areas, branches] = parts::by_area_and_branch(&mut connection, &asked).await?;
    let report = ReportPage::new(page, &query, "/reports", "reports-overview");
    html(&ReportPage { figures: vec![time, areas, branches], ..report })
}

async fn places(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ReportQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let url = |place: &str| query.url("/reports/places", place);
    let here = match query.place.as_str() {
        "" => String::new(),
        code => named(&mut connection, code).await?,
    };
    let mut above = Vec::new();
    if !here.is_empty() {
        above.push((url(""), page.t("desk-everywhere").to_owned()));
    }
    if query.place.len() == 9
        && let Some(district) = query.place.get(..6)
    {
        above.push((url(district), named(&mut connection, district).await?));
    }
    let halves = query.sides().all();
    let asked = Asked { page: &page, scope: &viewer.scope, halves: &halves };
    let figure = parts::by_place(&mut connection, &asked, &query.place, url).await?;
    let report = ReportPage::new(page, &query, "/reports/places", "reports-places");
    html(&ReportPage { figures: vec![figure], above, here, place: query.place.clone(), ..report })
}

/// The name of a district or sub-district.
async fn named(connection: &mut Connection, code: &str) -> Result<String> {
    let name = committees::area_store::area(connection, code).await?;
    name.ok_or(Error::NotFound)
}

async fn skills(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ReportQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let halves = query.sides().all();
    let asked = Asked { page: &page, scope: &viewer.scope, halves: &halves };
    let figure = parts::by_skill(&mut connection, &asked).await?;
    let report = ReportPage::new(page, &query, "/reports/skills", "reports-skills");
    html(&ReportPage { figures: vec![figure], ..report })
}

async fn service(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ReportQuery>,
) -> Result {
    let mut halves = vec![HalfYear::of(today())];
    while let (Some(half), true) = (halves.last().copied(), halves.len() < HALVES) {
        halves.push(half.before());
    }
    let mut connection = app.db.snapshot().await?;
    let needs = service_parts::needs(&mut connection, &page, &halves).await?;
    let letters = service_parts::letters(&mut connection, &page, &viewer.scope, &halves).await?;
    let report = ReportPage::new(page, &query, "/reports/service", "reports-service");
    html(&ReportPage { figures: vec![needs, letters], fields: Vec::new(), ..report })
}
