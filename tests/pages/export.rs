//! Lists as files.

use linli::web::Role;

use crate::office::Office;

#[tokio::test]
async fn a_committees_list_holds_those_who_agreed_and_phones_only_where_they_did() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    for (name, phone, agreed, with_phone) in [
        ("朱颖", "13800000001", "yes", "yes"),
        ("王伟", "13800000002", "yes", ""),
        ("李强", "13800000003", "", ""),
    ] {
        let form = [
            ("name", name),
            ("phone", phone),
            ("address", "=四平路,\"180\"弄"),
            ("committee", "四平路居委会"),
            ("agreed", agreed),
            ("agreed_phone", with_phone),
        ];
        clerk.register(&form).await;
    }
    let page = clerk.page("/committees?q=四平路居委会").await;
    let at = page.rfind("href=\"/committees/").unwrap() + 18;
    let id = page[at..].split('"').next().unwrap();
    let answer = clerk.get(&format!("/committees/{id}/members.csv")).await;
    let text = String::from_utf8(answer.bytes().await.unwrap().to_vec()).unwrap();
    assert_eq!(
        text,
        "\u{FEFF}Name,Home address,Skills,Phone\r\n\
         王伟,\"'=四平路,\"\"180\"\"弄\",,\r\n\
         朱颖,\"'=四平路,\"\"180\"\"弄\",,13800000001\r\n"
    );
    assert!(clerk.page(&format!("/committees/{id}")).await.contains("One member has not agreed"));
}

#[tokio::test]
async fn the_export_of_a_search_asks_for_its_purpose_and_is_what_the_list_shows() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    clerk.register(&[("name", "朱颖"), ("address", "四平路1号")]).await;
    clerk.register(&[("name", "王伟"), ("address", "和平路2号")]).await;
    let path = "/members/export?q=zy";
    let answer = clerk.post(path, &[("column", "Name"), ("format", "csv")]).await;
    assert_eq!(answer.status(), 422);
    let form = [("column", "Name"), ("format", "csv"), ("purpose", "visit")];
    let text = clerk.post(path, &form).await.bytes().await.unwrap();
    assert_eq!(&text[..], "\u{FEFF}Name\r\n朱颖\r\n".as_bytes());
}
