//! An evening's activity: entered without a mouse, one name after the other, also where nothing
//! runs but the pages themselves.

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

async fn activity(browser: &Chromium) {
    browser.goto("/activities/new").await;
    browser.fill("committee", "四平路居委会").await;
    browser.fill("title", "夜间巡逻").await;
    browser.click("input[name=area][value=self-governance]").await;
    browser.fill("hours", "1.5").await;
    browser.send().await;
    browser.leaves("/activities/new").await;
}

async fn count(browser: &Chromium, selector: &str) -> usize {
    browser.driver.find_all(By::Css(selector)).await.unwrap().len()
}

/// Waits until there are so many.
async fn waits(browser: &Chromium, selector: &str, expected: usize) {
    for _ in 0..100 {
        if count(browser, selector).await == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{} of {selector}: {}", count(browser, selector).await, browser.text().await);
}

#[tokio::test]
async fn people_are_entered_one_after_the_other_without_a_mouse_or_waiting() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    for (name, number, address) in [
        ("朱颖", "T001", "四平路1号"),
        ("单小明", "T002", "和平路2号"),
        ("王伟", "T003", "新华路3号"),
        ("张敏", "T004", "长江路4号"),
        ("张敏", "T005", "黄河路5号"),
    ] {
        register(&browser, name, number, address).await;
    }
    activity(&browser).await;
    // The page opens in the box; nothing waits for an answer between two names.
    for typed in ["T001", "danxiaoming", "王伟", "张敏", "nobody", "T001"] {
        browser.press(typed).await;
        browser.press(Key::Enter + "").await;
    }
    waits(&browser, "#people tbody tr", 3).await;
    waits(&browser, "[data-question]", 2).await;
    browser.sees("“张敏”有几位").await;
    browser.sees("没有找到“nobody”").await;
    browser.sees("已经在名单里：朱颖").await;
    // Of the namesakes, the one at Huanghe Road.
    browser.click("[data-question] li:nth-child(2) button").await;
    waits(&browser, "#people tbody tr", 4).await;
    waits(&browser, "[data-question]", 1).await;
    browser.click("[data-dismiss]").await;
    waits(&browser, "[data-question]", 0).await;
    // What is offered is taken with Enter, and the box is free again.
    browser.press("ming").await;
    let offered = browser.driver.query(By::Css(".entry [role=option][aria-selected=true]"));
    offered.first().await.unwrap();
    browser.press(Key::Enter + "").await;
    browser.sees("已经在名单里：单小明").await;
    assert_eq!(browser.field("who").await.prop("value").await.unwrap().unwrap(), "");
    // Times are saved when one leaves the field, and the summary follows.
    let times = browser.driver.query(By::Css("input[name^=times-]")).first().await.unwrap();
    times.send_keys(Key::Control + "a").await.unwrap();
    times.send_keys("3").await.unwrap();
    times.send_keys(Key::Tab + "").await.unwrap();
    browser.sees("4 人，6 次").await;
    // Taken out, and undone.
    browser.click("button[name=out]").await;
    waits(&browser, "#people tbody tr", 3).await;
    browser.click("[data-back] button").await;
    waits(&browser, "#people tbody tr", 4).await;
    browser.driver.refresh().await.unwrap();
    waits(&browser, "#people tbody tr", 4).await;
    browser.quit().await;
}

#[tokio::test]
async fn without_scripts_people_are_entered_a_page_each() {
    let setup = Setup { script: false, ..Setup::default() };
    let (_office, browser) = first_administrator(setup).await;
    for (name, number) in [("朱颖", "T001"), ("张敏", "T004"), ("张敏", "T005")] {
        register(&browser, name, number, &format!("四平路{number}号")).await;
    }
    activity(&browser).await;
    browser.fill("who", "zhuying").await;
    browser.send().await;
    browser.sees("已加入：朱颖").await;
    browser.fill("who", "张敏").await;
    browser.send().await;
    browser.sees("“张敏”有几位").await;
    browser.click("[data-question] li button").await;
    browser.sees("2 人，2 次，3 小时").await;
    browser.fill(&hours(&browser).await, "2").await;
    browser.click("[data-amounts] p button").await;
    browser.sees("2 人，2 次，3.5 小时").await;
    browser.quit().await;
}

/// The name of the first field of hours.
async fn hours(browser: &Chromium) -> String {
    let field = browser.driver.query(By::Css("input[name^=hours-]")).first().await.unwrap();
    field.attr("name").await.unwrap().unwrap()
}
