//! Wishes, posts and service days: entered, offered by a committee, claimed, left.

use linli::members;
use linli::offers::{registry, store};
use linli::{audit::Actor, web::Role};

use crate::letters::{settle, with_an_issued_letter};
use crate::needs::helper;
use crate::office::{Browser, Office, hidden, location};

/// A post of two places.
const POST: [(&str, &str); 4] =
    [("kind", "post"), ("committee", "四平路居委会"), ("role", "patrol"), ("places", "2")];

/// Enters an offer, which must be saved; the path of its page.
async fn enter(clerk: &Browser, form: &[(&str, &str)]) -> String {
    let answer = clerk.post("/needs/offers/new", form).await;
    let place = location(&answer);
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    place
}

async fn claim(clerk: &Browser, place: &str, who: &str) -> u16 {
    clerk.post(&format!("{place}/claim"), &[("who", who)]).await.status().as_u16()
}

async fn step(clerk: &Browser, place: &str, claim: &str, step: &str) -> u16 {
    let form = [("claim", claim), ("step", step), ("reason", "moved")];
    clerk.post(&format!("{place}/step"), &form).await.status().as_u16()
}

#[tokio::test]
async fn a_post_is_claimed_accepted_and_left_and_never_has_more_members_than_places() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    for name in ["朱颖", "王伟", "李强"] {
        helper(&clerk, name, "四平路居委会", "").await;
    }
    let place = enter(&clerk, &POST).await;
    assert!(clerk.page("/needs/posts").await.contains("0 of 2 places taken"));
    assert_eq!(claim(&clerk, &place, "朱颖").await, 303);
    assert_eq!(claim(&clerk, &place, "朱颖").await, 409, "once is enough");
    assert_eq!(claim(&clerk, &place, "nobody").await, 422);
    assert_eq!(claim(&clerk, &place, "王伟").await, 303);
    assert!(!clerk.page(&place).await.contains("For which member"), "full");
    assert_eq!(claim(&clerk, &place, "李强").await, 409);
    assert_eq!(step(&clerk, &place, "1", "accept").await, 303);
    assert_eq!(step(&clerk, &place, "1", "accept").await, 409);
    assert_eq!(step(&clerk, &place, "1", "leave").await, 303);
    let page = clerk.page(&place).await;
    assert!(page.contains("Moved away") && page.contains("1 of 2 places taken"), "{page}");
    assert_eq!(claim(&clerk, &place, "李强").await, 303);
    assert_eq!(step(&clerk, &place, "1", "back").await, 409, "the place is someone else's now");
    let version = hidden(&clerk.page(&format!("{place}/edit")).await, "version");
    let mut fewer = POST.to_vec();
    fewer[3].1 = "1";
    fewer.push(("version", &version));
    let answer = clerk.post(&format!("{place}/edit"), &fewer).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("2 are claimed already"));
    let log = clerk.page("/audit").await;
    assert!(log.contains("Claimed a wish or post") && log.contains("Took a claim a step on"));
}

#[tokio::test]
async fn of_two_who_claim_the_last_place_at_the_same_moment_one_gets_it() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let other = office.signed_in(Role::Staff).await;
    for name in ["朱颖", "王伟"] {
        helper(&clerk, name, "四平路居委会", "").await;
    }
    for round in 1..=5 {
        let form = [("kind", "wish"), ("committee", "四平路居委会"), ("title", "换灯泡")];
        let place = enter(&clerk, &form).await;
        let (one, two) = tokio::join!(claim(&clerk, &place, "朱颖"), claim(&other, &place, "王伟"));
        let mut both = [one, two];
        both.sort_unstable();
        assert_eq!(both, [303, 409], "round {round}");
    }
}

#[tokio::test]
async fn a_wish_goes_from_claimed_to_done_to_thanked_and_back_again() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    helper(&clerk, "朱颖", "四平路居委会", "").await;
    let form = [("kind", "wish"), ("committee", "四平路居委会"), ("title", "换灯泡")];
    let place = enter(&clerk, &form).await;
    assert_eq!(claim(&clerk, &place, "朱颖").await, 303);
    assert_eq!(step(&clerk, &place, "1", "thank").await, 409, "not done yet");
    assert_eq!(step(&clerk, &place, "1", "finish").await, 303);
    let thank = [("claim", "1"), ("step", "thank"), ("thanks", "灯亮了")];
    assert_eq!(clerk.post(&format!("{place}/step"), &thank).await.status(), 303);
    assert!(clerk.page(&place).await.contains("灯亮了"));
    assert_eq!(step(&clerk, &place, "1", "back").await, 303);
    assert_eq!(clerk.post(&format!("{place}/end"), &[]).await.status(), 303);
    clerk.page(&place).await; // Where it is said that it ended.
    assert!(!clerk.page("/needs/wishes").await.contains("换灯泡"));
    assert!(clerk.page("/needs/wishes?show=ended").await.contains("换灯泡"));
    assert_eq!(clerk.post(&format!("{place}/reopen"), &[]).await.status(), 303);
    assert!(clerk.page("/needs/wishes").await.contains("换灯泡"));
}

#[tokio::test]
async fn who_edits_from_an_old_page_sees_both_versions() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let place = enter(&clerk, &POST).await;
    let edit = format!("{place}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let mut form = POST.to_vec();
    form.extend([("hours", "周五晚"), ("version", version.as_str())]);
    assert_eq!(clerk.post(&edit, &form).await.status(), 303);
    form[4].1 = "周六晚";
    let late = clerk.post(&edit, &form).await;
    assert_eq!(late.status(), 409);
    let page = late.text().await.unwrap();
    assert!(page.contains("周五晚") && page.contains("周六晚"));
    for wrong in [("places", "0"), ("places", "many"), ("until", "x")] {
        let mut form = POST.to_vec();
        form.retain(|(name, _)| *name != wrong.0);
        form.push(wrong);
        assert_eq!(clerk.post("/needs/offers/new", &form).await.status(), 422, "{wrong:?}");
    }
}

#[tokio::test]
async fn a_service_day_is_in_the_calendars_of_the_committees_members() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let member = helper(&clerk, "朱颖", "四平路居委会", "").await;
    let day = [("kind", "day"), ("week", "1"), ("weekday", "6"), ("hours", "上午9点")];
    enter(&clerk, &[&day[..], &[("committee", "四平路居委会")]].concat()).await;
    enter(&clerk, &[&day[..], &[("committee", "曲阳路居委会"), ("title", "别处的")]].concat())
        .await;
    let dates = [("kind", "day"), ("dates", "2099-03-05"), ("title", "学雷锋日")];
    enter(&clerk, &[&dates[..], &[("committee", "四平路居委会")]].concat()).await;
    assert!(clerk.page("/needs/days").await.contains("First Sat"));
    let page = clerk.post(&format!("{member}/calendar"), &[]).await.text().await.unwrap();
    let at = page.find("/calendar.ics?token=").unwrap();
    let path = page[at..].split('"').next().unwrap().to_owned();
    let calendar = office.visitor().page(&path).await;
    for line in ["RRULE:FREQ=MONTHLY;BYDAY=1SA", "DTSTART;VALUE=DATE:20990305", "SUMMARY:学雷锋日"]
    {
        assert!(calendar.contains(&format!("{line}\r\n")), "{line} in {calendar}");
    }
    assert!(!calendar.contains("别处的"));
}

#[tokio::test]
async fn a_committee_offers_accepts_and_ends_only_what_is_its_own() {
    let (office, clerk, link) = with_an_issued_letter().await;
    settle(&clerk, "孙丽", "曲阳路居委会", &["agreed"]).await;
    let phone = office.visitor();
    let offers = format!("{link}/offers");
    let mut post = POST.to_vec();
    // Another committee cannot be named.
    post[1].1 = "曲阳路居委会";
    post.push(("by", "刘洋"));
    assert_eq!(phone.post(&format!("{offers}/new"), &post).await.status(), 303);
    let place = "/needs/offers/1";
    let record = clerk.page(place).await;
    assert!(record.contains("四平路居委会") && record.contains("By the committee"), "{record}");
    assert_eq!(claim(&clerk, place, "朱颖").await, 303);
    assert_eq!(claim(&clerk, place, "孙丽").await, 303);
    let page = phone.page(&offers).await;
    assert!(page.contains("朱颖") && !page.contains("孙丽"), "who lives elsewhere is not named");
    let accept = |claim| [("claim", claim), ("step", "accept")];
    let steps = format!("{offers}/1/step");
    assert_eq!(phone.post(&steps, &accept("1")).await.status(), 303);
    assert_eq!(phone.post(&steps, &accept("2")).await.status(), 404);
    // Of another committee, and what the office entered.
    let form = [("kind", "wish"), ("committee", "曲阳路居委会"), ("title", "换灯泡")];
    enter(&clerk, &form).await;
    assert_eq!(claim(&clerk, "/needs/offers/2", "朱颖").await, 303);
    assert!(!phone.page(&offers).await.contains("换灯泡"));
    let steps = format!("{offers}/2/step");
    assert_eq!(phone.post(&steps, &[("claim", "3"), ("step", "finish")]).await.status(), 404);
    assert_eq!(phone.post(&format!("{offers}/2/end"), &[]).await.status(), 404);
    assert_eq!(phone.post(&format!("{offers}/1/end"), &[]).await.status(), 303);
    assert!(clerk.page("/needs/posts?show=ended").await.contains("Patrol"));
    clerk.post("/members/1/withdraw", &[]).await;
    assert!(!phone.page(&offers).await.contains("朱颖"), "who withdraws is named no more");
}

#[tokio::test]
async fn a_merged_members_claim_is_that_of_the_record_that_stays_also_for_good() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let gone = helper(&clerk, "朱颖", "四平路居委会", "").await;
    let kept = helper(&clerk, "朱颖颖", "四平路居委会", "").await;
    let place = enter(&clerk, &POST).await;
    let member = |path: &str| path.rsplit('/').next().unwrap().parse::<i64>().unwrap();
    let mut write = office.app.db.write().await.unwrap();
    let offer = store::offer(&mut write, 1).await.unwrap().unwrap();
    let found = members::store::member(&mut write, member(&gone)).await.unwrap().unwrap();
    let claimed = registry::claim(&mut write, Actor::CommandLine, &offer, &found).await.unwrap();
    assert!(claimed.is_ok());
    write.commit().await.unwrap();
    let with = member(&gone).to_string();
    let compare = clerk.page(&format!("{kept}/merge?with={with}")).await;
    let form = [
        ("with", with.as_str()),
        ("version", &hidden(&compare, "version")),
        ("other_version", &hidden(&compare, "other_version")),
    ];
    assert_eq!(clerk.post(&format!("{kept}/merge"), &form).await.status(), 303);
    assert!(clerk.page(&place).await.contains(&format!("href=\"{kept}\"")));
    let mut write = office.app.db.write().await.unwrap();
    store::hand_on(&mut write, &[member(&gone)]).await.unwrap();
    write.commit().await.unwrap();
    assert!(clerk.page(&place).await.contains(&format!("href=\"{kept}\"")), "also for good");
}
