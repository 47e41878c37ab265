//! A committee's page: both bodies, what they were called on a day, the members, the history.

use askama::Template;
use axum::extract::{Path, Query, State};
use serde::Deserialize;

use super::history::{self, Body, Cause, NameSince};
use super::{Committee, CommitteeDetails, CommitteeLine, store};
use crate::app::App;
use crate::db::{Connection, now};
use crate::lang::Message;
use crate::letters;
use crate::members::search::{self, CountUpTo, Line, Order, PAGE};
use crate::offers::{self, Offer};
use crate::provisions::{self, Which};
use crate::teams::{self, Team};
use crate::text::{Filter, match_expression};
use crate::web::forms::{Field, Problems};
use crate::web::{Difference, Error, Page, Permission, Result, Routes, Viewer, differing, html};

/// How many of the latest provisions the page shows.
const PROVIDED: i64 = 5;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ReadDirectory;
    routes.get("/committees/{id}", may, show).get("/committees/{id}/history", may, show_history)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ShowQuery {
    /// The day (`2026-01-31`) whose names are asked for.
    on: String,
}

#[derive(Template)]
#[template(path = "committees/show.html")]
struct ShowPage<'a> {
    page: Page,
    committee: Committee,
    merged_into: Option<CommitteeLine>,
    names: Names,
    lines: Vec<Line<'a>>,
    count: String,
    withheld: String,
    more: bool,
    /// What was passed on to it lately.
    provided: Vec<provisions::Row>,
    /// The teams that serve there.
    teams: Vec<Team>,
    /// What it offers beside needs.
    offers: Vec<OfferRow>,
}

/// A wish, a post or a service day.
struct OfferRow {
    id: i64,
    title: String,
    kind: &'static str,
    state: String,
    when: String,
}

/// What both bodies were called, and when.
struct Names {
    /// Which day is asked for.
    on: Field,
    /// That day in words; empty when none is.
    day: String,
    bodies: Vec<BodyNames>,
    /// Whether any body was ever called otherwise, or headed by another.
    changed: bool,
}

struct BodyNames {
    label: &'static str,
    then: Option<NameSince>,
    all: Vec<NameSince>,
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<ShowQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let committee = store::committee(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let merged_into = match committee.merged_into {
        Some(id) => store::line(&mut connection, id).await?,
        None => None,
    };
    let scope = viewer.scope.branches();
    let provided = if viewer.may(Permission::WriteLetters) {
        let branches = letters::seen(&viewer.scope);
        let which = Which { branches, committee: Some(id), ..Which::default() };
        provisions::rows(&mut connection, &page, &which, PROVIDED).await?
    } else {
        Vec::new()
    };
    let (teams, offers) = match viewer.may(Permission::ServeNeeds) {
        true => service(&mut connection, &page, id).await?,
        false => Default::default(),
    };
    let all = match_expression("", &[Filter::Committee(id)], scope);
    let agreed = match_expression("", &[Filter::Committee(id), Filter::Agreed], scope);
    let lines = search::lines(&mut connection, &all, Order::Name, None, PAGE).await?;
    let count = search::count_matching(&mut connection, &all, CountUpTo::All).await?.number();
    let known = search::count_matching(&mut connection, &agreed, CountUpTo::All).await?.number();
    let withheld = count - known;
    html(&ShowPage {
        names: names(&mut connection, &page, id, &query.on).await?,
        count: page.t1("members-count", "count", count),
        withheld: if withheld > 0 {
            page.t1("committees-withheld", "count", withheld)
        } else {
            String::new()
        },
        more: count > PAGE,
        provided,
        merged_into,
        teams,
        offers,
        committee,
        lines: lines.read()?,
        page,
    })
}

/// What members serve there beside needs: teams, and what the committee offers, as long as it lasts.
async fn service(
    connection: &mut Connection,
    page: &Page,
    committee: i64,
) -> Result<(Vec<Team>, Vec<OfferRow>)> {
    let teams = teams::store::at(connection, committee).await?;
    let mut offers = offers::store::of_committee(connection, committee).await?;
    offers.retain(|offer| offer.ended_at.is_none());
    let row = |offer: Offer| OfferRow {
        kind: page.t(offer.details.kind.key()),
        state: offer.state(page),
        when: offer.when(page),
        id: offer.id,
        title: offer.details.title,
    };
    Ok((teams, offers.into_iter().map(row).collect()))
}

async fn names(connection: &mut Connection, page: &Page, id: i64, on: &str) -> Result<Names> {
    let day = on.parse::<jiff::civil::Date>().ok().map(|day| day.to_string());
    let mut problems = Problems::none();
    if !on.is_empty() && day.is_none() {
        problems.add("on", Message::new("committees-since-shape"));
    }
    let mut bodies = Vec::new();
    for body in Body::ALL {
        let all = history::names(connection, id, body).await?;
        bodies.push(BodyNames {
            label: page.t(match body {
                Body::Committee => "committees-body",
                Body::Party => "committees-party",
            }),
            then: day.as_deref().and_then(|day| history::on(&all, day)).cloned(),
            all,
        });
    }
    let shown_day = day.clone().unwrap_or_else(|| now()[..10].to_owned());
    Ok(Names {
        on: Field::new(page, "on", "committees-on")
            .value(&shown_day)
            .kind("date", "off")
            .check(page, &problems),
        day: day.map_or_else(String::new, |day| page.date(&day)),
        changed: bodies.iter().any(|body| body.all.len() > 1),
        bodies,
    })
}

#[derive(Template)]
#[template(path = "committees/history.html")]
struct HistoryPage {
    page: Page,
    committee: Committee,
    changes: Vec<Change>,
}

struct Change {
    at: String,
    by: String,
    cause: &'static str,
    differences: Vec<Difference>,
}

async fn show_history(State(app): State<App>, page: Page, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let committee = store::committee(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let mut after = committee.details.clone();
    let mut changes = Vec::new();
    for past in history::past(&mut connection, id).await? {
        let before: CommitteeDetails =
            serde_json::from_str(&past.before).map_err(Error::internal)?;
        changes.push(Change {
            at: page.time(&past.at),
            by: past.by.unwrap_or_else(|| page.t("history-by-terminal").to_owned()),
            cause: page.t(Cause::key(&past.cause)),
            differences: differing(before.facts(&page), after.facts(&page)),
        });
        after = before;
    }
    html(&HistoryPage { committee, changes, page })
}
