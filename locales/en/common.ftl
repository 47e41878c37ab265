# Dates
date-long = { $day } { $month } { $year }
date-month-1 = January
date-month-2 = February
date-month-3 = March
date-month-4 = April
date-month-5 = May
date-month-6 = June
date-month-7 = July
date-month-8 = August
date-month-9 = September
date-month-10 = October
date-month-11 = November
date-month-12 = December

# Error pages
error-title-404 = This page does not exist
error-text-404 = The address may be mistyped, or the record was removed.
error-title-403 = You may not open this page
error-text-403 = Your account has no access to it. Ask an administrator if you need it.
error-title-400 = The request was not understood
error-text-400 = The page may be out of date. Go back, reload it and try again.
error-title-410 = Your record was removed
error-text-410 = You are not in the registry at present. Please ask the office of your branch.
error-title-413 = Too large
error-text-413 = What you sent is over the limit. Split it and try again.
error-title-405 = This cannot be done here
error-text-405 = Go back and use the buttons on the page.
error-title-409 = Someone has just changed this record
error-text-409 = Open the newest version and try again.
error-title-500 = Something went wrong
error-text-500 = Nothing was saved. Try again later; if it keeps happening, give the administrator the reference below.
error-title-503 = The system is busy
error-text-503 = Please try again in a moment.
error-reference = Reference: { $reference }
error-home = Back to the desk

# Messages beside fields
form-required = Please fill this in.
form-too-long = { $limit } characters at most.
form-choose = Please choose from the list.
