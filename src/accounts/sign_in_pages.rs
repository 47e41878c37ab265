//! Signing in and out, and setting a password by a one-time link.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::{CookieJar, Form};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::json;

use super::{
    Account, AccountDetails, Login, NOBODY, links, parse_display_name, passwords, sessions, store,
};
use crate::app::App;
use crate::audit::{self, Action, Actor, Record};
use crate::db::{self, Write};
use crate::lang::Message;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Error, Notice, Page, Permission, Result, Role, Routes, Scope, Viewer, claim_draft, html,
    is_own_path, see_other,
};

/// How many failures in a row lock an account.
const PATIENCE: i64 = 5;
/// The longest that a lock lasts.
const LONGEST_LOCK: SignedDuration = SignedDuration::from_hours(1);

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/login", Permission::Public, show)
        .post("/login", Permission::Public, sign_in)
        .post("/logout", Permission::SignedIn, sign_out)
        .get("/welcome", Permission::Public, show_welcome)
        .post("/welcome", Permission::Public, welcome)
}

#[derive(Deserialize, Default)]
struct SignInForm {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    back: String,
    #[serde(default)]
    draft: String,
}

#[derive(Template)]
#[template(path = "accounts/login.html")]
struct SignInPage {
    page: Page,
    login: Field,
    password: Field,
    back: String,
    draft: String,
}

impl SignInPage {
    /// One goes on at the name, or after a mistake at the password, which has the message.
    fn new(page: Page, form: &SignInForm, problems: &Problems) -> Self {
        let login = Field::new(&page, "login", "accounts-login").kind("text", "username");
        let login = login.value(&form.login).check(&page, problems);
        let password = Field::new(&page, "password", "accounts-password");
        let password = password.kind("password", "current-password").check(&page, problems);
        let (login, password) = if problems.is_empty() {
            (login.focused(), password)
        } else {
            (login, password.focused())
        };
        Self { login, password, back: form.back.clone(), draft: form.draft.clone(), page }
    }
}

async fn show(page: Page, Query(form): Query<SignInForm>) -> Result {
    if page.signed_in() {
        return Ok(see_other(&destination(&form, false)));
    }
    html(&SignInPage::new(page, &form, &Problems::none()))
}

async fn sign_in(
    State(app): State<App>,
    page: Page,
    jar: CookieJar,
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> Result {
    match verify(&app, &form).await? {
        Ok(account_id) => {
            let mut write = app.db.write().await?;
            let kept = claim_draft(&mut write, &form.draft, account_id).await?;
            let cookie = start(&mut write, &app, account_id, &headers).await?;
            write.commit().await?;
            let place = see_other(&destination(&form, kept));
            Ok((jar.add(cookie), place).into_response())
        }
        Err(message) => {
            let mut problems = Problems::none();
            problems.add("password", message);
            let shown = html(&SignInPage::new(page, &form, &problems))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
    }
}

/// Where the sign-in leads: to what was asked for, with what had been typed there.
fn destination(form: &SignInForm, kept: bool) -> String {
    if !is_own_path(&form.back) {
        return "/".to_owned();
    }
    if !kept {
        return form.back.clone();
    }
    let mark = if form.back.contains('?') { '&' } else { '?' };
    format!("{}{mark}draft={}", form.back, form.draft)
}

async fn start(
    write: &mut Write,
    app: &App,
    account_id: i64,
    headers: &HeaderMap,
) -> db::Result<axum_extra::extract::cookie::Cookie<'static>> {
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let cookie = sessions::begin(write, app, account_id, agent).await?;
    let actor = Actor::Account(account_id);
    audit::record(write, actor, Action::SignedIn, Record::Account(account_id), json!({})).await?;
    Ok(cookie)
}

/// The account, or what to say: the same words whether the name or the password is wrong.
async fn verify(app: &App, form: &SignInForm) -> Result<std::result::Result<i64, Message>> {
    let wrong = Message::new("accounts-sign-in-wrong");
    let folded = crate::text::fold(&form.login);
    let mut connection = app.db.read().await?;
    let known = store::credentials(&mut connection, Some(&folded), None).await?;
    drop(connection);
    let Some(known) = known else {
        passwords::matches(form.password.clone(), NOBODY.clone()).await?;
        return Ok(Err(wrong));
    };
    let now = Timestamp::now();
    if let Some(until) = known.locked_until.as_deref().and_then(|at| at.parse::<Timestamp>().ok())
        && until > now
    {
        let minutes = until.duration_since(now).as_mins() + 1;
        return Ok(Err(Message::new("accounts-locked").with("minutes", minutes)));
    }
    let hash = known.password_hash.clone().unwrap_or_else(|| NOBODY.clone());
    let fits = passwords::matches(form.password.clone(), hash).await?;
    let mut write = app.db.write().await?;
    if fits && known.password_hash.is_some() {
        store::forget_failures(&mut write, known.id).await?;
        write.commit().await?;
        return Ok(Ok(known.id));
    }
    let lock = lock_for(known.failures + 1);
    let until = lock.map(|lock| db::timestamp(now + lock));
    store::note_failure(&mut write, known.id, until.as_deref()).await?;
    if lock.is_some() {
        let actor = Actor::Account(known.id);
        audit::record(&mut write, actor, Action::Locked, Record::Account(known.id), json!({}))
            .await?;
    }
    write.commit().await?;
    Ok(Err(
        lock.map_or(wrong, |lock| Message::new("accounts-locked").with("minutes", lock.as_mins()))
    ))
}

/// How long so many failures in a row lock: a minute from the fifth on, doubling.
fn lock_for(failures: i64) -> Option<SignedDuration> {
    let over = u32::try_from(failures - PATIENCE).ok()?;
    let minutes = 1_i64.checked_shl(over.min(10)).unwrap_or(60);
    Some(SignedDuration::from_mins(minutes).min(LONGEST_LOCK))
}

async fn sign_out(State(app): State<App>, viewer: Viewer, jar: CookieJar) -> Result {
    let mut write = app.db.write().await?;
    store::end_sessions(&mut write, viewer.account_id, Some(viewer.session_id)).await?;
    let record = Record::Account(viewer.account_id);
    audit::record(&mut write, (&viewer).into(), Action::SignedOut, record, json!({})).await?;
    write.commit().await?;
    Ok((jar.add(sessions::end_cookie(&app)), see_other("/login")).into_response())
}

#[derive(Deserialize, Default)]
struct WelcomeForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    login: String,
    #[serde(default)]
    display_name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

#[derive(Template)]
#[template(path = "accounts/welcome.html")]
struct WelcomePage {
    page: Page,
    opens: bool,
    /// What the holder types to sign in, where that is settled.
    login: String,
    names: Vec<Field>,
    password: Field,
    again: Field,
    errors: Vec<FieldError>,
    token: String,
}

impl WelcomePage {
    fn new(page: Page, form: &WelcomeForm, opens: bool, first: bool, problems: &Problems) -> Self {
        let names = if first {
            let name = Field::new(&page, "display_name", "accounts-display-name");
            let login = Field::new(&page, "login", "accounts-login");
            vec![
                name.value(&form.display_name).required().check(&page, problems),
                login
                    .value(&form.login)
                    .required()
                    .kind("text", "username")
                    .hint(page.t("accounts-login-hint"))
                    .check(&page, problems),
            ]
        } else {
            Vec::new()
        };
        let [password, again] = password_fields(&page, problems);
        let errors = problems.summary(&page);
        let (login, token) = (String::new(), form.token.clone());
        Self { names, password, again, errors, token, opens, login, page }
    }

    /// The same, for the holder of an account.
    fn of(self, account: Option<Account>) -> Self {
        Self { login: account.map_or_else(String::new, |account| account.login), ..self }
    }
}

/// The two fields in which a new password is typed.
pub(super) fn password_fields(page: &Page, problems: &Problems) -> [Field; 2] {
    let hint = page.t1("accounts-password-hint", "limit", passwords::SHORTEST);
    let kind = |field: Field| field.kind("password", "new-password").required();
    [
        kind(Field::new(page, "password", "accounts-new-password")).hint(&hint),
        kind(Field::new(page, "again", "accounts-password-again")),
    ]
    .map(|field| field.check(page, problems))
}

/// Checks a new password, typed twice.
pub(super) fn check_new(password: &str, again: &str, names: &[&str], problems: &mut Problems) {
    problems.check("password", passwords::check(password, names));
    if problems.is_empty() && password != again {
        problems.add("again", Message::new("accounts-password-differs"));
    }
}

async fn show_welcome(
    State(app): State<App>,
    page: Page,
    Query(form): Query<WelcomeForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let holder = links::holder(&mut connection, &form.token).await?;
    let account = match holder {
        Some(links::Holder::Account(id)) => store::account(&mut connection, id).await?,
        _ => None,
    };
    let first = holder == Some(links::Holder::FirstAdministrator);
    let problems = Problems::none();
    html(&WelcomePage::new(page, &form, holder.is_some(), first, &problems).of(account))
}

async fn welcome(
    State(app): State<App>,
    page: Page,
    jar: CookieJar,
    headers: HeaderMap,
    Form(form): Form<WelcomeForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let holder = links::holder(&mut connection, &form.token).await?;
    let Some(holder) = holder else {
        return html(&WelcomePage::new(page, &form, false, false, &Problems::none()));
    };
    let mut problems = Problems::none();
    let mut new = None;
    let mut held_by = None;
    let mut names = vec![form.login.clone(), form.display_name.clone()];
    match holder {
        links::Holder::FirstAdministrator => {
            let name = problems.check("display_name", parse_display_name(&form.display_name));
            let login = problems.check("login", Login::parse(&form.login));
            if let (Some(display_name), Some(login)) = (name, login) {
                let role = Role::Administrator;
                new = Some(AccountDetails { login, display_name, role, scope: Scope::All });
            }
        }
        links::Holder::Account(id) => {
            let account = store::account(&mut connection, id).await?.ok_or(Error::NotFound)?;
            names = vec![account.login.clone(), account.display_name.clone()];
            held_by = Some(account);
        }
    }
    drop(connection);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    check_new(&form.password, &form.again, &names, &mut problems);
    let first = holder == links::Holder::FirstAdministrator;
    if !problems.is_empty() {
        let shown = html(&WelcomePage::new(page, &form, true, first, &problems).of(held_by))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    }
    let hash = passwords::hash_aside(form.password.clone()).await?;
    let mut write = app.db.write().await?;
    // Two browsers may hold the same link: the first one has it.
    if links::holder(&mut write, &form.token).await?.as_ref() != Some(&holder) {
        return html(&WelcomePage::new(page, &form, false, false, &Problems::none()));
    }
    let account_id = match (holder, new) {
        (links::Holder::Account(id), _) => id,
        (links::Holder::FirstAdministrator, Some(details)) => {
            store::insert_account(&mut write, &details).await?
        }
        (links::Holder::FirstAdministrator, None) => return Err(Error::BadRequest("no names")),
    };
    store::set_password(&mut write, account_id, &hash).await?;
    links::use_up(&mut write, &form.token).await?;
    let record = Record::Account(account_id);
    let actor = Actor::Account(account_id);
    audit::record(&mut write, actor, Action::PasswordSet, record, json!({})).await?;
    let cookie = start(&mut write, &app, account_id, &headers).await?;
    write.commit().await?;
    let welcome: Response = Notice::see_other("/", "notice-welcome", "");
    Ok((jar.add(cookie), welcome).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_grows_from_the_fifth_failure_to_an_hour() {
        let minutes = |failures| lock_for(failures).map(|lock| lock.as_mins());
        assert_eq!(minutes(4), None);
        assert_eq!(minutes(5), Some(1));
        assert_eq!(minutes(6), Some(2));
        assert_eq!(minutes(8), Some(8));
        assert_eq!(minutes(30), Some(60));
    }

    #[test]
    fn signing_in_leads_nowhere_but_into_this_site() {
        let lead = |back: &str| {
            destination(&SignInForm { back: back.to_owned(), ..Default::default() }, false)
        };
        assert_eq!(lead("/members?q=a"), "/members?q=a");
        assert_eq!(lead("https://elsewhere.example/"), "/");
        assert_eq!(lead("//elsewhere.example/"), "/");
    }
}
