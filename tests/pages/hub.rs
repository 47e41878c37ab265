//! A committee's own page: what it does there reaches the office, and nothing of another committee,
//! or of a member who does not agree, is ever reached from it.

use crate::letters::{settle, with_an_issued_letter};
use crate::needs::enter;
use crate::office::{hidden, location};

/// A need as the committee posts it.
const NEED: [(&str, &str); 9] = [
    ("title", "陪老人看病"),
    ("area", "deeds"),
    ("times", "6m"),
    ("place", "elsewhere"),
    ("place_words", "社区医院"),
    ("contact", "刘洋"),
    ("contact_phone", "65010000"),
    ("skill", "书法"),
    ("by", "刘洋"),
];

#[tokio::test]
async fn what_a_committee_asks_for_reaches_the_office_and_it_sees_what_became_of_it() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let phone = office.visitor();
    let page = phone.page(&link).await;
    assert!(page.contains(&format!("{link}/needs")) && page.contains("Ask for help here"));
    let new = format!("{link}/needs/new");
    let page = phone.page(&new).await;
    assert!(page.contains("value=\"书法\""), "a skill that a member here has");
    let token = hidden(&page, "form");
    let mut form = NEED.to_vec();
    form.push(("form", &token));
    for _ in 0..2 {
        assert_eq!(location(&phone.post(&new, &form).await), format!("{link}/needs"));
    }
    let board = clerk.page("/needs").await;
    assert_eq!(board.matches("陪老人看病").count(), 1, "sent twice, entered once");
    assert!(board.contains("By the committee"));
    let record = clerk.page("/needs/1").await;
    assert!(record.contains("Posted by the committee · 刘洋") && record.contains("社区医院"));
    let log = clerk.page("/audit?action=need-added").await;
    assert!(log.contains("A committee, by link"), "{log}");
    assert!(!clerk.page("/audit?account=terminal").await.contains("陪老人看病"));
    // Who signed once stands there the next time, and the one who was named as contact.
    let again = phone.page(&new).await;
    assert!(again.contains("Signed by <strong>刘洋</strong>"), "{again}");
    let paired = clerk.post("/needs/1/pair", &[("member", "1")]).await;
    assert_eq!(paired.status(), 303);
    let page = phone.page(&format!("{link}/needs")).await;
    assert!(page.contains("Matched") && page.contains("朱颖"), "{page}");
    let close = format!("{link}/needs/1/close");
    phone.post(&close, &[]).await;
    assert!(phone.page(&format!("{link}/needs")).await.contains("is served already"));
    assert!(clerk.page("/needs/1").await.contains("Matched"));
}

#[tokio::test]
async fn what_is_wrong_with_a_posted_need_is_said_beside_the_field() {
    let (office, _clerk, link) = with_an_issued_letter().await;
    let phone = office.visitor();
    let new = format!("{link}/needs/new");
    for (field, wrong) in [("title", ""), ("contact_phone", "call me"), ("by", ""), ("until", "x")]
    {
        let mut form = NEED.to_vec();
        form.retain(|(name, _)| *name != field);
        form.push((field, wrong));
        let answer = phone.post(&new, &form).await;
        assert_eq!(answer.status(), 422, "{field}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}: {page}");
        assert!(page.contains("社区医院"), "what was typed stays");
    }
}

#[tokio::test]
async fn a_committee_takes_back_only_what_it_posted_itself() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let phone = office.visitor();
    let of_office = enter(&clerk, &[("skills", "书法")]).await;
    let elsewhere =
        enter(&clerk, &[("skills", "书法"), ("committee", "曲阳路居委会"), ("title", "修灯")])
            .await;
    phone.post(&format!("{link}/needs/new"), &NEED).await;
    let page = phone.page(&format!("{link}/needs")).await;
    assert!(page.contains("周末辅导小学数学") && !page.contains("修灯"), "{page}");
    for path in [of_office, elsewhere] {
        assert_eq!(phone.post(&format!("{link}{path}/close"), &[]).await.status(), 404, "{path}");
    }
    let close = format!("{link}/needs/3/close");
    assert_eq!(phone.post(&close, &[]).await.status(), 303);
    let record = clerk.page("/needs/3").await;
    assert!(record.contains("No longer needed") && record.contains("A committee, by link"));
}

#[tokio::test]
async fn no_part_opens_by_a_wrong_link_or_once_the_committee_became_part_of_another() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let phone = office.visitor();
    let wrong = "/c/0123456789abcdef0123456789abcdef";
    for part in PARTS {
        assert_eq!(phone.get(&format!("{wrong}{part}")).await.status(), 404, "{part}");
        assert_eq!(phone.get(&format!("{link}{part}")).await.status(), 200, "{part}");
    }
    let merge = [("into", "曲阳路居委会"), ("confirmed", "yes")];
    assert_eq!(clerk.post("/committees/3/merge", &merge).await.status(), 303);
    for part in PARTS {
        assert_eq!(phone.get(&format!("{link}{part}")).await.status(), 404, "{part}");
    }
    assert!(!phone.page(&link).await.contains(&format!("{link}/needs")), "the letter stays");
}

/// The parts of a committee's page.
const PARTS: &[&str] = &["/needs", "/needs/new"];

#[tokio::test]
async fn who_changes_too_much_by_a_link_is_asked_to_wait() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let phone = office.visitor();
    let new = format!("{link}/needs/new");
    let mut last = 0;
    for _ in 0..61 {
        last = phone.post(&new, &[("title", "")]).await.status().as_u16();
    }
    assert_eq!(last, 429);
    settle(&clerk, "孙丽", "曲阳路居委会", &["agreed"]).await;
    assert_eq!(phone.get(&new).await.status(), 200, "looking goes on");
}
