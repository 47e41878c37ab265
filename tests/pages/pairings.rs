//! Pairings: who serves which need, their visits, and their end.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use linli::addresses::today;
use linli::app::App;
use linli::upkeep;
use linli::web::{Role, Scope};
use tokio_util::sync::CancellationToken;

use crate::needs::{enter, helper};
use crate::office::{Browser, Office, hidden, location};

/// Days from today.
fn day(from_today: i64) -> String {
    let today: Date = today().parse().unwrap();
    today.checked_add(from_today.days()).unwrap().to_string()
}

/// Pairs a member with a need; the path of the pairing.
async fn pair(clerk: &Browser, need: &str, member: &str) -> String {
    let member = member.rsplit('/').next().unwrap();
    let answer = clerk.post(&format!("{need}/pair"), &[("member", member)]).await;
    let place = location(&answer);
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    place
}

/// An office with a need that a member serves: the need's, the member's and the pairing's path.
async fn paired() -> (Office, Browser, [String; 3]) {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let member = helper(&clerk, "朱颖", "四平路居委会", "课业辅导").await;
    let fields = [("regular", "yes"), ("contact", "三号楼甲"), ("contact_phone", "65010000")];
    let need = enter(&clerk, &fields).await;
    let pairing = pair(&clerk, &need, &member).await;
    (office, clerk, [need, member, pairing])
}

/// A visit of today.
fn visit<'a>(today: &'a str, next: &'a str) -> [(&'a str, &'a str); 4] {
    [("day", today), ("minutes", "90"), ("done", "讲了分数"), ("next", next)]
}

#[tokio::test]
async fn a_member_is_paired_with_one_click_and_others_may_join() {
    let (_office, clerk, [need, member, pairing]) = paired().await;
    let page = clerk.page(&need).await;
    assert!(page.contains("Matched") && page.contains(&pairing), "{page}");
    assert!(clerk.page(&format!("{member}/needs")).await.contains(&pairing));
    let second = helper(&clerk, "王伟", "四平路居委会", "课业辅导").await;
    assert_eq!(pair(&clerk, &need, &second).await, pairing, "they serve it together");
    assert_eq!(pair(&clerk, &need, &second).await, pairing, "once is enough");
    let page = clerk.page(&pairing).await;
    assert!(page.contains("朱颖") && page.contains("王伟") && page.contains("Every week"));
    assert!(!clerk.page(&need).await.contains("<strong>王伟"), "who serves it is not suggested");
    // Someone who serves one need already is suggested with that word beside them.
    let other = enter(&clerk, &[("title", "读报")]).await;
    assert!(clerk.page(&other).await.contains("serves 1 need now"));
    let leave = format!("{pairing}/leave");
    assert_eq!(clerk.post(&leave, &[("member", "1")]).await.status(), 303);
    let answer = clerk.post(&leave, &[("member", "2")]).await;
    assert_eq!(answer.status(), 409);
    assert!(answer.text().await.unwrap().contains("end the pairing instead"));
    assert_eq!(clerk.post(&leave, &[("member", "9")]).await.status(), 404);
}

#[tokio::test]
async fn who_does_not_stand_to_be_known_cannot_be_paired() {
    let (_office, clerk, [_, member, _]) = paired().await;
    let need = enter(&clerk, &[("title", "读报")]).await;
    clerk.post(&format!("{member}/withdraw"), &[]).await;
    let answer = clerk.post(&format!("{need}/pair"), &[("member", "1")]).await;
    assert_eq!(answer.status(), 409);
    assert!(answer.text().await.unwrap().contains("did not agree to be known"));
    assert!(clerk.page(&need).await.contains("No pairing yet"));
}

#[tokio::test]
async fn a_visit_is_entered_in_one_line_that_knows_the_next_day() {
    let (_office, clerk, [_, _, pairing]) = paired().await;
    let (today, next) = (day(0), day(7));
    let page = clerk.page(&pairing).await;
    for filled in [format!("value=\"{today}\""), format!("value=\"{next}\""), "value=\"60\"".into()]
    {
        assert!(page.contains(&filled), "{filled}: {page}");
    }
    let visits = format!("{pairing}/visits");
    let token = hidden(&page, "form");
    let mut form = visit(&today, &next).to_vec();
    form.push(("form", &token));
    for _ in 0..2 {
        assert_eq!(location(&clerk.post(&visits, &form).await), pairing);
    }
    let page = clerk.page(&pairing).await;
    assert!(page.contains("讲了分数") && page.contains("1 visit, 90 minutes"), "{page}");
    assert!(page.contains("value=\"90\""), "the next one is as long");
    for (field, typed) in [
        ("day", day(1)),
        ("day", String::new()),
        ("minutes", "0".to_owned()),
        ("minutes", "1441".to_owned()),
        ("done", " ".to_owned()),
        ("next", today.clone()),
    ] {
        let mut form = visit(&today, &next);
        for pair in &mut form {
            if pair.0 == field {
                pair.1 = &typed;
            }
        }
        let answer = clerk.post(&visits, &form).await;
        assert_eq!(answer.status(), 422, "{field} {typed}");
    }
    let answer = clerk.post(&format!("{pairing}/strike"), &[("visit", "1")]).await;
    assert_eq!(answer.status(), 303);
    let page = clerk.page(&pairing).await;
    assert!(page.contains("<del>讲了分数</del>") && page.contains("0 visits"), "{page}");
}

#[tokio::test]
async fn a_visit_whose_day_has_passed_is_listed_as_overdue() {
    let (_office, clerk, [_, _, pairing]) = paired().await;
    assert!(!clerk.page("/pairings?show=overdue").await.contains(&pairing));
    let (edit, begins, next) = (format!("{pairing}/edit"), day(-30), day(-1));
    let version = hidden(&clerk.page(&edit).await, "version");
    let form = [
        ("begins", begins.as_str()),
        ("rhythm", "fortnightly"),
        ("help", "money"),
        ("amount", "200"),
        ("place", "committee"),
        ("next_visit", next.as_str()),
        ("version", version.as_str()),
    ];
    assert_eq!(clerk.post(&edit, &form).await.status(), 303);
    let answer = clerk.post(&edit, &form).await;
    assert_eq!(answer.status(), 409, "from before the change");
    let page = clerk.page(&pairing).await;
    assert!(page.contains("Money · 200 yuan") && page.contains("Visit overdue"), "{page}");
    assert!(clerk.page("/").await.contains("One visit is overdue"));
    let list = clerk.page("/pairings?show=overdue").await;
    assert!(list.contains(&pairing) && list.contains("Visit was due"), "{list}");
    for (field, typed) in [("begins", ""), ("until", "2020-01-01"), ("amount", "-1")] {
        let mut form = form.to_vec();
        form.retain(|(name, _)| *name != field);
        form.push((field, typed));
        assert_eq!(clerk.post(&edit, &form).await.status(), 422, "{field}");
    }
}

#[tokio::test]
async fn ending_a_pairing_ends_its_need_or_opens_it_for_others() {
    let (_office, clerk, [need, member, pairing]) = paired().await;
    let answer = clerk.post(&format!("{need}/close"), &[("because", "x")]).await;
    assert_eq!(answer.status(), 409);
    assert!(answer.text().await.unwrap().contains("End the pairing first"));
    let end = format!("{pairing}/end");
    assert!(clerk.page(&end).await.contains("What was achieved"));
    assert_eq!(clerk.post(&end, &[("reason", "x"), ("after", "close")]).await.status(), 422);
    let leaves = [("reason", "member"), ("after", "release")];
    assert_eq!(clerk.post(&end, &leaves).await.status(), 303);
    let answer = clerk.post(&end, &leaves).await;
    assert_eq!(answer.status(), 409);
    assert!(answer.text().await.unwrap().contains("This pairing has ended."));
    assert!(clerk.page(&need).await.contains("Pairing ended; open again"));
    let again = pair(&clerk, &need, &member).await;
    assert_ne!(again, pairing);
    let done = [("reason", "achieved"), ("achieved", "期末及格"), ("after", "finish")];
    assert_eq!(clerk.post(&format!("{again}/end"), &done).await.status(), 303);
    let page = clerk.page(&need).await;
    assert!(page.contains("Done") && page.contains("期末及格"), "{page}");
    let answer = clerk.post(&format!("{need}/pair"), &[("member", "1")]).await;
    assert_eq!(answer.status(), 409);
    assert!(clerk.page("/pairings?show=ended").await.contains(&again));
    assert!(!clerk.page("/pairings").await.contains(&again));
    let log = clerk.page("/audit").await;
    for said in ["Paired a member", "Ended a pairing", "What was wanted is done"] {
        assert!(log.contains(said), "{said}");
    }
}

#[tokio::test]
async fn staff_see_pairings_of_their_branches_and_of_others_only_how_many() {
    let (office, clerk, [need, _, pairing]) = paired().await;
    let first = office.branch("第一党支部").await;
    let staff = office.signed_in_for(Role::Staff, Scope::Branches(vec![first])).await;
    assert_eq!(staff.get(&pairing).await.status(), 404);
    assert!(!staff.page("/pairings").await.contains(&pairing));
    let page = staff.page(&need).await;
    assert!(page.contains("and 1 member of another branch") && !page.contains("朱颖"), "{page}");
    let branch = first.to_string();
    let form = [
        ("name", "王伟"),
        ("address", "四平路1号"),
        ("branch", branch.as_str()),
        ("committee", "四平路居委会"),
        ("agreed", "yes"),
    ];
    let member = clerk.register(&form).await;
    pair(&clerk, &need, &member).await;
    let page = staff.page(&pairing).await;
    assert!(page.contains("王伟") && page.contains("and 1 member") && !page.contains("朱颖"));
    let answer = staff.post(&format!("{pairing}/leave"), &[("member", "1")]).await;
    assert_eq!(answer.status(), 404);
    let answer = staff.post(&format!("{pairing}/leave"), &[("member", "2")]).await;
    assert_eq!(location(&answer), "/pairings");
}

#[tokio::test]
async fn a_members_calendar_opens_by_its_secret_link_until_it_is_revoked() {
    let (office, clerk, [_, member, _]) = paired().await;
    let make = format!("{member}/calendar");
    let page = clerk.post(&make, &[]).await.text().await.unwrap();
    let link = |page: &str| {
        let at = page.find("/calendar.ics?token=").unwrap();
        page[at..].split('"').next().unwrap().to_owned()
    };
    let path = link(&page);
    let visitor = office.visitor();
    let answer = visitor.get(&path).await;
    assert_eq!(answer.status(), 200);
    let kind = answer.headers().get("content-type").unwrap().to_str().unwrap().to_owned();
    assert_eq!(kind, "text/calendar; charset=utf-8");
    let calendar = answer.text().await.unwrap();
    let today = day(0).replace('-', "");
    for line in [
        "SUMMARY:周末辅导小学数学".to_owned(),
        format!("DTSTART;VALUE=DATE:{today}"),
        "RRULE:FREQ=WEEKLY".to_owned(),
    ] {
        assert!(calendar.contains(&format!("{line}\r\n")), "{line} in {calendar}");
    }
    assert!(!calendar.contains("三号楼甲") && !calendar.contains("65010000"), "no contact");
    let second = link(&clerk.post(&make, &[]).await.text().await.unwrap());
    assert_eq!(visitor.get(&path).await.status(), 404, "a new link ends the old one");
    assert_eq!(visitor.get(&second).await.status(), 200);
    assert_eq!(clerk.post(&format!("{make}/revoke"), &[]).await.status(), 303);
    for gone in [second.as_str(), "/calendar.ics", "/calendar.ics?token=x"] {
        assert_eq!(visitor.get(gone).await.status(), 404, "{gone}");
    }
}

/// The daily upkeep so many days from now.
async fn upkeep_in(app: &App, days: i64) -> usize {
    let then = Timestamp::now().checked_add((24 * days).hours()).unwrap();
    upkeep::run(app, then, &CancellationToken::new()).await.unwrap().contacts
}

#[tokio::test]
async fn some_months_after_the_end_nothing_tells_who_was_helped() {
    let (office, clerk, [need, _, pairing]) = paired().await;
    let (today, next) = (day(0), day(7));
    clerk.post(&format!("{pairing}/visits"), &visit(&today, &next)).await;
    let done = [("reason", "achieved"), ("after", "finish")];
    assert_eq!(upkeep_in(&office.app, 100).await, 0, "while it lasts it is kept");
    let clerk = office.signed_in(Role::Administrator).await;
    clerk.post(&format!("{pairing}/end"), &done).await;
    assert_eq!(upkeep_in(&office.app, 80).await, 0);
    let clerk = office.signed_in(Role::Administrator).await;
    assert!(clerk.page(&need).await.contains("三号楼甲"));
    assert_eq!(upkeep_in(&office.app, 100).await, 1);
    let clerk = office.signed_in(Role::Administrator).await;
    for place in [need.clone(), format!("{need}/edit"), pairing.clone()] {
        let page = clerk.page(&place).await;
        for gone in ["三号楼甲", "65010000", "讲了分数"] {
            assert!(!page.contains(gone), "{gone} at {place}");
        }
    }
    assert!(clerk.page("/audit").await.contains("The contact of 1 need that has ended was erased"));
}

#[tokio::test]
async fn a_merged_members_pairing_is_that_of_the_record_that_stays() {
    let (office, clerk, [need, member, pairing]) = paired().await;
    let kept = helper(&clerk, "朱颖颖", "四平路居委会", "课业辅导").await;
    let with = member.rsplit('/').next().unwrap().to_owned();
    let compare = clerk.page(&format!("{kept}/merge?with={with}")).await;
    let form = [
        ("with", with.as_str()),
        ("version", &hidden(&compare, "version")),
        ("other_version", &hidden(&compare, "other_version")),
    ];
    let answer = clerk.post(&format!("{kept}/merge"), &form).await;
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    assert!(clerk.page(&pairing).await.contains(&format!("href=\"{kept}\"")));
    assert!(clerk.page(&format!("{kept}/needs")).await.contains(&pairing));
    assert!(!clerk.page(&need).await.contains("<strong>朱颖"));
    let then = Timestamp::now().checked_add((24 * 31).hours()).unwrap();
    upkeep::run(&office.app, then, &CancellationToken::new()).await.unwrap();
    let clerk = office.signed_in(Role::Administrator).await;
    assert!(clerk.page(&pairing).await.contains(&format!("href=\"{kept}\"")), "also for good");
}
