//! `/members`: search and list. The query is the URL, so it can be bookmarked and exported.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use serde::{Deserialize, Serialize};

use super::search::{self, Count, Line, Names, Order, PAGE, Place, Shown};
use crate::app::App;
use crate::db::{self, Connection};
use crate::text::{Filter, MatchExpression, match_expression};
use crate::web::forms::Choice;
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, Scope, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/members", Permission::ReadMembers, list)
}

/// What a list is asked for, as the URL has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// The words in the search box.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// `committees.id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committee: Option<i64>,
    /// 6 digits.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub district: String,
    /// 9 digits.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub street: String,
    /// `branches.id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<i64>,
    /// `skills.id`; all of them must be had.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skill: Vec<i64>,
    /// Any value: without a home committee.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unattached: String,
    /// Any value: with an address that a clerk still has to settle.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unsettled: String,
    /// `newest`, or by name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sort: String,
    /// The last key of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<i64>,
    /// The first key of the page behind; goes before `after`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
}

impl ListQuery {
    /// The properties asked for.
    pub fn filters(&self) -> Vec<Filter> {
        let code = |text: &String, digits: usize| {
            Some(text.clone())
                .filter(|code| code.len() == digits && code.bytes().all(|b| b.is_ascii_digit()))
        };
        let mut filters: Vec<Filter> = self.skill.iter().map(|id| Filter::Skill(*id)).collect();
        filters.extend(self.committee.map(Filter::Committee));
        filters.extend(code(&self.district, 6).map(Filter::District));
        filters.extend(code(&self.street, 9).map(Filter::Street));
        filters.extend(self.branch.map(Filter::Branch));
        if !self.unattached.is_empty() {
            filters.push(Filter::Unattached);
        }
        if !self.unsettled.is_empty() {
            filters.push(Filter::Unsettled);
        }
        filters
    }

    /// Whether a committee, area, branch or skill is asked for.
    fn is_narrowed(&self) -> bool {
        let areas = self.district.len() + self.street.len();
        self.committee.is_some() || self.branch.is_some() || areas + self.skill.len() > 0
    }

    /// What the index is asked, within what the viewer may see.
    pub fn expression(&self, scope: &Scope) -> MatchExpression {
        match_expression(&self.q, &self.filters(), scope.branches())
    }

    /// The order asked for.
    pub fn order(&self) -> Order {
        if self.sort == "newest" { Order::Newest } else { Order::Name }
    }

    /// The place in the list.
    fn place(&self) -> Place {
        match (self.before, self.after) {
            (Some(before), _) => Place::Before(before),
            (None, Some(after)) => Place::After(after),
            (None, None) => Place::First,
        }
    }

    /// The query string.
    pub fn encoded(&self) -> String {
        serde_html_form::to_string(self).unwrap_or_default()
    }

    /// The address of this list.
    pub(super) fn url(&self) -> String {
        let query = self.encoded();
        if query.is_empty() { "/members".to_owned() } else { format!("/members?{query}") }
    }

    /// The same list from its start.
    pub(super) fn first_page(&self) -> Self {
        Self { after: None, before: None, ..self.clone() }
    }
}

#[derive(Template)]
#[template(path = "members/list.html")]
struct ListPage<'a> {
    page: Page,
    query: ListQuery,
    chosen: Vec<Choice>,
    lines: Vec<Line<'a>>,
    count: String,
    pager: Pager,
    newest_url: String,
    name_url: String,
    export_url: String,
    facets_url: String,
    invitations_url: String,
    everything: bool,
    /// What was typed, as a query string; empty when nothing was.
    typed: String,
}

async fn list(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
) -> Result {
    let expression = query.expression(&viewer.scope);
    let mut connection = app.db.read().await?;
    let first = query.first_page();
    let chosen = chosen(&mut connection, &page, &first).await?;
    let Shown { lines, count, earlier } =
        search::shown(&mut connection, &app.postings, &expression, query.order(), query.place())
            .await?;
    drop(connection);
    let mut lines = lines.read()?;
    let later = cut(&mut lines, &query, earlier);
    let count = count_words(&page, count);
    let key = |line: &Line<'_>| match query.order() {
        Order::Name => line.sort_key,
        Order::Newest => line.id,
    };
    let url_or_empty =
        |there: bool, query: ListQuery| if there { query.url() } else { String::new() };
    let (before, after) = (lines.first().map(key), lines.last().map(key));
    let pager = Pager {
        first_url: url_or_empty(earlier, first.clone()),
        previous_url: url_or_empty(earlier, ListQuery { before, ..first.clone() }),
        next_url: url_or_empty(later, ListQuery { after, ..first.clone() }),
        shown: count.clone(),
    };
    let with_query = |path: &str| {
        let encoded = first.encoded();
        if encoded.is_empty() { path.to_owned() } else { format!("{path}?{encoded}") }
    };
    html(&ListPage {
        chosen,
        lines,
        count,
        pager,
        newest_url: ListQuery { sort: "newest".to_owned(), ..first.clone() }.url(),
        name_url: ListQuery { sort: String::new(), ..first.clone() }.url(),
        export_url: with_query("/members/export"),
        facets_url: with_query("/members/facets"),
        invitations_url: with_query("/members/invitations"),
        everything: expression == MatchExpression::All,
        typed: typed(&query.q),
        query,
        page,
    })
}

/// What was typed, as a query string; empty when nothing was.
fn typed(q: &str) -> String {
    if q.trim().is_empty() {
        return String::new();
    }
    let typed = ListQuery { q: q.to_owned(), ..ListQuery::default() };
    typed.encoded()
}

/// A page full of lines.
const FULL: usize = PAGE as usize;

/// Takes the line away that only tells of more; whether there is a page after this one.
fn cut(lines: &mut Vec<Line<'_>>, query: &ListQuery, earlier: bool) -> bool {
    if query.before.is_some() && earlier {
        lines.remove(0);
        return true;
    }
    let later = lines.len() > FULL;
    lines.truncate(FULL);
    later
}

fn count_words(page: &Page, count: Count) -> String {
    match count {
        Count::Exactly(number) => page.t1("members-count", "count", number),
        Count::MoreThan(number) => page.t1("members-count-more", "count", number),
    }
}

/// What a list was narrowed to, in words, from the query that its address had.
///
/// # Errors
/// When the database fails.
pub async fn list_words(
    connection: &mut Connection,
    page: &Page,
    query: &str,
) -> db::Result<Vec<String>> {
    let Ok(query) = serde_html_form::from_str::<ListQuery>(query) else { return Ok(Vec::new()) };
    let mut words = Vec::new();
    if !query.q.is_empty() {
        words.push(page.t1("members-searched", "words", query.q.as_str()));
    }
    words.extend(chosen(connection, page, &query).await?.into_iter().map(|choice| choice.label));
    Ok(words)
}

/// The properties that narrow the list, each with the address of the list without it.
async fn chosen(
    connection: &mut Connection,
    page: &Page,
    query: &ListQuery,
) -> db::Result<Vec<Choice>> {
    let mut chosen = Vec::new();
    let mut add = |label: Option<String>, without: ListQuery| {
        if let Some(label) = label {
            chosen.push(Choice { value: without.url(), label, chosen: true, count: String::new() });
        }
    };
    if query.is_narrowed() {
        let Names { committee, district, street, branch, mut skills } =
            search::names(connection, query).await?;
        add(committee, ListQuery { committee: None, ..query.clone() });
        add(district, ListQuery { district: String::new(), ..query.clone() });
        add(street, ListQuery { street: String::new(), ..query.clone() });
        add(branch, ListQuery { branch: None, ..query.clone() });
        for id in &query.skill {
            let others = query.skill.iter().copied().filter(|other| other != id).collect();
            add(skills.remove(id), ListQuery { skill: others, ..query.clone() });
        }
    }
    if !query.unattached.is_empty() {
        let name = page.t("members-without-committee").to_owned();
        add(Some(name), ListQuery { unattached: String::new(), ..query.clone() });
    }
    if !query.unsettled.is_empty() {
        let name = page.t("members-unsettled").to_owned();
        add(Some(name), ListQuery { unsettled: String::new(), ..query.clone() });
    }
    Ok(chosen)
}
