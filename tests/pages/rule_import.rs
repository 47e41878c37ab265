//! Files of address rules, in and out.

use linli::sheets::XlsxFile;
use linli::web::Role;
use reqwest::multipart::Form;

use crate::office::{Browser, Office, location};

async fn bring(clerk: &Browser, name: &str, bytes: Vec<u8>) -> String {
    let answer = clerk.bring("/addresses/import", name, bytes).await;
    assert_eq!(answer.status(), 303);
    location(&answer)
}

/// Brings a file, which must be right, and takes it in; what the preview said.
async fn taken_in(clerk: &Browser, text: &str) -> String {
    let place = bring(clerk, "rules.csv", text.into()).await;
    let seen = clerk.page(&place).await;
    let answer = clerk.post(&place, &[]).await;
    assert_eq!(answer.status(), 303, "{seen}");
    seen
}

/// What the page lists as wrong: place and reason.
fn problems(page: &str) -> Vec<(String, String)> {
    page.split("<tr><td class=\"code\">")
        .skip(1)
        .map(|row| {
            let (place, rest) = row.split_once("</td><td>").unwrap();
            (place.to_owned(), rest.split("</td>").next().unwrap().to_owned())
        })
        .collect()
}

/// The rules as they come out, without the header.
async fn exported(clerk: &Browser) -> Vec<String> {
    let file = clerk.page("/addresses/export.csv").await;
    file.lines().skip(1).map(str::to_owned).collect()
}

#[tokio::test]
async fn numbers_are_read_from_whichever_cells_hold_them() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    for (header, row, numbers) in [
        ("道路,弄,居委", "四平路,180-220,四平路居委会", "四平路,180-220弄,,"),
        ("路名,号,单双,居委会", "四平路,1-99,单,四平路居委会", "四平路,,1-99号,odd"),
        ("路名,弄,号,居委会", "四平路,180,1—60号,四平路居委会", "四平路,180弄,1-60号,"),
        ("路名,范围,居委会代码", "四平路,1-99号双,310110012003", "四平路,,1-99号,even"),
        ("路名,起,止,单双,居委会", "四平路,2,100,双号,四平路居委会", "四平路,,2-100号,even"),
        ("路名,起,止,居委会", "四平路,180弄,220弄,四平路居委会", "四平路,180-220弄,,"),
        ("路名,弄/号,起,止,居委会", "四平路,弄,7,9,四平路居委会", "四平路,7-9弄,,"),
        ("路名,弄,起,止,居委会", "四平路,180弄,1号,60号,四平路居委会", "四平路,180弄,1-60号,"),
        ("Road,Lane,Committee,Valid from", "四平路,5,四平路居委会,2026/3/1", "四平路,5弄,,"),
    ] {
        let office = Office::open().await;
        let clerk = office.signed_in(Role::Staff).await;
        taken_in(&clerk, &format!("四平路街道地址对照\n{header}\n{row}\n")).await;
        let out = exported(&clerk).await;
        assert!(out[0].starts_with(&format!("{numbers},310110012003,")), "{header}: {out:?}");
    }
    assert!(exported(&clerk).await.is_empty());
}

#[tokio::test]
async fn every_problem_is_seen_by_row_and_column_and_nothing_is_written() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let text = "路名,弄,号,单双,居委会代码,居委会,生效日期\n\
                四平路,180,,,310110012003,,\n\
                ,180,,,1,,soon\n\
                和平路,,99-1,,,鞍山居委会,\n\
                和平路,,,三,,没有居委会,\n\
                四平路,180弄,,,,四平路居委会,\n\
                四平路,170-190弄,,,310110013005,,\n";
    let place = bring(&clerk, "rules.csv", text.into()).await;
    let seen = clerk.page(&place).await;
    let found = problems(&seen);
    let places: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(
        places,
        ["A3", "E3", "G3", "C4", "F4", "B5", "D5", "F5", "A6", "7", "7"],
        "{found:?}"
    );
    assert_eq!(found[8].1, "the same as row 2");
    assert!(found[9].1.contains("overlaps row 2"), "{found:?}");
    assert!(!seen.contains("Import</button>"), "a broken file is offered to be taken in");
    assert_eq!(clerk.post(&place, &[]).await.status(), 422);
    assert!(exported(&clerk).await.is_empty(), "something was written");
}

#[tokio::test]
async fn a_file_without_the_columns_that_it_needs_says_which() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let place = bring(&clerk, "rules.csv", "路名,生效日期,生效\n四平路,,\n".into()).await;
    let found = problems(&clerk.page(&place).await);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().any(|(place, reason)| place == "C1" && reason.contains("twice")));
    let place = bring(&clerk, "photo.csv", vec![0, 159, 146, 150, 0]).await;
    assert_eq!(problems(&clerk.page(&place).await).len(), 1);
}

#[tokio::test]
async fn a_file_taken_in_again_changes_nothing_and_a_changed_committee_is_an_update() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let text = "路名,弄,号,居委会代码\n四平路,180,,310110012003\n四平路,,1-99单,310110012003\n";
    assert!(taken_in(&clerk, text).await.contains("2 new, 0 updated, 0 unchanged"));
    let place = bring(&clerk, "rules.csv", text.into()).await;
    let seen = clerk.page(&place).await;
    assert!(seen.contains("0 new, 0 updated, 2 unchanged") && !seen.contains("Import</button>"));
    let moved = text.replacen("310110012003", "310110013005", 1);
    assert!(taken_in(&clerk, &moved).await.contains("0 new, 1 updated, 1 unchanged"));
    assert!(exported(&clerk).await[0].contains("控江路街道"));
    let log = clerk.page("/audit?action=rules-imported").await;
    assert!(log.contains("2 new, 0 updated") && log.contains("0 new, 1 updated"), "{log}");
}

#[tokio::test]
async fn what_is_exported_goes_into_another_office_and_comes_out_the_same() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let text = "路名,弄,号,单双,居委会代码,生效日期\n\
                四平路,180-220,,双,310110012003,\n\
                四平路,181,,,310110012004,2026-01-31\n\
                四平路,181,5-9,单,310109016002,\n\
                鞍山四村,,1-99,,310110013005,\n";
    taken_in(&clerk, text).await;
    let file = clerk.page("/addresses/export.csv").await;
    assert_eq!(file.lines().count(), 5);
    let other = Office::open().await;
    let there = other.signed_in(Role::Staff).await;
    taken_in(&there, &file).await;
    assert_eq!(there.page("/addresses/export.csv").await, file);
    let chinese = there
        .request(reqwest::Method::GET, "/addresses/export.csv")
        .header("accept-language", "zh-CN")
        .send()
        .await
        .unwrap();
    let chinese = chinese.text().await.unwrap();
    assert!(
        chinese.starts_with("\u{FEFF}路名,弄,号,单双,居委会代码,居委会,街道,区县,生效日期\r\n")
    );
    let place = bring(&there, "rules.csv", chinese.into()).await;
    assert!(there.page(&place).await.contains("0 new, 0 updated, 4 unchanged"));
}

#[tokio::test]
async fn a_workbook_is_read_like_a_table_of_text() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let headers = ["路名", "弄号", "居委会", "街道"].map(|name| (name.to_owned(), 12.0)).to_vec();
    let mut book = XlsxFile::new("地址对照", headers).unwrap();
    book.row(["四平路", "180-220弄", "鞍山居委会", "控江路街道"]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rules.xlsx");
    book.save(&path).unwrap();
    let place = bring(&clerk, "rules.xlsx", std::fs::read(&path).unwrap()).await;
    assert!(clerk.page(&place).await.contains("1 new"));
    clerk.post(&place, &[]).await;
    assert!(exported(&clerk).await[0].contains("310110013005"));
}

#[tokio::test]
async fn the_template_has_the_columns_that_are_read() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let template = clerk.page("/addresses/import/template.csv").await;
    let row = "四平路,180-220,,even,,四平路居委会,四平路街道,杨浦区,2026-01-31\n";
    taken_in(&clerk, &format!("{template}{row}")).await;
    assert_eq!(exported(&clerk).await.len(), 1);
}

#[tokio::test]
async fn nothing_chosen_is_said_beside_the_field_and_someone_elses_file_cannot_be_opened() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let answer = clerk
        .request(reqwest::Method::POST, "/addresses/import")
        .multipart(Form::new().text("other", ""))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("id=\"file-error\""));
    let place = bring(&clerk, "rules.csv", "路名,弄,居委会\n四平路,1,四平路居委会\n".into()).await;
    let other = office.signed_in(Role::Staff).await;
    assert_eq!(other.get(&place).await.status(), 404);
    assert_eq!(other.post(&place, &[]).await.status(), 404);
}
