//! Members who sign in: invited by the office, they see what is kept of them, keep it true and take
//! part; and they reach nothing of anyone else.

use linli::web::Role;

use crate::erase::erase;
use crate::needs::{enter, helper};
use crate::office::{Browser, Office, PASSWORD, hidden, location};

/// Invites a member and opens the link as they do: what stood on the invitation, and their browser.
async fn invited(office: &Office, clerk: &Browser, member: &str) -> (String, Browser) {
    let answer = clerk.post(&format!("{member}/invite"), &[]).await;
    assert_eq!(answer.status(), 200);
    let invitation = answer.text().await.unwrap();
    let link = invitation.split("class=\"letter-url\">").nth(1).unwrap();
    let link = link.split('<').next().unwrap();
    let path = format!("/welcome{}", link.split("/welcome").nth(1).unwrap());
    let phone = office.visitor();
    assert!(phone.page(&path).await.contains("<strong class=\"code\">"), "how to sign in");
    let token = path.split("token=").nth(1).unwrap();
    let form = [("token", token), ("password", PASSWORD), ("again", PASSWORD)];
    assert_eq!(phone.post("/welcome", &form).await.status(), 303);
    assert!(!office.visitor().page(&path).await.contains("name=\"password\""), "only once");
    (invitation, phone)
}

/// An office with a member of a committee, who signed in.
async fn with_a_member() -> (Office, Browser, String, Browser) {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let member = helper(&clerk, "朱颖", "四平路居委会", "课业辅导").await;
    let (_, phone) = invited(&office, &clerk, &member).await;
    (office, clerk, member, phone)
}

#[tokio::test]
async fn an_invited_member_sets_a_password_and_sees_their_own_record_and_no_other() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let form = [
        ("name", "朱颖"),
        ("number", "T0001"),
        ("address", "四平路1号"),
        ("committee", "四平路居委会"),
        ("skills", "书法"),
    ];
    let member = clerk.register(&form).await;
    let other = helper(&clerk, "王伟", "四平路居委会", "课业辅导").await;
    assert!(clerk.page(&member).await.contains("No account yet"));
    let (invitation, phone) = invited(&office, &clerk, &member).await;
    assert!(invitation.contains("Dear 朱颖") && invitation.contains("<strong>t0001</strong>"));
    assert!(clerk.page(&member).await.contains("Can sign in as t0001"));
    assert_eq!(location(&phone.get("/").await), "/me");
    let own = phone.page("/me").await;
    for told in ["朱颖", "T0001", "四平路1号", "四平路居委会", "书法"] {
        assert!(own.contains(told), "{told}: {own}");
    }
    assert!(!own.contains("王伟"), "{own}");
    for place in [member.as_str(), &other, "/members", "/needs", "/activities", "/audit"] {
        assert_eq!(phone.get(place).await.status(), 403, "{place}");
    }
    // Signing in anew, by the number.
    let again = office.visitor();
    let form = [("login", "T0001"), ("password", PASSWORD)];
    assert_eq!(again.post("/login", &form).await.status(), 303);
    assert!(again.page("/me").await.contains("朱颖"));
    assert!(!clerk.page("/accounts").await.contains("t0001"), "their record shows it");
    // The office ends it.
    clerk.post(&format!("{member}/uninvite"), &[]).await;
    assert!(location(&again.get("/me").await).starts_with("/login"));
    assert_eq!(again.post("/login", &form).await.status(), 422);
    invited(&office, &clerk, &member).await;
}

#[tokio::test]
async fn a_member_keeps_their_data_true_and_a_new_address_waits_for_a_clerk() {
    let (_office, clerk, member, phone) = with_a_member().await;
    let version = hidden(&phone.page("/me/edit").await, "version");
    let form = |address: &'static str, phone: &'static str| {
        vec![
            ("address", address),
            ("phone", phone),
            ("skills", "课业辅导、理发"),
            ("agreed", "yes"),
            ("agreed_phone", "yes"),
        ]
    };
    let with_version = |mut form: Vec<(&'static str, &'static str)>, version: String| {
        let version: &'static str = version.leak();
        form.push(("version", version));
        form
    };
    let wrong = with_version(form("", "abc"), version.clone());
    let answer = phone.post("/me/edit", &wrong).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Please fill this in") && page.contains("value=\"abc\""), "{page}");
    let right = with_version(form("四平路1号", "13800000002"), version.clone());
    assert_eq!(location(&phone.post("/me/edit", &right).await), "/me");
    let record = clerk.page(&member).await;
    assert!(record.contains("13800000002") && record.contains("理发"), "{record}");
    assert!(record.contains("四平路居委会"), "the same address, the same committee");
    assert!(clerk.page(&format!("{member}/history")).await.contains("朱颖"), "by whom");
    // From before that change: both versions.
    let late = with_version(form("曲阳路2号", "13800000003"), version);
    let answer = phone.post("/me/edit", &late).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("<del>四平路1号</del>") && page.contains("<ins>曲阳路2号</ins>"));
    let version = hidden(&page, "version");
    let moved = with_version(form("曲阳路2号", "13800000003"), version);
    assert_eq!(location(&phone.post("/me/edit", &moved).await), "/me");
    assert!(clerk.page("/addresses/queue").await.contains("曲阳路2号"));
    // Times.
    let version = hidden(&phone.page("/me/times").await, "version");
    let times = [("times", "6m"), ("version", version.as_str())];
    assert_eq!(location(&phone.post("/me/times", &times).await), "/me");
    assert!(phone.page("/me").await.contains("Sat morning"));
    assert_eq!(phone.post("/me/times", &times).await.status(), 409);
}

#[tokio::test]
async fn a_member_says_that_they_would_help_is_paired_and_enters_a_visit() {
    let (office, clerk, member, phone) = with_a_member().await;
    let need = enter(&clerk, &[("contact", "三号楼甲"), ("contact_phone", "65010000")]).await;
    let own = phone.page("/me").await;
    assert!(own.contains("周末辅导小学数学") && own.contains("I would help"), "{own}");
    assert!(!own.contains("三号楼甲"), "whom to ask is told to who serves it");
    let id = need.rsplit('/').next().unwrap();
    for _ in 0..2 {
        assert_eq!(phone.post(&format!("/me/needs/{id}/volunteer"), &[]).await.status(), 303);
    }
    assert!(phone.page("/me").await.contains("You said you would"));
    let shown = clerk.page(&need).await;
    let said = shown.split("Said they would help").nth(1).unwrap();
    assert!(said.split("</section>").next().unwrap().contains("朱颖"), "{said}");
    phone.post(&format!("/me/needs/{id}/withdraw"), &[]).await;
    assert!(!clerk.page(&need).await.contains("Said they would help"));
    let pairing = clerk.post(&format!("{need}/pair"), &[("member", "1")]).await;
    let pairing = location(&pairing);
    let mine = format!("/me{pairing}");
    let page = phone.page(&mine).await;
    assert!(page.contains("三号楼甲") && page.contains("65010000"), "{page}");
    let empty = phone.post(&mine, &[("done", ""), ("minutes", "60")]).await;
    assert_eq!(empty.status(), 422);
    let today = linli::addresses::today();
    let visit = [("done", "讲了分数"), ("minutes", "90"), ("day", today.as_str())];
    assert_eq!(location(&phone.post(&mine, &visit).await), "/me");
    let record = clerk.page(&pairing).await;
    assert!(record.contains("讲了分数") && record.contains("90 minutes"), "{record}");
    // Another member's pairing is not there for them.
    let other = helper(&clerk, "王伟", "四平路居委会", "课业辅导").await;
    let (_, other) = invited(&office, &clerk, &other).await;
    assert_eq!(other.get(&mine).await.status(), 404);
    assert_eq!(other.post(&mine, &visit).await.status(), 404);
    assert!(phone.post("/me/calendar", &[]).await.text().await.unwrap().contains("calendar.ics"));
    assert_eq!(clerk.get(&format!("{member}/needs")).await.status(), 200);
}

#[tokio::test]
async fn a_member_claims_what_their_committee_offers_and_gives_it_back() {
    let (office, clerk, _member, phone) = with_a_member().await;
    let offer =
        [("kind", "wish"), ("committee", "四平路居委会"), ("title", "换一个灯泡"), ("places", "1")];
    let answer = clerk.post("/needs/offers/new", &offer).await;
    let place = location(&answer);
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    let id = place.rsplit('/').next().unwrap();
    let (claim, step) = (format!("/me/offers/{id}"), format!("/me/offers/{id}/step"));
    let elsewhere = helper(&clerk, "王伟", "曲阳路居委会", "课业辅导").await;
    let (_, elsewhere) = invited(&office, &clerk, &elsewhere).await;
    assert!(!elsewhere.page("/me").await.contains("换一个灯泡"));
    assert_eq!(elsewhere.post(&claim, &[]).await.status(), 404);
    assert!(phone.page("/me").await.contains("换一个灯泡"));
    assert_eq!(location(&phone.post(&claim, &[]).await), "/me");
    assert!(clerk.page(&place).await.contains("朱颖"));
    assert_eq!(phone.post(&step, &[("step", "accept")]).await.status(), 400);
    phone.post(&step, &[("step", "leave"), ("reason", "time")]).await;
    assert!(clerk.page(&place).await.contains("Left"));
    assert!(phone.page("/me").await.contains("To claim at my committee"));
    phone.post(&claim, &[]).await;
    phone.post(&step, &[("step", "finish")]).await;
    assert!(!phone.page("/me").await.contains("To claim at my committee"));
}

#[tokio::test]
async fn nothing_of_an_erased_member_is_left_to_sign_in_by_or_to_claim() {
    let (office, clerk, member, phone) = with_a_member().await;
    let offer =
        [("kind", "post"), ("committee", "四平路居委会"), ("role", "patrol"), ("places", "2")];
    let place = location(&clerk.post("/needs/offers/new", &offer).await);
    let id = place.rsplit('/').next().unwrap();
    phone.post(&format!("/me/offers/{id}"), &[]).await;
    assert!(clerk.page(&place).await.contains("朱颖"));
    clerk.post(&format!("{member}/remove"), &[]).await;
    assert_eq!(phone.get("/me").await.status(), 404, "in the bin");
    assert_eq!(erase(&clerk, &member, "朱颖").await.0, 303);
    assert!(location(&phone.get("/me").await).starts_with("/login"));
    let form = [("login", "m1"), ("password", PASSWORD)];
    assert_eq!(office.visitor().post("/login", &form).await.status(), 422);
    assert!(!clerk.page("/audit").await.contains("朱颖"));
    assert!(!clerk.page(&place).await.contains("朱颖"));
}
