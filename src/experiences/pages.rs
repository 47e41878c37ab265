//! An experience on a page of its own: shown, removed and brought back.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::json;

use super::search;
use super::store::{self, Experience};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::members::kept_since;
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldMeetings;
    routes.get("/experiences/{id}", may, show).post("/experiences/{id}/remove", may, remove).post(
        "/experiences/{id}/restore",
        may,
        restore,
    )
}

#[derive(Template)]
#[template(path = "experiences/show.html")]
struct ShowPage {
    page: Page,
    experience: Experience,
    /// Its areas: name and words.
    areas: Vec<(&'static str, &'static str)>,
    /// Its skills: `skills.id` and name.
    skills: Vec<(i64, String)>,
    /// By whom it was told: name, and the record where it is the viewer's to see.
    tellers: Vec<(String, Option<i64>)>,
    written: String,
    /// When it was put into the bin; empty for a live one.
    removed: String,
    can_restore: bool,
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let experience = store::experience(&mut *app.db.read().await?, id).await?;
    let experience = experience.ok_or(Error::NotFound)?;
    let removed_at = experience.removed_at.clone().unwrap_or_default();
    let details = &experience.details;
    let skills = details.skills.iter().copied().zip(experience.skill_names.iter().cloned());
    let teller = |person: &crate::meetings::Person| {
        let theirs = viewer.scope.covers(person.branch);
        (person.name.clone(), theirs.then_some(person.id))
    };
    html(&ShowPage {
        areas: details.areas.iter().map(|area| (area.name(), page.t(area.key()))).collect(),
        skills: skills.collect(),
        tellers: experience.tellers.iter().map(teller).collect(),
        written: page.time(&experience.updated_at),
        can_restore: removed_at >= kept_since(Timestamp::now()),
        removed: if removed_at.is_empty() { String::new() } else { page.time(&removed_at) },
        experience,
        page,
    })
}

async fn remove(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<Response> {
    let mut write = app.db.write().await?;
    let experience = store::experience(&mut write, id).await?.ok_or(Error::NotFound)?;
    if experience.removed_at.is_none() {
        let (actor, record) = ((&viewer).into(), Record::Experience(id));
        store::set_removed(&mut write, id, Some(actor)).await?;
        search::reindex(&mut write, &[id]).await?;
        audit::record(&mut write, actor, Action::ExperienceRemoved, record, json!({})).await?;
        write.commit().await?;
    }
    let title = &experience.details.title;
    Ok(Notice::see_other("/experiences", "notice-meeting-removed", title))
}

async fn restore(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<Response> {
    let mut write = app.db.write().await?;
    let experience = store::experience(&mut write, id).await?.ok_or(Error::NotFound)?;
    if let Some(removed_at) = &experience.removed_at {
        if *removed_at < kept_since(Timestamp::now()) {
            return Err(Error::Conflict);
        }
        let (actor, record) = ((&viewer).into(), Record::Experience(id));
        store::set_removed(&mut write, id, None).await?;
        search::reindex(&mut write, &[id]).await?;
        audit::record(&mut write, actor, Action::ExperienceRestored, record, json!({})).await?;
        write.commit().await?;
    }
    let place = format!("/experiences/{id}");
    Ok(Notice::see_other(&place, "notice-meeting-restored", &experience.details.title))
}
