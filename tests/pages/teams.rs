//! Service teams: set up by the office or a committee, joined, led, left, entered in an activity.

use linli::members;
use linli::teams::{State, people, registry, store};
use linli::{audit::Actor, web::Role};

use crate::activities;
use crate::letters::{settle, with_an_issued_letter};
use crate::needs::helper;
use crate::office::{Browser, Office, hidden, location};

/// A team of two places.
const TEAM: [(&str, &str); 3] =
    [("name", "助学服务队"), ("committee", "四平路居委会"), ("places", "2")];

/// Enters a team, which must be saved; the path of its page.
async fn enter(clerk: &Browser, form: &[(&str, &str)]) -> String {
    let answer = clerk.post("/needs/teams/new", form).await;
    let place = location(&answer);
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    place
}

async fn join(clerk: &Browser, place: &str, who: &str) -> u16 {
    clerk.post(&format!("{place}/people"), &[("who", who)]).await.status().as_u16()
}

async fn step(clerk: &Browser, place: &str, person: &str, step: &str) {
    let form = [("person", person), ("step", step), ("reason", "moved")];
    assert_eq!(clerk.post(&format!("{place}/step"), &form).await.status(), 303);
}

#[tokio::test]
async fn a_team_takes_members_by_typing_has_one_leader_and_never_more_than_its_places() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    for name in ["朱颖", "王伟", "李强"] {
        helper(&clerk, name, "四平路居委会", "").await;
    }
    let place = enter(&clerk, &TEAM).await;
    assert_eq!(join(&clerk, &place, "nobody").await, 422);
    assert_eq!(join(&clerk, &place, "朱颖、王伟").await, 422, "two answers fill a page");
    assert!(clerk.page("/needs/teams").await.contains("2 of 2 members"));
    assert_eq!(join(&clerk, &place, "李强").await, 303);
    assert!(clerk.page(&place).await.contains("there is no place left"));
    step(&clerk, &place, "1", "lead").await;
    step(&clerk, &place, "2", "lead").await;
    let list = clerk.page("/needs/teams").await;
    assert!(list.contains("王伟") && !list.contains("朱颖"), "one leads: {list}");
    let file = clerk.page(&format!("{place}/members.csv")).await;
    assert!(file.contains(",王伟,,Yes\r\n") && file.contains(",朱颖,,\r\n"), "{file}");
    assert!(clerk.page("/audit?record=team").await.contains("2 members, as CSV"));
    step(&clerk, &place, "2", "leave").await;
    let page = clerk.page(&place).await;
    assert!(page.contains("Moved away") && page.contains("There is no leader yet"), "{page}");
    assert_eq!(join(&clerk, &place, "李强").await, 303);
    step(&clerk, &place, "2", "back").await;
    assert!(clerk.page(&place).await.contains("There is no place left"));
    assert!(clerk.page("/needs/teams").await.contains("2 of 2 members"));
    let log = clerk.page("/audit").await;
    assert!(log.contains("Made a member leader of a team") && log.contains("Let a member leave"));
}

#[tokio::test]
async fn who_does_not_stand_to_be_known_is_in_no_team() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    settle(&clerk, "孙丽", "四平路居委会", &[]).await;
    let place = enter(&clerk, &TEAM).await;
    assert_eq!(join(&clerk, &place, "孙丽").await, 303);
    assert!(clerk.page("/needs/teams").await.contains("0 of 2 members"));
}

#[tokio::test]
async fn of_two_who_take_the_last_place_at_the_same_moment_one_gets_it() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let other = office.signed_in(Role::Staff).await;
    for name in ["朱颖", "王伟"] {
        helper(&clerk, name, "四平路居委会", "").await;
    }
    let mut form = TEAM.to_vec();
    form[2].1 = "1";
    for round in 1..=5 {
        let place = enter(&clerk, &form).await;
        tokio::join!(join(&clerk, &place, "朱颖"), join(&other, &place, "王伟"));
        let id: i64 = place.rsplit('/').next().unwrap().parse().unwrap();
        let mut connection = office.app.db.read().await.unwrap();
        let all = people::store::people(&mut connection, id).await.unwrap();
        assert_eq!(all.len(), 1, "round {round}");
    }
}

#[tokio::test]
async fn a_team_of_a_sub_district_is_edited_and_dissolved_and_both_versions_are_shown() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let mut form = TEAM.to_vec();
    form.push(("reach", "street"));
    let place = enter(&clerk, &form).await;
    let edit = format!("{place}/edit");
    let page = clerk.page(&edit).await;
    let (version, street) = (hidden(&page, "version"), hidden(&page, "street"));
    assert!(clerk.page(&place).await.contains("街道"));
    // No committee is typed again: it stays that of the sub-district.
    let mut form = vec![("name", "助学队"), ("reach", "street"), ("street", street.as_str())];
    form.extend([("version", version.as_str()), ("does", "周六上午")]);
    assert_eq!(clerk.post(&edit, &form).await.status(), 303);
    assert!(clerk.page(&place).await.contains("周六上午"));
    form[4].1 = "周日上午";
    let late = clerk.post(&edit, &form).await;
    assert_eq!(late.status(), 409);
    let page = late.text().await.unwrap();
    assert!(page.contains("周六上午") && page.contains("周日上午"));
    for wrong in [("name", ""), ("committee", "没有的居委会"), ("places", "0"), ("places", "many")]
    {
        let mut form = TEAM.to_vec();
        form.retain(|(name, _)| *name != wrong.0);
        form.push(wrong);
        assert_eq!(clerk.post("/needs/teams/new", &form).await.status(), 422, "{wrong:?}");
    }
    assert_eq!(clerk.post(&format!("{place}/end"), &[]).await.status(), 303);
    clerk.page(&place).await; // Where it is said that it was dissolved.
    assert!(!clerk.page("/needs/teams").await.contains("助学队"));
    assert!(clerk.page("/needs/teams?show=ended").await.contains("助学队"));
    assert_eq!(join(&clerk, &place, "朱颖").await, 409, "a dissolved team takes nobody");
    assert_eq!(clerk.post(&format!("{place}/reopen"), &[]).await.status(), 303);
    assert!(clerk.page("/needs/teams").await.contains("助学队"));
}

#[tokio::test]
async fn a_whole_team_takes_part_in_an_activity_at_one_press() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    for name in ["朱颖", "王伟", "李强"] {
        helper(&clerk, name, "四平路居委会", "").await;
    }
    let team = enter(&clerk, &TEAM).await;
    join(&clerk, &team, "朱颖、王伟").await;
    let form = [
        ("day", "2026-03-05"),
        ("committee", "四平路居委会"),
        ("title", "辅导作业"),
        ("area", "self-governance"),
        ("manner", "group"),
        ("times", "1"),
        ("hours", "2"),
    ];
    let activity = activities::record(&clerk, &form).await;
    assert!(clerk.page(&activity).await.contains("助学服务队"));
    let id = team.rsplit('/').next().unwrap();
    let path = format!("{activity}/people/team");
    assert_eq!(clerk.post(&path, &[("team", id)]).await.status(), 303);
    let page = clerk.page(&activity).await;
    assert!(page.contains("助学服务队: 2 entered"), "{page}");
    assert_eq!(clerk.post(&path, &[("team", "99")]).await.status(), 404);
}

#[tokio::test]
async fn a_committee_sets_up_a_team_and_accepts_only_those_whom_it_may_know() {
    let (office, clerk, link) = with_an_issued_letter().await;
    settle(&clerk, "孙丽", "曲阳路居委会", &["agreed"]).await;
    let phone = office.visitor();
    let teams = format!("{link}/teams");
    // Another committee cannot be named.
    let form = [("name", "助学服务队"), ("committee", "曲阳路居委会"), ("by", "刘洋")];
    assert_eq!(phone.post(&format!("{teams}/new"), &form).await.status(), 303);
    let place = "/needs/teams/1";
    let record = clerk.page(place).await;
    assert!(record.contains("四平路居委会") && record.contains("By the committee"), "{record}");
    ask(&office, 1, "朱颖").await;
    ask(&office, 1, "孙丽").await;
    let page = phone.page(&teams).await;
    assert!(page.contains("朱颖") && !page.contains("孙丽"), "who lives elsewhere is not named");
    let form = |person, step| [("person", person), ("step", step)];
    let steps = format!("{teams}/1/step");
    assert_eq!(phone.post(&steps, &form("1", "accept")).await.status(), 303);
    assert_eq!(phone.post(&steps, &form("1", "lead")).await.status(), 303);
    assert_eq!(phone.post(&steps, &form("2", "accept")).await.status(), 404);
    assert!(phone.page(&teams).await.contains("Leader"));
    // Of another committee, and what the office entered.
    let other = enter(&clerk, &[("name", "别处的"), ("committee", "曲阳路居委会")]).await;
    assert!(!phone.page(&teams).await.contains("别处的"));
    assert_eq!(phone.post(&format!("{teams}/2/step"), &form("2", "accept")).await.status(), 404);
    assert_eq!(phone.post(&format!("{teams}/2/end"), &[]).await.status(), 404);
    assert!(clerk.page(&other).await.contains("别处的"));
    assert_eq!(phone.post(&format!("{teams}/1/end"), &[]).await.status(), 303);
    assert!(clerk.page("/needs/teams?show=ended").await.contains("助学服务队"));
}

/// A member asks to be in a team, as their own page does it.
async fn ask(office: &Office, team: i64, name: &str) {
    let mut write = office.app.db.write().await.unwrap();
    let scope = linli::web::Scope::All;
    let found = members::meant::meant(&mut write, &scope, name, 2).await.unwrap();
    let member = members::store::member(&mut write, found[0].id).await.unwrap().unwrap();
    let team = store::team(&mut write, team).await.unwrap().unwrap();
    let actor = Actor::CommandLine;
    let joined = registry::join(&mut write, actor, &team, &member, State::Asked).await.unwrap();
    assert_eq!(joined, registry::Joined::Now);
    write.commit().await.unwrap();
}

#[tokio::test]
async fn two_records_of_one_person_are_one_in_a_team_also_for_good() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let gone = helper(&clerk, "朱颖", "四平路居委会", "").await;
    let kept = helper(&clerk, "朱颖颖", "四平路居委会", "").await;
    let place = enter(&clerk, &TEAM).await;
    ask(&office, 1, "朱颖颖").await;
    let with = gone.rsplit('/').next().unwrap();
    clerk.post(&format!("{place}/people"), &[("member", with)]).await;
    assert!(clerk.page("/needs/teams").await.contains("1 of 2 members"));
    let compare = clerk.page(&format!("{kept}/merge?with={with}")).await;
    let form = [
        ("with", with),
        ("version", &hidden(&compare, "version")),
        ("other_version", &hidden(&compare, "other_version")),
    ];
    assert_eq!(clerk.post(&format!("{kept}/merge"), &form).await.status(), 303);
    let record = format!("href=\"{kept}\"");
    assert_eq!(clerk.page(&place).await.matches(&record).count(), 1, "one person, once");
    let mut write = office.app.db.write().await.unwrap();
    people::store::hand_on(&mut write, &[with.parse().unwrap()]).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(clerk.page(&place).await.matches(&record).count(), 1, "also for good");
}
