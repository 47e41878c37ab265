//! Who took part in what in the committee's area: it confirms all at once, or says what is wrong.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::own_parts::{self, OwnRow};
use super::{Door, signed, signer_field, uses};
use crate::activities::hours;
use crate::activities::there::store::{self, TherePart};
use crate::activities::there::{self, Shown, Wrong};
use crate::app::App;
use crate::committees::parse_line;
use crate::db::{self, Connection};
use crate::lang::{Message, Value};
use crate::letters;
use crate::needs::form::choices;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, already_answered, html, remember_answer,
    see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    // Whoever holds the link may: the letter gave it to them.
    let may = Permission::Public;
    routes
        .get("/c/{token}/parts", may, list)
        .post("/c/{token}/parts", may, confirm)
        .post("/c/{token}/parts/back", may, take_back)
        .get("/c/{token}/parts/{id}/wrong", may, show_wrong)
        .post("/c/{token}/parts/{id}/wrong", may, wrong)
}

/// The most characters of what is wrong.
const LONGEST: u32 = 60;

#[derive(Template)]
#[template(path = "hub/parts_list.html")]
struct ListPage {
    page: Page,
    door: Door,
    activities: Vec<Occasion>,
    /// What members entered of themselves.
    own: Vec<OwnRow>,
    /// How many parts can be confirmed.
    open: usize,
    by: Field,
    errors: Vec<FieldError>,
}

/// An activity with those who took part.
struct Occasion {
    id: i64,
    title: String,
    day: String,
    parts: Vec<PartRow>,
}

impl Occasion {
    fn open(&self) -> usize {
        self.parts.iter().filter(|part| part.is_open()).count()
    }

    /// Whether anything of it was confirmed here and can be taken back.
    fn was_here(&self) -> bool {
        self.parts.iter().any(|part| !part.part.confirmed_there.is_empty())
    }
}

struct PartRow {
    part: TherePart,
    /// How often and how long, in words.
    amount: String,
    /// Who confirmed it and when, in words.
    confirmed: String,
    /// What is said to be wrong.
    wrong: String,
}

impl PartRow {
    fn of(page: &Page, part: TherePart) -> Self {
        let mut amount = page.t1("hub-times", "count", part.times);
        if part.minutes > 0 {
            amount = format!("{amount} · {}", page.t1("hub-hours", "hours", hours(part.minutes)));
        }
        let confirmed = part.confirmed_at.as_deref().map_or_else(String::new, |at| {
            let by = if part.confirmed_there.is_empty() {
                page.t("hub-confirmed-paper")
            } else {
                &part.confirmed_there
            };
            format!("{by} · {}", page.time(at))
        });
        let what = part.wrong.as_deref().and_then(Wrong::from_name);
        let mut wrong = what.map_or_else(String::new, |what| page.t(what.key()).to_owned());
        if let Some(words) = part.words.as_deref().filter(|words| !words.is_empty()) {
            wrong = format!("{wrong} · {words}");
        }
        Self { amount, confirmed, wrong, part }
    }

    fn is_open(&self) -> bool {
        self.part.confirmed_at.is_none() && self.part.wrong.is_none()
    }

    /// What is confirmed with it, as it stands here.
    fn shown(&self) -> String {
        let TherePart { id, times, minutes, day, .. } = &self.part;
        format!("{id}/{times}/{minutes}/{day}")
    }
}

async fn list_page(
    connection: &mut Connection,
    page: Page,
    door: Door,
    by: &str,
    problems: &Problems,
) -> db::Result<ListPage> {
    let mut activities: Vec<Occasion> = Vec::new();
    for part in store::recent(connection, door.committee.id).await? {
        if activities.last().is_none_or(|last| last.id != part.activity_id) {
            activities.push(Occasion {
                id: part.activity_id,
                title: part.title.clone(),
                day: page.date(&part.day),
                parts: Vec::new(),
            });
        }
        if let Some(last) = activities.last_mut() {
            last.parts.push(PartRow::of(&page, part));
        }
    }
    Ok(ListPage {
        open: activities.iter().map(Occasion::open).sum(),
        own: own_parts::rows(connection, &page, door.committee.id).await?,
        by: signer_field(&page, by, problems),
        errors: problems.summary(&page),
        activities,
        door,
        page,
    })
}

async fn list(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result {
    let Some(door) = Door::look(&app, &token, "parts").await? else {
        return letters::closed(page);
    };
    let mut connection = app.db.read().await?;
    let by = door.signer.clone();
    html(&list_page(&mut connection, page, door, &by, &Problems::none()).await?)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ConfirmForm {
    /// `all`, or the activity whose parts are meant (`activities.id`).
    activity: String,
    /// The parts as they were shown, behind the activity's id and a colon.
    shown: Vec<String>,
    /// What a member entered of themselves and is so (`own_parts.id`).
    own: Option<i64>,
    /// What a member entered of themselves and is not so.
    not_so: Option<i64>,
    by: String,
    form: String,
}

impl ConfirmForm {
    fn wanted(&self) -> Vec<Shown> {
        let of = |shown: &String| -> Option<Shown> {
            let (activity, part) = shown.split_once(':')?;
            let meant = self.activity == "all" || self.activity == activity;
            meant.then(|| Shown::parse(part)).flatten()
        };
        self.shown.iter().filter_map(of).collect()
    }
}

async fn confirm(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    Form(form): Form<ConfirmForm>,
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
    let location = door.at("parts");
    if let Some(id) = form.not_so {
        let name = own_parts::settle(&mut write, &door, id, None).await?;
        remember_answer(&mut write, &form.form, &location).await?;
        write.commit().await?;
        return Ok(said_of_own(&location, "notice-own-part-refused", name.as_deref()));
    }
    let mut problems = Problems::none();
    let Some(by) = signed(&mut write, &door, &form.by, &mut problems).await? else {
        drop(write);
        let mut connection = app.db.read().await?;
        let shown = list_page(&mut connection, page, door, &form.by, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    if let Some(id) = form.own {
        let name = own_parts::settle(&mut write, &door, id, Some(&by)).await?;
        remember_answer(&mut write, &form.form, &location).await?;
        write.commit().await?;
        return Ok(said_of_own(&location, "notice-own-part-confirmed", name.as_deref()));
    }
    let lines = there::confirm(&mut write, door.committee.id, &form.wanted(), &by).await?;
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    let key = if lines == 0 { "notice-parts-none-warning" } else { "notice-parts-confirmed" };
    Ok(Notice::see_other(&location, key, &lines.to_string()))
}

/// What is said of a member's own entry: their name, or that it waits no more.
fn said_of_own(location: &str, key: &'static str, name: Option<&str>) -> Response {
    match name {
        Some(name) => Notice::see_other(location, key, name),
        None => Notice::see_other(location, "notice-parts-none-warning", ""),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct BackForm {
    /// `activities.id`.
    activity: i64,
    /// `participations.id`, of what was said to be wrong.
    part: i64,
}

/// Takes back what was confirmed of an activity, or said to be wrong about a part.
async fn take_back(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    Form(form): Form<BackForm>,
) -> Result {
    let Some(door) = Door::open(&app, &token).await? else { return letters::closed(page) };
    if app.link_uses.too_many(door.committee.id) {
        return uses::busy(page);
    }
    let mut write = app.db.write().await?;
    if !there::take_doubt_back(&mut write, door.committee.id, form.part).await? {
        there::take_back(&mut write, door.committee.id, form.activity).await?;
    }
    write.commit().await?;
    Ok(Notice::see_other(&door.at("parts"), "notice-parts-taken-back", ""))
}

#[derive(Template)]
#[template(path = "hub/wrong.html")]
struct WrongPage {
    page: Page,
    door: Door,
    row: PartRow,
    day: String,
    what: Field,
    words: Field,
    by: Field,
    errors: Vec<FieldError>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct WrongForm {
    what: String,
    words: String,
    by: String,
    form: String,
}

fn wrong_page(
    page: Page,
    door: Door,
    part: TherePart,
    form: &WrongForm,
    problems: &Problems,
) -> WrongPage {
    let kinds = Wrong::ALL.iter().map(|wrong| (wrong.name(), wrong.key()));
    WrongPage {
        day: page.date(&part.day),
        what: Field::new(&page, "what", "doubts-what")
            .required()
            .options(choices(&page, kinds, &form.what))
            .check(&page, problems),
        words: Field::new(&page, "words", "hub-wrong-words")
            .value(&form.words)
            .limit(LONGEST)
            .hint(page.t("hub-wrong-words-hint"))
            .check(&page, problems),
        by: signer_field(&page, &form.by, problems),
        errors: problems.summary(&page),
        row: PartRow::of(&page, part),
        door,
        page,
    }
}

async fn show_wrong(
    State(app): State<App>,
    page: Page,
    Path((token, id)): Path<(String, i64)>,
) -> Result {
    let Some(door) = Door::look(&app, &token, "parts").await? else {
        return letters::closed(page);
    };
    let part = store::part(&mut *app.db.read().await?, door.committee.id, id).await?;
    let part = part.ok_or(Error::NotFound)?;
    let form = WrongForm { by: door.signer.clone(), ..WrongForm::default() };
    html(&wrong_page(page, door, part, &form, &Problems::none()))
}

async fn wrong(
    State(app): State<App>,
    page: Page,
    Path((token, id)): Path<(String, i64)>,
    Form(form): Form<WrongForm>,
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
    let part = store::part(&mut write, door.committee.id, id).await?.ok_or(Error::NotFound)?;
    let mut problems = Problems::none();
    let choose = || Message::new("form-choose");
    let what = problems.check("what", Wrong::from_name(&form.what).ok_or_else(choose));
    let words = problems.check("words", parse_line(&form.words, LONGEST));
    let by = signed(&mut write, &door, &form.by, &mut problems).await?;
    let (Some(what), Some(words), Some(by)) = (what, words, by) else {
        let shown = html(&wrong_page(page, door, part, &form, &problems))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let committee = door.committee.id;
    let location = door.at("parts");
    if !there::doubt(&mut write, committee, id, (what, &words), &by).await? {
        return Ok(Notice::see_other(&location, "notice-parts-none-warning", ""));
    }
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-part-doubted", &part.name))
}

/// How many parts wait, in words, for the list of what can be done here.
pub(super) async fn waiting(
    connection: &mut Connection,
    page: &Page,
    committee: i64,
) -> db::Result<String> {
    let own = own_parts::rows(connection, page, committee).await?.len();
    let open = store::count_open(connection, committee).await?;
    let open = open.saturating_add(i64::try_from(own).unwrap_or(i64::MAX));
    Ok(page.t1("hub-parts-count", "count", Value::from(open)))
}
