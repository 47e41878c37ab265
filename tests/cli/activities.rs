//! Files of participations.

use crate::terminal::Terminal;

#[test]
fn participations_are_taken_in_whole_or_but_for_the_rows_with_problems() {
    let terminal = Terminal::open().with_database();
    terminal.write(
        "committees.csv",
        "代码,名称,街道,区县,城市\n310110012003,四平路居委会,四平路街道,杨浦区,上海市\n".as_bytes(),
    );
    terminal.done(&["committees", "import", "committees.csv"]);
    terminal.write(
        "members.csv",
        "工号,姓名,住址,居委会代码\nT001,朱颖,四平路1号,310110012003\n".as_bytes(),
    );
    terminal.done(&["members", "import", "members.csv"]);
    terminal.write(
        "activities.csv",
        "工号,日期,内容,次数,方式,时长\n\
         T001,2026-03-07,夜间巡逻,1,集中,1.5\n\
         T002,2026-03-07,夜间巡逻,1,集中,1.5\n"
            .as_bytes(),
    );
    let said = terminal.run(&["activities", "import", "activities.csv"]);
    assert_eq!(said.status, 1, "{said:?}");
    assert!(said.err.starts_with("A3 nobody was found for “T002”"), "{said:?}");
    let line = ["activities", "import", "activities.csv", "--rejects", "left-out.csv"];
    let look = terminal.done(&[&line[..], &["--dry-run"]].concat());
    assert!(look.starts_with("Would be new: 1 activities, 1 participations"), "{look}");
    assert_eq!(
        terminal.done(&line),
        "New: 1 activities, 1 participations; on record already: 0; left out: 1\n"
    );
    let left_out = terminal.read("left-out.csv");
    assert!(left_out.contains("T002") && !left_out.contains("T001"), "{left_out}");
    let again = ["activities", "import", "activities.csv", "--rejects", "again.csv"];
    assert_eq!(
        terminal.done(&again),
        "New: 0 activities, 0 participations; on record already: 1; left out: 1\n"
    );
}
