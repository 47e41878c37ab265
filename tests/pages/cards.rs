//! Record cards: printed, found again by their code, and marked as confirmed.

use linli::web::{Role, Scope};

use crate::activities::{PATROL, record};
use crate::office::{Browser, Office, location};

async fn office_with_two_parts() -> (Office, Browser, String, Vec<String>) {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let member = clerk
        .register(&[
            ("name", "朱颖"),
            ("number", "T001"),
            ("address", "四平路1号"),
            ("committee", "310110012003"),
        ])
        .await;
    let mut places = Vec::new();
    for (title, day) in [("夜间巡逻", "2026-03-07"), ("知识讲座", "2026-02-01")] {
        let mut form = PATROL.to_vec();
        form.retain(|(name, _)| !["title", "day"].contains(name));
        form.extend([("title", title), ("day", day)]);
        let place = record(&clerk, &form).await;
        clerk.post(&format!("{place}/people"), &[("who", "T001")]).await;
        places.push(place);
    }
    (office, clerk, member, places)
}

/// The ten signs of the first card of a page.
fn code(page: &str) -> String {
    let at = page.find("<p class=\"code\">").unwrap() + 16;
    page[at..].split('<').next().unwrap().to_owned()
}

async fn print(clerk: &Browser, place: &str) -> String {
    let answer = clerk.post(&format!("{place}/cards"), &[("quarter", "2026-1")]).await;
    assert_eq!(answer.status(), 303);
    location(&answer)
}

#[tokio::test]
async fn a_card_has_a_line_for_each_part_and_is_printed_again_as_it_was() {
    let (_office, clerk, member, places) = office_with_two_parts().await;
    let asked = clerk.page(&format!("{member}/cards?quarter=2026-1")).await;
    assert!(asked.contains("One card with 2 lines"), "{asked}");
    assert!(
        clerk
            .page(&format!("{member}/cards?quarter=2025-4"))
            .await
            .contains("Nothing is on record")
    );
    let batch = print(&clerk, &member).await;
    let page = clerk.page(&batch).await;
    let told = ["朱颖", "T001", "Quarter 1 of 2026", "夜间巡逻", "知识讲座", "3</td>"];
    for told in told {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(page.find("知识讲座").unwrap() < page.find("夜间巡逻").unwrap(), "by day");
    assert!(page.contains("<path d=\"M"), "a QR code");
    clerk.post(&format!("{}/remove", places[0]), &[]).await;
    let again = clerk.page(&batch).await;
    assert!(again.contains("夜间巡逻") && code(&again) == code(&page), "{again}");
}

#[tokio::test]
async fn a_committees_batch_has_a_card_for_each_member_who_did_something_there() {
    let (office, clerk, _, places) = office_with_two_parts().await;
    let other = office.branch("第二党支部").await;
    let branch = other.to_string();
    clerk
        .register(&[
            ("name", "王伟"),
            ("number", "T002"),
            ("address", "和平路1号"),
            ("branch", &branch),
        ])
        .await;
    clerk.post(&format!("{}/people", places[0]), &[("who", "T002")]).await;
    let page = clerk.page(&print(&clerk, "/committees/3").await).await;
    assert_eq!(page.matches("<article").count(), 2);
    assert!(page.contains("四平路街道四平路居委会"), "{page}");
    let nothing = clerk.post("/committees/2/cards", &[("quarter", "2026-1")]).await;
    assert_eq!(location(&nothing), "/committees/2/cards");
    // Staff of a branch print and find the cards of their own members.
    let staff = office.signed_in_for(Role::Staff, Scope::Branches(vec![other])).await;
    let page = staff.page(&print(&staff, "/committees/3").await).await;
    assert!(page.contains("王伟") && !page.contains("朱颖"), "{page}");
    let theirs = clerk.page("/activities/cards").await;
    let card =
        theirs.split("href=\"/activities/cards/").find(|rest| rest.contains("朱颖")).unwrap();
    let card = format!("/activities/cards/{}", card.split('"').next().unwrap());
    assert_eq!(staff.get(&card).await.status(), 404);
}

#[tokio::test]
async fn a_signed_card_is_found_by_its_code_and_its_lines_are_marked() {
    let (_office, clerk, member, places) = office_with_two_parts().await;
    let code = code(&clerk.page(&print(&clerk, &member).await).await);
    assert_eq!(clerk.get("/activities/cards?code=ABCDE-FGHJK").await.status(), 422);
    let found = clerk.get(&format!("/activities/cards?code={}", code.to_lowercase())).await;
    let card = location(&found);
    assert!(card.starts_with("/activities/cards/"), "{card}");
    let late = [("line", "2"), ("signed", "2999-01-01"), ("stamped", "2026-04-02")];
    let answer = clerk.post(&card, &late).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("cannot be later than today"));
    let signed = [("line", "2"), ("signed", "2026-04-01"), ("stamped", "2026-04-02")];
    assert_eq!(clerk.post(&card, &signed).await.status(), 303);
    let page = clerk.page(&card).await;
    assert!(page.contains("signed 1 April 2026, stamped 2 April 2026 (entered by 王芳)"), "{page}");
    assert!(clerk.page(&format!("{member}/activities")).await.contains("1 April 2026"));
    // What is confirmed stays what it was.
    let page = clerk.page(&places[0]).await;
    assert!(page.contains("confirmed") && !page.contains("name=\"times-"), "{page}");
    clerk.post(&format!("{}/remove", places[0]), &[]).await;
    assert!(clerk.page(&places[0]).await.contains("The committee signed for"));
    let mut form = PATROL.to_vec();
    form.push(("version", "1"));
    form.retain(|(name, _)| *name != "title");
    form.push(("title", "别的"));
    let answer = clerk.post(&format!("{}/edit", places[0]), &form).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("The committee signed this"));
    // Until that is withdrawn.
    assert_eq!(clerk.post(&format!("{card}/withdraw"), &[]).await.status(), 303);
    assert_eq!(clerk.post(&format!("{}/edit", places[0]), &form).await.status(), 303);
    let page = clerk.page(&card).await;
    assert!(page.contains("changed since; print it anew"), "{page}");
    clerk.post(&card, &signed).await;
    assert!(!clerk.page(&places[0]).await.contains("tag-ok"), "what was printed is not what is");
    let log = clerk.page("/audit?record=member").await;
    for said in
        ["Printed record cards", "Noted a committee’s confirmation", "Withdrew a confirmation"]
    {
        assert!(log.contains(said), "{said}");
    }
}

#[tokio::test]
async fn a_merged_members_card_goes_along_and_comes_back() {
    let (_office, clerk, gone, _) = office_with_two_parts().await;
    let batch = print(&clerk, &gone).await;
    let kept =
        clerk.register(&[("name", "朱颖"), ("address", "四平路1号"), ("confirmed", "yes")]).await;
    let with = gone.rsplit('/').next().unwrap();
    let form = [("with", with), ("version", "1"), ("other_version", "1")];
    assert_eq!(clerk.post(&format!("{kept}/merge"), &form).await.status(), 303);
    let card =
        clerk.get(&format!("/activities/cards?code={}", code(&clerk.page(&batch).await))).await;
    let card = location(&card);
    assert!(clerk.page(&card).await.contains(&format!("href=\"{kept}\"")));
    let signed = [("line", "1"), ("signed", "2026-04-01"), ("stamped", "2026-04-02")];
    clerk.post(&card, &signed).await;
    assert!(clerk.page(&format!("{kept}/activities")).await.contains("1 April 2026"));
    let page = clerk.page(&kept).await;
    let undo = page.split("/merges/").nth(1).unwrap().split('/').next().unwrap();
    clerk.post(&format!("{kept}/merges/{undo}/undo"), &[]).await;
    assert!(clerk.page(&card).await.contains(&format!("href=\"{gone}\"")));
}
