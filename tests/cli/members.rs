//! Files of members in and out.

use linli::db::{Address, Db};
use linli::provisions::{Which, provided};
use linli::sheets::Sheet;

use crate::terminal::Terminal;

const HEADER: &str = "工号,姓名,所属支部,手机,住址,居委会代码,居委会,个人专长\n";

fn office() -> Terminal {
    let terminal = Terminal::open().with_database();
    terminal.write(
        "committees.csv",
        "代码,名称,街道,区县,城市\n\
         310110012003,四平路居委会,四平路街道,杨浦区,上海市\n\
         310110012004,鞍山居委会,四平路街道,杨浦区,上海市\n\
         310110013005,鞍山居委会,控江路街道,杨浦区,上海市\n"
            .as_bytes(),
    );
    terminal.done(&["committees", "import", "committees.csv"]);
    terminal
}

#[test]
fn a_directory_taken_in_again_updates_names_and_never_doubles() {
    let terminal = office();
    let again = terminal.done(&["committees", "import", "committees.csv"]);
    assert_eq!(again, "0 added, 0 updated, 3 unchanged\n");
    let renamed = terminal.read("committees.csv").replace("四平路居委会", "四平居委会");
    terminal.write("committees.csv", renamed.as_bytes());
    let again = terminal.done(&["committees", "import", "committees.csv"]);
    assert_eq!(again, "0 added, 1 updated, 2 unchanged\n");
}

#[test]
fn address_rules_are_taken_in_whole_or_not_at_all_and_never_double() {
    let terminal = office();
    let good = "路名,弄,号,居委会代码\n四平路,180-220,,310110012003\n四平路,,1-99单,310110012004\n";
    terminal.write("rules.csv", format!("{good}四平路,,9-1,310110012004\n").as_bytes());
    let said = terminal.run(&["addresses", "import", "rules.csv"]);
    assert_eq!(said.status, 1);
    assert!(said.err.starts_with("C4 The first number is greater"), "{said:?}");
    terminal.write("rules.csv", good.as_bytes());
    let said = terminal.done(&["addresses", "import", "rules.csv"]);
    assert_eq!(said, "2 added, 0 updated, 0 unchanged\n");
    let moved = good.replacen("310110012003", "310110012004", 1);
    terminal.write("rules.csv", moved.as_bytes());
    for expected in ["0 added, 1 updated, 1 unchanged\n", "0 added, 0 updated, 2 unchanged\n"] {
        assert_eq!(terminal.done(&["addresses", "import", "rules.csv"]), expected);
    }
    assert_eq!(terminal.run(&["addresses", "import", "nowhere.csv"]).status, 1);
}

#[test]
fn the_columns_of_a_members_file_go_in_and_come_out_unchanged() {
    let terminal = office();
    let rows = "T0000001,王伟,第一党支部,13800000001,\"四平路180弄15号,402室\",310110012003,四平路居委会,编程、英语\n\
                T0000002,朱颖,第二党支部,13800000002,和平路9弄3号,,,书法\n\
                T0000003,𠮷祥·买提,第一党支部,,=新华路1号,310110013005,鞍山居委会,\n";
    terminal.write("members.csv", format!("{HEADER}{rows}").as_bytes());
    let said = terminal.done(&["members", "import", "members.csv"]);
    assert_eq!(said, "3 added, 0 updated, 0 unchanged, 0 rejected\n");
    let said = terminal.done(&["members", "import", "members.csv"]);
    assert_eq!(said, "0 added, 0 updated, 3 unchanged, 0 rejected\n");
    terminal.done(&["members", "export", "out.csv"]);
    let mut lines: Vec<String> =
        terminal.read("out.csv").lines().skip(1).map(|line| format!("{line}\n")).collect();
    lines.sort();
    assert_eq!(lines.concat(), rows.replace(",=新华路", ",'=新华路"));
    assert!(terminal.read("out.csv").starts_with(&format!("\u{FEFF}{}\r\n", HEADER.trim_end())));
    let other = Terminal::open().with_database();
    std::fs::copy(terminal.path("committees.csv"), other.path("committees.csv")).unwrap();
    other.done(&["committees", "import", "committees.csv"]);
    std::fs::copy(terminal.path("out.csv"), other.path("out.csv")).unwrap();
    other.done(&["members", "import", "out.csv"]);
    other.done(&["members", "export", "again.csv"]);
    assert_eq!(other.read("again.csv"), terminal.read("out.csv"));
}

#[test]
fn an_import_with_any_problem_lists_them_by_place_and_writes_nothing() {
    let terminal = office();
    let rows = "T1,王伟,,,四平路1号,310110012003,,\n\
                T2,,,,和平路2号,,,\n\
                T3,李强,,abc,新华路3号,999999999999,,\n\
                T1,赵敏,,,长江路4号,,,\n\
                T5,钱进,,,黄河路5号,,鞍山居委会,\n";
    terminal.write("members.csv", format!("{HEADER}{rows}").as_bytes());
    let said = terminal.run(&["members", "import", "members.csv"]);
    assert_eq!(said.status, 1);
    let places: Vec<&str> = said.err.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(places, ["B3", "D4", "F4", "A5", "G6", "linli:"], "{}", said.err);
    assert_eq!(terminal.done(&["members", "export"]).lines().count(), 1);
    let said = terminal.done(&["members", "import", "members.csv", "--rejects", "bad.csv"]);
    assert_eq!(said, "1 added, 0 updated, 0 unchanged, 4 rejected\n");
    let rejects = terminal.read("bad.csv");
    assert_eq!(rejects.lines().count(), 5);
    assert!(rejects.lines().nth(2).unwrap().contains("no committee has the code 999999999999"));
}

#[test]
fn a_file_that_is_no_table_is_refused_by_place() {
    let terminal = office();
    for (bytes, place) in [
        (format!("{HEADER}T1,\"王伟,,,四平路1号,,,\n").into_bytes(), "B2 "),
        (format!("{HEADER}T1,王\0伟,,,四平路1号,,,\n").into_bytes(), "B2 "),
        ("工号,工号,姓名,住址\n".as_bytes().to_vec(), "B1 "),
        ("手机,所属支部\n1,2\n".as_bytes().to_vec(), "1 "),
        (Vec::new(), "members.csv: "),
    ] {
        terminal.write("members.csv", &bytes);
        let said = terminal.run(&["members", "import", "members.csv"]);
        assert_eq!(said.status, 1);
        assert!(said.err.starts_with(place), "{place:?}: {}", said.err);
    }
}

#[test]
fn an_update_changes_only_the_files_columns_and_blanks_erase_nothing() {
    let terminal = office();
    let row = "T1,王伟,第一党支部,13800000001,四平路1号,310110012003,四平路居委会,编程\n";
    terminal.write("members.csv", format!("{HEADER}{row}").as_bytes());
    terminal.done(&["members", "import", "members.csv"]);
    terminal.write("phones.csv", "工号,手机,个人专长\nT1,13900000009,\n".as_bytes());
    let said = terminal.done(&["members", "import", "phones.csv"]);
    assert_eq!(said, "0 added, 1 updated, 0 unchanged, 0 rejected\n");
    let now = terminal.done(&["members", "export"]);
    assert_eq!(now.lines().nth(1).unwrap(), row.trim_end().replace("13800000001", "13900000009"));
}

#[test]
fn a_workbook_and_gb18030_text_come_in_like_any_other_file() {
    let terminal = office();
    let rows = "T1,王伟,第一党支部,13800000001,四平路1号,310110012003,四平路居委会,编程\n";
    let text = [HEADER, rows].concat();
    let (bytes, ..) = encoding_rs::GB18030.encode(&text);
    terminal.write("members.csv", &bytes);
    terminal.done(&["members", "import", "members.csv"]);
    terminal.done(&["members", "export", "--format", "xlsx", "out.xlsx"]);
    let said = terminal.done(&["members", "import", "out.xlsx"]);
    assert_eq!(said, "0 added, 0 updated, 1 unchanged, 0 rejected\n");
    let mut sheet = Sheet::open(&terminal.path("out.xlsx"), |names| names.len() == 8).unwrap();
    let row = sheet.next_row().unwrap().unwrap();
    assert_eq!(row.cells.join(","), rows.trim_end());
}

#[test]
fn each_committee_gets_its_own_file_of_those_who_agreed() {
    let terminal = office();
    let rows = "T1,王伟,,,四平路1号,310110012003,,\nT2,朱颖,,,和平路2号,310110013005,,\n";
    terminal.write("members.csv", format!("{HEADER}{rows}").as_bytes());
    terminal.done(&["members", "import", "members.csv"]);
    assert_eq!(terminal.done(&["members", "export", "--each", "lists"]), "3 files in lists\n");
    let list = terminal.read("lists/310110012003四平路街道四平路居委会.csv");
    assert_eq!(list, "\u{FEFF}姓名,住址,个人专长,手机\r\n王伟,四平路1号,,\r\n");
}

#[tokio::test]
async fn lists_for_committees_are_on_record_and_the_offices_own_file_is_not() {
    let terminal = office();
    let rows = "T1,王伟,,,四平路1号,310110012003,,\nT2,朱颖,,,和平路2号,310110013005,,书法\n";
    terminal.write("members.csv", format!("{HEADER}{rows}").as_bytes());
    terminal.done(&["members", "import", "members.csv"]);
    terminal.done(&["members", "export", "all.csv"]);
    terminal.done(&["members", "export", "--committee", "310110013005", "one.csv"]);
    terminal.done(&["members", "export", "--each", "lists"]);
    let address = format!("sqlite:{}", terminal.path("data/linli.db").display());
    let db = Db::open(&address.parse::<Address>().unwrap()).await.unwrap();
    let mut connection = db.read().await.unwrap();
    let record = provided(&mut connection, &Which::default(), 10).await.unwrap();
    let told = record.iter().map(|one| (one.committees, one.members, one.fields, one.by.clone()));
    let told: Vec<_> = told.collect();
    assert_eq!(told, [(2, 2, 1 + 2 + 4, None), (1, 1, 1 + 2 + 4, None)]);
    assert!(record.iter().all(|one| one.kind == "terminal"));
}

#[test]
fn find_prints_what_the_search_box_would_find() {
    let terminal = office();
    let rows = "T1,朱颖,,,四平路1号,,,编程\nT2,王伟,,,和平路2号,,,\n";
    terminal.write("members.csv", format!("{HEADER}{rows}").as_bytes());
    terminal.done(&["members", "import", "members.csv"]);
    let found = terminal.done(&["members", "find", "zhuying", "编程"]);
    assert_eq!(found, format!("{}\r\nT1,朱颖,,,四平路1号,,,编程\r\n", HEADER.trim_end()));
}
