//! A committee on its phone: asks for help, offers a wish, and the office sees both.

use thirtyfour::prelude::*;

use crate::chromium::{Chromium, Setup, first_administrator};

#[tokio::test]
async fn a_committee_asks_for_help_and_offers_a_wish_on_its_phone() {
    let (office, browser) = first_administrator(Setup::default()).await;
    browser.goto("/members/new").await;
    browser.fill("name", "朱颖").await;
    browser.fill("address", "四平路180弄15号").await;
    browser.fill("committee", "四平路居委会").await;
    browser.click("[name=agreed]").await;
    browser.send().await;
    browser.leaves("/members/new").await;
    browser.goto("/letters/settings").await;
    browser.fill("office", "长途通信党支部").await;
    browser.fill("prefix", "沪电党联").await;
    browser.send().await;
    browser.leaves("/letters/settings").await;
    browser.goto("/letters/new").await;
    browser.send().await;
    browser.sees("已拟稿 1 封").await;
    browser.click("[name=all]").await;
    browser.click("button[value=issue]").await;
    browser.sees("已编号 1 封").await;
    browser.goto("/letters/print?id=1").await;
    let link = browser.driver.query(By::Css(".letter-url")).first().await.unwrap();
    let link = link.text().await.unwrap();
    let link = format!("/c/{}", link.split("/c/").nth(1).unwrap().trim());

    let phone = Chromium::open(&office, Setup { width: 360, ..Setup::default() }).await;
    phone.goto(&link).await;
    phone.click(".doors a[href$='/needs']").await;
    phone.sees("还没有提过需求").await;
    phone.click("a.button-primary").await;
    phone.fill("title", "陪老人看病").await;
    phone.fill("by", "刘洋").await;
    phone.send().await;
    phone.sees("待结对").await;
    phone.goto(&format!("{link}/offers/new?kind=wish")).await;
    phone.sees("经办人：").await;
    phone.fill("title", "换一个灯泡").await;
    phone.send().await;
    phone.sees("待认领").await;
    phone.quit().await;

    browser.goto("/needs").await;
    browser.sees("陪老人看病").await;
    browser.goto("/needs/wishes").await;
    browser.sees("换一个灯泡").await;
    browser.quit().await;
}
