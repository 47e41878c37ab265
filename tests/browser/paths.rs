//! What people do in a day.

use thirtyfour::prelude::*;

use crate::chromium::{Setup, first_administrator};

#[tokio::test]
async fn from_the_link_to_a_registered_member_who_is_found() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    browser.driver.query(By::Css("a.register")).first().await.unwrap().click().await.unwrap();
    browser.fill("name", "朱颖").await;
    browser.fill("address", "四平路180弄15号402室").await;
    browser.fill("committee", "sipinglu").await;
    let option = browser.driver.query(By::Css("#committee-list [role=option]"));
    option.first().await.unwrap().click().await.unwrap();
    browser.fill("skills", "编程、英语").await;
    browser.send().await;
    browser.sees("四平路居委会").await;
    let find = browser.driver.query(By::Id("find")).first().await.unwrap();
    find.send_keys("zhuying").await.unwrap();
    find.send_keys(Key::Enter + "").await.unwrap();
    browser.sees("朱颖").await;
    assert!(browser.path().await.starts_with("/members?q=zhuying"));
    browser.quit().await;
}

#[tokio::test]
async fn a_member_is_registered_and_found_without_a_mouse() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    browser.goto("/members/new").await;
    let name = browser.field("name").await;
    name.focus().await.unwrap();
    browser.press("王伟").await;
    for typed in ["", "", "", "和平路9弄3号"] {
        browser.press(Key::Tab + typed).await;
    }
    // The last one goes on to the committee.
    browser.press(Key::Tab + "quyang").await;
    browser.driver.query(By::Css("#committee-list [role=option]")).first().await.unwrap();
    browser.press(Key::Down + "").await;
    browser.press(Key::Enter + "").await;
    assert_eq!(
        browser.field("committee").await.prop("value").await.unwrap().unwrap(),
        "曲阳路居委会"
    );
    browser.press(Key::Enter + "").await;
    browser.sees("曲阳路街道").await;
    browser.driver.query(By::Css("body")).first().await.unwrap().send_keys("/").await.unwrap();
    browser.press("ww").await;
    browser.press(Key::Enter + "").await;
    browser.sees("王伟").await;
    browser.quit().await;
}

#[tokio::test]
async fn everything_works_without_scripts() {
    let setup = Setup { script: false, ..Setup::default() };
    let (_office, browser) = first_administrator(setup).await;
    browser.goto("/members/new").await;
    browser.fill("address", "四平路1号").await;
    browser.fill("committee", "鞍山居委会").await;
    browser.send().await;
    browser.sees("请填写此项").await;
    browser.fill("name", "朱颖").await;
    let choice = browser.driver.query(By::Css("input[name=committee_pick]")).first().await.unwrap();
    choice.click().await.unwrap();
    browser.send().await;
    browser.sees("鞍山居委会").await;
    browser.goto("/members").await;
    let narrow = browser.driver.query(By::Css(".facets a, aside a")).first().await.unwrap();
    narrow.click().await.unwrap();
    browser.sees("杨浦区").await;
    browser.quit().await;
}

#[tokio::test]
async fn two_browsers_edit_one_record_and_the_second_chooses() {
    let (office, browser) = first_administrator(Setup::default()).await;
    browser.goto("/members/new").await;
    browser.fill("name", "朱颖").await;
    browser.fill("address", "四平路1号").await;
    browser.send().await;
    browser.sees("四平路1号").await;
    let edit = format!("{}/edit", browser.path().await);
    browser.goto(&edit).await;
    let other = crate::chromium::Chromium::open(&office, Setup::default()).await;
    other.goto("/login").await;
    other.fill("login", "wangfang").await;
    other.fill("password", crate::office::PASSWORD).await;
    other.send().await;
    other.goto(&edit).await;
    other.fill("address", "和平路2号").await;
    other.send().await;
    other.sees("和平路2号").await;
    other.quit().await;
    browser.fill("address", "新华路3号").await;
    let buttons = browser.driver.query(By::Css("main form .actions .button-primary"));
    buttons.first().await.unwrap().click().await.unwrap();
    browser.sees("和平路2号").await;
    assert_eq!(browser.field("address").await.prop("value").await.unwrap().unwrap(), "新华路3号");
    browser.send().await;
    browser.sees("新华路3号").await;
    assert!(!browser.path().await.ends_with("/edit"));
    browser.quit().await;
}

/// Registers two records of 朱颖 by hand; the path of the first.
async fn register_twice(browser: &crate::chromium::Chromium) -> String {
    let mut places = Vec::new();
    for (address, phone) in [("四平路1号", "13800000001"), ("和平路2号", "13900000002")] {
        browser.goto("/members/new").await;
        browser.fill("name", "朱颖").await;
        browser.fill("address", address).await;
        browser.fill("phone", phone).await;
        browser.send().await;
        browser.sees(phone).await;
        places.push(browser.path().await);
    }
    places.remove(0)
}

#[tokio::test]
async fn two_records_are_merged_with_a_mouse_and_that_is_undone() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    let kept = register_twice(&browser).await;
    browser.goto(&kept).await;
    browser.click(".actions a[href$='/merge']").await;
    browser.fill("other", "zhuying").await;
    browser.click("#other-list [role=option]").await;
    browser.send().await;
    browser.sees("核对两条记录").await;
    browser.click("input[name=address][value=kept]").await;
    browser.send().await;
    browser.sees("已合并为“朱颖”").await;
    let shown = browser.text().await;
    assert!(shown.contains("四平路1号") && shown.contains("13900000002"), "{shown}");
    browser.goto("/members?q=zhuying").await;
    browser.sees("共 1 人").await;
    browser.goto(&kept).await;
    browser.click(".notice-info button").await;
    browser.sees("两条记录都恢复了原样").await;
    assert!(browser.text().await.contains("13800000001"));
    browser.goto("/members?q=zhuying").await;
    browser.sees("共 2 人").await;
    browser.quit().await;
}

#[tokio::test]
async fn two_records_are_merged_without_a_mouse() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    let kept = register_twice(&browser).await;
    browser.goto(&format!("{kept}/merge")).await;
    browser.field("other").await.focus().await.unwrap();
    browser.press("和平路").await;
    browser.driver.query(By::Css("#other-list [role=option]")).first().await.unwrap();
    browser.press(Key::Down + "").await;
    browser.press(Key::Enter + "").await;
    browser.press(Key::Enter + "").await;
    browser.sees("核对两条记录").await;
    // Of the phone the newer record's is chosen; to its left is this one's.
    let phone = browser.driver.query(By::Css("input[name=phone]:checked"));
    phone.first().await.unwrap().focus().await.unwrap();
    browser.press(Key::Left + "").await;
    browser.press(Key::Enter + "").await;
    browser.sees("已合并为“朱颖”").await;
    let shown = browser.text().await;
    assert!(shown.contains("和平路2号") && shown.contains("13800000001"), "{shown}");
    browser.quit().await;
}

#[tokio::test]
async fn language_and_theme_stay_as_they_were_chosen() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    browser.goto("/").await;
    for (name, value, shown) in
        [("language", "en", "html[lang=en]"), ("theme", "dark", "html[data-theme=dark]")]
    {
        browser
            .driver
            .query(By::Css("details[data-menu] summary"))
            .first()
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
        let button = browser.driver.query(By::Css(format!("button[name={name}][value={value}]")));
        button.first().await.unwrap().click().await.unwrap();
        browser.driver.query(By::Css(shown)).first().await.unwrap();
    }
    browser.goto("/members").await;
    let html = browser.driver.query(By::Css("html")).first().await.unwrap();
    assert_eq!(html.attr("lang").await.unwrap().as_deref(), Some("en"));
    assert_eq!(html.attr("data-theme").await.unwrap().as_deref(), Some("dark"));
    browser.quit().await;
}

/// Adds an address rule.
async fn add_rule(browser: &crate::chromium::Chromium, road: &str, numbers: &str, name: &str) {
    browser.goto("/addresses/new").await;
    browser.fill("road", road).await;
    browser.fill("numbers", numbers).await;
    browser.fill("committee", name).await;
    browser.send().await;
    browser.sees("已保存").await;
}

#[tokio::test]
async fn the_committee_that_an_address_suggests_is_chosen_by_keyboard() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    add_rule(&browser, "四平路", "180-220弄", "四平路居委会").await;
    browser.goto("/members/new").await;
    browser.fill("name", "朱颖").await;
    let address = browser.field("address").await;
    address.focus().await.unwrap();
    browser.press("四平路180弄15号402室").await;
    browser.sees("地址对照：四平路180-220弄 → 四平路居委会").await;
    let committee = browser.field("committee").await;
    assert_eq!(committee.prop("value").await.unwrap().unwrap(), "", "filled in by itself");
    // Past the committee's own field to what is offered under it.
    browser.press(Key::Tab + "").await;
    browser.press(Key::Tab + "").await;
    browser.press(Key::Enter + "").await;
    assert_eq!(committee.prop("value").await.unwrap().unwrap(), "四平路居委会");
    let offer = browser.driver.query(By::Css(".offer")).first().await.unwrap();
    assert_eq!(offer.attr("aria-pressed").await.unwrap().unwrap(), "true");
    browser.send().await;
    browser.sees("四平路居委会 四平路街道").await;
    browser.quit().await;
}

#[tokio::test]
async fn of_two_committees_of_one_name_the_suggested_one_is_saved() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    add_rule(&browser, "控江路", "1-99号", "310110013005").await;
    browser.goto("/members/new").await;
    browser.fill("name", "朱颖").await;
    browser.fill("address", "控江路5号").await;
    let offer = browser.driver.query(By::Css(".offer")).first().await.unwrap();
    offer.click().await.unwrap();
    browser.send().await;
    browser.sees("鞍山居委会 控江路街道").await;
    browser.quit().await;
}

#[tokio::test]
async fn those_who_wait_are_confirmed_together_and_the_rest_one_by_one() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    add_rule(&browser, "四平路", "1-99号", "四平路居委会").await;
    for (name, address) in
        [("朱颖", "四平路1号"), ("王伟", "四平路3号"), ("李强", "四平路5号"), ("张敏", "别处7号")]
    {
        browser.goto("/members/new").await;
        browser.fill("name", name).await;
        browser.fill("address", address).await;
        browser.send().await;
        browser.sees("居委会待定").await;
    }
    browser.goto("/").await;
    browser
        .driver
        .query(By::LinkText("4 位党员的居委会待定"))
        .first()
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    browser.sees("4 人").await;
    let ticks =
        browser.driver.query(By::Css("[name=tick]:checked")).all_from_selector().await.unwrap();
    assert_eq!(ticks.len(), 3);
    // The first is left out.
    ticks[0].click().await.unwrap();
    browser.send().await;
    browser.sees("已确认 2 人的居委会").await;
    browser.sees("2 人").await;
    let left = browser.driver.query(By::Css(".queue button[name=one]")).first().await.unwrap();
    left.click().await.unwrap();
    browser.sees("已确认“李强”的居委会").await;
    let unattached =
        browser.driver.query(By::Css(".queue button[name=one]")).first().await.unwrap();
    unattached.click().await.unwrap();
    browser.sees("没有待定的党员").await;
    browser.quit().await;
}

#[tokio::test]
async fn without_scripts_the_record_waits_in_the_queue_with_the_same_suggestion() {
    let setup = Setup { script: false, ..Setup::default() };
    let (_office, browser) = first_administrator(setup).await;
    add_rule(&browser, "四平路", "1-99号", "四平路居委会").await;
    browser.goto("/members/new").await;
    browser.fill("name", "朱颖").await;
    browser.fill("address", "四平路1号").await;
    browser.send().await;
    browser.sees("居委会待定").await;
    browser.goto("/addresses/queue").await;
    browser.sees("地址对照：四平路1-99号 → 四平路居委会").await;
    browser.send().await;
    browser.sees("已确认“朱颖”的居委会").await;
    browser.quit().await;
}

#[tokio::test]
async fn the_picture_of_the_desk_leads_down_to_a_list_without_loading_the_page_anew() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    browser.goto("/members/new").await;
    browser.fill("name", "朱颖").await;
    browser.fill("address", "四平路1号").await;
    browser.fill("committee", "四平路居委会").await;
    browser.send().await;
    browser.leaves("/members/new").await;
    browser.goto("/").await;
    browser.driver.execute("window.loaded = 'once'", vec![]).await.unwrap();
    for (click, address, shown) in [
        ("#spread .treemap a[class]", "/?street=310110012", "四平路居委会"),
        ("#spread .crumb a:last-of-type", "/?district=310110", "四平路街道"),
        ("#spread .bars tbody a", "/?street=310110012", "四平路居委会"),
    ] {
        let link = browser.driver.query(By::Css(click)).first().await.unwrap();
        link.click().await.unwrap();
        browser.arrives(address).await;
        browser.sees(shown).await;
    }
    browser.driver.back().await.unwrap();
    browser.arrives("/?district=310110").await;
    browser.sees("四平路街道").await;
    let loaded = browser.driver.execute("return window.loaded", vec![]).await.unwrap();
    assert_eq!(loaded.json(), "once");
    let count = browser.driver.query(By::Css("#spread .bars .num a")).first().await.unwrap();
    count.click().await.unwrap();
    browser.sees("朱颖").await;
    assert!(browser.path().await.starts_with("/members?street="));
    browser.quit().await;
}

#[tokio::test]
async fn a_pile_of_forms_is_typed_without_a_mouse_and_the_host_is_asked_for_only_where_needed() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    browser.goto("/members/new").await;
    for (name, address) in [("朱颖", "四平路1号"), ("王伟", "和平路2号")] {
        // The page opens in the name; then number, branch, phone and address, committee,
        // no committee, skills, agreed, with the phone, save, save and go on.
        browser.press(name).await;
        for typed in ["", "", "", address, "", "", "书法", "", "", ""] {
            browser.press(Key::Tab + typed).await;
        }
        browser.press(Key::Tab + "").await;
        browser.press(Key::Enter + "").await;
        browser.sees(&format!("已登记“{name}”")).await;
        assert!(browser.path().await.starts_with("/members/new"));
    }
    let host = browser.field("host").await;
    assert!(!host.is_displayed().await.unwrap());
    browser.field("unattached").await.click().await.unwrap();
    assert!(host.is_displayed().await.unwrap());
    browser.goto("/members").await;
    browser.sees("和平路2号").await;
    browser.quit().await;
}

/// Enters what one types where the cursor is, then moves on so many fields.
async fn type_and_go_on(browser: &crate::chromium::Chromium, typed: &str, fields: usize) {
    if !typed.is_empty() {
        browser.press(typed).await;
    }
    for _ in 0..fields {
        browser.press(Key::Tab + "").await;
    }
}

#[tokio::test]
async fn a_need_is_posted_matched_paired_and_visited_without_a_mouse() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    browser.goto("/members/new").await;
    browser.fill("name", "朱颖").await;
    browser.fill("address", "四平路1号").await;
    browser.fill("committee", "四平路居委会").await;
    browser.fill("skills", "课业辅导").await;
    browser.field("agreed").await.click().await.unwrap();
    browser.send().await;
    browser.leaves("/members/new").await;
    browser.goto("/needs/new").await;
    // The page opens in the committee; then what help, and the skills, chosen with the arrow keys.
    browser.press("siping").await;
    browser.driver.query(By::Css("#committee-list [role=option]")).first().await.unwrap();
    browser.press(Key::Down + "").await;
    browser.press(Key::Enter + "").await;
    browser.press(Key::Tab + "").await;
    type_and_go_on(&browser, "周末辅导小学数学", 1).await;
    browser.press("课业").await;
    browser.driver.query(By::Css("#skills-list [role=option]")).first().await.unwrap();
    browser.press(Key::Down + "").await;
    browser.press(Key::Enter + "").await;
    // A time is ticked with the space bar; then Enter sends the form from any field.
    let saturday = browser.driver.query(By::Css("[name=times][value='6m']")).first().await.unwrap();
    saturday.focus().await.unwrap();
    browser.press(" ").await;
    browser.press(Key::Enter + "").await;
    browser.leaves("/needs/new").await;
    browser.sees("会课业辅导 · 住在本居委会").await;
    browser.sees("周六上午").await;
    let pair = browser.driver.query(By::Css("button[name=member]")).first().await.unwrap();
    pair.focus().await.unwrap();
    browser.press(Key::Enter + "").await;
    browser.leaves("/needs").await;
    browser.sees("已与“朱颖”结对").await;
    browser.field("done").await.focus().await.unwrap();
    browser.press("讲了分数").await;
    browser.press(Key::Enter + "").await;
    browser.sees("已记下一次上门").await;
    browser.sees("1 次，共 60 分钟").await;
    browser.quit().await;
}

#[tokio::test]
async fn where_in_words_is_asked_for_only_elsewhere() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    browser.goto("/needs/new").await;
    let words = browser.field("place_words").await;
    assert!(!words.is_displayed().await.unwrap());
    browser.click("[name=place][value=elsewhere]").await;
    assert!(words.is_displayed().await.unwrap());
    browser.quit().await;
}
