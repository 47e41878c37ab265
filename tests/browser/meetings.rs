//! A meeting from its invitation to what was written up of it, without a mouse where one types.

use std::time::Duration;

use thirtyfour::prelude::*;

use crate::chromium::{Chromium, Setup, first_administrator};

async fn register(browser: &Chromium, name: &str, number: &str, address: &str) {
    browser.goto("/members/new").await;
    browser.fill("name", name).await;
    browser.fill("number", number).await;
    browser.fill("address", address).await;
    browser.send().await;
    browser.leaves("/members/new").await;
}

/// Waits until there are so many.
async fn waits(browser: &Chromium, selector: &str, expected: usize) {
    let count = async || browser.driver.find_all(By::Css(selector)).await.unwrap().len();
    for _ in 0..100 {
        if count().await == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{} of {selector}: {}", count().await, browser.text().await);
}

#[tokio::test]
async fn a_meeting_is_entered_by_typing_and_an_experience_is_found_in_the_one_search_box() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    for (name, number, address) in [
        ("朱颖", "T001", "四平路1号"),
        ("单小明", "T002", "和平路2号"),
        ("王伟", "T003", "新华路3号"),
    ] {
        register(&browser, name, number, address).await;
    }
    browser.goto("/meetings/new").await;
    browser.press("经验交流").await;
    browser.fill("place", "三楼会议室").await;
    browser.send().await;
    browser.leaves("/meetings/new").await;
    let place = browser.path().await;
    // The page opens in the box; nothing waits for an answer between two names.
    for typed in ["T001", "danxiaoming", "ww"] {
        browser.press(typed).await;
        browser.press(Key::Enter + "").await;
    }
    waits(&browser, "#people tbody tr", 3).await;
    browser.sees("到会 3 人，请假 0 人").await;
    // A reason says that they asked for leave, as soon as one leaves the field.
    let reason = browser.driver.query(By::Css("#people input.reason")).first().await.unwrap();
    reason.send_keys("出差").await.unwrap();
    reason.send_keys(Key::Tab + "").await.unwrap();
    browser.sees("到会 2 人，请假 1 人").await;
    let state = browser.driver.query(By::Css("#people select.state")).first().await.unwrap();
    assert_eq!(state.prop("value").await.unwrap().unwrap(), "leave");
    // What was told, one after the other, the cursor where the next begins.
    for (who, told) in [("zhuying", "先打电话问清毛病"), ("danxiaoming", "先听两家说")]
    {
        let field = browser.driver.query(By::Css("#told-who")).first().await.unwrap();
        field.send_keys(who).await.unwrap();
        let words = browser.driver.query(By::Css("#told-words")).first().await.unwrap();
        words.send_keys(told).await.unwrap();
        browser.click("form[action$='/told'] .actions button").await;
        browser.sees(told).await;
        let focused = browser.driver.active_element().await.unwrap();
        assert_eq!(focused.id().await.unwrap().unwrap_or_default(), "told-who");
    }
    browser.click(".lines a[href^='/experiences/new']").await;
    browser.leaves("/meetings").await;
    browser.fill("title", "修电脑先问毛病").await;
    browser.click("input[name=member]").await;
    browser.send().await;
    browser.leaves("/experiences/new").await;
    browser.sees("朱颖").await;
    let experience = browser.path().await;
    browser.goto(&place).await;
    browser.sees("修电脑先问毛病").await;
    browser.goto("/members?q=毛病").await;
    browser.sees("经验 1 条").await;
    browser.click(".found span a").await;
    browser.arrives(&experience).await;
    browser.quit().await;
}
