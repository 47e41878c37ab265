//! The liaison ledger: letters and other contacts in one line, with what waits for how long.

use linli::web::{Role, Scope};

use crate::erase::erase;
use crate::letters::{office_that_writes, settle, today, with_an_issued_letter};
use crate::merge::{merge, undo};
use crate::office::{Browser, hidden, location};

const LEDGER: &str = "/letters/ledger";
const NEW: &str = "/letters/contacts/new";

/// How many lines a ledger shows.
fn lines(page: &str) -> usize {
    page.matches("<th scope=\"row\"").count()
}

fn days_ago(days: i64) -> String {
    let today: jiff::civil::Date = today().parse().unwrap();
    today.checked_sub(jiff::Span::new().days(days)).unwrap().to_string()
}

async fn enter(clerk: &Browser, form: &[(&str, &str)]) {
    let day = today();
    let mut whole = vec![("kind", "visit"), ("day", day.as_str()), ("committee", "四平路居委会")];
    whole.retain(|(name, _)| !form.iter().any(|(given, _)| given == name));
    whole.extend_from_slice(form);
    let answer = clerk.post(NEW, &whole).await;
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
}

#[tokio::test]
async fn a_letter_its_reply_and_what_came_of_it_stand_in_one_line() {
    let (_office, clerk, _link) = with_an_issued_letter().await;
    let page = clerk.page(LEDGER).await;
    assert!(lines(&page) == 1 && page.contains("To be sent"), "{page}");
    let day = today();
    let send = [("act", "send"), ("sent_on", day.as_str()), ("way", "post")];
    assert_eq!(clerk.post("/letters/1", &send).await.status(), 303);
    let page = clerk.page(&format!("{LEDGER}?open=yes")).await;
    assert!(page.contains("To be answered") && page.contains("By post"), "{page}");
    let answer = [
        ("act", "answer"),
        ("answered_on", day.as_str()),
        ("by", "刘洋"),
        ("reply", "请两位教书法"),
    ];
    assert_eq!(clerk.post("/letters/1", &answer).await.status(), 303);
    let page = clerk.page(&format!("{LEDGER}?open=yes")).await;
    assert!(page.contains("Nothing arranged yet") && page.contains("请两位教书法"), "{page}");
    // What the committee asks for is what came of it: nobody types it again.
    let need = [
        ("committee", "四平路居委会"),
        ("title", "教书法"),
        ("area", "culture"),
        ("place", "committee"),
    ];
    let entered = clerk.post("/needs/new", &need).await;
    assert_eq!(entered.status(), 303, "{}", entered.text().await.unwrap());
    assert!(clerk.page(&format!("{LEDGER}?open=yes")).await.contains("Nothing to follow up"));
    let page = clerk.page(LEDGER).await;
    assert!(page.contains("one need") && page.contains("刘洋"), "{page}");
}

#[tokio::test]
async fn what_is_open_is_followed_up_what_waits_longest_first() {
    let (_office, clerk) = office_that_writes().await;
    let (old, older, soon) = (days_ago(3), days_ago(9), days_ago(-5));
    enter(&clerk, &[("words", "问安排"), ("promised", "下周安排"), ("day", &old)]).await;
    enter(
        &clerk,
        &[
            ("kind", "call"),
            ("words", "问夜间巡逻"),
            ("promised", "排班"),
            ("day", &older),
            ("due", &older),
            ("committee", "曲阳路居委会"),
        ],
    )
    .await;
    enter(&clerk, &[("words", "谈活动室"), ("promised", "腾出一间"), ("due", &soon)]).await;
    enter(&clerk, &[("words", "认识一下")]).await;
    let page = clerk.page(LEDGER).await;
    assert_eq!(lines(&page), 4, "{page}");
    let open = clerk.page(&format!("{LEDGER}?open=yes")).await;
    assert_eq!(lines(&open), 2, "what is not due and what promised nothing can wait: {open}");
    let (call, visit) = (open.find("9 days late").unwrap(), open.find("Open for 3 days").unwrap());
    assert!(call < visit, "{open}");
    let one = clerk.page(&format!("{LEDGER}?committee=2")).await;
    assert!(lines(&one) == 1 && one.contains("排班"), "{one}");
    assert_eq!(lines(&clerk.page(&format!("{LEDGER}?kind=call")).await), 1);
    assert_eq!(lines(&clerk.page(&format!("{LEDGER}?district=310110")).await), 3);
    assert_eq!(lines(&clerk.page(&format!("{LEDGER}?year=1999")).await), 0);
    let file = clerk.get(&format!("{LEDGER}.csv?open=yes")).await.text().await.unwrap();
    assert!(file.lines().count() == 3 && file.contains("9 days late"), "{file}");
    // Whom one spoke to is there already the next time; what came of it is entered on the same page.
    enter(&clerk, &[("words", "再问"), ("person", "陈静")]).await;
    let form = clerk.page(&format!("{NEW}?committee=3")).await;
    assert!(form.contains("value=\"陈静\"") && form.contains("value=\"四平路居委会\""), "{form}");
    let version = hidden(&clerk.page("/letters/contacts/2").await, "version");
    let done = [
        ("kind", "call"),
        ("day", older.as_str()),
        ("committee", "曲阳路居委会"),
        ("words", "问夜间巡逻"),
        ("promised", "排班"),
        ("outcome", "每周五两人"),
        ("version", version.as_str()),
    ];
    assert_eq!(clerk.post("/letters/contacts/2", &done).await.status(), 303);
    assert_eq!(lines(&clerk.page(&format!("{LEDGER}?open=yes")).await), 1);
}

#[tokio::test]
async fn a_member_who_asked_for_work_finds_it_on_their_page_until_they_got_some() {
    let (office, clerk) = office_that_writes().await;
    let member = settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    let id = member.rsplit('/').next().unwrap();
    let form = clerk.page(&format!("{NEW}?member={id}")).await;
    assert!(form.contains("value=\"四平路居委会\"") && form.contains("value=\"朱颖\""), "{form}");
    enter(
        &clerk,
        &[
            ("kind", "asked"),
            ("member", "朱颖"),
            ("member_id", id),
            ("committee", ""),
            ("words", "想教孩子书法"),
        ],
    )
    .await;
    let page = clerk.page(&member).await;
    let asked = page.split("id=\"asked\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(asked.contains("想教孩子书法") && asked.contains(">Open<"), "{asked}");
    // The committee is the one on record.
    let ledger = clerk.page(&format!("{LEDGER}?committee=3&open=yes")).await;
    assert!(lines(&ledger) == 1 && ledger.contains("朱颖"), "{ledger}");
    // Nobody sees whom another branch's member is.
    let other = Scope::Branches(vec![office.branch("第二党支部").await]);
    let other = office.signed_in_for(Role::Staff, other).await;
    assert!(!other.page(LEDGER).await.contains("朱颖"));
    assert_eq!(other.get("/letters/contacts/1").await.status(), 404);
    assert_eq!(other.get(&format!("{NEW}?member={id}")).await.status(), 404);
    // It goes with the record that it is merged into, and back.
    let kept = settle(&clerk, "朱英", "四平路居委会", &["agreed"]).await;
    merge(&clerk, &kept, &member, &[]).await;
    assert!(clerk.page(&kept).await.contains("想教孩子书法"));
    undo(&clerk, &kept).await;
    assert!(!clerk.page(&kept).await.contains("想教孩子书法"));
    assert!(clerk.page(&member).await.contains("想教孩子书法"));
    clerk.post(&format!("{member}/remove"), &[]).await;
    enter(&clerk, &[("words", "商量请朱颖周六来"), ("promised", "告诉朱颖")]).await;
    assert!(clerk.page(LEDGER).await.contains("请朱颖周六来"));
    assert_eq!(erase(&clerk, &member, "朱颖").await.0, 303);
    let page = clerk.page(LEDGER).await;
    assert!(!page.contains("朱颖") && page.contains("请…周六来"), "{page}");
    assert!(!clerk.page(LEDGER).await.contains("想教孩子书法"), "erased with their data");
}

#[tokio::test]
async fn a_wrong_form_loses_nothing_and_a_form_sent_twice_enters_once() {
    let (_office, clerk) = office_that_writes().await;
    let day = today();
    let empty = clerk.post(NEW, &[("kind", "visit"), ("day", &day), ("person", "陈静")]).await;
    assert_eq!(empty.status(), 422);
    let page = empty.text().await.unwrap();
    for wrong in ["committee-error", "words-error", "value=\"陈静\""] {
        assert!(page.contains(wrong), "{wrong}: {page}");
    }
    let several =
        [("kind", "visit"), ("day", &day), ("committee", "鞍山居委会"), ("words", "走访")];
    let several = clerk.post(NEW, &several).await;
    assert_eq!(several.status(), 422);
    assert!(several.text().await.unwrap().contains("name=\"committee_pick\""));
    let nobody = [("kind", "asked"), ("day", &day), ("words", "想帮忙"), ("member", "没有")];
    assert_eq!(clerk.post(NEW, &nobody).await.status(), 422);
    let due = [
        ("kind", "visit"),
        ("day", day.as_str()),
        ("committee", "四平路居委会"),
        ("words", "走访"),
        ("due", day.as_str()),
    ];
    let due = clerk.post(NEW, &due).await;
    assert!(due.text().await.unwrap().contains("what was promised"));
    let token = hidden(&clerk.page(NEW).await, "form");
    for _ in 0..2 {
        enter(&clerk, &[("words", "走访"), ("form", &token)]).await;
    }
    assert_eq!(lines(&clerk.page(LEDGER).await), 1, "sent twice, entered once");
}

#[tokio::test]
async fn the_second_of_two_sees_both_versions_and_a_struck_contact_comes_back() {
    let (_office, clerk) = office_that_writes().await;
    enter(&clerk, &[("words", "走访")]).await;
    let one = "/letters/contacts/1";
    let version = hidden(&clerk.page(one).await, "version");
    let day = today();
    let change = async |words: &str| {
        let form = [
            ("kind", "visit"),
            ("day", day.as_str()),
            ("committee", "四平路居委会"),
            ("words", words),
            ("version", version.as_str()),
        ];
        clerk.post(one, &form).await
    };
    assert_eq!(change("问安排").await.status(), 303);
    let second = change("问场地").await;
    assert_eq!(second.status(), 409);
    let page = second.text().await.unwrap();
    assert!(page.contains("问安排") && page.contains("问场地"), "{page}");
    let none = clerk.post(&format!("{one}/strike"), &[("why", "")]).await;
    assert_eq!(none.status(), 422);
    let struck = clerk.post(&format!("{one}/strike"), &[("why", "记错了")]).await;
    assert_eq!(location(&struck), one);
    assert!(clerk.page(one).await.contains("记错了"));
    assert_eq!(lines(&clerk.page(LEDGER).await), 0);
    assert_eq!(change("晚了").await.status(), 409, "a struck contact is not edited");
    assert_eq!(clerk.post(&format!("{one}/restore"), &[]).await.status(), 303);
    assert_eq!(lines(&clerk.page(LEDGER).await), 1);
    let audit = clerk.page("/audit?kind=contact").await;
    for told in ["Entered a contact", "Changed a contact", "Struck a contact", "Brought a contact"]
    {
        assert!(audit.contains(told), "{told}");
    }
}
