//! Needs: entered, found, changed, closed; who fits them and why.

use linli::lists::{self, List};
use linli::members::search::check;
use linli::web::{Role, Scope};

use crate::office::{Browser, Office, hidden, location};

/// An office whose list has skills.
async fn office_with_skills() -> (Office, Browser) {
    let office = Office::open().await;
    let mut write = office.app.db.write().await.unwrap();
    for skill in ["课业辅导", "英语", "水电维修"] {
        lists::find_or_add(&mut write, List::Skills, skill).await.unwrap();
    }
    write.commit().await.unwrap();
    let clerk = office.signed_in(Role::Administrator).await;
    (office, clerk)
}

/// The form of a need, in which each of these fields stands instead.
pub fn need<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("committee", "四平路居委会"),
        ("title", "周末辅导小学数学"),
        ("area", "culture"),
        ("skills", "课业辅导"),
        ("place", "home"),
    ];
    form.retain(|(name, _)| fields.iter().all(|(other, _)| other != name));
    form.extend(fields);
    form
}

/// Enters a need, which must be saved; the path of its page.
pub async fn enter(clerk: &Browser, fields: &[(&str, &str)]) -> String {
    let answer = clerk.post("/needs/new", &need(fields)).await;
    let place = location(&answer);
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    place
}

/// Registers a member who stands to be known; the path of the record.
pub async fn helper(clerk: &Browser, name: &str, committee: &str, skills: &str) -> String {
    let form = [
        ("name", name),
        ("address", "四平路1号"),
        ("committee", committee),
        ("skills", skills),
        ("agreed", "yes"),
    ];
    clerk.register(&form).await
}

/// The suggested members of a need's page, in their order, each with why.
fn suggested(page: &str) -> Vec<(String, String)> {
    page.split("<strong>")
        .skip(1)
        .map(|part| {
            let (name, rest) = part.split_once("</strong>").unwrap();
            let why = rest.split("class=\"why\">").nth(1).unwrap();
            (name.to_owned(), why.split("</p>").next().unwrap().to_owned())
        })
        .collect()
}

#[tokio::test]
async fn what_a_committee_asks_for_is_entered_and_found_on_board_and_list() {
    let (_office, clerk) = office_with_skills().await;
    assert!(clerk.page("/needs").await.contains("No need is entered yet"));
    let place = enter(
        &clerk,
        &[
            ("times", "6m"),
            ("times", "7m"),
            ("regular", "yes"),
            ("contact", "3号楼"),
            ("contact_phone", "021-65010000"),
            ("until", "2099-12-31"),
        ],
    )
    .await;
    let shown = clerk.page(&place).await;
    for said in
        ["周末辅导小学数学", "Culture", "课业辅导", "Sat and Sun morning", "3号楼", "regularly"]
    {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    enter(&clerk, &[("title", "修楼道灯"), ("skills", ""), ("area", "deeds")]).await;
    let board = clerk.page("/needs").await;
    assert!(board.contains("周末辅导小学数学") && board.contains("修楼道灯"));
    for (query, found) in [
        ("q=小学", [true, false]),
        ("q=siping", [true, true]),
        ("q=灯", [false, true]),
        ("q=nobody", [false, false]),
        ("state=open", [true, true]),
        ("state=closed", [false, false]),
        ("area=deeds", [false, true]),
        ("district=310110", [true, true]),
        ("district=310109", [false, false]),
        ("skill=1", [true, false]),
        ("committee=3", [true, true]),
        ("committee=1", [false, false]),
        ("committee=3&skill=1", [true, false]),
        ("district=310110&skill=1", [true, false]),
    ] {
        let list = clerk.page(&format!("/needs/list?{query}")).await;
        let got = ["周末辅导小学数学", "修楼道灯"].map(|title| list.contains(title));
        assert_eq!(got, found, "{query}");
    }
}

#[tokio::test]
async fn among_many_needs_the_board_shows_the_pressing_and_the_latest() {
    let (_office, clerk) = office_with_skills().await;
    for title in ["早的", "急的"] {
        let until = if title == "急的" { "2026-01-01" } else { "" };
        enter(&clerk, &[("title", title), ("until", until)]).await;
    }
    for number in 0..12 {
        let title = format!("另外{number}号");
        enter(&clerk, &[("title", &title), ("until", "2099-12-31")]).await;
    }
    let board = clerk.page("/needs").await;
    let tickets = board.split("<li class=\"ticket").skip(1);
    let titles: Vec<&str> =
        tickets.map(|ticket| ticket.split(['>', '<']).nth(3).unwrap()).collect();
    let latest = (1..12).rev().map(|number| format!("另外{number}号"));
    let expected: Vec<String> = std::iter::once("急的".to_owned()).chain(latest).collect();
    assert_eq!(titles, expected);
}

#[tokio::test]
async fn what_cannot_be_saved_is_said_beside_the_field_and_stays_typed() {
    let (_office, clerk) = office_with_skills().await;
    for (field, typed, said) in [
        ("committee", "", "Please fill this in"),
        ("committee", "鞍山居委会", "Several committees fit"),
        ("committee", "没有居委会", "No such committee was found"),
        ("title", " ", "Please fill this in"),
        ("area", "x", "choose from the list"),
        ("skills", "课业補导", "is not on the list of skills"),
        ("times", "8m", "Please tick times"),
        ("place", "moon", "choose from the list"),
        ("contact_phone", "abc", "phone number"),
        ("until", "2026-02-30", ""),
    ] {
        let answer = clerk.post("/needs/new", &need(&[(field, typed)])).await;
        assert_eq!(answer.status(), 422, "{field} {typed}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(said) && page.contains("field-error"), "{field}: {page}");
    }
    let elsewhere = need(&[("place", "elsewhere"), ("title", "读报")]);
    let answer = clerk.post("/needs/new", &elsewhere).await;
    assert!(answer.text().await.unwrap().contains("value=\"读报\""));
    assert!(clerk.page("/needs").await.contains("No need is entered yet"));
}

#[tokio::test]
async fn a_form_that_is_sent_twice_enters_one_need() {
    let (_office, clerk) = office_with_skills().await;
    let token = hidden(&clerk.page("/needs/new").await, "form");
    let form = need(&[("form", &token)]);
    let first = location(&clerk.post("/needs/new", &form).await);
    assert_eq!(location(&clerk.post("/needs/new", &form).await), first);
    assert_eq!(clerk.page("/needs/list").await.matches("class=\"name\"").count(), 1);
}

#[tokio::test]
async fn two_who_edit_one_need_never_overwrite_each_other() {
    let (_office, clerk) = office_with_skills().await;
    let place = enter(&clerk, &[]).await;
    let edit = format!("{place}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let form = need(&[("version", &version), ("title", "辅导数学")]);
    assert_eq!(clerk.post(&edit, &form).await.status(), 303);
    let late = need(&[("version", &version), ("title", "辅导语文")]);
    let answer = clerk.post(&edit, &late).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("<del>辅导数学</del>") && page.contains("<ins>辅导语文</ins>"), "{page}");
    let now = hidden(&page, "version");
    let mine = need(&[("version", &now), ("title", "辅导语文")]);
    assert_eq!(clerk.post(&edit, &mine).await.status(), 303);
    let shown = clerk.page(&place).await;
    assert!(shown.contains("<del>辅导数学</del>") && shown.contains("<del>周末辅导小学数学</del>"));
}

#[tokio::test]
async fn a_need_is_closed_with_its_reason_and_opened_again() {
    let (_office, clerk) = office_with_skills().await;
    let place = enter(&clerk, &[]).await;
    let (close, reopen) = (format!("{place}/close"), format!("{place}/reopen"));
    let answer = clerk.post(&close, &[("because", " ")]).await;
    assert_eq!(answer.status(), 422);
    let answer = clerk.post(&reopen, &[]).await;
    assert_eq!(answer.status(), 409);
    assert!(answer.text().await.unwrap().contains("This need is open already."));
    assert_eq!(clerk.post(&close, &[("because", "已自行解决")]).await.status(), 303);
    let page = clerk.page(&place).await;
    assert!(page.contains("Closed because:") && page.contains("已自行解决"), "{page}");
    let answer = clerk.post(&close, &[("because", "再关")]).await;
    assert_eq!(answer.status(), 409);
    assert!(answer.text().await.unwrap().contains("This need has ended."));
    assert_eq!(clerk.post(&reopen, &[]).await.status(), 303);
    let page = clerk.page(&place).await;
    assert!(page.contains("Close the need") && page.contains("Open again"), "{page}");
    let log = clerk.page("/audit").await;
    for said in ["Entered a need", "Took a need a step on"] {
        assert!(log.contains(said), "{said}");
    }
}

#[tokio::test]
async fn the_page_says_in_words_why_each_member_is_suggested_the_best_fitting_first() {
    let (_office, clerk) = office_with_skills().await;
    helper(&clerk, "张敏", "公平路居委会", "课业辅导").await;
    helper(&clerk, "王伟", "310110013005", "课业辅导").await;
    helper(&clerk, "李强", "310110012004", "课业辅导、英语").await;
    let near = helper(&clerk, "朱颖", "四平路居委会", "课业辅导").await;
    helper(&clerk, "陈静", "四平路居委会", "英语").await;
    let hidden_one = [
        ("name", "赵磊"),
        ("address", "四平路1号"),
        ("committee", "四平路居委会"),
        ("skills", "课业辅导"),
    ];
    clerk.register(&hidden_one).await;
    let place = enter(&clerk, &[("times", "6m")]).await;
    let found = suggested(&clerk.page(&place).await);
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["朱颖", "李强", "王伟"],
        "who is elsewhere, or not to be known, is not here"
    );
    assert!(found[0].1.contains("can do 课业辅导 · lives in this committee’s area"), "{found:?}");
    assert!(found[1].1.contains("same sub-district (鞍山居委会)"), "{found:?}");
    assert!(found[2].1.contains("same district") && found[2].1.contains("has not said when"));
    assert!(found.iter().all(|(_, why)| why.contains("serves no need now")));
    // Free on another day than the one that help is wanted.
    let free = format!("{near}/availability");
    assert_eq!(clerk.post(&free, &[("times", "1m")]).await.status(), 303);
    let found = suggested(&clerk.page(&place).await);
    assert_eq!(found[0].0, "李强");
    let last = found.iter().find(|(name, _)| name == "朱颖").unwrap();
    assert!(last.1.contains("free only Mon morning"), "{last:?}");
    // A related skill helps too.
    let answer = clerk.post("/skills/1/related", &[("other", "2")]).await;
    assert_eq!(answer.status(), 303);
    assert!(clerk.page("/skills/2").await.contains("课业辅导"));
    let found = suggested(&clerk.page(&place).await);
    let related = found.iter().find(|(name, _)| name == "陈静").unwrap();
    assert!(related.1.contains("can do 英语, which is related"), "{found:?}");
    clerk.post("/skills/2/related", &[("other", "1"), ("are", "no")]).await;
    assert_eq!(suggested(&clerk.page(&place).await).len(), 3);
}

#[tokio::test]
async fn staff_are_shown_only_members_of_their_branches() {
    let (office, clerk) = office_with_skills().await;
    let first = office.branch("第一党支部").await;
    let branch = first.to_string();
    for (name, branch) in [("朱颖", branch.as_str()), ("王伟", "")] {
        let form = [
            ("name", name),
            ("address", "四平路1号"),
            ("branch", branch),
            ("committee", "四平路居委会"),
            ("skills", "课业辅导"),
            ("agreed", "yes"),
        ];
        clerk.register(&form).await;
    }
    let place = enter(&clerk, &[]).await;
    let staff = office.signed_in_for(Role::Staff, Scope::Branches(vec![first])).await;
    let names: Vec<String> =
        suggested(&staff.page(&place).await).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["朱颖"]);
    let answer = staff.post(&format!("{place}/pair"), &[("member", "2")]).await;
    assert_eq!(answer.status(), 404);
}

#[tokio::test]
async fn a_member_is_shown_the_needs_near_them_that_they_could_serve() {
    let (_office, clerk) = office_with_skills().await;
    let member = helper(&clerk, "朱颖", "四平路居委会", "课业辅导").await;
    enter(&clerk, &[("committee", "310110013005"), ("title", "远一些")]).await;
    enter(&clerk, &[("title", "本居委会")]).await;
    enter(&clerk, &[("title", "人人都行"), ("skills", "")]).await;
    enter(&clerk, &[("title", "不会"), ("skills", "水电维修")]).await;
    enter(&clerk, &[("title", "别的区"), ("committee", "公平路居委会")]).await;
    let page = clerk.page(&format!("{member}/needs")).await;
    let titles: Vec<String> = suggested(&page).into_iter().map(|(title, _)| title).collect();
    assert_eq!(titles, ["本居委会", "人人都行", "远一些"]);
    assert!(page.contains("in the same district (鞍山居委会)"), "{page}");
    clerk.post(&format!("{member}/withdraw"), &[]).await;
    let page = clerk.page(&format!("{member}/needs")).await;
    assert!(suggested(&page).is_empty() && page.contains("did not agree to be known"));
}

#[tokio::test]
async fn what_counts_when_members_are_suggested_is_a_setting_in_words() {
    let (office, clerk) = office_with_skills().await;
    helper(&clerk, "朱颖", "四平路居委会", "课业辅导").await;
    let far = helper(&clerk, "王伟", "310110013005", "课业辅导").await;
    clerk.post(&format!("{far}/availability"), &[("times", "6m")]).await;
    let place = enter(&clerk, &[("times", "6m")]).await;
    let first = async || suggested(&clerk.page(&place).await)[0].0.clone();
    let page = clerk.page("/needs/weights").await;
    let version = hidden(&page, "version");
    let weights = |distance, times| {
        [
            ("skill", "2"),
            ("distance", distance),
            ("times", times),
            ("load", "2"),
            ("months", "3"),
            ("version", version.as_str()),
        ]
    };
    assert_eq!(clerk.post("/needs/weights", &weights("3", "0")).await.status(), 303);
    assert_eq!(first().await, "朱颖");
    let answer = clerk.post("/needs/weights", &weights("0", "3")).await;
    assert_eq!(answer.status(), 409, "from before the change");
    let page = answer.text().await.unwrap();
    let now = hidden(&page, "version");
    let mut mine = weights("0", "3");
    mine[5] = ("version", &now);
    assert_eq!(clerk.post("/needs/weights", &mine).await.status(), 303);
    assert_eq!(first().await, "王伟");
    for months in ["0", "37", "x"] {
        mine[4] = ("months", months);
        assert_eq!(clerk.post("/needs/weights", &mine).await.status(), 422, "{months}");
    }
    let staff = office.signed_in(Role::Staff).await;
    assert_eq!(staff.get("/needs/weights").await.status(), 403);
}

#[tokio::test]
async fn needs_follow_their_committee_and_their_skills() {
    let (office, clerk) = office_with_skills().await;
    let place = enter(&clerk, &[]).await;
    let merge = [("into", "310110012004"), ("confirmed", "yes")];
    let answer = clerk.post("/committees/3/merge", &merge).await;
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    assert!(clerk.page(&place).await.contains("/committees/4"));
    assert!(clerk.page("/needs/list?committee=4").await.contains("周末辅导小学数学"));
    assert!(clerk.page("/needs/list?q=anshan").await.contains("周末辅导小学数学"));
    let answer = clerk.post("/skills/1/merge", &[("into", "2"), ("confirmed", "yes")]).await;
    assert_eq!(answer.status(), 303);
    assert!(clerk.page(&place).await.contains("英语"));
    assert!(clerk.page("/needs/list?skill=2").await.contains("周末辅导小学数学"));
    assert!(!clerk.page("/needs/list?skill=1").await.contains("周末辅导小学数学"));
    let mut connection = office.app.db.maintenance().await.unwrap();
    assert!(check::differences(&mut connection).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_need_whose_last_day_has_passed_stands_out_in_words() {
    let (_office, clerk) = office_with_skills().await;
    enter(&clerk, &[("until", "2020-01-31")]).await;
    enter(&clerk, &[("until", "2099-01-31"), ("title", "以后")]).await;
    for place in ["/needs", "/needs/list", "/needs/1"] {
        let page = clerk.page(place).await;
        assert_eq!(page.matches("Overdue since").count(), 1, "{place}");
    }
    let desk = clerk.page("/").await;
    assert!(desk.contains("One need is past its last day without a pairing"), "{desk}");
}
