//! The log of who did what.

use linli::web::Role;

use crate::office::Office;

#[tokio::test]
async fn an_export_is_in_the_log_with_its_purpose_filter_and_rows() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    clerk.register(&[("name", "朱颖"), ("address", "四平路1号")]).await;
    let form = [("column", "Name"), ("format", "csv"), ("purpose", "autumn visit")];
    clerk.post("/members/export?q=zy", &form).await.bytes().await.unwrap();
    // The line is written when the last row has left.
    let mut log = String::new();
    for _ in 0..50 {
        log = clerk.page("/audit?action=members-exported").await;
        if log.contains("autumn visit") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(log.contains("purpose: autumn visit") && log.contains("filter: q=zy"), "{log}");
    assert!(log.contains("rows: 1"));
    let registered = clerk.page("/audit?action=member-added").await;
    assert!(
        registered.contains("Registered a member") && registered.contains("href=\"/members/1\"")
    );
    let of_members = clerk.page("/audit?record=member").await;
    assert!(of_members.contains("<td data-label=\"What\">Registered a member"));
    assert!(!of_members.contains("<td data-label=\"What\">Signed in"));
    assert!(clerk.page("/audit?from=2999-01-01").await.contains("Nothing found"));
}
