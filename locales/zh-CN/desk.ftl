desk-waiting = 待办
desk-nothing-waiting = 没有待办事项。
desk-unsettled = { $count } 位党员的居委会待定
desk-spread = 党员分布
