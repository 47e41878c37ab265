//! Members who fill in the registration form themselves, and what the office does with it.

use jiff::{SignedDuration, Timestamp};
use linli::registrations::WAITS_DAYS;
use linli::upkeep;
use linli::web::{Role, Scope};
use tokio_util::sync::CancellationToken;

use crate::office::{Browser, Office, hidden, location};

const LIST: &str = "/members/registrations";
const FORM: [(&str, &str); 6] = [
    ("name", "朱颖"),
    ("number", "T0001"),
    ("phone", "13800000001"),
    ("address", "四平路180弄15号"),
    ("skills", "书法"),
    ("agreed", "yes"),
];

/// A branch's link.
async fn link(office: &Office, clerk: &Browser, branch: &str) -> String {
    let branch = office.branch(branch).await.to_string();
    let answer = clerk.post("/members/registrations/links", &[("branch", &branch)]).await;
    assert_eq!(answer.status(), 200);
    let page = answer.text().await.unwrap();
    let link = page.split("class=\"letter-url\">").nth(1).unwrap().split('<').next().unwrap();
    format!("/join/{}", link.split("/join/").nth(1).unwrap())
}

#[tokio::test]
async fn what_a_member_fills_in_by_a_link_is_checked_and_registered_once() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let join = link(&office, &clerk, "第一党支部").await;
    let phone = office.visitor();
    let page = phone.page(&join).await;
    assert!(page.contains("第一党支部") && page.contains("Registration form"), "{page}");
    for (field, typed, said) in
        [("name", "", "Please fill this in"), ("phone", "abc", "phone number")]
    {
        let mut form = FORM.to_vec();
        form.retain(|(name, _)| *name != field);
        form.push((field, typed));
        let answer = phone.post(&join, &form).await;
        assert_eq!(answer.status(), 422, "{field}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(said) && page.contains("四平路180弄15号"), "{field}: {page}");
    }
    let token = hidden(&page, "form");
    let mut form = FORM.to_vec();
    form.push(("form", &token));
    for _ in 0..2 {
        let thanks = location(&phone.post(&join, &form).await);
        assert!(phone.page(&thanks).await.contains("Sent. Thank you"));
    }
    assert!(clerk.page("/").await.contains("One form sent in by a member waits"));
    let list = clerk.page(LIST).await;
    assert_eq!(list.matches("四平路180弄15号").count(), 1, "sent twice, kept once: {list}");
    // The clerk gets the form as it was filled in, and says the committee.
    let opened = clerk.page("/members/new?registration=1").await;
    for told in ["朱颖", "T0001", "13800000001", "书法"] {
        assert!(opened.contains(&format!("value=\"{told}\"")), "{told}: {opened}");
    }
    let mut form = FORM.to_vec();
    let branch = office.branch("第一党支部").await.to_string();
    form.extend([("registration", "1"), ("branch", &branch), ("committee", "四平路居委会")]);
    let member = clerk.register(&form).await;
    assert!(clerk.page(&member).await.contains("四平路居委会"));
    assert!(clerk.page(LIST).await.contains("No form is waiting"));
    assert_eq!(clerk.get("/members/new?registration=1").await.status(), 404);
    assert!(clerk.page("/audit?action=registration-accepted").await.contains("朱颖"));
}

#[tokio::test]
async fn who_is_on_record_already_is_updated_and_nothing_is_told_to_who_sends() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let branch = office.branch("第一党支部").await.to_string();
    let record = [
        ("name", "朱颖"),
        ("number", "T0001"),
        ("address", "和平路1号"),
        ("committee", "曲阳路居委会"),
        ("branch", branch.as_str()),
    ];
    let member = clerk.register(&record).await;
    let join = link(&office, &clerk, "第一党支部").await;
    let answer = office.visitor().post(&join, &FORM).await;
    assert!(location(&answer).ends_with("/thanks"), "as anyone");
    let list = clerk.page(LIST).await;
    let update = format!("{member}/edit?registration=1");
    assert!(list.contains("Probably on record already") && list.contains(&update), "{list}");
    let opened = clerk.page(&update).await;
    assert!(opened.contains("四平路180弄15号") && !opened.contains("曲阳路居委会"), "{opened}");
    let version = hidden(&opened, "version");
    let mut form = FORM.to_vec();
    form.extend([("registration", "1"), ("branch", &branch), ("version", &version)]);
    assert_eq!(location(&clerk.post(&format!("{member}/edit"), &form).await), member);
    assert!(clerk.page(&member).await.contains("四平路180弄15号"));
    assert!(clerk.page(LIST).await.contains("No form is waiting"));
    // One that nobody knows is declined, and what was filled in goes.
    office.visitor().post(&join, &[("name", "某某"), ("address", "不知道")]).await;
    clerk.post("/members/registrations/2/decline", &[]).await;
    assert!(clerk.page(LIST).await.contains("No form is waiting"));
}

#[tokio::test]
async fn a_link_is_its_branchs_and_opens_until_it_is_revoked() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let first = office.branch("第一党支部").await;
    let second = office.branch("第二党支部").await;
    let staff = office.signed_in_for(Role::Staff, Scope::Branches(vec![second])).await;
    let id = first.to_string();
    let refused = staff.post("/members/registrations/links", &[("branch", &id)]).await;
    assert_eq!(refused.status(), 404);
    let join = link(&office, &clerk, "第一党支部").await;
    office.visitor().post(&join, &FORM).await;
    assert!(!staff.page(LIST).await.contains("朱颖"));
    assert_eq!(staff.get("/members/new?registration=1").await.status(), 404);
    assert_eq!(staff.post("/members/registrations/1/decline", &[]).await.status(), 404);
    assert_eq!(staff.post("/members/registrations/links/1/revoke", &[]).await.status(), 404);
    clerk.post("/members/registrations/links/1/revoke", &[]).await;
    let visitor = office.visitor();
    assert_eq!(visitor.get(&join).await.status(), 404);
    assert_eq!(visitor.post(&join, &FORM).await.status(), 404);
    assert_eq!(visitor.get("/join/0123456789abcdef0123456789abcdef").await.status(), 404);
    assert!(clerk.page(LIST).await.contains("朱颖"), "what came is still to be looked at");
}

#[tokio::test]
async fn what_nobody_looks_at_for_ninety_days_goes_and_the_log_says_so() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let join = link(&office, &clerk, "第一党支部").await;
    assert_eq!(office.visitor().post(&join, &FORM).await.status(), 303);
    let upkeep_after = async |days: i64| {
        let then = Timestamp::now() + SignedDuration::from_hours(24 * days + 1);
        upkeep::run(&office.app, then, &CancellationToken::new()).await.unwrap().registrations
    };
    // By then, whoever was signed in has to sign in again.
    assert_eq!(upkeep_after(WAITS_DAYS - 1).await, 0);
    let clerk = office.signed_in(Role::Administrator).await;
    assert!(clerk.page(LIST).await.contains("四平路180弄15号"));
    assert_eq!(upkeep_after(WAITS_DAYS).await, 1);
    let clerk = office.signed_in(Role::Administrator).await;
    assert!(!clerk.page(LIST).await.contains("四平路180弄15号"));
    assert!(clerk.page("/audit").await.contains("Took out forms that nobody looked at"));
}
