//! `/needs/list`: all needs, searched and narrowed. The query is the URL.

use askama::Template;
use axum::extract::State as From;
use axum_extra::extract::Query;
use serde::{Deserialize, Serialize};

use super::form::choices;
use super::search::{self, PAGE};
use super::store::NeedLine;
use super::{Area, State, Times};
use crate::activities::{HalfYear, halves};
use crate::addresses::today;
use crate::app::App;
use crate::committees;
use crate::lists::{self, List};
use crate::text::{Filter, match_expression};
use crate::web::forms::{Choice, Field};
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/needs/list", Permission::ServeNeeds, list)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct ListQuery {
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    area: String,
    /// 6 digits.
    #[serde(skip_serializing_if = "String::is_empty")]
    district: String,
    /// `skills.id`.
    #[serde(skip_serializing_if = "String::is_empty")]
    skill: String,
    /// `committees.id`.
    #[serde(skip_serializing_if = "String::is_empty")]
    committee: String,
    /// The half-year in which it was entered, by its code.
    #[serde(skip_serializing_if = "String::is_empty")]
    half: String,
    /// The last need of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
}

impl ListQuery {
    fn url(&self, before: Option<i64>) -> String {
        let query = serde_html_form::to_string(Self { before, ..self.clone() }).unwrap_or_default();
        if query.is_empty() { "/needs/list".to_owned() } else { format!("/needs/list?{query}") }
    }

    fn filters(&self) -> Vec<Filter> {
        let mut filters = Vec::new();
        filters.extend(self.skill.parse().ok().map(Filter::Skill));
        filters.extend(self.committee.parse().ok().map(Filter::Committee));
        if self.district.len() == 6 && self.district.bytes().all(|b| b.is_ascii_digit()) {
            filters.push(Filter::District(self.district.clone()));
        }
        filters
    }
}

/// A need in a line of a list, in words.
pub(crate) struct Row {
    pub line: NeedLine,
    pub area: &'static str,
    pub state: &'static str,
    /// When help is wanted, in words.
    pub when: String,
    /// Its last day, in words.
    pub until: String,
    /// Whether nobody helped and its last day has passed.
    pub overdue: bool,
}

impl Row {
    pub(super) fn of(page: &Page, line: NeedLine, today: &str) -> Self {
        let area = Area::from_name(&line.area).map_or("", |area| page.t(area.key()));
        let state = State::from_name(&line.state);
        let live = state.is_some_and(|state| !state.has_ended());
        Self {
            area,
            state: state.map_or("", |state| page.t(state.key())),
            when: Times::from_bits(line.times).words(page),
            until: line.until.as_deref().map_or_else(String::new, |day| page.date(day)),
            overdue: live && line.until.as_deref().is_some_and(|day| day < today),
            line,
        }
    }
}

#[derive(Template)]
#[template(path = "needs/list.html")]
struct ListPage {
    page: Page,
    q: Field,
    state: Field,
    area: Field,
    district: Field,
    skill: Field,
    half: Field,
    /// Whose needs are shown, and the list without that.
    committee: Option<(String, String)>,
    rows: Vec<Row>,
    pager: Pager,
}

async fn list(From(app): From<App>, page: Page, Query(query): Query<ListQuery>) -> Result {
    let mut connection = app.db.snapshot().await?;
    let expression = match_expression(&query.q, &query.filters(), None);
    let half = HalfYear::parse(&query.half);
    let narrowed = (State::from_name(&query.state), Area::from_name(&query.area), half);
    let (before, limit) = (query.before, PAGE + 1);
    let lines = search::lines(&mut connection, &expression, narrowed, before, limit).await?;
    let today = today();
    let mut rows: Vec<Row> = lines.into_iter().map(|line| Row::of(&page, line, &today)).collect();
    let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > shown;
    rows.truncate(shown);
    let last = rows.last().filter(|_| more).map(|row| row.line.id);
    let committee = match query.committee.parse() {
        Ok(id) => committees::store::line(&mut connection, id).await?,
        Err(_) => None,
    };
    let without = ListQuery { committee: String::new(), ..query.clone() }.url(None);
    let districts = committees::area_store::districts(&mut connection).await?;
    let districts = districts.into_iter().map(|area| (area.code, area.name));
    let skills = lists::names(&mut connection, List::Skills).await?;
    let skills = skills.into_iter().map(|(id, name)| (id.to_string(), name));
    let states = State::ALL.iter().map(|state| (state.name(), state.key()));
    let areas = Area::ALL.iter().map(|area| (area.name(), area.key()));
    let select = |name: &str, label: &'static str, options: Vec<Choice>| {
        let any = Choice { label: page.t("needs-any").to_owned(), ..Choice::default() };
        Field::new(&page, name, label).options(std::iter::once(any).chain(options).collect())
    };
    html(&ListPage {
        q: Field::new(&page, "q", "needs-find").value(&query.q).kind("search", "off"),
        state: select("state", "needs-state", choices(&page, states, &query.state)),
        area: select("area", "needs-area", choices(&page, areas, &query.area)),
        district: select("district", "needs-district", named(districts, &query.district)),
        skill: select("skill", "needs-skill", named(skills, &query.skill)),
        half: Field::new(&page, "half", "reports-asked-in").options(halves(&page, &query.half)),
        committee: committee.map(|line| (line.name, without)),
        pager: Pager {
            first_url: if query.before.is_some() { query.url(None) } else { String::new() },
            next_url: if last.is_some() { query.url(last) } else { String::new() },
            ..Pager::default()
        },
        rows,
        page,
    })
}

fn named(of: impl Iterator<Item = (String, String)>, chosen: &str) -> Vec<Choice> {
    of.map(|(value, label)| Choice { chosen: value == chosen, value, label, count: String::new() })
        .collect()
}
