sheet-broken-quote = a quote is not closed
sheet-not-text = these bytes are no text; the file may be damaged
sheet-too-many-cells = more cells than the header has
sheet-empty = the file is empty
sheet-no-header = no row names the columns
sheet-unreadable = the file cannot be read; save it as CSV or XLSX
sheet-header-missing = the column { $name } is missing
sheet-header-doubled = the column { $name } stands there twice
