//! Pairing a member with a need: one click beside the member's name.

use axum::extract::{Path, State};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::registry;
use crate::app::App;
use crate::lang::Message;
use crate::members;
use crate::needs;
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, remember_answer,
    see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.post("/needs/{id}/pair", Permission::ServeNeeds, pair)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct PairForm {
    /// `members.id`.
    member: i64,
    form: String,
}

async fn pair(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<PairForm>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let need = needs::store::need(&mut write, id).await?.ok_or(Error::NotFound)?;
    let member = members::store::member(&mut write, form.member).await?.ok_or(Error::NotFound)?;
    viewer.must_cover(member.details.branch)?;
    // Meanwhile they may have withdrawn, or been removed.
    if member.removed_at.is_some() || !member.details.standing.agreed() {
        let why = Message::new("pairings-not-known").with("name", member.details.name.as_str());
        return needs::refused(&mut write, page, &viewer, need, &why).await;
    }
    let paired = registry::pair(&mut write, (&viewer).into(), &need, form.member).await?;
    let pairing = match paired {
        Ok(pairing) => pairing,
        Err(why) => return needs::refused(&mut write, page, &viewer, need, &why).await,
    };
    let location = format!("/pairings/{pairing}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-paired", member.details.name.as_str()))
}
