//! What is on record of the committee itself: it says what is wrong, the office decides.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::{Door, signed, signer_field, uses};
use crate::app::App;
use crate::committees::CommitteeDetails;
use crate::committees::proposals::{self, PARTS, Proposal, State as Stage, store};
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::letters;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Difference, Notice, Page, Permission, Result, Routes, already_answered, html, remember_answer,
    see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    // Whoever holds the link may: the letter gave it to them.
    let may = Permission::Public;
    routes.get("/c/{token}/data", may, show).post("/c/{token}/data", may, propose).post(
        "/c/{token}/data/withdraw",
        may,
        withdraw,
    )
}

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct DataForm {
    contact_person: String,
    phone: String,
    address: String,
    head: String,
    party_name: String,
    party_head: String,
    party_address: String,
    party_phone: String,
    by: String,
    form: String,
}

impl DataForm {
    fn typed(&self, name: &str) -> &str {
        match name {
            "contact_person" => &self.contact_person,
            "phone" => &self.phone,
            "address" => &self.address,
            "head" => &self.head,
            "party_name" => &self.party_name,
            "party_head" => &self.party_head,
            "party_address" => &self.party_address,
            _ => &self.party_phone,
        }
    }

    /// The form as it opens: what is on record, or what waits to be decided.
    fn opened(details: &CommitteeDetails, signer: &str) -> Self {
        let details = details.clone();
        Self {
            contact_person: details.contact_person,
            phone: details.phone,
            address: details.address,
            head: details.head,
            party_name: details.party_name,
            party_head: details.party_head,
            party_address: details.party_address,
            party_phone: details.party_phone,
            by: signer.to_owned(),
            form: String::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "hub/data.html")]
struct DataPage {
    page: Page,
    door: Door,
    fields: Vec<Field>,
    by: Field,
    errors: Vec<FieldError>,
    /// What waits to be decided.
    waiting: Vec<Difference>,
    /// What became of the last one, in words; empty for nothing.
    decided: String,
    /// Whether the last one was declined.
    declined: bool,
}

async fn data_page(
    connection: &mut Connection,
    page: Page,
    door: Door,
    form: Option<&DataForm>,
    problems: &Problems,
) -> db::Result<DataPage> {
    let latest = store::latest_of(connection, door.committee.id).await?;
    let open = latest.as_ref().filter(|latest| latest.state == Stage::Open);
    let on_record = &door.committee.details;
    let opened = DataForm::opened(open.map_or(on_record, |open| &open.proposed), &door.signer);
    let form = form.unwrap_or(&opened);
    let fields = PARTS.iter().map(|part| {
        let kind = if part.name.ends_with("phone") { "tel" } else { "text" };
        Field::new(&page, part.name, part.key)
            .value(form.typed(part.name))
            .limit(part.limit)
            .kind(kind, "off")
            .check(&page, problems)
    });
    let differences = |of: &Proposal| {
        of.parts()
            .map(|part| Difference {
                label: page.t(part.key),
                old: part.of(on_record).to_owned(),
                new: part.of(&of.proposed).to_owned(),
            })
            .collect()
    };
    let decided = match latest.as_ref() {
        Some(Proposal { state: Stage::Accepted, decided_at: Some(at), .. }) => {
            page.t1("hub-data-accepted", "day", page.time(at))
        }
        Some(Proposal { state: Stage::Declined, because, .. }) => {
            page.t1("hub-data-declined", "because", because.as_str())
        }
        _ => String::new(),
    };
    Ok(DataPage {
        fields: fields.collect(),
        by: signer_field(&page, &form.by, problems),
        errors: problems.summary(&page),
        waiting: open.map(differences).unwrap_or_default(),
        declined: latest.as_ref().is_some_and(|latest| latest.state == Stage::Declined),
        decided,
        door,
        page,
    })
}

async fn show(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result {
    let Some(door) = Door::look(&app, &token, "data").await? else { return letters::closed(page) };
    let mut connection = app.db.read().await?;
    html(&data_page(&mut connection, page, door, None, &Problems::none()).await?)
}

async fn propose(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    Form(form): Form<DataForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let Some(door) = Door::open(&app, &token).await? else { return letters::closed(page) };
    if app.link_uses.too_many(door.committee.id) {
        return uses::busy(page);
    }
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let mut problems = Problems::none();
    let mut proposed = door.committee.details.clone();
    for part in &PARTS {
        problems.check(part.name, part.read(&mut proposed, form.typed(part.name)));
    }
    if problems.is_empty() && proposed == door.committee.details {
        problems.add("contact_person", Message::new("hub-data-same"));
    }
    let by = signed(&mut write, &door, &form.by, &mut problems).await?;
    let (Some(by), true) = (by, problems.is_empty()) else {
        drop(write);
        let mut connection = app.db.read().await?;
        let shown = data_page(&mut connection, page, door, Some(&form), &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    proposals::propose(&mut write, &door.committee, &proposed, &by).await?;
    let location = door.at("data");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-data-proposed", &door.committee.details.name))
}

/// Takes back what waits to be decided.
async fn withdraw(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result {
    let Some(door) = Door::open(&app, &token).await? else { return letters::closed(page) };
    if app.link_uses.too_many(door.committee.id) {
        return uses::busy(page);
    }
    let mut write = app.db.write().await?;
    proposals::take_back(&mut write, door.committee.id).await?;
    write.commit().await?;
    let name = &door.committee.details.name;
    Ok(Notice::see_other(&door.at("data"), "notice-data-taken-back", name))
}
