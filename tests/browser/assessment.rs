//! A half-year from the call to the commendation: the office at its desk, the committee's contact
//! and the member on their telephones, and what each of them must not reach.

use linli::activities::{HalfYear, today};
use thirtyfour::prelude::*;

use crate::chromium::{Chromium, Setup, first_administrator};
use crate::office::Office;
use crate::steps::{
    confirm_parts, invite, register, telephone, took_part, welcome, write_a_letter,
};

/// Three members of one committee, of whom two took part; the committee's link.
async fn office_with_three() -> (Office, Chromium, String) {
    let (office, browser) = first_administrator(Setup::default()).await;
    for name in ["朱颖", "王伟", "李强"] {
        register(&browser, name, "四平路居委会").await;
    }
    let link = write_a_letter(&browser).await;
    took_part(&browser, "清洗楼道", "四平路居委会", &["朱颖", "王伟"]).await;
    (office, browser, link)
}

/// A second clerk at a desk of their own.
async fn second_clerk(office: &Office, browser: &Chromium) -> Chromium {
    browser.goto("/accounts/new").await;
    browser.fill("display_name", "赵敏").await;
    browser.fill("login", "zhaomin").await;
    browser.click("[name=role][value=administrator]").await;
    browser.send().await;
    let link = browser.driver.query(By::Css("main [data-select]")).first().await.unwrap();
    let link = link.value().await.unwrap().unwrap();
    let second = Chromium::open(office, Setup::default()).await;
    welcome(&second, &link).await;
    second.leaves("/welcome").await;
    second
}

/// Nothing of others is behind these pages: neither their names nor a page at all.
async fn reaches_none(who: &Chromium, places: &[&str], name: &str) {
    for place in places {
        who.goto(place).await;
        let text = who.text().await;
        assert!(!text.contains(name), "{place}: {text}");
        let refused = text.contains("您没有权限") || text.contains("找不到这个页面");
        assert!(refused || who.path().await.starts_with("/login"), "{place}: {text}");
    }
}

#[tokio::test]
async fn a_survey_goes_round_by_link_and_on_paper_until_it_is_closed() {
    let (office, browser, link) = office_with_three().await;
    browser.goto("/surveys/new").await;
    browser.send().await;
    browser.arrives("/surveys/1").await;

    // The member's form is filled in with what is on record: one press.
    browser.goto("/members/1").await;
    let home = invite(&office, &browser).await;
    home.click("form[action='/me/surveys/1'] button[value=submit]").await;
    home.arrives("/me/surveys/1").await;
    home.sees("待居委会签字").await;
    // The office hands in what else is on record.
    browser.goto("/surveys/1").await;
    browser.sees("提交 1 份有记录的表").await;
    browser.click("form[action='/surveys/1/submit'] button").await;
    browser.sees("四平路居委会").await;

    // The committee sends one back with what is wrong, and confirms the other.
    let phone = telephone(&office).await;
    phone.goto(&link).await;
    phone.click(".doors a[href$='/forms']").await;
    phone.sees("清洗楼道").await;
    phone.click("a[href$='/return'][aria-label*='王伟']").await;
    phone.fill("why", "王伟那天来了两次。").await;
    phone.fill("by", "周红").await;
    phone.send().await;
    phone.arrives(&format!("{link}/forms")).await;
    phone.click("button[value=all]").await;
    phone.sees("没有等您确认的调查表").await;
    home.driver.refresh().await.unwrap();
    home.sees("周红").await;
    reaches_none(&home, &["/surveys/1", "/surveys/1/members/2", "/surveys/1/report"], "王伟").await;
    let others = ["/surveys/1", "/me/surveys/1", "/surveys/1/members/1/scan"];
    reaches_none(&phone, &others, "朱颖").await;

    // The office puts it right and asks on paper, which a second person checks.
    browser.goto("/surveys/1/forms?state=returned").await;
    browser.click("a[href='/surveys/1/members/2']").await;
    browser.sees("王伟那天来了两次。").await;
    browser.fill("times", "2").await;
    browser.send().await;
    browser.sees("待居委会签字").await;
    browser.goto("/surveys/1/papers").await;
    browser.send().await;
    browser.sees("王伟").await;
    let paper = "//article[contains(., '王伟')]//*[@class = 'code']";
    let code = browser.driver.query(By::XPath(paper)).first().await.unwrap();
    let code = code.text().await.unwrap();
    browser.goto("/surveys/code").await;
    browser.fill("code", &code.to_lowercase()).await;
    browser.send().await;
    browser.arrives("/surveys/1/members/2").await;
    let scan = browser.attach(".pdf", "%PDF-1.7 signed and stamped").await;
    browser.click("form[action$='/scan'] button").await;
    browser.driver.query(By::Css("main a[href$='/scan']")).first().await.unwrap();
    drop(scan);
    browser.click("button[value=mark]").await;
    browser.sees("待第二人核对").await;
    browser.click("button[value=check]").await;
    browser.sees("请由另一位工作人员核对").await;
    let second = second_clerk(&office, &browser).await;
    second.goto("/surveys/1/members/2").await;
    second.click("button[value=check]").await;
    second.sees("已确认").await;

    // Who took no part says why, in a sentence, and what was typed stays.
    browser.goto("/surveys/1/members/3").await;
    browser.send().await;
    browser.sees("没有参加活动，必须选一个原因。").await;
    browser.click("[name=reason][value=at-work]").await;
    browser.fill("words", "忙").await;
    browser.send().await;
    browser.sees("请写一句完整的话。").await;
    assert_eq!(browser.field("words").await.value().await.unwrap().unwrap(), "忙");
    browser.fill("words", "这半年周末都在机房值班。").await;
    browser.send().await;
    browser.sees("待居委会签字").await;

    // Opened again with why; closed meanwhile, so that it comes late.
    second.fill("why", "次数登记错了。").await;
    second.click("button[value=reopen]").await;
    second.sees("填写中").await;
    second.quit().await;
    browser.goto("/surveys/1").await;
    browser.click("form[action='/surveys/1/close'] button").await;
    browser.sees("已截止").await;
    browser.goto("/surveys/1/members/2").await;
    browser.send().await;
    browser.sees("逾期").await;
    phone.goto(&format!("{link}/forms")).await;
    phone.click("button[value=all]").await;
    phone.sees("没有等您确认的调查表").await;
    browser.goto("/surveys/1/forms?state=late").await;
    browser.sees("王伟").await;
    browser.goto("/surveys/1/report").await;
    browser.sees("四平路居委会").await;
    for who in [home, phone, browser] {
        who.quit().await;
    }
}

#[tokio::test]
async fn a_review_is_held_with_the_committees_feedback_and_the_members_answer() {
    let (office, browser, link) = office_with_three().await;
    let half = HalfYear::of(today()).code();
    browser.goto("/reviews/enquiries/new").await;
    browser.set("half", &half).await;
    browser.send().await;
    browser.leaves("/reviews/enquiries/new").await;
    browser.click("[name=all]").await;
    browser.click("button[value=send]").await;
    browser.sees("待回复").await;

    let phone = telephone(&office).await;
    confirm_parts(&phone, &link).await;
    phone.goto(&link).await;
    phone.click(".doors a[href$='/feedback']").await;
    phone.sees("清洗楼道").await;
    let boxes = phone.driver.find_all(By::Css("main textarea")).await.unwrap();
    boxes[0].send_keys("两位一起把三个楼道洗干净了。").await.unwrap();
    // Who signs is known by now.
    phone.send().await;
    phone.sees("更正").await;

    browser.goto(&format!("/reviews?half={half}")).await;
    browser.click("form[action='/reviews']:has([name=branch][value='1']) button").await;
    browser.arrives("/reviews/1").await;
    browser.click("form[action$='/hold'] button").await;
    browser.sees("已召开").await;
    browser.goto("/members/1").await;
    let home = invite(&office, &browser).await;
    home.goto(&format!("/me/review?half={half}")).await;
    home.sees("清洗楼道").await;
    home.fill("words", "下半年可以每月来一次。").await;
    home.send().await;
    home.sees("下半年可以每月来一次。").await;
    reaches_none(&home, &["/reviews", "/reviews/1", "/reviews/enquiries/1"], "王伟").await;
    reaches_none(&phone, &["/reviews/1", "/reviews/requests/1", "/me/review"], "朱颖").await;
    browser.goto("/reviews/1/print").await;
    browser.sees("下半年可以每月来一次。").await;
    browser.sees("两位一起把三个楼道洗干净了。").await;
    browser.goto("/reviews/1").await;
    browser.click("form[action$='/close'] button").await;
    browser.sees("已结束").await;
    for who in [home, phone, browser] {
        who.quit().await;
    }
}

#[tokio::test]
async fn a_commendation_is_decided_published_if_the_member_agrees_and_proved_by_its_code() {
    let (office, browser, link) = office_with_three().await;
    // Only what a committee confirmed counts.
    let phone = telephone(&office).await;
    confirm_parts(&phone, &link).await;

    browser.goto("/commendations/new").await;
    browser.fill("title", "社区服务先进党员").await;
    browser.set("until", "2099-12-31").await;
    browser.fill("criteria", "热心服务邻里").await;
    browser.fill("times", "1").await;
    browser.send().await;
    browser.arrives("/commendations/1").await;
    browser.click("a[href='/commendations/1/fitting']").await;
    browser.sees("朱颖").await;
    browser.sees("参加 1 次（要求 1 次）").await;
    assert!(!browser.text().await.contains("李强"), "who took no part is not listed");
    browser.click("a[href='/commendations/1/nominate?member=1']").await;
    browser.fill("reason", "带头清洗楼道。").await;
    browser.send().await;
    browser.leaves("/commendations/1/nominate").await;
    browser.goto("/commendations/1/decide").await;
    browser.fill("body", "支部党员大会").await;
    browser.set("outcome", "yes").await;
    for (votes, count) in [("votes_for", "9"), ("votes_against", "0"), ("votes_abstained", "1")] {
        browser.fill(votes, count).await;
    }
    browser.send().await;
    browser.leaves("/commendations/1/decide").await;

    // Nobody reads of it before the member says so.
    browser.goto("/commendations/published").await;
    assert!(!browser.text().await.contains("朱颖"));
    browser.goto("/members/1").await;
    let home = invite(&office, &browser).await;
    home.sees("社区服务先进党员").await;
    home.click("form[action^='/me/commendations/'] button").await;
    home.goto("/commendations/published").await;
    home.sees("带头清洗楼道。").await;
    reaches_none(&home, &["/commendations", "/commendations/1", "/commendations/1/decide"], "王伟")
        .await;
    reaches_none(&phone, &["/commendations/1", "/commendations/published"], "朱颖").await;
    browser.goto("/commendations/1").await;
    browser.click("form[action$='/certificates'] button").await;
    browser.sees("荣誉证书").await;

    // The certificate of service, and who looks it up with nothing but its code.
    home.goto("/me/certificates").await;
    home.send().await;
    let url = home.driver.query(By::Css(".of-service-proof .letter-url")).first().await.unwrap();
    let url = url.text().await.unwrap();
    let proof = format!("/v/{}", url.split("/v/").nth(1).unwrap().trim());
    phone.goto(&proof).await;
    phone.sees("朱颖").await;
    home.goto("/me/certificates").await;
    home.click("form[action$='/off'] button").await;
    home.sees("已停用").await;
    phone.goto(&proof).await;
    assert!(!phone.text().await.contains("朱颖"), "switched off");
    for who in [home, phone, browser] {
        who.quit().await;
    }
}
