//! The columns of a file of address rules, in all the ways in which offices name them.

use crate::sheets::Column;

/// A column of a file of rules. Numbers stand in one cell, in a cell for lanes and one for houses,
/// or as first and last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleColumn {
    /// 路名.
    Road,
    /// 弄: `180-220弄`.
    Lane,
    /// 号: `1-99号`.
    House,
    /// 单双.
    Parity,
    /// 居委会代码.
    CommitteeCode,
    /// 居委会.
    Committee,
    /// 街道; read only to tell committees of one name apart.
    Street,
    /// 区县; likewise.
    District,
    /// 生效日期.
    ValidFrom,
    /// 弄号: all of it in one cell, such as `180弄1-60号单`.
    Numbers,
    /// 起.
    First,
    /// 止.
    Last,
    /// Whether first and last count lanes or houses.
    Unit,
}

/// The columns of the office's own files: each cell with its unit, because a spreadsheet takes
/// `1-9` for a day.
pub const OFFICE: [RuleColumn; 9] = [
    RuleColumn::Road,
    RuleColumn::Lane,
    RuleColumn::House,
    RuleColumn::Parity,
    RuleColumn::CommitteeCode,
    RuleColumn::Committee,
    RuleColumn::Street,
    RuleColumn::District,
    RuleColumn::ValidFrom,
];

impl Column for RuleColumn {
    const ALL: &'static [Self] = &[
        Self::Road,
        Self::Lane,
        Self::House,
        Self::Parity,
        Self::CommitteeCode,
        Self::Committee,
        Self::Street,
        Self::District,
        Self::ValidFrom,
        Self::Numbers,
        Self::First,
        Self::Last,
        Self::Unit,
    ];

    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Road => {
                &["路名", "Road", "道路", "路", "道路名称", "路名称", "路(村)名", "路街", "street"]
            }
            Self::Lane => &["弄", "Lane", "弄号段", "里弄", "lanes"],
            Self::House => {
                &["号", "House", "门牌", "门牌号", "号码", "门牌号码", "houses", "house number"]
            }
            Self::Parity => &["单双", "Odd or even", "单双号", "单/双", "奇偶", "parity"],
            Self::CommitteeCode => {
                &["居委会代码", "Committee code", "居委代码", "社区代码", "居委会编码", "代码"]
            }
            Self::Committee => &[
                "居委会",
                "Committee",
                "居委",
                "居委会名称",
                "所属居委会",
                "所属居委",
                "社区",
                "里委",
            ],
            Self::Street => {
                &["街道", "Sub-district", "街道(镇)", "街道/镇", "所属街道", "所在街道"]
            }
            Self::District => &["区县", "District", "区", "所在区", "所属区"],
            Self::ValidFrom => {
                &["生效日期", "Valid from", "生效", "生效时间", "生效日", "启用日期"]
            }
            Self::Numbers => &[
                "弄号",
                "Numbers",
                "弄、号",
                "弄号范围",
                "范围",
                "号段",
                "门牌范围",
                "起止",
                "路段",
                "range",
            ],
            Self::First => &["起", "First", "起号", "起始", "起始号", "起始门牌", "从", "from"],
            Self::Last => &["止", "Last", "止号", "终止", "终止号", "终止门牌", "到", "至", "to"],
            Self::Unit => &["弄/号", "Lane or house", "弄或号", "类型", "类别", "单位", "unit"],
        }
    }
}
