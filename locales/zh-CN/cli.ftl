# 帮助
cli-heading-usage = 用法：
cli-heading-commands = 命令：
cli-heading-arguments = 参数：
cli-heading-options = 选项：
cli-heading-examples = 例子：
cli-help-flag = 显示帮助
cli-version-flag = 显示版本
cli-statuses = 退出状态：0 成功，1 有问题，2 命令有误。

cli-command = 邻里 Linli：单位的党员住在哪里，各有什么专长，能为邻居做些什么。
cli-examples =
    linli                                  在 127.0.0.1:3000 提供服务
    linli committees import 文件            导入居委会名录
    linli user add wangfang --name 王芳     新建账号，显示一次性链接
    linli members export --each lists/     每个居委会一份名单
    linli backup linli-backup.db           不停机备份
    linli help members import              某个命令的帮助
cli-argument-database = 数据库，写成 sqlite:路径［环境变量 LINLI_DATABASE_URL；默认 sqlite:data/linli.db］
cli-argument-config = 设置文件［默认 linli.toml，如果有］

cli-command-serve = 提供网页服务（默认命令）
cli-examples-serve =
    linli serve
    linli serve --listen 127.0.0.1:8080
cli-argument-serve-listen = 监听地址［默认 127.0.0.1:3000］

cli-command-migrate = 升级数据库结构，先在旁边备份
cli-examples-migrate =
    linli migrate
    linli migrate --dry-run
    linli migrate status
cli-argument-migrate-dry-run = 只显示会运行什么
cli-command-migrate-status = 列出各项升级：何时运行，哪些待运行，运行后是否被改过
cli-examples-migrate-status = linli migrate status

cli-command-user = 账号：新建、列出、停用、启用、重设密码
cli-command-user-add = 新建账号，显示本人设置密码的一次性链接
cli-examples-user-add =
    linli user add wangfang --name 王芳 --role administrator
    linli user add liqiang --name 李强 --branch 网络运维党支部
cli-argument-user-add-login = 登录名
cli-argument-user-add-name = 显示的姓名
cli-argument-user-add-role = 角色：administrator（管理员）或 staff（工作人员）［默认 staff］
cli-argument-user-add-branch = 可以查看和修改的党支部，可多次给出［默认全部］
cli-command-user-list = 列出账号
cli-examples-user-list = linli user list
cli-command-user-disable = 停用账号，并退出其所有登录
cli-examples-user-disable = linli user disable wangfang
cli-argument-user-disable-login = 登录名
cli-command-user-enable = 重新启用账号
cli-examples-user-enable = linli user enable wangfang
cli-argument-user-enable-login = 登录名
cli-command-user-reset = 显示本人重设密码的一次性链接
cli-examples-user-reset = linli user reset wangfang
cli-argument-user-reset-login = 登录名

cli-command-committees = 居委会名录
cli-command-committees-import = 导入名录（CSV 或 XLSX，列为代码、名称、街道、区县、城市）；再次运行则更新
cli-examples-committees-import = linli committees import demo/committees-shanghai.csv
cli-argument-committees-import-file = 名录文件
cli-command-addresses = 地址对照：哪条路的哪些弄、号属于哪个居委会
cli-command-addresses-import = 导入地址对照（CSV 或 XLSX，列为路名、弄、号、单双、居委会代码、生效日期）；再次运行则更新
cli-examples-addresses-import = linli addresses import rules.csv
cli-argument-addresses-import-file = 地址对照文件
cli-command-activities = 社区活动的参加记录
cli-command-activities-import = 导入参加记录（CSV 或 XLSX，列为工号、日期、内容、领域、方式、次数、时长、居委会代码）；已有的不再导入
cli-examples-activities-import = linli activities import activities.csv --rejects left-out.csv
cli-argument-activities-import-file = 参加记录文件
cli-argument-activities-import-dry-run = 只说明会有什么结果
cli-argument-activities-import-rejects = 有问题的行连同原因写入这个新文件，其余照常导入
cli-activities-imported = 新增 { $activities } 次活动、{ $participations } 条参加记录，{ $unchanged } 条已有，{ $rejected } 行没有导入
cli-activities-would-import = 会新增 { $activities } 次活动、{ $participations } 条参加记录，{ $unchanged } 条已有，{ $rejected } 行不导入

cli-command-members = 党员的导入、导出和查找
cli-command-members-import = 导入党员（CSV 或 XLSX），要么全部写入，要么不写
cli-examples-members-import =
    linli members import members.csv --dry-run
    linli members import members.xlsx --rejects bad-rows.csv
    linli members import members.csv --agreed no
cli-argument-members-import-file = 文件
cli-argument-members-import-dry-run = 只显示会发生什么
cli-argument-members-import-rejects = 导入没有问题的行，其余的行写入这个新文件，最后一列是原因
cli-argument-members-import-agreed = 文件没有说明时，新党员是否同意亮明身份：yes 或 no［默认 yes］
cli-command-members-export = 导出党员到文件或标准输出
cli-examples-members-export =
    linli members export members.csv
    linli members export members.xlsx --lang en
    linli members export --committee 310110012003 list.csv
    linli members export --each lists/ --format xlsx
cli-argument-members-export-committee = 只导出给这个居委会（代码）的名单：同意亮明身份的党员
cli-argument-members-export-each = 每个有党员的居委会一份名单，没有居委会的另一份，放进这个目录
cli-argument-members-export-format = 文件种类：csv 或 xlsx［默认看文件名］
cli-argument-members-export-lang = 表头语言：zh 或 en［默认 zh］
cli-argument-members-export-file = 文件；不写则把 CSV 输出到标准输出
cli-command-members-find = 与查找框结果相同：终端上显示表格，管道里输出 CSV
cli-examples-members-find =
    linli members find zhuying
    linli members find 四平路 编程 --limit 10
cli-argument-members-find-query = 与查找框的写法相同
cli-argument-members-find-limit = 最多几条［默认 50］

cli-command-backup = 把数据库备份到新文件，不必停机
cli-examples-backup = linli backup linli-2026-01-31.db
cli-argument-backup-file = 备份文件
cli-command-restore = 恢复备份；原来的数据库保留在旁边
cli-examples-restore = linli restore linli-2026-01-31.db
cli-argument-restore-file = 备份文件
cli-command-check = 检查数据库是否完好：数据页、引用，以及查找索引与记录是否一致
cli-examples-check = linli check
cli-command-demo = 在空的登记系统里生成一批虚构党员（居委会用上海市名录）
cli-examples-demo = linli demo --database sqlite:demo.db --members 2000
cli-argument-demo-members = 人数［默认 2000］
cli-argument-demo-participations = 生成多少条参加记录［默认：前 2000 名党员每人约三条］
cli-argument-demo-seed = 换一个数，就换一批人［默认 1］
cli-command-config = 显示当前设置及其来源
cli-examples-config = linli config
cli-command-health = 询问本机的服务是否正常
cli-examples-health = linli health --timeout 2
cli-argument-health-timeout = 最多等几秒［默认 5］
cli-command-help = 显示某个命令的帮助
cli-examples-help = linli help members import
cli-argument-help-command = 命令

# 命令有误
cli-mistake-command = 没有命令“{ $typed }”，请看 { $command } --help
cli-mistake-command-meant = 没有命令“{ $typed }”，是不是“{ $meant }”？
cli-mistake-unknown = 这里没有“{ $typed }”，请看 { $command } --help
cli-mistake-missing = 缺少 { $name }，请看 { $command } --help
cli-mistake-conflict = { $one } 不能与 { $other } 同时使用，请看 { $command } --help
cli-mistake-value = { $name } 不能是“{ $value }”，请看 { $command } --help
cli-mistake-value-of = { $name } 不能是“{ $value }”，可以是 { $values }
cli-mistake-no-value = { $name } 后面缺少内容，请看 { $command } --help
cli-mistake = 命令有误，请看 { $command } --help

# 设置
cli-no-settings = 没有设置文件 { $file }
cli-setting-unknown = { $place } 里有邻里不认识的设置“{ $name }”，运行 linli config 可以看到全部设置
cli-setting-wrong = { $place } 里的设置“{ $name }”有误：{ $detail }
cli-settings-broken = 不能读取 { $place }：{ $detail }
cli-log-wrong = 设置“log”有误，请写 error、warn、info 或 debug（{ $detail }）
cli-from-flag = 命令行
cli-built-in = 默认

# 数据库
cli-no-address = “{ $text }”不是数据库地址，请写成 sqlite:路径，例如 sqlite:data/linli.db
cli-no-database = { $file } 没有数据库，运行 linli serve 或 linli migrate 可以新建
cli-cannot-open = 打不开数据库 { $file }，请检查文件和所在目录的读写权限（{ $detail }）
cli-not-a-database = { $file } 不是数据库，或已损坏；可以用 linli restore 文件 恢复备份
cli-old-engine = SQLite { $version } 太旧，邻里需要 3.51.3 或更新
cli-database-busy = 数据库正忙于另一项修改，请等它结束再试
cli-database-read-only = 数据库不能写入，请检查文件和所在目录的权限
cli-database-damaged = 数据库已损坏，请停止服务，用 linli restore 文件 恢复备份（{ $detail }）
cli-disk-full = 磁盘已满，没有任何改动；请腾出空间再试
cli-database-failed = 数据库出错，没有任何改动：{ $detail }
cli-newer-database = 这个数据库来自更新版本的邻里，没有改动；请使用那个版本，或恢复以前的备份
cli-older-database = 数据库是旧版本的，请运行 linli migrate（会先备份）
cli-changed-migration = 有一项升级在运行之后被改过，请看 linli migrate status
cli-nothing-pending = 没有待运行的升级。
cli-would-run = 将运行 { $number } { $description }
cli-ran = 已运行 { $number } { $description }
cli-backed-up = 备份：{ $file }
cli-migration-failed = 升级失败，数据库保持原样；请报告这个问题（{ $detail }）
cli-migration-pending = 待运行
cli-migration-ran = 已运行 { $at } UTC
cli-migration-changed = 已运行 { $at } UTC，之后被改过
cli-migration-newer = 由更新版本运行 { $at } UTC

# 服务
cli-serving = 邻里 Linli：{ $url }
cli-first-link =
    第一位管理员在这里设置登录名和密码，只能用一次：
    { "  " }{ $url }
cli-cannot-listen = 不能监听 { $address }，邻里是否已经在运行？可以用 --listen 换一个（{ $detail }）
cli-serving-failed = 服务中断：{ $detail }
cli-health-failed = { $address } 的服务不正常：{ $detail }

# 账号
cli-link = { $url }
cli-no-account = 没有账号“{ $login }”，请看 linli user list
cli-no-branch = 没有党支部“{ $name }”，写法请看党支部页面
cli-last-administrator = 这是唯一的管理员，请先用 linli user add 新建一位
cli-account-disabled = { $login } 已停用，不能再登录。
cli-account-enabled = { $login } 可以登录了。
cli-branches = 党支部
cli-every-branch = 全部

# 文件
cli-rows = 行
cli-cannot-read = 不能读取 { $file }：{ $detail }
cli-cannot-write = 不能写入 { $file }：{ $detail }
cli-file-failed = 文件出错：{ $detail }
cli-file-taken = { $file } 已经存在，请换一个名字，或先移走它
cli-no-output = 不能写到标准输出：{ $detail }
cli-committees-imported = 新增 { $added }，更新 { $updated }，未变 { $unchanged }
cli-committees-not-imported = { $file } 没有导入，请改正上面列出的问题再试
cli-imported = 新增 { $added }，更新 { $updated }，未变 { $unchanged }，未导入 { $rejected }
cli-would-import = 新增 { $added }，更新 { $updated }，未变 { $unchanged }，未导入 { $rejected }（试运行，没有写入）
cli-problems-more = 还有 { $count } 处
cli-import-stopped = 没有写入任何内容：请改正上面的 { $count } 处，或用 --rejects 文件 把有问题的行取出来
cli-no-committee = 没有代码为 { $code } 的居委会，请在居委会页面查一查
cli-workbook-needs-file = 导出 XLSX 需要给出文件名
cli-exported-each = { $folder } 里有 { $files } 个文件
cli-left-out = { $count } 位党员没有同意亮明身份，不在名单里。
cli-nothing-found = 没有找到。
cli-found-limit = 只显示前 { $limit } 条，用 --limit 可以看更多。

# 备份和检查
cli-backup-failed = 备份失败：{ $detail }
cli-no-backup = 没有备份文件 { $file }
cli-backup-not-ours = { $file } 不是邻里的备份，或已损坏
cli-backup-newer = { $file } 来自更新版本的邻里，请用那个版本恢复
cli-in-use = { $file } 正在使用，请先停止服务
cli-restore-failed = 没有恢复备份：{ $detail }
cli-restored = 已恢复。
cli-restored-kept = 已恢复。原来的数据库保留在 { $file }
cli-all-is-well = 一切正常。
cli-check-failed = 有 { $count } 处问题：请停止服务，用 linli restore 文件 恢复完好的备份
cli-index-lacks = 查找索引里没有党员 { $member }
cli-index-differs = 查找索引与党员 { $member } 不一致
cli-index-stray = 查找索引里有 { $key }，但没有这位党员
cli-list-differs = 名单与党员 { $member } 的记录不一致
cli-index-of-committee = 居委会名录的索引与居委会 { $id } 不一致
cli-index-of-need = 需求的索引与需求 { $id } 不一致
cli-index-of-experience = 经验的索引与经验 { $id } 不一致
cli-seal-broken = 调查表第 { $seal } 个封签与前一个不相连
cli-form-changed = 已确认的调查表 { $form } 与封签不一致
cli-seal-gone = 操作记录中的封签 { $seal } 已不存在
cli-count-differs = 居委会 { $id } 的党员人数与记录不符
cli-sum-differs = 参加情况的统计（{ $kind } { $half } { $key }）与记录不一致
cli-page-damaged = 数据文件：{ $detail }
cli-reference-broken = { $table } 第 { $row } 行引用了 { $parent } 中不存在的行
cli-demo-filled = 已在 { $file } 生成 { $count } 位虚构党员
cli-demo-not-empty = 这里已经有数据；请生成到空的数据库，例如 --database sqlite:demo.db
cli-demo-failed = 不能生成：{ $detail }
