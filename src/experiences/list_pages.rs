//! `/experiences`: searched and narrowed by area, skill and who told; the bin; and the line that
//! the search for members shows when experiences fit too.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::search::{self, Asked, PAGE};
use super::store::{self, Experience};
use crate::activities::Area;
use crate::app::App;
use crate::lists::{self, List};
use crate::members::{self, BIN_DAYS, kept_since};
use crate::text::{Filter, match_expression};
use crate::web::forms::{Choice, Field};
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

/// How many characters of an experience a list shows.
const EXCERPT: usize = 100;
/// How many titles are named where members were searched for.
const NAMED: i64 = 3;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldMeetings;
    routes.get("/experiences", may, list).get("/experiences/bin", may, show_bin).get(
        "/experiences/found",
        may,
        found,
    )
}

/// The list of what these words find.
fn url_of(q: &str) -> String {
    let query = ListQuery { q: q.to_owned(), ..ListQuery::default() };
    query.url(None)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct ListQuery {
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    area: String,
    /// `skills.id`.
    #[serde(skip_serializing_if = "String::is_empty")]
    skill: String,
    /// Who told it (`members.id`).
    #[serde(skip_serializing_if = "String::is_empty")]
    member: String,
    /// The last experience of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
}

impl ListQuery {
    fn url(&self, before: Option<i64>) -> String {
        let query = serde_html_form::to_string(Self { before, ..self.clone() }).unwrap_or_default();
        if query.is_empty() { "/experiences".to_owned() } else { format!("/experiences?{query}") }
    }

    fn is_narrowed(&self) -> bool {
        [&self.q, &self.area, &self.skill, &self.member].iter().any(|asked| !asked.is_empty())
    }
}

#[derive(Template)]
#[template(path = "experiences/list.html")]
struct ListPage {
    page: Page,
    q: Field,
    area: Field,
    skill: Field,
    /// Whose experiences are shown (`members.id`), with the name and the list without that.
    member: Option<(i64, String, String)>,
    narrowed: bool,
    rows: Vec<ListRow>,
    pager: Pager,
}

/// An experience in a list.
struct ListRow {
    experience: Experience,
    excerpt: String,
    areas: Vec<&'static str>,
    /// By whom it was told.
    tellers: String,
    written: String,
}

impl ListRow {
    fn of(page: &Page, experience: Experience) -> Self {
        let details = &experience.details;
        let mut excerpt: String = details.words.chars().take(EXCERPT).collect();
        if excerpt.len() < details.words.len() {
            excerpt.push('…');
        }
        let names: Vec<&str> = experience.tellers.iter().map(|who| who.name.as_str()).collect();
        Self {
            excerpt,
            areas: details.areas.iter().map(|area| page.t(area.key())).collect(),
            tellers: names.join(page.t("meetings-names-separator")),
            written: page.date(experience.created_at.get(..10).unwrap_or_default()),
            experience,
        }
    }
}

async fn list(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let filters: Vec<Filter> = query.skill.parse().ok().map(Filter::Skill).into_iter().collect();
    let expression = match_expression(&query.q, &filters, None);
    let asked = Asked {
        area: Area::from_name(&query.area),
        member: query.member.parse().ok(),
        before: query.before,
    };
    let mut found = search::list(&mut connection, &expression, asked, PAGE + 1).await?;
    let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.len() > shown;
    found.truncate(shown);
    let last = found.last().filter(|_| more).map(|experience| experience.id);
    let member = match asked.member {
        Some(id) => members::meant::live(&mut connection, &viewer.scope, 0, id).await?,
        None => None,
    };
    let without = ListQuery { member: String::new(), ..query.clone() }.url(None);
    let skills = lists::names(&mut connection, List::Skills).await?;
    let skills = skills.into_iter().map(|(id, name)| Choice {
        chosen: id.to_string() == query.skill,
        value: id.to_string(),
        label: name,
        count: String::new(),
    });
    let areas = Area::ALL.into_iter().map(|area| Choice {
        chosen: area.name() == query.area,
        value: area.name().to_owned(),
        label: page.t(area.key()).to_owned(),
        count: String::new(),
    });
    let any = || Choice { label: page.t("needs-any").to_owned(), ..Choice::default() };
    html(&ListPage {
        q: Field::new(&page, "q", "experiences-find").value(&query.q).kind("search", "off"),
        area: Field::new(&page, "area", "experiences-areas")
            .options(std::iter::once(any()).chain(areas).collect()),
        skill: Field::new(&page, "skill", "experiences-skills")
            .options(std::iter::once(any()).chain(skills).collect()),
        member: member.map(|member| (member.id, member.name, without)),
        narrowed: query.is_narrowed(),
        pager: Pager {
            first_url: if query.before.is_some() { query.url(None) } else { String::new() },
            next_url: if last.is_some() { query.url(last) } else { String::new() },
            ..Pager::default()
        },
        rows: found.into_iter().map(|experience| ListRow::of(&page, experience)).collect(),
        page,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FoundQuery {
    q: String,
}

#[derive(Template)]
#[template(path = "experiences/found.html")]
struct FoundPart {
    page: Page,
    count: i64,
    url: String,
    named: Vec<(i64, String)>,
}

/// What is put above the list of members that was searched; nothing where nothing fits.
async fn found(State(app): State<App>, page: Page, Query(query): Query<FoundQuery>) -> Result {
    let expression = match_expression(&query.q, &[], None);
    let mut connection = app.db.read().await?;
    let (count, named) = search::found(&mut connection, &expression, NAMED).await?;
    html(&FoundPart { url: url_of(&query.q), count, named, page })
}

#[derive(Template)]
#[template(path = "experiences/bin.html")]
struct BinPage {
    page: Page,
    rows: Vec<(store::Removed, String)>,
    explained: String,
}

async fn show_bin(State(app): State<App>, page: Page) -> Result {
    let since = kept_since(Timestamp::now());
    let removed = store::bin(&mut *app.db.read().await?, &since).await?;
    let row = |removed: store::Removed| {
        let at = page.time(&removed.removed_at);
        (removed, at)
    };
    let rows = removed.into_iter().map(row).collect();
    html(&BinPage { explained: page.t1("experiences-bin-text", "days", BIN_DAYS), rows, page })
}
