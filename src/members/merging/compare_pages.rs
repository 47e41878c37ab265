//! `/members/{id}/merge`, the second step: both records side by side, and a choice for each field
//! that differs.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::{Choices, Part, Source};
use crate::app::App;
use crate::db::{self, Connection};
use crate::members::record_pages::facts;
use crate::members::register_pages::own;
use crate::members::{Member, MemberDetails, store};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.post("/members/{id}/merge", Permission::ChangeMembers, merge)
}

/// What the form sent: the other record, both versions, and a choice for each field that differs.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Sent(Vec<(String, String)>);

impl Sent {
    fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(sent, _)| sent == name).map_or("", |(_, value)| value)
    }

    fn number(&self, name: &str) -> i64 {
        self.text(name).parse().unwrap_or_default()
    }

    /// The other record (`members.id`).
    pub(super) fn with(&self) -> i64 {
        self.number("with")
    }

    /// What was chosen; `otherwise` for a field of which nothing was sent.
    fn choices(&self, otherwise: Choices) -> Choices {
        let sent = |part: Part| Source::from_name(self.text(part.name()));
        Part::ALL.into_iter().fold(otherwise, |choices, part| match sent(part) {
            Some(source) => choices.with(part, source),
            None => choices,
        })
    }
}

#[derive(Template)]
#[template(path = "members/merge_compare.html")]
struct ComparePage {
    page: Page,
    kept: Head,
    gone: Head,
    rows: Vec<Row>,
    conflict: bool,
}

/// One of the two records.
struct Head {
    id: i64,
    version: i64,
    name: String,
    registered: String,
    changed: String,
}

impl Head {
    fn of(page: &Page, member: &Member) -> Self {
        Self {
            id: member.id,
            version: member.version,
            name: member.details.name.as_str().to_owned(),
            registered: page.time(&member.created_at),
            changed: page.time(&member.updated_at),
        }
    }
}

/// A field of both.
struct Row {
    name: &'static str,
    label: &'static str,
    differs: bool,
    /// The kept record's and the other's.
    offers: [Offer; 2],
    /// Both united, where that is more than either.
    both: Option<Offer>,
}

struct Offer {
    source: &'static str,
    text: String,
    chosen: bool,
}

/// Each part's name and words.
async fn words(
    connection: &mut Connection,
    page: &Page,
    details: &MemberDetails,
) -> db::Result<[(&'static str, String); Part::ALL.len()]> {
    let facts = facts(connection, page, details).await?;
    let [name, number, branch, phone, address, committee, host, skills, standing] =
        facts.map(|fact| (fact.label, fact.text));
    let home = if host.1.is_empty() { committee.1 } else { format!("{} · {}", host.0, host.1) };
    Ok([name, number, branch, phone, address, (committee.0, home), skills, standing])
}

/// The page, with what was chosen before or else what a clerk would mostly choose.
pub(super) async fn show(
    connection: &mut Connection,
    page: Page,
    kept: &Member,
    gone: &Member,
    sent: Option<Sent>,
) -> Result {
    let suggested = Choices::suggested(kept, gone);
    let choices = sent.as_ref().map_or(suggested, |sent| sent.choices(suggested));
    let left = words(connection, &page, &kept.details).await?;
    let right = words(connection, &page, &gone.details).await?;
    let united = choices.with(Part::Skills, Source::Both).united(&kept.details, &gone.details);
    let all_of_gone = united.skills == gone.details.skills;
    let more = !all_of_gone && united.skills != kept.details.skills;
    let united = store::skill_names(connection, &united.skills).await?.join("、");
    let rows = Part::ALL.into_iter().zip(left).zip(right).map(|((part, left), right)| {
        let chosen = match choices.of(part) {
            Source::Both if all_of_gone => Source::Gone,
            Source::Both if !more => Source::Kept,
            chosen => chosen,
        };
        let offer = |source: Source, text: String| Offer {
            source: source.name(),
            text,
            chosen: chosen == source,
        };
        Row {
            name: part.name(),
            label: left.0,
            differs: part.differs(&kept.details, &gone.details),
            offers: [offer(Source::Kept, left.1), offer(Source::Gone, right.1)],
            both: (part == Part::Skills && more).then(|| offer(Source::Both, united.clone())),
        }
    });
    // Sending it again from a page that shows what others saved means what that page shows.
    let conflict = sent.as_ref().is_some_and(|sent| !sent.is_of(kept, gone));
    html(&ComparePage {
        rows: rows.collect(),
        kept: Head::of(&page, kept),
        gone: Head::of(&page, gone),
        conflict,
        page,
    })
}

impl Sent {
    /// Whether it was sent from a page that showed both as they are.
    fn is_of(&self, kept: &Member, gone: &Member) -> bool {
        self.number("version") == kept.version && self.number("other_version") == gone.version
    }
}

#[derive(Template)]
#[template(path = "members/merge_late.html")]
struct LatePage {
    page: Page,
    records: [(i64, String); 2],
}

async fn merge(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(sent): Form<Sent>,
) -> Result {
    let token = sent.text("form").to_owned();
    let page = page.keeping(&token);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &token).await? {
        return Ok(see_other(&location));
    }
    let kept = own(&mut write, &viewer, id).await?;
    let gone = own(&mut write, &viewer, sent.with()).await?;
    if kept.id == gone.id {
        return Err(Error::BadRequest("merged with itself"));
    }
    if kept.removed_at.is_some() || gone.removed_at.is_some() {
        let records = [&kept, &gone].map(|one| (one.id, one.details.name.as_str().to_owned()));
        return Ok((StatusCode::CONFLICT, html(&LatePage { page, records })?).into_response());
    }
    if !sent.is_of(&kept, &gone) {
        let shown = show(&mut write, page, &kept, &gone, Some(sent)).await?;
        return Ok((StatusCode::CONFLICT, shown).into_response());
    }
    let details = sent.choices(Choices::default()).united(&kept.details, &gone.details);
    super::merge(&mut write, (&viewer).into(), &kept, &gone, &details).await?;
    let location = format!("/members/{id}");
    remember_answer(&mut write, &token, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-members-merged", details.name.as_str()))
}
