//! `/committees`: the directory by district and sub-district.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::area_store::{self, Area, AreaSize};
use super::{CommitteeLine, store};
use crate::app::App;
use crate::db::Connection;
use crate::members::spread;
use crate::web::{Page, Permission, Result, Routes, Scope, Viewer, html};

/// How many committees a search shows.
const FOUND: usize = 100;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ReadDirectory;
    routes.get("/committees", may, list).get("/committees/suggest", may, suggest)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ListQuery {
    q: String,
    district: String,
    street: String,
}

#[derive(Template)]
#[template(path = "committees/list.html")]
struct ListPage {
    page: Page,
    q: String,
    district: Option<Area>,
    street: Option<Area>,
    areas: Vec<AreaRow>,
    committees: Vec<CommitteeRow>,
    total: String,
    /// Whether a search found more than are shown.
    more: bool,
}

impl ListPage {
    /// By which property of the address the areas are asked for.
    fn property(&self) -> &'static str {
        if self.district.is_some() { "street" } else { "district" }
    }
}

/// A district, or a sub-district of one.
struct AreaRow {
    code: String,
    name: String,
    /// Of a district.
    streets: String,
    committees: String,
    members: String,
}

struct CommitteeRow {
    line: CommitteeLine,
    members: String,
}

async fn list(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let street = named_area(&mut connection, &query.street, 9).await?;
    let district = query.street.get(..6).unwrap_or(&query.district);
    let district = named_area(&mut connection, district, 6).await?;
    let (mut areas, mut committees, mut more) = (Vec::new(), Vec::new(), false);
    if !query.q.trim().is_empty() {
        let mut found = store::find(&mut connection, &query.q, FOUND + 1).await?;
        more = found.len() > FOUND;
        found.truncate(FOUND);
        committees = with_members(&mut connection, &page, &viewer.scope, found).await?;
    } else if let Some(Area { code, .. }) = &street {
        let lines = store::committees_of(&mut connection, code).await?;
        committees = with_members(&mut connection, &page, &viewer.scope, lines).await?;
    } else {
        areas = area_rows(&mut connection, &page, &viewer.scope, district.as_ref()).await?;
    }
    let total = store::count(&mut connection).await?;
    let total = page.t1("committees-count", "count", total);
    html(&ListPage { q: query.q, district, street, areas, committees, total, more, page })
}

async fn named_area(
    connection: &mut Connection,
    code: &str,
    digits: usize,
) -> Result<Option<Area>> {
    if code.len() != digits {
        return Ok(None);
    }
    let name = area_store::area(connection, code).await?;
    Ok(name.map(|name| Area { code: code.to_owned(), name }))
}

/// All districts, or the sub-districts of one.
async fn area_rows(
    connection: &mut Connection,
    page: &Page,
    scope: &Scope,
    district: Option<&Area>,
) -> Result<Vec<AreaRow>> {
    let within = district.map_or("", |district| district.code.as_str());
    let sizes = match district {
        None => area_store::district_sizes(connection).await?,
        Some(district) => area_store::street_sizes(connection, &district.code).await?,
    };
    let mut members: HashMap<String, i64> = HashMap::new();
    for share in spread::by_street(connection, scope, within).await? {
        let code = if district.is_none() { share.area_code } else { share.code };
        *members.entry(code).or_default() += share.members;
    }
    let row = |size: AreaSize| AreaRow {
        members: page.number(&members.get(&size.code).copied().unwrap_or_default()),
        streets: page.number(&size.streets),
        committees: page.number(&size.committees),
        code: size.code,
        name: size.name,
    };
    Ok(sizes.into_iter().map(row).collect())
}

/// Committees with how many members each has.
async fn with_members(
    connection: &mut Connection,
    page: &Page,
    scope: &Scope,
    lines: Vec<CommitteeLine>,
) -> Result<Vec<CommitteeRow>> {
    let ids: Vec<i64> = lines.iter().map(|line| line.id).collect();
    let members = spread::of_committees(connection, scope, &ids).await?;
    let row = |line: CommitteeLine| CommitteeRow {
        members: page.number(&members.get(&line.id).copied().unwrap_or_default()),
        line,
    };
    Ok(lines.into_iter().map(row).collect())
}

#[derive(Template)]
#[template(path = "committees/suggestions.html")]
struct Suggestions {
    lines: Vec<CommitteeLine>,
}

async fn suggest(State(app): State<App>, Query(query): Query<ListQuery>) -> Result {
    let lines = store::find(&mut *app.db.read().await?, &query.q, 8).await?;
    html(&Suggestions { lines })
}
