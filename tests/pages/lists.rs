//! Skills and branches: counted, renamed, merged.

use linli::members::search::check;
use linli::web::{Role, Scope};

use crate::office::{Browser, Office, hidden, location};

/// Three members of two branches, and one who was removed.
async fn office_with_members() -> (Office, Browser) {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let first = office.branch("第一党支部").await.to_string();
    let second = office.branch("第二党支部").await.to_string();
    for (name, branch, skills) in [
        ("朱颖", &first, "编程、英语"),
        ("王伟", &first, "编成"),
        ("李强", &second, "编程、编成"),
        ("赵磊", &second, "编程"),
    ] {
        let form = [("name", name), ("address", "a"), ("branch", branch), ("skills", skills)];
        let place = clerk.register(&form).await;
        if name == "赵磊" {
            clerk.post(&format!("{place}/remove"), &[]).await;
        }
    }
    (office, clerk)
}

/// The id and count of an entry in a list.
async fn entry(clerk: &Browser, list: &str, name: &str) -> (String, i64) {
    let page = clerk.page(&format!("/{list}")).await;
    let (before, after) = page.split_once(&format!("\">{name}</a></th>")).unwrap();
    let id = before.rsplit('=').next().unwrap().to_owned();
    let count = after.split("class=\"num\">").nth(1).unwrap();
    (id, count.split('<').next().unwrap().parse().unwrap())
}

async fn index_is_whole(office: &Office) -> bool {
    let mut connection = office.app.db.maintenance().await.unwrap();
    check::differences(&mut connection).await.unwrap().is_empty()
}

#[tokio::test]
async fn each_skill_and_branch_says_how_many_members_its_list_holds() {
    let (office, clerk) = office_with_members().await;
    let second = office.branch("第二党支部").await;
    let staff = office.signed_in_for(Role::Staff, Scope::Branches(vec![second])).await;
    for (who, list, name, expected) in [
        (&clerk, "skills", "编程", 2),
        (&clerk, "skills", "编成", 2),
        (&clerk, "skills", "英语", 1),
        (&clerk, "branches", "第一党支部", 2),
        (&clerk, "branches", "第二党支部", 1),
        (&staff, "skills", "编程", 1),
        (&staff, "skills", "英语", 0),
        (&staff, "branches", "第一党支部", 0),
        (&staff, "branches", "第二党支部", 1),
    ] {
        let (id, count) = entry(who, list, name).await;
        assert_eq!(count, expected, "{name}");
        let property = if list == "skills" { "skill" } else { "branch" };
        let listed = who.page(&format!("/members?{property}={id}")).await;
        let words = if count == 1 { "1 member<".to_owned() } else { format!("{count} members<") };
        assert!(listed.contains(&words), "{name}");
    }
}

#[tokio::test]
async fn a_renamed_skill_is_known_by_its_old_name_and_may_be_called_so_again() {
    let (office, clerk) = office_with_members().await;
    let (id, _) = entry(&clerk, "skills", "英语").await;
    let place = format!("/skills/{id}");
    for (old, new) in [("英语", "外语"), ("外语", "英语"), ("英语", "英语口语")] {
        let page = clerk.page(&place).await;
        let (version, token) = (hidden(&page, "version"), hidden(&page, "form"));
        let form = [("name", new), ("version", version.as_str()), ("form", token.as_str())];
        for _ in 0..2 {
            let answer = clerk.post(&place, &form).await;
            assert_eq!((answer.status().as_u16(), location(&answer)), (303, "/skills".to_owned()));
        }
        assert_eq!(entry(&clerk, "skills", new).await, (id.clone(), 1));
        let with_old = [("name", "张敏"), ("address", new), ("skills", old)];
        let member = clerk.register(&with_old).await;
        assert!(clerk.page(&member).await.contains(new), "{old} means {new}");
        clerk.post(&format!("{member}/remove"), &[]).await;
    }
    let taken = [("name", "编程"), ("version", "99")];
    assert_eq!(clerk.post(&place, &taken).await.status(), 422);
    let stale = [("name", "德语"), ("version", "1")];
    assert_eq!(clerk.post(&place, &stale).await.status(), 422);
    assert!(index_is_whole(&office).await);
}

#[tokio::test]
async fn a_merge_says_how_many_members_move_before_it_moves_them() {
    let (office, clerk) = office_with_members().await;
    let (wrong, _) = entry(&clerk, "skills", "编成").await;
    let (right, _) = entry(&clerk, "skills", "编程").await;
    let place = format!("/skills/{wrong}/merge");
    for nowhere in ["", "x", wrong.as_str(), "9999"] {
        assert_eq!(clerk.post(&place, &[("into", nowhere)]).await.status(), 422, "{nowhere}");
    }
    let asked = clerk.post(&place, &[("into", &right), ("form", "a")]).await;
    let page = asked.text().await.unwrap();
    assert!(page.contains("2 members with 编成 will have 编程 instead"), "{page}");
    assert_eq!(entry(&clerk, "skills", "编成").await.1, 2, "nothing happened yet");
    assert_eq!(hidden(&page, "form"), "a");
    let form = [("into", right.as_str()), ("confirmed", "yes"), ("form", "a")];
    for _ in 0..2 {
        assert_eq!(location(&clerk.post(&place, &form).await), "/skills");
    }
    assert_eq!(entry(&clerk, "skills", "编程").await.1, 3);
    assert!(!clerk.page("/skills").await.contains("编成"));
    assert!(clerk.page("/members?q=编程").await.contains("3 members"));
    assert!(index_is_whole(&office).await);
}

#[tokio::test]
async fn merging_branches_says_who_may_change_more_members_then() {
    let (office, clerk) = office_with_members().await;
    let first = office.branch("第一党支部").await;
    let second = office.branch("第二党支部").await;
    let staff = office.signed_in_for(Role::Staff, Scope::Branches(vec![first])).await;
    let place = format!("/branches/{first}/merge");
    let into = second.to_string();
    let page = clerk.post(&place, &[("into", &into)]).await.text().await.unwrap();
    assert!(page.contains("2 members of 第一党支部 move to 第二党支部"), "{page}");
    assert!(page.contains("One account that may change the members of 第一党支部"));
    let edit = clerk.page("/members/1/edit").await;
    clerk.post(&place, &[("into", &into), ("confirmed", "yes")]).await;
    assert_eq!(entry(&staff, "branches", "第二党支部").await.1, 3);
    let branch = first.to_string();
    let stale = [
        ("name", "朱颖"),
        ("address", "b"),
        ("branch", branch.as_str()),
        ("version", &hidden(&edit, "version")),
    ];
    let answer = clerk.post("/members/1/edit", &stale).await;
    assert_eq!(answer.status(), 409, "a form from before does not bring the old branch back");
    assert!(index_is_whole(&office).await);
}
