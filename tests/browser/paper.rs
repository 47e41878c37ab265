//! The registration form on paper.

use thirtyfour::common::print::{PrintMargins, PrintPage, PrintParameters};

use crate::chromium::{Chromium, Setup, first_administrator};

/// How many sheets the page fills when it is printed on A4.
async fn sheets(browser: &Chromium) -> usize {
    let parameters = PrintParameters {
        page: PrintPage { width: 21.0, height: 29.7 },
        margin: PrintMargins { top: 0.0, bottom: 0.0, left: 0.0, right: 0.0 },
        // The size and margins that the page itself asks for.
        shrink_to_fit: false,
        ..PrintParameters::default()
    };
    let printed = browser.driver.print_page(parameters).await.unwrap();
    let text = String::from_utf8_lossy(&printed).replace("/Type /Pages", "");
    text.matches("/Type /Page").count()
}

#[tokio::test]
async fn the_form_keeps_to_one_sheet_in_both_languages_however_much_a_record_holds() {
    for language in ["zh-CN", "en"] {
        let (_office, browser) = first_administrator(Setup { language, ..Setup::default() }).await;
        browser.goto("/forms/registration").await;
        assert_eq!(sheets(&browser).await, 1, "blank, {language}");
        browser.goto("/members/new").await;
        browser.fill("name", &"朱".repeat(30)).await;
        browser.fill("number", "T0000001").await;
        browser.fill("address", &format!("{}15号402室", "四平路".repeat(37))).await;
        let skill = |number: char| format!("{number}{}", "书法".repeat(19));
        let skills: Vec<String> = ('甲'..).step_by(7).take(20).map(skill).collect();
        browser.fill("skills", &skills.join("、")).await;
        browser.send().await;
        browser.leaves("/members/new").await;
        let place = browser.path().await;
        browser.goto(&format!("{}/print", place.split('?').next().unwrap())).await;
        browser.sees(&skills[19]).await;
        assert_eq!(sheets(&browser).await, 1, "filled, {language}");
        browser.quit().await;
    }
}
