//! The bin: records put there, brought back, and what was merged away.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};

use super::merging::{self, Merged};
use super::register_pages::own;
use super::store::Removed;
use super::{BIN_DAYS, kept_since, registry, store};
use crate::app::App;
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ChangeMembers;
    routes.get("/members/bin", may, show).post("/members/{id}/remove", may, remove).post(
        "/members/{id}/restore",
        may,
        restore,
    )
}

async fn remove(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<Response> {
    let mut write = app.db.write().await?;
    let member = own(&mut write, &viewer, id).await?;
    let name = member.details.name.as_str();
    if member.merged_into.is_some() {
        return Err(Error::Conflict);
    }
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
    let Some(removed_at) = &member.removed_at else {
        return Ok(Notice::see_other(&place, "notice-member-restored", name));
    };
    if *removed_at < kept_since(Timestamp::now()) || member.merged_into.is_some() {
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
    merged: Vec<Merged>,
    explained: String,
}

struct BinRow {
    removed: Removed,
    at: String,
    /// How long it can still be brought back, in words.
    left: String,
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer) -> Result {
    let mut connection = app.db.read().await?;
    let since = kept_since(Timestamp::now());
    let rows = store::bin(&mut connection, &since)
        .await?
        .into_iter()
        .filter(|removed| viewer.scope.covers(removed.branch_id))
        .map(|removed| BinRow {
            at: page.time(&removed.removed_at),
            left: page.t1("members-days-left", "days", days_left(&removed.removed_at)),
            removed,
        })
        .collect();
    let mut merged = Vec::new();
    for merge in merging::store::merges_since(&mut connection, &since).await? {
        let gone = store::member(&mut connection, merge.gone_id).await?;
        let kept = store::member(&mut connection, merge.kept_id).await?;
        let theirs = [gone, kept].into_iter().flatten();
        if theirs.into_iter().all(|member| viewer.scope.covers(member.details.branch)) {
            merged.push(Merged::of(&page, &merge)?);
        }
    }
    html(&BinPage { explained: page.t1("members-bin-text", "days", BIN_DAYS), rows, merged, page })
}

/// How many days are left, counting the one that has begun.
fn days_left(removed_at: &str) -> i64 {
    let rested = removed_at
        .parse::<Timestamp>()
        .map_or(SignedDuration::ZERO, |removed| Timestamp::now().duration_since(removed));
    (BIN_DAYS - rested.as_hours() / 24).max(0)
}
