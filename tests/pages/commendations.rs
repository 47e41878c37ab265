//! Commendations from the call to the certificate, what each role must not reach of them, and
//! certificates of service with the page behind their code.

use linli::commendations::{self, store};
use linli::web::{Role, Scope};

use crate::activities::{PATROL, record};
use crate::erase::erase;
use crate::letters::today;
use crate::office::{Browser, Office, hidden, location};
use crate::people::invited;

/// What a filled-in call sends.
const CALL: [(&str, &str); 7] = [
    ("title", "社区服务先进党员"),
    ("half", "2026-1"),
    ("halves", "1"),
    ("all", "yes"),
    ("until", "2099-12-31"),
    ("criteria", "热心服务邻里"),
    ("times", "1"),
];

/// Registers a member of a branch; the path of the record.
async fn member(office: &Office, clerk: &Browser, name: &str, number: &str, of: &str) -> String {
    let branch = office.branch(of).await.to_string();
    let form = [
        ("name", name),
        ("number", number),
        ("address", "四平路1号"),
        ("committee", "310110012003"),
        ("branch", branch.as_str()),
        ("phone", "13800000001"),
        ("agreed", "yes"),
        ("confirmed", "yes"),
    ];
    clerk.register(&form).await
}

/// Two members with a part each in one activity, of whom the committee has confirmed the first's.
async fn office_with_two() -> (Office, Browser, String, String) {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let one = member(&office, &clerk, "朱颖", "T001", "第一党支部").await;
    let other = member(&office, &clerk, "王伟", "T002", "第一党支部").await;
    let activity = record(&clerk, &PATROL).await;
    for number in ["T001", "T002"] {
        clerk.post(&format!("{activity}/people"), &[("who", number)]).await;
    }
    confirm(&office, "T001").await;
    (office, clerk, one, other)
}

/// Marks a member's parts as signed and stamped, as a card that came back does.
async fn confirm(office: &Office, number: &str) {
    let mut write = office.app.db.write().await.unwrap();
    sqlx::query(
        "UPDATE participations
         SET signed_on = '2026-03-08', stamped_on = '2026-03-08',
             confirmed_at = '2026-03-09T08:00:00.000Z'
         WHERE member_id = (SELECT id FROM members WHERE number = $1)",
    )
    .bind(number)
    .execute(&mut *write)
    .await
    .unwrap();
    write.commit().await.unwrap();
}

/// Opens a call, which must be saved; its path.
async fn open(clerk: &Browser, form: &[(&str, &str)]) -> String {
    let answer = clerk.post("/commendations/new", form).await;
    let (status, place) = (answer.status(), location(&answer));
    assert_eq!(status, 303, "{}", answer.text().await.unwrap());
    place
}

/// Nominates by typing; the status and the page.
async fn nominate(clerk: &Browser, call: &str, who: &str, although: &str) -> (u16, String) {
    let form = [("who", who), ("reason", "坚持夜间巡逻"), ("although", although)];
    let answer = clerk.post(&format!("{call}/nominate"), &form).await;
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Enters what was decided of one nominee.
async fn decide(
    clerk: &Browser,
    call: &str,
    nominee: &str,
    outcome: &str,
    votes: [&str; 3],
) -> u16 {
    let today = today();
    let form = [
        ("body", "支部党员大会"),
        ("on", today.as_str()),
        ("nominee", nominee),
        ("version", "1"),
        ("outcome", outcome),
        ("votes_for", votes[0]),
        ("votes_against", votes[1]),
        ("votes_abstained", votes[2]),
    ];
    clerk.post(&format!("{call}/decide"), &form).await.status().as_u16()
}

fn id_of(place: &str) -> i64 {
    place.rsplit('/').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn who_meets_a_call_is_listed_with_why_and_unconfirmed_parts_are_counted_apart() {
    let (office, clerk, ..) = office_with_two().await;
    let call = open(&clerk, &CALL).await;
    let list = clerk.page(&format!("{call}/fitting")).await;
    assert!(list.contains("朱颖") && list.contains("Times: 1 (asked for: 1)"), "{list}");
    assert!(!list.contains("王伟"), "nothing of theirs is confirmed");
    let left_out = format!("{call}/left-out");
    assert!(clerk.page(&left_out).await.contains("1 more is left out only because"));
    confirm(&office, "T002").await;
    let list = clerk.page(&format!("{call}/fitting")).await;
    assert!(list.find("王伟").unwrap() < list.find("朱颖").unwrap(), "as a phone book has them");
    assert!(clerk.page(&left_out).await.contains("Nobody is left out"));
    // Other figures: more than they have, an area that they did not serve in, a pairing.
    for other in [("hours", "2"), ("areas", "2"), ("area", "culture"), ("months", "1")] {
        let mut form = CALL.to_vec();
        form.push(other);
        let call = open(&clerk, &form).await;
        let list = clerk.page(&format!("{call}/fitting")).await;
        assert!(list.contains("Nobody meets all figures"), "{other:?}: {list}");
    }
    let mut form = CALL.to_vec();
    form.extend([("hours", "1.5"), ("areas", "1"), ("area", "self-governance")]);
    let call = open(&clerk, &form).await;
    let list = clerk.page(&format!("{call}/fitting")).await;
    assert!(list.contains("Hours: 1.5 (asked for: 1.5)") && list.contains("Areas: 1 "), "{list}");
    for wrong in [("title", ""), ("until", ""), ("areas", "5"), ("criteria", " "), ("half", "x")] {
        let mut form = CALL.to_vec();
        form.retain(|(name, _)| *name != wrong.0);
        form.push(wrong);
        assert_eq!(clerk.post("/commendations/new", &form).await.status(), 422, "{wrong:?}");
    }
}

#[tokio::test]
async fn from_the_nomination_to_the_certificate_and_what_the_member_says_to_publishing_it() {
    let (office, clerk, one, _) = office_with_two().await;
    let (_, phone) = invited(&office, &clerk, &one).await;
    let call = open(&clerk, &CALL).await;
    assert_eq!(nominate(&clerk, &call, "zhuying", "").await.0, 303);
    let (status, page) = nominate(&clerk, &call, "朱颖", "").await;
    assert!(status == 409 && page.contains("nominated already"), "{page}");
    let (status, page) = nominate(&clerk, &call, "王伟", "").await;
    assert!(status == 422 && page.contains("Not all figures are met"), "{page}");
    assert!(page.contains("Times: 0 (asked for: 1)"), "{page}");
    assert_eq!(nominate(&clerk, &call, "王伟", "材料未齐").await.0, 303);
    assert!(phone.page("/me").await.contains("坚持夜间巡逻"), "they see what is kept of them");
    assert_eq!(phone.post("/me/commendations/1", &[("agreed", "yes")]).await.status(), 409);
    assert_eq!(decide(&clerk, &call, "1", "yes", ["2", "2", "0"]).await, 422);
    assert_eq!(decide(&clerk, &call, "1", "yes", ["12", "1", "2"]).await, 303);
    assert_eq!(decide(&clerk, &call, "2", "no", ["3", "9", "3"]).await, 303);
    assert_eq!(decide(&clerk, &call, "2", "yes", ["12", "1", "2"]).await, 409);
    let own = phone.page("/me").await;
    assert!(own.contains("12 for, 1 against, 2 abstained") && own.contains("Agree to publish"));
    let mut connection = office.app.db.read().await.unwrap();
    let commended = store::of_member(&mut connection, id_of(&one)).await.unwrap();
    assert_eq!(commended.len(), 1);
    assert_eq!(
        (commended[0].branch.as_str(), commended[0].decided_by.as_str()),
        ("第一党支部", "支部党员大会")
    );
    drop(connection);
    // Nobody reads of it before they agree, and nobody any more once they do not.
    let published = "/commendations/published";
    let staff = office.signed_in(Role::Staff).await;
    assert!(!staff.page(published).await.contains("朱颖"));
    assert_eq!(phone.post("/me/commendations/1", &[("agreed", "yes")]).await.status(), 303);
    for reader in [&staff, &phone] {
        let page = reader.page(published).await;
        assert!(page.contains("朱颖") && !page.contains("王伟"), "{page}");
    }
    assert_eq!(phone.post("/me/commendations/2", &[("agreed", "yes")]).await.status(), 404);
    assert_eq!(phone.post("/me/commendations/1", &[("agreed", "no")]).await.status(), 303);
    assert!(!staff.page(published).await.contains("朱颖"), "withdrawn at once");
    // Printed, and printed again as it was.
    let batch = location(&clerk.post(&format!("{call}/certificates"), &[]).await);
    let paper = clerk.page(&batch).await;
    assert!(paper.contains("Certificate of Commendation") && paper.contains("朱颖"), "{paper}");
    assert!(!paper.contains("王伟"), "who is not commended has none");
    let mut form = CALL.to_vec();
    form[0].1 = "另一个名称";
    form.push(("version", "1"));
    assert_eq!(clerk.post(&format!("{call}/edit"), &form).await.status(), 303);
    let again = clerk.page(&format!("{batch}?lang=zh-CN")).await;
    assert!(again.contains("荣誉证书") && again.contains("社区服务先进党员"), "{again}");
    assert_eq!(clerk.post(&format!("{call}/edit"), &form[1..]).await.status(), 409, "two versions");
    let file = clerk.page(&format!("{call}/export.csv")).await;
    assert!(file.contains("T001,朱颖,第一党支部,Commended") && file.contains("材料未齐"), "{file}");
    assert_eq!(clerk.get(&format!("{call}/export.xlsx")).await.status(), 200);
    let log = clerk.page("/audit?record=commendation").await;
    for said in ["Entered a decision", "Did not agree to publish", "2 members, as XLSX"] {
        assert!(log.contains(said), "{said}: {log}");
    }
    assert!(
        clerk.page(&one).await.contains("社区服务先进党员")
            || clerk.page(&one).await.contains("另一个名称")
    );
}

#[tokio::test]
async fn a_decision_is_corrected_by_administrators_alone_and_a_closed_call_takes_no_step() {
    let (office, clerk, ..) = office_with_two().await;
    let staff = office.signed_in(Role::Staff).await;
    let call = open(&staff, &CALL).await;
    nominate(&staff, &call, "朱颖", "").await;
    nominate(&staff, &call, "王伟", "材料未齐").await;
    let nominee = "/commendations/nominees/1";
    assert_eq!(decide(&staff, &call, "1", "yes", ["9", "0", "0"]).await, 303);
    let agreed = [("agreed", "yes"), ("day", "2026-04-01")];
    assert_eq!(staff.post(&format!("{nominee}/publishing"), &agreed).await.status(), 303);
    assert!(staff.page("/commendations/published").await.contains("朱颖"), "noted by staff");
    let today = today();
    let mut form = vec![
        ("outcome", "no"),
        ("body", "支部党员大会"),
        ("on", today.as_str()),
        ("votes_for", "0"),
        ("votes_against", "9"),
        ("version", "3"),
    ];
    let correct = format!("{nominee}/correct");
    assert_eq!(staff.post(&correct, &form).await.status(), 403);
    assert_eq!(clerk.post(&correct, &form).await.status(), 422, "without a reason");
    form.push(("why", "录入时看错了行"));
    assert_eq!(clerk.post(&correct, &form).await.status(), 303);
    assert_eq!(clerk.post(&correct, &form).await.status(), 409, "someone changed it meanwhile");
    let page = staff.page(nominee).await;
    for told in ["录入时看错了行", "Corrected: not commended", "9 for, 0 against, 0 abstained"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!staff.page("/commendations/published").await.contains("朱颖"));
    // The other one is taken back, nominated again, and then the call is closed.
    let take_back = "/commendations/nominees/2/take-back";
    assert_eq!(staff.post(take_back, &[]).await.status(), 303);
    assert_eq!(staff.post(take_back, &[]).await.status(), 409);
    assert_eq!(nominate(&staff, &call, "王伟", "材料已补").await.0, 303);
    let words = [("reason", "组织巡逻队"), ("although", "材料已补")];
    let reword = "/commendations/nominees/2/words";
    assert_eq!(staff.post(reword, &words).await.status(), 303);
    assert!(staff.page(&call).await.contains("组织巡逻队"));
    assert_eq!(staff.post(&format!("{call}/close"), &[]).await.status(), 303);
    assert_eq!(staff.post(reword, &words).await.status(), 409);
    let closed = staff.get(&format!("{call}/nominate")).await;
    assert_eq!(closed.status(), 409);
    assert!(closed.text().await.unwrap().contains("the call is closed"));
    assert_eq!(staff.post(&format!("{call}/reopen"), &[]).await.status(), 303);
    assert_eq!(staff.get(&format!("{call}/decide")).await.status(), 200);
}

#[tokio::test]
async fn staff_of_another_branch_see_nothing_of_a_call_until_the_branches_become_one() {
    let (office, clerk, ..) = office_with_two().await;
    let (first, second) = (office.branch("第一党支部").await, office.branch("第二党支部").await);
    let theirs = office.signed_in_for(Role::Staff, Scope::Branches(vec![first])).await;
    let others = office.signed_in_for(Role::Staff, Scope::Branches(vec![second])).await;
    let mut form = CALL.to_vec();
    assert_eq!(theirs.post("/commendations/new", &form).await.status(), 422, "of every branch");
    form.retain(|(name, _)| *name != "all");
    let branch = first.to_string();
    form.push(("branch", &branch));
    assert_eq!(others.post("/commendations/new", &form).await.status(), 422);
    let call = open(&theirs, &form).await;
    nominate(&theirs, &call, "朱颖", "").await;
    assert_eq!(decide(&theirs, &call, "1", "yes", ["9", "0", "0"]).await, 303);
    let batch = location(&theirs.post(&format!("{call}/certificates"), &[]).await);
    let nominee = "/commendations/nominees/1".to_owned();
    let fitting = format!("{call}/fitting");
    for place in [&call, &fitting, &batch, &nominee, &format!("{call}/export.csv")] {
        assert_eq!(others.get(place).await.status(), 404, "{place}");
        assert_eq!(theirs.get(place).await.status(), 200, "{place}");
    }
    assert!(!others.page("/commendations").await.contains("社区服务先进党员"));
    assert_eq!(others.post(&format!("{call}/close"), &[]).await.status(), 404);
    assert_eq!(office.visitor().get(&call).await.status(), 303, "to sign in");
    // A member of another branch is not nominated in it.
    member(&office, &clerk, "李强", "T003", "第二党支部").await;
    let (status, page) = nominate(&clerk, &call, "李强", "理由").await;
    assert!(status == 422 && page.contains("of none of the call"), "{page}");
    let merge = [("into", second.to_string()), ("confirmed", "yes".to_owned())];
    let merge: Vec<(&str, &str)> =
        merge.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(clerk.post(&format!("/branches/{first}/merge"), &merge).await.status(), 303);
    assert!(others.page(&call).await.contains("朱颖"));
}

/// The code of a printed certificate of service.
fn code(page: &str) -> String {
    page.split("/v/").nth(1).unwrap()[..23].to_owned()
}

#[tokio::test]
async fn a_certificate_of_service_is_sealed_and_its_code_opens_until_it_is_switched_off() {
    let (office, clerk, one, other) = office_with_two().await;
    let (_, phone) = invited(&office, &clerk, &one).await;
    let list = clerk.page(&format!("{other}/certificates")).await;
    assert!(list.contains("Nothing is signed and stamped") && list.contains("1 part is not"));
    let place = location(&phone.post("/me/certificates", &[("span", "ever")]).await);
    let paper = phone.page(&place).await;
    assert!(paper.contains("1 activity, once, 1.5 hours in all"), "{paper}");
    let proof = format!("/v/{}", code(&paper));
    let visitor = office.visitor();
    let page = visitor.page(&proof).await;
    assert!(page.contains("is genuine") && page.contains("朱颖"), "{page}");
    for told in ["T001", "四平路", "13800000001", "夜间巡逻"] {
        assert!(!page.contains(told), "nothing more than the paper says: {told}");
    }
    // What is done later is not on it.
    let more = record(&clerk, &PATROL).await;
    clerk.post(&format!("{more}/people"), &[("who", "T001")]).await;
    confirm(&office, "T001").await;
    assert!(visitor.page(&proof).await.contains("1 activity"), "sealed");
    // Off, it looks like one that never was.
    assert_eq!(phone.post(&format!("{place}/off"), &[]).await.status(), 303);
    let off = visitor.get(&proof).await;
    let never = visitor.get("/v/22222-22222-22222-22222").await;
    assert_eq!((off.status().as_u16(), never.status().as_u16()), (404, 404));
    assert_eq!(
        off.text().await.unwrap().replace(&proof, ""),
        never.text().await.unwrap().replace("/v/22222-22222-22222-22222", "")
    );
    let staff = format!("/members/certificates/{}", id_of(&place));
    clerk.post(&format!("{staff}/on"), &[]).await;
    assert_eq!(visitor.get(&proof).await.status(), 404, "only they switch it on again");
    phone.post(&format!("{place}/on"), &[]).await;
    assert_eq!(visitor.get(&proof).await.status(), 200);
    let typed = proof.trim_start_matches("/v/").to_lowercase();
    assert_eq!(location(&visitor.get(&format!("/v?code={typed}")).await), proof);
    // Another member's is not theirs.
    confirm(&office, "T002").await;
    let others = clerk.post(&format!("{other}/certificates"), &[("span", "2026")]).await;
    let others = format!("/me/certificates/{}", id_of(&location(&others)));
    assert_eq!(phone.get(&others).await.status(), 404);
    assert_eq!(phone.post(&format!("{others}/off"), &[]).await.status(), 404);
    // Gone with the record.
    clerk.post(&format!("{one}/remove"), &[]).await;
    assert_eq!(visitor.get(&proof).await.status(), 404);
    assert_eq!(erase(&clerk, &one, "朱颖").await.0, 303);
    assert_eq!(visitor.get(&proof).await.status(), 404);
}

#[tokio::test]
async fn two_records_of_one_person_share_what_they_were_commended_for_and_erasing_takes_it() {
    let (office, clerk, one, other) = office_with_two().await;
    let mut form = CALL.to_vec();
    form[0].1 = "王伟小组先进";
    let call = open(&clerk, &form).await;
    nominate(&clerk, &call, "朱颖", "与王伟一同巡逻").await;
    assert_eq!(decide(&clerk, &call, "1", "yes", ["9", "0", "0"]).await, 303);
    let certificate = clerk.post(&format!("{one}/certificates"), &[("span", "ever")]).await;
    let proof = format!("/v/{}", code(&clerk.page(&location(&certificate)).await));
    let with = one.rsplit('/').next().unwrap();
    let compare = clerk.page(&format!("{other}/merge?with={with}")).await;
    let form = [
        ("with", with),
        ("name", "kept"),
        ("version", &hidden(&compare, "version")),
        ("other_version", &hidden(&compare, "other_version")),
    ];
    assert_eq!(clerk.post(&format!("{other}/merge"), &form).await.status(), 303);
    let mut write = office.app.db.write().await.unwrap();
    for _ in 0..2 {
        let theirs = store::of_member(&mut write, id_of(&other)).await.unwrap();
        assert_eq!(theirs.len(), 1, "also for good");
        store::hand_on(&mut write, &[id_of(&one)]).await.unwrap();
    }
    write.commit().await.unwrap();
    assert!(clerk.page(&call).await.contains("Commended"));
    assert_eq!(office.visitor().get(&proof).await.status(), 200);
    let name = if clerk.page(&other).await.contains("<h1>朱颖") { "朱颖" } else { "王伟" };
    clerk.post(&format!("{other}/remove"), &[]).await;
    assert_eq!(erase(&clerk, &other, name).await.0, 303);
    assert_eq!(office.visitor().get(&proof).await.status(), 404);
    let page = clerk.page(&call).await;
    assert!(page.contains("Nobody is nominated yet") && !page.contains("王伟"), "{page}");
    let mut connection = office.app.db.read().await.unwrap();
    let details = store::call(&mut connection, id_of(&call)).await.unwrap().unwrap().details;
    let fits = commendations::fitting(&mut connection, &details, None, i64::MIN, 5).await.unwrap();
    assert_eq!(fits, Vec::new());
}
