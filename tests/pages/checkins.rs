//! Check-in: slips printed once, found again by their codes, and receipts entered by the office or
//! by the committee itself.

use linli::web::{Role, Scope};

use crate::erase::erase;
use crate::letters::{links, office_that_writes, settle, today, with_an_issued_letter};
use crate::merge::{merge, undo};
use crate::office::{Browser, hidden, location};

const LIST: &str = "/letters/checkins";

/// The codes on printed papers, in their order.
fn codes(page: &str) -> Vec<String> {
    let after = page.split("<p class=\"code\">").skip(1);
    after.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

/// The number of a record, from its path.
fn id(member: &str) -> &str {
    member.rsplit('/').next().unwrap()
}

async fn print(clerk: &Browser, list: &str, form: &[(&str, &str)]) -> String {
    let answer = clerk.post(list, form).await;
    let status = answer.status();
    let place = location(&answer);
    assert_eq!(status, 303, "{}", answer.text().await.unwrap());
    place
}

#[tokio::test]
async fn only_what_is_missing_is_printed_and_only_of_those_who_agreed() {
    let (_office, clerk) = office_that_writes().await;
    settle(&clerk, "朱颖", "四平路居委会", &["agreed", "agreed_phone"]).await;
    settle(&clerk, "王伟", "曲阳路居委会", &["agreed"]).await;
    settle(&clerk, "李强", "四平路居委会", &[]).await;
    clerk.page("/").await; // Where it is said who was registered.
    let page = clerk.page(LIST).await;
    assert!(page.contains("2 not checked in") && page.contains("Print the 2 missing"), "{page}");
    assert!(!page.contains("李强"), "has not agreed to be known");
    let token = hidden(&page, "form");
    let form = [("act", "print-missing"), ("shape", "each"), ("form", token.as_str())];
    let batch = print(&clerk, LIST, &form).await;
    assert_eq!(print(&clerk, LIST, &form).await, batch, "sent twice, printed once");
    let papers = clerk.page(&batch).await;
    for told in ["朱颖", "王伟", "四平路街道四平路居委会", "长途通信党支部", "13800000001"]
    {
        assert!(papers.contains(told), "{told}: {papers}");
    }
    assert_eq!(papers.matches("13800000001").count(), 1, "the phone of one who agreed to that");
    assert_eq!(codes(&papers).len(), 2);
    let page = clerk.page(LIST).await;
    assert!(page.contains("2 not checked in") && !page.contains("missing</button>"), "{page}");
    let nothing = clerk.post(LIST, &[("act", "print-missing")]).await;
    assert_eq!(nothing.status(), 422);
    settle(&clerk, "张敏", "四平路居委会", &["agreed"]).await;
    let more = print(&clerk, LIST, &[("act", "print-missing"), ("shape", "list")]).await;
    let papers = clerk.page(&more).await;
    assert!(papers.contains("报到名单") && papers.contains("张敏") && !papers.contains("朱颖"));
    assert!(clerk.page(&format!("{LIST}?printed=never")).await.contains("Everyone has checked in"));
    assert!(clerk.page(&format!("{LIST}?printed=14")).await.contains("Everyone has checked in"));
}

#[tokio::test]
async fn a_paper_is_printed_again_as_it_was_and_a_moved_member_checks_in_anew() {
    let (_office, clerk) = office_that_writes().await;
    let member = settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    let form = [("act", "print"), ("tick", id(&member)), ("shape", "both")];
    let batch = print(&clerk, LIST, &form).await;
    let before = codes(&clerk.page(&batch).await);
    assert_eq!(before.len(), 2, "a slip and the list");
    let found = clerk.get(&format!("{LIST}?code={}", before[1])).await;
    let sheet = location(&found);
    let slip = clerk.get(&format!("{LIST}?code={}", before[0].to_lowercase())).await;
    assert_eq!(location(&slip), format!("{sheet}?slip=1"));
    let unknown = clerk.get(&format!("{LIST}?code=22222-22222")).await;
    assert_eq!(unknown.status(), 422);
    let day = today();
    let receipt = [("tick", "1"), ("day", day.as_str()), ("by", "刘洋")];
    assert_eq!(clerk.post(&sheet, &receipt).await.status(), 303);
    assert!(clerk.page(LIST).await.contains("Everyone has checked in"));
    let page = clerk.page(&member).await;
    assert!(page.contains("Checked in") && page.contains("刘洋"), "{page}");
    let version = hidden(&clerk.page(&format!("{member}/edit")).await, "version");
    let moved = [
        ("name", "朱颖"),
        ("address", "曲阳路1号"),
        ("committee", "曲阳路居委会"),
        ("agreed", "yes"),
        ("version", version.as_str()),
    ];
    assert_eq!(clerk.post(&format!("{member}/edit"), &moved).await.status(), 303);
    let page = clerk.page(&member).await;
    assert!(page.contains("Not checked in"), "at the new committee: {page}");
    let again = clerk.page(&batch).await;
    assert!(again.contains("四平路180弄15号") && codes(&again) == before, "{again}");
}

#[tokio::test]
async fn receipts_are_entered_with_ticks_and_a_wrong_form_loses_nothing() {
    let (_office, clerk) = office_that_writes().await;
    let one = settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    settle(&clerk, "王伟", "四平路居委会", &["agreed"]).await;
    let future = [("act", "accept"), ("tick", id(&one)), ("day", "2999-01-01"), ("by", "刘洋")];
    let answer = clerk.post(LIST, &future).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("id=\"day-error\"") && page.contains("value=\"刘洋\""), "{page}");
    assert!(page.contains(&format!("value=\"{}\" checked", id(&one))), "the tick stays");
    let day = today();
    let none = [("act", "accept"), ("day", day.as_str()), ("by", "刘洋")];
    assert_eq!(clerk.post(LIST, &none).await.status(), 422);
    let all = [("act", "accept"), ("all", "yes"), ("day", day.as_str()), ("by", "刘洋")];
    assert_eq!(clerk.post(&format!("{LIST}?committee=3"), &all).await.status(), 303);
    assert!(clerk.page(LIST).await.contains("Everyone has checked in"));
    let audit = clerk.page("/audit").await;
    assert_eq!(
        audit.matches("Entered a receipt</").count(),
        3,
        "two lines and the filter: {audit}"
    );
}

#[tokio::test]
async fn a_receipt_is_corrected_and_taken_back_and_the_second_of_two_sees_both_versions() {
    let (_office, clerk) = office_that_writes().await;
    let member = settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    let day = today();
    let form = [("act", "accept"), ("tick", id(&member)), ("day", day.as_str()), ("by", "刘洋")];
    assert_eq!(clerk.post(LIST, &form).await.status(), 303);
    let receipt = "/letters/receipts/1";
    let version = hidden(&clerk.page(receipt).await, "version");
    let change =
        |by: &'static str| [("day", today()), ("by", by.to_owned()), ("version", version.clone())];
    let form = change("陈静");
    let form: Vec<(&str, &str)> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(clerk.post(receipt, &form).await.status(), 303);
    let form = change("张敏");
    let form: Vec<(&str, &str)> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let conflict = clerk.post(receipt, &form).await;
    assert_eq!(conflict.status(), 409);
    let page = conflict.text().await.unwrap();
    assert!(page.contains("<del>陈静</del>") && page.contains("<ins>张敏</ins>"), "{page}");
    let latest = hidden(&page, "version");
    let mut form = form;
    form.retain(|(name, _)| *name != "version");
    form.push(("version", &latest));
    assert_eq!(clerk.post(receipt, &form).await.status(), 303);
    assert!(clerk.page(&member).await.contains("张敏"));
    let strike = format!("{receipt}/strike");
    assert_eq!(clerk.post(&strike, &[]).await.status(), 303);
    assert!(clerk.page(&member).await.contains("Not checked in"));
    assert_eq!(clerk.get(receipt).await.status(), 404);
    assert!(clerk.page(LIST).await.contains("1 not checked in"));
}

#[tokio::test]
async fn a_committee_enters_who_checked_in_with_one_tick_and_one_name() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let phone = office.visitor();
    assert!(phone.page(&link).await.contains("2 members on the list have not checked in yet"));
    let there = format!("{link}/checkins");
    let page = phone.page(&there).await;
    assert!(page.contains("朱颖") && page.contains("王伟") && !page.contains("李强"), "{page}");
    let none = phone.post(&there, &[("by", "刘洋")]).await;
    assert_eq!(none.status(), 422);
    assert!(none.text().await.unwrap().contains("value=\"刘洋\""));
    let all = phone.post(&there, &[("all", "yes"), ("by", "刘洋")]).await;
    assert_eq!(location(&all), link);
    assert!(phone.page(&there).await.contains("Everyone named in the letter"));
    assert!(clerk.page(LIST).await.contains("Everyone has checked in"));
    assert!(clerk.page("/audit").await.contains("Accepted a member"));
    let revoked = clerk.post("/letters/1", &[("act", "revoke")]).await;
    assert_eq!(revoked.status(), 303);
    assert_eq!(phone.get(&there).await.status(), 404);
    assert_eq!(phone.post(&there, &[("all", "yes"), ("by", "刘洋")]).await.status(), 404);
}

#[tokio::test]
async fn a_link_lets_nobody_check_in_whom_its_letter_does_not_name() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let other = settle(&clerk, "陈静", "四平路居委会", &["agreed"]).await;
    let there = format!("{link}/checkins");
    let answer = office.visitor().post(&there, &[("tick", id(&other)), ("by", "刘洋")]).await;
    assert_eq!(answer.status(), 422);
    assert!(clerk.page(&other).await.contains("Not checked in"));
    let page = clerk.page("/letters/print?id=1").await;
    assert_eq!(links(&page).len(), 1);
}

#[tokio::test]
async fn staff_of_a_branch_print_and_see_slips_of_their_own_members_only() {
    let (office, clerk) = office_that_writes().await;
    let (one, two) = (office.branch("第一党支部").await, office.branch("第二党支部").await);
    for (name, branch) in [("朱颖", one), ("王伟", two)] {
        let branch = branch.to_string();
        let form = [
            ("name", name),
            ("address", "四平路180弄15号"),
            ("committee", "四平路居委会"),
            ("branch", branch.as_str()),
            ("agreed", "yes"),
        ];
        clerk.register(&form).await;
    }
    let batch = print(&clerk, LIST, &[("act", "print-missing")]).await;
    let staff = office.signed_in_for(Role::Staff, Scope::Branches(vec![one])).await;
    let page = staff.page(LIST).await;
    assert!(page.contains("朱颖") && !page.contains("王伟"), "{page}");
    let papers = staff.page(&batch).await;
    assert!(papers.contains("朱颖") && !papers.contains("王伟"), "{papers}");
    let day = today();
    let form = [("act", "accept"), ("tick", "2"), ("day", day.as_str()), ("by", "刘洋")];
    assert_eq!(staff.post(LIST, &form).await.status(), 422, "another branch's");
    let both = [("tick", "1"), ("tick", "2"), ("day", day.as_str()), ("by", "刘洋")];
    assert_eq!(staff.post("/letters/checkins/1", &both).await.status(), 303);
    let left = clerk.page(LIST).await;
    assert!(!left.contains("朱颖") && left.contains("王伟"), "{left}");
    let other = office.signed_in_for(Role::Staff, Scope::Branches(vec![])).await;
    assert_eq!(other.get(&batch).await.status(), 404);
    assert_eq!(other.get("/letters/receipts/1").await.status(), 404);
}

#[tokio::test]
async fn slips_and_receipts_go_with_a_merge_and_come_back_and_go_when_a_person_is_erased() {
    let (_office, clerk) = office_that_writes().await;
    let kept = settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    let gone = settle(&clerk, "朱莹", "四平路居委会", &["agreed"]).await;
    let day = today();
    let batch = print(&clerk, LIST, &[("act", "print"), ("tick", id(&gone))]).await;
    let form = [("act", "accept"), ("tick", id(&gone)), ("day", day.as_str()), ("by", "刘洋")];
    assert_eq!(clerk.post(LIST, &form).await.status(), 303);
    assert!(clerk.page(&kept).await.contains("Not checked in"));
    merge(&clerk, &kept, &gone, &[]).await;
    assert!(!clerk.page(&kept).await.contains("Not checked in"), "the receipt counts");
    assert!(clerk.page(&batch).await.contains("朱莹"), "as it was printed");
    undo(&clerk, &kept).await;
    assert!(clerk.page(&kept).await.contains("Not checked in"));
    assert!(!clerk.page(&gone).await.contains("Not checked in"));
    assert_eq!(clerk.post(&format!("{gone}/remove"), &[]).await.status(), 303);
    assert_eq!(erase(&clerk, &gone, "朱莹").await.0, 303);
    assert_eq!(clerk.get(&batch).await.status(), 404, "nothing is left of it");
}
