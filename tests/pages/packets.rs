//! Packets: one action prints all that goes to a committee, a later one only what is missing; and
//! whatever passes a member on is on record.

use linli::web::{Role, Scope};

use crate::letters::{links, office_that_writes, settle};
use crate::office::{Browser, hidden, location};

const PACKETS: &str = "/letters/packets";

async fn print(clerk: &Browser, place: &str, form: &[(&str, &str)]) -> String {
    let answer = clerk.post(place, form).await;
    let printed = location(&answer);
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    printed
}

#[tokio::test]
async fn one_action_prints_all_that_goes_to_each_committee_and_a_later_one_what_is_missing() {
    let (_office, clerk) = office_that_writes().await;
    settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    settle(&clerk, "李强", "四平路居委会", &[]).await;
    settle(&clerk, "王伟", "曲阳路居委会", &["agreed"]).await;
    clerk.page("/").await; // Where it is said who was registered.
    let asked = clerk.page(PACKETS).await;
    assert!(asked.contains("2 packets:") && asked.contains("To be written"), "{asked}");
    let token = hidden(&asked, "form");
    let form = [("shape", "both"), ("form", token.as_str())];
    let packets = print(&clerk, PACKETS, &form).await;
    assert_eq!(print(&clerk, PACKETS, &form).await, packets, "sent twice, printed once");
    let printed = clerk.page(&packets).await;
    assert_eq!(printed.matches("class=\"label\"").count(), 2, "an address each");
    assert_eq!(links(&printed).len(), 2, "a letter each, with its link");
    for told in ["〕1号", "〕2号", "居委会收", "报到单", "报到名单", "虹口区", "朱颖", "王伟"]
    {
        assert!(printed.contains(told), "{told}: {printed}");
    }
    assert!(!printed.contains("李强"), "has not agreed to be known");
    assert!(clerk.page("/letters?state=issued").await.contains("四平路居委会"));
    assert!(clerk.page("/audit?action=packets-printed").await.contains("2 packets"));
    // Nothing is missing now; someone new is.
    assert!(clerk.page(PACKETS).await.contains("Nothing is missing"));
    assert_eq!(clerk.post(PACKETS, &[("shape", "both")]).await.status(), 422);
    settle(&clerk, "张敏", "四平路居委会", &["agreed"]).await;
    let more = print(&clerk, PACKETS, &[("shape", "each")]).await;
    let printed = clerk.page(&more).await;
    assert!(printed.contains("张敏") && !printed.contains("朱颖"), "{printed}");
    assert!(links(&printed).is_empty(), "its letter was printed before");
    // Once more, for one committee alone.
    let again = format!("{PACKETS}?committee=2&again=yes");
    let printed = clerk.page(&print(&clerk, &again, &[("shape", "each")]).await).await;
    assert!(printed.contains("王伟") && !printed.contains("张敏"), "{printed}");
    // As it was, whatever happened since.
    assert!(clerk.page(&packets).await.contains("王伟"));
}

#[tokio::test]
async fn a_letter_printed_on_its_own_is_not_printed_again_in_a_packet() {
    let (_office, clerk) = office_that_writes().await;
    settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    clerk.post("/letters/new", &[("which", "all")]).await;
    clerk.post("/letters", &[("act", "issue"), ("all", "yes")]).await;
    assert!(clerk.page(PACKETS).await.contains("Numbered"));
    clerk.page("/letters/print?id=1").await;
    let asked = clerk.page(PACKETS).await;
    assert!(asked.contains("Printed before") && asked.contains("one check-in slip"), "{asked}");
}

#[tokio::test]
async fn the_lists_beside_a_packet_and_every_other_list_are_told_to_the_member() {
    let (_office, clerk) = office_that_writes().await;
    let member = settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    let other = settle(&clerk, "王伟", "曲阳路居委会", &["agreed", "agreed_phone"]).await;
    let silent = settle(&clerk, "李强", "四平路居委会", &[]).await;
    let passed = async |record: &str| {
        let page = clerk.page(record).await;
        page.split("Passed on to committees")
            .nth(1)
            .map(|rest| rest.split("</section>").next().unwrap().to_owned())
    };
    assert_eq!(passed(&member).await, None);
    let packets = print(&clerk, PACKETS, &[("shape", "each")]).await;
    let lists = clerk.get(&format!("{packets}/lists")).await;
    assert_eq!(lists.headers()["content-type"], "application/zip");
    lists.bytes().await.unwrap();
    let one = clerk.get("/committees/3/members.csv").await.text().await.unwrap();
    assert!(one.contains("朱颖") && !one.contains("李强"), "{one}");
    let told = passed(&member).await.unwrap();
    for by in ["〕", "Check-in Slip", "All lists", "List as a file"] {
        assert!(told.contains(by), "{by}: {told}");
    }
    assert!(!told.contains(">Phone<"), "{told}");
    let told = passed(&other).await.unwrap();
    assert!(told.contains(">Phone<") && !told.contains("List as a file"), "{told}");
    assert_eq!(passed(&silent).await, None, "did not agree, and was left out");
}

#[tokio::test]
async fn staff_of_a_branch_print_packets_of_its_members_alone() {
    let (office, clerk) = office_that_writes().await;
    let first = office.branch("第一党支部").await.to_string();
    for (name, branch) in [("朱颖", first.as_str()), ("王伟", "")] {
        let form = [
            ("name", name),
            ("address", "四平路1号"),
            ("committee", "四平路居委会"),
            ("branch", branch),
            ("agreed", "yes"),
        ];
        clerk.register(&form).await;
    }
    let scope = Scope::Branches(vec![office.branch("第一党支部").await]);
    let staff = office.signed_in_for(Role::Staff, scope).await;
    let packets = print(&staff, PACKETS, &[("shape", "both")]).await;
    let printed = staff.page(&packets).await;
    assert!(printed.contains("朱颖") && !printed.contains("王伟"), "{printed}");
    // What staff of another branch print stays theirs.
    let other = Scope::Branches(vec![office.branch("第二党支部").await]);
    let other = office.signed_in_for(Role::Staff, other).await;
    assert_eq!(other.get(&packets).await.status(), 404);
}

#[tokio::test]
async fn the_record_of_provisions_says_what_went_to_whom_with_which_fields_and_by_whom() {
    let (_office, clerk) = office_that_writes().await;
    assert!(clerk.page("/letters/provisions").await.contains("Nothing was passed on"));
    settle(&clerk, "朱颖", "四平路居委会", &["agreed"]).await;
    settle(&clerk, "王伟", "曲阳路居委会", &["agreed", "agreed_phone"]).await;
    settle(&clerk, "李强", "曲阳路居委会", &[]).await;
    let packets = print(&clerk, PACKETS, &[("shape", "both")]).await;
    clerk.get(&format!("{packets}/lists")).await.bytes().await.unwrap();
    clerk.get("/committees/2/members.xlsx").await.bytes().await.unwrap();
    let record = clerk.page("/letters/provisions").await;
    assert_eq!(record.matches("<th scope=\"row\"").count(), 6, "{record}");
    for told in ["〕1号", "〕2号", "Check-in Slip", "All lists", "List as a file", "2 committees"]
    {
        assert!(record.contains(told), "{told}: {record}");
    }
    for name in ["朱颖", "王伟"] {
        assert!(!record.contains(name), "how many, not who");
    }
    let slips = clerk.page("/letters/provisions?kind=slips").await;
    assert_eq!(slips.matches("<th scope=\"row\"").count(), 2, "{slips}");
    // One committee: the letter, the slips, its part of all lists, its own list.
    let one = clerk.page("/letters/provisions?committee=2").await;
    assert_eq!(one.matches("<th scope=\"row\"").count(), 4, "{one}");
    assert_eq!(one.matches(">Phone</span>").count(), 4, "its member agreed to that: {one}");
    assert_eq!(one.matches("<td class=\"num\" data-label=\"Members\">1</td>").count(), 4);
    let committee = clerk.page("/committees/2").await;
    let shown = committee.split("id=\"provided\"").nth(1).unwrap();
    assert!(shown.contains("List as a file") && shown.contains("〕1号"), "{shown}");
    let other = clerk.page("/letters/provisions?committee=3").await;
    assert!(!other.contains(">Phone</span>"), "{other}");
    let file = clerk.get("/letters/provisions.csv?committee=2").await.text().await.unwrap();
    assert_eq!(file.trim_end().lines().count(), 5, "a header and four: {file}");
}

#[tokio::test]
async fn staff_of_a_branch_read_only_what_was_passed_on_of_it() {
    let (office, clerk) = office_that_writes().await;
    let branch = office.branch("第一党支部").await;
    let number = branch.to_string();
    let form = [
        ("name", "朱颖"),
        ("address", "四平路1号"),
        ("committee", "四平路居委会"),
        ("branch", number.as_str()),
        ("agreed", "yes"),
    ];
    clerk.register(&form).await;
    settle(&clerk, "王伟", "四平路居委会", &["agreed"]).await;
    clerk.get("/committees/3/members.csv").await.bytes().await.unwrap();
    print(&clerk, "/letters/checkins", &[("act", "print-missing"), ("shape", "each")]).await;
    let staff = office.signed_in_for(Role::Staff, Scope::Branches(vec![branch])).await;
    let record = staff.page("/letters/provisions").await;
    assert!(!record.contains("List as a file"), "it held members of others: {record}");
    assert!(record.contains("data-label=\"Members\">1</td>"), "of the slips one: {record}");
    staff.get("/committees/3/members.csv").await.bytes().await.unwrap();
    let record = staff.page("/letters/provisions").await;
    assert!(record.contains("List as a file"), "{record}");
    let other = Scope::Branches(vec![office.branch("第二党支部").await]);
    let other = office.signed_in_for(Role::Staff, other).await;
    assert!(other.page("/letters/provisions").await.contains("Nothing was passed on"));
}
