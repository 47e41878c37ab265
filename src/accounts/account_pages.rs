//! Accounts and roles, for administrators.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;
use serde_json::json;

use super::{Account, AccountDetails, Login, links, parse_display_name, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::Connection;
use crate::lang::Message;
use crate::lists::{self, List};
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::{
    Error, Notice, Page, Permission, Result, Role, Routes, Scope, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ManageAccounts;
    routes
        .get("/accounts", may, list)
        .get("/accounts/new", may, show_new)
        .post("/accounts/new", may, add)
        .get("/accounts/{id}", may, show)
        .post("/accounts/{id}", may, change)
        .post("/accounts/{id}/reset", may, reset)
        .post("/accounts/{id}/disable", may, disable)
        .post("/accounts/{id}/enable", may, enable)
}

/// The words for a role.
pub const fn role_key(role: Role) -> &'static str {
    match role {
        Role::Administrator => "role-administrator",
        Role::Staff => "role-staff",
        Role::Contact => "role-contact",
        Role::Member => "role-member",
    }
}

#[derive(Template)]
#[template(path = "accounts/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<AccountRow>,
}

struct AccountRow {
    account: Account,
    role: &'static str,
}

async fn list(State(app): State<App>, page: Page) -> Result {
    let accounts = store::accounts(&mut *app.db.read().await?).await?;
    let rows = accounts
        .into_iter()
        .map(|account| AccountRow { role: page.t(role_key(account.role)), account })
        .collect();
    html(&ListPage { page, rows })
}

#[derive(Deserialize, Default, Clone)]
struct AccountForm {
    #[serde(default)]
    login: String,
    #[serde(default)]
    display_name: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    all_branches: String,
    #[serde(default)]
    branch: Vec<i64>,
    #[serde(default)]
    version: i64,
    #[serde(default)]
    form: String,
}

impl From<&Account> for AccountForm {
    fn from(account: &Account) -> Self {
        Self {
            login: account.login.clone(),
            display_name: account.display_name.clone(),
            role: account.role.name().to_owned(),
            all_branches: if account.scope == Scope::All { "yes" } else { "" }.to_owned(),
            branch: account.scope.branches().unwrap_or_default().to_vec(),
            version: account.version,
            form: String::new(),
        }
    }
}

impl AccountForm {
    fn details(&self, problems: &mut Problems) -> Option<AccountDetails> {
        let display_name = problems.check("display_name", parse_display_name(&self.display_name));
        let login = problems.check("login", Login::parse(&self.login));
        let role = match Role::from_name(&self.role) {
            Some(role @ (Role::Administrator | Role::Staff)) => Some(role),
            _ => {
                problems.add("role", Message::new("form-choose"));
                None
            }
        };
        let all = role == Some(Role::Administrator) || self.all_branches == "yes";
        let scope = if all { Scope::All } else { Scope::Branches(self.branch.clone()) };
        if role == Some(Role::Staff) && !all && self.branch.is_empty() {
            problems.add("branch", Message::new("accounts-branch-needed"));
        }
        Some(AccountDetails { login: login?, display_name: display_name?, role: role?, scope })
            .filter(|_| problems.is_empty())
    }
}

#[derive(Template)]
#[template(path = "accounts/form.html")]
struct FormPage {
    page: Page,
    account: Option<Account>,
    link: String,
    display_name: Field,
    login: Field,
    role: Field,
    all_branches: Field,
    branch: Field,
    version: i64,
    errors: Vec<FieldError>,
}

async fn form_page(
    connection: &mut Connection,
    page: Page,
    account: Option<Account>,
    form: &AccountForm,
    problems: &Problems,
) -> Result<FormPage> {
    let branches = lists::names(connection, List::Branches).await?;
    let branch = branches
        .into_iter()
        .map(|(id, name)| Choice {
            value: id.to_string(),
            label: name,
            chosen: form.branch.contains(&id),
            count: String::new(),
        })
        .collect();
    let roles = [Role::Staff, Role::Administrator]
        .map(|role| Choice {
            value: role.name().to_owned(),
            label: page.t(role_key(role)).to_owned(),
            chosen: form.role == role.name(),
            count: String::new(),
        })
        .to_vec();
    let limit = super::LONGEST_NAME;
    Ok(FormPage {
        display_name: Field::new(&page, "display_name", "accounts-display-name")
            .value(&form.display_name)
            .required()
            .limit(limit)
            .check(&page, problems),
        login: Field::new(&page, "login", "accounts-login")
            .value(&form.login)
            .required()
            .limit(limit)
            .hint(page.t("accounts-login-hint"))
            .check(&page, problems),
        role: Field::new(&page, "role", "accounts-role")
            .required()
            .options(roles)
            .hint(page.t("accounts-role-hint"))
            .check(&page, problems),
        all_branches: Field::new(&page, "all_branches", "accounts-all-branches")
            .value(&form.all_branches),
        branch: Field::new(&page, "branch", "accounts-branches")
            .options(branch)
            .check(&page, problems),
        version: form.version,
        link: String::new(),
        errors: problems.summary(&page),
        account,
        page,
    })
}

async fn show_new(State(app): State<App>, page: Page) -> Result {
    let form = AccountForm { role: Role::Staff.name().to_owned(), ..AccountForm::default() };
    let mut connection = app.db.read().await?;
    html(&form_page(&mut connection, page, None, &form, &Problems::none()).await?)
}

async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    headers: HeaderMap,
    Form(form): Form<AccountForm>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let mut problems = Problems::none();
    let details = form.details(&mut problems);
    if let Some(details) = &details
        && store::account_by_login(&mut write, details.login.as_str()).await?.is_some()
    {
        problems.add("login", Message::new("accounts-login-taken"));
    }
    let (Some(details), true) = (details, problems.is_empty()) else {
        let shown = form_page(&mut write, page.keeping(&form.form), None, &form, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    let id = store::insert_account(&mut write, &details).await?;
    let path = links::make(&mut write, Some(id)).await?;
    let detail = json!({ "role": details.role.name() });
    audit::record(&mut write, (&viewer).into(), Action::AccountAdded, Record::Account(id), detail)
        .await?;
    remember_answer(&mut write, &form.form, &format!("/accounts/{id}")).await?;
    let account = store::account(&mut write, id).await?.ok_or(Error::NotFound)?;
    let link = address(&app, &headers, &path);
    let shown = AccountForm::from(&account);
    let mut shown = form_page(&mut write, page, Some(account), &shown, &Problems::none()).await?;
    write.commit().await?;
    shown.link = link;
    html(&shown)
}

/// The link as it is given to its holder: told once, on the page that answers the click.
fn address(app: &App, headers: &HeaderMap, path: &str) -> String {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1:3000");
    format!("{}{path}", app.settings.origin(host))
}

async fn show(State(app): State<App>, page: Page, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let account = store::account(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let form = AccountForm::from(&account);
    html(&form_page(&mut connection, page, Some(account), &form, &Problems::none()).await?)
}

async fn change(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<AccountForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let account = store::account(&mut write, id).await?.ok_or(Error::NotFound)?;
    let mut problems = Problems::none();
    let details = form.details(&mut problems);
    if let Some(details) = &details {
        let named = store::account_by_login(&mut write, details.login.as_str()).await?;
        if named.is_some_and(|other| other.id != id) {
            problems.add("login", Message::new("accounts-login-taken"));
        }
        if account.role == Role::Administrator
            && details.role != Role::Administrator
            && store::other_administrators(&mut write, id).await? == 0
        {
            problems.add("role", Message::new("accounts-last-administrator"));
        }
    }
    if account.version != form.version {
        problems.add("display_name", Message::new("accounts-changed-since"));
    }
    let (Some(details), true) = (details, problems.is_empty()) else {
        let form = AccountForm { version: account.version, ..form };
        let shown = form_page(&mut write, page, Some(account), &form, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    if !store::update_account(&mut write, id, form.version, &details).await? {
        return Err(Error::Conflict);
    }
    let detail = json!({ "role": details.role.name() });
    let record = Record::Account(id);
    audit::record(&mut write, (&viewer).into(), Action::AccountChanged, record, detail).await?;
    write.commit().await?;
    Ok(Notice::see_other("/accounts", "notice-account-saved", &details.display_name))
}

async fn reset(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    headers: HeaderMap,
    Path(id): Path<i64>,
) -> Result {
    let mut write = app.db.write().await?;
    let account = store::account(&mut write, id).await?.ok_or(Error::NotFound)?;
    let path = links::make(&mut write, Some(id)).await?;
    let record = Record::Account(id);
    audit::record(&mut write, (&viewer).into(), Action::AccountReset, record, json!({})).await?;
    let form = AccountForm::from(&account);
    let mut shown = form_page(&mut write, page, Some(account), &form, &Problems::none()).await?;
    write.commit().await?;
    shown.link = address(&app, &headers, &path);
    html(&shown)
}

async fn disable(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let account = store::account(&mut write, id).await?.ok_or(Error::NotFound)?;
    let last = account.role == Role::Administrator
        && store::other_administrators(&mut write, id).await? == 0;
    if last || id == viewer.account_id {
        let location = format!("/accounts/{id}");
        return Ok(Notice::see_other(
            &location,
            "notice-account-kept-warning",
            &account.display_name,
        ));
    }
    store::set_disabled(&mut write, id, true).await?;
    let record = Record::Account(id);
    audit::record(&mut write, (&viewer).into(), Action::AccountDisabled, record, json!({})).await?;
    write.commit().await?;
    Ok(Notice::see_other("/accounts", "notice-account-disabled", &account.display_name))
}

async fn enable(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let account = store::account(&mut write, id).await?.ok_or(Error::NotFound)?;
    store::set_disabled(&mut write, id, false).await?;
    let record = Record::Account(id);
    audit::record(&mut write, (&viewer).into(), Action::AccountEnabled, record, json!({})).await?;
    write.commit().await?;
    Ok(Notice::see_other("/accounts", "notice-account-enabled", &account.display_name))
}
