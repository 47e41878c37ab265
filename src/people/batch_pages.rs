//! `/members/invitations`: staff invite all members of a search at once, on slips to be cut apart.
//! A later run prints only who was not invited yet.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;

use super::{registry, store};
use crate::accounts::links;
use crate::activities::today;
use crate::app::App;
use crate::db::{self, Connection};
use crate::letters::origin;
use crate::members::{self, EmployeeNumber, ListQuery, search};
use crate::web::{
    Notice, Page, Permission, Qr, Result, Routes, Viewer, already_answered, html, remember_answer,
    see_other,
};

/// How many slips one job prints at most; who is left comes with the next.
const AT_ONCE: usize = 400;
/// How many members are looked at in one step.
const STEP: i64 = 500;
/// How many slips a page holds.
const ON_A_PAGE: usize = 8;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ChangeMembers;
    routes.get("/members/invitations", may, ask).post("/members/invitations", may, print)
}

/// Whom of a search an invitation is for.
struct Wanted {
    /// The first of them (`members.id`), in the order of the phone book.
    members: Vec<i64>,
    /// How many of the search there are in all.
    found: usize,
    /// Whether there are more than one job prints.
    more: bool,
}

/// Those of a search who have no account yet; with `again`, also those whose link still opens.
async fn wanted(
    connection: &mut Connection,
    viewer: &Viewer,
    query: &ListQuery,
    again: bool,
) -> db::Result<Wanted> {
    let expression = query.expression(&viewer.scope);
    let mut wanted = Wanted { members: Vec::new(), found: 0, more: false };
    let mut after = None;
    loop {
        let order = search::Order::Name;
        let lines = search::lines(connection, &expression, order, after, STEP).await?;
        let Some(last) = lines.last_key() else { return Ok(wanted) };
        after = Some(last);
        wanted.found += lines.len();
        let ids: Vec<i64> = lines.read()?.iter().map(|line| line.id).collect();
        wanted.members.extend(store::not_invited(connection, &ids, again).await?);
        if wanted.members.len() > AT_ONCE {
            wanted.members.truncate(AT_ONCE);
            wanted.more = true;
            return Ok(wanted);
        }
    }
}

/// The search, and whether those who were invited lately are invited anew.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    again: String,
    form: String,
    /// The search, as the address of the list has it.
    search: String,
}

#[derive(Template)]
#[template(path = "people/invitations_ask.html")]
struct AskPage {
    page: Page,
    /// The list's address.
    list_url: String,
    search: String,
    words: Vec<String>,
    /// Whether those whose link still opens are counted too.
    again: bool,
    summary: String,
    ready: bool,
}

async fn ask(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
    Query(asked): Query<Asked>,
) -> Result {
    let query = ListQuery { sort: String::new(), after: None, before: None, ..query };
    let search = query.encoded();
    let mut connection = app.db.snapshot().await?;
    let wanted = wanted(&mut connection, &viewer, &query, !asked.again.is_empty()).await?;
    let arguments = [("slips", wanted.members.len().into()), ("found", wanted.found.into())];
    let summary = if wanted.members.is_empty() {
        page.t("people-invitations-none").to_owned()
    } else if wanted.more {
        page.language().text_with("people-invitations-first", &arguments[..1])
    } else {
        page.language().text_with("people-invitations-would", &arguments)
    };
    html(&AskPage {
        list_url: if search.is_empty() {
            "/members".to_owned()
        } else {
            format!("/members?{search}")
        },
        words: members::list_words(&mut connection, &page, &search).await?,
        again: !asked.again.is_empty(),
        summary,
        ready: !wanted.members.is_empty(),
        search,
        page,
    })
}

#[derive(Template)]
#[template(path = "people/invitations.html")]
struct SlipsPage {
    page: Page,
    back: String,
    leaves: Vec<Vec<Slip>>,
    until: String,
}

/// What a member is handed.
struct Slip {
    name: String,
    known_as: String,
    login: String,
    link: String,
    qr: Option<Qr>,
}

async fn print(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Result {
    let back = format!("/members/invitations?{}", asked.search);
    let mut write = app.db.write().await?;
    // The links are told once: sent twice, the form would make those on paper useless.
    if let Some(location) = already_answered(&mut write, &asked.form).await? {
        return Ok(Notice::see_other(&location, "notice-invitations-printed-warning", ""));
    }
    let query: ListQuery = serde_html_form::from_str(&asked.search).unwrap_or_default();
    let wanted = wanted(&mut write, &viewer, &query, !asked.again.is_empty()).await?;
    if wanted.members.is_empty() {
        return Ok(see_other(&back));
    }
    let origin = origin(&app, &headers);
    let (actor, lasts) = ((&viewer).into(), links::LASTS_ON_PAPER);
    let mut slips = Vec::with_capacity(wanted.members.len());
    for id in wanted.members {
        let Some(member) = members::store::member(&mut write, id).await? else { continue };
        let (login, path) = registry::invite(&mut write, actor, &member, lasts).await?;
        let link = format!("{origin}{path}");
        let branch = match member.details.branch {
            Some(id) => members::store::branch_name(&mut write, id).await?.unwrap_or_default(),
            None => String::new(),
        };
        let number = member.details.number.as_ref().map_or("", EmployeeNumber::as_str);
        let known_as: Vec<&str> =
            [number, branch.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
        slips.push(Slip {
            name: member.details.name.as_str().to_owned(),
            known_as: known_as.join(" · "),
            login,
            qr: Qr::of(&link),
            link,
        });
    }
    remember_answer(&mut write, &asked.form, &back).await?;
    write.commit().await?;
    let mut leaves = Vec::new();
    let mut slips = slips.into_iter().peekable();
    while slips.peek().is_some() {
        leaves.push(slips.by_ref().take(ON_A_PAGE).collect());
    }
    html(&SlipsPage {
        until: page.date(&today().saturating_add(lasts).to_string()),
        leaves,
        back,
        page,
    })
}
