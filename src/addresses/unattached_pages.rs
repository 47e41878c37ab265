//! `/addresses/unattached`: members who live where no committee is set up, each with committees near
//! them that could be their host, and with those that were set up where they live since.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use serde::{Deserialize, Serialize};

use super::store::Near;
use super::today;
use super::unattached::{self, Offered, Why};
use super::unattached_settle_pages::{Says, Settlement};
use super::unattached_store::{self as store, Asked, Unattached, Which};
use crate::app::App;
use crate::committees::{self, CommitteeLine};
use crate::db::Connection;
use crate::lists::{self, List};
use crate::web::forms::{Choice, Field};
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, Scope, Viewer, html, see_other};

/// How many members a page shows.
const PAGE: i64 = 50;
/// How far members are counted.
const COUNTED: i64 = 1000;
/// How far the desk counts for whom a committee may be set up.
const COUNTED_ON_DESK: i64 = 100;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ChangeMembers;
    routes.get("/addresses/unattached", may, show).get(
        "/addresses/unattached/waiting",
        may,
        waiting,
    )
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    /// 6 digits.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub district: String,
    /// `branches.id`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub branch: String,
    /// `no-host` or `movable`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub which: String,
    /// The last key of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<i64>,
}

impl ListQuery {
    pub(super) fn url(&self, after: Option<i64>) -> String {
        let query = serde_html_form::to_string(Self { after, ..self.clone() }).unwrap_or_default();
        match query.as_str() {
            "" => "/addresses/unattached".to_owned(),
            query => format!("/addresses/unattached?{query}"),
        }
    }

    fn asked(&self, scope: &Scope) -> Asked {
        let digits = |code: &String| code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
        Asked {
            scope: scope.branches().map(<[i64]>::to_vec),
            branch: self.branch.parse().ok(),
            district: Some(self.district.clone()).filter(digits),
            which: match self.which.as_str() {
                "no-host" => Which::NoHost,
                "movable" => Which::Movable,
                _ => Which::All,
            },
            today: today(),
        }
    }

    fn is_narrowed(&self) -> bool {
        [&self.district, &self.branch, &self.which].iter().any(|asked| !asked.is_empty())
    }
}

/// A committee that is offered, and what its button sends.
#[derive(Debug)]
pub struct Choose {
    /// The committee.
    pub committee: CommitteeLine,
    /// Why it is offered.
    pub why: String,
    /// What the button sends.
    pub sends: String,
}

/// That a committee may be set up where a member lives: on their record.
#[derive(Debug)]
pub struct SetUp {
    /// Which.
    pub homes: Vec<Choose>,
    /// What is sent when none of them is theirs; empty where an address rule says so, which is to
    /// be mended then.
    pub neither: String,
}

fn why(page: &Page, why: &Why) -> String {
    match why {
        Why::Rule(place) => page.t1("addresses-by-rule", "rule", place.as_str()),
        Why::New => page.t("unattached-new").to_owned(),
        Why::Near(Near::SameLane, members) => page.t1("addresses-same-lane", "count", *members),
        Why::Near(_, members) => page.t1("addresses-near", "count", *members),
        Why::Road(members) => page.t1("unattached-same-road", "count", *members),
        Why::Street => page.t("unattached-same-street").to_owned(),
    }
}

fn chooses(
    page: &Page,
    member: &Unattached,
    offered: &[Offered],
    says: impl Fn(i64) -> Says,
) -> Vec<Choose> {
    let choose = |offered: &Offered| Choose {
        committee: offered.committee.clone(),
        why: why(page, &offered.why),
        sends: Settlement {
            member: member.id,
            version: member.version,
            says: says(offered.committee.id),
        }
        .text(),
    };
    offered.iter().map(choose).collect()
}

fn set_up(page: &Page, member: &Unattached, homes: &[Offered]) -> SetUp {
    let by_rule = homes.iter().any(|home| matches!(home.why, Why::Rule(_)));
    let neither =
        Settlement { member: member.id, version: member.version, says: Says::Neither }.text();
    SetUp {
        neither: if by_rule || homes.is_empty() { String::new() } else { neither },
        homes: chooses(page, member, homes, Says::Home),
    }
}

/// What the record of a member says who lives where no committee is set up.
///
/// # Errors
/// When the database fails.
pub async fn of_member(
    connection: &mut Connection,
    page: &Page,
    scope: &Scope,
    member: i64,
) -> crate::db::Result<Option<SetUp>> {
    let Some(member) = store::one(connection, member).await? else { return Ok(None) };
    let offers = unattached::offers(connection, scope, std::slice::from_ref(&member)).await?;
    let homes = offers.first().map_or(&[][..], |offers| &offers.homes);
    Ok(Some(set_up(page, &member, homes)).filter(|set_up| !set_up.homes.is_empty()))
}

#[derive(Template)]
#[template(path = "addresses/unattached.html")]
struct ListPage {
    page: Page,
    query: ListQuery,
    district: Field,
    branch: Field,
    which: Field,
    narrowed: bool,
    rows: Vec<Row>,
    count: String,
    pager: Pager,
}

struct Row {
    member: Unattached,
    set_up: SetUp,
    hosts: Vec<Choose>,
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let asked = query.asked(&viewer.scope);
    let after = query.after.unwrap_or(i64::MIN);
    let mut members = store::list(&mut connection, &asked, after, PAGE + 1).await?;
    if members.is_empty() && query.after.is_some() {
        return Ok(see_other(&query.url(None)));
    }
    let limit = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = members.len() > limit;
    members.truncate(limit);
    let next = members.last().filter(|_| more).map(|member| member.sort_key);
    let count = store::count(&mut connection, &asked, COUNTED + 1).await?;
    let offers = unattached::offers(&mut connection, &viewer.scope, &members).await?;
    let row = |(member, offers): (Unattached, unattached::Offers)| Row {
        set_up: set_up(&page, &member, &offers.homes),
        hosts: chooses(&page, &member, &offers.hosts, Says::Host),
        member,
    };
    let districts = committees::area_store::districts(&mut connection).await?;
    let districts = districts.into_iter().map(|area| (area.code, area.name));
    let branches = lists::names(&mut connection, List::Branches).await?;
    let theirs = branches.into_iter().filter(|(id, _)| viewer.scope.covers(Some(*id)));
    let branches = theirs.map(|(id, name)| (id.to_string(), name));
    let which = ["no-host", "movable"]
        .into_iter()
        .zip([page.t("unattached-no-host"), page.t("unattached-movable")]);
    let which = which.map(|(value, label)| (value.to_owned(), label.to_owned()));
    html(&ListPage {
        rows: members.into_iter().zip(offers).map(row).collect(),
        count: if count > COUNTED {
            page.t1("unattached-count-more", "count", COUNTED)
        } else {
            page.t1("unattached-count", "count", count)
        },
        district: Field::new(&page, "district", "needs-district").options(choices(
            &page,
            districts,
            &query.district,
        )),
        branch: Field::new(&page, "branch", "members-branch").options(choices(
            &page,
            branches,
            &query.branch,
        )),
        which: Field::new(&page, "which", "unattached-which").options(choices(
            &page,
            which,
            &query.which,
        )),
        narrowed: query.is_narrowed(),
        pager: Pager {
            first_url: if query.after.is_some() { query.url(None) } else { String::new() },
            next_url: if next.is_some() { query.url(next) } else { String::new() },
            ..Pager::default()
        },
        query,
        page,
    })
}

fn choices(page: &Page, of: impl Iterator<Item = (String, String)>, chosen: &str) -> Vec<Choice> {
    let any = Choice { label: page.t("needs-any").to_owned(), ..Choice::default() };
    let choice = |(value, label): (String, String)| Choice {
        chosen: value == chosen,
        value,
        label,
        count: String::new(),
    };
    std::iter::once(any).chain(of.map(choice)).collect()
}

#[derive(Template)]
#[template(path = "addresses/unattached_waiting.html")]
struct WaitingPart {
    /// How many may have a committee by now, in words; empty for none.
    words: String,
}

/// What the desk is told once it is there: for how many members a committee may be set up by now.
async fn waiting(State(app): State<App>, page: Page, viewer: Viewer) -> Result {
    let query = ListQuery { which: "movable".to_owned(), ..ListQuery::default() };
    let asked = query.asked(&viewer.scope);
    let mut connection = app.db.read().await?;
    let count = store::count(&mut connection, &asked, COUNTED_ON_DESK).await?;
    let key =
        if count < COUNTED_ON_DESK { "unattached-waiting" } else { "unattached-waiting-more" };
    let words = if count == 0 { String::new() } else { page.t1(key, "count", count) };
    html(&WaitingPart { words })
}
