//! A member's record: seen, with its history; and standing to be known withdrawn.

use askama::Template;
use axum::extract::{Path, State};
use jiff::Timestamp;

use super::duplicates::{self, Alike};
use super::merging::{self, Merged};
use super::register_pages::own;
use super::store::Cause;
use super::{EmployeeNumber, Home, MemberDetails, Standing, kept_since, registry, store};
use crate::addresses::{self, SetUp};
use crate::app::App;
use crate::checkins;
use crate::commendations;
use crate::committees::{self, CommitteeLine};
use crate::contacts::{self, store::Contact};
use crate::db::{self, Connection};
use crate::people;
use crate::provisions::{self, Passed};
use crate::web::{
    Difference, Error, Fact, Notice, Page, Permission, Result, Routes, Viewer, differing, html,
};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/members/{id}", Permission::ReadMembers, show)
        .get("/members/{id}/history", Permission::ReadMembers, show_history)
        .post("/members/{id}/withdraw", Permission::ChangeMembers, withdraw)
}

/// A record's fields in words, in the order of the form.
pub(super) async fn facts(
    connection: &mut Connection,
    page: &Page,
    details: &MemberDetails,
) -> db::Result<[Fact; 9]> {
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
    Ok(facts.map(|(key, text)| Fact { label: page.t(key), text }))
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
    details: MemberDetails,
    number: String,
    branch: String,
    committee: Option<CommitteeLine>,
    host: Option<CommitteeLine>,
    skills: Vec<(i64, String)>,
    registered: String,
    changed: String,
    /// When it was put into the bin; empty for a live record.
    removed: String,
    can_restore: bool,
    /// What was merged into it and can be taken back.
    merged: Vec<Merged>,
    alike: Vec<Alike>,
    passed_on: Vec<Passed>,
    /// In which calls they were nominated, and what became of it.
    commended: Vec<commendations::Own>,
    /// When they asked for work, and what they got.
    asked: Vec<Contact>,
    /// That a committee may be set up by now where they live.
    set_up: Option<SetUp>,
    checkin: Option<CheckIn>,
    /// Whether they sign in.
    signs_in: people::Standing,
}

/// Whether the member has checked in at the committee of their home.
struct CheckIn {
    standing: checkins::store::Standing,
    accepted: String,
    printed: String,
}

async fn checkin(connection: &mut Connection, page: &Page, id: i64) -> db::Result<Option<CheckIn>> {
    let standing = checkins::store::standing(connection, id).await?;
    Ok(standing.map(|standing| CheckIn {
        accepted: standing.accepted_on.as_deref().map_or_else(String::new, |day| page.date(day)),
        printed: standing.printed_at.as_deref().map_or_else(String::new, |at| page.time(at)),
        standing,
    }))
}

impl ShowPage {
    fn unattached(&self) -> bool {
        matches!(self.details.home, Home::Unattached(_))
    }

    fn may_change(&self) -> bool {
        self.removed.is_empty() && self.page.may("change-members")
    }
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    if let Some(kept) = merged_into(&mut connection, &viewer, id).await? {
        let place = format!("/members/{kept}");
        return Ok(Notice::see_other(&place, "notice-member-merged-here", ""));
    }
    let member = own(&mut connection, &viewer, id).await?;
    let details = member.details;
    let live = member.removed_at.is_none();
    html(&ShowPage {
        id,
        number: details.number.as_ref().map_or("", EmployeeNumber::as_str).to_owned(),
        branch: match details.branch {
            Some(id) => store::branch_name(&mut connection, id).await?.unwrap_or_default(),
            None => String::new(),
        },
        committee: committee_line(&mut connection, details.home.committee()).await?,
        host: committee_line(&mut connection, details.home.host()).await?,
        skills: store::skills(&mut connection, &details.skills).await?,
        registered: page.time(&member.created_at),
        changed: page.time(&member.updated_at),
        removed: member.removed_at.as_deref().map_or_else(String::new, |at| page.time(at)),
        can_restore: member.removed_at.is_some_and(|at| at >= kept_since(Timestamp::now())),
        merged: merging::undoable(&mut connection, &page, id).await?,
        passed_on: provisions::of_member(&mut connection, &page, id).await?,
        commended: commendations::own(&mut connection, &page, id).await?,
        asked: contacts::store::of_member(&mut connection, id).await?,
        set_up: match details.home {
            Home::Unattached(_) if live && viewer.may(Permission::ChangeMembers) => {
                addresses::set_up_for(&mut connection, &page, &viewer.scope, id).await?
            }
            _ => None,
        },
        signs_in: people::standing(&mut connection, &page, id).await?,
        checkin: if live && viewer.may(Permission::WriteLetters) {
            checkin(&mut connection, &page, id).await?
        } else {
            None
        },
        alike: if live && viewer.may(Permission::ChangeMembers) {
            duplicates::seen_alike(&mut connection, &details, id, &viewer.scope).await?
        } else {
            Vec::new()
        },
        details,
        page,
    })
}

/// Where a record leads that was merged into another, when that is the viewer's to see.
pub(super) async fn merged_into(
    connection: &mut Connection,
    viewer: &Viewer,
    id: i64,
) -> Result<Option<i64>> {
    let Some(kept) = merging::store::kept_instead_of(connection, id).await? else {
        return Ok(None);
    };
    own(connection, viewer, kept).await?;
    Ok(Some(kept))
}

async fn committee_line(
    connection: &mut Connection,
    id: Option<i64>,
) -> db::Result<Option<CommitteeLine>> {
    match id {
        Some(id) => committees::store::line(connection, id).await,
        None => Ok(None),
    }
}

/// Withdraws standing to be known: at any time, by one click. Only a signed form gives it again.
async fn withdraw(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let member = own(&mut write, &viewer, id).await?;
    if member.removed_at.is_some() {
        return Err(Error::Conflict);
    }
    let details = MemberDetails { standing: Standing::Unknown, ..member.details.clone() };
    registry::change(&mut write, (&viewer).into(), &member, &details, Cause::Withdrawn).await?;
    write.commit().await?;
    let name = details.name.as_str();
    Ok(Notice::see_other(&format!("/members/{id}"), "notice-standing-withdrawn", name))
}

#[derive(Template)]
#[template(path = "members/history.html")]
struct HistoryPage {
    page: Page,
    id: i64,
    name: String,
    changes: Vec<Change>,
    registered: String,
    merged_into: Option<i64>,
}

struct Change {
    at: String,
    by: String,
    cause: &'static str,
    differences: Vec<Difference>,
    /// What was merged into the record by this change.
    merged: Option<Merged>,
}

async fn show_history(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
) -> Result {
    let mut connection = app.db.read().await?;
    let member = own(&mut connection, &viewer, id).await?;
    let merges = merging::store::merges_into(&mut connection, id).await?;
    let mut after = member.details.clone();
    let mut changes = Vec::new();
    for past in store::history(&mut connection, id).await? {
        let before: MemberDetails = serde_json::from_str(&past.before).map_err(Error::internal)?;
        let merge = merges.iter().find(|merge| merge.version_after == past.version + 1);
        changes.push(Change {
            at: page.time(&past.at),
            by: past.by.unwrap_or_else(|| page.t("history-by-terminal").to_owned()),
            cause: page.t(Cause::key(&past.cause)),
            differences: differences(&mut connection, &page, &before, &after).await?,
            merged: merge.map(|merge| Merged::of(&page, merge)).transpose()?,
        });
        after = before;
    }
    html(&HistoryPage {
        id,
        name: member.details.name.as_str().to_owned(),
        changes,
        merged_into: member.merged_into,
        registered: page.time(&member.created_at),
        page,
    })
}
