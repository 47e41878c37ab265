//! A committee on its phone: asks for help, offers a wish, and the office sees both.

use crate::chromium::{Setup, first_administrator};
use crate::steps::{register, telephone, write_a_letter};

#[tokio::test]
async fn a_committee_asks_for_help_and_offers_a_wish_on_its_phone() {
    let (office, browser) = first_administrator(Setup::default()).await;
    register(&browser, "朱颖", "四平路居委会").await;
    let link = write_a_letter(&browser).await;

    let phone = telephone(&office).await;
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
