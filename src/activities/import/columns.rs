//! The columns of a file of participations, and what stands in them.

use crate::activities::{Area, Manner};
use crate::sheets::Column;
use crate::text::fold;

/// A column of a file of participations: a row for each member's part in an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartColumn {
    /// 工号.
    Number,
    /// 姓名; used where there is no number, and only if nobody else is called so.
    Name,
    /// 日期.
    Day,
    /// 内容: what the activity is called.
    Title,
    /// 领域; guessed from the title where it is missing.
    Area,
    /// 方式.
    Manner,
    /// 次数.
    Times,
    /// 时长, in hours.
    Hours,
    /// 居委会代码; without it and a name, the member's own.
    CommitteeCode,
    /// 居委会.
    Committee,
    /// 街道; read only to tell committees of one name apart.
    Street,
    /// 区县; likewise.
    District,
}

/// The columns of the office's own files.
pub const OFFICE: [PartColumn; 10] = [
    PartColumn::Number,
    PartColumn::Name,
    PartColumn::Day,
    PartColumn::Title,
    PartColumn::Area,
    PartColumn::Manner,
    PartColumn::Times,
    PartColumn::Hours,
    PartColumn::CommitteeCode,
    PartColumn::Committee,
];

impl Column for PartColumn {
    const ALL: &'static [Self] = &[
        Self::Number,
        Self::Name,
        Self::Day,
        Self::Title,
        Self::Area,
        Self::Manner,
        Self::Times,
        Self::Hours,
        Self::CommitteeCode,
        Self::Committee,
        Self::Street,
        Self::District,
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
                "employee no",
                "employee id",
                "number",
            ],
            Self::Name => &["姓名", "Name", "名字", "党员姓名", "参加人", "member", "participant"],
            Self::Day => &["日期", "Date", "活动日期", "时间", "活动时间", "day"],
            Self::Title => &[
                "内容",
                "Activity",
                "活动内容",
                "活动名称",
                "活动",
                "名称",
                "项目",
                "title",
                "what",
            ],
            Self::Area => &["领域", "Area", "活动领域", "类别", "活动类别", "类型"],
            Self::Manner => &["方式", "Manner", "参加方式", "活动方式", "形式"],
            Self::Times => &["次数", "Times", "参加次数"],
            Self::Hours => &["时长", "Hours", "小时", "时数", "时长(小时)", "服务时长", "工时"],
            Self::CommitteeCode => {
                &["居委会代码", "Committee code", "居委代码", "社区代码", "居委会编码"]
            }
            Self::Committee => {
                &["居委会", "Committee", "居委", "社区", "居委会名称", "地点", "活动地点"]
            }
            Self::Street => &["街道", "Sub-district", "街道(镇)", "街道/镇"],
            Self::District => &["区县", "District", "区"],
        }
    }
}

/// Words by which offices name the manners.
const MANNERS: [(Manner, &[&str]); 3] = [
    (Manner::Group, &["集体", "集中", "group", "together"]),
    (Manner::Alone, &["个人", "单独", "自行", "alone", "individual"]),
    (Manner::Pairing, &["结对", "结对子", "pairing", "pair"]),
];

/// Words by which offices name the areas; the first are Linli's own.
const AREAS: [(Area, &[&str]); 4] = [
    (Area::Culture, &["群众性文化建设", "文化建设", "文化", "culture"]),
    (Area::Mediation, &["处理居民矛盾", "居民矛盾", "调解", "mediation"]),
    (Area::GoodDeeds, &["为居民做好事", "做好事", "好事", "good deeds"]),
    (Area::SelfGovernance, &["居民自治管理", "自治管理", "自治", "self-governance"]),
];

/// Words in titles that tell the area.
const TELLING: [(Area, &[&str]); 3] = [
    (Area::Mediation, &["矛盾", "调解", "纠纷"]),
    (Area::Culture, &["文化", "讲座", "书法", "歌", "舞", "演出", "联欢", "读书", "展览", "宣传"]),
    (Area::SelfGovernance, &["自治", "议事", "巡逻", "楼组", "选举", "居民大会", "值班"]),
];

/// Reads a manner.
pub(super) fn manner(typed: &str) -> Option<Manner> {
    let typed = fold(typed);
    MANNERS.into_iter().find(|(_, words)| words.contains(&typed.as_str())).map(|(manner, _)| manner)
}

/// Reads an area.
pub(super) fn area(typed: &str) -> Option<Area> {
    let typed = fold(typed);
    AREAS.into_iter().find(|(_, words)| words.contains(&typed.as_str())).map(|(area, _)| area)
}

/// The area that a title tells of; good deeds where it tells of none.
pub(super) fn area_of(title: &str) -> Area {
    let tells = |words: &&[&str]| words.iter().any(|word| title.contains(word));
    let told = TELLING.into_iter().find(|(_, words)| tells(words));
    told.map_or(Area::GoodDeeds, |(area, _)| area)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_name_manners_and_areas_in_many_ways() {
        assert_eq!(manner("集中"), Some(Manner::Group));
        assert_eq!(manner(" 个人"), Some(Manner::Alone));
        assert_eq!(manner("线上"), None);
        assert_eq!(area("文化"), Some(Area::Culture));
        assert_eq!(area("体育"), None);
        for (title, told) in [
            ("夜间巡逻", Area::SelfGovernance),
            ("矛盾调解", Area::Mediation),
            ("知识讲座", Area::Culture),
            ("电脑维修", Area::GoodDeeds),
        ] {
            assert_eq!(area_of(title), told, "{title}");
        }
    }
}
