//! Registering members, and changing their records.

use linli::web::{Role, Scope};

use crate::office::{Office, hidden, location};

#[tokio::test]
async fn a_member_is_registered_with_a_name_and_an_address_alone() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let place = clerk.register(&[("name", "朱　颖"), ("address", "四平路１８０弄15号")]).await;
    let page = clerk.page(&place).await;
    assert!(page.contains("朱颖"));
    assert!(page.contains("四平路180弄15号"));
    assert!(clerk.page("/members?unsettled=yes").await.contains("朱颖"));
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let form = [("name", ""), ("address", "和平路9弄"), ("phone", "abc"), ("skills", "书法、编程")];
    let answer = clerk.post("/members/new", &form).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("id=\"name-error\""));
    assert!(page.contains("id=\"phone-error\""));
    for kept in ["和平路9弄", "abc", "书法、编程"] {
        assert!(page.contains(&format!("value=\"{kept}\"")), "{kept} was lost");
    }
    assert!(clerk.page("/skills").await.contains("No skills yet"), "a failure half-wrote");
}

#[tokio::test]
async fn a_committee_is_found_by_name_and_asked_for_when_two_bear_it() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let one = [("name", "王芳"), ("address", "a"), ("committee", "公平路居委会")];
    assert!(clerk.page(&clerk.register(&one).await).await.contains("四川北路街道"));
    let two = [("name", "李强"), ("address", "b"), ("committee", "鞍山居委会")];
    let answer = clerk.post("/members/new", &two).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("四平路街道") && page.contains("控江路街道"));
    let at = page.find("控江路街道").unwrap();
    let option = page[..at].rfind("value=\"").unwrap() + 7;
    let id = page[option..].split('"').next().unwrap();
    let picked = [two.as_slice(), &[("committee_pick", id)]].concat();
    assert!(clerk.page(&clerk.register(&picked).await).await.contains("控江路街道"));
}

#[tokio::test]
async fn a_form_that_is_sent_twice_saves_once() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let token = hidden(&clerk.page("/members/new").await, "form");
    let form = [("name", "朱颖"), ("address", "四平路1号"), ("form", token.as_str())];
    let first = clerk.register(&form).await;
    assert_eq!(clerk.register(&form).await, first);
    assert!(clerk.page("/members").await.contains("1 member"));
}

#[tokio::test]
async fn a_number_is_one_persons_and_a_record_alike_is_shown_first() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    clerk.register(&[("name", "朱颖"), ("number", "T1"), ("address", "四平路1号")]).await;
    let taken = [("name", "王伟"), ("number", "Ｔ1"), ("address", "和平路2号")];
    let answer = clerk.post("/members/new", &taken).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("belongs to 朱颖"));
    let alike = [("name", "朱颖"), ("address", "四平路 1号")];
    let answer = clerk.post("/members/new", &alike).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("may be registered already"));
    clerk.register(&[alike.as_slice(), &[("confirmed", "yes")]].concat()).await;
    let third = clerk.register(&[("name", "朱颖"), ("address", "别处3号")]).await;
    assert!(clerk.page("/members?q=zhuying").await.contains("3 members"));
    // Who moves there is asked, and not again at the next edit.
    let edit = format!("{third}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let moved = [alike.as_slice(), &[("version", version.as_str())]].concat();
    let answer = clerk.post(&edit, &moved).await;
    assert!(answer.text().await.unwrap().contains("may be registered already"));
    let answer = clerk.post(&edit, &[moved.as_slice(), &[("confirmed", "yes")]].concat()).await;
    assert_eq!(answer.status(), 303);
    let version = hidden(&clerk.page(&edit).await, "version");
    let again = [alike.as_slice(), &[("version", version.as_str()), ("skills", "书法")]].concat();
    assert_eq!(clerk.post(&edit, &again).await.status(), 303);
}

#[tokio::test]
async fn the_second_of_two_who_edit_sees_both_versions_and_chooses() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let place = clerk.register(&[("name", "朱颖"), ("address", "四平路1号")]).await;
    let edit = format!("{place}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let first = [("name", "朱颖"), ("address", "和平路2号"), ("version", &version)];
    assert_eq!(clerk.post(&edit, &first).await.status(), 303);
    let second = [("name", "朱颖"), ("address", "新华路3号"), ("version", &version)];
    let answer = clerk.post(&edit, &second).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("和平路2号") && page.contains("新华路3号"));
    let newer = hidden(&page, "version");
    let mine = [("name", "朱颖"), ("address", "新华路3号"), ("version", newer.as_str())];
    assert_eq!(clerk.post(&edit, &mine).await.status(), 303);
    let history = clerk.page(&format!("{place}/history")).await;
    for address in ["四平路1号", "和平路2号", "新华路3号"] {
        assert!(history.contains(address));
    }
}

#[tokio::test]
async fn what_was_removed_is_not_found_and_can_be_brought_back() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let place = clerk.register(&[("name", "朱颖"), ("address", "四平路1号")]).await;
    clerk.post(&format!("{place}/remove"), &[]).await;
    assert!(clerk.page("/members?q=zy").await.contains("Nothing found"));
    assert!(clerk.page("/members/bin").await.contains("朱颖"));
    clerk.post(&format!("{place}/restore"), &[]).await;
    assert!(clerk.page("/members?q=zy").await.contains("朱颖"));
}

#[tokio::test]
async fn staff_see_and_change_only_members_of_the_branches_they_are_given() {
    let office = Office::open().await;
    let first = office.branch("第一党支部").await.to_string();
    let second = office.branch("第二党支部").await;
    let anyone = office.signed_in(Role::Administrator).await;
    let form = [("name", "朱颖"), ("address", "四平路1号"), ("branch", first.as_str())];
    let place = anyone.register(&form).await;
    let clerk = office.signed_in_for(Role::Staff, Scope::Branches(vec![second])).await;
    assert!(clerk.page("/members?q=朱颖").await.contains("Nothing found"));
    assert_eq!(clerk.get(&place).await.status(), 404);
    assert_eq!(clerk.post(&format!("{place}/remove"), &[]).await.status(), 404);
    assert_eq!(clerk.post("/members/new", &form).await.status(), 422);
}

#[tokio::test]
async fn what_was_typed_comes_back_after_the_session_had_ended() {
    let office = Office::open().await;
    let visitor = office.visitor();
    let form = [("name", "朱颖"), ("address", "四平路180弄")];
    let answer = visitor.post("/members/new", &form).await;
    assert_eq!(answer.status(), 303);
    let sign_in = location(&answer);
    assert!(sign_in.starts_with("/login?"), "{sign_in}");
    assert!(visitor.page(&sign_in).await.contains("What you typed is kept"));
    let query: Vec<(String, String)> =
        serde_html_form::from_str(sign_in.split_once('?').unwrap().1).unwrap();
    let asked = |name| query.iter().find(|(key, _)| key == name).unwrap().1.as_str();
    let clerk = office.signed_in(Role::Staff).await;
    assert_eq!(clerk.get("/members/new").await.status(), 200);
    let login = {
        let mut connection = office.app.db.read().await.unwrap();
        linli::accounts::store::accounts(&mut connection).await.unwrap()[0].login.clone()
    };
    let form = [
        ("login", login.as_str()),
        ("password", crate::office::PASSWORD),
        ("back", asked("back")),
        ("draft", asked("draft")),
    ];
    let answer = visitor.post("/login", &form).await;
    let page = visitor.page(&location(&answer)).await;
    assert!(page.contains("value=\"朱颖\"") && page.contains("value=\"四平路180弄\""));
}

#[tokio::test]
async fn of_the_forms_that_visitors_send_the_oldest_are_forgotten_when_there_are_too_many() {
    let office = Office::open().await;
    let visitor = office.visitor();
    let mut mine = String::new();
    for number in 0..250 {
        let name = format!("朱颖{number}");
        let answer = visitor.post("/members/new", &[("name", name.as_str())]).await;
        assert_eq!(answer.status(), 303);
        if number == 249 {
            mine = location(&answer);
        }
    }
    let mut connection = office.app.db.read().await.unwrap();
    let kept: Vec<String> = sqlx::query_scalar("SELECT body FROM drafts ORDER BY at")
        .fetch_all(&mut *connection)
        .await
        .unwrap();
    assert_eq!(kept.len(), 200);
    let newest: Vec<(String, String)> = serde_html_form::from_str(kept.last().unwrap()).unwrap();
    assert_eq!(newest, [("name".to_owned(), "朱颖249".to_owned())]);
    assert!(visitor.page(&mine).await.contains("What you typed is kept"));
}

#[tokio::test]
async fn the_next_form_of_a_pile_opens_with_what_it_has_in_common_with_the_one_before() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let branch = office.branch("第二党支部").await.to_string();
    let opened = clerk.page("/members/new").await;
    assert!(opened.contains("id=\"name\" name=\"name\"") && opened.contains("autofocus"));
    let form = [
        ("name", "朱颖"),
        ("address", "四平路1号"),
        ("branch", branch.as_str()),
        ("agreed", "yes"),
        ("next", "yes"),
    ];
    let answer = clerk.post("/members/new", &form).await;
    assert_eq!(answer.status(), 303);
    let page = clerk.page(&location(&answer)).await;
    assert!(page.contains("朱颖 was registered"));
    assert!(page.contains(&format!("<option value=\"{branch}\" selected>第二党支部")));
    let agreed = page.split("id=\"agreed\"").nth(1).unwrap();
    assert!(agreed.split('>').next().unwrap().contains("checked"));
    assert!(!page.contains("value=\"四平路1号\""), "the rest is empty");
}
