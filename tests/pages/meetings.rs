//! Meetings, and who was there.

use jiff::{Timestamp, tz::TimeZone};
use linli::web::{Role, Scope};

use crate::office::{Browser, Office, hidden, location};

/// What a filled-in form sends.
const EVENING: [(&str, &str); 6] = [
    ("subject", "社区服务经验交流"),
    ("kind", "exchange"),
    ("day", "2026-03-07"),
    ("begins", "19点半"),
    ("place", "三楼会议室"),
    ("agenda", "一、通报情况\n二、交流"),
];

/// The form with some fields as given.
fn with<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = EVENING.iter().filter(|(name, _)| other.iter().all(|(given, _)| given != name));
    kept.chain(other).copied().collect()
}

/// Enters a meeting, which must be saved; its path.
async fn hold(clerk: &Browser, form: &[(&str, &str)]) -> String {
    let answer = clerk.post("/meetings/new", form).await;
    let (status, place) = (answer.status(), location(&answer));
    assert_eq!(status, 303, "{}", answer.text().await.unwrap());
    place
}

/// Enters what was typed; the page that follows.
async fn enter(clerk: &Browser, place: &str, typed: &str) -> String {
    let answer = clerk.post(&format!("{place}/people"), &[("who", typed)]).await;
    match answer.status().as_u16() {
        303 => clerk.page(place).await,
        422 => answer.text().await.unwrap(),
        status => panic!("{status}"),
    }
}

async fn register(clerk: &Browser, name: &str, number: &str) -> String {
    clerk.register(&[("name", name), ("number", number), ("address", "四平路1号")]).await
}

/// The ids of those on the list, in the order of the page.
fn listed(page: &str) -> Vec<String> {
    let ids = page.split("name=\"was-").skip(1);
    ids.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// A day so many days from now.
fn in_days(days: i64) -> String {
    let today = Timestamp::now().to_zoned_datetime(TimeZone::system()).date();
    today.saturating_add(jiff::Span::new().days(days)).to_string()
}

#[tokio::test]
async fn a_meeting_is_entered_and_found_by_kind_days_and_who_was_there() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    assert!(clerk.page("/meetings").await.contains("No meeting has been recorded yet"));
    register(&clerk, "朱颖", "T001").await;
    let place = hold(&clerk, &with(&[("chair", "zhuying")])).await;
    let page = clerk.page(&place).await;
    for told in ["社区服务经验交流", "7 March 2026 19:30", "三楼会议室", "朱颖", "二、交流"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    let study = [("subject", "学习会"), ("kind", "study"), ("day", "2025-12-1")];
    let study = hold(&clerk, &with(&study)).await;
    enter(&clerk, &study, "T001").await;
    let all = clerk.page("/meetings").await;
    assert!(all.find("社区服务经验交流").unwrap() < all.find("学习会").unwrap());
    for (query, found, not) in [
        ("kind=study", "学习会", "社区服务经验交流"),
        ("half=2026-1", "社区服务经验交流", "学习会"),
        ("from=2025-12-01&to=2025-12-01", "学习会", "社区服务经验交流"),
        ("who=zhuying", "学习会", "社区服务经验交流"),
    ] {
        let page = clerk.page(&format!("/meetings?{query}")).await;
        assert!(page.contains(found) && !page.contains(not), "{query}");
    }
    assert!(clerk.page("/meetings?who=nobody").await.contains("Nobody was found"));
}

#[tokio::test]
async fn pages_of_meetings_follow_each_other_without_a_gap() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    for number in 0..60 {
        hold(&clerk, &with(&[("subject", &format!("第{number:02}次"))])).await;
    }
    let first = clerk.page("/meetings").await;
    assert_eq!(first.matches("次</a>").count(), 50);
    let next = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = clerk.page(&next.replace("&#38;", "&")).await;
    assert_eq!(second.matches("次</a>").count(), 10);
    assert!(second.contains("第09次") && !second.contains("第10次"), "{second}");
}

#[tokio::test]
async fn what_is_wrong_with_a_meeting_is_said_beside_the_field_and_nothing_typed_is_lost() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let wrong = [
        ("subject", " "),
        ("kind", ""),
        ("day", "1962-01-01"),
        ("begins", "25:00"),
        ("chair", "nobody"),
    ];
    let answer = clerk.post("/meetings/new", &with(&wrong)).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    for field in ["subject", "kind", "day", "begins", "chair"] {
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}: {page}");
    }
    for typed in ["1962-01-01", "25:00", "nobody", "三楼会议室", "二、交流"] {
        assert!(page.contains(typed), "{typed}");
    }
    register(&clerk, "张敏", "T004").await;
    let other = [("name", "张敏"), ("number", "T005"), ("address", "四平路1号")];
    clerk.register(&[&other[..], &[("confirmed", "yes")]].concat()).await;
    let answer = clerk.post("/meetings/new", &with(&[("chair", "张敏")])).await;
    let page = answer.text().await.unwrap();
    assert!(page.contains("name=\"chair_pick\"") && page.contains("T005"), "{page}");
}

#[tokio::test]
async fn before_the_day_people_are_expected_and_on_the_day_they_come_or_ask_for_leave() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    for (name, number) in [("朱颖", "T001"), ("单小明", "T002"), ("王伟", "T003"), ("解放", "T004")]
    {
        register(&clerk, name, number).await;
    }
    let place = hold(&clerk, &with(&[("day", &in_days(7))])).await;
    let page = enter(&clerk, &place, "T001、danxiaoming、ww").await;
    assert!(page.contains("0 present, 0 on leave, 3 not noted"), "{page}");
    let first = listed(&clerk.page(&place).await).pop().unwrap();
    // A reason that is written says that they asked for leave.
    let form = [
        (format!("was-{first}"), "expected/"),
        (format!("state-{first}"), "expected"),
        (format!("reason-{first}"), "出差"),
    ];
    let form: Vec<(&str, &str)> =
        form.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    assert_eq!(clerk.post(&format!("{place}/states"), &form).await.status(), 303);
    let page = clerk.page(&place).await;
    assert!(page.contains("1 on leave, 2 not noted") && page.contains("value=\"出差\""), "{page}");
    // Someone who still sees the page of before is told.
    let answer = clerk.post(&format!("{place}/states"), &with_state(&form, "present")).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("“On leave 出差”"));
    let too_early = clerk.post(&format!("{place}/people/rest"), &[]).await;
    assert_eq!(too_early.status(), 409);
    // The day has come.
    move_to(&clerk, &place, &in_days(0)).await;
    let page = enter(&clerk, &place, "T002").await;
    assert!(page.contains("Present: 单小明") && page.contains("1 present"), "{page}");
    let page = enter(&clerk, &place, "T004").await;
    assert!(page.contains("2 present, 1 on leave, 1 not noted"), "{page}");
    clerk.post(&format!("{place}/people/rest"), &[]).await;
    let page = clerk.page(&place).await;
    assert!(page.contains("3 present, 1 on leave, 0 not noted"), "{page}");
    // Taken out by mistake, and put back.
    let gone = listed(&page).remove(0);
    clerk.post(&format!("{place}/states"), &[("out", gone.as_str())]).await;
    assert!(clerk.page(&place).await.contains("2 present"));
    clerk.post(&format!("{place}/back"), &[("part", gone.as_str())]).await;
    assert!(clerk.page(&place).await.contains("3 present"));
}

fn with_state<'a>(form: &[(&'a str, &'a str)], state: &'a str) -> Vec<(&'a str, &'a str)> {
    let value = |name: &str, value| if name.starts_with("state-") { state } else { value };
    form.iter().map(|(name, was)| (*name, value(name, *was))).collect()
}

/// Gives a meeting another day.
async fn move_to(clerk: &Browser, place: &str, day: &str) {
    let page = clerk.page(&format!("{place}/edit")).await;
    let version = hidden(&page, "version");
    let form = with(&[("day", day), ("version", &version)]);
    assert_eq!(clerk.post(&format!("{place}/edit"), &form).await.status(), 303);
}

#[tokio::test]
async fn the_next_meeting_is_filled_in_from_the_last_with_whom_it_had() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let member = register(&clerk, "朱颖", "T001").await;
    let place = hold(&clerk, &with(&[("chair", "T001")])).await;
    enter(&clerk, &place, "T001").await;
    let id = place.rsplit('/').next().unwrap();
    assert!(clerk.page("/meetings/new").await.contains(&format!("/meetings/new?copy={id}")));
    let page = clerk.page(&format!("/meetings/new?copy={id}")).await;
    assert!(page.contains("三楼会议室") && page.contains("朱颖 T001"), "{page}");
    let member = member.rsplit('/').next().unwrap();
    let form = [("copy", id), ("member", member), ("day", &in_days(28))];
    let next = hold(&clerk, &with(&form)).await;
    assert!(clerk.page(&next).await.contains("1 not noted"));
}

#[tokio::test]
async fn who_saves_second_sees_both_versions_and_chooses() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let place = hold(&clerk, &EVENING).await;
    let edit = format!("{place}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let first = with(&[("place", "二楼"), ("version", &version)]);
    assert_eq!(clerk.post(&edit, &first).await.status(), 303);
    let second = with(&[("minutes", "商定每月一次"), ("version", &version)]);
    let answer = clerk.post(&edit, &second).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    for shown in ["<del>二楼</del>", "<ins>三楼会议室</ins>", "<ins>商定每月一次</ins>"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let version = hidden(&page, "version");
    let again = with(&[("minutes", "商定每月一次"), ("version", &version)]);
    assert_eq!(clerk.post(&edit, &again).await.status(), 303);
    assert!(clerk.page(&place).await.contains("商定每月一次"));
}

#[tokio::test]
async fn a_removed_meeting_comes_back_from_the_bin_and_a_form_sent_twice_saves_once() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let token = hidden(&clerk.page("/meetings/new").await, "form");
    let form = with(&[("form", token.as_str())]);
    let place = hold(&clerk, &form).await;
    assert_eq!(hold(&clerk, &form).await, place);
    clerk.post(&format!("{place}/remove"), &[]).await;
    assert!(!clerk.page("/meetings").await.contains(&place));
    assert!(clerk.page("/meetings/bin").await.contains(&place));
    let closed = clerk.post(&format!("{place}/people"), &[("who", "T001")]).await;
    assert_eq!(closed.status(), 409);
    clerk.post(&format!("{place}/restore"), &[]).await;
    assert!(clerk.page("/meetings").await.contains(&place));
}

#[tokio::test]
async fn staff_of_a_branch_see_only_their_own_at_a_meeting() {
    let office = Office::open().await;
    let administrator = office.signed_in(Role::Administrator).await;
    let mine = office.branch("第一党支部").await;
    let other = office.branch("第二党支部").await;
    for (name, number, branch) in [("朱颖", "T001", mine), ("王伟", "T002", other)] {
        let branch = branch.to_string();
        let form =
            [("name", name), ("number", number), ("address", "四平路1号"), ("branch", &branch)];
        administrator.register(&form).await;
    }
    let place = hold(&administrator, &with(&[("chair", "T002")])).await;
    enter(&administrator, &place, "T002").await;
    let clerk = office.signed_in_for(Role::Staff, Scope::Branches(vec![mine])).await;
    let page = clerk.page(&place).await;
    assert!(!page.contains("王伟") && page.contains("One more from another branch"), "{page}");
    assert!(page.contains("A member of another branch"), "the chair: {page}");
    // What they cannot see stays when they edit the rest.
    let edit = clerk.page(&format!("{place}/edit")).await;
    let version = hidden(&edit, "version");
    let form = with(&[("minutes", "商定每月一次"), ("version", &version)]);
    assert_eq!(clerk.post(&format!("{place}/edit"), &form).await.status(), 303);
    let page = administrator.page(&place).await;
    assert!(page.contains("王伟</a>") && page.contains("商定每月一次"), "{page}");
    clerk.post(&format!("{place}/remove"), &[]).await;
    assert!(clerk.page(&place).await.contains("Ask an administrator to remove it"));
}

/// The address of a link on the page that begins so.
fn link(page: &str, start: &str) -> String {
    let found = page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    found.into_iter().find(|link| link.starts_with(start)).unwrap().to_owned()
}

#[tokio::test]
async fn who_told_what_is_noted_one_after_the_other_and_can_be_mended_and_undone() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    register(&clerk, "朱颖", "T001").await;
    let place = hold(&clerk, &EVENING).await;
    let answer = clerk.post(&format!("{place}/told"), &[("who", "nobody"), ("words", "")]).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("told-who-error") && page.contains("told-words-error"), "{page}");
    let told = [("who", "zhuying"), ("words", "先定时间，\n再约老人"), ("form", "aa-told")];
    let answer = clerk.post(&format!("{place}/told"), &told).await;
    assert_eq!(location(&answer), format!("{place}?next=told#told-who"));
    assert_eq!(clerk.post(&format!("{place}/told"), &told).await.status(), 303);
    let page = clerk.page(&format!("{place}?next=told")).await;
    assert_eq!(page.matches("再约老人").count(), 1, "sent twice, it is noted once: {page}");
    assert!(page.contains("id=\"told-who\" name=\"who\" type=\"text\" value=\"\" autocomplete=\"off\" role=\"combobox\" aria-autocomplete=\"list\" aria-expanded=\"false\" aria-controls=\"told-who-list\" autofocus"), "{page}");
    let line = link(&page, "/meetings/lines/");
    let version = hidden(&clerk.page(&line).await, "version");
    let mended = [("who", "朱颖"), ("words", "先约老人"), ("version", version.as_str())];
    assert_eq!(clerk.post(&line, &mended).await.status(), 303);
    let late = [("who", "朱颖"), ("words", "再定时间"), ("version", version.as_str())];
    let answer = clerk.post(&line, &late).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("<del>先约老人</del>") && page.contains("<ins>再定时间</ins>"), "{page}");
    clerk.post(&format!("{line}/remove"), &[]).await;
    assert!(clerk.page(&place).await.contains("Nothing has been noted yet"));
    clerk.post(&format!("{line}/restore"), &[]).await;
    assert!(!clerk.page(&place).await.contains("Nothing has been noted yet"));
}

#[tokio::test]
async fn what_is_to_be_followed_up_waits_on_one_list_until_it_is_done() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    register(&clerk, "朱颖", "T001").await;
    let place = hold(&clerk, &EVENING).await;
    let late = [("who", "T001"), ("words", "联系居委会"), ("due", "2026-03-10")];
    assert_eq!(clerk.post(&format!("{place}/tasks"), &late).await.status(), 303);
    let open = [("who", ""), ("words", "买血压计"), ("due", "")];
    assert_eq!(clerk.post(&format!("{place}/tasks"), &open).await.status(), 303);
    let tasks = clerk.page("/meetings/tasks").await;
    assert!(tasks.find("联系居委会").unwrap() < tasks.find("买血压计").unwrap(), "{tasks}");
    assert!(tasks.contains("Overdue") && tasks.contains("10 March 2026"), "{tasks}");
    let overdue = "One follow-up of a meeting is overdue";
    assert!(clerk.page("/").await.contains(overdue));
    let line = link(&clerk.page(&place).await, "/meetings/lines/");
    let done = [("done", "yes"), ("from", "tasks")];
    let answer = clerk.post(&format!("{line}/done"), &done).await;
    assert_eq!(location(&answer), "/meetings/tasks");
    let tasks = clerk.page("/meetings/tasks").await;
    assert!(!tasks.contains("联系居委会") && tasks.contains("One matter is done"), "{tasks}");
    assert!(!clerk.page("/").await.contains(overdue));
    clerk.post(&format!("{line}/done"), &[]).await;
    assert!(clerk.page("/meetings/tasks").await.contains("联系居委会"), "not done after all");
}

#[tokio::test]
async fn files_are_known_by_their_content_and_can_be_taken_out_and_put_back() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let place = hold(&clerk, &EVENING).await;
    let files = format!("{place}/files");
    let refused = clerk.bring(&files, "照片.png", b"<html>".to_vec()).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("id=\"file-error\""));
    let kept = clerk.bring(&files, "纪要.exe", b"%PDF-1.7 minutes".to_vec()).await;
    assert_eq!(kept.status(), 303);
    let file = link(&clerk.page(&place).await, "/meetings/files/");
    let given = clerk.get(&file).await;
    assert_eq!(given.headers()["content-type"], "application/pdf");
    let name = given.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(name.starts_with("attachment") && name.ends_with("%2Epdf"), "{name}");
    assert_eq!(given.bytes().await.unwrap().as_ref(), b"%PDF-1.7 minutes");
    clerk.post(&format!("{file}/remove"), &[]).await;
    assert_eq!(clerk.get(&file).await.status(), 404);
    clerk.post(&format!("{file}/restore"), &[]).await;
    assert_eq!(clerk.get(&file).await.status(), 200);
}

#[tokio::test]
async fn an_invitation_a_sheet_and_a_calendar_file_come_from_what_is_on_record() {
    let office = Office::open().await;
    let administrator = office.signed_in(Role::Administrator).await;
    register(&administrator, "朱颖", "T001").await;
    let place = hold(&administrator, &with(&[("chair", "T001")])).await;
    let sheet = administrator.page(&format!("{place}/sheet")).await;
    assert_eq!(sheet.matches("<tr>").count(), 21, "a blank sheet has twenty rows");
    enter(&administrator, &place, "T001").await;
    let sheet = administrator.page(&format!("{place}/sheet")).await;
    assert!(sheet.contains("<td>朱颖</td>") && sheet.matches("<tr>").count() == 6, "{sheet}");
    let blank = administrator.page(&format!("{place}/sheet?blank=yes")).await;
    assert!(!blank.contains("朱颖"), "{blank}");
    let invitation = administrator.page(&format!("{place}/invitation")).await;
    for told in ["7 March 2026 19:30", "“社区服务经验交流”", "三楼会议室", "二、交流", "朱颖"]
    {
        assert!(invitation.contains(told), "{told}: {invitation}");
    }
    let calendar = administrator.get(&format!("{place}/calendar.ics")).await;
    assert_eq!(calendar.headers()["content-type"], "text/calendar; charset=utf-8");
    let calendar = calendar.text().await.unwrap();
    assert!(calendar.contains("LOCATION:三楼会议室") && !calendar.contains("朱颖"), "{calendar}");
    assert!(administrator.page("/audit").await.contains("Printed a meeting"));
}

#[tokio::test]
async fn merging_two_members_keeps_each_meeting_once_and_taking_it_back_gives_both_their_own() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let kept = register(&clerk, "陈静", "T001").await;
    let twin =
        [("name", "陈静"), ("number", "T002"), ("address", "四平路1号"), ("confirmed", "yes")];
    let gone = clerk.register(&twin).await;
    let both = hold(&clerk, &with(&[("chair", "T002")])).await;
    enter(&clerk, &both, "T001、T002").await;
    let told = [("who", "T002"), ("words", "先约老人")];
    assert_eq!(clerk.post(&format!("{both}/told"), &told).await.status(), 303);
    let one = hold(&clerk, &with(&[("subject", "学习会")])).await;
    enter(&clerk, &one, "T002").await;
    let other = gone.rsplit('/').next().unwrap();
    let page = clerk.page(&format!("{kept}/merge?with={other}")).await;
    let fields = ["version", "other_version"].map(|name| (name, hidden(&page, name)));
    let mut form: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    form.push(("with", other));
    assert_eq!(clerk.post(&format!("{kept}/merge"), &form).await.status(), 303);
    for place in [&both, &one] {
        assert_eq!(listed(&clerk.page(place).await).len(), 1, "{place}");
    }
    let page = clerk.page(&both).await;
    assert!(!page.contains(&format!("href=\"{gone}\"")), "chair and teller are the kept one");
    let page = clerk.page(&kept).await;
    let undo = page.split("/merges/").nth(1).unwrap().split('/').next().unwrap();
    clerk.post(&format!("{kept}/merges/{undo}/undo"), &[]).await;
    assert_eq!(listed(&clerk.page(&both).await).len(), 2);
    let page = clerk.page(&both).await;
    assert!(page.contains(&format!("<strong><a href=\"{gone}\">")), "who told it: {page}");
    assert!(clerk.page(&one).await.contains("T002"));
}
