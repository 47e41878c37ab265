//! `/join/{token}`: the registration form as a member fills it in, on a phone. It tells nothing of
//! anyone, not even whether they are registered already.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{Filled, MOST, digest, store};
use crate::app::App;
use crate::db;
use crate::lang::Message;
use crate::members::{EmployeeNumber, HomeAddress, Name, Phone, parse_skills};
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Page, Permission, Result, Routes, already_answered, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::Public;
    routes.get("/join/{token}", may, show).post("/join/{token}", may, send).get(
        "/join/{token}/thanks",
        may,
        thanks,
    )
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct JoinForm {
    #[serde(flatten)]
    filled: Filled,
    form: String,
}

#[derive(Template)]
#[template(path = "registrations/join.html")]
struct JoinPage {
    page: Page,
    token: String,
    branch: String,
    fields: Vec<Field>,
    agreed: Field,
    agreed_phone: Field,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "registrations/told.html")]
struct ToldPage {
    page: Page,
    title: &'static str,
    text: &'static str,
}

fn told(page: Page, status: StatusCode, title: &'static str, text: &'static str) -> Result {
    let (title, text) = (page.t(title), page.t(text));
    Ok((status, html(&ToldPage { title, text, page })?).into_response())
}

fn closed(page: Page) -> Result {
    told(page, StatusCode::NOT_FOUND, "join-closed", "join-closed-text")
}

fn check(filled: &Filled) -> Problems {
    let mut problems = Problems::none();
    problems.check("name", Name::parse(&filled.name));
    problems.check("number", EmployeeNumber::parse(&filled.number));
    problems.check("phone", Phone::parse(&filled.phone));
    problems.check("address", HomeAddress::parse(&filled.address));
    problems.check("skills", parse_skills(&filled.skills));
    if filled.agreed_phone == "yes" && filled.agreed != "yes" {
        problems.add("agreed_phone", Message::new("members-phone-without-agreement"));
    }
    problems
}

fn join_page(
    page: Page,
    token: String,
    branch: String,
    filled: &Filled,
    problems: &Problems,
) -> JoinPage {
    let line = |name: &str, label: &'static str, value: &str, limit: u32| {
        Field::new(&page, name, label).value(value).limit(limit).check(&page, problems)
    };
    JoinPage {
        token,
        branch,
        fields: vec![
            line("name", "members-name", &filled.name, Name::LIMIT).required().kind("text", "name"),
            line("number", "members-number", &filled.number, EmployeeNumber::LIMIT),
            line("phone", "members-phone", &filled.phone, Phone::LIMIT).kind("tel", "tel"),
            line("address", "members-address", &filled.address, HomeAddress::LIMIT)
                .required()
                .hint(page.t("members-address-hint")),
            line("skills", "members-skills", &filled.skills, 400)
                .hint(page.t("members-skills-hint")),
        ],
        agreed: line("agreed", "people-agreed", &filled.agreed, 0)
            .hint(page.t("people-agreed-hint")),
        agreed_phone: line("agreed_phone", "people-agreed-phone", &filled.agreed_phone, 0),
        errors: problems.summary(&page),
        page,
    }
}

async fn show(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result {
    let link = store::opened(&mut *app.db.read().await?, &digest(&token)).await?;
    let Some(link) = link else { return closed(page) };
    html(&join_page(page, token, link.branch, &Filled::default(), &Problems::none()))
}

async fn send(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    Form(form): Form<JoinForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    let link = store::opened(&mut write, &digest(&token)).await?;
    let Some(link) = link else { return closed(page) };
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let problems = check(&form.filled);
    if !problems.is_empty() {
        let shown = html(&join_page(page, token, link.branch, &form.filled, &problems))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    }
    let since = db::timestamp(Timestamp::now() - SignedDuration::from_hours(1));
    if store::sent_since(&mut write, link.id, &since).await? >= MOST {
        return told(page, StatusCode::TOO_MANY_REQUESTS, "hub-busy", "hub-busy-text");
    }
    store::insert(&mut write, link.id, &form.filled).await?;
    let place = format!("/join/{token}/thanks");
    remember_answer(&mut write, &form.form, &place).await?;
    write.commit().await?;
    Ok(see_other(&place))
}

async fn thanks(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result {
    let link = store::opened(&mut *app.db.read().await?, &digest(&token)).await?;
    if link.is_none() {
        return closed(page);
    }
    told(page, StatusCode::OK, "join-thanks", "join-thanks-text")
}
