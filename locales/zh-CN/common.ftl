# 日期
date-long = { $year }年{ $month }{ $day }日
date-month-1 = 1月
date-month-2 = 2月
date-month-3 = 3月
date-month-4 = 4月
date-month-5 = 5月
date-month-6 = 6月
date-month-7 = 7月
date-month-8 = 8月
date-month-9 = 9月
date-month-10 = 10月
date-month-11 = 11月
date-month-12 = 12月

# 出错页面
error-title-404 = 找不到这个页面
error-text-404 = 地址可能写错了，或者这条记录已被移除。
error-title-403 = 您没有权限
error-text-403 = 您的账号不能打开这个页面。如需使用，请联系管理员。
error-title-400 = 请求无法识别
error-text-400 = 页面可能已过期，请返回重新打开后再试。
error-title-410 = 您的记录已移出登记册
error-text-410 = 登记册里暂时没有您的资料。如有疑问，请联系党支部。
error-title-413 = 内容太大
error-text-413 = 上传的内容超过了限制，请拆小后再试。
error-title-405 = 不支持这个操作
error-text-405 = 请返回上一页，用页面上的按钮操作。
error-title-409 = 记录刚被别人改过
error-text-409 = 请打开最新的记录再操作。
error-title-500 = 出了点问题
error-text-500 = 没有保存任何内容。请稍后再试；若一直不行，请把下面的编号告诉管理员。
error-title-503 = 系统正忙
error-text-503 = 请稍后再试。
error-reference = 编号：{ $reference }
error-home = 回到工作台

# 表单通用提示
form-required = 请填写此项。
form-too-long = 最多 { $limit } 个字。
form-choose = 请从列表中选择。
