//! Activities, and who took part in them.

use linli::web::{Role, Scope};

use crate::office::{Browser, Office, hidden, location};

/// What a filled-in form sends.
pub const PATROL: [(&str, &str); 7] = [
    ("day", "2026-03-07"),
    ("committee", "四平路居委会"),
    ("title", "夜间巡逻"),
    ("area", "self-governance"),
    ("manner", "group"),
    ("times", "1"),
    ("hours", "1.5"),
];

/// The form with some fields as given.
fn with<'a>(form: &[(&'a str, &'a str)], other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = form.iter().filter(|(name, _)| other.iter().all(|(given, _)| given != name));
    kept.chain(other).copied().collect()
}

/// Records an activity, which must be saved; its path.
pub async fn record(clerk: &Browser, form: &[(&str, &str)]) -> String {
    let answer = clerk.post("/activities/new", form).await;
    let (status, place) = (answer.status(), location(&answer));
    assert_eq!(status, 303, "{}", answer.text().await.unwrap());
    place
}

/// The rows of the page's first table.
fn rows(page: &str) -> String {
    page.split("<tbody>").nth(1).unwrap_or_else(|| panic!("no table: {page}")).to_owned()
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

async fn register(clerk: &Browser, name: &str, number: &str, address: &str) -> String {
    let form = [
        ("name", name),
        ("number", number),
        ("address", address),
        ("committee", "310110012003"),
        ("confirmed", "yes"),
    ];
    clerk.register(&form).await
}

/// The value of a participant's field, by its name's beginning.
fn amounts(page: &str, field: &str) -> Vec<String> {
    let start = format!("name=\"{field}-");
    let values = page.split(&start).skip(1);
    values
        .map(|rest| rest.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned())
        .collect()
}

/// The ids of the parts, in the order of the page.
fn parts(page: &str) -> Vec<String> {
    let ids = page.split("name=\"times-").skip(1);
    ids.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_activity_is_recorded_and_found_by_committee_area_and_days() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    assert!(clerk.page("/activities").await.contains("No activity has been recorded yet"));
    let place = record(&clerk, &PATROL).await;
    let page = clerk.page(&place).await;
    for told in ["夜间巡逻", "7 March 2026", "四平路街道 · 杨浦区", "Self-governance", "1.5 hours"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    let other = [
        ("day", "2025/12/1"),
        ("committee", "曲阳路居委会"),
        ("title", "知识讲座"),
        ("area", "culture"),
    ];
    record(&clerk, &with(&PATROL, &other)).await;
    let all = rows(&clerk.page("/activities").await);
    assert!(all.find("夜间巡逻").unwrap() < all.find("知识讲座").unwrap(), "the latest first");
    for (query, found, not) in [
        ("committee=四平路居委会", "夜间巡逻", "知识讲座"),
        ("area=culture", "知识讲座", "夜间巡逻"),
        ("half=2025-2", "知识讲座", "夜间巡逻"),
        ("half=2026-1&area=self-governance&committee=310110012003", "夜间巡逻", "知识讲座"),
        ("from=2026-03-07&to=2026-03-07", "夜间巡逻", "知识讲座"),
    ] {
        let page = clerk.page(&format!("/activities?{query}")).await;
        let rows = rows(&page);
        assert!(rows.contains(found) && !rows.contains(not), "{query}");
    }
    let several = clerk.page("/activities?committee=鞍山居委会").await;
    assert!(several.contains("控江路街道") && several.contains("committee_id=5"), "{several}");
    assert!(clerk.page("/activities?from=soon").await.contains("Give a date"));
}

#[tokio::test]
async fn pages_of_the_list_follow_each_other_without_a_gap() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    for number in 0..60 {
        let title = format!("巡逻{number:02}");
        record(&clerk, &with(&PATROL, &[("title", title.as_str())])).await;
    }
    let first = clerk.page("/activities").await;
    assert_eq!(rows(&first).matches("巡逻").count(), 50);
    let next = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = clerk.page(&next.replace("&#38;", "&")).await;
    assert_eq!(second.matches("巡逻").count(), 10);
    assert!(second.contains("巡逻09") && !second.contains("巡逻10"), "{second}");
}

#[tokio::test]
async fn what_is_wrong_with_an_activity_is_said_beside_the_field_and_nothing_typed_is_lost() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let form = [
        ("day", "1962-01-01"),
        ("committee", "鞍山居委会"),
        ("title", " "),
        ("times", "0"),
        ("hours", "long"),
        ("what", "修了三台电脑"),
    ];
    let answer = clerk.post("/activities/new", &form).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    for field in ["day", "committee", "title", "area", "manner", "times", "hours"] {
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}: {page}");
    }
    assert!(page.contains("控江路街道"), "both committees of the name are offered");
    assert!(page.contains("修了三台电脑") && page.contains("value=\"long\""), "{page}");
}

#[tokio::test]
async fn an_activity_that_is_sent_twice_is_recorded_once() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let token = hidden(&clerk.page("/activities/new").await, "form");
    let form = with(&PATROL, &[("form", token.as_str())]);
    assert_eq!(record(&clerk, &form).await, record(&clerk, &form).await);
    assert_eq!(rows(&clerk.page("/activities").await).matches("夜间巡逻").count(), 1);
}

#[tokio::test]
async fn the_second_of_two_who_edit_an_activity_sees_both_versions() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let place = record(&clerk, &PATROL).await;
    let edit = format!("{place}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let first = with(&PATROL, &[("title", "楼组巡逻"), ("version", version.as_str())]);
    assert_eq!(clerk.post(&edit, &first).await.status(), 303);
    let second = with(&PATROL, &[("title", "治安巡逻"), ("version", version.as_str())]);
    let answer = clerk.post(&edit, &second).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("<del>楼组巡逻</del>") && page.contains("<ins>治安巡逻</ins>"), "{page}");
    let newer = hidden(&page, "version");
    let again = with(&second, &[("version", newer.as_str())]);
    assert_eq!(clerk.post(&edit, &again).await.status(), 303);
    assert!(clerk.page(&place).await.contains("治安巡逻"));
}

#[tokio::test]
async fn a_removed_activity_lies_in_the_bin_and_comes_back_with_its_participants() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let member = register(&clerk, "朱颖", "T001", "四平路1号").await;
    let place = record(&clerk, &PATROL).await;
    enter(&clerk, &place, "T001").await;
    assert_eq!(clerk.post(&format!("{place}/remove"), &[]).await.status(), 303);
    assert!(!clerk.page("/activities").await.contains(&format!("href=\"{place}\"")));
    assert!(clerk.page("/activities/bin").await.contains(&format!("href=\"{place}\"")));
    let form = [("who", member.rsplit('/').next().unwrap())];
    assert_eq!(clerk.post(&format!("{place}/people"), &form).await.status(), 409);
    assert_eq!(clerk.post(&format!("{place}/restore"), &[]).await.status(), 303);
    assert!(clerk.page(&place).await.contains("朱颖"));
    let log = clerk.page("/audit?record=activity").await;
    for said in ["Recorded an activity", "Entered a participant", "Removed an activity"] {
        assert!(log.contains(said), "{said}");
    }
}

#[tokio::test]
async fn participants_are_entered_by_number_name_pinyin_or_initials() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    for (name, number) in [("朱颖", "T001"), ("单小明", "T002"), ("王伟", "T003"), ("李娜", "T004")]
    {
        register(&clerk, name, number, "四平路1号").await;
    }
    let place = record(&clerk, &PATROL).await;
    for (typed, name) in
        [("ｔ００１", "朱颖"), ("shanxiaoming", "单小明"), ("ww", "王伟"), ("李娜", "李娜")]
    {
        let page = enter(&clerk, &place, typed).await;
        assert!(page.contains(&format!("Added: {name}")), "{typed}: {page}");
    }
    let page = clerk.page(&place).await;
    assert_eq!(amounts(&page, "hours"), ["1.5"; 4], "the activity's own hours");
    assert!(page.contains("4 members, 4 times, 6 hours"), "{page}");
    let again = enter(&clerk, &place, "zhuying").await;
    assert!(again.contains("Already on the list: 朱颖"), "{again}");
    assert_eq!(parts(&again).len(), 4);
    let several = enter(&clerk, &place, "T001、王伟、nobody").await;
    assert!(several.contains("Nobody was found for “nobody”"), "{several}");
    assert_eq!(several.matches("Already on the list").count(), 2);
}

#[tokio::test]
async fn of_namesakes_nobody_is_taken_before_a_person_says_which() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    register(&clerk, "张伟", "T011", "四平路1号").await;
    let second = register(&clerk, "张伟", "T012", "和平路9弄3号").await;
    register(&clerk, "张伟明", "T013", "四平路5号").await;
    let place = record(&clerk, &PATROL).await;
    let asked = enter(&clerk, &place, "张伟").await;
    assert!(asked.contains("“张伟” fits several") && parts(&asked).is_empty(), "{asked}");
    assert!(
        asked.contains("张伟 · T011 · 四平路1号") && asked.contains("张伟 · T012 · 和平路9弄3号")
    );
    assert!(!asked.contains("张伟明 · T013"), "only those of exactly this name");
    let id = second.rsplit('/').next().unwrap();
    clerk.post(&format!("{place}/people"), &[("member", id)]).await;
    let page = clerk.page(&place).await;
    assert_eq!(parts(&page).len(), 1);
    assert!(page.contains("T012"), "{page}");
}

#[tokio::test]
async fn a_script_gets_only_the_list_and_what_is_to_be_decided() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    register(&clerk, "朱颖", "T001", "四平路1号").await;
    let place = record(&clerk, &PATROL).await;
    let path = format!("{place}/people");
    let request = clerk.request(reqwest::Method::POST, &path).header("HX-Request", "true");
    let answer = request.form(&[("who", "T001、nobody")]).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let part = answer.text().await.unwrap();
    assert!(part.contains("id=\"people\"") && part.contains("data-typed=\"nobody\""), "{part}");
    assert!(!part.contains("<html"));
}

#[tokio::test]
async fn times_and_hours_are_changed_in_place_and_what_someone_changed_meanwhile_stays() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    for (name, number) in [("朱颖", "T001"), ("王伟", "T002")] {
        register(&clerk, name, number, "四平路1号").await;
    }
    let place = record(&clerk, &PATROL).await;
    let page = enter(&clerk, &place, "T001、T002").await;
    let page = if parts(&page).is_empty() { clerk.page(&place).await } else { page };
    let ids = parts(&page);
    let was = amounts(&page, "was");
    let [times, hours, before] = ["times", "hours", "was"].map(|name| format!("{name}-{}", ids[0]));
    let amount =
        |t, h| [(times.as_str(), t), (hours.as_str(), h), (before.as_str(), was[0].as_str())];
    let path = format!("{place}/amounts");
    assert_eq!(clerk.post(&path, &amount("3", "4.5")).await.status(), 303);
    let page = clerk.page(&place).await;
    assert!(page.contains("Saved times and hours of one member"), "{page}");
    assert_eq!(
        (amounts(&page, "times"), amounts(&page, "hours")),
        (vec!["3".to_owned(), "1".to_owned()], vec!["4.5".to_owned(), "1.5".to_owned()])
    );
    // From a page that was opened before.
    let answer = clerk.post(&path, &amount("2", "1")).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("just changed it to 3 times, 4.5 hours"), "{page}");
    let answer = clerk.post(&path, &amount("many", "1")).await;
    let page = answer.text().await.unwrap();
    assert!(page.contains("value=\"many\"") && page.contains("whole number"), "{page}");
}

#[tokio::test]
async fn a_participant_is_taken_out_and_put_back() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    register(&clerk, "朱颖", "T001", "四平路1号").await;
    let place = record(&clerk, &PATROL).await;
    let page = enter(&clerk, &place, "T001").await;
    let part = parts(&page).remove(0);
    clerk.post(&format!("{place}/amounts"), &[("out", part.as_str())]).await;
    let page = clerk.page(&place).await;
    assert!(parts(&page).is_empty() && page.contains("Taken out: 朱颖"), "{page}");
    clerk.post(&format!("{place}/back"), &[("part", part.as_str())]).await;
    assert_eq!(parts(&clerk.page(&place).await), [part]);
}

#[tokio::test]
async fn the_committees_members_are_ticked_and_last_weeks_are_copied() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let mut ids = Vec::new();
    for (name, number) in [("朱颖", "T001"), ("王伟", "T002"), ("李娜", "T003")] {
        let place = register(&clerk, name, number, "四平路1号").await;
        ids.push(place.rsplit('/').next().unwrap().to_owned());
    }
    let place = record(&clerk, &PATROL).await;
    let page = clerk.page(&place).await;
    assert_eq!(page.matches("type=\"checkbox\" name=\"member\"").count(), 3, "{page}");
    let ticked = [("member", ids[0].as_str()), ("member", ids[1].as_str())];
    let answer = clerk.post(&format!("{place}/people"), &ticked).await;
    assert!(answer.status() == 303 || answer.status() == 422);
    let page = clerk.page(&place).await;
    assert_eq!(parts(&page).len(), 2);
    assert_eq!(page.matches("type=\"checkbox\" name=\"member\"").count(), 1);
    let copy =
        clerk.page(&format!("/activities/new?copy={}", place.rsplit('/').next().unwrap())).await;
    assert!(copy.contains("value=\"2026-03-14\"") && copy.contains("value=\"夜间巡逻\""), "{copy}");
    assert_eq!(copy.matches("name=\"member\"").count(), 2);
    assert_eq!(copy.matches(" checked><span>").count(), 4, "both, the area and the manner");
    let copied = hidden(&copy, "copy");
    let form = with(
        &PATROL,
        &[("day", "2026-03-14"), ("copy", copied.as_str()), ("member", ids[1].as_str())],
    );
    let next = record(&clerk, &form).await;
    let page = clerk.page(&next).await;
    assert_eq!(parts(&page).len(), 1);
    assert!(page.contains("14 March 2026") && page.contains("T002"), "{page}");
}

#[tokio::test]
async fn staff_of_a_branch_see_and_change_only_their_own_members_parts() {
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
    let place = record(&administrator, &PATROL).await;
    enter(&administrator, &place, "T002").await;
    let part = parts(&administrator.page(&place).await).remove(0);
    let clerk = office.signed_in_for(Role::Staff, Scope::Branches(vec![mine])).await;
    let page = clerk.page(&place).await;
    assert!(!page.contains("王伟") && page.contains("One more from another branch"), "{page}");
    assert!(enter(&clerk, &place, "T002").await.contains("Nobody was found"));
    let out = clerk.post(&format!("{place}/amounts"), &[("out", part.as_str())]).await;
    assert_eq!(out.status(), 303);
    assert_eq!(clerk.post(&format!("{place}/back"), &[("part", &part)]).await.status(), 404);
    assert!(!clerk.page("/members/suggest?q=T002").await.contains("王伟"));
    assert!(enter(&clerk, &place, "T001").await.contains("Added: 朱颖"));
    clerk.post(&format!("{place}/remove"), &[]).await;
    assert!(clerk.page(&place).await.contains("Ask an administrator to remove it"));
    assert_eq!(parts(&administrator.page(&place).await).len(), 2);
}

#[tokio::test]
async fn merging_two_members_keeps_one_part_and_taking_it_back_gives_both_their_own() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let kept = register(&clerk, "陈静", "T001", "四平路1号").await;
    let gone = register(&clerk, "陈静", "T002", "四平路1号").await;
    let both = record(&clerk, &PATROL).await;
    enter(&clerk, &both, "T001").await;
    enter(&clerk, &both, "T002").await;
    let one = record(&clerk, &with(&PATROL, &[("title", "知识讲座")])).await;
    enter(&clerk, &one, "T002").await;
    let with = gone.rsplit('/').next().unwrap();
    let page = clerk.page(&format!("{kept}/merge?with={with}")).await;
    let fields = ["version", "other_version"].map(|name| (name, hidden(&page, name)));
    let mut form: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    form.push(("with", with));
    assert_eq!(clerk.post(&format!("{kept}/merge"), &form).await.status(), 303);
    for place in [&both, &one] {
        let page = clerk.page(place).await;
        assert_eq!(parts(&page).len(), 1, "{place}");
        assert!(page.contains("T001") && !page.contains("T002"), "{page}");
    }
    let page = clerk.page(&kept).await;
    let undo = page.split("/merges/").nth(1).unwrap().split('/').next().unwrap();
    clerk.post(&format!("{kept}/merges/{undo}/undo"), &[]).await;
    assert_eq!(parts(&clerk.page(&both).await).len(), 2);
    let page = clerk.page(&one).await;
    assert!(parts(&page).len() == 1 && page.contains("T002"), "{page}");
}

#[tokio::test]
async fn merging_two_committees_moves_their_activities() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let place = record(&clerk, &PATROL).await;
    let form = [("into", "曲阳路居委会"), ("into_id", "2"), ("confirmed", "yes")];
    assert_eq!(clerk.post("/committees/3/merge", &form).await.status(), 303);
    assert!(clerk.page(&place).await.contains("曲阳路街道"));
    assert!(clerk.page("/activities?committee=四平路居委会").await.contains("夜间巡逻"));
}

#[tokio::test]
async fn what_was_done_is_told_of_a_member_a_committee_and_a_branch() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let branch = office.branch("第一党支部").await.to_string();
    let form = |name, number| {
        [
            ("name", name),
            ("number", number),
            ("address", "四平路1号"),
            ("committee", "310110012003"),
            ("branch", branch.as_str()),
        ]
    };
    let member = clerk.register(&form("朱颖", "T001")).await;
    clerk.register(&form("王伟", "T002")).await;
    let place = record(&clerk, &PATROL).await;
    enter(&clerk, &place, "T001").await;
    enter(&clerk, &place, "T002").await;
    let lecture = [("title", "知识讲座"), ("area", "culture"), ("hours", "2")];
    let lecture = record(&clerk, &with(&PATROL, &lecture)).await;
    enter(&clerk, &lecture, "T001").await;
    // What is planned is told, but is no figure yet.
    let tomorrow = linli::activities::today().tomorrow().unwrap().to_string();
    let planned = [("title", "民主议事"), ("day", tomorrow.as_str())];
    let planned = record(&clerk, &with(&PATROL, &planned)).await;
    enter(&clerk, &planned, "T001").await;
    let cells = |page: &str, caption: &str| -> Vec<String> {
        let table = page.split(&format!("<caption>{caption}</caption>")).nth(1).unwrap();
        let body = table.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
        let rows = body.split("<tr>").skip(1);
        let text = |row: &str| {
            let parts: Vec<&str> =
                row.split('>').filter_map(|part| part.split('<').next()).collect();
            parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" ")
        };
        rows.map(text).collect()
    };
    let half = "January to June 2026";
    let page = clerk.page(&format!("{member}/activities")).await;
    assert!(page.contains("民主议事") && page.contains("planned"), "{page}");
    assert_eq!(cells(&page, half), ["All areas 2 3.5", "Culture 1 2", "Self-governance 1 1.5"]);
    let sums = ["All areas 2 3 5", "Culture 1 1 2", "Self-governance 2 2 3"];
    let page = clerk.page("/committees/3/activities").await;
    assert!(page.contains("知识讲座") && page.contains("夜间巡逻"));
    assert_eq!(cells(&page, half), sums);
    let page = clerk.page(&format!("/branches/{branch}/activities")).await;
    assert_eq!(cells(&page, half), sums);
    for (place, link) in [
        (member.as_str(), format!("{member}/activities")),
        ("/committees/3", "/committees/3/activities".to_owned()),
        ("/branches", format!("/branches/{branch}/activities")),
    ] {
        assert!(clerk.page(place).await.contains(&link), "{place} does not lead there");
    }
    let other = office.branch("第二党支部").await;
    let outsider = office.signed_in_for(Role::Staff, Scope::Branches(vec![other])).await;
    assert_eq!(outsider.get(&format!("/branches/{branch}/activities")).await.status(), 404);
    assert_eq!(outsider.get(&format!("{member}/activities")).await.status(), 404);
    assert!(!outsider.page("/committees/3/activities").await.contains("<caption>"));
}

#[tokio::test]
async fn the_sheet_to_sign_in_on_has_who_is_expected_or_blank_rows() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    register(&clerk, "朱颖", "T001", "四平路1号").await;
    let place = record(&clerk, &PATROL).await;
    let blank = clerk.page(&format!("{place}/sheet")).await;
    assert_eq!(rows(&blank).matches("<tr>").count(), 20);
    assert!(blank.contains("夜间巡逻") && blank.contains("四平路街道四平路居委会"), "{blank}");
    enter(&clerk, &place, "T001").await;
    let filled = clerk.page(&format!("{place}/sheet")).await;
    assert!(rows(&filled).contains("<td>朱颖</td>"), "{filled}");
    assert!(!rows(&clerk.page(&format!("{place}/sheet?blank=yes")).await).contains("朱颖"));
    assert!(clerk.page("/audit").await.contains("Printed a sign-in sheet"));
}

#[tokio::test]
async fn an_import_of_members_that_is_taken_back_leaves_those_who_took_part_since() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let text = "姓名,工号,住址\n朱颖,T001,四平路1号\n王伟,T002,四平路2号\n";
    let upload = location(&crate::import::bring(&clerk, "members.csv", text.into()).await);
    let batch = location(&clerk.post(&upload, &[]).await);
    let place = record(&clerk, &PATROL).await;
    enter(&clerk, &place, "T001").await;
    assert_eq!(clerk.post(&format!("{batch}/undo"), &[]).await.status(), 303);
    let left = clerk.page("/members").await;
    assert!(left.contains("朱颖") && !left.contains("王伟"), "{left}");
    assert_eq!(parts(&clerk.page(&place).await).len(), 1);
}
