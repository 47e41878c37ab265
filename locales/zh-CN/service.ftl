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
