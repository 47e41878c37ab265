# 居委会自己的页面
hub-sections = 可以办的事
hub-answer = 答复联系函
hub-answer-waits = 待答复
hub-answered = 已答复
hub-needs = 服务需求
hub-needs-count = { $count ->
    [0] 需要党员帮忙，在这里提
   *[other] { $count } 项进行中
}
hub-needs-none = 还没有提过需求。
hub-post-need = 提出需求
hub-skills = 需要会什么（可不选）
hub-skills-hint = 会其中一项即可；不选表示人人都能做。
hub-need-served = 服务的党员：
hub-need-take-back = 不再需要
hub-need-taken-back = 居委会表示不再需要
hub-signed = 经办人：
hub-signed-other = 换人
hub-busy = 操作太频繁
hub-busy-text = 这个链接一小时内提交的次数太多，请过一会儿再试，或打电话给联系人。
needs-posted = 居委会提出
needs-posted-tag = 居委会提出
notice-need-posted = 已提出“{ $name }”，支部会联系合适的党员。
notice-need-taken-back = 已撤回“{ $name }”。
notice-need-served-warning = “{ $name }”已有党员服务或已结束，如有变化请打电话给支部。

audit-action-committee-page-opened = 居委会查看页面
audit-action-data-proposed = 提出更正居委会资料
audit-action-proposal-withdrawn = 撤回更正
audit-action-proposal-accepted = 采用居委会的更正
audit-action-proposal-declined = 不采用居委会的更正
audit-action-parts-confirmed = 居委会在网页上确认参加记录
audit-action-parts-unconfirmed = 居委会撤回确认
audit-action-part-doubted = 居委会指出参加记录有误
audit-action-doubt-settled = 处理居委会指出的问题

# 居委会资料的更正
hub-data = 核对本居委会资料
hub-data-look = 联系人、电话有变化就改
hub-data-open = 更正待支部处理
hub-data-not-taken = 更正未采用，请看原因
hub-data-text = 下面是支部现有的资料。有变化的直接改，提交后由支部核对再更新。
hub-data-waits = 待支部处理的更正
hub-data-take-back = 撤回更正
hub-data-accepted = 上次的更正已采用（{ $day }）。
hub-data-declined = 上次的更正未采用：{ $because }
hub-data-same = 没有改动，不需要提交。
hub-data-propose = 提交更正
proposals-title = 居委会的更正
proposals-none = 没有待处理的更正。
proposals-decided-lately = 最近处理的
proposals-open = 待处理
proposals-accepted = 已采用
proposals-declined = 未采用
proposals-withdrawn = 已撤回
proposals-head = 居委会负责人
proposals-on-record = 现有资料
proposals-proposed = 居委会提出
proposals-take = 采用
proposals-accept = 采用勾选的
proposals-decline = 不采用
proposals-because = 不采用的原因
proposals-because-hint = 居委会看得到这句话。
proposals-reopen = 重新处理
proposals-changed-since = （之后改过）
proposals-is-so = （已经一致）
proposals-empty = （清空）
proposals-none-ticked = 请勾选要采用的内容；都不采用请写明原因。
proposals-decided = 这份更正已经处理过。
proposals-stale = 居委会的资料刚刚有变化，请对照后再决定。
proposals-not-again = 这份更正不能再处理，居委会可以重新提交。
history-cause-proposed = 居委会更正
desk-proposals = { $count } 份居委会提出的更正待处理
notice-data-proposed = 更正已提交，支部核对后更新。
notice-data-taken-back = 更正已撤回。
notice-proposal-accepted = 已按居委会的更正更新“{ $name }”。
notice-proposal-declined = 未采用“{ $name }”的更正，居委会会看到原因。

# 参加记录的确认
hub-parts = 确认参加记录
hub-parts-count = { $count ->
    [0] 没有待确认的
   *[other] { $count } 条待确认
}
hub-parts-none = 近半年没有可以确认的参加记录。
hub-parts-text = 近半年在本居委会参加活动、已亮明身份的本居委会党员。属实的一次确认，有误的点“有误”。
hub-confirm-all = 全部属实，确认 { $count } 条
hub-confirm-one = 确认这次活动
hub-parts-take-back = 撤回
hub-confirmed-paper = 纸质盖章
hub-times = { $count } 次
hub-hours = { $hours } 小时
hub-wrong = 有误
hub-wrong-words = 补充说明
hub-wrong-words-hint = 只写这次活动的情况，例如“实际是 2 小时”。
hub-wrong-send = 告诉支部
doubts-title = 居委会指出的问题
doubts-none = 没有待处理的问题。
doubts-text = 先到活动里改正，再点“已处理”。
doubts-what = 哪里不对
doubts-absent = 本人没有参加
doubts-day = 日期不对
doubts-amount = 次数或时长不对
doubts-other = 其他
doubts-settle = 已处理
desk-doubts = { $count } 条参加记录居委会认为有误
notice-parts-confirmed = 已确认 { $name } 条，谢谢！
notice-parts-none-warning = 这些记录刚刚有变化，请再看一遍。
notice-parts-taken-back = 已撤回。
notice-part-doubted = 已告诉支部：{ $name }的记录有误。
notice-doubt-settled = { $name }的记录已处理。
