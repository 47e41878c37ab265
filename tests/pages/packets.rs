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
