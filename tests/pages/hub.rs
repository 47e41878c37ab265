//! A committee's own page: what it does there reaches the office, and nothing of another committee,
//! or of a member who does not agree, is ever reached from it.

use crate::letters::{settle, today, with_an_issued_letter};
use crate::needs::enter;
use crate::office::{Browser, hidden, location};

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
    let waiting = "One need posted by its committee awaits a pairing";
    assert!(clerk.page("/").await.contains(waiting));
    let paired = clerk.post("/needs/1/pair", &[("member", "1")]).await;
    assert_eq!(paired.status(), 303);
    assert!(!clerk.page("/").await.contains(waiting));
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
const PARTS: &[&str] =
    &["/needs", "/needs/new", "/data", "/parts", "/feedback", "/offers", "/offers/new"];

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

/// What the committee says of itself.
const DATA: [(&str, &str); 5] = [
    ("contact_person", "刘洋"),
    ("phone", "65010000"),
    ("head", "陈静"),
    ("party_head", "王芳芳"),
    ("by", "刘洋"),
];

#[tokio::test]
async fn a_committee_corrects_its_data_and_staff_take_what_they_tick() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let phone = office.visitor();
    let data = format!("{link}/data");
    let same = phone.post(&data, &[("by", "刘洋")]).await;
    assert_eq!(same.status(), 422);
    assert!(same.text().await.unwrap().contains("nothing to send"));
    assert_eq!(phone.post(&data, &DATA).await.status(), 303);
    assert!(!clerk.page("/committees/3").await.contains("65010000"), "never written by itself");
    assert!(phone.page(&data).await.contains("Waiting for the branch"));
    assert!(clerk.page("/").await.contains("A correction by a committee is waiting"));
    assert!(clerk.page("/committees/proposals").await.contains("四平路居委会"));
    let page = clerk.page("/committees/proposals/1").await;
    let version = hidden(&page, "version");
    let none = [("act", "accept"), ("since", "2026-01-31"), ("version", version.as_str())];
    assert_eq!(clerk.post("/committees/proposals/1", &none).await.status(), 422);
    // The record changes while they look: both are shown before anything is taken.
    let edit = [("name", "四平路居委会"), ("phone", "65019999"), ("version", version.as_str())];
    let edit = [&edit[..], &[("since", "2026-01-31")]].concat();
    assert_eq!(clerk.post("/committees/3/edit", &edit).await.status(), 303);
    let take = [&none[..], &[("part", "phone"), ("part", "head")]].concat();
    let late = clerk.post("/committees/proposals/1", &take).await;
    assert_eq!(late.status(), 409);
    let page = late.text().await.unwrap();
    assert!(
        page.contains("65019999") && page.contains("65010000") && page.contains("changed since")
    );
    let version = hidden(&page, "version");
    let take: Vec<_> = take
        .into_iter()
        .map(
            |(name, value)| {
                if name == "version" { (name, version.as_str()) } else { (name, value) }
            },
        )
        .collect();
    assert_eq!(clerk.post("/committees/proposals/1", &take).await.status(), 303);
    let record = clerk.page("/committees/3").await;
    assert!(record.contains("65010000") && record.contains("陈静") && !record.contains("王芳芳"));
    assert!(clerk.page("/committees/3/history").await.contains("Corrected by the committee"));
    assert!(phone.page(&data).await.contains("Your last correction was taken"));
    let again = clerk.post("/committees/proposals/1", &take).await;
    assert_eq!(again.status(), 409);
    let log = clerk.page("/audit").await;
    assert!(log.contains("Proposed a correction") && log.contains("Took a committee"), "{log}");
}

#[tokio::test]
async fn a_declined_correction_says_why_and_can_be_looked_at_again() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let phone = office.visitor();
    let data = format!("{link}/data");
    phone.post(&data, &DATA).await;
    let newer = [("contact_person", "张敏"), ("by", "刘洋")];
    assert_eq!(phone.post(&data, &newer).await.status(), 303, "takes the place of the first");
    let list = clerk.page("/committees/proposals").await;
    assert!(list.contains("/committees/proposals/2") && !list.contains("/committees/proposals/1"));
    let place = "/committees/proposals/2";
    let wordless = clerk.post(place, &[("act", "decline")]).await;
    assert_eq!(wordless.status(), 422);
    let because = [("act", "decline"), ("because", "与街道名册不符")];
    assert_eq!(clerk.post(place, &because).await.status(), 303);
    let page = phone.page(&data).await;
    assert!(page.contains("与街道名册不符"), "{page}");
    assert_eq!(clerk.post(&format!("{place}/reopen"), &[]).await.status(), 303);
    assert!(phone.page(&data).await.contains("Waiting for the branch"));
    assert_eq!(phone.post(&format!("{data}/withdraw"), &[]).await.status(), 303);
    assert_eq!(clerk.post(place, &because).await.status(), 409, "taken back meanwhile");
    assert_eq!(clerk.post(&format!("{place}/reopen"), &[]).await.status(), 409);
}

/// Records an activity at a committee today in which these members took part; its path.
async fn took_part(clerk: &Browser, title: &str, committee: &str, members: &[&str]) -> String {
    let form = [
        ("committee", committee),
        ("title", title),
        ("day", &today()),
        ("area", "culture"),
        ("manner", "group"),
        ("hours", "1.5"),
    ];
    let answer = clerk.post("/activities/new", &form).await;
    let place = location(&answer);
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    for member in members {
        clerk.post(&format!("{place}/people"), &[("who", *member)]).await;
    }
    place
}

/// What a page shows of parts, as it sends them.
fn shown(page: &str) -> Vec<String> {
    let parts = page.split("name=\"shown\" value=\"").skip(1);
    parts.map(|part| part.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn one_press_confirms_what_was_shown_and_what_is_wrong_goes_to_the_office() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let phone = office.visitor();
    let place = took_part(&clerk, "夜间巡逻", "四平路居委会", &["朱颖", "王伟", "李强"]).await;
    let parts = format!("{link}/parts");
    let page = phone.page(&parts).await;
    assert!(page.contains("朱颖") && page.contains("王伟"));
    assert!(!page.contains("李强"), "who does not agree is not named");
    let tokens = shown(&page);
    assert_eq!(tokens.len(), 2);
    let wrong = format!("{parts}/2/wrong");
    let says = [("what", "amount"), ("words", "实际 2 小时"), ("by", "刘洋")];
    assert_eq!(phone.post(&wrong, &[("by", "刘洋")]).await.status(), 422);
    assert_eq!(phone.post(&wrong, &says).await.status(), 303);
    let mut form = vec![("activity", "all"), ("by", "刘洋")];
    form.extend(tokens.iter().map(|token| ("shown", token.as_str())));
    assert_eq!(phone.post(&parts, &form).await.status(), 303);
    let page = phone.page(&parts).await;
    assert!(page.contains("1 confirmed. Thank you") && page.contains("刘洋 · "), "{page}");
    assert!(page.contains("实际 2 小时"));
    let activity = clerk.page(&place).await;
    assert_eq!(activity.matches(">confirmed<").count(), 1, "{activity}");
    assert!(clerk.page("/").await.contains("one participation is wrong"));
    let list = clerk.page("/activities/doubts").await;
    assert!(list.contains("王伟") && list.contains("Other times or hours"));
    // The office mends it, and then it can be confirmed.
    let amount = [("was-2", "1/90"), ("times-2", "1"), ("hours-2", "2")];
    clerk.post(&format!("{place}/amounts"), &amount).await;
    assert_eq!(clerk.post("/activities/doubts/1", &[]).await.status(), 303);
    assert!(clerk.page("/activities/doubts").await.contains("Nothing is waiting"));
    assert_eq!(phone.post(&parts, &form).await.status(), 303);
    assert!(phone.page(&parts).await.contains("This has just changed"), "seen with 1.5 hours");
    let fresh = shown(&phone.page(&parts).await);
    let form = [("activity", "all"), ("by", "刘洋"), ("shown", fresh[0].as_str())];
    phone.post(&parts, &form).await;
    assert_eq!(clerk.page(&place).await.matches(">confirmed<").count(), 2);
    // A mistake is taken back, and the mark is gone.
    assert_eq!(phone.post(&format!("{parts}/back"), &[("activity", "1")]).await.status(), 303);
    assert_eq!(clerk.page(&place).await.matches(">confirmed<").count(), 0);
    let log = clerk.page("/audit").await;
    for said in ["Committee confirmed participation", "took a confirmation back", "is wrong"] {
        assert!(log.contains(said), "{said}");
    }
}

#[tokio::test]
async fn no_part_of_another_committee_or_of_who_does_not_agree_can_be_confirmed_or_doubted() {
    let (office, clerk, link) = with_an_issued_letter().await;
    settle(&clerk, "孙丽", "曲阳路居委会", &["agreed"]).await;
    let phone = office.visitor();
    // Part 1: elsewhere. 2: a neighbour of another committee. 3: who does not agree.
    took_part(&clerk, "知识讲座", "曲阳路居委会", &["朱颖"]).await;
    took_part(&clerk, "夜间巡逻", "四平路居委会", &["孙丽", "李强"]).await;
    let parts = format!("{link}/parts");
    let page = phone.page(&parts).await;
    assert!(shown(&page).is_empty() && !page.contains("孙丽") && !page.contains("知识讲座"));
    let day = today();
    let forged: Vec<String> =
        (1..=3).map(|id| format!("{}:{id}/1/90/{day}", if id == 1 { 1 } else { 2 })).collect();
    let mut form = vec![("activity", "all"), ("by", "刘洋")];
    form.extend(forged.iter().map(|token| ("shown", token.as_str())));
    phone.post(&parts, &form).await;
    for (id, place) in [(1, "/activities/1"), (2, "/activities/2"), (3, "/activities/2")] {
        assert!(!clerk.page(place).await.contains(">confirmed<"), "{place}");
        let wrong = format!("{parts}/{id}/wrong");
        assert_eq!(phone.get(&wrong).await.status(), 404);
        let says = [("what", "absent"), ("by", "刘洋")];
        assert_eq!(phone.post(&wrong, &says).await.status(), 404);
    }
    assert!(clerk.page("/activities/doubts").await.contains("Nothing is waiting"));
    // Who withdraws is not on the page any more.
    took_part(&clerk, "大扫除", "四平路居委会", &["朱颖"]).await;
    assert!(phone.page(&parts).await.contains("大扫除"));
    clerk.post("/members/1/withdraw", &[]).await;
    assert!(!phone.page(&parts).await.contains("大扫除"));
}
