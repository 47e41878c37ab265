//! Participations brought as a file: looked at, taken in whole or not at all, and taken back.

use linli::web::{Role, Scope};

use crate::office::{Browser, Office, location};

async fn bring(clerk: &Browser, text: &str) -> String {
    let answer = clerk.bring("/activities/import", "参加记录.csv", text.as_bytes().to_vec()).await;
    assert_eq!(answer.status(), 303);
    location(&answer)
}

async fn register(clerk: &Browser, name: &str, number: &str, more: &[(&str, &str)]) -> String {
    let form = [("name", name), ("number", number), ("address", "四平路1号"), ("confirmed", "yes")];
    clerk.register(&[&form, more].concat()).await
}

#[tokio::test]
async fn rows_done_together_become_one_activity_and_the_same_file_again_changes_nothing() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let home = [("committee", "310110012003")];
    let member = register(&clerk, "朱颖", "T001", &home).await;
    register(&clerk, "王伟", "T002", &home).await;
    register(&clerk, "李娜", "T003", &[]).await;
    let text = "工号,日期,内容,次数,方式,时长\n\
        T001,2026-03-07,夜间巡逻,1,集中,1.5\n\
        T002,2026/3/7,夜间巡逻,2,集中,3\n\
        T001,2026-03-08,电脑维修,1,个人,1\n\
        T003,2026-03-08,知识讲座,1,集中,\n";
    let upload = bring(&clerk, text).await;
    let look = clerk.page(&upload).await;
    assert!(look.contains("New: 3 activities, 4 participations; 0 on record already"), "{look}");
    assert!(clerk.page("/activities").await.contains("No activity has been recorded yet"));
    let batch = location(&clerk.post(&upload, &[]).await);
    assert!(batch.starts_with("/activities/import/batches/"), "{batch}");
    let page = clerk.page("/activities?committee=四平路居委会").await;
    assert!(page.contains("夜间巡逻") && page.contains("电脑维修") && !page.contains("知识讲座"));
    let page = clerk.page(&format!("{member}/activities")).await;
    assert!(page.contains("Self-governance") && page.contains("Good deeds"), "guessed: {page}");
    let again = clerk.page(&bring(&clerk, text).await).await;
    assert!(again.contains("New: 0 activities, 0 participations; 4 on record already"), "{again}");
    // Taken back, but for what was changed since.
    let changed = page.split("href=\"/activities/").nth(1).unwrap().split('"').next().unwrap();
    let edit = [
        ("day", "2026-03-08"),
        ("committee", "四平路居委会"),
        ("title", "电脑维修"),
        ("area", "good-deeds"),
        ("manner", "alone"),
        ("times", "1"),
        ("hours", "2"),
        ("version", "1"),
    ];
    let edit = clerk.post(&format!("/activities/{changed}/edit"), &edit).await;
    assert_eq!(edit.status(), 303);
    assert_eq!(clerk.post(&format!("{batch}/undo"), &[]).await.status(), 303);
    let page = clerk.page(&batch).await;
    assert!(page.contains("changed or confirmed since stay: 1"), "{page}");
    let left = clerk.page("/activities").await;
    assert_eq!(left.matches("<th scope=\"row\"").count(), 1, "{left}");
    let log = clerk.page("/audit?record=activity-import").await;
    assert!(log.contains("Activities: 3, participations: 4"), "{log}");
    assert!(log.contains("Activities deleted: 2; changed since and kept: 1"), "{log}");
}

#[tokio::test]
async fn with_one_problem_nothing_is_taken_in_and_each_is_told_by_row_and_column() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    register(&clerk, "朱颖", "T001", &[]).await;
    for number in ["T011", "T012"] {
        register(&clerk, "张伟", number, &[]).await;
    }
    let upload = bring(
        &clerk,
        "姓名,工号,活动日期,活动名称,领域,方式,次数,小时,居委会\n\
         朱颖,,2026-03-07,巡逻,自治,集体,1,1,四平路居委会\n\
         张伟,,2026-03-07,巡逻,自治,集体,1,1,四平路居委会\n\
         王伟,T001,2026-03-07,巡逻,自治,集体,1,1,四平路居委会\n\
         ,T999,2026-03-07,巡逻,自治,集体,1,1,四平路居委会\n\
         朱颖,,1962-03-07,,体育,线上,0,很久,没有居委会\n",
    )
    .await;
    let page = clerk.page(&upload).await;
    for (place, message) in [
        ("A3", "several members are called 张伟"),
        ("B4", "the number T001 is not 王伟"),
        ("B5", "nobody was found for “T999”"),
        ("C6", "from 1980"),
        ("D6", "Please fill this in"),
        ("E6", "write culture"),
        ("F6", "write group"),
        ("G6", "whole number"),
        ("H6", "Give hours"),
        ("I6", "no committee is called"),
    ] {
        let row = page.split("<tr>").find(|row| row.contains(&format!(">{place}<")));
        assert!(row.is_some_and(|row| row.contains(message)), "{place} {message}: {page}");
    }
    assert_eq!(clerk.post(&upload, &[]).await.status(), 422);
    assert!(clerk.page("/activities").await.contains("No activity has been recorded yet"));
    let no_day = clerk.page(&bring(&clerk, "工号,姓名\nT001,朱颖\n").await).await;
    assert!(no_day.contains("field-error"), "{no_day}");
}

#[tokio::test]
async fn staff_of_a_branch_bring_only_their_own_members_parts() {
    let office = Office::open().await;
    let administrator = office.signed_in(Role::Administrator).await;
    let [mine, other] = [office.branch("第一党支部").await, office.branch("第二党支部").await];
    for (name, number, branch) in [("朱颖", "T001", mine), ("王伟", "T002", other)] {
        register(&administrator, name, number, &[("branch", &branch.to_string())]).await;
    }
    let text = "工号,日期,内容\nT001,2026-03-07,巡逻\nT002,2026-03-07,巡逻\n";
    let clerk = office.signed_in_for(Role::Staff, Scope::Branches(vec![mine])).await;
    let page = clerk.page(&bring(&clerk, text).await).await;
    assert!(page.contains("nobody was found for “T002”") && !page.contains("“T001”"), "{page}");
    let upload = bring(&administrator, text).await;
    let batch = location(&administrator.post(&upload, &[]).await);
    assert_eq!(clerk.post(&format!("{batch}/undo"), &[]).await.status(), 403);
    assert!(!clerk.page(&batch).await.contains("/undo"));
}

#[tokio::test]
async fn a_list_goes_out_as_a_file_and_comes_in_again_unchanged() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    register(&clerk, "朱颖", "T001", &[("committee", "310110012003")]).await;
    let rows =
        "T001,朱颖,2026-03-07,夜间巡逻,Self-governance,Alone,2,3.5,310110012003,四平路居委会\r\n";
    let header = "工号,姓名,日期,内容,领域,方式,次数,时长,居委会代码,居委会\r\n";
    let upload = bring(&clerk, &format!("{header}{rows}")).await;
    assert_eq!(clerk.post(&upload, &[]).await.status(), 303);
    let file = clerk.get("/activities/export.csv?area=self-governance").await.text().await.unwrap();
    assert!(file.ends_with(rows), "{file}");
    assert!(
        !clerk
            .get("/activities/export.csv?area=culture")
            .await
            .text()
            .await
            .unwrap()
            .contains("T001")
    );
    let again = clerk.page(&bring(&clerk, &file).await).await;
    assert!(again.contains("1 on record already"), "{again}");
    let workbook = clerk.get("/activities/export.xlsx").await.bytes().await.unwrap();
    let answer = clerk.bring("/activities/import", "again.xlsx", workbook.to_vec()).await;
    assert!(clerk.page(&location(&answer)).await.contains("1 on record already"));
    assert!(clerk.page("/audit").await.contains("Exported participations"));
}

#[tokio::test]
async fn columns_of_other_names_are_matched_by_hand_and_what_is_wrong_is_left_out_to_be_mended() {
    let office = Office::open().await;
    let [mine, other] = [office.branch("第一党支部").await, office.branch("第二党支部").await];
    let administrator = office.signed_in(Role::Administrator).await;
    register(&administrator, "朱颖", "T001", &[("branch", &mine.to_string())]).await;
    register(&administrator, "王伟", "T002", &[("branch", &other.to_string())]).await;
    let clerk = office.signed_in_for(Role::Staff, Scope::Branches(vec![mine])).await;
    let text = "谁,哪一天,干什么\nT001,2026-03-07,夜间巡逻\nT001,昨天,浇花\nT002,2026-03-07,修车\n";
    let upload = bring(&clerk, text).await;
    let page = clerk.page(&upload).await;
    assert!(page.contains("夜间巡逻") && page.contains("is missing"), "the first rows: {page}");
    assert_eq!(clerk.post(&upload, &[]).await.status(), 422, "nothing is known of the columns");
    let matched = [("column", "Employee number"), ("column", "Date"), ("column", "Activity")];
    let query = "column=Employee+number&column=Date&column=Activity";
    let page = clerk.page(&format!("{upload}?{query}")).await;
    assert!(page.contains("New: 1 activities, 1 participations"), "{page}");
    assert!(page.contains(">B3<") && page.contains(">A4<"), "{page}");
    assert_eq!(clerk.post(&upload, &matched).await.status(), 422, "whole or not at all");
    let partly = [&matched[..], &[("partly", "yes")]].concat();
    let batch = location(&clerk.post(&upload, &partly).await);
    let page = clerk.page(&batch).await;
    assert!(page.contains("2 rows were not imported"), "{page}");
    let left_out = clerk.page(&format!("{batch}/rejected.csv")).await;
    assert!(left_out.contains("T001,昨天,浇花,") && !left_out.contains("夜间巡逻"), "{left_out}");
    // Whose rows they are is not for the staff of another branch.
    let stranger = office.signed_in_for(Role::Staff, Scope::Branches(vec![other])).await;
    assert!(!stranger.page(&batch).await.contains("rejected.csv"));
    assert_eq!(stranger.get(&format!("{batch}/rejected.csv")).await.status(), 404);
    assert!(administrator.page(&batch).await.contains("rejected.csv"));
}
