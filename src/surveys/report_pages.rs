//! `/surveys/{id}/report`: a round on paper, with its pictures; each picture is also a table.

use askama::Template;
use axum::extract::{Path, State as Held};

use super::figures::{self, Figures, Group};
use super::round_pages::seen;
use super::{Reason, Survey};
use crate::activities::{Area, hours, today};
use crate::app::App;
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/surveys/{id}/report", Permission::RecordSurveys, show)
}

#[derive(Template)]
#[template(path = "surveys/report.html")]
struct ReportPage {
    page: Page,
    survey: Survey,
    half: String,
    closes_on: String,
    as_of: String,
    total: Figures,
    hours: String,
    standing: Vec<Bar>,
    areas: Vec<AreaRow>,
    reasons: Vec<Bar>,
    branches: Vec<Group>,
    committees: Vec<Group>,
}

/// A number with its part of the whole, as it is drawn.
struct Bar {
    label: &'static str,
    count: i64,
    percent: i64,
    /// The list that it counts; empty: there is none.
    url: String,
}

struct AreaRow {
    label: &'static str,
    members: i64,
    times: i64,
    hours: String,
    percent: i64,
}

fn percent(part: i64, whole: i64) -> i64 {
    if whole == 0 { 0 } else { part * 100 / whole }
}

async fn show(Held(app): Held<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.snapshot().await?;
    let (survey, seen) = seen(&mut connection, &viewer, id).await?;
    let cells = figures::of(&mut connection, &survey, seen.as_deref()).await?;
    let total = figures::sum(&cells);
    let most_times = Area::ALL.iter().map(|area| total.area(*area).1).max().unwrap_or_default();
    let areas = Area::ALL.iter().map(|area| {
        let (members, times, minutes) = total.area(*area);
        AreaRow {
            label: page.t(area.key()),
            percent: percent(times, most_times),
            hours: hours(minutes),
            members,
            times,
        }
    });
    let reasons = Reason::ALL.iter().map(|reason| {
        let count = total.reasons.get(reason.name()).copied().unwrap_or_default();
        Bar {
            label: page.t(reason.key()),
            percent: percent(count, total.took_none),
            url: String::new(),
            count,
        }
    });
    let as_of = match &survey.closed_at {
        Some(at) => page.time(at),
        None => page.date(&today().to_string()),
    };
    html(&ReportPage {
        half: survey.half.words(page.language()),
        closes_on: page.date(&survey.closes_on),
        as_of,
        hours: hours(total.minutes),
        standing: standing(&page, id, &total),
        areas: areas.collect(),
        reasons: reasons.filter(|bar| bar.count > 0).collect(),
        branches: figures::grouped(&cells, |cell| (cell.branch, &cell.branch_name)),
        committees: figures::by_committee(&cells),
        total,
        survey,
        page,
    })
}

/// Where the forms stand; each number leads to its list.
fn standing(page: &Page, id: i64, total: &Figures) -> Vec<Bar> {
    [
        ("surveys-took-part", total.took_part, "confirmed"),
        ("surveys-took-none", total.took_none, "confirmed"),
        ("surveys-state-marked", total.marked, "marked"),
        ("surveys-state-submitted", total.submitted, "submitted"),
        ("surveys-state-returned", total.returned, "returned"),
        ("surveys-missing", total.missing, "missing"),
    ]
    .into_iter()
    .map(|(key, count, state)| Bar {
        label: page.t(key),
        percent: percent(count, total.members),
        url: format!("/surveys/{id}/forms?state={state}"),
        count,
    })
    .collect()
}
