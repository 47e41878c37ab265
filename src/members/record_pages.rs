//! A member's record: seen, its history, put into the bin and brought back.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};

use super::register_pages::own;
use super::store::{Cause, Removed};
use super::{BIN_DAYS, EmployeeNumber, Home, MemberDetails, registry, store};
use crate::app::App;
use crate::committees;
use crate::db::{self, Connection};
use crate::web::{
    Difference, Error, Fact, Notice, Page, Permission, Result, Routes, Viewer, differing, html,
};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/members/bin", Permission::ChangeMembers, show_bin)
        .get("/members/{id}", Permission::ReadMembers, show)
        .get("/members/{id}/history", Permission::ReadMembers, show_history)
        .post("/members/{id}/remove", Permission::ChangeMembers, remove)
        .post("/members/{id}/restore", Permission::ChangeMembers, restore)
}

/// A record's fields in words, in the order of the form.
pub(super) async fn facts(
    connection: &mut Connection,
    page: &Page,
    details: &MemberDetails,
) -> db::Result<Vec<Fact>> {
    let branch = match details.branch {
        Some(id) => store::branch_name(connection, id).await?.unwrap_or_default(),
        None => String::new(),
    };
    let committee = committee_words(connection, details.home.committee()).await?;
    let home = match details.home {
        Home::Committee(_) => committee,
        Home::Unattached(_) => page.t("members-unattached").to_owned(),
        Home::Unsettled => page.t("members-unsettled").to_owned(),
    };
    let host = committee_words(connection, details.home.host()).await?;
    let standing = page.t(match (details.standing.agreed(), details.standing.phone()) {
        (false, _) => "members-standing-unknown",
        (true, false) => "members-standing-known",
        (true, true) => "members-standing-phone",
    });
    let skills = store::skill_names(connection, &details.skills).await?.join("、");
    let number = details.number.as_ref().map_or("", EmployeeNumber::as_str);
    let facts = [
        ("members-name", details.name.as_str().to_owned()),
        ("members-number", number.to_owned()),
        ("members-branch", branch),
        ("members-phone", details.phone.as_str().to_owned()),
        ("members-address", details.address.as_str().to_owned()),
        ("members-committee", home),
        ("members-host", host),
        ("members-skills", skills),
        ("members-agreed", standing.to_owned()),
    ];
    Ok(facts.into_iter().map(|(key, text)| Fact { label: page.t(key), text }).collect())
}

async fn committee_words(connection: &mut Connection, id: Option<i64>) -> db::Result<String> {
    let Some(id) = id else { return Ok(String::new()) };
    let line = committees::store::line(connection, id).await?;
    Ok(line.map_or_else(String::new, |line| {
        format!("{} · {} · {}", line.name, line.street, line.district)
    }))
}

/// What differs between two versions, in words.
pub(super) async fn differences(
    connection: &mut Connection,
    page: &Page,
    old: &MemberDetails,
    new: &MemberDetails,
) -> db::Result<Vec<Difference>> {
    let old = facts(connection, page, old).await?;
    let new = facts(connection, page, new).await?;
    Ok(differing(old, new))
}

#[derive(Template)]
#[template(path = "members/show.html")]
struct ShowPage {
    page: Page,
    id: i64,
    name: String,
    facts: Vec<Fact>,
    committee: Option<i64>,
    registered: String,
    changed: String,
    removed: String,
    can_restore: bool,
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let member = own(&mut connection, &viewer, id).await?;
    html(&ShowPage {
        id,
        name: member.details.name.as_str().to_owned(),
        facts: facts(&mut connection, &page, &member.details).await?,
        committee: member.details.home.committee().or(member.details.home.host()),
        registered: page.time(&member.created_at),
        changed: page.time(&member.updated_at),
        removed: member.removed_at.as_deref().map_or_else(String::new, |at| page.time(at)),
        can_restore: member.removed_at.as_deref().is_some_and(|at| at >= bin_since().as_str()),
        page,
    })
}

/// Since when what was removed can be brought back.
fn bin_since() -> String {
    db::timestamp(Timestamp::now() - SignedDuration::from_hours(24 * BIN_DAYS))
}

#[derive(Template)]
#[template(path = "members/history.html")]
struct HistoryPage {
    page: Page,
    id: i64,
    name: String,
    changes: Vec<Change>,
    registered: String,
}

struct Change {
    at: String,
    by: String,
    cause: &'static str,
    differences: Vec<Difference>,
}

async fn show_history(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
) -> Result {
    let mut connection = app.db.read().await?;
    let member = own(&mut connection, &viewer, id).await?;
    let mut after = member.details.clone();
    let mut changes = Vec::new();
    for past in store::history(&mut connection, id).await? {
        let before: MemberDetails = serde_json::from_str(&past.before).map_err(Error::internal)?;
        changes.push(Change {
            at: page.time(&past.at),
            by: past.by.unwrap_or_else(|| page.t("history-by-terminal").to_owned()),
            cause: page.t(Cause::key(&past.cause)),
            differences: differences(&mut connection, &page, &before, &after).await?,
        });
        after = before;
    }
    html(&HistoryPage {
        id,
        name: member.details.name.as_str().to_owned(),
        changes,
        registered: page.time(&member.created_at),
        page,
    })
}

async fn remove(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<Response> {
    let mut write = app.db.write().await?;
    let member = own(&mut write, &viewer, id).await?;
    let name = member.details.name.as_str();
    if member.removed_at.is_none() {
        registry::remove(&mut write, (&viewer).into(), &member).await?;
        write.commit().await?;
    }
    Ok(Notice::see_other(&format!("/members/{id}"), "notice-member-removed", name))
}

async fn restore(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<Response> {
    let mut write = app.db.write().await?;
    let member = own(&mut write, &viewer, id).await?;
    let name = member.details.name.as_str();
    let place = format!("/members/{id}");
    if member.removed_at.as_deref().is_none_or(|at| at < bin_since().as_str())
        || member.merged_into.is_some()
    {
        return Err(Error::Conflict);
    }
    if let Some(number) = &member.details.number
        && store::id_by_number(&mut write, number.as_str()).await?.is_some()
    {
        return Ok(Notice::see_other(&place, "notice-number-taken-warning", name));
    }
    registry::restore(&mut write, (&viewer).into(), &member).await?;
    write.commit().await?;
    Ok(Notice::see_other(&place, "notice-member-restored", name))
}

#[derive(Template)]
#[template(path = "members/bin.html")]
struct BinPage {
    page: Page,
    rows: Vec<BinRow>,
    explained: String,
}

struct BinRow {
    removed: Removed,
    at: String,
}

async fn show_bin(State(app): State<App>, page: Page, viewer: Viewer) -> Result {
    let removed = store::bin(&mut *app.db.read().await?, &bin_since()).await?;
    let rows = removed
        .into_iter()
        .filter(|removed| viewer.scope.covers(removed.branch_id))
        .map(|removed| BinRow { at: page.time(&removed.removed_at), removed })
        .collect();
    html(&BinPage { explained: page.t1("members-bin-text", "days", BIN_DAYS), rows, page })
}
