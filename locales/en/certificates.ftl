# Certificates of service
certificates = Certificates of service
certificates-title = Certificate of Community Service
certificates-text = Made from the parts that committees signed and stamped. What it says stays as it is made. Whoever is given it can check it by its code.
certificates-make = Make a certificate
certificates-made = Certificates made
certificates-made-text = Each can be printed again as it was. When it is switched off, its code shows nothing; it can be switched on again.
certificates-span = Service in
certificates-ever = All that is on record
certificates-year = { $year }
certificates-from-to = { $from } to { $to }
certificates-nothing = Nothing is signed and stamped by a committee yet, so there is nothing to certify.
certificates-waiting = { $count ->
    [one] 1 part is not signed and stamped yet and will be left out.
   *[other] { $count } parts are not signed and stamped yet and will be left out.
}
certificates-is-on = Can be checked
certificates-is-off = Switched off
certificates-switch-off = Switch off
certificates-switch-on = Switch on
certificates-off-here = This certificate is switched off: its code shows nothing.
certificates-words = This is to certify that { $name } served the community from { $from } to { $to }: { $parts ->
    [one] 1 activity
   *[other] { $parts } activities
}, { $times ->
    [one] once
   *[other] { $times } times
}, { $hours } hours in all.
certificates-parts = Activities
certificates-confirmed-only = Only what residents’ committees signed and stamped is counted, as of the day of issue.
certificates-issued = Issued
certificates-language = Language of the paper
certificates-code = Code
certificates-code-hint = The twenty letters and digits on the certificate.
certificates-proof-how = Scan the code or open this address to see that the certificate is genuine, and what it says:
certificates-check = Check a certificate
certificates-look-up = Check
certificates-unknown = There is no certificate with this code. Please compare it with the paper, or ask who gave it to you.
certificates-genuine = Genuine certificate
certificates-genuine-text = This certificate is genuine. Please compare the paper with what follows.
notice-certificate-nothing-warning = Nothing is signed and stamped in this time, so no certificate was made.
notice-certificate-off = The certificate is switched off.
notice-certificate-on = The certificate is switched on.
notice-certificate-not-theirs-warning = The member switched this certificate off; only they switch it on again.
audit-action-certificate-made = Made a certificate of service
audit-action-certificate-off = Switched a certificate of service off
audit-action-certificate-on = Switched a certificate of service on
audit-action-codes-guessed = Many wrong codes of certificates were tried
