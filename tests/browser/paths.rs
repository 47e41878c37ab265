//! What people do in a day.

use thirtyfour::prelude::*;

use crate::chromium::{Setup, first_administrator};

#[tokio::test]
async fn from_the_link_to_a_registered_member_who_is_found() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    browser.driver.query(By::Css("a.register")).first().await.unwrap().click().await.unwrap();
    browser.fill("name", "朱颖").await;
    browser.fill("address", "四平路180弄15号402室").await;
    browser.fill("committee", "sipinglu").await;
    let option = browser.driver.query(By::Css("#committee-list [role=option]"));
    option.first().await.unwrap().click().await.unwrap();
    browser.fill("skills", "编程、英语").await;
    browser.send().await;
    browser.sees("四平路居委会").await;
    let find = browser.driver.query(By::Id("find")).first().await.unwrap();
    find.send_keys("zhuying").await.unwrap();
    find.send_keys(Key::Enter + "").await.unwrap();
    browser.sees("朱颖").await;
    assert!(browser.path().await.starts_with("/members?q=zhuying"));
    browser.quit().await;
}

#[tokio::test]
async fn a_member_is_registered_and_found_without_a_mouse() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    browser.goto("/members/new").await;
    let name = browser.field("name").await;
    name.focus().await.unwrap();
    browser.press("王伟").await;
    for typed in ["", "", "", "和平路9弄3号"] {
        browser.press(Key::Tab + typed).await;
    }
    // The last one goes on to the committee.
    browser.press(Key::Tab + "quyang").await;
    browser.driver.query(By::Css("#committee-list [role=option]")).first().await.unwrap();
    browser.press(Key::Down + "").await;
    browser.press(Key::Enter + "").await;
    assert_eq!(
        browser.field("committee").await.prop("value").await.unwrap().unwrap(),
        "曲阳路居委会"
    );
    browser.press(Key::Enter + "").await;
    browser.sees("曲阳路街道").await;
    browser.driver.query(By::Css("body")).first().await.unwrap().send_keys("/").await.unwrap();
    browser.press("ww").await;
    browser.press(Key::Enter + "").await;
    browser.sees("王伟").await;
    browser.quit().await;
}

#[tokio::test]
async fn everything_works_without_scripts() {
    let setup = Setup { script: false, ..Setup::default() };
    let (_office, browser) = first_administrator(setup).await;
    browser.goto("/members/new").await;
    browser.fill("address", "四平路1号").await;
    browser.fill("committee", "鞍山居委会").await;
    browser.send().await;
    browser.sees("请填写此项").await;
    browser.fill("name", "朱颖").await;
    let choice = browser.driver.query(By::Css("input[name=committee_pick]")).first().await.unwrap();
    choice.click().await.unwrap();
    browser.send().await;
    browser.sees("鞍山居委会").await;
    browser.goto("/members").await;
    let narrow = browser.driver.query(By::Css(".facets a, aside a")).first().await.unwrap();
    narrow.click().await.unwrap();
    browser.sees("杨浦区").await;
    browser.quit().await;
}

#[tokio::test]
async fn two_browsers_edit_one_record_and_the_second_chooses() {
    let (office, browser) = first_administrator(Setup::default()).await;
    browser.goto("/members/new").await;
    browser.fill("name", "朱颖").await;
    browser.fill("address", "四平路1号").await;
    browser.send().await;
    browser.sees("四平路1号").await;
    let edit = format!("{}/edit", browser.path().await);
    browser.goto(&edit).await;
    let other = crate::chromium::Chromium::open(&office, Setup::default()).await;
    other.goto("/login").await;
    other.fill("login", "wangfang").await;
    other.fill("password", crate::office::PASSWORD).await;
    other.send().await;
    other.goto(&edit).await;
    other.fill("address", "和平路2号").await;
    other.send().await;
    other.sees("和平路2号").await;
    other.quit().await;
    browser.fill("address", "新华路3号").await;
    let buttons = browser.driver.query(By::Css("main form .actions .button-primary"));
    buttons.first().await.unwrap().click().await.unwrap();
    browser.sees("和平路2号").await;
    assert_eq!(browser.field("address").await.prop("value").await.unwrap().unwrap(), "新华路3号");
    browser.send().await;
    browser.sees("新华路3号").await;
    assert!(!browser.path().await.ends_with("/edit"));
    browser.quit().await;
}

#[tokio::test]
async fn language_and_theme_stay_as_they_were_chosen() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    for (name, value) in [("language", "en"), ("theme", "dark")] {
        browser
            .driver
            .query(By::Css("details[data-menu] summary"))
            .first()
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
        let button = browser.driver.query(By::Css(format!("button[name={name}][value={value}]")));
        button.first().await.unwrap().click().await.unwrap();
    }
    browser.goto("/members").await;
    let html = browser.driver.query(By::Css("html")).first().await.unwrap();
    assert_eq!(html.attr("lang").await.unwrap().as_deref(), Some("en"));
    assert_eq!(html.attr("data-theme").await.unwrap().as_deref(), Some("dark"));
    browser.quit().await;
}
