//! The directory of committees: kept, renamed, merged, and brought as a file.

use linli::members::search::check;
use linli::web::{Role, Scope};
use reqwest::multipart::Form;

use crate::office::{Browser, Office, hidden, location};

/// The path of the committee that a search finds first.
async fn committee(clerk: &Browser, query: &str) -> String {
    let page = clerk.page(&format!("/committees?q={query}")).await;
    let at = page.rfind("<th scope=\"row\" class=\"name\"><a href=\"/committees/").unwrap();
    let path = page[at..].split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    path.to_owned()
}

/// Registers members of these names at a committee.
async fn settle(clerk: &Browser, committee: &str, names: &[&str]) {
    for name in names {
        clerk.register(&[("name", name), ("address", "a"), ("committee", committee)]).await;
    }
}

/// Whether every member is found by what the records say.
async fn index_is_whole(office: &Office) -> bool {
    let mut connection = office.app.db.maintenance().await.unwrap();
    check::differences(&mut connection).await.unwrap().is_empty()
}

async fn bring(clerk: &Browser, text: &str) -> String {
    let answer = clerk.bring("/committees/import", "directory.csv", text.into()).await;
    assert_eq!(answer.status(), 303);
    location(&answer)
}

#[tokio::test]
async fn the_second_of_two_who_edit_a_committee_sees_both_versions_field_by_field() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let place = committee(&clerk, "四平路居委会").await;
    let edit = format!("{place}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let since = "2026-01-31";
    let first = [
        ("name", "四平路居委会"),
        ("phone", "65010001"),
        ("since", since),
        ("version", version.as_str()),
    ];
    assert_eq!(clerk.post(&edit, &first).await.status(), 303);
    let second = [
        ("name", "四平路居委会"),
        ("phone", "65020002"),
        ("party_head", "李强"),
        ("since", since),
        ("version", version.as_str()),
    ];
    let answer = clerk.post(&edit, &second).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("<del>65010001</del>") && page.contains("<ins>65020002</ins>"));
    assert!(page.contains("<ins>李强</ins>") && page.contains("value=\"65020002\""));
    let newer = hidden(&page, "version");
    let mine = [&second[..4], &[("version", newer.as_str())]].concat();
    assert_eq!(clerk.post(&edit, &mine).await.status(), 303);
    let history = clerk.page(&format!("{place}/history")).await;
    assert!(history.contains("<del>65010001</del>") && history.contains("<ins>65020002</ins>"));
    assert!(history.contains("王芳"));
}

#[tokio::test]
async fn a_committees_form_that_is_sent_twice_saves_once() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let place = committee(&clerk, "四平路居委会").await;
    let edit = format!("{place}/edit");
    let page = clerk.page(&edit).await;
    let (version, token) = (hidden(&page, "version"), hidden(&page, "form"));
    let form = [
        ("name", "四平路居委会"),
        ("head", "李强"),
        ("since", "2026-01-31"),
        ("version", version.as_str()),
        ("form", token.as_str()),
    ];
    for _ in 0..2 {
        let answer = clerk.post(&edit, &form).await;
        assert_eq!((answer.status().as_u16(), location(&answer)), (303, place.clone()));
    }
    let history = clerk.page(&format!("{place}/history")).await;
    assert_eq!(history.matches("<ins>李强</ins>").count(), 1);
}

#[tokio::test]
async fn both_bodies_are_called_and_headed_as_on_the_day_asked_for() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let place = committee(&clerk, "四平路居委会").await;
    let edit = format!("{place}/edit");
    for (since, name, head, party) in [
        ("2026-01-15", "四平居委会", "李强", "四平居民区党支部"),
        ("2026-03-01", "四平居委会", "张敏", "四平居民区党总支"),
    ] {
        let version = hidden(&clerk.page(&edit).await, "version");
        let form = [
            ("name", name),
            ("head", head),
            ("party_name", party),
            ("since", since),
            ("version", version.as_str()),
        ];
        assert_eq!(clerk.post(&edit, &form).await.status(), 303);
    }
    for (day, committee, party) in [
        ("2026-01-14", "四平路居委会", ""),
        ("2026-01-15", "四平居委会 · Head 李强", "四平居民区党支部"),
        ("2026-02-28", "四平居委会 · Head 李强", "四平居民区党支部"),
        ("2026-03-01", "四平居委会 · Head 张敏", "四平居民区党总支"),
    ] {
        let page = clerk.page(&format!("{place}?on={day}")).await;
        let then = page.split("<div class=\"then\">").nth(1).unwrap();
        let then = then.split("</div>").next().unwrap();
        assert!(then.contains(&format!("<dd>{committee}</dd>")), "{day}: {then}");
        assert!(then.contains(&format!("<dd>{party}</dd>")), "{day}: {then}");
    }
    assert!(clerk.page(&format!("{place}?on=soon")).await.contains("id=\"on-error\""));
    let version = hidden(&clerk.page(&edit).await, "version");
    let form = [("name", "四平一居委会"), ("since", "2026-02-01"), ("version", version.as_str())];
    let answer = clerk.post(&edit, &form).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("The last change was on 1 March 2026"));
}

#[tokio::test]
async fn a_renamed_committee_is_found_by_its_old_name_and_its_members_by_the_new_one() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    settle(&clerk, "曲阳路居委会", &["朱颖"]).await;
    let place = committee(&clerk, "曲阳路居委会").await;
    let edit = format!("{place}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let form = [("name", "玉田居委会"), ("since", "2026-01-31"), ("version", version.as_str())];
    assert_eq!(clerk.post(&edit, &form).await.status(), 303);
    for query in ["曲阳路居委会", "quyangluju", "玉田", "yt"] {
        assert_eq!(committee(&clerk, query).await, place, "{query}");
    }
    assert!(clerk.page("/members?q=玉田居委会").await.contains("朱颖"));
    assert!(index_is_whole(&office).await);
}

#[tokio::test]
async fn what_a_merge_will_do_is_read_first_and_the_old_name_finds_the_new_committee() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    settle(&clerk, "曲阳路居委会", &["朱颖", "王伟"]).await;
    let place = committee(&clerk, "曲阳路居委会").await;
    let other = committee(&clerk, "公平路居委会").await;
    let merge = format!("{place}/merge");
    for wrong in ["", "没有这个居委会", "曲阳路居委会"] {
        assert_eq!(clerk.post(&merge, &[("into", wrong)]).await.status(), 422, "{wrong}");
    }
    let several = clerk.post(&merge, &[("into", "鞍山居委会")]).await;
    assert!(several.text().await.unwrap().contains("name=\"into_pick\""));
    let token = hidden(&clerk.page(&merge).await, "form");
    let asked = clerk.post(&merge, &[("into", "公平路居委会"), ("form", &token)]).await;
    assert_eq!(asked.status(), 200);
    let page = asked.text().await.unwrap();
    assert!(page.contains("2 members and 0 address rules of 曲阳路居委会 will move"), "{page}");
    assert!(clerk.page(&place).await.contains("2 members"), "nothing happened yet");
    let (into_id, token) = (hidden(&page, "into_id"), hidden(&page, "form"));
    let form = [
        ("into", "公平路居委会"),
        ("into_id", into_id.as_str()),
        ("confirmed", "yes"),
        ("form", token.as_str()),
    ];
    for _ in 0..2 {
        let answer = clerk.post(&merge, &form).await;
        assert_eq!((answer.status().as_u16(), location(&answer)), (303, other.clone()));
    }
    assert!(clerk.page(&other).await.contains("2 members"));
    assert!(clerk.page(&place).await.contains("Now part of"));
    assert_eq!(committee(&clerk, "曲阳路居委会").await, other);
    assert!(clerk.page("/members?q=公平路居委会").await.contains("朱颖"));
    let log = clerk.page("/audit?action=committee-merged").await;
    assert_eq!(log.matches("Merged committees</td>").count(), 1);
    assert!(clerk.page(&format!("{place}/history")).await.contains("Committees merged"));
    assert!(index_is_whole(&office).await);
}

#[tokio::test]
async fn the_directory_counts_committees_and_the_members_that_one_may_see() {
    let office = Office::open().await;
    let anyone = office.signed_in(Role::Administrator).await;
    let first = office.branch("第一党支部").await;
    let id = first.to_string();
    for (name, branch, committee, host) in [
        ("朱颖", id.as_str(), "310110012003", ""),
        ("王伟", "", "310110012003", ""),
        ("李强", id.as_str(), "", "310110013005"),
    ] {
        let unattached = if host.is_empty() { "" } else { "yes" };
        let form = [
            ("name", name),
            ("branch", branch),
            ("address", "a"),
            ("committee", committee),
            ("unattached", unattached),
            ("host", host),
        ];
        anyone.register(&form).await;
    }
    let clerk = office.signed_in_for(Role::Staff, Scope::Branches(vec![first])).await;
    let row = |property: &str, code: &str, committees: i64, members: i64| {
        format!(
            "<td class=\"num\">{committees}</td>\n    \
             <td class=\"num\"><a href=\"/members?{property}={code}\">{members}</a></td>"
        )
    };
    assert!(anyone.page("/committees").await.contains(&row("district", "310110", 3, 3)));
    assert!(clerk.page("/committees").await.contains(&row("district", "310110", 3, 2)));
    let district = clerk.page("/committees?district=310110").await;
    assert!(district.contains(&row("street", "310110012", 2, 1)), "{district}");
    assert!(district.contains(&row("street", "310110013", 1, 1)));
    let street = clerk.page("/committees?street=310110012").await;
    assert!(street.contains("310110012003") && street.contains("\">1</a></td>"));
    assert!(clerk.page("/committees?q=控江路").await.contains("\">1</a></td>"));
    assert!(clerk.page("/committees?district=999999").await.contains("虹口区"));
}

#[tokio::test]
async fn a_directory_is_seen_before_it_is_written_and_brought_again_changes_nothing() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    settle(&clerk, "四平路居委会", &["朱颖"]).await;
    let text = "代码,名称,街道,区县,城市,电话\n\
                310110012003,四平居委会,四平街道,杨浦区,上海市,\n\
                310110012004,鞍山居委会,四平街道,杨浦区,上海市,65010001\n\
                310110013005,鞍山居委会,控江路街道,杨浦区,上海市,\n\
                310104001001,武康居委会,湖南路街道,徐汇区,上海市,\n";
    let place = bring(&clerk, text).await;
    let seen = clerk.page(&place).await;
    assert!(seen.contains("1 new, 2 renamed, 1 changed otherwise, 1 unchanged"), "{seen}");
    for shown in ["武康居委会", "四平居委会", "四平路街道", "四平街道", "<ins>65010001</ins>"]
    {
        assert!(seen.contains(shown), "{shown}");
    }
    assert!(clerk.page("/committees").await.contains("5 in all"), "the preview wrote");
    for _ in 0..2 {
        let answer = clerk.post(&place, &[]).await;
        assert_eq!((answer.status().as_u16(), location(&answer)), (303, "/committees".to_owned()));
    }
    assert!(clerk.page("/committees").await.contains("6 in all"));
    assert!(clerk.page("/members?q=四平街道+四平居委会").await.contains("朱颖"));
    assert!(index_is_whole(&office).await);
    let path = committee(&clerk, "四平路居委会").await;
    assert!(clerk.page(&format!("{path}/history")).await.contains("<ins>四平居委会</ins>"));
    let again = bring(&clerk, text).await;
    assert!(clerk.page(&again).await.contains("nothing to import"));
    let audit = clerk.page("/audit?action=committees-imported").await;
    assert!(audit.contains("Imported a directory"));
}

#[tokio::test]
async fn every_problem_of_a_directory_is_shown_by_row_and_column() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let text = "代码,名称,街道,区县\n\
                310110012003,四平路居委会,四平路街道,杨浦区\n\
                310110012003,又一个居委会,四平路街道,杨浦区\n\
                12,短居委会,四平路街道,杨浦区\n\
                310110012009,,四平路街道,杨浦区\n\
                310110012010,新居委会,别的街道,杨浦区\n";
    let place = bring(&clerk, text).await;
    let seen = clerk.page(&place).await;
    assert!(seen.contains("There are 4 problems"), "{seen}");
    for at in ["A3", "A4", "B5", "C6"] {
        assert!(seen.contains(&format!("<td class=\"code\">{at}</td>")), "{at}");
    }
    let answer = clerk.post(&place, &[("form", "x")]).await;
    assert_eq!(location(&answer), place, "a file with problems is not taken in");
    let headless = bring(&clerk, "a,b\n1,2\n").await;
    assert!(clerk.page(&headless).await.contains("There is one problem"));
    let nothing = clerk
        .request(reqwest::Method::POST, "/committees/import")
        .multipart(Form::new().text("other", "x"))
        .send()
        .await
        .unwrap();
    assert_eq!(nothing.status(), 422);
}
