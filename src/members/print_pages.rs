//! The registration form on paper: blank, and filled in from a record.

use askama::Template;
use axum::extract::{Path, State};
use serde_json::json;

use super::record_pages::merged_into;
use super::register_pages::own;
use super::store;
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::committees;
use crate::web::{Page, Permission, Result, Routes, Viewer, html, see_other};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/forms/registration", Permission::ReadMembers, blank).get(
        "/members/{id}/print",
        Permission::ReadMembers,
        filled,
    )
}

/// What stands on 党员参加社区文明建设情况登记表; empty places are for the pen.
#[derive(Default)]
struct Paper {
    name: String,
    number: String,
    branch: String,
    phone: String,
    address: String,
    committee: String,
    skills: String,
    agreed: bool,
    agreed_phone: bool,
}

impl Paper {
    /// Whether it needs smaller type to stay on one sheet.
    fn is_long(&self) -> bool {
        let long = [&self.address, &self.committee, &self.skills];
        long.iter().map(|text| text.chars().count()).sum::<usize>() > 260
    }
}

#[derive(Template)]
#[template(path = "members/paper.html")]
struct PaperPage {
    page: Page,
    back: String,
    paper: Paper,
}

async fn blank(page: Page) -> Result {
    html(&PaperPage { page, back: "/members".to_owned(), paper: Paper::default() })
}

async fn filled(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    if let Some(kept) = merged_into(&mut connection, &viewer, id).await? {
        return Ok(see_other(&format!("/members/{kept}/print")));
    }
    let member = own(&mut connection, &viewer, id).await?;
    let details = &member.details;
    let committee = match details.home.committee().or(details.home.host()) {
        Some(id) => committees::store::committee(&mut connection, id).await?,
        None => None,
    };
    let branch = match details.branch {
        Some(id) => store::branch_name(&mut connection, id).await?.unwrap_or_default(),
        None => String::new(),
    };
    let paper = Paper {
        name: details.name.as_str().to_owned(),
        number: details.number.as_ref().map_or("", |number| number.as_str()).to_owned(),
        branch,
        phone: details.phone.as_str().to_owned(),
        address: details.address.as_str().to_owned(),
        committee: committee.map_or_else(String::new, |committee| {
            let details = committee.details;
            let place = format!("{}{}", committee.street.1, details.name);
            if details.address.is_empty() {
                place
            } else {
                format!("{place}，{}", details.address)
            }
        }),
        skills: store::skill_names(&mut connection, &details.skills).await?.join("、"),
        agreed: details.standing.agreed(),
        agreed_phone: details.standing.phone(),
    };
    drop(connection);
    let mut write = app.db.write().await?;
    let record = Record::Member(id);
    audit::record(&mut write, (&viewer).into(), Action::FormPrinted, record, json!({})).await?;
    write.commit().await?;
    html(&PaperPage { back: format!("/members/{id}"), paper, page })
}
