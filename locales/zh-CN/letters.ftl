letters-tabs = 联系函的页面
letters-title = 联系函
letters-reference = { $prefix }〔{ $year }〕{ $number }号
letters-number-pending = （编号待定）
letters-colon = ：
letters-count = 共 { $count } 封
letters-sheets = 共 { $count } 封

# 信的正文
letters-field-committee = 居委会
letters-field-party = 党组织
letters-field-street = 街道
letters-field-members = 名单
letters-field-count = 人数
letters-field-withheld = 未列人数
letters-field-branch = 支部
letters-field-date = 日期
letters-field-number = 文号
letters-field-contact = 联系人
letters-field-phone = 电话
letters-field-link = 链接
letters-default-text =
    { $party }、{ $committee }：

    为落实在职党员到社区报到的要求，发挥党员在社区建设中的作用，现将居住在贵辖区的我支部 { $count } 名党员函告如下：

    { $members }

    以上党员均已同意亮明身份，愿意在工作之余为社区和邻里服务。请贵方根据社区需要和他们的个人专长，在文化活动、矛盾调解、为居民做好事、居民自治等方面给他们安排任务，并给予指导。我支部将支持他们参加社区工作，并认真听取贵方的意见。

    名单仅供贵方联系党员、安排社区服务使用，请妥善保管，不作他用。

    收到本函后，请填写文末回执，盖章后寄回，或扫描二维码答复。如有需要，请与我支部联系人{ $contact }联系，电话：{ $phone }。

    专此函达，盼予支持。
letters-field-unknown = 没有“{ $name }”这个栏目，请从下面列出的栏目中选用。
letters-field-open = “{ $part }”缺少右括号。
letters-members-alone = 请在单独一行写一次 {"{名单}"}。
letters-party-unknown = 社区党组织
letters-addressed = { $party }、{ $committee }
letters-withheld = 另有 { $count } 名党员未同意亮明身份，未列入名单。
letters-erased = （资料已删除）
letters-place = 序号
letters-link-text = 扫码或打开网址，可以在手机上查看名单、答复本函：
letters-code = 二维码：打开本函的页面
letters-slip = 回　执
letters-slip-text = 你支部 { $number } 联系函收悉，函中所列党员共 { $count } 名。
letters-slip-arranged = 拟安排的工作：
letters-slip-by = 经办人：
letters-slip-stamp = （盖章）
letters-reminder-title = 催复函
letters-reminder-text = 我支部于{ $day }致函贵方（{ $number }），函告居住在贵辖区的 { $count } 名党员，并请安排他们参加社区服务。至今未收到答复。
letters-reminder-end = 如已有安排，请填写下面的回执，盖章后寄回，或扫描二维码答复。专此函达，盼复。

# 状态与步骤
letters-state = 状态
letters-state-draft = 草稿
letters-state-issued = 待发出
letters-state-sent = 待回复
letters-state-answered = 已回复
letters-state-withdrawn = 已撤回
letters-refused-draft = 这封信还是草稿，请先编号。
letters-refused-issued = 这封信已经编号，还没有发出。
letters-refused-sent = 这封信已经发出。
letters-refused-answered = 这封信已经回复。
letters-refused-withdrawn = 这封信已经撤回。
letters-refused-empty = 没有编号：那里已经没有同意亮明身份的党员。
letters-refused-all = 所选的信都不能这样做，请看各自的状态。
letters-refused-answered-there = 这封信已经回复过了，见下面。
letters-way-hand = 送达
letters-way-post = 邮寄
letters-way-email = 邮件
letters-way-courier = 快递
letters-day-before = 不能早于信上的日期。
letters-waits-sending = { $days } 天未发出
letters-waits-reply = 已等 { $days } 天
letters-longest = 最久 { $days } 天
letters-answered-by = { $name }
letters-received = 已收到
letters-past = 经过
letters-past-made = { $name }拟稿
letters-past-issued = 编号 { $number }
letters-past-sent = 发出：{ $way }
letters-past-received = { $name }确认收到
letters-past-reminded = 已催复
letters-past-answered = { $name }回复
letters-past-answered-there = { $name }在网页上回复
letters-past-withdrawn = 撤回
letters-somebody = 居委会

# 一览
letters-year = 年度
letters-any-state = 所有状态
letters-went = 已发出（含已回复）
letters-any-year = 所有年度
letters-number = 文号
letters-day = 日期
letters-none = 还没有联系函。
letters-none-here = 这里没有联系函。
letters-tick = 选择
letters-together = 一起办理
letters-all-of-list = 全部 { $count } 封
letters-none-ticked = 请先勾选。
letters-issue = 编号
letters-issue-text = 编号后内容不再变动。以此刻同意亮明身份的党员为准。
letters-print = 打印
letters-word = 下载 Word 文件
letters-send = 标为已发出
letters-sent-on = 发出日期
letters-sent-way = 方式
letters-remind = 催复
letters-answer = 登记回复
letters-answered-on = 回复日期
letters-answered-who = 回复人
letters-reply = 回复内容
letters-reply-hint = 写安排了什么工作；不写对个人的评价。
letters-withdraw = 撤回
letters-why = 原因
letters-same-batch = 同一批
letters-scan = 回函扫描件
letters-scan-file = 文件（PDF、PNG 或 JPEG）
letters-scan-bring = 上传
letters-scan-none = 请选择一个文件。
letters-scan-large = 文件不能超过 { $limit } MiB。
letters-scan-kind = 这不是 PDF、PNG 或 JPEG 文件。

# 居委会的链接
letters-link = 居委会的链接
letters-link-make = 新链接
letters-link-told = 可以用短信或邮件发给居委会。链接只显示这一次。
letters-links-none = 没有可以打开的链接。打印时会附上。
letters-links-open = 居委会可以用链接打开本函，最晚到{ $day }。
letters-links-revoke = 停用链接

# 新的一批
letters-new = 写联系函
letters-new-text = 每个居委会一封。先看数量，再拟稿；编号之前不会发给任何人。
letters-again = 包括今年已经写过的居委会
letters-language = 信的语言
letters-all-streets = 全部街道
letters-all-committees = 所有居委会
letters-will-be = { $count } 封联系函，
letters-will-name = 列出 { $count } 名党员。
letters-will-leave-out = 另有 { $count } 名未同意亮明身份，不列入。
letters-many = 居委会较多，表中只列出前面一部分。要逐个选择，请先选区县或街道。
letters-none-chosen = 请至少勾选一个居委会。
letters-make = 拟稿
letters-nobody-due = 没有需要写信的居委会：都已写过，或没有同意亮明身份的党员。
letters-in-letter = 列入
letters-left-out = 不列入

# 正文与设置
letters-template = 信的正文
letters-text = 正文
letters-fields-hint = 可以用的栏目：
letters-look = 预览
letters-default = 恢复原文
letters-preview-for = 预览
letters-preview-none = 没有可以预览的居委会：还没有党员同意亮明身份。
letters-not-set-up = （未设置）
letters-settings = 信的设置
letters-settings-text = 只需要填一次，以后每封信都用。
letters-set-up = 去设置
letters-set-up-text = 写联系函之前，请先填写落款、文号和联系人。
letters-set-up-ask = 写联系函之前，请管理员在“信的设置”里填写落款、文号和联系人。
letters-set-up-first = 请先填写信的设置。
letters-office = 落款
letters-office-hint = 写全称，例如：上海电信长途通信党支部
letters-prefix = 发文代字
letters-prefix-hint = 例如“沪电党联”，文号就是：沪电党联〔2026〕1号
letters-contact = 联系人
letters-phone = 电话
letters-link-days = 居委会的链接有效多少天
letters-link-days-range = 请填 1 到 730 天。

# 居委会的页面
letters-closed = 这个链接打不开
letters-closed-text = 链接可能已经到期、停用，或没有输完整。请与来信的党支部联系。
letters-the-letter = 来信
letters-list-below = （名单见下）
letters-who = 愿意帮忙的党员
letters-use-only = 名单仅供联系党员、安排社区服务使用，请妥善保管。
letters-answer-here = 答复
letters-your-name = 您的姓名
letters-your-reply = 答复内容
letters-your-reply-hint = 例如：打算请他们做什么、什么时候、找谁。只确认收到，可以不填。
letters-send-answer = 答复
letters-confirm-receipt = 只确认收到
letters-answered-thanks = 已答复，谢谢。
letters-questions = 有疑问请联系：

# 党员的页面
letters-passed-on = 提供给居委会的资料
letters-passed-on-text = 下面的联系函、报到单和名单列有这位党员。

notice-letters-made = 已拟稿 { $name } 封，请核对后编号。
notice-letters-issued = 已编号 { $name } 封。
notice-letters-sent = 已把 { $name } 封标为发出。
notice-letters-reminded = 已记录催复 { $name } 封，请打印。
notice-letters-partly-warning = 办好 { $name } 封；其余的信状态不符，或那里已没有同意亮明身份的党员，没有动。
notice-letter-issued = 已编号，内容不再变动。
notice-letter-sent = 已标为发出。
notice-letter-reminded = 已记录催复。
notice-letter-answered = 已登记回复。
notice-letter-withdrawn = 已撤回，链接也已停用。
notice-letter-links-revoked = 链接已停用。
notice-letter-scan-added = 已保存扫描件。
notice-letter-received = 已确认收到，谢谢。
notice-letter-thanks = 答复已送到党支部，谢谢。
