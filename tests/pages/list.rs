//! The list of members: its pages, and what narrows it.

use linli::web::Role;

use crate::office::{Browser, Office, hidden, location};

/// An office with so many members, of whom every third can write programs.
async fn office_with(members: usize) -> (Office, Browser) {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let mut text = "姓名,工号,住址,居委会代码,个人专长\n".to_owned();
    let committees = ["310110012003", "310110012004", "310110013005", "310109009001"];
    for at in 0..members {
        let given = char::from_u32(0x4E00 + u32::try_from(at).unwrap()).unwrap();
        let committee = committees[at % committees.len()];
        let skill = if at % 3 == 0 { "编程" } else { "" };
        text.push_str(&format!("王{given},T{at:04},四平路{at}号,{committee},{skill}\n"));
    }
    let answer = clerk.bring("/members/import", "members.csv", text.into_bytes()).await;
    clerk.post(&location(&answer), &[]).await;
    (office, clerk)
}

fn link(page: &str, rel: &str) -> Option<String> {
    let (_, after) = page.split_once(&format!("rel=\"{rel}\" href=\""))?;
    Some(after.split('"').next().unwrap().replace("&#38;", "&"))
}

fn numbers(page: &str) -> Vec<String> {
    let cells = page.split("data-label=\"Employee number\">").skip(1);
    cells.map(|cell| cell.split('<').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn pages_turn_forward_and_back_and_show_everyone_once_in_order() {
    let (_office, clerk) = office_with(130).await;
    for (list, all) in
        [("/members", 130), ("/members?sort=newest", 130), ("/members?q=wang&district=310110", 98)]
    {
        let mut pages = vec![clerk.page(list).await];
        while let Some(next) = link(pages.last().unwrap(), "next") {
            pages.push(clerk.page(&next).await);
        }
        let seen: Vec<String> = pages.iter().flat_map(|page| numbers(page)).collect();
        assert_eq!(seen.len(), all, "{list}");
        let mut once = seen.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), all, "{list}");
        if list.ends_with("newest") {
            assert!(seen.is_sorted_by(|one, other| one > other));
        }
        let mut page = pages.last().unwrap().clone();
        for before in pages.iter().rev().skip(1) {
            page = clerk.page(&link(&page, "prev").unwrap()).await;
            assert_eq!(numbers(&page), numbers(before), "{list}");
        }
        assert!(link(&page, "prev").is_none(), "the first page has none before it");
    }
    let beyond = clerk.page("/members?before=0").await;
    assert_eq!(numbers(&beyond), numbers(&clerk.page("/members").await));
}

#[tokio::test]
async fn the_newest_of_thousands_come_first_whether_a_search_finds_many_or_few_of_long_ago() {
    let (_office, clerk) = office_with(4600).await;
    for (search, all) in [
        ("q=王", 4600_usize),
        ("skill=1", 1534),
        ("district=310109&skill=1", 384),
        // 4, 40 to 49, 400 to 499 and 4000 to 4599.
        ("q=四平路4", 711),
        ("q=四平路44号", 1),
    ] {
        let mut page = clerk.page(&format!("/members?{search}&sort=newest")).await;
        let mut seen = Vec::new();
        // The whole list of those that are few, and of the others the beginning and the end.
        loop {
            assert!(numbers(&page).is_sorted_by(|one, other| one > other), "{search}");
            seen.extend(numbers(&page));
            match link(&page, "next") {
                Some(next) if all < 2000 || seen.len() < 150 => page = clerk.page(&next).await,
                _ => break,
            }
        }
        assert!(seen.is_sorted_by(|one, other| one > other), "{search}");
        if all < 2000 {
            assert_eq!(seen.len(), all, "{search}");
        }
        let before = clerk.page(&link(&page, "prev").unwrap_or_default()).await;
        if all > 50 {
            assert!(numbers(&before).last() > numbers(&page).first(), "{search}");
            assert_eq!(numbers(&before).len(), 50, "{search}");
        }
    }
}

#[tokio::test]
async fn a_search_of_several_words_stays_true_while_members_come_change_and_go() {
    let (_office, clerk) = office_with(1200).await;
    let count = |page: &str| -> String {
        let (_, after) = page.split_once("<small>").unwrap();
        after.split(" member").next().unwrap().to_owned()
    };
    let both = "/members?q=王 编程&street=310110012";
    assert_eq!(count(&clerk.page(both).await), "200");
    assert_eq!(count(&clerk.page("/members?q=王 编程").await), "400");
    let record = clerk
        .register(&[
            ("name", "王新来"),
            ("address", "四平路9号"),
            ("committee", "310110012003"),
            ("skills", "编程"),
        ])
        .await;
    assert_eq!(count(&clerk.page(both).await), "201");
    let newest = clerk.page(&format!("{both}&sort=newest")).await;
    assert!(newest.find("王新来").unwrap() < newest.find("T1").unwrap());
    let edit = format!("{record}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let form = [
        ("name", "王新来"),
        ("address", "四平路9号"),
        ("committee", "310110012003"),
        ("skills", "书法"),
        ("version", &version),
    ];
    assert_eq!(clerk.post(&edit, &form).await.status(), 303);
    assert_eq!(count(&clerk.page(both).await), "200");
    let first = clerk.page(both).await;
    let someone = first.split("href=\"/members/").find_map(|link| {
        let id = link.split('"').next()?;
        id.parse::<i64>().ok()
    });
    let removal = format!("/members/{}/remove", someone.unwrap());
    assert_eq!(clerk.post(&removal, &[]).await.status(), 303);
    assert_eq!(count(&clerk.page(both).await), "199");
    assert_eq!(count(&clerk.page("/members?q=王 编程").await), "399");
}

#[tokio::test]
async fn each_choice_beside_the_list_counts_what_it_leads_to_and_a_chosen_one_leads_back() {
    let (_office, clerk) = office_with(40).await;
    let choices = |page: &str| -> Vec<(String, String, bool)> {
        page.split("<li><a href=\"")
            .skip(1)
            .map(|choice| {
                let (url, rest) = choice.split_once('"').unwrap();
                let count = rest.split("class=\"num\">").nth(1).unwrap_or_default();
                let count = count.split('<').next().unwrap().to_owned();
                let chosen = rest.split("</a>").next().unwrap().contains("aria-current");
                (url.replace("&#38;", "&"), count, chosen)
            })
            .collect()
    };
    let all = clerk.page("/members/facets").await;
    let mut seen = 0;
    for (url, count, chosen) in choices(&all) {
        assert!(!chosen);
        let list = clerk.page(&url).await;
        assert!(list.contains(&format!("<small>{count} member")), "{url}");
        seen += 1;
    }
    assert_eq!(seen, 3, "two districts and a skill: nobody is without a committee or of a branch");
    let street = clerk.page("/members/facets?street=310110012&skill=1").await;
    assert!(street.contains("控江路街道") && street.contains("鞍山居委会"));
    let taken_away: Vec<String> =
        choices(&street).into_iter().filter(|choice| choice.2).map(|choice| choice.0).collect();
    assert_eq!(
        taken_away,
        ["/members?skill=1", "/members?district=310110&skill=1", "/members?street=310110012"],
        "the whole city, the district, any skill"
    );
}
