//! `/members/{id}/activities`, `/committees/{id}/activities` and `/branches/{id}/activities`.

use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::Span;
use serde::{Deserialize, Serialize};

use super::store::{self, MemberLine, Whose};
use super::{HalfRows, by_half};
use crate::activities::list_pages::{PAGE, Row};
use crate::activities::store::{self as activities, Asked};
use crate::activities::{Area, Manner, hours, today};
use crate::app::App;
use crate::committees;
use crate::db::Connection;
use crate::lists::{self, List};
use crate::members::{Member, merging, store as members};
use crate::web::paging::Pager;
use crate::web::{Error, Page, Permission, Result, Routes, Viewer, html, see_other};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordActivities;
    routes
        .get("/members/{id}/activities", may, of_member)
        .get("/committees/{id}/activities", may, of_committee)
        .get("/branches/{id}/activities", may, of_branch)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct PlaceQuery {
    /// The last line of the page before: its day and `id`.
    after: String,
}

impl PlaceQuery {
    fn place(&self) -> Option<(&str, i64)> {
        let (day, id) = self.after.split_once('_')?;
        Some((day, id.parse().ok()?))
    }

    /// The links of a page at this address, of which there are `more` after this line.
    fn pager(&self, address: &str, last: Option<(&str, i64)>, more: bool) -> Pager {
        let next = last.filter(|_| more).map(|(day, id)| format!("{address}?after={day}_{id}"));
        Pager {
            first_url: if self.after.is_empty() { String::new() } else { address.to_owned() },
            next_url: next.unwrap_or_default(),
            ..Pager::default()
        }
    }
}

/// The days of the latest four half-years, as far as they have come: what is planned is no figure.
fn days() -> (String, String) {
    let to = today();
    let from = crate::activities::HalfYear::of(to.saturating_sub(Span::new().months(18)));
    (from.first_day(), to.to_string())
}

async fn sums(
    connection: &mut Connection,
    page: &Page,
    whose: Whose,
    branches: Option<&str>,
) -> Result<Vec<HalfRows>> {
    let (from, to) = days();
    let days = (from.as_str(), to.as_str());
    let whole = store::sums(connection, whose, days, false, branches).await?;
    let by_area = store::sums(connection, whose, days, true, branches).await?;
    Ok(by_half(page, &whole, &by_area))
}

/// The record of a member, removed or not, if it is the viewer's to see.
pub(in crate::activities) async fn own_member(
    connection: &mut Connection,
    viewer: &Viewer,
    id: i64,
) -> Result<Member> {
    let member = members::member(connection, id).await?.ok_or(Error::NotFound)?;
    viewer.must_cover(member.details.branch)?;
    Ok(member)
}

#[derive(Template)]
#[template(path = "activities/member.html")]
struct MemberPage {
    page: Page,
    id: i64,
    name: String,
    number: String,
    halves: Vec<HalfRows>,
    rows: Vec<MemberRow>,
    pager: Pager,
}

struct MemberRow {
    line: MemberLine,
    day: String,
    area: &'static str,
    manner: &'static str,
    hours: String,
    planned: bool,
    /// When the committee signed and stamped it, in words; empty: it did not yet.
    confirmed: String,
}

impl MemberRow {
    fn of(page: &Page, line: MemberLine) -> Self {
        let signed = line.signed_on.as_deref().map(|day| page.date(day));
        Self {
            day: page.date(&line.day),
            area: Area::from_name(&line.area).map_or("", |area| page.t(area.key())),
            manner: Manner::from_name(&line.manner).map_or("", |manner| page.t(manner.key())),
            hours: hours(line.minutes),
            planned: line.day > today().to_string(),
            confirmed: signed.unwrap_or_default(),
            line,
        }
    }
}

async fn of_member(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<PlaceQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    if let Some(kept) = merging::store::kept_instead_of(&mut connection, id).await? {
        own_member(&mut connection, &viewer, kept).await?;
        return Ok(see_other(&format!("/members/{kept}/activities")));
    }
    let member = own_member(&mut connection, &viewer, id).await?;
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let any_day = ("", "~");
    let mut lines = store::of_member(&mut connection, id, any_day, query.place(), limit).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let last = lines.last().map(|line| (line.day.as_str(), line.id));
    html(&MemberPage {
        id,
        name: member.details.name.as_str().to_owned(),
        number: member.details.number.map_or_else(String::new, |n| n.as_str().to_owned()),
        halves: sums(&mut connection, &page, Whose::Member(id), None).await?,
        pager: query.pager(&format!("/members/{id}/activities"), last, more),
        rows: lines.into_iter().map(|line| MemberRow::of(&page, line)).collect(),
        page,
    })
}

#[derive(Template)]
#[template(path = "activities/committee.html")]
struct CommitteePage {
    page: Page,
    id: i64,
    name: String,
    halves: Vec<HalfRows>,
    rows: Vec<Row>,
    pager: Pager,
}

async fn of_committee(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<PlaceQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let committee = committees::store::committee(&mut connection, id).await?;
    let committee = committee.ok_or(Error::NotFound)?;
    if let Some(into) = committee.merged_into {
        return Ok(see_other(&format!("/committees/{into}/activities")));
    }
    let asked = Asked { committee: Some(id), ..Asked::default() };
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let mut lines = activities::list(&mut connection, &asked, query.place(), limit).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let last = lines.last().map(|line| (line.day.as_str(), line.id));
    let branches = viewer.scope.branches().map(|branches| serde_json::json!(branches).to_string());
    html(&CommitteePage {
        id,
        name: committee.details.name,
        halves: sums(&mut connection, &page, Whose::Committee(id), branches.as_deref()).await?,
        pager: query.pager(&format!("/committees/{id}/activities"), last, more),
        rows: lines.into_iter().map(|line| Row::of(&page, line)).collect(),
        page,
    })
}

#[derive(Template)]
#[template(path = "activities/branch.html")]
struct BranchPage {
    page: Page,
    id: i64,
    name: String,
    halves: Vec<HalfRows>,
}

async fn of_branch(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
) -> Result {
    viewer.must_cover(Some(id))?;
    let mut connection = app.db.snapshot().await?;
    let names = lists::names(&mut connection, List::Branches).await?;
    let name = names.into_iter().find(|(branch, _)| *branch == id).map(|(_, name)| name);
    html(&BranchPage {
        id,
        name: name.ok_or(Error::NotFound)?,
        halves: sums(&mut connection, &page, Whose::Branch(id), None).await?,
        page,
    })
}
