//! A member's certificates: on their own page, and by staff from their record.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::store::{self, Certificate};
use super::{Span, registry, span_field};
use crate::activities::today;
use crate::app::App;
use crate::db::Connection;
use crate::members::Member;
use crate::needs::live_member;
use crate::people;
use crate::web::forms::Field;
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let (own, staff) = (Permission::OwnRecord, Permission::Commend);
    routes
        .get("/me/certificates", own, show_own)
        .post("/me/certificates", own, make_own)
        .post("/me/certificates/{id}/off", own, own_off)
        .post("/me/certificates/{id}/on", own, own_on)
        .get("/members/{id}/certificates", staff, show_of)
        .post("/members/{id}/certificates", staff, make_of)
        .post("/members/certificates/{id}/off", staff, off)
        .post("/members/certificates/{id}/on", staff, on)
}

/// Who asks: the member on their own page, or staff on the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    /// The member.
    Own,
    /// Staff.
    Staff,
}

impl Door {
    /// Where a member's certificates are.
    pub fn place(self, member: i64) -> String {
        match self {
            Self::Own => "/me/certificates".to_owned(),
            Self::Staff => format!("/members/{member}/certificates"),
        }
    }

    /// Where one of them is.
    pub fn of(self, certificate: i64) -> String {
        match self {
            Self::Own => format!("/me/certificates/{certificate}"),
            Self::Staff => format!("/members/certificates/{certificate}"),
        }
    }
}

/// A certificate that is the viewer's to see through this door.
pub(super) async fn seen(
    connection: &mut Connection,
    viewer: &Viewer,
    door: Door,
    id: i64,
) -> Result<Certificate> {
    let found = store::certificate(connection, id).await?.ok_or(Error::NotFound)?;
    match door {
        Door::Own if people::own(connection, viewer).await?.id != found.member_id => {
            return Err(Error::NotFound);
        }
        Door::Own => {}
        Door::Staff => viewer.must_cover(found.branch_id)?,
    }
    Ok(found)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MakeForm {
    /// [`Span::code`].
    span: String,
    form: String,
}

#[derive(Template)]
#[template(path = "certificates/list.html")]
struct ListPage {
    page: Page,
    own: bool,
    /// Where the member's certificates are, and their page.
    place: String,
    back: String,
    name: String,
    span: Field,
    rows: Vec<Row>,
    /// Whether anything is confirmed.
    ready: bool,
    /// How many parts wait for the committee, in words; empty for none.
    waiting: String,
}

struct Row {
    url: String,
    period: String,
    made: String,
    off: bool,
    /// Whether it can be switched on through this door.
    may_switch_on: bool,
}

async fn list(connection: &mut Connection, page: Page, door: Door, member: Member) -> Result {
    let (first, waiting) = store::extent(connection, member.id, &today().to_string()).await?;
    let mut rows = Vec::new();
    for one in store::of_member(connection, member.id).await? {
        let content = one.content()?;
        let days =
            [("from", page.date(&content.from).into()), ("to", page.date(&content.to).into())];
        let by = one.made_by.as_deref().unwrap_or(page.t("history-by-terminal"));
        rows.push(Row {
            url: door.of(one.id),
            period: page.language().text_with("certificates-from-to", &days),
            made: format!("{} · {by}", page.time(&one.made_at)),
            off: one.off_at.is_some(),
            may_switch_on: door == Door::Own || !one.off_own,
        });
    }
    html(&ListPage {
        own: door == Door::Own,
        place: door.place(member.id),
        back: match door {
            Door::Own => "/me".to_owned(),
            Door::Staff => format!("/members/{}", member.id),
        },
        name: member.details.name.as_str().to_owned(),
        span: span_field(&page, Span::Ever),
        rows,
        ready: first.is_some(),
        waiting: match waiting {
            0 => String::new(),
            waiting => page.t1("certificates-waiting", "count", waiting),
        },
        page,
    })
}

async fn show_own(State(app): State<App>, page: Page, viewer: Viewer) -> Result {
    let mut connection = app.db.snapshot().await?;
    let member = people::own(&mut connection, &viewer).await?;
    list(&mut connection, page, Door::Own, member).await
}

async fn show_of(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let member = live_member(&mut connection, &viewer, id).await?;
    list(&mut connection, page, Door::Staff, member).await
}

async fn make_own(State(app): State<App>, viewer: Viewer, Form(form): Form<MakeForm>) -> Result {
    make(&app, &viewer, Door::Own, 0, form).await
}

async fn make_of(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<MakeForm>,
) -> Result {
    make(&app, &viewer, Door::Staff, id, form).await
}

async fn make(app: &App, viewer: &Viewer, door: Door, id: i64, form: MakeForm) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let member = match door {
        Door::Own => people::own(&mut write, viewer).await?,
        Door::Staff => live_member(&mut write, viewer, id).await?,
    };
    let span = Span::parse(&form.span).unwrap_or(Span::Ever);
    let Some(made) = registry::make(&mut write, viewer.into(), &member, span).await? else {
        let place = door.place(member.id);
        return Ok(Notice::see_other(&place, "notice-certificate-nothing-warning", ""));
    };
    let location = door.of(made);
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(see_other(&location))
}

async fn own_off(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    switch(&app, &viewer, Door::Own, id, true).await
}

async fn own_on(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    switch(&app, &viewer, Door::Own, id, false).await
}

async fn off(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    switch(&app, &viewer, Door::Staff, id, true).await
}

async fn on(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    switch(&app, &viewer, Door::Staff, id, false).await
}

async fn switch(app: &App, viewer: &Viewer, door: Door, id: i64, off: bool) -> Result<Response> {
    let mut write = app.db.write().await?;
    let certificate = seen(&mut write, viewer, door, id).await?;
    let own = door == Door::Own;
    let done = registry::set_off(&mut write, viewer.into(), &certificate, off, own).await?;
    write.commit().await?;
    let place = door.place(certificate.member_id);
    let key = match (done, off) {
        (false, _) => "notice-certificate-not-theirs-warning",
        (true, true) => "notice-certificate-off",
        (true, false) => "notice-certificate-on",
    };
    Ok(Notice::see_other(&place, key, ""))
}
