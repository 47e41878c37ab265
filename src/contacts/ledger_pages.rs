//! `/letters/ledger`: the liaison ledger on a page, to print, and as a file.

use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum_extra::extract::Query;
use serde::{Deserialize, Serialize};

use super::Kind;
use super::ledger::{self, Line, Which};
use crate::app::App;
use crate::committees::{self, CommitteeLine};
use crate::db::Connection;
use crate::letters::{self, Way, days_since, today};
use crate::sheets::{csv_row, csv_start};
use crate::web::forms::{Choice, Field};
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, Viewer, file, html};

/// How many lines a page shows.
const PAGE: usize = 100;
/// How many lines a file holds at most.
const MOST: i64 = 100_000;
/// Where the ledger is.
const LEDGER: &str = "/letters/ledger";

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes.get(LEDGER, may, show).get("/letters/ledger.csv", may, csv)
}

/// Which lines: the address of the list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct LedgerQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    committee: Option<i64>,
    #[serde(skip_serializing_if = "String::is_empty")]
    district: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    kind: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    year: String,
    /// `yes`: only what waits.
    #[serde(skip_serializing_if = "String::is_empty")]
    open: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

impl LedgerQuery {
    fn which(&self, viewer: &Viewer) -> Which {
        Which {
            branches: letters::seen(&viewer.scope),
            committee: self.committee,
            area: self.district.clone(),
            kind: self.kind.clone(),
            year: self.year.clone(),
            open: self.open == "yes",
            today: today().to_string(),
            after: self.after.clone(),
        }
    }

    fn url(&self, path: &str) -> String {
        let query = serde_html_form::to_string(self).unwrap_or_default();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

/// A line in words.
struct Row {
    day: String,
    what: String,
    url: String,
    committee_id: Option<i64>,
    committee: String,
    street: String,
    member: Option<(i64, String)>,
    /// What happened, each with its day.
    happened: Vec<String>,
    promised: String,
    came: String,
    /// For how long whose step is waited for; empty: for none.
    waits: String,
}

#[derive(Template)]
#[template(path = "contacts/ledger.html")]
struct LedgerPage {
    page: Page,
    query: LedgerQuery,
    committee: Option<CommitteeLine>,
    filters: Vec<Field>,
    all: String,
    open: String,
    longest: String,
    rows: Vec<Row>,
    pager: Pager,
}

impl LedgerPage {
    fn is_narrowed(&self) -> bool {
        let LedgerQuery { committee, district, kind, year, .. } = &self.query;
        committee.is_some() || !(district.is_empty() && kind.is_empty() && year.is_empty())
    }

    fn tab(&self, open: &str) -> String {
        let tab = LedgerQuery { open: open.to_owned(), after: None, ..self.query.clone() };
        tab.url(LEDGER)
    }

    fn file_url(&self) -> String {
        LedgerQuery { after: None, ..self.query.clone() }.url("/letters/ledger.csv")
    }
}

fn row(page: &Page, line: Line) -> Row {
    let letter = line.kind == "letter";
    Row {
        day: page.date(&line.day),
        happened: if letter { steps(page, &line) } else { said(&line) },
        came: came(page, &line),
        waits: line.since.as_deref().map_or_else(String::new, |since| {
            let key = match line.state.as_str() {
                "issued" => "ledger-waits-send",
                "sent" => "ledger-waits-reply",
                "answered" => "ledger-waits-work",
                _ if line.due.is_some() => "ledger-waits-due",
                _ => "ledger-waits-promise",
            };
            page.t1(key, "days", days_since(since))
        }),
        url: if letter {
            format!("/letters/{}", line.id)
        } else {
            format!("/letters/contacts/{}", line.id)
        },
        what: match Kind::from_name(&line.kind) {
            Some(kind) => page.t(kind.key()).to_owned(),
            None => line.reference,
        },
        promised: match line.due {
            Some(due) if !line.promised.is_empty() => {
                format!("{} ({} {})", line.promised, page.t("contacts-due"), page.date(&due))
            }
            _ => line.promised,
        },
        member: line.member_id.map(|id| (id, line.member)),
        committee_id: line.committee_id,
        committee: line.committee,
        street: line.street,
    }
}

/// What was said on a contact, with whom.
fn said(line: &Line) -> Vec<String> {
    [&line.person, &line.words].into_iter().filter(|text| !text.is_empty()).cloned().collect()
}

/// What a letter went through.
fn steps(page: &Page, line: &Line) -> Vec<String> {
    let mut steps = Vec::new();
    let mut add = |day: &Option<String>, what: String| {
        if let Some(day) = day {
            steps.push(format!("{what} {}", page.date(day)));
        }
    };
    let way = line.sent_way.as_deref().and_then(Way::from_name);
    add(
        &line.sent_on,
        page.t1("letters-past-sent", "way", way.map_or("", |way| page.t(way.key()))),
    );
    let name = |name: &str| {
        if name.is_empty() { page.t("letters-somebody").to_owned() } else { name.to_owned() }
    };
    let by = name(&line.received_by);
    add(&line.received_on, page.t1("letters-past-received", "name", by));
    add(&line.reminded_on, page.t("letters-past-reminded").to_owned());
    let by = name(&line.answered_by);
    add(&line.answered_on, page.t1("letters-past-answered", "name", by));
    add(&line.withdrawn_on, page.t("letters-past-withdrawn").to_owned());
    steps
}

/// What came of it.
fn came(page: &Page, line: &Line) -> String {
    if let Some(day) = &line.outcome_on {
        return format!("{} {}", line.outcome, page.date(day));
    }
    let figures = [
        ("ledger-needs", line.needs),
        ("ledger-offers", line.offers),
        ("ledger-activities", line.activities),
    ];
    let figures = figures.into_iter().filter(|(_, count)| *count > 0);
    let figures: Vec<String> = figures.map(|(key, count)| page.t1(key, "count", count)).collect();
    figures.join(page.t("ledger-and"))
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<LedgerQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let which = query.which(&viewer);
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut lines = ledger::lines(&mut connection, &which, limit).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let next = lines.last().filter(|_| more).map(|line| line.key.clone());
    let url = |after: Option<String>| LedgerQuery { after, ..query.clone() }.url(LEDGER);
    let (all, open, longest) = ledger::counts(&mut connection, &which).await?;
    html(&LedgerPage {
        committee: match query.committee {
            Some(id) => committees::store::line(&mut connection, id).await?,
            None => None,
        },
        filters: filters(&mut connection, &page, &query).await?,
        all: page.number(&all),
        open: page.number(&open),
        longest: longest
            .as_deref()
            .map(days_since)
            .filter(|days| *days > 0)
            .map_or_else(String::new, |days| page.t1("letters-longest", "days", days)),
        pager: Pager {
            first_url: if query.after.is_some() { url(None) } else { String::new() },
            next_url: next.map_or_else(String::new, |next| url(Some(next))),
            ..Pager::default()
        },
        rows: lines.into_iter().map(|line| row(&page, line)).collect(),
        query,
        page,
    })
}

async fn filters(
    connection: &mut Connection,
    page: &Page,
    query: &LedgerQuery,
) -> Result<Vec<Field>> {
    let choice = |value: String, label: String, chosen: &str| Choice {
        chosen: value == chosen,
        value,
        label,
        count: String::new(),
    };
    let any =
        |key: &'static str, chosen: &str| choice(String::new(), page.t(key).to_owned(), chosen);
    let mut kinds = vec![any("ledger-any-kind", &query.kind)];
    let letter = [("letter", "letters-title")].into_iter();
    for (name, key) in letter.chain(Kind::ALL.iter().map(|kind| (kind.name(), kind.key()))) {
        kinds.push(choice(name.to_owned(), page.t(key).to_owned(), &query.kind));
    }
    let mut years = vec![any("letters-any-year", &query.year)];
    for year in ledger::years(connection).await? {
        years.push(choice(year.clone(), year, &query.year));
    }
    let mut fields = vec![
        Field::new(page, "kind", "contacts-kind").options(kinds),
        Field::new(page, "year", "letters-year").options(years),
    ];
    if query.committee.is_none() {
        let mut districts = vec![any("committees-all-districts", &query.district)];
        for area in committees::area_store::districts(connection).await? {
            districts.push(choice(area.code, area.name, &query.district));
        }
        fields.push(Field::new(page, "district", "committees-district").options(districts));
    }
    Ok(fields)
}

async fn csv(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<LedgerQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let lines = ledger::lines(&mut connection, &query.which(&viewer), MOST).await?;
    let headers = [
        "contacts-day",
        "contacts-kind",
        "members-committee",
        "committees-street",
        "contacts-member",
        "ledger-happened",
        "contacts-promised",
        "contacts-outcome",
        "ledger-waits",
    ];
    let mut out = csv_start(headers.map(|key| page.t(key)));
    for line in lines {
        let row = row(&page, line);
        let (member, happened) =
            (row.member.map_or_else(String::new, |(_, name)| name), row.happened.join("; "));
        let cells = [
            &row.day,
            &row.what,
            &row.committee,
            &row.street,
            &member,
            &happened,
            &row.promised,
            &row.came,
            &row.waits,
        ];
        csv_row(&mut out, cells.map(String::as_str));
    }
    let name = format!("{}.csv", page.t("ledger-title"));
    Ok(file(Body::from(out), &name, "text/csv; charset=utf-8"))
}
