//! Bringing files of members in a browser.

use linli::lists::{self, List};
use linli::web::Role;

use crate::office::{Browser, Office, hidden, location};

pub async fn bring(clerk: &Browser, name: &str, bytes: Vec<u8>) -> reqwest::Response {
    clerk.bring("/members/import", name, bytes).await
}

#[tokio::test]
async fn a_file_is_matched_seen_taken_in_and_taken_back() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    clerk.register(&[("name", "王伟"), ("number", "T1"), ("address", "四平路1号")]).await;
    let text = "名字,编号,家庭住址,电话\n王伟,T1,和平路2号,13800000001\n朱颖,T2,新华路3号,\n";
    let place = location(&bring(&clerk, "members.csv", text.into()).await);
    let seen = clerk.page(&place).await;
    assert!(seen.contains("1 new, 1 updated, 0 unchanged"), "{seen}");
    assert!(!clerk.page("/members").await.contains("朱颖"), "the preview wrote");
    let batch = location(&clerk.post(&place, &[]).await);
    let page = clerk.page(&batch).await;
    assert!(page.contains("四平路1号") && page.contains("和平路2号"), "old beside new");
    assert!(clerk.page("/members?q=zhuying").await.contains("朱颖"));
    clerk.post(&format!("{batch}/undo"), &[]).await;
    assert!(!clerk.page("/members").await.contains("朱颖"));
    assert!(clerk.page("/members?q=T1").await.contains("四平路1号"));
}

#[tokio::test]
async fn every_problem_is_seen_first_and_the_bad_rows_can_be_downloaded() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let text = "姓名,住址,居委会代码\n朱颖,四平路1号,310110012003\n,和平路2号,\n李强,新华路3号,1\n";
    let place = location(&bring(&clerk, "members.csv", text.into()).await);
    let seen = clerk.page(&place).await;
    assert!(seen.contains("There are 2 problems"));
    assert!(seen.contains(">A3<") && seen.contains(">C4<"));
    let refused = clerk.post(&place, &[]).await;
    assert_eq!(location(&refused), place);
    assert!(clerk.page("/members").await.contains("0 members"));
    let batch = location(&clerk.post(&place, &[("partly", "yes")]).await);
    let bad = clerk.page(&format!("{batch}/rejected.csv")).await;
    assert_eq!(bad.lines().count(), 3);
    assert!(bad.contains(",和平路2号,,Please fill this in."));
    assert!(clerk.page("/members").await.contains("1 member"));
}

#[tokio::test]
async fn a_record_that_was_edited_since_stays_when_its_import_is_taken_back() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let text = "姓名,工号,住址\n朱颖,T1,四平路1号\n王伟,T2,和平路2号\n";
    let place = location(&bring(&clerk, "members.csv", text.into()).await);
    let batch = location(&clerk.post(&place, &[]).await);
    let list = clerk.page("/members?q=zhuying").await;
    let id =
        list.split("href=\"/members/").filter_map(|l| l.split('"').next()?.parse::<i64>().ok());
    let edit = format!("/members/{}/edit", id.last().unwrap());
    let version = hidden(&clerk.page(&edit).await, "version");
    let form =
        [("name", "朱颖"), ("number", "T1"), ("address", "学院路9号"), ("version", &version)];
    assert_eq!(clerk.post(&edit, &form).await.status(), 303);
    clerk.post(&format!("{batch}/undo"), &[]).await;
    let left = clerk.page("/members").await;
    assert!(left.contains("学院路9号") && !left.contains("王伟"));
}

#[tokio::test]
async fn an_import_that_is_taken_back_gives_back_a_skill_under_the_name_it_has_by_then() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let form = [("name", "朱颖"), ("number", "T1"), ("address", "四平路1号"), ("skills", "编成")];
    let member = clerk.register(&form).await;
    clerk.register(&[("name", "王伟"), ("address", "和平路2号"), ("skills", "编程")]).await;
    let text = "工号,专长\nT1,书法\n";
    let place = location(&bring(&clerk, "members.csv", text.into()).await);
    let batch = location(&clerk.post(&place, &[]).await);
    assert!(clerk.page(&member).await.contains("书法"));
    let mut connection = office.app.db.read().await.unwrap();
    let mut id = async |name| {
        let id = lists::find_spelling(&mut connection, List::Skills, name).await.unwrap();
        id.unwrap().to_string()
    };
    let (wrong, right) = (id("编成").await, id("编程").await);
    let form = [("into", right.as_str()), ("confirmed", "yes")];
    clerk.post(&format!("/skills/{wrong}/merge"), &form).await;
    clerk.post(&format!("{batch}/undo"), &[]).await;
    assert!(clerk.page("/members?q=编程").await.contains("2 members"));
    assert!(!clerk.page(&format!("{member}/edit")).await.contains("编成"));
}

#[tokio::test]
async fn a_file_that_is_sent_twice_is_taken_in_once_and_leads_to_the_same_page() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    for (path, text) in [
        ("/members/import", "姓名,住址\n朱颖,四平路1号\n"),
        ("/addresses/import", "路名,弄,居委会代码\n四平路,180,310110012003\n"),
        ("/committees/import", "代码,名称,街道,区县\n310110012009,新村居委会,四平路街道,杨浦区\n"),
    ] {
        let place = location(&clerk.bring(path, "list.csv", text.into()).await);
        let first = clerk.post(&place, &[]).await;
        assert_eq!(first.status(), 303, "{path}");
        let second = clerk.post(&place, &[]).await;
        assert_eq!((second.status().as_u16(), location(&second)), (303, location(&first)));
        assert_eq!(location(&clerk.get(&place).await), location(&first), "{path}, gone back to");
    }
    assert!(clerk.page("/members").await.contains("1 member<"));
}

#[tokio::test]
async fn a_file_that_is_no_table_is_refused_beside_the_field() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let answer = bring(&clerk, "photo.csv", vec![0, 159, 146, 150, 0]).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("id=\"file-error\""));
}

#[tokio::test]
async fn someone_elses_file_cannot_be_opened() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let place = location(&bring(&clerk, "m.csv", "姓名,住址\n朱颖,a\n".into()).await);
    let other = office.signed_in(Role::Staff).await;
    assert_eq!(other.get(&place).await.status(), 404);
    assert_eq!(other.get("/members/import/files/..%2Flinli.db").await.status(), 404);
}
