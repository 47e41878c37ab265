//! Making a branch's registration link, printed as a notice to hang up, and revoking it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum_extra::extract::Form;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::{LASTS, digest, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db;
use crate::letters::origin;
use crate::members;
use crate::web::{Error, FormToken, Notice, Page, Permission, Qr, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ChangeMembers;
    routes.post("/members/registrations/links", may, make).post(
        "/members/registrations/links/{id}/revoke",
        may,
        revoke,
    )
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct LinkForm {
    branch: String,
}

#[derive(Template)]
#[template(path = "registrations/link.html")]
struct LinkPage {
    page: Page,
    branch: String,
    link: String,
    qr: Option<Qr>,
    until: String,
}

async fn make(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    headers: HeaderMap,
    Form(form): Form<LinkForm>,
) -> Result {
    let branch: i64 = form.branch.parse().map_err(|_| Error::NotFound)?;
    viewer.must_cover(Some(branch))?;
    let mut write = app.db.write().await?;
    let name = members::store::branch_name(&mut write, branch).await?.ok_or(Error::NotFound)?;
    let token = FormToken::fresh();
    let until = db::timestamp(Timestamp::now() + LASTS);
    let actor = (&viewer).into();
    store::insert_link(&mut write, actor, branch, &digest(&token), &until).await?;
    let detail = json!({ "branch": name });
    audit::record(&mut write, actor, Action::RegistrationLinkMade, Record::None, detail).await?;
    write.commit().await?;
    let link = format!("{}/join/{token}", origin(&app, &headers));
    let until = page.time(&until);
    html(&LinkPage { branch: name, qr: Qr::of(&link), link, until, page })
}

async fn revoke(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let links = store::links(&mut write).await?;
    let link = links.into_iter().find(|link| link.id == id).ok_or(Error::NotFound)?;
    viewer.must_cover(Some(link.branch_id))?;
    store::revoke(&mut write, id).await?;
    let detail = json!({ "branch": link.branch });
    let actor = (&viewer).into();
    audit::record(&mut write, actor, Action::RegistrationLinkRevoked, Record::None, detail).await?;
    write.commit().await?;
    let place = "/members/registrations";
    Ok(Notice::see_other(place, "notice-registration-link-revoked", &link.branch))
}
