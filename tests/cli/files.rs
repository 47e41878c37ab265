//! What goes wrong with files, and how files are written.

use crate::terminal::Terminal;

const HEADER: &str = "工号,姓名,所属支部,手机,住址,居委会代码,居委会,个人专长\n";

fn office() -> Terminal {
    let terminal = Terminal::open().with_database();
    terminal.write(
        "committees.csv",
        "代码,名称,街道,区县,城市\n\
         310110012003,四平路居委会,四平路街道,杨浦区,上海市\n\
         310110013005,鞍山居委会,控江路街道,杨浦区,上海市\n"
            .as_bytes(),
    );
    terminal.done(&["committees", "import", "committees.csv"]);
    terminal
}

/// An office with three members, of whom one has not agreed to be known.
fn with_members() -> Terminal {
    let terminal = office();
    let rows = "工号,姓名,住址,居委会代码,手机,亮明身份,公开手机\n\
                T1,王伟,四平路1号,310110012003,13800000001,是,是\n\
                T2,朱颖,和平路2号,310110012003,13800000002,是,否\n\
                T3,李强,新华路3号,310110012003,13800000003,否,否\n";
    terminal.write("members.csv", rows.as_bytes());
    terminal.done(&["members", "import", "members.csv"]);
    terminal
}

#[test]
fn every_fault_of_a_file_is_listed_with_its_place() {
    let terminal = office();
    for (rows, list) in [
        (
            "T1,,,,四平路1号,,,\n,王伟,,,,,,\n".to_owned(),
            "B2 Please fill this in.\nE3 Please fill this in.\n",
        ),
        (
            "T1,王伟,,,四平路1号,31011001200,,\n".to_owned(),
            "F2 no committee has the code 31011001200\n",
        ),
        ("T1,王伟,,,四平路1号,,无名居委会,\n".to_owned(), "G2 no committee is called 无名居委会\n"),
        ("T1,王伟,,,四平路1号,,,,多,余\n".to_owned(), "I2 more cells than the header has\n"),
        (
            "T1,王伟,,,四平路1号,,,\nT1,朱颖,,,和平路2号,,,\n".to_owned(),
            "A3 the employee number is also in row 2\n",
        ),
        (format!("T1,{},,,四平路1号,,,\n", "王".repeat(31)), "B2 30 characters at most.\n"),
        ("T1,王伟,,,\"四平路1号,,,\n".to_owned(), "E2 a quote is not closed\n"),
        ("T1,王伟,,,\"四平路\"1号,,,\n".to_owned(), "E2 a quote is not closed\n"),
    ] {
        terminal.write("members.csv", format!("{HEADER}{rows}").as_bytes());
        let said = terminal.run(&["members", "import", "members.csv"]);
        assert_eq!(said.status, 1, "{rows}");
        let (listed, last) = said.err.split_once("linli: ").unwrap();
        assert_eq!(listed, list, "{rows}");
        assert!(last.starts_with("nothing was written: mend the "), "{last}");
        assert!(last.trim_end().ends_with("with --rejects FILE"), "{last}");
        assert_eq!(said.out, "");
    }
    assert_eq!(terminal.done(&["members", "export"]).lines().count(), 1);
}

#[test]
fn every_fault_of_a_header_and_of_bytes_is_listed_with_its_place() {
    let terminal = office();
    for (bytes, listed) in [
        ("姓名,所属支部\n王伟,一\n".as_bytes().to_vec(), "1 the column 住址 is missing\n"),
        (
            "姓名,住址,名字\n王伟,四平路1号,王伟\n".as_bytes().to_vec(),
            "C1 the column 姓名 stands there twice\n",
        ),
        (
            format!("{HEADER}T1,王\0伟,,,四平路1号,,,\n").into_bytes(),
            "B2 these bytes are no text; the file may be damaged\n",
        ),
        (
            // Bytes that are text neither in UTF-8 nor in GB18030.
            [HEADER.as_bytes(), b"T1,\xFF\xFE\xFD,,,x,,,\n"].concat(),
            "",
        ),
        (Vec::new(), "members.csv: the file is empty\n"),
        ("登记表\n第一行\n".as_bytes().to_vec(), "members.csv: no row names the columns\n"),
        (
            b"PK\x03\x04 no workbook at all".to_vec(),
            "members.csv: the file cannot be read; save it as CSV or XLSX\n",
        ),
    ] {
        terminal.write("members.csv", &bytes);
        let said = terminal.run(&["members", "import", "members.csv"]);
        assert_eq!(said.status, 1, "{listed}");
        if listed.is_empty() {
            assert!(said.err.contains("these bytes are no text"), "{}", said.err);
            continue;
        }
        assert_eq!(said.err.split_once("linli: ").unwrap().0, listed);
    }
}

#[test]
fn the_directory_has_its_faults_listed_too_and_is_taken_in_whole_or_not_at_all() {
    let terminal = Terminal::open().with_database();
    terminal.write(
        "committees.csv",
        "代码,名称,街道,区县\n\
         310110012003,四平路居委会,四平路街道,杨浦区\n\
         31011001,鞍山居委会,四平路街道,杨浦区\n\
         310110012003,曲阳居委会,四平路街道,杨浦区\n\
         310110012005,,四平路街道,杨浦区\n"
            .as_bytes(),
    );
    let said = terminal.run(&["committees", "import", "committees.csv"]);
    assert_eq!(said.status, 1);
    let places: Vec<_> = said.err.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(places, ["A3", "A4", "B5", "linli:"], "{}", said.err);
    terminal.write(
        "good.csv",
        "代码,名称,街道,区县\n310110012003,四平路居委会,四平路街道,杨浦区\n".as_bytes(),
    );
    let said = terminal.done(&["committees", "import", "good.csv"]);
    assert_eq!(said, "1 added, 0 updated, 0 unchanged\n");
    let missing = terminal.run(&["committees", "import", "none.csv"]);
    assert_eq!(missing.status, 1);
    assert!(missing.err.starts_with("linli: cannot read none.csv: "), "{}", missing.err);
}

#[test]
fn a_dry_run_says_what_would_happen_and_writes_nothing() {
    let terminal = office();
    let rows = "T1,王伟,,,四平路1号,,,\nT2,,,,和平路2号,,,\n";
    terminal.write("members.csv", format!("{HEADER}{rows}").as_bytes());
    let said = terminal.run(&["members", "import", "members.csv", "--dry-run"]);
    assert_eq!(said.status, 1);
    assert!(said.err.starts_with("B3 "), "{}", said.err);
    let line = ["members", "import", "members.csv", "--dry-run", "--rejects", "bad.csv"];
    let said = terminal.done(&line);
    assert_eq!(
        said,
        "1 added, 0 updated, 0 unchanged, 1 rejected (dry run: nothing was written)\n"
    );
    assert!(!terminal.path("bad.csv").exists());
    assert_eq!(terminal.done(&["members", "export"]).lines().count(), 1);
}

#[test]
fn rejected_rows_are_mended_and_brought_again_and_no_file_is_written_over() {
    let terminal = office();
    let rows = "T1,王伟,,,四平路1号,,,\nT2,,,,\"和平路2号, \"\"西\"\"\",,,\n";
    terminal.write("members.csv", format!("{HEADER}{rows}").as_bytes());
    let import =
        |rejects| terminal.run(&["members", "import", "members.csv", "--rejects", rejects]);
    let refused = import("members.csv");
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("members.csv is there already"), "{}", refused.err);
    assert_eq!(terminal.read("members.csv"), format!("{HEADER}{rows}"));
    assert_eq!(import("bad.csv").out, "1 added, 0 updated, 0 unchanged, 1 rejected\n");
    let bad = terminal.read("bad.csv");
    assert!(bad.ends_with("T2,,,,\"和平路2号, \"\"西\"\"\",,,,Please fill this in.\r\n"), "{bad}");
    terminal.write("mended.csv", bad.replace("T2,,", "T2,朱颖,").as_bytes());
    let said = terminal.done(&["members", "import", "mended.csv"]);
    assert_eq!(said, "1 added, 0 updated, 0 unchanged, 0 rejected\n");
}

#[test]
fn agreement_is_said_once_for_a_file_or_by_a_column() {
    let terminal = office();
    let rows = "T1,王伟,,,四平路1号,310110012003,,\n";
    terminal.write("members.csv", format!("{HEADER}{rows}").as_bytes());
    terminal.done(&["members", "import", "members.csv", "--agreed", "no"]);
    let list = || terminal.done(&["members", "export", "--committee", "310110012003"]);
    assert_eq!(list().lines().count(), 1);
    terminal.write("agreed.csv", "工号,亮明身份\nT1,√\n".as_bytes());
    terminal.done(&["members", "import", "agreed.csv"]);
    assert_eq!(list().lines().count(), 2);
}

#[test]
fn a_committees_list_holds_those_who_agreed_and_says_nothing_of_the_others() {
    let terminal = with_members();
    let list = terminal.done(&["members", "export", "--committee", "310110012003"]);
    insta::assert_snapshot!(list.replace("\r\n", "<CRLF>\n"));
    terminal.done(&["members", "export", "--committee", "310110012003", "--lang", "en", "l.csv"]);
    assert!(terminal.read("l.csv").starts_with("\u{FEFF}Name,Home address,Skills,Phone\r\n"));
    let unknown = terminal.run(&["members", "export", "--committee", "1"]);
    assert_eq!(unknown.status, 1);
    assert!(unknown.err.contains("there is no committee with the code 1"), "{}", unknown.err);
    let said = terminal.done(&["members", "export", "--each", "lists"]);
    assert_eq!(
        said,
        "2 files in lists\nOne member is in none of them: they have not agreed to be known.\n"
    );
}

#[test]
fn a_file_is_of_the_kind_that_its_name_says_and_there_whole_or_not_at_all() {
    let terminal = with_members();
    terminal.done(&["members", "export", "out.xlsx"]);
    assert!(std::fs::read(terminal.path("out.xlsx")).unwrap().starts_with(b"PK"));
    terminal.done(&["members", "export", "out.xlsx", "--format", "csv"]);
    assert!(terminal.read("out.xlsx").starts_with('\u{FEFF}'));
    let said = terminal.run(&["members", "export", "--format", "xlsx"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("a workbook needs a file to go into"), "{}", said.err);
    let said = terminal.run(&["members", "export", "nowhere/out.csv"]);
    assert_eq!(said.status, 1);
    assert!(said.err.starts_with("linli: cannot write nowhere/out.csv: "), "{}", said.err);
    // A device is written to, and stays.
    assert!(terminal.run(&["members", "export", "/dev/null"]).status == 0);
    assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
    let left: Vec<_> = std::fs::read_dir(terminal.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(".linli"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn a_terminal_shows_tables_and_progress_and_a_pipe_neither() {
    let terminal = with_members();
    let found = terminal.on_a_terminal("members find 王伟");
    assert!(found.contains("Employee number") && found.contains("───"), "{found}");
    assert!(terminal.on_a_terminal("members find 无此人").contains("Nothing found."));
    let limited = terminal.on_a_terminal("members find 路 --limit 2");
    assert!(limited.contains("The first 2; see more with --limit."), "{limited}");
    let piped = terminal.run(&["members", "find", "路", "--limit", "2"]);
    assert_eq!(piped.out.lines().count(), 3);
    assert_eq!(piped.err, "");
    let shown = terminal.on_a_terminal("demo --members 1500 --database sqlite:demo.db");
    assert!(shown.contains("1,500") && shown.contains('\u{1b}'), "{shown}");
    let quiet = terminal.run(&["demo", "--members", "1500", "--database", "sqlite:quiet.db"]);
    assert_eq!(quiet.err, "");
}

#[test]
fn the_demonstration_goes_into_an_empty_registry_only() {
    let terminal = office();
    let refused = terminal.run(&["demo", "--members", "5"]);
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("this registry holds data"), "{}", refused.err);
    // An administrator may be there already.
    let other = Terminal::open().with_database();
    other.done(&["user", "add", "wangfang", "--name", "王芳", "--role", "administrator"]);
    other.done(&["demo", "--members", "5"]);
    assert_eq!(other.run(&["demo", "--members", "5"]).status, 1);
}
