//! `/addresses/queue`: members whose committee nobody has settled, each with what the rules and the
//! addresses on record suggest, to be confirmed one by one or many at once.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::extract::State;
use axum_extra::extract::{Form, Query};
use serde::{Deserialize, Serialize};

use super::store;
use super::suggest::{self, Suggestions};
use super::try_pages::Offer;
use crate::app::App;
use crate::audit::Actor;
use crate::committees;
use crate::db::Connection;
use crate::members::search::{self, CountUpTo, Line, Order, PAGE};
use crate::members::store::Cause;
use crate::members::{Home, MemberDetails, registry};
use crate::text::{Address, Filter, match_expression};
use crate::web::paging::Pager;
use crate::web::{
    Notice, Page, Permission, Result, Routes, Viewer, already_answered, html, remember_answer,
    see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ChangeMembers;
    routes.get("/addresses/queue", may, show).post("/addresses/queue", may, settle)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct QueueQuery {
    /// The last key of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<i64>,
    /// Members (`members.id`) whose tick was taken away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    off: Vec<i64>,
}

impl QueueQuery {
    fn url(&self) -> String {
        let query = serde_html_form::to_string(self).unwrap_or_default();
        if query.is_empty() {
            "/addresses/queue".to_owned()
        } else {
            format!("/addresses/queue?{query}")
        }
    }
}

/// What a button or a tick says: this member (`members.id`), at this version of the record, lives
/// in this committee's area (`committees.id`), or where none is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Settlement {
    member: i64,
    version: i64,
    committee: Option<i64>,
}

impl Settlement {
    /// `12:3:4`, or `12:3:` for no committee.
    fn text(self) -> String {
        let committee = self.committee.map_or_else(String::new, |id| id.to_string());
        format!("{}:{}:{committee}", self.member, self.version)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let (member, version, committee) = (parts.next()?, parts.next()?, parts.next()?);
        let committee = if committee.is_empty() { None } else { Some(committee.parse().ok()?) };
        Some(Self { member: member.parse().ok()?, version: version.parse().ok()?, committee })
    }
}

#[derive(Template)]
#[template(path = "addresses/queue.html")]
struct QueuePage {
    page: Page,
    query: QueueQuery,
    rows: Vec<Row>,
    count: String,
    pager: Pager,
    /// Whether any row can be ticked.
    tickable: bool,
}

struct Row {
    id: i64,
    name: String,
    address: String,
    /// What the tick sends; empty where no rule decides.
    tick: String,
    ticked: bool,
    choices: Vec<Choice>,
    unattached: String,
}

struct Choice {
    offer: Offer,
    sends: String,
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<QueueQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let waiting = match_expression("", &[Filter::Unsettled], viewer.scope.branches());
    let found =
        search::lines(&mut connection, &waiting, Order::Name, query.after, PAGE + 1).await?;
    if found.is_empty() && query.after.is_some() {
        return Ok(see_other(&QueueQuery::default().url()));
    }
    let mut lines = found.read()?;
    let limit = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = lines.last().filter(|_| more).map(|line| line.sort_key);
    let count = search::count_matching(&mut connection, &waiting, CountUpTo::All).await?.number();
    let count = page.t1("addresses-waiting", "count", count);
    let url = |there: bool, after| {
        if there { QueueQuery { after, off: Vec::new() }.url() } else { String::new() }
    };
    let rows = rows(&mut connection, &page, &viewer, lines, &query.off).await?;
    html(&QueuePage {
        pager: Pager {
            first_url: url(query.after.is_some(), None),
            next_url: url(next.is_some(), next),
            shown: count.clone(),
            ..Pager::default()
        },
        tickable: rows.iter().any(|row| !row.tick.is_empty()),
        rows,
        count,
        query,
        page,
    })
}

async fn rows(
    connection: &mut Connection,
    page: &Page,
    viewer: &Viewer,
    lines: Vec<Line<'_>>,
    off: &[i64],
) -> Result<Vec<Row>> {
    let addresses: Vec<Address> =
        lines.iter().map(|line| Address::parse(line.address.as_str())).collect();
    let suggestions = suggest::suggest(connection, &viewer.scope, &addresses).await?;
    let ids: Vec<i64> = lines.iter().map(|line| line.id).collect();
    let versions: HashMap<i64, i64> =
        store::versions(connection, &ids).await?.into_iter().collect();
    let row = |(line, suggestions): (Line<'_>, Suggestions)| {
        let Suggestions { rules, likely } = suggestions;
        let version = versions.get(&line.id).copied().unwrap_or_default();
        let sends =
            |committee: Option<i64>| Settlement { member: line.id, version, committee }.text();
        let tick = match rules.winning.as_slice() {
            [rule] => sends(Some(rule.committee.id)),
            _ => String::new(),
        };
        let by_rule = rules.winning.iter().map(|rule| Offer::by_rule(page, rule));
        let likely = likely.into_iter().map(|likely| Offer::likely(page, likely));
        Row {
            ticked: rules.undisputed && !off.contains(&line.id),
            tick,
            choices: by_rule
                .chain(likely)
                .map(|offer| Choice { sends: sends(Some(offer.committee.id)), offer })
                .collect(),
            unattached: sends(None),
            id: line.id,
            name: line.name.as_str().to_owned(),
            address: line.address.as_str().to_owned(),
        }
    };
    Ok(lines.into_iter().zip(suggestions).map(row).collect())
}

/// The whole page is one form: a button settles one member, or all that are ticked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct QueueForm {
    form: String,
    after: Option<i64>,
    /// The button of one suggestion.
    one: String,
    /// The ticks.
    tick: Vec<String>,
    /// Every member shown, in order.
    shown: Vec<i64>,
    /// Those of them who could be ticked.
    offered: Vec<i64>,
}

impl QueueForm {
    /// Where to go on after one was settled: the next row, with the ticks as they were.
    fn next_row(&self, settled: i64) -> String {
        let ticked: HashSet<i64> = self
            .tick
            .iter()
            .filter_map(|tick| Settlement::parse(tick))
            .map(|settlement| settlement.member)
            .collect();
        let left_out = |id: &&i64| !ticked.contains(id) && **id != settled;
        let off = self.offered.iter().filter(left_out).copied().collect();
        let url = QueueQuery { after: self.after, off }.url();
        let next = self.shown.iter().skip_while(|id| **id != settled).nth(1);
        next.map_or(url.clone(), |next| format!("{url}#member-{next}"))
    }
}

async fn settle(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<QueueForm>,
) -> Result {
    let one = Settlement::parse(&form.one);
    let wanted: Vec<Settlement> = match one {
        Some(one) => vec![one],
        None => form.tick.iter().filter_map(|tick| Settlement::parse(tick)).collect(),
    };
    let back = match one {
        Some(one) => form.next_row(one.member),
        None => QueueQuery { after: form.after, off: Vec::new() }.url(),
    };
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (mut settled, mut skipped) = (Vec::new(), Vec::new());
    for settlement in wanted.iter().take(usize::try_from(PAGE).unwrap_or(usize::MAX)) {
        match settle_one(&mut write, &viewer, *settlement).await? {
            Settled::Done(name) => settled.push(name),
            Settled::ChangedSince(name) => skipped.push(name),
            Settled::NotTheirs => {}
        }
    }
    // What was skipped is said at the top of the page.
    let back = if skipped.is_empty() { back } else { without_row(back) };
    remember_answer(&mut write, &form.form, &back).await?;
    write.commit().await?;
    let names = skipped.join(page.t("addresses-and"));
    Ok(match (settled.as_slice(), skipped.is_empty()) {
        ([], true) => Notice::see_other(&back, "notice-none-ticked-warning", ""),
        ([], false) => Notice::see_other(&back, "notice-not-settled-warning", &names),
        (_, false) => Notice::see_other(&back, "notice-settled-partly-warning", &names),
        ([name], true) => Notice::see_other(&back, "notice-settled", name),
        (names, true) => {
            let count = page.number(&i64::try_from(names.len()).unwrap_or(i64::MAX));
            Notice::see_other(&back, "notice-settled-many", &count)
        }
    })
}

fn without_row(mut url: String) -> String {
    url.truncate(url.find('#').unwrap_or(url.len()));
    url
}

/// What became of a settlement.
enum Settled {
    /// The record says so now; the member's name.
    Done(String),
    /// The record was changed meanwhile, and stays as it is; the member's name.
    ChangedSince(String),
    /// There is no such member whom the viewer may change.
    NotTheirs,
}

async fn settle_one(
    connection: &mut Connection,
    viewer: &Viewer,
    settlement: Settlement,
) -> Result<Settled> {
    let member = crate::members::store::member(connection, settlement.member).await?;
    let Some(member) = member.filter(|member| viewer.scope.covers(member.details.branch)) else {
        return Ok(Settled::NotTheirs);
    };
    let name = member.details.name.as_str().to_owned();
    let home = match settlement.committee {
        None => Home::Unattached(None),
        Some(id) => match committees::store::in_use(connection, id).await? {
            Some(id) => Home::Committee(id),
            None => return Ok(Settled::ChangedSince(name)),
        },
    };
    let waits = member.removed_at.is_none() && member.details.home == Home::Unsettled;
    if !waits || member.version != settlement.version {
        return Ok(Settled::ChangedSince(name));
    }
    let details = MemberDetails { home, ..member.details.clone() };
    let actor = Actor::from(viewer);
    registry::change(connection, actor, &member, &details, Cause::Settled).await?;
    Ok(Settled::Done(name))
}
