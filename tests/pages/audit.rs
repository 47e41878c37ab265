//! The log of who did what.

use linli::web::Role;

use crate::office::{Office, hidden, location};

#[tokio::test]
async fn an_export_is_in_the_log_with_its_purpose_filter_and_rows() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    clerk
        .register(&[("name", "朱颖"), ("address", "四平路1号"), ("committee", "四平路居委会")])
        .await;
    let form = [("column", "Name"), ("format", "csv"), ("purpose", "autumn visit")];
    clerk.post("/members/export?q=zy&committee=3", &form).await.bytes().await.unwrap();
    // The line is written when the last row has left.
    let mut log = String::new();
    for _ in 0..50 {
        log = clerk.page("/audit?action=members-exported").await;
        if log.contains("autumn visit") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    for said in ["Purpose: autumn visit", "One member, as CSV", "search for “zy”, 四平路居委会"]
    {
        assert!(log.contains(said), "{said} in {log}");
    }
    assert!(log.contains("<a href=\"/members?q=zy&#38;committee=3\">"), "{log}");
    let registered = clerk.page("/audit?action=member-added").await;
    assert!(
        registered.contains("Registered a member")
            && registered.contains("<a href=\"/members/1\">朱颖</a>")
    );
    let of_members = clerk.page("/audit?record=member").await;
    assert!(of_members.contains("<td data-label=\"What\">Registered a member"));
    assert!(!of_members.contains("<td data-label=\"What\">Signed in"));
    assert!(clerk.page("/audit?from=2999-01-01").await.contains("Nothing like this was done"));
}

#[tokio::test]
async fn each_line_says_in_words_what_became_of_which_record() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let form = [("name", "朱颖"), ("number", "T1"), ("address", "四平路1号"), ("skills", "编成")];
    let member = clerk.register(&form).await;
    clerk.register(&[("name", "王伟"), ("address", "和平路2号"), ("skills", "编程")]).await;
    let edit = format!("{member}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let form = [
        ("name", "朱颖"),
        ("number", "T1"),
        ("address", "新华路3号"),
        ("phone", "13800000001"),
        ("skills", "编成"),
        ("version", version.as_str()),
    ];
    assert_eq!(clerk.post(&edit, &form).await.status(), 303);
    let file = "姓名,住址\n李强,学院路1号\n,学院路2号\n";
    let place = location(&clerk.bring("/members/import", "七月.csv", file.into()).await);
    let batch = location(&clerk.post(&place, &[("partly", "yes")]).await);
    clerk.post("/skills/1/merge", &[("into", "2"), ("confirmed", "yes")]).await;
    let erased = clerk.register(&[("name", "张敏"), ("address", "a")]).await;
    clerk.post(&format!("{erased}/remove"), &[]).await;
    let erase = format!("{erased}/erase");
    let page = clerk.page(&erase).await;
    let (token, version) = (hidden(&page, "form"), hidden(&page, "version"));
    let form = [("name", "张敏"), ("form", token.as_str()), ("version", version.as_str())];
    assert_eq!(clerk.post(&erase, &form).await.status(), 303);
    let log = clerk.page("/audit").await;
    for said in [
        "Edited: Phone, Home address".to_owned(),
        format!("<a href=\"{batch}\">七月.csv</a>"),
        "1 new, 0 updated, 1 left out".to_owned(),
        "Into 编程, with one member".to_owned(),
        "<td data-label=\"Record\">Member 4 (erased)</td>".to_owned(),
    ] {
        assert!(log.contains(&said), "{said} in {log}");
    }
    let asked = clerk.request(reqwest::Method::GET, "/audit").header("accept-language", "zh-CN");
    let log = asked.send().await.unwrap().text().await.unwrap();
    for said in
        ["修改：手机、住址", "新增 1 人，更新 0 人，1 行没有导入", "并入“编程”，1 名党员随之改动"]
    {
        assert!(log.contains(said), "{said} in {log}");
    }
}
