//! Feedback and reviews: a committee is asked, answers by link or on paper, and each member's page
//! shows the office only what it shows the member.

use linli::activities::{HalfYear, today};
use linli::members;
use linli::reviews::store;
use linli::web::{Role, Scope};

use crate::activities::record;
use crate::erase::erase;
use crate::import::bring;
use crate::letters::{links, office_that_writes};
use crate::merge::{merge, undo};
use crate::office::{Browser, Office, hidden, location};
use crate::people::invited;

/// The half-year before this one.
fn half() -> HalfYear {
    HalfYear::of(today()).before()
}

/// Registers a member of a branch (1: 第一党支部, 2: 第二党支部) at a committee; the path of the record.
async fn member(clerk: &Browser, name: &str, branch: &str, committee: &str) -> String {
    let form = [
        ("name", name),
        ("branch", branch),
        ("address", "四平路180弄15号"),
        ("committee", committee),
        ("agreed", "yes"),
        ("confirmed", "yes"),
    ];
    clerk.register(&form).await
}

/// Records an activity of the half-year in which these members took part.
async fn activity(clerk: &Browser, title: &str, committee: &str, who: &str) {
    let day = half().first_day();
    let form = [
        ("day", day.as_str()),
        ("committee", committee),
        ("title", title),
        ("area", "good-deeds"),
        ("manner", "group"),
        ("times", "2"),
        ("hours", "3"),
    ];
    let place = record(clerk, &form).await;
    for one in who.split('、') {
        let answer = clerk.post(&format!("{place}/people"), &[("who", one)]).await;
        assert_eq!(answer.status(), 303, "{one}");
    }
}

/// The committee signed and stamped these parts.
async fn confirm(office: &Office, parts: &str) {
    let mut write = office.app.db.write().await.unwrap();
    sqlx::query(
        "UPDATE participations
         SET signed_on = day, stamped_on = day, confirmed_at = day || 'T00:00:00.000Z'
         WHERE id IN (SELECT value FROM json_each($1))",
    )
    .bind(parts)
    .execute(&mut *write)
    .await
    .unwrap();
    write.commit().await.unwrap();
}

/// Two members of the first branch and one of the second at one committee, one at another, each
/// with a part on record; one who does not stand to be known.
async fn active_office() -> (Office, Browser) {
    let (office, clerk) = office_that_writes().await;
    member(&clerk, "朱颖", "1", "四平路居委会").await;
    member(&clerk, "王伟", "1", "四平路居委会").await;
    member(&clerk, "孙丽", "2", "四平路居委会").await;
    member(&clerk, "陈静", "1", "曲阳路居委会").await;
    let hidden = [("name", "李强"), ("address", "四平路1号"), ("committee", "四平路居委会")];
    clerk.register(&hidden).await;
    activity(&clerk, "辅导作业", "四平路居委会", "朱颖、王伟、孙丽、李强").await;
    activity(&clerk, "清理楼道", "曲阳路居委会", "陈静").await;
    (office, clerk)
}

/// Opens an enquiry about these branches; the path of its page.
async fn enquire(clerk: &Browser, branches: &[i64]) -> String {
    let (code, until) = (half().code(), today().to_string());
    let branches: Vec<String> = branches.iter().map(i64::to_string).collect();
    let mut form = vec![("half", code.as_str()), ("until", until.as_str())];
    form.extend(branches.iter().map(|branch| ("branch", branch.as_str())));
    let answer = clerk.post("/reviews/enquiries/new", &form).await;
    let place = location(&answer);
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    place
}

/// Lets all requests of an enquiry take a step; where that leads.
async fn all(clerk: &Browser, place: &str, act: &str) -> String {
    let day = today().to_string();
    let form = [("act", act), ("all", "yes"), ("day", day.as_str()), ("way", "hand")];
    let answer = clerk.post(place, &form).await;
    assert_eq!(answer.status(), 303, "{act}: {}", answer.text().await.unwrap());
    location(&answer)
}

/// Letters to all committees; their links, in the order of the committees' codes.
async fn linked(clerk: &Browser) -> Vec<String> {
    clerk.post("/letters/new", &[("which", "all")]).await;
    let form = [("act", "issue"), ("all", "yes"), ("way", "hand")];
    assert_eq!(clerk.post("/letters?batch=1", &form).await.status(), 303);
    links(&clerk.page("/letters/print?batch=1").await)
}

/// The form for feedback on a page, with these words in the order of its members.
fn filled(page: &str, words: &[&str], by: &str) -> Vec<(String, String)> {
    let mut form: Vec<(String, String)> = Vec::new();
    for name in ["form", "version"] {
        form.push((name.to_owned(), hidden(page, name)));
    }
    if page.contains("name=\"request\"") {
        form.push(("request".to_owned(), hidden(page, "request")));
    }
    let lines = page.split("name=\"line\" value=\"").skip(1);
    for (line, words) in lines.zip(words) {
        form.push(("line".to_owned(), line.split('"').next().unwrap().to_owned()));
        form.push(("words".to_owned(), (*words).to_owned()));
    }
    form.push(("by".to_owned(), by.to_owned()));
    form.push(("answered_on".to_owned(), today().to_string()));
    form
}

async fn send(browser: &Browser, path: &str, form: &[(String, String)]) -> (u16, String) {
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let answer = browser.post(path, &form).await;
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Opens a branch's review; the path of its page.
async fn review(clerk: &Browser, branch: i64) -> String {
    let (code, branch) = (half().code(), branch.to_string());
    let form = [("half", code.as_str()), ("branch", branch.as_str())];
    let answer = clerk.post("/reviews", &form).await;
    assert_eq!(answer.status(), 303);
    location(&answer)
}

/// Takes a step of a review, as the page that it stands on has it.
async fn step(clerk: &Browser, place: &str, act: &str, field: (&str, &str)) -> u16 {
    let version = hidden(&clerk.page(place).await, "version");
    let form = [field, ("version", version.as_str())];
    clerk.post(&format!("{place}/{act}"), &form).await.status().as_u16()
}

#[tokio::test]
async fn a_committee_says_what_was_done_once_and_corrects_it_until_the_review_is_closed() {
    let (office, clerk) = active_office().await;
    let first = office.branch("第一党支部").await;
    let link = linked(&clerk).await.pop().unwrap();
    let phone = office.visitor();
    assert!(!phone.page(&link).await.contains("/feedback"), "nobody asked yet");
    let place = enquire(&clerk, &[]).await;
    assert!(clerk.page("/letters/provisions").await.matches("Request for feedback").count() == 1);
    assert!(!phone.page(&link).await.contains("/feedback"), "no name has left");
    let print = all(&clerk, &place, "print").await;
    let paper = clerk.page(&print).await;
    assert!(paper.contains("朱颖") && paper.contains("辅导作业") && !paper.contains("李强"));
    assert_eq!(links(&paper).len(), 2, "both committees have a page");
    all(&clerk, &place, "send").await;
    assert!(clerk.page(&place).await.contains("since today"));
    assert!(clerk.page("/members/1").await.contains("Request for feedback"));

    let there = format!("{link}/feedback");
    assert!(phone.page(&link).await.contains("Say what 3 members did"));
    let page = phone.page(&there).await;
    assert!(!page.contains("李强") && !page.contains("陈静"), "{page}");
    assert_eq!(send(&phone, &there, &filled(&page, &["", "", ""], "刘洋")).await.0, 422);
    let long = "好".repeat(301);
    let (status, again) = send(&phone, &there, &filled(&page, &[&long], "刘洋")).await;
    assert!(status == 422 && again.contains(&long), "what was typed stays");
    let late = filled(&page, &["", "辅导了三个孩子"], "陈静");
    let form = filled(&page, &["教会老人用手机", "", ""], "刘洋");
    for _ in 0..2 {
        assert_eq!(send(&phone, &there, &form).await.0, 303, "sent twice, counted once");
    }
    let mut late = late;
    late[0].1 = "another form".to_owned();
    let (status, both) = send(&phone, &there, &late).await;
    assert_eq!(status, 409);
    assert!(both.contains("刘洋 answered on") && both.contains("<q>教会老人用手机</q>"), "{both}");
    let page = phone.page(&there).await;
    let form = filled(&page, &["教会十位老人用手机", "", ""], "刘洋");
    assert_eq!(send(&phone, &there, &form).await.0, 303);
    let request = clerk.page("/reviews/requests/2").await;
    assert!(request.contains("教会十位老人用手机"), "{request}");
    assert!(request.contains("刘洋 corrected what is said of"), "{request}");
    assert!(clerk.page("/audit?action=feedback-corrected").await.contains("by link"));

    let place = review(&clerk, first).await;
    let day = today().to_string();
    assert_eq!(step(&clerk, &place, "close", ("", "")).await, 409, "it was not held");
    assert_eq!(step(&clerk, &place, "hold", ("held_on", &day)).await, 303);
    assert_eq!(step(&clerk, &place, "close", ("", "")).await, 303);
    let page = phone.page(&there).await;
    let told = "The branch’s review is closed";
    assert_eq!(page.matches(told).count(), 2, "of the first branch; the second goes on: {page}");
    // A form from before is not taken for lines that are closed.
    let mut connection = office.app.db.read().await.unwrap();
    let with = store::with_feedback(&mut connection, half(), "[1, 2, 3, 4]").await.unwrap();
    assert_eq!(with.len(), 1);
    assert!(store::closed(&mut connection, first, half()).await.unwrap());
    assert!(!store::closed(&mut connection, first, half().before()).await.unwrap());
}

#[tokio::test]
async fn a_member_sees_and_answers_the_page_that_the_office_sees_and_it_stays_as_it_was_closed() {
    let (office, clerk) = active_office().await;
    let first = office.branch("第一党支部").await;
    let (_, phone) = invited(&office, &clerk, "/members/1").await;
    let own = format!("/me/review?half={}", half().code());
    let page = phone.page(&own).await;
    assert!(page.contains("has not opened the review") && !page.contains("name=\"words\""));
    assert!(page.contains("1 part is left out because it is not confirmed yet"), "{page}");
    assert!(!page.contains("辅导作业"), "only what is signed and stamped");
    confirm(&office, "[1]").await;
    let place = review(&clerk, first).await;
    let page = phone.page(&own).await;
    assert!(page.contains("辅导作业") && !page.contains("left out"), "{page}");
    assert!(!page.contains("王伟"), "nobody else's");
    let (version, code) = (hidden(&page, "version"), half().code());
    let long = "字".repeat(1001);
    for (words, status) in [(long.as_str(), 422), ("还有一次没有登记\n请补上", 303)] {
        let form = [("half", code.as_str()), ("words", words), ("version", version.as_str())];
        assert_eq!(phone.post("/me/review", &form).await.status(), status);
    }
    let page = format!("{place}/page?member=1");
    let seen = clerk.page(&page).await;
    assert!(seen.contains("还有一次没有登记") && seen.contains("辅导作业"), "{seen}");
    let list = clerk.page(&place).await;
    assert!(list.find("陈静") < list.find("王伟") && list.find("王伟") < list.find("朱颖"));
    assert!(!list.contains("孙丽"), "another branch");
    let day = today().to_string();
    step(&clerk, &place, "hold", ("held_on", &day)).await;
    assert_eq!(step(&clerk, &place, "close", ("", "")).await, 303);
    let late = [("half", code.as_str()), ("words", "晚了"), ("version", "1")];
    let answer = phone.post("/me/review", &late).await;
    assert_eq!(answer.status(), 409);
    assert!(answer.text().await.unwrap().contains("晚了"), "what was typed stays");
    // What comes later does not change what was closed.
    activity(&clerk, "后来的活动", "四平路居委会", "朱颖").await;
    confirm(&office, "[1, 2, 3, 4, 5, 6]").await;
    for page in [clerk.page(&page).await, phone.page(&own).await] {
        assert!(page.contains("辅导作业") && !page.contains("后来的活动"), "{page}");
    }
    let printed = clerk.page(&format!("{place}/print")).await;
    assert_eq!(printed.matches("class=\"paper roll review\"").count(), 3);
    assert_eq!(clerk.page("/audit?action=review-printed").await.matches("朱颖</a>").count(), 1);
    let staff = office.signed_in(Role::Staff).await;
    let why = [("why", "补登"), ("version", "3")];
    assert_eq!(staff.post(&format!("{place}/reopen"), &why).await.status(), 403);
    assert_eq!(step(&clerk, &place, "reopen", ("why", "")).await, 422);
    assert_eq!(step(&clerk, &place, "reopen", ("why", "补登一次活动")).await, 303);
    assert!(clerk.page(&place).await.contains("Opened again: 补登一次活动"));
    assert!(phone.page(&own).await.contains("后来的活动"));
}

#[tokio::test]
async fn each_committee_reaches_only_its_own_and_staff_only_their_branches() {
    let (office, clerk) = active_office().await;
    let (first, second) = (office.branch("第一党支部").await, office.branch("第二党支部").await);
    let found = linked(&clerk).await;
    let [quyang, siping] = found.as_slice() else { panic!("{found:?}") };
    let one = office.signed_in_for(Role::Staff, Scope::Branches(vec![first])).await;
    let other = office.signed_in_for(Role::Staff, Scope::Branches(vec![second])).await;
    let place = enquire(&one, &[second]).await;
    let asked = clerk.page("/reviews/requests/2").await;
    assert!(asked.contains("朱颖") && !asked.contains("孙丽"), "not their branch: {asked}");
    all(&one, &place, "send").await;
    let phone = office.visitor();
    let page = phone.page(&format!("{quyang}/feedback")).await;
    assert!(page.contains("陈静") && !page.contains("朱颖"), "{page}");
    let (_, request) = (hidden(&page, "version"), hidden(&page, "request"));
    let form = filled(&page, &["清理了三层楼道"], "赵敏");
    assert_eq!(send(&phone, &format!("{siping}/feedback"), &form).await.0, 404);
    assert_eq!(phone.get(&format!("{siping}/feedback?request={request}")).await.status(), 404);
    for path in ["/reviews/requests/1", &place, &format!("{place}/print")] {
        assert_eq!(other.get(path).await.status(), 404, "{path}");
        assert_eq!(one.get(path).await.status(), 200, "{path}");
    }
    let open = review(&one, first).await;
    for path in [&open, &format!("{open}/print"), &format!("{open}/page?member=1")] {
        assert_eq!(other.get(path).await.status(), 404, "{path}");
    }
    assert_eq!(one.get(&format!("{open}/page?member=3")).await.status(), 404);
    let branch = first.to_string();
    let form = [("half", "2025-1"), ("branch", branch.as_str())];
    assert_eq!(other.post("/reviews", &form).await.status(), 404);
    // Whom one office asked about is not asked about again; the other branch is.
    assert_eq!(all(&one, &place, "widen").await, place);
    assert!(one.page(&place).await.contains("nobody new"));
    let again = enquire(&clerk, &[]).await;
    assert!(clerk.page(&again).await.matches("name=\"tick\"").count() == 1);
    // Who withdraws is not named any more, on paper or by link.
    let version = hidden(&clerk.page("/members/3/edit").await, "version");
    let withdrawn = [
        ("name", "孙丽"),
        ("branch", "2"),
        ("address", "四平路180弄15号"),
        ("committee", "四平路居委会"),
        ("version", version.as_str()),
        ("confirmed", "yes"),
    ];
    assert_eq!(clerk.post("/members/3/edit", &withdrawn).await.status(), 303);
    let form = [("act", "print"), ("all", "yes")];
    assert_eq!(clerk.post(&again, &form).await.status(), 409, "there is nobody left to name");
}

#[tokio::test]
async fn the_office_types_what_came_back_on_paper_found_by_its_code() {
    let (office, clerk) = active_office().await;
    let place = enquire(&clerk, &[]).await;
    assert_eq!(clerk.get("/reviews/requests/1/answer").await.status(), 404, "not given out");
    all(&clerk, &place, "send").await;
    let page = clerk.page("/reviews/requests/1").await;
    let code = page.split("class=\"code\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let find = format!("/reviews/enquiries?code={}", code.to_lowercase());
    assert_eq!(location(&clerk.get(&find).await), "/reviews/requests/1");
    let unknown = clerk.page("/reviews/enquiries?code=ABCDE-23456").await;
    assert!(unknown.contains("No request has this code"));
    let answer = "/reviews/requests/1/answer";
    let page = clerk.page(answer).await;
    let lines = page.matches("name=\"line\"").count();
    let said = vec!["修好了路灯"; lines];
    let mut nobody = filled(&page, &said, "");
    assert_eq!(send(&clerk, answer, &nobody).await.0, 422, "who signed it");
    nobody.retain(|(name, _)| name != "by");
    nobody.push(("by".to_owned(), "刘洋".to_owned()));
    let (one, two) = (nobody.clone(), {
        let mut other = nobody.clone();
        other[0].1 = "of the other".to_owned();
        other
    });
    let staff = office.signed_in(Role::Staff).await;
    let (one, two) = tokio::join!(send(&clerk, answer, &one), send(&staff, answer, &two));
    let mut got = [one.0, two.0];
    got.sort_unstable();
    assert_eq!(got, [303, 409], "the first counts, the second is told");
    let scan = format!("{}/scan", "/reviews/requests/1");
    assert_eq!(clerk.bring(&scan, "回执.txt", b"no scan".to_vec()).await.status(), 422);
    assert_eq!(clerk.bring(&scan, "回执.pdf", b"%PDF-1.7 ...".to_vec()).await.status(), 303);
    assert_eq!(clerk.get(&scan).await.status(), 200);
    let reminded = [("act", "remind"), ("tick", "1")];
    assert_eq!(clerk.post(&place, &reminded).await.status(), 409, "it was answered");
    assert_eq!(all(&clerk, &place, "remind").await, place);
    assert!(clerk.page(&format!("{place}?state=sent")).await.contains("reminded on"));
    assert_eq!(clerk.post(&place, &[("act", "end")]).await.status(), 303);
    assert!(!clerk.page(&place).await.contains("since today"), "nobody waits");
}

#[tokio::test]
async fn merges_take_what_was_said_along_and_back() {
    let (office, clerk) = active_office().await;
    let place = enquire(&clerk, &[]).await;
    all(&clerk, &place, "send").await;
    let request = if clerk.page("/reviews/requests/1").await.contains("朱颖") { 1 } else { 2 };
    let answer = format!("/reviews/requests/{request}/answer");
    let form = filled(&clerk.page(&answer).await, &["一", "二", "三"], "刘洋");
    assert_eq!(send(&clerk, &answer, &form).await.0, 303);
    let of = async |member: i64| -> usize {
        let mut connection = office.app.db.read().await.unwrap();
        store::feedback_of(&mut connection, member, Some(half())).await.unwrap().len()
    };
    assert_eq!((of(1).await, of(2).await), (1, 1));
    merge(&clerk, "/members/1", "/members/2", &[]).await;
    assert_eq!((of(1).await, of(2).await), (2, 0));
    undo(&clerk, "/members/1").await;
    assert_eq!((of(1).await, of(2).await), (1, 1));
    let into = [("into", "曲阳路居委会"), ("confirmed", "yes")];
    assert_eq!(clerk.post("/committees/3/merge", &into).await.status(), 303);
    let page = clerk.page(&format!("/reviews/requests/{request}")).await;
    assert!(page.contains("曲阳路居委会") && page.contains("朱颖"), "{page}");
    let (first, second) = (office.branch("第一党支部").await, office.branch("第二党支部").await);
    let old = review(&clerk, second).await;
    let into = first.to_string();
    let merge = [("into", into.as_str()), ("confirmed", "yes")];
    assert_eq!(clerk.post(&format!("/branches/{second}/merge"), &merge).await.status(), 303);
    assert!(clerk.page(&old).await.contains("第一党支部"), "it has none of its own");
    assert_eq!(review(&clerk, first).await, old);
}

#[tokio::test]
async fn nothing_of_an_erased_person_stays_in_feedback_answers_and_closed_pages() {
    let (office, clerk) = active_office().await;
    let first = office.branch("第一党支部").await;
    let place = enquire(&clerk, &[]).await;
    all(&clerk, &place, "send").await;
    for request in [1, 2] {
        let answer = format!("/reviews/requests/{request}/answer");
        for words in ["和王伟一起辅导", "王伟来得最早"] {
            let form = filled(&clerk.page(&answer).await, &[words; 3], "刘洋");
            assert_eq!(send(&clerk, &answer, &form).await.0, 303);
        }
    }
    let (_, phone) = invited(&office, &clerk, "/members/1").await;
    let place = review(&clerk, first).await;
    let code = half().code();
    let form = [("half", code.as_str()), ("words", "王伟也在"), ("version", "0")];
    assert_eq!(phone.post("/me/review", &form).await.status(), 303);
    let day = today().to_string();
    step(&clerk, &place, "hold", ("held_on", &day)).await;
    assert_eq!(step(&clerk, &place, "close", ("", "")).await, 303);
    let holding = async || -> i64 {
        let mut connection = office.app.db.read().await.unwrap();
        sqlx::query_scalar(
            "SELECT (SELECT count(*) FROM feedback_lines
                     WHERE instr(name || words || deeds, '王伟') > 0)
                  + (SELECT count(*) FROM feedback_history WHERE instr(before, '王伟') > 0)
                  + (SELECT count(*) FROM review_answers WHERE instr(words, '王伟') > 0)
                  + (SELECT count(*) FROM review_pages WHERE instr(content, '王伟') > 0)",
        )
        .fetch_one(&mut *connection)
        .await
        .unwrap()
    };
    assert!(holding().await > 8);
    clerk.post("/members/2/remove", &[]).await;
    assert_eq!(erase(&clerk, "/members/2", "王伟").await.0, 303);
    assert_eq!(holding().await, 0);
    let printed = clerk.page(&format!("{place}/print")).await;
    assert_eq!(printed.matches("class=\"paper roll review\"").count(), 2, "the others stay");
    assert!(printed.contains("…来得最早") && printed.contains("…也在"), "{printed}");
    let mut connection = office.app.db.read().await.unwrap();
    let gone = members::store::member(&mut connection, 2).await.unwrap();
    assert!(gone.is_none());
}

#[tokio::test]
async fn a_large_branch_is_printed_in_parts_until_every_member_is_on_paper() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let branch = office.branch("第一党支部").await;
    let mut text = "姓名,住址,党支部\n".to_owned();
    for at in 1..=501 {
        text.push_str(&format!("王{at},四平路{at}号,第一党支部\n"));
    }
    let place = location(&bring(&clerk, "members.csv", text.into()).await);
    clerk.post(&place, &[]).await;
    let review = review(&clerk, branch).await;
    let mut next = format!("{review}/print");
    let mut pages = Vec::new();
    while !next.is_empty() {
        let printed = clerk.page(&next).await;
        assert!(printed.contains("A large branch"), "{next}");
        pages.push(printed.matches("class=\"paper roll review\"").count());
        let link = printed.split(&format!("href=\"{review}/print")).nth(1);
        let rest = link.and_then(|link| link.split('"').next()).unwrap_or_default();
        next = if rest.is_empty() { String::new() } else { format!("{review}/print{rest}") };
    }
    assert_eq!(pages, [500, 1]);
}
