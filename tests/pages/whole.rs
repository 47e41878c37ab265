//! Pages whose whole text matters.

use linli::web::Role;

use crate::office::Office;

/// A page without what changes with every build and request.
fn steady(page: &str) -> String {
    let mut steady = String::new();
    for line in page.lines().filter(|line| !line.trim().is_empty()) {
        let mut line = line.trim_end().to_owned();
        for mark in ["/static/", "name=\"form\" value=\""] {
            while let Some(at) = line.find(mark).map(|at| at + mark.len()) {
                let end = line[at..].find(['"', '#', '\'']).map_or(line.len(), |end| at + end);
                if &line[at..end] == "…" {
                    break;
                }
                line.replace_range(at..end, "…");
                if mark == "/static/" {
                    line = line.replacen(mark, "/steady/", 1);
                }
            }
        }
        steady.push_str(&line);
        steady.push('\n');
    }
    steady
}

/// What stands between the page's head and foot.
fn main_part(page: &str) -> String {
    let from = page.find("<main").unwrap_or_default();
    let to = page.find("</main>").unwrap_or(page.len());
    steady(&page[from..to])
}

#[tokio::test]
async fn the_blank_registration_form_is_as_the_office_knows_it() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let asked = clerk.request(reqwest::Method::GET, "/forms/registration");
    let answer = asked.header("accept-language", "zh-CN").send().await.unwrap();
    insta::assert_snapshot!(main_part(&answer.text().await.unwrap()));
}

#[tokio::test]
async fn errors_have_pages_that_say_what_to_do() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    for (name, path, status) in [("no-page", "/nowhere", 404), ("no-access", "/accounts", 403)] {
        for language in ["zh-CN", "en"] {
            let asked = clerk.request(reqwest::Method::GET, path);
            let answer = asked.header("accept-language", language).send().await.unwrap();
            assert_eq!(answer.status(), status);
            let page = main_part(&answer.text().await.unwrap());
            insta::assert_snapshot!(format!("{name}-{language}"), page);
        }
    }
}
