//! `/activities`: the list, narrowed by committee, area and days; and the bin.

use askama::Template;
use axum::extract::{Query, State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::form::areas;
use super::store::{self, Asked, Line};
use super::{Area, HalfYear, Manner, today};
use crate::app::App;
use crate::committees::{self, CommitteeLine};
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::lists::{self, List};
use crate::members::{BIN_DAYS, kept_since};
use crate::web::forms::{Choice, Field, Problems};
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, html};

/// How many activities a page shows.
pub(super) const PAGE: usize = 50;
/// How many half-years may be chosen at once.
const HALVES: usize = 6;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordActivities;
    routes.get("/activities", may, list).get("/activities/bin", may, show_bin)
}

/// By what a list is narrowed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub committee: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub committee_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub area: String,
    /// A half-year's code; days go before it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub half: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// A district's or sub-district's code, a branch, a skill: asked for by reports.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skill: Option<i64>,
    /// The last activity of the page before: its day and `id`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

impl ListQuery {
    fn url(&self, after: &str) -> String {
        let query = Self { after: after.to_owned(), ..self.clone() };
        let query = serde_html_form::to_string(&query).unwrap_or_default();
        if query.is_empty() { "/activities".to_owned() } else { format!("/activities?{query}") }
    }

    /// Where the page begins.
    fn place(&self) -> Option<(&str, i64)> {
        let (day, id) = self.after.split_once('_')?;
        Some((day, id.parse().ok()?))
    }

    fn is_narrowed(&self) -> bool {
        [&self.committee, &self.area, &self.half, &self.from, &self.to]
            .iter()
            .any(|asked| !asked.is_empty())
            || self.is_of_report()
    }

    fn is_of_report(&self) -> bool {
        !self.place.is_empty() || self.branch.is_some() || self.skill.is_some()
    }

    /// What a report asked for beside the fields: in words, with the list without it.
    async fn of_report(&self, connection: &mut Connection) -> db::Result<Option<(String, String)>> {
        if !self.is_of_report() {
            return Ok(None);
        }
        let mut words = Vec::new();
        words.extend(committees::area_store::area(connection, &self.place).await?);
        for (list, id) in [(List::Branches, self.branch), (List::Skills, self.skill)] {
            let names = if id.is_some() { lists::names(connection, list).await? } else { vec![] };
            words.extend(names.into_iter().find(|(of, _)| Some(*of) == id).map(|(_, name)| name));
        }
        let without = Self { place: String::new(), branch: None, skill: None, ..self.clone() };
        Ok(Some((words.join(" · "), without.url(""))))
    }

    /// What is asked for, but the committee.
    pub(super) fn asked(&self) -> Asked {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let half = HalfYear::parse(&self.half);
        Asked {
            committee: None,
            area: Area::from_name(&self.area),
            place: self.place.clone(),
            branch: self.branch,
            skill: self.skill,
            from: some(&self.from).or_else(|| half.map(HalfYear::first_day)),
            to: some(&self.to).or_else(|| half.map(HalfYear::last_day)),
        }
    }
}

/// The latest half-years, to choose from.
pub fn halves(page: &Page, chosen: &str) -> Vec<Choice> {
    let mut choices = vec![Choice {
        label: page.t("activities-any-half").to_owned(),
        chosen: chosen.is_empty(),
        ..Choice::default()
    }];
    let mut half = HalfYear::of(today());
    for _ in 0..HALVES {
        let value = half.code();
        let label = half.words(page.language());
        choices.push(Choice { chosen: value == chosen, value, label, count: String::new() });
        half = half.before();
    }
    choices
}

#[derive(Template)]
#[template(path = "activities/list.html")]
struct ListPage {
    page: Page,
    committee: Field,
    committee_id: String,
    /// What narrows it, for the files of it.
    query: String,
    /// Which of several committees the typed name may mean.
    several: Vec<(String, CommitteeLine)>,
    area: Field,
    half: Field,
    from: Field,
    to: Field,
    narrowed: bool,
    /// What a report narrowed it to, and the list without that.
    of_report: Option<(String, String)>,
    /// The same, for the form to keep.
    kept: ListQuery,
    rows: Vec<Row>,
    pager: Pager,
}

/// An activity in a line.
pub(super) struct Row {
    pub line: Line,
    pub day: String,
    pub area: &'static str,
    pub manner: &'static str,
    pub planned: bool,
}

impl Row {
    pub(super) fn of(page: &Page, line: Line) -> Self {
        Self {
            day: page.date(&line.day),
            area: Area::from_name(&line.area).map_or("", |area| page.t(area.key())),
            manner: Manner::from_name(&line.manner).map_or("", |manner| page.t(manner.key())),
            planned: line.day > today().to_string(),
            line,
        }
    }
}

async fn list(State(app): State<App>, page: Page, Query(mut query): Query<ListQuery>) -> Result {
    let mut connection = app.db.read().await?;
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let chosen = ["", query.committee_id.as_str()];
    let meant =
        committees::meant(&mut connection, &query.committee, chosen, &mut candidates).await?;
    let mut asked = query.asked();
    asked.committee = problems.check("committee", meant).flatten();
    if let (Some(id), true) = (asked.committee, query.committee_id.is_empty()) {
        query.committee_id = id.to_string();
    }
    for (name, typed) in [("from", &query.from), ("to", &query.to)] {
        if !typed.is_empty() && typed.parse::<jiff::civil::Date>().is_err() {
            problems.add(name, Message::new("addresses-day-shape"));
        }
    }
    let mut lines = if problems.is_empty() {
        let more = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
        store::list(&mut connection, &asked, query.place(), more).await?
    } else {
        Vec::new()
    };
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let last = lines.last().map(|line| format!("{}_{}", line.day, line.id));
    let field = |name: &str, key: &'static str, value: &str| {
        Field::new(&page, name, key).value(value).check(&page, &problems)
    };
    let mut any = vec![Choice {
        label: page.t("activities-any-area").to_owned(),
        chosen: query.area.is_empty(),
        ..Choice::default()
    }];
    any.extend(areas(&page, &query.area));
    let with = |line: CommitteeLine| {
        let (committee, committee_id) = (line.name.clone(), line.id.to_string());
        (ListQuery { committee, committee_id, ..query.clone() }.url(""), line)
    };
    html(&ListPage {
        committee: field("committee", "members-committee", &query.committee),
        committee_id: query.committee_id.clone(),
        several: candidates.into_iter().map(with).collect(),
        area: field("area", "activities-area", "").options(any),
        half: field("half", "activities-half", "").options(halves(&page, &query.half)),
        from: field("from", "audit-from", &query.from).kind("date", "off"),
        to: field("to", "audit-to", &query.to).kind("date", "off"),
        narrowed: query.is_narrowed(),
        of_report: query.of_report(&mut connection).await?,
        kept: query.clone(),
        query: serde_html_form::to_string(ListQuery { after: String::new(), ..query.clone() })
            .unwrap_or_default(),
        pager: Pager {
            first_url: if query.after.is_empty() { String::new() } else { query.url("") },
            next_url: last.filter(|_| more).map_or_else(String::new, |last| query.url(&last)),
            ..Pager::default()
        },
        rows: lines.into_iter().map(|line| Row::of(&page, line)).collect(),
        page,
    })
}

#[derive(Template)]
#[template(path = "activities/bin.html")]
struct BinPage {
    page: Page,
    rows: Vec<BinRow>,
    explained: String,
}

struct BinRow {
    removed: store::Removed,
    day: String,
    at: String,
}

async fn show_bin(State(app): State<App>, page: Page) -> Result {
    let since = kept_since(Timestamp::now());
    let row = |removed: store::Removed| BinRow {
        day: page.date(&removed.day),
        at: page.time(&removed.removed_at),
        removed,
    };
    let rows = store::bin(&mut *app.db.read().await?, &since).await?.into_iter().map(row).collect();
    html(&BinPage { explained: page.t1("activities-bin-text", "days", BIN_DAYS), rows, page })
}
