# 报到
checkins-title = 报到
checkins-about = 还没有收到居委会回执的党员。同意亮明身份的才在此列。
checkins-missing-count = { $count } 名未报到
checkins-none = 都已报到，没有缺回执的党员。
checkins-none-there = 联系函上的党员都已报到。
checkins-code = 报到单编号
checkins-code-unknown = 没有这个编号的报到单，请核对。
checkins-find = 查找回执
checkins-any-branch = 全部党支部
checkins-printed = 报到单打印
checkins-printed-any = 不限
checkins-printed-never = 没有打印过
checkins-printed-before = { $days } 天前打印的
checkins-printed-ago = { $days ->
    [0] 今天打印
   *[other] { $days } 天前打印
}
checkins-shape = 式样
checkins-shape-each = 每人一张报到单
checkins-shape-list = 每个居委会一份名单
checkins-shape-both = 报到单加名单
checkins-print-missing = 打印缺的 { $count } 张
checkins-print-ticked = 打印勾选的
checkins-enter = 登记回执
checkins-all-of-list = 全部 { $count } 名
checkins-day = 报到日期
checkins-by = 居委会接收人
checkins-accept = 登记勾选的
checkins-accepted = 已报到
checkins-correct = 更正
checkins-none-ticked = 请先勾选党员。
checkins-noted = 登记于
checkins-noted-there = 居委会扫码登记于
checkins-strike = 撤回这份回执
checkins-slip = 报到单
checkins-list = 报到名单
checkins-receipt = 回执
checkins-and = 、
checkins-came = 已报到
checkins-accepted-by = 接收人（签字）：
checkins-slip-words = 兹有我单位党员{ $name }同志居住在贵处，本人同意亮明身份，愿在工作之余参加社区建设，现前来报到，请予接洽，并请填写下方回执。
checkins-receipt-words = 贵单位党员{ $name }同志已到我处报到，我处已登记并将与其联系。
checkins-list-words = { $office }有下列 { $count } 名党员居住在贵处，本人均同意亮明身份，愿在工作之余参加社区建设，现集体报到。请在已报到的党员后打勾，填写下方回执，盖章后寄回或交本人带回。
checkins-list-receipt = 上表共 { $count } 名党员，打勾的已到我处报到，我处已登记并将与其联系。
checkins-there-text = 党员来报到过的，请在名字前打勾，写上您的姓名，就不必再交纸质回执。
checkins-there-who = 已来报到的
checkins-there-send = 确认报到
checkins-there-open = 名单上还有 { $count } 名党员没有登记报到。
checkins-there-go = 登记报到
checkins-of-member = 居委会报到
checkins-state-done = 已报到
checkins-state-open = 未报到
checkins-state-nowhere = 还没有居委会，无处报到。
checkins-state-withheld = 未同意亮明身份，不打印报到单。
checkins-print-one = 打印报到单
checkins-enter-one = 登记回执
notice-slips-printed = 已生成 { $name } 张报到单，请打印。
notice-checked-in = 已登记 { $name } 名党员的回执。
notice-checked-in-there = 已登记 { $name } 名党员报到，谢谢。
notice-receipt-changed = 已更正“{ $name }”的回执。
notice-receipt-struck = 已撤回“{ $name }”的回执。
audit-action-slips-printed = 打印报到单
audit-action-checked-in = 登记报到回执
audit-action-checked-in-there = 居委会登记报到
audit-action-check-in-changed = 更正报到回执
audit-action-check-in-struck = 撤回报到回执
audit-said-slips = { $slips } 张

# 信封套件
packets-title = 寄送套件
packets-about = 每个居委会一套：地址标签、联系函（带回执）、报到单，另附名单文件。再次打印只印缺的；今年还没有联系函的，会拟好并编号。
packets-again = 以前打印过的也再印
packets-count = { $count } 套，
packets-letters = { $count } 封联系函；
packets-fresh = 其中 { $count } 封现在拟好编号。
packets-slips = { $count } 张报到单
packets-rest = 还有 { $count } 个居委会，下一次打印。
packets-nothing = 没有缺的，都已打印。
packets-print = 打印套件
packets-print-hint = 联系函的链接每次打印都是新的，以前印出的仍可打开。
packets-lists = 下载名单
packets-letter = 联系函
packets-letter-new = 新拟
packets-letter-draft = 草稿，现在编号
packets-letter-issued = 已编号
packets-letter-none = 已打印
packets-inside = 内有
packets-with-return = （附回执）
packets-label-person = { $name } 收
packets-label-office = 居委会收
notice-packets-printed = 已生成 { $name } 套，请打印。
audit-action-packets-printed = 打印寄送套件
audit-said-packets = { $packets } 套
provisions-title = 资料提供记录
provisions-about = 什么时候、由谁、把多少党员的哪些资料提供给了哪个居委会，只用于联系党员、安排社区服务。未同意亮明身份的，从不提供。
provisions-none = 还没有向居委会提供过资料。
provisions-any = 全部
provisions-list = 名单
provisions-by-what = 提供方式
provisions-day = 时间
provisions-fields = 资料
provisions-by = 经办
provisions-committees = { $count } 个居委会
provisions-here = 提供给本居委会的资料
provisions-all = 全部记录
provisions-file = 名单文件
provisions-zip = 全部名单
provisions-terminal = 命令行导出

# 联络台账
ledger-title = 联络台账
ledger-tabs = 台账的范围
ledger-all = 全部
ledger-open = 要跟进
ledger-none = 还没有联络记录。
ledger-none-open = 没有要跟进的。
ledger-any-kind = 全部方式
ledger-happened = 经过
ledger-waits = 待办
ledger-waits-send = { $days ->
    [0] 待发出
   *[other] { $days } 天未发出
}
ledger-waits-reply = { $days ->
    [0] 待回复
   *[other] { $days } 天未回复
}
ledger-waits-work = { $days ->
    [0] 待落实
   *[other] 答复 { $days } 天，还没有安排
}
ledger-waits-due = { $days ->
    [0] 今天到期
   *[other] 过期 { $days } 天
}
ledger-waits-promise = { $days ->
    [0] 待落实
   *[other] { $days } 天未落实
}
ledger-needs = { $count } 项需求
ledger-offers = { $count } 个岗位或微心愿
ledger-activities = { $count } 次活动
ledger-file = 下载（CSV）
ledger-and = 、
contacts-new = 记一次联络
contacts-one = 联络记录
contacts-visit = 走访
contacts-call = 电话
contacts-message = 信息
contacts-asked = 党员要求安排工作
contacts-kind = 方式
contacts-day = 日期
contacts-member = 党员
contacts-member-hint = 党员要求安排工作时填写；居委会可不填，以登记的为准。
contacts-member-pick = 是哪一位
contacts-person = 居委会联系人
contacts-words = 事由
contacts-words-hint = 写事情，不写对个人的评价，不写居民的情况。
contacts-promised = 答应的事
contacts-due = 最晚
contacts-due-of-what = 填了期限，请写答应了什么。
contacts-outcome = 落实结果
contacts-open = 未落实
contacts-of-member = 要求安排的工作
contacts-asked-add = 记一次要求
contacts-strike = 作废
contacts-struck = 已作废
notice-contact-added = 已记入台账。
notice-contact-changed = 已保存。
notice-contact-struck = 已作废，可以恢复。
notice-contact-back = 已恢复。
audit-record-contact = 联络记录
audit-action-contact-added = 记联络
audit-action-contact-changed = 修改联络记录
audit-action-contact-struck = 作废联络记录
audit-action-contact-back = 恢复联络记录
