//! `/`.

use askama::Template;
use axum::extract::State;

use super::store;
use crate::app::App;
use crate::committees;
use crate::db::Connection;
use crate::members::search::{self, CountUpTo};
use crate::text::Filter;
use crate::web::{Page, Permission, Result, Routes, Scope, Viewer, html};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/", Permission::SignedIn, desk)
}

#[derive(Template)]
#[template(path = "desk/desk.html")]
struct DeskPage {
    page: Page,
    members: String,
    committees: String,
    unattached: String,
    unsettled: String,
    waiting: bool,
    districts: Vec<Bar>,
}

struct Bar {
    url: String,
    name: String,
    count: String,
    /// Of 1000.
    width: i64,
}

async fn desk(State(app): State<App>, page: Page, viewer: Viewer) -> Result {
    let mut connection = app.db.snapshot().await?;
    let members = count(&mut connection, &[], &viewer.scope).await?;
    let unattached = count(&mut connection, &[Filter::Unattached], &viewer.scope).await?;
    let unsettled = count(&mut connection, &[Filter::Unsettled], &viewer.scope).await?;
    let shares = match &viewer.scope {
        Scope::All => store::by_district(&mut connection).await?,
        Scope::Branches(_) => {
            let mut shares = Vec::new();
            for area in committees::store::districts(&mut connection).await? {
                let filters = [Filter::District(area.code.clone())];
                let members = count(&mut connection, &filters, &viewer.scope).await?;
                if members > 0 {
                    shares.push(store::Share { code: area.code, name: area.name, members });
                }
            }
            shares.sort_by_key(|share| -share.members);
            shares
        }
    };
    let most = shares.first().map_or(1, |share| share.members).max(1);
    let districts = shares
        .into_iter()
        .map(|share| Bar {
            url: format!("/members?district={}", share.code),
            count: page.number(&share.members),
            width: (share.members * 1000 / most).max(4),
            name: share.name,
        })
        .collect();
    let committees = committees::store::count(&mut connection).await?;
    html(&DeskPage {
        members: page.number(&members),
        committees: page.number(&committees),
        unattached: page.number(&unattached),
        unsettled: page.t1("desk-unsettled", "count", unsettled),
        waiting: unsettled > 0,
        districts,
        page,
    })
}

async fn count(connection: &mut Connection, filters: &[Filter], scope: &Scope) -> Result<i64> {
    Ok(search::count(connection, "", filters, scope, CountUpTo::All).await?.number())
}
