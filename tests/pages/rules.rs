//! Address rules: kept, tried, and offered while a member is registered.

use linli::web::{Role, Scope};

use crate::office::{Browser, Office, hidden, location};

/// Adds a rule, which must be saved.
pub async fn rule(clerk: &Browser, road: &str, numbers: &str, committee: &str, from: &str) {
    let form =
        [("road", road), ("numbers", numbers), ("committee", committee), ("valid_from", from)];
    let answer = clerk.post("/addresses/new", &form).await;
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
}

/// The path of the first rule that the list links to.
async fn first_rule(clerk: &Browser, list: &str) -> String {
    let page = clerk.page(list).await;
    let at = page.find("<td class=\"name\"><a href=\"").unwrap() + 26;
    page[at..].split('"').next().unwrap().to_owned()
}

/// How many rules the list's heading counts.
async fn counted(clerk: &Browser, list: &str) -> String {
    let page = clerk.page(list).await;
    let heading = page.split("<h1>").nth(1).unwrap();
    heading.split("muted\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_rule_is_kept_in_one_form_and_found_by_road_committee_and_pinyin() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    rule(&clerk, "杨浦区四平路", "１８０至２２０弄（双号）", "310110012003", "").await;
    rule(&clerk, "和平路", "1-99号", "公平路居委会", "2026-01-31").await;
    let all = clerk.page("/addresses").await;
    assert!(all.contains(">四平路180-220弄</a>") && all.contains(">even</span>"), "{all}");
    assert!(all.find("和平路").unwrap() < all.find("四平路180").unwrap(), "not as in a phone book");
    assert!(all.contains("31 January 2026") && all.contains("always"));
    for (typed, found, other) in [
        ("四平路", "四平路180", "和平路1-99号"),
        ("spl", "四平路180", "和平路1-99号"),
        ("hepinglu", "和平路1-99号", "四平路180"),
        ("公平路居委会", "和平路1-99号", "四平路180"),
    ] {
        let page = clerk.page(&format!("/addresses?q={typed}")).await;
        assert!(page.contains(found) && !page.contains(other), "{typed}: {page}");
    }
    // A road and a sub-district of one name: the road is meant.
    rule(&clerk, "鞍山路", "1-9号", "四平路居委会", "").await;
    rule(&clerk, "抚顺路", "1-9号", "310110012004", "").await;
    let road = clerk.page("/addresses?q=四平路").await;
    assert!(road.contains("鞍山路1-9号</a>") && !road.contains("抚顺路1-9号</a>"), "{road}");
    assert!(clerk.page("/addresses?q=310110012004").await.contains("抚顺路1-9号</a>"));
    let of_committee = clerk.page("/addresses?committee=3").await;
    assert!(of_committee.contains("四平路180") && !of_committee.contains("和平路1-99号"));
    assert!(clerk.page("/addresses?q=nowhere").await.contains("Nothing found"));
}

#[tokio::test]
async fn what_is_wrong_with_a_rule_is_said_beside_the_field_and_nothing_typed_is_lost() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let form = [
        ("road", "四平路180弄"),
        ("numbers", "99-1号"),
        ("committee", "鞍山居委会"),
        ("valid_from", "soon"),
    ];
    let answer = clerk.post("/addresses/new", &form).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    for field in ["road", "numbers", "committee", "valid_from"] {
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}");
    }
    assert!(page.contains("控江路街道"), "both committees of the name are offered");
    for kept in ["四平路180弄", "99-1号", "soon"] {
        assert!(page.contains(&format!("value=\"{kept}\"")), "{kept} was lost");
    }
    let answer = clerk.post("/addresses/new", &[]).await;
    assert_eq!(answer.text().await.unwrap().matches("Please fill this in.</p>").count(), 3);
    assert_eq!(counted(&clerk, "/addresses").await, "0 rules");
}

#[tokio::test]
async fn a_rule_that_overlaps_another_committees_is_named_and_saved_only_once_that_was_seen() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    rule(&clerk, "四平路", "180-220弄", "四平路居委会", "").await;
    rule(&clerk, "四平路", "200-210弄", "四平路居委会", "").await;
    rule(&clerk, "四平路", "221-230弄", "曲阳路居委会", "").await;
    let form = [
        ("road", "四平路"),
        ("numbers", "220弄5-9号"),
        ("committee", "曲阳路居委会"),
        ("valid_from", "2026-02-01"),
    ];
    let answer = clerk.post("/addresses/new", &form).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    let beside = page.split("id=\"numbers-error\">").nth(1).unwrap().split("</p>").next().unwrap();
    assert!(beside.contains("四平路180-220弄 → 四平路居委会"), "{beside}");
    assert_eq!(counted(&clerk, "/addresses").await, "3 rules");
    let seen = [form.as_slice(), &[("confirmed", "yes")]].concat();
    assert_eq!(clerk.post("/addresses/new", &seen).await.status(), 303);
    assert_eq!(counted(&clerk, "/addresses").await, "4 rules");
    let same_day = [("road", "四平路"), ("numbers", "219-240弄"), ("committee", "曲阳路居委会")];
    let answer = clerk.post("/addresses/new", &same_day).await;
    assert!(answer.text().await.unwrap().contains("wait for a person to decide"));
    // The very same numbers from the same day on cannot belong to two committees.
    let same = [
        ("road", "四平路"),
        ("numbers", "180弄-220弄"),
        ("committee", "310110013005"),
        ("confirmed", "yes"),
    ];
    let answer = clerk.post("/addresses/new", &same[..3]).await;
    assert_eq!(answer.status(), 422);
    let answer = clerk.post("/addresses/new", &same).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("There is such a rule already"));
}

#[tokio::test]
async fn a_road_of_one_name_in_two_districts_has_rules_for_both() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    rule(&clerk, "人民路", "1-99号", "四平路居委会", "").await;
    let other = [("road", "人民路"), ("numbers", "1-99号"), ("committee", "曲阳路居委会")];
    assert_eq!(clerk.post("/addresses/new", &other).await.status(), 422);
    let other = [other.as_slice(), &[("confirmed", "yes")]].concat();
    assert_eq!(clerk.post("/addresses/new", &other).await.status(), 303);
    let here = clerk.page("/addresses/suggest?address=虹口区人民路5号").await;
    assert!(here.contains("曲阳路居委会") && !here.contains("四平路居委会"), "{here}");
    let unclear = clerk.page("/addresses/suggest?address=人民路5号").await;
    assert!(unclear.contains("曲阳路居委会") && unclear.contains("四平路居委会"));
    let tried = clerk.page("/addresses/try?address=虹口区人民路5号").await;
    assert!(tried.contains("the address is in another district"), "{tried}");
}

#[tokio::test]
async fn a_rule_that_is_sent_twice_is_saved_once() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let token = hidden(&clerk.page("/addresses/new").await, "form");
    let form = [
        ("road", "四平路"),
        ("numbers", "180弄"),
        ("committee", "四平路居委会"),
        ("form", token.as_str()),
    ];
    for _ in 0..2 {
        assert_eq!(clerk.post("/addresses/new", &form).await.status(), 303);
    }
    assert_eq!(counted(&clerk, "/addresses").await, "1 rule".replace("1", "One"));
}

#[tokio::test]
async fn the_second_of_two_who_edit_a_rule_sees_both_versions_and_chooses() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    rule(&clerk, "四平路", "180弄", "四平路居委会", "").await;
    let place = first_rule(&clerk, "/addresses").await;
    let version = hidden(&clerk.page(&place).await, "version");
    let form = |numbers, version| {
        [
            ("road", "四平路"),
            ("numbers", numbers),
            ("committee", "四平路居委会"),
            ("version", version),
        ]
    };
    assert_eq!(clerk.post(&place, &form("182弄", &version)).await.status(), 303);
    let answer = clerk.post(&place, &form("184弄", &version)).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("<del>182弄</del>") && page.contains("<ins>184弄</ins>"), "{page}");
    let newer = hidden(&page, "version");
    assert_eq!(clerk.post(&place, &form("184弄", &newer)).await.status(), 303);
    assert!(clerk.page("/addresses").await.contains("四平路184弄"));
}

#[tokio::test]
async fn a_removed_rule_suggests_nothing_and_can_be_brought_back() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    rule(&clerk, "四平路", "180弄", "四平路居委会", "").await;
    let place = first_rule(&clerk, "/addresses").await;
    clerk.post(&format!("{place}/remove"), &[]).await;
    assert_eq!(counted(&clerk, "/addresses").await, "0 rules");
    assert!(clerk.page("/addresses/try?address=四平路180弄").await.contains("No rule fits"));
    assert!(clerk.page("/addresses/bin").await.contains("四平路180弄"));
    assert!(clerk.page(&place).await.contains(&format!("action=\"{place}/restore\"")));
    clerk.post(&format!("{place}/restore"), &[]).await;
    assert_eq!(counted(&clerk, "/addresses").await, "One rule");
    let log = clerk.page("/audit?record=rule").await;
    for done in ["Added an", "Removed an", "Brought an address rule back"] {
        assert!(log.contains(done), "{done}");
    }
    assert!(log.contains(&format!("href=\"{place}\"")));
}

#[tokio::test]
async fn a_removed_rule_stays_in_the_bin_when_another_took_its_place_or_thirty_days_have_passed() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    rule(&clerk, "四平路", "180弄", "四平路居委会", "").await;
    let place = first_rule(&clerk, "/addresses").await;
    clerk.post(&format!("{place}/remove"), &[]).await;
    rule(&clerk, "四平路", "180弄", "310110013005", "").await;
    let answer = clerk.post(&format!("{place}/restore"), &[]).await;
    assert!(clerk.page(&location(&answer)).await.contains("There is such a rule already"));
    assert_eq!(counted(&clerk, "/addresses").await, "One rule");
    let mut write = office.app.db.write().await.unwrap();
    sqlx::query("UPDATE address_rules SET removed_at = '2020-01-01' WHERE removed_at IS NOT NULL")
        .execute(&mut *write)
        .await
        .unwrap();
    write.commit().await.unwrap();
    assert_eq!(clerk.post(&format!("{place}/restore"), &[]).await.status(), 409);
    assert!(!clerk.page("/addresses/bin").await.contains("四平路180弄"));
}

#[tokio::test]
async fn pages_of_the_list_follow_each_other_without_a_gap() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    for number in 1..=60 {
        rule(&clerk, "四平路", &format!("{number}号"), "四平路居委会", "").await;
    }
    for number in 1..=60 {
        rule(&clerk, "四平路", &format!("{number}弄"), "四平路居委会", "").await;
    }
    let mut path = "/addresses?q=siping".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = clerk.page(&path).await;
        for cell in page.split("<td class=\"name\">").skip(1) {
            let place = cell.split('>').nth(1).unwrap().split('<').next().unwrap();
            seen.push(place.to_owned());
        }
        let Some(next) = page.split("rel=\"next\" href=\"").nth(1) else { break };
        path = next.split('"').next().unwrap().replace("&#38;", "&");
    }
    let lanes = (1..=60).map(|number| format!("四平路{number}弄"));
    let houses = (1..=60).map(|number| format!("四平路{number}号"));
    assert_eq!(seen, lanes.chain(houses).collect::<Vec<_>>());
}

#[tokio::test]
async fn an_address_is_tried_taken_apart_and_every_rule_of_it_explained() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    rule(&clerk, "四平路", "180-220弄", "四平路居委会", "2020-01-01").await;
    let newer = |numbers, committee, from| {
        [
            ("road", "四平路"),
            ("numbers", numbers),
            ("committee", committee),
            ("valid_from", from),
            ("confirmed", "yes"),
        ]
    };
    clerk.post("/addresses/new", &newer("200弄", "310110013005", "2021-01-01")).await;
    clerk.post("/addresses/new", &newer("200-300弄", "公平路居委会", "2999-01-01")).await;
    let page = clerk.page("/addresses/try?address=杨浦区四平路200弄5号").await;
    for part in ["<dd>杨浦区</dd>", "<dd>四平路</dd>", "<dd>200</dd>", "<dd>5</dd>"] {
        assert!(page.contains(part), "{part}");
    }
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text}: {page}"));
    assert!(at("tag-ok\">holds") < at("a newer or closer rule holds"));
    assert!(at("a newer or closer rule holds") < at("not yet valid"));
    assert!(at("<strong>鞍山居委会</strong>") < at("tag-ok\">holds"));
    let none = clerk.page("/addresses/try?address=四平路500弄").await;
    assert!(none.contains("No rule fits") && none.contains("3 more rules of this road"));
    assert!(none.contains("No registered member lives near"));
}

#[tokio::test]
async fn where_no_rule_fits_neighbours_on_record_say_which_committee_is_likely() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    for (name, address, committee) in [
        ("朱颖", "四平路180弄15号", "四平路居委会"),
        ("王伟", "四平路180弄3号", "四平路居委会"),
        ("李强", "四平路180弄9号", "曲阳路居委会"),
        ("张敏", "四平路180弄7号", ""),
        ("陈杰", "和平路15号", "公平路居委会"),
        ("赵磊", "和平路16号", "曲阳路居委会"),
        ("孙丽", "和平路99号", "曲阳路居委会"),
    ] {
        clerk.register(&[("name", name), ("address", address), ("committee", committee)]).await;
    }
    let lane = clerk.page("/addresses/suggest?address=四平路180弄88号").await;
    assert!(lane.contains("2 members live in this lane"), "{lane}");
    assert!(lane.find("四平路居委会").unwrap() < lane.find("曲阳路居委会").unwrap());
    let near = clerk.page("/addresses/suggest?address=和平路21号").await;
    assert!(near.contains("公平路居委会") && near.contains("One member lives at a near number"));
    assert!(!near.contains("曲阳路居委会"), "the other side of the road, or far away: {near}");
    let lane_beside = clerk.page("/addresses/suggest?address=四平路176弄").await;
    assert!(lane_beside.contains("2 members live at near numbers"), "{lane_beside}");
    rule(&clerk, "四平路", "180弄", "公平路居委会", "").await;
    let ruled = clerk.page("/addresses/suggest?address=四平路180弄88号").await;
    assert!(ruled.contains("Address rule: 四平路180弄 → 公平路居委会"));
    assert!(!ruled.contains("曲阳路居委会"), "a rule fits: {ruled}");
}

#[tokio::test]
async fn neighbours_are_counted_only_among_the_records_that_one_may_see() {
    let office = Office::open().await;
    let (first, second) = (office.branch("第一党支部").await, office.branch("第二党支部").await);
    let anyone = office.signed_in(Role::Administrator).await;
    let branch = first.to_string();
    let form = [
        ("name", "朱颖"),
        ("address", "四平路180弄15号"),
        ("committee", "四平路居委会"),
        ("branch", branch.as_str()),
    ];
    anyone.register(&form).await;
    let path = "/addresses/suggest?address=四平路180弄";
    assert!(anyone.page(path).await.contains("One member lives in this lane"));
    let own = office.signed_in_for(Role::Staff, Scope::Branches(vec![first])).await;
    assert!(own.page(path).await.contains("One member lives in this lane"));
    let other = office.signed_in_for(Role::Staff, Scope::Branches(vec![second])).await;
    assert!(!other.page(path).await.contains("member"));
    assert!(
        other.page("/addresses/try?address=四平路180弄").await.contains("No registered member")
    );
}

#[tokio::test]
async fn rules_move_with_a_committee_that_becomes_part_of_another() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    rule(&clerk, "四平路", "180弄", "四平路居委会", "").await;
    let answer =
        clerk.post("/committees/3/merge", &[("into", "曲阳路居委会"), ("confirmed", "yes")]).await;
    assert_eq!(answer.status(), 303);
    let said = clerk.page("/addresses/suggest?address=四平路180弄").await;
    assert!(said.contains("data-label=\"曲阳路居委会\""), "{said}");
}
