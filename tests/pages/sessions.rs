//! Sessions: their cookie, their limits, and what another site can do with them.

use std::time::Duration;

use linli::accounts;
use linli::app::ServerSettings;
use linli::db::Db;
use linli::web::Role;
use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::{Method, Response};

use crate::office::{Browser, Office, PASSWORD};

/// The session's cookie that an answer sets, with its flags.
fn session_cookie(answer: &Response) -> String {
    let cookies = answer.headers().get_all(SET_COOKIE).iter();
    let cookies: Vec<&str> = cookies.map(|cookie| cookie.to_str().unwrap()).collect();
    let found = cookies.iter().find(|cookie| cookie.contains("linli-session="));
    (*found.unwrap_or_else(|| panic!("no session in {cookies:?}"))).to_owned()
}

fn secret(cookie: &str) -> &str {
    cookie.split(';').next().unwrap().split_once('=').unwrap().1
}

async fn login_of(office: &Office) -> String {
    let mut connection = office.app.db.read().await.unwrap();
    accounts::store::accounts(&mut connection).await.unwrap()[0].login.clone()
}

async fn sign_in(browser: &Browser, login: &str) -> Response {
    let answer = browser.post("/login", &[("login", login), ("password", PASSWORD)]).await;
    assert_eq!(answer.status(), 303);
    answer
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_other_sites_and_behind_tls_from_the_open_wire() {
    for behind_tls in [false, true] {
        let settings = ServerSettings { behind_tls, ..ServerSettings::default() };
        let office = Office::open_with(settings).await;
        office.signed_in(Role::Staff).await;
        let answer = sign_in(&office.visitor(), &login_of(&office).await).await;
        let cookie = session_cookie(&answer);
        for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(flag), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        assert_eq!(cookie.contains("Secure"), behind_tls, "{cookie}");
        assert_eq!(cookie.starts_with("__Host-"), behind_tls, "{cookie}");
        let lasting = answer.headers().contains_key("strict-transport-security");
        assert_eq!(lasting, behind_tls);
        assert!(secret(&cookie).len() >= 32, "{cookie}");
    }
}

#[tokio::test]
async fn every_sign_in_gets_a_new_secret_and_no_one_chooses_it() {
    let office = Office::open().await;
    office.signed_in(Role::Staff).await;
    let login = login_of(&office).await;
    let visitor = office.visitor();
    let planted = "0123456789abcdef0123456789abcdef";
    let form = [("login", login.as_str()), ("password", PASSWORD)];
    let asked = visitor.request(Method::POST, "/login").form(&form);
    let answer = asked.header(COOKIE, format!("linli-session={planted}")).send().await.unwrap();
    let first = session_cookie(&answer);
    assert_ne!(secret(&first), planted);
    let second = session_cookie(&sign_in(&office.visitor(), &login).await);
    assert_ne!(secret(&first), secret(&second));
    let asked = office.visitor().request(Method::GET, "/members");
    let answer = asked.header(COOKIE, format!("linli-session={planted}")).send().await.unwrap();
    assert_eq!(answer.status(), 303);
}

#[tokio::test]
async fn a_session_ends_when_it_rests_too_long_and_at_its_age_however_busy_it_is() {
    for sql in [
        "UPDATE sessions SET seen_at = '2020-01-01T00:00:00.000Z'",
        "UPDATE sessions SET expires_at = '2020-01-01T00:00:00.000Z'",
    ] {
        let office = Office::open().await;
        let browser = office.signed_in(Role::Staff).await;
        assert_eq!(browser.get("/members").await.status(), 200);
        let mut write = office.app.db.write().await.unwrap();
        sqlx::query(sql).execute(&mut *write).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(browser.get("/members").await.status(), 303, "{sql}");
    }
}

#[tokio::test]
async fn who_is_disabled_is_signed_out_everywhere() {
    let office = Office::open().await;
    let browser = office.signed_in(Role::Staff).await;
    assert_eq!(browser.get("/members").await.status(), 200);
    disable(&office.app.db).await;
    assert_eq!(browser.get("/members").await.status(), 303);
    let login = login_of(&office).await;
    let form = [("login", login.as_str()), ("password", PASSWORD)];
    assert_eq!(office.visitor().post("/login", &form).await.status(), 422);
}

async fn disable(db: &Db) {
    let mut write = db.write().await.unwrap();
    let account = accounts::store::accounts(&mut write).await.unwrap()[0].id;
    accounts::store::set_disabled(&mut write, account, true).await.unwrap();
    write.commit().await.unwrap();
}

#[tokio::test]
async fn who_is_disabled_at_the_command_line_is_signed_out_a_moment_later() {
    let office = Office::open().await;
    let browser = office.signed_in(Role::Staff).await;
    assert_eq!(browser.get("/members").await.status(), 200);
    disable(&Db::open(office.app.db.address()).await.unwrap()).await;
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(browser.get("/members").await.status(), 303);
}

#[tokio::test]
async fn another_site_can_post_nothing_at_all() {
    let office = Office::open().await;
    let browser = office.signed_in(Role::Administrator).await;
    for route in office.app.routes().table() {
        if route.method != axum::http::Method::POST {
            continue;
        }
        let path = route.path.replace("{id}", "1");
        for (header, value) in
            [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")]
        {
            let asked = browser.request(Method::POST, &path).header(header, value);
            let answer = asked.form(&[("name", "朱颖")]).send().await.unwrap();
            assert_eq!(answer.status(), 403, "{path} with {header}");
        }
    }
    assert_eq!(browser.get("/members").await.status(), 200);
}

#[tokio::test]
async fn every_answer_keeps_to_itself() {
    let office = Office::open().await;
    let visitor = office.visitor();
    for path in ["/login", "/nowhere", "/healthz", "/metrics"] {
        let answer = visitor.get(path).await;
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("x-frame-options"), "DENY");
        assert_eq!(header("referrer-policy"), "same-origin");
    }
}
