//! The half-yearly survey: from the call to what committees confirmed, by link and on paper; and that
//! a later change to the file is found.

use linli::activities::HalfYear;
use linli::surveys::{seals, store};
use linli::web::{Role, Scope};

use crate::activities::record;
use crate::erase::erase;
use crate::letters::{settle, today, with_an_issued_letter};
use crate::merge::{merge, undo};
use crate::office::{Browser, Office, hidden, location};
use crate::people::invited;

/// Opens the survey of this half-year for everyone; the path of its page.
async fn opened(clerk: &Browser) -> String {
    let half = HalfYear::of(linli::activities::today()).code();
    let last = HalfYear::of(linli::activities::today()).last_day();
    let form = [("half", half.as_str()), ("closes_on", &last), ("all_branches", "yes")];
    let answer = clerk.post("/surveys/new", &form).await;
    let place = location(&answer);
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    place
}

/// Records an activity of today with these members.
async fn took_part(clerk: &Browser, title: &str, who: &str) {
    let today = today();
    let form = [
        ("day", today.as_str()),
        ("committee", "四平路居委会"),
        ("title", title),
        ("area", "good-deeds"),
        ("manner", "group"),
        ("times", "1"),
        ("hours", "2"),
    ];
    let activity = record(clerk, &form).await;
    for name in who.split('、') {
        let answer = clerk.post(&format!("{activity}/people"), &[("who", name)]).await;
        assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    }
}

/// Where a member's form is in a survey.
fn form_of(survey: &str, member: &str) -> String {
    format!("{survey}{member}")
}

/// Posts a step of a form as its page shows it; the status and the page.
async fn step(clerk: &Browser, form: &str, step: &str, other: &[(&str, &str)]) -> (u16, String) {
    let version = hidden(&clerk.page(form).await, "version");
    let mut fields = vec![("step", step), ("version", version.as_str())];
    fields.extend(other);
    let answer = clerk.post(&format!("{form}/step"), &fields).await;
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Hands a form in as it stands.
async fn submit(clerk: &Browser, form: &str, other: &[(&str, &str)]) -> (u16, String) {
    let page = clerk.page(form).await;
    let version = hidden(&page, "version");
    let mut fields = vec![("act", "submit"), ("version", version.as_str())];
    fields.extend(other);
    let answer = clerk.post(form, &fields).await;
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Confirms all forms that a committee's page shows, signed by someone.
async fn confirm_all(phone: &Browser, link: &str) -> u16 {
    let page = phone.page(&format!("{link}/forms")).await;
    let mut form = vec![("which", "all"), ("by", "周红")];
    let shown: Vec<&str> = page
        .split("name=\"shown\" value=\"")
        .skip(1)
        .map(|part| part.split('"').next().unwrap())
        .collect();
    form.extend(shown.iter().map(|shown| ("shown", *shown)));
    phone.post(&format!("{link}/forms"), &form).await.status().as_u16()
}

/// What is on record of confirmed parts: how many.
async fn confirmed_parts(office: &Office) -> i64 {
    let mut connection = office.app.db.read().await.unwrap();
    sqlx::query_scalar("SELECT count(*) FROM participations WHERE stamped_on IS NOT NULL")
        .fetch_one(&mut *connection)
        .await
        .unwrap()
}

/// What differs between the forms and their seals.
async fn broken(office: &Office) -> Vec<seals::Broken> {
    let mut connection = office.app.db.read().await.unwrap();
    seals::check(&mut connection).await.unwrap()
}

/// Changes the file behind Linli's back.
async fn tamper(office: &Office, sql: &'static str) {
    let mut write = office.app.db.write().await.unwrap();
    sqlx::query(sql).execute(&mut *write).await.unwrap();
    write.commit().await.unwrap();
}

#[tokio::test]
async fn a_member_confirms_with_one_click_and_the_committee_a_page_of_forms_with_one() {
    let (office, clerk, link) = with_an_issued_letter().await;
    took_part(&clerk, "清洗楼道", "朱颖、王伟、李强").await;
    let (_, own) = invited(&office, &clerk, "/members/1").await;
    let survey = opened(&clerk).await;
    let page = own.page("/me").await;
    assert!(page.contains("1 activity of yours is filled in"), "{page}");
    let fields = [("act", "submit"), ("version", "0"), ("counts", "p1")];
    let answer = own.post("/me/surveys/1", &fields).await;
    assert_eq!(location(&answer), "/me/surveys/1");
    // The office hands in what is on record of the others, at one press.
    assert!(clerk.page(&survey).await.contains("Hand in 2 forms that have records"));
    let once = hidden(&clerk.page(&survey).await, "form");
    for _ in 0..2 {
        clerk.post(&format!("{survey}/submit"), &[("form", &once)]).await;
    }
    let phone = office.visitor();
    let page = phone.page(&format!("{link}/forms")).await;
    assert!(page.contains("朱颖") && page.contains("王伟") && page.contains("清洗楼道"), "{page}");
    assert!(!page.contains("李强"), "who does not stand to be known is not shown");
    assert_eq!(confirm_all(&phone, &link).await, 303);
    assert_eq!(confirmed_parts(&office).await, 2, "the parts bear the confirmation too");
    assert_eq!(confirm_all(&phone, &link).await, 409, "twice counts once");
    assert!(own.page("/me/surveys/1").await.contains("周红"));
    let page = clerk.page(&survey).await;
    assert!(page.contains("1 form is left out"), "{page}");
    let log = clerk.page("/audit?record=survey").await;
    assert!(log.contains("Confirm 朱颖") && log.contains("Hand in 李强"), "{log}");
    assert_eq!(broken(&office).await, []);
    // No route edits it any more.
    let form = form_of(&survey, "/members/1");
    assert_eq!(clerk.post(&form, &[("act", "save"), ("version", "3")]).await.status(), 409);
    assert_eq!(own.post("/me/surveys/1/take-back", &[("version", "3")]).await.status(), 409);
    // A change behind Linli's back is found: of a line, of the confirmation, of a seal.
    for (change, back) in [
        (
            "UPDATE survey_lines SET minutes = minutes + 60 WHERE form_id = 1",
            "UPDATE survey_lines SET minutes = minutes - 60 WHERE form_id = 1",
        ),
        (
            "UPDATE survey_forms SET confirmed_there = '赵敏' WHERE id = 1",
            "UPDATE survey_forms SET confirmed_there = '周红' WHERE id = 1",
        ),
    ] {
        tamper(&office, change).await;
        assert_eq!(broken(&office).await, [seals::Broken::Form(1)], "{change}");
        tamper(&office, back).await;
        assert_eq!(broken(&office).await, []);
    }
    tamper(&office, "DELETE FROM survey_seals WHERE seq = 1").await;
    let found = broken(&office).await;
    assert!(found.contains(&seals::Broken::Chain(2)) && found.len() == 3, "{found:?}");
}

#[tokio::test]
async fn no_part_needs_a_reason_and_a_returned_form_goes_round_again() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let survey = opened(&clerk).await;
    let (_, own) = invited(&office, &clerk, "/members/1").await;
    assert!(own.page("/me").await.contains("Nothing of yours is on record"));
    let place = "/me/surveys/1";
    let (status, page) = submit(&own, place, &[]).await;
    assert_eq!(status, 422);
    assert!(page.contains("id=\"reason-error\"") && page.contains("Choose a reason"), "{page}");
    let (status, page) = submit(&own, place, &[("reason", "at-work"), ("words", "忙")]).await;
    assert_eq!(status, 422);
    assert!(page.contains("id=\"words-error\"") && page.contains(">\n忙</textarea>"), "{page}");
    let reason = [("reason", "at-work"), ("words", "这半年周末都在机房值班。")];
    assert_eq!(submit(&own, place, &reason).await.0, 303);
    // The committee sends it back, with what is wrong.
    let phone = office.visitor();
    let back = format!("{link}/forms/1/return");
    let version = hidden(&phone.page(&back).await, "version");
    let fields = [("version", version.as_str()), ("by", "周红"), ("why", "")];
    assert_eq!(phone.post(&back, &fields).await.status(), 422);
    let why = "三月在居委会参加过读书会。";
    let fields = [("version", version.as_str()), ("by", "周红"), ("why", why)];
    assert_eq!(phone.post(&back, &fields).await.status(), 303);
    assert_eq!(phone.post(&back, &fields).await.status(), 404, "it waits no more");
    assert!(own.page("/me").await.contains(why));
    // The member adds it, which awaits the committee, and hands the form in again with it.
    let today = today();
    let part = [("day", today.as_str()), ("title", "读书会"), ("area", "culture"), ("hours", "2")];
    assert_eq!(own.post("/me/activities/new", &part).await.status(), 303);
    let page = own.page(place).await;
    assert!(page.contains("读书会") && page.contains(why), "{page}");
    let version = hidden(&page, "version");
    let fields = [
        ("act", "submit"),
        ("version", version.as_str()),
        ("key", "o1"),
        ("times", "1"),
        ("hours", "1.5"),
        ("counts", "o1"),
    ];
    assert_eq!(own.post(place, &fields).await.status(), 303);
    assert_eq!(confirmed_parts(&office).await, 0);
    assert_eq!(confirm_all(&phone, &link).await, 303);
    assert_eq!(confirmed_parts(&office).await, 1, "what was entered once is on record");
    let page = clerk.page("/members/1/activities").await;
    assert!(page.contains("读书会") && page.contains("1.5"), "{page}");
    let history = clerk.page(&form_of(&survey, "/members/1")).await;
    for told in ["Confirm · 周红", "Send back · 周红", why] {
        assert!(history.contains(told), "{told}: {history}");
    }
    assert_eq!(broken(&office).await, []);
}

#[tokio::test]
async fn paper_counts_once_a_second_person_has_checked_signature_and_stamp() {
    let (office, clerk, _) = with_an_issued_letter().await;
    let second = office.signed_in(Role::Staff).await;
    took_part(&clerk, "清洗楼道", "朱颖、王伟").await;
    let survey = opened(&clerk).await;
    clerk.post(&format!("{survey}/submit"), &[]).await;
    let ask = clerk.page(&format!("{survey}/papers")).await;
    assert!(ask.contains("2 forms for 1 committees") || ask.contains("Prints 2 forms"), "{ask}");
    assert!(ask.contains("1 more member does not agree"), "{ask}");
    let printed = location(&clerk.post(&format!("{survey}/papers"), &[]).await);
    let paper = clerk.page(&printed).await;
    assert!(paper.contains("朱颖") && paper.contains("王伟") && !paper.contains("李强"), "{paper}");
    let code = paper.split("朱颖").next().unwrap().rsplit("class=\"code\">").next().unwrap();
    let code = code.split('<').next().unwrap();
    assert!(clerk.page("/members/1").await.contains("Survey form"), "the passing on is on record");
    let form = location(&clerk.get(&format!("/surveys/code?code={code}")).await);
    assert_eq!(form, form_of(&survey, "/members/1"));
    assert_eq!(clerk.get("/surveys/code?code=AAAAA-AAAAA").await.status(), 422);
    let (status, page) = step(&clerk, &form, "check", &[]).await;
    assert_eq!((status, page.contains("is handed in")), (409, true), "not before it is marked");
    let days = [("signed", "1999-01-01"), ("stamped", "today")];
    assert_eq!(step(&clerk, &form, "mark", &days).await.0, 422);
    let today = today();
    let days = [("signed", today.as_str()), ("stamped", today.as_str())];
    assert_eq!(step(&clerk, &form, "mark", &days).await.0, 303);
    let (status, page) = step(&clerk, &form, "check", &[]).await;
    assert_eq!((status, page.contains("Someone else has to check")), (409, true), "{page}");
    let (status, page) = step(&second, &form, "check", &[]).await;
    assert_eq!((status, page.contains("Bring the scan")), (409, true), "{page}");
    let scan = format!("{form}/scan");
    let wrong = clerk.bring(&scan, "scan.pdf", b"<html>".to_vec()).await;
    assert_eq!(wrong.status(), 422);
    let right = clerk.bring(&scan, "scan.pdf", b"%PDF-1.7 signed".to_vec()).await;
    assert_eq!(right.status(), 303);
    assert_eq!(second.page(&scan).await, "%PDF-1.7 signed");
    assert_eq!(confirmed_parts(&office).await, 0, "one pair of eyes is not enough");
    assert_eq!(step(&second, &form, "check", &[]).await.0, 303);
    assert_eq!(confirmed_parts(&office).await, 1);
    let late = clerk.bring(&scan, "scan.pdf", b"%PDF-1.7 other".to_vec()).await;
    assert_eq!(late.status(), 409, "the paper of a confirmed form stays");
    // Opened again, with why; the parts lose what this form gave them.
    assert_eq!(step(&clerk, &form, "reopen", &[("why", "")]).await.0, 422);
    let why = [("why", "日期登记错了。")];
    assert_eq!(step(&clerk, &form, "reopen", &why).await.0, 303);
    assert_eq!(confirmed_parts(&office).await, 0);
    let history = clerk.page(&form).await;
    assert!(history.contains("日期登记错了") && history.contains("Being filled in"), "{history}");
    // Of two who take a step at once, one does.
    let version = hidden(&clerk.page(&form).await, "version");
    let fields = [("act", "submit"), ("version", version.as_str()), ("counts", "p1")];
    let (one, other) = tokio::join!(clerk.post(&form, &fields), second.post(&form, &fields));
    let mut both = [one.status().as_u16(), other.status().as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    assert_eq!(broken(&office).await, []);
}

#[tokio::test]
async fn closing_keeps_the_figures_and_forms_that_come_later_are_marked() {
    let (office, clerk, link) = with_an_issued_letter().await;
    took_part(&clerk, "清洗楼道", "朱颖、王伟").await;
    let survey = opened(&clerk).await;
    let form = form_of(&survey, "/members/1");
    assert_eq!(submit(&clerk, &form, &[("counts", "p1")]).await.0, 303);
    let phone = office.visitor();
    assert_eq!(confirm_all(&phone, &link).await, 303);
    assert_eq!(clerk.post(&format!("{survey}/close"), &[]).await.status(), 303);
    let missing = clerk.page(&format!("{survey}/missing")).await;
    assert!(missing.contains("王伟") && missing.contains("李强") && !missing.contains("朱颖"));
    let late = form_of(&survey, "/members/2");
    assert_eq!(submit(&clerk, &late, &[("counts", "p2")]).await.0, 303);
    assert_eq!(confirm_all(&phone, &link).await, 303);
    let page = clerk.page(&survey).await;
    assert!(
        page.contains("2 forms are left out") && page.contains("1 was confirmed since"),
        "{page}"
    );
    let list = clerk.page(&format!("{survey}/forms?state=late")).await;
    assert!(list.contains("王伟") && !list.contains("朱颖"), "{list}");
    let report = clerk.page(&format!("{survey}/report")).await;
    assert!(report.contains("does not mean that someone took no part"), "{report}");
    let file = clerk.page(&format!("{survey}/forms.csv")).await;
    assert!(file.contains("清洗楼道 once 2 h") && file.lines().count() == 4, "{file}");
    let summary = clerk.page(&format!("{survey}/summary.csv")).await;
    assert!(summary.contains("\r\nAll,,3,2,0,0,0,1,0,0,1,1,2\r\n"), "{summary}");
    assert!(summary.contains("四平路居委会"), "{summary}");
    let sheet = clerk.get(&format!("{survey}/summary.xlsx")).await;
    assert!(sheet.bytes().await.unwrap().starts_with(b"PK"));
    assert_eq!(clerk.post(&format!("{survey}/reopen"), &[]).await.status(), 303);
    assert!(clerk.page(&survey).await.contains("1 form is left out"), "as it is now");
    assert_eq!(clerk.post("/surveys/new", &[("half", "2026-3")]).await.status(), 422);
    let half = HalfYear::of(linli::activities::today()).code();
    let again = [("half", half.as_str()), ("closes_on", "2999-01-01"), ("all_branches", "yes")];
    let answer = clerk.post("/surveys/new", &again).await;
    assert_eq!(answer.status(), 422, "a half-year is asked about once");
    // Two who change the round: the second sees both versions.
    let edit = format!("{survey}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    for (day, status) in [("2999-01-01", 303), ("2999-02-02", 409)] {
        let form = [("closes_on", day), ("all_branches", "yes"), ("version", version.as_str())];
        let answer = clerk.post(&edit, &form).await;
        assert_eq!(answer.status(), status, "{day}");
        let page = answer.text().await.unwrap();
        assert!(
            status == 303 || (page.contains("2999-02-02") && page.contains("1 January 2999")),
            "{page}"
        );
    }
}

#[tokio::test]
async fn staff_and_committees_reach_only_the_forms_that_are_theirs() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let first = office.branch("第一党支部").await;
    let branch = first.to_string();
    let form = [
        ("name", "孙丽"),
        ("address", "曲阳路1号"),
        ("branch", branch.as_str()),
        ("committee", "曲阳路居委会"),
        ("agreed", "yes"),
    ];
    let other = clerk.register(&form).await;
    took_part(&clerk, "清洗楼道", "朱颖、孙丽").await;
    let survey = opened(&clerk).await;
    clerk.post(&format!("{survey}/submit"), &[]).await;
    let staff = office.signed_in_for(Role::Staff, Scope::Branches(vec![first])).await;
    let list = staff.page(&format!("{survey}/forms")).await;
    assert!(list.contains("孙丽") && !list.contains("朱颖"), "{list}");
    assert_eq!(staff.get(&form_of(&survey, "/members/1")).await.status(), 404);
    assert_eq!(
        staff.post(&form_of(&survey, "/members/1/step"), &[("step", "return")]).await.status(),
        404
    );
    let file = staff.page(&format!("{survey}/forms.csv")).await;
    assert!(file.contains("孙丽") && !file.contains("朱颖"), "{file}");
    let (_, own) = invited(&office, &clerk, "/members/1").await;
    for place in [&survey, &form_of(&survey, &other), "/surveys"] {
        assert_eq!(own.get(place).await.status(), 403, "{place}");
    }
    // Another committee's form is not this link's.
    let phone = office.visitor();
    let mut connection = office.app.db.read().await.unwrap();
    let theirs = store::forms::of_member(&mut connection, 1, 4).await.unwrap().unwrap();
    drop(connection);
    let shown = format!("{}/{}", theirs.id, theirs.version);
    let fields = [("which", "all"), ("by", "周红"), ("shown", shown.as_str())];
    assert_eq!(phone.post(&format!("{link}/forms"), &fields).await.status(), 409);
    assert_eq!(phone.get(&format!("{link}/forms/{}/return", theirs.id)).await.status(), 404);
    assert_eq!(confirmed_parts(&office).await, 0);
}

#[tokio::test]
async fn forms_follow_a_merge_and_go_with_who_is_erased_while_the_chain_holds() {
    let (office, clerk, link) = with_an_issued_letter().await;
    settle(&clerk, "朱颖", "四平路居委会", &["agreed", "confirmed"]).await;
    took_part(&clerk, "看望李强老人", "王伟").await;
    let survey = opened(&clerk).await;
    // The form of a record that is merged away goes along, and comes back with it.
    let gone = form_of(&survey, "/members/4");
    let reason = [("reason", "unsaid"), ("words", "个人原因，不便细说。")];
    assert_eq!(submit(&clerk, &gone, &reason).await.0, 303);
    assert_eq!(submit(&clerk, &form_of(&survey, "/members/2"), &[("counts", "p1")]).await.0, 303);
    merge(&clerk, "/members/1", "/members/4", &[]).await;
    let kept = form_of(&survey, "/members/1");
    assert!(clerk.page(&kept).await.contains("Would rather not say"));
    undo(&clerk, "/members/1").await;
    assert!(clerk.page(&gone).await.contains("Would rather not say"));
    assert!(clerk.page(&kept).await.contains("Not begun"));
    let phone = office.visitor();
    assert_eq!(confirm_all(&phone, &link).await, 303);
    assert_eq!(broken(&office).await, []);
    // A name in another's form goes too, and the form is sealed anew.
    for member in ["/members/3", "/members/4"] {
        assert_eq!(clerk.post(&format!("{member}/remove"), &[]).await.status(), 303);
    }
    assert_eq!(erase(&clerk, "/members/3", "李强").await.0, 303);
    assert!(clerk.page(&form_of(&survey, "/members/2")).await.contains("看望…老人"));
    assert_eq!(broken(&office).await, []);
    assert_eq!(erase(&clerk, "/members/4", "朱颖").await.0, 303);
    let mut connection = office.app.db.read().await.unwrap();
    let forms: i64 = sqlx::query_scalar("SELECT count(*) FROM survey_forms")
        .fetch_one(&mut *connection)
        .await
        .unwrap();
    drop(connection);
    assert_eq!(forms, 1);
    assert_eq!(broken(&office).await, [], "the seal of an erased form stays in the chain");
}
