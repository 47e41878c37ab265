//! The desk: every figure leads to the list that it counts.

use linli::members::spread;
use linli::web::{Role, Scope};

use crate::erase::erase;
use crate::import::bring;
use crate::merge::{merge, undo};
use crate::office::{Browser, Office, hidden, location};

async fn office_with_members() -> Office {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let first = office.branch("第一党支部").await.to_string();
    let second = office.branch("第二党支部").await.to_string();
    for (name, branch, committee, unattached, host) in [
        ("朱颖", &first, "310110012003", "", ""),
        ("王伟", &first, "310110012003", "", ""),
        ("李强", &second, "310110012004", "", ""),
        ("张敏", &second, "310109016002", "", ""),
        ("刘洋", &first, "", "yes", "310110013005"),
        ("陈静", &second, "", "yes", ""),
        ("杨帆", &first, "", "", ""),
    ] {
        let form = [
            ("name", name),
            ("branch", branch.as_str()),
            ("address", "四平路1号"),
            ("committee", committee),
            ("unattached", unattached),
            ("host", host),
        ];
        clerk.register(&form).await;
    }
    let removed = clerk.register(&[("name", "赵磊"), ("address", "a"), ("branch", &first)]).await;
    clerk.post(&format!("{removed}/remove"), &[]).await;
    office
}

/// The rows of the table beside the picture: name, where it leads, the list, how many.
fn rows(page: &str) -> Vec<(String, String, String, i64)> {
    let table = page.split("<table class=\"bars\">").nth(1).unwrap();
    let table = table.split("</table>").next().unwrap();
    let link = |part: &str| {
        let url = part.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let text = part.split("<a ").nth(1).unwrap().split('>').nth(1).unwrap();
        (url, text.split('<').next().unwrap().to_owned())
    };
    table
        .split("<tr><th scope=\"row\">")
        .skip(1)
        .map(|row| {
            let (name, count) = row.split_once("<td class=\"num\">").unwrap();
            let ((url, name), (list, count)) = (link(name), link(count));
            (name, url, list, count.parse().unwrap())
        })
        .collect()
}

/// How many members a list says that it holds.
async fn listed(clerk: &Browser, path: &str) -> i64 {
    let page = clerk.page(path).await;
    let count = page.split("<small>").nth(1).unwrap();
    count.split(' ').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn each_figure_of_the_picture_is_what_its_list_holds_within_what_one_may_see() {
    let office = office_with_members().await;
    let second = office.branch("第二党支部").await;
    let both = vec![office.branch("第一党支部").await, second];
    for (scope, cities, all) in [
        (Scope::All, vec![("杨浦区", 4), ("虹口区", 1)], 7),
        (Scope::Branches(both), vec![("杨浦区", 4), ("虹口区", 1)], 7),
        (Scope::Branches(vec![second]), vec![("虹口区", 1), ("杨浦区", 1)], 3),
    ] {
        let clerk = office.signed_in_for(Role::Staff, scope).await;
        let desk = clerk.page("/").await;
        assert!(desk.contains(&format!("<a href=\"/members\">{all}</a>")), "{desk}");
        let shown = rows(&desk);
        let districts: Vec<_> = shown[..2].iter().map(|row| (row.0.as_str(), row.3)).collect();
        assert_eq!(districts, cities);
        let mut levels = vec!["/".to_owned()];
        let mut seen = 0;
        while let Some(level) = levels.pop() {
            for (name, below, list, count) in rows(&clerk.page(&level).await) {
                assert_eq!(listed(&clerk, &list).await, count, "{name} at {level}");
                seen += 1;
                if below.starts_with("/?") {
                    levels.push(below);
                }
            }
        }
        // Districts and who has no committee, sub-districts, committees.
        assert_eq!(seen, if all == 7 { 4 + 3 + 4 } else { 4 + 2 + 2 });
    }
}

#[tokio::test]
async fn the_picture_leads_from_districts_to_sub_districts_to_lists() {
    let office = office_with_members().await;
    let clerk = office.signed_in(Role::Staff).await;
    let city = clerk.page("/").await;
    assert!(city.contains("href=\"/?street=310110012\" tabindex=\"-1\""));
    let district = clerk.page("/?district=310110").await;
    assert!(district.contains("<a href=\"/\">All districts</a>"));
    assert!(district.contains("href=\"/?street=310110013\""));
    assert!(district.contains("<title>四平路居委会: 2 members</title>"));
    let street = clerk.page("/?street=310110012").await;
    assert!(street.contains("<a href=\"/?district=310110\">杨浦区</a>"));
    assert!(!street.contains("控江路街道"));
    for nowhere in ["/?district=999999", "/?street=x", "/?district=%00&street=%22"] {
        assert!(clerk.page(nowhere).await.contains("虹口区"), "{nowhere}");
    }
}

#[tokio::test]
async fn an_empty_registry_shows_the_first_steps_and_ticks_them_off() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let desk = clerk.page("/").await;
    assert!(desk.contains("First steps"));
    assert_eq!(desk.matches("<li class=\"done\">").count(), 2, "committees and branches are there");
    assert!(desk.contains("href=\"/members/import\""));
    let staff = office.signed_in(Role::Staff).await;
    assert!(!staff.page("/").await.contains("href=\"/committees/import\""));
    clerk.register(&[("name", "朱颖"), ("address", "四平路1号")]).await;
    assert!(!clerk.page("/").await.contains("First steps"));
}

#[tokio::test]
async fn what_waits_is_what_the_office_can_act_on() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    clerk.register(&[("name", "朱颖"), ("address", "四平路1号")]).await;
    let text = "姓名,住址,居委会代码\n王伟,四平路1号,310110012003\n,和平路2号,\n";
    let answer = clerk.bring("/members/import", "名册.csv", text.into()).await;
    let place = crate::office::location(&answer);
    let batch = crate::office::location(&clerk.post(&place, &[("partly", "yes")]).await);
    let desk = clerk.page("/").await;
    assert!(desk.contains("One member’s committee is to be settled"));
    assert!(
        desk.contains(&format!("<a href=\"{batch}\">One row of 名册.csv was not imported</a>"))
    );
    let administrator = office.signed_in(Role::Administrator).await;
    assert!(administrator.page("/").await.contains("名册.csv"));
    let other = office.signed_in(Role::Staff).await;
    assert!(!other.page("/").await.contains("名册.csv"), "the matter of who imported it");
    clerk.post(&format!("{batch}/undo"), &[]).await;
    assert!(!clerk.page("/").await.contains("名册.csv"));
}

#[tokio::test]
async fn the_figures_follow_every_way_in_which_members_come_move_and_go() {
    let office = office_with_members().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let mut told = Vec::new();
    let tell = async |what: &'static str| {
        let mut connection = office.app.db.read().await.unwrap();
        let differing = spread::differing(&mut connection).await.unwrap();
        assert!(differing.is_empty(), "{what}: {differing:?}");
        spread::standing(&mut connection).await.map(|s| [s.members, s.unattached, s.unsettled])
    };
    told.push(tell("registered").await.unwrap());
    let page = clerk.page("/members/1/edit").await;
    let moved = [
        ("name", "朱颖"),
        ("address", "四平路1号"),
        ("unattached", "yes"),
        ("version", &hidden(&page, "version")),
        ("form", &hidden(&page, "form")),
    ];
    assert_eq!(clerk.post("/members/1/edit", &moved).await.status(), 303);
    told.push(tell("moved where no committee is").await.unwrap());
    merge(&clerk, "/members/2", "/members/3", &[]).await;
    told.push(tell("merged").await.unwrap());
    undo(&clerk, "/members/2").await;
    told.push(tell("taken apart").await.unwrap());
    assert_eq!(clerk.post("/members/8/restore", &[]).await.status(), 303);
    told.push(tell("taken out of the bin").await.unwrap());
    assert_eq!(clerk.post("/members/8/remove", &[]).await.status(), 303);
    assert_eq!(erase(&clerk, "/members/8", "赵磊").await.0, 303);
    told.push(tell("erased").await.unwrap());
    let text = "姓名,住址,居委会代码\n孙丽,四平路1号,310110012003\n周杰,四平路2号,\n";
    let place = location(&bring(&clerk, "members.csv", text.into()).await);
    let batch = location(&clerk.post(&place, &[]).await);
    told.push(tell("imported").await.unwrap());
    clerk.post(&format!("{batch}/undo"), &[]).await;
    told.push(tell("taken back").await.unwrap());
    assert_eq!(
        told,
        [[7, 3, 1], [7, 4, 1], [6, 4, 1], [7, 4, 1], [8, 5, 2], [7, 4, 1], [9, 5, 2], [7, 4, 1]]
    );
}
