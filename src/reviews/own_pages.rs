//! `/me/review`: a member's own page of a review, just as the office sees it, and their answer.

use askama::Template;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::{Deserialize, Serialize};

use super::{
    LONGEST_ANSWER, Review, Sheet, Stage, half_choices, half_of, parse_lines, registry,
    review_store, sheet_store,
};
use crate::activities::HalfYear;
use crate::app::App;
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::members::{self, Member};
use crate::people;
use crate::web::forms::{Field, Problems};
use crate::web::{
    Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::OwnRecord;
    routes.get("/me/review", may, show).post("/me/review", may, answer)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct HalfQuery {
    half: String,
}

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct AnswerForm {
    half: String,
    words: String,
    version: i64,
    form: String,
}

#[derive(Template)]
#[template(path = "reviews/own.html")]
struct OwnPage {
    page: Page,
    half: Field,
    code: String,
    /// `None` while nobody opened one.
    review: Option<Review>,
    sheet: Sheet,
    words: Field,
    version: i64,
    /// What was saved meanwhile, where it differs from what was typed; empty otherwise.
    theirs: String,
}

impl OwnPage {
    fn may_answer(&self) -> bool {
        self.review.as_ref().is_some_and(|review| review.stage() != Stage::Closed)
    }

    fn is_closed(&self) -> bool {
        self.review.as_ref().is_some_and(|review| review.stage() == Stage::Closed)
    }
}

/// The review of a half-year in which a member's page is, or will be.
async fn review_of(
    connection: &mut Connection,
    member: &Member,
    half: HalfYear,
) -> db::Result<Option<Review>> {
    let kept = review_store::kept_for(connection, member.id, half).await?;
    match (kept, member.details.branch) {
        (Some(kept), _) => Ok(Some(kept)),
        (None, Some(branch)) => {
            // One that was closed without them is not theirs.
            let review = review_store::of_branch(connection, branch, half).await?;
            Ok(review.filter(|review| review.stage() != Stage::Closed))
        }
        (None, None) => Ok(None),
    }
}

/// A member's page as it was kept, else as it is now.
async fn sheet_of(
    connection: &mut Connection,
    member: &Member,
    half: HalfYear,
    review: Option<&Review>,
) -> db::Result<Sheet> {
    if let Some(review) = review.filter(|review| review.stage() == Stage::Closed) {
        let kept = review_store::pages(connection, review.id, Some(member.id), 0, 1).await?;
        if let Some((.., sheet)) = kept.into_iter().next() {
            return Ok(sheet);
        }
    }
    let frame = match (review, member.details.branch) {
        (Some(review), _) => sheet_store::frame(connection, review).await?,
        (None, Some(branch)) => {
            let name = members::store::branch_name(connection, branch).await?.unwrap_or_default();
            sheet_store::frame_of(connection, branch, &name, half).await?
        }
        (None, None) => sheet_store::Frame::default(),
    };
    let reviewed = sheet_store::Reviewed {
        id: member.id,
        sort_key: 0,
        name: member.details.name.as_str().to_owned(),
        number: member.details.number.as_ref().map(|number| number.as_str().to_owned()),
    };
    let id = review.map(|review| review.id);
    let sheets = sheet_store::sheets(connection, &frame, half, id, &[reviewed]).await?;
    Ok(sheets.into_iter().next().map(|(_, sheet)| sheet).unwrap_or_default())
}

async fn own_page(
    connection: &mut Connection,
    page: Page,
    member: &Member,
    half: HalfYear,
    (form, problems): (Option<&AnswerForm>, &Problems),
) -> db::Result<OwnPage> {
    let review = review_of(connection, member, half).await?;
    let sheet = sheet_of(connection, member, half, review.as_ref()).await?;
    let kept = match &review {
        Some(review) => review_store::answer(connection, review.id, member.id).await?,
        None => None,
    };
    let version = kept.as_ref().map_or(0, |kept| kept.version);
    let kept = kept.map(|kept| kept.words).unwrap_or_default();
    let lost_race = form.is_some_and(|form| form.version != version && form.words != kept);
    Ok(OwnPage {
        half: Field::new(&page, "half", "enquiries-half").options(half_choices(&page, half)),
        code: half.code(),
        words: Field::new(&page, "words", "reviews-answer")
            .value(form.map_or(&kept, |form| &form.words))
            .limit(LONGEST_ANSWER)
            .hint(page.t("reviews-answer-hint"))
            .check(&page, problems),
        version,
        theirs: if lost_race { kept } else { String::new() },
        review,
        sheet,
        page,
    })
}

async fn show(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<HalfQuery>,
    Draft(draft): Draft<AnswerForm>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let member = people::own(&mut connection, &viewer).await?;
    let code = draft.as_ref().map_or(&query.half, |draft| &draft.half);
    let half = half_of(code);
    let asked = (draft.as_ref(), &Problems::none());
    html(&own_page(&mut connection, page, &member, half, asked).await?)
}

async fn answer(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<AnswerForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let half = HalfYear::parse(&form.half).ok_or(Error::BadRequest("no such half-year"))?;
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let member = people::own(&mut write, &viewer).await?;
    let review = review_of(&mut write, &member, half).await?.ok_or(Error::NotFound)?;
    let kept = review_store::answer(&mut write, review.id, member.id).await?;
    let mut problems = Problems::none();
    let words = problems.check("words", parse_lines(&form.words, LONGEST_ANSWER));
    let lost_race = kept.map_or(0, |kept| kept.version) != form.version;
    if lost_race {
        problems.add("words", Message::new("reviews-answer-changed"));
    }
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Some(words) = words.filter(|_| !lost_race) {
        let done = registry::answer(&mut write, (&viewer).into(), &review, member.id, &words);
        match done.await? {
            Ok(()) => {
                let location = format!("/me/review?half={}", half.code());
                remember_answer(&mut write, &form.form, &location).await?;
                write.commit().await?;
                return Ok(Notice::see_other(&location, "notice-review-answered", ""));
            }
            Err(why) => {
                problems.add("words", why);
                status = StatusCode::CONFLICT;
            }
        }
    }
    if lost_race {
        status = StatusCode::CONFLICT;
    }
    drop(write);
    let mut connection = app.db.read().await?;
    let asked = (Some(&form), &problems);
    let shown = own_page(&mut connection, page, &member, half, asked).await?;
    Ok((status, html(&shown)?).into_response())
}
