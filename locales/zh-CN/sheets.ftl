sheet-broken-quote = 引号没有成对
sheet-not-text = 这里的内容不是文字，文件可能已损坏
sheet-too-many-cells = 比表头多出内容
sheet-empty = 文件是空的
sheet-no-header = 没有找到表头
sheet-unreadable = 文件无法读取，请另存为 CSV 或 XLSX
sheet-header-missing = 缺少“{ $name }”列
sheet-header-doubled = “{ $name }”列出现了两次
