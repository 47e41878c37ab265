//! Members who sign in: invited by the office, they see what is kept of them, keep it true and take
//! part; and they reach nothing of anyone else.

use linli::web::{Role, Scope};

use crate::erase::erase;
use crate::letters::with_an_issued_letter;
use crate::needs::{enter, helper};
use crate::office::{Browser, Office, PASSWORD, hidden, location};

/// Invites a member and opens the link as they do: what stood on the invitation, and their browser.
pub async fn invited(office: &Office, clerk: &Browser, member: &str) -> (String, Browser) {
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
    let today = linli::addresses::today();
    phone.post("/me/activities/new", &entry("和朱颖巡逻", &today)).await;
    let other = helper(&clerk, "王伟", "四平路居委会", "课业辅导").await;
    let (_, other) = invited(&office, &clerk, &other).await;
    other.post("/me/activities/new", &entry("同朱颖慰问", &today)).await;
    clerk.post(&format!("{member}/remove"), &[]).await;
    assert_eq!(phone.get("/me").await.status(), 410, "in the bin");
    assert_eq!(erase(&clerk, &member, "朱颖").await.0, 303);
    assert!(location(&phone.get("/me").await).starts_with("/login"));
    let form = [("login", "m1"), ("password", PASSWORD)];
    assert_eq!(office.visitor().post("/login", &form).await.status(), 422);
    assert!(!clerk.page("/audit").await.contains("朱颖"));
    assert!(!clerk.page(&place).await.contains("朱颖"));
    let entered = clerk.page("/activities/own").await;
    assert!(!entered.contains("朱颖") && entered.contains("同…慰问"), "{entered}");
}

#[tokio::test]
async fn all_of_a_branch_are_invited_on_paper_at_once_and_a_later_run_prints_only_who_is_missing() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let (first, second) = (office.branch("第一党支部").await, office.branch("第二党支部").await);
    let branch = first.to_string();
    for at in 1..=9 {
        let (name, number) = (format!("王{at}"), format!("T000{at}"));
        let form = [
            ("name", name.as_str()),
            ("number", &number),
            ("address", "四平路1号"),
            ("branch", &branch),
        ];
        clerk.register(&form).await;
    }
    let place = "/members/invitations";
    let search = format!("branch={first}");
    let asked = format!("{place}?{search}");
    let page = clerk.page(&asked).await;
    assert!(page.contains("9 of 9 were not invited yet: 9 slips."), "{page}");
    let token = hidden(&page, "form");
    let form = [("search", search.as_str()), ("form", token.as_str())];
    let answer = clerk.post(place, &form).await;
    assert_eq!(answer.status(), 200);
    let slips = answer.text().await.unwrap();
    assert_eq!(slips.matches("class=\"invitation-slip\"").count(), 9);
    assert_eq!(slips.matches("<article class=\"paper invitation-slips\"").count(), 2, "8 a page");
    assert!(slips.contains("王3") && slips.contains("T0003 · 第一党支部"), "{slips}");
    assert_eq!(slips.matches("<path d=\"M").count(), 9, "QR codes");
    // A slip's link sets its member's password.
    let links = slips.split("class=\"letter-url\">").skip(1);
    let links: Vec<&str> = links.map(|link| link.split('<').next().unwrap()).collect();
    let token = links[0].split("token=").nth(1).unwrap();
    let phone = office.visitor();
    let set = [("token", token), ("password", PASSWORD), ("again", PASSWORD)];
    assert_eq!(phone.post("/welcome", &set).await.status(), 303);
    assert!(phone.page("/me").await.contains("T0001"));
    // Sent twice, the form does not make those on paper useless.
    assert_eq!(clerk.post(place, &form).await.status(), 303);
    assert!(
        phone
            .page(&format!("/welcome?token={}", links[1].split('=').nth(1).unwrap()))
            .await
            .contains("name=\"password\"")
    );
    assert!(clerk.page(&asked).await.contains("All of them were invited already."));
    let late = clerk.register(&[("name", "赵晚"), ("address", "x"), ("branch", &branch)]).await;
    assert!(clerk.page(&asked).await.contains("One of 10 was not invited yet"));
    let again = clerk.page(&format!("{asked}&again=yes")).await;
    assert!(again.contains("9 of 10"), "all but who signed in: {again}");
    // Who was taken off is not invited by the way.
    clerk.post(&format!("{late}/invite"), &[]).await;
    clerk.post(&format!("{late}/uninvite"), &[]).await;
    assert!(clerk.page(&asked).await.contains("All of them were invited already."));
    // Staff invite those of their own branches.
    let elsewhere = office.signed_in_for(Role::Staff, Scope::Branches(vec![second])).await;
    assert!(elsewhere.page(&format!("{asked}&again=yes")).await.contains("All of them"));
}

/// An entry of a member's own.
fn entry<'a>(title: &'a str, day: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("title", title), ("day", day), ("area", "good-deeds"), ("hours", "2")]
}

#[tokio::test]
async fn what_a_member_says_they_did_counts_once_the_office_puts_it_on_record() {
    let (office, clerk, member, phone) = with_a_member().await;
    let today = linli::addresses::today();
    let new = "/me/activities/new";
    let page = phone.page(new).await;
    assert!(
        page.contains("四平路居委会") && page.contains(&format!("value=\"{today}\"")),
        "{page}"
    );
    for (field, wrong, said) in [
        ("title", "", "Please fill this in"),
        ("day", "2999-01-01", "error"),
        ("area", "", "area-error"),
        ("hours", "long", "hours-error"),
    ] {
        let mut form = entry("晚间巡逻", &today);
        form.retain(|(name, _)| *name != field);
        form.push((field, wrong));
        let answer = phone.post(new, &form).await;
        assert_eq!(answer.status(), 422, "{field}");
        assert!(answer.text().await.unwrap().contains(said), "{field}");
    }
    let token = hidden(&page, "form");
    let mut form = entry("晚间巡逻", &today);
    form.push(("form", &token));
    for _ in 0..2 {
        assert_eq!(location(&phone.post(new, &form).await), "/me");
    }
    phone.post(new, &entry("晚间巡逻", &today)).await;
    let own = phone.page("/me").await;
    assert_eq!(own.matches("Awaits confirmation").count(), 1, "sent thrice, kept once: {own}");
    let timeline = format!("{member}/activities");
    assert!(!clerk.page(&timeline).await.contains("晚间巡逻"), "not on record yet");
    assert!(clerk.page("/").await.contains("One activity that a member entered waits"));
    // Another member can neither see it nor take it back.
    let other = helper(&clerk, "王伟", "四平路居委会", "课业辅导").await;
    let (_, other) = invited(&office, &clerk, &other).await;
    assert_eq!(other.post("/me/activities/1/withdraw", &[]).await.status(), 404);
    assert!(!other.page("/me").await.contains("晚间巡逻"));
    assert!(clerk.page("/activities/own").await.contains("晚间巡逻"));
    assert_eq!(clerk.post("/activities/own/1", &[("act", "decline")]).await.status(), 400);
    clerk.post("/activities/own/1", &[("act", "accept")]).await;
    assert!(clerk.page(&timeline).await.contains("晚间巡逻"));
    assert!(phone.page("/me").await.contains("晚间巡逻"));
    assert!(!phone.page("/me").await.contains("Awaits confirmation"));
    assert_eq!(clerk.post("/activities/own/1", &[("act", "accept")]).await.status(), 404);
    // The same occasion of another member is the same activity.
    other.post(new, &entry("晚间巡逻", &today)).await;
    clerk.post("/activities/own/2", &[("act", "accept")]).await;
    let people = clerk.page("/activities/1").await;
    assert!(people.contains("朱颖") && people.contains("王伟"), "{people}");
    assert_eq!(clerk.get("/activities/2").await.status(), 404);
    // One that is on record already is declined, and its member sees why.
    phone.post(new, &entry("巡逻", &today)).await;
    let list = clerk.page("/activities/own").await;
    assert!(list.contains("On record that day") && list.contains("/activities/1"), "{list}");
    clerk.post("/activities/own/3", &[("act", "decline"), ("reason", "known")]).await;
    assert!(phone.page("/me").await.contains("Not put on record · On record already"));
    // One that was a mistake is taken back.
    phone.post(new, &entry("清扫", &today)).await;
    assert_eq!(phone.post("/me/activities/4/withdraw", &[]).await.status(), 303);
    assert!(!phone.page("/me").await.contains("清扫"));
    assert!(clerk.page("/activities/own").await.contains("Nothing is waiting"));
}

#[tokio::test]
async fn a_members_own_entry_is_the_offices_that_is_given_the_branch() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let (first, second) = (office.branch("第一党支部").await, office.branch("第二党支部").await);
    let branch = first.to_string();
    let form = [("name", "朱颖"), ("address", "四平路1号"), ("branch", branch.as_str())];
    let member = clerk.register(&form).await;
    let (_, phone) = invited(&office, &clerk, &member).await;
    phone.post("/me/activities/new", &entry("晚间巡逻", &linli::addresses::today())).await;
    let elsewhere = office.signed_in_for(Role::Staff, Scope::Branches(vec![second])).await;
    assert!(!elsewhere.page("/activities/own").await.contains("晚间巡逻"));
    assert_eq!(elsewhere.post("/activities/own/1", &[("act", "accept")]).await.status(), 404);
    let staff = office.signed_in_for(Role::Staff, Scope::Branches(vec![first])).await;
    assert!(staff.page("/activities/own").await.contains("晚间巡逻"));
    assert_eq!(staff.post("/activities/own/1", &[("act", "accept")]).await.status(), 303);
}

#[tokio::test]
async fn a_committee_confirms_on_its_page_what_its_member_entered_or_says_that_it_is_not_so() {
    let (office, clerk, link) = with_an_issued_letter().await;
    let (_, phone) = invited(&office, &clerk, "/members/1").await;
    let today = linli::addresses::today();
    for title in ["晚间巡逻", "搬家"] {
        assert_eq!(phone.post("/me/activities/new", &entry(title, &today)).await.status(), 303);
    }
    let parts = format!("{link}/parts");
    let there = office.visitor();
    let page = there.page(&parts).await;
    assert!(page.contains("晚间巡逻") && page.contains("Entered by members themselves"), "{page}");
    assert_eq!(there.post(&parts, &[("own", "1"), ("by", "")]).await.status(), 422);
    assert_eq!(there.post(&parts, &[("own", "1"), ("by", "刘洋")]).await.status(), 303);
    assert_eq!(there.post(&parts, &[("not_so", "2")]).await.status(), 303);
    let own = phone.page("/me").await;
    assert!(own.contains("Signed by the committee"), "{own}");
    assert!(own.contains("Not put on record · Not known there"), "{own}");
    assert!(clerk.page("/activities/own").await.contains("Nothing is waiting"));
    let page = there.page(&parts).await;
    assert!(page.contains("刘洋 · ") && !page.contains("搬家"), "{page}");
    // Who does not stand to be known is not told of to the committee.
    phone.post("/me/activities/new", &entry("理发", &today)).await;
    clerk.post("/members/1/withdraw", &[]).await;
    assert!(!there.page(&parts).await.contains("理发"));
    there.post(&parts, &[("own", "3"), ("by", "刘洋")]).await;
    assert!(clerk.page("/activities/own").await.contains("理发"), "the office's to settle");
}

#[tokio::test]
async fn a_member_asks_to_join_a_team_near_home_and_leaves_it_again() {
    let (office, clerk, member, phone) = with_a_member().await;
    for (name, committee) in [("助学服务队", "四平路居委会"), ("别处的", "曲阳路居委会")]
    {
        let form = [("name", name), ("committee", committee)];
        assert_eq!(clerk.post("/needs/teams/new", &form).await.status(), 303);
    }
    let page = phone.page("/me").await;
    assert!(page.contains("助学服务队") && !page.contains("别处的"), "{page}");
    assert_eq!(phone.post("/me/teams/2", &[]).await.status(), 404);
    assert_eq!(phone.post("/me/teams/1", &[]).await.status(), 303);
    assert!(phone.page("/me").await.contains("Asks to join"));
    assert!(clerk.page("/needs/teams").await.contains("1 asks to join"));
    let accept = [("person", "1"), ("step", "accept")];
    assert_eq!(clerk.post("/needs/teams/1/step", &accept).await.status(), 303);
    assert!(clerk.page(&format!("{member}/needs")).await.contains("助学服务队"));
    assert_eq!(phone.post("/me/teams/1/leave", &[("reason", "time")]).await.status(), 303);
    phone.page("/me").await; // Where it is said that they left.
    assert!(phone.page("/me").await.contains("Ask to join"));
    assert!(clerk.page("/needs/teams/1").await.contains("No time"));
    // Nobody else's place is theirs to give back.
    let other = helper(&clerk, "王伟", "四平路居委会", "").await;
    let (_, other) = invited(&office, &clerk, &other).await;
    assert_eq!(other.post("/me/teams/1/leave", &[]).await.status(), 404);
}

#[tokio::test]
async fn a_member_whose_record_is_in_the_bin_is_told_so_and_is_let_in_when_it_is_back() {
    let (_office, clerk, member, phone) = with_a_member().await;
    clerk.post(&format!("{member}/remove"), &[]).await;
    let answer = phone.get("/me").await;
    assert_eq!(answer.status(), 410);
    assert!(answer.text().await.unwrap().contains("Please ask the office of your branch"));
    clerk.post(&format!("{member}/restore"), &[]).await;
    assert_eq!(phone.get("/me").await.status(), 200);
}
