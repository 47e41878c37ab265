//! `/members/registrations`: what members filled in and nobody has looked at yet.

use askama::Template;
use axum::extract::{Path, State};
use serde_json::json;

use super::store::{self, Link, Waiting};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::{self, Connection};
use crate::lists::{self, List};
use crate::members::duplicates;
use crate::members::{
    self, EmployeeNumber, Home, HomeAddress, MemberDetails, Name, Phone, Standing,
};
use crate::web::forms::{Choice, Field};
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html};

const LIST: &str = "/members/registrations";

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ChangeMembers;
    routes.get(LIST, may, show).post("/members/registrations/{id}/decline", may, decline)
}

#[derive(Template)]
#[template(path = "registrations/work.html")]
struct WorkPage {
    page: Page,
    rows: Vec<Row>,
    branch: Field,
    /// Each with until when it opens, and how many forms came by it.
    links: Vec<(Link, String, String)>,
}

struct Row {
    waiting: Waiting,
    at: String,
    /// Records that are probably of the same person: `members.id` and name.
    there: Vec<(i64, String)>,
}

/// The record that this would make, to be compared with others.
fn details(waiting: &Waiting) -> Option<MemberDetails> {
    let filled = &waiting.filled;
    Some(MemberDetails {
        number: EmployeeNumber::parse(&filled.number).ok()?,
        name: Name::parse(&filled.name).ok()?,
        branch: Some(waiting.branch_id),
        phone: Phone::parse(&filled.phone).ok()?,
        address: HomeAddress::parse(&filled.address).ok()?,
        home: Home::Unsettled,
        skills: Vec::new(),
        standing: Standing::Unknown,
    })
}

async fn there(
    connection: &mut Connection,
    viewer: &Viewer,
    waiting: &Waiting,
) -> db::Result<Vec<(i64, String)>> {
    let Some(details) = details(waiting) else { return Ok(Vec::new()) };
    let mut there = Vec::new();
    if let Some(number) = &details.number
        && let Some(id) = members::store::id_by_number(connection, number.as_str()).await?
        && let Some(member) = members::store::member(connection, id).await?
        && viewer.scope.covers(member.details.branch)
    {
        there.push((id, member.details.name.as_str().to_owned()));
    }
    for alike in duplicates::seen_alike(connection, &details, 0, &viewer.scope).await? {
        if alike.id > 0 && there.iter().all(|(id, _)| *id != alike.id) {
            there.push((alike.id, alike.name));
        }
    }
    Ok(there)
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer) -> Result {
    let mut connection = app.db.snapshot().await?;
    let branches = viewer.scope.branches().map(|branches| json!(branches).to_string());
    let mut rows = Vec::new();
    for waiting in store::waiting(&mut connection, branches).await? {
        let there = there(&mut connection, &viewer, &waiting).await?;
        rows.push(Row { at: page.time(&waiting.at), there, waiting });
    }
    let mut choices = Vec::new();
    for (id, label) in lists::names(&mut connection, List::Branches).await? {
        if viewer.scope.covers(Some(id)) {
            let chosen = choices.is_empty();
            choices.push(Choice { value: id.to_string(), label, chosen, count: String::new() });
        }
    }
    let links = store::links(&mut connection).await?;
    let links = links.into_iter().filter(|link| viewer.scope.covers(Some(link.branch_id)));
    html(&WorkPage {
        rows,
        branch: Field::new(&page, "branch", "members-branch").options(choices),
        links: links
            .map(|link| {
                let sent = page.t1("registrations-sent", "count", link.sent);
                (link.clone(), page.time(&link.expires_at), sent)
            })
            .collect(),
        page,
    })
}

async fn decline(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let waiting = store::one_waiting(&mut write, id).await?.ok_or(Error::NotFound)?;
    viewer.must_cover(Some(waiting.branch_id))?;
    let actor = (&viewer).into();
    if store::settle(&mut write, actor, id, "declined").await? {
        let (action, detail) = (Action::RegistrationDeclined, json!({ "registration": id }));
        audit::record(&mut write, actor, action, Record::None, detail).await?;
    }
    write.commit().await?;
    Ok(Notice::see_other(LIST, "notice-registration-declined", &waiting.filled.name))
}
