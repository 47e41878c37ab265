//! Experiences: what is worth telling on.

use linli::web::Role;

use crate::office::{Browser, Office, hidden, location};

/// Writes an experience up, which must be saved; its path.
async fn write(clerk: &Browser, form: &[(&str, &str)]) -> String {
    let answer = clerk.post("/experiences/new", form).await;
    let (status, place) = (answer.status(), location(&answer));
    assert_eq!(status, 303, "{}", answer.text().await.unwrap());
    place
}

async fn register(clerk: &Browser, name: &str, skills: &str) -> String {
    let form = [("name", name), ("address", "四平路1号"), ("skills", skills), ("confirmed", "yes")];
    clerk.register(&form).await
}

const REPAIR: [(&str, &str); 4] = [
    ("title", "约好时间再上门修电脑"),
    ("words", "先打电话问清毛病，带上零件再去。"),
    ("area", "good-deeds"),
    ("skills", "编程"),
];

#[tokio::test]
async fn an_experience_is_written_up_from_what_was_told_and_names_only_who_agrees() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let member = register(&clerk, "朱颖", "编程").await;
    let member = member.rsplit('/').next().unwrap();
    let form = [("subject", "经验交流"), ("kind", "exchange"), ("day", "2026-03-07")];
    let meeting = location(&clerk.post("/meetings/new", &form).await);
    let told = [("who", "朱颖"), ("words", "先打电话问清毛病")];
    clerk.post(&format!("{meeting}/told"), &told).await;
    let page = clerk.page(&meeting).await;
    let start = page.find("/experiences/new?line=").unwrap();
    let new = page[start..].split('"').next().unwrap();
    let form = clerk.page(new).await;
    assert!(form.contains("先打电话问清毛病</textarea>"), "{form}");
    assert!(form.contains(&format!("name=\"member\" value=\"{member}\"><span>朱颖")), "unticked");
    let from = hidden(&form, "meeting");
    let unnamed = write(&clerk, &[&REPAIR[..], &[("meeting", from.as_str())]].concat()).await;
    let page = clerk.page(&unnamed).await;
    assert!(!page.contains("朱颖") && page.contains("经验交流"), "{page}");
    assert!(clerk.page(&meeting).await.contains("约好时间再上门修电脑"));
    let edit = clerk.page(&format!("{unnamed}/edit")).await;
    let version = hidden(&edit, "version");
    let named = [&REPAIR[..], &[("member", member), ("version", version.as_str())]].concat();
    assert_eq!(clerk.post(&format!("{unnamed}/edit"), &named).await.status(), 303);
    let page = clerk.page(&unnamed).await;
    assert!(page.contains("朱颖</a>") && page.contains("经验交流"), "{page}");
    let late = [&REPAIR[..2], &[("title", "另一个"), ("version", version.as_str())]].concat();
    let answer = clerk.post(&format!("{unnamed}/edit"), &late[1..]).await;
    assert_eq!(answer.status(), 409);
    assert!(answer.text().await.unwrap().contains("<del>朱颖</del>"));
}

#[tokio::test]
async fn experiences_are_found_by_words_area_skill_and_who_told_them() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let member = register(&clerk, "朱颖", "编程、书法").await;
    let member = member.rsplit('/').next().unwrap();
    write(&clerk, &[&REPAIR[..], &[("who", "朱颖")]].concat()).await;
    let other = [
        ("title", "写春联"),
        ("words", "腊月里先备纸墨。"),
        ("area", "culture"),
        ("skills", "书法"),
    ];
    let other = write(&clerk, &other).await;
    let skills = clerk.page("/experiences").await;
    let skill = skills.split("\">编程</option>").next().unwrap().rsplit('"').next().unwrap();
    for query in [
        "q=零件",
        "q=yuehao",
        "area=good-deeds",
        &format!("skill={skill}"),
        &format!("member={member}"),
    ] {
        let page = clerk.page(&format!("/experiences?{query}")).await;
        assert!(
            page.contains("约好时间再上门修电脑") && !page.contains("写春联"),
            "{query}: {page}"
        );
    }
    clerk.post(&format!("{other}/remove"), &[]).await;
    assert!(!clerk.page("/experiences?q=春联").await.contains("腊月"));
    assert!(clerk.page("/experiences/bin").await.contains("写春联"));
    clerk.post(&format!("{other}/restore"), &[]).await;
    assert!(clerk.page("/experiences?q=春联").await.contains("腊月"));
}

#[tokio::test]
async fn the_one_search_box_leads_to_experiences_too() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    register(&clerk, "朱颖", "编程").await;
    let place = write(&clerk, &REPAIR).await;
    let found = clerk.page("/members?q=编程").await;
    assert!(found.contains("hx-get=\"/experiences/found?q="), "{found}");
    assert!(found.contains("href=\"/experiences?q="), "a link for those without scripts: {found}");
    assert!(!clerk.page("/members").await.contains("/experiences/found"), "only for words");
    let line = clerk.page("/experiences/found?q=编程").await;
    assert!(line.contains("One experience") && line.contains(&place), "{line}");
    assert_eq!(clerk.page("/experiences/found?q=钓鱼").await.trim(), "");
    let all = clerk.page("/experiences/found?q=").await;
    assert_eq!(all.trim(), "");
}

#[tokio::test]
async fn what_is_wrong_with_an_experience_is_said_beside_the_field() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let form = [("title", ""), ("words", ""), ("skills", "钓鱼"), ("who", "nobody")];
    let answer = clerk.post("/experiences/new", &form).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    for field in ["title", "words", "skills", "who"] {
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}: {page}");
    }
    assert!(page.contains("value=\"钓鱼\"") && page.contains("value=\"nobody\""), "{page}");
}
