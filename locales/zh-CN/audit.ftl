audit-at = 时间
audit-by = 操作人
audit-what = 操作
audit-record = 记录
audit-detail = 说明
audit-by-itself = 邻里自动
audit-anyone = 所有人
audit-anything = 所有操作
audit-from = 起始日期
audit-to = 结束日期
audit-show = 查看
audit-any-record = 所有记录
audit-show-all = 查看全部
audit-nothing = 没有这样的操作。
audit-said-separator = 、
audit-said-gone = { $kind } { $number }（已彻底删除）
audit-said-exported = 导出 { $rows } 名党员（{ $format }）
audit-said-purpose = 用途：{ $purpose }
audit-said-filter = 筛选：
audit-said-members-imported = { $rejected ->
    [0] 新增 { $added } 人，更新 { $updated } 人
   *[other] 新增 { $added } 人，更新 { $updated } 人，{ $rejected } 行没有导入
}
audit-said-list-imported = 新增 { $added } 条，更新 { $updated } 条
audit-said-import-undone = { $kept ->
    [0] 移除 { $removed } 人，还原 { $restored } 人
   *[other] 移除 { $removed } 人，还原 { $restored } 人；{ $kept } 人之后又改过，保留不动
}
audit-said-bin-emptied = 彻底删除 { $members } 条到期的记录
audit-said-demo-filled = 生成 { $members } 名党员
audit-said-changed = { $cause }：{ $fields }
audit-said-merged = 并入第 { $number } 号记录
audit-said-merge-undone = 第 { $number } 号记录恢复，两条都和合并前一样
audit-said-merge-undone-partly = 第 { $number } 号记录恢复；保留的记录之后又改过，没有动
audit-said-merged-into = 并入“{ $into }”，{ $members } 名党员随之改动
audit-record-none = 无
audit-record-account = 账号
audit-record-member = 党员
audit-record-committee = 居委会
audit-record-activity = 社区活动
audit-record-rule = 地址对照
audit-record-skill = 专长
audit-record-branch = 党支部
audit-record-import = 导入
audit-record-activity-import = 参加记录导入
audit-action-signed-in = 登录
audit-action-signed-out = 退出登录
audit-action-locked = 多次输错密码被锁定
audit-action-password-set = 设置密码
audit-action-session-ended = 退出设备
audit-action-account-added = 新增账号
audit-action-account-changed = 修改账号
audit-action-account-disabled = 停用账号
audit-action-account-enabled = 恢复账号
audit-action-account-reset = 重设密码链接
audit-action-member-added = 登记党员
audit-action-member-changed = 修改党员记录
audit-action-member-removed = 移除党员记录
audit-action-member-restored = 恢复党员记录
audit-action-members-merged = 合并党员记录
audit-action-merge-undone = 撤销合并
audit-action-member-erased = 彻底删除党员资料
audit-action-bin-emptied = 清空回收站
audit-action-members-imported = 导入党员
audit-action-import-undone = 撤销导入
audit-action-members-exported = 导出名单
audit-action-form-printed = 打印登记表
audit-action-committee-added = 新增居委会
audit-action-committee-changed = 修改居委会
audit-action-committee-renamed = 居委会更名
audit-action-committee-merged = 合并居委会
audit-action-committees-imported = 导入居委会名录
audit-action-rule-added = 新增地址对照
audit-action-rules-changed = 修改地址对照
audit-action-rule-removed = 移除地址对照
audit-action-rule-restored = 恢复地址对照
audit-action-rules-imported = 导入地址对照
audit-action-activity-added = 记录活动
audit-action-activity-changed = 修改活动
audit-action-activity-removed = 移除活动
audit-action-activity-restored = 恢复活动
audit-action-participant-added = 登记参加人
audit-action-participation-changed = 修改参加次数或时长
audit-action-participant-taken-out = 去掉参加人
audit-action-participant-back = 恢复参加人
audit-action-activities-imported = 导入参加记录
audit-action-activity-import-undone = 撤销导入参加记录
audit-action-activities-exported = 导出参加记录
audit-action-sheet-printed = 打印签到表
audit-said-cards = { $cards } 张
audit-said-activities-imported = { $rejected ->
    [0] { $activities } 次活动，{ $rows } 条参加记录
   *[other] { $activities } 次活动，{ $rows } 条参加记录，{ $rejected } 行没有导入
}
audit-said-activities-undone = { $kept ->
    [0] 删除 { $activities } 次活动
   *[other] 删除 { $activities } 次活动；{ $kept } 次之后又改过，保留不动
}
audit-said-lines = { $lines } 条
audit-action-cards-printed = 打印服务记录卡
audit-action-card-confirmed = 登记居委会确认
audit-action-card-withdrawn = 撤回居委会确认
audit-action-skill-added = 新增专长
audit-action-skill-renamed = 专长改名
audit-action-skill-merged = 合并专长
audit-action-branch-added = 新增党支部
audit-action-branch-renamed = 党支部改名
audit-action-branch-merged = 合并党支部
audit-action-demo-filled = 生成演示数据
