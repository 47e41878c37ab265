//! The whole of liaison and service in an office of some hundred members: from a batch of letters
//! to a visit, and an evening of forty people.

use linli::app::ServerSettings;
use linli::demo;
use thirtyfour::prelude::*;

use crate::chromium::{Chromium, Setup, administrator_of};
use crate::office::{Office, new_database};
use crate::steps::{invite, link_on, set_up_letters, telephone};

const MEMBERS: usize = 600;

/// An office of the demonstration's made-up members.
async fn demo_office() -> Office {
    let (folder, db) = new_database().await;
    demo::fill(&db, MEMBERS, demo::few_parts(MEMBERS), 1, |_| {}).await.unwrap();
    Office::serve(ServerSettings::default(), folder, db).await
}

/// How many keys a clerk may press for an evening of forty people: at three keys a second, who
/// looks at a list of names while typing, that is less than five minutes.
const KEYS: usize = 900;

async fn column<T>(office: &Office, sql: &'static str) -> Vec<T>
where
    T: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Send + Unpin,
{
    let mut connection = office.app.db.read().await.unwrap();
    sqlx::query_scalar(sql).fetch_all(&mut *connection).await.unwrap()
}

async fn last_part(browser: &Chromium) -> String {
    browser.path().await.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn letters_to_hundreds_lead_to_an_answer_a_need_a_pairing_and_a_visit() {
    let office = demo_office().await;
    let browser = administrator_of(&office, Setup::default()).await;
    set_up_letters(&browser).await;

    // A letter to every committee in whose area a member lives.
    let committees: Vec<i64> = column(
        &office,
        "SELECT DISTINCT committee_id FROM members WHERE committee_id IS NOT NULL AND agreed = 1",
    )
    .await;
    assert!(committees.len() > 300, "{}", committees.len());
    browser.goto("/letters/new").await;
    browser.send().await;
    browser.sees("已拟稿").await;
    let written: Vec<i64> = column(&office, "SELECT count(*) FROM letters").await;
    assert!(written[0] >= i64::try_from(committees.len()).unwrap(), "{written:?}");
    let letters: Vec<i64> = column(
        &office,
        "SELECT count(*) FROM letters WHERE batch_id = (SELECT max(batch_id) FROM letters)",
    )
    .await;
    browser.click("[name=all]").await;
    browser.click("button[value=issue]").await;
    browser.sees(&format!("已编号 {} 封", letters[0])).await;
    let numbers: Vec<i64> =
        column(&office, "SELECT number FROM letters WHERE number > 0 ORDER BY number").await;
    let last = i64::try_from(numbers.len()).unwrap();
    assert_eq!(numbers, (1..=last).collect::<Vec<_>>(), "no gap and no double");

    // One of them, on the phone of the committee's contact.
    let newest: Vec<i64> = column(&office, "SELECT max(id) FROM letters").await;
    let link = link_on(&browser, newest[0]).await;
    let phone = telephone(&office).await;
    phone.goto(&link).await;
    phone.fill("by", "刘洋").await;
    phone.fill("reply", "收到，独居老人需要有人陪着看病").await;
    phone.send().await;
    phone.sees("已答复，谢谢").await;
    phone.click(".doors a[href$='/needs']").await;
    phone.click("a.button-primary").await;
    phone.fill("title", "陪独居老人看病").await;
    phone.send().await;
    phone.sees("待结对").await;

    browser.goto("/letters?state=answered").await;
    browser.sees("刘洋").await;
    browser.goto("/needs").await;
    browser.sees("陪独居老人看病").await;
    let need: Vec<i64> =
        column(&office, "SELECT id FROM needs WHERE title = '陪独居老人看病'").await;
    browser.goto(&format!("/needs/{}", need[0])).await;
    // Whoever lives there is suggested first, with the reason in words.
    let why = browser.driver.query(By::Css(".suggested li:first-child .why"));
    let why = why.first().await.unwrap().text().await.unwrap();
    assert!(why.contains("住在本居委会"), "{why}");
    let name = browser.driver.query(By::Css(".suggested li:first-child strong"));
    let name = name.first().await.unwrap().text().await.unwrap();
    browser.click(".suggested li:first-child button").await;
    browser.leaves("/needs").await;
    browser.sees(&name).await;
    let pairing = last_part(&browser).await;

    // The member, invited to sign in, enters the visit at home.
    browser.click("a[href^='/members/']").await;
    browser.leaves("/pairings").await;
    let home = invite(&office, &browser).await;
    home.sees("陪独居老人看病").await;
    home.click("a[href^='/me/pairings/']").await;
    home.fill("done", "陪同就医").await;
    home.fill("minutes", "90").await;
    home.send().await;
    home.arrives("/me").await;
    for place in ["/members", "/needs", "/letters", "/pairings"] {
        home.goto(place).await;
        home.driver.query(By::Css(".error-page, main h1")).first().await.unwrap();
        assert!(!home.text().await.contains(&name), "{place}");
    }
    home.quit().await;
    browser.goto(&format!("/pairings/{pairing}")).await;
    browser.sees("陪同就医").await;

    // The committee sees who serves, and nothing of anyone else's.
    phone.driver.refresh().await.unwrap();
    phone.sees(&name).await;
    for place in ["/needs".to_owned(), format!("/pairings/{pairing}"), "/members".to_owned()] {
        phone.goto(&place).await;
        assert!(phone.path().await.starts_with("/login"), "{place}: {}", phone.path().await);
    }
    phone.quit().await;
    browser.quit().await;
}

#[tokio::test]
async fn forty_people_of_an_evening_are_entered_with_few_keys() {
    let office = demo_office().await;
    let browser = administrator_of(&office, Setup::default()).await;
    let numbers: Vec<String> = column(
        &office,
        "SELECT number FROM members WHERE number IS NOT NULL AND removed_at IS NULL ORDER BY id % 7, id
         LIMIT 40",
    )
    .await;
    let committee: Vec<String> = column(
        &office,
        "SELECT c.code FROM members AS m JOIN committees AS c ON c.id = m.committee_id
         ORDER BY m.id LIMIT 1",
    )
    .await;
    let mut keys = 0;
    browser.goto("/activities/new").await;
    for (field, text) in [("committee", committee[0].as_str()), ("title", "纳凉晚会")] {
        browser.fill(field, text).await;
        keys += text.chars().count() + 1;
    }
    browser.click("input[name=area][value=culture]").await;
    browser.send().await;
    browser.leaves("/activities/new").await;
    for number in &numbers {
        browser.press(number.as_str()).await;
        browser.press(Key::Enter + "").await;
        keys += number.chars().count() + 1;
    }
    browser.sees("40 人").await;
    assert!(keys <= KEYS, "{keys}");
    let saved: Vec<i64> = column(
        &office,
        "SELECT count(*) FROM participations AS p JOIN activities AS a ON a.id = p.activity_id
         WHERE a.title = '纳凉晚会' AND p.live = 1",
    )
    .await;
    assert_eq!(saved, [40]);
    browser.quit().await;
}
