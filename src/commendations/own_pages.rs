//! A member's commendations on their own page and on their record; what they say to publishing one.

use axum::extract::{Path, State};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::nominate_pages::refused_own;
use super::nominee::publishing;
use super::registry::{self, Said};
use super::{Period, State as Stands, Step, nominee_store, store};
use crate::activities::today;
use crate::app::App;
use crate::db::{self, Connection};
use crate::people;
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.post("/me/commendations/{id}", Permission::OwnRecord, say)
}

/// A nomination of a member, in words.
#[derive(Debug, Clone)]
pub struct Own {
    /// `commendations.id`.
    pub id: i64,
    /// What the call is called.
    pub title: String,
    /// Its half-years.
    pub period: String,
    /// Where it stands.
    pub state: &'static str,
    /// For what, and why all the same.
    pub reason: String,
    /// The day, the body and its votes; empty while nothing is decided.
    pub decided: String,
    /// Whether the member is commended, and so may say whether it is published.
    pub granted: bool,
    /// Whether they said yes.
    pub published: bool,
    /// What they said, and when.
    pub publishing: String,
    /// The branch, as it was called when it was decided.
    pub branch: String,
}

/// All nominations of a member, the latest first: nothing is kept of them that they do not see.
///
/// # Errors
/// When the database fails.
pub async fn own(connection: &mut Connection, page: &Page, member: i64) -> db::Result<Vec<Own>> {
    let all = nominee_store::of_member(connection, member).await?;
    let own = |one: nominee_store::Titled| {
        let period = Period::parse(&one.halves.0, &one.halves.1);
        let nominee = one.nominee;
        let words = [nominee.reason.as_str(), nominee.although.as_str()];
        let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
        Own {
            id: nominee.id,
            title: one.title,
            period: period.map_or_else(String::new, |period| period.words(page.language())),
            state: page.t(nominee.state.key()),
            reason: words.join(page.t("commendations-and")),
            decided: nominee.decision.as_ref().map_or_else(String::new, |decision| {
                [page.date(&decision.on), decision.by.clone(), decision.votes(page)].join(" · ")
            }),
            granted: nominee.state == Stands::Granted,
            published: nominee.is_published(),
            publishing: publishing(page, &nominee.publishing, &nominee.publishing_on),
            branch: nominee.branch,
        }
    };
    Ok(all.into_iter().map(own).collect())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SayForm {
    /// `yes` or `no`.
    agreed: String,
}

async fn say(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<SayForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let member = people::own(&mut write, &viewer).await?;
    let nominee = nominee_store::nominee(&mut write, id).await?.ok_or(Error::NotFound)?;
    if nominee.member_id != member.id {
        return Err(Error::NotFound);
    }
    let call = store::call(&mut write, nominee.call_id).await?.ok_or(Error::NotFound)?;
    let step = match form.agreed.as_str() {
        "yes" => Step::Agree,
        "no" => Step::Refuse,
        _ => return Err(Error::BadRequest("neither yes nor no")),
    };
    let said = Said { day: today().to_string(), ..Said::default() };
    let hand = (&viewer).into();
    let title = &call.details.title;
    if let Err(why) = registry::step(&mut write, hand, &call, &nominee, step, &said).await? {
        return refused_own(page, title, why);
    }
    write.commit().await?;
    let key =
        if step == Step::Agree { "notice-publishing-agreed" } else { "notice-publishing-refused" };
    Ok(Notice::see_other("/me#commendations", key, title))
}
