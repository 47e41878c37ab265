//! Which column of a file is which: offices name them in many ways.

use super::CellProblem;
use crate::lang::Message;
use crate::text::fold;

/// A column that Linli knows.
pub trait Column: Copy + Eq + 'static {
    /// All of them, in the order of our own files.
    const ALL: &'static [Self];

    /// What it is called in files, in Chinese first, then English, then other words for it.
    fn names(self) -> &'static [&'static str];

    /// What our own files call it in this language (`zh`: the first, else the second).
    fn header(self, chinese: bool) -> &'static str {
        self.names()[usize::from(!chinese)]
    }
}

/// The columns of a file of members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MemberColumn {
    /// 工号.
    Number,
    /// 姓名.
    Name,
    /// 所属支部.
    Branch,
    /// 手机.
    Phone,
    /// 住址.
    Address,
    /// 居委会代码.
    CommitteeCode,
    /// 居委会.
    Committee,
    /// 个人专长.
    Skills,
    /// 街道; read only to tell committees of one name apart.
    Street,
    /// 区县; likewise.
    District,
    /// 挂靠居委会代码.
    HostCode,
    /// 挂靠居委会.
    Host,
    /// 同意亮明身份.
    Agreed,
    /// 同意公开手机.
    AgreedPhone,
}

impl Column for MemberColumn {
    const ALL: &'static [Self] = &[
        Self::Number,
        Self::Name,
        Self::Branch,
        Self::Phone,
        Self::Address,
        Self::CommitteeCode,
        Self::Committee,
        Self::Skills,
        Self::Street,
        Self::District,
        Self::HostCode,
        Self::Host,
        Self::Agreed,
        Self::AgreedPhone,
    ];

    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Number => &[
                "工号",
                "Employee number",
                "编号",
                "员工号",
                "员工编号",
                "职工号",
                "人员编号",
                "员工工号",
                "employee no",
                "employee id",
                "number",
            ],
            Self::Name => &["姓名", "Name", "名字", "党员姓名", "员工姓名", "full name", "member"],
            Self::Branch => &[
                "所属支部",
                "Branch",
                "党支部",
                "支部",
                "所在支部",
                "所属党支部",
                "所在党支部",
                "支部名称",
                "party branch",
            ],
            Self::Phone => &[
                "手机",
                "Phone",
                "手机号",
                "手机号码",
                "电话",
                "联系电话",
                "联系方式",
                "移动电话",
                "电话号码",
                "mobile",
                "phone number",
                "telephone",
            ],
            Self::Address => &[
                "住址",
                "Home address",
                "家庭住址",
                "家庭地址",
                "居住地址",
                "现住址",
                "地址",
                "居住地",
                "常住地址",
                "address",
            ],
            Self::CommitteeCode => {
                &["居委会代码", "Committee code", "居委代码", "社区代码", "居委会编码"]
            }
            Self::Committee => &[
                "居委会",
                "Committee",
                "居委",
                "社区",
                "居委会名称",
                "所在居委会",
                "所属居委会",
                "所在社区",
                "里委",
                "居委(里委)",
                "居委(里委)名称",
                "社区居委会",
                "residents' committee",
            ],
            Self::Skills => {
                &["个人专长", "Skills", "专长", "特长", "个人特长", "技能", "擅长", "skill"]
            }
            Self::Street => {
                &["街道", "Sub-district", "街道(镇)", "街道/镇", "所属街道", "所在街道"]
            }
            Self::District => &["区县", "District", "区", "所在区", "所属区"],
            Self::HostCode => &["挂靠居委会代码", "Host committee code"],
            Self::Host => &["挂靠居委会", "Host committee", "挂靠居委"],
            Self::Agreed => {
                &["同意亮明身份", "Agrees to be known", "亮明身份", "是否同意", "agreed"]
            }
            Self::AgreedPhone => {
                &["同意公开手机", "Agrees to share phone", "公开手机", "手机是否公开"]
            }
        }
    }
}

/// The columns of a directory of committees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CommitteeColumn {
    /// 代码, 12 digits.
    Code,
    /// 名称.
    Name,
    /// 街道.
    Street,
    /// 区县.
    District,
    /// 城市.
    City,
    /// 地址.
    Address,
    /// 联系人.
    ContactPerson,
    /// 电话.
    Phone,
}

impl Column for CommitteeColumn {
    const ALL: &'static [Self] = &[
        Self::Code,
        Self::Name,
        Self::Street,
        Self::District,
        Self::City,
        Self::Address,
        Self::ContactPerson,
        Self::Phone,
    ];

    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Code => &["代码", "Code", "居委会代码", "区划代码", "统计用区划代码", "编码"],
            Self::Name => &["名称", "Name", "居委会", "居委会名称", "社区", "committee"],
            Self::Street => &["街道", "Sub-district", "街道名称", "街道(镇)", "乡镇街道"],
            Self::District => &["区县", "District", "区", "县区"],
            Self::City => &["城市", "City", "市"],
            Self::Address => &["地址", "Address", "居委会地址", "办公地址"],
            Self::ContactPerson => &["联系人", "Contact person"],
            Self::Phone => &["电话", "Phone", "联系电话", "办公电话"],
        }
    }
}

/// Which known column each header names; `None` for one that we do not know. Widths, capitals,
/// spaces and signs at the end do not matter.
pub fn match_columns<C: Column>(headers: &[String]) -> Vec<Option<C>> {
    headers
        .iter()
        .map(|header| {
            let bare = bare(header);
            C::ALL
                .iter()
                .copied()
                .find(|column| column.names().iter().any(|n| self::bare(n) == bare))
        })
        .collect()
}

/// What is wrong with a header in this row: a column that is there twice, or needed and missing.
pub fn header_problems<C: Column>(
    row: u32,
    columns: &[Option<C>],
    needed: &[C],
) -> Vec<CellProblem> {
    let mut problems = Vec::new();
    for column in C::ALL {
        let name = column.header(true);
        let mut places = (1..).zip(columns).filter(|(_, c)| **c == Some(*column)).map(|(at, _)| at);
        let (first, second) = (places.next(), places.next());
        if first.is_none() && needed.contains(column) {
            let message = Message::new("sheet-header-missing").with("name", name);
            problems.push(CellProblem { row, column: 0, message });
        }
        if let Some(column) = second {
            let message = Message::new("sheet-header-doubled").with("name", name);
            problems.push(CellProblem { row, column, message });
        }
    }
    problems
}

fn bare(name: &str) -> String {
    fold(name)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .trim_end_matches([':', '*', '：', '＊'])
        .to_owned()
}

/// A column's letters as a spreadsheet shows them, from 1: A, B, … Z, AA.
pub fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        let place = (column - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(place).unwrap_or_default()));
        column = (column - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A yes or no as people write it in a cell; `None` for anything else, an empty cell included.
pub fn parse_yes_no(cell: &str) -> Option<bool> {
    match fold(cell).as_str() {
        "是" | "同意" | "√" | "✓" | "有" | "已同意" | "yes" | "y" | "true" | "1" => {
            Some(true)
        }
        "否" | "不同意" | "×" | "✗" | "无" | "未同意" | "no" | "n" | "false" | "0" => {
            Some(false)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_many_names() {
        let headers =
            ["名字", " 家庭住址：", "社区", "ＮＡＭＥ", "备注"].map(str::to_owned).to_vec();
        assert_eq!(
            match_columns::<MemberColumn>(&headers),
            [
                Some(MemberColumn::Name),
                Some(MemberColumn::Address),
                Some(MemberColumn::Committee),
                Some(MemberColumn::Name),
                None
            ]
        );
    }

    #[test]
    fn letters_count_as_a_spreadsheet_does() {
        assert_eq!(column_letters(1), "A");
        assert_eq!(column_letters(26), "Z");
        assert_eq!(column_letters(27), "AA");
        assert_eq!(column_letters(703), "AAA");
    }

    #[test]
    fn yes_and_no_are_read_as_people_write_them() {
        assert_eq!(parse_yes_no("√"), Some(true));
        assert_eq!(parse_yes_no("不同意"), Some(false));
        assert_eq!(parse_yes_no("也许"), None);
    }
}
