//! Staff invite a member to sign in: a slip with a link and its QR code, told once.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;

use super::{registry, store};
use crate::accounts::links;
use crate::app::App;
use crate::db::{self, Connection};
use crate::letters::origin;
use crate::needs::live_member;
use crate::web::{Notice, Page, Permission, Qr, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ChangeMembers;
    routes.post("/members/{id}/invite", may, invite).post("/members/{id}/uninvite", may, uninvite)
}

#[derive(Template)]
#[template(path = "people/invitation.html")]
struct InvitationPage {
    page: Page,
    id: i64,
    name: String,
    login: String,
    link: String,
    qr: Option<Qr>,
}

async fn invite(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    headers: HeaderMap,
) -> Result {
    let mut write = app.db.write().await?;
    let member = live_member(&mut write, &viewer, id).await?;
    let (login, path) =
        registry::invite(&mut write, (&viewer).into(), &member, links::LASTS).await?;
    write.commit().await?;
    let link = format!("{}{path}", origin(&app, &headers));
    let name = member.details.name.as_str().to_owned();
    html(&InvitationPage { id, name, login, qr: Qr::of(&link), link, page })
}

async fn uninvite(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let member = live_member(&mut write, &viewer, id).await?;
    registry::uninvite(&mut write, (&viewer).into(), id).await?;
    write.commit().await?;
    let name = member.details.name.as_str();
    Ok(Notice::see_other(&format!("/members/{id}"), "notice-member-uninvited", name))
}

/// Whether a member signs in, for their record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// In words.
    pub words: String,
    /// Whether they do, or have a link that opens.
    pub invited: bool,
}

/// Whether a member signs in.
///
/// # Errors
/// When the database fails.
pub async fn standing(connection: &mut Connection, page: &Page, id: i64) -> db::Result<Standing> {
    let account = store::account_of(connection, id).await?.filter(|account| !account.disabled);
    let words = match &account {
        None => page.t("people-not-invited").to_owned(),
        Some(account) if account.has_password => {
            page.t1("people-signs-in", "login", &*account.login)
        }
        Some(account) => match &account.link_until {
            Some(until) => page.t1("people-invited-until", "until", page.time(until)),
            None => page.t("people-link-over").to_owned(),
        },
    };
    Ok(Standing { words, invited: account.is_some() })
}
