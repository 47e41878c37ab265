//! From the text of a letter to its answer: the office at its desk, the committee on a phone.

use crate::chromium::{Setup, first_administrator};
use crate::steps::{link_on, register, set_up_letters, telephone};

#[tokio::test]
async fn from_the_text_to_a_batch_to_paper_to_the_committees_phone_to_its_answer() {
    let (office, browser) = first_administrator(Setup::default()).await;
    for (name, committee) in [("朱颖", "四平路居委会"), ("王伟", "曲阳路居委会")] {
        register(&browser, name, committee).await;
    }
    set_up_letters(&browser).await;

    // A wrong name of a field is said while one types, and a right one is filled in.
    browser.goto("/letters/template").await;
    browser.fill("text", "{居委回}：\n{名单}").await;
    browser.sees("没有“居委回”这个栏目").await;
    browser.fill("text", "致{居委会}：\n{名单}\n盼复。").await;
    browser.sees("致曲阳路居委会：").await;
    browser.send().await;
    browser.sees("已保存").await;

    browser.goto("/letters/new").await;
    browser.sees("2 封联系函").await;
    browser.send().await;
    browser.sees("已拟稿 2 封").await;
    browser.click("[name=all]").await;
    browser.click("button[value=issue]").await;
    browser.sees("已编号 2 封").await;
    browser.goto("/letters/print?batch=1").await;
    browser.sees("〕2号").await;
    let link = link_on(&browser, 1).await;

    let phone = telephone(&office).await;
    phone.goto(&link).await;
    phone.sees("王伟").await;
    assert!(!phone.text().await.contains("朱颖"), "another committee's");
    phone.fill("by", "刘洋").await;
    phone.fill("reply", "请王伟周六来教书法").await;
    phone.send().await;
    phone.sees("已答复，谢谢").await;
    phone.quit().await;

    browser.goto("/letters?state=answered").await;
    browser.sees("刘洋").await;
    browser.goto("/letters/1").await;
    browser.sees("请王伟周六来教书法").await;
    browser.quit().await;
}

#[tokio::test]
async fn letters_are_written_without_scripts() {
    let setup = Setup { script: false, ..Setup::default() };
    let (_office, browser) = first_administrator(setup).await;
    browser.goto("/members/new").await;
    browser.fill("name", "朱颖").await;
    browser.fill("address", "四平路180弄15号").await;
    browser.fill("committee", "四平路居委会").await;
    browser.click("[name=agreed]").await;
    browser.send().await;
    browser.sees("四平路180弄15号").await;
    browser.goto("/letters").await;
    browser.click(".notice a").await;
    browser.fill("office", "长途通信党支部").await;
    browser.fill("prefix", "沪电党联").await;
    browser.send().await;
    browser.leaves("/letters/settings").await;
    browser.goto("/letters/template").await;
    browser.fill("text", "致{居委会}：\n{名单}").await;
    browser.click("button[value=look]").await;
    browser.sees("致四平路居委会：").await;
    browser.goto("/letters/new").await;
    browser.send().await;
    browser.leaves("/letters/new").await;
    browser.click("[name=tick]").await;
    browser.click("button[value=issue]").await;
    browser.sees("已编号 1 封").await;
    browser.quit().await;
}
