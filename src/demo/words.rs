//! What made-up members are put together from, with weights; and what they do.

use crate::activities::Area;

pub(super) const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈\
    姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

pub(super) const RARE_SURNAMES: &[&str] = &[
    "单", "解", "仇", "朴", "盖", "查", "区", "尉迟", "万俟", "长孙", "欧阳", "上官", "司马",
    "诸葛", "令狐",
];

pub(super) const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文斌鑫宇浩轩子涵梓萱雨欣怡佳颖康乐晨曦博\
    思远嘉诚俊凯天翔雪琴婷慧莹倩蕾薇岚峰岩松柏林森海波江河春夏秋冬安宁福祥瑞祺铭辉煌耀庭立新卫东朝阳晓光";

pub(super) const RARE_GIVEN: &[char] =
    &['𠮷', '㛃', '䶮', '喆', '堃', '赟', '燚', '甯', '昉', '曌'];

pub(super) const LONG_NAMES: &[&str] =
    &["阿卜杜热依木·麦麦提", "迪丽努尔·艾合买提", "扎西·次仁旺堆", "古丽米热·吐尔逊"];

pub(super) const ROADS: &[&str] = &[
    "四平路",
    "中山北路",
    "和平路",
    "建设路",
    "人民路",
    "解放路",
    "新华路",
    "长江路",
    "黄河路",
    "文化路",
    "学院路",
    "工农路",
];

/// What made-up activities are called, and which of the four areas they belong to.
pub(super) const KINDS: &[(&str, Area)] = &[
    ("夜间巡逻", Area::SelfGovernance),
    ("楼组自治", Area::SelfGovernance),
    ("民主议事", Area::SelfGovernance),
    ("矛盾调解", Area::Mediation),
    ("文化活动", Area::Culture),
    ("知识讲座", Area::Culture),
    ("电脑维修", Area::GoodDeeds),
    ("助老服务", Area::GoodDeeds),
    ("环境清洁", Area::GoodDeeds),
    ("结对帮扶", Area::GoodDeeds),
];

/// The branches of the made-up workplace.
pub const BRANCHES: &[&str] = &[
    "长途通信第一党支部",
    "长途通信第二党支部",
    "网络运维党支部",
    "客户服务党支部",
    "市场营销党支部",
    "综合管理党支部",
    "数据中心党支部",
    "工程建设党支部",
    "财务审计党支部",
    "离退休服务党支部",
    "青年党支部",
    "传输设备党支部",
];

/// Skills, and how common each is.
pub const SKILLS: &[(&str, u32)] = &[
    ("计算机维护", 16),
    ("网络通信", 14),
    ("法律咨询", 6),
    ("心理辅导", 5),
    ("医疗护理", 6),
    ("家电维修", 9),
    ("水电维修", 8),
    ("课业辅导", 12),
    ("英语", 9),
    ("书法", 7),
    ("绘画", 4),
    ("摄影", 8),
    ("音乐", 5),
    ("舞蹈", 4),
    ("太极拳", 4),
    ("急救", 5),
    ("理发", 2),
    ("烹饪", 5),
    ("园艺", 4),
    ("驾驶", 10),
    ("财务会计", 7),
    ("文字写作", 9),
    ("主持", 3),
    ("矛盾调解", 6),
    ("安全巡逻", 7),
    ("手语", 1),
    ("编程", 10),
    ("视频剪辑", 5),
];
