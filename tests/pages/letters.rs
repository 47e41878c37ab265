//! Liaison letters: what the office writes, what a committee gets and answers, and what a member
//! sees of it.

use linli::web::{Role, Scope};

use crate::office::{Browser, Office, hidden, location};

/// An administrator who said what stands on every letter.
pub async fn office_that_writes() -> (Office, Browser) {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let settings = [
        ("office", "长途通信党支部"),
        ("prefix", "沪电党联"),
        ("contact", "王芳"),
        ("phone", "65010001"),
        ("link_days", "180"),
    ];
    assert_eq!(clerk.post("/letters/settings", &settings).await.status(), 303);
    (office, clerk)
}

/// Registers a member at a committee; the path of the record.
pub async fn settle(clerk: &Browser, name: &str, committee: &str, agreed: &[&str]) -> String {
    let mut form = vec![
        ("name", name),
        ("address", "四平路180弄15号"),
        ("committee", committee),
        ("phone", "13800000001"),
        ("skills", "书法"),
    ];
    form.extend(agreed.iter().map(|line| (*line, "yes")));
    clerk.register(&form).await
}

/// Drafts a letter to each committee that is due; the path of the batch.
async fn draft(clerk: &Browser) -> String {
    let answer = clerk.post("/letters/new", &[("which", "all")]).await;
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    location(&answer)
}

/// Does something with all letters of a list.
async fn with_all(clerk: &Browser, list: &str, act: &str) {
    let form = [("act", act), ("all", "yes"), ("day", &today()), ("way", "hand")];
    assert_eq!(clerk.post(list, &form).await.status(), 303, "{act}");
}

pub fn today() -> String {
    let now = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::system());
    now.date().to_string()
}

/// The links on a printed page.
pub fn links(page: &str) -> Vec<String> {
    let after = page.split("class=\"letter-url\">").skip(1);
    after.map(|rest| format!("/c/{}", &rest.split("/c/").nth(1).unwrap()[..32])).collect()
}

/// A committee with a letter that was issued; its link.
pub async fn with_an_issued_letter() -> (Office, Browser, String) {
    let (office, clerk) = office_that_writes().await;
    settle(&clerk, "朱颖", "四平路居委会", &["agreed", "agreed_phone"]).await;
    settle(&clerk, "王伟", "四平路居委会", &["agreed"]).await;
    settle(&clerk, "李强", "四平路居委会", &[]).await;
    let batch = draft(&clerk).await;
    with_all(&clerk, &batch, "issue").await;
    let link = links(&clerk.page("/letters/print?id=1").await).remove(0);
    (office, clerk, link)
}

#[tokio::test]
async fn how_many_letters_members_and_left_out_is_read_before_anything_is_made() {
    let (_office, clerk) = office_that_writes().await;
    settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    settle(&clerk, "李强", "四平路居委会", &[]).await;
    settle(&clerk, "王伟", "曲阳路居委会", &["agreed"]).await;
    settle(&clerk, "张敏", "公平路居委会", &[]).await;
    let page = clerk.page("/letters/new").await;
    assert!(page.contains("2 letters") && page.contains("naming 2 members"), "{page}");
    assert!(page.contains("One more has not agreed"));
    assert!(!page.contains("公平路居委会"), "nobody there stands to be known");
    assert!(clerk.page("/letters").await.contains("No letters yet"));
    let token = hidden(&page, "form");
    for _ in 0..2 {
        let form = [("which", "all"), ("form", token.as_str())];
        let answer = clerk.post("/letters/new", &form).await;
        assert_eq!(location(&answer), "/letters?batch=1", "sent twice, made once");
    }
    assert!(clerk.page("/letters/new").await.contains("No committee is due"));
    assert!(clerk.page("/letters/new?again=yes").await.contains("2 letters"));
    let hongkou = clerk.page("/letters/new?again=yes&district=310109").await;
    assert!(hongkou.contains("One letter") && !hongkou.contains("四平路居委会"));
}

#[tokio::test]
async fn only_ticked_committees_get_a_letter() {
    let (_office, clerk) = office_that_writes().await;
    settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    settle(&clerk, "王伟", "曲阳路居委会", &["agreed"]).await;
    let none = clerk.post("/letters/new", &[("which", "ticked")]).await;
    assert_eq!(none.status(), 422);
    assert!(none.text().await.unwrap().contains("Tick at least one"));
    let ticked = clerk.post("/letters/new", &[("which", "ticked"), ("tick", "3")]).await;
    let board = clerk.page(&location(&ticked)).await;
    assert!(board.contains("四平路居委会") && !board.contains("曲阳路居委会"));
}

#[tokio::test]
async fn an_issued_letter_says_the_same_for_good_and_a_draft_what_holds_today() {
    let (_office, clerk) = office_that_writes().await;
    let member = settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    settle(&clerk, "王伟", "四平路居委会", &["agreed", "agreed_phone"]).await;
    let batch = draft(&clerk).await;
    let before = clerk.page("/letters/1").await;
    assert!(before.contains("朱颖") && before.contains("（编号待定）"));
    let withdrawn = clerk.post(&format!("{member}/withdraw"), &[]).await;
    assert_eq!(withdrawn.status(), 303);
    clerk.page(&member).await; // Where it is said who withdrew.
    assert!(!clerk.page("/letters/1").await.contains("朱颖"), "a draft is of today");
    with_all(&clerk, &batch, "issue").await;
    let version = hidden(&clerk.page("/committees/3/edit").await, "version");
    let form = [("name", "四平居委会"), ("since", "2026-01-31"), ("version", version.as_str())];
    assert_eq!(clerk.post("/committees/3/edit", &form).await.status(), 303);
    let text = [("text", "新的正文\n{名单}"), ("version", "0")];
    let saved = clerk.post("/letters/template?language=zh-CN", &text).await;
    assert_eq!(saved.status(), 303);
    let printed = clerk.page("/letters/print?id=1").await;
    assert!(printed.contains("沪电党联〔") && printed.contains("〕1号"), "{printed}");
    assert!(printed.contains("四平路居委会：") && !printed.contains("新的正文"));
    assert!(printed.contains("王伟") && printed.contains("13800000001"));
    assert!(printed.contains("另有 1 名党员未同意亮明身份"));
}

#[tokio::test]
async fn clerks_who_issue_at_the_same_moment_leave_no_number_out_and_give_none_twice() {
    let (office, clerk) = office_that_writes().await;
    for (name, committee) in [
        ("朱颖", "四平路居委会"),
        ("王伟", "曲阳路居委会"),
        ("李强", "公平路居委会"),
        ("张敏", "310110012004"),
        ("陈静", "310110013005"),
    ] {
        settle(&clerk, name, committee, &["agreed"]).await;
    }
    for _ in 0..4 {
        let form = [("which", "all")];
        assert_eq!(clerk.post("/letters/new?again=yes", &form).await.status(), 303);
    }
    let other = office.signed_in(Role::Staff).await;
    let [one, two, three, four] = [1, 2, 3, 4].map(|batch| format!("/letters?batch={batch}"));
    let form = [("act", "issue"), ("all", "yes")];
    let answers = tokio::join!(
        clerk.post(&one, &form),
        other.post(&two, &form),
        clerk.post(&three, &form),
        other.post(&four, &form),
    );
    for answer in [answers.0, answers.1, answers.2, answers.3] {
        assert_eq!(answer.status(), 303);
    }
    let board = clerk.page("/letters").await;
    for number in 1..=20 {
        assert_eq!(board.matches(&format!("〕{number}号<")).count(), 1, "number {number}");
    }
    assert!(!board.contains("〕21号"));
    with_all(&clerk, "/letters?batch=1&state=issued", "print").await;
    let withdrawn = clerk.post("/letters/20", &[("act", "withdraw"), ("why", "重复")]).await;
    assert_eq!(withdrawn.status(), 303);
    let form = [("which", "ticked"), ("tick", "3")];
    clerk.post("/letters/new?again=yes", &form).await;
    with_all(&clerk, "/letters?batch=5", "issue").await;
    assert!(clerk.page("/letters?batch=5").await.contains("〕21号"), "no number comes again");
}

#[tokio::test]
async fn a_step_that_a_letter_cannot_take_is_refused_with_a_sentence() {
    let (_office, clerk, _link) = with_an_issued_letter().await;
    let refused = clerk.post("/letters/1", &[("act", "issue")]).await;
    assert_eq!(refused.status(), 409);
    assert!(refused.text().await.unwrap().contains("issued but not sent"));
    let future = [("act", "send"), ("sent_on", "2999-01-01"), ("way", "post")];
    let answer = clerk.post("/letters/1", &future).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("id=\"sent_on-error\""));
    let day = today();
    let send = [("act", "send"), ("sent_on", day.as_str()), ("way", "post")];
    assert_eq!(clerk.post("/letters/1", &send).await.status(), 303);
    let again = clerk.post("/letters/1", &send).await;
    assert_eq!(again.status(), 409);
    assert!(again.text().await.unwrap().contains("already sent"));
    let all = [("act", "send"), ("all", "yes"), ("day", day.as_str())];
    let many = clerk.post("/letters", &all).await;
    assert_eq!(many.status(), 409);
    assert!(many.text().await.unwrap().contains("None of the chosen letters"));
    let reply = [("act", "answer"), ("answered_on", day.as_str()), ("reply", "")];
    let empty = clerk.post("/letters/1", &reply).await;
    assert!(empty.text().await.unwrap().contains("id=\"reply-error\""));
    let reply =
        [("act", "answer"), ("answered_on", day.as_str()), ("by", "刘洋"), ("reply", "请来写春联")];
    assert_eq!(clerk.post("/letters/1", &reply).await.status(), 303);
    let page = clerk.page("/letters/1").await;
    assert!(page.contains("Answered by 刘洋") && page.contains("请来写春联"));
    assert!(page.contains("Sent: By post"));
    let withdraw = clerk.post("/letters/1", &[("act", "withdraw"), ("why", "")]).await;
    assert_eq!(withdraw.status(), 422);
}

#[tokio::test]
async fn many_letters_are_sent_together_and_those_that_wait_are_reminded_on_paper() {
    let (_office, clerk) = office_that_writes().await;
    settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    settle(&clerk, "王伟", "曲阳路居委会", &["agreed"]).await;
    let batch = draft(&clerk).await;
    with_all(&clerk, &batch, "issue").await;
    with_all(&clerk, &batch, "send").await;
    let board = clerk.page("/letters?state=sent").await;
    assert!(board.contains("2 in all") && !board.contains("waiting for"), "{board}");
    let form = [("act", "remind"), ("all", "yes")];
    let reminded = clerk.post("/letters?state=sent", &form).await;
    let printed = clerk.page(&location(&reminded)).await;
    assert_eq!(printed.matches("催复函").count(), 2);
    assert!(printed.contains("至今未收到答复") && links(&printed).len() == 2);
    assert!(clerk.page("/letters/1").await.contains("Reminded"));
}

#[tokio::test]
async fn a_field_that_does_not_exist_is_said_beside_the_text_and_nothing_is_lost() {
    let (_office, clerk) = office_that_writes().await;
    settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    let page = clerk.page("/letters/template?language=en").await;
    assert!(page.contains("{members}") && page.contains("Liaison Letter"));
    for act in ["", "look"] {
        let form = [("text", "Hello {comittee}\n{members}"), ("version", "0"), ("act", act)];
        let answer = clerk.post("/letters/template?language=en", &form).await;
        assert_eq!(answer.status(), 422, "{act}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("There is no field “comittee”"));
        assert!(page.contains("Hello {comittee}"));
    }
    let form = [("text", "Hello {committee}\n{members}"), ("version", "0"), ("act", "look")];
    let preview = clerk.post("/letters/template?language=en", &form).await.text().await.unwrap();
    assert!(preview.contains("Hello 四平路居委会"));
    let text = "Hello {committee}\n{members}";
    let first = [("text", text), ("version", "0")];
    assert_eq!(clerk.post("/letters/template?language=en", &first).await.status(), 303);
    let second = [("text", "Dear {committee}\n{members}"), ("version", "0")];
    let answer = clerk.post("/letters/template?language=en", &second).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("<del>Hello {committee}") && page.contains("<ins>Dear {committee}"));
}

#[tokio::test]
async fn a_member_sees_to_whom_they_were_passed_on_with_which_fields() {
    let (_office, clerk) = office_that_writes().await;
    let member = settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    assert!(!clerk.page(&member).await.contains("Passed on to committees"));
    let batch = draft(&clerk).await;
    assert!(!clerk.page(&member).await.contains("Passed on"), "a draft passes nobody on");
    with_all(&clerk, &batch, "issue").await;
    let page = clerk.page(&member).await;
    let passed = page.split("Passed on to committees").nth(1).unwrap();
    let passed = passed.split("</section>").next().unwrap();
    assert!(passed.contains("四平路居委会") && passed.contains("〕1号"), "{passed}");
    assert!(passed.contains(">Skills<") && !passed.contains(">Phone<"), "{passed}");
}

#[tokio::test]
async fn erasing_a_person_takes_them_out_of_letters_that_were_sent() {
    let (_office, clerk, link) = with_an_issued_letter().await;
    let page = clerk.page("/members?q=朱颖").await;
    let id = page.split("href=\"/members/").find_map(|rest| {
        let id = rest.split('"').next()?;
        id.parse::<i64>().ok()
    });
    let member = format!("/members/{}", id.unwrap());
    assert_eq!(clerk.post(&format!("{member}/remove"), &[]).await.status(), 303);
    let page = clerk.page(&format!("{member}/erase")).await;
    let (form, version) = (hidden(&page, "form"), hidden(&page, "version"));
    let erase = [("name", "朱颖"), ("form", form.as_str()), ("version", version.as_str())];
    let erased = clerk.post(&format!("{member}/erase"), &erase).await;
    assert_eq!(erased.status(), 303, "{}", erased.text().await.unwrap());
    let printed = clerk.page("/letters/print?id=1").await;
    assert!(!printed.contains("朱颖") && printed.contains("王伟"));
    assert!(printed.contains("（资料已删除）"), "the letter still says how many it named");
    assert!(!clerk.page(&link).await.contains("朱颖"));
}

#[tokio::test]
async fn a_committee_reads_its_letter_by_link_and_its_answer_is_on_the_board_at_once() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let committee = office.visitor();
    let page = committee.page(&link).await;
    for shown in ["长途通信党支部", "朱颖", "王伟", "书法", "tel:13800000001"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("李强") && page.matches("tel:13800000001").count() == 1);
    let nameless = committee.post(&link, &[("act", "answer"), ("reply", "请来写春联")]).await;
    assert_eq!(nameless.status(), 422);
    assert!(nameless.text().await.unwrap().contains("请来写春联"), "what was typed stays");
    let receive = [("act", "receive"), ("by", "刘洋")];
    assert_eq!(committee.post(&link, &receive).await.status(), 303);
    assert!(clerk.page("/letters/1").await.contains("Receipt confirmed by 刘洋"));
    let token = hidden(&committee.page(&link).await, "form");
    let answer =
        [("act", "answer"), ("by", "刘洋"), ("reply", "请来写春联"), ("form", token.as_str())];
    for _ in 0..2 {
        assert_eq!(committee.post(&link, &answer).await.status(), 303);
    }
    assert!(clerk.page("/letters?state=answered").await.contains("by 刘洋"));
    let late = [("act", "answer"), ("by", "陈静"), ("reply", "另一个")];
    let late = committee.post(&link, &late).await;
    assert_eq!(late.status(), 409);
    assert!(late.text().await.unwrap().contains("请来写春联"));
    let log = clerk.page("/audit").await;
    assert!(log.contains("Committee opened its letter") && log.contains("A committee, by link"));
    assert!(log.contains("Committee answered on its page"));
}

#[tokio::test]
async fn who_withdrew_since_is_not_on_the_committees_page_any_more() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let found = clerk.page("/members?q=王伟").await;
    let id = found
        .split("href=\"/members/")
        .find_map(|rest| rest.split('"').next()?.parse::<i64>().ok());
    clerk.post(&format!("/members/{}/withdraw", id.unwrap()), &[]).await;
    let page = office.visitor().page(&link).await;
    assert!(page.contains("朱颖") && !page.contains("王伟"));
}

#[tokio::test]
async fn a_link_opens_nothing_once_it_is_revoked_or_the_letter_withdrawn() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let committee = office.visitor();
    clerk.post("/letters/1", &[("act", "revoke")]).await;
    let closed = committee.get(&link).await;
    assert_eq!(closed.status(), 404);
    assert!(closed.text().await.unwrap().contains("This link does not open"));
    let made = clerk.post("/letters/1", &[("act", "link")]).await.text().await.unwrap();
    let link = format!("/c/{}", &made.split("/c/").nth(1).unwrap()[..32]);
    committee.page(&link).await;
    clerk.post("/letters/1", &[("act", "withdraw"), ("why", "人员有误")]).await;
    assert_eq!(committee.get(&link).await.status(), 404);
    let answer = committee.post(&link, &[("act", "answer"), ("by", "a"), ("reply", "b")]).await;
    assert_eq!(answer.status(), 404);
}

#[tokio::test]
async fn guessing_links_is_noted_and_shuts_nobody_out() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let stranger = office.visitor();
    for guess in 0..21 {
        let answer = stranger.get(&format!("/c/{guess:032x}")).await;
        assert_eq!(answer.status(), 404);
    }
    let log = clerk.page("/audit?action=links-guessed").await;
    assert_eq!(log.matches("20 times within ten minutes").count(), 1);
    office.visitor().page(&link).await;
}

#[tokio::test]
async fn staff_of_a_branch_write_of_their_own_members_only_and_see_only_such_letters() {
    let (office, clerk) = office_that_writes().await;
    let (first, second) = (office.branch("第一党支部").await, office.branch("第二党支部").await);
    for (name, branch) in [("朱颖", first), ("王伟", second)] {
        let branch = branch.to_string();
        let form = [
            ("name", name),
            ("address", "四平路1号"),
            ("committee", "四平路居委会"),
            ("branch", branch.as_str()),
            ("agreed", "yes"),
        ];
        clerk.register(&form).await;
    }
    let staff = office.signed_in_for(Role::Staff, Scope::Branches(vec![first])).await;
    let other = office.signed_in_for(Role::Staff, Scope::Branches(vec![second])).await;
    let batch = draft(&staff).await;
    with_all(&staff, &batch, "issue").await;
    let printed = staff.page("/letters/print?id=1").await;
    assert!(printed.contains("朱颖") && !printed.contains("王伟"));
    assert!(clerk.page("/letters").await.contains("四平路居委会"), "the whole office sees it");
    assert_eq!(other.get("/letters/1").await.status(), 404);
    assert!(other.page("/letters").await.contains("No letters"));
    assert!(!other.page("/letters/print?id=1").await.contains("朱颖"));
    assert!(other.page("/letters/new").await.contains("One letter"), "its own members are due");
    assert!(clerk.page("/letters/new").await.contains("No committee is due"));
    assert!(staff.get("/letters/settings").await.status() == 403);
}

#[tokio::test]
async fn the_scan_of_a_reply_is_known_by_its_content_and_given_back_as_a_file() {
    let (_office, clerk, _link) = with_an_issued_letter().await;
    let day = today();
    let reply = [("act", "answer"), ("answered_on", day.as_str()), ("reply", "好")];
    assert_eq!(clerk.post("/letters/1", &reply).await.status(), 303);
    let wrong = clerk.bring("/letters/1/scan", "reply.pdf", b"<html>".to_vec()).await;
    assert_eq!(wrong.status(), 422);
    assert!(wrong.text().await.unwrap().contains("no PDF, PNG or JPEG"));
    let scan = b"%PDF-1.7 the reply".to_vec();
    assert_eq!(clerk.bring("/letters/1/scan", "reply.png", scan.clone()).await.status(), 303);
    let answer = clerk.get("/letters/1/scan").await;
    let header = |name: &str| answer.headers().get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert!(header("content-disposition").starts_with("attachment"));
    assert_eq!(answer.bytes().await.unwrap(), scan);
}

#[tokio::test]
async fn letters_are_finished_in_word_or_wps_from_one_file() {
    let (_office, clerk) = office_that_writes().await;
    settle(&clerk, "朱颖", "四平路居委会", &["agreed", "agreed_phone"]).await;
    settle(&clerk, "李强", "四平路居委会", &[]).await;
    settle(&clerk, "王伟", "曲阳路居委会", &["agreed"]).await;
    let batch = draft(&clerk).await;
    with_all(&clerk, &batch, "issue").await;
    let printed = clerk.page("/letters/print?id=1&id=2").await;
    assert!(printed.contains("/letters/print.docx?id=1&#38;id=2"), "{printed}");
    let answer = clerk.get("/letters/print.docx?id=1&id=2").await;
    assert!(
        answer.headers()["content-type"].to_str().unwrap().ends_with("wordprocessingml.document")
    );
    let bytes = std::io::Cursor::new(answer.bytes().await.unwrap());
    let mut file = zip::ZipArchive::new(bytes).unwrap();
    let names: Vec<String> = file.file_names().map(|name| name.unwrap().into_owned()).collect();
    let codes = names.iter().filter(|name| name.ends_with(".png")).count();
    assert_eq!(codes, 2, "a code for each letter's own link: {names:?}");
    let mut text = String::new();
    let mut document = file.by_name("word/document.xml").unwrap();
    std::io::Read::read_to_string(&mut document, &mut text).unwrap();
    for told in ["〕1号", "〕2号", "朱颖", "王伟", "13800000001", "书法", "另有 1 名党员", "/c/"]
    {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(!text.contains("李强"), "has not agreed to be known");
    assert_eq!(text.matches("pageBreakBefore").count(), 1, "each on a page of its own");
    assert!(clerk.page("/audit?action=letters-printed").await.contains("2 letters"));
    assert_eq!(clerk.get("/letters/print.docx?id=99").await.status(), 404);
}
