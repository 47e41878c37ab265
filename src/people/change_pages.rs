//! `/me/edit`: a member keeps their own data true. What the workplace says of them (name, number,
//! branch) is the office's to change; a new address waits for a clerk, who settles its committee.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::{Deserialize, Serialize};

use super::own;
use crate::app::App;
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::lists::{self, List};
use crate::members::store::{self, Cause};
use crate::members::{
    Home, HomeAddress, Member, MemberDetails, Phone, Standing, parse_skills, registry,
};
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Difference, Draft, Fact, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::OwnRecord;
    routes.get("/me/edit", may, show).post("/me/edit", may, change)
}

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct OwnForm {
    phone: String,
    address: String,
    skills: String,
    /// `yes`: agreed to be known.
    agreed: String,
    /// `yes`: with the phone.
    agreed_phone: String,
    version: i64,
    form: String,
}

#[derive(Template)]
#[template(path = "people/edit.html")]
struct EditPage {
    page: Page,
    phone: Field,
    address: Field,
    skills: Field,
    agreed: Field,
    agreed_phone: Field,
    version: i64,
    conflict: Vec<Difference>,
    errors: Vec<FieldError>,
}

impl OwnForm {
    async fn of(connection: &mut Connection, member: &Member) -> db::Result<Self> {
        let details = &member.details;
        let tick = |is: bool| if is { "yes".to_owned() } else { String::new() };
        Ok(Self {
            phone: details.phone.as_str().to_owned(),
            address: details.address.as_str().to_owned(),
            skills: store::skill_names(connection, &details.skills).await?.join("、"),
            agreed: tick(details.standing.agreed()),
            agreed_phone: tick(details.standing.phone()),
            version: member.version,
            form: String::new(),
        })
    }

    /// The record with what was typed; skills that the list does not have yet are added to it.
    async fn read(
        &self,
        connection: &mut Connection,
        member: &Member,
        problems: &mut Problems,
    ) -> db::Result<Option<MemberDetails>> {
        let address = problems.check("address", HomeAddress::parse(&self.address));
        let phone = problems.check("phone", Phone::parse(&self.phone));
        let names = problems.check("skills", parse_skills(&self.skills));
        let (agreed, with_phone) = (self.agreed == "yes", self.agreed_phone == "yes");
        if with_phone && !agreed {
            problems.add("agreed_phone", Message::new("members-phone-without-agreement"));
        }
        let (Some(address), Some(phone), Some(names), true) =
            (address, phone, names, problems.is_empty())
        else {
            return Ok(None);
        };
        let mut skills = Vec::with_capacity(names.len());
        for name in names {
            let id = lists::find_or_add(connection, List::Skills, &name).await?;
            if !skills.contains(&id) {
                skills.push(id);
            }
        }
        let before = &member.details;
        let home = if address == before.address { before.home } else { Home::Unsettled };
        let standing = Standing::new(agreed, with_phone);
        Ok(Some(MemberDetails { address, phone, skills, home, standing, ..before.clone() }))
    }

    fn page(&self, page: Page, problems: &Problems) -> EditPage {
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(&page, name, label).value(value).limit(limit).check(&page, problems)
        };
        EditPage {
            phone: line("phone", "members-phone", &self.phone, Phone::LIMIT).kind("tel", "tel"),
            address: line("address", "members-address", &self.address, HomeAddress::LIMIT)
                .required()
                .hint(page.t("people-address-hint")),
            skills: line("skills", "members-skills", &self.skills, 400)
                .hint(page.t("members-skills-hint")),
            agreed: line("agreed", "people-agreed", &self.agreed, 0)
                .hint(page.t("people-agreed-hint")),
            agreed_phone: line("agreed_phone", "people-agreed-phone", &self.agreed_phone, 0),
            version: self.version,
            conflict: Vec::new(),
            errors: problems.summary(&page),
            page,
        }
    }
}

async fn facts(
    connection: &mut Connection,
    page: &Page,
    details: &MemberDetails,
) -> db::Result<[Fact; 4]> {
    let standing = match (details.standing.agreed(), details.standing.phone()) {
        (false, _) => "members-standing-unknown",
        (true, false) => "members-standing-known",
        (true, true) => "members-standing-phone",
    };
    Ok([
        ("members-address", details.address.as_str().to_owned()),
        ("members-phone", details.phone.as_str().to_owned()),
        ("members-skills", store::skill_names(connection, &details.skills).await?.join("、")),
        ("members-agreed", page.t(standing).to_owned()),
    ]
    .map(|(key, text)| Fact { label: page.t(key), text }))
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Draft(draft): Draft<OwnForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let member = own(&mut connection, &viewer).await?;
    let form = match draft {
        Some(draft) => draft,
        None => OwnForm::of(&mut connection, &member).await?,
    };
    html(&form.page(page, &Problems::none()))
}

async fn change(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<OwnForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let member = own(&mut write, &viewer).await?;
    let mut problems = Problems::none();
    let Some(details) = form.read(&mut write, &member, &mut problems).await? else {
        let shown = html(&form.page(page, &problems))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    if member.version != form.version {
        // Saving again from the page that showed both versions says: mine.
        let opened = OwnForm { version: member.version, ..form };
        let theirs = facts(&mut write, &page, &member.details).await?;
        let mine = facts(&mut write, &page, &details).await?;
        let shown = EditPage { conflict: differing(theirs, mine), ..opened.page(page, &problems) };
        return Ok((StatusCode::CONFLICT, html(&shown)?).into_response());
    }
    registry::change(&mut write, (&viewer).into(), &member, &details, Cause::Edited).await?;
    remember_answer(&mut write, &form.form, "/me").await?;
    write.commit().await?;
    Ok(Notice::see_other("/me", "notice-own-saved", ""))
}
