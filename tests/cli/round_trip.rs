//! What the first office does: 100,000 members come in from a workbook and from an old text file,
//! and go out again, a file for each committee, compared row by row with what went in.

use std::collections::HashMap;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use encoding_rs::GB18030;
use rust_xlsxwriter::{Workbook, Worksheet};

use crate::terminal::Terminal;

const ROWS: usize = 100_000;
const COMMITTEES: usize = 30;

/// The columns of the generator's file.
const HEADER: [&str; 8] =
    ["工号", "姓名", "所属支部", "手机", "住址", "居委会代码", "居委会", "个人专长"];
/// The same, as another office calls them, and whether the member and the phone may be known.
const OTHER_WORDS: [&str; 10] = [
    "员工编号",
    "名 字：",
    "所在支部",
    "联系电话",
    "家庭住址*",
    "居委代码",
    "社区",
    "特长",
    "亮明身份",
    "公开手机",
];

const SURNAMES: [&str; 12] =
    ["王", "李", "张", "单", "解", "仇", "欧阳", "朱", "万俟", "曾", "区", "尉迟"];
const GIVEN: [&str; 13] =
    ["伟", "颖", "国强", "秀英", "𠮷祥", "敏", "䶮", "建华", "静", "晓光", "桂英", "堃", "海波"];
/// What comes up now and then.
const RARE_NAMES: [&str; 4] = [
    "阿卜杜热依木·麦麦提",
    "古丽米热·吐尔逊",
    "䶮𠮷𡘙",
    // 30 characters, the longest.
    "努尔艾合买提江阿卜杜热合曼·阿卜杜外力吾守尔买买提依明江阿吉",
];
const SKILLS: [&str; 6] =
    ["书法", "编程", "+急救", "课业辅导", "编程、书法", "课业辅导、+急救、编程"];

/// A committee of the directory.
#[derive(Clone)]
struct Committee {
    code: String,
    name: String,
    street: String,
}

/// The first committees of Shanghai, taken in.
fn office() -> (Terminal, Vec<Committee>) {
    let terminal = Terminal::open().with_database();
    let directory = include_str!("../../demo/committees-shanghai.csv");
    let lines: Vec<&str> = directory.lines().take(COMMITTEES + 1).collect();
    terminal.write("committees.csv", lines.join("\n").as_bytes());
    terminal.done(&["committees", "import", "committees.csv"]);
    let committees = lines[1..]
        .iter()
        .map(|line| {
            let cells: Vec<&str> = line.trim_start_matches('\u{FEFF}').split(',').collect();
            Committee {
                code: cells[0].to_owned(),
                name: cells[1].to_owned(),
                street: cells[2].to_owned(),
            }
        })
        .collect();
    (terminal, committees)
}

/// The cells of a member, in the order of [`OTHER_WORDS`]; every kind of cell comes up.
fn member(place: usize, committees: &[Committee]) -> [String; 10] {
    let pick = |words: &[&str], step: usize| words[(place / step) % words.len()].to_owned();
    let number = match place % 3 {
        0 => format!("{}", 1_000_000 + place),
        1 => format!("00{place:06}"),
        _ => format!("T{place:07}"),
    };
    let house = place % 900 + 1;
    let address = match place % 11 {
        0 => format!("=四平路{house}号+1"),
        1 => format!("+{house}号楼"),
        2 => format!("-{house}号楼东侧"),
        3 => format!("@新村{house}号"),
        4 => format!("四平路180弄{house}号,\"大院\"{}室", place % 40),
        _ => format!("中山北路{}弄{house}号{}室", place % 700, place % 40),
    };
    // Every seventh has no committee.
    let home = (!place.is_multiple_of(7)).then(|| &committees[place * 13 % committees.len()]);
    [
        number,
        if place.is_multiple_of(50) {
            pick(&RARE_NAMES, 50)
        } else {
            pick(&SURNAMES, 1) + &pick(&GIVEN, 1)
        },
        if place.is_multiple_of(5) {
            String::new()
        } else {
            pick(&["第一党支部", "网络运维党支部"], 3)
        },
        if place.is_multiple_of(4) { String::new() } else { format!("138{place:08}") },
        address,
        home.map(|home| home.code.clone()).unwrap_or_default(),
        home.map(|home| home.name.clone()).unwrap_or_default(),
        if place.is_multiple_of(6) { String::new() } else { pick(&SKILLS, 2) },
        if place.is_multiple_of(10) { "否" } else { "是" }.to_owned(),
        if place % 10 > 5 { "是" } else { "否" }.to_owned(),
    ]
}

/// A cell that people typed digits into: every other one is a number in the workbook.
fn write_digits(sheet: &mut Worksheet, row: u32, column: u16, cell: &str, number: bool) {
    match cell.parse::<u64>() {
        #[expect(clippy::cast_precision_loss, reason = "12 digits fit")]
        Ok(digits) if number && !cell.starts_with('0') => {
            sheet.write_number(row, column, digits as f64).unwrap();
        }
        _ => {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
}

fn workbook(path: &Path, members: &[[String; 10]]) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory().unwrap();
    sheet.write_string(0, 0, "党员参加社区文明建设情况登记汇总").unwrap();
    for (column, word) in (0..).zip(OTHER_WORDS) {
        sheet.write_string(2, column, word).unwrap();
    }
    for (row, member) in (3..).zip(members) {
        for (column, cell) in (0..).zip(member) {
            let digits = matches!(column, 0 | 3 | 5);
            if digits {
                write_digits(sheet, row, column, cell, row % 2 == 0);
            } else if !cell.is_empty() {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    workbook.save(path).unwrap();
}

fn text_file(path: &Path, header: &[&str], members: &[[String; 10]]) {
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    out.write_record(["党员登记汇总（2026年）"]).unwrap();
    out.write_record(header).unwrap();
    for member in members {
        out.write_record(&member[..header.len()]).unwrap();
    }
    let text = String::from_utf8(out.into_inner().unwrap()).unwrap();
    let (bytes, _, lossy) = GB18030.encode(&text);
    assert!(!lossy);
    std::fs::write(path, bytes).unwrap();
}

/// What a committee is given of those who agreed: name, address, skills, the phone where agreed;
/// by the name of its file.
fn expected(
    members: &[[String; 10]],
    committees: &[Committee],
) -> HashMap<String, Vec<[String; 4]>> {
    let mut lists: HashMap<String, Vec<[String; 4]>> = HashMap::new();
    for [_, name, _, phone, address, code, _, skills, agreed, agreed_phone] in members {
        let list = committees.iter().find(|committee| committee.code == *code).map_or_else(
            || "没有居委会".to_owned(),
            |committee| format!("{code}{}{}", committee.street, committee.name),
        );
        let list = lists.entry(list).or_default();
        if agreed == "是" {
            let phone = if agreed_phone == "是" { phone.clone() } else { String::new() };
            list.push([name.clone(), address.clone(), skills.clone(), phone]);
        }
    }
    for list in lists.values_mut() {
        list.sort();
    }
    lists
}

fn sheet_rows(path: &Path) -> Vec<[String; 4]> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let name = workbook.sheet_names()[0].clone();
    let range = workbook.worksheet_range(&name).unwrap();
    let mut rows = range.rows().map(|row| {
        let text = |cell: &Data| matches!(cell, Data::String(_) | Data::Empty);
        assert!(row.iter().all(text), "{row:?}");
        std::array::from_fn(|column| row.get(column).map_or_else(String::new, ToString::to_string))
    });
    assert_eq!(rows.next().unwrap(), ["姓名", "住址", "个人专长", "手机"]);
    rows.collect()
}

fn csv_rows<const N: usize>(path: &Path) -> Vec<[String; N]> {
    let bytes = std::fs::read(path).unwrap();
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap();
    assert!(!text.windows(2).any(|pair| pair[1] == b'\n' && pair[0] != b'\r'));
    csv::Reader::from_reader(text)
        .records()
        .map(|row| {
            let row = row.unwrap();
            assert_eq!(row.len(), N);
            std::array::from_fn(|column| row[column].to_owned())
        })
        .collect()
}

/// A cell as a CSV file of ours has it: no spreadsheet takes it for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell.to_owned() }
}

#[test]
fn a_hundred_thousand_rows_of_a_workbook_reach_the_committees_as_they_were() {
    let (terminal, committees) = office();
    let members: Vec<_> = (0..ROWS).map(|place| member(place, &committees)).collect();
    workbook(&terminal.path("members.xlsx"), &members);
    let said = terminal.done(&["members", "import", "members.xlsx"]);
    assert_eq!(said, "100,000 added, 0 updated, 0 unchanged, 0 rejected\n");
    let said = terminal.done(&["members", "export", "--each", "lists", "--format", "xlsx"]);
    let left_out = "10,000 members are in none of them: they have not agreed to be known.";
    assert_eq!(said, format!("{} files in lists\n{left_out}\n", COMMITTEES + 1));
    let expected = expected(&members, &committees);
    assert_eq!(expected.len(), COMMITTEES + 1);
    let mut compared = 0;
    for (list, wanted) in expected {
        let mut rows = sheet_rows(&terminal.path(&format!("lists/{list}.xlsx")));
        rows.sort();
        compared += rows.len();
        assert!(rows == wanted, "{list}: {} rows, {} wanted", rows.len(), wanted.len());
    }
    assert_eq!(compared, 90_000);
}

#[test]
fn a_hundred_thousand_rows_of_an_old_text_file_come_out_unchanged() {
    let (terminal, committees) = office();
    let members: Vec<_> = (0..ROWS).map(|place| member(place, &committees)).collect();
    text_file(&terminal.path("members.csv"), &HEADER, &members);
    let said = terminal.done(&["members", "import", "members.csv"]);
    assert_eq!(said, "100,000 added, 0 updated, 0 unchanged, 0 rejected\n");
    terminal.done(&["members", "export", "out.csv"]);
    let header = std::fs::read_to_string(terminal.path("out.csv")).unwrap();
    assert!(header.starts_with(&format!("\u{FEFF}{}\r\n", HEADER.join(","))));
    let mut rows = csv_rows::<8>(&terminal.path("out.csv"));
    let mut wanted: Vec<[String; 8]> = members
        .iter()
        .map(|member| std::array::from_fn(|column| harmless(&member[column])))
        .collect();
    rows.sort();
    wanted.sort();
    assert_eq!(rows.len(), wanted.len());
    for (row, wanted) in rows.iter().zip(&wanted) {
        assert_eq!(row, wanted);
    }
}

#[test]
fn a_text_file_with_other_words_and_agreements_reaches_the_committees_too() {
    let (terminal, committees) = office();
    let members: Vec<_> = (0..2000).map(|place| member(place, &committees)).collect();
    text_file(&terminal.path("members.csv"), &OTHER_WORDS, &members);
    terminal.done(&["members", "import", "members.csv"]);
    terminal.done(&["members", "export", "--each", "lists"]);
    for (list, mut wanted) in expected(&members, &committees) {
        for row in &mut wanted {
            *row = std::array::from_fn(|column| harmless(&row[column]));
        }
        wanted.sort();
        let mut rows = csv_rows::<4>(&terminal.path(&format!("lists/{list}.csv")));
        rows.sort();
        assert_eq!(rows, wanted, "{list}");
    }
}
