//! Finding members.

use linli::web::Role;

use crate::office::{Browser, Office};

async fn office_with_members() -> (Office, Browser) {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    for (name, number, address, committee, skills) in [
        ("朱颖", "T0000001", "四平路180弄15号402室", "四平路居委会", "编程、英语"),
        ("单小明", "T0000002", "中山北路12号", "曲阳路居委会", "书法"),
        ("尉迟恭", "T0000003", "和平路9弄3号", "公平路居委会", "编程"),
        ("𠮷祥", "T0000004", "新华路1号", "", ""),
        ("张伟", "T0000005", "四平路2号", "四平路居委会", "书法"),
        ("张立", "T0000006", "控江路3号", "公平路居委会", ""),
    ] {
        let form = [
            ("name", name),
            ("number", number),
            ("address", address),
            ("committee", committee),
            ("skills", skills),
        ];
        clerk.register(&form).await;
    }
    (office, clerk)
}

/// Who is found, in the order of the list.
async fn found(clerk: &Browser, query: &str) -> Vec<String> {
    let page = clerk.page(&format!("/members?{query}")).await;
    page.split("<a href=\"/members/")
        .skip(1)
        .filter_map(|link| {
            let (id, rest) = link.split_once("\">")?;
            id.parse::<i64>().ok()?;
            Some(rest.split('<').next()?.to_owned())
        })
        .collect()
}

/// Edits the record of 朱颖.
async fn change(clerk: &Browser, fields: &[(&str, &str)]) {
    let page = clerk.page("/members?q=朱颖").await;
    let id =
        page.split("href=\"/members/").filter_map(|l| l.split('"').next()?.parse::<i64>().ok());
    let edit = format!("/members/{}/edit", id.last().unwrap());
    let version = crate::office::hidden(&clerk.page(&edit).await, "version");
    let form: Vec<(&str, &str)> =
        fields.iter().copied().chain([("version", version.as_str())]).collect();
    assert_eq!(clerk.post(&edit, &form).await.status(), 303);
}

#[tokio::test]
async fn anyone_is_found_by_what_a_person_would_type() {
    let (_office, clerk) = office_with_members().await;
    for (query, expected) in [
        ("q=朱颖", vec!["朱颖"]),
        ("q=颖", vec!["朱颖"]),
        ("q=zhuying", vec!["朱颖"]),
        ("q=zhu+ying", vec!["朱颖"]),
        ("q=zy", vec!["朱颖"]),
        ("q=四平路+编程", vec!["朱颖"]),
        ("q=四平路居委会", vec!["张伟", "朱颖"]),
        ("q=杨浦区", vec!["张伟", "朱颖"]),
        ("q=shan", vec!["单小明"]),
        ("q=dan+xiaoming", vec!["单小明"]),
        ("q=ycg", vec!["尉迟恭"]),
        ("q=𠮷", vec!["𠮷祥"]),
        ("q=jixiang", vec!["𠮷祥"]),
        ("q=jx", vec!["𠮷祥"]),
        ("q=zhangwei", vec!["张伟"]),
        ("q=Ｔ0000004", vec!["𠮷祥"]),
        ("unattached=yes", vec!["𠮷祥"]),
        ("district=310110", vec!["张伟", "朱颖"]),
        ("street=310109016", vec!["单小明"]),
        ("", vec!["单小明", "尉迟恭", "张伟", "张立", "朱颖", "𠮷祥"]),
        ("q=没有这个人", vec![]),
    ] {
        let mut found = found(&clerk, query).await;
        if query.is_empty() {
            found.sort();
            let mut expected = expected.clone();
            expected.sort_unstable();
            assert_eq!(found, expected);
        } else {
            assert_eq!(found, expected, "{query}");
        }
    }
}

#[tokio::test]
async fn who_has_a_skill_in_a_committee_is_listed_and_no_longer_when_they_moved() {
    let (_office, clerk) = office_with_members().await;
    let page = clerk.page("/members?q=朱颖").await;
    let link = page.split("/committees/").find_map(|rest| rest.split_once("\">四平路居委会"));
    let committee = link.expect("the committee's link").0.to_owned();
    // Programming was typed first, then English.
    let both = format!("committee={committee}&skill=1");
    assert_eq!(found(&clerk, &both).await, ["朱颖"]);
    assert_eq!(found(&clerk, &format!("{both}&skill=2")).await, ["朱颖"]);
    assert_eq!(found(&clerk, &format!("{both}&skill=3")).await, Vec::<String>::new());
    assert_eq!(found(&clerk, &format!("committee={committee}&skill=3")).await, ["张伟"]);
    assert_eq!(found(&clerk, "skill=1").await, ["尉迟恭", "朱颖"]);
    let moved = [("name", "朱颖"), ("address", "和平路1号"), ("committee", "公平路居委会")];
    change(&clerk, &[moved.as_slice(), &[("skills", "编程")]].concat()).await;
    assert_eq!(found(&clerk, &both).await, Vec::<String>::new());
}

#[tokio::test]
async fn nothing_typed_can_break_the_list() {
    let (_office, clerk) = office_with_members().await;
    let long = "朱颖".repeat(3_000);
    for q in ["\"", "'", "a OR b", "NEAR(", "*", "%", "\0", "😀", "--", "朱\"颖", long.as_str()]
    {
        let path = format!("/members?{}", serde_html_form::to_string([("q", q)]).unwrap());
        let answer = clerk.get(&path).await;
        assert_eq!(answer.status(), 200, "{q}");
    }
}

#[tokio::test]
async fn a_changed_record_is_found_by_what_it_is_now() {
    let (_office, clerk) = office_with_members().await;
    change(&clerk, &[("name", "诸葛颖"), ("address", "学院路1号")]).await;
    assert_eq!(found(&clerk, "q=zhugeying").await, ["诸葛颖"]);
    assert!(found(&clerk, "q=四平路+编程").await.is_empty());
}
