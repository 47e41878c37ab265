//! Members who live where no committee is set up.

use linli::web::{Role, Scope};

use crate::office::{Browser, Office, location};

/// Registers a member who lives where no committee is set up; the path of the record.
async fn unattached(clerk: &Browser, name: &str, address: &str, host: &str) -> String {
    let form = [
        ("name", name),
        ("address", address),
        ("unattached", "yes"),
        ("host", host),
        ("confirmed", "yes"),
    ];
    clerk.register(&form).await
}

async fn at_home(clerk: &Browser, name: &str, address: &str, committee: &str) {
    let form =
        [("name", name), ("address", address), ("committee", committee), ("confirmed", "yes")];
    clerk.register(&form).await;
}

/// What the buttons of a page send, in their order.
fn sends(page: &str) -> Vec<String> {
    let values = page.split("name=\"one\" value=\"").skip(1);
    values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

async fn set_up(administrator: &Browser, code: &str, name: &str) {
    let form = [("code", code), ("name", name)];
    let answer = administrator.post("/committees/new", &form).await;
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
}

async fn rule(clerk: &Browser, road: &str, numbers: &str, committee: &str) {
    let form = [("road", road), ("numbers", numbers), ("committee", committee)];
    let answer = clerk.post("/addresses/new", &form).await;
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
}

#[tokio::test]
async fn committees_near_them_are_offered_as_hosts_and_one_click_gives_one() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    assert!(clerk.page("/addresses/unattached").await.contains("Nobody lives where"));
    at_home(&clerk, "王伟", "四平路2号", "310110012003").await;
    let road = unattached(&clerk, "朱颖", "四平路900弄3号", "").await;
    unattached(&clerk, "单小明", "虹口区四川北路街道新村路7号", "").await;
    unattached(&clerk, "张敏", "无名路1号", "").await;
    // A road of this name, but not the one in the other district.
    unattached(&clerk, "解放", "嘉定区四平路6号", "").await;
    let page = clerk.page("/addresses/unattached").await;
    assert!(page.contains("One member on the same road"), "{page}");
    assert!(page.contains("In the sub-district of the address") && page.contains("公平路居委会"));
    assert_eq!(page.matches("No committee is known near here").count(), 2, "{page}");
    let host = sends(&page).into_iter().find(|sends| sends.ends_with("host:3")).unwrap();
    let answer = clerk.post("/addresses/unattached", &[("one", host.as_str())]).await;
    assert_eq!(location(&answer), "/addresses/unattached");
    assert!(clerk.page("/addresses/unattached").await.contains("朱颖 has a host committee now"));
    assert!(clerk.page(&road).await.contains("Host committee"));
    // The record is another than what the page showed.
    clerk.post("/addresses/unattached", &[("one", host.as_str())]).await;
    let page = clerk.page("/addresses/unattached").await;
    assert!(page.contains("notice-warning"), "{page}");
    let page = clerk.page("/addresses/unattached?which=no-host").await;
    assert!(!page.contains("朱颖") && page.contains("张敏"), "{page}");
    let page = clerk.page("/addresses/unattached?district=310109").await;
    assert!(page.contains("单小明") && !page.contains("朱颖"), "{page}");
}

#[tokio::test]
async fn a_committee_that_is_set_up_where_they_live_is_offered_and_one_click_moves_them() {
    let office = Office::open().await;
    let administrator = office.signed_in(Role::Administrator).await;
    let first = unattached(&administrator, "朱颖", "国权路5号", "310110012003").await;
    let other = unattached(&administrator, "王伟", "国权路7号", "310110012003").await;
    assert!(!administrator.page(&first).await.contains("may be set up"));
    assert_eq!(administrator.page("/addresses/unattached/waiting").await.trim(), "");
    assert!(administrator.page("/").await.contains("/addresses/unattached/waiting"));
    set_up(&administrator, "310110012009", "国权居委会").await;
    let waiting = administrator.page("/addresses/unattached/waiting").await;
    assert!(waiting.contains("2 members without a committee may have one now"), "{waiting}");
    let page = administrator.page(&first).await;
    assert!(page.contains("A committee may be set up where they live now"), "{page}");
    let buttons = sends(&page);
    let form = [("one", buttons[0].as_str()), ("from", "member")];
    let answer = administrator.post("/addresses/unattached", &form).await;
    assert_eq!(location(&answer), first);
    let page = administrator.page(&first).await;
    assert!(page.contains("国权居委会</a>") && !page.contains("may be set up"), "{page}");
    // To the other it is not theirs, and nobody is asked again.
    let neither = sends(&administrator.page(&other).await).pop().unwrap();
    let form = [("one", neither.as_str()), ("from", "member")];
    administrator.post("/addresses/unattached", &form).await;
    assert!(!administrator.page(&other).await.contains("may be set up"));
    assert_eq!(administrator.page("/addresses/unattached/waiting").await.trim(), "");
    set_up(&administrator, "310110012010", "国权第二居委会").await;
    let page = administrator.page("/addresses/unattached?which=movable").await;
    assert!(page.contains("国权第二居委会") && !page.contains("国权居委会"), "{page}");
}

#[tokio::test]
async fn an_address_rule_that_fits_by_now_offers_the_move() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let member = unattached(&clerk, "朱颖", "国权路5号", "").await;
    let even = unattached(&clerk, "王伟", "国权路6号", "").await;
    rule(&clerk, "国权路", "1-99号单", "四平路居委会").await;
    let page = clerk.page("/addresses/unattached?which=movable").await;
    assert!(page.contains("朱颖") && !page.contains("王伟"), "{page}");
    assert!(page.contains("Address rule:"), "{page}");
    assert!(!clerk.page(&even).await.contains("may be set up"));
    let page = clerk.page(&member).await;
    let buttons = sends(&page);
    assert_eq!(buttons.len(), 1, "a rule that is wrong is to be mended: {page}");
    clerk.post("/addresses/unattached", &[("one", buttons[0].as_str())]).await;
    assert!(clerk.page(&member).await.contains("四平路居委会</a>"));
}

#[tokio::test]
async fn staff_of_a_branch_see_and_settle_only_their_own() {
    let office = Office::open().await;
    let administrator = office.signed_in(Role::Administrator).await;
    at_home(&administrator, "陈杰", "四平路2号", "310110012003").await;
    unattached(&administrator, "朱颖", "四平路4号", "").await;
    let buttons = sends(&administrator.page("/addresses/unattached").await);
    let mine = office.branch("第一党支部").await;
    let clerk = office.signed_in_for(Role::Staff, Scope::Branches(vec![mine])).await;
    assert!(!clerk.page("/addresses/unattached").await.contains("朱颖"));
    clerk.post("/addresses/unattached", &[("one", buttons[0].as_str())]).await;
    let page = administrator.page("/addresses/unattached?which=no-host").await;
    assert!(page.contains("朱颖"), "nothing was given: {page}");
}
