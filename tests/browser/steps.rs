//! What several of these tests do on their way: registering, writing a letter, inviting a member.

use thirtyfour::prelude::*;

use crate::chromium::{Chromium, Setup};
use crate::office::{Office, PASSWORD};

/// How wide a telephone is, in points.
pub const PHONE: u32 = 360;

/// Registers a member of the first branch who agrees to be known to the committee.
pub async fn register(browser: &Chromium, name: &str, committee: &str) {
    browser.goto("/members/new").await;
    browser.fill("name", name).await;
    browser.fill("address", "四平路180弄15号").await;
    browser.fill("committee", committee).await;
    browser.set("branch", "1").await;
    browser.click("[name=agreed]").await;
    browser.send().await;
    browser.leaves("/members/new").await;
}

/// Enters who the office is, without which no letter is written.
pub async fn set_up_letters(browser: &Chromium) {
    browser.goto("/letters/settings").await;
    browser.fill("office", "长途通信党支部").await;
    browser.fill("prefix", "沪电党联").await;
    browser.send().await;
    browser.leaves("/letters/settings").await;
}

/// The link on a letter that was given a number.
pub async fn link_on(browser: &Chromium, letter: i64) -> String {
    browser.goto(&format!("/letters/print?id={letter}")).await;
    let link = browser.driver.query(By::Css(".letter-url")).first().await.unwrap();
    let link = link.text().await.unwrap();
    format!("/c/{}", link.split("/c/").nth(1).unwrap().trim())
}

/// Writes to the one committee that there is to write to; the link on the letter.
pub async fn write_a_letter(browser: &Chromium) -> String {
    set_up_letters(browser).await;
    browser.goto("/letters/new").await;
    browser.send().await;
    browser.sees("已拟稿 1 封").await;
    browser.click("[name=all]").await;
    browser.click("button[value=issue]").await;
    browser.sees("已编号 1 封").await;
    link_on(browser, 1).await
}

/// Invites the member whose record is open; their own telephone, signed in.
pub async fn invite(office: &Office, browser: &Chromium) -> Chromium {
    browser.click("form[action$='/invite'] button").await;
    let link = browser.driver.query(By::Css(".invitation .letter-url"));
    let link = link.first().await.unwrap().text().await.unwrap();
    let home = Chromium::open(office, Setup { width: PHONE, ..Setup::default() }).await;
    welcome(&home, &link).await;
    home.arrives("/me").await;
    home
}

/// Sets a password behind a link of welcome.
pub async fn welcome(browser: &Chromium, link: &str) {
    browser.goto(&format!("/welcome{}", link.split("/welcome").nth(1).unwrap())).await;
    browser.fill("password", PASSWORD).await;
    browser.fill("again", PASSWORD).await;
    browser.send().await;
}

/// A telephone on which nobody has signed in.
pub async fn telephone(office: &Office) -> Chromium {
    Chromium::open(office, Setup { width: PHONE, ..Setup::default() }).await
}

/// Records an activity of today in a committee's area, with these members.
pub async fn took_part(browser: &Chromium, title: &str, committee: &str, who: &[&str]) {
    browser.goto("/activities/new").await;
    browser.fill("committee", committee).await;
    browser.fill("title", title).await;
    browser.click("input[name=area]").await;
    browser.fill("hours", "2").await;
    browser.send().await;
    browser.leaves("/activities/new").await;
    for name in who {
        browser.press(*name).await;
        browser.press(Key::Enter + "").await;
    }
    browser.sees(&format!("{} 人", who.len())).await;
}

/// On a committee's page: that what members did in its area was so.
pub async fn confirm_parts(phone: &Chromium, link: &str) {
    phone.goto(&format!("{link}/parts")).await;
    phone.fill("by", "周红").await;
    phone.click("button[value=all]").await;
    phone.driver.query(By::Css("main .rows .tag-ok")).first().await.unwrap();
}
