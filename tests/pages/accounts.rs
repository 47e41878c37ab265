//! Signing in.

use linli::accounts::links;
use linli::web::Role;

use crate::office::{Office, PASSWORD, location};

#[tokio::test]
async fn the_first_administrator_sets_a_name_and_password_by_a_link_that_opens_once() {
    let office = Office::open().await;
    let mut write = office.app.db.write().await.unwrap();
    let link = links::make(&mut write, None).await.unwrap();
    write.commit().await.unwrap();
    let browser = office.visitor();
    assert!(browser.page(&link).await.contains("first administrator"));
    let token = link.split_once('=').unwrap().1;
    let form = |password, again| {
        [
            ("token", token),
            ("login", "wangfang"),
            ("display_name", "王芳"),
            ("password", password),
            ("again", again),
        ]
    };
    for (password, again) in [("short", "short"), ("password123", "password123"), (PASSWORD, "x")] {
        assert_eq!(browser.post("/welcome", &form(password, again)).await.status(), 422);
    }
    let answer = browser.post("/welcome", &form(PASSWORD, PASSWORD)).await;
    assert_eq!((answer.status().as_u16(), location(&answer)), (303, "/".to_owned()));
    assert!(browser.page("/accounts").await.contains("王芳"));
    assert!(office.visitor().page(&link).await.contains("no longer opens"));
}

#[tokio::test]
async fn five_wrong_passwords_lock_the_account_even_for_the_right_one() {
    let office = Office::open().await;
    office.signed_in(Role::Staff).await;
    let login = {
        let mut connection = office.app.db.read().await.unwrap();
        linli::accounts::store::accounts(&mut connection).await.unwrap()[0].login.clone()
    };
    let browser = office.visitor();
    for _ in 0..5 {
        let answer = browser.post("/login", &[("login", &login), ("password", "wrong")]).await;
        assert_eq!(answer.status(), 422);
    }
    let answer = browser.post("/login", &[("login", &login), ("password", PASSWORD)]).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("Too many wrong attempts"));
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let office = Office::open().await;
    let browser = office.signed_in(Role::Staff).await;
    assert_eq!(browser.get("/members").await.status(), 200);
    browser.post("/logout", &[]).await;
    assert_eq!(browser.get("/members").await.status(), 303);
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let office = Office::open().await;
    let browser = office.signed_in(Role::Staff).await;
    let answer = browser
        .request(reqwest::Method::POST, "/members/new")
        .header("sec-fetch-site", "cross-site")
        .form(&[("name", "朱颖"), ("address", "四平路1号")])
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 403);
    assert!(browser.page("/members").await.contains("0 members"));
}
