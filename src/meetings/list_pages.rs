//! `/meetings`: the list, narrowed by kind, days and who was there; and the bin.

use askama::Template;
use axum::extract::{Query, State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Kind;
use super::store::{self, Asked, Line};
use crate::activities::{HalfYear, halves, today};
use crate::app::App;
use crate::lang::Message;
use crate::members::{BIN_DAYS, entry, kept_since};
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

/// How many meetings a page shows.
const PAGE: usize = 50;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldMeetings;
    routes.get("/meetings", may, list).get("/meetings/bin", may, show_bin)
}

/// By what the list is narrowed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct ListQuery {
    #[serde(skip_serializing_if = "String::is_empty")]
    kind: String,
    /// Who was there.
    #[serde(skip_serializing_if = "String::is_empty")]
    who: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    who_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    who_pick: String,
    /// A half-year's code; days go before it.
    #[serde(skip_serializing_if = "String::is_empty")]
    half: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    to: String,
    /// The last meeting of the page before: its day and `id`.
    #[serde(skip_serializing_if = "String::is_empty")]
    after: String,
}

impl ListQuery {
    fn url(&self, after: &str) -> String {
        let query = Self { after: after.to_owned(), ..self.clone() };
        let query = serde_html_form::to_string(&query).unwrap_or_default();
        if query.is_empty() { "/meetings".to_owned() } else { format!("/meetings?{query}") }
    }

    /// Where the page begins.
    fn place(&self) -> Option<(&str, i64)> {
        let (day, id) = self.after.split_once('_')?;
        Some((day, id.parse().ok()?))
    }

    fn is_narrowed(&self) -> bool {
        [&self.kind, &self.who, &self.half, &self.from, &self.to]
            .iter()
            .any(|asked| !asked.is_empty())
    }

    /// What is asked for, but who was there.
    fn asked(&self) -> Asked {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let half = HalfYear::parse(&self.half);
        Asked {
            kind: Kind::from_name(&self.kind),
            member: None,
            from: some(&self.from).or_else(|| half.map(HalfYear::first_day)),
            to: some(&self.to).or_else(|| half.map(HalfYear::last_day)),
        }
    }
}

#[derive(Template)]
#[template(path = "meetings/list.html")]
struct ListPage {
    page: Page,
    kind: Field,
    who: Field,
    who_id: String,
    who_pick: Field,
    half: Field,
    from: Field,
    to: Field,
    errors: Vec<FieldError>,
    narrowed: bool,
    rows: Vec<ListRow>,
    pager: Pager,
}

/// A meeting in a line.
struct ListRow {
    line: Line,
    day: String,
    kind: &'static str,
    planned: bool,
    /// How many were there, or are expected.
    people: i64,
}

impl ListRow {
    fn of(page: &Page, line: Line) -> Self {
        let planned = line.day > today().to_string();
        Self {
            day: format!("{} {}", page.date(&line.day), line.begins).trim_end().to_owned(),
            kind: Kind::from_name(&line.kind).map_or("", |kind| page.t(kind.key())),
            people: if planned { line.present + line.expected } else { line.present },
            planned,
            line,
        }
    }
}

/// A choice among kinds, of which none is chosen at first.
fn kinds(page: &Page, chosen: &str) -> Vec<Choice> {
    let choice = |value: &str, label: &'static str| Choice {
        value: value.to_owned(),
        label: page.t(label).to_owned(),
        chosen: value == chosen,
        count: String::new(),
    };
    let any = choice("", "meetings-any-kind");
    let kinds = Kind::ALL.map(|kind| choice(kind.name(), kind.key()));
    std::iter::once(any).chain(kinds).collect()
}

async fn list(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(mut query): Query<ListQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let mut asked = query.asked();
    let chosen = [query.who_pick.as_str(), query.who_id.as_str()];
    let who = entry::one(&mut connection, &viewer.scope, &query.who, chosen, &mut candidates);
    asked.member = problems.check("who", who.await?).flatten();
    if let Some(id) = asked.member {
        // The next page means the same one.
        query.who_id = id.to_string();
        query.who_pick.clear();
        if let Some(member) =
            crate::members::meant::live(&mut connection, &viewer.scope, 0, id).await?
        {
            query.who = member.name;
        }
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
    html(&ListPage {
        kind: field("kind", "meetings-kind", "").options(kinds(&page, &query.kind)),
        who: field("who", "meetings-was-there", &query.who),
        who_id: query.who_id.clone(),
        who_pick: entry::pick(&page, "who_pick", &candidates),
        half: field("half", "activities-half", "").options(halves(&page, &query.half)),
        from: field("from", "audit-from", &query.from).kind("date", "off"),
        to: field("to", "audit-to", &query.to).kind("date", "off"),
        errors: problems.summary(&page),
        narrowed: query.is_narrowed(),
        pager: Pager {
            first_url: if query.after.is_empty() { String::new() } else { query.url("") },
            next_url: last.filter(|_| more).map_or_else(String::new, |last| query.url(&last)),
            ..Pager::default()
        },
        rows: lines.into_iter().map(|line| ListRow::of(&page, line)).collect(),
        page,
    })
}

#[derive(Template)]
#[template(path = "meetings/bin.html")]
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
    html(&BinPage { explained: page.t1("meetings-bin-text", "days", BIN_DAYS), rows, page })
}
